//! JSON Patch: the examples of RFC 6902, both ways; what it does not know; values of any type.

use std::collections::BTreeMap;

use sdk_runtime::{
    JsonPatch, JsonPatchOp, JsonPatchOperation, Method, Nullable, Request, UnknownMembers, Value,
    json, json_patch,
};

use crate::server::Server;

/// The patch is written as this JSON, and this JSON is read as the patch.
#[track_caller]
fn same(patch: JsonPatch, expected: Value) {
    assert_eq!(serde_json::to_value(&patch).unwrap(), expected);
    assert_eq!(
        serde_json::from_value::<JsonPatch>(expected).unwrap(),
        patch
    );
}

#[test]
fn the_example_of_section_3_is_written_and_read() {
    let patch = JsonPatch::new()
        .test("/a/b/c", "foo")
        .remove("/a/b/c")
        .add("/a/b/c", ["foo", "bar"])
        .replace("/a/b/c", 42)
        .move_from("/a/b/c", "/a/b/d")
        .copy_from("/a/b/d", "/a/b/e");
    same(
        patch,
        json!([
            { "op": "test", "path": "/a/b/c", "value": "foo" },
            { "op": "remove", "path": "/a/b/c" },
            { "op": "add", "path": "/a/b/c", "value": [ "foo", "bar" ] },
            { "op": "replace", "path": "/a/b/c", "value": 42 },
            { "op": "move", "from": "/a/b/c", "path": "/a/b/d" },
            { "op": "copy", "from": "/a/b/d", "path": "/a/b/e" }
        ]),
    );
}

#[test]
fn the_examples_of_appendix_a_are_written_and_read() {
    same(
        JsonPatchOperation::add("/foo/1", "qux").into(),
        json!([{ "op": "add", "path": "/foo/1", "value": "qux" }]),
    );
    same(
        JsonPatch::new()
            .test("/baz", "qux")
            .test("/foo/1", 2)
            .test("/~01", "10"),
        json!([
            { "op": "test", "path": "/baz", "value": "qux" },
            { "op": "test", "path": "/foo/1", "value": 2 },
            { "op": "test", "path": "/~01", "value": "10" }
        ]),
    );
    same(
        JsonPatchOperation::add("/child", json!({ "grandchild": {} })).into(),
        json!([{ "op": "add", "path": "/child", "value": { "grandchild": { } } }]),
    );
    same(
        JsonPatchOperation::add("/foo/-", vec!["abc", "def"]).into(),
        json!([{ "op": "add", "path": "/foo/-", "value": ["abc", "def"] }]),
    );
    same(
        JsonPatch::from_iter([JsonPatchOperation::move_from("/foo/waldo", "/qux/thud")]),
        json!([{ "op": "move", "from": "/foo/waldo", "path": "/qux/thud" }]),
    );
}

#[test]
fn null_is_a_value() {
    same(
        JsonPatchOperation::replace("/a", Value::Null).into(),
        json!([{ "op": "replace", "path": "/a", "value": null }]),
    );
    let none: Option<i32> = None;
    let operation = JsonPatchOperation::add("/a", none);
    assert_eq!(operation.value(), Some(&Value::Null));
    assert_eq!(JsonPatchOperation::remove("/a").value(), None);
}

/// RFC 6902, appendix A.11: members that are not known are ignored; here they also survive.
#[test]
fn what_the_standard_does_not_know_is_kept() {
    let body = json!([
        { "op": "add", "path": "/baz", "value": "qux", "xyz": 123 },
        { "op": "increment", "path": "/n", "by": 2 }
    ]);
    let patch: JsonPatch = serde_json::from_value(body.clone()).unwrap();
    assert_eq!(patch[0].unknown().get("xyz"), Some(&json!(123)));
    assert_eq!(*patch[1].op(), JsonPatchOp::Unknown("increment".to_owned()));
    assert_eq!(serde_json::to_value(&patch).unwrap(), body);
    let mut operation = JsonPatchOperation::remove("/a");
    operation.unknown_mut().insert("why", "old");
    assert_eq!(
        json!(operation),
        json!({ "op": "remove", "path": "/a", "why": "old" })
    );
}

#[test]
fn an_operation_without_a_path_is_none() {
    assert!(serde_json::from_str::<JsonPatch>(r#"[{"op": "remove"}]"#).is_err());
    assert!(serde_json::from_str::<JsonPatch>(r#"[{"path": "/a"}]"#).is_err());
}

#[derive(Clone, Debug, PartialEq)]
struct Owner {
    id: String,
    created: Option<String>,
    phone: Nullable<String>,
    unknown: UnknownMembers,
}
sdk_runtime::record!(Owner {
    id: required "id", created: "created" read_only, phone: "phone", ..unknown
});

#[test]
fn a_value_is_written_as_it_is_sent() {
    let owner = Owner {
        id: "1".to_owned(),
        created: Some("2024-01-01".to_owned()),
        phone: Nullable::Absent,
        unknown: UnknownMembers::new(),
    };
    let operation = JsonPatchOperation::replace("/owner", &owner);
    assert_eq!(operation.value(), Some(&json!({ "id": "1" })));
}

#[test]
fn a_patch_stands_where_a_list_of_operations_is_wanted() {
    fn count(operations: &[JsonPatchOperation]) -> usize {
        operations.len()
    }
    let mut patch = JsonPatch::from(vec![JsonPatchOperation::remove("/a")]);
    patch.push(JsonPatchOperation::copy_from("/b", "/c"));
    assert_eq!(count(&patch), 2);
    assert_eq!(patch[1].from(), Some("/b"));
    assert_eq!(patch.into_inner().len(), 2);
}

#[test]
fn debug_shows_what_is_done_and_no_value() {
    let operation = JsonPatchOperation::replace("/clientSecret", "hunter2");
    let shown = format!("{operation:?} {operation:#?}");
    assert!(shown.contains("/clientSecret") && shown.contains("Replace"));
    assert!(!shown.contains("hunter2"), "{shown}");
}

#[tokio::test]
async fn a_value_that_json_cannot_hold_fails_the_call_that_sends_it() {
    let server = Server::always(200, "{}").await;
    let client = server.client();
    let impossible = BTreeMap::from([(vec![1], 1)]);
    let patch = JsonPatch::new().add("/a", &impossible);
    let call = client.request(Method::PATCH, "/x").json(&patch);
    let error = call
        .returns_nothing::<Request<(), sdk_runtime::NoErrorBody>>()
        .await
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "PATCH /x: its body cannot be written as JSON"
    );
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn what_differs_between_two_states_is_sent() {
    let server = Server::always(200, "{}").await;
    let before = json!({"name": "Auditors", "enabled": false, "owner": {"id": "1"}});
    let after = json!({"name": "Auditors", "enabled": true, "owner": {"id": "1"}});
    let patch = JsonPatch::from(json_patch::diff(&before, &after));
    let request = server.client().request(Method::PATCH, "/x");
    let body = serde_json::to_vec(&patch).unwrap();
    let request: Request<Value, sdk_runtime::NoErrorBody> = request
        .body("application/json-patch+json", body)
        .returns_json();
    request.await.unwrap();
    let sent: JsonPatch = serde_json::from_str(&server.requests()[0].body).unwrap();
    assert_eq!(sent, JsonPatch::new().replace("/enabled", true));
    let mut there = before;
    let sent = json_patch::Patch::try_from(sent).unwrap();
    json_patch::patch(&mut there, &sent).unwrap();
    assert_eq!(there, after);
}

//! Changes of operations, of what they take and give, and of who may call them.

use super::{Expected, at, document, finds, only, remove};
use crate::{changes, changes_with_texts, facts_of, sentences};
use sdk_generator::compare::{ChangeKind, What};
use serde_json::{Value, json};

#[test]
fn an_operation_that_is_gone() {
    finds(
        |tree| remove(tree, "/paths/~1pets~1{id}/delete"),
        &Expected {
            kind: ChangeKind::Removed,
            what: What::Operation,
            name: "DELETE /pets/{id}",
            old: None,
            new: None,
            pointer: "/paths/~1pets~1{id}/delete",
            operations: &["DELETE /pets/{id}"],
        },
    );
}

#[test]
fn a_parameter_that_is_new() {
    finds(
        |tree| {
            let new = json!({ "name": "page", "in": "query", "schema": { "type": "integer" } });
            if let Value::Array(list) = at(tree, "/paths/~1pets/get/parameters") {
                list.insert(0, new);
            }
        },
        &Expected {
            kind: ChangeKind::Added,
            what: What::Parameter,
            name: "page",
            old: None,
            new: None,
            pointer: "/paths/~1pets/get/parameters/0",
            operations: &["GET /pets"],
        },
    );
}

#[test]
fn a_limit_of_a_parameter() {
    finds(
        |tree| *at(tree, "/paths/~1pets/get/parameters/0/schema/maximum") = json!(250),
        &Expected {
            kind: ChangeKind::Changed,
            what: What::Keyword,
            name: "maximum",
            old: Some("50"),
            new: Some("250"),
            pointer: "/paths/~1pets/get/parameters/0/schema/maximum",
            operations: &["GET /pets"],
        },
    );
}

#[test]
fn a_body_that_becomes_optional() {
    finds(
        |tree| *at(tree, "/paths/~1pets/post/requestBody/required") = json!(false),
        &Expected {
            kind: ChangeKind::Removed,
            what: What::Keyword,
            name: "required",
            old: Some("true"),
            new: None,
            pointer: "/paths/~1pets/post/requestBody/required",
            operations: &["POST /pets"],
        },
    );
}

#[test]
fn a_media_type_that_is_gone() {
    finds(
        |tree| remove(tree, "/paths/~1pets/get/responses/200/content/text~1csv"),
        &Expected {
            kind: ChangeKind::Removed,
            what: What::MediaType,
            name: "text/csv",
            old: None,
            new: None,
            pointer: "/paths/~1pets/get/responses/200/content/text~1csv",
            operations: &["GET /pets"],
        },
    );
}

#[test]
fn a_response_that_is_new() {
    finds(
        |tree| {
            let responses = at(tree, "/paths/~1pets~1{id}/get/responses");
            responses["404"] = json!({ "description": "None." });
        },
        &Expected {
            kind: ChangeKind::Added,
            what: What::Response,
            name: "404",
            old: None,
            new: None,
            pointer: "/paths/~1pets~1{id}/get/responses/404",
            operations: &["GET /pets/{id}"],
        },
    );
}

#[test]
fn a_header_that_is_gone() {
    finds(
        |tree| remove(tree, "/paths/~1pets/get/responses/200/headers/X-Total"),
        &Expected {
            kind: ChangeKind::Removed,
            what: What::Header,
            name: "X-Total",
            old: None,
            new: None,
            pointer: "/paths/~1pets/get/responses/200/headers/X-Total",
            operations: &["GET /pets"],
        },
    );
}

#[test]
fn an_alternative_of_security() {
    finds(
        |tree| remove(tree, "/paths/~1pets/post/security/1"),
        &Expected {
            kind: ChangeKind::Removed,
            what: What::Security,
            name: "key",
            old: Some("key"),
            new: None,
            pointer: "/paths/~1pets/post/security/1",
            operations: &["POST /pets"],
        },
    );
}

#[test]
fn a_scope_that_an_operation_asks_for() {
    finds(
        |tree| remove(tree, "/paths/~1pets/post/security/0/login/0"),
        &Expected {
            kind: ChangeKind::Removed,
            what: What::Keyword,
            name: "login",
            old: Some("pets:write"),
            new: None,
            pointer: "/paths/~1pets/post/security/0/login",
            operations: &["POST /pets"],
        },
    );
}

#[test]
fn security_of_the_whole_document_reaches_those_that_have_none_of_their_own() {
    finds(
        |tree| {
            at(tree, "/components/securitySchemes/key")["name"] = json!("X-Other");
            // The operation that names the scheme itself is out of the way.
            remove(tree, "/paths/~1pets/post/security/1");
            at(tree, "/paths/~1pets/post/security")
                .as_array_mut()
                .expect("a list")
                .push(json!({ "key": [] }));
        },
        &Expected {
            kind: ChangeKind::Changed,
            what: What::Keyword,
            name: "name",
            old: Some("X-Key"),
            new: Some("X-Other"),
            pointer: "/components/securitySchemes/key/name",
            operations: &[
                "GET /pets",
                "POST /pets",
                "GET /pets/{id}",
                "DELETE /pets/{id}",
            ],
        },
    );
}

#[test]
fn a_server() {
    finds(
        |tree| *at(tree, "/servers/0/url") = json!("https://{host}/v2"),
        &Expected {
            kind: ChangeKind::Changed,
            what: What::Keyword,
            name: "url",
            old: Some("https://{host}/v1"),
            new: Some("https://{host}/v2"),
            pointer: "/servers/0/url",
            operations: &[
                "GET /pets",
                "POST /pets",
                "GET /pets/{id}",
                "DELETE /pets/{id}",
            ],
        },
    );
}

#[test]
fn a_tag_a_name_and_a_deprecation_of_an_operation() {
    let operations: &[&str] = &["GET /pets"];
    finds(
        |tree| *at(tree, "/paths/~1pets/get/tags") = json!(["Animals", "Pets"]),
        &Expected {
            kind: ChangeKind::Added,
            what: What::Keyword,
            name: "tags",
            old: None,
            new: Some("Animals"),
            pointer: "/paths/~1pets/get/tags",
            operations,
        },
    );
    finds(
        |tree| *at(tree, "/paths/~1pets/get/operationId") = json!("allPets"),
        &Expected {
            kind: ChangeKind::Changed,
            what: What::Keyword,
            name: "operationId",
            old: Some("listPets"),
            new: Some("allPets"),
            pointer: "/paths/~1pets/get/operationId",
            operations,
        },
    );
    finds(
        |tree| at(tree, "/paths/~1pets/get")["deprecated"] = json!(true),
        &Expected {
            kind: ChangeKind::Added,
            what: What::Keyword,
            name: "deprecated",
            old: None,
            new: Some("true"),
            pointer: "/paths/~1pets/get/deprecated",
            operations,
        },
    );
}

#[test]
fn a_text_is_found_on_request() {
    let mut changed = document();
    *at(&mut changed, "/paths/~1pets/get/summary") = json!("Tells all pets.");
    let (old, new) = (facts_of(&document()), facts_of(&changed));
    assert!(changes(&old, &new).is_empty());
    let found = changes_with_texts(&old, &new);
    assert_eq!(only(&found).name, "summary");
}

#[test]
fn a_path_parameter_has_a_name_only_where_it_travels() {
    let renamed = |tree: &mut Value| {
        let item = at(tree, "/paths")
            .as_object_mut()
            .and_then(|paths| paths.shift_remove("/pets/{id}"))
            .expect("a path");
        at(tree, "/paths")["/pets/{petId}"] = item;
        *at(tree, "/paths/~1pets~1{petId}/parameters/0/name") = json!("petId");
    };
    let mut changed = document();
    renamed(&mut changed);
    let found = changes(&facts_of(&document()), &facts_of(&changed));
    assert!(found.is_empty(), "{}", sentences(&found));
    let matrix = |mut tree: Value, path: &str| {
        at(&mut tree, &format!("/paths/{path}/parameters/0"))["style"] = json!("matrix");
        tree
    };
    let old = facts_of(&matrix(document(), "~1pets~1{id}"));
    let found = changes(&old, &facts_of(&matrix(changed, "~1pets~1{petId}")));
    let change = only(&found);
    assert_eq!(
        (
            change.name.as_str(),
            change.old.as_deref(),
            change.new.as_deref()
        ),
        ("name", Some("id"), Some("petId"))
    );
}

//! What operations ask for and do not, keys that go where HTTP has schemes, and what the types of shared parameters are called.

use super::super::planning::plan_api;
use super::{def, planned};
use crate::diagnostics::Diagnostics;
use crate::plan::model as ir;
use crate::target::Target;
use crate::{lower, parse, repair};
use serde_json::{Value, json};

fn document(paths: Value) -> Value {
    json!({
        "openapi": "3.0.3", "info": {"title": "Shop", "version": "1"},
        "servers": [{"url": "//a.example/v1"}], "paths": paths,
        "components": {"securitySchemes": {
            "key": {"type": "apiKey", "in": "header", "name": "authorization"},
        }},
    })
}

fn operation(security: Option<Value>) -> Value {
    let mut operation = json!({"tags": ["A"], "responses": {"204": {"description": "Done."}}});
    if let Some(security) = security {
        operation["security"] = security;
    }
    operation
}

/// The places of the operations that are told to have forgotten what they ask for.
fn told(document: Value) -> Vec<String> {
    let (_, told) = planned(document);
    let told = told.into_iter();
    let told = told.filter(|(code, _)| *code == "security-missing");
    told.map(|(_, pointer)| pointer).collect()
}

#[test]
fn an_operation_that_asks_for_nothing_unlike_its_siblings_is_told() {
    let key = || Some(json!([{"key": []}]));
    let paths = json!({
        "/a": {"get": operation(key()), "post": operation(None)},
        "/b": {"get": operation(key()), "put": operation(Some(json!([])))},
    });
    assert_eq!(told(document(paths.clone())), ["/paths/~1a/post"]);
    let mut rooted = document(paths);
    rooted["security"] = json!([]);
    assert_eq!(told(rooted), [""; 0]);
    let few = json!({"/a": {
        "get": operation(key()), "post": operation(None), "put": operation(None), "delete": operation(None),
    }});
    assert_eq!(told(document(few)), [""; 0]);
}

/// How the key of the document is sent, with a prefix of the target.
fn kind(prefix: Option<&str>) -> (ir::SecurityKind, ir::Server, bool) {
    let mut diagnostics = Diagnostics::default();
    let tree = document(json!({"/a": {"get": operation(None)}}));
    let tree = repair::repair(tree, &mut diagnostics);
    let document = parse::parse(tree, &mut diagnostics).expect("an OpenAPI document");
    let mut target = Target::default();
    target.auth.prefix = prefix.map(str::to_owned);
    let api = plan_api(&lower::lower(document), &target, &mut diagnostics);
    let mut told = diagnostics.iter().map(|one| one.code.name());
    let is_told = told.any(|code| code == "key-without-prefix");
    (
        api.security_schemes["key"].kind.clone(),
        api.server,
        is_told,
    )
}

#[test]
fn a_key_in_authorization_has_the_prefix_of_the_target() {
    let bare = ir::SecurityKind::ApiKey {
        location: ir::ApiKeyLocation::Header,
        name: "authorization".to_owned(),
    };
    let (plain, server, is_told) = kind(None);
    assert_eq!((plain, is_told), (bare.clone(), true));
    assert_eq!(
        (server.origin.as_str(), server.path.as_str()),
        ("https://a.example", "/v1")
    );
    let (empty, _, is_told) = kind(Some(""));
    assert_eq!((empty, is_told), (bare, false));
    assert_eq!(kind(Some("bearer")).0, ir::SecurityKind::Bearer);
    let scheme = "SSWS".to_owned();
    assert_eq!(kind(Some("SSWS")).0, ir::SecurityKind::Http { scheme });
}

#[test]
fn a_shared_parameter_names_its_type_and_not_the_operation_that_comes_first() {
    let values = |list: [&str; 2]| json!({"type": "string", "enum": list});
    let uses = || {
        json!({"parameters": [{"$ref": "#/components/parameters/sort"}, {"$ref": "#/components/parameters/page-size"}],
        "responses": {"204": {"description": "Done."}}})
    };
    let mut document = document(json!({
        "/pets": {
            "parameters": [{"name": "fields", "in": "query", "schema": values(["a", "b"])}],
            "get": uses(), "post": uses(),
        },
    }));
    document["components"]["parameters"] = json!({
        "sort": {"name": "sort", "in": "query", "schema": values(["up", "down"])},
        "page-size": {"name": "size", "in": "query", "schema": values(["small", "large"])},
    });
    let (api, _) = planned(document);
    for name in ["sort parameter", "page-size", "pets fields"] {
        assert!(!def(&api, name).component, "{name}");
    }
}

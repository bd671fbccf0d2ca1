//! Faults at the top of the document, of its paths and of its security schemes.

use super::repaired;
use crate::diagnostics::{Diagnostics, Severity};
use crate::parse::parse;
use crate::repair::repair;
use serde_json::{Value, json};

fn top(openapi: Value) -> Value {
    json!({ "openapi": openapi, "info": { "title": "T", "version": "1" }, "paths": {} })
}

#[test]
fn versions_of_openapi_3_are_read_however_they_are_written() {
    for (version, codes) in [
        (json!("3.0.0"), &[][..]),
        (json!("3.1.0"), &[]),
        (json!("3"), &["openapi-version-odd"]),
        (json!("3.0"), &["openapi-version-odd"]),
        (json!(3.0), &["openapi-version-odd"]),
        (json!(3), &["openapi-version-odd"]),
        (json!("3.0.03"), &["openapi-version-odd"]),
        (json!("v3.0.1"), &["openapi-version-odd"]),
        (json!("3.2.0"), &["openapi-version-odd"]),
    ] {
        assert_eq!(repaired(top(version.clone())).1, codes, "{version}");
    }
}

#[test]
fn what_is_no_openapi_3_is_refused() {
    for tree in [
        json!({ "swagger": "2.0", "paths": {} }),
        top(json!("2.0")),
        top(json!("4.0.0")),
        json!({ "a": 1 }),
        json!([]),
        json!(null),
    ] {
        let mut diagnostics = Diagnostics::default();
        let tree = repair(tree, &mut diagnostics);
        assert!(parse(tree.clone(), &mut diagnostics).is_none(), "{tree}");
        let errors: Vec<_> = diagnostics
            .iter()
            .filter(|d| d.severity == Severity::Error)
            .map(|d| d.code.name())
            .collect();
        assert_eq!(errors, ["openapi-version"]);
    }
}

#[test]
fn the_document_has_what_it_needs() {
    let (tree, told) = repaired(json!({ "openapi": "3.0.3" }));
    assert_eq!(tree["info"], json!({ "title": "API", "version": "0" }));
    assert_eq!(
        told,
        ["info-incomplete", "info-incomplete", "paths-missing"]
    );
    let mut tree = top(json!("3.0.3"));
    tree["info"] = json!({ "title": null, "version": 1.5, "license": "MIT", "contact": "us" });
    tree["tags"] = json!(["a", { "name": "b" }, { "description": "c" }]);
    tree["servers"] =
        json!({ "url": "https://{host}", "variables": { "host": { "enum": ["a", 1] } } });
    tree["security"] = json!({ "key": [] });
    tree["externalDocs"] = json!("https://docs");
    tree["components"] = json!(null);
    let (tree, _) = repaired(tree);
    assert_eq!(
        tree,
        json!({
            "openapi": "3.0.3", "info": { "title": "API", "version": "1.5", "license": { "name": "MIT" } }, "paths": {},
            "tags": [{ "name": "a" }, { "name": "b" }],
            "servers": [{ "url": "https://{host}", "variables": { "host": { "enum": ["a", "1"], "default": "a" } } }],
            "security": [{ "key": [] }],
            "externalDocs": { "url": "https://docs" },
        })
    );
}

#[test]
fn no_operation_is_lost_for_its_path_or_the_case_of_its_method() {
    let mut tree = top(json!("3.0.3"));
    let get = json!({ "responses": {} });
    tree["paths"] = json!({ "a": { "get": get }, "/b": { "GET": get }, "/c": { "$ref": "#/nowhere", "get": get }, "x-d": 5, "/e": null });
    let (tree, told) = repaired(tree);
    assert_eq!(
        tree["paths"],
        json!({ "/a": { "get": get }, "/b": { "get": get }, "/c": { "get": get }, "x-d": 5, "/e": {} })
    );
    assert_eq!(
        told,
        [
            "path-without-slash",
            "null-member",
            "method-case",
            "path-item-reference"
        ]
    );
}

#[test]
fn security_schemes_are_of_a_type_and_have_its_members() {
    for (given, wanted, codes) in [
        (
            json!({ "type": "basic" }),
            json!({ "type": "http", "scheme": "basic" }),
            &["security-scheme-type"][..],
        ),
        (
            json!({ "type": "apikey", "in": "Header", "name": "K" }),
            json!({ "type": "apiKey", "in": "header", "name": "K" }),
            &["security-scheme-type"],
        ),
        (
            json!({ "type": "apiKey" }),
            json!({ "type": "apiKey", "in": "header", "name": "Authorization" }),
            &["security-scheme-incomplete", "security-scheme-incomplete"],
        ),
        (
            json!({ "type": "http" }),
            json!({ "type": "http", "scheme": "bearer" }),
            &["security-scheme-incomplete"],
        ),
        (
            json!({ "type": "mutualTLS" }),
            json!({ "type": "http", "scheme": "mutualtls" }),
            &["security-scheme-type"],
        ),
        (
            json!({ "type": "openIdConnect" }),
            json!({ "type": "openIdConnect", "openIdConnectUrl": "" }),
            &["security-scheme-incomplete"],
        ),
        (
            json!({ "type": "oauth2" }),
            json!({ "type": "oauth2", "flows": {} }),
            &["oauth2-flows-missing"],
        ),
        (
            json!({ "type": "oauth2", "flow": "accessCode", "tokenUrl": "t", "scopes": ["a"] }),
            json!({ "type": "oauth2", "flow": "accessCode", "flows": { "authorizationCode": { "tokenUrl": "t", "scopes": { "a": "" }, "authorizationUrl": "" } } }),
            &[
                "oauth2-flows-missing",
                "oauth2-flow-incomplete",
                "map-expected",
            ],
        ),
        (
            json!({ "type": "oauth2", "flows": { "password": { "tokenUrl": "t", "scopes": { "a": null } } } }),
            json!({ "type": "oauth2", "flows": { "password": { "tokenUrl": "t", "scopes": { "a": "" } } } }),
            &[],
        ),
    ] {
        let mut tree = top(json!("3.0.3"));
        tree["components"] = json!({ "securitySchemes": { "S": given } });
        let (mut tree, told) = repaired(tree);
        assert_eq!(tree["components"]["securitySchemes"]["S"].take(), wanted);
        assert_eq!(told, codes);
    }
}

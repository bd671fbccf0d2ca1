//! What no request can carry is told.

use super::planned;
use serde_json::{Value, json};

fn document(parameter: Value, server: &str, key: Value) -> Value {
    json!({
        "openapi": "3.0.3", "info": { "title": "T", "version": "1" },
        "servers": [{ "url": server }],
        "paths": { "/a": { "get": {
            "operationId": "a", "parameters": [parameter],
            "responses": { "204": { "description": "" } },
        } } },
        "components": { "securitySchemes": { "key": key } },
    })
}

/// The codes and places of what is told.
fn told(parameter: Value, server: &str, key: Value) -> Vec<(&'static str, String)> {
    planned(document(parameter, server, key)).1
}

fn parameter(location: &str, name: &str) -> Value {
    json!({ "name": name, "in": location, "schema": { "type": "string" } })
}

fn key(location: &str, name: &str) -> Value {
    json!({ "type": "apiKey", "in": location, "name": name })
}

const SERVER: &str = "https://example.com/v1";
const PARAMETER: &str = "/paths/~1a/get/parameters/0/name";
const KEY: &str = "/components/securitySchemes/key/name";

#[test]
fn names_that_are_no_tokens_are_told() {
    for (location, code) in [
        ("header", "header-not-sendable"),
        ("cookie", "cookie-not-sendable"),
    ] {
        for name in ["a b", "a:b", "ä", ""] {
            assert_eq!(
                told(parameter(location, name), SERVER, key("query", "k")),
                [(code, PARAMETER.to_owned())],
                "{location} {name}"
            );
            assert_eq!(
                told(parameter("query", "q"), SERVER, key(location, name)),
                [(code, KEY.to_owned())],
                "{location} {name}"
            );
        }
    }
}

#[test]
fn server_paths_that_end_in_something_else_are_told() {
    for server in [
        "https://example.com/v1?key=1",
        "https://example.com/v1#top",
        "https://example.com/my api",
    ] {
        assert_eq!(
            told(parameter("query", "q"), server, key("query", "k")),
            [("server-path-not-sendable", "/servers/0/url".to_owned())],
            "{server}"
        );
    }
}

#[test]
fn what_can_be_sent_is_not_told() {
    for location in ["header", "cookie"] {
        let sound = told(
            parameter(location, "X-Name_1.a~"),
            "https://{host}.example.com/{base}/v1/",
            key(location, "k"),
        );
        assert_eq!(sound, []);
    }
    // Any text can be encoded in a query.
    assert_eq!(
        told(parameter("query", "a b"), SERVER, key("query", "a b")),
        []
    );
}

#[test]
fn headers_that_no_answer_can_have_are_told_and_left_out() {
    let mut document = document(parameter("query", "q"), SERVER, key("query", "k"));
    let schema = json!({ "schema": { "type": "string" } });
    document["paths"]["/a"]["get"]["responses"]["204"]["headers"] =
        json!({ "X-Total": schema, "X Total": schema, "": schema });
    let (plan, told) = planned(document);
    let pointer = |name: &str| format!("/paths/~1a/get/responses/204/headers/{name}");
    assert_eq!(
        told,
        [
            ("header-not-sendable", pointer("X Total")),
            ("header-not-sendable", pointer("")),
        ]
    );
    let headers = plan.operations[0].answer_headers();
    let names: Vec<&str> = headers.map(|header| header.name.as_str()).collect();
    assert_eq!(names, ["X-Total"]);
}

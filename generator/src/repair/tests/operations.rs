//! Faults of operations, parameters, bodies and responses.

use super::{operation, repaired};
use serde_json::{Value, json};

/// A parameter of `GET /a/{id}`, and what becomes of it.
#[track_caller]
fn parameter(given: Value, wanted: Value, codes: &[&str]) {
    let responses = json!({});
    operation(
        json!({ "parameters": [given], "responses": responses }),
        json!({ "parameters": [wanted], "responses": responses }),
        codes,
    );
}

/// The responses of an operation, and what becomes of them.
#[track_caller]
fn responses(given: Value, wanted: Value, codes: &[&str]) {
    operation(
        json!({ "responses": given }),
        json!({ "responses": wanted }),
        codes,
    );
}

#[test]
fn operations_say_what_they_answer() {
    operation(
        json!({}),
        json!({ "responses": {} }),
        &["responses-missing"],
    );
    operation(
        json!({ "responses": null }),
        json!({ "responses": {} }),
        &["responses-missing"],
    );
    responses(
        json!([{ "code": 200, "description": "" }]),
        json!({ "200": { "description": "" } }),
        &["responses-missing"],
    );
}

#[test]
fn members_of_operations_have_their_shapes() {
    operation(
        json!({ "responses": {}, "tags": "a", "security": { "k": "s" }, "parameters": null, "deprecated": "true", "summary": 1, "requestBody": null, "callbacks": 5 }),
        json!({ "responses": {}, "tags": ["a"], "security": [{ "k": ["s"] }], "deprecated": true, "summary": "1" }),
        &[
            "callbacks-ignored",
            "list-expected",
            "list-expected",
            "null-member",
            "flag-as-text",
            "text-expected",
            "null-member",
        ],
    );
    operation(
        json!({ "responses": {}, "tags": [{ "name": "a" }, null, {}], "servers": ["https://a", { "description": "D" }] }),
        json!({ "responses": {}, "tags": ["a"], "servers": [{ "url": "https://a" }] }),
        &[
            "text-expected",
            "not-openapi-here",
            "object-as-text",
            "essential-member-missing",
        ],
    );
}

#[test]
fn keys_of_responses_are_statuses() {
    let response = json!({ "description": "" });
    for (key, status) in [
        ("200 ", "200"),
        ("200.0", "200"),
        ("Default", "default"),
        ("default ", "default"),
        ("4**", "4XX"),
        ("5", "5XX"),
        ("200 OK", "200"),
    ] {
        responses(
            json!({ key: response }),
            json!({ status: response }),
            &["response-key"],
        );
    }
    responses(json!({ "2xx": response }), json!({ "2xx": response }), &[]);
    responses(
        json!({ "success": response, "x-a": 5 }),
        json!({ "x-a": 5 }),
        &["response-key"],
    );
    responses(
        json!({ "200": response, "200 ": { "description": "other" } }),
        json!({ "200": response }),
        &["response-key"],
    );
}

#[test]
fn responses_have_a_description() {
    responses(
        json!({ "200": {}, "404": { "description": "No." } }),
        json!({ "200": { "description": "" }, "404": { "description": "No." } }),
        &["response-without-description"],
    );
    responses(
        json!({ "200": "Yes." }),
        json!({ "200": { "description": "Yes." } }),
        &["object-as-text"],
    );
    responses(
        json!({ "200": { "description": "", "schema": { "type": "string" }, "links": 5 } }),
        json!({ "200": { "description": "", "content": { "application/json": { "schema": { "type": "string" } } } } }),
        &["links-ignored", "response-schema-outside-content"],
    );
}

#[test]
fn misspelt_media_types_are_told_by_their_likeness() {
    let content = |name: &str| json!({ "200": { "description": "", "content": { name: {} } } });
    for (misspelt, meant) in [
        ("applcation/json", "application/json"),
        ("application-json", "application/json"),
        ("aplication/xml", "application/xml"),
        ("applicationjson; version=2", "application/json; version=2"),
        ("json", "application/json"),
        (
            "application/x-www-form-urlencode",
            "application/x-www-form-urlencoded",
        ),
        ("multipart/formdata", "multipart/form-data"),
    ] {
        responses(content(misspelt), content(meant), &["media-type-misspelt"]);
    }
    for right in [
        "application/jsonl",
        "application/jose",
        "application/*+json",
        "application/hl+json",
        "image/jpg",
        "text/xm",
        "*/*",
        "APPLICATION/JSON; charset=utf-8",
    ] {
        responses(content(right), content(right), &[]);
    }
    let both = json!({ "200": { "description": "", "content": { "applcation/json": {}, "application/json": {} } } });
    responses(both.clone(), both, &[]);
}

#[test]
fn parameters_have_a_place() {
    let text = json!({ "type": "string" });
    parameter(
        json!({ "name": "q", "schema": text }),
        json!({ "name": "q", "in": "query", "schema": text }),
        &["parameter-in"],
    );
    parameter(
        json!({ "name": "q", "in": "Header", "schema": text }),
        json!({ "name": "q", "in": "header", "schema": text }),
        &["parameter-in"],
    );
    parameter(
        json!({ "name": "id", "schema": text }),
        json!({ "name": "id", "in": "path", "schema": text, "required": true }),
        &["parameter-in", "path-parameter-optional"],
    );
}

#[test]
fn parameters_have_a_schema() {
    let text = json!({ "type": "string" });
    let wanted = json!({ "name": "q", "in": "query", "schema": text });
    parameter(
        json!({ "name": "q", "in": "query" }),
        wanted.clone(),
        &["schema-missing"],
    );
    parameter(
        json!({ "name": "q", "in": "query", "schema": null, "content": {} }),
        wanted.clone(),
        &["schema-missing"],
    );
    parameter(
        json!({ "name": "q", "in": "query", "type": "string" }),
        wanted.clone(),
        &["type-outside-schema"],
    );
    parameter(
        json!({ "name": "q", "in": "query", "schema": text, "content": { "a/b": {} } }),
        wanted,
        &["schema-and-content"],
    );
    parameter(
        json!({ "name": "q", "in": "query", "type": "array", "items": { "type": "string" }, "collectionFormat": "pipes" }),
        json!({ "name": "q", "in": "query", "explode": false, "style": "pipeDelimited", "schema": { "type": "array", "items": { "type": "string" } } }),
        &["collection-format", "type-outside-schema"],
    );
    responses(
        json!({ "200": { "description": "", "headers": { "A": { "type": "integer" }, "B": "text", "C": { "schema": { "type": "string" } } } } }),
        json!({ "200": { "description": "", "headers": {
            "A": { "schema": { "type": "integer" } }, "B": { "description": "text", "schema": { "type": "string" } },
            "C": { "schema": { "type": "string" } },
        } } }),
        &["object-as-text", "type-outside-schema", "schema-missing"],
    );
}

#[test]
fn parameters_have_a_style_of_their_place() {
    let text = json!({ "type": "string" });
    parameter(
        json!({ "name": "q", "in": "query", "schema": text, "style": "simple" }),
        json!({ "name": "q", "in": "query", "schema": text }),
        &["style-unknown"],
    );
    parameter(
        json!({ "name": "q", "in": "query", "schema": text, "style": "deepobject" }),
        json!({ "name": "q", "in": "query", "schema": text, "style": "deepObject" }),
        &["style-unknown"],
    );
    parameter(
        json!({ "name": "q", "in": "query", "schema": text, "examples": ["a"], "required": "false" }),
        json!({ "name": "q", "in": "query", "schema": text, "examples": { "0": { "value": "a" } }, "required": false }),
        &["map-expected", "flag-as-text"],
    );
}

#[test]
fn parameters_have_a_name_and_are_there_once() {
    let q = json!({ "name": "q", "in": "query", "schema": { "type": "string" } });
    operation(
        json!({ "responses": {}, "parameters": [q, { "in": "query" }, q, null] }),
        json!({ "responses": {}, "parameters": [q] }),
        &[
            "parameter-duplicate",
            "essential-member-missing",
            "null-member",
        ],
    );
    operation(
        json!({ "responses": {}, "parameters": { "q": { "in": "query", "schema": { "type": "string" } } } }),
        json!({ "responses": {}, "parameters": [{ "in": "query", "schema": { "type": "string" }, "name": "q" }] }),
        &["list-expected"],
    );
}

#[test]
fn parameters_in_the_body_are_the_body() {
    operation(
        json!({ "responses": {}, "parameters": [{ "name": "b", "in": "body", "required": true, "schema": { "type": "string" } }] }),
        json!({ "responses": {}, "parameters": [], "requestBody": {
            "required": true, "content": { "application/json": { "schema": { "type": "string" } } },
        } }),
        &["body-parameter"],
    );
    operation(
        json!({ "responses": {}, "parameters": [
            { "name": "f", "in": "formData", "type": "file", "required": true }, { "name": "n", "in": "formData", "type": "string" },
        ] }),
        json!({ "responses": {}, "parameters": [], "requestBody": { "required": true, "content": { "multipart/form-data": { "schema": {
            "type": "object", "required": ["f"],
            "properties": { "f": { "type": "string", "format": "binary" }, "n": { "type": "string" } },
        } } } } }),
        &["body-parameter", "type-as-format"],
    );
    let tree = json!({
        "openapi": "3.0.3", "info": { "title": "T", "version": "1" },
        "paths": { "/a": { "post": { "responses": {}, "parameters": [{ "$ref": "#/components/parameters/B" }] } } },
        "components": { "parameters": { "B": { "name": "b", "in": "body", "schema": { "type": "integer" } } } },
    });
    let (tree, told) = repaired(tree);
    assert_eq!(
        tree["paths"]["/a"]["post"]["requestBody"]["content"]["application/json"]["schema"],
        json!({ "type": "integer" })
    );
    assert_eq!(tree["components"]["parameters"], json!({}));
    assert_eq!(told, ["body-parameter-shared", "body-parameter"]);
}

#[test]
fn bodies_have_content() {
    operation(
        json!({ "responses": {}, "requestBody": { "schema": { "type": "string" } } }),
        json!({ "responses": {}, "requestBody": { "content": { "application/json": { "schema": { "type": "string" } } } } }),
        &["body-schema-outside-content"],
    );
    operation(
        json!({ "responses": {}, "requestBody": { "content": { "a/b": null, "c/d": { "schema": null, "encoding": { "x": { "style": "odd", "contentType": ["a/b", "c/d"] } } } } } }),
        json!({ "responses": {}, "requestBody": { "content": { "a/b": {}, "c/d": { "encoding": { "x": { "contentType": "a/b, c/d" } } } } } }),
        &[
            "null-member",
            "null-member",
            "encoding-style-unknown",
            "text-expected",
        ],
    );
}

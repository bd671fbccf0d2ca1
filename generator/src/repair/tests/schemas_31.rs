//! The words of OpenAPI 3.1, which are no faults in a document of that version.

use super::{repaired, repaired_schema, schema, schema_31};
use crate::diagnostics::Diagnostics;
use serde_json::json;

#[test]
fn a_list_of_types_is_nullable_or_a_choice() {
    schema_31(
        json!({ "type": ["string", "null"], "maxLength": 3 }),
        json!({ "maxLength": 3, "nullable": true, "type": "string" }),
    );
    schema_31(
        json!({ "type": ["string", "array", "null"], "maxLength": 3, "items": {}, "title": "T" }),
        json!({ "title": "T", "nullable": true, "anyOf": [
            { "type": "string", "maxLength": 3 }, { "type": "array", "items": {} },
        ] }),
    );
    schema_31(
        json!({ "type": ["integer", "number"] }),
        json!({ "type": "number" }),
    );
    schema_31(json!({ "type": ["null"] }), json!({ "nullable": true }));
    schema_31(json!({ "type": "null" }), json!({ "nullable": true }));
    schema(
        json!({ "type": ["string"] }),
        json!({ "type": "string" }),
        &["type-list"],
    );
    schema(
        json!({ "type": "String | null" }),
        json!({ "type": "string", "nullable": true }),
        &["type-list"],
    );
}

#[test]
fn the_alternative_null_is_nullable() {
    schema_31(
        json!({ "title": "T", "anyOf": [{ "type": "string", "title": "inner", "maxLength": 2 }, { "type": "null" }] }),
        json!({ "title": "T", "nullable": true, "type": "string", "maxLength": 2 }),
    );
    schema_31(
        json!({ "oneOf": [{ "$ref": "#/components/schemas/S" }, { "const": null }] }),
        json!({ "nullable": true, "allOf": [{ "$ref": "#/components/schemas/S" }] }),
    );
    schema_31(
        json!({ "oneOf": [{ "type": "string" }, { "type": "integer" }, { "type": "null" }] }),
        json!({ "oneOf": [{ "type": "string" }, { "type": "integer" }], "nullable": true }),
    );
}

#[test]
fn const_is_an_enum_of_one() {
    schema_31(
        json!({ "type": "string", "const": "a" }),
        json!({ "type": "string", "enum": ["a"] }),
    );
    schema_31(
        json!({ "type": "string", "const": null }),
        json!({ "type": "string", "nullable": true }),
    );
}

#[test]
fn the_first_of_examples_is_the_example() {
    schema_31(
        json!({ "type": "string", "examples": ["a", "b"] }),
        json!({ "type": "string", "example": "a" }),
    );
    schema_31(
        json!({ "type": "string", "examples": [1, "b"] }),
        json!({ "type": "string", "example": "b" }),
    );
    schema(
        json!({ "type": "string", "examples": { "one": { "value": "a" } } }),
        json!({ "type": "string", "example": "a" }),
        &["schema-examples"],
    );
}

#[test]
fn exclusive_limits_are_limits_and_flags() {
    schema_31(
        json!({ "type": "integer", "exclusiveMinimum": 0, "exclusiveMaximum": 9 }),
        json!({ "type": "integer", "exclusiveMinimum": true, "minimum": 0, "exclusiveMaximum": true, "maximum": 9 }),
    );
}

#[test]
fn a_reference_keeps_what_is_said_beside_it() {
    let reference = json!({ "$ref": "#/components/schemas/S" });
    let given = json!({ "$ref": "#/components/schemas/S", "description": "D", "type": "object" });
    let (found, told) = repaired_schema(
        "3.0.0",
        json!({ "type": "object", "properties": { "a": given } }),
    );
    assert_eq!(
        found["properties"]["a"],
        json!({ "description": "D", "allOf": [reference] })
    );
    assert_eq!(told, ["reference-siblings"]);
    schema_31(
        json!({ "$ref": "#/components/schemas/S", "required": ["a"] }),
        json!({ "required": ["a"], "allOf": [reference] }),
    );
    schema_31(
        json!({ "$ref": "#/components/schemas/S", "type": ["object", "null"] }),
        json!({ "nullable": true, "allOf": [reference] }),
    );
    schema_31(
        json!({ "$ref": "#/components/schemas/S", "const": "a" }),
        json!({ "allOf": [reference], "enum": ["a"] }),
    );
    let (found, told) = repaired_schema(
        "3.1.0",
        json!({ "$ref": "#/components/schemas/S", "minLength": 2 }),
    );
    assert_eq!(
        (found, told),
        (reference.clone(), vec!["reference-siblings"])
    );
    schema_31(
        json!({ "type": "array", "items": reference }),
        json!({ "type": "array", "items": reference }),
    );
}

#[test]
fn a_tuple_becomes_marked_alternatives() {
    schema_31(
        json!({ "type": "array", "prefixItems": [{ "type": "string" }, { "type": "integer" }], "items": false, "minItems": 2 }),
        json!({
            "type": "array", "minItems": 2, "maxItems": 2,
            "items": { "x-prefix-items": true, "anyOf": [{ "type": "string" }, { "type": "integer" }] },
        }),
    );
    // Items of another kind may follow, so it is no tuple.
    schema_31(
        json!({ "type": "array", "prefixItems": [{ "type": "string" }], "items": { "type": "integer" } }),
        json!({ "type": "array", "items": { "anyOf": [{ "type": "string" }, { "type": "integer" }] } }),
    );
}

#[test]
fn schemas_that_are_flags_are_objects() {
    schema_31(
        json!({ "type": "object", "properties": { "a": true, "b": false }, "additionalProperties": false }),
        json!({ "type": "object", "properties": { "a": {}, "b": { "not": {} } }, "additionalProperties": false }),
    );
}

#[test]
fn content_keywords_are_formats() {
    schema_31(
        json!({ "type": "string", "contentEncoding": "base64" }),
        json!({ "type": "string", "format": "byte" }),
    );
    schema_31(
        json!({ "contentMediaType": "application/octet-stream" }),
        json!({ "type": "string", "format": "binary" }),
    );
    schema_31(
        json!({ "type": "string", "contentEncoding": "base64url" }),
        json!({ "type": "string", "format": "base64url" }),
    );
    schema_31(
        json!({ "contentMediaType": "*/*" }),
        json!({ "type": "string", "format": "binary" }),
    );
    schema_31(
        json!({ "type": "string", "contentMediaType": "application/json" }),
        json!({ "type": "string" }),
    );
    schema_31(
        json!({ "type": "object", "contentMediaType": "image/png" }),
        json!({ "type": "object" }),
    );
}

#[test]
fn properties_by_pattern_are_further_properties() {
    schema_31(
        json!({ "type": "object", "patternProperties": { "^a": { "type": "string" } } }),
        json!({ "type": "object", "additionalProperties": { "type": "string" } }),
    );
    schema_31(
        json!({ "type": "object", "patternProperties": { "^a": { "type": "string" }, "^b": {} } }),
        json!({ "type": "object", "additionalProperties": { "anyOf": [{ "type": "string" }, {}] } }),
    );
}

#[test]
fn conditions_are_left_out_and_told_once() {
    let one = json!({ "type": "object", "if": {}, "then": {} });
    let (found, told) = repaired_schema(
        "3.1.0",
        json!({ "type": "object", "properties": { "a": one, "b": one } }),
    );
    assert_eq!(found["properties"]["b"], json!({ "type": "object" }));
    assert_eq!(told, ["keyword-of-json-schema"]);
}

#[test]
fn webhooks_are_left_out_and_paths_may_be_missing() {
    let tree = json!({
        "openapi": "3.1.0", "info": { "title": "T", "version": "1", "summary": "S", "license": { "name": "L", "identifier": "MIT" } },
        "jsonSchemaDialect": "https://example.com", "webhooks": { "x": { "post": { "responses": 5 } } },
    });
    let (tree, told) = repaired(tree);
    assert_eq!(tree["paths"], json!({}));
    assert!(tree.get("webhooks").is_none());
    assert_eq!(told, ["paths-missing", "webhooks-ignored"]);
}

#[test]
fn what_is_defined_within_a_schema_stands_among_the_components_when_it_is_loaded() {
    let text = r##"{"openapi":"3.1.0","info":{"title":"T","version":"1"},"paths":{},"components":{"schemas":{"S":{
        "type":"object","properties":{"a":{"$ref":"#/components/schemas/S/$defs/Inner"}},
        "$defs":{"Inner":{"type":["integer","null"]},"Unused":{}}}}}}"##;
    let mut diagnostics = Diagnostics::default();
    let tree = crate::load::load_str("a.json", text, &mut diagnostics)
        .unwrap()
        .tree;
    let (tree, told) = repaired(tree);
    let schemas = &tree["components"]["schemas"];
    let reference = schemas["S"]["properties"]["a"]["$ref"].as_str().unwrap();
    assert_eq!(
        tree.pointer(&reference[1..]),
        Some(&json!({ "nullable": true, "type": "integer" }))
    );
    assert!(schemas["S"].get("$defs").is_none());
    assert_eq!(told, Vec::<&str>::new());
}

//! Everything that is planned can say why it is what it is, and where it comes from.

use super::{def, field, planned};
use serde_json::{Value, json};

fn document(version: &str, properties: Value) -> Value {
    json!({
        "openapi": version, "info": { "title": "T", "version": "1" },
        "paths": { "/a/{id}": { "get": {
            "operationId": "a",
            "parameters": [{ "name": "q", "in": "query", "schema": { "type": "integer", "format": "int32" } }],
            "responses": { "200": {
                "description": "",
                "headers": { "X-A": { "schema": { "type": "boolean" } } },
                "content": { "application/json": { "schema": { "$ref": "#/components/schemas/S" } } },
            } },
        } } },
        "components": { "schemas": {
            "S": { "type": "object", "properties": properties },
            "Null": { "type": "string", "nullable": true },
            "Cat": { "type": "object", "properties": { "kind": { "type": "string", "enum": ["cat"] } } },
            "Dog": { "type": "object", "properties": { "kind": { "type": "string", "enum": ["dog"] } } },
        } },
    })
}

/// Each property with the reason for its type and, where it may be null, the reason for that.
#[track_caller]
fn explains(version: &str, cases: &[(Value, &str, Option<&str>)]) {
    let properties: serde_json::Map<String, Value> = cases
        .iter()
        .enumerate()
        .map(|(index, (schema, _, _))| (format!("p{index}"), schema.clone()))
        .collect();
    let (api, _) = planned(document(version, Value::Object(properties)));
    for (index, (schema, reason, null)) in cases.iter().enumerate() {
        let field = field(&api, "S", &format!("p{index}"));
        let origin = &field.origin;
        assert_eq!(origin.reason.to_string(), *reason, "{schema}");
        let told = origin.null.as_ref().map(ToString::to_string);
        assert_eq!(told.as_deref(), *null, "{schema}");
        assert_eq!(field.nullable, null.is_some(), "{schema}");
        assert_eq!(
            origin.pointer.as_str(),
            format!("/components/schemas/S/properties/p{index}")
        );
    }
}

#[test]
fn a_field_says_why_its_type_is_what_it_is() {
    explains(
        "3.0.3",
        &[
            (json!({ "type": "string" }), "`type: string`", None),
            (
                json!({ "type": "string", "format": "date-time" }),
                "`type: string` with `format: date-time`",
                None,
            ),
            (
                json!({ "$ref": "#/components/schemas/Cat" }),
                "`$ref` to the component `Cat`",
                None,
            ),
            (
                json!({ "allOf": [{ "$ref": "#/components/schemas/Cat" }] }),
                "`$ref` to the component `Cat`",
                None,
            ),
            (
                json!({ "$ref": "#/components/schemas/Null" }),
                "`$ref` to the component `Null`",
                Some("the component `Null` may be null: `nullable: true`"),
            ),
            (
                json!({ "type": "string", "enum": ["a", "b", null] }),
                "an `enum` of 2 values",
                Some("null stands among the values of `enum`"),
            ),
            (
                json!({ "oneOf": [{ "type": "string" }, { "type": "integer" }], "nullable": true }),
                "`oneOf`, whose members are distinguished by what they look like",
                Some("`nullable: true`"),
            ),
            (
                json!({ "type": "array", "items": { "type": "string" } }),
                "a list of `items`",
                None,
            ),
            (
                json!({ "type": "object", "additionalProperties": { "type": "string" } }),
                "an object whose property names are data",
                None,
            ),
            (
                json!({ "type": "object", "properties": { "a": { "type": "string" } } }),
                "an object with `properties`",
                None,
            ),
            (
                json!({}),
                "any value, since the schema does not say what type it is",
                None,
            ),
            (
                json!({ "$ref": "#/components/schemas/Nowhere" }),
                "any value, since the reference leads nowhere",
                None,
            ),
        ],
    );
}

#[test]
fn the_words_of_3_1_are_reasons_too() {
    explains(
        "3.1.0",
        &[
            (
                json!({ "type": ["string", "null"] }),
                "`type: string`",
                Some("`type` lists null"),
            ),
            (
                json!({ "anyOf": [{ "type": "string" }, { "type": "null" }] }),
                "`type: string`",
                Some("a member of `anyOf` may be null"),
            ),
            (json!({ "const": "a" }), "an `enum` of one value", None),
            (
                json!({ "type": "array", "prefixItems": [{ "type": "string" }, { "type": "integer" }], "items": false }),
                "`prefixItems`: a list of a fixed length",
                None,
            ),
        ],
    );
}

#[test]
fn a_union_says_how_its_members_are_distinguished() {
    let members =
        json!([{ "$ref": "#/components/schemas/Cat" }, { "$ref": "#/components/schemas/Dog" }]);
    let (api, _) = planned(document("3.0.3", json!({ "pet": { "oneOf": members } })));
    assert_eq!(
        def(&api, "S pet").origin.reason.to_string(),
        "`oneOf`, whose members are distinguished by the property `kind`"
    );
}

#[test]
fn parameters_headers_and_bodies_say_it_as_well() {
    let (api, _) = planned(document("3.0.3", json!({ "a": { "type": "string" } })));
    let operation = api.operations.first().expect("an operation");
    let parameters = operation.parameters.iter();
    let told: Vec<String> = parameters
        .map(|parameter| format!("{} {}", parameter.origin.pointer, parameter.origin.reason))
        .collect();
    assert_eq!(
        told,
        [
            "#/paths/~1a~1{id} text, since the path names it and no parameter declares it",
            "#/paths/~1a~1{id}/get/parameters/0 `type: integer` with `format: int32`",
        ]
    );
    let response = operation.responses.first().expect("a response");
    let at = "#/paths/~1a~1{id}/get/responses/200";
    assert_eq!(response.pointer.to_string(), at);
    let header = response.headers.first().expect("a header");
    assert_eq!(
        format!("{} {}", header.origin.pointer, header.origin.reason),
        format!("{at}/headers/X-A `type: boolean`")
    );
    let content = response.content.as_ref().expect("content");
    assert_eq!(
        format!("{} {}", content.origin.pointer, content.origin.reason),
        format!("{at}/content/application~1json `$ref` to the component `S`")
    );
}

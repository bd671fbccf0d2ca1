//! Examples keep the limits of their schemas.

use super::{field, planned};
use serde_json::{Value, json};

/// The example of a field of this schema.
fn example(schema: Value) -> Option<Value> {
    let document = json!({
        "openapi": "3.0.3", "info": { "title": "T", "version": "1" },
        "paths": { "/a": { "get": {
            "operationId": "a",
            "responses": { "200": {
                "description": "",
                "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Thing" } } },
            } },
        } } },
        "components": { "schemas": {
            "Thing": { "type": "object", "properties": { "part": schema } },
            "Code": { "type": "string", "minLength": 6 },
        } },
    });
    let (api, _) = planned(document);
    field(&api, "Thing", "part").example.as_deref().cloned()
}

#[test]
fn texts_have_their_length_format_and_pattern() {
    let text = |limits: Value| {
        let mut schema = json!({"type": "string"});
        let (Value::Object(schema_members), Value::Object(limits)) = (&mut schema, limits) else {
            panic!("limits are an object");
        };
        schema_members.extend(limits);
        example(schema)
    };
    assert_eq!(text(json!({"minLength": 6})), Some(json!("textte")));
    assert_eq!(text(json!({"maxLength": 2})), Some(json!("te")));
    assert_eq!(
        text(json!({"pattern": "^[A-Z]{2}[0-9]+$", "minLength": 5})),
        Some(json!("AA111"))
    );
    // A pattern that does not look for the end leaves room behind it.
    assert_eq!(
        text(json!({"pattern": "[A-z0-9]", "minLength": 4, "maxLength": 4})),
        Some(json!("atex"))
    );
    assert_eq!(
        text(json!({"format": "email"})),
        Some(json!("someone@example.com"))
    );
    assert_eq!(
        text(json!({"format": "uuid", "minLength": 36, "maxLength": 36})),
        Some(json!("2c918083-5d19-4a86-815d-28455b4a2329"))
    );
    // Any text does, and none can.
    assert_eq!(text(json!({"minLength": 1, "maxLength": 80})), None);
    assert_eq!(text(json!({"pattern": "(?!a)"})), None);
    assert_eq!(text(json!({"minLength": 1_000_000})), None);
}

#[test]
fn numbers_stand_in_their_range() {
    let whole = |least: i64, most: i64| {
        example(json!({"type": "integer", "minimum": least, "maximum": most}))
    };
    assert_eq!(whole(10, 20), Some(json!(10)));
    assert_eq!(whole(-5, -5), Some(json!(-5)));
    assert_eq!(whole(0, 9), None);
    assert_eq!(whole(9, 0), None);
    assert_eq!(
        example(json!({"type": "number", "maximum": 1, "minimum": 0})),
        Some(json!(0.5))
    );
    assert_eq!(
        example(json!({"type": "integer", "multipleOf": 25})),
        Some(json!(25))
    );
    assert_eq!(
        example(
            json!({"type": "integer", "minimum": 5, "exclusiveMinimum": true, "multipleOf": 5})
        ),
        Some(json!(10))
    );
}

#[test]
fn lists_have_as_many_items_as_they_must() {
    let items = json!({"type": "string"});
    assert_eq!(example(json!({"type": "array", "items": items})), None);
    assert_eq!(
        example(json!({"type": "array", "items": items, "minItems": 2, "uniqueItems": true})),
        Some(json!(["text", "text1"]))
    );
    assert_eq!(
        example(json!({"type": "array", "items": {"$ref": "#/components/schemas/Code"}})),
        Some(json!(["textte"]))
    );
}

#[test]
fn the_documents_example_stays_unless_its_own_limits_refuse_it() {
    let long = json!({"type": "string", "example": "abcdef", "maxLength": 6});
    assert_eq!(example(long), Some(json!("abcdef")));
    let too_long = json!({"type": "string", "example": "abcdefg", "maxLength": 6, "minLength": 5});
    assert_eq!(example(too_long), Some(json!("textt")));
    // A default is shown where there is no example.
    let default = json!({"type": "integer", "minimum": 1, "maximum": 11, "default": 0});
    assert_eq!(example(default), Some(json!(1)));
    let object = json!({
        "type": "object",
        "properties": {"day": {"type": "string", "format": "date"}, "name": {"type": "string"}},
        "example": {"day": "yesterday", "name": "Ada"},
    });
    let corrected = json!({"day": "2024-01-31", "name": "Ada"});
    let document_of = |schema: Value| json!({"type": "array", "items": schema, "example": [{"day": "yesterday", "name": "Ada"}]});
    assert_eq!(example(object.clone()), Some(corrected.clone()));
    assert_eq!(example(document_of(object)), Some(json!([corrected])));
}

//! Faults of schemas.

use super::{repaired_schema, schema};
use serde_json::{Value, json};

#[test]
fn words_that_are_no_types_are_read_as_the_types_that_they_mean() {
    for (word, wanted, code) in [
        (
            "date-time",
            json!({ "type": "string", "format": "date-time" }),
            "type-as-format",
        ),
        (
            "uuid",
            json!({ "type": "string", "format": "uuid" }),
            "type-as-format",
        ),
        (
            "file",
            json!({ "type": "string", "format": "binary" }),
            "type-as-format",
        ),
        ("int", json!({ "type": "integer" }), "type-as-format"),
        (
            "Float",
            json!({ "type": "number", "format": "float" }),
            "type-as-format",
        ),
        ("any", json!({}), "type-as-format"),
        (
            "string[]",
            json!({ "type": "array", "items": { "type": "string" } }),
            "type-as-format",
        ),
        ("String", json!({ "type": "string" }), "type-misspelt"),
        ("interger", json!({ "type": "integer" }), "type-misspelt"),
        ("booelan", json!({ "type": "boolean" }), "type-misspelt"),
        ("Payment", json!({}), "type-unknown"),
    ] {
        schema(json!({ "type": word }), wanted, &[code]);
    }
    schema(json!({ "type": 5 }), json!({}), &["type-unknown"]);
    schema(
        json!({ "type": "timestamp", "example": 1 }),
        json!({ "type": "integer", "example": 1 }),
        &["type-as-format"],
    );
}

#[test]
fn a_missing_type_is_shown_by_the_keywords() {
    for (given, ty) in [
        (json!({ "properties": {} }), "object"),
        (json!({ "items": {} }), "array"),
        (json!({ "maxLength": 3 }), "string"),
        (json!({ "format": "date-time" }), "string"),
        (json!({ "format": "int64" }), "integer"),
        (json!({ "minimum": 0 }), "number"),
        (json!({ "enum": ["a", "b"] }), "string"),
        (json!({ "enum": [1, 2] }), "integer"),
        (json!({ "enum": [1, 2.5] }), "number"),
    ] {
        let mut wanted = given.clone();
        wanted["type"] = json!(ty);
        schema(given, wanted, &["type-from-keywords"]);
    }
    for untold in [
        json!({}),
        json!({ "format": "odd" }),
        json!({ "enum": ["a", 1] }),
        json!({ "allOf": [{}], "properties": {} }),
    ] {
        schema(untold.clone(), untold, &[]);
    }
}

#[test]
fn a_missing_type_is_shown_by_the_example() {
    let inferred = |example: Value| {
        let (mut found, told) = repaired_schema("3.0.3", json!({ "example": example }));
        assert_eq!(told, ["type-from-example"]);
        found.as_object_mut().unwrap().remove("example");
        found
    };
    assert_eq!(inferred(json!("a")), json!({ "type": "string" }));
    assert_eq!(inferred(json!(1)), json!({ "type": "integer" }));
    assert_eq!(inferred(json!(1.5)), json!({ "type": "number" }));
    assert_eq!(inferred(json!([])), json!({ "type": "array", "items": {} }));
    assert_eq!(
        inferred(json!([1, 2])),
        json!({ "type": "array", "items": { "type": "integer" } })
    );
    assert_eq!(
        inferred(json!([1, "a"])),
        json!({ "type": "array", "items": {} })
    );
    assert_eq!(
        inferred(json!([{ "a": 1 }, { "b": true }])),
        json!({ "type": "array", "items": {} })
    );
    schema(
        json!({ "default": true }),
        json!({ "default": true, "type": "boolean" }),
        &["type-from-example"],
    );
    // One object shows nothing about the next.
    let object = json!({ "example": { "a": 1 }, "nullable": true });
    schema(object.clone(), object, &[]);
    schema(json!({ "example": null }), json!({ "example": null }), &[]);
    let part =
        json!({ "allOf": [{ "$ref": "#/components/schemas/S" }, { "example": { "a": 1 } }] });
    schema(part.clone(), part, &[]);
}

#[test]
fn enum_values_are_of_the_type() {
    schema(
        json!({ "type": "string", "enum": [1, true] }),
        json!({ "type": "string", "enum": ["1", "true"] }),
        &["enum-value-type"],
    );
    schema(
        json!({ "type": "integer", "enum": ["1", 2.0] }),
        json!({ "type": "integer", "enum": [1, 2] }),
        &["enum-value-type"],
    );
    schema(
        json!({ "type": "integer", "enum": ["a"] }),
        json!({ "type": "string", "enum": ["a"] }),
        &["enum-value-type"],
    );
    schema(
        json!({ "type": "integer", "enum": [1, 2.5] }),
        json!({ "type": "number", "enum": [1, 2.5] }),
        &["enum-value-type"],
    );
    schema(
        json!({ "type": "boolean", "enum": ["true"] }),
        json!({ "type": "boolean", "enum": [true] }),
        &["enum-value-type"],
    );
    schema(
        json!({ "type": "string", "enum": ["a", null] }),
        json!({ "type": "string", "enum": ["a"], "nullable": true }),
        &["enum-null"],
    );
    schema(
        json!({ "type": "string", "enum": [] }),
        json!({ "type": "string" }),
        &["enum-null"],
    );
    schema(
        json!({ "type": "string", "enum": "a, b" }),
        json!({ "type": "string", "enum": ["a", "b"] }),
        &["enum-shape"],
    );
    schema(
        json!({ "type": "array", "items": { "type": "string" }, "enum": ["a"] }),
        json!({ "type": "array", "items": { "type": "string", "enum": ["a"] } }),
        &["enum-beside-items"],
    );
}

#[test]
fn defaults_and_examples_are_of_the_type() {
    for key in ["default", "example"] {
        let code = format!("{key}-of-wrong-type");
        let check = |ty: Value, given: Value, wanted: Option<Value>| {
            let (mut with, mut without) = (ty.clone(), ty);
            with[key] = given;
            if let Some(wanted) = wanted {
                without[key] = wanted;
            }
            schema(with, without, &[&code]);
        };
        check(json!({ "type": "integer" }), json!("5"), Some(json!(5)));
        check(json!({ "type": "integer" }), json!("five"), None);
        check(json!({ "type": "string" }), json!(5), Some(json!("5")));
        check(
            json!({ "type": "boolean" }),
            json!("true"),
            Some(json!(true)),
        );
        check(
            json!({ "type": "object" }),
            json!("{\"a\": 1}"),
            Some(json!({ "a": 1 })),
        );
        check(json!({ "type": "array", "items": {} }), json!({}), None);
        check(
            json!({ "type": "string", "format": "date-time" }),
            json!("in 6 months"),
            None,
        );
    }
}

#[test]
fn limits_of_integers_are_integers() {
    schema(
        json!({ "type": "integer", "minimum": 0.5, "maximum": 10.0 }),
        json!({ "type": "integer", "minimum": 1, "maximum": 10 }),
        &["limit-not-whole", "limit-not-whole"],
    );
    schema(
        json!({ "type": "integer", "maximum": 18446744073709551615_u64 }),
        json!({ "type": "integer" }),
        &["limit-not-whole"],
    );
    schema(
        json!({ "type": "integer", "maximum": "9" }),
        json!({ "type": "integer", "maximum": 9 }),
        &["limit-not-whole"],
    );
    schema(
        json!({ "type": "number", "maximum": "9.5" }),
        json!({ "type": "number", "maximum": 9.5 }),
        &["number-as-text"],
    );
    schema(
        json!({ "type": "string", "minLength": -1, "maxLength": 2.5 }),
        json!({ "type": "string", "maxLength": 2 }),
        &["count-not-natural", "count-not-natural"],
    );
}

#[test]
fn required_is_a_list_of_properties() {
    schema(
        json!({ "type": "object", "properties": { "a": { "type": "string", "required": true }, "b": { "type": "string", "required": false } } }),
        json!({ "type": "object", "properties": { "a": { "type": "string" }, "b": { "type": "string" } }, "required": ["a"] }),
        &["required-flag"],
    );
    schema(
        json!({ "type": "object", "required": true }),
        json!({ "type": "object" }),
        &["required-flag"],
    );
    schema(
        json!({ "type": "object", "properties": { "a": {} }, "required": ["a", "b"] }),
        json!({ "type": "object", "properties": { "a": {} }, "required": ["a"] }),
        &["required-unknown"],
    );
    let parts = json!({ "allOf": [{ "type": "object", "properties": { "a": {} }, "required": ["b"] }, { "type": "object", "properties": { "b": {} } }] });
    schema(parts.clone(), parts, &[]);
}

#[test]
fn keywords_of_another_type_do_not_hide_the_type() {
    schema(
        json!({ "type": "boolean", "format": "boolean" }),
        json!({ "type": "boolean" }),
        &["keyword-not-of-type"],
    );
    schema(
        json!({ "type": "integer", "pattern": "a" }),
        json!({ "type": "integer" }),
        &["keyword-not-of-type"],
    );
    schema(
        json!({ "type": "object", "items": { "type": "string" } }),
        json!({ "type": "object" }),
        &["keyword-not-of-type"],
    );
    schema(
        json!({ "type": "object", "items": { "type": "string" }, "example": [] }),
        json!({ "type": "array", "items": { "type": "string" }, "example": [] }),
        &["keyword-not-of-type"],
    );
    schema(
        json!({ "type": "array", "properties": { "a": {} } }),
        json!({ "type": "array", "items": { "type": "object", "properties": { "a": {} } } }),
        &["keyword-not-of-type"],
    );
    for settled in ["example", "default"] {
        schema(
            json!({ "type": "object", "items": { "type": "string" }, settled: { "a": 1 } }),
            json!({ "type": "object", settled: { "a": 1 } }),
            &["keyword-not-of-type"],
        );
    }
    schema(
        json!({ "type": "string", "properties": { "a": {} } }),
        json!({ "type": "object", "properties": { "a": {} } }),
        &["keyword-not-of-type"],
    );
}

#[test]
fn members_have_their_shapes() {
    schema(
        json!({ "type": "array" }),
        json!({ "type": "array", "items": {} }),
        &["items-missing"],
    );
    schema(
        json!({ "type": "array", "items": [{ "type": "string" }, {}] }),
        json!({ "type": "array", "items": { "anyOf": [{ "type": "string" }, {}] } }),
        &["items-list"],
    );
    schema(
        json!({ "type": "array", "items": "string" }),
        json!({ "type": "array", "items": { "type": "string" } }),
        &["schema-not-object"],
    );
    schema(
        json!({ "type": "object", "properties": null, "description": null }),
        json!({ "type": "object" }),
        &["null-member", "null-member"],
    );
    schema(
        json!({ "type": "object", "properties": [{ "name": "a", "type": "string" }, { "b": { "type": "string" } }] }),
        json!({ "type": "object", "properties": { "a": { "type": "string" }, "b": { "type": "string" } } }),
        &["map-expected"],
    );
    schema(
        json!({ "type": "object", "additionalProperties": "true" }),
        json!({ "type": "object", "additionalProperties": true }),
        &["flag-as-text"],
    );
    schema(
        json!({ "type": "object", "additionalProperties": "string" }),
        json!({ "type": "object", "additionalProperties": { "type": "string" } }),
        &["schema-not-object"],
    );
    schema(
        json!({ "allOf": { "type": "string" } }),
        json!({ "allOf": [{ "type": "string" }] }),
        &["list-expected"],
    );
    schema(
        json!({ "type": "string", "oneOf": [] }),
        json!({ "type": "string" }),
        &["composition-empty"],
    );
    schema(
        json!({ "type": "object", "discriminator": "kind" }),
        json!({ "type": "object", "discriminator": { "propertyName": "kind" } }),
        &["object-as-text"],
    );
    schema(
        json!({ "type": "object", "discriminator": {} }),
        json!({ "type": "object" }),
        &["essential-member-missing"],
    );
    schema(
        json!({ "type": "string", "externalDocs": { "description": "D" } }),
        json!({ "type": "string" }),
        &["essential-member-missing"],
    );
    schema(
        json!({ "type": "string", "nullable": "true", "title": 5 }),
        json!({ "type": "string", "nullable": true, "title": "5" }),
        &["flag-as-text", "text-expected"],
    );
    schema(
        json!({ "type": "string", "title": {} }),
        json!({ "type": "string" }),
        &["not-openapi-here"],
    );
    schema(
        json!({ "type": "string", "x-nullable": true }),
        json!({ "type": "string", "x-nullable": true, "nullable": true }),
        &["x-nullable"],
    );
    schema(
        json!({ "$ref": 5, "type": "string" }),
        json!({ "type": "string" }),
        &["reference-not-text"],
    );
}

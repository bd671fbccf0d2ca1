//! Values that must never be printed are hidden wherever they can be reached.

use super::{def, field, planned};
use crate::plan::model::{Shape, Type};
use serde_json::{Value, json};

/// The type of the property `value` of the only object of a document, and whether it is hidden.
fn planned_as(property: Value) -> (Type, bool) {
    let (api, _) = planned(json!({
        "openapi": "3.0.3",
        "info": { "title": "T", "version": "1" },
        "paths": { "/a": { "get": { "operationId": "a", "responses": { "200": {
            "description": "",
            "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Thing" } } },
        } } } } },
        "components": { "schemas": {
            "Thing": { "type": "object", "properties": { "value": property } },
            "Password": { "type": "string", "format": "password" },
            "Maybe": { "type": "string", "format": "password", "nullable": true },
        } },
    }));
    let field = field(&api, "Thing", "value");
    if let Type::Named(id) = &field.ty
        && let Shape::Union(union) = &api.types.of(*id).shape
    {
        let hidden = |variant: &crate::plan::model::Variant| matches!(variant.ty, Type::Secret(_));
        return (field.ty.clone(), union.variants.iter().any(hidden));
    }
    (field.ty.clone(), field.secret)
}

#[test]
fn a_password_is_hidden_behind_whatever_leads_to_it() {
    let reference = || json!({ "$ref": "#/components/schemas/Password" });
    for property in [
        json!({ "type": "string", "format": "password" }),
        reference(),
        json!({ "$ref": "#/components/schemas/Maybe" }),
        json!({ "allOf": [reference()], "description": "retold" }),
        json!({ "allOf": [{ "type": "string" }, { "format": "password" }] }),
        json!({ "oneOf": [reference()] }),
        json!({ "anyOf": [reference(), { "type": "string" }] }),
        json!({ "type": "integer", "format": "password" }),
        json!({ "format": "password" }),
        json!({ "type": "string", "format": "password", "enum": ["a", "b"] }),
        json!({ "anyOf": [reference(), { "type": "integer" }] }),
    ] {
        assert!(planned_as(property.clone()).1, "{property}");
    }
    assert!(!planned_as(json!({ "type": "string" })).1);
}

#[test]
fn passwords_are_hidden_within_lists_and_maps() {
    let hidden = || Box::new(Type::Secret(Box::new(Type::String)));
    let reference = json!({ "$ref": "#/components/schemas/Password" });
    let (list, _) = planned_as(json!({ "type": "array", "items": reference }));
    assert_eq!(list, Type::Array(hidden()));
    let (map, _) = planned_as(json!({ "type": "object", "additionalProperties": reference }));
    assert_eq!(map, Type::Map(hidden()));
}

#[test]
fn an_inherited_password_is_hidden() {
    let (api, _) = planned(json!({
        "openapi": "3.0.3",
        "info": { "title": "T", "version": "1" },
        "paths": { "/a": { "get": { "operationId": "a", "responses": { "200": {
            "description": "",
            "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Heir" } } },
        } } } } },
        "components": { "schemas": {
            "Base": { "type": "object", "properties": { "pin": { "type": "string", "format": "password" } } },
            "Heir": { "allOf": [{ "$ref": "#/components/schemas/Base" }, { "type": "object", "properties": { "b": { "type": "string" } } }] },
        } },
    }));
    assert!(field(&api, "Heir", "pin").secret);
    assert!(!field(&api, "Heir", "b").secret);
    assert!(matches!(def(&api, "Heir").shape, Shape::Struct(_)));
}

#[test]
fn text_that_is_called_a_secret_is_hidden() {
    let schema = |ty: Value| {
        let (api, _) = planned(json!({
            "openapi": "3.0.3",
            "info": { "title": "T", "version": "1" },
            "paths": { "/a": { "get": { "operationId": "a", "responses": { "200": {
                "description": "",
                "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Thing" } } },
            } } } } },
            "components": { "schemas": {
                "Thing": { "type": "object", "properties": { "accessToken": ty } },
                "Text": { "type": "string" },
            } },
        }));
        field(&api, "Thing", "accessToken").secret
    };
    assert!(schema(json!({ "type": "string" })));
    assert!(schema(json!({ "$ref": "#/components/schemas/Text" })));
    assert!(schema(
        json!({ "type": "array", "items": { "type": "string" } })
    ));
    assert!(schema(json!({})));
    assert!(!schema(json!({ "type": "boolean" })));
    assert!(!schema(
        json!({ "type": "object", "properties": { "a": { "type": "integer" } } })
    ));
}

#[test]
fn a_password_that_may_be_null_is_null_or_hidden() {
    let (api, _) = planned(json!({
        "openapi": "3.1.0",
        "info": { "title": "T", "version": "1" },
        "paths": { "/a": { "get": { "operationId": "a", "responses": { "200": {
            "description": "",
            "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Thing" } } },
        } } } } },
        "components": { "schemas": {
            "Thing": { "type": "object", "properties": {
                "value": { "oneOf": [{ "$ref": "#/components/schemas/Maybe" }, { "type": "null" }] },
            } },
            "Maybe": { "type": ["string", "null"], "format": "password" },
        } },
    }));
    let field = field(&api, "Thing", "value");
    assert!(field.nullable && field.secret);
    assert_eq!(field.ty, Type::String);
}

//! Documents that were damaged on purpose: whatever stands at whatever place, the parser takes what comes out.

use super::codes;
use crate::diagnostics::Diagnostics;
use crate::parse::parse;
use crate::repair::{last_resort, repair};
use serde_json::{Value, json};

/// A document that has an object of every kind.
fn whole() -> Value {
    let schema = json!({
        "type": "object", "required": ["a"], "title": "T", "description": "D", "nullable": true, "readOnly": false,
        "deprecated": false, "externalDocs": { "url": "https://a" }, "default": {}, "example": {},
        "discriminator": { "propertyName": "a", "mapping": { "b": "#/components/schemas/S" } },
        "properties": {
            "a": { "type": "string", "format": "date-time", "pattern": "p", "minLength": 1, "maxLength": 2, "enum": ["x"] },
            "n": { "type": "integer", "minimum": 1, "maximum": 9, "exclusiveMinimum": true, "multipleOf": 2, "default": 2, "enum": [2, 4] },
            "f": { "type": "number", "minimum": 1.5, "format": "double", "example": 2.5 },
            "l": { "type": "array", "items": { "type": "boolean", "enum": [true] }, "minItems": 1, "uniqueItems": true },
            "c": { "allOf": [{ "$ref": "#/components/schemas/S" }, { "oneOf": [{ "type": "string" }, { "not": { "anyOf": [{}] } }] }] },
        },
        "additionalProperties": { "type": "object", "minProperties": 1, "additionalProperties": true },
    });
    let header = json!({ "description": "D", "required": true, "deprecated": false, "style": "simple", "schema": { "type": "string" }, "example": 1 });
    let simple = json!({ "text/plain": { "schema": { "type": "string" } } });
    let content = json!({ "application/json": {
        "schema": schema, "example": {}, "examples": { "e": { "summary": "S", "value": 1 }, "r": { "$ref": "#/components/examples/E" } },
        "encoding": { "a": { "contentType": "text/plain", "headers": { "H": header }, "style": "form", "explode": true, "allowReserved": false } },
    } });
    json!({
        "openapi": "3.0.3",
        "info": { "title": "T", "version": "1", "description": "D", "contact": { "name": "N", "url": "u", "email": "e" }, "license": { "name": "L", "url": "u" } },
        "servers": [{ "url": "https://{a}", "description": "D", "variables": { "a": { "default": "b", "enum": ["b"], "description": "D" } } }],
        "tags": [{ "name": "t", "description": "D", "externalDocs": { "url": "u", "description": "D" } }],
        "security": [{ "o": ["s"] }],
        "externalDocs": { "url": "u" },
        "paths": { "/a/{id}": {
            "summary": "S", "description": "D", "servers": [{ "url": "u" }],
            "parameters": [{ "$ref": "#/components/parameters/P" }],
            "post": {
                "tags": ["t"], "summary": "S", "description": "D", "operationId": "o", "deprecated": true, "externalDocs": { "url": "u" },
                "parameters": [
                    { "name": "id", "in": "path", "required": true, "schema": { "type": "string" }, "style": "label", "explode": true },
                    { "name": "q", "in": "query", "content": simple, "allowReserved": true, "allowEmptyValue": true, "example": 1, "examples": { "e": { "value": 1 } } },
                    { "name": "c", "in": "cookie", "schema": { "type": "integer" }, "deprecated": true },
                ],
                "requestBody": { "description": "D", "required": true, "content": content },
                "responses": { "200": { "description": "D", "headers": { "H": header }, "content": simple, "links": { "l": {} } }, "default": { "$ref": "#/components/responses/R" } },
                "callbacks": { "c": {} }, "security": [{}], "servers": [{ "url": "u" }],
            },
        } },
        "components": {
            "schemas": { "S": { "type": "object" } }, "responses": { "R": { "description": "D" } }, "examples": { "E": { "value": 1, "externalValue": "u" } },
            "parameters": { "P": { "name": "h", "in": "header", "schema": { "type": "array", "items": { "type": "string" } } } },
            "requestBodies": { "B": { "content": simple } }, "headers": { "H": { "$ref": "#/components/headers/H" } },
            "securitySchemes": {
                "k": { "type": "apiKey", "in": "query", "name": "k", "description": "D" }, "h": { "type": "http", "scheme": "bearer", "bearerFormat": "JWT" },
                "o": { "type": "oauth2", "flows": { "implicit": { "authorizationUrl": "u", "scopes": { "s": "S" }, "refreshUrl": "r" }, "clientCredentials": { "tokenUrl": "u", "scopes": {} } } },
                "i": { "type": "openIdConnect", "openIdConnectUrl": "u" },
            },
        },
    })
}

/// Everything that may stand where something else belongs.
fn odd_values() -> Vec<Value> {
    vec![
        json!(null),
        json!(true),
        json!("true"),
        json!("a"),
        json!("#/components/schemas/S"),
        json!(""),
        json!(0),
        json!(-1),
        json!(2.5),
        json!(1e300),
        json!(18446744073709551615_u64),
        json!([]),
        json!([null]),
        json!(["a", 1, null]),
        json!([{}]),
        json!([{ "name": "a" }]),
        json!({}),
        json!({ "a": null }),
        json!({ "a": "b" }),
        json!({ "a": {} }),
        json!({ "$ref": 5 }),
        json!({ "$ref": "#/components/schemas/S" }),
        json!({ "type": ["a", null] }),
    ]
}

fn pointers(tree: &Value, at: String, found: &mut Vec<String>) {
    match tree {
        Value::Object(members) => {
            for (key, member) in members {
                let escaped = key.replace('~', "~0").replace('/', "~1");
                pointers(member, format!("{at}/{escaped}"), found);
            }
        }
        Value::Array(elements) => {
            for (index, element) in elements.iter().enumerate() {
                pointers(element, format!("{at}/{index}"), found);
            }
        }
        _ => {}
    }
    found.push(at);
}

#[test]
fn whatever_stands_at_whatever_place_no_last_resort_is_needed() {
    let whole = whole();
    let mut places = Vec::new();
    pointers(&whole, String::new(), &mut places);
    places.retain(|place| place.len() > "/openapi".len());
    assert!(places.len() > 200, "{}", places.len());
    // Every value comes to stand at every kind of place; all of the pairs would take half a minute.
    let pairs = places
        .iter()
        .flat_map(|place| odd_values().into_iter().map(move |odd| (place, odd)));
    for (place, odd) in pairs.step_by(5) {
        {
            let mut tree = whole.clone();
            *tree.pointer_mut(place).unwrap() = odd.clone();
            let mut diagnostics = Diagnostics::default();
            let tree = repair(tree, &mut diagnostics);
            let mut refusals = Diagnostics::default();
            assert!(
                parse(tree.clone(), &mut refusals).is_some(),
                "{place} {odd}: {:?}",
                refusals.iter().last()
            );
            assert_eq!(
                codes(&refusals),
                Vec::<&str>::new(),
                "{place} {odd}: {:?}",
                refusals.iter().next()
            );
        }
    }
}

#[test]
fn members_may_be_missing() {
    let whole = whole();
    let mut places = Vec::new();
    pointers(&whole, String::new(), &mut places);
    for place in places {
        let Some((parent, key)) = place.rsplit_once('/') else {
            continue;
        };
        let mut tree = whole.clone();
        if let Some(Value::Object(parent)) = tree.pointer_mut(parent) {
            parent.shift_remove(&key.replace("~1", "/"));
        }
        if tree.get("openapi").is_none() {
            continue;
        }
        let tree = repair(tree, &mut Diagnostics::default());
        let mut refusals = Diagnostics::default();
        assert!(parse(tree.clone(), &mut refusals).is_some(), "{place}");
        assert!(refusals.is_empty(), "{place}: {:?}", refusals.iter().next());
    }
}

#[test]
fn the_last_resort_leaves_out_what_the_parser_refuses() {
    let broken = json!({
        "openapi": "3.0.3", "info": { "title": "T", "version": "1" },
        "paths": { "/a": { "get": {
            "responses": { "200": { "description": 5 } },
            "parameters": [{ "name": "a", "in": "nowhere", "schema": {} }, { "name": "b", "in": "query", "schema": { "type": 5 } }],
            "deprecated": "odd",
        } } },
        "components": { "schemas": { "S": { "type": "string", "maxLength": -1 } } },
    });
    let mut tree = broken.clone();
    let mut diagnostics = Diagnostics::default();
    last_resort(&mut tree, &mut diagnostics);
    assert_eq!(
        tree["paths"]["/a"]["get"],
        json!({
            "responses": { "200": { "description": "" } },
            "parameters": [{ "name": "b", "in": "query", "schema": {} }],
        })
    );
    assert_eq!(
        tree["components"]["schemas"]["S"],
        json!({ "type": "string" })
    );
    assert!(
        codes(&diagnostics)
            .iter()
            .all(|code| *code == "not-openapi-here")
    );
    assert!(parse(broken, &mut Diagnostics::default()).is_some());
}

#[test]
fn a_deep_document_is_mended_in_time() {
    let mut schema = json!({ "type": "string", "maxLength": -1, "nullable": "odd" });
    for _ in 0..50 {
        schema = json!({ "type": "array", "items": schema });
    }
    let tree = super::document("3.0.3", schema);
    let mut diagnostics = Diagnostics::default();
    let tree = repair(tree, &mut diagnostics);
    let mut refusals = Diagnostics::default();
    assert!(parse(tree.clone(), &mut refusals).is_some());
    assert!(refusals.is_empty());
}

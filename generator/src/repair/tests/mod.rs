//! Each repair on the smallest document that shows its fault, and on one that does not.

mod document;
mod hostile;
mod operations;
mod schemas;
mod schemas_31;

use super::{fit, repair, repairs};
use crate::diagnostics::Diagnostics;
use crate::grammar::ObjectKind;
use crate::parse::parse;
use serde_json::{Value, json};
use std::collections::HashMap;

/// The codes of all diagnostics, in their order.
fn codes(diagnostics: &Diagnostics) -> Vec<&'static str> {
    diagnostics
        .iter()
        .map(|diagnostic| diagnostic.code.name())
        .collect()
}

/// Repairs a document, and shows that the parser then takes it without a last resort.
fn repaired(tree: Value) -> (Value, Vec<&'static str>) {
    let mut diagnostics = Diagnostics::default();
    let tree = repair(tree, &mut diagnostics);
    let told = codes(&diagnostics);
    let mut refusals = Diagnostics::default();
    assert!(parse(tree.clone(), &mut refusals).is_some(), "{tree:#}");
    assert_eq!(codes(&refusals), Vec::<&str>::new(), "{tree:#}");
    (tree, told)
}

fn document(version: &str, schema: Value) -> Value {
    json!({
        "openapi": version, "info": { "title": "T", "version": "1" }, "paths": {},
        "components": { "schemas": { "S": schema } },
    })
}

fn repaired_schema(version: &str, schema: Value) -> (Value, Vec<&'static str>) {
    let (mut tree, told) = repaired(document(version, schema));
    (tree["components"]["schemas"]["S"].take(), told)
}

/// A schema of OpenAPI 3.0 and what becomes of it, with the codes that tell of it.
#[track_caller]
fn schema(given: Value, wanted: Value, wanted_codes: &[&str]) {
    let (found, told) = repaired_schema("3.0.3", given);
    assert_eq!(found, wanted);
    assert_eq!(told, wanted_codes);
}

/// A schema of OpenAPI 3.1, where nothing is to be told.
#[track_caller]
fn schema_31(given: Value, wanted: Value) {
    let (found, told) = repaired_schema("3.1.0", given);
    assert_eq!(found, wanted);
    assert_eq!(told, Vec::<&str>::new());
}

/// An operation at `GET /a/{id}`, and what becomes of it.
#[track_caller]
fn operation(given: Value, wanted: Value, wanted_codes: &[&str]) {
    let tree = json!({
        "openapi": "3.0.3", "info": { "title": "T", "version": "1" },
        "paths": { "/a/{id}": { "get": given } },
    });
    let (mut tree, told) = repaired(tree);
    assert_eq!(tree["paths"]["/a/{id}"]["get"].take(), wanted);
    assert_eq!(told, wanted_codes);
}

#[test]
fn every_code_belongs_to_one_function() {
    const KINDS: [ObjectKind; 14] = [
        ObjectKind::Schema,
        ObjectKind::Document,
        ObjectKind::Components,
        ObjectKind::PathItem,
        ObjectKind::Operation,
        ObjectKind::Parameter,
        ObjectKind::Header,
        ObjectKind::RequestBody,
        ObjectKind::Responses,
        ObjectKind::Response,
        ObjectKind::Encoding,
        ObjectKind::SecurityScheme,
        ObjectKind::Flows,
        ObjectKind::Example,
    ];
    let mut owners: HashMap<&str, usize> = fit::CODES.iter().map(|code| (code.name(), 0)).collect();
    assert_eq!(owners.len(), fit::CODES.len());
    for kind in KINDS {
        for repair in repairs(kind) {
            let function = repair.fix as usize;
            let owner = *owners.entry(repair.code.name()).or_insert(function);
            assert_eq!(owner, function, "{}", repair.code.name());
        }
    }
}

#[test]
fn a_document_without_faults_is_left_as_it_is() {
    let tree = json!({
        "openapi": "3.0.3", "info": { "title": "T", "version": "1" },
        "paths": { "/a/{id}": { "post": {
            "parameters": [{ "name": "id", "in": "path", "required": true, "schema": { "type": "string" } }],
            "requestBody": { "content": { "application/jsonl": { "schema": { "$ref": "#/components/schemas/S" } } } },
            "responses": { "2XX": { "description": "" }, "default": { "description": "" } },
            "security": [{ "key": [] }],
        } } },
        "components": {
            "schemas": { "S": {
                "type": "object", "required": ["type"],
                "properties": {
                    "type": { "type": "string", "enum": ["a"], "default": "a", "example": "a" },
                    "required": { "type": "boolean" },
                    "at": { "type": "string", "format": "date-time", "example": "2020-01-01T00:00:00Z" },
                    "many": { "type": "array", "items": { "type": "integer", "minimum": 0 } },
                    "any": {},
                    "example": { "type": "object", "example": { "type": ["odd", null], "$ref": 5 }, "additionalProperties": false },
                },
            } },
            "securitySchemes": { "key": { "type": "apiKey", "in": "header", "name": "K" } },
        },
    });
    assert_eq!(repaired(tree.clone()), (tree, Vec::new()));
}

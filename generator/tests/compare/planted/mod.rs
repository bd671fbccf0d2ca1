//! Changes that are planted one at a time: each is found, and nothing else.

mod operations;
mod schemas;

use super::{changes, facts_of, sentences};
use sdk_generator::compare::{Change, ChangeKind, What};
use serde_json::{Value, json};

/// A document in which each kind of thing stands once at least.
fn document() -> Value {
    let error = json!({ "$ref": "#/components/responses/Error" });
    json!({
        "openapi": "3.0.3",
        "info": { "title": "Pets", "version": "1" },
        "servers": [{ "url": "https://{host}/v1", "variables": { "host": { "default": "example.com" } } }],
        "security": [{ "key": [] }],
        "paths": {
            "/pets": {
                "get": {
                    "operationId": "listPets",
                    "tags": ["Pets"],
                    "summary": "Lists pets.",
                    "parameters": [
                        { "name": "limit", "in": "query", "schema": { "type": "integer", "maximum": 50 } },
                        { "name": "X-Trace", "in": "header", "schema": { "type": "string" } }
                    ],
                    "responses": {
                        "200": {
                            "description": "Pets.",
                            "headers": { "X-Total": { "schema": { "type": "integer" } } },
                            "content": {
                                "application/json": { "schema": { "type": "array", "items": { "$ref": "#/components/schemas/Pet" } } },
                                "text/csv": { "schema": { "type": "string" } }
                            }
                        },
                        "400": error
                    }
                },
                "post": {
                    "operationId": "addPet",
                    "tags": ["Pets"],
                    "security": [{ "login": ["pets:write", "pets:read"] }, { "key": [] }],
                    "requestBody": { "required": true, "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Pet" } } } },
                    "responses": { "201": { "description": "Added." }, "400": error }
                }
            },
            "/pets/{id}": {
                "parameters": [{ "name": "id", "in": "path", "required": true, "schema": { "type": "string" } }],
                "get": {
                    "operationId": "getPet",
                    "responses": {
                        "200": { "description": "A pet.", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Pet" } } } }
                    }
                },
                "delete": { "operationId": "removePet", "responses": { "204": { "description": "Gone." } } }
            }
        },
        "components": {
            "responses": {
                "Error": { "description": "No.", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Problem" } } } }
            },
            "securitySchemes": {
                "key": { "type": "apiKey", "in": "header", "name": "X-Key" },
                "login": { "type": "oauth2", "flows": { "clientCredentials": {
                    "tokenUrl": "https://example.com/token",
                    "scopes": { "pets:read": "Read.", "pets:write": "Write." }
                } } }
            },
            "schemas": {
                "Pet": {
                    "type": "object",
                    "required": ["name"],
                    "properties": {
                        "name": { "type": "string", "maxLength": 10 },
                        "kind": { "type": "string", "enum": ["cat", "dog"] },
                        "born": { "type": "string", "format": "date" },
                        "owner": { "$ref": "#/components/schemas/Person" },
                        "friends": { "type": "array", "items": { "$ref": "#/components/schemas/Pet" } },
                        "home": { "oneOf": [{ "$ref": "#/components/schemas/House" }, { "$ref": "#/components/schemas/Barn" }] }
                    }
                },
                "Person": { "type": "object", "properties": { "email": { "type": "string" } } },
                "House": { "type": "object", "required": ["street"], "properties": { "street": { "type": "string" } } },
                "Barn": { "type": "object", "required": ["farm"], "properties": { "farm": { "type": "string" } } },
                "Problem": { "type": "object", "properties": { "message": { "type": "string" } } },
                "Unused": { "type": "object", "properties": { "a": { "type": "string" } } }
            }
        }
    })
}

/// What is expected of the one change that is found.
struct Expected {
    kind: ChangeKind,
    what: What,
    name: &'static str,
    old: Option<&'static str>,
    new: Option<&'static str>,
    /// The place in the new document, or in the old one when the thing is gone.
    pointer: &'static str,
    operations: &'static [&'static str],
}

const EVERYTHING_WITH_A_PET: &[&str] = &["GET /pets", "POST /pets", "GET /pets/{id}"];

#[track_caller]
fn only(found: &[Change]) -> &Change {
    let [change] = found else {
        panic!("{} changes\n{}", found.len(), sentences(found));
    };
    change
}

/// Plants a change and checks that it is found alone, and its reverse on the way back.
#[track_caller]
fn finds(plant: impl Fn(&mut Value), expected: &Expected) {
    let mut changed = document();
    plant(&mut changed);
    let (old, new) = (facts_of(&document()), facts_of(&changed));
    let found = changes(&old, &new);
    let change = only(&found);
    let place = change.new_pointer.as_ref().or(change.old_pointer.as_ref());
    assert_eq!(change.kind, expected.kind, "{}", change.sentence);
    assert_eq!(change.what, expected.what, "{}", change.sentence);
    assert_eq!(change.name, expected.name);
    assert_eq!(change.old.as_deref(), expected.old, "{}", change.sentence);
    assert_eq!(change.new.as_deref(), expected.new, "{}", change.sentence);
    assert_eq!(
        place.map(|place| place.as_str()),
        Some(expected.pointer),
        "{}",
        change.sentence
    );
    assert_eq!(
        change.operations, expected.operations,
        "{}",
        change.sentence
    );
    let found = changes(&new, &old);
    let back = only(&found);
    let reverse = match expected.kind {
        ChangeKind::Added => ChangeKind::Removed,
        ChangeKind::Removed => ChangeKind::Added,
        ChangeKind::Changed => ChangeKind::Changed,
    };
    assert_eq!(back.kind, reverse, "{}", back.sentence);
    assert_eq!((&back.old, &back.new), (&change.new, &change.old));
}

/// The node at a pointer.
#[track_caller]
fn at<'t>(tree: &'t mut Value, pointer: &str) -> &'t mut Value {
    tree.pointer_mut(pointer)
        .unwrap_or_else(|| panic!("nothing at {pointer}"))
}

/// Removes the member at a pointer.
#[track_caller]
fn remove(tree: &mut Value, pointer: &str) {
    let (parent, key) = pointer.rsplit_once('/').expect("a member");
    let key = key.replace("~1", "/");
    let removed = match at(tree, parent) {
        Value::Object(members) => members.shift_remove(&key),
        Value::Array(elements) => Some(elements.remove(key.parse().expect("an index"))),
        _ => None,
    };
    assert!(removed.is_some(), "nothing at {pointer}");
}

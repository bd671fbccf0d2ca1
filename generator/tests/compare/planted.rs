//! Changes that are planted one at a time: each is found, and nothing else.

use super::{changes, changes_with_texts, facts_of, sentences};
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

#[test]
fn an_operation_that_is_gone() {
    finds(
        |tree| remove(tree, "/paths/~1pets~1{id}/delete"),
        &Expected {
            kind: ChangeKind::Removed,
            what: What::Operation,
            name: "DELETE /pets/{id}",
            old: None,
            new: None,
            pointer: "/paths/~1pets~1{id}/delete",
            operations: &["DELETE /pets/{id}"],
        },
    );
}

#[test]
fn a_parameter_that_is_new() {
    finds(
        |tree| {
            let new = json!({ "name": "page", "in": "query", "schema": { "type": "integer" } });
            if let Value::Array(list) = at(tree, "/paths/~1pets/get/parameters") {
                list.insert(0, new);
            }
        },
        &Expected {
            kind: ChangeKind::Added,
            what: What::Parameter,
            name: "page",
            old: None,
            new: None,
            pointer: "/paths/~1pets/get/parameters/0",
            operations: &["GET /pets"],
        },
    );
}

#[test]
fn a_limit_of_a_parameter() {
    finds(
        |tree| *at(tree, "/paths/~1pets/get/parameters/0/schema/maximum") = json!(250),
        &Expected {
            kind: ChangeKind::Changed,
            what: What::Keyword,
            name: "maximum",
            old: Some("50"),
            new: Some("250"),
            pointer: "/paths/~1pets/get/parameters/0/schema/maximum",
            operations: &["GET /pets"],
        },
    );
}

#[test]
fn a_property_of_a_shared_schema_with_the_operations_that_it_reaches() {
    finds(
        |tree| remove(tree, "/components/schemas/Pet/properties/born"),
        &Expected {
            kind: ChangeKind::Removed,
            what: What::Property,
            name: "born",
            old: None,
            new: None,
            pointer: "/components/schemas/Pet/properties/born",
            operations: EVERYTHING_WITH_A_PET,
        },
    );
}

#[test]
fn a_type_deep_within() {
    finds(
        |tree| *at(tree, "/components/schemas/Person/properties/email/type") = json!("integer"),
        &Expected {
            kind: ChangeKind::Changed,
            what: What::Keyword,
            name: "type",
            old: Some("string"),
            new: Some("integer"),
            pointer: "/components/schemas/Person/properties/email/type",
            operations: EVERYTHING_WITH_A_PET,
        },
    );
}

#[test]
fn a_value_of_an_enum() {
    finds(
        |tree| {
            *at(tree, "/components/schemas/Pet/properties/kind/enum") =
                json!(["dog", "bird", "cat"]);
        },
        &Expected {
            kind: ChangeKind::Added,
            what: What::Keyword,
            name: "enum",
            old: None,
            new: Some("bird"),
            pointer: "/components/schemas/Pet/properties/kind/enum",
            operations: EVERYTHING_WITH_A_PET,
        },
    );
}

#[test]
fn an_enum_that_is_gone() {
    finds(
        |tree| remove(tree, "/components/schemas/Pet/properties/kind/enum"),
        &Expected {
            kind: ChangeKind::Removed,
            what: What::Keyword,
            name: "enum",
            old: Some("cat, dog"),
            new: None,
            pointer: "/components/schemas/Pet/properties/kind/enum",
            operations: EVERYTHING_WITH_A_PET,
        },
    );
}

#[test]
fn a_property_that_becomes_required() {
    finds(
        |tree| *at(tree, "/components/schemas/Pet/required") = json!(["kind", "name"]),
        &Expected {
            kind: ChangeKind::Added,
            what: What::Keyword,
            name: "required",
            old: None,
            new: Some("kind"),
            pointer: "/components/schemas/Pet/required",
            operations: EVERYTHING_WITH_A_PET,
        },
    );
}

#[test]
fn a_body_that_becomes_optional() {
    finds(
        |tree| *at(tree, "/paths/~1pets/post/requestBody/required") = json!(false),
        &Expected {
            kind: ChangeKind::Removed,
            what: What::Keyword,
            name: "required",
            old: Some("true"),
            new: None,
            pointer: "/paths/~1pets/post/requestBody/required",
            operations: &["POST /pets"],
        },
    );
}

#[test]
fn a_media_type_that_is_gone() {
    finds(
        |tree| remove(tree, "/paths/~1pets/get/responses/200/content/text~1csv"),
        &Expected {
            kind: ChangeKind::Removed,
            what: What::MediaType,
            name: "text/csv",
            old: None,
            new: None,
            pointer: "/paths/~1pets/get/responses/200/content/text~1csv",
            operations: &["GET /pets"],
        },
    );
}

#[test]
fn a_response_that_is_new() {
    finds(
        |tree| {
            let responses = at(tree, "/paths/~1pets~1{id}/get/responses");
            responses["404"] = json!({ "description": "None." });
        },
        &Expected {
            kind: ChangeKind::Added,
            what: What::Response,
            name: "404",
            old: None,
            new: None,
            pointer: "/paths/~1pets~1{id}/get/responses/404",
            operations: &["GET /pets/{id}"],
        },
    );
}

#[test]
fn a_header_that_is_gone() {
    finds(
        |tree| remove(tree, "/paths/~1pets/get/responses/200/headers/X-Total"),
        &Expected {
            kind: ChangeKind::Removed,
            what: What::Header,
            name: "X-Total",
            old: None,
            new: None,
            pointer: "/paths/~1pets/get/responses/200/headers/X-Total",
            operations: &["GET /pets"],
        },
    );
}

#[test]
fn a_member_of_a_union() {
    finds(
        |tree| remove(tree, "/components/schemas/Pet/properties/home/oneOf/0"),
        &Expected {
            kind: ChangeKind::Removed,
            what: What::Member,
            name: "House",
            old: None,
            new: None,
            pointer: "/components/schemas/Pet/properties/home/oneOf/0",
            operations: EVERYTHING_WITH_A_PET,
        },
    );
}

#[test]
fn a_reference_to_another_schema() {
    finds(
        |tree| {
            *at(tree, "/components/schemas/Pet/properties/owner") =
                json!({ "$ref": "#/components/schemas/House" });
        },
        &Expected {
            kind: ChangeKind::Changed,
            what: What::Property,
            name: "owner",
            old: Some("Person"),
            new: Some("House"),
            pointer: "/components/schemas/Pet/properties/owner",
            operations: EVERYTHING_WITH_A_PET,
        },
    );
}

#[test]
fn a_shared_response() {
    finds(
        |tree| at(tree, "/components/schemas/Problem")["additionalProperties"] = json!(false),
        &Expected {
            kind: ChangeKind::Added,
            what: What::Keyword,
            name: "additionalProperties",
            old: None,
            new: Some("false"),
            pointer: "/components/schemas/Problem/additionalProperties",
            operations: &["GET /pets", "POST /pets"],
        },
    );
}

#[test]
fn an_alternative_of_security() {
    finds(
        |tree| remove(tree, "/paths/~1pets/post/security/1"),
        &Expected {
            kind: ChangeKind::Removed,
            what: What::Security,
            name: "key",
            old: Some("key"),
            new: None,
            pointer: "/paths/~1pets/post/security/1",
            operations: &["POST /pets"],
        },
    );
}

#[test]
fn a_scope_that_an_operation_asks_for() {
    finds(
        |tree| remove(tree, "/paths/~1pets/post/security/0/login/0"),
        &Expected {
            kind: ChangeKind::Removed,
            what: What::Keyword,
            name: "login",
            old: Some("pets:write"),
            new: None,
            pointer: "/paths/~1pets/post/security/0/login",
            operations: &["POST /pets"],
        },
    );
}

#[test]
fn security_of_the_whole_document_reaches_those_that_have_none_of_their_own() {
    finds(
        |tree| {
            at(tree, "/components/securitySchemes/key")["name"] = json!("X-Other");
            // The operation that names the scheme itself is out of the way.
            remove(tree, "/paths/~1pets/post/security/1");
            at(tree, "/paths/~1pets/post/security")
                .as_array_mut()
                .expect("a list")
                .push(json!({ "key": [] }));
        },
        &Expected {
            kind: ChangeKind::Changed,
            what: What::Keyword,
            name: "name",
            old: Some("X-Key"),
            new: Some("X-Other"),
            pointer: "/components/securitySchemes/key/name",
            operations: &[
                "GET /pets",
                "POST /pets",
                "GET /pets/{id}",
                "DELETE /pets/{id}",
            ],
        },
    );
}

#[test]
fn a_server() {
    finds(
        |tree| *at(tree, "/servers/0/url") = json!("https://{host}/v2"),
        &Expected {
            kind: ChangeKind::Changed,
            what: What::Keyword,
            name: "url",
            old: Some("https://{host}/v1"),
            new: Some("https://{host}/v2"),
            pointer: "/servers/0/url",
            operations: &[
                "GET /pets",
                "POST /pets",
                "GET /pets/{id}",
                "DELETE /pets/{id}",
            ],
        },
    );
}

#[test]
fn what_nothing_refers_to_is_compared_by_name() {
    finds(
        |tree| *at(tree, "/components/schemas/Unused/properties/a/type") = json!("boolean"),
        &Expected {
            kind: ChangeKind::Changed,
            what: What::Keyword,
            name: "type",
            old: Some("string"),
            new: Some("boolean"),
            pointer: "/components/schemas/Unused/properties/a/type",
            operations: &[],
        },
    );
    finds(
        |tree| remove(tree, "/components/schemas/Unused"),
        &Expected {
            kind: ChangeKind::Removed,
            what: What::Schema,
            name: "Unused",
            old: None,
            new: None,
            pointer: "/components/schemas/Unused",
            operations: &[],
        },
    );
}

#[test]
fn a_tag_a_name_and_a_deprecation_of_an_operation() {
    let operations: &[&str] = &["GET /pets"];
    finds(
        |tree| *at(tree, "/paths/~1pets/get/tags") = json!(["Animals", "Pets"]),
        &Expected {
            kind: ChangeKind::Added,
            what: What::Keyword,
            name: "tags",
            old: None,
            new: Some("Animals"),
            pointer: "/paths/~1pets/get/tags",
            operations,
        },
    );
    finds(
        |tree| *at(tree, "/paths/~1pets/get/operationId") = json!("allPets"),
        &Expected {
            kind: ChangeKind::Changed,
            what: What::Keyword,
            name: "operationId",
            old: Some("listPets"),
            new: Some("allPets"),
            pointer: "/paths/~1pets/get/operationId",
            operations,
        },
    );
    finds(
        |tree| at(tree, "/paths/~1pets/get")["deprecated"] = json!(true),
        &Expected {
            kind: ChangeKind::Added,
            what: What::Keyword,
            name: "deprecated",
            old: None,
            new: Some("true"),
            pointer: "/paths/~1pets/get/deprecated",
            operations,
        },
    );
}

#[test]
fn an_extension() {
    finds(
        |tree| at(tree, "/components/schemas/Pet")["x-internal"] = json!(true),
        &Expected {
            kind: ChangeKind::Added,
            what: What::Keyword,
            name: "x-internal",
            old: None,
            new: Some("true"),
            pointer: "/components/schemas/Pet/x-internal",
            operations: EVERYTHING_WITH_A_PET,
        },
    );
}

#[test]
fn a_text_is_found_on_request() {
    let mut changed = document();
    *at(&mut changed, "/paths/~1pets/get/summary") = json!("Tells all pets.");
    let (old, new) = (facts_of(&document()), facts_of(&changed));
    assert!(changes(&old, &new).is_empty());
    let found = changes_with_texts(&old, &new);
    assert_eq!(only(&found).name, "summary");
}

#[test]
fn a_path_parameter_has_a_name_only_where_it_travels() {
    let renamed = |tree: &mut Value| {
        let item = at(tree, "/paths")
            .as_object_mut()
            .and_then(|paths| paths.shift_remove("/pets/{id}"))
            .expect("a path");
        at(tree, "/paths")["/pets/{petId}"] = item;
        *at(tree, "/paths/~1pets~1{petId}/parameters/0/name") = json!("petId");
    };
    let mut changed = document();
    renamed(&mut changed);
    let found = changes(&facts_of(&document()), &facts_of(&changed));
    assert!(found.is_empty(), "{}", sentences(&found));
    let matrix = |mut tree: Value, path: &str| {
        at(&mut tree, &format!("/paths/{path}/parameters/0"))["style"] = json!("matrix");
        tree
    };
    let old = facts_of(&matrix(document(), "~1pets~1{id}"));
    let found = changes(&old, &facts_of(&matrix(changed, "~1pets~1{petId}")));
    let change = only(&found);
    assert_eq!(
        (
            change.name.as_str(),
            change.old.as_deref(),
            change.new.as_deref()
        ),
        ("name", Some("id"), Some("petId"))
    );
}

#[test]
fn a_change_in_what_was_written_out_is_told_once() {
    let mut old = document();
    let person = at(&mut old, "/components/schemas/Person").clone();
    *at(&mut old, "/components/schemas/Pet/properties/owner") = person.clone();
    at(&mut old, "/components/schemas/Pet/properties")["keeper"] = person;
    remove(&mut old, "/components/schemas/Person");
    let mut new = document();
    at(&mut new, "/components/schemas/Pet/properties")["keeper"] =
        json!({ "$ref": "#/components/schemas/Person" });
    at(&mut new, "/components/schemas/Person/properties/email")["format"] = json!("email");
    let found = changes(&facts_of(&old), &facts_of(&new));
    let change = only(&found);
    assert_eq!(change.name, "format");
    assert_eq!(change.operations, EVERYTHING_WITH_A_PET);
}

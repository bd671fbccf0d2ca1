//! What tells the members of a union apart.

use super::{def, planned};
use crate::plan::model::Shape;
use serde_json::{Value, json};

/// A document that answers with the component `S`.
pub(super) fn answering(version: &str, schemas: Value) -> Value {
    json!({
        "openapi": version, "info": { "title": "T", "version": "1" },
        "servers": [{ "url": "https://example.com" }],
        "paths": { "/a": { "get": {
            "operationId": "getA",
            "responses": { "200": { "description": "", "content": { "application/json": {
                "schema": { "$ref": "#/components/schemas/S" },
            } } } },
        } } },
        "components": { "schemas": schemas },
    })
}

/// The union that `S` is, as the runtime is told it: `kind: Cat = cat | kitten, Dog = dog, Other`.
#[track_caller]
fn union(schemas: Value) -> String {
    let (api, _) = planned(answering("3.0.3", schemas));
    let Shape::Union(union) = &def(&api, "S").shape else {
        panic!("{:?} is no union", def(&api, "S").shape);
    };
    let tag = union.tag.as_ref().map(|tag| format!("{tag}: "));
    let variants = union
        .variants
        .iter()
        .map(|variant| match variant.tags.as_slice() {
            [] => variant.name.clone(),
            tags => format!("{} = {}", variant.name, tags.join(" | ")),
        });
    let variants: Vec<String> = variants.collect();
    tag.unwrap_or_default() + &variants.join(", ")
}

fn object(properties: Value) -> Value {
    json!({ "type": "object", "properties": properties })
}

fn component(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

fn either() -> Value {
    json!({ "oneOf": [component("A"), component("B")] })
}

#[test]
fn a_property_tells_whose_values_stand_in_an_enum_of_its_own() {
    let schemas = json!({
        "S": either(),
        "A": object(json!({ "kind": { "allOf": [component("KindA")] }, "x": { "type": "string" } })),
        "B": object(json!({ "kind": { "oneOf": [{ "enum": ["b"] }, { "enum": ["c"] }] } })),
        "KindA": { "type": "string", "enum": ["a"] },
    });
    assert_eq!(union(schemas), "kind: A = a, B = b | c");
}

#[test]
fn a_property_tells_that_stands_in_a_member_of_all_of() {
    let schemas = json!({
        "S": either(),
        "A": { "allOf": [component("Base"), object(json!({ "kind": { "enum": ["a"] } }))] },
        "B": { "allOf": [component("Base"), { "allOf": [object(json!({ "kind": { "enum": ["b"] } }))] }] },
        "Base": object(json!({ "kind": { "type": "string" }, "id": { "type": "string" } })),
    });
    assert_eq!(union(schemas), "kind: A = a, B = b");
}

#[test]
fn a_whole_number_tells_as_a_text_does() {
    let schemas = json!({
        "S": either(),
        "A": object(json!({ "kind": { "type": "integer", "enum": [1] } })),
        "B": object(json!({ "kind": { "type": "integer", "enum": [2, 3] } })),
    });
    assert_eq!(union(schemas), "kind: A = 1, B = 2 | 3");
}

#[test]
fn a_member_that_is_a_union_has_the_values_of_its_own_members() {
    let schemas = json!({
        "S": either(),
        "A": { "oneOf": [component("A1"), component("A2")] },
        "A1": object(json!({ "kind": { "enum": ["a1"] } })),
        "A2": object(json!({ "kind": { "enum": ["a2"] } })),
        "B": object(json!({ "kind": { "enum": ["b"] } })),
    });
    assert_eq!(union(schemas), "kind: A = a1 | a2, B = b");
}

#[test]
fn a_discriminator_tells_that_all_members_inherit() {
    let schemas = json!({
        "S": either(),
        "Base": {
            "type": "object", "properties": { "kind": { "type": "string" } },
            "discriminator": { "propertyName": "kind", "mapping": { "one": "#/components/schemas/A" } },
        },
        "A": { "allOf": [component("Base")], "properties": { "x": { "type": "string" } } },
        "B": { "allOf": [component("Base")], "properties": { "x": { "type": "string" } } },
    });
    assert_eq!(union(schemas), "kind: A = one, B = B");
}

#[test]
fn the_name_of_a_type_tells_where_the_values_are_the_names_of_the_members() {
    let shared = || object(json!({ "_type": component("Kind"), "id": { "type": "string" } }));
    let schemas = json!({
        "S": { "oneOf": [component("AccessProfileDocument"), component("RoleDocument")] },
        "Kind": { "type": "string", "enum": ["accessprofile", "identity", "role"] },
        "AccessProfileDocument": shared(),
        "RoleDocument": shared(),
    });
    let wanted = "_type: AccessProfileDocument = accessprofile, RoleDocument = role";
    assert_eq!(union(schemas), wanted);
}

#[test]
fn shared_values_that_are_no_names_tell_nothing() {
    let shared = || object(json!({ "type": { "enum": ["x", "y"] }, "id": { "type": "string" } }));
    let schemas = json!({ "S": either(), "A": shared(), "B": shared() });
    assert_eq!(union(schemas), "A, B");
}

#[test]
fn a_discriminator_without_mapping_means_names_where_the_values_are_shared() {
    let shared = || object(json!({ "kind": { "enum": ["cat-pet", "dog-pet"] } }));
    let schemas = json!({
        "S": {
            "discriminator": { "propertyName": "kind" },
            "oneOf": [component("CatPet"), component("DogPet"), component("Other")],
        },
        "CatPet": shared(), "DogPet": shared(), "Other": object(json!({ "id": { "type": "string" } })),
    });
    let wanted = "kind: CatPet = cat-pet, DogPet = dog-pet, Other = Other";
    assert_eq!(union(schemas), wanted);
}

#[test]
fn what_is_no_object_has_no_property_to_be_told_by() {
    let schemas = json!({
        "S": { "oneOf": [{ "type": "string" }, component("A"), component("B")] },
        "A": object(json!({ "kind": { "enum": ["a"] } })),
        "B": object(json!({ "kind": { "enum": ["b"] } })),
    });
    assert_eq!(union(schemas), "kind: text, A = a, B = b");
}

//! Changes of schemas and of other components.

use super::{EVERYTHING_WITH_A_PET, Expected, at, document, finds, only, remove};
use crate::{changes, facts_of};
use sdk_generator::compare::{ChangeKind, What};
use serde_json::json;

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

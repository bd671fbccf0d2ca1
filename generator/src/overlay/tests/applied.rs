//! What overlays change, and what is known of it afterwards.

use super::{applied, apply_all, overlay};
use crate::diagnostics::{Code, Diagnostics};
use crate::load::Sources;
use crate::overlay::read;
use serde_json::json;
use std::fs;
use tempfile::TempDir;

#[test]
fn objects_are_merged_and_lists_appended_to() {
    let done = applied(
        "  - target: $.components.schemas.Pet\n    update:\n      required: [owner]\n      properties:\n        name: { maxLength: 20, minLength: 1 }\n\
         \x20 - target: $.paths.*.get.parameters\n    update: { name: late, in: query, schema: { type: string } }\n",
    );
    assert_eq!(
        done.at("/components/schemas/Pet/required"),
        Some(&json!(["name", "owner"]))
    );
    assert_eq!(
        done.at("/components/schemas/Pet/properties/name"),
        Some(&json!({ "type": "string", "maxLength": 20, "minLength": 1 }))
    );
    assert_eq!(
        done.at("/paths/~1pets~1{id}/get/parameters/4/name"),
        Some(&json!("late"))
    );
    assert_eq!(done.said(), "");
    assert_eq!(
        done.line("/components/schemas/Pet/properties/name/minLength"),
        "overlay-0.yaml:8"
    );
    assert_eq!(
        done.line("/components/schemas/Pet/properties/name/type"),
        "openapi.yaml:26"
    );
    assert_eq!(
        done.line("/paths/~1pets~1{id}/get/parameters/4"),
        "overlay-0.yaml:10"
    );
}

#[test]
fn an_update_of_the_root_and_json_overlays_are_read() {
    let done = apply_all(&[
        r#"{"overlay":"1.0.0","info":{"title":"T","version":"1"},"actions":[{"target":"$","update":{"info":{"title":"Animals"}}}]}"#,
    ]);
    assert_eq!(done.at("/info/title"), Some(&json!("Animals")));
    assert_eq!(done.at("/info/version"), Some(&json!("1")));
}

#[test]
fn what_is_removed_is_gone_and_the_rest_keeps_its_lines() {
    let done = applied(
        "  - target: $.paths['/pets/{id}'].get.parameters[?@.name=='trace' || @.name=='debug']\n    remove: true\n\
         \x20 - target: $.components.schemas.Pet.properties.name.maxLength\n    remove: true\n",
    );
    let names: Vec<_> = (0..3)
        .map(|index| done.at(&format!("/paths/~1pets~1{{id}}/get/parameters/{index}")))
        .collect();
    assert_eq!(names[0].and_then(|one| one.get("name")), Some(&json!("id")));
    assert_eq!(
        names[1],
        Some(&json!({ "$ref": "#/components/parameters/Page" }))
    );
    assert_eq!(names[2], None);
    assert_eq!(
        done.at("/components/schemas/Pet/properties/name"),
        Some(&json!({ "type": "string" }))
    );
    assert_eq!(
        done.line("/paths/~1pets~1{id}/get/parameters/0/schema"),
        "openapi.yaml:9"
    );
    assert_eq!(
        done.line("/paths/~1pets~1{id}/get/parameters/1"),
        "openapi.yaml:11"
    );
}

#[test]
fn a_node_and_one_below_it_can_be_removed_by_one_action() {
    let done = applied("  - target: $.components.schemas.Pet..*\n    remove: true\n");
    assert_eq!(done.at("/components/schemas/Pet"), Some(&json!({})));
}

#[test]
fn names_with_quotes_are_found() {
    let done = applied(
        "  - target: $.components.schemas.Owner.properties.*\n    update: { format: email }\n",
    );
    assert_eq!(
        done.at("/components/schemas/Owner/properties/it's/format"),
        Some(&json!("email"))
    );
}

#[test]
fn overlays_are_applied_in_their_order() {
    let first = overlay("  - target: $.info\n    update: { x-a: 1 }\n");
    let second = overlay("  - target: $.info['x-a']\n    remove: true\n");
    assert_eq!(apply_all(&[&first, &second]).at("/info/x-a"), None);
    let done = apply_all(&[&second, &first]);
    assert!(done.tree.is_none());
    assert_eq!(done.codes(), [Code::OverlayTargetMissing]);
}

#[test]
fn references_that_an_overlay_breaks_or_adds_are_tied_again() {
    let done = applied(
        "  - target: $.components.schemas.Owner\n    remove: true\n\
         \x20 - target: $.components.schemas.Pet.properties\n    update:\n      again: { $ref: '#/paths/~1pets~1{id}/get/responses/200/content/application~1json/schema' }\n",
    );
    assert_eq!(
        done.at("/components/schemas/Pet/properties/again"),
        Some(&json!({ "$ref": "#/components/schemas/Pet" }))
    );
    assert_eq!(done.codes(), [Code::RefTargetMissing]);
    assert!(
        done.said().starts_with("openapi.yaml:27 "),
        "{}",
        done.said()
    );
}

#[test]
fn descriptions_and_reasons_are_kept() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("overlay.yaml");
    let text = overlay(
        "  - target: $.info\n    description: Shorter.\n    x-reason: It was too long.\n    remove: true\n",
    );
    fs::write(&path, text).expect("a file");
    let overlay =
        read(&path, &mut Sources::default(), &mut Diagnostics::default()).expect("an overlay");
    let action = overlay.actions.first().expect("an action");
    assert_eq!(action.description.as_deref(), Some("Shorter."));
    assert_eq!(action.reason.as_deref(), Some("It was too long."));
    assert_eq!(action.target.text(), "$.info");
}

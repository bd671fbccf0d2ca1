//! `compare` on the command line: exit codes, text and JSON.

mod command;

use command::{DOCUMENT, Place};
use serde_json::{Value, json};

fn place() -> Place {
    let place = Place::new();
    place.write("new.yaml", &DOCUMENT.replace("[name]", "[]"));
    place.write(
        "texts.yaml",
        &DOCUMENT.replace("Gets a pet.", "Tells of a pet."),
    );
    place
}

#[test]
fn nothing_changed() {
    let place = place();
    for new in ["openapi.yaml", "texts.yaml"] {
        let run = place.run(&["compare", "openapi.yaml", new]).exits(0);
        assert_eq!(run.stdout, "Nothing changed.\n");
        assert_eq!(run.stderr, "");
    }
}

#[test]
fn changes_are_told_in_sentences() {
    let place = place();
    let run = place.run(&["compare", "openapi.yaml", "new.yaml"]).exits(1);
    assert_eq!(
        run.stdout,
        "removed  `name` was removed from `required` of schema `Pet`.\n         at #/components/schemas/Pet/required\n         \
         in GET /pets/{id}\n\n1 change\n"
    );
    let run = place
        .run(&["compare", "openapi.yaml", "texts.yaml", "--texts"])
        .exits(1);
    assert!(
        run.stdout.contains(
            "The `summary` of GET /pets/{id} changed from `Gets a pet.` to `Tells of a pet.`."
        ),
        "{}",
        run.stdout
    );
}

#[test]
fn changes_are_told_to_machines() {
    let place = place();
    let run = place
        .run(&["compare", "openapi.yaml", "new.yaml", "--format", "json"])
        .exits(1);
    let told: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(
        told,
        json!({
            "old": "openapi.yaml",
            "new": "new.yaml",
            "changes": [{
                "kind": "removed",
                "what": "keyword",
                "name": "required",
                "old_pointer": "/components/schemas/Pet/required",
                "new_pointer": null,
                "operations": ["GET /pets/{id}"],
                "old": "name",
                "new": null,
                "sentence": "`name` was removed from `required` of schema `Pet`."
            }]
        })
    );
    let run = place
        .run(&[
            "compare",
            "openapi.yaml",
            "openapi.yaml",
            "--format",
            "json",
        ])
        .exits(0);
    let told: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(told["changes"], json!([]));
}

#[test]
fn an_overlay_corrects_the_old_document() {
    let place = place();
    place.write(
        "fix.yaml",
        "overlay: 1.0.0\ninfo: { title: Fix, version: '1' }\nactions:\n  - target: $.components.schemas.Pet.required\n    remove: true\n",
    );
    place
        .run(&[
            "compare",
            "openapi.yaml",
            "new.yaml",
            "--overlay",
            "fix.yaml",
        ])
        .exits(0);
    assert_eq!(place.read("openapi.yaml"), DOCUMENT, "it stays as it is");
}

#[test]
fn what_cannot_be_compared_exits_2() {
    let place = place();
    let run = place
        .run(&["compare", "openapi.yaml", "none.yaml"])
        .exits(2);
    assert!(
        run.stderr.contains("cannot read none.yaml"),
        "{}",
        run.stderr
    );
    place.write("broken.yaml", "openapi: [");
    let run = place
        .run(&["compare", "broken.yaml", "openapi.yaml", "--format", "json"])
        .exits(2);
    assert_eq!(run.stdout, "");
    assert!(
        run.stderr.contains("error[yaml-syntax]") && run.stderr.contains("cannot be compared"),
        "{}",
        run.stderr
    );
}

#[test]
fn names_from_a_document_cannot_steer_a_terminal() {
    let place = place();
    let evil = "\"\\e[2Jevil\\u202e\": { type: string }";
    place.write(
        "evil.yaml",
        &DOCUMENT.replace(
            "        name: {",
            &format!("        {evil}\n        name: {{"),
        ),
    );
    let run = place
        .run(&["compare", "openapi.yaml", "evil.yaml"])
        .exits(1);
    assert!(
        run.stdout.contains("evil") && !run.stdout.contains(['\u{1b}', '\u{202e}']),
        "{:?}",
        run.stdout
    );
}

#[test]
fn what_changes_for_callers_is_told_in_items_of_the_crate() {
    let place = place();
    let arguments = ["compare", "openapi.yaml", "new.yaml", "--rust"];
    let run = place.run(&arguments).exits(1);
    assert_eq!(
        run.stdout,
        "breaks  models::Pet::name was: String\n        models::Pet::name is:  Option<String>\n\
         adds    models::Pet: Default is new: implemented\n\n\
         2 changes, 1 of which may keep programs from compiling\n"
    );
    let same = place.run(&["compare", "openapi.yaml", "texts.yaml", "--rust"]);
    assert_eq!(
        same.exits(0).stdout,
        "Nothing changes for callers of the crate.\n"
    );
    let told = place.run(&[&arguments[..], &["--format", "json"]].concat());
    let told: Value = serde_json::from_str(&told.exits(1).stdout).unwrap();
    assert_eq!(
        told,
        json!({
            "old": "openapi.yaml",
            "new": "new.yaml",
            "items": [
                {
                    "kind": "added",
                    "path": "models::Pet: Default",
                    "old": null,
                    "new": "implemented",
                    "breaks": false,
                },
                {
                    "kind": "changed",
                    "path": "models::Pet::name",
                    "old": "String",
                    "new": "Option<String>",
                    "breaks": true,
                },
            ],
        })
    );
}

#[test]
fn settings_apply_to_both_crates() {
    let place = place();
    place.write("target.toml", "[names.schemas]\nPet = \"Animal\"\n");
    let settings = ["openapi.yaml", "new.yaml", "--target", "target.toml"];
    let run = place.run(&[&["compare", "--rust"], &settings[..]].concat());
    let told = run.exits(1).stdout;
    assert!(
        told.contains("models::Animal::name is:  Option<String>"),
        "{told}"
    );
    // Without a crate there is nothing that settings apply to.
    place.run(&[&["compare"], &settings[..]].concat()).exits(2);
}

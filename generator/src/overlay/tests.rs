//! Overlays on a small document: what they change, what they refuse, and which lines the messages name.

use super::{apply_files, read};
use crate::diagnostics::{Code, Diagnostics};
use crate::load::{Sources, load_with_sources};
use crate::pointer::JsonPointer;
use serde_json::{Value, json};
use std::fs;
use tempfile::TempDir;

const DOCUMENT: &str = r##"openapi: 3.0.3
info: { title: Pets, version: "1" }
paths:
  /pets/{id}:
    get:
      operationId: getPet
      parameters:
        - { name: trace, in: header, schema: { type: string } }
        - { name: id, in: path, required: true, schema: { type: string } }
        - { name: debug, in: query, schema: { type: boolean } }
        - $ref: "#/components/parameters/Page"
      responses:
        "200":
          description: The pet.
          content:
            application/json:
              schema: { $ref: "#/components/schemas/Pet" }
components:
  parameters:
    Page: { name: page, in: query, schema: { type: integer } }
  schemas:
    Pet:
      type: object
      required: [name]
      properties:
        name: { type: string, maxLength: 10 }
        owner: { $ref: "#/components/schemas/Owner" }
    Owner: { type: object, properties: { "it's": { type: string } } }
"##;

/// What came of overlays: the tree, and what was said.
struct Applied {
    tree: Option<Value>,
    sources: Sources,
    diagnostics: Diagnostics,
}

impl Applied {
    #[track_caller]
    fn at(&self, pointer: &str) -> Option<&Value> {
        let tree = self.tree.as_ref();
        tree.unwrap_or_else(|| panic!("{}", self.said()))
            .pointer(pointer)
    }

    /// All messages, each with its help and the place that it names.
    fn said(&self) -> String {
        let one = |diagnostic: &crate::diagnostics::Diagnostic| {
            let place = diagnostic.locate(Some(&self.sources)).map_or_else(
                || "nowhere".to_owned(),
                |place| {
                    let name = place.file.rsplit('/').next().unwrap_or_default();
                    format!("{name}:{}", place.line)
                },
            );
            format!(
                "{place} [{}] {} {}",
                diagnostic.code.name(),
                diagnostic.message,
                diagnostic.help.as_deref().unwrap_or_default()
            )
        };
        self.diagnostics
            .iter()
            .map(one)
            .collect::<Vec<_>>()
            .join("\n")
    }

    fn line(&self, pointer: &str) -> String {
        let pointer = JsonPointer::parse(pointer).expect("a pointer");
        let place = self.sources.locate(&pointer).expect("a place");
        format!(
            "{}:{}",
            place.file.rsplit('/').next().unwrap_or_default(),
            place.line
        )
    }

    fn codes(&self) -> Vec<Code> {
        self.diagnostics.iter().map(|one| one.code).collect()
    }
}

/// Applies overlays, in this order, to the document.
fn apply_all(overlays: &[&str]) -> Applied {
    let folder = TempDir::new().expect("a folder");
    let document = folder.path().join("openapi.yaml");
    fs::write(&document, DOCUMENT).expect("a file");
    let files: Vec<_> = overlays
        .iter()
        .enumerate()
        .map(|(index, text)| {
            let path = folder.path().join(format!("overlay-{index}.yaml"));
            fs::write(&path, text).expect("a file");
            path
        })
        .collect();
    let mut diagnostics = Diagnostics::default();
    let (tree, mut sources) = load_with_sources(&document, &mut diagnostics);
    assert!(diagnostics.is_empty());
    let tree = apply_files(
        &files,
        tree.expect("a tree"),
        &mut sources,
        &mut diagnostics,
    );
    Applied {
        tree,
        sources,
        diagnostics,
    }
}

/// An overlay of these actions, whose first stands in line 4.
fn overlay(actions: &str) -> String {
    format!("overlay: 1.0.0\ninfo: {{ title: Corrections, version: \"1\" }}\nactions:\n{actions}")
}

fn applied(actions: &str) -> Applied {
    apply_all(&[&overlay(actions)])
}

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
fn an_action_that_selects_nothing_names_the_nearest_thing() {
    let cases = [
        (
            "$.paths['/pets/{id}'].gte",
            "`#/paths/~1pets~1{id}` has no `gte`; the nearest is `get`.",
        ),
        (
            "$.paths['/pet/{id}'].get.parameters",
            "`#/paths` has no `/pet/{id}`; the nearest is `/pets/{id}`.",
        ),
        (
            "$..maxLenght",
            "has nowhere below it a `maxLenght`; the nearest is `maxLength`.",
        ),
        (
            "$.components.schemas.Pet.properties.colour",
            "`#/components/schemas/Pet/properties` has no `colour`, but `name`, `owner`.",
        ),
        (
            "$.paths.*.get.parameters[9]",
            "has no element 9, but 4 elements.",
        ),
        (
            "$.paths.*.get.parameters[?@.name=='ids']",
            "has 4 members or elements, of which none passes the filter.",
        ),
        (
            "$.components.schemas.*.propertys",
            "Each of the 2 nodes that its beginning selects has no `propertys`; the nearest is `properties`.",
        ),
        (
            "$.openapi.x",
            "`#/openapi` has no `x`, for it has no members.",
        ),
    ];
    for (target, expected) in cases {
        let done = applied(&format!(
            "  - target: \"{target}\"\n    update: {{ x: 1 }}\n"
        ));
        assert!(done.tree.is_none(), "{target}");
        assert_eq!(done.codes(), [Code::OverlayTargetMissing], "{target}");
        let said = done.said();
        assert!(said.starts_with("overlay-0.yaml:4 "), "{said}");
        assert!(said.contains(target) && said.ends_with(expected), "{said}");
    }
}

#[test]
fn an_action_that_changes_nothing_is_an_error() {
    let done = applied(
        "  - target: $.info\n    update: { title: Pets }\n  - target: $.components.schemas\n    update: { Pet: {} }\n",
    );
    assert!(done.tree.is_none());
    assert_eq!(
        done.codes(),
        [Code::OverlayWithoutEffect, Code::OverlayWithoutEffect]
    );
    assert!(done.said().contains("overlay-0.yaml:6 "), "{}", done.said());
}

#[test]
fn an_update_that_cannot_be_merged_is_an_error() {
    let cases = [
        ("$.info.title", "Animals", "The target is a text"),
        ("$.info", "Animals", "the update must be an object"),
        (
            "$.info",
            "{ title: { a: 1 } }",
            "puts an object in the place of a text",
        ),
        (
            "$.components.schemas.Pet",
            "{ required: true }",
            "puts a boolean in the place of an array",
        ),
    ];
    for (target, update, expected) in cases {
        let done = applied(&format!("  - target: {target}\n    update: {update}\n"));
        assert!(done.tree.is_none(), "{target}");
        assert_eq!(done.codes(), [Code::OverlayUpdateUnfit], "{target}");
        assert!(done.said().contains(expected), "{}", done.said());
    }
}

#[test]
fn the_form_of_an_overlay_is_checked() {
    let head = "info: { title: T, version: '1' }\n";
    let actions = "actions: [{ target: $.info, remove: true }]\n";
    let whole = |action: &str| format!("overlay: 1.0.0\n{head}actions: [{action}]\n");
    let cases = [
        ("[]".to_owned(), "not an object"),
        (String::new(), "not an object"),
        (format!("{head}{actions}"), "does not say that it is"),
        (
            format!("overlay: 2.0.0\n{head}{actions}"),
            "version `2.0.0`",
        ),
        (format!("overlay: 1.0\n{head}{actions}"), "version `1.0`"),
        (format!("overlay: 1.0.0\n{actions}"), "a `title`"),
        (format!("overlay: 1.0.0\n{head}"), "has no actions"),
        (
            format!("overlay: 1.0.0\n{head}actions: []\n"),
            "has no actions",
        ),
        (
            format!("overlay: 1.0.0\n{head}action: []\n{actions}"),
            "Did you mean `actions`?",
        ),
        (whole("3"), "not an object"),
        (whole("{ remove: true }"), "no `target`"),
        (
            whole("{ target: 5, remove: true }"),
            "`target` of the action is not a text",
        ),
        (whole("{ target: $.info }"), "does nothing"),
        (
            whole("{ target: $.info, remvoe: true }"),
            "Did you mean `remove`?",
        ),
        (
            whole("{ target: $.info, remove: 'yes' }"),
            "neither true nor false",
        ),
        (
            whole("{ target: $.info, remove: true, update: {} }"),
            "both `remove` and `update`",
        ),
        (
            whole("{ target: '$.info[', remove: true }"),
            "is no JSONPath",
        ),
        (whole("{ target: info, remove: true }"), "is no JSONPath"),
        (whole("{ target: $, remove: true }"), "the whole document"),
        ("overlay: [".to_owned(), "not valid YAML"),
    ];
    for (text, expected) in cases {
        let done = apply_all(&[&text]);
        assert!(done.tree.is_none(), "{text}");
        assert!(done.said().contains(expected), "{text}\n{}", done.said());
        assert!(done.said().contains("overlay-0.yaml:"), "{}", done.said());
    }
}

#[test]
fn hostile_overlays_end_in_a_diagnostic() {
    let deep = format!(
        "  - target: '$[?{}@.a{}]'\n    remove: true\n",
        "(".repeat(1_500),
        ")".repeat(1_500)
    );
    let nested = format!(
        "  - target: '$[?{}]'\n    remove: true\n",
        "@[?".repeat(600)
    );
    let long = format!(
        "  - target: '$.{}'\n    remove: true\n",
        "a".repeat(100_000)
    );
    let many = format!("  - target: '${}'\n    remove: true\n", "..*".repeat(20));
    let multiplied = format!(
        "  - target: $..*\n    update: {{ a: [{}] }}\n",
        "[0,0,0,0,0,0,0,0,0,0],".repeat(10_000)
    );
    for actions in [&deep, &nested, &long, &many, &multiplied] {
        let done = applied(actions);
        assert!(done.tree.is_none(), "{}", done.said());
        assert!(!done.diagnostics.is_empty());
    }
    let cyclic =
        apply_all(&["overlay: 1.0.0\ninfo: &a { title: T, version: '1', x: *a }\nactions: []\n"]);
    assert!(cyclic.tree.is_none());
    let mut bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n".to_owned();
    for level in 1..12 {
        let before = format!("*a{},", level - 1).repeat(10);
        bomb.push_str(&format!("a{level}: &a{level} [{before}]\n"));
    }
    let bomb = apply_all(&[&bomb]);
    assert!(bomb.tree.is_none());
    assert_eq!(bomb.codes(), [Code::YamlAliasBomb]);
}

#[test]
fn a_file_that_is_missing_or_no_text_is_told() {
    let folder = TempDir::new().expect("a folder");
    let mut sources = Sources::default();
    let mut diagnostics = Diagnostics::default();
    assert!(
        read(
            &folder.path().join("none.yaml"),
            &mut sources,
            &mut diagnostics
        )
        .is_none()
    );
    assert!(read(folder.path(), &mut sources, &mut diagnostics).is_none());
    let binary = folder.path().join("binary.yaml");
    fs::write(&binary, [0x66, 0xff, 0xfe]).expect("a file");
    assert!(read(&binary, &mut sources, &mut diagnostics).is_none());
    let codes: Vec<_> = diagnostics.iter().map(|one| one.code).collect();
    assert_eq!(
        codes,
        [Code::FileUnreadable, Code::FileUnreadable, Code::NotUtf8]
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

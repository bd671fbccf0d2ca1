//! What overlays are refused for, and how they are told so.

use super::{applied, apply_all};
use crate::diagnostics::{Code, Diagnostics};
use crate::load::Sources;
use crate::overlay::read;
use std::fs;
use tempfile::TempDir;

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

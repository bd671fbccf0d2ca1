//! `lint`: what there is to say about a document, to people and to machines.

use crate::command::{DOCUMENT, Place};

/// A document with a parameter that OpenAPI says to ignore.
fn with_a_note() -> String {
    DOCUMENT
        .replace(
            "name: id, in: path, required: true,",
            "name: Content-Type, in: header,",
        )
        .replace("/pets/{id}", "/pets")
}

#[test]
fn lint_shows_what_there_is_to_say() {
    let place = Place::new();
    let lint = place.run(&["lint", "openapi.yaml"]).exits(0);
    assert_eq!(
        lint.stdout,
        "openapi.yaml\n  operations  1 in, 1 out\n  types       1\n  untyped     0 fields\n"
    );
    place.write("openapi.yaml", &with_a_note());
    let lint = place.run(&["lint", "openapi.yaml"]).exits(0);
    assert!(
        lint.stdout.contains("[header-parameter-ignored]"),
        "{}",
        lint.stdout
    );
    assert!(lint.stdout.contains("openapi.yaml:11:"), "{}", lint.stdout);
    let run = place
        .run(&["generate", "openapi.yaml", "--out", "sdk"])
        .exits(0);
    assert_eq!(run.stderr, "1 note\n", "notes are for those who ask");
}

/// A document in which seven properties have no type, for two reasons.
pub(super) fn with_many_warnings() -> String {
    let plain: String = (0..5)
        .map(|index| format!("        p{index}: {{}}\n"))
        .collect();
    format!(
        "{DOCUMENT}{plain}        l0: {{ not: {{ type: string }} }}\n        l1: {{ not: {{ type: string }} }}\n"
    )
}

#[test]
fn repeats_are_counted_and_shown_on_demand() {
    let place = Place::new();
    place.write("openapi.yaml", &with_many_warnings());
    let short = place.run(&["lint", "openapi.yaml"]).exits(0).stdout;
    assert_eq!(short.matches("warning[untyped]: ").count(), 3, "{short}");
    assert!(
        short.contains("\n… 4 more warning[untyped]; `--all` shows every one\n"),
        "{short}"
    );
    assert!(short.contains("\n      7  warning  untyped\n"), "{short}");
    assert!(short.contains("\n7 warnings\n"), "{short}");
    assert!(
        short.contains("\n  untyped     7 fields\n         5  "),
        "{short}"
    );
    let long = place
        .run(&["lint", "openapi.yaml", "--all"])
        .exits(0)
        .stdout;
    assert_eq!(long.matches("warning[untyped]: ").count(), 7, "{long}");
    assert!(
        long.contains("\n  openapi.yaml:25:9: #/components/schemas/Pet/properties/p0\n"),
        "{long}"
    );
    let generate = ["generate", "openapi.yaml", "--out", "sdk"];
    let run = place.run(&generate).exits(0);
    assert_eq!(run.stderr.matches("warning[untyped]: ").count(), 3);
    assert!(run.stdout.contains("\n  untyped     7 fields\n"));
    let run = place
        .run(&[generate.as_slice(), &["--all"]].concat())
        .exits(0);
    assert_eq!(run.stderr.matches("warning[untyped]: ").count(), 7);
}

#[test]
fn warnings_can_be_denied() {
    let place = Place::new();
    let words = ["lint", "openapi.yaml", "--deny", "warnings"];
    place.run(&words).exits(0);
    place.write("openapi.yaml", &with_a_note());
    place.run(&words).exits(0);
    place.write("openapi.yaml", &with_many_warnings());
    place.run(&words).exits(1);
    let run = place
        .run(&["lint", "openapi.yaml", "--deny", "notes"])
        .exits(2);
    assert_eq!(run.stdout, "");
}

#[test]
fn lint_speaks_json_to_machines() {
    let place = Place::new();
    let json = |words: &[&str], code| {
        let run = place.run(&[&["lint", "--format", "json"], words].concat());
        let run = run.exits(code);
        assert_eq!(run.stderr, "");
        serde_json::from_str::<serde_json::Value>(&run.stdout).expect("one JSON document")
    };
    assert_eq!(
        json(&["openapi.yaml"], 0),
        serde_json::json!({"document": "openapi.yaml", "operations": 1, "types": 1, "diagnostics": []})
    );
    place.write("openapi.yaml", &with_many_warnings());
    let found = json(&["openapi.yaml"], 0);
    let diagnostics = found["diagnostics"].as_array().expect("a list");
    assert_eq!(diagnostics.len(), 7, "all of them, whatever `--all` is");
    let first = diagnostics[0].as_object().expect("an object");
    let fields: Vec<&String> = first.keys().collect();
    assert_eq!(
        fields,
        [
            "severity",
            "code",
            "message",
            "help",
            "operation",
            "pointer",
            "file",
            "line",
            "column"
        ]
    );
    assert_eq!(first["severity"], "warning");
    assert_eq!(first["code"], "untyped");
    assert_eq!(first["pointer"], "/components/schemas/Pet/properties/p0");
    assert_eq!(
        (&first["file"], &first["line"], &first["column"]),
        (&"openapi.yaml".into(), &25.into(), &9.into())
    );
    json(&["openapi.yaml", "--deny", "warnings"], 1);
    place.write("openapi.yaml", "openapi: [\n");
    let found = json(&["openapi.yaml"], 1);
    assert_eq!(found["diagnostics"][0]["severity"], "error");
    assert_eq!(found["operations"], 0);
    let run = place
        .run(&["lint", "--format", "json", "absent.yaml"])
        .exits(2);
    assert_eq!(run.stdout, "");
}

//! What a reference that leads nowhere costs: its own place, and a warning.

use crate::support::{load_files, load_yaml};
use serde_json::json;

/// A document with one good and one lost reference of every kind.
const DOCUMENT: &str = "\
paths:
  /a:
    parameters:
      - {$ref: gone.yaml}
      - {$ref: '#/components/parameters/Lost'}
      - {name: kept, in: query, schema: {$ref: gone.yaml, description: d}}
    get:
      parameters: [{$ref: '#/components/parameters/Gone'}]
      requestBody: {$ref: gone.yaml}
      callbacks: {done: {$ref: gone.yaml}}
      responses:
        200:
          description: d
          headers: {X-A: {$ref: gone.yaml}, X-B: {schema: {type: string}}}
          links: {next: {$ref: gone.yaml}}
          content: {application/json: {examples: {e: {$ref: gone.yaml}}, schema: {items: {$ref: empty.yaml}}}}
        404: {$ref: gone.yaml}
  /b: {$ref: gone.yaml, summary: s}
  /c: {get: {$ref: gone.yaml}}
components:
  parameters:
    Lost: {$ref: gone.yaml}
  schemas:
    A: {$ref: gone.yaml}
    B: {$ref: '#/components/schemas/A'}
";

#[test]
fn each_kind_loses_as_little_as_it_can() {
    let outcome = load_files(&[("root.yaml", DOCUMENT), ("empty.yaml", "")]);
    assert!(!outcome.diagnostics.has_errors());
    let any = json!({});
    assert_eq!(
        *outcome.at("/paths"),
        json!({
            "/a": {
                "parameters": [{"name": "kept", "in": "query", "schema": {"description": "d"}}],
                "get": {
                    "parameters": [],
                    "callbacks": {},
                    "responses": {"200": {
                        "description": "d",
                        "headers": {"X-B": {"schema": {"type": "string"}}},
                        "links": {},
                        "content": {"application/json": {"examples": {}, "schema": {"items": any}}},
                    }},
                },
            },
            "/b": {"summary": "s"},
            "/c": {"get": {"responses": {}}},
        })
    );
    assert_eq!(
        *outcome.at("/components"),
        json!({"parameters": {}, "schemas": {"A": {}, "B": {"$ref": "#/components/schemas/A"}}})
    );
    let mut codes = outcome.codes();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(
        codes,
        ["ref-file-missing", "ref-target-empty", "ref-target-missing"]
    );
}

#[test]
fn each_is_told_at_its_own_line_though_others_were_left_out_before_it() {
    let outcome = load_files(&[("root.yaml", DOCUMENT), ("empty.yaml", "")]);
    let lines: Vec<_> = outcome
        .diagnostics
        .iter()
        .map(|said| said.position.as_ref().expect("a position").line)
        .collect();
    assert_eq!(
        lines,
        [4, 5, 6, 8, 9, 10, 14, 15, 16, 16, 17, 18, 19, 22, 24]
    );
    // What was the third element is the first now, and known by its line still.
    assert_eq!(
        outcome.place_of("/paths/~1a/parameters/0/name"),
        "root.yaml:6:10"
    );
}

#[test]
fn a_bare_word_is_the_component_of_that_name() {
    let outcome = load_files(&[(
        "root.yaml",
        "components: {schemas: {Pet: {type: string}, A: {items: {$ref: Pet}}}}\n",
    )]);
    outcome.assert_clean();
    assert_eq!(
        *outcome.at("/components/schemas/A/items"),
        json!({"$ref": "#/components/schemas/Pet"})
    );
}

#[test]
fn a_circle_of_other_components_than_schemas_ends() {
    let outcome = load_yaml(
        "paths: {/a: {parameters: [{$ref: '#/components/parameters/A'}]}}\ncomponents:\n  parameters:\n    A: {$ref: '#/components/parameters/B'}\n    \
         B: {$ref: '#/components/parameters/A'}\n",
    );
    assert!(!outcome.codes().is_empty());
    assert!(outcome.codes().iter().all(|code| *code == "ref-to-itself"));
}

#[test]
fn references_that_lead_nowhere_are_told_at_their_line() {
    let cases = [
        ("gone.yaml", "ref-file-missing"),
        ("there.yaml#/Gone", "ref-target-missing"),
        ("there.yaml#Anchor", "ref-target-missing"),
        ("'#/components/schemas/Gone'", "ref-target-missing"),
        (
            "'#/components/schemas/A/properties/gone'",
            "ref-target-missing",
        ),
        ("https://example.com/a.yaml", "ref-url"),
        ("file:///etc/passwd", "ref-url"),
        ("//example.com/a.yaml", "ref-url"),
    ];
    for (text, code) in cases {
        let root = format!(
            "components:\n  schemas:\n    A:\n      properties:\n        b:\n          $ref: {text}\n"
        );
        let outcome = load_files(&[("root.yaml", &root), ("there.yaml", "Pet: {}\n")]);
        assert_eq!(
            outcome.only_place(),
            (code, "root.yaml:6:11".to_owned()),
            "{text}"
        );
        assert!(!outcome.diagnostics.has_errors(), "{text}");
        assert_eq!(*outcome.at("/components/schemas/A/properties/b"), json!({}));
    }
}

#[test]
fn references_to_themselves_are_told() {
    let own = load_yaml("components:\n  schemas:\n    A: {$ref: '#/components/schemas/A'}\n");
    assert_eq!(
        own.only_place(),
        ("ref-to-itself", "root.yaml:3:9".to_owned())
    );
    let ring = load_files(&[
        (
            "root.yaml",
            "components:\n  schemas:\n    A: {$ref: b.yaml}\n    C: {$ref: '#/components/schemas/A'}\n",
        ),
        ("b.yaml", "$ref: c.yaml\n"),
        ("c.yaml", "$ref: b.yaml\n"),
    ]);
    assert_eq!(ring.codes(), ["ref-to-itself"]);
    let paths = load_yaml("paths:\n  /a: {$ref: '#/paths/~1b'}\n  /b: {$ref: '#/paths/~1a'}\n");
    assert!(!paths.codes().is_empty());
    assert!(
        paths.codes().iter().all(|code| *code == "ref-to-itself"),
        "{:?}",
        paths.codes()
    );
    let through = load_yaml("components:\n  schemas:\n    A: {$ref: '#/components/schemas/A/b'}\n");
    assert_eq!(through.codes(), ["ref-to-itself"]);
}

#[test]
fn a_fault_in_a_file_is_told_there_and_costs_its_references() {
    let outcome = load_files(&[
        (
            "root.yaml",
            "components:\n  schemas:\n    A: {items: {$ref: bad.yaml}}\n    B: {items: {$ref: bad.yaml}}\n",
        ),
        ("bad.yaml", "a: [\n"),
    ]);
    assert_eq!(
        outcome.codes(),
        ["yaml-syntax", "ref-file-unreadable", "ref-file-unreadable"]
    );
    assert!(!outcome.diagnostics.has_errors());
    let first = outcome.diagnostics.iter().next().expect("a diagnostic");
    let position = first.position.as_ref().expect("a position");
    assert_eq!(outcome.within(&position.file), "bad.yaml");
    assert_eq!(first.pointer.as_str(), "/components/schemas/A/items/$ref");
    assert_eq!(*outcome.at("/components/schemas/B/items"), json!({}));
}

//! References to any place of a document, by pointer, by anchor or by id, and examples that are kept in files.

use crate::support::{load_files, load_yaml};
use serde_json::{Value, json};

fn reference(to: &str) -> Value {
    json!({"$ref": format!("#/components/{to}")})
}

#[test]
fn any_place_of_a_document_becomes_a_component_of_the_right_section() {
    let outcome = load_yaml(
        "paths:
  /a:
    get:
      parameters: [{name: p, in: query, schema: {$ref: '#/components/schemas/A'}}]
      responses:
        200: {description: d, headers: {X: {schema: {type: string}}}, content: {application/json: {schema: {type: object}}}}
        404: {$ref: '#/components/responses/R'}
  /b:
    get:
      parameters:
        - $ref: '#/paths/~1a/get/parameters/0'
        - {name: q, in: query, schema: {$ref: '#/paths/~1a/get/parameters/0/schema'}}
      responses:
        200: {$ref: '#/paths/~1a/get/responses/200'}
        404: {$ref: '#/paths/~1a/get/responses/404'}
        500: {description: d, headers: {X: {$ref: '#/paths/~1a/get/responses/200/headers/X'}}, content: {application/json: {schema: {$ref: '#/components/responses/R/content/application~1json/schema'}}}}
  /c: {$ref: '#/paths/~1b'}
  /d: {get: {responses: {200: {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/A/properties/b'}}}}}}}
components:
  responses:
    R: {description: d, content: {application/json: {schema: {type: integer}}}}
  schemas:
    A: {properties: {b: {type: string}}}
    S: {$ref: '#/components/responses/R'}
",
    );
    outcome.assert_clean();
    let b = "/paths/~1b/get";
    assert_eq!(
        *outcome.at(&format!("{b}/parameters")),
        json!([
            reference("parameters/a_get_parameters_0"),
            {"name": "q", "in": "query", "schema": reference("schemas/A")},
        ])
    );
    assert_eq!(
        *outcome.at("/components/parameters/a_get_parameters_0/schema"),
        reference("schemas/A")
    );
    let response = outcome.at(&format!("{b}/responses/200/$ref"));
    let response = response.as_str().expect("a reference");
    assert!(
        response.starts_with("#/components/responses/"),
        "{response}"
    );
    assert_eq!(
        *outcome.at(&format!("{b}/responses/404")),
        reference("responses/R")
    );
    let header = outcome.at(&format!("{b}/responses/500/headers/X/$ref"));
    assert_eq!(header, "#/components/headers/X");
    assert_eq!(
        *outcome.at("/components/headers/X"),
        json!({"schema": {"type": "string"}})
    );
    let schema = outcome.at(&format!(
        "{b}/responses/500/content/application~1json/schema/$ref"
    ));
    let schema = schema.as_str().expect("a reference");
    assert!(schema.starts_with("#/components/schemas/"), "{schema}");
    assert_eq!(*outcome.at(&schema[1..]), json!({"type": "integer"}));
    assert_eq!(outcome.at("/paths/~1c"), outcome.at("/paths/~1b"));
    let property = outcome.at("/paths/~1d/get/responses/200/content/application~1json/schema");
    assert_eq!(*property, reference("schemas/b"));
}

#[test]
fn anchors_and_ids_name_schemas() {
    let outcome = load_files(&[
        (
            "root.yaml",
            "openapi: 3.1.0
components:
  schemas:
    A: {$anchor: first, type: string}
    B: {$id: 'https://example.com/schemas/b', type: object, $defs: {c: {$anchor: inner, type: integer}}}
    Uses:
      properties:
        a: {$ref: '#first'}
        b: {$ref: b}
        c: {$ref: 'https://example.com/schemas/b#/$defs/c'}
        d: {$ref: 'https://example.com/schemas/b#inner'}
        e: {$ref: 'other.yaml#there'}
        f: {$ref: '#none'}
",
        ),
        ("other.yaml", "X: {}\n$defs: {y: {$anchor: there, type: number}}\n"),
    ]);
    assert_eq!(
        outcome.only_place(),
        ("ref-target-missing", "root.yaml:13:13".to_owned())
    );
    let property = |name: &str| outcome.at(&format!("/components/schemas/Uses/properties/{name}"));
    assert_eq!(*property("a"), reference("schemas/A"));
    assert_eq!(*property("b"), reference("schemas/B"));
    assert_eq!(*property("c"), reference("schemas/c"));
    assert_eq!(*property("d"), reference("schemas/c"));
    assert_eq!(*property("e"), reference("schemas/y"));
    assert_eq!(*property("f"), json!({}));
}

#[test]
fn examples_may_be_files() {
    let outcome = load_files(&[
        (
            "root.yaml",
            "components:
  schemas:
    A: {example: {$ref: e/pet.json}}
  examples:
    Named: {value: {name: Rex}}
    External: {summary: s, externalValue: e/pet.json}
    Page: {externalValue: 'https://example.com/a.json'}
    Picture: {externalValue: e/pet.png}
  parameters:
    P:
      name: p
      in: query
      example: {$ref: '#/components/examples/Named'}
      examples: {bare: {$ref: e/pet.json}, whole: {$ref: e/whole.yaml}, data: {value: {$ref: e/pet.json}}}
",
        ),
        ("e/pet.json", "{\"name\": \"Tom\"}"),
        ("e/whole.yaml", "summary: t\nvalue: [1]\n"),
    ]);
    outcome.assert_clean();
    let tom = json!({"name": "Tom"});
    assert_eq!(*outcome.at("/components/schemas/A/example"), tom);
    assert_eq!(
        *outcome.at("/components/parameters/P/example"),
        json!({"name": "Rex"})
    );
    assert_eq!(
        *outcome.at("/components/examples"),
        json!({
            "Named": {"value": {"name": "Rex"}},
            "External": {"summary": "s", "value": tom},
            "Page": {"externalValue": "https://example.com/a.json"},
            "Picture": {"externalValue": "e/pet.png"},
            "pet": {"value": tom},
            "whole": {"summary": "t", "value": [1]},
        })
    );
    assert_eq!(
        *outcome.at("/components/parameters/P/examples/data/value"),
        tom
    );
    assert_eq!(
        outcome.place_of("/components/examples/pet/value/name"),
        "e/pet.json:1:2"
    );
}

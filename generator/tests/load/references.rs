//! References: where their targets go, what they are called, and which of them lead nowhere.

use crate::support::{Outcome, folder, load, load_files, load_yaml};
use serde_json::{Value, json};

fn reference(to: &str) -> Value {
    json!({"$ref": format!("#/components/{to}")})
}

fn names<'o>(outcome: &'o Outcome, section: &str) -> Vec<&'o String> {
    outcome
        .at(&format!("/components/{section}"))
        .as_object()
        .expect("an object")
        .keys()
        .collect()
}

#[test]
fn targets_go_where_the_reference_stands() {
    let outcome = load_files(&[
        (
            "root.yaml",
            "paths:\n  /a:\n    $ref: './paths/a.yaml'\n  /b:\n    get:\n      $ref: paths/b-get.yaml\n",
        ),
        (
            "paths/a.yaml",
            "parameters:\n  - $ref: ../parameters/limit.yaml\npost:\n  requestBody:\n    $ref: ../parts.yaml#/bodies/New\n  \
             responses:\n    200:\n      $ref: ../responses/Ok.yaml\n  callbacks:\n    done:\n      $ref: ../parts.yaml#/callback\n",
        ),
        (
            "paths/b-get.yaml",
            "responses:\n  200:\n    $ref: ../responses/Ok.yaml\n",
        ),
        (
            "parameters/limit.yaml",
            "name: limit\nin: query\nschema:\n  $ref: ../schemas/Limit.yaml\n",
        ),
        (
            "parts.yaml",
            "bodies:\n  New:\n    content:\n      application/json:\n        schema: {$ref: '#/local/Pet'}\nlocal:\n  Pet: {type: object}\n\
             Rate: {schema: {type: integer}}\nOne: {value: {$ref: data}}\nNext: {operationId: x}\ncallback:\n  '{$url}':\n    $ref: paths/hook.yaml\n",
        ),
        (
            "paths/hook.yaml",
            "post: {responses: {200: {$ref: ../responses/Ok.yaml}}}\n",
        ),
        (
            "responses/Ok.yaml",
            "headers:\n  X-Rate: {$ref: ../parts.yaml#/Rate}\nlinks:\n  next: {$ref: ../parts.yaml#/Next}\ncontent:\n  text/plain:\n    \
             examples:\n      one: {$ref: ../parts.yaml#/One}\n",
        ),
        ("schemas/Limit.yaml", "type: integer\n"),
    ]);
    outcome.assert_clean();
    assert_eq!(
        *outcome.at("/paths/~1a/parameters/0"),
        reference("parameters/limit")
    );
    assert_eq!(
        *outcome.at("/paths/~1a/post/requestBody"),
        reference("requestBodies/New")
    );
    assert_eq!(
        *outcome.at("/paths/~1a/post/responses/200"),
        reference("responses/Ok")
    );
    assert_eq!(
        *outcome.at("/paths/~1b/get/responses/200"),
        reference("responses/Ok")
    );
    assert_eq!(
        *outcome.at("/paths/~1a/post/callbacks/done"),
        reference("callbacks/callback")
    );
    let hook = outcome.at("/components/callbacks/callback/{$url}/post/responses/200");
    assert_eq!(*hook, reference("responses/Ok"));
    assert_eq!(
        *outcome.at("/components/parameters/limit/schema"),
        reference("schemas/Limit")
    );
    assert_eq!(
        *outcome.at("/components/requestBodies/New/content/application~1json/schema"),
        reference("schemas/Pet")
    );
    assert_eq!(
        *outcome.at("/components/responses/Ok/headers/X-Rate"),
        reference("headers/Rate")
    );
    assert_eq!(
        *outcome.at("/components/responses/Ok/links/next"),
        reference("links/Next")
    );
    assert_eq!(
        *outcome.at("/components/responses/Ok/content/text~1plain/examples/one"),
        reference("examples/One")
    );
    assert_eq!(
        *outcome.at("/components/examples/One"),
        json!({"value": {"$ref": "data"}})
    );
    assert_eq!(
        outcome.place_of("/paths/~1a/post/requestBody"),
        "paths/a.yaml:4:3"
    );
    assert_eq!(
        outcome.place_of("/components/headers/Rate/schema"),
        "parts.yaml:8:8"
    );
    assert_eq!(outcome.place_of("/paths/~1b"), "root.yaml:4:3");
}

#[test]
fn every_place_of_a_schema_is_tied() {
    let places = [
        "items: {$ref: P.yaml}",
        "properties: {a: {$ref: P.yaml}}",
        "allOf: [{$ref: P.yaml}]",
        "oneOf: [{$ref: P.yaml}]",
        "anyOf: [{$ref: P.yaml}]",
        "not: {$ref: P.yaml}",
        "additionalProperties: {$ref: P.yaml}",
        "patternProperties: {a: {$ref: P.yaml}}",
        "prefixItems: [{$ref: P.yaml}]",
        "if: {$ref: P.yaml}",
        "dependentSchemas: {a: {$ref: P.yaml}}",
        "contentSchema: {$ref: P.yaml}",
        "properties: {x-a: {$ref: P.yaml}, $ref: {type: string}}",
    ];
    for place in places {
        let outcome = load_files(&[
            (
                "root.yaml",
                &format!("components: {{schemas: {{A: {{{place}}}}}}}\n"),
            ),
            ("P.yaml", "type: string\n"),
        ]);
        outcome.assert_clean();
        assert_eq!(names(&outcome, "schemas"), ["A", "P"], "{place}");
        let text = outcome.tree.as_ref().expect("a tree").to_string();
        assert!(
            text.contains("#/components/schemas/P") && !text.contains("P.yaml"),
            "{text}"
        );
    }
}

#[test]
fn data_is_left_alone() {
    let text = "components:\n  schemas:\n    A:\n      default: {$ref: no.yaml}\n      example: {$ref: no.yaml}\n      enum: [{$ref: no.yaml}]\n      \
                const: {$ref: no.yaml}\n      x-a: {$ref: no.yaml}\n      examples: [{$ref: no.yaml}]\n  parameters:\n    P:\n      example: {$ref: no.yaml}\n      \
                examples: {e: {value: {$ref: no.yaml}}}\nx-b: {$ref: no.yaml}\npaths:\n  x-c: {$ref: no.yaml}\n";
    let outcome = load_yaml(text);
    outcome.assert_clean();
    assert_eq!(
        outcome
            .tree
            .expect("a tree")
            .to_string()
            .matches("no.yaml")
            .count(),
        10
    );
}

#[test]
fn the_root_document_names_its_files() {
    let outcome = load_files(&[
        (
            "root.yaml",
            "paths:\n  /a:\n    get:\n      responses:\n        200:\n          content:\n            application/json:\n              \
             schema: {$ref: v/Slim.yaml}\ncomponents:\n  schemas:\n    Pet: {$ref: v/Slim.yaml}\n    Other: {$ref: './v/Slim.yaml'}\n    \
             Dog: {type: object}\n    Own: {$ref: '#/components/schemas/Dog'}\n",
        ),
        (
            "v/Slim.yaml",
            "properties:\n  dog: {$ref: ./Dog.yaml}\n  own: {$ref: '../root.yaml#/components/schemas/Dog'}\n  me: {$ref: '#'}\n",
        ),
        ("v/Dog.yaml", "type: string\n"),
    ]);
    outcome.assert_clean();
    let schema = "/paths/~1a/get/responses/200/content/application~1json/schema";
    assert_eq!(*outcome.at(schema), reference("schemas/Pet"));
    assert_eq!(
        names(&outcome, "schemas"),
        ["Pet", "Other", "Dog", "Own", "Dog2"]
    );
    assert_eq!(
        *outcome.at("/components/schemas/Other"),
        reference("schemas/Pet")
    );
    assert_eq!(
        *outcome.at("/components/schemas/Own"),
        reference("schemas/Dog")
    );
    let pet = outcome.at("/components/schemas/Pet/properties");
    assert_eq!(pet["dog"], reference("schemas/Dog2"));
    assert_eq!(pet["own"], reference("schemas/Dog"));
    assert_eq!(pet["me"], reference("schemas/Pet"));
    assert_eq!(
        outcome.place_of("/components/schemas/Pet/properties/dog"),
        "v/Slim.yaml:2:3"
    );
    assert_eq!(
        outcome.place_of("/components/schemas/Dog2"),
        "v/Dog.yaml:1:1"
    );
}

#[test]
fn sections_may_be_files_themselves() {
    let outcome = load_files(&[
        (
            "root.yaml",
            "paths: {$ref: paths/_index.yaml}\ncomponents:\n  schemas: {$ref: schemas/_index.yaml}\n",
        ),
        ("paths/_index.yaml", "/a: {$ref: a.yaml}\n"),
        (
            "paths/a.yaml",
            "parameters:\n  - schema: {$ref: ../schemas/Pet.yaml}\n  - schema: {$ref: ../schemas/_index.yaml#/Pet}\n  - \
             schema: {$ref: ../root.yaml#/components/schemas/Cat}\n  - schema: {$ref: '../root.yaml#/components/schemas/Pet/properties/x'}\n",
        ),
        (
            "schemas/_index.yaml",
            "Pet: {$ref: Pet.yaml}\nCat: {type: object}\n",
        ),
        ("schemas/Pet.yaml", "properties: {x: {type: string}}\n"),
    ]);
    outcome.assert_clean();
    let schema = |index: usize| outcome.at(&format!("/paths/~1a/parameters/{index}/schema"));
    assert_eq!(*schema(0), reference("schemas/Pet"));
    assert_eq!(*schema(1), reference("schemas/Pet"));
    assert_eq!(*schema(2), reference("schemas/Cat"));
    assert_eq!(*schema(3), reference("schemas/x"));
    assert_eq!(names(&outcome, "schemas"), ["Pet", "Cat", "x"]);
    assert_eq!(
        outcome.place_of("/components/schemas/Pet/properties"),
        "schemas/Pet.yaml:1:1"
    );
}

#[test]
fn a_target_outside_of_components_is_lifted_into_them() {
    let outcome = load_yaml(
        "paths:\n  /x:\n    get: &op\n      responses:\n        200: {content: {application/json: {schema: {type: object}}}}\n    post:\n      responses:\n        \
         200: {content: {application/json: {schema: {$ref: '#/paths/~1x/get/responses/200/content/application~1json/schema'}}}}\n",
    );
    outcome.assert_clean();
    let name = names(&outcome, "schemas")[0];
    assert_eq!(
        *outcome.at("/paths/~1x/post/responses/200/content/application~1json/schema"),
        reference(&format!("schemas/{name}"))
    );
    assert_eq!(
        *outcome.at(&format!("/components/schemas/{name}")),
        json!({"type": "object"})
    );
}

#[test]
fn cycles_stay_references() {
    let outcome = load_files(&[
        ("root.yaml", "components: {schemas: {A: {$ref: a.yaml}}}\n"),
        (
            "a.yaml",
            "properties: {b: {$ref: b.yaml}, self: {$ref: a.yaml}}\n",
        ),
        ("b.yaml", "properties: {a: {$ref: ./x/../a.yaml}}\n"),
    ]);
    outcome.assert_clean();
    assert_eq!(
        *outcome.at("/components/schemas/A/properties/b"),
        reference("schemas/b")
    );
    assert_eq!(
        *outcome.at("/components/schemas/A/properties/self"),
        reference("schemas/A")
    );
    assert_eq!(
        *outcome.at("/components/schemas/b/properties/a"),
        reference("schemas/A")
    );
}

#[test]
fn what_stands_beside_a_reference_is_kept() {
    let outcome = load_files(&[
        (
            "root.yaml",
            "paths:\n  /a: {$ref: a.yaml, summary: near}\ncomponents:\n  schemas:\n    B: {$ref: b.yaml, description: d}\n",
        ),
        ("a.yaml", "summary: far\nget: {}\n"),
        ("b.yaml", "type: string\n"),
    ]);
    outcome.assert_clean();
    assert_eq!(
        *outcome.at("/paths/~1a"),
        json!({"summary": "near", "get": {}})
    );
    assert_eq!(
        *outcome.at("/components/schemas/B"),
        json!({"$ref": "#/components/schemas/b", "description": "d"})
    );
}

#[test]
fn the_mapping_of_a_discriminator_is_tied() {
    let outcome = load_files(&[
        (
            "root.yaml",
            "components:\n  schemas:\n    Pet:\n      oneOf: [{$ref: s/Cat.yaml}]\n      discriminator:\n        propertyName: t\n        mapping:\n          \
             cat: ./s/Cat.yaml\n          dog: s/all.yaml#/Dog\n          pet: '#/components/schemas/Pet'\n          bare: Pet\n          gone: s/Gone.yaml\n          none: Bird\n",
        ),
        ("s/Cat.yaml", "type: object\n"),
        ("s/all.yaml", "Dog: {type: object}\n"),
    ]);
    assert_eq!(
        *outcome.at("/components/schemas/Pet/discriminator/mapping"),
        json!({
            "cat": "#/components/schemas/Cat",
            "dog": "#/components/schemas/Dog",
            "pet": "#/components/schemas/Pet",
            "bare": "#/components/schemas/Pet",
        })
    );
    assert_eq!(outcome.codes(), ["mapping-dangling", "mapping-dangling"]);
    assert!(!outcome.diagnostics.has_errors());
    let lines: Vec<_> = outcome
        .diagnostics
        .iter()
        .map(|said| said.position.as_ref().expect("a position").line)
        .collect();
    assert_eq!(lines, [12, 13]);
}

#[test]
fn references_are_decoded() {
    let outcome = load_files(&[
        (
            "root.yaml",
            "components:\n  schemas:\n    A: {$ref: 'my%20file.yaml#/a~1b~0c/%7Bid%7D'}\n    'B C': {type: string}\n    D: {$ref: '#/components/schemas/B%20C'}\n",
        ),
        ("my file.yaml", "a/b~c: {'{id}': {type: integer}}\n"),
    ]);
    outcome.assert_clean();
    assert_eq!(
        *outcome.at("/components/schemas/A"),
        json!({"type": "integer"})
    );
    assert_eq!(
        *outcome.at("/components/schemas/D"),
        reference("schemas/B C")
    );
}

#[test]
fn the_result_is_the_same_each_time() {
    let mut files = vec![(
        "root.yaml".to_owned(),
        "components:\n  schemas:\n".to_owned(),
    )];
    for folder in 0..30 {
        files[0].1 += &format!("    N{folder}: {{items: {{$ref: {folder}/S.yaml}}}}\n");
        files.push((format!("{folder}/S.yaml"), format!("title: t{folder}\n")));
    }
    let files: Vec<_> = files
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    let folder = folder(&files);
    let first = load(&folder.path().join("root.yaml"));
    first.assert_clean();
    assert_eq!(first.at("/components/schemas/S30/title"), "t29");
    let text = first.tree.as_ref().expect("a tree").to_string();
    for _ in 0..3 {
        assert_eq!(
            load(&folder.path().join("root.yaml"))
                .tree
                .expect("a tree")
                .to_string(),
            text
        );
    }
    let sources = first.sources.as_ref().expect("sources");
    let read: Vec<_> = sources
        .files()
        .skip(1)
        .map(|file| first.within(file.name()))
        .collect();
    assert_eq!(read.len(), 30);
    assert_eq!(read[29], "29/S.yaml");
}

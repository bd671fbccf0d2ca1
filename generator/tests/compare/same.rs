//! Documents that say the same in another way have no changes.

use super::rewritten::{
    inline_schemas, rename_schemas, reorder, retell, split, spread_path_parameters,
};
use super::{changes, changes_with_texts, documents, facts, facts_of, sentences, tree};
use serde_json::{Map, Value, json};

/// Checks that a rewritten document says the same as every document, and differs from as many as it should.
fn says_the_same(rewrite: impl Fn(&mut Value), at_least: usize) {
    let mut rewritten_documents = 0;
    for path in documents() {
        let before = tree(&path);
        let mut after = before.clone();
        rewrite(&mut after);
        // As texts, for values are equal in whatever order their keys stand.
        let texts = [before.to_string(), after.to_string()];
        rewritten_documents += usize::from(texts[0] != texts[1]);
        let (old, new) = (facts_of(&before), facts_of(&after));
        let found = changes(&old, &new);
        assert!(
            found.is_empty(),
            "{}\n{}",
            path.display(),
            sentences(&found)
        );
        let found = changes(&new, &old);
        assert!(
            found.is_empty(),
            "{}\n{}",
            path.display(),
            sentences(&found)
        );
    }
    assert!(
        rewritten_documents >= at_least,
        "only {rewritten_documents} documents were rewritten"
    );
}

#[test]
fn a_document_is_the_same_as_itself() {
    for path in documents() {
        let document = facts(&path);
        let found = changes_with_texts(&document, &facts(&path));
        assert!(
            found.is_empty(),
            "{}\n{}",
            path.display(),
            sentences(&found)
        );
    }
}

#[test]
fn the_order_of_keys_and_of_lists_that_have_none_does_not_count() {
    says_the_same(reorder, 15);
}

#[test]
fn texts_and_examples_count_on_request_alone() {
    says_the_same(retell, 15);
    let path = documents().pop().expect("a document");
    let before = tree(&path);
    let mut after = before.clone();
    retell(&mut after);
    assert!(!changes_with_texts(&facts_of(&before), &facts_of(&after)).is_empty());
}

#[test]
fn components_under_other_names_are_the_same() {
    says_the_same(rename_schemas, 10);
}

#[test]
fn components_that_are_written_out_are_the_same() {
    says_the_same(inline_schemas, 5);
}

#[test]
fn parameters_of_a_path_may_stand_at_its_operations() {
    says_the_same(spread_path_parameters, 1);
}

#[test]
fn a_document_split_over_files_is_the_same() {
    for path in documents() {
        for are_listed in [true, false] {
            let folder = tempfile::tempdir().expect("a folder");
            let root = split(&tree(&path), folder.path(), are_listed);
            let found = changes_with_texts(&facts(&path), &facts(&root));
            assert!(
                found.is_empty(),
                "{}\n{}",
                path.display(),
                sentences(&found)
            );
        }
    }
}

/// A document whose only response has this schema.
fn with_schemas(schemas: Map<String, Value>) -> Value {
    json!({
        "openapi": "3.0.3",
        "info": { "title": "Hostile", "version": "1" },
        "paths": { "/a": { "get": { "responses": { "200": {
            "description": "All.",
            "content": { "application/json": { "schema": { "$ref": "#/components/schemas/S0" } } }
        } } } } },
        "components": { "schemas": schemas }
    })
}

#[test]
fn long_chains_cycles_and_wide_unions_are_compared() {
    let reference = |index: usize| json!({ "$ref": format!("#/components/schemas/S{index}") });
    let all = |schema: &dyn Fn(usize) -> Value| {
        let schemas = (0..1_000).map(|index| (format!("S{index}"), schema(index)));
        facts_of(&with_schemas(schemas.collect()))
    };
    let chain = |bottom: &str| {
        all(&|index| match index {
            999 => json!({ "type": bottom }),
            _ => json!({ "type": "object", "properties": { "next": reference(index + 1) } }),
        })
    };
    let found = changes(&chain("string"), &chain("integer"));
    assert_eq!(found.len(), 1, "{}", sentences(&found));
    assert_eq!(found[0].operations, ["GET /a"]);
    let ring = |last: usize| {
        all(&|index| {
            let next = reference((index + 1) % last);
            json!({ "type": "object", "properties": { "next": next, "self": { "allOf": [reference(index)] } } })
        })
    };
    assert!(changes(&ring(1_000), &ring(1_000)).is_empty());
    let union = |turn: usize| {
        let members: Vec<Value> = (0..2_000)
            .map(|index| json!({ "type": "string", "minLength": (index + turn) % 2_000 }))
            .collect();
        let values: Vec<usize> = (0..20_000).map(|index| (index + turn) % 20_000).collect();
        let schemas =
            json!({ "S0": { "oneOf": members }, "S1": { "type": "integer", "enum": values } });
        facts_of(&with_schemas(
            schemas.as_object().cloned().unwrap_or_default(),
        ))
    };
    assert!(changes(&union(0), &union(777)).is_empty());
}

//! Documents that say the same in another way have no changes.

use super::rewritten::{
    inline_schemas, rename_schemas, reorder, retell, split, spread_path_parameters,
};
use super::{changes, changes_with_texts, documents, facts, facts_of, sentences, tree};
use serde_json::Value;

/// Checks that a rewritten document says the same as every document, and differs from as many as it should.
fn says_the_same(rewrite: impl Fn(&mut Value), at_least: usize) {
    let mut rewritten_documents = 0;
    for path in documents() {
        let before = tree(&path);
        let mut after = before.clone();
        rewrite(&mut after);
        rewritten_documents += usize::from(before.to_string() != after.to_string());
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

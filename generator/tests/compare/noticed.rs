//! Whatever changes the facts of a document is a change: scalars are changed, one at a time.

use super::{changes_with_texts, documents, facts_of, tree};
use sdk_generator::diagnostics::Diagnostics;
use sdk_generator::facts::Document;
use sdk_generator::pipeline;
use sdk_generator::pointer::JsonPointer;
use serde_json::{Value, json};
use std::fs;

/// Of so many scalars one is changed, since each costs a comparison.
const STEP: usize = 7;

/// The pointers of all scalars.
fn scalars(value: &Value, at: &JsonPointer, found: &mut Vec<JsonPointer>) {
    match value {
        Value::Object(members) => members
            .iter()
            .for_each(|(key, member)| scalars(member, &at.child(key), found)),
        Value::Array(elements) => elements
            .iter()
            .enumerate()
            .for_each(|(index, element)| scalars(element, &at.index(index), found)),
        _ => found.push(at.clone()),
    }
}

/// Another value of the same kind.
fn another(value: &Value) -> Value {
    match value {
        Value::Bool(flag) => json!(!flag),
        Value::Number(number) => json!(number.as_f64().unwrap_or(0.0) + 1.0),
        Value::String(text) => json!(format!("{text}x")),
        other => other.clone(),
    }
}

/// The facts, unless the document cannot be read, and what was said of it.
fn read(tree: &Value) -> (Option<Document>, Diagnostics) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("openapi.json");
    fs::write(&file, tree.to_string()).expect("a written file");
    let run = pipeline::load(&file, &[]).read();
    (run.value, run.diagnostics)
}

#[test]
fn what_makes_another_fact_makes_a_change() {
    let (mut made, mut missed) = (0, Vec::new());
    for path in documents() {
        let before = tree(&path);
        let old = facts_of(&before);
        let mut pointers = Vec::new();
        scalars(&before, &JsonPointer::root(), &mut pointers);
        for pointer in pointers.iter().step_by(STEP) {
            let mut after = before.clone();
            let node = after.pointer_mut(pointer.as_str()).expect("a scalar");
            *node = another(node);
            let (Some(new), diagnostics) = read(&after) else {
                continue;
            };
            if old == new {
                continue;
            }
            made += 1;
            // What a repair of the same object put right again is no change, though the facts remember how it was written.
            let is_repaired = || {
                diagnostics.iter().any(|one| {
                    let is_near = |place: &JsonPointer| {
                        *place != JsonPointer::root() && pointer.starts_with(place)
                    };
                    is_near(&one.pointer) || one.pointer.parent().is_some_and(|at| is_near(&at))
                })
            };
            if changes_with_texts(&old, &new).is_empty() && !is_repaired() {
                missed.push(format!("{} {pointer}", path.display()));
            }
        }
    }
    assert!(made > 150, "only {made} facts were changed");
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

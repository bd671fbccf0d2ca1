//! What `compare` finds: nothing where two documents say the same, however they are written, and each change alone.

#[path = "compare/noticed.rs"]
mod noticed;
#[path = "compare/planted/mod.rs"]
mod planted;
#[path = "compare/rewritten.rs"]
mod rewritten;
#[path = "compare/same.rs"]
mod same;

use sdk_generator::compare::{Change, Options, compare};
use sdk_generator::diagnostics::Diagnostics;
use sdk_generator::diagnostics::render::render;
use sdk_generator::facts::Document;
use sdk_generator::load::load;
use sdk_generator::pipeline;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// The facts of the document at a path.
#[track_caller]
fn facts(path: &Path) -> Document {
    let run = pipeline::load(path, &[]).read();
    let said = || render(&run.diagnostics, Some(&run.sources));
    run.value
        .unwrap_or_else(|| panic!("{}\n{}", path.display(), said()))
}

/// The facts of a document in memory.
#[track_caller]
fn facts_of(tree: &Value) -> Document {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("openapi.json");
    fs::write(&path, tree.to_string()).expect("a written file");
    facts(&path)
}

/// The tree of the document at a path, as one file.
fn tree(path: &Path) -> Value {
    load(path, &mut Diagnostics::default())
        .expect("a tree")
        .tree
}

/// What changed, texts apart.
fn changes(old: &Document, new: &Document) -> Vec<Change> {
    compare(old, new, Options::default())
}

/// What changed, texts as well.
fn changes_with_texts(old: &Document, new: &Document) -> Vec<Change> {
    compare(old, new, Options { texts: true })
}

/// The sentences of changes.
fn sentences(changes: &[Change]) -> String {
    let all: Vec<&str> = changes
        .iter()
        .map(|change| change.sentence.as_str())
        .collect();
    all.join("\n")
}

/// Every fixture, and the documents like those that are shipped.
fn documents() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for folder in [root.join("tests/fixtures"), root.join("tests/shipped")] {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path().join("openapi.yaml");
            if path.is_file() {
                found.push(path);
            }
        }
    }
    found.sort();
    assert!(found.len() > 15, "{} documents", found.len());
    found
}

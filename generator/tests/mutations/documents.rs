//! Finds the documents that are mutated, and gives each as one tree.

use sdk_generator::diagnostics::Diagnostics;
use sdk_generator::load;
use serde_json::Value;
use std::path::{Path, PathBuf};

/// The folder of documents of one's own.
const FOLDER: &str = "SDK_GENERATOR_DOCUMENTS";

/// A document to be mutated.
pub(crate) struct Document {
    /// Its path below the folder that it was found in: what a case is called by.
    pub(crate) name: String,
    /// Its tree, with all of its files in it.
    pub(crate) tree: Value,
    /// How often it is taken, in relation to the others.
    pub(crate) weight: f64,
}

/// Every document that can be read, by name; those of the repository unless the environment names a folder.
pub(crate) fn all() -> Vec<Document> {
    let mut paths = Vec::new();
    let root = match std::env::var_os(FOLDER) {
        Some(folder) => {
            let root = PathBuf::from(folder);
            collect(&root, &mut paths);
            root
        }
        None => {
            let generator = Path::new(env!("CARGO_MANIFEST_DIR"));
            let root = generator.parent().expect("a workspace").to_owned();
            for folder in [
                "generator/tests/shipped",
                "generator/tests/fixtures",
                "generator/tests/hostile",
            ] {
                collect(&root.join(folder), &mut paths);
            }
            root
        }
    };
    paths.sort();
    let documents: Vec<Document> = paths.iter().filter_map(|path| read(&root, path)).collect();
    assert!(
        !documents.is_empty(),
        "there is no OpenAPI document in {}",
        root.display()
    );
    documents
}

/// The files below a folder that may be documents.
fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    let entries = std::fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("cannot read {}: {error}", folder.display()));
    for entry in entries {
        let path = entry.expect("an entry").path();
        let is_document = path.extension().is_some_and(|extension| {
            extension == "yaml" || extension == "yml" || extension == "json"
        });
        if path.is_dir() {
            collect(&path, paths);
        } else if is_document {
            paths.push(path);
        }
    }
}

/// A document that says at its top that it is one; the others are files that documents are made of, and files of no concern.
fn read(root: &Path, path: &Path) -> Option<Document> {
    let text = std::fs::read_to_string(path).ok()?;
    let says_so = text
        .lines()
        .any(|line| line.starts_with("openapi:") || line.contains("\"openapi\""));
    if !says_so {
        return None;
    }
    let mut diagnostics = Diagnostics::default();
    let tree = load::load(path, &mut diagnostics)?.tree;
    tree.get("openapi")?;
    let name = path.strip_prefix(root).unwrap_or(path);
    Some(Document {
        name: name.to_string_lossy().into_owned(),
        // Small documents are taken more often than large ones, which cost more and are more of the same.
        weight: 1.0 / (tree.to_string().len() as f64).powf(0.75),
        tree,
    })
}

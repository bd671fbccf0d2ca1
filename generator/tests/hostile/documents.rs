//! The documents that hostile texts are put into, with settings.

use crate::common::shipped;
use sdk_generator::target::{Docs, Target};
use serde_json::Value;
use std::path::Path;

pub(crate) struct Document {
    pub(crate) name: &'static str,
    pub(crate) tree: Value,
    pub(crate) target: Target,
}

/// A document with everything once, and two like those that are shipped.
pub(crate) fn documents() -> Vec<Document> {
    let target = |name: &str| {
        let mut target =
            Target::read(&shipped().join(name).join("target.toml")).expect("a target file");
        // Examples are hand-written files and have nothing to do with the document.
        target.examples.files.clear();
        target
    };
    let read = |path: &Path| -> Value {
        let text = std::fs::read_to_string(path).expect("a document");
        serde_yaml::from_str(&text).expect("YAML")
    };
    let like_shipped = |name| Document {
        name,
        tree: read(&shipped().join(name).join("openapi.yaml")),
        target: target(name),
    };
    let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hostile/base.yaml");
    let front_matter = Target {
        docs: Docs {
            front_matter: target("sailpoint-v3").docs.front_matter,
            ..Docs::default()
        },
        ..Target::default()
    };
    vec![
        Document {
            name: "base",
            tree: read(&base),
            target: front_matter,
        },
        like_shipped("sailpoint-v3"),
        like_shipped("onelogin"),
    ]
}

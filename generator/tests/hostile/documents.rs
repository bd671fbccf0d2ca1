//! The documents that hostile texts are put into, with settings.

use crate::common::workspace;
use sdk_generator::pipeline;
use sdk_generator::target::{Docs, Target};
use serde_json::{Map, Value};
use std::collections::HashSet;
use std::path::Path;

pub(crate) struct Document {
    pub(crate) name: &'static str,
    pub(crate) tree: Value,
    pub(crate) target: Target,
}

/// A document with everything once, and a few operations of each of those that are shipped.
pub(crate) fn documents() -> Vec<Document> {
    let specs = workspace().join("specs");
    let target = |name: &str| {
        let mut target =
            Target::read(&specs.join(name).join("target.toml")).expect("a target file");
        // Examples are hand-written files and have nothing to do with the document; others speak of operations that are left out.
        target.examples.files.clear();
        target.docs.readme.clear();
        target.package.license_texts.clear();
        target.auth.scopes_of.clear();
        target
    };
    let shipped = |name, tags: &[&str]| Document {
        name,
        tree: part(&specs.join(name).join("openapi.yaml"), tags),
        target: target(name),
    };
    let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hostile/base.yaml");
    let text = std::fs::read_to_string(base).expect("a document");
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
            tree: serde_yaml::from_str(&text).expect("YAML"),
            target: front_matter,
        },
        shipped("sailpoint-v3", &["MFA Configuration"]),
        shipped("onelogin", &["OAuth2", "Multi Factor Authentication V1"]),
    ]
}

/// The operations of a document that have one of these tags, and the components that they need.
fn part(document: &Path, tags: &[&str]) -> Value {
    let mut tree = pipeline::load(document, &[]).value.expect("a document");
    let is_meant = |operation: &Value| {
        let tag = operation.pointer("/tags/0").and_then(Value::as_str);
        tag.is_none_or(|tag| tags.contains(&tag))
    };
    let paths = tree["paths"].as_object_mut().expect("paths");
    for item in paths.values_mut() {
        let item = item.as_object_mut().expect("a path");
        item.retain(|_, operation| is_meant(operation));
    }
    paths.retain(|_, item| item.as_object().is_some_and(|item| !item.is_empty()));
    let listed = tree["tags"].as_array_mut().expect("tags");
    listed.retain(|tag| {
        tag["name"]
            .as_str()
            .is_some_and(|name| tags.contains(&name))
    });
    let mut needed = HashSet::new();
    let mut todo = references(&tree["paths"]);
    while let Some(reference) = todo.pop() {
        let target = tree.pointer(reference.trim_start_matches('#'));
        let more = target.map(references).unwrap_or_default();
        if needed.insert(reference) {
            todo.extend(more);
        }
    }
    let components = tree["components"].as_object_mut().expect("components");
    for (section, members) in components {
        let members: &mut Map<String, Value> = members.as_object_mut().expect("a section");
        members.retain(|name, _| {
            section == "securitySchemes"
                || needed.contains(&format!("#/components/{section}/{name}"))
        });
    }
    tree
}

/// Every reference below a node.
fn references(node: &Value) -> Vec<String> {
    match node {
        Value::Object(members) => {
            let own = members.get("$ref").and_then(Value::as_str);
            let within = members.values().flat_map(references);
            within.chain(own.map(str::to_owned)).collect()
        }
        Value::Array(elements) => elements.iter().flat_map(references).collect(),
        _ => Vec::new(),
    }
}

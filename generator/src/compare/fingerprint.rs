//! Takes the schemas of a document and gives each a number that is the same for schemas that say the same.
//!
//! The members of a composition have no names of their own, so they are paired by what they say; and so are components that have
//! another name in the other document. A schema may contain itself, so "what it says" is taken step by step: at first the
//! keywords alone, then those of the schemas within, and so on to a depth at which a difference hardly hides. One that does is found all the
//! same, for what is paired is compared to its end.

use super::What;
use super::describe::Describer;
use super::item::{Body, Content, Item};
use crate::facts::{Document, SchemaId};
use serde_json::Value;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// How many schemas deep a fingerprint looks.
const DEPTH: usize = 6;

/// The fingerprint of each schema.
pub(super) type Fingerprints = HashMap<SchemaId, u64>;

/// What of a schema a fingerprint is made of.
struct Shape {
    /// The keywords.
    own: u64,
    /// Every schema within, with how it is used.
    within: Vec<(u64, Option<SchemaId>)>,
}

/// The fingerprints of all schemas of a document.
pub(super) fn fingerprints(document: &Document) -> Fingerprints {
    let none = Fingerprints::new();
    let describer = Describer::new(document, document, &none, None);
    let shapes: Vec<(SchemaId, Shape)> = document
        .schemas
        .iter()
        .map(|(id, schema)| (id, shape(&describer.schema(schema))))
        .collect();
    let mut prints: Fingerprints = shapes.iter().map(|(id, shape)| (*id, shape.own)).collect();
    for _ in 0..DEPTH {
        prints = shapes
            .iter()
            .map(|(id, shape)| (*id, step(shape, &prints)))
            .collect();
    }
    prints
}

fn shape(item: &Item<'_>) -> Shape {
    // Keywords and parts come in the order in which they are described, but properties in that of the document.
    let mut own: Vec<u64> = item
        .keywords
        .iter()
        .filter(|keyword| !keyword.is_text)
        .map(|keyword| match &keyword.content {
            Content::One(value) => hash(&(&keyword.keys, canonical(value))),
            Content::Set(values) => {
                let mut all: Vec<String> = values.iter().map(canonical).collect();
                all.sort_unstable();
                hash(&(&keyword.keys, all))
            }
        })
        .collect();
    own.sort_unstable();
    let within = item
        .parts
        .iter()
        .map(|part| {
            // What is paired by what it says must not be told apart by its name.
            let name = if part.what == What::Member {
                ""
            } else {
                part.name.as_str()
            };
            let schema = match part.body {
                Body::Schema(id) => Some(id),
                _ => None,
            };
            (hash(&(part.group, name)), schema)
        })
        .collect();
    Shape {
        own: hash(&own),
        within,
    }
}

/// What a thing says that refers to no schema.
pub(super) fn of_item(item: &Item<'_>) -> u64 {
    let mut parts: Vec<(u64, u64)> = item
        .parts
        .iter()
        .map(|part| {
            let within = match &part.body {
                Body::Item(item) => of_item(item),
                _ => 0,
            };
            (hash(&(part.group, &part.name)), within)
        })
        .collect();
    parts.sort_unstable();
    hash(&(shape(item).own, parts))
}

fn step(shape: &Shape, prints: &Fingerprints) -> u64 {
    let mut within: Vec<(u64, u64)> = shape
        .within
        .iter()
        .map(|(part, schema)| {
            let print = schema.and_then(|id| prints.get(&id)).copied();
            (*part, print.unwrap_or(0))
        })
        .collect();
    within.sort_unstable();
    hash(&(shape.own, within))
}

/// A value as a text in which the order of keys has no say.
pub(super) fn canonical(value: &Value) -> String {
    match value {
        Value::Object(members) => {
            let mut all: Vec<String> = members
                .iter()
                .map(|(key, member)| format!("{key:?}:{}", canonical(member)))
                .collect();
            all.sort_unstable();
            format!("{{{}}}", all.join(","))
        }
        Value::Array(elements) => {
            let all: Vec<String> = elements.iter().map(canonical).collect();
            format!("[{}]", all.join(","))
        }
        scalar => scalar.to_string(),
    }
}

/// A number that is the same in every run: nothing secret goes in.
fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

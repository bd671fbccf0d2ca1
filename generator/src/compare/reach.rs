//! Takes a document and tells what of it is used; takes some of its operations and gives the document that they make up.

use super::describe::Describer;
use super::fingerprint::Fingerprints;
use super::item::{Body, Item, Part, Section};
use crate::facts::{Document, Operation, PathItem, SchemaId};
use indexmap::IndexMap;
use std::collections::HashSet;

/// What operations and webhooks lead to.
#[derive(Debug, Default)]
pub(super) struct Reached<'d> {
    pub(super) schemas: HashSet<SchemaId>,
    pub(super) components: HashSet<(Section, &'d str)>,
}

/// What something of the document leads to.
pub(super) fn reached<'d>(describer: &Describer<'d>) -> Reached<'d> {
    let mut reached = Reached::default();
    let mut waiting = vec![describer.whole()];
    while let Some(item) = waiting.pop() {
        collect(describer, item, &mut reached, &mut waiting);
    }
    reached
}

fn collect<'d>(
    describer: &Describer<'d>,
    item: Item<'d>,
    reached: &mut Reached<'d>,
    waiting: &mut Vec<Item<'d>>,
) {
    for Part { body, .. } in item.parts {
        match body {
            Body::Item(item) => waiting.push(*item),
            Body::Operation(path, operation) => {
                waiting.push(describer.operation(path, operation));
            }
            Body::Component(section, name) => {
                if reached.components.insert((section, name)) {
                    waiting.extend(describer.component(section, name));
                }
            }
            Body::Schema(id) => {
                schema(describer, id, reached, waiting);
            }
            Body::Lost(_) => {}
        }
    }
}

fn schema<'d>(
    describer: &Describer<'d>,
    id: SchemaId,
    reached: &mut Reached<'d>,
    waiting: &mut Vec<Item<'d>>,
) {
    let mut next = vec![id];
    while let Some(id) = next.pop() {
        let Some(schema) = describer.document.schemas.get(id) else {
            continue;
        };
        if !reached.schemas.insert(id) {
            continue;
        }
        waiting.push(describer.schema(schema));
        // A mapping leads to schemas as a reference does.
        let mapping = schema.discriminator.iter();
        next.extend(
            mapping
                .flat_map(|discriminator| discriminator.mapping.values())
                .filter_map(|text| {
                    let name = text.rsplit('/').next()?;
                    describer.document.components.schemas.get(name)?.schema
                }),
        );
    }
}

/// Leaves of a document only the operations that `keep` wants, and of its components and tags only what these use.
pub fn restrict(document: &mut Document, keep: impl Fn(&PathItem, &Operation) -> bool) {
    for path in &mut document.paths {
        let mut operations = std::mem::take(&mut path.operations);
        operations.retain(|operation| keep(path, operation));
        path.operations = operations;
    }
    document.paths.retain(|path| !path.operations.is_empty());
    document.webhooks.clear();
    let tags: HashSet<&str> = document
        .paths
        .iter()
        .flat_map(|path| &path.operations)
        .flat_map(|operation| operation.tags.iter().map(String::as_str))
        .collect();
    let mut used: HashSet<String> = tags.into_iter().map(str::to_owned).collect();
    document.tags.retain(|tag| used.remove(&tag.name));
    let none = Fingerprints::new();
    let describer = Describer::new(document, document, &none, None);
    let reached = reached(&describer);
    let schemas: HashSet<String> = describer
        .own_schemas()
        .into_iter()
        .filter(|(_, id)| !reached.schemas.contains(id))
        .map(|(name, _)| name.to_owned())
        .collect();
    let unused: HashSet<(Section, String)> = Section::ALL
        .into_iter()
        .flat_map(|section| {
            let names = describer.names(section).into_iter();
            names.map(move |name| (section, name))
        })
        .filter(|one| !reached.components.contains(one))
        .map(|(section, name)| (section, name.to_owned()))
        .collect();
    let all = &mut document.components;
    all.schemas.retain(|name, _| !schemas.contains(name));
    drop_unused(&mut all.responses, Section::Responses, &unused);
    drop_unused(&mut all.parameters, Section::Parameters, &unused);
    drop_unused(&mut all.request_bodies, Section::RequestBodies, &unused);
    drop_unused(&mut all.headers, Section::Headers, &unused);
    drop_unused(&mut all.security_schemes, Section::SecuritySchemes, &unused);
    drop_unused(&mut all.links, Section::Links, &unused);
    drop_unused(&mut all.callbacks, Section::Callbacks, &unused);
    drop_unused(&mut all.path_items, Section::PathItems, &unused);
}

fn drop_unused<T>(
    components: &mut IndexMap<String, T>,
    section: Section,
    unused: &HashSet<(Section, String)>,
) {
    components.retain(|name, _| !unused.contains(&(section, name.clone())));
}

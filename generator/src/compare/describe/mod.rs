//! Tells what each kind of thing says, as an [`Item`]: takes facts, gives keywords and parts.
//!
//! What says the same gives the same item: what is left out and its default are one, and so is what stands at a path and at each of its operations.

mod head;
mod operation;
mod schema;
mod security;
mod wire;

pub(super) use head::nameless;
pub(super) use security::scheme_names;

use super::fingerprint::Fingerprints;
use super::item::{Body, Item, Section};
use crate::facts::{Document, SchemaId, Use};
use indexmap::IndexMap;
use serde_json::{Map, Value};
use std::collections::HashMap;

/// The names of security schemes of the new document, with the name that each has in the old one.
pub(super) type SchemeNames<'d> = HashMap<&'d str, &'d str>;

/// Tells what the things of one document say.
pub(super) struct Describer<'d> {
    pub(super) document: &'d Document,
    /// The document that it is compared with: a name that both know is not a new name for something.
    other: &'d Document,
    pub(super) prints: &'d Fingerprints,
    scheme_names: Option<&'d SchemeNames<'d>>,
    /// Whether texts count, so that a schema which only puts texts beside another is a thing of its own.
    texts: bool,
}

impl<'d> Describer<'d> {
    pub(super) fn new(
        document: &'d Document,
        other: &'d Document,
        prints: &'d Fingerprints,
        scheme_names: Option<&'d SchemeNames<'d>>,
    ) -> Self {
        Self {
            document,
            other,
            prints,
            scheme_names,
            texts: false,
        }
    }

    /// The same, for a comparison in which texts count.
    pub(super) fn with_texts(self, texts: bool) -> Self {
        Self { texts, ..self }
    }

    /// Whether the other document has a schema of this name.
    pub(super) fn is_shared_name(&self, component: &str) -> bool {
        self.other.components.schemas.contains_key(component)
    }

    /// What a component says; `None` when there is none of this name, or it is itself a reference.
    pub(super) fn component(&self, section: Section, name: &str) -> Option<Item<'d>> {
        let all = &self.document.components;
        Some(match section {
            Section::Responses => self.response(all.responses.get(name)?.as_inline()?),
            Section::Parameters => self.parameter(all.parameters.get(name)?.as_inline()?),
            Section::RequestBodies => self.request_body(all.request_bodies.get(name)?.as_inline()?),
            Section::Headers => self.header(all.headers.get(name)?.as_inline()?),
            Section::SecuritySchemes => {
                self.security_scheme(all.security_schemes.get(name)?.as_inline()?)
            }
            Section::Links => self.link(all.links.get(name)?.as_inline()?),
            Section::Callbacks => self.callback(all.callbacks.get(name)?.as_inline()?),
            Section::PathItems => self.path_item(all.path_items.get(name)?.as_inline()?),
        })
    }

    /// The names of the components of a section that are no references to others.
    pub(super) fn names(&self, section: Section) -> Vec<&'d str> {
        let all = &self.document.components;
        match section {
            Section::Responses => own_names(&all.responses),
            Section::Parameters => own_names(&all.parameters),
            Section::RequestBodies => own_names(&all.request_bodies),
            Section::Headers => own_names(&all.headers),
            Section::SecuritySchemes => own_names(&all.security_schemes),
            Section::Links => own_names(&all.links),
            Section::Callbacks => own_names(&all.callbacks),
            Section::PathItems => own_names(&all.path_items),
        }
    }

    /// The components that are schemas and no references to others.
    pub(super) fn own_schemas(&self) -> IndexMap<&'d str, SchemaId> {
        let all = self.document.components.schemas.iter();
        all.filter_map(|(name, used)| Some((name.as_str(), used.inline()?)))
            .collect()
    }

    /// What stands where a thing is used.
    fn used<T>(
        section: Section,
        item: &'d Use<T>,
        describe: impl FnOnce(&'d T) -> Item<'d>,
    ) -> Body<'d> {
        match item {
            Use::Inline(item) => Body::Item(Box::new(describe(item))),
            Use::Reference(reference) => match &reference.component {
                Some(name) => Body::Component(section, name),
                None => Body::Lost(&reference.text),
            },
        }
    }
}

fn own_names<T>(section: &IndexMap<String, Use<T>>) -> Vec<&str> {
    let own = section.iter().filter(|(_, one)| one.as_inline().is_some());
    own.map(|(name, _)| name.as_str()).collect()
}

/// Texts as values.
fn values<'t>(texts: impl IntoIterator<Item = &'t String>) -> impl Iterator<Item = Value> {
    texts
        .into_iter()
        .map(|text| Value::from(text.as_str()))
        .collect::<Vec<_>>()
        .into_iter()
}

/// An object of the members that have a value.
fn object<const N: usize>(members: [(&str, Option<Value>); N]) -> Value {
    let present = members
        .into_iter()
        .filter_map(|(key, value)| Some((key.to_owned(), value?)));
    Value::Object(present.collect::<Map<_, _>>())
}

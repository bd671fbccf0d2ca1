//! Takes the names of all components, tells which component a reference means.

use crate::facts::SchemaId;
use crate::pointer;
use openapiv3::ReferenceOr;
use serde_json::Value;
use std::collections::HashMap;

/// How many references may lead from one component to the next; the load phase has already refused circles.
const MAX_CHAIN: usize = 64;

/// What stands behind the name of a component.
enum Behind {
    /// The thing itself.
    Item,
    /// Another component.
    Reference(String),
}

/// The components by section and name.
#[derive(Default)]
pub(super) struct Names {
    sections: HashMap<&'static str, HashMap<String, Behind>>,
    /// The schemas that are components and no references.
    schemas: HashMap<String, SchemaId>,
}

impl Names {
    /// Takes down the names of a section.
    pub(super) fn add<'c, T: 'c>(
        &mut self,
        section: &'static str,
        items: impl IntoIterator<Item = (&'c String, &'c ReferenceOr<T>)>,
    ) {
        let items = items.into_iter().map(|(name, item)| {
            let behind = match item {
                ReferenceOr::Item(_) => Behind::Item,
                ReferenceOr::Reference { reference } => Behind::Reference(reference.clone()),
            };
            (name.clone(), behind)
        });
        self.sections.insert(section, items.collect());
    }

    /// The same, of a section that the parser has no room for.
    pub(super) fn add_values<'c>(
        &mut self,
        section: &'static str,
        items: impl IntoIterator<Item = (&'c String, &'c Value)>,
    ) {
        let items = items.into_iter().map(|(name, item)| {
            let behind = match item.get("$ref").and_then(Value::as_str) {
                Some(reference) => Behind::Reference(reference.to_owned()),
                None => Behind::Item,
            };
            (name.clone(), behind)
        });
        self.sections.insert(section, items.collect());
    }

    pub(super) fn add_schema(&mut self, name: &str, id: SchemaId) {
        self.schemas.insert(name.to_owned(), id);
    }

    /// The component that a reference leads to in the end.
    pub(super) fn find(&self, section: &str, reference: &str) -> Option<&str> {
        let components = self.sections.get(section)?;
        let mut reference = reference;
        for _ in 0..MAX_CHAIN {
            let name = component_name(reference, section)?;
            match components.get_key_value(name.as_str())? {
                (name, Behind::Item) => return Some(name),
                (_, Behind::Reference(next)) => reference = next,
            }
        }
        None
    }

    /// The schema that a reference leads to in the end.
    pub(super) fn schema(&self, reference: &str) -> Option<SchemaId> {
        let name = self.find("schemas", reference)?;
        self.schemas.get(name).copied()
    }
}

/// The name of a component in a reference such as `#/components/schemas/Pet`.
fn component_name(reference: &str, section: &str) -> Option<String> {
    let name = reference
        .strip_prefix("#/components/")?
        .strip_prefix(section)?
        .strip_prefix('/')?;
    (!name.contains('/')).then(|| pointer::unescape(name))
}

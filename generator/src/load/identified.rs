//! Takes the tree of one file and gives the places of the schemas in it that have a name of their own: an `$anchor` or an `$id`
//! (JSON Schema 2020-12, sections 8.2.1 and 8.2.2), which OpenAPI 3.1 allows a reference to use in the place of a pointer.

use super::place_kind::PlaceKind;
use crate::grammar::ObjectKind;
use crate::pointer::JsonPointer;
use crate::source::Trail;
use serde_json::Value;
use std::collections::HashMap;

/// The named schemas of a file.
#[derive(Debug, Default)]
pub(super) struct Identified {
    /// By the text of `$anchor`.
    pub(super) anchors: HashMap<String, JsonPointer>,
    /// By the text of `$id`, without an empty fragment.
    ids: HashMap<String, JsonPointer>,
}

impl Identified {
    /// Gathers the names. Of two equal ones the first counts.
    pub(super) fn of(tree: &Value) -> Self {
        let mut found = Self::default();
        let kind = if tree.get("openapi").is_some() {
            PlaceKind::Object(ObjectKind::Document)
        } else {
            PlaceKind::Object(ObjectKind::Schema)
        };
        found.gather(tree, kind, Trail::ROOT);
        found
    }

    /// The schema that calls itself `id`: by the same text, or, since an `$id` is often absolute and a reference to it relative, by
    /// its last steps.
    pub(super) fn find(&self, id: &str) -> Option<JsonPointer> {
        if self.ids.is_empty() {
            return None;
        }
        let steps = id.trim_start_matches("./");
        self.ids
            .get(id)
            .or_else(|| {
                let mut ends: Vec<_> = self
                    .ids
                    .iter()
                    .filter(|(known, _)| {
                        known
                            .strip_suffix(steps)
                            .is_some_and(|rest| rest.ends_with('/'))
                    })
                    .collect();
                ends.sort();
                ends.first().map(|(_, pointer)| *pointer)
            })
            .cloned()
    }

    fn gather(&mut self, node: &Value, kind: PlaceKind, trail: Trail<'_>) {
        match node {
            Value::Object(members) => {
                if kind == PlaceKind::Object(ObjectKind::Schema) {
                    let text = |key: &str| members.get(key).and_then(Value::as_str);
                    if let Some(anchor) = text("$anchor").or_else(|| text("$dynamicAnchor")) {
                        self.anchors
                            .entry(anchor.to_owned())
                            .or_insert_with(|| trail.pointer());
                    }
                    if let Some(id) = text("$id") {
                        self.ids
                            .entry(id.trim_end_matches('#').to_owned())
                            .or_insert_with(|| trail.pointer());
                    }
                }
                for (key, member) in members {
                    let below = kind.member(key);
                    if below != PlaceKind::Data {
                        self.gather(member, below, trail.key(key));
                    }
                }
            }
            Value::Array(elements) => {
                for (index, element) in elements.iter().enumerate() {
                    self.gather(element, kind.element(), trail.index(index));
                }
            }
            _ => {}
        }
    }
}

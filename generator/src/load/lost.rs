//! Takes a reference that leads nowhere and gives what is left in its place: as little as possible is lost with it.

use super::fault;
use super::place_kind::PlaceKind;
use super::resolve::{RefError, RefTarget, lookup};
use super::tie::{CopySite, Tie};
use crate::diagnostics::Diagnostic;
use crate::grammar::{ObjectKind, Section};
use crate::source::Trail;
use serde_json::{Map, Value};

/// What is left at the place of a lost reference.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Remains {
    /// What stands beside the reference, which may be nothing.
    Siblings,
    /// An operation: it stays, with what stands beside the reference, for an operation that is there can be called.
    Operation,
    /// Nothing: half a parameter or response is worth less than none.
    Nothing,
}

impl Remains {
    fn of(kind: PlaceKind) -> Self {
        match kind {
            PlaceKind::Object(ObjectKind::Operation) => Self::Operation,
            PlaceKind::Object(
                ObjectKind::Schema
                | ObjectKind::PathItem
                | ObjectKind::MediaType
                | ObjectKind::Components
                | ObjectKind::Responses,
            )
            | PlaceKind::Plain
            | PlaceKind::ExtensibleMap(_) => Self::Siblings,
            _ => Self::Nothing,
        }
    }

    /// What happens to the place, as a clause.
    fn effect(self, kind: PlaceKind) -> &'static str {
        match self {
            Self::Siblings if kind == PlaceKind::Object(ObjectKind::Schema) => {
                "the schema is taken to allow anything"
            }
            Self::Siblings => "only the keys beside it are kept",
            Self::Operation => "the operation is kept, without its parameters and responses",
            Self::Nothing => "it is left out",
        }
    }
}

impl Tie<'_> {
    /// Reports the reference `text`, and copies what is left of the object that holds it.
    pub(super) fn copy_lost(
        &mut self,
        error: RefError,
        text: &str,
        members: &Map<String, Value>,
        kind: PlaceKind,
        trail: Trail<'_>,
        site: &CopySite,
    ) -> Option<Value> {
        let remains = Remains::of(kind);
        let at = trail.key("$ref").below(&site.merged);
        self.report_lost(error.diagnostic(text, at, remains.effect(kind)));
        if remains == Remains::Nothing {
            return None;
        }
        let mut left = Map::new();
        self.copy_siblings(&mut left, members, kind, trail, site);
        if remains == Remains::Operation && !left.contains_key("responses") {
            left.insert("responses".to_owned(), Value::Object(Map::new()));
        }
        Some(Value::Object(left))
    }

    /// Pushes a diagnostic about a reference, up to [`fault::MAX_REFERENCES`] of them.
    ///
    /// Its line is looked up at once: when its place is left out of a list, the next element will have its pointer.
    pub(super) fn report_lost(&mut self, mut diagnostic: Diagnostic) {
        if self.reported < fault::MAX_REFERENCES {
            let sources = &self.resolver.library.sources;
            diagnostic.position = sources.locate(&diagnostic.pointer);
            self.diagnostics.push(diagnostic);
        }
        self.reported = self.reported.saturating_add(1);
    }

    /// The component of the root document that the bare word `text` names. Documents that were converted from older formats
    /// write `$ref: Pet`.
    pub(super) fn component_called(&self, section: Section, text: &str) -> Option<RefTarget> {
        let target = RefTarget {
            file: self.root,
            pointer: section.component(text),
        };
        let file = self.resolver.library.file(self.root)?;
        lookup(&file.tree, &target.pointer).map(|_| target)
    }
}

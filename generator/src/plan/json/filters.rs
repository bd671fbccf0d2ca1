//! What can be filtered and ordered by, of the arguments of an operation.

use super::Printer;
use crate::plan::model::{
    Combination, Filter, FilterField, FilterOperator, RustIdent, Sort, SortField, WireName,
};
use crate::pointer::JsonPointer;
use crate::source::Position;
use serde::Serialize;

/// A filter.
#[derive(Debug, Serialize)]
pub(super) struct FilterJson<'p> {
    /// The type that has a function for each field.
    name: &'p str,
    combine: Vec<&'static str>,
    fields: Vec<FieldJson<'p>>,
    pointer: &'p str,
    source: Option<Position>,
}

/// A field of a filter.
#[derive(Debug, Serialize)]
struct FieldJson<'p> {
    #[serde(flatten)]
    named: NamedJson<'p>,
    kind: &'static str,
    reason: String,
    /// Where the property stands that the kind is from.
    property: Option<&'p str>,
    operators: Vec<&'static str>,
}

/// What is ordered by.
#[derive(Debug, Serialize)]
pub(super) struct SortJson<'p> {
    /// The type that has a function for each field.
    name: &'p str,
    fields: Vec<NamedJson<'p>>,
    pointer: &'p str,
    source: Option<Position>,
}

/// A field, and the function that stands for it.
#[derive(Debug, Serialize)]
struct NamedJson<'p> {
    wire: &'p str,
    ident: String,
    name_reason: String,
    pointer: &'p str,
    source: Option<Position>,
}

impl<'p> Printer<'p, '_> {
    pub(super) fn filter(&self, filter: &'p Filter) -> FilterJson<'p> {
        FilterJson {
            name: filter.ident.word(),
            combine: filter
                .combine
                .iter()
                .copied()
                .map(Combination::word)
                .collect(),
            fields: filter
                .fields
                .iter()
                .map(|field| self.filter_field(field))
                .collect(),
            pointer: filter.pointer.as_str(),
            source: self.locate(&filter.pointer),
        }
    }

    fn filter_field(&self, field: &'p FilterField) -> FieldJson<'p> {
        let operators = field.operators.iter().copied();
        FieldJson {
            named: self.named(&field.wire, &field.ident, &field.pointer),
            kind: field.kind.key(),
            reason: field.reason.to_string(),
            property: field.reason.property().map(|pointer| pointer.as_str()),
            operators: operators.map(FilterOperator::word).collect(),
        }
    }

    fn named(
        &self,
        wire: &'p WireName,
        ident: &RustIdent,
        pointer: &'p JsonPointer,
    ) -> NamedJson<'p> {
        NamedJson {
            wire: wire.as_str(),
            ident: ident.to_string(),
            name_reason: ident.reasons().to_string(),
            pointer: pointer.as_str(),
            source: self.locate(pointer),
        }
    }

    pub(super) fn sort(&self, sort: &'p Sort) -> SortJson<'p> {
        let named = |field: &'p SortField| self.named(&field.wire, &field.ident, &field.pointer);
        SortJson {
            name: sort.ident.word(),
            fields: sort.fields.iter().map(named).collect(),
            pointer: sort.pointer.as_str(),
            source: self.locate(&sort.pointer),
        }
    }
}

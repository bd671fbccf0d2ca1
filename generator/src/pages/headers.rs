//! `src/headers.rs`: each set of headers that answers declare once, as a struct that is read from an answer's headers.

use super::rust::{TypePlace, cfg, macro_call, type_text};
use crate::plan::Plan;
use crate::plan::model::{HeaderField, HeaderSet, TagId};
use crate::prose::{DocStyle, code, doc_comment};
use crate::tokens;
use serde::Serialize;
use std::collections::BTreeSet;

#[derive(Serialize)]
pub(super) struct HeadersFile {
    sets: Vec<SetView>,
}

#[derive(Serialize)]
struct SetView {
    docs: String,
    cfg: String,
    ident: String,
    fields: Vec<FieldView>,
    /// The call of the macro that reads them.
    call: String,
}

#[derive(Serialize)]
struct FieldView {
    docs: String,
    ident: String,
    ty: String,
}

/// Every set.
pub(super) fn headers(plan: &Plan) -> HeadersFile {
    let sets = plan.api.header_sets.iter();
    HeadersFile {
        sets: sets.map(|set| set_view(plan, set)).collect(),
    }
}

fn set_view(plan: &Plan, set: &HeaderSet) -> SetView {
    let operations = || set.operations.iter().map(|id| &plan.api[*id]);
    let tags: BTreeSet<TagId> = operations().map(|operation| operation.tag).collect();
    let whose = match operations().next().filter(|_| set.operations.len() == 1) {
        Some(operation) => code(&operation.label()),
        None => "many operations".to_owned(),
    };
    let members = set.fields.iter();
    let members: Vec<String> = members
        .map(|field| format!("{}: {}", field.ident, tokens::string(&field.name)))
        .collect();
    SetView {
        docs: doc_comment(
            &format!(
                "The headers of an answer to {whose}; `None` where one is missing, or does not have what it should."
            ),
            DocStyle::Outer,
        ),
        cfg: cfg(&plan.gate(&tags)),
        ident: set.ident.to_string(),
        fields: set
            .fields
            .iter()
            .map(|field| field_view(plan, field))
            .collect(),
        call: macro_call(&format!("headers!({}", set.ident), &members, ")".to_owned()),
    }
}

fn field_view(plan: &Plan, field: &HeaderField) -> FieldView {
    FieldView {
        docs: match &field.description {
            Some(about) => doc_comment(about, DocStyle::Outer),
            None => doc_comment(&format!("{}.", code(&field.name)), DocStyle::Outer),
        },
        ident: field.ident.to_string(),
        ty: type_text(plan, &field.ty, TypePlace::Anywhere),
    }
}

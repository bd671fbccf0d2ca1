//! The struct of the headers that the answers of an operation declare, as it is emitted beside the operation's method.

use super::rust::{TypePlace, macro_call, own_docs, type_text};
use crate::plan::Plan;
use crate::plan::model::{Operation, Tag};
use crate::prose::{code, to_line};
use crate::tokens;
use serde::Serialize;

/// The struct of an operation's answer headers, as the template has it.
#[derive(Serialize)]
pub(super) struct HeadersView {
    docs: String,
    ident: String,
    fields: Vec<HeaderView>,
    /// The call of the macro that reads them.
    call: String,
}

#[derive(Serialize)]
struct HeaderView {
    docs: String,
    ident: String,
    ty: String,
}

/// The struct of the headers that an operation's answers declare.
pub(super) fn headers_view(plan: &Plan, operation: &Operation, tag: &Tag) -> Option<HeadersView> {
    let headers = operation.headers.as_ref()?;
    let fields = headers.fields.iter().map(|(ident, name)| HeaderView {
        docs: own_docs(&match operation.header_description(name) {
            Some(about) => to_line(about),
            None => format!("{}.", code(name)),
        }),
        ident: ident.to_string(),
        ty: type_text(plan, &operation.header_type(name), TypePlace::Crate),
    });
    let members = headers.fields.iter();
    let members: Vec<String> = members
        .map(|(ident, name)| format!("{ident}: {}", tokens::string(name)))
        .collect();
    Some(HeadersView {
        docs: own_docs(&format!(
            "The headers of an answer to [`{}::{}`]; `None` where one is missing, or does not have what it should.",
            tag.api.word(),
            operation.ident.word()
        )),
        ident: headers.ident.to_string(),
        fields: fields.collect(),
        call: macro_call(
            &format!("headers!({}", headers.ident),
            &members,
            ")".to_owned(),
        ),
    })
}

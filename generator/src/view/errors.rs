//! `src/error.rs`: each set of error answers once.

use super::types::Site;
use super::{Context, cfg};
use crate::ir::{Encoding, ErrorSet, Status};
use crate::prose::{DocStyle, doc_comment};
use serde::Serialize;
use std::collections::BTreeSet;

#[derive(Serialize)]
pub(super) struct Errors {
    uses_models: bool,
    sets: Vec<SetView>,
    /// Whether the shared set is empty, so that the runtime's own stands in for it.
    none_shared: bool,
}

#[derive(Serialize)]
struct SetView {
    docs: String,
    cfg: String,
    ident: String,
    answers: Vec<AnswerView>,
    has_default: bool,
}

#[derive(Serialize)]
struct AnswerView {
    docs: String,
    ident: String,
    ty: String,
    /// What a `match` on the status has for it.
    pattern: String,
    read: &'static str,
}

/// Every set.
pub(super) fn errors(context: &Context<'_>) -> Errors {
    let sets: Vec<SetView> = context
        .api
        .error_sets
        .iter()
        .filter(|set| !(set.answers.is_empty() && set.owner.is_none()))
        .map(|set| set_view(context, set))
        .collect();
    Errors {
        uses_models: sets.iter().flat_map(|set| &set.answers).any(|answer| answer.ty.contains("models::")),
        none_shared: context.api.error_sets.first().is_none_or(|set| set.answers.is_empty()),
        sets,
    }
}

fn set_view(context: &Context<'_>, set: &ErrorSet) -> SetView {
    let (ident, docs, tags) = match set.owner {
        None => (
            "ErrorBody".to_owned(),
            "What the server says when it refuses a request, by status.".to_owned(),
            BTreeSet::new(),
        ),
        Some(owner) => {
            let label = context.api.operations.get(owner.0).map_or_else(String::new, |operation| operation.label());
            let ident = context.names.error_set(owner);
            let tags = context
                .api
                .operations
                .iter()
                .filter(|operation| context.error_type(operation) == ident)
                .map(|operation| operation.tag)
                .collect();
            let docs = format!("What the server says when it refuses {}, by status.", crate::prose::code(&label));
            (ident, docs, tags)
        }
    };
    SetView {
        docs: doc_comment(&docs, DocStyle::Outer),
        cfg: cfg(context, &tags),
        ident,
        has_default: set.answers.contains_key(&Status::Default),
        answers: set
            .answers
            .iter()
            .map(|(status, encoding)| AnswerView {
                docs: doc_comment(&format!("{}.", meaning(*status)), DocStyle::Outer),
                ident: variant(*status),
                ty: context.body_type(Some(encoding), Site::Crate),
                pattern: pattern(*status),
                read: if matches!(encoding, Encoding::Text) { "text" } else { "json" },
            })
            .collect(),
    }
}

fn pattern(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(start) => format!("{start}..={}", start + 99),
        Status::Default => "_".to_owned(),
    }
}

fn meaning(status: Status) -> String {
    match status {
        Status::Code(code) => match reason(code) {
            Some(reason) => format!("{code} {reason}"),
            None => code.to_string(),
        },
        Status::Range(_) => format!("Any other {status}"),
        Status::Default => "Any other status".to_owned(),
    }
}

/// The name of a status as an enum variant, and as tests call its body.
pub(super) fn variant(status: Status) -> String {
    match status {
        Status::Code(code) => match reason(code) {
            Some(reason) => reason.split([' ', '-', '\'']).collect(),
            None => format!("Status{code}"),
        },
        Status::Range(400) => "ClientError".to_owned(),
        Status::Range(500) => "ServerError".to_owned(),
        Status::Range(start) => format!("Status{}xx", start / 100),
        Status::Default => "Other".to_owned(),
    }
}

/// Reason phrases of the IANA HTTP status code registry.
fn reason(code: u16) -> Option<&'static str> {
    Some(match code {
        400 => "Bad Request",
        401 => "Unauthorized",
        402 => "Payment Required",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        406 => "Not Acceptable",
        407 => "Proxy Authentication Required",
        408 => "Request Timeout",
        409 => "Conflict",
        410 => "Gone",
        411 => "Length Required",
        412 => "Precondition Failed",
        413 => "Content Too Large",
        414 => "Uri Too Long",
        415 => "Unsupported Media Type",
        416 => "Range Not Satisfiable",
        417 => "Expectation Failed",
        421 => "Misdirected Request",
        422 => "Unprocessable Content",
        423 => "Locked",
        424 => "Failed Dependency",
        425 => "Too Early",
        426 => "Upgrade Required",
        428 => "Precondition Required",
        429 => "Too Many Requests",
        431 => "Request Header Fields Too Large",
        451 => "Unavailable For Legal Reasons",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        505 => "Http Version Not Supported",
        507 => "Insufficient Storage",
        508 => "Loop Detected",
        511 => "Network Authentication Required",
        _ => return None,
    })
}

//! What rustdoc shows of a method below its own words: a file of markdown beside the source, `src/api/<group>/<method>.md`.
//!
//! It takes an operation and gives what it answers, what it refuses with, and an example. A method thus has all of it where it is
//! looked up, while its source stays as short as what it does. The examples are compiled with the crate's doctests.

use super::docs::Example;
use super::filters::{self, ExpressionView};
use super::rust::{TypePlace, type_text};
use super::security::{needed, rights};
use super::{jobs, paging};
use crate::plan::Plan;
use crate::plan::model::{Content, Encoding, Operation, Outcome, Pieces, Response, Tag};
use crate::plan::rust::{RustType, body_type, rust_type};
use crate::prose::{code, to_line};
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct MethodPage {
    /// What callers would not expect.
    notes: Vec<String>,
    expressions: Vec<ExpressionView>,
    answers: Vec<String>,
    errors: Vec<String>,
    example: Example,
}

/// Where the page of a method stands, from the folder of its group's module on.
pub(super) fn method_path(operation: &Operation, tag: &Tag) -> String {
    format!("{}/{}.md", tag.module.word(), operation.ident.word())
}

/// The page of a method.
pub(super) fn method_page(plan: &Plan, operation: &Operation, example: Example) -> MethodPage {
    let listed = |success: bool| {
        let responses = operation.responses.iter();
        let responses = responses.filter(move |response| response.status.is_success() == success);
        responses
            .map(|response| response_line(plan, response))
            .collect()
    };
    MethodPage {
        notes: needed(&plan.alternatives(operation))
            .into_iter()
            .chain(rights(plan, operation))
            .chain(paging::note(operation))
            .chain(jobs::note(operation))
            .chain(notes(plan, operation))
            .collect(),
        expressions: filters::views(operation, plan.tag(operation.tag), true),
        answers: listed(true),
        errors: listed(false),
        example,
    }
}

/// A response in a line: its status, the type of its body, and when it is given.
fn response_line(plan: &Plan, response: &Response) -> String {
    let body = response.content.as_ref();
    let body = body.map(|content| format!(", {}", body_link(plan, content)));
    let when = Some(to_line(&response.description)).filter(|when| !when.is_empty());
    format!(
        "{}{}{}",
        response.status,
        body.unwrap_or_default(),
        when.map(|when| format!(": {when}")).unwrap_or_default()
    )
}

/// The type of a body, linked to the model at its heart.
fn body_link(plan: &Plan, content: &Content) -> String {
    let (declared, model) = match &content.encoding {
        Encoding::Json(ty) | Encoding::Form(ty) | Encoding::Multipart(ty) => {
            (rust_type(ty), ty.named().first().copied())
        }
        other => (body_type(other), None),
    };
    let text = code(&type_text(plan, &declared, TypePlace::Crate));
    match model {
        Some(id) => {
            let path = type_text(plan, &RustType::Model(id), TypePlace::Crate);
            format!("[{text}](crate::{path})")
        }
        None => text,
    }
}

/// What callers would not expect of an operation's bodies.
fn notes(plan: &Plan, operation: &Operation) -> Vec<String> {
    let list = |media_types: &[String]| {
        let names: Vec<String> = media_types.iter().map(|name| code(name)).collect();
        names.join(", ")
    };
    let mut notes = Vec::new();
    let range = operation
        .body
        .as_ref()
        .and_then(|body| body.content.sent_range());
    if let Some(range) = range {
        notes.push(format!(
            "The body may be of any media type of {}: `Body::with_media_type` says which.",
            code(range)
        ));
    }
    if let Some(body) = operation
        .body
        .as_ref()
        .filter(|body| !body.others.is_empty())
    {
        let way = match body.content.encoding {
            Encoding::Bytes => "`Body::with_media_type` says so",
            _ => "`raw_body` sends it",
        };
        notes.push(format!("Also takes {}: {way}.", list(&body.others)));
    }
    let sent = operation.body.as_ref();
    if sent.and_then(|body| body.content.pieces()) == Some(Pieces::Lines) {
        notes.push("`Body::json_lines` makes a body of values, one a line.".to_owned());
    }
    let success = operation.success();
    if let Some(success) = success.filter(|response| !response.others.is_empty()) {
        notes.push(format!(
            "Also answers {}: `accept` asks for it and gives its bytes.",
            list(&success.others)
        ));
    } else if let Outcome::One(Encoding::Bytes) | Outcome::Optional(Encoding::Bytes) =
        operation.outcome()
    {
        let pieces = success.and_then(|response| response.content.as_ref()?.pieces());
        let note = match pieces {
            Some(Pieces::Events) => {
                "`send_stream` reads the answer as it comes, `Download::events` its events."
            }
            Some(Pieces::Lines) => {
                "`send_stream` reads the answer as it comes, `Download::json_lines` its values."
            }
            None => "`send_stream` reads the answer in chunks.",
        };
        notes.push(note.to_owned());
    }
    if let Some(set) = plan.api.header_set(operation) {
        let name = set.ident.word();
        notes.push(format!(
            "[`{name}::from(response.headers())`](crate::headers::{name}) reads the headers of the answer that `send` gives."
        ));
    }
    notes
}

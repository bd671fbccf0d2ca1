//! `src/api/`: a file for each tag, with a method for each operation.

use super::errors::{AnswerView, success_answers};
use super::operations::{Input, has_setters, words};
use super::types::Site;
use super::{Context, Draft, Kind, cfg};
use crate::ir::{Encoding, Operation, OperationId, Outcome, Tag, TagId};
use crate::name::TagNames;
use crate::prose::{DocStyle, code, doc_comment, to_line};
use crate::tokens;
use serde::Serialize;
use std::collections::BTreeSet;

#[derive(Serialize)]
struct ApiModule {
    files: Vec<FileEntry>,
}

#[derive(Serialize)]
struct FileEntry {
    module: String,
    cfg: String,
}

#[derive(Serialize)]
struct ApiFile {
    docs: String,
    uses: Vec<String>,
    struct_docs: String,
    ident: String,
    operations: Vec<OperationView>,
}

#[derive(Serialize)]
struct OperationView {
    docs: String,
    attributes: Vec<String>,
    ident: String,
    arguments: Vec<ArgumentView>,
    returns: String,
    method: &'static str,
    /// The path, as a literal.
    path: String,
    /// The calls that make the request.
    calls: Vec<String>,
    /// Its request type, if it has one.
    request: Option<RequestView>,
    /// The enum of its answers, if they differ by status.
    response: Option<ResponseView>,
}

#[derive(Serialize)]
struct ResponseView {
    docs: String,
    ident: String,
    answers: Vec<AnswerView>,
    /// The arms of the `match` on the status.
    arms: Vec<String>,
}

#[derive(Serialize)]
struct ArgumentView {
    ident: String,
    ty: String,
}

#[derive(Serialize)]
struct RequestView {
    docs: String,
    ident: String,
    output: String,
    error: String,
    setters: Vec<SetterView>,
}

#[derive(Serialize)]
struct SetterView {
    docs: String,
    ident: String,
    ty: String,
    call: String,
}

/// One page for each tag, and the module that holds them.
pub(super) fn pages<'c>(context: &'c Context<'_>) -> Vec<Draft<'c>> {
    let mut pages = Vec::new();
    let mut files = Vec::new();
    for (id, tag, names) in context.tags() {
        let path = format!("src/api/{}.rs", names.module.word());
        let view = move || file(context, id, tag, names);
        pages.push(Draft::new(path, "src/api/tag.rs.jinja", Kind::Rust, view));
        files.push(FileEntry {
            module: names.module.to_string(),
            cfg: cfg(context, &BTreeSet::from([id])),
        });
    }
    pages.push(Draft::new(
        "src/api/mod.rs",
        "src/api/mod.rs.jinja",
        Kind::Rust,
        || ApiModule { files },
    ));
    pages
}

fn file(context: &Context<'_>, id: TagId, tag: &Tag, names: &TagNames) -> ApiFile {
    let operations: Vec<OperationView> = context
        .operations_of(id)
        .filter_map(|(id, operation)| operation_view(context, id, operation, names))
        .collect();
    let title = to_line(&tag.name);
    let about = tag
        .description
        .clone()
        .unwrap_or_else(|| format!("The operations of {title}."));
    ApiFile {
        docs: doc_comment(&format!("The operations of {title}."), DocStyle::Inner),
        uses: uses(context, id, &operations),
        struct_docs: doc_comment(&about, DocStyle::Outer),
        ident: names.api.to_string(),
        operations,
    }
}

/// The imports of a file: exactly what its operations use.
fn uses(context: &Context<'_>, tag: TagId, operations: &[OperationView]) -> Vec<String> {
    let shared = |(_, operation): (OperationId, &Operation)| context.has_shared_errors(operation);
    let mut uses = Vec::new();
    if !context.operations_of(tag).all(shared) {
        uses.push("crate::error".to_owned());
    }
    if context.operations_of(tag).any(shared) {
        uses.push("crate::error::ErrorBody".to_owned());
    }
    let models = operations.iter().any(|operation| {
        let setters = operation
            .request
            .iter()
            .flat_map(|request| &request.setters);
        operation.returns.contains("models::")
            || operation
                .arguments
                .iter()
                .any(|argument| argument.ty.contains("models::"))
            || operation
                .request
                .iter()
                .any(|request| request.output.contains("models::"))
            || setters
                .into_iter()
                .any(|setter| setter.ty.contains("models::"))
            || operation
                .response
                .iter()
                .flat_map(|response| &response.answers)
                .any(|answer| answer.ty.contains("models::"))
    });
    uses.extend(models.then(|| "crate::models".to_owned()));
    uses.push("sdk_runtime::{Client, Method, Request}".to_owned());
    uses
}

fn operation_view(
    context: &Context<'_>,
    id: OperationId,
    operation: &Operation,
    tag: &TagNames,
) -> Option<OperationView> {
    let names = context.operation_names(id)?;
    let inputs = context.inputs(operation, names);
    let output = context.output_type(operation, names, Site::Crate);
    let error = context.error_type(operation);
    let request = has_setters(&inputs).then(|| RequestView {
        docs: super::own_docs(&format!(
            "A call of [`{}::{}`]: await it to send it.",
            tag.api.word(),
            names.method.word()
        )),
        ident: names.request.to_string(),
        output: output.clone(),
        error: error.clone(),
        setters: inputs
            .iter()
            .filter(|input| !input.required)
            .map(|input| setter(context, input))
            .collect(),
    });
    let required = || inputs.iter().filter(|input| input.required);
    let mut calls: Vec<String> = context
        .security_call(operation)
        .map(str::to_owned)
        .into_iter()
        .collect();
    calls.extend(required().map(|input| context.input_call(input)));
    calls.extend(context.returns_calls(operation));
    let mut attributes = Vec::new();
    if is_alias(&operation.id, names.method.word()) {
        attributes.push(format!("#[doc(alias = {})]", tokens::string(&operation.id)));
    }
    attributes.extend(operation.deprecated.then(|| "#[deprecated]".to_owned()));
    // `&self` is one of them.
    attributes.push(super::many_arguments(required().count() + 1).to_owned());
    Some(OperationView {
        docs: doc_comment(&operation_docs(operation, names, &inputs), DocStyle::Outer),
        attributes,
        ident: names.method.to_string(),
        arguments: required()
            .map(|input| ArgumentView {
                ident: input.ident.to_owned(),
                ty: context.input_type(input),
            })
            .collect(),
        returns: match &request {
            Some(request) => request.ident.clone(),
            None => format!("Request<{output}, {error}>"),
        },
        method: operation.method,
        path: tokens::string(&operation.path),
        calls,
        request,
        response: response_view(context, operation, names, tag),
    })
}

fn response_view(
    context: &Context<'_>,
    operation: &Operation,
    names: &crate::name::OperationNames,
    tag: &TagNames,
) -> Option<ResponseView> {
    let Outcome::Several(successes) = operation.outcome() else {
        return None;
    };
    let (answers, arms) = success_answers(context, &successes);
    Some(ResponseView {
        docs: super::own_docs(&format!(
            "What [`{}::{}`] gives, by status.",
            tag.api.word(),
            names.method.word()
        )),
        ident: names.response.as_ref()?.to_string(),
        answers,
        arms,
    })
}

/// Whether rustdoc takes an operationId as an alias: it refuses the item's own name, quotes, and white space.
fn is_alias(id: &str, method: &str) -> bool {
    id != method
        && !id
            .chars()
            .any(|c| c.is_whitespace() || c.is_control() || c == '"' || c == '\'')
}

fn operation_docs(
    operation: &Operation,
    names: &crate::name::OperationNames,
    inputs: &[Input<'_>],
) -> String {
    let (summary, description) = words(operation, &names.method);
    let mut docs = summary;
    if let Some(paragraph) = description {
        docs.push_str("\n\n");
        docs.push_str(&paragraph);
    }
    let described: Vec<String> = inputs
        .iter()
        .filter(|input| input.required)
        .filter_map(|input| {
            Some(format!(
                "- `{}`: {}",
                input.ident,
                input
                    .description?
                    .split_whitespace()
                    .collect::<Vec<_>>()
                    .join(" ")
            ))
        })
        .collect();
    if !described.is_empty() {
        docs.push_str("\n\n");
        docs.push_str(&described.join("\n"));
    }
    for note in notes(operation) {
        docs.push_str("\n\n");
        docs.push_str(&note);
    }
    docs
}

/// What callers would not expect of an operation's bodies.
fn notes(operation: &Operation) -> Vec<String> {
    let list = |media_types: &[String]| {
        let names: Vec<String> = media_types.iter().map(|name| code(name)).collect();
        names.join(", ")
    };
    let mut notes = Vec::new();
    if let Some(body) = operation
        .body
        .as_ref()
        .filter(|body| !body.others.is_empty())
    {
        notes.push(format!(
            "Also takes {}: set it with `Request::body`.",
            list(&body.others)
        ));
    }
    let success = operation.success();
    if let Some(success) = success.filter(|response| !response.others.is_empty()) {
        notes.push(format!(
            "Also answers {}: ask for it with the header `Accept`, and read it with `Request::send_stream`.",
            list(&success.others)
        ));
    } else if let Outcome::One(Encoding::Bytes) | Outcome::Optional(Encoding::Bytes) =
        operation.outcome()
    {
        notes.push("`Request::send_stream` reads the answer in chunks.".to_owned());
    }
    notes
}

fn setter(context: &Context<'_>, input: &Input<'_>) -> SetterView {
    let docs = match (input.description, input.content) {
        // The first paragraph says what it is; the page of the group has the rest.
        (Some(description), _) => description
            .split("\n\n")
            .next()
            .unwrap_or_default()
            .to_owned(),
        (None, Some(content)) => format!("The body, sent as {}.", code(content.sent_media_type())),
        (None, None) => format!("Sets `{}`.", input.ident),
    };
    SetterView {
        docs: doc_comment(&docs, DocStyle::Outer),
        ident: input.ident.to_owned(),
        ty: context.input_type(input),
        call: context.input_call(input),
    }
}

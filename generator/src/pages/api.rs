//! `src/api/`: a file for each tag, with a method for each operation.

use super::docs::Examples;
use super::errors::{AnswerView, answers_call, success_answers};
use super::jobs::JobCall;
use super::method::{method_page, method_path};
use super::rust::{
    TypePlace, call_chain, calls, cfg, error_text, known_name, many_arguments, own_docs,
    table_call, type_text,
};
use super::words::words;
use super::{Draft, FileKind};
use super::{filters, jobs, paging};
use crate::plan::model::{Expression, Operation, Outcome, Tag, TagId};
use crate::plan::rust::{ErrorType, RustType};
use crate::plan::{Input, Plan};
use crate::prose::{DocStyle, code, doc_comment, to_line};
use crate::tokens;
use serde::Serialize;
use std::sync::Arc;

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
    uses: Vec<&'static str>,
    struct_docs: String,
    ident: String,
    operations: Vec<OperationView>,
    /// The call of the macro that declares the operations' types.
    requests: String,
    /// The calls of the macro that say which of them are paged.
    paged: Vec<String>,
    /// Those that say which of them start a job.
    jobs: Vec<JobCall>,
}

#[derive(Serialize)]
struct OperationView {
    docs: String,
    /// The file of what else rustdoc shows, as a literal.
    page: String,
    attributes: Vec<String>,
    ident: String,
    arguments: Vec<ArgumentView>,
    /// The call that starts the request, and those that make it.
    start: String,
    calls: Vec<String>,
    /// The type that its request is of, and the setters that such a request has beside what every request has.
    request: String,
    setters: Vec<SetterView>,
    /// The calls of the macros that declare what it can be filtered and ordered by.
    expressions: Vec<String>,
    /// The enum of its answers, if they differ by status.
    response: Option<ResponseView>,
}

#[derive(Serialize)]
struct ResponseView {
    docs: String,
    ident: String,
    answers: Vec<AnswerView>,
    /// The call of the macro that writes it.
    call: String,
    /// The arms of the `match` on the status.
    arms: Vec<String>,
}

#[derive(Serialize)]
struct ArgumentView {
    ident: String,
    ty: String,
}

#[derive(Serialize)]
struct SetterView {
    docs: String,
    attributes: Vec<&'static str>,
    ident: String,
    ty: String,
    call: String,
}

/// One page for each tag, and the module that holds them.
pub(super) fn pages<'c>(plan: &'c Plan, examples: &Arc<Examples>) -> Vec<Draft<'c>> {
    let mut pages = Vec::new();
    let mut files = Vec::new();
    for (id, tag) in plan.tags() {
        let path = format!("src/api/{}.rs", tag.module.word());
        let view = move || file(plan, id, tag);
        pages.push(Draft::new(
            path,
            "src/api/tag.rs.jinja",
            FileKind::Rust,
            view,
        ));
        for (id, operation) in plan.operations_of(id) {
            let examples = Arc::clone(examples);
            pages.push(Draft::new(
                format!("src/api/{}", method_path(operation, tag)),
                "src/api/method.md.jinja",
                FileKind::Markdown,
                move || method_page(plan, operation, examples.get(plan, id)),
            ));
        }
        files.push(FileEntry {
            module: tag.module.to_string(),
            cfg: cfg(&plan.gate_of(id)),
        });
    }
    pages.push(Draft::new(
        "src/api/mod.rs",
        "src/api/mod.rs.jinja",
        FileKind::Rust,
        || ApiModule { files },
    ));
    pages
}

fn file(plan: &Plan, id: TagId, tag: &Tag) -> ApiFile {
    let title = to_line(&tag.name);
    let about = tag
        .description
        .clone()
        .unwrap_or_else(|| format!("The operations of {title}."));
    ApiFile {
        docs: doc_comment(&format!("The operations of {title}."), DocStyle::Inner),
        uses: uses(plan, id),
        struct_docs: doc_comment(&about, DocStyle::Outer),
        ident: tag.api.to_string(),
        operations: plan
            .operations_of(id)
            .map(|(_, operation)| operation_view(plan, operation, tag))
            .collect(),
        requests: requests_call(plan, id, tag),
        paged: paging::calls(plan, id),
        jobs: jobs::calls(plan, id),
    }
}

/// The call of the macro that declares the operations' types: a line for each method.
fn requests_call(plan: &Plan, id: TagId, tag: &Tag) -> String {
    let operations = plan.operations_of(id).map(|(_, operation)| operation);
    let entry = |operation: &Operation| {
        let output = type_text(plan, &operation.output_type(), TypePlace::Crate);
        let error = error_text(plan, plan.error_type(operation));
        let types = format!("=> {}({output}, {error}),", operation.request);
        (operation.ident.to_string(), types)
    };
    table_call(
        &format!("operations!({}", tag.api),
        operations.map(entry),
        ");",
    )
}

/// The imports of a file: exactly what its operations use.
fn uses(plan: &Plan, tag: TagId) -> Vec<&'static str> {
    let operations = || plan.operations_of(tag).map(|(_, operation)| operation);
    let is_shared = |operation: &Operation| plan.error_type(operation) == ErrorType::Shared;
    let mut uses = Vec::new();
    let has_schemes = |operation: &Operation| !plan.alternatives(operation).is_empty();
    uses.extend(
        operations()
            .any(has_schemes)
            .then_some("crate::client::schemes"),
    );
    uses.extend((!operations().all(is_shared)).then_some("crate::error"));
    uses.extend(
        operations()
            .any(is_shared)
            .then_some("crate::error::ErrorBody"),
    );
    let models = operations().any(|operation| {
        let mut inputs = operation.inputs().into_iter();
        inputs.any(|input| plan.input_type(&input).names_model())
            || operation.output_type().names_model()
            || answer_types(operation).any(|ty| ty.names_model())
    });
    uses.extend(models.then_some("crate::models"));
    let filtered = operations().any(|operation| {
        let mut expressions = operation.expressions();
        expressions.any(|(_, expression)| matches!(expression, Expression::Filter(_)))
    });
    uses.extend(filtered.then_some("crate::operators"));
    let paged = operations().any(|operation| operation.paging.is_some());
    uses.extend(paged.then_some("crate::paging"));
    uses.push("crate::request::Request");
    let methods = operations().any(|operation| starter(operation.method).is_none());
    uses.push(match methods {
        true => "sdk_runtime::{Client, Method}",
        false => "sdk_runtime::Client",
    });
    uses
}

/// The call of the runtime's client that starts a request of this method, where it has one of its own.
fn starter(method: &str) -> Option<&'static str> {
    Some(match method {
        "GET" => "get",
        "POST" => "post",
        "PUT" => "put",
        "PATCH" => "patch",
        "DELETE" => "delete",
        _ => return None,
    })
}

/// The call that starts the request of an operation.
fn start(operation: &Operation) -> String {
    let (method, path) = (operation.method, tokens::string(&operation.path));
    match starter(method) {
        Some(starter) => format!("{starter}({path})"),
        None => format!("request(Method::{method}, {path})"),
    }
}

/// The types of the answers that differ by status.
fn answer_types(operation: &Operation) -> impl Iterator<Item = RustType> {
    let successes = match operation.outcome() {
        Outcome::Several(successes) => successes,
        _ => Vec::new(),
    };
    successes
        .into_iter()
        .filter_map(|response| response.content.as_ref())
        .map(|content| crate::plan::rust::body_type(&content.encoding))
}

fn operation_view(plan: &Plan, operation: &Operation, tag: &Tag) -> OperationView {
    let inputs = operation.inputs();
    let required = || inputs.iter().filter(|input| input.required);
    let mut made: Vec<_> = plan.credentials_call(operation).into_iter().collect();
    made.extend(operation.repeatable_call());
    made.extend(required().flat_map(|input| plan.input_calls(input)));
    made.extend(operation.returns_calls());
    OperationView {
        docs: doc_comment(&operation_docs(operation, &inputs), DocStyle::Outer),
        page: tokens::string(&method_path(operation, tag)),
        attributes: attributes(plan, operation, required().collect()),
        ident: operation.ident.to_string(),
        arguments: required()
            .map(|input| ArgumentView {
                ident: input.ident.to_owned(),
                ty: type_text(plan, &plan.input_type(input), TypePlace::Crate),
            })
            .collect(),
        start: start(operation),
        calls: calls(&made).collect(),
        request: operation.request.to_string(),
        setters: inputs
            .iter()
            .filter(|input| !input.required)
            .map(|input| setter(plan, input))
            .collect(),
        expressions: filters::calls(plan, operation, tag),
        response: response_view(plan, operation, tag),
    }
}

/// What decodes or encodes a model is compiled where it is called, not in the crate: a caller pays for what it calls.
const INLINE: &str = "#[inline]";

/// Whether a method with this argument encodes a model.
fn encodes(plan: &Plan, input: &Input<'_>) -> bool {
    plan.input_type(input).names_model()
}

fn attributes(plan: &Plan, operation: &Operation, required: Vec<&Input<'_>>) -> Vec<String> {
    let arguments = required.len();
    let mut attributes = Vec::new();
    if is_alias(&operation.id, operation.ident.word()) {
        attributes.push(format!("#[doc(alias = {})]", tokens::string(&operation.id)));
    }
    attributes.extend(operation.deprecated.then(|| "#[deprecated]".to_owned()));
    let output = operation.output_type();
    let decodes = output.names_model() || matches!(output, RustType::Local(_));
    let encodes = required.into_iter().any(|input| encodes(plan, input));
    attributes.extend((decodes || encodes).then(|| INLINE.to_owned()));
    // `&self` is one of them.
    attributes.push(many_arguments(arguments + 1).to_owned());
    attributes.push(known_name(operation.ident.word(), false, arguments).to_owned());
    attributes
}

fn response_view(plan: &Plan, operation: &Operation, tag: &Tag) -> Option<ResponseView> {
    let ident = operation.response.as_ref()?;
    let (answers, arms) = success_answers(plan, &operation.successes());
    Some(ResponseView {
        docs: own_docs(&format!(
            "What [`{}::{}`] gives, by status.",
            tag.api.word(),
            operation.ident.word()
        )),
        ident: ident.to_string(),
        call: answers_call(ident.as_str(), &answers),
        answers,
        arms,
    })
}

/// Whether an operationId is an alias that rustdoc takes, and that it would not find anyway: it refuses quotes and white space,
/// and its search does not see case and underscores.
fn is_alias(id: &str, method: &str) -> bool {
    let seen = |name: &str| name.replace('_', "").to_lowercase();
    seen(id) != seen(method)
        && !id
            .chars()
            .any(|c| c.is_whitespace() || c.is_control() || c == '"' || c == '\'')
}

fn operation_docs(operation: &Operation, inputs: &[Input<'_>]) -> String {
    let (summary, description) = words(operation);
    let mut docs = summary;
    if let Some(paragraph) = description {
        docs.push_str("\n\n");
        docs.push_str(&paragraph);
    }
    let described: Vec<String> = inputs
        .iter()
        .filter(|input| input.required)
        .filter_map(|input| {
            let description: Vec<&str> = input.description?.split_whitespace().collect();
            Some(format!("- `{}`: {}", input.ident, description.join(" ")))
        })
        .collect();
    if !described.is_empty() {
        docs.push_str("\n\n");
        docs.push_str(&described.join("\n"));
    }
    docs
}

fn setter(plan: &Plan, input: &Input<'_>) -> SetterView {
    let docs = match (input.description, input.content) {
        // The first paragraph says what it is; the page of the group has the rest.
        (Some(description), _) => description
            .split("\n\n")
            .next()
            .unwrap_or_default()
            .to_owned(),
        (None, Some(content)) => match content.sent_range() {
            Some(range) => format!("The body, of any media type of {}.", code(range)),
            None => format!("The body, sent as {}.", code(content.sent_media_type())),
        },
        (None, None) => format!("Sets `{}`.", input.ident),
    };
    let inline = if encodes(plan, input) { INLINE } else { "" };
    SetterView {
        docs: doc_comment(&docs, DocStyle::Outer),
        attributes: vec![inline, known_name(input.ident, true, 1)],
        ident: input.ident.to_owned(),
        ty: type_text(plan, &plan.input_type(input), TypePlace::Crate),
        call: call_chain(&plan.input_calls(input)),
    }
}

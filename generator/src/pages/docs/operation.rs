//! The page of a tag: its table of methods, and a section for each operation.

use super::super::filters::{self, ExpressionView};
use super::super::rust::{TypePlace, type_text};
use super::super::security::{level_names, scope_words, together, ways_to_give};
use super::super::words::words;
use super::example::{Example, Examples};
use super::{FrontMatter, MethodRow, front_matter, method_rows, rustdoc, type_link};
use crate::plan::model::{
    Content, Encoding, Location, Operation, Outcome, Parameter, Response, StyleKind, Tag, TagId,
};
use crate::plan::rust::body_type;
use crate::plan::{Input, Plan};
use crate::prose::{anchor, code_cell, to_cell, to_line, to_page};
use indexmap::IndexSet;
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct TagPage {
    front_matter: Option<FrontMatter>,
    title: String,
    /// The anchor of the title.
    top: String,
    about: String,
    base_url: String,
    /// What the levels of users are called.
    levels_heading: String,
    methods: Vec<MethodRow>,
    operations: Vec<OperationView>,
}

#[derive(Serialize)]
struct OperationView {
    name: String,
    /// The operationId.
    id: String,
    summary: String,
    description: String,
    deprecated: bool,
    external_docs: String,
    signature: String,
    /// The method's page at docs.rs.
    rustdoc: String,
    parameters: Vec<ParameterRow>,
    expressions: Vec<ExpressionView>,
    returns: String,
    /// Whether the answer is a page of a list that can be read whole.
    is_paged: bool,
    /// Whether it starts a job that can be waited for.
    starts_job: bool,
    responses: Vec<ResponseRow>,
    security: Vec<SecurityRow>,
    levels: String,
    /// How callers give what the client does not sign in with itself.
    credentials: Vec<String>,
    content_type: String,
    other_content_types: String,
    accept: String,
    other_accepts: String,
    example: Example,
}

#[derive(Serialize)]
struct ParameterRow {
    place: &'static str,
    name: String,
    ty: String,
    required: bool,
    about: String,
    notes: String,
}

#[derive(Serialize)]
struct ResponseRow {
    status: String,
    about: String,
    ty: String,
    headers: String,
}

#[derive(Serialize)]
struct SecurityRow {
    scheme: String,
    scopes: String,
}

/// The page of a tag.
pub(super) fn tag_page(plan: &Plan, id: TagId, tag: &Tag, examples: &Examples) -> TagPage {
    let server = &plan.client.server;
    TagPage {
        front_matter: front_matter(plan, &tag.page, &tag.label, "methods"),
        title: to_line(&tag.name),
        top: anchor(&tag.name),
        about: to_page(tag.description.as_deref().unwrap_or_default()),
        base_url: crate::prose::code(&format!("{}{}", server.origin, server.path)),
        levels_heading: plan.levels.as_deref().map(to_line).unwrap_or_default(),
        methods: method_rows(plan, id),
        operations: plan
            .operations_of(id)
            .map(|(id, operation)| operation_view(plan, operation, examples.get(plan, id)))
            .collect(),
    }
}

fn operation_view(plan: &Plan, operation: &Operation, example: Example) -> OperationView {
    let inputs = operation.inputs();
    // A description without a summary is text of its own, of any length: no line that could stand above others.
    let description = match &operation.summary {
        Some(_) => words(operation).1,
        None => operation.description.clone(),
    };
    OperationView {
        name: operation.ident.word().to_owned(),
        id: crate::prose::code(&operation.id),
        summary: operation
            .summary
            .as_deref()
            .map(to_line)
            .unwrap_or_default(),
        description: to_page(&description.unwrap_or_default()),
        deprecated: operation.deprecated,
        external_docs: http_url(operation.external_docs.as_deref()),
        signature: signature(plan, operation, &inputs),
        rustdoc: rustdoc_of(plan, operation),
        parameters: inputs
            .iter()
            .map(|input| parameter_row(plan, input))
            .collect(),
        expressions: filters::views(operation, plan.tag(operation.tag), false),
        returns: returns(plan, operation),
        is_paged: operation.paging.is_some(),
        starts_job: operation.job.is_some(),
        responses: operation
            .responses
            .iter()
            .map(|response| response_row(plan, response))
            .collect(),
        security: security_rows(plan, operation),
        levels: level_names(operation),
        credentials: ways_to_give(&plan.alternatives(operation)),
        content_type: media_type(
            operation
                .body
                .as_ref()
                .map(|body| body.content.media_type.as_str()),
        ),
        accept: media_type(
            operation
                .success()
                .and_then(|response| response.media_type.as_deref()),
        ),
        other_content_types: media_types(operation.body.as_ref().map(|body| &body.others)),
        other_accepts: media_types(operation.success().map(|response| &response.others)),
        example,
    }
}

/// The ways to be let in, of which one is enough; those that are sent, where the operation names its schemes.
fn security_rows(plan: &Plan, operation: &Operation) -> Vec<SecurityRow> {
    let words = |scopes: IndexSet<&String>| {
        let scopes: Vec<String> = scopes.into_iter().cloned().collect();
        scope_words(&operation.access.rule.sets(&scopes))
    };
    let alternatives = plan.alternatives(operation);
    if alternatives.is_empty() {
        let rows = operation.security_alternatives.iter().map(|alternative| {
            let asked = alternative.requirements.iter();
            let names = asked.clone().map(|asked| asked.scheme.as_str());
            SecurityRow {
                scheme: together(names),
                scopes: words(asked.flat_map(|asked| &asked.scopes).collect()),
            }
        });
        return rows.collect();
    }
    let rows = alternatives.iter().map(|schemes| {
        let is_of = |name: &String| schemes.iter().any(|scheme| scheme.name == *name);
        let asked = operation
            .requirements()
            .filter(|asked| is_of(&asked.scheme));
        SecurityRow {
            scheme: together(schemes.iter().map(|scheme| scheme.name.as_str())),
            scopes: words(asked.flat_map(|asked| &asked.scopes).collect()),
        }
    });
    rows.collect()
}

/// The page of a method at docs.rs.
fn rustdoc_of(plan: &Plan, operation: &Operation) -> String {
    let tag = plan.tag(operation.tag);
    let (module, api) = (tag.module.word(), tag.api.word());
    let method = operation.ident.word();
    rustdoc(
        plan,
        &format!("api/{module}/struct.{api}.html#method.{method}"),
    )
}

fn http_url(url: Option<&str>) -> String {
    let plain = |url: &&str| {
        (url.starts_with("https://") || url.starts_with("http://"))
            && url.chars().all(|c| {
                c.is_ascii_graphic() && !matches!(c, '(' | ')' | '<' | '>' | '{' | '}' | '\\' | '`')
            })
    };
    url.filter(plain).unwrap_or_default().to_owned()
}

fn media_type(name: Option<&str>) -> String {
    name.map_or_else(|| "Not defined".to_owned(), crate::prose::code)
}

fn media_types(names: Option<&Vec<String>>) -> String {
    let names: Vec<String> = names
        .into_iter()
        .flatten()
        .map(|name| crate::prose::code(name))
        .collect();
    names.join(", ")
}

/// What the method gives; empty for nothing.
fn returns(plan: &Plan, operation: &Operation) -> String {
    let link = || {
        let success = operation
            .success()
            .and_then(|response| response.content.as_ref());
        success.map_or_else(String::new, |content| {
            content_type_link(plan, content, "../models/")
        })
    };
    match operation.outcome() {
        Outcome::Nothing => String::new(),
        Outcome::One(_) => link(),
        Outcome::Optional(_) => format!("{}, or nothing", link()),
        Outcome::Several(_) => format!(
            "{}: what stands beside the status below",
            crate::prose::code(&type_text(
                plan,
                &operation.output_type(),
                TypePlace::Models
            ))
        ),
    }
}

/// What a reader has to know of how a value is written.
fn style_note(plan: &Plan, parameter: &Parameter) -> Option<String> {
    let style = plan.style(parameter)?;
    let name = &parameter.wire;
    let text = match (style.kind, style.explode) {
        (StyleKind::Json, _) => "sent as JSON text".to_owned(),
        (StyleKind::DeepObject, _) => format!("each member sent as {name}[member]"),
        (StyleKind::Label, _) => "sent after a dot".to_owned(),
        (StyleKind::Matrix, _) => format!("sent as ;{name}=value"),
        (StyleKind::Simple, true) => "members sent as member=value".to_owned(),
        (StyleKind::SpaceDelimited, false) => "items joined by spaces".to_owned(),
        (StyleKind::PipeDelimited, false) => "items joined by a vertical bar".to_owned(),
        (StyleKind::Form, false) => "items joined by commas".to_owned(),
        _ if style.allow_reserved => "reserved characters are sent as they are".to_owned(),
        _ => return None,
    };
    Some(text)
}

fn signature(plan: &Plan, operation: &Operation, inputs: &[Input<'_>]) -> String {
    let required: Vec<&str> = inputs
        .iter()
        .filter(|input| input.required)
        .map(|input| input.ident)
        .collect();
    let setters: String = inputs
        .iter()
        .filter(|input| !input.required)
        .map(|input| format!(".{}({0})", input.ident))
        .collect();
    let output = type_text(plan, &operation.output_type(), TypePlace::Models);
    crate::prose::code(&format!(
        "{}({}){setters} -> {output}",
        operation.ident.word(),
        required.join(", ")
    ))
}

fn parameter_row(plan: &Plan, input: &Input<'_>) -> ParameterRow {
    let (place, mut notes) = match input.parameter {
        Some(parameter) => {
            let mut notes = Vec::new();
            notes.extend(parameter.deprecated.then(|| "deprecated".to_owned()));
            notes.extend(
                parameter
                    .default
                    .as_ref()
                    .map(|value| format!("default: {value}")),
            );
            notes.extend(parameter.constraints.iter().cloned());
            notes.extend(style_note(plan, parameter));
            notes.extend(
                (input.ident != parameter.wire.as_str())
                    .then(|| format!("sent as {}", parameter.wire)),
            );
            let place = match parameter.location {
                Location::Path => "Path",
                Location::Query => "Query",
                Location::Header => "Header",
                Location::Cookie => "Cookie",
            };
            (place, notes)
        }
        None => ("Body", Vec::new()),
    };
    if !input.required {
        notes.insert(0, "optional".to_owned());
    }
    ParameterRow {
        place,
        name: code_cell(input.word),
        ty: match input.ty {
            Some(ty) => type_link(plan, ty, "../models/"),
            None => code_cell(match input.content.map(|content| &content.encoding) {
                Some(Encoding::Text) => "&str",
                _ => "Body",
            }),
        },
        required: input.required,
        about: to_cell(input.description.unwrap_or_default()),
        notes: to_cell(&notes.join("; ")),
    }
}

fn response_row(plan: &Plan, response: &Response) -> ResponseRow {
    let headers: Vec<String> = response
        .headers
        .iter()
        .map(|header| match &header.description {
            Some(about) => format!("{}: {}", code_cell(&header.name), to_cell(about)),
            None => code_cell(&header.name),
        })
        .collect();
    ResponseRow {
        status: response.status.to_string(),
        about: to_cell(&response.description),
        ty: match &response.content {
            Some(content) => content_type_link(plan, content, "../models/"),
            None => "-".to_owned(),
        },
        headers: if headers.is_empty() {
            "-".to_owned()
        } else {
            headers.join("<br>")
        },
    }
}

fn content_type_link(plan: &Plan, content: &Content, folder: &str) -> String {
    match &content.encoding {
        Encoding::Json(ty) | Encoding::Form(ty) | Encoding::Multipart(ty) => {
            type_link(plan, ty, folder)
        }
        other => code_cell(&type_text(plan, &body_type(other), TypePlace::Models)),
    }
}

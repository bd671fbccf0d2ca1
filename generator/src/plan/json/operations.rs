//! Operations: what a caller writes, what goes over the wire, and what comes back.

use super::Printer;
use super::filters::{FilterJson, SortJson};
use crate::plan::inputs::Input;
use crate::plan::model::{
    Content, Credentials, Encoding, Expression, Location, Operation, OperationId, Parameter,
    ParameterStyle, Response, StyleKind,
};
use crate::plan::rust::{RustType, body_type, rust_type};
use crate::plan::{TypePlace, type_text};
use crate::source::Position;
use serde::Serialize;

/// An operation.
#[derive(Debug, Serialize)]
pub(super) struct OperationJson<'p> {
    operation_id: &'p str,
    method: &'static str,
    path: &'p str,
    tag: &'p str,
    feature: &'p str,
    deprecated: bool,
    call: String,
    rust_path: String,
    file: String,
    name_reason: String,
    arguments: Vec<ArgumentJson<'p>>,
    body: Option<BodyJson<'p>>,
    answer: AnswerJson<'p>,
    error: AnswerJson<'p>,
    security: Vec<RequirementJson<'p>>,
    /// Sets of scopes of the client's own scheme, of which one is enough.
    scopes: &'p [Vec<String>],
    levels: &'p [String],
    credentials: &'static str,
    credentials_reason: String,
    /// Whether calling it again does no harm, by its method or by the target.
    repeatable: bool,
    paging: Option<PagingJson<'p>>,
    pointer: &'p str,
    source: Option<Position>,
}

/// How an operation answers with a page of a list.
#[derive(Debug, Serialize)]
struct PagingJson<'p> {
    style: &'p str,
    item: String,
    page_size: Option<u32>,
}

/// A parameter.
#[derive(Debug, Serialize)]
struct ArgumentJson<'p> {
    name: &'p str,
    wire: &'p str,
    #[serde(rename = "in")]
    location: &'static str,
    #[serde(rename = "type")]
    ty: String,
    #[serde(flatten)]
    value: ValueJson,
    #[serde(flatten)]
    style: StyleJson,
    required: bool,
    reason: String,
    name_reason: String,
    deprecated: bool,
    filter: Option<FilterJson<'p>>,
    sort: Option<SortJson<'p>>,
    pointer: &'p str,
    source: Option<Position>,
}

/// What a caller has in hand for an input, and how the method takes it.
#[derive(Debug, Serialize)]
struct ValueJson {
    value_type: String,
    by_reference: bool,
}

/// How a parameter, or the member of a form, is written on the wire.
#[derive(Debug, Serialize)]
struct StyleJson {
    style: &'static str,
    explode: bool,
}

/// What is sent.
#[derive(Debug, Serialize)]
struct BodyJson<'p> {
    name: &'p str,
    #[serde(rename = "type")]
    ty: String,
    #[serde(flatten)]
    value: ValueJson,
    required: bool,
    reason: String,
    #[serde(flatten)]
    content: ContentJson<'p>,
    pointer: &'p str,
    source: Option<Position>,
}

/// A media type, how it is read or written, and those that could stand in its place.
#[derive(Debug, Serialize)]
struct ContentJson<'p> {
    media_type: &'p str,
    other_media_types: &'p [String],
    encoding: &'static str,
    /// What the document says of members of a form or of a multipart body.
    members: Vec<MemberJson<'p>>,
}

/// How a member of a form or of a multipart body is written.
#[derive(Debug, Serialize)]
struct MemberJson<'p> {
    wire: &'p str,
    media_type: Option<&'p str>,
    style: Option<&'static str>,
    explode: Option<bool>,
}

/// What comes back, in success or in refusal.
#[derive(Debug, Serialize)]
struct AnswerJson<'p> {
    #[serde(rename = "type")]
    ty: String,
    reason: String,
    responses: Vec<ResponseJson<'p>>,
    headers: Option<HeadersJson<'p>>,
}

/// The headers that answers declare.
#[derive(Debug, Serialize)]
struct HeadersJson<'p> {
    /// The struct that reads them.
    name: &'p str,
    rust_path: String,
    fields: Vec<HeaderJson<'p>>,
}

/// A header, and the field that holds it.
#[derive(Debug, Serialize)]
struct HeaderJson<'p> {
    wire: &'p str,
    ident: String,
    #[serde(rename = "type")]
    ty: String,
}

/// A declared response.
#[derive(Debug, Serialize)]
struct ResponseJson<'p> {
    status: String,
    #[serde(rename = "type")]
    ty: Option<String>,
    media_type: Option<&'p str>,
    other_media_types: &'p [String],
    pointer: &'p str,
    source: Option<Position>,
}

/// A security scheme that the operation asks for.
#[derive(Debug, Serialize)]
struct RequirementJson<'p> {
    scheme: &'p str,
    scopes: &'p [String],
}

impl<'p> Printer<'p, '_> {
    pub(super) fn operation(&self, id: OperationId, operation: &'p Operation) -> OperationJson<'p> {
        let plan = self.plan;
        let tag = plan.tag(operation.tag);
        let mut arguments = Vec::new();
        let mut body = None;
        for input in operation.inputs() {
            match (input.parameter, &operation.body) {
                (Some(parameter), _) => arguments.push(self.argument(&input, parameter)),
                (None, Some(sent)) => {
                    body = Some(BodyJson {
                        name: input.ident,
                        value: self.value(&input),
                        ty: self.input_text(&input),
                        required: input.required,
                        reason: input.reason().to_string(),
                        content: content(&sent.content, &sent.others),
                        pointer: sent.pointer.as_str(),
                        source: self.locate(&sent.pointer),
                    });
                }
                (None, None) => {}
            }
        }
        OperationJson {
            operation_id: &operation.id,
            method: operation.method,
            path: &operation.path,
            tag: &tag.name,
            feature: &tag.feature,
            deprecated: operation.deprecated,
            call: plan.method_call(operation),
            rust_path: plan.method_path(operation),
            file: plan.method_file(operation),
            name_reason: operation.ident.reasons().to_string(),
            arguments,
            body,
            answer: AnswerJson {
                ty: type_text(plan, &operation.output_type(), TypePlace::Crate),
                reason: operation.answer_reason().to_string(),
                responses: self.responses(operation.successes()),
                headers: self.headers(operation),
            },
            error: AnswerJson {
                ty: self.error_type(id),
                reason: plan.api[operation.errors].reason(id).to_string(),
                responses: self.responses(operation.refusals().collect()),
                headers: None,
            },
            security: operation
                .requirements()
                .map(|requirement| RequirementJson {
                    scheme: &requirement.scheme,
                    scopes: &requirement.scopes,
                })
                .collect(),
            scopes: &operation.access.scopes,
            levels: &operation.access.levels,
            credentials: match &operation.credentials {
                Credentials::Schemes(_) => "schemes",
                Credentials::Client => "client",
                Credentials::Basic => "basic",
                Credentials::Anonymous => "none",
            },
            credentials_reason: plan.credentials_reason(operation).to_string(),
            repeatable: operation.is_idempotent() || operation.is_repeatable,
            paging: operation.paging.as_ref().map(|paging| PagingJson {
                style: &paging.style,
                item: type_text(plan, &rust_type(&paging.item), TypePlace::Crate),
                page_size: paging.page_size,
            }),
            pointer: operation.pointer.as_str(),
            source: self.locate(&operation.pointer),
        }
    }

    fn headers(&self, operation: &'p Operation) -> Option<HeadersJson<'p>> {
        let set = self.plan.api.header_set(operation)?;
        let fields = set.fields.iter().map(|field| HeaderJson {
            wire: &field.name,
            ident: field.ident.to_string(),
            ty: type_text(self.plan, &field.ty, TypePlace::Crate),
        });
        Some(HeadersJson {
            name: set.ident.word(),
            rust_path: format!("headers::{}", set.ident),
            fields: fields.collect(),
        })
    }

    fn input_text(&self, input: &Input<'_>) -> String {
        type_text(self.plan, &self.plan.input_type(input), TypePlace::Crate)
    }

    fn value(&self, input: &Input<'_>) -> ValueJson {
        let (held, by_reference) = match self.plan.input_type(input) {
            RustType::Ref(inner) => match *inner {
                RustType::Str => (RustType::String, true),
                RustType::Slice(item) => (RustType::Vec(item), true),
                other => (other, true),
            },
            RustType::Into(inner) => match *inner {
                RustType::Expression(..) => (RustType::String, false),
                other => (other, false),
            },
            other => (other, false),
        };
        ValueJson {
            value_type: type_text(self.plan, &held, TypePlace::Crate),
            by_reference,
        }
    }

    fn argument(&self, input: &Input<'p>, parameter: &'p Parameter) -> ArgumentJson<'p> {
        ArgumentJson {
            name: input.ident,
            wire: parameter.wire.as_str(),
            location: match parameter.location {
                Location::Path => "path",
                Location::Query => "query",
                Location::Header => "header",
                Location::Cookie => "cookie",
            },
            ty: self.input_text(input),
            value: self.value(input),
            style: style(parameter.style),
            required: input.required,
            reason: input.reason().to_string(),
            name_reason: parameter.ident.reasons().to_string(),
            deprecated: parameter.deprecated,
            filter: match &parameter.expression {
                Some(Expression::Filter(filter)) => Some(self.filter(filter)),
                _ => None,
            },
            sort: match &parameter.expression {
                Some(Expression::Sort(sort)) => Some(self.sort(sort)),
                _ => None,
            },
            pointer: parameter.origin.pointer.as_str(),
            source: self.locate(&parameter.origin.pointer),
        }
    }

    fn responses(&self, responses: Vec<&'p Response>) -> Vec<ResponseJson<'p>> {
        let responses = responses.into_iter().map(|response| ResponseJson {
            status: response.status.to_string(),
            ty: response.content.as_ref().map(|content| {
                type_text(self.plan, &body_type(&content.encoding), TypePlace::Crate)
            }),
            media_type: response.media_type.as_deref(),
            other_media_types: &response.others,
            pointer: response.pointer.as_str(),
            source: self.locate(&response.pointer),
        });
        responses.collect()
    }
}

fn content<'p>(content: &'p Content, others: &'p [String]) -> ContentJson<'p> {
    ContentJson {
        media_type: &content.media_type,
        other_media_types: others,
        encoding: match content.encoding {
            Encoding::Json(_) => "json",
            Encoding::Form(_) => "form",
            Encoding::Multipart(_) => "multipart",
            Encoding::Text => "text",
            Encoding::Bytes => "bytes",
        },
        members: content
            .members
            .iter()
            .map(|member| {
                let style = member.style.map(style);
                MemberJson {
                    wire: member.wire.as_str(),
                    media_type: member.content_type.as_deref(),
                    style: style.as_ref().map(|style| style.style),
                    explode: style.as_ref().map(|style| style.explode),
                }
            })
            .collect(),
    }
}

fn style(style: ParameterStyle) -> StyleJson {
    StyleJson {
        style: match style.kind {
            StyleKind::Simple => "simple",
            StyleKind::Label => "label",
            StyleKind::Matrix => "matrix",
            StyleKind::Form => "form",
            StyleKind::SpaceDelimited => "spaceDelimited",
            StyleKind::PipeDelimited => "pipeDelimited",
            StyleKind::DeepObject => "deepObject",
            StyleKind::Json => "json",
        },
        explode: style.explode,
    }
}

//! Request bodies and responses: which media type is used, and how it is read and written.

use super::{Lowering, schemas::Hint};
use crate::diagnostics::{Code, Diagnostic};
use crate::ir::{self, Encoding, Status};
use crate::pointer::JsonPointer;
use indexmap::IndexMap;
use openapiv3::{Header, MediaType, ReferenceOr, RequestBody, Response, Responses, StatusCode};
use serde_json::Value;

/// Lowers what an operation sends.
pub(super) fn lower_body<'d>(
    lowering: &mut Lowering<'d>,
    body: &'d ReferenceOr<RequestBody>,
    pointer: &JsonPointer,
    operation: &str,
) -> Option<ir::Body> {
    let (body, pointer) =
        lowering.resolve(body, pointer, "requestBodies", |components, name| {
            components.request_bodies.get(name)
        })?;
    let hint = Hint::of(operation).then("request");
    let content = lower_content(lowering, &body.content, &pointer.child("content"), &hint)?;
    if content.encoding == Encoding::Bytes {
        lowering.report(
            Diagnostic::warning(
                Code("body-untyped"),
                pointer.clone(),
                format!(
                    "Bodies of type `{}` are not typed yet: callers pass the bytes.",
                    content.media_type
                ),
            )
            .help("Encode the body yourself."),
        );
    }
    Some(ir::Body {
        required: body.required,
        description: super::text(body.description.as_ref()),
        content,
    })
}

/// Lowers every declared response of an operation, in the order of the statuses.
pub(super) fn lower_responses<'d>(
    lowering: &mut Lowering<'d>,
    responses: &'d Responses,
    pointer: &JsonPointer,
    operation: &str,
) -> Vec<ir::Response> {
    let mut lowered = Vec::new();
    for (code, response) in &responses.responses {
        let (status, key) = match code {
            StatusCode::Code(code) => (Status::Code(*code), code.to_string()),
            StatusCode::Range(hundred) => (Status::Range(hundred * 100), format!("{hundred}XX")),
        };
        lowered.extend(lower_response(
            lowering,
            response,
            status,
            &pointer.child(&key),
            operation,
        ));
    }
    if let Some(response) = &responses.default {
        lowered.extend(lower_response(
            lowering,
            response,
            Status::Default,
            &pointer.child("default"),
            operation,
        ));
    }
    lowered.sort_by_key(|response| response.status);
    lowered
}

fn lower_response<'d>(
    lowering: &mut Lowering<'d>,
    response: &'d ReferenceOr<Response>,
    status: Status,
    pointer: &JsonPointer,
    operation: &str,
) -> Option<ir::Response> {
    let (response, place) =
        lowering.resolve(response, pointer, "responses", |components, name| {
            components.responses.get(name)
        })?;
    // A shared response names its inline types after itself, since no operation owns them.
    let hint = match place.parent() {
        Some(parent) if parent.as_str() == "/components/responses" => {
            Hint::of(&place.last().unwrap_or_default()).then("response")
        }
        _ if status.is_success() => Hint::of(operation).then("response"),
        _ => Hint::of(operation)
            .then(&status.to_string())
            .then("response"),
    };
    let content = lower_content(lowering, &response.content, &place.child("content"), &hint);
    let media_type = preferred(&response.content).map(|(name, _)| name.trim().to_owned());
    let headers = response
        .headers
        .iter()
        .filter_map(|(name, header)| {
            lower_header(lowering, name, header, &place.child("headers").child(name))
        })
        .collect();
    Some(ir::Response {
        status,
        description: response.description.trim().to_owned(),
        content,
        media_type,
        headers,
    })
}

fn lower_header<'d>(
    lowering: &mut Lowering<'d>,
    name: &str,
    header: &'d ReferenceOr<Header>,
    pointer: &JsonPointer,
) -> Option<ir::Header> {
    let (header, place) = lowering.resolve(header, pointer, "headers", |components, name| {
        components.headers.get(name)
    })?;
    let (ty, schema_example) = match &header.format {
        openapiv3::ParameterSchemaOrContent::Schema(schema) => (
            lowering.lower_type(
                schema,
                &place.child("schema"),
                &Hint::of(name).then("header"),
            ),
            lowering
                .inline_schema(schema)
                .and_then(|schema| schema.schema_data.example.clone()),
        ),
        openapiv3::ParameterSchemaOrContent::Content(_) => (ir::Type::String, None),
    };
    Some(ir::Header {
        name: name.to_owned(),
        description: super::text(header.description.as_ref()),
        example: header.example.clone().or(schema_example),
        ty,
    })
}

/// Chooses the media type that clients use, and lowers it; `None` when nothing is carried.
fn lower_content<'d>(
    lowering: &mut Lowering<'d>,
    content: &'d IndexMap<String, MediaType>,
    pointer: &JsonPointer,
    hint: &Hint,
) -> Option<ir::Content> {
    let (name, media) = preferred(content)?;
    let pointer = pointer.child(name);
    let essence = name
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    let encoding = if is_json(&essence) {
        let Some(schema) = &media.schema else {
            lowering.report(
                Diagnostic::note(
                    Code("media-type-without-schema"),
                    pointer,
                    format!(
                        "`{name}` has no schema, so nothing is read from or written to this body."
                    ),
                )
                .help("Give it a schema, if there is a body."),
            );
            return None;
        };
        Encoding::Json(lowering.lower_type(schema, &pointer.child("schema"), hint))
    } else if essence.starts_with("text/") {
        Encoding::Text
    } else {
        Encoding::Bytes
    };
    Some(ir::Content {
        media_type: name.trim().to_owned(),
        encoding,
        example: example(lowering, media),
    })
}

/// The media type that clients use, of those that are declared.
fn preferred(content: &IndexMap<String, MediaType>) -> Option<(&String, &MediaType)> {
    content.iter().min_by_key(|(name, _)| preference(name))
}

fn preference(media_type: &str) -> u8 {
    let essence = media_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    match essence.as_str() {
        "application/json" => 0,
        other if is_json(other) => 1,
        other if other.starts_with("text/") => 2,
        _ => 3,
    }
}

/// JSON by name, or by the structured syntax suffix of RFC 6839, 3.1.
fn is_json(essence: &str) -> bool {
    matches!(essence, "application/json" | "text/json" | "*/*") || essence.ends_with("+json")
}

fn example(lowering: &mut Lowering<'_>, media: &MediaType) -> Option<Value> {
    media.example.clone().or_else(|| {
        media.examples.values().find_map(|example| match example {
            ReferenceOr::Item(example) => example.value.clone(),
            ReferenceOr::Reference { reference } => {
                let name = super::component_name(reference, "examples")?;
                let components = lowering.document.components.as_ref()?;
                components.examples.get(&name)?.as_item()?.value.clone()
            }
        })
    })
}

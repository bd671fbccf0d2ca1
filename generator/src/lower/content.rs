//! Request bodies and responses: which media type is used, and how it is read and written.

use super::{Lowering, schemas::Hint};
use crate::diagnostics::{Code, Diagnostic};
use crate::ir::{self, Encoding, ParameterStyle, Status};
use crate::plan::reason::Origin;
use crate::pointer::JsonPointer;
use indexmap::IndexMap;
use openapiv3::{
    Header, MediaType, ReferenceOr, RequestBody, Response, Responses, SchemaKind, StatusCode,
    StringFormat, VariantOrUnknownOrEmpty,
};
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
    let place = pointer.child("content");
    let (content, others) = lower_content(lowering, &body.content, &place, &hint, Way::Sent)?;
    Some(ir::Body {
        required: body.required,
        description: super::text(body.description.as_ref()),
        content,
        others,
        pointer,
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
    let content_place = place.child("content");
    let (content, others) = lower_content(
        lowering,
        &response.content,
        &content_place,
        &hint,
        Way::Received,
    )
    .map_or((None, Vec::new()), |(content, others)| {
        (Some(content), others)
    });
    let declared = || Some(response.content.keys().next()?.trim().to_owned());
    let media_type = content
        .as_ref()
        .map(|content| content.media_type.clone())
        .or_else(declared);
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
        others,
        headers,
        origin: Origin::at(place),
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
        origin: Origin::at(place),
    })
}

/// Whether a body goes to the server or comes from it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Sent,
    Received,
}

/// How a media type is read and written, before its schema is lowered. The order is that of preference: what is typed
/// comes first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Json,
    Form,
    Multipart,
    Text,
    Bytes,
}

/// Chooses the media type that clients use, and lowers it; gives the others too. `None` when nothing is carried.
fn lower_content<'d>(
    lowering: &mut Lowering<'d>,
    content: &'d IndexMap<String, MediaType>,
    pointer: &JsonPointer,
    hint: &Hint,
    way: Way,
) -> Option<(ir::Content, Vec<String>)> {
    let (name, media, kind) = content
        .iter()
        .map(|(name, media)| (name, media, kind(lowering, &essence(name), media, way)))
        .min_by_key(|(name, media, kind)| {
            // `application/json` itself comes before its relatives.
            (
                media.schema.is_none(),
                *kind,
                essence(name) != "application/json",
            )
        })?;
    let pointer = pointer.child(name);
    lowering.form = kind == Kind::Multipart;
    let mut typed = || match &media.schema {
        Some(schema) => Some(lowering.lower_type(schema, &pointer.child("schema"), hint)),
        None => schemaless(lowering, name, media, &pointer, way),
    };
    let encoding = match kind {
        Kind::Json => typed().map(Encoding::Json),
        Kind::Form => typed().map(Encoding::Form),
        Kind::Multipart => typed().map(Encoding::Multipart),
        Kind::Text => Some(Encoding::Text),
        Kind::Bytes => Some(Encoding::Bytes),
    };
    lowering.form = false;
    let others = content.keys().filter(|other| *other != name);
    let lowered = ir::Content {
        media_type: name.trim().to_owned(),
        encoding: encoding?,
        members: members(media, kind),
        example: example(lowering, media),
        origin: Origin::at(pointer),
    };
    Some((
        lowered,
        others.map(|other| other.trim().to_owned()).collect(),
    ))
}

/// What a body without a schema holds: anything, when the caller sends it or an example shows that there is something.
fn schemaless(
    lowering: &mut Lowering<'_>,
    name: &str,
    media: &MediaType,
    pointer: &JsonPointer,
    way: Way,
) -> Option<ir::Type> {
    let shown = media.example.is_some() || !media.examples.is_empty();
    let something = way == Way::Sent || shown;
    let message = match something {
        true => format!("`{name}` has no schema, so this body becomes any JSON value."),
        false => format!("`{name}` has no schema, so this body is not read."),
    };
    lowering.report(
        Diagnostic::note(Code::MediaTypeWithoutSchema, pointer.clone(), message)
            .help("Add a schema, if there is a body."),
    );
    something.then_some(ir::Type::Any)
}

/// How the members of a form are written, where that is not the default.
fn members(media: &MediaType, kind: Kind) -> Vec<ir::MemberEncoding> {
    let encodings = media.encoding.iter().map(|(name, encoding)| {
        let style = encoding.style.as_ref().map(|style| {
            let style = ParameterStyle::new(super::parameters::query_style(style));
            ParameterStyle {
                explode: style.explode || encoding.explode,
                allow_reserved: encoding.allow_reserved,
                ..style
            }
        });
        // A list of types, or a range of them, leaves the choice to the caller.
        let content_type = encoding.content_type.as_deref().map(str::trim);
        let one = content_type.filter(|one| is_media_type(one));
        ir::MemberEncoding {
            wire: ir::WireName(name.clone()),
            style: style.filter(|style| {
                kind == Kind::Form && *style != ParameterStyle::new(ir::StyleKind::Form)
            }),
            content_type: one.filter(|_| kind == Kind::Multipart).map(str::to_owned),
        }
    });
    encodings
        .filter(|member| member.style.is_some() || member.content_type.is_some())
        .collect()
}

/// Whether text names one media type: `type/subtype`, perhaps with parameters (RFC 9110, 8.3.1).
fn is_media_type(text: &str) -> bool {
    let (essence, _) = text.split_once(';').unwrap_or((text, ""));
    let parts: Vec<&str> = essence.trim().split('/').collect();
    let token = |part: &&str| {
        !part.is_empty()
            && part
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "!#$&-^_.+".contains(c))
    };
    parts.len() == 2
        && parts.iter().all(token)
        && !text.contains(',')
        && !text.contains(char::is_control)
}

/// How a body of a media type is read and written.
fn kind(lowering: &Lowering<'_>, essence: &str, media: &MediaType, way: Way) -> Kind {
    let schema = media.schema.as_ref().and_then(|schema| match schema {
        ReferenceOr::Item(schema) => Some(schema),
        ReferenceOr::Reference { reference } => Some(lowering.find_schema(reference)?.1),
    });
    let text = schema.and_then(|schema| match &schema.schema_kind {
        SchemaKind::Type(openapiv3::Type::String(text)) => Some(text),
        _ => None,
    });
    let binary = text.is_some_and(|text| match &text.format {
        VariantOrUnknownOrEmpty::Item(format) => *format == StringFormat::Binary,
        VariantOrUnknownOrEmpty::Unknown(format) => format == "file",
        VariantOrUnknownOrEmpty::Empty => false,
    });
    // A form is made of an object's members.
    let has_members = way == Way::Sent
        && schema.is_none_or(|schema| {
            !matches!(&schema.schema_kind, SchemaKind::Type(ty) if !matches!(ty, openapiv3::Type::Object(_)))
        });
    match essence {
        // A document that calls a download JSON means the file.
        _ if binary => Kind::Bytes,
        essence if is_stream(essence) => Kind::Bytes,
        "*/*" | "application/*" => match (schema, text) {
            (None, _) => Kind::Bytes,
            (_, Some(_)) => Kind::Text,
            _ => Kind::Json,
        },
        essence if is_json(essence) => Kind::Json,
        "application/x-www-form-urlencoded" if has_members => Kind::Form,
        "multipart/form-data" if has_members => Kind::Multipart,
        essence if is_text(essence) => Kind::Text,
        _ => Kind::Bytes,
    }
}

/// A media type's type and subtype, without parameters and in lower case (RFC 9110, 8.3.1).
pub(super) fn essence(media_type: &str) -> String {
    media_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}

/// JSON by name, or by the structured syntax suffix of RFC 6839, 3.1.
pub(super) fn is_json(essence: &str) -> bool {
    matches!(essence, "application/json" | "text/json") || essence.ends_with("+json")
}

/// Whether a body is a row of messages that come one after another, so that it may have no end.
pub(super) fn is_stream(essence: &str) -> bool {
    matches!(
        essence,
        "text/event-stream"
            | "application/x-ndjson"
            | "application/ndjson"
            | "application/jsonl"
            | "application/x-jsonlines"
            | "application/json-seq"
            | "application/stream+json"
    )
}

fn is_text(essence: &str) -> bool {
    essence.starts_with("text/")
        || essence.ends_with("+xml")
        || essence.ends_with("+yaml")
        || matches!(
            essence,
            "application/xml"
                | "application/yaml"
                | "application/x-yaml"
                | "application/csv"
                | "application/javascript"
                | "application/graphql"
                | "application/jwt"
                | "application/x-www-form-urlencoded"
        )
}

/// The example of a media type.
pub(super) fn example(lowering: &Lowering<'_>, media: &MediaType) -> Option<Value> {
    media
        .example
        .clone()
        .or_else(|| first_example(lowering, &media.examples))
}

/// The first of some examples that has a value.
pub(super) fn first_example(
    lowering: &Lowering<'_>,
    examples: &IndexMap<String, ReferenceOr<openapiv3::Example>>,
) -> Option<Value> {
    examples.values().find_map(|example| match example {
        ReferenceOr::Item(example) => example.value.clone(),
        ReferenceOr::Reference { reference } => {
            let name = super::component_name(reference, "examples")?;
            let components = lowering.document.components.as_ref()?;
            components.examples.get(&name)?.as_item()?.value.clone()
        }
    })
}

//! Request bodies and responses: what they carry.

use super::super::reason::{Origin, TypeReason, Untyped};
use super::super::shape::Hint;
use super::super::{Planning, text};
use super::content::{self, Kind, Way};
use super::sendable;
use crate::diagnostics::{Code, Diagnostic};
use crate::facts::{self, Components, Content, MediaType, StatusCode, Use, ValueForm};
use crate::plan::model::{self as ir, Encoding, ParameterStyle, Status};

/// Plans what an operation sends.
pub(super) fn plan_body<'f>(
    planning: &mut Planning<'f>,
    body: &'f Use<facts::RequestBody>,
    operation: &str,
) -> Option<ir::Body> {
    let component = body.as_reference();
    let component = component.and_then(|reference| reference.component.as_deref());
    let body = planning.resolve(body, Components::request_body)?;
    // A shared body names its inline types after itself, as a shared response does.
    let hint = Hint::of(component.unwrap_or(operation)).then("request");
    let (content, others) = plan_content(planning, &body.content, &hint, Way::Sent)?;
    Some(ir::Body {
        required: body.required,
        description: text(body.description.as_ref()),
        content,
        others,
        pointer: body.pointer.clone(),
    })
}

/// Plans every declared response of an operation, in the order of the statuses.
pub(super) fn plan_responses<'f>(
    planning: &mut Planning<'f>,
    responses: &'f facts::Responses,
    operation: &str,
) -> Vec<ir::Response> {
    let mut planned = Vec::new();
    for (status, response) in &responses.by_status {
        let status = match status {
            StatusCode::Code(code) => Status::Code(*code),
            StatusCode::Range(hundreds) => Status::Range(hundreds * 100),
            StatusCode::Default => Status::Default,
        };
        planned.extend(plan_response(planning, response, status, operation));
    }
    planned.sort_by_key(|response| response.status);
    planned
}

fn plan_response<'f>(
    planning: &mut Planning<'f>,
    response: &'f Use<facts::Response>,
    status: Status,
    operation: &str,
) -> Option<ir::Response> {
    let component = response.as_reference();
    let component = component.and_then(|reference| reference.component.as_deref());
    let response = planning.resolve(response, Components::response)?;
    let hint = match component {
        // A shared response names its inline types after itself, since no operation owns them.
        Some(component) => Hint::of(component).then("response"),
        None if status.is_success() => Hint::of(operation).then("response"),
        None => Hint::of(operation)
            .then(&status.to_string())
            .then("response"),
    };
    let (content, others) = plan_content(planning, &response.content, &hint, Way::Received)
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
        .filter_map(|(name, header)| plan_header(planning, name, header))
        .collect();
    Some(ir::Response {
        status,
        description: response.description.trim().to_owned(),
        content,
        media_type,
        others,
        headers,
        pointer: response.pointer.clone(),
    })
}

fn plan_header<'f>(
    planning: &mut Planning<'f>,
    name: &str,
    header: &'f Use<facts::Header>,
) -> Option<ir::Header> {
    let header = planning.resolve(header, Components::header)?;
    if !sendable::is_receivable(planning, name, &header.pointer) {
        return None;
    }
    let (ty, origin, schema_example) = match &header.form {
        ValueForm::Schema(schema) => {
            let schema = planning.look(schema);
            (
                planning.plan_type(schema, &Hint::of(name).then("header")),
                schema.origin(),
                schema.inline().and_then(|schema| schema.example.clone()),
            )
        }
        ValueForm::Content(_) => {
            let origin =
                Origin::without_schema(header.pointer.clone(), TypeReason::TextOfMediaType);
            (ir::Type::String, origin, None)
        }
    };
    Some(ir::Header {
        name: name.to_owned(),
        description: text(header.description.as_ref()),
        example: header.example.clone().or(schema_example),
        ty,
        origin: origin.at(&header.pointer),
    })
}

/// Chooses the media type that clients use, and plans it; gives the others too. `None` when nothing is carried.
fn plan_content<'f>(
    planning: &mut Planning<'f>,
    content: &'f Content,
    hint: &Hint,
    way: Way,
) -> Option<(ir::Content, Vec<String>)> {
    let facts = planning.facts;
    let (name, media, kind) = content::choose(facts, content, way)?;
    planning.form = kind == Kind::Multipart;
    let schema = media.schema.as_ref().map(|schema| planning.look(schema));
    let mut typed = || match schema {
        Some(schema) => Some(planning.plan_type(schema, hint)),
        None => schemaless(planning, name, media, way),
    };
    let encoding = match kind {
        Kind::Json => typed().map(Encoding::Json),
        Kind::Form => typed().map(Encoding::Form),
        Kind::Multipart => typed().map(Encoding::Multipart),
        Kind::Text => Some(Encoding::Text),
        Kind::Bytes => Some(Encoding::Bytes),
    };
    planning.form = false;
    let others = content.keys().filter(|other| *other != name);
    let planned = ir::Content {
        media_type: name.trim().to_owned(),
        alike: match way {
            Way::Sent => Vec::new(),
            Way::Received => content::alike(facts, content, name, kind),
        },
        encoding: encoding?,
        members: members(media, kind),
        example: content::example(facts, media),
        origin: match schema {
            Some(schema) => schema.origin(),
            None => Origin::without_schema(
                media.pointer.clone(),
                TypeReason::Untyped(Untyped::NoSchema),
            ),
        }
        .at(&media.pointer),
    };
    Some((
        planned,
        others.map(|other| other.trim().to_owned()).collect(),
    ))
}

/// What a body without a schema holds: anything, when the caller sends it or an example shows that there is something.
fn schemaless(
    planning: &mut Planning<'_>,
    name: &str,
    media: &MediaType,
    way: Way,
) -> Option<ir::Type> {
    let shown = media.example.is_some() || !media.examples.is_empty();
    let something = way == Way::Sent || shown;
    let message = match something {
        true => format!("`{name}` has no schema, so this body is any JSON value."),
        false => format!("`{name}` has no schema, so nothing is read from this body."),
    };
    planning.report(
        Diagnostic::note(Code::MediaTypeWithoutSchema, media.pointer.clone(), message)
            .help("Give it a schema, if there is a body."),
    );
    something.then_some(ir::Type::Any)
}

/// How the members of a form are written, where that is not the default.
fn members(media: &MediaType, kind: Kind) -> Vec<ir::MemberEncoding> {
    let encodings = media.encoding.iter().map(|(name, encoding)| {
        let style = encoding.style.as_ref().map(|style| {
            let style = ParameterStyle::new(super::parameters::style_kind(*style));
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

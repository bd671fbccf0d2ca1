//! Parameters of operations: the path item's, overridden by the operation's own.

use super::{Lowering, constraints, paths, schemas::Hint};
use crate::diagnostics::{Code, Diagnostic};
use crate::ir::{self, Location, ParameterStyle, StyleKind, WireName};
use crate::plan::reason::Origin;
use crate::pointer::JsonPointer;
use openapiv3::{
    Parameter, ParameterData, ParameterSchemaOrContent, PathStyle, QueryStyle, ReferenceOr, Schema,
};

/// OpenAPI 3.0.3, 4.7.12.1: header parameters of these names are ignored, since media types and security say the same.
const IGNORED_HEADERS: [&str; 3] = ["accept", "content-type", "authorization"];

/// What the HTTP client says of a message itself (RFC 9112, 6; RFC 9110, 7.2 and 7.6.1); a caller's word could only contradict it.
const FRAMING_HEADERS: [&str; 4] = ["content-length", "transfer-encoding", "host", "connection"];

/// Lowers lists of parameters of an operation at a path; a later list overrides an earlier one by name and location.
/// Gives the path as it can be filled too, since what is wrong with it shows in the parameters.
pub(super) fn lower<'d>(
    lowering: &mut Lowering<'d>,
    path: &str,
    operation: &str,
    lists: &[(&'d [ReferenceOr<Parameter>], JsonPointer)],
) -> (String, Vec<ir::Parameter>) {
    let mut resolved = Vec::new();
    for (list, base) in lists {
        for (index, parameter) in list.iter().enumerate() {
            let pointer = base.index(index);
            resolved.extend(lowering.resolve(
                parameter,
                &pointer,
                "parameters",
                |components, name| components.parameters.get(name),
            ));
        }
    }
    let declared: Vec<paths::Declared<'_>> = resolved
        .iter()
        .map(|(parameter, _)| {
            (
                parameter.parameter_data_ref().name.as_str(),
                location(parameter),
            )
        })
        .collect();
    let filled = paths::clean(lowering, path, &declared);
    let fixed = paths::fixed_names(&filled);
    let mut parameters: Vec<ir::Parameter> = Vec::new();
    for (parameter, pointer) in &resolved {
        if !is_sendable(lowering, parameter, pointer, &fixed) {
            continue;
        }
        let lowered = lower_parameter(lowering, parameter, pointer, operation);
        parameters.retain(|other| !is_same(other, &lowered));
        parameters.push(lowered);
    }
    declare_missing(lowering, path, &filled, operation, &mut parameters);
    parameters.retain(|parameter| {
        // A path parameter that the path does not name has nowhere to go.
        parameter.location != Location::Path || placeholder(&filled, &parameter.wire).is_some()
    });
    // Path parameters come first and in the order in which the path names them, as callers read the path.
    parameters.sort_by_key(|parameter| match parameter.location {
        Location::Path => (0, placeholder(&filled, &parameter.wire).unwrap_or(0)),
        _ => (1, 0),
    });
    (filled, parameters)
}

/// Whether two parameters are one: headers are the same in any case (RFC 9110, 5.1).
fn is_same(one: &ir::Parameter, other: &ir::Parameter) -> bool {
    one.location == other.location
        && match one.location {
            Location::Header => one.wire.as_str().eq_ignore_ascii_case(other.wire.as_str()),
            _ => one.wire == other.wire,
        }
}

fn location(parameter: &Parameter) -> Location {
    match parameter {
        Parameter::Path { .. } => Location::Path,
        Parameter::Query { .. } => Location::Query,
        Parameter::Header { .. } => Location::Header,
        Parameter::Cookie { .. } => Location::Cookie,
    }
}

fn placeholder(path: &str, wire: &WireName) -> Option<usize> {
    path.find(&format!("{{{wire}}}"))
}

/// Declares the `{names}` of a path that no parameter speaks of, as texts.
fn declare_missing(
    lowering: &mut Lowering<'_>,
    path: &str,
    filled: &str,
    operation: &str,
    parameters: &mut Vec<ir::Parameter>,
) {
    for name in paths::names(filled) {
        let wire = WireName(name.to_owned());
        let known = parameters
            .iter()
            .any(|parameter| parameter.location == Location::Path && parameter.wire == wire);
        if known {
            continue;
        }
        lowering.report(
            Diagnostic::warning(
                Code::PathParameterUndeclared,
                JsonPointer::from_tokens(["paths", path]),
                format!("The path names `{{{name}}}`, but `{operation}` declares no such parameter; it is read as a string."),
            )
            .help("Declare it under `parameters`, with `in: path`."),
        );
        parameters.push(ir::Parameter {
            wire,
            location: Location::Path,
            required: true,
            description: None,
            ty: ir::Type::String,
            style: ParameterStyle::of(Location::Path),
            default: None,
            example: None,
            deprecated: false,
            constraints: Vec::new(),
            ident: ir::RustIdent::default(),
            origin: Origin::at(JsonPointer::from_tokens(["paths", path])),
        });
    }
}

/// Whether a parameter is one that callers set; says so where it is not.
fn is_sendable(
    lowering: &mut Lowering<'_>,
    parameter: &Parameter,
    pointer: &JsonPointer,
    fixed: &[&str],
) -> bool {
    let name = parameter.parameter_data_ref().name.as_str();
    let lower = name.to_ascii_lowercase();
    let (code, message) = match location(parameter) {
        Location::Header if IGNORED_HEADERS.contains(&lower.as_str()) => (
            Code::HeaderParameterIgnored,
            format!("The header parameter `{name}` is ignored, as OpenAPI 3.0.3 (4.7.12.1) says."),
        ),
        Location::Header if FRAMING_HEADERS.contains(&lower.as_str()) => (
            Code::HeaderParameterIgnored,
            format!("The header parameter `{name}` is ignored: the HTTP client sets it."),
        ),
        Location::Query if fixed.contains(&name) => (
            Code::ParameterFixedByPath,
            format!("The query parameter `{name}` is left out: the path itself gives it a value."),
        ),
        _ => return true,
    };
    lowering.report(Diagnostic::note(code, pointer.clone(), message));
    false
}

fn lower_parameter<'d>(
    lowering: &mut Lowering<'d>,
    parameter: &'d Parameter,
    pointer: &JsonPointer,
    operation: &str,
) -> ir::Parameter {
    let data = parameter.parameter_data_ref();
    let location = location(parameter);
    let hint = Hint::of(operation).then(&data.name);
    let (schema, place, json) = parameter_schema(lowering, data, pointer);
    let (ty, about) = match schema {
        Some(schema) => (
            lowering.lower_type(schema, &place, &hint),
            lowering.inline_schema(schema),
        ),
        None => (ir::Type::String, None),
    };
    ir::Parameter {
        wire: WireName(data.name.clone()),
        location,
        required: data.required || location == Location::Path,
        description: super::text(data.description.as_ref()).or_else(|| {
            about.and_then(|schema| super::text(schema.schema_data.description.as_ref()))
        }),
        ty: match ty {
            // A parameter that is null is a parameter that is left out.
            ir::Type::Nullable(inner) => *inner,
            ty => ty,
        },
        style: if json {
            ParameterStyle::new(StyleKind::Json)
        } else {
            style(parameter)
        },
        default: about.and_then(|schema| schema.schema_data.default.clone()),
        example: example(lowering, data)
            .or_else(|| about.and_then(|schema| schema.schema_data.example.clone())),
        deprecated: data.deprecated.unwrap_or(false),
        constraints: about.map(constraints::of).unwrap_or_default(),
        ident: ir::RustIdent::default(),
        origin: Origin::at(pointer.clone()),
    }
}

fn example(lowering: &Lowering<'_>, data: &ParameterData) -> Option<serde_json::Value> {
    let examples = match &data.format {
        ParameterSchemaOrContent::Content(content) => {
            let media = content.values().next();
            media.and_then(|media| super::content::example(lowering, media))
        }
        ParameterSchemaOrContent::Schema(_) => None,
    };
    data.example
        .clone()
        .or_else(|| super::content::first_example(lowering, &data.examples))
        .or(examples)
}

/// The schema of a parameter, where it stands, and whether its value is written as JSON text.
fn parameter_schema<'d>(
    lowering: &mut Lowering<'d>,
    data: &'d ParameterData,
    pointer: &JsonPointer,
) -> (Option<&'d ReferenceOr<Schema>>, JsonPointer, bool) {
    let content = match &data.format {
        ParameterSchemaOrContent::Schema(schema) => {
            return (Some(schema), pointer.child("schema"), false);
        }
        ParameterSchemaOrContent::Content(content) => content,
    };
    // OpenAPI 3.0.3, 4.7.12.1: the map has exactly one entry.
    let json = content
        .iter()
        .find(|(name, _)| super::content::is_json(&super::content::essence(name)));
    match json {
        Some((name, media)) => {
            let place = pointer.child("content").child(name).child("schema");
            (media.schema.as_ref(), place, media.schema.is_some())
        }
        None => {
            lowering.report(
                Diagnostic::warning(
                    Code::ParameterContent,
                    pointer.clone(),
                    format!(
                        "The parameter `{}` has a media type that is not JSON; its value is taken as a string.",
                        data.name
                    ),
                )
                .help("Encode the value yourself before passing it."),
            );
            (None, pointer.clone(), false)
        }
    }
}

/// How a parameter is written.
fn style(parameter: &Parameter) -> ParameterStyle {
    let (kind, allow_reserved) = match parameter {
        Parameter::Path { style, .. } => (
            match style {
                PathStyle::Simple => StyleKind::Simple,
                PathStyle::Label => StyleKind::Label,
                PathStyle::Matrix => StyleKind::Matrix,
            },
            false,
        ),
        Parameter::Query {
            style,
            allow_reserved,
            ..
        } => (query_style(style), *allow_reserved),
        Parameter::Header { .. } => (StyleKind::Simple, false),
        Parameter::Cookie { .. } => (StyleKind::Form, false),
    };
    let default = ParameterStyle::new(kind);
    let said = parameter.parameter_data_ref().explode;
    ParameterStyle {
        // `deepObject` has no other form.
        explode: kind == StyleKind::DeepObject || said.unwrap_or(default.explode),
        allow_reserved,
        ..default
    }
}

/// A style that queries and forms share.
pub(super) fn query_style(style: &QueryStyle) -> StyleKind {
    match style {
        QueryStyle::Form => StyleKind::Form,
        QueryStyle::SpaceDelimited => StyleKind::SpaceDelimited,
        QueryStyle::PipeDelimited => StyleKind::PipeDelimited,
        QueryStyle::DeepObject => StyleKind::DeepObject,
    }
}

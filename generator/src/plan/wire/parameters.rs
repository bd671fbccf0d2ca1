//! Parameters of operations: the path item's, overridden by the operation's own.

use super::super::common_name::is_vague;
use super::super::reason::{Origin, TypeReason};
use super::super::shape::{Hint, SchemaRef, constraints_of, examples};
use super::super::{Planning, text};
use super::{content, expressions, paths, sendable};
use crate::diagnostics::{Code, Diagnostic};
use crate::facts::{
    self, Components, Parameter, ParameterLocation, PathItem, SharedValue, ValueForm,
};
use crate::plan::model::{self as ir, Location, ParameterStyle, StyleKind, WireName};
use crate::pointer::JsonPointer;

/// OpenAPI 3.0.3, 4.7.12.1: header parameters of these names are ignored, since media types and security say the same.
const IGNORED_HEADERS: [&str; 3] = ["accept", "content-type", "authorization"];

/// What the HTTP client says of a message itself (RFC 9112, 6; RFC 9110, 7.2 and 7.6.1); a caller's word could only contradict it.
const FRAMING_HEADERS: [&str; 4] = ["content-length", "transfer-encoding", "host", "connection"];

/// Plans the parameters of an operation: its own override those of its path by name and location.
/// Gives the path as it can be filled too, since what is wrong with it shows in the parameters.
pub(super) fn plan<'f>(
    planning: &mut Planning<'f>,
    item: &'f PathItem,
    operation: &'f facts::Operation,
    id: &str,
) -> (String, Vec<ir::Parameter>) {
    let path = item.path.as_str();
    let listed = item.parameters.iter().chain(&operation.parameters);
    let mut resolved = Vec::new();
    for parameter in listed {
        resolved.extend(planning.resolve(parameter, Components::parameter));
    }
    let declared: Vec<paths::Declared<'_>> = resolved
        .iter()
        .map(|parameter| (parameter.name.as_str(), location(parameter)))
        .collect();
    let filled = paths::clean(planning, path, &declared);
    let fixed = paths::fixed_names(&filled);
    let mut parameters: Vec<ir::Parameter> = Vec::new();
    for parameter in &resolved {
        if !is_sendable(planning, parameter, &fixed) {
            continue;
        }
        let hint = hint(item, operation, parameter, id);
        let planned = plan_parameter(planning, operation, parameter, &hint);
        parameters.retain(|other| !is_same(other, &planned));
        parameters.push(planned);
    }
    declare_missing(planning, path, &filled, id, &mut parameters);
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

/// What the type of a parameter is called after: the operation, unless several have it. One that is a component is the author's, and
/// one of a path belongs to what the path is about.
fn hint(item: &PathItem, operation: &facts::Operation, parameter: &Parameter, id: &str) -> Hint {
    let name = &parameter.name;
    if parameter.pointer.starts_with(&operation.pointer) {
        return Hint::of(id).then(name);
    }
    let mut tokens = parameter.pointer.tokens();
    let (section, kind) = (tokens.next(), tokens.next());
    match (section.as_deref(), kind.as_deref(), tokens.next()) {
        (Some("components"), Some("parameters"), Some(component)) => {
            let hint = Hint::of(&component);
            match is_vague(&component) {
                true => hint.then("parameter"),
                false => hint,
            }
        }
        _ if item.operations.len() > 1 => {
            let literal = |segment: &&str| !segment.is_empty() && !segment.contains(['{', '}']);
            match item.path.rsplit('/').find(literal) {
                Some(segment) => Hint::of(segment).then(name),
                None => Hint::of(id).then(name),
            }
        }
        _ => Hint::of(id).then(name),
    }
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
    match parameter.location {
        ParameterLocation::Path => Location::Path,
        ParameterLocation::Query => Location::Query,
        ParameterLocation::Header => Location::Header,
        ParameterLocation::Cookie => Location::Cookie,
    }
}

fn placeholder(path: &str, wire: &WireName) -> Option<usize> {
    path.find(&format!("{{{wire}}}"))
}

/// Declares the `{names}` of a path that no parameter speaks of, as texts.
fn declare_missing(
    planning: &mut Planning<'_>,
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
        planning.report(
            Diagnostic::warning(
                Code::PathParameterUndeclared,
                JsonPointer::from_tokens(["paths", path]),
                format!("The path names `{{{name}}}`, but `{operation}` declares no such parameter; it is taken to be a text."),
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
            most: None,
            expression: None,
            ident: ir::RustIdent::default(),
            origin: Origin::without_schema(
                JsonPointer::from_tokens(["paths", path]),
                TypeReason::UndeclaredInPath,
            ),
        });
    }
}

/// Whether a parameter is one that callers set; says so where it is not.
fn is_sendable(planning: &mut Planning<'_>, parameter: &Parameter, fixed: &[&str]) -> bool {
    let name = parameter.name.as_str();
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
        _ => {
            sendable::check_parameter(planning, parameter);
            return true;
        }
    };
    planning.report(Diagnostic::note(code, parameter.pointer.clone(), message));
    false
}

fn plan_parameter<'f>(
    planning: &mut Planning<'f>,
    operation: &'f facts::Operation,
    parameter: &'f Parameter,
    hint: &Hint,
) -> ir::Parameter {
    let location = location(parameter);
    let (schema, json) = parameter_schema(planning, parameter);
    let (ty, about, origin) = match schema {
        Some(schema) => (
            planning.plan_type(schema, hint),
            schema.inline(),
            schema.origin(),
        ),
        None => (
            ir::Type::String,
            None,
            Origin::without_schema(parameter.pointer.clone(), TypeReason::TextOfMediaType),
        ),
    };
    let ty = match ty {
        // A parameter that is null is a parameter that is left out.
        ir::Type::Nullable(inner) => inner.revealed().clone(),
        ty => ty.revealed().clone(),
    };
    ir::Parameter {
        wire: WireName(parameter.name.clone()),
        location,
        required: parameter.required || location == Location::Path,
        description: text(parameter.description.as_ref())
            .or_else(|| about.and_then(|schema| text(schema.description.as_ref()))),
        expression: expressions::plan(planning, operation, parameter, &ty),
        ty,
        style: if json {
            ParameterStyle::new(StyleKind::Json)
        } else {
            style(parameter)
        },
        default: about.and_then(|schema| schema.default.clone()),
        example: example(planning, parameter, schema),
        deprecated: parameter.deprecated.unwrap_or(false),
        constraints: about.map(constraints_of).unwrap_or_default(),
        most: about.and_then(|schema| schema.limits().maximum?.to_string().parse().ok()),
        ident: ir::RustIdent::default(),
        origin: origin.at(&parameter.pointer),
    }
}

fn example<'f>(
    planning: &Planning<'f>,
    parameter: &Parameter,
    schema: Option<SchemaRef<'f>>,
) -> Option<SharedValue> {
    let facts = planning.facts;
    let of_content = || match &parameter.form {
        ValueForm::Content(content) => content::example(facts, content.values().next()?),
        ValueForm::Schema(_) => None,
    };
    let own = parameter.example.clone();
    let given = own
        .or_else(|| content::first_example(facts, &parameter.examples))
        .or_else(of_content);
    let Some(schema) = schema.and_then(|schema| schema.meant(&facts.schemas)) else {
        return given;
    };
    match given {
        Some(given) => Some(examples::corrected(&facts.schemas, schema, &given)),
        None => examples::of(&facts.schemas, schema),
    }
}

/// The schema of a parameter, and whether its value is written as JSON text.
fn parameter_schema<'f>(
    planning: &mut Planning<'f>,
    parameter: &'f Parameter,
) -> (Option<SchemaRef<'f>>, bool) {
    let content = match &parameter.form {
        ValueForm::Schema(schema) => return (Some(planning.look(schema)), false),
        ValueForm::Content(content) => content,
    };
    // OpenAPI 3.0.3, 4.7.12.1: the map has exactly one entry.
    let json = content
        .iter()
        .find(|(name, _)| content::is_json(&content::essence(name)));
    match json {
        Some((_, media)) => {
            let schema = media.schema.as_ref();
            (schema.map(|schema| planning.look(schema)), schema.is_some())
        }
        None => {
            planning.report(
                Diagnostic::warning(
                    Code::ParameterContent,
                    parameter.pointer.clone(),
                    format!(
                        "The parameter `{}` is described by a media type that is not JSON; it is taken as text.",
                        parameter.name
                    ),
                )
                .help("Encode the value yourself before passing it."),
            );
            (None, false)
        }
    }
}

/// How a parameter is written.
fn style(parameter: &Parameter) -> ParameterStyle {
    let kind = match location(parameter) {
        // Headers and cookies have one style each (OpenAPI 3.0.3, 4.7.12.3).
        Location::Header => StyleKind::Simple,
        Location::Cookie => StyleKind::Form,
        Location::Path | Location::Query => style_kind(parameter.style),
    };
    let default = ParameterStyle::new(kind);
    ParameterStyle {
        // `deepObject` has no other form.
        explode: kind == StyleKind::DeepObject || parameter.explode.unwrap_or(default.explode),
        allow_reserved: parameter.allow_reserved && parameter.location == ParameterLocation::Query,
        ..default
    }
}

/// A style in the model's terms.
pub(super) fn style_kind(style: facts::ParameterStyle) -> StyleKind {
    match style {
        facts::ParameterStyle::Matrix => StyleKind::Matrix,
        facts::ParameterStyle::Label => StyleKind::Label,
        facts::ParameterStyle::Simple => StyleKind::Simple,
        facts::ParameterStyle::Form => StyleKind::Form,
        facts::ParameterStyle::SpaceDelimited => StyleKind::SpaceDelimited,
        facts::ParameterStyle::PipeDelimited => StyleKind::PipeDelimited,
        facts::ParameterStyle::DeepObject => StyleKind::DeepObject,
    }
}

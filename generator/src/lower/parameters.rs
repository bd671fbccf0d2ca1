//! Parameters of operations: the path item's, overridden by the operation's own.

use super::{Lowering, constraints, schemas::Hint};
use crate::diagnostics::{Code, Diagnostic};
use crate::ir::{self, Location, WireName};
use crate::pointer::JsonPointer;
use openapiv3::{Parameter, ParameterData, ParameterSchemaOrContent, ReferenceOr};

/// OpenAPI 3.0.3, 4.7.12.1: header parameters of these names are ignored, since media types and security say the same.
const IGNORED_HEADERS: [&str; 3] = ["accept", "content-type", "authorization"];

/// Lowers lists of parameters; a later list overrides an earlier one by name and location.
pub(super) fn lower<'d>(
    lowering: &mut Lowering<'d>,
    path: &str,
    operation: &str,
    lists: &[(&'d [ReferenceOr<Parameter>], JsonPointer)],
) -> Vec<ir::Parameter> {
    let mut parameters: Vec<ir::Parameter> = Vec::new();
    for (list, base) in lists {
        for (index, parameter) in list.iter().enumerate() {
            let pointer = base.index(index);
            let resolved =
                lowering.resolve(parameter, &pointer, "parameters", |components, name| {
                    components.parameters.get(name)
                });
            let Some((parameter, pointer)) = resolved else {
                continue;
            };
            let Some(lowered) = lower_parameter(lowering, parameter, &pointer, operation) else {
                continue;
            };
            parameters
                .retain(|other| other.wire != lowered.wire || other.location != lowered.location);
            parameters.push(lowered);
        }
    }
    declare_missing(lowering, path, operation, &mut parameters);
    parameters.retain(|parameter| {
        // A path parameter that the path does not name has nowhere to go.
        parameter.location != Location::Path || placeholder(path, &parameter.wire).is_some()
    });
    // Path parameters come first and in the order in which the path names them, as callers read the path.
    parameters.sort_by_key(|parameter| match parameter.location {
        Location::Path => (0, placeholder(path, &parameter.wire).unwrap_or(0)),
        _ => (1, 0),
    });
    parameters
}

fn placeholder(path: &str, wire: &WireName) -> Option<usize> {
    path.find(&format!("{{{wire}}}"))
}

/// Declares the `{names}` of a path that no parameter speaks of, as texts.
fn declare_missing(
    lowering: &mut Lowering<'_>,
    path: &str,
    operation: &str,
    parameters: &mut Vec<ir::Parameter>,
) {
    for piece in path.split('{').skip(1) {
        let Some((name, _)) = piece.split_once('}') else {
            continue;
        };
        let wire = WireName(name.to_owned());
        let known = parameters
            .iter()
            .any(|parameter| parameter.location == Location::Path && parameter.wire == wire);
        if known || name.is_empty() {
            continue;
        }
        lowering.report(
            Diagnostic::warning(
                Code("path-parameter-undeclared"),
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
            default: None,
            example: None,
            deprecated: false,
            constraints: Vec::new(),
        });
    }
}

fn lower_parameter<'d>(
    lowering: &mut Lowering<'d>,
    parameter: &'d Parameter,
    pointer: &JsonPointer,
    operation: &str,
) -> Option<ir::Parameter> {
    let data = parameter.parameter_data_ref();
    let location = match parameter {
        Parameter::Path { .. } => Location::Path,
        Parameter::Query { .. } => Location::Query,
        Parameter::Header { .. } => Location::Header,
        Parameter::Cookie { .. } => Location::Cookie,
    };
    if location == Location::Header
        && IGNORED_HEADERS.contains(&data.name.to_ascii_lowercase().as_str())
    {
        lowering.report(Diagnostic::note(
            Code("header-parameter-ignored"),
            pointer.clone(),
            format!(
                "The header parameter `{}` is ignored, as OpenAPI 3.0.3 (4.7.12.1) says.",
                data.name
            ),
        ));
        return None;
    }
    if location == Location::Cookie {
        lowering.report(
            Diagnostic::warning(
                Code("cookie-parameter"),
                pointer.clone(),
                format!(
                    "The cookie parameter `{}` is left out: cookies are not supported yet.",
                    data.name
                ),
            )
            .help("Set it through a default header of the client."),
        );
        return None;
    }
    report_style(lowering, parameter, pointer);
    let hint = Hint::of(operation).then(&data.name);
    let (ty, about) = match parameter_schema(lowering, data, pointer) {
        Some(schema) => (
            lowering.lower_type(schema, &pointer.child("schema"), &hint),
            lowering.inline_schema(schema),
        ),
        None => (ir::Type::String, None),
    };
    Some(ir::Parameter {
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
        default: about.and_then(|schema| schema.schema_data.default.clone()),
        example: example(data)
            .or_else(|| about.and_then(|schema| schema.schema_data.example.clone())),
        deprecated: data.deprecated.unwrap_or(false),
        constraints: about.map(constraints::of).unwrap_or_default(),
    })
}

fn example(data: &ParameterData) -> Option<serde_json::Value> {
    data.example.clone().or_else(|| {
        data.examples
            .values()
            .find_map(|example| example.as_item().and_then(|example| example.value.clone()))
    })
}

/// The schema of a parameter; one that is described by a media type has none that we can use yet.
fn parameter_schema<'d>(
    lowering: &mut Lowering<'d>,
    data: &'d ParameterData,
    pointer: &JsonPointer,
) -> Option<&'d ReferenceOr<openapiv3::Schema>> {
    match &data.format {
        ParameterSchemaOrContent::Schema(schema) => Some(schema),
        ParameterSchemaOrContent::Content(_) => {
            lowering.report(
                Diagnostic::warning(
                    Code("parameter-content"),
                    pointer.clone(),
                    format!(
                        "The parameter `{}` is described by a media type; it is taken as text.",
                        data.name
                    ),
                )
                .help("Encode the value yourself before passing it."),
            );
            None
        }
    }
}

fn report_style(lowering: &mut Lowering<'_>, parameter: &Parameter, pointer: &JsonPointer) {
    use openapiv3::{PathStyle, QueryStyle};
    let (plain, style) = match parameter {
        Parameter::Path {
            style: PathStyle::Simple,
            ..
        } => return,
        Parameter::Path { style, .. } => (false, format!("{style:?}")),
        Parameter::Query {
            style: QueryStyle::Form,
            ..
        } => (
            parameter.parameter_data_ref().explode != Some(false),
            "form without explode".to_owned(),
        ),
        Parameter::Query { style, .. } => (false, format!("{style:?}")),
        Parameter::Header { .. } | Parameter::Cookie { .. } => return,
    };
    if !plain {
        lowering.report(
            Diagnostic::warning(
                Code("parameter-style"),
                pointer.clone(),
                format!("The parameter style {style} is not supported; the default style is used."),
            )
            .help("This matters only for lists and objects."),
        );
    }
}

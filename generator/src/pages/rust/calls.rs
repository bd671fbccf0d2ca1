//! Calls of the runtime as text.

use crate::plan::call::{Argument, Call};
use crate::plan::model::{ParameterStyle, RustIdent, StyleKind};
use crate::tokens;

/// Each of some calls, such as `query("page", &page)`.
pub(in crate::pages) fn calls(calls: &[Call]) -> impl Iterator<Item = String> {
    calls.iter().map(call)
}

/// Calls one behind the other: `json(body).header("Content-Type", "text/json")`.
pub(in crate::pages) fn call_chain(calls: &[Call]) -> String {
    calls.iter().map(call).collect::<Vec<_>>().join(".")
}

fn call(call: &Call) -> String {
    let arguments: Vec<String> = call.arguments.iter().map(argument).collect();
    format!("{}({})", call.method, arguments.join(", "))
}

fn argument(argument: &Argument) -> String {
    match argument {
        Argument::Text(text) => tokens::string(text),
        Argument::Input(ident) => ident.clone(),
        Argument::InputRef(ident) => format!("&{ident}"),
        Argument::InputText(ident) => format!("{ident}.into().as_str()"),
        Argument::Style(style) => expression(*style),
        Argument::Members(members) => {
            let members: Vec<String> = members
                .iter()
                .map(|(name, way)| format!("({}, {})", tokens::string(name), self::argument(way)))
                .collect();
            format!("&[{}]", members.join(", "))
        }
        Argument::Schemes(alternatives) => {
            let alternatives: Vec<String> = alternatives
                .iter()
                .map(|schemes| constants(schemes))
                .collect();
            format!("&[{}]", alternatives.join(", "))
        }
    }
}

/// Schemes that are sent together, by their constants.
fn constants(idents: &[RustIdent]) -> String {
    let paths: Vec<String> = idents
        .iter()
        .map(|ident| format!("schemes::{ident}"))
        .collect();
    format!("&[{}]", paths.join(", "))
}

/// A style as an expression.
fn expression(style: ParameterStyle) -> String {
    let name = match style.kind {
        StyleKind::Simple => "SIMPLE",
        StyleKind::Label => "LABEL",
        StyleKind::Matrix => "MATRIX",
        StyleKind::Form => "FORM",
        StyleKind::SpaceDelimited => "SPACE_DELIMITED",
        StyleKind::PipeDelimited => "PIPE_DELIMITED",
        StyleKind::DeepObject => "DEEP_OBJECT",
        StyleKind::Json => "JSON",
    };
    let explode = match (style.explode, ParameterStyle::new(style.kind).explode) {
        (true, false) => ".exploded()",
        (false, true) => ".joined()",
        _ => "",
    };
    let reserved = if style.allow_reserved {
        ".allow_reserved()"
    } else {
        ""
    };
    format!("sdk_runtime::Style::{name}{explode}{reserved}")
}

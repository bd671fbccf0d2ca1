//! Names and paths that no request can carry: takes them, tells of each.
//!
//! A header's name and a cookie's are tokens of HTTP; what is none is refused by every client at the moment of the call. So it is
//! told while there is somebody to correct the document.

use super::super::Planning;
use crate::diagnostics::{Code, Diagnostic};
use crate::facts::{ApiKeyLocation, Parameter, ParameterLocation, ValueForm};
use crate::pointer::JsonPointer;
use crate::text::is_token;
use serde_json::Value;

/// Tells of a header or cookie parameter that cannot be sent.
pub(super) fn check_parameter(planning: &mut Planning<'_>, parameter: &Parameter) {
    let pointer = parameter.pointer.child("name");
    match parameter.location {
        ParameterLocation::Header => check_header(planning, &parameter.name, pointer),
        ParameterLocation::Cookie => check_cookie(planning, &parameter.name, pointer),
        ParameterLocation::Path => check_path_values(planning, parameter),
        ParameterLocation::Query => {}
    }
}

/// Tells of the values of a path parameter that cannot stand in a path: they would lead elsewhere.
fn check_path_values(planning: &mut Planning<'_>, parameter: &Parameter) {
    let ValueForm::Schema(used) = &parameter.form else {
        return;
    };
    let Some(schema) = planning.facts.schemas.of(used) else {
        return;
    };
    let values = schema.enum_values.iter().filter_map(Value::as_str);
    let refused: Vec<String> = values
        .filter(|value| matches!(*value, "" | "." | ".."))
        .map(|value| format!("`\"{value}\"`"))
        .collect();
    if refused.is_empty() {
        return;
    }
    let (name, values) = (&parameter.name, refused.join(", "));
    planning.report(
        Diagnostic::warning(
            Code::PathValueNotSendable,
            schema.pointer.child("enum"),
            format!("`{name}` may be {values}, which no path can carry; a call with it fails."),
        )
        .help("Remove the value, or describe the path without that segment."),
    );
}

/// Tells of an API key that cannot be sent.
pub(super) fn check_key(
    planning: &mut Planning<'_>,
    location: ApiKeyLocation,
    name: &str,
    scheme: &JsonPointer,
) {
    match location {
        ApiKeyLocation::Header => check_header(planning, name, scheme.child("name")),
        ApiKeyLocation::Cookie => check_cookie(planning, name, scheme.child("name")),
        ApiKeyLocation::Query => {}
    }
}

fn check_header(planning: &mut Planning<'_>, name: &str, pointer: JsonPointer) {
    if !is_token(name) {
        report_header(planning, name, pointer, "a call that sets it fails");
    }
}

/// Whether an answer can have a header; what none can have is told.
pub(super) fn is_receivable(
    planning: &mut Planning<'_>,
    name: &str,
    pointer: &JsonPointer,
) -> bool {
    if !is_token(name) {
        report_header(planning, name, pointer.clone(), "no answer can have it");
        return false;
    }
    true
}

fn report_header(planning: &mut Planning<'_>, name: &str, pointer: JsonPointer, so: &str) {
    planning.report(
        Diagnostic::warning(
            Code::HeaderNotSendable,
            pointer,
            format!("`{name}` is no name of a header; {so}."),
        )
        .help("A header's name has letters, digits and some of `-`, `_` and `.`, and no spaces (RFC 9110, 5.6.2)."),
    );
}

fn check_cookie(planning: &mut Planning<'_>, name: &str, pointer: JsonPointer) {
    if !is_token(name) {
        planning.report(
            Diagnostic::warning(
                Code::CookieNotSendable,
                pointer,
                format!("`{name}` is no name of a cookie; a call that sets it fails."),
            )
            .help("A cookie's name has letters, digits and some of `-`, `_` and `.`, and no spaces (RFC 6265, 4.1.1)."),
        );
    }
}

/// Tells of a server's path that the path of an operation cannot follow.
pub(super) fn check_server_path(planning: &mut Planning<'_>, path: &str, pointer: &JsonPointer) {
    let ends_path = path.contains(['?', '#']);
    let breaks_url = path.contains(|c: char| c.is_whitespace() || c.is_control() || c == '\\');
    if ends_path || breaks_url {
        planning.report(
            Diagnostic::warning(
                Code::ServerPathNotSendable,
                pointer.clone(),
                format!(
                    "The path of an operation cannot follow on the server's path `{path}`, so no call reaches it."
                ),
            )
            .help("A server's URL ends with a path; a query, a fragment or a space has no place in it."),
        );
    }
}

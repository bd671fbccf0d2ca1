//! The document's first server, taken apart into what a proxy replaces and what belongs to the API.

use super::super::{Planning, text};
use super::sendable;
use crate::diagnostics::{Code, Diagnostic};
use crate::plan::model as ir;
use crate::pointer::JsonPointer;
use std::borrow::Cow;

/// Plans the first server; a document without one gets a placeholder host and a note.
pub(in crate::plan) fn plan(planning: &mut Planning<'_>) -> ir::Server {
    let Some(server) = planning.facts.servers.first() else {
        planning.report(
            Diagnostic::note(
                Code::NoServer,
                JsonPointer::root(),
                "The document has no server.",
            )
            .help("Callers must give the client a base URL."),
        );
        return ir::Server {
            origin: String::new(),
            path: String::new(),
            variables: Vec::new(),
        };
    };
    let pointer = server.pointer.child("url");
    let url = with_scheme(&server.url);
    let (origin, path) = split(&url);
    if origin.is_empty() {
        planning.report(
            Diagnostic::note(
                Code::ServerWithoutHost,
                pointer.clone(),
                format!("The server URL `{}` has no host.", server.url),
            )
            .help("Callers must give the client a base URL."),
        );
    }
    sendable::check_server_path(planning, path, &pointer);
    let variables = server
        .variables
        .iter()
        .map(|(name, variable)| ir::ServerVariable {
            name: name.clone(),
            default: variable.default.clone(),
            description: text(variable.description.as_ref()),
        })
        .collect();
    ir::Server {
        origin: origin.to_owned(),
        path: path.trim_end_matches('/').to_owned(),
        variables,
    }
}

/// A URL that leaves out its scheme takes that of the page which it stands in (RFC 3986, 4.2): here the one that is safe.
fn with_scheme(url: &str) -> Cow<'_, str> {
    match url.strip_prefix("//") {
        Some(host) if !host.starts_with('/') && !host.is_empty() => {
            Cow::Owned(format!("https://{host}"))
        }
        _ => Cow::Borrowed(url),
    }
}

/// Splits a URL (or template) before its path; a URL that is only a path has an empty origin. A variable at the start may stand
/// for scheme and host.
fn split(url: &str) -> (&str, &str) {
    let starts_the_path = url.starts_with(['/', '{']);
    let host_start = url
        .find("://")
        .map_or_else(|| if starts_the_path { 0 } else { url.len() }, |at| at + 3);
    let (head, tail) = url.split_at_checked(host_start).unwrap_or((url, ""));
    let path_start = tail.find('/').unwrap_or(tail.len());
    let (_, path) = tail.split_at_checked(path_start).unwrap_or((tail, ""));
    url.split_at_checked(head.len() + path_start)
        .unwrap_or((url, path))
}

#[cfg(test)]
mod tests {
    use super::{split, with_scheme};

    #[test]
    fn splits_before_the_path() {
        assert_eq!(
            split("https://{tenant}.example.com/v3/"),
            ("https://{tenant}.example.com", "/v3/")
        );
        assert_eq!(split("https://example.com"), ("https://example.com", ""));
        assert_eq!(
            split("{endpoint}/api-version:{version}"),
            ("{endpoint}", "/api-version:{version}")
        );
        assert_eq!(split("{endpoint}"), ("{endpoint}", ""));
        assert_eq!(split("{scheme}://{host}/v1"), ("{scheme}://{host}", "/v1"));
        assert_eq!(split("/v1"), ("", "/v1"));
        assert_eq!(
            with_scheme("//kubernetes.local"),
            "https://kubernetes.local"
        );
        assert_eq!(with_scheme("///v1"), "///v1");
        assert_eq!(split(""), ("", ""));
    }
}

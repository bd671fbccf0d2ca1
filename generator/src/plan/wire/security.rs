//! Security schemes, and what each operation asks for.

use super::super::{Planning, text};
use super::sendable;
use crate::diagnostics::{Code, Diagnostic};
use crate::facts::{self, SchemeKind, SecurityAlternative};
use crate::plan::model::{self as ir, SecurityKind};
use indexmap::IndexMap;

/// Plans every scheme that clients can use.
pub(in crate::plan) fn plan_schemes(
    planning: &mut Planning<'_>,
) -> IndexMap<String, ir::SecurityScheme> {
    let facts = planning.facts;
    let mut schemes = IndexMap::new();
    for (name, scheme) in &facts.components.security_schemes {
        let scheme = planning.resolve(scheme, facts::Components::security_scheme);
        if let Some(scheme) = scheme {
            let scheme = ir::SecurityScheme {
                name: name.clone(),
                description: text(scheme.description.as_ref()),
                kind: plan_scheme(planning, name, scheme),
                has_prefix: has_prefix(scheme),
            };
            schemes.insert(name.clone(), scheme);
        }
    }
    schemes
}

fn plan_scheme(
    planning: &mut Planning<'_>,
    name: &str,
    scheme: &facts::SecurityScheme,
) -> SecurityKind {
    match &scheme.kind {
        SchemeKind::ApiKey { location, name } => {
            sendable::check_key(planning, *location, name, &scheme.pointer);
            if has_prefix(scheme) {
                return prefixed(planning, name, scheme);
            }
            SecurityKind::ApiKey {
                location: match location {
                    facts::ApiKeyLocation::Header => ir::ApiKeyLocation::Header,
                    facts::ApiKeyLocation::Query => ir::ApiKeyLocation::Query,
                    facts::ApiKeyLocation::Cookie => ir::ApiKeyLocation::Cookie,
                },
                name: name.clone(),
            }
        }
        SchemeKind::Http { scheme: http, .. } => match http.to_ascii_lowercase().as_str() {
            "basic" => SecurityKind::Basic,
            "bearer" => SecurityKind::Bearer,
            other => named_scheme(planning, name, http, other, scheme),
        },
        SchemeKind::MutualTls => SecurityKind::MutualTls,
        SchemeKind::OAuth2 { flows } => match &flows.client_credentials {
            Some(flow) => SecurityKind::ClientCredentials {
                token_url: flow.token_url.clone().unwrap_or_default(),
                scopes: flow
                    .scopes
                    .iter()
                    .map(|(scope, text)| (scope.clone(), text.clone()))
                    .collect(),
            },
            None => SecurityKind::Bearer,
        },
        SchemeKind::OpenIdConnect { .. } => SecurityKind::Bearer,
    }
}

/// Whether a scheme is a key in the header in which HTTP wants the name of a scheme before it (RFC 9110, 11.6.2).
fn has_prefix(scheme: &facts::SecurityScheme) -> bool {
    match &scheme.kind {
        SchemeKind::ApiKey { location, name } => {
            *location == facts::ApiKeyLocation::Header && name.eq_ignore_ascii_case("authorization")
        }
        _ => false,
    }
}

/// A key in the header `Authorization`: behind the prefix of target.toml, else as the caller gives it.
fn prefixed(
    planning: &mut Planning<'_>,
    header: &str,
    scheme: &facts::SecurityScheme,
) -> SecurityKind {
    let prefix = planning.target.auth.prefix.as_deref();
    match prefix {
        Some(prefix) if prefix.eq_ignore_ascii_case("bearer") => SecurityKind::Bearer,
        Some(prefix) if !prefix.is_empty() => SecurityKind::Http {
            scheme: prefix.to_owned(),
        },
        Some(_) => SecurityKind::ApiKey {
            location: ir::ApiKeyLocation::Header,
            name: header.to_owned(),
        },
        None => {
            planning.report(
                Diagnostic::warning(
                    Code::KeyWithoutPrefix,
                    scheme.pointer.clone(),
                    "The API key goes into the header `Authorization` as the caller gives it, while HTTP wants the name of a scheme before it.",
                )
                .help("If the server expects `Bearer …`, say `prefix = \"Bearer\"` under `[auth]` of target.toml; `prefix = \"\"` says that it expects the bare key."),
            );
            SecurityKind::ApiKey {
                location: ir::ApiKeyLocation::Header,
                name: header.to_owned(),
            }
        }
    }
}

/// HTTP schemes whose credential answers a challenge of the server, so that none can be given beforehand (the IANA registry of
/// authentication schemes).
const CHALLENGING: [&str; 8] = [
    "digest",
    "hoba",
    "mutual",
    "negotiate",
    "ntlm",
    "scram-sha-1",
    "scram-sha-256",
    "vapid",
];

/// A scheme that is sent under its own name; `lower` is that name in lower case.
fn named_scheme(
    planning: &mut Planning<'_>,
    name: &str,
    http: &str,
    lower: &str,
    scheme: &facts::SecurityScheme,
) -> SecurityKind {
    if CHALLENGING.contains(&lower) {
        planning.report(
            Diagnostic::warning(
                Code::HttpSchemeChallenge,
                scheme.pointer.clone(),
                format!("The HTTP scheme `{http}` of `{name}` answers a challenge of the server, which the client does not do."),
            )
            .help("Give the client an HTTP client that does, or a credential that is sent as it is: `ClientBuilder::http_credential`."),
        );
    }
    let scheme = http.trim().to_owned();
    SecurityKind::Http { scheme }
}

/// The alternatives of an operation: its own, else the document's.
fn alternatives<'f>(
    planning: &Planning<'f>,
    operation: &'f facts::Operation,
) -> &'f [SecurityAlternative] {
    let facts = planning.facts;
    let alternatives = operation.security.as_ref().or(facts.security.as_ref());
    alternatives.map(Vec::as_slice).unwrap_or_default()
}

/// The ways to be let in, of which one is enough.
pub(super) fn plan_alternatives(
    planning: &Planning<'_>,
    operation: &facts::Operation,
) -> Vec<ir::SecurityAlternative> {
    let alternatives = alternatives(planning, operation).iter();
    let alternatives = alternatives.map(|alternative| ir::SecurityAlternative {
        requirements: requirements(alternative).collect(),
        pointer: alternative.pointer.clone(),
    });
    alternatives.collect()
}

fn requirements(
    alternative: &SecurityAlternative,
) -> impl Iterator<Item = ir::SecurityRequirement> {
    let schemes = alternative.schemes.iter();
    schemes.map(|required| ir::SecurityRequirement {
        scheme: required.scheme.clone(),
        scopes: required.scopes.clone(),
    })
}

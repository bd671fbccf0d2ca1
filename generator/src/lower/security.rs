//! Security schemes, and what each operation asks for.

use super::Lowering;
use crate::diagnostics::{Code, Diagnostic};
use crate::ir::{self, SecurityKind};
use crate::pointer::JsonPointer;
use indexmap::IndexMap;
use openapiv3::{APIKeyLocation, SecurityScheme};

/// Lowers every scheme that clients can use.
pub(super) fn lower_schemes(lowering: &mut Lowering<'_>) -> IndexMap<String, ir::SecurityScheme> {
    let document = lowering.document;
    let Some(components) = &document.components else {
        return IndexMap::new();
    };
    let base = JsonPointer::from_tokens(["components", "securitySchemes"]);
    let mut schemes = IndexMap::new();
    for (name, scheme) in &components.security_schemes {
        let pointer = base.child(name);
        let resolved = lowering.resolve(scheme, &pointer, "securitySchemes", |components, name| {
            components.security_schemes.get(name)
        });
        if let Some((scheme, pointer)) = resolved {
            let (kind, description) = lower_scheme(lowering, name, scheme, &pointer);
            schemes.insert(
                name.clone(),
                ir::SecurityScheme {
                    name: name.clone(),
                    description,
                    kind,
                },
            );
        }
    }
    schemes
}

fn lower_scheme(
    lowering: &mut Lowering<'_>,
    name: &str,
    scheme: &SecurityScheme,
    pointer: &JsonPointer,
) -> (SecurityKind, Option<String>) {
    match scheme {
        SecurityScheme::APIKey {
            location,
            name,
            description,
            ..
        } => {
            let location = match location {
                APIKeyLocation::Header => ir::ApiKeyLocation::Header,
                APIKeyLocation::Query => ir::ApiKeyLocation::Query,
                APIKeyLocation::Cookie => ir::ApiKeyLocation::Cookie,
            };
            (
                SecurityKind::ApiKey {
                    location,
                    name: name.clone(),
                },
                super::text(description.as_ref()),
            )
        }
        SecurityScheme::HTTP {
            scheme,
            description,
            ..
        } => {
            let kind = match scheme.to_ascii_lowercase().as_str() {
                "basic" => SecurityKind::Basic,
                "bearer" => SecurityKind::Bearer,
                // What the repair makes of OpenAPI 3.1's type of that name.
                "mutualtls" => SecurityKind::MutualTls,
                other => {
                    lowering.report(
                        Diagnostic::warning(
                            Code::HttpSchemeUnknown,
                            pointer.clone(),
                            format!("The HTTP scheme `{other}` of `{name}` is treated as a bearer token."),
                        )
                        .help("Give the client the credential as a token, or set the `Authorization` header yourself."),
                    );
                    SecurityKind::Bearer
                }
            };
            (kind, super::text(description.as_ref()))
        }
        SecurityScheme::OAuth2 {
            flows, description, ..
        } => {
            let kind = match &flows.client_credentials {
                Some(flow) => SecurityKind::ClientCredentials {
                    token_url: flow.token_url.clone(),
                    scopes: flow
                        .scopes
                        .iter()
                        .map(|(scope, text)| (scope.clone(), text.clone()))
                        .collect(),
                },
                None => SecurityKind::Bearer,
            };
            (kind, super::text(description.as_ref()))
        }
        SecurityScheme::OpenIDConnect { description, .. } => {
            (SecurityKind::Bearer, super::text(description.as_ref()))
        }
    }
}

/// What an operation asks for: its own list, else the document's. Alternatives are flattened; an empty alternative
/// (`{}`) means that credentials are optional, which changes nothing for a client that has them.
pub(super) fn lower_requirements(
    lowering: &Lowering<'_>,
    operation: &openapiv3::Operation,
) -> Vec<ir::SecurityRequirement> {
    let (alternatives, _) = asked(lowering, operation, &JsonPointer::root());
    alternatives.iter().flat_map(requirements).collect()
}

/// The ways to be let in, of which one is enough.
pub(super) fn lower_alternatives(
    lowering: &Lowering<'_>,
    operation: &openapiv3::Operation,
    pointer: &JsonPointer,
) -> Vec<ir::SecurityAlternative> {
    let (alternatives, pointer) = asked(lowering, operation, pointer);
    let alternatives = alternatives.iter().enumerate();
    let alternatives = alternatives.map(|(index, alternative)| ir::SecurityAlternative {
        requirements: requirements(alternative).collect(),
        pointer: pointer.index(index),
    });
    alternatives.collect()
}

/// The operation's own list, else the document's, and where it stands.
fn asked<'d>(
    lowering: &Lowering<'d>,
    operation: &'d openapiv3::Operation,
    pointer: &JsonPointer,
) -> (&'d [openapiv3::SecurityRequirement], JsonPointer) {
    match (&operation.security, &lowering.document.security) {
        (Some(own), _) => (own, pointer.child("security")),
        (None, Some(shared)) => (shared, JsonPointer::root().child("security")),
        (None, None) => (&[], JsonPointer::root()),
    }
}

fn requirements(
    alternative: &openapiv3::SecurityRequirement,
) -> impl Iterator<Item = ir::SecurityRequirement> {
    alternative
        .iter()
        .map(|(scheme, scopes)| ir::SecurityRequirement {
            scheme: scheme.clone(),
            scopes: scopes.clone(),
        })
}

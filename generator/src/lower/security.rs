//! Reads security schemes, and what is asked for.

use super::Lowering;
use crate::facts::{
    ApiKeyLocation, Extensions, Flow, Flows, SchemeKind, SchemeRequirement, SecurityAlternative,
    SecurityScheme,
};
use crate::pointer::JsonPointer;
use indexmap::IndexMap;
use openapiv3::{APIKeyLocation, OAuth2Flows, SecurityRequirement};

/// Reads `security` of the object at `owner`.
pub(super) fn alternatives(
    security: Option<Vec<SecurityRequirement>>,
    owner: &JsonPointer,
) -> Option<Vec<SecurityAlternative>> {
    let base = owner.child("security");
    let alternatives = security?.into_iter().enumerate();
    let alternatives = alternatives.map(|(index, schemes)| SecurityAlternative {
        schemes: schemes
            .into_iter()
            .map(|(scheme, scopes)| SchemeRequirement { scheme, scopes })
            .collect(),
        pointer: base.index(index),
    });
    Some(alternatives.collect())
}

impl Lowering {
    pub(super) fn lower_security_scheme(
        &mut self,
        scheme: openapiv3::SecurityScheme,
        pointer: JsonPointer,
    ) -> SecurityScheme {
        let (kind, description, extensions) = match scheme {
            openapiv3::SecurityScheme::APIKey {
                location,
                name,
                description,
                extensions,
            } => {
                let location = match location {
                    APIKeyLocation::Header => ApiKeyLocation::Header,
                    APIKeyLocation::Query => ApiKeyLocation::Query,
                    APIKeyLocation::Cookie => ApiKeyLocation::Cookie,
                };
                (
                    SchemeKind::ApiKey { location, name },
                    description,
                    extensions,
                )
            }
            openapiv3::SecurityScheme::HTTP {
                scheme,
                bearer_format,
                description,
                extensions,
            } => {
                let kind = SchemeKind::Http {
                    scheme,
                    bearer_format,
                };
                (kind, description, extensions)
            }
            openapiv3::SecurityScheme::OAuth2 {
                flows,
                description,
                extensions,
            } => {
                let flows = Box::new(lower_flows(flows, &pointer.child("flows")));
                (SchemeKind::OAuth2 { flows }, description, extensions)
            }
            openapiv3::SecurityScheme::OpenIDConnect {
                open_id_connect_url: url,
                description,
                extensions,
            } => (SchemeKind::OpenIdConnect { url }, description, extensions),
        };
        SecurityScheme {
            description,
            kind: match self.kept.text(&pointer, "type") {
                Some(ty) if ty == "mutualTLS" => SchemeKind::MutualTls,
                Some(ty) => {
                    self.kept.put_back(&pointer, "type", ty.into());
                    kind
                }
                None => kind,
            },
            extensions,
            pointer,
        }
    }
}

fn lower_flows(flows: OAuth2Flows, pointer: &JsonPointer) -> Flows {
    let lower = |name: &str,
                 [authorization_url, token_url, refresh_url]: [Option<String>; 3],
                 scopes: IndexMap<String, String>,
                 extensions: Extensions| Flow {
        authorization_url,
        token_url,
        refresh_url,
        scopes,
        extensions,
        pointer: pointer.child(name),
    };
    Flows {
        implicit: flows.implicit.map(|flow| {
            let urls = [Some(flow.authorization_url), None, flow.refresh_url];
            lower("implicit", urls, flow.scopes, flow.extensions)
        }),
        password: flows.password.map(|flow| {
            let urls = [None, Some(flow.token_url), flow.refresh_url];
            lower("password", urls, flow.scopes, flow.extensions)
        }),
        client_credentials: flows.client_credentials.map(|flow| {
            let urls = [None, Some(flow.token_url), flow.refresh_url];
            lower("clientCredentials", urls, flow.scopes, flow.extensions)
        }),
        authorization_code: flows.authorization_code.map(|flow| {
            let urls = [
                Some(flow.authorization_url),
                Some(flow.token_url),
                flow.refresh_url,
            ];
            lower("authorizationCode", urls, flow.scopes, flow.extensions)
        }),
        extensions: flows.extensions,
    }
}

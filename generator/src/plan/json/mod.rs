//! Takes the plan and the places of the document, gives one JSON value that tells other programs what the crate is.
//!
//! The value is an interface that the README describes: fields may be added, and none goes or changes its meaning. A field that says
//! nothing is null or an empty list, never absent.

mod filters;
mod operations;
mod types;

use super::model::{ApiKeyLocation, OperationId};
use super::{Auth, Plan};
use crate::source::{Position, Sources};
use crate::target::{RateLimit, TokenRequest};
use operations::OperationJson;
use serde::Serialize;
use types::TypeJson;

/// The plan, as `sdk-generator plan` prints it.
#[derive(Debug, Serialize)]
pub struct PlanJson<'p> {
    #[serde(rename = "crate")]
    package: CrateJson<'p>,
    server: ServerJson<'p>,
    auth: AuthJson<'p>,
    operations: Vec<OperationJson<'p>>,
    types: Vec<TypeJson<'p>>,
}

/// The crate itself.
#[derive(Debug, Serialize)]
struct CrateJson<'p> {
    package: &'p str,
    library: &'p str,
    version: &'p str,
    description: Option<&'p str>,
    features: Vec<FeatureJson<'p>>,
}

/// A Cargo feature, and the tag whose operations it compiles.
#[derive(Debug, Serialize)]
struct FeatureJson<'p> {
    name: &'p str,
    tag: &'p str,
}

/// The server that the client talks to unless it is told otherwise.
#[derive(Debug, Serialize)]
struct ServerJson<'p> {
    origin: &'p str,
    path: &'p str,
    variables: Vec<VariableJson<'p>>,
    rate_limit: Option<RateLimit>,
}

/// A variable of the server's URL.
#[derive(Debug, Serialize)]
struct VariableJson<'p> {
    name: &'p str,
    default: Option<&'p str>,
    env: Option<&'p str>,
}

/// How the client signs in.
#[derive(Debug, Serialize)]
struct AuthJson<'p> {
    kind: &'static str,
    token_url: Option<&'p str>,
    token_request: Option<&'static str>,
    scopes: &'p [String],
    #[serde(rename = "in")]
    location: Option<&'static str>,
    name: Option<&'p str>,
    env: Vec<EnvJson<'p>>,
}

/// An environment variable that `Client::from_env()` reads.
#[derive(Debug, Serialize)]
struct EnvJson<'p> {
    setting: &'p str,
    variable: &'p str,
}

/// The plan as a value that can be printed.
pub fn plan_json<'p>(plan: &'p Plan, sources: &Sources) -> PlanJson<'p> {
    let printer = Printer { plan, sources };
    PlanJson {
        package: package(plan),
        server: server(plan),
        auth: auth(plan),
        operations: plan
            .operations()
            .map(|(id, operation)| printer.operation(id, operation))
            .collect(),
        types: plan
            .reached_types()
            .into_iter()
            .map(|(_, def)| printer.ty(def))
            .collect(),
    }
}

/// What the parts of the value are made from.
struct Printer<'p, 's> {
    plan: &'p Plan,
    sources: &'s Sources,
}

impl Printer<'_, '_> {
    fn locate(&self, pointer: &crate::pointer::JsonPointer) -> Option<Position> {
        self.sources.locate(pointer)
    }

    /// The error type of an operation, from the crate's root.
    fn error_type(&self, id: OperationId) -> String {
        let set = self.plan.api[id].errors;
        self.plan.api[set].ident.to_string()
    }
}

fn package(plan: &Plan) -> CrateJson<'_> {
    CrateJson {
        package: &plan.name.package,
        library: &plan.name.library,
        version: &plan.package.version,
        description: plan.package.settings.description.as_deref(),
        features: plan
            .tags()
            .map(|(_, tag)| FeatureJson {
                name: &tag.feature,
                tag: &tag.name,
            })
            .collect(),
    }
}

fn server(plan: &Plan) -> ServerJson<'_> {
    ServerJson {
        origin: &plan.client.server.origin,
        path: &plan.client.server.path,
        variables: plan
            .client
            .variables
            .iter()
            .map(|variable| VariableJson {
                name: &variable.name,
                default: Some(variable.default.as_str()).filter(|default| !default.is_empty()),
                env: variable.env.as_deref(),
            })
            .collect(),
        rate_limit: plan.client.rate_limit,
    }
}

fn auth(plan: &Plan) -> AuthJson<'_> {
    let env = plan.client.env.iter().filter_map(|env| {
        Some(EnvJson {
            setting: env.setting,
            variable: env.variable.as_deref()?,
        })
    });
    let plain = AuthJson {
        kind: "none",
        token_url: None,
        token_request: None,
        scopes: &[],
        location: None,
        name: None,
        env: env.collect(),
    };
    match &plan.client.auth {
        Auth::None => plain,
        Auth::Bearer => AuthJson {
            kind: "bearer",
            ..plain
        },
        Auth::Basic => AuthJson {
            kind: "basic",
            ..plain
        },
        Auth::Http { scheme } => AuthJson {
            kind: "http",
            name: Some(scheme),
            ..plain
        },
        Auth::ApiKey { location, name } => AuthJson {
            kind: "api_key",
            location: Some(match location {
                ApiKeyLocation::Header => "header",
                ApiKeyLocation::Query => "query",
                ApiKeyLocation::Cookie => "cookie",
            }),
            name: Some(name),
            ..plain
        },
        Auth::ClientCredentials {
            token_url,
            request,
            scopes,
        } => AuthJson {
            kind: "client_credentials",
            token_url: Some(token_url),
            token_request: Some(TokenRequest::name(*request)),
            scopes,
            ..plain
        },
    }
}

//! `src/lib.rs` and `src/client.rs`.

use super::rust::{cfg, own_docs};
use super::security::{SchemeView, location_name, schemes};
use crate::plan::{self, Plan};
use crate::prose::{DocStyle, code, doc_comment};
use crate::target::{ConfigFile, RateLimit, TokenRequest};
use crate::tokens;
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct Library {
    docs: String,
    /// Whether some name is not ASCII.
    other_scripts: bool,
    /// Whether some operation names its security schemes.
    schemes: bool,
    /// Whether answers declare headers.
    headers: bool,
    /// Whether some operation asks for a scope.
    scopes: bool,
    /// Whether fields of filters take operators.
    operators: bool,
    /// Whether some parameter takes a filter or a sorter.
    expressions: bool,
    /// Whether lists come in pages.
    paging: bool,
    /// Whether some operation starts a job that can be waited for.
    jobs: bool,
}

/// The crate's root.
pub(super) fn library(plan: &Plan) -> Library {
    let description = plan
        .package
        .settings
        .description
        .clone()
        .unwrap_or_else(|| format!("A client for {}", crate::prose::to_line(&plan.api.title)));
    Library {
        docs: doc_comment(&description, DocStyle::Inner),
        other_scripts: plan.has_other_scripts(),
        schemes: !plan.client.schemes.is_empty(),
        headers: !plan.api.header_sets.is_empty(),
        scopes: plan.has_scopes(),
        operators: !plan.api.operator_sets.is_empty(),
        expressions: plan.api.has_expressions(),
        paging: !plan.paging.is_empty(),
        jobs: !plan.jobs.is_empty(),
    }
}

#[derive(Serialize)]
pub(super) struct ClientView {
    docs: String,
    origin: String,
    base_path: String,
    variables: Vec<Variable>,
    auth: Auth,
    schemes: Vec<SchemeView>,
    /// Whether a client is built without credentials, though it reads the environment for them.
    optional_credentials: bool,
    env: Vec<Setting>,
    env_docs: String,
    errors: ErrorShape,
    rate_limit: Option<RateLimit>,
    config_file: Option<ConfigFile>,
    apis: Vec<ApiEntry>,
    runtime_names: Vec<&'static str>,
}

#[derive(Serialize)]
struct Variable {
    name: String,
    default: String,
    env: String,
}

#[derive(Serialize)]
struct Auth {
    kind: &'static str,
    token_url: String,
    token_request: &'static str,
    scopes: Vec<String>,
    location: &'static str,
    name: String,
}

#[derive(Serialize)]
struct Setting {
    name: &'static str,
    value: String,
}

#[derive(Serialize)]
struct ErrorShape {
    generic: bool,
    message: Vec<String>,
    tracking_id: Vec<String>,
    tracking_headers: Vec<String>,
}

#[derive(Serialize)]
struct ApiEntry {
    docs: String,
    cfg: String,
    module: String,
    ident: String,
}

/// The client.
pub(super) fn client(plan: &Plan) -> ClientView {
    let client = &plan.client;
    let variables: Vec<Variable> = client
        .variables
        .iter()
        .map(|variable| Variable {
            name: tokens::string(&variable.name),
            default: tokens::string(&variable.default),
            env: option(variable.env.as_ref()),
        })
        .collect();
    let strings = |list: &[String]| list.iter().map(|text| tokens::string(text)).collect();
    let errors = &client.errors;
    ClientView {
        docs: doc_comment(
            &format!("A client for {}.", crate::prose::to_line(&plan.api.title)),
            DocStyle::Outer,
        ),
        origin: tokens::string(&client.server.origin),
        base_path: tokens::string(&client.server.path),
        runtime_names: runtime_names(client),
        env_docs: own_docs(&env_docs(plan)),
        variables,
        auth: auth(&client.auth),
        schemes: schemes(plan),
        optional_credentials: client.optional_credentials && client.auth != plan::Auth::None,
        env: client
            .env
            .iter()
            .map(|env| Setting {
                name: env.setting,
                value: option(env.variable.as_ref()),
            })
            .collect(),
        errors: ErrorShape {
            generic: errors.message.is_empty()
                && errors.tracking_id.is_empty()
                && errors.tracking_headers.is_empty(),
            message: strings(&errors.message),
            tracking_id: strings(&errors.tracking_id),
            tracking_headers: strings(&errors.tracking_headers),
        },
        config_file: client
            .config_file
            .as_ref()
            .map(|file| file.printed(tokens::string)),
        rate_limit: client.rate_limit,
        apis: plan
            .tags()
            .map(|(id, tag)| ApiEntry {
                docs: doc_comment(
                    &format!("The operations of {}.", crate::prose::to_line(&tag.name)),
                    DocStyle::Outer,
                ),
                cfg: cfg(&plan.gate_of(id)),
                module: tag.module.to_string(),
                ident: tag.api.to_string(),
            })
            .collect(),
    }
}

fn runtime_names(client: &plan::ClientPlan) -> Vec<&'static str> {
    let mut names = vec![
        "Auth",
        "ClientBuilder",
        "ConfigError",
        "Environment",
        "ErrorShape",
        "Service",
    ];
    match client.auth {
        plan::Auth::ApiKey { .. } => names.push("ApiKeyLocation"),
        plan::Auth::ClientCredentials { .. } => names.push("TokenRequest"),
        plan::Auth::None | plan::Auth::Bearer | plan::Auth::Basic | plan::Auth::Http { .. } => {}
    }
    names.extend((!client.variables.is_empty()).then_some("ServerVariable"));
    names.extend(client.rate_limit.map(|_| "RateLimit"));
    names.extend(client.config_file.as_ref().map(|_| "ConfigFile"));
    names.sort_unstable();
    names
}

fn auth(auth: &plan::Auth) -> Auth {
    let none = Auth {
        kind: "None",
        token_url: String::new(),
        token_request: "",
        scopes: Vec::new(),
        location: "",
        name: String::new(),
    };
    match auth {
        plan::Auth::None => none,
        plan::Auth::Bearer => Auth {
            kind: "Bearer",
            ..none
        },
        plan::Auth::Basic => Auth {
            kind: "Basic",
            ..none
        },
        plan::Auth::Http { scheme } => Auth {
            kind: "Http",
            name: tokens::string(scheme),
            ..none
        },
        plan::Auth::ApiKey { location, name } => Auth {
            kind: "ApiKey",
            name: tokens::string(name),
            location: location_name(*location),
            ..none
        },
        plan::Auth::ClientCredentials {
            token_url,
            request,
            scopes,
        } => Auth {
            kind: "ClientCredentials",
            token_url: tokens::string(token_url),
            token_request: match request {
                TokenRequest::Form => "Form",
                TokenRequest::BasicJson => "BasicJson",
                TokenRequest::BasicForm => "BasicForm",
            },
            scopes: scopes.iter().map(|scope| tokens::string(scope)).collect(),
            ..none
        },
    }
}

/// The environment variables that the client reads, as code.
pub(super) fn env_names(plan: &Plan) -> Vec<String> {
    plan.client.env_names().map(crate::prose::code).collect()
}

fn env_docs(plan: &Plan) -> String {
    let names = env_names(plan);
    let list = match names.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    };
    let file = match &plan.client.config_file {
        Some(file) => format!(
            "\n\nWhere none of them is set, the file {} in the working directory is read.",
            code(&file.name)
        ),
        None => String::new(),
    };
    format!(
        "A client with the settings of the environment: {list}.{file}\n\n# Errors\n\nWhen a setting that the client needs is missing, or cannot be used."
    )
}

fn option(text: Option<&String>) -> String {
    match text {
        Some(text) => format!("Some({})", tokens::string(text)),
        None => "None".to_owned(),
    }
}

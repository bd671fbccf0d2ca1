//! `src/lib.rs` and `src/client.rs`.

use super::{Context, cfg};
use crate::ir::{ApiKeyLocation, SecurityKind};
use crate::prose::{DocStyle, doc_comment};
use crate::target::TokenRequest;
use crate::tokens;
use quote::quote;
use serde::Serialize;
use std::collections::BTreeSet;

#[derive(Serialize)]
pub(super) struct Library {
    docs: String,
    /// Whether some name is not ASCII.
    other_scripts: bool,
    pages: Vec<DocPage>,
}

/// A documentation page whose examples are compiled as doctests.
#[derive(Serialize)]
struct DocPage {
    cfg: String,
    ident: String,
    path: String,
}

/// The crate's root.
pub(super) fn library(context: &Context<'_>) -> Library {
    let description = context
        .target
        .package
        .description
        .clone()
        .unwrap_or_else(|| format!("A client for {}", crate::prose::to_line(&context.api.title)));
    Library {
        docs: doc_comment(&description, DocStyle::Inner),
        other_scripts: context.names.has_other_scripts(),
        pages: context
            .tags()
            .map(|(_, _, names)| {
                let feature = &names.feature;
                DocPage {
                    cfg: quote!(#[cfg(all(doctest, feature = #feature))]).to_string(),
                    ident: names.api.to_string(),
                    path: tokens::string(&format!("../docs/api/{}.md", names.page)),
                }
            })
            .collect(),
    }
}

#[derive(Serialize)]
pub(super) struct ClientView {
    docs: String,
    origin: String,
    base_path: String,
    variables: Vec<Variable>,
    auth: Auth,
    env: Vec<Setting>,
    env_docs: String,
    errors: ErrorShape,
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
pub(super) fn client(context: &Context<'_>) -> ClientView {
    let server = &context.api.server;
    let auth = auth(context);
    let env = environment(context, auth.kind);
    let variables: Vec<Variable> = server
        .variables
        .iter()
        .map(|variable| Variable {
            name: tokens::string(&variable.name),
            // To the runtime an empty default is none.
            default: if context
                .target
                .server
                .required_variables
                .contains(&variable.name)
            {
                tokens::string("")
            } else {
                tokens::string(&variable.default)
            },
            env: option(context.target.env.variables.get(&variable.name)),
        })
        .collect();
    let errors = &context.target.errors;
    let strings = |list: &[String]| list.iter().map(|text| tokens::string(text)).collect();
    let shape = ErrorShape {
        generic: errors.message.is_empty()
            && errors.tracking_id.is_empty()
            && errors.tracking_headers.is_empty(),
        message: strings(&errors.message),
        tracking_id: strings(&errors.tracking_id),
        tracking_headers: strings(&errors.tracking_headers),
    };
    ClientView {
        docs: doc_comment(
            &format!(
                "A client for {}.",
                crate::prose::to_line(&context.api.title)
            ),
            DocStyle::Outer,
        ),
        origin: tokens::string(&server.origin),
        base_path: tokens::string(&server.path),
        runtime_names: runtime_names(&auth, !variables.is_empty()),
        env_docs: super::own_docs(&env_docs(context)),
        variables,
        auth,
        env,
        errors: shape,
        apis: context
            .tags()
            .map(|(id, tag, names)| ApiEntry {
                docs: doc_comment(
                    &format!("The operations of {}.", crate::prose::to_line(&tag.name)),
                    DocStyle::Outer,
                ),
                cfg: cfg(context, &BTreeSet::from([id])),
                module: names.module.to_string(),
                ident: names.api.to_string(),
            })
            .collect(),
    }
}

fn runtime_names(auth: &Auth, variables: bool) -> Vec<&'static str> {
    let mut names = vec![
        "Auth",
        "ClientBuilder",
        "ConfigError",
        "Environment",
        "ErrorShape",
        "Service",
    ];
    names.extend((auth.kind == "ApiKey").then_some("ApiKeyLocation"));
    names.extend((auth.kind == "ClientCredentials").then_some("TokenRequest"));
    names.extend(variables.then_some("ServerVariable"));
    names.sort_unstable();
    names
}

fn auth(context: &Context<'_>) -> Auth {
    let mut auth = Auth {
        kind: "None",
        token_url: String::new(),
        token_request: "",
        location: "",
        name: String::new(),
    };
    match context.scheme().map(|scheme| &scheme.kind) {
        None => {}
        Some(SecurityKind::Bearer) => auth.kind = "Bearer",
        Some(SecurityKind::Basic) => auth.kind = "Basic",
        Some(SecurityKind::ApiKey { location, name }) => {
            auth.kind = "ApiKey";
            auth.name = tokens::string(name);
            auth.location = match location {
                ApiKeyLocation::Header => "Header",
                ApiKeyLocation::Query => "Query",
                ApiKeyLocation::Cookie => "Cookie",
            };
        }
        Some(SecurityKind::ClientCredentials { token_url, .. }) => {
            auth.kind = "ClientCredentials";
            auth.token_url =
                tokens::string(context.target.auth.token_url.as_ref().unwrap_or(token_url));
            auth.token_request = match context.target.auth.token_request.unwrap_or_default() {
                TokenRequest::Form => "Form",
                TokenRequest::BasicJson => "BasicJson",
                TokenRequest::BasicForm => "BasicForm",
            };
        }
    }
    auth
}

/// The names of environment variables: the target's, or ones made from the crate's name.
fn environment(context: &Context<'_>, auth: &str) -> Vec<Setting> {
    let env = &context.target.env;
    let prefix = context.names.library.to_uppercase();
    let name = |given: &Option<String>, suffix: &str, used: bool| match given {
        Some(name) => option(Some(name)),
        None if used => option(Some(&format!("{prefix}_{suffix}"))),
        None => option(None),
    };
    let pair = matches!(auth, "ClientCredentials" | "Basic");
    let token = matches!(auth, "Bearer" | "ApiKey");
    vec![
        Setting {
            name: "base_url",
            value: name(&env.base_url, "BASE_URL", true),
        },
        Setting {
            name: "client_id",
            value: name(&env.client_id, "CLIENT_ID", pair),
        },
        Setting {
            name: "client_secret",
            value: name(&env.client_secret, "CLIENT_SECRET", pair),
        },
        Setting {
            name: "token",
            value: name(&env.token, "TOKEN", token),
        },
    ]
}

/// The environment variables that the client reads, as code.
pub(super) fn env_names(context: &Context<'_>) -> Vec<String> {
    let settings = environment(context, auth(context).kind);
    let names = settings.iter().filter_map(|setting| {
        let name = setting.value.strip_prefix("Some(\"")?;
        name.strip_suffix("\")")
    });
    let variables = context.target.env.variables.values().map(String::as_str);
    names.chain(variables).map(crate::prose::code).collect()
}

fn env_docs(context: &Context<'_>) -> String {
    let names = env_names(context);
    let list = match names.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    };
    format!(
        "A client with the settings of the environment: {list}.\n\n# Errors\n\nWhen something that it needs is not set, or is set to what cannot be used."
    )
}

fn option(text: Option<&String>) -> String {
    match text {
        Some(text) => format!("Some({})", tokens::string(text)),
        None => "None".to_owned(),
    }
}

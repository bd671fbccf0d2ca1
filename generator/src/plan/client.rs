//! How the client reaches the service and signs in: the server, the security scheme and what each operation is called with, the
//! environment variables, and where error answers keep what people want to read.

use super::model::{
    Api, ApiKeyLocation, Credentials, Operation, SecurityKind, SecurityScheme, Server,
};
use crate::target::{Errors, Target, TokenRequest};

/// The client.
#[derive(Clone, Debug)]
pub struct ClientPlan {
    /// The server, as the document has it.
    pub server: Server,
    /// The server's variables, as callers meet them.
    pub variables: Vec<ServerVariablePlan>,
    /// How it signs in.
    pub auth: Auth,
    /// The environment variables of `Client::from_env()`; those without a name are not read.
    pub env: Vec<EnvVariable>,
    /// Where error answers keep what people want to read.
    pub errors: Errors,
}

/// A server variable.
#[derive(Clone, Debug)]
pub struct ServerVariablePlan {
    /// Its name in the document.
    pub name: String,
    /// What it is unless somebody says otherwise; empty where callers must say.
    pub default: String,
    /// The environment variable that sets it.
    pub env: Option<String>,
}

/// A setting that an environment variable gives.
#[derive(Clone, Debug)]
pub struct EnvVariable {
    /// The setting, as the runtime calls it.
    pub setting: &'static str,
    /// The variable.
    pub variable: Option<String>,
}

/// How the client signs in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Auth {
    /// Not at all.
    None,
    /// With a token that the caller brings.
    Bearer,
    /// With HTTP Basic.
    Basic,
    /// With a key.
    ApiKey {
        /// Where it goes.
        location: ApiKeyLocation,
        /// The header, parameter or cookie.
        name: String,
    },
    /// With OAuth 2.0 client credentials.
    ClientCredentials {
        /// Where tokens come from.
        token_url: String,
        /// How they are asked for.
        request: TokenRequest,
        /// The scopes that are asked for.
        scopes: Vec<String>,
    },
}

/// Decides about the client, and fills in [`Operation::credentials`].
pub(super) fn decide(api: &mut Api, target: &Target, library: &str) -> ClientPlan {
    let scheme = choose_scheme(api, target).cloned();
    if let Some(scheme) = &scheme {
        let schemes = &api.security_schemes;
        let basic = |name: &str| {
            let scheme = schemes.get(name);
            scheme.is_some_and(|scheme| scheme.kind == SecurityKind::Basic)
        };
        for operation in &mut api.operations {
            operation.credentials = credentials(operation, scheme, basic);
        }
    }
    let auth = auth(scheme.as_ref(), target);
    ClientPlan {
        variables: variables(&api.server, target),
        server: api.server.clone(),
        env: environment(&auth, target, library),
        auth,
        errors: target.errors.clone(),
    }
}

/// The target's scheme, or the one that the most operations ask for, so that one unusual operation does not decide.
pub(crate) fn choose_scheme<'a>(api: &'a Api, target: &Target) -> Option<&'a SecurityScheme> {
    let schemes = &api.security_schemes;
    match &target.auth.scheme {
        Some(name) => schemes.get(name),
        None => schemes.values().rev().max_by_key(|scheme| {
            let asked = api
                .operations
                .iter()
                .flat_map(|operation| &operation.security);
            asked
                .filter(|requirement| requirement.scheme == scheme.name)
                .count()
        }),
    }
}

/// What an operation is called with.
fn credentials(
    operation: &Operation,
    client: &SecurityScheme,
    is_basic: impl Fn(&str) -> bool,
) -> Credentials {
    let mut asked = operation
        .security
        .iter()
        .map(|requirement| requirement.scheme.as_str());
    if operation.security.is_empty() {
        return Credentials::Anonymous;
    }
    if asked.clone().any(|scheme| scheme == client.name) {
        return Credentials::Client;
    }
    match asked.any(is_basic) {
        true => Credentials::Basic,
        false => Credentials::Client,
    }
}

fn auth(scheme: Option<&SecurityScheme>, target: &Target) -> Auth {
    match scheme.map(|scheme| &scheme.kind) {
        None => Auth::None,
        Some(SecurityKind::Bearer) => Auth::Bearer,
        Some(SecurityKind::Basic) => Auth::Basic,
        Some(SecurityKind::ApiKey { location, name }) => Auth::ApiKey {
            location: *location,
            name: name.clone(),
        },
        Some(SecurityKind::ClientCredentials { token_url, .. }) => Auth::ClientCredentials {
            token_url: target
                .auth
                .token_url
                .clone()
                .unwrap_or_else(|| token_url.clone()),
            request: target.auth.token_request.unwrap_or_default(),
            // Without scopes, a server gives all that the credentials allow (RFC 6749, 3.3).
            scopes: Vec::new(),
        },
    }
}

fn variables(server: &Server, target: &Target) -> Vec<ServerVariablePlan> {
    let variables = server.variables.iter().map(|variable| ServerVariablePlan {
        name: variable.name.clone(),
        // To the runtime an empty default is none.
        default: match target.server.required_variables.contains(&variable.name) {
            true => String::new(),
            false => variable.default.clone(),
        },
        env: target.env.variables.get(&variable.name).cloned(),
    });
    variables.collect()
}

/// The names of environment variables: the target's, or ones made from the crate's name.
fn environment(auth: &Auth, target: &Target, library: &str) -> Vec<EnvVariable> {
    let env = &target.env;
    let prefix = library.to_uppercase();
    let pair = matches!(auth, Auth::ClientCredentials { .. } | Auth::Basic);
    let token = matches!(auth, Auth::Bearer | Auth::ApiKey { .. });
    let variable = |setting, given: &Option<String>, suffix: &str, used: bool| EnvVariable {
        setting,
        variable: given
            .clone()
            .or_else(|| used.then(|| format!("{prefix}_{suffix}"))),
    };
    vec![
        variable("base_url", &env.base_url, "BASE_URL", true),
        variable("client_id", &env.client_id, "CLIENT_ID", pair),
        variable("client_secret", &env.client_secret, "CLIENT_SECRET", pair),
        variable("token", &env.token, "TOKEN", token),
    ]
}

impl ClientPlan {
    /// The environment variables that the client reads.
    pub fn env_names(&self) -> impl Iterator<Item = &str> {
        let settings = self.env.iter().filter_map(|env| env.variable.as_deref());
        settings.chain(self.variable_envs())
    }

    /// The environment variables of the server's variables, by the names of these.
    fn variable_envs(&self) -> impl Iterator<Item = &str> {
        let mut variables: Vec<_> = self.variables.iter().collect();
        variables.sort_by_key(|variable| &variable.name);
        variables
            .into_iter()
            .filter_map(|variable| variable.env.as_deref())
    }
}

//! How the client reaches the service and signs in: the server, the security scheme and what each operation is called with, the
//! environment variables, where error answers keep what people want to read, and how many requests it sends in which time.

use super::access;
use super::credentials::{self, SchemePlan};
use super::model::{Api, ApiKeyLocation, SchemeId, SecurityKind, SecurityScheme, Server};
use super::repeats;
use crate::diagnostics::Diagnostics;
use crate::target::{ConfigFile, Errors, RateLimit, Target, TokenRequest};

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
    /// The schemes that operations name themselves, because the client's own does not do for them; mostly none.
    pub schemes: Vec<SchemePlan>,
    /// Whether every operation does without what the client signs in with, or takes another thing.
    pub optional_credentials: bool,
    /// Where error answers keep what people want to read.
    pub errors: Errors,
    /// How many requests it sends in which time.
    pub rate_limit: Option<RateLimit>,
    /// The file in which the vendor's own tools keep settings.
    pub config_file: Option<ConfigFile>,
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
    /// Under another HTTP scheme, with what the caller brings for it.
    Http {
        /// The scheme's name.
        scheme: String,
    },
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

/// Decides about the client, and fills in what calls of the operations are made with: [`Operation::credentials`](super::model::Operation::credentials),
/// [`Operation::access`](super::model::Operation::access) and [`Operation::is_repeatable`](super::model::Operation::is_repeatable).
pub(super) fn decide(
    api: &mut Api,
    target: &Target,
    library: &str,
    diagnostics: &mut Diagnostics,
) -> ClientPlan {
    let scheme = choose_scheme(api, target).cloned();
    let auth = auth(scheme.as_ref(), target);
    let mut client = ClientPlan {
        variables: variables(&api.server, target),
        server: api.server.clone(),
        env: environment(&auth, target, library),
        auth,
        schemes: Vec::new(),
        optional_credentials: false,
        errors: target.errors.clone(),
        rate_limit: target.rate_limit,
        config_file: target.env.file.clone(),
    };
    let taken: Vec<&str> = client.env_names().collect();
    let prefix = library.to_uppercase();
    let client_scheme = scheme.as_ref();
    let schemes = credentials::decide(api, client_scheme, target, &prefix, &taken, diagnostics);
    client.optional_credentials = credentials::are_optional(api, &schemes);
    client.schemes = schemes;
    access::decide(api, client_scheme, &target.auth);
    repeats::decide(api, &target.retries);
    client
}

/// The target's scheme, or the one that the most operations ask for, so that one unusual operation does not decide.
pub(crate) fn choose_scheme<'a>(api: &'a Api, target: &Target) -> Option<&'a SecurityScheme> {
    let schemes = &api.security_schemes;
    match &target.auth.scheme {
        Some(name) => schemes.get(name),
        None => {
            let sent = schemes
                .values()
                .filter(|scheme| scheme.kind != SecurityKind::MutualTls);
            sent.rev().max_by_key(|scheme| {
                let asked = api
                    .operations
                    .iter()
                    .flat_map(|operation| operation.requirements());
                asked
                    .filter(|requirement| requirement.scheme == scheme.name)
                    .count()
            })
        }
    }
}

fn auth(scheme: Option<&SecurityScheme>, target: &Target) -> Auth {
    match scheme.map(|scheme| &scheme.kind) {
        None => Auth::None,
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
        Some(kind) => auth_of(kind),
    }
}

/// How a scheme signs with what the caller brings. A token that the client does not fetch itself is one of those.
pub(super) fn auth_of(kind: &SecurityKind) -> Auth {
    match kind {
        SecurityKind::Bearer | SecurityKind::ClientCredentials { .. } => Auth::Bearer,
        SecurityKind::Basic => Auth::Basic,
        SecurityKind::Http { scheme } => Auth::Http {
            scheme: scheme.clone(),
        },
        SecurityKind::ApiKey { location, name } => Auth::ApiKey {
            location: *location,
            name: name.clone(),
        },
        SecurityKind::MutualTls => Auth::None,
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
    // What the runtime calls a client id and its secret are a name and a password to HTTP Basic.
    let (id, secret) = match auth {
        Auth::Basic => ("USERNAME", "PASSWORD"),
        _ => ("CLIENT_ID", "CLIENT_SECRET"),
    };
    let token = matches!(auth, Auth::Bearer | Auth::Http { .. } | Auth::ApiKey { .. });
    let variable = |setting, given: &Option<String>, suffix: &str, used: bool| EnvVariable {
        setting,
        variable: given
            .clone()
            .or_else(|| used.then(|| format!("{prefix}_{suffix}"))),
    };
    vec![
        variable("base_url", &env.base_url, "BASE_URL", true),
        variable("client_id", &env.client_id, id, pair),
        variable("client_secret", &env.client_secret, secret, pair),
        variable("token", &env.token, "TOKEN", token),
    ]
}

impl ClientPlan {
    /// The environment variables that the client reads.
    pub fn env_names(&self) -> impl Iterator<Item = &str> {
        let settings = self.env.iter().filter_map(|env| env.variable.as_deref());
        let schemes = self.schemes.iter().flat_map(|scheme| &scheme.env);
        let settings = settings.chain(self.variable_envs());
        settings.chain(schemes.map(String::as_str))
    }

    /// A scheme that operations name.
    pub fn scheme(&self, id: SchemeId) -> Option<&SchemePlan> {
        self.schemes.get(id.0)
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

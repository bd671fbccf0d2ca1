//! Clients that tests call with: fixed credentials, so that what must be on the wire is known.

use std::sync::OnceLock;
use std::time::Duration;

use reqwest::redirect;

use super::signed;
use crate::retry::RetryPolicy;
use crate::scheme::{Credential, Scheme};
use crate::service::{Auth, Service};
use crate::{Client, ClientBuilder};

pub(super) const TOKEN: &str = "test-token";
pub(super) const API_KEY: &str = "test-key";
const ID: &str = "test-id";
const SECRET: &str = "test-secret";
/// `Basic` with the base64 of `test-id:test-secret`.
pub(super) const BASIC_HEADER: &str = "Basic dGVzdC1pZDp0ZXN0LXNlY3JldA==";

/// What an operation must be signed with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Authorization {
    /// As the service says.
    Default,
    /// With all of these schemes.
    Schemes(&'static [Scheme]),
    Bearer,
    Basic,
    None,
}

impl Authorization {
    /// Reads a scheme's name.
    pub(crate) fn parse(scheme: &str) -> Self {
        match scheme.to_ascii_lowercase().as_str() {
            "bearer" => Self::Bearer,
            "basic" => Self::Basic,
            "none" | "" => Self::None,
            _ => panic!("`{scheme}` is none of Bearer, Basic and none"),
        }
    }
}

/// A client of a server at a URL, which makes each call once. With a status, it asks for the answer
/// of that status, at a server that serves the paths without the base path.
pub(crate) fn client_at(
    service: &'static Service,
    authorization: Authorization,
    url: &str,
    prefer: Option<u16>,
) -> Client {
    let mut builder = builder_at(service, authorization, url);
    if let Some(status) = prefer {
        builder = builder
            .base_path("")
            .default_header("Prefer", &format!("code={status}"));
    }
    built(builder)
}

/// What makes a client without a credential of its own, for whatever an operation must be signed with beside that.
fn unsigned_at(
    service: &'static Service,
    authorization: Authorization,
    url: &str,
) -> ClientBuilder {
    let mut builder = ClientBuilder::<Client>::new(service)
        .base_url(url)
        .http_client(http_client());
    // Each answer is one exchange, of whatever status it is. The environment may name a server on
    // another machine; what it is sent is no secret.
    builder = builder
        .allow_plain_http()
        .timeout(Duration::from_secs(10))
        .retries(RetryPolicy::never())
        .rate_limit(None);
    for variable in service
        .variables
        .iter()
        .filter(|variable| variable.default.is_empty())
        // The server's own URL stands in its place.
        .filter(|variable| Some(variable.name) != service.origin_variable())
    {
        builder = builder.server_variable(variable.name, "test");
    }
    if let Authorization::Schemes(schemes) = authorization {
        builder = builder.schemes(schemes);
        for (place, scheme) in schemes.iter().enumerate() {
            if let Some(credential) = signed::credential(scheme, place) {
                builder = builder.credential(scheme.name, credential);
            }
        }
    }
    builder
}

/// What makes a client that fetches its tokens at the server.
pub(crate) fn fetching_at(
    service: &'static Service,
    authorization: Authorization,
    url: &str,
) -> ClientBuilder {
    let builder = unsigned_at(service, authorization, url).client_credentials(ID, SECRET);
    match token_url_at(service, url) {
        Some(own) => builder.token_url(own),
        None => builder,
    }
}

/// What makes a client with all that an operation must be signed with.
pub(crate) fn builder_at(
    service: &'static Service,
    authorization: Authorization,
    url: &str,
) -> ClientBuilder {
    let builder = unsigned_at(service, authorization, url);
    if let Authorization::Schemes(schemes) = authorization {
        // Without its own credential, so that no other alternative can be had.
        if schemes.iter().all(|scheme| scheme.auth.is_some()) {
            return builder;
        }
    }
    let builder = match (authorization, service.auth) {
        (
            Authorization::Default
            | Authorization::Schemes(_)
            | Authorization::Basic
            | Authorization::None,
            Auth::Basic,
        ) => builder.basic(ID, SECRET),
        (Authorization::Default | Authorization::Schemes(_) | Authorization::None, Auth::None) => {
            builder
        }
        (Authorization::Bearer, _)
        | (_, Auth::Bearer | Auth::ClientCredentials { .. } | Auth::None) => {
            builder.bearer_token(TOKEN)
        }
        (_, Auth::ApiKey { .. }) => builder.api_key(API_KEY),
        (_, Auth::Http { .. }) => builder.http_credential(TOKEN),
    };
    // The default credential stays beside the pair, so that an operation that forgets to ask for
    // HTTP Basic is found out.
    match (authorization, service.auth) {
        (Authorization::Basic, Auth::ClientCredentials { .. }) => {
            builder.client_credentials(ID, SECRET)
        }
        (Authorization::Basic, _) => builder.basic(ID, SECRET),
        _ => builder,
    }
}

/// A builder of a client that calls the server at this URL, with the paths of the API's document. It
/// gets what it was not given: credentials, values of server variables, an HTTP client. Unless it was
/// told otherwise it makes each call once and without a rate limit, so that a test asks once for each
/// answer and waits for none.
pub(crate) fn connected<C: From<Client>>(
    mut builder: ClientBuilder<C>,
    url: &str,
) -> ClientBuilder<C> {
    let settings = builder.settings_mut();
    let service = settings.service;
    if settings.http.is_none() {
        settings.http = Some(http_client());
        let agent = || format!("{}/{}", service.name, service.version);
        settings.user_agent.get_or_insert_with(agent);
    }
    settings.retries.get_or_insert(RetryPolicy::never());
    settings.rate_limit.get_or_insert(None);
    settings.base_url = Some(url.to_owned());
    settings.base_path = Some(String::new());
    let has_header = settings
        .headers
        .iter()
        .any(|(name, _)| name.eq_ignore_ascii_case("authorization"));
    if settings.given.is_empty() && settings.env.is_none() && !has_header {
        match service.auth {
            Auth::None => {}
            Auth::Basic => settings.given.set(Credential::basic(ID, SECRET)),
            Auth::ApiKey { .. } => settings.given.set(Credential::api_key(API_KEY)),
            Auth::Http { .. } => settings.given.set(Credential::http(TOKEN)),
            Auth::Bearer | Auth::ClientCredentials { .. } => {
                settings.given.set(Credential::bearer(TOKEN));
                // For operations that want HTTP Basic; the token comes before it.
                if service.auth != Auth::Bearer {
                    settings.given.client = Some((ID.to_owned(), SECRET.into()));
                }
            }
        }
    }
    for (place, scheme) in settings.schemes.iter().enumerate() {
        let is_given = settings
            .credentials
            .iter()
            .any(|(name, _)| name == scheme.name);
        if let Some(credential) = signed::credential(scheme, place).filter(|_| !is_given) {
            let name = scheme.name.to_owned();
            settings.credentials.push((name, credential));
        }
    }
    if let Some(own) = token_url_at(service, url) {
        settings.token_url.get_or_insert(own);
    }
    builder
}

/// Where a server at this URL grants tokens, where the service has them granted at another host.
fn token_url_at(service: &Service, url: &str) -> Option<String> {
    let Auth::ClientCredentials { token_url, .. } = service.auth else {
        return None;
    };
    let (_, behind) = token_url.split_once("://")?;
    let path = behind.split_once('/').map_or("", |(_, path)| path);
    Some(format!("{url}/{path}"))
}

pub(crate) fn built(builder: ClientBuilder) -> Client {
    match builder.build() {
        Ok(client) => client,
        Err(error) => panic!("the test's client cannot be built: {error}"),
    }
}

/// One HTTP client for all tests, since reading the system's certificates is slow. It takes no
/// proxy from the environment, which would keep it from loopback, and keeps no connection: each
/// test has its own runtime, and a connection dies with the runtime that opened it.
pub(crate) fn http_client() -> reqwest::Client {
    static CLIENT: OnceLock<reqwest::Client> = OnceLock::new();
    let build = || {
        let builder = reqwest::Client::builder()
            .no_proxy()
            .pool_max_idle_per_host(0)
            .redirect(redirect::Policy::none());
        builder
            .build()
            .unwrap_or_else(|error| panic!("the HTTP client does not start: {error}"))
    };
    CLIENT.get_or_init(build).clone()
}

//! The settings that a builder collects, and the client that they become: chooses between calls,
//! environment and defaults, and reports everything that is missing at once.

use std::net::IpAddr;
use std::time::Duration;

use reqwest::header::{AUTHORIZATION, COOKIE, HeaderMap, HeaderName, HeaderValue, USER_AGENT};
use reqwest::{Url, redirect};

use crate::Secret;
use crate::attempt::Observer;
use crate::auth::{Credentials, Proof};
use crate::client::{Client, Inner};
use crate::config::{Variables, join};
use crate::environment::{FromEnv, Given};
use crate::error::{ConfigError, printable, shown_url, ways};
use crate::http::{Http, Wrap};
use crate::provider::TokenProvider;
use crate::rate_limit::{Limiter, RateLimit};
use crate::receive::Limits;
use crate::redact::{Collected, Secrets};
use crate::retry::{Budget, RetryPolicy};
use crate::scheme::{Credential, Scheme, basic_header};
use crate::service::{Auth, ServerVariable, Service};
use crate::token::Origin;

mod signing;

/// Whether there is TLS, as far as the features of this crate tell.
const HAS_TLS: bool = cfg!(any(feature = "rustls", feature = "native-tls"));

/// The settings, free of the type of the client that they become.
pub(crate) struct Settings {
    pub(crate) service: &'static Service,
    pub(crate) base_url: Option<String>,
    pub(crate) base_path: Option<String>,
    pub(crate) token_url: Option<String>,
    pub(crate) variables: Vec<(String, String)>,
    pub(crate) given: Given,
    /// The schemes that operations name.
    pub(crate) schemes: &'static [Scheme],
    /// What was given for them, by their names.
    pub(crate) credentials: Vec<(String, Credential)>,
    pub(crate) env: Option<FromEnv>,
    pub(crate) connect_timeout: Duration,
    pub(crate) limits: Limits,
    pub(crate) headers: Vec<(String, Secret<String>)>,
    pub(crate) user_agent: Option<String>,
    /// Whether a client without credentials is one.
    pub(crate) optional_credentials: bool,
    pub(crate) http: Option<reqwest::Client>,
    /// What is put around the HTTP client, the outermost first.
    pub(crate) layers: Vec<Wrap>,
    pub(crate) observer: Option<Box<Observer>>,
    pub(crate) retries: Option<RetryPolicy>,
    /// In place of the API's own limit, where it is set.
    pub(crate) rate_limit: Option<Option<RateLimit>>,
    pub(crate) allows_plain_http: bool,
    /// The caller's own way to get tokens.
    pub(crate) provider: Option<Box<dyn TokenProvider>>,
    /// Why a file of settings cannot be used.
    pub(crate) file_error: Option<ConfigError>,
}

impl Settings {
    /// Checks the settings and builds the client. No error shows a credential, wherever it was put.
    pub(crate) fn build(self) -> Result<Client, ConfigError> {
        let secrets = self.secrets();
        let client = self.client(Secrets::new(secrets.clone()));
        client.map_err(|error| error.redacted(&secrets))
    }

    fn client(mut self, secrets: Secrets) -> Result<Client, ConfigError> {
        if let Some(error) = self.file_error.take() {
            return Err(error);
        }
        self.variables().check()?;
        self.check_schemes()?;
        let mut missing = Vec::new();
        let mut noted = |names: Vec<String>| missing.extend(names);
        let base = self.base_text().map_err(&mut noted);
        let token_url = self.token_url_text().map_err(&mut noted);
        let given = self.credentials_at_hand().map_err(&mut noted);
        let (Ok((url, base_path)), Ok(token_url), Ok(given)) = (base, token_url, given) else {
            missing.dedup();
            return Err(ConfigError::Missing(missing));
        };
        let base = join(&url, &base_path, &self.ways_to_set_base_url())?;
        self.check_tls(base.url.as_str())?;
        let headers = self.default_headers()?;
        let http = match &self.http {
            Some(http) => http.clone(),
            None => self.http_client()?,
        };
        let token_url = token_url.as_deref();
        let mut proof = match self.provider.take() {
            Some(provider) => Some(signing::tokens_of(Origin::Provider(provider), &secrets)),
            None => self.proof(&given, &base, token_url, &http, &headers, &secrets)?,
        };
        let named = self.named(&http)?;
        let basic = match given.basic.as_ref().or(given.client.as_ref()) {
            Some((user, password)) => basic_header(&http, user, password)?,
            None => self.only_basic(&named),
        };
        self.check_plain_http(base.url.as_str())?;
        let limiter = self.rate_limit.unwrap_or(self.service.rate_limit);
        let limiter = limiter.map(Limiter::new);
        if let Some(Proof::Tokens(tokens)) = &mut proof
            && let Origin::Endpoint(tokens) = &mut tokens.origin
        {
            self.check_plain_http(tokens.url.as_str())?;
            // One server counts all that it gets.
            let is_same = tokens.url.as_str().starts_with(&format!("{}/", base.root));
            tokens.limiter = limiter.clone().filter(|_| is_same);
        }
        let credentials = Credentials {
            proof,
            basic,
            named,
            own_header: headers.contains_key(AUTHORIZATION),
        };
        Ok(Client::new(Inner {
            service: self.service,
            http: Http::new(http, std::mem::take(&mut self.layers)),
            has_own_http: self.http.is_some(),
            base_url: base.url,
            headers,
            credentials,
            limits: self.limits,
            retries: self.retries.unwrap_or_default(),
            budget: Budget::default(),
            limiter,
            observer: self.observer,
            secrets,
        }))
    }

    /// Every credential among the settings, used or not.
    fn secrets(&self) -> Collected {
        let mut secrets = Collected::default();
        let own = self.credentials.iter().map(|(_, credential)| credential);
        let from_env = self.env.iter().flat_map(FromEnv::secrets);
        for credential in own.cloned().chain(from_env).chain(self.given.all()) {
            credential.collect(&mut secrets);
        }
        for (name, value) in &self.headers {
            secrets.add_named_header(name, value.expose());
        }
        secrets
    }

    /// How to set the base URL.
    fn ways_to_set_base_url(&self) -> String {
        let origin = self.service.origin_variable();
        let given = |name: &str| self.variables.iter().any(|(known, _)| known == name);
        match origin.filter(|name| self.base_url.is_none() && given(name)) {
            Some(name) => self.variables().ways_to_set(name),
            None => ways("base_url", &[self.service.env.base_url]),
        }
    }

    /// Refuses a URL that needs TLS where there is none.
    fn check_tls(&self, url: &str) -> Result<(), ConfigError> {
        match self.http.is_none() && lacks_tls(url, HAS_TLS) {
            false => Ok(()),
            true => Err(ConfigError::NoTls {
                url: url.to_owned(),
                package: self.service.name,
            }),
        }
    }

    /// Refuses a URL whose traffic everybody between here and there can read.
    fn check_plain_http(&self, url: &str) -> Result<(), ConfigError> {
        match self.allows_plain_http || !is_plain_http(url) {
            true => Ok(()),
            false => Err(ConfigError::PlainHttp(shown_url(url))),
        }
    }

    fn variables(&self) -> Variables<'_> {
        let from_env = self.env.as_ref().map_or(&[][..], |env| &env.variables);
        Variables {
            service: self.service,
            given: &self.variables,
            from_env,
        }
    }

    /// URL and base path with their variables filled, or what is missing for that.
    fn base_text(&self) -> Result<(String, String), Vec<String>> {
        let variables = self.variables();
        let given = self
            .base_url
            .clone()
            .or_else(|| self.env.as_ref()?.base_url.clone());
        let url = match given {
            Some(url) => Ok(url),
            None => variables
                .fill(self.service.origin)
                .map_err(|missing| self.ways_to_set(&missing, true)),
        };
        let base_path = match &self.base_path {
            Some(path) => Ok(path.clone()),
            None => variables
                .fill(self.service.base_path)
                .map_err(|missing| self.ways_to_set(&missing, false)),
        };
        match (url, base_path) {
            (Ok(url), Ok(base_path)) => Ok((url, base_path)),
            (url, base_path) => Err([url.err(), base_path.err()]
                .into_iter()
                .flatten()
                .flatten()
                .collect()),
        }
    }

    /// The token URL with its variables filled, if this API has one that is used.
    fn token_url_text(&self) -> Result<Option<String>, Vec<String>> {
        match self.service.auth {
            Auth::ClientCredentials { .. } if self.token_url.is_some() => {
                Ok(self.token_url.clone())
            }
            Auth::ClientCredentials { token_url, .. } => self
                .variables()
                .fill(token_url)
                .map(Some)
                .map_err(|missing| self.ways_to_set(&missing, false)),
            _ => Ok(None),
        }
    }

    /// For each variable without a value, how to give it one: by the environment if that was read,
    /// else by calls.
    fn ways_to_set(&self, missing: &[&ServerVariable], base_url_helps: bool) -> Vec<String> {
        let read = self.env.is_some();
        let base_url = self.service.env.base_url.filter(|_| read && base_url_helps);
        let ways = |variable: &ServerVariable| {
            let names: Vec<&str> = [base_url, variable.env.filter(|_| read)]
                .into_iter()
                .flatten()
                .collect();
            let variable = variable.name;
            let mut call = format!("`server_variable({variable:?}, …)`");
            if base_url_helps {
                call = format!("`base_url` or {call}");
            }
            match names.is_empty() {
                true => {
                    format!("server variable `{variable}` (call {call} on the client's builder)")
                }
                false => format!(
                    "{} (or call {call} on the client's builder)",
                    names.join(" or ")
                ),
            }
        };
        missing.iter().map(|variable| ways(variable)).collect()
    }

    fn credentials_at_hand(&self) -> Result<Given, Vec<String>> {
        let mut given = self.given.clone();
        let is_own = |name: &str| {
            let mut own = self.schemes.iter().filter(|scheme| scheme.auth.is_none());
            own.any(|scheme| scheme.name == name)
        };
        let own = self.credentials.iter().filter(|(name, _)| is_own(name));
        for (_, credential) in own {
            given.set(credential.clone());
        }
        match &self.env {
            Some(env) if given.is_empty() && self.provider.is_none() => {
                match env.credentials(self.service) {
                    Err(_) if self.optional_credentials && env.has_no_credentials() => Ok(given),
                    found => found.map_err(|names| vec![self.unset(&names)]),
                }
            }
            _ => Ok(given),
        }
    }

    /// Credentials that the environment does not hold, and how else to give them.
    fn unset(&self, names: &[String]) -> String {
        let call = match self.service.auth {
            Auth::ClientCredentials { .. } => "client_credentials",
            Auth::Basic => "basic",
            Auth::ApiKey { .. } => "api_key",
            Auth::Http { .. } => "http_credential",
            Auth::Bearer | Auth::None => "bearer_token",
        };
        let names = names.join(" and ");
        format!("{names} (or call `{call}` on the client's builder)")
    }

    fn default_headers(&self) -> Result<HeaderMap, ConfigError> {
        let own = || format!("{}/{}", self.service.name, self.service.version);
        // An HTTP client of the caller's has a user agent of its own, or means to have none.
        let agent = match (&self.user_agent, &self.http) {
            (Some(agent), _) => Some(agent.clone()),
            (None, None) => Some(own()),
            (None, Some(_)) => None,
        };
        let mut headers = HeaderMap::new();
        if let Some(agent) = agent {
            let agent = HeaderValue::from_str(&agent).map_err(|_| ConfigError::Header {
                name: USER_AGENT.to_string(),
                call: "user_agent",
            })?;
            headers.insert(USER_AGENT, agent);
        }
        for (name, value) in &self.headers {
            let bad = || ConfigError::Header {
                name: printable(name),
                call: "default_header",
            };
            let header = HeaderName::from_bytes(name.as_bytes()).map_err(|_| bad())?;
            let mut value = HeaderValue::from_str(value.expose()).map_err(|_| bad())?;
            value.set_sensitive(header == AUTHORIZATION || header == COOKIE);
            headers.insert(header, value);
        }
        Ok(headers)
    }

    /// An HTTP client that follows no redirects: a redirect would carry the credentials to a host
    /// that the caller never named, and an API that moves is something its caller should learn of.
    /// The 3xx answer is the caller's to see.
    fn http_client(&self) -> Result<reqwest::Client, ConfigError> {
        let builder = reqwest::Client::builder().redirect(redirect::Policy::none());
        Ok(builder.connect_timeout(self.connect_timeout).build()?)
    }
}

/// Whether a URL asks for TLS where there is none.
fn lacks_tls(url: &str, has_tls: bool) -> bool {
    url.starts_with("https:") && !has_tls
}

/// Whether a URL is without TLS and leaves this machine.
fn is_plain_http(url: &str) -> bool {
    let Some(url) = Url::parse(url).ok().filter(|url| url.scheme() == "http") else {
        return false;
    };
    let host = url.host_str().unwrap_or_default();
    let address: Result<IpAddr, _> = host.trim_matches(['[', ']']).parse();
    match address {
        Ok(address) => !address.to_canonical().is_loopback(),
        // RFC 6761, section 6.3: these names never leave the machine.
        Err(_) => host != "localhost" && !host.ends_with(".localhost"),
    }
}

#[cfg(test)]
mod tests {
    use super::{is_plain_http, lacks_tls};

    #[test]
    fn plain_http_may_not_leave_the_machine() {
        for (url, is_plain) in [
            ("https://h", false),
            ("http://localhost:8080/a", false),
            ("http://api.localhost", false),
            ("http://127.0.0.1", false),
            ("http://127.8.8.8:1", false),
            ("http://2130706433", false),
            ("http://[::1]:80", false),
            ("http://[::ffff:127.0.0.1]", false),
            ("http://h", true),
            ("http://10.0.0.1", true),
            ("http://127.0.0.1.example.com", true),
            ("http://localhost.example.com", true),
            ("http://notlocalhost", true),
            ("http://[::2]", true),
            ("http://0.0.0.0", true),
        ] {
            assert_eq!(is_plain_http(url), is_plain, "{url}");
        }
    }

    #[test]
    fn https_needs_tls_and_http_does_not() {
        assert!(lacks_tls("https://h", false));
        assert!(!lacks_tls("https://h", true));
        assert!(!lacks_tls("http://h", false));
    }
}

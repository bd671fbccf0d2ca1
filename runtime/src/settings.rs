//! The settings that a builder collects, and the client that they become: chooses between calls,
//! environment and defaults, and reports everything that is missing at once.

use std::time::Duration;

use reqwest::header::{AUTHORIZATION, COOKIE, HeaderMap, HeaderName, HeaderValue, USER_AGENT};
use reqwest::{Url, redirect};

use crate::Secret;
use crate::auth::{Credentials, Proof};
use crate::client::{Client, Inner};
use crate::config::{Base, ConfigError, Variables, join};
use crate::environment::{FromEnv, Given};
use crate::error::printable;
use crate::scheme::{Credential, Scheme, basic_header, key_proof};
use crate::service::{Auth, ServerVariable, Service, TokenRequest};
use crate::token::{Store, TokenSource, bearer_header, http_header};

/// The settings, free of the type of the client that they become.
pub(crate) struct Settings {
    pub(crate) service: &'static Service,
    pub(crate) base_url: Option<String>,
    pub(crate) base_path: Option<String>,
    pub(crate) variables: Vec<(String, String)>,
    pub(crate) given: Given,
    /// The schemes that operations name.
    pub(crate) schemes: &'static [Scheme],
    /// What was given for them, by their names.
    pub(crate) credentials: Vec<(String, Credential)>,
    pub(crate) env: Option<FromEnv>,
    pub(crate) connect_timeout: Duration,
    pub(crate) timeout: Duration,
    pub(crate) headers: Vec<(String, Secret<String>)>,
    pub(crate) user_agent: Option<String>,
    /// Whether a client without credentials is one.
    pub(crate) optional_credentials: bool,
    pub(crate) http: Option<reqwest::Client>,
}

impl Settings {
    /// Checks the settings and builds the client.
    pub(crate) fn build(self) -> Result<Client, ConfigError> {
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
        let base = join(&url, &base_path)?;
        let headers = self.default_headers()?;
        let http = match &self.http {
            Some(http) => http.clone(),
            None => self.http_client()?,
        };
        let proof = self.proof(&given, &base, token_url.as_deref(), &http, &headers)?;
        let named = self.named(&http)?;
        let basic = match given.basic.as_ref().or(given.client.as_ref()) {
            Some((user, password)) => basic_header(&http, user, password)?,
            None => self.only_basic(&named),
        };
        let credentials = Credentials {
            proof,
            basic,
            named,
            own_header: headers.contains_key(AUTHORIZATION),
        };
        let (service, timeout) = (self.service, self.timeout);
        Ok(Client::new(Inner {
            service,
            http,
            base_url: base.url,
            headers,
            credentials,
            timeout,
        }))
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
        let ways = |variable: &ServerVariable| match (base_url, variable.env.filter(|_| read)) {
            (Some(url), Some(name)) => format!("{url} or {name}"),
            (Some(name), None) | (None, Some(name)) => name.to_owned(),
            (None, None) => format!("server variable `{}`", variable.name),
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
            Some(env) if given.is_empty() => match env.credentials(self.service) {
                Err(_) if self.optional_credentials && env.has_no_credentials() => Ok(given),
                found => found,
            },
            _ => Ok(given),
        }
    }

    fn default_headers(&self) -> Result<HeaderMap, ConfigError> {
        let agent = || format!("{}/{}", self.service.name, self.service.version);
        let agent = self.user_agent.clone().unwrap_or_else(agent);
        let agent = HeaderValue::from_str(&agent)
            .map_err(|_| ConfigError::Header(USER_AGENT.to_string()))?;
        let mut headers = HeaderMap::from_iter([(USER_AGENT, agent)]);
        for (name, value) in &self.headers {
            let bad = || ConfigError::Header(printable(name));
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

    /// How requests are signed by default. The more direct credential wins: a token over a key, a
    /// key over a password, all over a client id, which may have been given for the operations that
    /// want HTTP Basic.
    fn proof(
        &self,
        given: &Given,
        base: &Base,
        token_url: Option<&str>,
        http: &reqwest::Client,
        headers: &HeaderMap,
    ) -> Result<Option<Proof>, ConfigError> {
        let unsendable = |credential| ConfigError::Credential {
            credential,
            problem: "holds what a header cannot hold",
        };
        if let Some(token) = &given.bearer {
            let header = bearer_header(token.expose()).ok_or_else(|| unsendable("bearer token"))?;
            return Ok(Some(Proof::Header(AUTHORIZATION, header)));
        }
        if let Some(credential) = &given.http {
            let Auth::Http { scheme } = self.service.auth else {
                return Err(ConfigError::Credential {
                    credential: "HTTP credential",
                    problem: "has no use: this API has no HTTP scheme of its own",
                });
            };
            let header = http_header(scheme, credential.expose());
            let header = header.ok_or_else(|| unsendable("HTTP credential"))?;
            return Ok(Some(Proof::Header(AUTHORIZATION, header)));
        }
        if let Some(key) = &given.api_key {
            return self.api_key(key).map(Some);
        }
        if let Some((user, password)) = &given.basic {
            let header = basic_header(http, user, password)?.ok_or(ConfigError::Credential {
                credential: "user name",
                problem: "holds a colon, which HTTP Basic cannot carry",
            })?;
            return Ok(Some(Proof::Header(AUTHORIZATION, header)));
        }
        match &given.client {
            Some(pair) => self.tokens(pair, base, token_url, http, headers).map(Some),
            None => Ok(None),
        }
    }

    fn api_key(&self, key: &Secret<String>) -> Result<Proof, ConfigError> {
        let bad = |problem| ConfigError::Credential {
            credential: "API key",
            problem,
        };
        let Auth::ApiKey { location, name } = self.service.auth else {
            return Err(bad("has no use: this API does not take one"));
        };
        key_proof(location, name, key, bad)
    }

    /// What was given for the schemes that operations name, by calls and then in the environment.
    fn named(&self, http: &reqwest::Client) -> Result<Vec<(&'static str, Proof)>, ConfigError> {
        let mut named = Vec::new();
        for scheme in self.schemes.iter().filter(|scheme| scheme.auth.is_some()) {
            // The last call wins, as with every other setting.
            let mut calls = self.credentials.iter().rev();
            let called = calls.find(|(name, _)| name == scheme.name);
            let from_env = || self.env.as_ref()?.credential(scheme);
            if let Some(credential) = called.map(|(_, given)| given).or_else(from_env) {
                named.push((scheme.name, scheme.proof(credential, http)?));
            }
        }
        Ok(named)
    }

    /// What was given for the only HTTP Basic scheme that operations name.
    fn only_basic(&self, named: &[(&'static str, Proof)]) -> Option<HeaderValue> {
        let is_basic = |scheme: &&Scheme| scheme.auth == Some(Auth::Basic);
        let mut basic = self.schemes.iter().filter(is_basic);
        let only = basic.next().filter(|_| basic.next().is_none())?;
        match named.iter().find(|(name, _)| *name == only.name) {
            Some((_, Proof::Header(_, header))) => Some(header.clone()),
            _ => None,
        }
    }

    /// Checks that every scheme that a call names is one of the API's.
    fn check_schemes(&self) -> Result<(), ConfigError> {
        let is_known = |name: &str| self.schemes.iter().any(|scheme| scheme.name == name);
        match self.credentials.iter().find(|(name, _)| !is_known(name)) {
            None => Ok(()),
            Some((name, _)) => Err(ConfigError::Scheme {
                scheme: printable(name),
                problem: "has no use: no operation of this API names that scheme",
            }),
        }
    }

    fn tokens(
        &self,
        (id, secret): &(String, Secret<String>),
        base: &Base,
        token_url: Option<&str>,
        http: &reqwest::Client,
        headers: &HeaderMap,
    ) -> Result<Proof, ConfigError> {
        let bad = |problem| ConfigError::Credential {
            credential: "client id",
            problem,
        };
        let (
            Auth::ClientCredentials {
                request, scopes, ..
            },
            Some(token_url),
        ) = (self.service.auth, token_url)
        else {
            return Err(bad("has no use: this API has no token endpoint"));
        };
        if request == TokenRequest::BasicJson && id.contains(':') {
            return Err(bad("holds a colon, which HTTP Basic cannot carry"));
        }
        let relative = token_url.starts_with('/');
        let text = if relative {
            format!("{}{token_url}", base.root)
        } else {
            token_url.to_owned()
        };
        let url = Url::parse(&text).map_err(|_| ConfigError::TokenUrl(printable(&text)))?;
        // Another host gets the user agent alone: the caller's headers may be meant for this API's
        // eyes only. The caller's own `Authorization` would contradict the client's.
        let mut headers = headers.clone();
        headers.remove(AUTHORIZATION);
        if !relative {
            headers = headers
                .remove(USER_AGENT)
                .map(|agent| (USER_AGENT, agent))
                .into_iter()
                .collect();
        }
        let (http, id, secret) = (http.clone(), id.clone(), secret.clone());
        let (timeout, errors) = (self.timeout, self.service.errors);
        Ok(Proof::Tokens(Box::new(TokenSource {
            http,
            url,
            request,
            scopes,
            id,
            secret,
            headers,
            timeout,
            errors,
            store: Store::default(),
        })))
    }
}

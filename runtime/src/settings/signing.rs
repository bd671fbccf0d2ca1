//! Signing in, of a client that is built: takes the credentials that were given, gives what requests
//! carry of them, or says which cannot be used.

use reqwest::Url;
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderValue, USER_AGENT};

use super::Settings;
use crate::Secret;
use crate::auth::{Proof, help_with_default};
use crate::config::Base;
use crate::environment::Given;
use crate::error::{ConfigError, printable, shown_url, ways};
use crate::redact::Secrets;
use crate::scheme::{Scheme, basic_header, key_proof};
use crate::service::{Auth, TokenRequest};
use crate::token::{Origin, Store, TokenEndpoint, TokenSource, bearer_header, http_header};

/// What signs with tokens from there.
pub(super) fn tokens_of(origin: Origin, secrets: &Secrets) -> Proof {
    Proof::Tokens(Box::new(TokenSource {
        origin,
        secrets: secrets.clone(),
        store: Store::default(),
    }))
}

impl Settings {
    /// How requests are signed by default. The more direct credential wins: a token over a key, a
    /// key over a password, all over a client id, which may have been given for the operations that
    /// want HTTP Basic.
    pub(super) fn proof(
        &self,
        given: &Given,
        base: &Base,
        token_url: Option<&str>,
        http: &reqwest::Client,
        headers: &HeaderMap,
        secrets: &Secrets,
    ) -> Result<Option<Proof>, ConfigError> {
        let bad = |credential, problem, call: &str, variable| ConfigError::Credential {
            credential,
            problem,
            help: ways(call, &[variable]),
        };
        let unsendable = |credential, call| {
            let problem = "is empty or holds what a header cannot hold, such as the end of a line";
            bad(credential, problem, call, self.service.env.token)
        };
        if let Some(token) = &given.bearer {
            let header = bearer_header(token.expose())
                .ok_or_else(|| unsendable("bearer token", "bearer_token"))?;
            return Ok(Some(Proof::Header(AUTHORIZATION, header)));
        }
        if let Some(credential) = &given.http {
            let Auth::Http { scheme } = self.service.auth else {
                return Err(self.useless(
                    "HTTP credential",
                    "has no use: this API has no HTTP scheme of its own",
                ));
            };
            let header = http_header(scheme, credential.expose());
            let header = header.ok_or_else(|| unsendable("HTTP credential", "http_credential"))?;
            return Ok(Some(Proof::Header(AUTHORIZATION, header)));
        }
        if let Some(key) = &given.api_key {
            return self.api_key(key).map(Some);
        }
        if let Some((user, password)) = &given.basic {
            let header = basic_header(http, user, password)?.ok_or_else(|| {
                let problem = "holds a colon, which HTTP Basic cannot carry";
                bad("user name", problem, "basic", self.service.env.client_id)
            })?;
            return Ok(Some(Proof::Header(AUTHORIZATION, header)));
        }
        match &given.client {
            Some(pair) => {
                let tokens = self.tokens(pair, base, token_url, http, headers, secrets);
                tokens.map(Some)
            }
            None => Ok(None),
        }
    }

    fn api_key(&self, key: &Secret<String>) -> Result<Proof, ConfigError> {
        let Auth::ApiKey { location, name } = self.service.auth else {
            return Err(self.useless("API key", "has no use: this API does not take one"));
        };
        let bad = |problem| ConfigError::Credential {
            credential: "API key",
            problem,
            help: ways("api_key", &[self.service.env.token]),
        };
        key_proof(location, name, key, bad)
    }

    /// What was given for the schemes that operations name, by calls and then in the environment.
    pub(super) fn named(
        &self,
        http: &reqwest::Client,
    ) -> Result<Vec<(&'static str, Proof)>, ConfigError> {
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
    pub(super) fn only_basic(&self, named: &[(&'static str, Proof)]) -> Option<HeaderValue> {
        let is_basic = |scheme: &&Scheme| scheme.auth == Some(Auth::Basic);
        let mut basic = self.schemes.iter().filter(is_basic);
        let only = basic.next().filter(|_| basic.next().is_none())?;
        match named.iter().find(|(name, _)| *name == only.name) {
            Some((_, Proof::Header(_, header))) => Some(header.clone()),
            _ => None,
        }
    }

    /// Checks that every scheme that a call names is one of the API's.
    pub(super) fn check_schemes(&self) -> Result<(), ConfigError> {
        let is_known = |name: &str| self.schemes.iter().any(|scheme| scheme.name == name);
        match self.credentials.iter().find(|(name, _)| !is_known(name)) {
            None => Ok(()),
            Some((name, _)) => Err(ConfigError::Scheme {
                scheme: printable(name),
                problem: "has no use: no operation of this API names that scheme",
                help: self.known_schemes(),
            }),
        }
    }

    /// A URL that tokens can be fetched from.
    fn token_endpoint(&self, text: &str) -> Result<Url, ConfigError> {
        let is_endpoint = |url: &Url| {
            let is_http = matches!(url.scheme(), "https" | "http");
            is_http && url.username().is_empty() && url.password().is_none()
        };
        let url = Url::parse(text).ok().filter(is_endpoint);
        let url = url.ok_or_else(|| ConfigError::TokenUrl(shown_url(text)))?;
        self.check_tls(url.as_str())?;
        Ok(url)
    }

    /// A credential that was given, and that this API has no use for.
    fn useless(&self, credential: &'static str, problem: &'static str) -> ConfigError {
        ConfigError::Credential {
            credential,
            problem,
            help: match self.service.auth {
                Auth::None => "leave it out, since the API takes no credentials".to_owned(),
                _ => format!("to sign in, {}", help_with_default(self.service)),
            },
        }
    }

    /// Which schemes there are.
    fn known_schemes(&self) -> String {
        let schemes = self.schemes.iter();
        let names: Vec<String> = schemes.map(|scheme| format!("`{}`", scheme.name)).collect();
        match names.is_empty() {
            true => "leave the call `credential` out".to_owned(),
            false => format!("`credential` takes {}", names.join(" or ")),
        }
    }

    fn tokens(
        &self,
        (id, secret): &(String, Secret<String>),
        base: &Base,
        token_url: Option<&str>,
        http: &reqwest::Client,
        headers: &HeaderMap,
        secrets: &Secrets,
    ) -> Result<Proof, ConfigError> {
        let (
            Auth::ClientCredentials {
                request, scopes, ..
            },
            Some(token_url),
        ) = (self.service.auth, token_url)
        else {
            let problem = "has no use: this API has no token endpoint";
            return Err(self.useless("client id", problem));
        };
        if request == TokenRequest::BasicJson && id.contains(':') {
            return Err(ConfigError::Credential {
                credential: "client id",
                problem: "holds a colon, which HTTP Basic cannot carry",
                help: ways("client_credentials", &[self.service.env.client_id]),
            });
        }
        let relative = token_url.starts_with('/');
        let url = match relative {
            true => self.token_endpoint(&format!("{}{token_url}", base.root))?,
            false => self.token_endpoint(token_url)?,
        };
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
        let (timeout, errors) = (self.limits.time, self.service.errors);
        let endpoint = TokenEndpoint {
            http,
            url,
            request,
            scopes,
            id,
            secret,
            headers,
            timeout,
            limiter: None,
            errors,
            secrets: secrets.clone(),
        };
        Ok(tokens_of(Origin::Endpoint(Box::new(endpoint)), secrets))
    }
}

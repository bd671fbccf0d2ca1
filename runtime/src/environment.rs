//! Credentials and other settings as environment variables hold them. Takes a lookup, so that tests
//! need not touch the process's environment; gives what is set, and the names of what is missing.

use crate::Secret;
use crate::config_file::Held;
use crate::scheme::{Credential, Scheme};
use crate::service::{Auth, Service};

/// Credentials, from calls or from the environment.
#[derive(Clone, Default)]
pub(crate) struct Given {
    pub(crate) client: Option<(String, Secret<String>)>,
    pub(crate) basic: Option<(String, Secret<String>)>,
    pub(crate) bearer: Option<Secret<String>>,
    pub(crate) api_key: Option<Secret<String>>,
    /// What follows the name of the API's own HTTP scheme.
    pub(crate) http: Option<Secret<String>>,
}

impl Given {
    /// Sets the credential of the client's own scheme.
    pub(crate) fn set(&mut self, credential: Credential) {
        match credential {
            Credential::Bearer(token) => self.bearer = Some(token),
            Credential::Basic(user, password) => self.basic = Some((user, password)),
            Credential::ApiKey(key) => self.api_key = Some(key),
            Credential::Http(credential) => self.http = Some(credential),
        }
    }

    /// All that was given.
    pub(crate) fn all(&self) -> impl Iterator<Item = Credential> {
        let pair = |pair: &Option<(String, Secret<String>)>| {
            let pair = pair.clone();
            pair.map(|(user, password)| Credential::Basic(user, password))
        };
        let tokens = [&self.bearer, &self.api_key, &self.http];
        let tokens = tokens.map(|token| token.clone().map(Credential::Bearer));
        let pairs = [pair(&self.client), pair(&self.basic)];
        tokens.into_iter().chain(pairs).flatten()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.client.is_none()
            && self.basic.is_none()
            && self.bearer.is_none()
            && self.api_key.is_none()
            && self.http.is_none()
    }
}

/// What the environment held.
pub(crate) struct FromEnv {
    pub(crate) base_url: Option<String>,
    client_id: Option<String>,
    client_secret: Option<Secret<String>>,
    token: Option<Secret<String>>,
    pub(crate) variables: Vec<(&'static str, String)>,
    /// The credentials of schemes that operations name, by their names.
    named: Vec<(&'static str, Credential)>,
}

impl FromEnv {
    /// Looks every name up that the API knows. An empty value counts as missing.
    pub(crate) fn read(
        service: &'static Service,
        schemes: &[Scheme],
        lookup: &dyn Fn(&str) -> Option<String>,
    ) -> Self {
        let read = |name: Option<&str>| name.and_then(lookup).filter(|value| !value.is_empty());
        let named = schemes.iter().filter_map(|scheme| {
            let credential = scheme.read(&|name| read(Some(name)))?;
            Some((scheme.name, credential))
        });
        let variables = service.variables.iter();
        Self {
            base_url: read(service.env.base_url),
            client_id: read(service.env.client_id),
            client_secret: read(service.env.client_secret).map(Secret::new),
            token: read(service.env.token).map(Secret::new),
            variables: variables
                .filter_map(|variable| Some((variable.name, read(variable.env)?)))
                .collect(),
            named: named.collect(),
        }
    }

    /// Whether none of the settings is set that a file could hold.
    pub(crate) fn is_unset(&self) -> bool {
        self.base_url.is_none() && self.has_no_credentials()
    }

    /// The same with what a file holds of them.
    pub(crate) fn with_file(self, held: Held) -> Self {
        Self {
            base_url: held.base_url,
            client_id: held.client_id,
            client_secret: held.client_secret,
            token: None,
            ..self
        }
    }

    /// All that it holds of credentials.
    pub(crate) fn secrets(&self) -> impl Iterator<Item = Credential> {
        let secret = self.client_secret.clone().unwrap_or_default();
        let user = self.client_id.clone().unwrap_or_default();
        let pair = [Credential::Basic(user, secret)];
        let token = self.token.clone().map(Credential::Bearer);
        let named = self.named.iter().map(|(_, credential)| credential.clone());
        named.chain(pair).chain(token)
    }

    /// The credential of a scheme that operations name.
    pub(crate) fn credential(&self, scheme: &Scheme) -> Option<&Credential> {
        let mut named = self.named.iter();
        named
            .find(|(name, _)| *name == scheme.name)
            .map(|(_, credential)| credential)
    }

    /// Whether nothing is set of what the client itself signs in with; a half of it is a mistake.
    pub(crate) fn has_no_credentials(&self) -> bool {
        self.client_id.is_none() && self.client_secret.is_none() && self.token.is_none()
    }

    /// The credentials that an API's way to sign in needs, or the names of those that are missing.
    pub(crate) fn credentials(&self, service: &Service) -> Result<Given, Vec<String>> {
        let pair = || Some((self.client_id.clone()?, self.client_secret.clone()?));
        // With some APIs the user name is all there is.
        let password = || self.client_secret.clone().unwrap_or_default();
        let basic = || Some((self.client_id.clone()?, password()));
        let env = &service.env;
        let unset = |name: Option<&str>, is_set: bool| name.filter(|_| !is_set).map(str::to_owned);
        let no_token: Vec<String> = unset(env.token, self.token.is_some()).into_iter().collect();
        let no_id = unset(env.client_id, self.client_id.is_some());
        let no_secret = unset(env.client_secret, self.client_secret.is_some());
        let no_pair: Vec<String> = no_id.iter().cloned().chain(no_secret).collect();
        let mut given = Given::default();
        let missing = match service.auth {
            Auth::None => Vec::new(),
            Auth::Bearer => {
                given.bearer = self.token.clone();
                no_token
            }
            Auth::Http { .. } => {
                given.http = self.token.clone();
                no_token
            }
            Auth::ApiKey { .. } => {
                given.api_key = self.token.clone();
                no_token
            }
            Auth::Basic => {
                given.basic = basic();
                no_id.into_iter().collect()
            }
            Auth::ClientCredentials { .. } => {
                given.bearer = self.token.clone();
                given.client = pair();
                // A token at hand does without the pair, which only operations that want HTTP Basic
                // then miss.
                if self.token.is_some() {
                    Vec::new()
                } else {
                    no_pair
                }
            }
        };
        if missing.is_empty() {
            Ok(given)
        } else {
            Err(missing)
        }
    }
}

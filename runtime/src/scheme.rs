//! Security schemes that operations name themselves, because they ask for more or other than what the client signs in with. Takes
//! what the caller gave for each scheme, by calls and in the environment; gives what requests carry of it.

use std::fmt;

use ::base64::Engine as _;
use ::base64::engine::general_purpose::STANDARD;
use reqwest::header::{AUTHORIZATION, COOKIE, HeaderName, HeaderValue};

use crate::Secret;
use crate::auth::Proof;
use crate::encode::percent_encode;
use crate::error::{ConfigError, printable, ways};
use crate::redact::Collected;
use crate::service::{ApiKeyLocation, Auth};
use crate::token::{bearer_header, http_header};

/// A security scheme, as the API's document declares it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scheme {
    pub(crate) name: &'static str,
    /// `None` for the scheme that the client itself signs in with.
    pub(crate) auth: Option<Auth>,
    pub(crate) env: &'static [&'static str],
}

impl Scheme {
    /// The scheme of this name, which the client itself signs in with.
    pub const fn client(name: &'static str) -> Self {
        let (auth, env) = (None, [].as_slice());
        Self { name, auth, env }
    }

    /// Another scheme: how it proves who calls, and the environment variables that hold its
    /// credential, which are two for HTTP Basic, the user's name and the password, or the first alone.
    pub const fn new(name: &'static str, auth: Auth, env: &'static [&'static str]) -> Self {
        let auth = Some(auth);
        Self { name, auth, env }
    }

    /// Its name in the document, by which [`ClientBuilder::credential`] knows it.
    ///
    /// [`ClientBuilder::credential`]: crate::ClientBuilder::credential
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// How to give its credential.
    pub(crate) fn ways_to_give(&self) -> String {
        let kind = match self.auth {
            Some(Auth::Basic) => "basic",
            Some(Auth::ApiKey { .. }) => "api_key",
            Some(Auth::Http { .. }) => "http",
            Some(Auth::None | Auth::Bearer | Auth::ClientCredentials { .. }) | None => "bearer",
        };
        let name = printable(self.name);
        let env: Vec<Option<&str>> = self.env.iter().map(|name| Some(*name)).collect();
        ways(
            &format!("credential({name:?}, Credential::{kind}(…))"),
            &env,
        )
    }

    /// The credential that the environment holds; `None` unless it is whole. The password of HTTP
    /// Basic is empty where none is set: with some APIs the user name is all there is.
    pub(crate) fn read(&self, read: &dyn Fn(&'static str) -> Option<String>) -> Option<Credential> {
        match (self.auth?, self.env) {
            (Auth::Basic, [user, password @ ..]) => {
                let password = password.first().and_then(|name| read(name));
                Some(Credential::basic(read(user)?, password.unwrap_or_default()))
            }
            (Auth::ApiKey { .. }, [key]) => read(key).map(Credential::api_key),
            (Auth::Bearer, [token]) => read(token).map(Credential::bearer),
            (Auth::Http { .. }, [credential]) => read(credential).map(Credential::http),
            _ => None,
        }
    }

    /// What requests carry of a credential.
    pub(crate) fn proof(
        &self,
        credential: &Credential,
        http: &reqwest::Client,
    ) -> Result<Proof, ConfigError> {
        let bad = |problem| ConfigError::Scheme {
            scheme: printable(self.name),
            problem,
            help: self.ways_to_give(),
        };
        match (self.auth, credential) {
            (Some(Auth::Bearer), Credential::Bearer(token)) => bearer_header(token.expose())
                .map(|header| Proof::Header(AUTHORIZATION, header))
                .ok_or_else(|| {
                    bad("is empty or holds what a header cannot hold, such as the end of a line")
                }),
            (Some(Auth::Http { scheme }), Credential::Http(credential)) => http_header(
                scheme,
                credential.expose(),
            )
            .map(|header| Proof::Header(AUTHORIZATION, header))
            .ok_or_else(|| {
                bad("is empty or holds what a header cannot hold, such as the end of a line")
            }),
            (Some(Auth::Basic), Credential::Basic(user, password)) => {
                let header = basic_header(http, user, password)?.ok_or_else(|| {
                    bad("has a user name with a colon, which HTTP Basic cannot carry")
                })?;
                Ok(Proof::Header(AUTHORIZATION, header))
            }
            (Some(Auth::ApiKey { location, name }), Credential::ApiKey(key)) => {
                key_proof(location, name, key, bad)
            }
            _ => Err(bad("is of another kind than the scheme takes")),
        }
    }
}

/// What a caller proves with, for a scheme that the client does not sign in with itself.
#[derive(Clone)]
#[non_exhaustive]
pub enum Credential {
    /// A token (RFC 6750). It is not refreshed.
    Bearer(Secret<String>),
    /// A user name and a password (RFC 7617), which may be empty.
    Basic(String, Secret<String>),
    /// An API key.
    ApiKey(Secret<String>),
    /// What follows the name of another HTTP scheme.
    Http(Secret<String>),
}

impl Credential {
    /// A token.
    pub fn bearer(token: impl Into<Secret<String>>) -> Self {
        Self::Bearer(token.into())
    }

    /// A user name and a password.
    pub fn basic(user: impl Into<String>, password: impl Into<Secret<String>>) -> Self {
        Self::Basic(user.into(), password.into())
    }

    /// What follows the name of an HTTP scheme that is neither bearer nor basic.
    pub fn http(credential: impl Into<Secret<String>>) -> Self {
        Self::Http(credential.into())
    }

    /// An API key.
    pub fn api_key(key: impl Into<Secret<String>>) -> Self {
        Self::ApiKey(key.into())
    }
}

impl Credential {
    /// Adds what of it must not be told. A user name without a password is the credential.
    pub(crate) fn collect(&self, secrets: &mut Collected) {
        match self {
            Self::Bearer(secret) | Self::ApiKey(secret) | Self::Http(secret) => {
                secrets.add(secret.expose());
            }
            Self::Basic(user, password) => {
                if password.expose().is_empty() {
                    secrets.add(user);
                }
                secrets.add(password.expose());
                // As HTTP Basic has them, and as OAuth's use of it does.
                let pair = format!("{user}:{}", password.expose());
                let encoded = [user, password.expose()].map(|text| percent_encode(text));
                secrets.add(&STANDARD.encode(pair));
                secrets.add(&STANDARD.encode(encoded.join(":")));
            }
        }
    }
}

/// Names the kind alone: a user name may be all that there is of a credential.
impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Bearer(_) => "Bearer(…)",
            Self::Basic(..) => "Basic(…)",
            Self::ApiKey(_) => "ApiKey(…)",
            Self::Http(_) => "Http(…)",
        })
    }
}

/// What requests carry of an API key; `bad` makes the error of one that cannot be sent.
pub(crate) fn key_proof(
    location: ApiKeyLocation,
    name: &'static str,
    key: &Secret<String>,
    bad: impl Fn(&'static str) -> ConfigError,
) -> Result<Proof, ConfigError> {
    let header = |text: &str| {
        let mut value = HeaderValue::from_str(text).map_err(|_| {
            bad("is empty or holds what a header cannot hold, such as the end of a line")
        })?;
        value.set_sensitive(true);
        Ok::<_, ConfigError>(value)
    };
    match location {
        ApiKeyLocation::Query => Ok(Proof::Query(name, key.clone())),
        ApiKeyLocation::Header => {
            let name = HeaderName::from_bytes(name.as_bytes())
                .map_err(|_| bad("goes to a header whose name HTTP does not allow"))?;
            Ok(Proof::Header(name, header(key.expose())?))
        }
        // RFC 6265, section 4.1.1: these characters end a cookie's value.
        ApiKeyLocation::Cookie if key.expose().contains([' ', '"', ',', ';', '\\']) => Err(bad(
            "holds what a cookie cannot hold: a space, a quotation mark, a comma, a semicolon or a backslash",
        )),
        ApiKeyLocation::Cookie => Ok(Proof::Header(
            COOKIE,
            header(&format!("{name}={}", key.expose()))?,
        )),
    }
}

/// The value of `Authorization` for HTTP Basic, made by reqwest; `None` when the user name holds a
/// colon, at which the receiver would split it (RFC 7617, section 2).
pub(crate) fn basic_header(
    http: &reqwest::Client,
    user: &str,
    password: &Secret<String>,
) -> Result<Option<HeaderValue>, ConfigError> {
    if user.contains(':') {
        return Ok(None);
    }
    let request = http
        .get("http://localhost/")
        .basic_auth(user, Some(password.expose()))
        .build()?;
    Ok(request.headers().get(AUTHORIZATION).cloned())
}

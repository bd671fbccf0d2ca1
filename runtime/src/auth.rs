//! Which credential a request carries. Takes what the client was given and what the operation
//! wants; gives the header or query parameter to add.

use std::fmt;

use reqwest::header::{AUTHORIZATION, HeaderName, HeaderValue};

use crate::Secret;
use crate::error::AuthError;
use crate::service::{Auth, Service};
use crate::token::{Token, TokenSource};

/// What an operation wants to be signed with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum SignWith {
    /// The credential that the API takes everywhere.
    #[default]
    ClientDefault,
    /// HTTP Basic with the client's id and secret, or its user and password.
    Basic,
    /// Nothing.
    Nothing,
}

/// How requests are signed by default.
pub(crate) enum Proof {
    /// A fixed header: a bearer token, HTTP Basic, an API key, a cookie.
    Header(HeaderName, HeaderValue),
    /// An API key in the query.
    Query(&'static str, Secret<String>),
    /// A token that is fetched and kept fresh.
    Tokens(Box<TokenSource>),
}

/// All that a client can sign with.
pub(crate) struct Credentials {
    pub(crate) proof: Option<Proof>,
    /// The `Authorization` header of operations that want HTTP Basic.
    pub(crate) basic: Option<HeaderValue>,
    /// Whether the caller's default headers hold an `Authorization` of their own.
    pub(crate) own_header: bool,
}

/// What one request adds.
#[derive(Clone)]
pub(crate) enum Signature {
    /// As the default headers are.
    Unchanged,
    /// Nothing, not even the `Authorization` among the default headers.
    Nothing,
    Header(HeaderName, HeaderValue),
    Query(&'static str, Secret<String>),
    Token(Token),
}

impl Credentials {
    /// The signature of a request, fetching a token if that is how this client signs.
    pub(crate) async fn sign(
        &self,
        service: &Service,
        with: SignWith,
    ) -> Result<Signature, AuthError> {
        match with {
            SignWith::Nothing => Ok(Signature::Nothing),
            SignWith::Basic => match &self.basic {
                Some(header) => Ok(Signature::Header(AUTHORIZATION, header.clone())),
                None => Err(AuthError::NoCredentials {
                    help: help_with_basic(service),
                }),
            },
            SignWith::ClientDefault => match &self.proof {
                Some(Proof::Header(name, value)) => {
                    Ok(Signature::Header(name.clone(), value.clone()))
                }
                Some(Proof::Query(name, key)) => Ok(Signature::Query(name, key.clone())),
                Some(Proof::Tokens(tokens)) => tokens.token().await.map(Signature::Token),
                None if self.own_header || service.auth == Auth::None => Ok(Signature::Unchanged),
                None => Err(AuthError::NoCredentials {
                    help: help_with_default(service),
                }),
            },
        }
    }

    /// A new token in place of one that the server refused; `None` when the signature was no
    /// fetched token.
    pub(crate) async fn renew(&self, refused: &Signature) -> Option<Result<Signature, AuthError>> {
        match (&self.proof, refused) {
            (Some(Proof::Tokens(tokens)), Signature::Token(token)) => {
                Some(tokens.replace(token).await.map(Signature::Token))
            }
            _ => None,
        }
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match &self.proof {
            Some(Proof::Header(..)) => "Header(…)",
            Some(Proof::Query(..)) => "Query(…)",
            Some(Proof::Tokens(_)) => "Tokens(…)",
            None => "None",
        })
    }
}

fn help_with_default(service: &Service) -> String {
    let env = &service.env;
    let (call, names) = match service.auth {
        Auth::ClientCredentials { .. } => (
            "client_credentials` or `bearer_token",
            [env.client_id, env.client_secret],
        ),
        Auth::Basic => ("basic", [env.client_id, env.client_secret]),
        Auth::ApiKey { .. } => ("api_key", [env.token, None]),
        Auth::Bearer | Auth::None => ("bearer_token", [env.token, None]),
    };
    help(call, &names)
}

fn help_with_basic(service: &Service) -> String {
    let call = match service.auth {
        Auth::ClientCredentials { .. } => "client_credentials",
        _ => "basic",
    };
    help(call, &[service.env.client_id, service.env.client_secret])
}

fn help(call: &str, names: &[Option<&str>]) -> String {
    let names: Vec<&str> = names.iter().copied().flatten().collect();
    match names.is_empty() {
        true => format!("call `{call}` on the client's builder"),
        false => format!(
            "call `{call}` on the client's builder, or set {} and read the environment",
            names.join(" and ")
        ),
    }
}

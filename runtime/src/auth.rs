//! Which credentials a request carries. Takes what the client was given and what the operation
//! wants; gives the headers and query parameters to add.

use std::fmt;

use reqwest::header::{AUTHORIZATION, COOKIE, HeaderName, HeaderValue};

use crate::Secret;
use crate::cookie;
use crate::encode::percent_encode;
use crate::error::{AuthError, printable, ways};
use crate::request_builder::RequestBuilder;
use crate::scheme::Scheme;
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
    /// One of these sets of schemes.
    Schemes(Alternatives),
}

/// Sets of schemes of which one is enough.
pub(crate) type Alternatives = &'static [&'static [Scheme]];

impl RequestBuilder {
    /// Signs with HTTP Basic: the client's id and secret, or its user and password.
    pub fn basic_auth(mut self) -> Self {
        self.draft.sign_with = SignWith::Basic;
        self
    }

    /// Sends no credentials.
    pub fn anonymous(mut self) -> Self {
        self.draft.sign_with = SignWith::Nothing;
        self
    }

    /// Signs with all schemes of the first alternative for which the client has every credential; an
    /// empty one at the end can always be had.
    /// An HTTP Basic scheme that was given none takes the client's user and password, or its id and
    /// secret.
    pub fn signed_with(mut self, alternatives: &'static [&'static [Scheme]]) -> Self {
        self.draft.sign_with = SignWith::Schemes(alternatives);
        self
    }
}

/// What requests carry of a credential.
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
    /// What requests are signed with by default.
    pub(crate) proof: Option<Proof>,
    /// The `Authorization` header of operations that want HTTP Basic.
    pub(crate) basic: Option<HeaderValue>,
    /// Whether the caller's default headers hold an `Authorization` of their own.
    pub(crate) own_header: bool,
    /// By the names of the schemes that they are for.
    pub(crate) named: Vec<(&'static str, Proof)>,
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
    /// All of these, and of the default headers' `Authorization` only what one of them says.
    All(Vec<Signature>),
}

impl Signature {
    /// The fetched token in it.
    pub(crate) fn token(&self) -> Option<&Token> {
        match self {
            Self::Token(token) => Some(token),
            Self::All(parts) => parts.iter().find_map(Self::token),
            Self::Unchanged | Self::Nothing | Self::Header(..) | Self::Query(..) => None,
        }
    }

    /// Adds it to a request.
    pub(crate) fn apply(&self, request: &mut reqwest::Request) {
        match self {
            Self::Unchanged => {}
            Self::Nothing => {
                request.headers_mut().remove(AUTHORIZATION);
            }
            Self::All(parts) => {
                let keeps_default = |part: &Self| matches!(part, Self::Unchanged);
                if !parts.iter().any(keeps_default) {
                    request.headers_mut().remove(AUTHORIZATION);
                }
                for part in parts {
                    part.apply(request);
                }
            }
            // A key in a cookie stands beside the cookies of the operation and of the caller.
            Self::Header(name, value) if name == COOKIE => {
                let line = cookie::merge(request.headers().get(COOKIE), value);
                request.headers_mut().insert(COOKIE, line);
            }
            Self::Header(name, value) => {
                request.headers_mut().insert(name, value.clone());
            }
            Self::Token(token) => {
                request
                    .headers_mut()
                    .insert(AUTHORIZATION, token.header().clone());
            }
            Self::Query(name, key) => {
                let name = percent_encode(name);
                let pair = format!("{name}={}", percent_encode(key.expose()));
                // A link of the server's may hold the key already.
                let is_other = |other: &&str| other.split('=').next() != Some(name.as_str());
                let others = request.url().query().unwrap_or_default().split('&');
                let mut pairs: Vec<&str> = others.filter(is_other).collect();
                pairs.retain(|pair| !pair.is_empty());
                pairs.push(&pair);
                let query = pairs.join("&");
                request.url_mut().set_query(Some(&query));
            }
        }
    }

    /// The same with another token.
    fn with_token(&self, token: Token) -> Self {
        match self {
            Self::Token(_) => Self::Token(token),
            Self::All(parts) => {
                let parts = parts.iter().map(|part| part.with_token(token.clone()));
                Self::All(parts.collect())
            }
            Self::Unchanged | Self::Nothing | Self::Header(..) | Self::Query(..) => self.clone(),
        }
    }
}

impl Credentials {
    /// Where the token comes from that a request signed like this carries; none where it carries none.
    pub(crate) fn tokens(&self, service: &Service, with: SignWith) -> Option<&TokenSource> {
        let Some(Proof::Tokens(tokens)) = &self.proof else {
            return None;
        };
        let is_carried = match with {
            SignWith::ClientDefault => true,
            SignWith::Schemes(alternatives) => {
                let chosen = self.chosen(service, alternatives).unwrap_or_default();
                chosen.iter().any(|scheme| scheme.auth.is_none())
            }
            SignWith::Basic | SignWith::Nothing => false,
        };
        is_carried.then_some(tokens)
    }

    /// The signature of a request, with the token that it carries.
    pub(crate) fn sign(
        &self,
        service: &Service,
        with: SignWith,
        token: Option<Token>,
    ) -> Result<Signature, AuthError> {
        let signature = match with {
            SignWith::Nothing => Some(Signature::Nothing),
            SignWith::Basic => {
                let header = self.basic.clone();
                header.map(|header| Signature::Header(AUTHORIZATION, header))
            }
            SignWith::ClientDefault => self.default_signature(service, token),
            SignWith::Schemes(alternatives) => {
                let schemes = self.chosen(service, alternatives);
                schemes.map(|schemes| self.sign_with_all(service, schemes, token))
            }
        };
        signature.ok_or_else(|| AuthError::NoCredentials {
            help: self.help(service, with),
            operation: None,
        })
    }

    /// How to give what a request is to be signed with.
    fn help(&self, service: &Service, with: SignWith) -> String {
        match with {
            SignWith::Nothing => String::new(),
            SignWith::Basic => help_with_basic(service),
            SignWith::ClientDefault => help_with_default(service),
            SignWith::Schemes(alternatives) => self.help_with_schemes(service, alternatives),
        }
    }

    /// The schemes of the first alternative for which the client has every credential.
    fn chosen(&self, service: &Service, alternatives: Alternatives) -> Option<&'static [Scheme]> {
        let has_all = |schemes: &&[Scheme]| {
            let mut schemes = schemes.iter();
            schemes.all(|scheme| self.has(service, scheme))
        };
        alternatives.iter().copied().find(has_all)
    }

    /// What the client signs with by default; `None` when it was given nothing.
    fn default_signature(&self, service: &Service, token: Option<Token>) -> Option<Signature> {
        match &self.proof {
            Some(Proof::Tokens(_)) => token.map(Signature::Token),
            Some(proof) => proof.signature(),
            None if self.own_header || service.auth == Auth::None => Some(Signature::Unchanged),
            None => None,
        }
    }

    fn sign_with_all(
        &self,
        service: &Service,
        schemes: &[Scheme],
        token: Option<Token>,
    ) -> Signature {
        let parts = schemes.iter().filter_map(|scheme| match scheme.auth {
            None => self.default_signature(service, token.clone()),
            Some(auth) => self.given(service, scheme.name, auth),
        });
        Signature::All(parts.collect())
    }

    /// What was given for a scheme that is not the client's own.
    fn given(&self, service: &Service, name: &str, auth: Auth) -> Option<Signature> {
        let mut named = self.named.iter();
        let proof = named.find(|(known, _)| *known == name);
        let basic = || {
            // A client whose own scheme is HTTP Basic was given the pair for that one.
            let is_for_it = auth == Auth::Basic && service.auth != Auth::Basic;
            let header = self.basic.clone().filter(|_| is_for_it);
            header.map(|header| Signature::Header(AUTHORIZATION, header))
        };
        match proof {
            Some((_, proof)) => proof.signature(),
            None => basic(),
        }
    }

    fn has(&self, service: &Service, scheme: &Scheme) -> bool {
        match scheme.auth {
            None => self.proof.is_some() || self.own_header || service.auth == Auth::None,
            Some(auth) => self.given(service, scheme.name, auth).is_some(),
        }
    }

    /// The signature with a new token in place of the fetched one that the server refused; the same where it has none.
    pub(crate) async fn renew(&self, refused: &Signature) -> Result<Signature, AuthError> {
        match (&self.proof, refused.token()) {
            (Some(Proof::Tokens(tokens)), Some(token)) => {
                let renewed = tokens.replace(token).await;
                renewed.map(|token| refused.with_token(token))
            }
            _ => Ok(refused.clone()),
        }
    }

    /// Sees to it that the fetched token of a signature, which the server refused, is not used again.
    pub(crate) fn give_up(&self, refused: &Signature) {
        if let (Some(Proof::Tokens(tokens)), Some(token)) = (&self.proof, refused.token()) {
            tokens.give_up(token);
        }
    }

    /// Which schemes an operation needs, and how to give those that are missing.
    fn help_with_schemes(&self, service: &Service, alternatives: Alternatives) -> String {
        let names = |schemes: &&[Scheme]| {
            let names: Vec<String> = schemes.iter().map(shown).collect();
            names.join(" and ")
        };
        let needed: Vec<String> = alternatives.iter().map(names).collect();
        let mut ways: Vec<String> = Vec::new();
        for scheme in alternatives.iter().copied().flatten() {
            let way = format!(
                "for {} {}",
                shown(scheme),
                help_with_scheme(service, scheme)
            );
            if !self.has(service, scheme) && !ways.contains(&way) {
                ways.push(way);
            }
        }
        let needed = needed.join(", or ");
        format!("the operation needs {needed}; {}", ways.join("; "))
    }
}

impl Proof {
    /// The signature that needs no token to be fetched.
    fn signature(&self) -> Option<Signature> {
        match self {
            Self::Header(name, value) => Some(Signature::Header(name.clone(), value.clone())),
            Self::Query(name, key) => Some(Signature::Query(name, key.clone())),
            Self::Tokens(_) => None,
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

pub(crate) fn help_with_default(service: &Service) -> String {
    let env = &service.env;
    let (call, names) = match service.auth {
        Auth::ClientCredentials { .. } => (
            "client_credentials` or `bearer_token",
            [env.client_id, env.client_secret],
        ),
        Auth::Basic => ("basic", [env.client_id, env.client_secret]),
        Auth::ApiKey { .. } => ("api_key", [env.token, None]),
        Auth::Http { .. } => ("http_credential", [env.token, None]),
        Auth::Bearer | Auth::None => ("bearer_token", [env.token, None]),
    };
    ways(call, &names)
}

fn help_with_basic(service: &Service) -> String {
    let call = match service.auth {
        Auth::ClientCredentials { .. } => "client_credentials",
        _ => "basic",
    };
    ways(call, &[service.env.client_id, service.env.client_secret])
}

/// How to give the credential of a scheme.
fn help_with_scheme(service: &Service, scheme: &Scheme) -> String {
    match scheme.auth {
        Some(_) => scheme.ways_to_give(),
        None => help_with_default(service),
    }
}

fn shown(scheme: &Scheme) -> String {
    format!("`{}`", printable(scheme.name))
}

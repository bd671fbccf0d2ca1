//! Tokens of the client-credentials grant (RFC 6749, section 4.4). One token is shared by all
//! clones of a client: it is fetched when first needed, by one caller while the others wait, and
//! again shortly before it expires.
//!
//! The caller that fetches holds a lock; the others queue for it and find the fresh token. A caller
//! that is dropped while it fetches releases the lock, and the next in the queue fetches instead.
//! When a fetch fails, those who were already waiting get that same failure, so that a dead token
//! endpoint sees one request and not one per waiter; whoever comes later tries again.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderValue};
use reqwest::{StatusCode, Url};
use serde_json::{Value, json};
use tokio::sync::Mutex;
use tokio::time::Instant;

use crate::Secret;
use crate::deadline::after;
use crate::encode::percent_encode;
use crate::error::{AuthError, find_message, retry_after, shown_url};
use crate::rate_limit::Limiter;
use crate::receive::{GRANT, Read, read};
use crate::redact::{Collected, Secrets};
use crate::service::{ErrorShape, TokenRequest};

/// How long a token is taken to live when the server does not say (RFC 6749, section 5.1, lets it
/// be silent). Short, since a token used for too long costs a refused request each time, and one
/// dropped too early costs one fetch.
const DEFAULT_LIFETIME: Duration = Duration::from_secs(5 * 60);

/// Longest lifetime believed, so that adding it to the clock cannot overflow.
const LONGEST_LIFETIME: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// What is wrong with an answer of more than [`GRANT`] bytes.
const TOO_LONG: &str = "its body is longer than 1 MiB, which no token is";

/// Longest time before expiry at which a token is replaced; a short-lived token is replaced in the
/// last tenth of its life.
const LONGEST_MARGIN: Duration = Duration::from_secs(60);

/// Where tokens come from, and the token at hand.
pub(crate) struct TokenSource {
    pub(crate) http: reqwest::Client,
    pub(crate) url: Url,
    pub(crate) request: TokenRequest,
    pub(crate) scopes: &'static [&'static str],
    pub(crate) id: String,
    pub(crate) secret: Secret<String>,
    pub(crate) headers: HeaderMap,
    pub(crate) timeout: Duration,
    /// The turns of requests, where the token endpoint stands under the API's own limit.
    pub(crate) limiter: Option<Arc<Limiter>>,
    pub(crate) errors: ErrorShape,
    /// To which every token is added, and without which nothing is told of an answer.
    pub(crate) secrets: Secrets,
    pub(crate) store: Store,
}

/// The token at hand, and the count of failed fetches, by which a waiter tells that one failed
/// while it waited.
#[derive(Default)]
pub(crate) struct Store {
    state: Mutex<State>,
    failures: AtomicU64,
}

#[derive(Default)]
struct State {
    /// The token last granted, kept when refused too, to recognise it when the server grants it
    /// again.
    last: Option<Token>,
    /// Whether a server has refused [`last`](Self::last).
    refused: bool,
    generation: u64,
    failure: Option<AuthError>,
}

/// A token, ready to send.
#[derive(Clone)]
pub(crate) struct Token {
    header: HeaderValue,
    generation: u64,
    refresh_at: Instant,
    expires_at: Instant,
}

impl Token {
    /// The value of `Authorization`, marked as sensitive.
    pub(crate) fn header(&self) -> &HeaderValue {
        &self.header
    }

    /// Whether it is time to replace it.
    pub(crate) fn is_due(&self) -> bool {
        Instant::now() >= self.refresh_at
    }
}

/// What the token endpoint granted.
struct Grant {
    header: HeaderValue,
    lifetime: Duration,
}

impl TokenSource {
    /// A token that is not about to expire.
    pub(crate) async fn token(&self) -> Result<Token, AuthError> {
        let failures = self.store.failures.load(Ordering::Acquire);
        let mut state = self.store.state.lock().await;
        self.current_or_fetched(&mut state, failures).await
    }

    /// A token in place of one that a server refused. Ten calls refused with the same token cause
    /// one fetch: the first replaces it, the others find that it is no longer the token at hand.
    pub(crate) async fn replace(&self, refused: &Token) -> Result<Token, AuthError> {
        let failures = self.store.failures.load(Ordering::Acquire);
        let mut state = self.store.state.lock().await;
        if state.generation == refused.generation {
            state.refused = true;
        }
        self.current_or_fetched(&mut state, failures).await
    }

    async fn current_or_fetched(
        &self,
        state: &mut State,
        failures_before: u64,
    ) -> Result<Token, AuthError> {
        let now = Instant::now();
        let current = state.last.clone().filter(|_| !state.refused);
        if let Some(token) = current.as_ref().filter(|token| now < token.refresh_at) {
            return Ok(token.clone());
        }
        let valid = current.filter(|token| now < token.expires_at);
        let failed_meanwhile = self.store.failures.load(Ordering::Acquire) != failures_before;
        if let Some(failure) = state
            .failure
            .as_ref()
            .filter(|_| failed_meanwhile && valid.is_none())
        {
            return Err(failure.clone());
        }
        match (self.fetch().await, valid) {
            (Ok((grant, asked_at)), _) => Ok(state.accept(grant, asked_at)),
            // An early refresh that fails costs nothing: the token at hand serves until it expires.
            (Err(_), Some(mut token)) => {
                token.refresh_at = token.expires_at;
                state.last = Some(token.clone());
                Ok(token)
            }
            (Err(failure), None) => {
                state.failure = Some(failure.clone());
                self.store.failures.fetch_add(1, Ordering::Release);
                Err(failure)
            }
        }
    }

    /// What is granted, and when it was asked for.
    async fn fetch(&self) -> Result<(Grant, Instant), AuthError> {
        let unreachable = |error: reqwest::Error| AuthError::Unreachable {
            token_url: self.shown_url(),
            timed_out: error.is_timeout(),
            source: Some(Arc::new(error.without_url())),
            attempts: 1,
        };
        let slot = match &self.limiter {
            // The call's deadline ends the wait.
            Some(limiter) => limiter.slot(after(Duration::MAX)).await,
            None => None,
        };
        let asked_at = Instant::now();
        let mut response = self.token_request().send().await.map_err(unreachable)?;
        if let Some(limiter) = &self.limiter {
            limiter.learn(response.status(), response.headers());
        }
        drop(slot);
        let headers = std::mem::take(response.headers_mut());
        let status = response.status();
        let grant = match read(response, GRANT).await.map_err(unreachable)? {
            Read::Whole(body) => self.judge(status, &headers, &body),
            Read::Cut(_) if !status.is_success() => self.judge(status, &headers, &[]),
            Read::Cut(_) => Err(self.no_token(status, TOO_LONG.to_owned())),
        };
        Ok((grant?, asked_at))
    }

    fn token_request(&self) -> reqwest::RequestBuilder {
        let scope = self.scopes.join(" ");
        let scope = (!scope.is_empty()).then_some(("scope", scope.as_str()));
        let grant = [("grant_type", "client_credentials")]
            .into_iter()
            .chain(scope);
        let (id, secret) = (self.id.as_str(), self.secret.expose().as_str());

        let post = self
            .http
            .post(self.url.clone())
            .headers(self.headers.clone())
            .timeout(self.timeout);
        let post = post.header(ACCEPT, "application/json");
        match self.request {
            TokenRequest::Form => post.form(
                &grant
                    .chain([("client_id", id), ("client_secret", secret)])
                    .collect::<Vec<_>>(),
            ),
            // RFC 6749, section 2.3.1, has both encoded before they become user and password.
            TokenRequest::BasicForm => post
                .basic_auth(percent_encode(id), Some(percent_encode(secret)))
                .form(&grant.collect::<Vec<_>>()),
            TokenRequest::BasicJson => {
                let body: Value = grant
                    .map(|(name, value)| (name.to_owned(), json!(value)))
                    .collect();
                post.basic_auth(id, Some(secret))
                    .header(CONTENT_TYPE, "application/json")
                    .body(body.to_string())
            }
        }
    }

    /// What an answer of the token endpoint grants. Of a body that may hold a token, only the
    /// places that hold messages are ever copied.
    fn judge(
        &self,
        status: StatusCode,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Result<Grant, AuthError> {
        let message = || self.message(body);
        if !status.is_success() {
            let (token_url, retry_after) = (self.shown_url(), retry_after(headers));
            return Err(AuthError::Refused {
                token_url,
                status,
                message: message(),
                retry_after,
                attempts: 1,
            });
        }
        let no_token = |message: String| self.no_token(status, message);
        let answer: Value = serde_json::from_slice(body)
            .map_err(|_| no_token("its body is not JSON".to_owned()))?;
        let Some(token) = answer.get("access_token").and_then(Value::as_str) else {
            return Err(no_token(
                message().unwrap_or_else(|| "its body has no `access_token`".to_owned()),
            ));
        };
        match answer.get("token_type").and_then(Value::as_str) {
            // RFC 6749, section 7.1: a token of a type that the client does not know must not be
            // used.
            Some(kind) if !kind.eq_ignore_ascii_case("bearer") => Err(no_token(
                "its `token_type` is another than `bearer`".to_owned(),
            )),
            _ => match bearer_header(token) {
                Some(header) => {
                    self.secrets.add_token(token);
                    Ok(Grant {
                        header,
                        lifetime: lifetime(answer.get("expires_in")),
                    })
                }
                None => Err(no_token(
                    "its token holds what a header cannot hold".to_owned(),
                )),
            },
        }
    }

    /// The server's message: where OAuth puts it, where this API does, where most do; at last where
    /// OneLogin does, which can answer 200 with an error in `status`. Plain text is not told, which
    /// may be anything, a token among it; nor what stands elsewhere in the answer as a token.
    fn message(&self, body: &[u8]) -> Option<String> {
        let at = |message| ErrorShape {
            message,
            ..ErrorShape::GENERIC
        };
        let shapes = [
            at(&["/error_description"]),
            self.errors,
            ErrorShape::GENERIC,
            at(&["/status/message"]),
        ];
        let none = HeaderMap::new();
        let mut shapes = shapes.iter();
        let message = shapes.find_map(|shape| find_message(shape, &none, body))?;
        let mut tokens = Collected::default();
        if let Ok(answer) = serde_json::from_slice::<Value>(body) {
            let names = ["access_token", "refresh_token", "id_token"];
            let found = names.iter().filter_map(|name| answer.get(name)?.as_str());
            found.for_each(|token| tokens.add(token));
        }
        Some(self.secrets.redact(&tokens.redact(&message)))
    }

    fn no_token(&self, status: StatusCode, message: String) -> AuthError {
        AuthError::NoToken {
            token_url: self.shown_url(),
            status,
            message,
            attempts: 1,
        }
    }

    fn shown_url(&self) -> String {
        self.secrets.redact(&shown_url(self.url.as_str()))
    }
}

impl State {
    fn accept(&mut self, grant: Grant, asked_at: Instant) -> Token {
        let lifetime = grant.lifetime.min(LONGEST_LIFETIME);
        let expires_at = asked_at + lifetime;
        // A server that grants the same token until it expires gives nothing to a client that asks
        // early, and would be asked again by every call within the margin.
        let reissued = self
            .last
            .as_ref()
            .is_some_and(|last| last.header == grant.header);
        let margin = if reissued {
            Duration::ZERO
        } else {
            LONGEST_MARGIN.min(lifetime / 10)
        };
        self.generation += 1;
        self.refused = false;
        self.failure = None;
        let token = Token {
            header: grant.header,
            generation: self.generation,
            refresh_at: expires_at - margin,
            expires_at,
        };
        self.last = Some(token.clone());
        token
    }
}

/// The value of `Authorization` for a bearer token (RFC 6750, section 2.1); `None` when a header
/// cannot hold it.
pub(crate) fn bearer_header(token: &str) -> Option<HeaderValue> {
    http_header("Bearer", token)
}

/// The value of `Authorization` for an HTTP scheme (RFC 9110, section 11.4); `None` when a header
/// cannot hold it.
pub(crate) fn http_header(scheme: &str, credential: &str) -> Option<HeaderValue> {
    let mut header = HeaderValue::from_str(&format!("{scheme} {credential}"))
        .ok()
        .filter(|_| !credential.is_empty())?;
    header.set_sensitive(true);
    Some(header)
}

/// `expires_in` in seconds, as a number or, from some servers, as a numeric string.
fn lifetime(expires_in: Option<&Value>) -> Duration {
    let seconds = match expires_in {
        Some(Value::Number(number)) => number.as_f64(),
        Some(Value::String(text)) => text.trim().parse().ok(),
        _ => None,
    };
    let Some(seconds) = seconds.filter(|seconds| seconds.is_finite()) else {
        return DEFAULT_LIFETIME;
    };
    Duration::try_from_secs_f64(seconds.max(0.0)).unwrap_or(LONGEST_LIFETIME)
}

//! A token endpoint (RFC 6749, section 3.2): takes a client's id and secret, gives what it grants.

use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderMap};
use reqwest::{StatusCode, Url};
use serde_json::{Value, json};
use tokio::time::Instant;

use super::{DEFAULT_LIFETIME, Grant, LONGEST_LIFETIME, bearer_header};
use crate::Secret;
use crate::deadline::after;
use crate::encode::percent_encode;
use crate::error::{AuthError, find_message, retry_after, shown_url};
use crate::rate_limit::Limiter;
use crate::receive::{GRANT, Read, read};
use crate::redact::{Collected, Secrets};
use crate::service::{ErrorShape, TokenRequest};

/// What is wrong with an answer of more than [`GRANT`] bytes.
const TOO_LONG: &str = "its body is longer than 1 MiB, which no token is";

/// Where tokens are asked for, and how.
pub(crate) struct TokenEndpoint {
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
}

impl TokenEndpoint {
    /// The error of a call whose time was over before there was a token.
    pub(super) fn late(&self) -> AuthError {
        AuthError::Unreachable {
            token_url: self.shown_url(),
            source: None,
            timed_out: true,
            attempts: 1,
            operation: None,
        }
    }

    /// What is granted, and when it was asked for.
    pub(super) async fn fetch(&self) -> Result<(Grant, Instant), AuthError> {
        let unreachable = |error: reqwest::Error| AuthError::Unreachable {
            token_url: self.shown_url(),
            timed_out: error.is_timeout(),
            source: Some(Arc::new(error.without_url())),
            attempts: 1,
            operation: None,
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
        let grant = match read(&mut response, GRANT).await.map_err(unreachable)? {
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
                operation: None,
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
            operation: None,
        }
    }

    fn shown_url(&self) -> String {
        self.secrets.redact(&shown_url(self.url.as_str()))
    }
}

/// `expires_in` in seconds, as a number or, from some servers, as a numeric string. A token that lives no time could not be used, so that
/// zero and less say nothing.
fn lifetime(expires_in: Option<&Value>) -> Duration {
    let seconds = match expires_in {
        Some(Value::Number(number)) => number.as_f64(),
        Some(Value::String(text)) => text.trim().parse().ok(),
        _ => None,
    };
    let Some(seconds) = seconds.filter(|seconds| seconds.is_finite() && *seconds > 0.0) else {
        return DEFAULT_LIFETIME;
    };
    Duration::try_from_secs_f64(seconds).unwrap_or(LONGEST_LIFETIME)
}

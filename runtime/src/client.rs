//! The client that emitted clients wrap: one connection pool, one base URL and one set of
//! credentials, shared by all clones.

use std::fmt;
use std::sync::Arc;

use reqwest::Method;
use reqwest::header::HeaderMap;

use crate::Secret;
use crate::attempt::Observer;
use crate::auth::{Credentials, Proof};
use crate::error::{AuthError, OperationName};
use crate::http::Http;
use crate::rate_limit::Limiter;
use crate::reading::Loss;
use crate::receive::Limits;
use crate::redact::Secrets;
use crate::request_builder::RequestBuilder;
use crate::retry::{Budget, RetryPolicy};
use crate::service::Service;
use crate::url::BaseUrl;

/// A client of one API. Clones are cheap and share connections and the token.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
    loss: Loss,
}

/// What all clones share.
pub(crate) struct Inner {
    pub(crate) service: &'static Service,
    pub(crate) http: Http,
    /// Whether that is the caller's, whose own settings hold.
    pub(crate) has_own_http: bool,
    pub(crate) base_url: BaseUrl,
    pub(crate) headers: HeaderMap,
    pub(crate) credentials: Credentials,
    pub(crate) limits: Limits,
    pub(crate) retries: RetryPolicy,
    pub(crate) budget: Budget,
    /// The turns of requests, where there is a limit.
    pub(crate) limiter: Option<Arc<Limiter>>,
    /// What is told of each attempt.
    pub(crate) observer: Option<Box<Observer>>,
    /// What no text of this client may show.
    pub(crate) secrets: Secrets,
}

impl Client {
    pub(crate) fn new(inner: Inner) -> Self {
        Self {
            inner: Arc::new(inner),
            loss: Loss::default(),
        }
    }

    /// The same client, whose answers leave out what cannot be read; see
    /// [`Request::lossy`](crate::Request::lossy).
    pub fn lossy(&self) -> Self {
        Self {
            loss: Loss::LeaveOut,
            ..self.clone()
        }
    }

    /// Starts a `GET` request to a path template below the base URL, such as `/mfa/{method}/test`.
    pub fn get(&self, path: &'static str) -> RequestBuilder {
        self.request(Method::GET, path)
    }

    /// Starts a `POST` request; see [`get`](Self::get).
    pub fn post(&self, path: &'static str) -> RequestBuilder {
        self.request(Method::POST, path)
    }

    /// Starts a `PUT` request; see [`get`](Self::get).
    pub fn put(&self, path: &'static str) -> RequestBuilder {
        self.request(Method::PUT, path)
    }

    /// Starts a `PATCH` request; see [`get`](Self::get).
    pub fn patch(&self, path: &'static str) -> RequestBuilder {
        self.request(Method::PATCH, path)
    }

    /// Starts a `DELETE` request; see [`get`](Self::get).
    pub fn delete(&self, path: &'static str) -> RequestBuilder {
        self.request(Method::DELETE, path)
    }

    /// Starts a request of any method; see [`get`](Self::get).
    pub fn request(&self, method: Method, path: &'static str) -> RequestBuilder {
        RequestBuilder::new(self.clone(), OperationName { method, path }, self.loss)
    }

    /// The token that calls are signed with, fetched if there is none: for what needs it beside this client, such as the operation that
    /// revokes it. `None` where the client does not sign with tokens that it fetches.
    ///
    /// # Errors
    /// When no token can be had.
    pub async fn access_token(&self) -> Result<Option<Secret<String>>, AuthError> {
        match &self.inner.credentials.proof {
            Some(Proof::Tokens(tokens)) => {
                let token = tokens.token().await?;
                Ok(token.text().map(Secret::new))
            }
            _ => Ok(None),
        }
    }

    /// Forgets the token at hand, such as one that was revoked: the next call, of any clone, fetches another.
    pub async fn forget_token(&self) {
        if let Some(Proof::Tokens(tokens)) = &self.inner.credentials.proof {
            tokens.forget().await;
        }
    }

    /// What is fixed about the API.
    pub fn service(&self) -> &'static Service {
        self.inner.service
    }

    /// The URL that path templates are appended to, base path included, without a slash at its end.
    pub fn base_url(&self) -> &str {
        self.inner.base_url.as_str()
    }

    /// The same, as texts show it: somebody may have put a key into its path.
    pub(crate) fn shown_url(&self) -> String {
        self.inner.secrets.redact(self.base_url())
    }

    pub(crate) fn inner(&self) -> &Inner {
        &self.inner
    }
}

/// Names what is set; shows no credential and no header's value.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("service", &self.inner.service.name)
            .field("base_url", &self.shown_url())
            .field("credentials", &self.inner.credentials)
            .finish_non_exhaustive()
    }
}

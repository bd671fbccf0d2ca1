//! Tokens of the client-credentials grant (RFC 6749, section 4.4). One token is shared by all
//! clones of a client: it is fetched when first needed, by one caller while the others wait, and
//! again shortly before it expires.
//!
//! The caller that fetches holds a lock; the others queue for it and find the fresh token. A caller
//! that is dropped while it fetches releases the lock, and the next in the queue fetches instead.
//! When a fetch fails, those who were already waiting get that same failure, so that a dead token
//! endpoint sees one request and not one per waiter; whoever comes later tries again.

mod endpoint;

use std::pin::pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use reqwest::header::HeaderValue;
use tokio::sync::Mutex;
use tokio::time::{Instant, timeout};

use crate::error::AuthError;
use crate::provider::{ProviderError, TokenProvider};
use crate::redact::Secrets;

pub(crate) use endpoint::TokenEndpoint;

/// How long a token is taken to live when the server does not say (RFC 6749, section 5.1, lets it
/// be silent). Short, since a token used for too long costs a refused request each time, and one
/// dropped too early costs one fetch.
const DEFAULT_LIFETIME: Duration = Duration::from_secs(5 * 60);

/// Longest lifetime believed, so that adding it to the clock cannot overflow.
const LONGEST_LIFETIME: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// Longest time before expiry at which a token is replaced; a short-lived token is replaced in the
/// last tenth of its life.
const LONGEST_MARGIN: Duration = Duration::from_secs(60);

/// Longest time for which calls wait for a fresh token while the one at hand can still be used.
const EARLY_FETCH: Duration = Duration::from_secs(5);

/// Where tokens come from, and the token at hand.
pub(crate) struct TokenSource {
    pub(crate) origin: Origin,
    /// To which every token is added.
    pub(crate) secrets: Secrets,
    pub(crate) store: Store,
}

/// Where tokens come from.
pub(crate) enum Origin {
    Endpoint(Box<TokenEndpoint>),
    /// The caller's own way.
    Provider(Box<dyn TokenProvider>),
}

/// The token at hand, and the count of failed fetches, by which a waiter tells that one failed
/// while it waited.
#[derive(Default)]
pub(crate) struct Store {
    /// What calls use while it is not due, without a turn at the rest: none where the server has refused it.
    at_hand: RwLock<Option<Token>>,
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
    /// The token itself.
    pub(crate) fn text(&self) -> Option<String> {
        let header = self.header.to_str().ok()?;
        header.strip_prefix("Bearer ").map(str::to_owned)
    }

    /// The value of `Authorization`, marked as sensitive.
    pub(crate) fn header(&self) -> &HeaderValue {
        &self.header
    }

    /// Whether it is time to replace it.
    pub(crate) fn is_due(&self) -> bool {
        Instant::now() >= self.refresh_at
    }
}

/// What was granted.
struct Grant {
    header: HeaderValue,
    lifetime: Duration,
}

impl TokenSource {
    /// What is granted, and when it was asked for.
    async fn fetch(&self) -> Result<(Grant, Instant), AuthError> {
        let provider = match &self.origin {
            Origin::Endpoint(endpoint) => return endpoint.fetch().await,
            Origin::Provider(provider) => provider,
        };
        let asked_at = Instant::now();
        let failed = |source: ProviderError| AuthError::Provider {
            message: self.secrets.redact(&source.to_string()),
            source: Some(Arc::from(source)),
            attempts: 1,
            operation: None,
        };
        let granted = provider.token().await.map_err(failed)?;
        let token = granted.token.expose();
        let header = bearer_header(token).ok_or_else(|| AuthError::Provider {
            message: "its token is empty or holds what a header cannot hold".to_owned(),
            source: None,
            attempts: 1,
            operation: None,
        })?;
        self.secrets.add_token(token);
        let lifetime = granted.lifetime.unwrap_or(DEFAULT_LIFETIME);
        Ok((Grant { header, lifetime }, asked_at))
    }

    /// The error of a call whose time was over before there was a token.
    pub(crate) fn late(&self) -> AuthError {
        match &self.origin {
            Origin::Endpoint(endpoint) => endpoint.late(),
            Origin::Provider(_) => AuthError::Provider {
                message: "the provider gave none within the time of the call".to_owned(),
                source: None,
                attempts: 1,
                operation: None,
            },
        }
    }

    /// Forgets the token at hand, so that the next call asks for another.
    pub(crate) async fn forget(&self) {
        let mut state = self.store.state.lock().await;
        state.refused = true;
        self.hand_out(&state);
    }

    /// The token at hand, where it is not about to expire at this time.
    pub(crate) fn at_hand(&self, now: Instant) -> Option<Token> {
        // A panic elsewhere leaves no half a token.
        let at_hand = self.store.at_hand.read();
        let at_hand = at_hand.unwrap_or_else(PoisonError::into_inner);
        at_hand.clone().filter(|token| now < token.refresh_at)
    }

    /// Puts the token that a state has now at hand.
    fn hand_out(&self, state: &State) {
        let at_hand = self.store.at_hand.write();
        *at_hand.unwrap_or_else(PoisonError::into_inner) = state.current().cloned();
    }

    /// Sees to it that a token that a server refused is not used again. Where somebody is fetching another, that is seen to already.
    pub(crate) fn give_up(&self, refused: &Token) {
        if let Ok(mut state) = self.store.state.try_lock() {
            state.give_up(refused);
            self.hand_out(&state);
        }
    }

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
        state.give_up(refused);
        self.hand_out(&state);
        self.current_or_fetched(&mut state, failures).await
    }

    async fn current_or_fetched(
        &self,
        state: &mut State,
        failures_before: u64,
    ) -> Result<Token, AuthError> {
        let current = state.current();
        if let Some(token) = current.filter(|token| !token.is_due()) {
            return Ok(token.clone());
        }
        let now = Instant::now();
        let valid = current.filter(|token| now < token.expires_at).cloned();
        let failed_meanwhile = self.store.failures.load(Ordering::Acquire) != failures_before;
        if let Some(failure) = state
            .failure
            .as_ref()
            .filter(|_| failed_meanwhile && valid.is_none())
        {
            return Err(failure.clone());
        }
        let fetched = {
            let mut fetch = pin!(self.fetch());
            let early = match &valid {
                Some(_) => timeout(EARLY_FETCH, fetch.as_mut()).await.ok(),
                None => None,
            };
            let is_valid = |token: &Token| Instant::now() < token.expires_at;
            match (early, valid.filter(is_valid)) {
                (Some(Ok(fetched)), _) => Ok(fetched),
                // An early fetch that fails or takes long costs nothing: the token at hand serves until it expires.
                (_, Some(valid)) => {
                    let kept = state.keep(valid);
                    self.hand_out(state);
                    return Ok(kept);
                }
                (Some(failed), None) => failed,
                (None, None) => fetch.await,
            }
        };
        match fetched {
            Ok((grant, asked_at)) => {
                let token = state.accept(grant, asked_at);
                self.hand_out(state);
                Ok(token)
            }
            Err(failure) => {
                state.failure = Some(failure.clone());
                self.store.failures.fetch_add(1, Ordering::Release);
                Err(failure)
            }
        }
    }
}

impl State {
    /// The token last granted, unless a server has refused it.
    fn current(&self) -> Option<&Token> {
        self.last.as_ref().filter(|_| !self.refused)
    }

    /// Leaves a token in use until it expires.
    fn keep(&mut self, mut token: Token) -> Token {
        token.refresh_at = token.expires_at;
        self.last = Some(token.clone());
        token
    }

    fn give_up(&mut self, refused: &Token) {
        if self.generation == refused.generation {
            self.refused = true;
        }
    }

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

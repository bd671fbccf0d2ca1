//! Tokens that the caller gets in a way of its own: a vault, another grant, a service beside the program.

use std::error::Error;
use std::fmt;
use std::pin::Pin;
use std::time::Duration;

use crate::Secret;

/// A token, and how long it lives.
#[derive(Clone, Debug)]
pub struct AccessToken {
    pub(crate) token: Secret<String>,
    pub(crate) lifetime: Option<Duration>,
}

impl AccessToken {
    /// A token that is asked for again after five minutes, or when a server refuses it.
    pub fn new(token: impl Into<Secret<String>>) -> Self {
        Self {
            token: token.into(),
            lifetime: None,
        }
    }

    /// The same, which lives this long from now on; it is asked for again shortly before.
    #[must_use]
    pub fn expires_in(self, lifetime: Duration) -> Self {
        Self {
            lifetime: Some(lifetime),
            ..self
        }
    }
}

/// Why there is no token.
pub type ProviderError = Box<dyn Error + Send + Sync>;

/// What a provider gives.
pub type ProviderFuture<'p> =
    Pin<Box<dyn Future<Output = Result<AccessToken, ProviderError>> + Send + 'p>>;

/// Where tokens come from, when the caller has a way of its own: what
/// [`ClientBuilder::token_provider`](crate::ClientBuilder::token_provider) takes. One call asks while the others wait, and all clones of
/// the client share the token, as with tokens that the client fetches itself.
///
/// ```
/// use sdk_runtime::{AccessToken, ProviderFuture, TokenProvider};
/// use std::time::Duration;
///
/// struct Vault;
///
/// impl TokenProvider for Vault {
///     fn token(&self) -> ProviderFuture<'_> {
///         Box::pin(async {
///             let token = std::fs::read_to_string("/run/secrets/token")?;
///             Ok(AccessToken::new(token.trim().to_owned()).expires_in(Duration::from_secs(600)))
///         })
///     }
/// }
/// ```
pub trait TokenProvider: Send + Sync + 'static {
    /// A new token.
    fn token(&self) -> ProviderFuture<'_>;
}

impl fmt::Debug for dyn TokenProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenProvider")
    }
}

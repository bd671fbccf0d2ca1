//! Sign-in failures: no credential to send, or no token to be had. They carry what the token
//! endpoint said about the failure and never a body that could hold a token.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::StatusCode;

use super::transport::what_broke;
use super::{Made, OperationName, printable};

/// Why a request could not be signed.
///
/// It can be cloned because one failed token fetch fails every call that waited for it.
#[derive(Clone)]
#[non_exhaustive]
pub enum AuthError {
    /// The operation wants credentials and the client has none that fit.
    #[non_exhaustive]
    NoCredentials {
        /// What to do about it.
        help: String,
        /// The operation that was to be signed.
        operation: Option<OperationName>,
    },
    /// The token endpoint answered with a status that is not one of success.
    #[non_exhaustive]
    Refused {
        /// Where the token was asked for.
        token_url: String,
        /// The answer's status.
        status: StatusCode,
        /// The server's own message.
        message: Option<String>,
        /// How long the answer's `Retry-After` asks to wait.
        retry_after: Option<Duration>,
        /// How many attempts the call made.
        attempts: u32,
        /// The operation that was to be signed; none where a token was asked for alone.
        operation: Option<OperationName>,
    },
    /// The token endpoint answered with success and without a usable token.
    #[non_exhaustive]
    NoToken {
        /// Where the token was asked for.
        token_url: String,
        /// The answer's status.
        status: StatusCode,
        /// The server's own message, or what is wrong with its answer.
        message: String,
        /// How many attempts the call made.
        attempts: u32,
        /// The operation that was to be signed; none where a token was asked for alone.
        operation: Option<OperationName>,
    },
    /// The caller's own provider gave no token that can be sent.
    #[non_exhaustive]
    Provider {
        /// What it said, or what is wrong with its token.
        message: String,
        /// Its error.
        source: Option<Arc<dyn StdError + Send + Sync>>,
        /// How many attempts the call made.
        attempts: u32,
        /// The operation that was to be signed; none where a token was asked for alone.
        operation: Option<OperationName>,
    },
    /// The exchange with the token endpoint broke.
    #[non_exhaustive]
    Unreachable {
        /// Where the token was asked for.
        token_url: String,
        /// How it broke; nothing in an error that a test made.
        source: Option<Arc<reqwest::Error>>,
        /// Whether it did not answer in time.
        timed_out: bool,
        /// How many attempts the call made.
        attempts: u32,
        /// The operation that was to be signed; none where a token was asked for alone.
        operation: Option<OperationName>,
    },
}

impl AuthError {
    /// The status of the token endpoint's answer, if it answered.
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Refused { status, .. } | Self::NoToken { status, .. } => Some(*status),
            Self::NoCredentials { .. } | Self::Unreachable { .. } | Self::Provider { .. } => None,
        }
    }

    /// What the token endpoint or the caller's provider said about the failure.
    pub fn message(&self) -> Option<&str> {
        match self {
            Self::Refused { message, .. } => message.as_deref(),
            Self::NoToken { message, .. } | Self::Provider { message, .. } => Some(message),
            Self::NoCredentials { .. } | Self::Unreachable { .. } => None,
        }
    }

    /// Whether the token endpoint did not answer in time.
    pub fn is_timeout(&self) -> bool {
        matches!(self, Self::Unreachable { timed_out, .. } if *timed_out)
    }

    /// Whether no connection to the token endpoint came about.
    pub fn is_connect(&self) -> bool {
        match self {
            Self::Unreachable {
                source: Some(source),
                ..
            } => source.is_connect(),
            Self::Unreachable { timed_out, .. } => !timed_out,
            _ => false,
        }
    }

    /// How many attempts the call made to get a token; zero when it had no credential to ask with.
    pub fn attempts(&self) -> u32 {
        match self {
            Self::NoCredentials { .. } => 0,
            Self::Refused { attempts, .. }
            | Self::NoToken { attempts, .. }
            | Self::Provider { attempts, .. }
            | Self::Unreachable { attempts, .. } => *attempts,
        }
    }

    /// The operation that was to be signed; `None` where a token was asked for alone.
    pub fn operation(&self) -> Option<&OperationName> {
        match self {
            Self::NoCredentials { operation, .. }
            | Self::Refused { operation, .. }
            | Self::NoToken { operation, .. }
            | Self::Provider { operation, .. }
            | Self::Unreachable { operation, .. } => operation.as_ref(),
        }
    }

    /// The error of a call of this operation, which made so many attempts.
    pub(super) fn set_call(&mut self, name: &OperationName, made: u32) {
        let (operation, attempts) = match self {
            Self::NoCredentials { operation, .. } => (operation, None),
            Self::Refused {
                operation,
                attempts,
                ..
            }
            | Self::NoToken {
                operation,
                attempts,
                ..
            }
            | Self::Provider {
                operation,
                attempts,
                ..
            }
            | Self::Unreachable {
                operation,
                attempts,
                ..
            } => (operation, Some(attempts)),
        };
        *operation = Some(name.clone());
        if let Some(attempts) = attempts {
            *attempts = made;
        }
    }

    /// How long the token endpoint asks to wait.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Refused { retry_after, .. } => *retry_after,
            _ => None,
        }
    }
}

impl fmt::Display for AuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = self.operation() {
            write!(f, "{operation}: ")?;
        }
        match self {
            Self::NoCredentials { help, .. } => write!(f, "no credentials: {help}")?,
            Self::Refused {
                token_url,
                status,
                message,
                ..
            } => {
                write!(f, "the token endpoint {token_url} refused: {status}")?;
                if let Some(message) = message {
                    write!(f, ": {}", printable(message))?;
                }
            }
            Self::NoToken {
                token_url,
                status,
                message,
                ..
            } => {
                let message = printable(message);
                write!(
                    f,
                    "the token endpoint {token_url} answered {status} without a token: {message}"
                )?;
            }
            Self::Provider { message, .. } => {
                write!(f, "the token provider failed: {}", printable(message))?;
            }
            Self::Unreachable {
                token_url,
                source,
                timed_out,
                ..
            } => {
                let host = format!("the token endpoint {token_url}");
                match (source, timed_out) {
                    (Some(source), _) => f.write_str(&what_broke(source, &host))?,
                    (None, true) => write!(f, "{host} did not answer in time")?,
                    (None, false) => write!(f, "could not connect to {host}")?,
                }
            }
        }
        let (attempts, is_repeatable) = (self.attempts(), true);
        write!(
            f,
            "{}",
            Made {
                attempts,
                is_repeatable
            }
        )
    }
}

/// Shows the same as `Display`: a provider's own error may hold a credential, which is taken out of its text there.
impl fmt::Debug for AuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AuthError({self})")
    }
}

impl StdError for AuthError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Unreachable {
                source: Some(source),
                ..
            } => Some(source.as_ref()),
            Self::Provider {
                source: Some(source),
                ..
            } => Some(source.as_ref()),
            _ => None,
        }
    }
}

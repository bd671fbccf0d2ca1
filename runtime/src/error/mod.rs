//! Why a call failed. Takes what went wrong in this crate and gives one error type whose texts name
//! the operation and carry the server's own message, and which never shows a credential or a body
//! by accident.

mod api;
mod auth;
mod config;
mod decode;
mod job;
mod kinds;
mod made;
mod missing;
mod paging;
mod rate_limit;
mod retry_after;
mod stream;
mod text;
mod too_large;
mod transport;

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use reqwest::{Method, StatusCode};
use serde::de::DeserializeOwned;

use crate::reading::Reading;

pub use api::{ApiError, ErrorBody, NoErrorBody};
pub use auth::AuthError;
pub use config::ConfigError;
pub(crate) use config::{shown_url, ways};
pub use decode::{DecodeError, DecodeProblem};
pub use job::JobError;
pub(crate) use job::JobFault;
pub(crate) use made::{Made, TrackedAs};
pub use missing::MissingBody;
pub use paging::PagingError;
pub(crate) use paging::PagingFault;
pub use rate_limit::RateLimitError;
pub(crate) use retry_after::retry_after;
pub use stream::{SaveError, StreamError};
pub(crate) use text::{find_message, find_tracking_id, printable};
pub use too_large::TooLarge;
pub use transport::{RequestError, TransportError};

/// Which operation an error is about: its method and its path template.
///
/// The template, not the path: a path holds ids that do not belong in a log, and the template is
/// what the documentation is found by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperationName {
    pub(crate) method: Method,
    pub(crate) path: &'static str,
}

impl OperationName {
    /// The HTTP method.
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// The path template, such as `/mfa/{method}/test`.
    pub fn path(&self) -> &'static str {
        self.path
    }
}

impl fmt::Display for OperationName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)
    }
}

/// Why a call failed; `E` is the error body that the operation declares.
#[non_exhaustive]
pub enum Error<E> {
    /// The server answered, and its status is not one of success.
    Api(Box<ApiError<E>>),
    /// The server answered with success, and the body is not what its document promises.
    Decode(Box<DecodeError>),
    /// The server answered with success and without the body that its document promises.
    MissingBody(Box<MissingBody>),
    /// The server answered with success and a body that is longer than the client's limit.
    TooLarge(Box<TooLarge>),
    /// There is no credential to send, or no token could be had.
    Auth(Box<AuthError>),
    /// The exchange broke: no connection, a timeout, a body cut off.
    Transport(Box<TransportError>),
    /// The client's rate limit left no room within the time of the call; nothing was sent.
    RateLimit(Box<RateLimitError>),
    /// A parameter or body cannot be sent as given; nothing was sent.
    Request(Box<RequestError>),
    /// A list cannot be gone through to its end, though the server answered.
    Paging(Box<PagingError>),
    /// A job that the call started failed, or was not waited for to its end.
    Job(Box<JobError>),
}

impl<E> Error<E> {
    /// Whether the server did what was asked, so that only its answer is at fault: such a call is
    /// not to be made again.
    pub fn is_after_success(&self) -> bool {
        matches!(
            self,
            Self::Decode(_) | Self::MissingBody(_) | Self::TooLarge(_)
        )
    }

    /// The status of the answer that failed the call, if there was an answer.
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Api(error) => Some(error.status()),
            Self::Decode(error) => Some(error.status()),
            Self::MissingBody(error) => Some(error.status()),
            Self::TooLarge(error) => Some(error.status()),
            Self::Auth(error) => error.status(),
            Self::Transport(_)
            | Self::RateLimit(_)
            | Self::Request(_)
            | Self::Paging(_)
            | Self::Job(_) => None,
        }
    }

    /// The id under which the server logged the failure, if it told one.
    pub fn tracking_id(&self) -> Option<&str> {
        match self {
            Self::Api(error) => error.tracking_id(),
            Self::Decode(error) => error.tracking_id(),
            Self::MissingBody(error) => error.tracking_id(),
            Self::TooLarge(error) => error.tracking_id(),
            _ => None,
        }
    }

    /// What of an answer can be read that does not decode as a whole; see
    /// [`DecodeError::partial`].
    pub fn partial<T: DeserializeOwned>(&self) -> Option<Reading<T>> {
        match self {
            Self::Decode(error) => error.partial(),
            _ => None,
        }
    }

    /// How long the server asks to wait before the next call, counted from its answer: its
    /// `Retry-After`, in seconds or as a date. A date is held against the answer's own `Date`.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Api(error) => error.retry_after(),
            Self::Auth(error) => error.retry_after(),
            _ => None,
        }
    }
}

impl<E> fmt::Debug for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Api(error) => f.debug_tuple("Api").field(error).finish(),
            Self::Decode(error) => f.debug_tuple("Decode").field(error).finish(),
            Self::MissingBody(error) => f.debug_tuple("MissingBody").field(error).finish(),
            Self::TooLarge(error) => f.debug_tuple("TooLarge").field(error).finish(),
            Self::Auth(error) => f.debug_tuple("Auth").field(error).finish(),
            Self::Transport(error) => f.debug_tuple("Transport").field(error).finish(),
            Self::RateLimit(error) => f.debug_tuple("RateLimit").field(error).finish(),
            Self::Request(error) => f.debug_tuple("Request").field(error).finish(),
            Self::Paging(error) => f.debug_tuple("Paging").field(error).finish(),
            Self::Job(error) => f.debug_tuple("Job").field(error).finish(),
        }
    }
}

impl<E> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Api(error) => error.fmt(f),
            Self::Decode(error) => error.fmt(f),
            Self::MissingBody(error) => error.fmt(f),
            Self::TooLarge(error) => error.fmt(f),
            Self::Auth(error) => error.fmt(f),
            Self::Transport(error) => error.fmt(f),
            Self::RateLimit(error) => error.fmt(f),
            Self::Request(error) => error.fmt(f),
            Self::Paging(error) => error.fmt(f),
            Self::Job(error) => error.fmt(f),
        }
    }
}

/// The variants' texts are this error's texts, so the chain goes on with what lies under them.
impl<E> StdError for Error<E> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Api(_) | Self::MissingBody(_) | Self::TooLarge(_) => None,
            Self::Decode(error) => error.source(),
            Self::Auth(error) => error.source(),
            Self::Transport(error) => error.source(),
            Self::RateLimit(error) => error.source(),
            Self::Request(error) => error.source(),
            Self::Paging(error) => error.source(),
            Self::Job(error) => error.source(),
        }
    }
}

/// A failure before there is an answer to judge. It knows nothing of `E`, so that the code that
/// makes it is compiled once.
#[derive(Debug)]
pub(crate) enum Failure {
    Auth(Box<AuthError>),
    Transport(Box<TransportError>),
    Request(Box<RequestError>),
    TooLarge(Box<TooLarge>),
    RateLimit(Box<RateLimitError>),
}

impl Failure {
    /// The failure of a call that was made like this.
    pub(crate) fn of(mut self, operation: &OperationName, made: Made) -> Self {
        match &mut self {
            Self::Auth(error) => error.set_call(operation, made.attempts),
            Self::Transport(error) => error.made = made,
            Self::TooLarge(error) => error.set_made(made),
            Self::RateLimit(error) => error.made = made,
            Self::Request(_) => {}
        }
        self
    }
}

impl<E> From<Failure> for Error<E> {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Auth(error) => Self::Auth(error),
            Failure::Transport(error) => Self::Transport(error),
            Failure::Request(error) => Self::Request(error),
            Failure::TooLarge(error) => Self::TooLarge(error),
            Failure::RateLimit(error) => Self::RateLimit(error),
        }
    }
}

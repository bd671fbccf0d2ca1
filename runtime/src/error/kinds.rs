//! What a caller asks of an error to decide what to do about it, without knowing all its kinds.

use reqwest::StatusCode;

use super::{AuthError, Error};
use crate::retry;

impl<E> Error<E> {
    /// Whether time ran out: of the call, of one exchange, of the fetch of its token, or before the
    /// client's rate limit had room.
    pub fn is_timeout(&self) -> bool {
        match self {
            Self::Auth(error) => error.is_timeout(),
            Self::Transport(error) => error.is_timeout(),
            Self::RateLimit(_) => true,
            _ => false,
        }
    }

    /// Whether no connection came about, to the API or to its token endpoint, so that the server has
    /// certainly not acted on the call.
    pub fn is_connect(&self) -> bool {
        match self {
            Self::Auth(error) => error.is_connect(),
            Self::Transport(error) => error.is_connect(),
            _ => false,
        }
    }

    /// Whether the server does not know the caller: it answered 401, or there is no credential or no
    /// token to send. For a known caller without the right, see [`is_forbidden`](Self::is_forbidden).
    pub fn is_auth(&self) -> bool {
        matches!(self, Self::Auth(_)) || self.is_refusal(StatusCode::UNAUTHORIZED)
    }

    /// Whether the caller is known and may not do this: 403.
    pub fn is_forbidden(&self) -> bool {
        self.is_refusal(StatusCode::FORBIDDEN)
    }

    /// Whether there were too many requests: 429, of the API or of its token endpoint, or the client's own
    /// rate limit.
    pub fn is_rate_limited(&self) -> bool {
        match self {
            Self::RateLimit(_) => true,
            Self::Auth(error) => error.status() == Some(StatusCode::TOO_MANY_REQUESTS),
            _ => self.is_refusal(StatusCode::TOO_MANY_REQUESTS),
        }
    }

    /// Whether what the call is about is not there: 404.
    pub fn is_not_found(&self) -> bool {
        self.is_refusal(StatusCode::NOT_FOUND)
    }

    /// Whether the call contradicts what is there, such as another's change: 409.
    pub fn is_conflict(&self) -> bool {
        self.is_refusal(StatusCode::CONFLICT)
    }

    /// Whether the server did what was asked and answered with another body than its document
    /// promises, or with none.
    pub fn is_decode(&self) -> bool {
        matches!(self, Self::Decode(_) | Self::MissingBody(_))
    }

    /// Whether the server, or the token endpoint, says that it is at fault itself: any status of 500
    /// and above.
    pub fn is_server_error(&self) -> bool {
        match self {
            Self::Api(error) => error.status().is_server_error(),
            Self::Auth(error) => error
                .status()
                .is_some_and(|status| status.is_server_error()),
            _ => false,
        }
    }

    /// Whether the same call may be made again later: its failure is one that passes, and making it
    /// again does no harm, because the server has not acted on it (no connection, no token, 429), or
    /// because of its method or of [`Request::repeatable`](crate::Request::repeatable) (an exchange
    /// that broke or timed out, 502, 503, 504).
    ///
    /// These are the failures after which a call is made again by itself; such an error means that its
    /// attempts or its time were used up. Wait for at least [`retry_after`](Self::retry_after).
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Api(error) => match retry::of_status(error.status()) {
                Some(retry::Kind::Unclear) => error.made().is_repeatable,
                kind => kind.is_some(),
            },
            Self::Auth(error) => match error.as_ref() {
                AuthError::Unreachable { .. } => true,
                AuthError::Refused { status, .. } => retry::of_status(*status).is_some(),
                AuthError::NoCredentials { .. }
                | AuthError::NoToken { .. }
                | AuthError::Provider { .. } => false,
            },
            Self::Transport(error) => {
                error.is_connect() || error.is_passing() && error.made.is_repeatable
            }
            Self::RateLimit(_) => true,
            _ => false,
        }
    }

    /// How many attempts the call took. Zero when nothing could be sent, because the request cannot be
    /// made or there is no credential for it, and for a list or a job, which makes several calls.
    pub fn attempts(&self) -> u32 {
        match self {
            Self::Api(error) => error.made().attempts,
            Self::Decode(error) => error.made().attempts,
            Self::MissingBody(error) => error.made().attempts,
            Self::TooLarge(error) => error.made().attempts,
            Self::Auth(error) => error.attempts(),
            Self::Transport(error) => error.made.attempts,
            Self::RateLimit(error) => error.made.attempts,
            Self::Request(_) | Self::Paging(_) | Self::Job(_) => 0,
        }
    }

    fn is_refusal(&self, status: StatusCode) -> bool {
        matches!(self, Self::Api(error) if error.status() == status)
    }
}

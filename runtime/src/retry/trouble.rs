//! What the end of an attempt says about another: takes an answer or a failure, gives what kind of
//! trouble it is, or that there is none which time could mend.

use std::time::Duration;

use reqwest::StatusCode;

use crate::error::{AuthError, Failure, retry_after};
use crate::send::Answered;

/// Trouble that may be over in a while.
pub(crate) struct Trouble {
    pub(super) kind: Kind,
    /// How long the server asks to wait.
    pub(super) asked: Option<Duration>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The server is there and has done nothing: too many requests.
    Later,
    /// The request was never sent: no connection, no token.
    Unsent,
    /// What the server has done is not known.
    Unclear,
}

impl Trouble {
    /// The trouble that an attempt met; `None` for a success, and where another attempt would only
    /// meet the same.
    pub(crate) fn of(outcome: &Result<Box<Answered>, Failure>) -> Option<Self> {
        let kind = |kind| Some(Self { kind, asked: None });
        match outcome {
            Ok(answered) => Some(Self {
                kind: of_status(answered.received.status)?,
                asked: retry_after(&answered.received.headers),
            }),
            Err(Failure::Transport(error)) if error.is_connect() => kind(Kind::Unsent),
            Err(Failure::Transport(error)) if error.is_passing() => kind(Kind::Unclear),
            Err(Failure::Auth(error)) => of_token(error),
            Err(
                Failure::Transport(_)
                | Failure::Request(_)
                | Failure::TooLarge(_)
                | Failure::RateLimit(_),
            ) => None,
        }
    }
}

/// The trouble that the fetch of a token met. The call itself was not sent, and a token may be asked
/// for as often as one likes.
fn of_token(error: &AuthError) -> Option<Trouble> {
    match error {
        AuthError::Unreachable { .. } => Some(Trouble {
            kind: Kind::Unsent,
            asked: None,
        }),
        AuthError::Refused {
            status,
            retry_after,
            ..
        } => Some(Trouble {
            kind: match of_status(*status)? {
                Kind::Later => Kind::Later,
                Kind::Unsent | Kind::Unclear => Kind::Unsent,
            },
            asked: *retry_after,
        }),
        AuthError::NoCredentials { .. }
        | AuthError::NoToken { .. }
        | AuthError::Provider { .. } => None,
    }
}

/// The trouble that a status tells of; an unavailable server's is unclear.
pub(crate) fn of_status(status: StatusCode) -> Option<Kind> {
    match status {
        StatusCode::TOO_MANY_REQUESTS => Some(Kind::Later),
        StatusCode::BAD_GATEWAY | StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT => {
            Some(Kind::Unclear)
        }
        _ => None,
    }
}

//! A request on its way out: takes what was set of it, its URL and the headers that are made of what was set, and gives the attempts of
//! its call all that they need, and the errors that name it.

use std::time::Duration;

use reqwest::Url;
use reqwest::header::{HeaderMap, HeaderValue};
use tokio::time::Instant;

use crate::auth::SignWith;
use crate::body::Body;
use crate::client::{Client, Inner};
use crate::deadline::Deadline;
use crate::error::{Failure, Made, OperationName, RequestError, TransportError};
use crate::progress::Watch;
use crate::reading::Loss;
use crate::retry::RetryPolicy;

/// What a request asks for, which is known before it is made.
pub(crate) type Accept = &'static HeaderValue;

pub(crate) static JSON: HeaderValue = HeaderValue::from_static("application/json");
pub(crate) static ANY: HeaderValue = HeaderValue::from_static("*/*");
pub(crate) static JSON_OR_ANY: HeaderValue =
    HeaderValue::from_static("application/json, */*;q=0.9");

/// What has been set of a request. It stands in a box from the first on, since it is large and goes from setter to setter.
#[derive(Clone)]
pub(crate) struct Draft {
    pub(crate) client: Client,
    pub(crate) operation: OperationName,
    pub(crate) path: Vec<(&'static str, String)>,
    /// A parameter's name and its encoded pairs, in the order in which they were first set.
    pub(crate) query: Vec<(String, String)>,
    pub(crate) headers: HeaderMap,
    /// A parameter's name and its cookies: their names and encoded values.
    pub(crate) cookies: Vec<(String, Vec<(String, String)>)>,
    pub(crate) body: Option<Body>,
    /// Who is told how much of the body was sent.
    pub(crate) watch: Option<Watch>,
    /// The URL in place of the path and the query.
    pub(crate) link: Option<String>,
    /// What the answer may be; the result's own unless set.
    pub(crate) accept: Option<String>,
    /// Longest time for the call; the client's unless set.
    pub(crate) time: Option<Duration>,
    /// How often it is made again; as the client has it unless set.
    pub(crate) retries: Option<RetryPolicy>,
    /// Whether the caller says that making it again does no harm, whatever its method says.
    pub(crate) repeatable: bool,
    pub(crate) sign_with: SignWith,
    pub(crate) loss: Loss,
    /// The first thing that could not be set.
    pub(crate) problem: Option<Box<RequestError>>,
}

/// A request whose parameters are all in place.
pub(crate) struct Outgoing {
    pub(crate) draft: Box<Draft>,
    pub(crate) url: Url,
    pub(crate) accept: HeaderValue,
    /// The line of its cookies and of the client's, where it has some of its own.
    pub(crate) cookies: Option<HeaderValue>,
}

impl Outgoing {
    /// What the client that sends it shares with its clones.
    pub(crate) fn client(&self) -> &Inner {
        self.draft.client.inner()
    }

    pub(crate) fn operation(&self) -> &OperationName {
        &self.draft.operation
    }

    /// Longest time for one exchange, as errors tell it.
    pub(crate) fn limit(&self) -> Duration {
        self.draft.time.unwrap_or(self.client().limits.time)
    }

    /// How long an exchange that begins now may take: the longest time for one, where the call has none of its own for everything, and
    /// never longer than the call.
    pub(crate) fn time_of_exchange(&self, deadline: &Deadline, now: Instant) -> Duration {
        let left = deadline.at.saturating_duration_since(now);
        match self.draft.time {
            Some(_) => left,
            None => left.min(self.client().limits.time),
        }
    }

    /// Whether to make the call again does no harm, whatever came of it: by its method (RFC 9110,
    /// section 9.2.2), or because the caller says so.
    pub(crate) fn is_repeatable(&self) -> bool {
        self.draft.repeatable || self.draft.operation.method.is_idempotent()
    }

    /// How the call was made, after this many attempts.
    pub(crate) fn made(&self, attempts: u32) -> Made {
        Made {
            attempts,
            is_repeatable: self.is_repeatable(),
        }
    }

    /// Whether the body is still there.
    pub(crate) fn can_be_sent_again(&self) -> bool {
        !self.draft.body.as_ref().is_some_and(Body::is_spent)
    }

    /// The error of a request that cannot be made.
    pub(crate) fn refused(&self, problem: &str) -> Failure {
        Failure::Request(Box::new(RequestError {
            operation: self.operation().clone(),
            parameter: None,
            problem: problem.to_owned(),
        }))
    }

    /// The error of an exchange that has run out of time.
    pub(crate) fn silence(&self) -> Failure {
        let (operation, url) = (self.operation().clone(), self.draft.client.shown_url());
        let error = TransportError::silence(operation, url, self.limit());
        Failure::Transport(Box::new(error))
    }

    /// A failure, put down to the call's own end where that has come.
    pub(crate) fn blamed(&self, failure: Failure, deadline: &Deadline) -> Failure {
        match failure {
            Failure::Transport(error) if error.is_timeout() && deadline.is_over() => {
                self.out_of_time(deadline)
            }
            failure => failure,
        }
    }

    /// The error of a call that has run out of time.
    fn out_of_time(&self, deadline: &Deadline) -> Failure {
        if deadline.is_own {
            return self.silence();
        }
        let (operation, url) = (self.operation().clone(), self.draft.client.shown_url());
        let error = TransportError::deadline(operation, url, deadline.whole);
        Failure::Transport(Box::new(error))
    }
}

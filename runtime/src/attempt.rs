//! What an observer is told of each attempt: takes how it ended, shows nothing that was sent, so that
//! all of it may be logged or counted.

use std::time::Duration;

use reqwest::StatusCode;

use crate::error::{Failure, OperationName};
use crate::send::Answered;

/// An attempt of a call that has ended; see
/// [`ClientBuilder::on_attempt`](crate::ClientBuilder::on_attempt). It holds no credential, no
/// parameter and no body.
#[derive(Clone, Debug)]
pub struct Attempt<'a> {
    pub(crate) operation: &'a OperationName,
    pub(crate) number: u32,
    pub(crate) outcome: AttemptOutcome,
    pub(crate) duration: Duration,
    pub(crate) wait: Option<Duration>,
}

impl Attempt<'_> {
    /// Method and path template of the operation.
    pub fn operation(&self) -> &OperationName {
        self.operation
    }

    /// Which attempt of the call this was; the first is 1.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// How it ended.
    pub fn outcome(&self) -> AttemptOutcome {
        self.outcome
    }

    /// How long the exchange took, from sending to the last byte that was read; without the waits for
    /// a token and for the client's rate limit. Zero when nothing was sent.
    pub fn duration(&self) -> Duration {
        self.duration
    }

    /// How long the call waits before its next attempt; `None` when there is none.
    pub fn wait(&self) -> Option<Duration> {
        self.wait
    }
}

/// How an attempt ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AttemptOutcome {
    /// With an answer of this status.
    Status(StatusCode),
    /// Without one.
    Failed(AttemptFailure),
}

/// Why an attempt had no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AttemptFailure {
    /// No connection came about.
    Connect,
    /// Time ran out.
    Timeout,
    /// The exchange broke, or the body of its answer was cut off.
    Broken,
    /// There was no credential, or no token could be had.
    Auth,
    /// The client's rate limit left no room within the time of the call.
    RateLimit,
    /// The request could not be made.
    Request,
}

impl AttemptOutcome {
    pub(crate) fn of(outcome: &Result<Box<Answered>, Failure>) -> Self {
        let failure = match outcome {
            Ok(answered) => return Self::Status(answered.received.status),
            Err(Failure::TooLarge(error)) => return Self::Status(error.status()),
            Err(Failure::Transport(error)) if error.is_connect() => AttemptFailure::Connect,
            Err(Failure::Transport(error)) if error.is_timeout() => AttemptFailure::Timeout,
            Err(Failure::Transport(_)) => AttemptFailure::Broken,
            Err(Failure::Auth(_)) => AttemptFailure::Auth,
            Err(Failure::RateLimit(_)) => AttemptFailure::RateLimit,
            Err(Failure::Request(_)) => AttemptFailure::Request,
        };
        Self::Failed(failure)
    }
}

/// What is called after each attempt.
pub(crate) type Observer = dyn Fn(&Attempt<'_>) + Send + Sync;

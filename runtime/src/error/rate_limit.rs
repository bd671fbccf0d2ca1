//! Calls that the client's own rate limit kept from being sent in time.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use super::{Made, OperationName};
use crate::deadline::Deadline;
use crate::rate_limit::RateLimit;

/// The client's rate limit left no room for a request within the time of its call. Nothing was sent.
#[derive(Clone, Debug)]
pub struct RateLimitError {
    operation: OperationName,
    limit: RateLimit,
    deadline: Deadline,
    pub(crate) made: Made,
}

impl RateLimitError {
    pub(crate) fn new(operation: OperationName, limit: RateLimit, deadline: Deadline) -> Self {
        let made = Made::once(&operation);
        Self {
            operation,
            limit,
            deadline,
            made,
        }
    }

    /// Method and path template of the operation.
    pub fn operation(&self) -> &OperationName {
        &self.operation
    }

    /// The limit.
    pub fn limit(&self) -> RateLimit {
        self.limit
    }

    /// The time that the call had, in which its turn does not come.
    pub fn time(&self) -> Duration {
        self.deadline.whole
    }
}

impl fmt::Display for RateLimitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (count, window) = (self.limit.count(), self.limit.window());
        let setting = match self.deadline.is_own {
            true => "`timeout` of the request",
            false => "`deadline` of the client's builder",
        };
        write!(
            f,
            "{}: not sent, because it would not get its turn within {:?} under the limit of {count} requests in {window:?}; \
             {setting} gives it more time, `rate_limit` of the client's builder sets the limit{}",
            self.operation, self.deadline.whole, self.made
        )
    }
}

impl StdError for RateLimitError {}

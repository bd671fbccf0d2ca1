//! A success whose body is longer than the client takes into memory.

use std::error::Error as StdError;
use std::fmt;

use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use crate::decode::Received;
use crate::error::{Made, OperationName, TrackedAs};

/// An answer of success whose body is longer than the client's limit. The rest of it was not read.
///
/// The server has done what was asked: the call is not to be made again, unless it only reads.
/// [`ClientBuilder::max_answer_size`](crate::ClientBuilder::max_answer_size) sets the limit, and
/// [`Request::send_stream`](crate::Request::send_stream) reads a body of any length.
pub struct TooLarge {
    received: Received,
    limit: usize,
}

impl TooLarge {
    pub(crate) fn new(received: Received, limit: usize) -> Self {
        Self { received, limit }
    }

    /// Method and path template of the operation.
    pub fn operation(&self) -> &OperationName {
        &self.received.operation
    }

    /// The answer's status.
    pub fn status(&self) -> StatusCode {
        self.received.status
    }

    /// The answer's headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.received.headers
    }

    /// The limit, in bytes.
    pub fn limit(&self) -> usize {
        self.limit
    }

    /// The id under which the server logged the exchange, when a header tells it.
    pub fn tracking_id(&self) -> Option<&str> {
        self.received.tracking_header()
    }

    pub(super) fn made(&self) -> Made {
        self.received.made
    }

    pub(super) fn set_made(&mut self, made: Made) {
        self.received.made = made;
    }
}

impl fmt::Display for TooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (operation, status, limit) = (self.operation(), self.status(), self.limit);
        write!(
            f,
            "{operation}: {status}, but its body is longer than {limit} bytes; \
             `max_answer_size` of the client's builder raises the limit, \
             `send_stream` of the request reads without one{}{}",
            TrackedAs(self.received.shown_tracking_header()),
            self.made()
        )
    }
}

impl fmt::Debug for TooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TooLarge")
            .field("operation", &format_args!("{}", self.operation()))
            .field("status", &self.status())
            .field("limit", &self.limit)
            .finish_non_exhaustive()
    }
}

impl StdError for TooLarge {}

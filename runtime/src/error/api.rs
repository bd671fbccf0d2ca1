//! The server's refusal: its status, headers and body, the typed body that the operation declares,
//! and the words in it that a person wants to read.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use serde::{Serialize, Serializer};

use super::{
    DecodeProblem, Made, OperationName, TrackedAs, find_message, find_tracking_id, printable,
    retry_after,
};
use crate::decode::{AnswerBody, Received};

/// The error bodies that an API's operations declare. Emitted as an enum, one variant per body, and
/// shared by all operations that declare the same set.
pub trait ErrorBody: Sized + Send + 'static {
    /// The declared body for a status, or `None` when the status is not declared or the body does
    /// not decode.
    fn from_response(status: u16, body: &AnswerBody<'_>) -> Option<Self>;
}

/// The error body of operations that declare none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoErrorBody {}

impl ErrorBody for NoErrorBody {
    fn from_response(_: u16, _: &AnswerBody<'_>) -> Option<Self> {
        None
    }
}

impl Serialize for NoErrorBody {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        match *self {}
    }
}

/// An answer whose status is not one of success. Redirects are among them: they are never followed.
pub struct ApiError<E> {
    received: Received,
    error: Option<E>,
    problem: Option<DecodeProblem>,
    message: Option<String>,
    tracking_id: Option<String>,
}

impl<E> ApiError<E> {
    /// Method and path template of the operation that was refused.
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

    /// The answer's body, as it came; cut where it is longer than
    /// [`max_error_size`](crate::ClientBuilder::max_error_size).
    pub fn body(&self) -> &[u8] {
        &self.received.body
    }

    /// The same, taken.
    pub fn into_body(self) -> Vec<u8> {
        self.received.body
    }

    /// The typed body, when the status declares one and the body is what it declares.
    pub fn error(&self) -> Option<&E> {
        self.error.as_ref()
    }

    /// The typed body, taken.
    pub fn into_error(self) -> Option<E> {
        self.error
    }

    /// The server's own message, whole and unescaped; where it repeats a credential of the client,
    /// that is replaced.
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// The id under which the server logged the failure: what its support asks for.
    pub fn tracking_id(&self) -> Option<&str> {
        self.tracking_id.as_deref()
    }

    /// How long the server asks to wait, counted from this answer: `Retry-After`, in seconds or as a
    /// date.
    pub fn retry_after(&self) -> Option<Duration> {
        retry_after(&self.received.headers)
    }

    pub(super) fn made(&self) -> Made {
        self.received.made
    }

    /// Why the body is not the one that the status declares; `None` when it is, or when the status
    /// declares none.
    pub fn decode_problem(&self) -> Option<&DecodeProblem> {
        self.problem.as_ref()
    }
}

impl<E: ErrorBody> ApiError<E> {
    pub(crate) fn from_received(received: Received) -> Self {
        let response = AnswerBody::new(&received.body, received.loss);
        let error = E::from_response(received.status.as_u16(), &response);
        // An enum may try one body after another; what failed on the way is no problem once one
        // fits.
        let (problem, _) = response.into_parts();
        let problem = problem.filter(|_| error.is_none());
        let shape = &received.errors;
        let redacted = |text: String| received.secrets.redact(&text);
        let problem = problem.map(|problem| problem.redacted(&received.secrets));
        let message = find_message(shape, &received.headers, &received.body).map(redacted);
        let tracking_id = find_tracking_id(shape, &received.headers, &received.body).map(redacted);
        Self {
            error,
            problem,
            message,
            tracking_id,
            received,
        }
    }
}

impl<E> fmt::Display for ApiError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.operation(), self.status())?;
        if let Some(message) = self.message() {
            write!(f, ": {}", printable(message))?;
        }
        write!(
            f,
            "{}{}",
            TrackedAs(self.tracking_id().map(str::to_owned)),
            self.made()
        )
    }
}

/// Shows the body's length alone: a body may hold what must not reach a log.
impl<E> fmt::Debug for ApiError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiError")
            .field("operation", &format_args!("{}", self.operation()))
            .field("status", &self.status())
            .field("message", &self.message().map(printable))
            .field("tracking_id", &self.tracking_id().map(printable))
            .field("typed", &self.error.is_some())
            .field("decode_problem", &self.problem)
            .field("body_length", &self.body().len())
            .finish_non_exhaustive()
    }
}

impl<E> StdError for ApiError<E> {}

//! Bodies that are not what they should be: the error that tells where and why one does not decode,
//! and what of it does.

use std::error::Error as StdError;
use std::fmt;

use reqwest::StatusCode;
use reqwest::header::{CONTENT_TYPE, HeaderMap};
use serde::de::DeserializeOwned;

use super::{Made, OperationName, TrackedAs, printable};
use crate::decode::Received;
use crate::reading::{Deviation, Loss, Reading, read_json};
use crate::redact::Secrets;

/// Where and why a body does not decode.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodeProblem {
    pointer: String,
    message: String,
}

impl DecodeProblem {
    pub(crate) fn new(pointer: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            pointer: pointer.into(),
            message: message.into(),
        }
    }

    /// The same without credentials, which a server may repeat as the name of a member.
    pub(crate) fn redacted(self, secrets: &Secrets) -> Self {
        Self {
            pointer: secrets.redact(&self.pointer),
            message: secrets.redact(&self.message),
        }
    }

    /// The place in the body, as a JSON pointer (RFC 6901) such as `/2/numAnswers`; empty for the
    /// body as a whole.
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// What does not fit there. Never quotes the body.
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for DecodeProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.pointer.as_str() {
            "" => write!(f, "{}", printable(&self.message)),
            pointer => write!(
                f,
                "at `{}`: {}",
                printable(pointer),
                printable(&self.message)
            ),
        }
    }
}

/// An answer of success whose body is not what the document promises.
pub struct DecodeError {
    received: Received,
    problem: DecodeProblem,
}

impl DecodeError {
    pub(crate) fn new(received: Received, problem: DecodeProblem) -> Self {
        let problem = problem.redacted(&received.secrets);
        Self { received, problem }
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

    /// The answer's body, as it came.
    pub fn body(&self) -> &[u8] {
        &self.received.body
    }

    /// The same, taken.
    pub fn into_body(self) -> Vec<u8> {
        self.received.body
    }

    /// The id under which the server logged the exchange, when a header tells it.
    pub fn tracking_id(&self) -> Option<&str> {
        self.received.tracking_header()
    }

    /// The place in the body, as a JSON pointer (RFC 6901) such as `/2/numAnswers`; empty for the
    /// body as a whole.
    pub fn pointer(&self) -> &str {
        self.problem.pointer()
    }

    /// The part of the body that can be read as this type, with a list of what was left out: around each
    /// value that cannot be read, the smallest thing that can be missing (an optional member, an item
    /// of a list, an entry of a map). `None` when there is no such thing around such a value.
    ///
    /// The type is that of the operation's answer.
    pub fn partial<T: DeserializeOwned>(&self) -> Option<Reading<T>> {
        let mut reading = read_json(self.body(), Loss::LeaveOut).ok()?;
        Deviation::redact_all(&mut reading.deviations, &self.received.secrets);
        Some(reading)
    }

    /// Where and why it does not decode.
    pub fn problem(&self) -> &DecodeProblem {
        &self.problem
    }

    pub(super) fn made(&self) -> Made {
        self.received.made
    }

    /// The content type, when it says that the body is no JSON: then that is the likely cause.
    fn foreign_content_type(&self) -> Option<String> {
        let text = self.received.headers.get(CONTENT_TYPE)?.to_str().ok()?;
        (!text.contains("json")).then(|| printable(&self.received.secrets.redact(text)))
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: {}, but its body does not decode: {}",
            self.operation(),
            self.status(),
            self.problem
        )?;
        if let Some(content_type) = self.foreign_content_type() {
            write!(f, " (the content type is {content_type})")?;
        }
        write!(
            f,
            "{}{}",
            TrackedAs(self.received.shown_tracking_header()),
            self.made()
        )
    }
}

/// Shows the body's length alone: a body may hold what must not reach a log.
impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DecodeError")
            .field("operation", &format_args!("{}", self.operation()))
            .field("status", &self.status())
            .field("problem", &self.problem)
            .field("body_length", &self.body().len())
            .finish_non_exhaustive()
    }
}

impl StdError for DecodeError {}

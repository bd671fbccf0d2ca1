//! Bodies that are not what they should be: decoding from JSON with the path at which it failed,
//! and the error that tells it.

use std::error::Error as StdError;
use std::fmt;

use reqwest::StatusCode;
use reqwest::header::{CONTENT_TYPE, HeaderMap};
use serde::de::DeserializeOwned;

use super::{OperationName, printable};
use crate::decode::{Received, is_blank, without_byte_order_mark};

/// Where and why a body does not decode.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodeProblem {
    path: String,
    message: String,
}

impl DecodeProblem {
    pub(crate) fn new(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            message: message.into(),
        }
    }

    /// The place in the body, such as `[2].numAnswers`; `.` is the body as a whole.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What does not fit there. Never quotes the body.
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for DecodeProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.path.as_str() {
            "." => write!(f, "{}", printable(&self.message)),
            path => write!(f, "at `{}`: {}", printable(path), printable(&self.message)),
        }
    }
}

/// Decodes a whole body as JSON.
pub(crate) fn decode_json<T: DeserializeOwned>(body: &[u8]) -> Result<T, DecodeProblem> {
    if is_blank(body) {
        return Err(DecodeProblem::new(
            ".",
            "the body is empty, JSON was expected",
        ));
    }
    let mut deserializer = serde_json::Deserializer::from_slice(without_byte_order_mark(body));
    let value = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        let path = error.path().to_string();
        DecodeProblem::new(path, without_values(&error.into_inner().to_string()))
    })?;
    deserializer
        .end()
        .map_err(|error| DecodeProblem::new(".", error.to_string()))?;
    Ok(value)
}

/// Drops the value that serde quotes in `invalid type: string "…", expected …`. The field at fault
/// may sit where the document put a list of secrets and the server sent one of them bare, so no
/// quoted value is safe to print.
fn without_values(message: &str) -> String {
    for prefix in ["invalid type: ", "invalid value: "] {
        if let Some((found, expected)) = message
            .strip_prefix(prefix)
            .and_then(|rest| rest.rsplit_once(", expected "))
        {
            let kind = found
                .split(['"', '`'])
                .next()
                .unwrap_or_default()
                .trim_end();
            return format!("{prefix}{kind}, expected {expected}");
        }
    }
    message.to_owned()
}

/// An answer of success whose body is not what the document promises.
pub struct DecodeError {
    received: Received,
    problem: DecodeProblem,
}

impl DecodeError {
    pub(crate) fn new(received: Received, problem: DecodeProblem) -> Self {
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

    /// The id under which the server logged the exchange, when a header tells it.
    pub fn tracking_id(&self) -> Option<&str> {
        let Received {
            service, headers, ..
        } = &self.received;
        service
            .errors
            .tracking_headers
            .iter()
            .find_map(|name| headers.get(*name)?.to_str().ok())
    }

    /// The place in the body, such as `[2].numAnswers`; `.` is the body as a whole.
    pub fn path(&self) -> &str {
        self.problem.path()
    }

    /// Where and why it does not decode.
    pub fn problem(&self) -> &DecodeProblem {
        &self.problem
    }

    /// The content type, when it says that the body is no JSON: then that is the likely cause.
    fn foreign_content_type(&self) -> Option<String> {
        let text = self.received.headers.get(CONTENT_TYPE)?.to_str().ok()?;
        (!text.contains("json")).then(|| printable(text))
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
        match self.foreign_content_type() {
            Some(content_type) => write!(f, " (the content type is {content_type})"),
            None => Ok(()),
        }
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

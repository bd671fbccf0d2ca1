//! What a body held that its document does not promise.

use std::fmt;

use serde::de::DeserializeOwned;

use super::{Loss, read_json};
use crate::error::{DecodeProblem, printable};
use crate::redact::Secrets;

/// A place of a body that was not as documented, and was read all the same, or left out.
///
/// It tells kinds alone, never the value, which may be what must not reach a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deviation {
    pub(super) pointer: String,
    pub(super) declared: String,
    pub(super) found: &'static str,
    pub(super) left_out: bool,
}

impl Deviation {
    /// A body that is not there.
    pub(crate) fn missing_body() -> Self {
        Self {
            pointer: String::new(),
            declared: "a body".to_owned(),
            found: "nothing",
            left_out: false,
        }
    }

    /// Leaves what a client knows to be secret out of the places.
    pub(crate) fn redact_all(deviations: &mut [Self], secrets: &Secrets) {
        for deviation in deviations {
            deviation.pointer = secrets.redact(&deviation.pointer);
        }
    }

    /// The place in the body, as a JSON pointer (RFC 6901); empty for the body as a whole.
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// What the document declares there, such as `an integer`.
    pub fn declared(&self) -> &str {
        &self.declared
    }

    /// What kind of value came, such as `a text`.
    pub fn found(&self) -> &str {
        self.found
    }

    /// Whether the value could not be read, so that it is missing in what was read.
    pub fn is_left_out(&self) -> bool {
        self.left_out
    }
}

impl fmt::Display for Deviation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = match self.pointer.as_str() {
            "" => "the body",
            pointer => &printable(pointer),
        };
        write!(
            f,
            "{place}: {} was declared, {} came",
            printable(&self.declared),
            self.found
        )?;
        f.write_str(if self.left_out { ", left out" } else { "" })
    }
}

/// A value that was read, and what was not as documented.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Reading<T> {
    /// The value.
    pub value: T,
    /// What was not as documented, in the order of the body; empty when all of it was.
    pub deviations: Vec<Deviation>,
}

impl<T: DeserializeOwned> Reading<T> {
    /// Reads JSON as the body of an answer is read: what loses nothing is coerced, and told.
    ///
    /// # Errors
    /// When it is no JSON, and when something in it cannot be read as the type.
    pub fn from_slice(json: &[u8]) -> Result<Self, DecodeProblem> {
        read_json(json, Loss::Refuse)
    }

    /// The same, with what cannot be read left out; see [`Request::lossy`](crate::Request::lossy).
    ///
    /// # Errors
    /// When it is no JSON, and when there is nothing to leave out around what cannot be read.
    pub fn lossy_from_slice(json: &[u8]) -> Result<Self, DecodeProblem> {
        read_json(json, Loss::LeaveOut)
    }
}

impl<T> Reading<T> {
    pub(super) fn exact(value: T) -> Self {
        Self {
            value,
            deviations: Vec::new(),
        }
    }
}

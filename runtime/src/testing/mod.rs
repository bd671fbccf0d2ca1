//! For tests: a local server that plays one operation's answers, and helpers to write expectations
//! with. Everything here panics when an expectation is not met, as test code does.

mod answer;
mod client;
mod compare;
mod exchange;
mod expected;
mod signed;

use serde::de::DeserializeOwned;

use crate::reading::{Loss, read_json};

pub use exchange::Exchange;
pub use wiremock;

/// Decodes JSON text, such as a request body in a test.
///
/// # Panics
/// When the text does not decode; the message names the place.
pub fn json<T: DeserializeOwned>(text: &str) -> T {
    match read_json(text.as_bytes(), Loss::Refuse) {
        Ok(reading) => reading.value,
        Err(problem) => panic!("the test's own JSON does not decode: {problem}\n{text}"),
    }
}

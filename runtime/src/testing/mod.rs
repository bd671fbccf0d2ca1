//! For tests, those of an emitted crate and those of whoever uses it:
//!
//! - [`Server`] answers on loopback what it is told, gives a client, and tells what it was asked;
//! - [`Failed`] makes any error that a call can give, for code that handles errors;
//! - [`Response::new`](crate::Response::new) makes an answer;
//! - [`Exchange`] plays one operation's answers and checks what was sent: what emitted tests use.
//!
//! Everything here panics when an expectation is not met, as test code does. The feature `testing`
//! brings it, of this crate and of emitted ones; it is for `[dev-dependencies]`.

mod answer;
#[cfg(feature = "mock")]
mod bad_days;
mod client;
mod compare;
mod exchange;
mod expected;
mod failed;
mod server;
mod signed;

use serde::de::DeserializeOwned;

use crate::reading::{Loss, read_json};

#[cfg(feature = "mock")]
pub(crate) use client::{connected, http_client};
pub use exchange::Exchange;
pub use failed::Failed;
pub use server::{Answer, Asked, Server};
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

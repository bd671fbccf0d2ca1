//! The answer of an exchange, and its body as the type that the operation promises.

use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use serde::de::DeserializeOwned;

use crate::error::{DecodeProblem, OperationName, decode_json};
use crate::service::Service;

/// A successful answer: what `.send()` gives. `.await` gives its body alone.
#[derive(Clone, Debug)]
pub struct Response<T> {
    /// The answer's status.
    pub status: StatusCode,
    /// The answer's headers.
    pub headers: HeaderMap,
    /// The decoded body.
    pub body: T,
}

/// A whole answer, not yet judged.
pub(crate) struct Received {
    pub(crate) service: &'static Service,
    pub(crate) operation: OperationName,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

/// Turns an answer's body into a type. May take the bytes when it succeeds, and leaves them when it
/// fails, for the error to keep.
pub(crate) type Decode<T> = fn(&mut Received) -> Result<T, DecodeProblem>;

pub(crate) fn json<T: DeserializeOwned>(received: &mut Received) -> Result<T, DecodeProblem> {
    decode_json(&received.body)
}

pub(crate) fn nothing(_: &mut Received) -> Result<(), DecodeProblem> {
    Ok(())
}

pub(crate) fn text(received: &mut Received) -> Result<String, DecodeProblem> {
    decode_utf8(&received.body)
}

pub(crate) fn bytes(received: &mut Received) -> Result<Vec<u8>, DecodeProblem> {
    Ok(std::mem::take(&mut received.body))
}

/// A body as UTF-8 text, without a byte order mark. Other character sets are refused, not guessed:
/// the caller still has the bytes.
pub(crate) fn decode_utf8(body: &[u8]) -> Result<String, DecodeProblem> {
    match std::str::from_utf8(without_byte_order_mark(body)) {
        Ok(text) => Ok(text.to_owned()),
        Err(error) => Err(DecodeProblem::new(
            ".",
            format!("the body is not UTF-8: {error}"),
        )),
    }
}

/// RFC 8259, section 8.1, lets a parser ignore the mark, which some servers send.
pub(crate) fn without_byte_order_mark(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body)
}

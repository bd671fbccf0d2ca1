//! The answer of an exchange, and its body as the type that the operation promises. Takes an answer's
//! bytes, gives a value or the reason why there is none.

use std::cell::RefCell;
use std::fmt;

use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::error::{DecodeProblem, Made, OperationName};
use crate::reading::{Deviation, Loss, read_json};
use crate::redact::Secrets;
use crate::response::Response;
use crate::service::ErrorShape;
use crate::trace::told;

/// A whole answer, not yet judged.
pub(crate) struct Received {
    pub(crate) operation: OperationName,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
    /// Where the API's error bodies keep their message.
    pub(crate) errors: ErrorShape,
    /// What must not be repeated from the answer.
    pub(crate) secrets: Secrets,
    /// What to do with what cannot be read in the body.
    pub(crate) loss: Loss,
    /// What was noticed while the body was read.
    pub(crate) deviations: Vec<Deviation>,
    /// How it was come by.
    pub(crate) made: Made,
}

impl Received {
    /// An answer with these three.
    pub(crate) fn into_response<T>(mut self, body: T) -> Response<T> {
        let deviations = self.take_deviations();
        Response::new(self.status, self.headers, body).with_deviations(deviations)
    }

    /// What was noticed while the body was read, as it may be logged: a server may repeat a credential as the name of a member. It is told
    /// to `tracing`.
    pub(crate) fn take_deviations(&mut self) -> Vec<Deviation> {
        let mut deviations = std::mem::take(&mut self.deviations);
        Deviation::redact_all(&mut deviations, &self.secrets);
        told(&self.operation, &deviations);
        deviations
    }

    /// The body as a tree; null where it is no JSON.
    pub(crate) fn tree(&self) -> Value {
        serde_json::from_slice(without_byte_order_mark(&self.body)).unwrap_or_default()
    }

    /// That id as a text may show it.
    pub(crate) fn shown_tracking_header(&self) -> Option<String> {
        let id = self.tracking_header()?;
        Some(self.secrets.redact(id))
    }

    /// The id under which the server logged the exchange, when a header tells it.
    pub(crate) fn tracking_header(&self) -> Option<&str> {
        let mut names = self.errors.tracking_headers.iter();
        names.find_map(|name| self.headers.get(*name)?.to_str().ok())
    }
}

/// A text, or a number as text: ids, states and codes come as either.
pub(crate) fn scalar_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// What an operation gives when its successes carry different bodies. Emitted as an enum, one
/// variant for each status.
pub trait FromResponse: Sized {
    /// The declared body for a status of success, or `None` when the status is not declared or the
    /// body does not decode.
    fn from_response(status: u16, body: &AnswerBody<'_>) -> Option<Self>;
}

/// The body of an answer, to be decoded as whatever its status declares.
pub struct AnswerBody<'a> {
    body: &'a [u8],
    loss: Loss,
    problem: RefCell<Option<DecodeProblem>>,
    deviations: RefCell<Vec<Deviation>>,
}

impl<'a> AnswerBody<'a> {
    pub(crate) fn new(body: &'a [u8], loss: Loss) -> Self {
        Self {
            body,
            loss,
            problem: RefCell::new(None),
            deviations: RefCell::new(Vec::new()),
        }
    }

    /// The body decoded from JSON. When it does not decode, the reason is kept for the error that
    /// tells of it.
    pub fn json<T: DeserializeOwned>(&self) -> Option<T> {
        let reading = self.keep(read_json(self.body, self.loss))?;
        self.deviations.replace(reading.deviations);
        Some(reading.value)
    }

    /// The body as UTF-8 text. When it is none, the reason is kept likewise.
    pub fn text(&self) -> Option<String> {
        self.keep(decode_utf8(self.body))
    }

    /// The body as it came.
    pub fn bytes(&self) -> Option<Vec<u8>> {
        Some(self.body.to_vec())
    }

    /// Why the body did not decode, the last time that it did not, and what was noticed in it, the last time that it did.
    pub(crate) fn into_parts(self) -> (Option<DecodeProblem>, Vec<Deviation>) {
        (self.problem.into_inner(), self.deviations.into_inner())
    }

    fn keep<T>(&self, decoded: Result<T, DecodeProblem>) -> Option<T> {
        decoded
            .map_err(|problem| *self.problem.borrow_mut() = Some(problem))
            .ok()
    }
}

/// Shows the body's length alone: a body may hold what must not reach a log.
impl fmt::Debug for AnswerBody<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AnswerBody({} bytes)", self.body.len())
    }
}

/// Turns an answer's body into a type. May take the bytes when it succeeds, and leaves them when it
/// fails, for the error to keep.
pub(crate) type Decode<T> = fn(&mut Received) -> Result<T, DecodeProblem>;

pub(crate) fn json<T: DeserializeOwned>(received: &mut Received) -> Result<T, DecodeProblem> {
    if !is_blank(&received.body) {
        let reading = read_json(&received.body, received.loss)?;
        received.deviations = reading.deviations;
        return Ok(reading.value);
    }
    // An empty body says no more than null, and some types can say that.
    if let Ok(reading) = read_json(b"null", Loss::Refuse) {
        return Ok(reading.value);
    }
    // Nor does it say more than an object without members; but one was promised, and did not come.
    let empty = read_json(b"{}", Loss::Refuse)
        .map_err(|_| DecodeProblem::new("", "the body is empty, JSON was expected"))?;
    received.deviations = vec![Deviation::missing_body()];
    Ok(empty.value)
}

pub(crate) fn optional_json<T: DeserializeOwned>(
    received: &mut Received,
) -> Result<Option<T>, DecodeProblem> {
    match is_blank(&received.body) {
        true => Ok(None),
        // A body that is null says no more than one that is empty.
        false => json(received),
    }
}

pub(crate) fn optional_text(received: &mut Received) -> Result<Option<String>, DecodeProblem> {
    match received.body.is_empty() {
        true => Ok(None),
        false => text(received).map(Some),
    }
}

pub(crate) fn optional_bytes(received: &mut Received) -> Result<Option<Vec<u8>>, DecodeProblem> {
    match received.body.is_empty() {
        true => Ok(None),
        false => bytes(received).map(Some),
    }
}

pub(crate) fn by_status<T: FromResponse>(received: &mut Received) -> Result<T, DecodeProblem> {
    let status = received.status.as_u16();
    let body = AnswerBody::new(&received.body, received.loss);
    let nothing = || {
        let null = AnswerBody::new(b"null", Loss::Refuse);
        is_blank(&received.body).then(|| T::from_response(status, &null))?
    };
    let answer = T::from_response(status, &body).or_else(nothing);
    let (problem, deviations) = body.into_parts();
    let undeclared = || DecodeProblem::new("", "no such success is declared");
    let value = answer.ok_or_else(|| problem.unwrap_or_else(undeclared))?;
    received.deviations = deviations;
    Ok(value)
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
            "",
            format!("the body is not UTF-8: {error}"),
        )),
    }
}

/// Whether a body holds nothing, or nothing but white space.
pub(crate) fn is_blank(body: &[u8]) -> bool {
    without_byte_order_mark(body)
        .iter()
        .all(u8::is_ascii_whitespace)
}

/// RFC 8259, section 8.1, lets a parser ignore the mark, which some servers send.
pub(crate) fn without_byte_order_mark(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body)
}

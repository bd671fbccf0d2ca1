//! Whole answers, up to a limit of size: takes an answer whose headers are there, reads its body into
//! memory. A success that is too long is an error; of a refusal as much is kept as the limit allows,
//! since its status says the most. How long it may take is for the caller to bound.
//!
//! The limits of what comes before the body are hyper's: 100 headers and about 400 KiB, give or take one read, for the head of
//! an HTTP/1.1 answer, 16 KiB for the headers of an HTTP/2 one.

use std::time::Duration;

use crate::decode::Received;
use crate::error::{Failure, TooLarge};
use crate::outgoing::Outgoing;
use crate::send::{Answered, broken};

/// Longest body of a success that is taken into memory unless a client says otherwise, in bytes: 256
/// MiB. An API's JSON is far shorter; what is longer is a file, and better had as a stream.
pub(crate) const ANSWER: usize = 256 << 20;

/// Longest body of a refusal that is kept, likewise: 4 MiB, more than any message needs.
pub(crate) const REFUSAL: usize = 4 << 20;

/// Longest time for a call unless a client says otherwise.
const CALL: Duration = Duration::from_secs(5 * 60);

/// Longest answer of a token endpoint, in bytes: 1 MiB. A token is a few kilobytes.
pub(crate) const GRANT: usize = 1 << 20;

/// What a client takes of an answer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Longest time for one exchange.
    pub(crate) time: Duration,
    /// Longest time for a call, with all its exchanges and waits, where it was set.
    pub(crate) call: Option<Duration>,
    /// Longest body of a success, in bytes.
    pub(crate) answer: usize,
    /// Longest body of a refusal, in bytes.
    pub(crate) refusal: usize,
}

impl Limits {
    /// Longest time for a call, with all its exchanges and waits: not shorter than that of one exchange,
    /// unless it was set so.
    pub(crate) fn call(&self) -> Duration {
        self.call.unwrap_or_else(|| CALL.max(self.time))
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            time: Duration::from_secs(60),
            call: None,
            answer: ANSWER,
            refusal: REFUSAL,
        }
    }
}

/// Reads the body of an answer.
pub(crate) async fn receive(
    outgoing: &Outgoing,
    response: &mut reqwest::Response,
) -> Result<Box<Answered>, Failure> {
    let limits = &outgoing.client().limits;
    let is_success = response.status().is_success();
    let limit = match is_success {
        true => limits.answer,
        false => limits.refusal,
    };
    let announced = response.content_length().unwrap_or_default();
    let is_longer = usize::try_from(announced).map_or(true, |length| length > limit);
    let body = match is_success && is_longer {
        true => Ok(Read::Cut(Vec::new())),
        false => read(response, limit).await,
    };
    let (body, is_whole) = match body.map_err(|error| broken(outgoing, error))? {
        Read::Whole(body) => (body, true),
        Read::Cut(_) if is_success => (Vec::new(), false),
        Read::Cut(body) => (body, false),
    };
    let received = received(outgoing, response, body);
    match is_whole || !is_success {
        true => Ok(Box::new(Answered {
            received,
            rest: None,
        })),
        false => Err(Failure::TooLarge(Box::new(TooLarge::new(received, limit)))),
    }
}

/// An answer to a request, with this much of its body. Its headers are taken.
pub(crate) fn received(
    outgoing: &Outgoing,
    response: &mut reqwest::Response,
    body: Vec<u8>,
) -> Received {
    let inner = outgoing.client();
    Received {
        operation: outgoing.operation().clone(),
        status: response.status(),
        headers: std::mem::take(response.headers_mut()),
        body,
        errors: inner.service.errors,
        secrets: inner.secrets.with_headers(&outgoing.draft.headers),
        loss: outgoing.draft.loss,
        deviations: Vec::new(),
        made: outgoing.made(1),
    }
}

/// What of a body was read.
pub(crate) enum Read {
    Whole(Vec<u8>),
    /// As much as the limit allows. The rest was not asked for.
    Cut(Vec<u8>),
}

/// Reads a body up to this many bytes.
pub(crate) async fn read(
    response: &mut reqwest::Response,
    limit: usize,
) -> Result<Read, reqwest::Error> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        let room = limit.saturating_sub(body.len());
        match chunk.get(..room) {
            Some(part) if chunk.len() > room => {
                body.extend_from_slice(part);
                return Ok(Read::Cut(body));
            }
            _ => body.extend_from_slice(&chunk),
        }
    }
    Ok(Read::Whole(body))
}

//! An answer on its way: its status, headers and body, and how they are delivered.

use std::collections::VecDeque;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use reqwest::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderName, HeaderValue};
use serde_json::Value;
use tokio::time::Sleep;

use crate::testing::Answer;

/// How many pieces a slow body comes in.
const PIECES: usize = 8;

/// How a body is delivered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Delivery {
    #[default]
    Whole,
    /// The connection ends after half of it.
    Cut,
    /// In pieces, with a pause of this length before each.
    Slow(Duration),
}

/// An answer.
#[derive(Clone, Debug, Default)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
    pub(super) delivery: Delivery,
    pub(super) delay: Duration,
}

impl Reply {
    pub(super) fn empty(status: u16) -> Self {
        Self {
            status,
            ..Self::default()
        }
    }

    pub(super) fn json(status: u16, value: &Value) -> Self {
        let mut reply = Self::empty(status);
        reply.set_header(CONTENT_TYPE.as_str(), "application/json");
        reply.body = value.to_string().into_bytes();
        reply
    }

    /// Sets a header in the place of what it was.
    pub(super) fn set_header(&mut self, name: &str, value: &str) {
        self.headers
            .retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        self.headers.push((name.to_owned(), value.to_owned()));
    }

    /// Gives a header that is there another value.
    pub(super) fn replace_header(&mut self, name: &str, value: &str) {
        for (_, old) in self
            .headers
            .iter_mut()
            .filter(|(known, _)| known.eq_ignore_ascii_case(name))
        {
            value.clone_into(old);
        }
    }

    /// What hyper sends. A name or value that no header can have is left out.
    pub(super) fn into_response(self) -> hyper::Response<Playing> {
        let length = self.body.len();
        let mut response = hyper::Response::new(Playing::new(self.body, self.delivery));
        *response.status_mut() = self.status.try_into().unwrap_or_default();
        for (name, value) in &self.headers {
            let name = HeaderName::from_bytes(name.as_bytes());
            if let (Ok(name), Ok(value)) = (name, HeaderValue::from_str(value)) {
                response.headers_mut().append(name, value);
            }
        }
        if self.delivery == Delivery::Cut {
            // What is promised and does not come.
            let length = HeaderValue::from(length);
            response.headers_mut().insert(CONTENT_LENGTH, length);
        }
        response
    }
}

impl From<&Answer> for Reply {
    fn from(answer: &Answer) -> Self {
        let mut reply = Self::empty(answer.status);
        if let Some(content_type) = &answer.content_type {
            reply.set_header(CONTENT_TYPE.as_str(), content_type);
        }
        reply.headers.extend(answer.headers.iter().cloned());
        reply.body.clone_from(&answer.body);
        reply.delay = answer.delay;
        reply
    }
}

/// How long the connection stays open behind the part of a body that is cut off.
const CUT_AFTER: Duration = Duration::from_millis(20);

/// A body that is being sent.
pub(super) struct Playing {
    pieces: VecDeque<Bytes>,
    left: u64,
    pause: Option<Duration>,
    sleep: Option<Pin<Box<Sleep>>>,
    is_cut: bool,
}

impl Playing {
    fn new(body: Vec<u8>, delivery: Delivery) -> Self {
        let whole = Bytes::from(body);
        let pieces: VecDeque<Bytes> = match delivery {
            Delivery::Whole => [whole.clone()].into(),
            Delivery::Cut => [whole.slice(..whole.len() / 2)].into(),
            Delivery::Slow(_) => {
                let size = whole.len().div_ceil(PIECES).max(1);
                whole.chunks(size).map(Bytes::copy_from_slice).collect()
            }
        };
        let pieces: VecDeque<Bytes> = pieces
            .into_iter()
            .filter(|piece| !piece.is_empty())
            .collect();
        Self {
            left: pieces.iter().map(|piece| piece.len() as u64).sum(),
            pieces,
            pause: match delivery {
                Delivery::Slow(pause) => Some(pause),
                Delivery::Whole | Delivery::Cut => None,
            },
            sleep: None,
            is_cut: delivery == Delivery::Cut,
        }
    }
}

impl Body for Playing {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        let playing = self.get_mut();
        if let Some(pause) = playing.pause.filter(|_| !playing.pieces.is_empty()) {
            let sleep = playing
                .sleep
                .get_or_insert_with(|| Box::pin(tokio::time::sleep(pause)));
            if sleep.as_mut().poll(context).is_pending() {
                return Poll::Pending;
            }
            playing.sleep = None;
        }
        Poll::Ready(match playing.pieces.pop_front() {
            Some(piece) => {
                playing.left = playing.left.saturating_sub(piece.len() as u64);
                Some(Ok(Frame::data(piece)))
            }
            None if playing.is_cut => {
                // What was given before goes out first: hyper drops what it has not sent yet when a body fails.
                let sent = Box::pin(tokio::time::sleep(CUT_AFTER));
                let sent = playing.sleep.get_or_insert(sent);
                std::task::ready!(sent.as_mut().poll(context));
                Some(Err(io::Error::other("the body is cut off here")))
            }
            None => None,
        })
    }

    fn is_end_stream(&self) -> bool {
        self.pieces.is_empty() && !self.is_cut
    }

    fn size_hint(&self) -> SizeHint {
        match self.is_cut {
            true => SizeHint::default(),
            false => SizeHint::with_exact(self.left),
        }
    }
}

//! Bodies of one JSON value a line, down and up: takes chunks, gives lines and values; takes values, gives a body.

use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Buf, Bytes, BytesMut};
use futures_core::Stream;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::body::Body;
use crate::decode::is_blank;
use crate::download::Download;
use crate::error::{DecodeProblem, StreamError};
use crate::reading::{Loss, read_json};

/// Where a line ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ends {
    /// At a line feed.
    Feed,
    /// At a line feed, a carriage return, or both.
    FeedOrReturn,
}

/// Puts lines together from chunks.
#[derive(Debug)]
pub(crate) struct Lines {
    ends: Ends,
    rest: BytesMut,
    /// How much of the rest is known to hold no end.
    searched: usize,
    /// The last line ended at a carriage return, to which a line feed may belong.
    after_return: bool,
}

impl Lines {
    pub(crate) fn new(ends: Ends) -> Self {
        Self {
            ends,
            rest: BytesMut::new(),
            searched: 0,
            after_return: false,
        }
    }

    pub(crate) fn push(&mut self, chunk: &[u8]) {
        self.rest.extend_from_slice(chunk);
    }

    /// The next whole line, without its end.
    pub(crate) fn line(&mut self) -> Option<Bytes> {
        if self.after_return {
            if *self.rest.first()? == b'\n' {
                self.rest.advance(1);
            }
            self.after_return = false;
        }
        let is_end =
            |byte: &u8| *byte == b'\n' || (*byte == b'\r' && self.ends == Ends::FeedOrReturn);
        let new = self.rest.iter().skip(self.searched);
        let Some(at) = new.clone().position(is_end) else {
            self.searched = self.rest.len();
            return None;
        };
        let line = self.rest.split_to(self.searched + at);
        self.after_return = self.rest.get_u8() == b'\r';
        self.searched = 0;
        Some(line.freeze())
    }

    /// How many bytes of a line are there whose end is not.
    pub(crate) fn len(&self) -> usize {
        self.rest.len()
    }

    /// What stands behind the last end.
    pub(crate) fn rest(&mut self) -> Bytes {
        self.searched = 0;
        self.rest.split().freeze()
    }
}

/// The values of a body that has one JSON value a line: what [`Download::json_lines`] gives.
///
/// It is a [`Stream`], and [`value`](Self::value) reads it without a further crate. Blank lines are passed over. A line
/// that does not decode is an error, behind which the next line can be read.
pub struct JsonLines<T> {
    download: Download,
    lines: Lines,
    values: PhantomData<fn() -> T>,
}

impl Download {
    /// Reads the body as one JSON value a line: JSON Lines, also called NDJSON, and JSON text sequences (RFC 7464) whose texts
    /// are a line each.
    ///
    /// ```
    /// # use sdk_runtime::{Client, Method, NoErrorBody, Request, Value};
    /// # fn export(client: &Client) -> Request<Vec<u8>, NoErrorBody> {
    /// #     client.request(Method::GET, "/export").returns_bytes()
    /// # }
    /// # async fn read(client: Client) -> Result<(), Box<dyn std::error::Error>> {
    /// let mut users = export(&client).send_stream().await?.into_body().json_lines::<Value>();
    /// while let Some(user) = users.value().await? {
    ///     println!("{user}");
    /// }
    /// # Ok(()) }
    /// ```
    pub fn json_lines<T: DeserializeOwned>(self) -> JsonLines<T> {
        JsonLines {
            download: self,
            lines: Lines::new(Ends::Feed),
            values: PhantomData,
        }
    }
}

impl<T: DeserializeOwned> JsonLines<T> {
    fn problem(&self, problem: DecodeProblem) -> StreamError {
        StreamError::Decode(problem.redacted(&self.download.secrets))
    }

    /// The next value; `None` at the end.
    ///
    /// # Errors
    /// When the connection breaks or stays silent, and when a line does not decode.
    pub async fn value(&mut self) -> Result<Option<T>, StreamError> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context))
            .await
            .transpose()
    }
}

impl<T: DeserializeOwned> Stream for JsonLines<T> {
    type Item = Result<T, StreamError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            while let Some(line) = self.lines.line() {
                if let Some(value) = value(&line) {
                    return Poll::Ready(Some(value.map_err(|problem| self.problem(problem))));
                }
            }
            match ready!(Pin::new(&mut self.download).poll_next(context)) {
                Some(Ok(_)) if self.lines.len() > self.download.longest_line => {
                    self.lines.rest();
                    return Poll::Ready(Some(Err(self.download.give_up().into())));
                }
                Some(Ok(chunk)) => self.lines.push(&chunk),
                Some(Err(error)) => return Poll::Ready(Some(Err(error.into()))),
                None => {
                    let last = value(&self.lines.rest());
                    return Poll::Ready(
                        last.map(|last| last.map_err(|problem| self.problem(problem))),
                    );
                }
            }
        }
    }
}

/// Names the operation alone.
impl<T> fmt::Debug for JsonLines<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "JsonLines({:?})", self.download)
    }
}

/// The value of a line; `None` where the line is blank.
fn value<T: DeserializeOwned>(line: &[u8]) -> Option<Result<T, DecodeProblem>> {
    // RFC 7464 begins each text with a record separator.
    let line = line.strip_prefix(b"\x1E").unwrap_or(line);
    (!is_blank(line)).then(|| read_json(line, Loss::Refuse).map(|reading| reading.value))
}

impl Body {
    /// A body of one JSON value a line, for operations that take JSON Lines, also called NDJSON.
    ///
    /// ```
    /// # use sdk_runtime::Body;
    /// let body = Body::json_lines(["one", "two"])?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// When a value has no form in JSON, such as a map whose keys are no texts.
    pub fn json_lines<V: Serialize>(
        values: impl IntoIterator<Item = V>,
    ) -> Result<Self, serde_json::Error> {
        let mut text = Vec::new();
        for value in values {
            serde_json::to_writer(&mut text, &value)?;
            text.push(b'\n');
        }
        Ok(Self::from(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(ends: Ends, chunks: &[&str]) -> (Vec<Bytes>, Bytes) {
        let mut lines = Lines::new(ends);
        let mut found = Vec::new();
        for chunk in chunks {
            lines.push(chunk.as_bytes());
            found.extend(std::iter::from_fn(|| lines.line()));
        }
        (found, lines.rest())
    }

    #[test]
    fn lines_end_where_they_may_whatever_the_chunks_are() {
        for chunks in [
            &["a\r\n\r\nbc\rd\ne"][..],
            &["a\r", "\n\r", "\nb", "c\r", "d\n", "e"],
        ] {
            let (found, rest) = lines(Ends::FeedOrReturn, chunks);
            assert_eq!(found, ["a", "", "bc", "d"], "{chunks:?}");
            assert_eq!(rest, "e");
            let (found, rest) = lines(Ends::Feed, chunks);
            assert_eq!(found, ["a\r", "\r", "bc\rd"], "{chunks:?}");
            assert_eq!(rest, "e");
        }
    }

    #[test]
    fn a_line_is_a_value_or_blank() {
        assert_eq!(value::<i32>(b" \r"), None);
        assert_eq!(value::<i32>(b"\x1E7\r"), Some(Ok(7)));
        assert!(value::<i32>(b"x").is_some_and(|value| value.is_err()));
    }
}

//! Server-sent events (WHATWG HTML, 9.2): takes the chunks of a `text/event-stream`, gives its events.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use serde::de::DeserializeOwned;

use crate::decode::without_byte_order_mark;
use crate::download::Download;
use crate::error::{DecodeProblem, TransportError};
use crate::lines::{Ends, Lines};
use crate::reading::{Loss, read_json};

/// An event that a server sent.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event {
    /// Its type, which is `message` unless the server names one.
    pub event: String,
    /// What it says; several lines are one text.
    pub data: String,
    /// The last id that the server named, with this event or one before; empty without any. Sent as the header `Last-Event-ID`, it
    /// asks a server to go on behind it.
    pub id: String,
}

impl Event {
    /// What it says, decoded from JSON.
    ///
    /// # Errors
    /// When it does not decode.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, DecodeProblem> {
        read_json(self.data.as_bytes(), Loss::Refuse).map(|reading| reading.value)
    }
}

/// The events of a body: what [`Download::events`] gives.
///
/// It is a [`Stream`], and [`event`](Self::event) reads it without a further crate. It does not connect again by itself.
pub struct Events {
    download: Download,
    lines: Lines,
    parser: Parser,
}

impl Download {
    /// Reads the body as server-sent events.
    ///
    /// ```
    /// # use sdk_runtime::{Client, Method, NoErrorBody, Request};
    /// # fn watch(client: &Client) -> Request<Vec<u8>, NoErrorBody> {
    /// #     client.request(Method::GET, "/watch").accept("text/event-stream").returns_bytes()
    /// # }
    /// # async fn read(client: Client) -> Result<(), Box<dyn std::error::Error>> {
    /// let mut events = watch(&client).send_stream().await?.into_body().events();
    /// while let Some(event) = events.event().await? {
    ///     println!("{}: {}", event.event, event.data);
    /// }
    /// # Ok(()) }
    /// ```
    pub fn events(self) -> Events {
        Events {
            download: self,
            lines: Lines::new(Ends::FeedOrReturn),
            parser: Parser::default(),
        }
    }
}

impl Events {
    /// The next event; `None` at the end.
    ///
    /// # Errors
    /// When the connection breaks, and when nothing comes for as long as the client's timeout.
    pub async fn event(&mut self) -> Result<Option<Event>, TransportError> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context))
            .await
            .transpose()
    }

    /// How many bytes of an event are there that has not ended.
    fn len(&self) -> usize {
        self.lines.len() + self.parser.data.len()
    }

    /// How long the server asks to wait before connecting again, as far as it has told.
    pub fn retry(&self) -> Option<Duration> {
        self.parser.retry
    }
}

impl Stream for Events {
    type Item = Result<Event, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            while let Some(line) = self.lines.line() {
                if let Some(event) = self.parser.read(&line) {
                    return Poll::Ready(Some(Ok(event)));
                }
            }
            match ready!(Pin::new(&mut self.download).poll_next(context)) {
                Some(Ok(_)) if self.len() > self.download.longest_line => {
                    self.lines.rest();
                    self.parser.data.clear();
                    return Poll::Ready(Some(Err(self.download.give_up())));
                }
                Some(Ok(chunk)) => self.lines.push(&chunk),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                // An event that is not ended by a blank line is none.
                None => return Poll::Ready(None),
            }
        }
    }
}

/// Names the operation alone.
impl fmt::Debug for Events {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Events({:?})", self.download)
    }
}

/// What was read since the last event, and what outlasts it.
#[derive(Debug, Default)]
struct Parser {
    begun: bool,
    event: String,
    data: String,
    id: String,
    retry: Option<Duration>,
}

impl Parser {
    /// Reads a line, which may end an event.
    fn read(&mut self, line: &Bytes) -> Option<Event> {
        let first = !std::mem::replace(&mut self.begun, true);
        let line: &[u8] = if first {
            without_byte_order_mark(line)
        } else {
            line
        };
        let line = String::from_utf8_lossy(line);
        if line.is_empty() {
            return self.end();
        }
        let (name, value) = line.split_once(':').unwrap_or((&line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match name {
            "event" => value.clone_into(&mut self.event),
            "data" => {
                self.data.push_str(value);
                self.data.push('\n');
            }
            "id" if !value.contains('\0') => value.clone_into(&mut self.id),
            "retry" if value.bytes().all(|byte| byte.is_ascii_digit()) => {
                self.retry = value.parse().ok().map(Duration::from_millis).or(self.retry);
            }
            _ => {}
        }
        None
    }

    fn end(&mut self) -> Option<Event> {
        let event = std::mem::take(&mut self.event);
        let mut data = std::mem::take(&mut self.data);
        data.pop()?;
        Some(Event {
            event: if event.is_empty() {
                "message".to_owned()
            } else {
                event
            },
            data,
            id: self.id.clone(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn events(text: &str) -> (Vec<Event>, Parser) {
        let mut lines = Lines::new(Ends::FeedOrReturn);
        lines.push(text.as_bytes());
        let mut parser = Parser::default();
        let lines = std::iter::from_fn(|| lines.line());
        let found = lines.filter_map(|line| parser.read(&line)).collect();
        (found, parser)
    }

    fn event(event: &str, data: &str, id: &str) -> Event {
        let [event, data, id] = [event, data, id].map(str::to_owned);
        Event { event, data, id }
    }

    // The examples of WHATWG HTML, 9.2.6.
    #[test]
    fn events_are_read_as_the_standard_reads_them() {
        let (found, _) = events("data: YHOO\ndata: +2\ndata: 10\n\n");
        assert_eq!(found, [event("message", "YHOO\n+2\n10", "")]);
        let (found, parser) = events(
            ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n",
        );
        let expected = [
            event("message", "first event", "1"),
            event("message", "second event", ""),
            event("message", " third event", ""),
        ];
        assert_eq!(found, expected);
        assert_eq!(parser.id, "");
        let (found, _) = events("data\n\ndata\ndata\n\ndata:");
        assert_eq!(
            found,
            [event("message", "", ""), event("message", "\n", "")]
        );
    }

    #[test]
    fn an_id_outlasts_its_event_and_a_name_does_not() {
        let (found, parser) = events(
            "\u{FEFF}event: add\nid: a\nretry: 70\ndata: 1\n\nid: b\u{0}\nretry: x\ndata: 2\nother: 3\n\nevent: none\n\n",
        );
        assert_eq!(found, [event("add", "1", "a"), event("message", "2", "a")]);
        assert_eq!(parser.retry, Some(Duration::from_millis(70)));
        assert_eq!(found.first().map(|event| event.json()), Some(Ok(1)));
    }
}

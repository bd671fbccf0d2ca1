//! The body of an answer, in chunks as they come. Takes an answer whose headers are there, gives its
//! chunks, and an error when none comes for too long.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use tokio::time::{Instant, Sleep};

use crate::error::{OperationName, TransportError};
use crate::redact::Secrets;
use crate::send::Outgoing;

/// The body of an answer in chunks: what [`send_stream`](crate::Request::send_stream) gives.
///
/// It is a [`Stream`], and [`chunk`](Self::chunk) reads it without a further crate. It ends with an
/// error when the connection breaks, and when nothing comes for as long as the call's or the client's `timeout`.
pub struct Download {
    operation: OperationName,
    base_url: String,
    time: Duration,
    /// How many attempts its call took.
    attempts: u32,
    /// Longest line and longest event that is put together from chunks, in bytes.
    pub(crate) longest_line: usize,
    pub(crate) secrets: Secrets,
    /// Nothing once the body is given up.
    chunks: Option<Pin<Box<dyn Stream<Item = reqwest::Result<Bytes>> + Send>>>,
    silence: Pin<Box<Sleep>>,
}

impl Download {
    /// `time` is how long nothing may come.
    pub(crate) fn new(
        outgoing: &Outgoing,
        time: Duration,
        response: reqwest::Response,
        attempts: u32,
    ) -> Self {
        Self {
            attempts,
            operation: outgoing.operation.clone(),
            base_url: outgoing.client.shown_url(),
            time,
            longest_line: outgoing.client.inner().limits.answer,
            secrets: outgoing.client.inner().secrets.clone(),
            chunks: Some(Box::pin(response.bytes_stream())),
            silence: Box::pin(tokio::time::sleep(time)),
        }
    }

    /// Gives the body up, since a line or an event of it is longer than the client's limit for an
    /// answer.
    pub(crate) fn give_up(&mut self) -> TransportError {
        self.chunks = None;
        let (operation, base_url) = (self.operation.clone(), self.base_url.clone());
        TransportError::line(operation, base_url, self.time, self.longest_line).after(self.attempts)
    }

    /// The next chunk; `None` at the end.
    ///
    /// # Errors
    /// When the connection breaks, and when nothing comes for as long as the call's or the client's `timeout`.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, TransportError> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context))
            .await
            .transpose()
    }
}

impl Stream for Download {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(chunks) = &mut self.chunks else {
            return Poll::Ready(None);
        };
        if let Poll::Ready(chunk) = chunks.as_mut().poll_next(context) {
            let deadline = Instant::now() + self.time;
            self.silence.as_mut().reset(deadline);
            let (time, attempts) = (self.time, self.attempts);
            let name = || (self.operation.clone(), self.base_url.clone());
            return Poll::Ready(chunk.map(|chunk| {
                chunk.map_err(|error| {
                    let (operation, base_url) = name();
                    TransportError::new(operation, base_url, time, error).after(attempts)
                })
            }));
        }
        match self.silence.as_mut().poll(context) {
            Poll::Ready(()) => {
                let (operation, base_url) = (self.operation.clone(), self.base_url.clone());
                let error = TransportError::silence(operation, base_url, self.time);
                Poll::Ready(Some(Err(error.after(self.attempts))))
            }
            Poll::Pending => Poll::Pending,
        }
    }
}

/// Names the operation alone.
impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Download({})", self.operation)
    }
}

//! The body of an answer, in chunks as they come.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use tokio::time::{Instant, Sleep};

use crate::error::{OperationName, TransportError};

/// The body of an answer in chunks: what [`send_stream`](crate::Request::send_stream) gives.
///
/// It is a [`Stream`], and [`chunk`](Self::chunk) reads it without a further crate. It ends with an
/// error when the connection breaks, and when nothing comes for as long as the client's timeout.
pub struct Download {
    operation: OperationName,
    base_url: String,
    time: Duration,
    chunks: Pin<Box<dyn Stream<Item = reqwest::Result<Bytes>> + Send>>,
    silence: Pin<Box<Sleep>>,
}

impl Download {
    pub(crate) fn new(
        operation: OperationName,
        base_url: String,
        time: Duration,
        response: reqwest::Response,
    ) -> Self {
        Self {
            operation,
            base_url,
            time,
            chunks: Box::pin(response.bytes_stream()),
            silence: Box::pin(tokio::time::sleep(time)),
        }
    }

    /// The next chunk; `None` at the end.
    ///
    /// # Errors
    /// When the connection breaks, and when nothing comes for as long as the client's timeout.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, TransportError> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context))
            .await
            .transpose()
    }
}

impl Stream for Download {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Poll::Ready(chunk) = self.chunks.as_mut().poll_next(context) {
            let deadline = Instant::now() + self.time;
            self.silence.as_mut().reset(deadline);
            let name = || (self.operation.clone(), self.base_url.clone());
            return Poll::Ready(chunk.map(|chunk| {
                chunk.map_err(|error| {
                    let (operation, base_url) = name();
                    TransportError::new(operation, base_url, error)
                })
            }));
        }
        match self.silence.as_mut().poll(context) {
            Poll::Ready(()) => {
                let (operation, base_url) = (self.operation.clone(), self.base_url.clone());
                let error = TransportError::silence(operation, base_url);
                Poll::Ready(Some(Err(error)))
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

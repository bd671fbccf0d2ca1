//! The body of an answer, in chunks as they come. Takes an answer whose headers are there, gives its
//! chunks, and an error when none comes for too long.

use std::fmt;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use tokio::io::AsyncWriteExt as _;
use tokio::time::Sleep;

use crate::deadline::after;
use crate::error::{OperationName, SaveError, TransportError};
use crate::outgoing::Outgoing;
use crate::progress::{Progress, Watch};
use crate::redact::Secrets;

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
    /// How many bytes came, of how many, and who is told.
    received: u64,
    total: Option<u64>,
    watch: Option<Watch>,
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
            operation: outgoing.operation().clone(),
            base_url: outgoing.draft.client.shown_url(),
            time,
            longest_line: outgoing.client().limits.answer,
            secrets: outgoing.client().secrets.clone(),
            received: 0,
            total: response.content_length(),
            watch: None,
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

    /// How many bytes will come in all, where the server tells it and sends them as they are.
    pub fn total(&self) -> Option<u64> {
        self.total
    }

    /// Calls this with each chunk that is read, with the bytes so far and in all: for a program that draws a bar.
    #[must_use]
    pub fn on_progress(mut self, watch: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        self.watch = Some(Watch::new(watch));
        self
    }

    /// Writes the body to a file, and gives how many bytes it has. Until all of it is there it stands beside the file, under the file's name
    /// with `.part` behind it; a file that is there is replaced by the whole body or stays as it is.
    ///
    /// # Errors
    /// When the connection breaks or falls silent, and when the file cannot be written. What came so far is removed.
    pub async fn save_to(mut self, path: impl AsRef<Path>) -> Result<u64, SaveError> {
        let path = path.as_ref();
        let mut part = path.as_os_str().to_owned();
        part.push(".part");
        let part = PathBuf::from(part);
        let written = async {
            let bytes = self.write_to(&part).await?;
            let renamed = tokio::fs::rename(&part, path).await;
            renamed.map_err(|error| SaveError::File(path.to_owned(), error))?;
            Ok(bytes)
        };
        let written = written.await;
        if written.is_err() {
            // The error says more than that this fails as well.
            let _ = tokio::fs::remove_file(&part).await;
        }
        written
    }

    async fn write_to(&mut self, path: &Path) -> Result<u64, SaveError> {
        let failed = |error| SaveError::File(path.to_owned(), error);
        let mut file = tokio::fs::File::create(path).await.map_err(failed)?;
        while let Some(chunk) = self.chunk().await? {
            file.write_all(&chunk).await.map_err(failed)?;
        }
        file.sync_all().await.map_err(failed)?;
        Ok(self.received)
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

impl Download {
    /// Ends the stream with an error.
    fn end(&mut self, error: Option<reqwest::Error>) -> TransportError {
        self.chunks = None;
        let (operation, base_url) = (self.operation.clone(), self.base_url.clone());
        let error = match error {
            Some(error) => TransportError::new(operation, base_url, self.time, error),
            None => TransportError::silence(operation, base_url, self.time),
        };
        error.after(self.attempts)
    }

    fn count(&mut self, chunk: &Bytes) {
        self.received += u64::try_from(chunk.len()).unwrap_or(u64::MAX);
        if let Some(watch) = &self.watch {
            watch.tell(Progress::new(self.received, self.total));
        }
    }
}

impl Stream for Download {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(chunks) = &mut self.chunks else {
            return Poll::Ready(None);
        };
        let Poll::Ready(chunk) = chunks.as_mut().poll_next(context) else {
            let silence = self.silence.as_mut().poll(context);
            return silence.map(|()| Some(Err(self.end(None))));
        };
        Poll::Ready(match chunk {
            Some(Ok(chunk)) => {
                self.count(&chunk);
                let until = after(self.time);
                self.silence.as_mut().reset(until);
                Some(Ok(chunk))
            }
            Some(Err(error)) => Some(Err(self.end(Some(error)))),
            None => None,
        })
    }
}

/// Names the operation alone.
impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Download({})", self.operation)
    }
}

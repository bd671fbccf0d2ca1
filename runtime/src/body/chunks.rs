//! What is sent, chunk by chunk: takes bytes, files and streams, gives their chunks in order, and tells who watches how many bytes were
//! taken.

use std::collections::VecDeque;
use std::error::Error;
use std::io;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use futures_core::{Stream, TryStream};
use tokio::fs::File;
use tokio::io::AsyncReadExt as _;

use crate::progress::{Progress, Watch};

/// How much of a file is read at once, in bytes.
const CHUNK: usize = 64 << 10;

type Fault = Box<dyn Error + Send + Sync>;

pub(super) type BoxStream = Pin<Box<dyn Stream<Item = Result<Bytes, Fault>> + Send>>;

/// A part of a body that can be read any number of times.
#[derive(Clone, Debug)]
pub(crate) enum Piece {
    Bytes(Bytes),
    /// A file, of which this many bytes are sent.
    File {
        path: PathBuf,
        length: u64,
    },
}

impl Piece {
    /// A file as long as it is now.
    pub(crate) fn file(path: PathBuf) -> io::Result<Self> {
        let length = std::fs::metadata(&path)?.len();
        Ok(Self::File { path, length })
    }

    pub(crate) fn length(&self) -> u64 {
        match self {
            Self::Bytes(bytes) => u64::try_from(bytes.len()).unwrap_or(u64::MAX),
            Self::File { length, .. } => *length,
        }
    }
}

/// A stream of chunks that are bytes.
pub(super) fn boxed<S>(chunks: S) -> BoxStream
where
    S: TryStream + Send + 'static,
    S::Error: Into<Fault>,
    Bytes: From<S::Ok>,
{
    Box::pin(AsBytes(Box::pin(chunks)))
}

struct AsBytes<S>(Pin<Box<S>>);

impl<S> Stream for AsBytes<S>
where
    S: TryStream,
    S::Error: Into<Fault>,
    Bytes: From<S::Ok>,
{
    type Item = Result<Bytes, Fault>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let chunk = ready!(self.0.as_mut().try_poll_next(context));
        Poll::Ready(chunk.map(|chunk| chunk.map(Bytes::from).map_err(Into::into)))
    }
}

/// The chunks of a body.
pub(super) struct Chunks {
    source: BoxStream,
    sent: u64,
    total: Option<u64>,
    watch: Option<Watch>,
}

impl Chunks {
    pub(super) fn of(pieces: Arc<[Piece]>, total: Option<u64>, watch: Option<Watch>) -> Self {
        let reading = Reading {
            pieces: pieces.iter().cloned().collect(),
            next: None,
        };
        Self {
            total,
            ..Self::of_stream(Box::pin(reading), watch)
        }
    }

    pub(super) fn of_stream(source: BoxStream, watch: Option<Watch>) -> Self {
        Self {
            source,
            sent: 0,
            total: None,
            watch,
        }
    }
}

impl Stream for Chunks {
    type Item = Result<Bytes, Fault>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let chunk = ready!(self.source.as_mut().poll_next(context));
        if let (Some(watch), Some(Ok(bytes))) = (self.watch.clone(), &chunk) {
            self.sent += u64::try_from(bytes.len()).unwrap_or(u64::MAX);
            watch.tell(Progress::new(self.sent, self.total));
        }
        Poll::Ready(chunk)
    }
}

/// A chunk of a file that is being read, with the file and what is left of it.
type Next = Pin<Box<dyn Future<Output = io::Result<(Bytes, File, u64)>> + Send>>;

/// Pieces that are read one behind the other.
struct Reading {
    pieces: VecDeque<Piece>,
    next: Option<Next>,
}

impl Stream for Reading {
    type Item = Result<Bytes, Fault>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(next) = &mut self.next {
                let read = ready!(next.as_mut().poll(context));
                self.next = None;
                return Poll::Ready(Some(match read {
                    Ok((chunk, file, left)) => {
                        self.next = (left > 0).then(|| read_chunk(file, left));
                        Ok(chunk)
                    }
                    Err(error) => Err(error.into()),
                }));
            }
            match self.pieces.pop_front() {
                None => return Poll::Ready(None),
                Some(Piece::File { length: 0, .. }) => {}
                Some(Piece::File { path, length }) => self.next = Some(open(path, length)),
                Some(Piece::Bytes(mut bytes)) if !bytes.is_empty() => {
                    // Who watches sees a large body go in steps.
                    let chunk = bytes.split_to(bytes.len().min(CHUNK));
                    self.pieces.push_front(Piece::Bytes(bytes));
                    return Poll::Ready(Some(Ok(chunk)));
                }
                Some(Piece::Bytes(_)) => {}
            }
        }
    }
}

fn open(path: PathBuf, length: u64) -> Next {
    Box::pin(async move {
        let file = File::open(path).await?;
        read_chunk(file, length).await
    })
}

/// The next chunk of a file of which this much is left. A file that has become shorter is an error: its length was told.
fn read_chunk(file: File, left: u64) -> Next {
    Box::pin(async move {
        let most = usize::try_from(left).unwrap_or(CHUNK).min(CHUNK);
        let mut chunk = BytesMut::with_capacity(most);
        let mut file = file.take(u64::try_from(most).unwrap_or(left));
        let read = file.read_buf(&mut chunk).await?;
        match read {
            0 => Err(io::Error::new(
                io::ErrorKind::UnexpectedEof,
                "the file became shorter while it was sent",
            )),
            read => {
                let left = left.saturating_sub(u64::try_from(read).unwrap_or(left));
                Ok((chunk.freeze(), file.into_inner(), left))
            }
        }
    })
}

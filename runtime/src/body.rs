//! Request bodies: bytes in memory, files that are read while they are sent, or a stream.

mod chunks;

use std::fmt;
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use futures_core::TryStream;

pub(crate) use chunks::Piece;
use chunks::{BoxStream, Chunks, boxed};

use crate::progress::Watch;

/// What a request sends.
///
/// Made from bytes or text in memory, from a file, or from a stream, so that an upload need not be in memory:
///
/// ```
/// use sdk_runtime::Body;
///
/// let csv = Body::from("a,b\n1,2\n");
/// let bytes = Body::from(vec![0x89, 0x50, 0x4e, 0x47]);
/// # fn upload(chunks: impl futures_core::Stream<Item = std::io::Result<Vec<u8>>> + Send + 'static) -> std::io::Result<()> {
/// let file = Body::file("accounts.csv")?;
/// let upload = Body::stream(chunks);
/// # Ok(()) }
/// ```
///
/// A stream can be sent once. A clone of it is the same stream, and a request with one is never made
/// again: not with a new token after an answer of 401, and not after a failure that might pass, as one
/// with bytes or a file is.
#[derive(Clone)]
pub struct Body {
    kind: Kind,
    media_type: Option<String>,
}

#[derive(Clone)]
enum Kind {
    Bytes(Bytes),
    /// Bytes and files one behind the other; read anew by each attempt.
    Pieces(Arc<[Piece]>),
    /// Taken by the first request that is sent.
    Stream(Arc<Mutex<Option<BoxStream>>>),
}

impl Body {
    /// A body that is read from a stream while it is sent, in chunks (RFC 9112, section 7.1). Where
    /// the server wants to know the length, give the request a `Content-Length` header.
    pub fn stream<S>(chunks: S) -> Self
    where
        S: TryStream + Send + 'static,
        S::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
        Bytes: From<S::Ok>,
    {
        Self::new(Kind::Stream(Arc::new(Mutex::new(Some(boxed(chunks))))))
    }

    /// The content of a file, which is read while it is sent, and again by each attempt. The server is told its length, so that the
    /// file must not change until the request is answered.
    ///
    /// # Errors
    /// When the file is not there.
    pub fn file(path: impl Into<PathBuf>) -> io::Result<Self> {
        Ok(Self::pieces(vec![Piece::file(path.into())?]))
    }

    /// Bytes and files one behind the other.
    pub(crate) fn pieces(pieces: Vec<Piece>) -> Self {
        Self::new(Kind::Pieces(pieces.into()))
    }

    fn new(kind: Kind) -> Self {
        let media_type = None;
        Self { kind, media_type }
    }

    /// The same as this media type: for operations that take any, or several. Without it, a body is
    /// sent as what its operation takes.
    ///
    /// ```
    /// # let png = vec![0x89, 0x50, 0x4e, 0x47];
    /// let picture = sdk_runtime::Body::from(png).with_media_type("image/png");
    /// ```
    #[must_use]
    pub fn with_media_type(self, media_type: impl Into<String>) -> Self {
        let media_type = Some(media_type.into());
        Self { media_type, ..self }
    }

    /// The media type that it was given.
    pub fn media_type(&self) -> Option<&str> {
        self.media_type.as_deref()
    }

    /// The bytes, of a body that is in memory.
    pub(crate) fn bytes(&self) -> Option<&[u8]> {
        match &self.kind {
            Kind::Bytes(bytes) => Some(bytes),
            Kind::Pieces(_) | Kind::Stream(_) => None,
        }
    }

    /// Its length in bytes, where that is known.
    pub(crate) fn length(&self) -> Option<u64> {
        match &self.kind {
            Kind::Bytes(bytes) => u64::try_from(bytes.len()).ok(),
            Kind::Pieces(pieces) => Some(pieces.iter().map(Piece::length).sum()),
            Kind::Stream(_) => None,
        }
    }

    /// The body to send; `None` for a stream that was sent before. Who watches is told of what is read.
    pub(crate) fn to_reqwest(&self, watch: Option<&Watch>) -> Option<reqwest::Body> {
        let (length, watch) = (self.length(), watch.cloned());
        let chunks = match (&self.kind, watch) {
            (Kind::Bytes(bytes), None) => return Some(reqwest::Body::from(bytes.clone())),
            (Kind::Bytes(bytes), watch) => {
                let piece = Piece::Bytes(bytes.clone());
                Chunks::of(Arc::new([piece]), length, watch)
            }
            (Kind::Pieces(pieces), watch) => Chunks::of(pieces.clone(), length, watch),
            // What it guards is taken or not; a panic elsewhere leaves neither half done.
            (Kind::Stream(stream), watch) => {
                let stream = stream.lock().unwrap_or_else(PoisonError::into_inner).take();
                Chunks::of_stream(stream?, watch)
            }
        };
        Some(reqwest::Body::wrap_stream(chunks))
    }

    /// Whether it was sent and cannot be sent again.
    pub(crate) fn is_spent(&self) -> bool {
        match &self.kind {
            Kind::Bytes(_) | Kind::Pieces(_) => false,
            Kind::Stream(stream) => {
                let stream = stream.lock().unwrap_or_else(PoisonError::into_inner);
                stream.is_none()
            }
        }
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self::new(Kind::Bytes(bytes))
    }
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Self {
        Self::new(Kind::Bytes(bytes.into()))
    }
}

impl From<&[u8]> for Body {
    fn from(bytes: &[u8]) -> Self {
        Self::new(Kind::Bytes(Bytes::copy_from_slice(bytes)))
    }
}

impl<const N: usize> From<&[u8; N]> for Body {
    fn from(bytes: &[u8; N]) -> Self {
        Self::from(bytes.as_slice())
    }
}

impl From<String> for Body {
    fn from(text: String) -> Self {
        Self::new(Kind::Bytes(text.into()))
    }
}

impl From<&str> for Body {
    fn from(text: &str) -> Self {
        Self::from(text.as_bytes())
    }
}

/// Shows the length alone: a body may hold what must not reach a log.
impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            Kind::Bytes(bytes) => write!(f, "Body({} bytes)", bytes.len()),
            Kind::Pieces(_) => write!(
                f,
                "Body({} bytes of files)",
                self.length().unwrap_or_default()
            ),
            Kind::Stream(_) => f.write_str("Body(stream)"),
        }
    }
}

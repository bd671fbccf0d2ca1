//! Request bodies: bytes in memory, or a stream that is read while it is sent.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use futures_core::TryStream;

/// What a request sends.
///
/// Made from bytes or text in memory, or from a stream, so that an upload need not be in memory:
///
/// ```
/// use sdk_runtime::Body;
///
/// let csv = Body::from("a,b\n1,2\n");
/// let bytes = Body::from(vec![0x89, 0x50, 0x4e, 0x47]);
/// # fn upload(chunks: impl futures_core::Stream<Item = std::io::Result<Vec<u8>>> + Send + 'static) {
/// let upload = Body::stream(chunks);
/// # }
/// ```
///
/// A stream can be sent once. A clone of it is the same stream, and a request with one is never made
/// again: not with a new token after an answer of 401, and not after a failure that might pass, as one
/// with bytes is.
#[derive(Clone)]
pub struct Body {
    kind: Kind,
    media_type: Option<String>,
}

#[derive(Clone)]
enum Kind {
    Bytes(Bytes),
    /// Taken by the first request that is sent.
    Stream(Arc<Mutex<Option<reqwest::Body>>>),
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
        let body = reqwest::Body::wrap_stream(chunks);
        Self::new(Kind::Stream(Arc::new(Mutex::new(Some(body)))))
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
            Kind::Stream(_) => None,
        }
    }

    /// The body to send; `None` for a stream that was sent before.
    pub(crate) fn to_reqwest(&self) -> Option<reqwest::Body> {
        match &self.kind {
            Kind::Bytes(bytes) => Some(reqwest::Body::from(bytes.clone())),
            // What it guards is taken or not; a panic elsewhere leaves neither half done.
            Kind::Stream(stream) => stream.lock().unwrap_or_else(PoisonError::into_inner).take(),
        }
    }

    /// Whether it was sent and cannot be sent again.
    pub(crate) fn is_spent(&self) -> bool {
        match &self.kind {
            Kind::Bytes(_) => false,
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
            Kind::Stream(_) => f.write_str("Body(stream)"),
        }
    }
}

//! A file as one part of a multipart body. It is a plain value, so that the struct of such a body
//! derives its traits like any other; the multipart writer knows it by the name under which it
//! serialises.

use std::fmt;
use std::io;
use std::path::PathBuf;

use bytes::Bytes;
use serde::de::{Deserialize, Deserializer, Error, SeqAccess, Visitor};
use serde::ser::{Error as _, Serialize, SerializeTuple, Serializer};

/// The name under which a file serialises.
pub(crate) const FILE_PART: &str = "$sdk_runtime::FilePart";

/// A file to upload: its bytes, and the name and media type that the server is told.
///
/// Made from bytes, or from a file name and bytes:
///
/// ```
/// use sdk_runtime::FilePart;
///
/// let plain = FilePart::from(b"a,b\n1,2\n".to_vec());
/// let named = FilePart::from(("report.csv", "a,b\n1,2\n")).with_content_type("text/csv");
/// assert_eq!((plain.name(), named.name()), (None, Some("report.csv")));
/// ```
///
/// Where a body with files is written as JSON, a file is its bytes as text.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct FilePart {
    name: Option<String>,
    content_type: Option<String>,
    content: FileContent,
}

/// What a file holds, or where it is read from while it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum FileContent {
    Bytes(Bytes),
    Path(PathBuf, u64),
}

impl Default for FileContent {
    fn default() -> Self {
        Self::Bytes(Bytes::new())
    }
}

impl FilePart {
    /// A file without a name of its own; the server is told `file`, by which it knows it for one.
    pub fn new(bytes: impl Into<Bytes>) -> Self {
        Self {
            name: None,
            content_type: None,
            content: FileContent::Bytes(bytes.into()),
        }
    }

    /// A file of this machine, by its own name. It is read while it is sent, and again by each attempt, so that it need not be in memory;
    /// it must not change until the request is answered.
    ///
    /// # Errors
    /// When the file is not there.
    pub fn open(path: impl Into<PathBuf>) -> io::Result<Self> {
        let path = path.into();
        let described = std::fs::metadata(&path)
            .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", path.display())));
        let length = described?.len();
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        Ok(Self {
            name,
            content_type: None,
            content: FileContent::Path(path, length),
        })
    }

    /// A file of this path and length, without a name.
    pub(crate) fn at(path: PathBuf, length: u64) -> Self {
        Self {
            content: FileContent::Path(path, length),
            ..Self::default()
        }
    }

    /// Tells the server this file name.
    #[must_use]
    pub fn with_name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Tells the server this media type in place of the document's, or of
    /// `application/octet-stream`.
    #[must_use]
    pub fn with_content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// The file name.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// The media type.
    pub fn content_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// The content, of a file that is in memory.
    pub fn bytes(&self) -> Option<&[u8]> {
        match &self.content {
            FileContent::Bytes(bytes) => Some(bytes),
            FileContent::Path(..) => None,
        }
    }

    /// Its length in bytes.
    pub fn length(&self) -> u64 {
        match &self.content {
            FileContent::Bytes(bytes) => u64::try_from(bytes.len()).unwrap_or(u64::MAX),
            FileContent::Path(_, length) => *length,
        }
    }

    pub(crate) fn content(&self) -> &FileContent {
        &self.content
    }

    /// The content as text, as JSON holds it; a file is read for it.
    pub(crate) fn text(&self) -> io::Result<String> {
        let bytes = match &self.content {
            FileContent::Bytes(bytes) => bytes.clone(),
            FileContent::Path(path, _) => std::fs::read(path)?.into(),
        };
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}

impl From<Vec<u8>> for FilePart {
    fn from(bytes: Vec<u8>) -> Self {
        Self::new(bytes)
    }
}

impl From<&[u8]> for FilePart {
    fn from(bytes: &[u8]) -> Self {
        Self::new(bytes.to_vec())
    }
}

impl From<&str> for FilePart {
    fn from(text: &str) -> Self {
        Self::new(text.to_owned())
    }
}

impl From<String> for FilePart {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

/// A file name and what the file holds.
impl<N: Into<String>, B: Into<Bytes>> From<(N, B)> for FilePart {
    fn from((name, bytes): (N, B)) -> Self {
        Self::new(bytes).with_name(name)
    }
}

/// Shows the length alone: a file may hold what must not reach a log.
impl fmt::Debug for FilePart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FilePart")
            .field("name", &self.name)
            .field("content_type", &self.content_type)
            .field("length", &self.length())
            .finish()
    }
}

impl Serialize for FilePart {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(FILE_PART, &Content(self))
    }
}

/// What stands under a file's name: for the multipart writer, which says that no person reads it,
/// all of it; for JSON the text alone.
struct Content<'a>(&'a FilePart);

impl Serialize for Content<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            return serializer.serialize_str(&self.0.text().map_err(S::Error::custom)?);
        }
        let mut parts = serializer.serialize_tuple(4)?;
        parts.serialize_element(&self.0.name)?;
        parts.serialize_element(&self.0.content_type)?;
        match &self.0.content {
            FileContent::Bytes(bytes) => {
                parts.serialize_element(&RawBytes(bytes))?;
            }
            FileContent::Path(path, length) => {
                parts.serialize_element(path)?;
                parts.serialize_element(length)?;
            }
        }
        parts.end()
    }
}

struct RawBytes<'a>(&'a [u8]);

impl Serialize for RawBytes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(self.0)
    }
}

impl<'de> Deserialize<'de> for FilePart {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(FileVisitor)
    }
}

struct FileVisitor;

impl<'de> Visitor<'de> for FileVisitor {
    type Value = FilePart;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the content of a file")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<FilePart, E> {
        Ok(FilePart::from(text))
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<FilePart, E> {
        Ok(FilePart::from(bytes))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<FilePart, A::Error> {
        let mut bytes = Vec::new();
        while let Some(byte) = items.next_element()? {
            bytes.push(byte);
        }
        Ok(FilePart::from(bytes))
    }
}

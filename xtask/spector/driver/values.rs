//! Values that a caller makes otherwise than by reading them from JSON: files, and bytes that travel as text.

use sdk_runtime::{Base64, FilePart};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A file of a multipart body.
#[derive(Clone, Deserialize)]
pub(crate) struct File {
    pub(crate) field: String,
    pub(crate) name: String,
    /// Told only where the method does not tell it by itself.
    pub(crate) media_type: Option<String>,
    pub(crate) base64: String,
}

/// Where files go in the type of a body.
pub(crate) trait TakeFiles {
    fn take_files(&mut self, files: Vec<FilePart>);
}

impl TakeFiles for FilePart {
    fn take_files(&mut self, mut files: Vec<FilePart>) {
        if let Some(file) = files.pop() {
            *self = file;
        }
    }
}

impl TakeFiles for Vec<FilePart> {
    fn take_files(&mut self, files: Vec<FilePart>) {
        *self = files;
    }
}

impl<T: TakeFiles + Default> TakeFiles for Option<T> {
    fn take_files(&mut self, files: Vec<FilePart>) {
        if !files.is_empty() {
            let mut value = T::default();
            value.take_files(files);
            *self = Some(value);
        }
    }
}

/// Values of which a caller has the bytes, and that were read from text: a value that keeps its text would hide how bytes are written.
pub(crate) trait FromBytes {
    fn write_again(&mut self);
}

impl FromBytes for Base64 {
    fn write_again(&mut self) {
        if let Ok(bytes) = self.to_bytes() {
            *self = Self::from_bytes(bytes);
        }
    }
}

impl<T: FromBytes> FromBytes for Vec<T> {
    fn write_again(&mut self) {
        self.iter_mut().for_each(T::write_again);
    }
}

impl<T: FromBytes> FromBytes for Option<T> {
    fn write_again(&mut self) {
        self.iter_mut().for_each(T::write_again);
    }
}

/// The value as a caller would make it.
pub(crate) fn from_bytes<T: FromBytes>(mut value: T) -> T {
    value.write_again();
    value
}

/// Reads the first of several values that the type takes.
pub(crate) fn first_that_fits<T: DeserializeOwned>(
    values: &[Value],
    what: &str,
) -> Result<T, String> {
    let mut problem = "nothing".to_owned();
    for value in values {
        match serde_json::from_value(value.clone()) {
            Ok(value) => return Ok(value),
            Err(error) => problem = format!("{value}: {error}"),
        }
    }
    Err(format!("{what} cannot be {problem}"))
}

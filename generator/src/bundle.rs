//! Takes a document of many files and gives it as one, for tools that cannot follow references between files.
//!
//! What comes out is the tree of the load phase and no more: every target of a reference is a named component, and nothing is
//! repaired, for the document is to stay what its author wrote.

use crate::source::{self, Sources};
use serde_json::Value;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The language of the bundle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// YAML 1.1, as the load phase reads it.
    Yaml,
    /// JSON, indented by two spaces.
    Json,
}

/// Why there is no bundle.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    /// The file's name does not tell its language.
    #[error("{0} does not end in one of .yaml, .yml and .json, so its format is unknown")]
    Format(PathBuf),
    /// The file is one of those that the document is made of.
    #[error("{0} is a part of the document itself, and is not overwritten")]
    IsSource(PathBuf),
    /// The tree cannot be printed.
    #[error("cannot print the document: {0}")]
    Print(String),
    /// The file system refused.
    #[error("cannot write {path}")]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

impl Format {
    /// The language that the end of a file's name stands for.
    ///
    /// # Errors
    ///
    /// When it stands for none.
    pub fn of(path: &Path) -> Result<Self, BundleError> {
        let extension = path.extension().map(|end| end.to_ascii_lowercase());
        match extension.as_deref().and_then(|end| end.to_str()) {
            Some("yaml" | "yml") => Ok(Self::Yaml),
            Some("json") => Ok(Self::Json),
            _ => Err(BundleError::Format(path.to_owned())),
        }
    }
}

/// The tree as a text.
///
/// # Errors
///
/// When the library that prints it fails, which it does for no tree that was loaded.
pub fn print(tree: &Value, format: Format) -> Result<String, BundleError> {
    match format {
        Format::Yaml => source::to_yaml(tree).map_err(BundleError::Print),
        Format::Json => serde_json::to_string_pretty(tree)
            .map(|text| text + "\n")
            .map_err(|error| BundleError::Print(error.to_string())),
    }
}

/// Puts the text in the place of the file `out` in one step, so that nobody ever finds half of it there.
///
/// # Errors
///
/// When `out` is one of the files that `document` was read from, or the file system refuses; then nothing has changed.
pub fn write(
    text: &str,
    out: &Path,
    document: &Path,
    sources: &Sources,
) -> Result<(), BundleError> {
    if is_source(out, document, sources) {
        return Err(BundleError::IsSource(out.to_owned()));
    }
    let folder = match out.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let put = || -> io::Result<()> {
        let mut file = tempfile::Builder::new()
            .prefix(".sdk-generator-bundle-")
            .tempfile_in(folder)
            // Its own text tells a name that nobody gave.
            .map_err(|error| io::Error::from(error.kind()))?;
        file.write_all(text.as_bytes())?;
        readable_by_all(file.as_file())?;
        file.persist(out).map_err(|error| error.error)?;
        Ok(())
    };
    put().map_err(|source| BundleError::Write {
        path: out.to_owned(),
        source,
    })
}

/// Gives a temporary file, which its owner alone may read, the permissions of an ordinary one.
#[cfg(unix)]
fn readable_by_all(file: &fs::File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable_by_all(_: &fs::File) -> io::Result<()> {
    Ok(())
}

/// Whether `out` is, behind links, one of the files of the document or an overlay; their names start from the working folder.
fn is_source(out: &Path, document: &Path, sources: &Sources) -> bool {
    let (Ok(out), Ok(document)) = (fs::canonicalize(out), fs::canonicalize(document)) else {
        return false;
    };
    out == document
        || sources
            .files()
            .skip(1)
            .any(|file| fs::canonicalize(file.name()).is_ok_and(|path| path == out))
}

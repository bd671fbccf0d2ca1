//! Why reading a body piece by piece stopped.

use std::io;
use std::path::PathBuf;

use super::{DecodeProblem, TransportError};

/// Why a body could not be written to a file.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SaveError {
    /// The exchange broke.
    #[error(transparent)]
    Transport(#[from] TransportError),
    /// The file cannot be written.
    #[error("cannot write {}: {_1}", _0.display())]
    File(PathBuf, #[source] io::Error),
}

/// Why the next value of a body cannot be had; behind a value that does not decode the next can be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StreamError {
    /// The exchange broke.
    #[error(transparent)]
    Transport(#[from] TransportError),
    /// A value is not what was expected.
    #[error("a value of the body does not decode: {0}")]
    Decode(DecodeProblem),
}

//! Why reading a body piece by piece stopped.

use super::{DecodeProblem, TransportError};

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

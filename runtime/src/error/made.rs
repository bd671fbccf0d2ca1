//! How a call was made that failed: what every kind of error tells of it.

use std::fmt;

use super::{OperationName, printable};

/// How a call was made.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Made {
    /// How many attempts it took.
    pub(crate) attempts: u32,
    /// Whether making it again does no harm, whatever the server has done.
    pub(crate) is_repeatable: bool,
}

impl Made {
    /// Once, and repeatable if its method is (RFC 9110, section 9.2.2).
    pub(crate) fn once(operation: &OperationName) -> Self {
        Self {
            attempts: 1,
            is_repeatable: operation.method.is_idempotent(),
        }
    }
}

/// What stands at the end of an error's text: nothing after one attempt.
impl fmt::Display for Made {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.attempts {
            0 | 1 => Ok(()),
            several => write!(f, " ({several} attempts)"),
        }
    }
}

/// What an error's text says of the id under which the server logged the exchange: nothing where it told none.
pub(crate) struct TrackedAs(pub(crate) Option<String>);

impl fmt::Display for TrackedAs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Some(id) => write!(f, " (tracking id {})", printable(id)),
            None => Ok(()),
        }
    }
}

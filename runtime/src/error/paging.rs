//! Lists that cannot be gone through to their end, though the server answered every call.

use std::error::Error as StdError;
use std::fmt;

use super::{Error, OperationName};

/// A list that cannot be gone through to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PagingError {
    operation: OperationName,
    fault: PagingFault,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PagingFault {
    /// A page names as the next one that was there before.
    Circle,
    /// The list has more items than the caller wants.
    TooMany(usize),
    /// The position is one in a list that is paged in another way.
    ForeignPosition,
    /// The request has no JSON object as its body, in which a search goes on.
    NoBody,
    /// The last item of a page has no value in this field, by which the search would go on.
    NoSortValue(String),
}

impl PagingError {
    pub(crate) fn new(operation: OperationName, fault: PagingFault) -> Self {
        Self { operation, fault }
    }

    /// Method and path template of the operation.
    pub fn operation(&self) -> &OperationName {
        &self.operation
    }

    /// Whether the list has more items than [`collect_all`](crate::Items::collect_all) was to take.
    pub fn is_too_many(&self) -> bool {
        matches!(self.fault, PagingFault::TooMany(_))
    }

    /// Whether a page named as the next one that was there before.
    pub fn is_circle(&self) -> bool {
        self.fault == PagingFault::Circle
    }
}

impl fmt::Display for PagingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.operation)?;
        match &self.fault {
            PagingFault::Circle => f.write_str(
                "the next page, as the service names it, has been read before, so that the list would never end",
            ),
            PagingFault::TooMany(limit) => write!(
                f,
                "the list has more than {limit} items; raise the limit, or take them one by one with `stream`"
            ),
            PagingFault::ForeignPosition => f.write_str(
                "the position is from a list that is paged in another way; start from the beginning, or use the request of that list",
            ),
            PagingFault::NoBody => f.write_str(
                "the request needs a JSON object as its body, to say where the search continues; set the operation's body",
            ),
            PagingFault::NoSortValue(field) => write!(
                f,
                "the last item of a page has no `{field}`, which the search needs to continue; have the answer include that field"
            ),
        }
    }
}

impl<E> From<PagingError> for Error<E> {
    fn from(error: PagingError) -> Self {
        Self::Paging(Box::new(error))
    }
}

impl StdError for PagingError {}

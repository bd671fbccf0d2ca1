//! Operations of which one call is not all: those that answer with a page of a list, and those that start a job.

use super::{OperationId, Type};

/// How an operation answers with a page of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct OperationPaging {
    /// The style of the target file, by name.
    pub style: String,
    /// What the list is of.
    pub item: Type,
    /// What is answered: the list, or an object that holds it.
    pub answer: Type,
    /// The place of the field that holds the list among those of the object; none where the answer is the list.
    pub member: Option<usize>,
    /// The most items that a page may have, where the document tells it.
    pub page_size: Option<u32>,
}

/// Which job an operation starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperationJob {
    /// Its kind in the target file, by name.
    pub kind: String,
    /// The operation that tells its state.
    pub status: OperationId,
}

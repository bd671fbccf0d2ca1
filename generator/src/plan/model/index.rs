//! What ids lead to: an API gives the tags, operations and error sets of the ids that it gave.

use super::{Api, ErrorSet, ErrorSetId, Operation, OperationId, Tag, TagId};
use std::ops::Index;

impl Index<TagId> for Api {
    type Output = Tag;

    /// The tag of an id that this API gave.
    #[allow(
        clippy::indexing_slicing,
        reason = "ids are made from the places of this list, which does not change"
    )]
    fn index(&self, id: TagId) -> &Tag {
        &self.tags[id.0]
    }
}

impl Index<OperationId> for Api {
    type Output = Operation;

    /// The operation of an id that this API gave.
    #[allow(
        clippy::indexing_slicing,
        reason = "ids are made from the places of this list, which does not change"
    )]
    fn index(&self, id: OperationId) -> &Operation {
        &self.operations[id.0]
    }
}

impl Index<ErrorSetId> for Api {
    type Output = ErrorSet;

    /// The error set of an id that this API gave.
    #[allow(
        clippy::indexing_slicing,
        reason = "ids are made from the places of this list, which does not change"
    )]
    fn index(&self, id: ErrorSetId) -> &ErrorSet {
        &self.error_sets[id.0]
    }
}

//! Where a node of the plan comes from.

use crate::pointer::JsonPointer;

/// Where something that is planned comes from. It is no part of what the thing is, so two things are equal whatever their origins.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    /// The place in the document.
    pub pointer: JsonPointer,
}

impl PartialEq for Origin {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Origin {
    /// What comes from this place.
    pub fn at(pointer: JsonPointer) -> Self {
        Self { pointer }
    }
}

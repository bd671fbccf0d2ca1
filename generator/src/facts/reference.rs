//! References: where a thing is used, it stands there itself or is a component that is named.

use crate::pointer::JsonPointer;

/// A thing where it is used.
#[derive(Clone, Debug, PartialEq)]
pub enum Use<T> {
    /// It stands here.
    Inline(T),
    /// It is a component.
    Reference(Reference),
}

impl<T> Use<T> {
    /// The thing, where it stands here.
    pub fn as_inline(&self) -> Option<&T> {
        match self {
            Self::Inline(item) => Some(item),
            Self::Reference(_) => None,
        }
    }

    /// The reference, where there is one.
    pub fn as_reference(&self) -> Option<&Reference> {
        match self {
            Self::Inline(_) => None,
            Self::Reference(reference) => Some(reference),
        }
    }
}

/// A reference to a component.
#[derive(Clone, Debug, PartialEq)]
pub struct Reference {
    /// `$ref`, as it stands in the tree of all files.
    pub text: String,
    /// The component that it leads to in the end, through components that are references themselves; `None` when it leads to
    /// nothing that can stand here.
    pub component: Option<String>,
    /// `summary` beside it (3.1).
    pub summary: Option<String>,
    /// `description` beside it (3.1).
    pub description: Option<String>,
    /// Where it stands.
    pub pointer: JsonPointer,
}

//! Why a field of a filter is compared with values of its kind.

use crate::pointer::JsonPointer;
use std::fmt;

/// Why a field is compared with values of its kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KindReason {
    /// The items have a property of this name, whose schema stands there.
    Property(JsonPointer),
    /// They have none, or nothing is known of its values.
    Unknown,
}

impl KindReason {
    /// Where the property stands.
    pub fn property(&self) -> Option<&JsonPointer> {
        match self {
            Self::Property(pointer) => Some(pointer),
            Self::Unknown => None,
        }
    }
}

impl fmt::Display for KindReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Property(_) => "the items of the answer have a property of this name, of this kind",
            Self::Unknown => {
                "the items of the answer have no property of this name whose kind is known, so it is taken to be a text"
            }
        })
    }
}

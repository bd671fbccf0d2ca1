//! Takes the emitted files of a crate and gives what its callers can name: modules' types, fields, variants, methods, requests and
//! features, each with its signature. Beside those of another version it gives what changes for callers. Exists because a changed line
//! of a document may break every program that uses the crate, or none: the document does not tell which.
//!
//! What is read is the Rust text itself, so nothing is missed that a template emits. Types are compared by their last names, so that one
//! that moves between modules that callers do not see is no change. The mock (`mock`) follows from the rest and is left out.

mod differ;
mod items;
mod macros;
mod read;
mod report;
mod text;

pub use differ::{Difference, differences};
pub use report::{report, summary};

use crate::files::FileSet;
use std::collections::BTreeMap;

/// What callers of a crate can name, by path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Surface {
    items: BTreeMap<String, Item>,
}

/// One thing that callers can name.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Item {
    /// What it is, as it is shown.
    head: String,
    /// What it is, as it is compared: without what no caller depends on.
    essence: String,
    /// The item that it is a part of.
    part_of: Option<String>,
    /// Whether callers that compile today do not when it is new: a field of a struct that they may write out, a variant of an enum of
    /// which they may match all.
    breaks_when_new: bool,
}

/// A file that is no Rust.
#[derive(Debug, thiserror::Error)]
#[error("{path} cannot be read as Rust: {source}")]
pub struct SurfaceError {
    /// The file.
    pub path: String,
    /// What is wrong with it.
    pub source: syn::Error,
}

impl Surface {
    /// What callers of the crate of these files can name.
    ///
    /// # Errors
    ///
    /// When a file of `src/` is no Rust, such as one that was edited by hand.
    pub fn of(files: &FileSet) -> Result<Self, SurfaceError> {
        read::read(files).map(|items| Self { items })
    }

    fn is_empty(&self) -> bool {
        self.items.is_empty()
    }
}

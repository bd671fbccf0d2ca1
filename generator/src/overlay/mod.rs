//! Takes a loaded document and OpenAPI Overlays (1.0, <https://spec.openapis.org/overlay/v1.0.0.html>) and gives the document
//! that they make of it. Exists so that a vendor's document can be corrected without copying it, each correction with its reason.
//!
//! An overlay is a list of actions. Each selects nodes by a JSONPath (RFC 9535), and merges an object into them, appends to
//! them, or removes them. The paths are those of the one document that `bundle` prints, however many files it was read from.
//!
//! The specification lets an action succeed that selects nothing. Here that is an error, and so is one that changes nothing:
//! a correction that no longer applies is a correction that somebody has to look at. Nodes that are neither objects nor arrays
//! can be removed as well, which the specification allows from its version 1.1 on.
//!
//! The modules: `read` makes an [`Overlay`] of a file, `select` finds the nodes of a target, and `apply` changes the tree.

mod apply;
mod read;
mod select;
#[cfg(test)]
mod tests;

pub use apply::apply;
pub use read::read;

use crate::diagnostics::Diagnostics;
use crate::load;
use crate::pointer::JsonPointer;
use crate::source::{FileId, Sources};
use select::Target;
use serde_json::Value;
use std::path::PathBuf;

/// An overlay, as its file says it.
#[derive(Debug)]
pub struct Overlay {
    /// Its file.
    pub file: FileId,
    /// What it does, in order.
    pub actions: Vec<Action>,
}

/// One change of the document.
#[derive(Debug)]
pub struct Action {
    /// The place of the action in the overlay's file.
    pub pointer: JsonPointer,
    /// Which nodes it changes.
    pub target: Target,
    /// What it does to them.
    pub change: Change,
    /// What it is for (`description`).
    pub description: Option<String>,
    /// Why it is right, and where that is known from (`x-reason`).
    pub reason: Option<String>,
}

/// What an action does to a node.
#[derive(Debug)]
pub enum Change {
    /// It merges this into an object, or appends it to an array.
    Update(Value),
    /// It takes the node out of the object or array that holds it.
    Remove,
}

/// Applies the overlays in `files`, one after the other, to a document that was loaded.
///
/// `None` when one of them cannot be read or applied, or nothing is left; the reason is then among the diagnostics.
pub fn apply_files(
    files: &[PathBuf],
    mut tree: Value,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<Value> {
    if files.is_empty() {
        return Some(tree);
    }
    let mut failed = false;
    for file in files {
        match read(file, sources, diagnostics) {
            Some(overlay) => failed |= !apply(&overlay, &mut tree, sources, diagnostics),
            None => failed = true,
        }
    }
    if failed {
        return None;
    }
    let (tree, edited) = load::load_edited(tree, std::mem::take(sources), diagnostics);
    *sources = edited;
    tree
}

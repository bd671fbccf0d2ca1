//! Takes the bytes of files and gives trees, with the way back from each node to its line.
//!
//! This room knows text, and nothing of OpenAPI but which few scalars are text by definition. The loader reads files through it, and
//! diagnostics ask it for lines. The modules: `read` tells JSON from YAML and reads one text into a tree, `tree` builds the tree from the
//! events of a parser (`json` or `yaml`) within what a `reading` may use, `mend` and `deep` see to texts that a parser cannot take, `trail` is the way from the root to a node while it is read, `places` keeps where in the text a
//! node stands, and `files` keeps the texts to show places in.

mod deep;
mod files;
mod json;
mod mend;
mod places;
mod position;
mod read;
mod reading;
mod trail;
mod tree;
mod yaml;

pub(crate) use files::FileId;
pub use files::{SourceFile, Sources};
pub use position::Position;
pub(crate) use read::{Text, read_text, tree_allowance};
pub(crate) use reading::{Fault, FaultKind, Stop, weigh};
pub(crate) use trail::Trail;
pub(crate) use tree::MAX_DEPTH;

use serde_json::Value;

/// Prints a tree as YAML that reads back as the same tree.
///
/// # Errors
///
/// With the reason of the YAML library; no tree that was read is known to cause one.
pub fn to_yaml(tree: &Value) -> Result<String, String> {
    yaml::print(tree)
}

/// Why a text could not be read.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub(crate) struct SyntaxError {
    pub(crate) message: String,
    /// The byte at which it was noticed.
    pub(crate) offset: Option<usize>,
    /// The limit that the parser itself ran into, when it was one.
    pub(crate) stop: Option<Stop>,
}

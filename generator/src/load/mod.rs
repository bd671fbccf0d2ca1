//! Takes the path of an OpenAPI document and gives one tree, with the way back from each node to its line.
//!
//! This phase alone reads documents from the disk. A document may be spread over many files that are tied by `$ref`;
//! what comes out refers to nothing outside itself, so that no later phase has to know about files. Nothing
//! outside the folder of the root document is opened, and nothing is fetched from a network.
//!
//! The modules: `library` opens files and `ahead` reads them on all cores, both by way of [`crate::source`];
//! `reference` and `resolve` look up a `$ref`, `place_kind` knows what stands at which place of a document, and
//! `tie` makes one tree of all of them (`place` puts targets where they belong, `lost` tells what becomes of a reference that leads
//! nowhere, `examples` and `mappings` know the references that are not written as such). `data` reads files that are no part of the
//! document, and `edit` ties a tree again after somebody edited it.
//!
//! Only a root document that cannot be read, or that asks for something outside its folder, ends the generation. Any other
//! reference that leads nowhere affects only the place where it stands, and a warning reports it.

mod ahead;
mod circle;
mod data;
mod edit;
mod examples;
mod fault;
mod folder;
mod identified;
mod library;
mod lost;
mod mappings;
mod names;
mod place;
mod place_kind;
mod reference;
mod resolve;
mod tie;
pub use data::{DataFile, read_data};
pub use edit::{RemovedElements, load_edited};

use crate::diagnostics::Diagnostics;
pub use crate::source::{SourceFile, Sources};
use library::Library;
use serde_json::Value;
use std::path::Path;

/// The largest file that is read, in bytes (64 MiB).
pub const MAX_FILE_BYTES: usize = 64 << 20;

/// The most that is read from all files together, in bytes (256 MiB).
pub const MAX_TOTAL_BYTES: usize = 256 << 20;

/// The most files that one document may be spread over.
pub const MAX_FILES: usize = 10_000;

/// The size of the trees of one document, in bytes as the loader counts them: text, 32 for each node, and 16 KiB for each
/// target that takes the place of a reference (256 MiB). It bounds what references that are replaced in place can multiply.
pub const MAX_TREE_BYTES: usize = 256 << 20;

/// A document as one tree.
#[derive(Debug)]
pub struct Loaded {
    /// The tree. Every `$ref` in it, outside of example data, is `#/components/…` and the plain text of a name in the section that
    /// belongs where it stands (without percent-encoding).
    pub tree: Value,
    /// The texts that it was read from.
    pub sources: Sources,
}

/// Reads the document at `path` and the files that it refers to.
///
/// `None` when there is no tree; the reason is then among the diagnostics. A tree may come along with errors as well.
pub fn load(path: &Path, diagnostics: &mut Diagnostics) -> Option<Loaded> {
    let (tree, sources) = load_with_sources(path, diagnostics);
    Some(Loaded {
        tree: tree?,
        sources,
    })
}

/// Like [`load`], but gives the texts even when there is no tree, so that a syntax error can be shown in its line.
pub fn load_with_sources(path: &Path, diagnostics: &mut Diagnostics) -> (Option<Value>, Sources) {
    let mut library = Library::default();
    let root = library.open_root(path, diagnostics);
    tie::tie(library, root, diagnostics)
}

/// Reads a document from memory. It cannot refer to any file.
///
/// `name` stands for the file in diagnostics; the text is JSON when it ends in `.json`, otherwise YAML.
pub fn load_str(name: &str, text: &str, diagnostics: &mut Diagnostics) -> Option<Loaded> {
    let mut library = Library::default();
    let root = library.open_text(name, text, diagnostics);
    let (tree, sources) = tie::tie(library, root, diagnostics);
    Some(Loaded {
        tree: tree?,
        sources,
    })
}

//! Takes the path of a file that is no part of the document (an overlay) and gives its tree, with its text among the sources.
//!
//! Such a file is named by the person who runs the generator, so it may stand in any folder; no reference in it is followed.

use super::library::read_bytes;
use super::{MAX_FILE_BYTES, fault};
use crate::diagnostics::{Diagnostics, Position};
use crate::pointer::JsonPointer;
use crate::source::{FileId, SourceFile, Sources, read_text, tree_allowance};
use serde_json::Value;
use std::path::Path;

/// A file that was read, and the way from its nodes to its lines.
#[derive(Debug)]
pub struct DataFile {
    /// What it holds.
    pub tree: Value,
    /// Its number among the sources.
    pub id: FileId,
}

/// Reads the file at `path`; `None` when that cannot be done, and the reason is then among the diagnostics.
pub fn read_data(
    path: &Path,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<DataFile> {
    let name = path.to_string_lossy().into_owned();
    let at = JsonPointer::root();
    let bytes = match read_bytes(path, MAX_FILE_BYTES) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => {
            diagnostics.push(fault::too_large(&name, at));
            return None;
        }
        Err(error) => {
            diagnostics.push(fault::unreadable(&name, &error.to_string(), at));
            return None;
        }
    };
    let mut file = SourceFile::new(name, bytes);
    if !file.is_text() {
        diagnostics.push(fault::not_text(&file, at));
        return None;
    }
    let allowance = tree_allowance(&file);
    let text = read_text(&mut file, false, allowance);
    let stop = text.stop();
    let (read, faults) = text.into_parts();
    let tree = match read {
        Ok(tree) => {
            fault::push_text_faults(&file, faults, false, &at, diagnostics);
            Some(tree)
        }
        Err(error) => {
            diagnostics.push(fault::syntax(&file, &error, stop, at));
            None
        }
    };
    let id = sources.add(file);
    Some(DataFile { tree: tree?, id })
}

impl Sources {
    /// Where the node at `pointer` of one file stands, a pointer into that file.
    pub fn locate_in(&self, file: FileId, pointer: &JsonPointer) -> Option<Position> {
        Some(self.file(file)?.locate(pointer))
    }
}

//! Takes the text of one file and gives its tree, read as JSON or as YAML by what it looks like, within a limit on its size.

use super::files::SourceFile;
use super::reading::{Dialect, Fault, Reading, Stop};
use super::{SyntaxError, json, yaml};
use serde_json::Value;

/// The size that the tree of any file may have, however small the text, in bytes.
const FREE_TREE_BYTES: usize = 4 << 20;

/// How many times its text a tree may weigh beyond [`FREE_TREE_BYTES`]. A text without aliases stays below 20, since a
/// node takes two characters at least.
const TREE_BYTES_PER_TEXT_BYTE: usize = 64;

/// What a text was read as.
pub(crate) struct Text {
    reading: Reading,
    /// How large the tree was allowed to be.
    allowance: usize,
    pub(crate) tree: Result<Value, SyntaxError>,
}

impl Text {
    /// How large the tree became, in bytes as [`super::weigh`] counts them.
    pub(crate) fn used(&self) -> usize {
        self.allowance.saturating_sub(self.reading.left())
    }

    /// Why the reading was given up, if it was.
    pub(crate) fn stop(&self) -> Option<Stop> {
        self.reading.stop()
    }

    /// The tree, and the faults in the order of the text.
    pub(crate) fn into_parts(self) -> (Result<Value, SyntaxError>, Vec<Fault>) {
        (self.tree, self.reading.into_faults())
    }
}

/// How large the tree of a file may be.
pub(crate) fn tree_allowance(file: &SourceFile) -> usize {
    file.text()
        .len()
        .saturating_mul(TREE_BYTES_PER_TEXT_BYTE)
        .saturating_add(FREE_TREE_BYTES)
}

/// Reads a text as what it looks like. Flow YAML looks like JSON at its start, so what is no JSON after all, and is not called
/// JSON by its name, is read again as YAML.
pub(crate) fn read_text(file: &mut SourceFile, is_root: bool, allowance: usize) -> Text {
    let read = |file: &mut SourceFile, reading: Reading, tree: Result<Value, SyntaxError>| {
        if tree.is_ok() {
            file.set_places(reading.take_places());
        }
        Text {
            reading,
            allowance,
            tree,
        }
    };
    if file.is_json() {
        let reading = Reading::new(Dialect::Json, is_root, allowance);
        let parsed = json::parse(file.text(), &reading);
        let is_limit =
            reading.stop().is_some() || parsed.as_ref().is_err_and(|error| error.stop.is_some());
        if parsed.is_err() && !is_limit {
            let again = Reading::new(Dialect::Json, is_root, allowance);
            if let Some(tree) = json::parse_mended(file.text(), &again) {
                return read(file, again, Ok(tree));
            }
        }
        if parsed.is_ok() || is_limit || file.has_json_name() {
            return read(file, reading, parsed);
        }
        file.take_for_yaml();
    }
    let reading = Reading::new(Dialect::Yaml, is_root, allowance);
    let parsed = yaml::parse(file.text(), &reading);
    read(file, reading, parsed)
}

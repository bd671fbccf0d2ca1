//! Takes diagnostics and gives records of plain fields: what machines read, as an interface that stays.

use super::{Code, Diagnostics, Severity};
use crate::source::Sources;
use serde::Serialize;

/// A diagnostic with its place. Fields that say nothing are null, never absent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Record<'d> {
    /// `error`, `warning` or `note`.
    pub severity: Severity,
    /// The stable name of its kind.
    pub code: Code,
    /// What is wrong.
    pub message: &'d str,
    /// What can be done about it.
    pub help: Option<&'d str>,
    /// The `METHOD /path` that it is about.
    pub operation: Option<&'d str>,
    /// The place in the tree of all files, as an RFC 6901 pointer.
    pub pointer: &'d str,
    /// The file: the document as it was named on the command line, or a path relative to its folder.
    pub file: Option<String>,
    /// Line, counted from 1.
    pub line: Option<usize>,
    /// Column in characters, counted from 1.
    pub column: Option<usize>,
}

/// The records of all diagnostics, in the order in which they were found.
pub fn records<'d>(diagnostics: &'d Diagnostics, sources: Option<&Sources>) -> Vec<Record<'d>> {
    diagnostics
        .iter()
        .map(|diagnostic| {
            let position = diagnostic.locate(sources);
            Record {
                severity: diagnostic.severity,
                code: diagnostic.code,
                message: &diagnostic.message,
                help: diagnostic.help.as_deref(),
                operation: diagnostic.operation.as_deref(),
                pointer: diagnostic.pointer.as_str(),
                line: position.as_ref().map(|position| position.line),
                column: position.as_ref().map(|position| position.column),
                file: position.map(|position| position.file),
            }
        })
        .collect()
}

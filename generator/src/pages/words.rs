//! The words of an operation, in the order in which pages show them.

use crate::plan::model::Operation;

/// The words of an operation: its summary, then its description, neither twice.
pub(super) fn words(operation: &Operation) -> (String, Option<String>) {
    let summary = operation
        .summary
        .clone()
        .or_else(|| operation.description.clone());
    let summary = summary.unwrap_or_else(|| format!("`{}`", operation.ident.word()));
    let description = operation
        .description
        .clone()
        .filter(|description| *description != summary);
    (summary, description)
}

//! Takes changes and gives the text that shows them to a person. Names and values come from documents that nobody has vetted, so
//! whatever could move a terminal's cursor is written as an escape.

use super::Change;
use crate::diagnostics::render::shown;
use std::fmt::Write;

/// The most operations that are named for one change.
const MAX_OPERATIONS: usize = 5;

/// The changes for people.
pub fn report(changes: &[Change]) -> String {
    let mut out = String::new();
    for change in changes {
        // Writing to a string cannot fail.
        let _ = write_change(&mut out, change);
    }
    let count = match changes.len() {
        0 => "Nothing changed.".to_owned(),
        1 => "1 change".to_owned(),
        count => format!("{count} changes"),
    };
    out.push_str(&count);
    out.push('\n');
    out
}

fn write_change(out: &mut String, change: &Change) -> std::fmt::Result {
    writeln!(out, "{:<7}  {}", change.kind, shown(&change.sentence))?;
    let place = match (&change.old_pointer, &change.new_pointer) {
        (Some(old), Some(new)) if old != new => format!("{old}, now {new}"),
        (Some(place), _) | (None, Some(place)) => place.to_string(),
        (None, None) => String::new(),
    };
    writeln!(out, "         at {}", shown(&place))?;
    let mut names: Vec<&str> = change.operations.iter().map(String::as_str).collect();
    let more = names.len().saturating_sub(MAX_OPERATIONS);
    names.truncate(MAX_OPERATIONS);
    if !names.is_empty() {
        let rest = match more {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        writeln!(out, "         in {}{rest}", shown(&names.join(", ")))?;
    }
    writeln!(out)
}

//! Calls of the runtime's macros as text.

use crate::pretty::MAX_LINE;

/// A call of one of the runtime's macros, as many entries on a line as there is room for.
pub(in crate::pages) fn macro_call(head: &str, entries: &[String], tail: String) -> String {
    let line = format!("sdk_runtime::{head} {{ {} }}{tail}", entries.join(", "));
    if line.len() < MAX_LINE {
        return line;
    }
    let mut text = format!("sdk_runtime::{head} {{");
    let mut width = MAX_LINE;
    for entry in entries {
        if width + entry.len() + 2 > MAX_LINE {
            text.push_str("\n   ");
            width = 3;
        }
        text.push_str(&format!(" {entry},"));
        width += entry.len() + 2;
    }
    text.push_str(&format!("\n}}{tail}"));
    text
}

/// A call of one of the runtime's macros in which each entry, two texts, has a line of its own.
pub(in crate::pages) fn table_call(
    head: &str,
    entries: impl Iterator<Item = (String, String)>,
    tail: &str,
) -> String {
    let mut text = format!("sdk_runtime::{head} {{");
    for (left, right) in entries {
        let gap = match left.len() + right.len() + 5 > MAX_LINE {
            _ if right.is_empty() => "",
            true => "\n        ",
            false => " ",
        };
        text.push_str(&format!("\n    {left}{gap}{right}"));
    }
    text.push_str(&format!("\n}}{tail}"));
    text
}

//! Takes diagnostics and gives the text that shows them to a person, each with the line that it is about.
//!
//! The shape is the one that rustc made known. Names, keys and lines come from a document that nobody has vetted, so
//! whatever could move a terminal's cursor, or turn the direction of its text, is written as an escape.

use super::{Code, Diagnostic, Diagnostics, Position, Severity};
use crate::source::Sources;
use crate::text::is_hidden;
use std::fmt::Write;

/// How many diagnostics of one code are shown before the rest is only counted.
const SHOWN_PER_CODE: usize = 3;

/// The most characters of a document's line that are shown before the column, and from it on.
const BEFORE_COLUMN: usize = 60;
const FROM_COLUMN: usize = 40;

/// The most characters of a message, a pointer or the like that are shown.
const MAX_TEXT: usize = 1_000;

/// Renders all diagnostics, and a count of them at the end; nothing when there are none.
pub fn render(diagnostics: &Diagnostics, sources: Option<&Sources>) -> String {
    if diagnostics.is_empty() {
        return String::new();
    }
    let mut out = String::new();
    for diagnostic in diagnostics.iter() {
        // Writing to a string cannot fail.
        let _ = render_one(&mut out, diagnostic, sources);
        out.push('\n');
    }
    out.push_str(&totals(diagnostics));
    out
}

/// Renders the diagnostics from `least` on by code, the gravest first: three of each, how many more there are, and then a table
/// of all codes, so that hundreds of alike ones do not hide the one that matters. `see_all` tells how to see the rest.
pub fn render_grouped(
    diagnostics: &Diagnostics,
    sources: Option<&Sources>,
    least: Severity,
    see_all: &str,
) -> String {
    if diagnostics.is_empty() {
        return String::new();
    }
    let groups = by_code(diagnostics);
    let mut out = String::new();
    for (severity, code, group) in groups.iter().filter(|(severity, ..)| *severity >= least) {
        for diagnostic in group.iter().take(SHOWN_PER_CODE) {
            let _ = render_one(&mut out, diagnostic, sources);
            out.push('\n');
        }
        let more = group.len().saturating_sub(SHOWN_PER_CODE);
        if more > 0 {
            let _ = writeln!(
                out,
                "… {more} more {severity}[{}]; {see_all}\n",
                code.name()
            );
        }
    }
    if groups.len() > 1 || diagnostics.iter().count() > SHOWN_PER_CODE {
        for (severity, code, group) in &groups {
            let kind = severity.to_string();
            let _ = writeln!(out, "{:>7}  {kind:<7}  {}", group.len(), code.name());
        }
        out.push('\n');
    }
    out.push_str(&totals(diagnostics));
    out
}

/// The diagnostics by severity, the gravest first, and code, both in the order in which they were first found.
fn by_code(diagnostics: &Diagnostics) -> Vec<(Severity, Code, Vec<&Diagnostic>)> {
    let mut groups: indexmap::IndexMap<(Severity, Code), Vec<&Diagnostic>> =
        indexmap::IndexMap::new();
    for diagnostic in diagnostics.iter() {
        let key = (diagnostic.severity, diagnostic.code);
        groups.entry(key).or_default().push(diagnostic);
    }
    let mut groups: Vec<_> = groups
        .into_iter()
        .map(|((severity, code), group)| (severity, code, group))
        .collect();
    groups.sort_by_key(|(severity, ..)| std::cmp::Reverse(*severity));
    groups
}

/// How many there are of each severity, on a line.
fn totals(diagnostics: &Diagnostics) -> String {
    let kinds = [Severity::Error, Severity::Warning, Severity::Note];
    let counts = kinds.into_iter().filter_map(|severity| {
        let count = diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.severity == severity)
            .count();
        (count > 0).then(|| format!("{count} {severity}{}", if count == 1 { "" } else { "s" }))
    });
    counts.collect::<Vec<_>>().join(", ") + "\n"
}

fn render_one(
    out: &mut String,
    diagnostic: &Diagnostic,
    sources: Option<&Sources>,
) -> std::fmt::Result {
    let Diagnostic {
        severity,
        code,
        pointer,
        operation,
        message,
        help,
        position: _,
    } = diagnostic;
    writeln!(out, "{severity}[{}]: {}", code.name(), shown(message))?;
    let located = diagnostic.locate(sources);
    let mut gutter = 1;
    if let Some(position) = &located {
        gutter = position.line.to_string().len();
        let arrow_indent = gutter.saturating_sub(1);
        writeln!(
            out,
            "{:arrow_indent$}--> {}:{}:{}",
            "",
            shown(&position.file),
            position.line,
            position.column
        )?;
        if let Some(line) = sources.and_then(|sources| sources.line(position)) {
            render_line(out, position, line, gutter)?;
        }
    }
    // The empty pointer is the whole document, which says nothing that the position does not.
    let at = pointer.parent().map(|_| pointer.to_string());
    for (label, text) in [
        ("at", at.as_ref()),
        ("operation", operation.as_ref()),
        ("help", help.as_ref()),
    ] {
        if let Some(text) = text {
            writeln!(out, "{:gutter$}= {label}: {}", "", shown(text))?;
        }
    }
    Ok(())
}

/// Where something stands, and the line that it stands in with a mark below the column.
pub(crate) fn render_place(position: &Position, sources: &Sources) -> String {
    let gutter = position.line.to_string().len();
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = writeln!(
        out,
        "{:indent$}--> {}:{}:{}",
        "",
        shown(&position.file),
        position.line,
        position.column,
        indent = gutter.saturating_sub(1)
    );
    if let Some(line) = sources.line(position) {
        let _ = render_line(&mut out, position, line, gutter);
    }
    out
}

/// Writes a line of the document, cut around the column, and a caret below the column.
fn render_line(
    out: &mut String,
    position: &Position,
    line: &str,
    gutter: usize,
) -> std::fmt::Result {
    let column = position.column.saturating_sub(1);
    let skipped = column.saturating_sub(BEFORE_COLUMN);
    let mut chars = line.chars().skip(skipped);
    let mut before = String::from(if skipped > 0 { "…" } else { "" });
    for char in chars.by_ref().take(column.saturating_sub(skipped)) {
        push_inert(&mut before, char);
    }
    let mut after = String::new();
    for char in chars.by_ref().take(FROM_COLUMN) {
        push_inert(&mut after, char);
    }
    if chars.next().is_some() {
        after.push('…');
    }
    let shown = format!("{before}{after}");
    writeln!(out, "{:gutter$}|", "")?;
    writeln!(out, "{}|{}", position.line, shown.trim_end())?;
    let caret_indent = before.chars().count();
    writeln!(out, "{:gutter$}|{:caret_indent$}^", "", "")
}

/// Text that may stem from a document, made inert and cut to a bearable length.
pub(crate) fn shown(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars();
    for char in chars.by_ref().take(MAX_TEXT) {
        push_inert(&mut out, char);
    }
    if chars.next().is_some() {
        out.push('…');
    }
    out
}

/// Adds a character as it is, or as an escape when a terminal could obey it instead of showing it.
fn push_inert(out: &mut String, char: char) {
    match char {
        // One column, as it is counted; the caret would not meet it otherwise.
        '\t' => out.push(' '),
        _ if is_hidden(char) => out.extend(char.escape_default()),
        _ => out.push(char),
    }
}

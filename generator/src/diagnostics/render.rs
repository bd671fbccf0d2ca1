//! Takes diagnostics and gives the text that shows them to a person, each with the line that it is about.
//!
//! The shape is the one that rustc made known. Names, keys and lines come from a document that nobody has vetted, so
//! whatever could move a terminal's cursor, or turn the direction of its text, is written as an escape.

use super::catalogue::entry;
use super::styles::Styles;
use super::{Code, Diagnostic, Diagnostics, Position, Severity};
use crate::source::Sources;
use crate::text::is_hidden;
use anstyle::Style;
use std::fmt::Write;
use std::path::Path;

/// How many diagnostics of one code are shown before the rest is only counted.
const SHOWN_PER_CODE: usize = 3;

/// The most characters of a document's line that are shown before the column, and from it on.
const BEFORE_COLUMN: usize = 60;
const FROM_COLUMN: usize = 40;

/// The most characters of a message, a pointer or the like that are shown.
const MAX_TEXT: usize = 1_000;

/// Shows diagnostics.
#[derive(Clone, Copy, Debug)]
pub struct Renderer<'s> {
    /// The files of the document.
    pub sources: Option<&'s Sources>,
    /// The folder that the paths of files are told from, where they begin with it.
    pub root: &'s str,
    /// How parts of the text are set off.
    pub styles: Styles,
}

/// Renders all diagnostics as plain text, and a count of them at the end; nothing when there are none.
pub fn render(diagnostics: &Diagnostics, sources: Option<&Sources>) -> String {
    Renderer::plain(sources).all(diagnostics)
}

impl<'s> Renderer<'s> {
    /// One that writes plain text.
    pub const fn plain(sources: Option<&'s Sources>) -> Self {
        Self {
            sources,
            root: "",
            styles: Styles::PLAIN,
        }
    }

    /// Renders all diagnostics, and a count of them at the end; nothing when there are none.
    pub fn all(&self, diagnostics: &Diagnostics) -> String {
        if diagnostics.is_empty() {
            return String::new();
        }
        let mut out = String::new();
        for diagnostic in diagnostics.iter() {
            // Writing to a string cannot fail.
            let _ = self.render_one(&mut out, diagnostic);
            out.push('\n');
        }
        out.push_str(&totals(diagnostics));
        out
    }

    /// Renders the diagnostics from `least` on by code, the gravest first: three of each, how many more there are, and then a table
    /// of all codes, so that hundreds of alike ones do not hide the one that matters. `see_all` tells how to see the rest.
    pub fn grouped(&self, diagnostics: &Diagnostics, least: Severity, see_all: &str) -> String {
        if diagnostics.is_empty() {
            return String::new();
        }
        let groups = by_code(diagnostics);
        let mut out = String::new();
        for (severity, code, group) in groups.iter().filter(|(severity, ..)| *severity >= least) {
            let style = self.styles.of(*severity);
            for diagnostic in group.iter().take(SHOWN_PER_CODE) {
                let _ = self.render_one(&mut out, diagnostic);
                out.push('\n');
            }
            let more = group.len().saturating_sub(SHOWN_PER_CODE);
            if more > 0 {
                let _ = writeln!(
                    out,
                    "… {more} more {style}{severity}[{}]{style:#}; {see_all}\n",
                    code.name()
                );
            }
        }
        if groups.len() > 1 || diagnostics.iter().count() > SHOWN_PER_CODE {
            for (severity, code, group) in &groups {
                let style = self.styles.of(*severity);
                let kind = severity.to_string();
                let count = group.len();
                let _ = writeln!(
                    out,
                    "{count:>7}  {style}{kind:<7}{style:#}  {}",
                    code.name()
                );
            }
            out.push('\n');
        }
        out.push_str(&totals(diagnostics));
        out
    }

    fn render_one(&self, out: &mut String, diagnostic: &Diagnostic) -> std::fmt::Result {
        let Diagnostic {
            severity,
            code,
            pointer,
            operation,
            message,
            help,
            position: _,
        } = diagnostic;
        let (style, strong) = (self.styles.of(*severity), self.styles.strong);
        writeln!(
            out,
            "{style}{severity}[{}]{style:#}{strong}: {}{strong:#}",
            code.name(),
            shown(message)
        )?;
        let located = diagnostic.locate(self.sources);
        let mut gutter = 1;
        if let Some(position) = &located {
            gutter = position.line.to_string().len();
            self.render_arrow(out, position)?;
            if let Some(line) = self.sources.and_then(|sources| sources.line(position)) {
                self.render_line(out, position, line, style)?;
            }
        }
        // The empty pointer is the whole document, which says nothing that the position does not.
        let at = pointer.parent().map(|_| pointer.to_string());
        // Whoever meets a diagnostic is told what to do; the catalogue knows where its place does not ask for more.
        let help = help.as_deref().unwrap_or(entry(*code).fix);
        let frame = self.styles.frame;
        for (label, text) in [
            ("at", at.as_deref()),
            ("operation", operation.as_deref()),
            ("help", Some(help)),
        ] {
            if let Some(text) = text {
                writeln!(
                    out,
                    "{:gutter$}{frame}={frame:#} {strong}{label}{strong:#}: {}",
                    "",
                    shown(text)
                )?;
            }
        }
        Ok(())
    }

    /// Writes where something stands.
    fn render_arrow(&self, out: &mut String, position: &Position) -> std::fmt::Result {
        let indent = position.line.to_string().len().saturating_sub(1);
        let (frame, path) = (self.styles.frame, self.styles.path);
        let file = Path::new(&position.file);
        let file = file.strip_prefix(self.root).unwrap_or(file);
        writeln!(
            out,
            "{:indent$}{frame}-->{frame:#} {path}{}:{}:{}{path:#}",
            "",
            shown(&file.to_string_lossy()),
            position.line,
            position.column
        )
    }

    /// Writes a line of the document, cut around the column, and a caret below the column.
    fn render_line(
        &self,
        out: &mut String,
        position: &Position,
        line: &str,
        mark: Style,
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
        let number = position.line.to_string();
        let gutter = number.len();
        let frame = self.styles.frame;
        writeln!(out, "{frame}{:gutter$}|{frame:#}", "")?;
        writeln!(out, "{frame}{number}|{frame:#}{}", shown.trim_end())?;
        let caret_indent = before.chars().count();
        writeln!(
            out,
            "{frame}{:gutter$}|{frame:#}{:caret_indent$}{mark}^{mark:#}",
            "", ""
        )
    }
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

/// Where something stands, and the line that it stands in with a mark below the column, as plain text.
pub(crate) fn render_place(position: &Position, sources: &Sources) -> String {
    let renderer = Renderer::plain(Some(sources));
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = renderer.render_arrow(&mut out, position);
    if let Some(line) = sources.line(position) {
        let _ = renderer.render_line(&mut out, position, line, Style::new());
    }
    out
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

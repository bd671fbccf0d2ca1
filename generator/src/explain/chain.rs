//! The explanation of one item, as a value and as text for people.

use super::Evidence;
use crate::diagnostics::render::{render_place, shown};
use crate::diagnostics::{Diagnostic, Position};
use crate::pointer::JsonPointer;
use crate::source::Sources;
use std::fmt::Write as _;

/// The way from a line of the document to an item of the crate.
#[derive(Debug)]
pub struct Chain<'r> {
    /// The place of the document.
    pub place: Place,
    /// What the document says there, in words.
    pub said: String,
    /// What there was to say about the place, about what holds it, and about what it holds.
    pub repairs: Vec<&'r Diagnostic>,
    /// What was decided, in order, each with its reason.
    pub decisions: Vec<Decision>,
    /// What came of it.
    pub item: Item,
}

/// A place of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Where the item comes from, in the repaired document.
    pub pointer: JsonPointer,
    /// The same in the document as it was loaded: the nearest place above, where a repair put the node there.
    pub found: JsonPointer,
    /// The file, line and column.
    pub position: Option<Position>,
}

impl Place {
    /// The place of a pointer.
    pub(super) fn of(evidence: &Evidence<'_>, pointer: &JsonPointer) -> Self {
        let mut found = pointer.clone();
        while evidence.document.pointer(found.as_str()).is_none() {
            let Some(above) = found.parent() else { break };
            found = above;
        }
        Self {
            position: evidence.sources.locate(&found),
            pointer: pointer.clone(),
            found,
        }
    }

    /// Whether the document has the place as it was loaded.
    pub fn is_exact(&self) -> bool {
        self.pointer == self.found
    }
}

/// A decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// What was decided.
    pub what: String,
    /// Why.
    pub why: String,
    /// The place that the reason comes from, where that is another one than the item's own.
    pub pointer: Option<JsonPointer>,
}

impl Decision {
    /// A decision for a reason that the item's own place gives.
    pub(super) fn new(what: impl Into<String>, why: impl ToString) -> Self {
        Self {
            what: what.into(),
            why: why.to_string(),
            pointer: None,
        }
    }

    /// The same, with the place that the reason comes from.
    pub(super) fn at_place(self, pointer: &JsonPointer) -> Self {
        Self {
            pointer: Some(pointer.clone()),
            ..self
        }
    }
}

/// An item of the crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What it is, in Rust's words.
    pub kind: &'static str,
    /// Its path from the crate's root.
    pub path: String,
    /// The type that it is declared as.
    pub declared: Option<String>,
    /// The file that it stands in.
    pub file: Option<String>,
}

/// How many steps from the root a place must be for a diagnostic about it to concern everything below it: `/paths/~1users` and
/// `/components/schemas/User` are items, what stands above them is the whole document.
const STEPS_TO_AN_ITEM: usize = 2;

/// The diagnostics about a place, about what holds it and about what it holds, in the order in which they were found.
pub(super) fn diagnostics_on_the_way<'r>(
    evidence: &Evidence<'r>,
    place: &Place,
) -> Vec<&'r Diagnostic> {
    let concerns = |diagnostic: &&Diagnostic| {
        let about = &diagnostic.pointer;
        let above = place.pointer.starts_with(about) && about.tokens().count() >= STEPS_TO_AN_ITEM;
        above || about.starts_with(&place.pointer) || about.starts_with(&place.found)
    };
    evidence.diagnostics.iter().filter(concerns).collect()
}

impl Chain<'_> {
    /// The explanation as text.
    pub fn text(&self, sources: &Sources) -> String {
        let mut out = String::new();
        // Writing to a string cannot fail.
        let _ = self.write(&mut out, sources);
        out
    }

    fn write(&self, out: &mut String, sources: &Sources) -> std::fmt::Result {
        let Item {
            kind,
            path,
            declared,
            file,
        } = &self.item;
        write!(out, "{kind} {}", shown(path))?;
        if let Some(declared) = declared {
            write!(out, ": {declared}")?;
        }
        writeln!(out)?;
        if let Some(file) = file {
            writeln!(out, "  in {}", shown(file))?;
        }
        writeln!(
            out,
            "\nThe document, at {}:",
            shown(&self.place.pointer.to_string())
        )?;
        if let Some(position) = &self.place.position {
            out.push_str(&render_place(position, sources));
        }
        writeln!(out, "  It says: {}.", shown(&self.said))?;
        if !self.repairs.is_empty() {
            writeln!(out, "\nRepairs and diagnostics:")?;
        }
        for diagnostic in &self.repairs {
            write!(out, "  {}[{}]", diagnostic.severity, diagnostic.code)?;
            if let Some(position) = diagnostic.locate(Some(sources)) {
                write!(out, " {}", at(&position))?;
            }
            writeln!(out, ": {}", shown(&diagnostic.message))?;
        }
        writeln!(out, "\nDecisions:")?;
        for Decision { what, why, pointer } in &self.decisions {
            write!(out, "  {}: {}", shown(what), shown(why))?;
            if let Some(pointer) = pointer {
                write!(out, " ({}", shown(&pointer.to_string()))?;
                if let Some(position) = sources.locate(pointer) {
                    write!(out, ", {}", at(&position))?;
                }
                write!(out, ")")?;
            }
            writeln!(out)?;
        }
        Ok(())
    }
}

fn at(position: &Position) -> String {
    format!(
        "{}:{}:{}",
        shown(&position.file),
        position.line,
        position.column
    )
}

//! What the generator has to say about a document, as values.
//!
//! Phases push [`Diagnostic`]s into a [`Diagnostics`] list and go on; the caller shows all of them together.
//! A diagnostic names its place by JSON pointer into the merged tree; the load phase knows from which file
//! and line each pointer came, and [`render`] joins the two.

pub mod catalogue;
mod code;
pub mod record;
pub mod render;
pub mod styles;

use crate::pointer::JsonPointer;
pub use crate::source::Position;
use crate::source::Sources;
pub use code::Code;
use serde::Serialize;
use std::fmt;

/// How much a diagnostic matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; the output is as good as the document.
    Note,
    /// The output is complete, but something in it is weaker than the document's author meant.
    Warning,
    /// Nothing can be generated.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

/// One thing to say about one place of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How much it matters.
    pub severity: Severity,
    /// Its stable name.
    pub code: Code,
    /// The place, in the merged tree.
    pub pointer: JsonPointer,
    /// The `METHOD /path` that it is about, where it is about one.
    pub operation: Option<String>,
    /// What is wrong, as a full sentence without the place.
    pub message: String,
    /// What the reader can do about it.
    pub help: Option<String>,
    /// Where it stands, when the phase that made it knows better than the pointer tells (a syntax error has no node).
    pub position: Option<Position>,
}

impl Diagnostic {
    fn new(
        severity: Severity,
        code: Code,
        pointer: JsonPointer,
        message: impl Into<String>,
    ) -> Self {
        Self {
            severity,
            code,
            pointer,
            operation: None,
            message: message.into(),
            help: None,
            position: None,
        }
    }

    /// A diagnostic that stops the generation.
    pub fn error(code: Code, pointer: JsonPointer, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, pointer, message)
    }

    /// A diagnostic that tells of a loss.
    pub fn warning(code: Code, pointer: JsonPointer, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, pointer, message)
    }

    /// A diagnostic that only informs.
    pub fn note(code: Code, pointer: JsonPointer, message: impl Into<String>) -> Self {
        Self::new(Severity::Note, code, pointer, message)
    }

    /// Adds what the reader can do.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds the operation that it is about.
    pub fn operation(mut self, operation: impl Into<String>) -> Self {
        self.operation = Some(operation.into());
        self
    }

    /// Where it stands: where the phase says, or else where its node came from.
    pub fn locate(&self, sources: Option<&Sources>) -> Option<Position> {
        self.position
            .clone()
            .or_else(|| sources?.locate(&self.pointer))
    }

    /// Adds a place that the phase knows itself.
    pub fn at(mut self, position: Position) -> Self {
        self.position = Some(position);
        self
    }
}

/// All diagnostics of a run, in the order in which they were found.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Whether one of them stops the generation.
    pub fn has_errors(&self) -> bool {
        self.list
            .iter()
            .any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The diagnostics, in the order in which they were found.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, iter: I) {
        self.list.extend(iter);
    }
}

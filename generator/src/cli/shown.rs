//! Takes the diagnostics of a run, gives their text for people: as many as they asked for, in the styles of where it goes.

use super::say::{self, Stream};
use crate::diagnostics::render::Renderer;
use crate::diagnostics::{Diagnostics, Severity};
use crate::source::Sources;

/// Which diagnostics are shown, and where.
#[derive(Clone, Copy)]
pub(super) struct Shown {
    /// Every one, in the order in which they were found; otherwise a few of each kind.
    pub(super) all: bool,
    /// The least that is shown of those.
    pub(super) least: Severity,
    /// The least that is shown when the run is quiet.
    pub(super) quiet: Severity,
    /// Where the text goes.
    pub(super) stream: Stream,
}

impl Shown {
    /// A few of each kind from `least` on, on standard error; errors alone when the run is quiet.
    pub(super) const fn from(least: Severity) -> Self {
        Self {
            all: false,
            least,
            quiet: Severity::Error,
            stream: Stream::Err,
        }
    }

    /// Every one, if that is asked for.
    pub(super) const fn all(self, all: bool) -> Self {
        Self { all, ..self }
    }

    /// The text of the diagnostics.
    pub(super) fn text(self, diagnostics: &Diagnostics, sources: Option<&Sources>) -> String {
        let renderer = Renderer {
            styles: say::styles(self.stream),
            ..Renderer::plain(sources)
        };
        let grave;
        let diagnostics = if say::is_quiet() {
            grave = from(diagnostics, self.quiet);
            &grave
        } else {
            diagnostics
        };
        if self.all {
            renderer.all(diagnostics)
        } else {
            renderer.grouped(diagnostics, self.least, "`--all` shows every one")
        }
    }
}

/// The diagnostics from a severity on.
pub(super) fn from(diagnostics: &Diagnostics, least: Severity) -> Diagnostics {
    let mut grave = Diagnostics::default();
    let kept = diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity >= least);
    grave.extend(kept.cloned());
    grave
}

/// Says that the errors above keep anything from being written.
pub(super) fn refusal(diagnostics: &Diagnostics) -> String {
    let errors = diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity == Severity::Error);
    format!(
        "Nothing was written: {} must be fixed first.",
        match errors.count() {
            1 => "the error above".to_owned(),
            count => format!("the {count} errors above"),
        }
    )
}

//! Takes what a run gave and gives its summary: what went in, what came out, and what was left untyped and why.

use crate::diagnostics::{Code, Position};
use crate::generate::Outcome;
use crate::init::Question;
use indexmap::IndexMap;
use std::fmt::{self, Write};

/// The summary of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Operations in the document.
    pub operations_in: usize,
    /// Operations in the crate.
    pub operations_out: usize,
    /// Types in the crate.
    pub types: usize,
    /// What was written in Rust; `None` when nothing was.
    pub rust: Option<Rust>,
    /// The fields without a type, by the reason, the most frequent first.
    pub untyped: Vec<Untyped>,
    /// What settings would answer.
    pub open: Vec<Question>,
}

/// How much Rust there is, apart from a copy of the runtime.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rust {
    /// Files.
    pub files: usize,
    /// Lines in all of them.
    pub lines: usize,
}

/// Fields without a type, for one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Untyped {
    /// Why.
    pub reason: String,
    /// Where: the pointer of each, and its place in a file.
    pub places: Vec<(String, Option<Position>)>,
}

impl Summary {
    /// Gathers the summary.
    pub fn of(outcome: &Outcome) -> Self {
        let mut reasons: IndexMap<&str, Vec<_>> = IndexMap::new();
        for diagnostic in outcome.diagnostics.iter() {
            if diagnostic.code == Code::Untyped {
                let position = diagnostic.locate(outcome.sources.as_ref());
                let place = (diagnostic.pointer.to_string(), position);
                reasons.entry(&diagnostic.message).or_default().push(place);
            }
        }
        let mut untyped: Vec<_> = reasons
            .into_iter()
            .map(|(reason, places)| Untyped {
                reason: reason.to_owned(),
                places,
            })
            .collect();
        untyped.sort_by_key(|untyped| std::cmp::Reverse(untyped.places.len()));
        Self {
            operations_in: outcome.operations_found,
            operations_out: outcome.operations,
            types: outcome.types,
            rust: outcome.files.as_ref().map(|files| {
                let rust = files
                    .iter()
                    .filter(|(path, _)| path.ends_with(".rs") && !path.starts_with("runtime/"));
                rust.fold(Rust::default(), |sum, (_, text)| Rust {
                    files: sum.files.saturating_add(1),
                    lines: sum.lines.saturating_add(count_lines(text)),
                })
            }),
            untyped,
            open: outcome.questions.clone(),
        }
    }

    /// How many fields have no type.
    pub fn untyped_fields(&self) -> usize {
        self.untyped
            .iter()
            .map(|untyped| untyped.places.len())
            .sum()
    }

    /// Every field without a type, a line for each, below its reason.
    pub fn untyped_places(&self) -> String {
        let mut out = String::new();
        for untyped in &self.untyped {
            let _ = writeln!(out, "untyped: {}", untyped.reason);
            for (pointer, position) in &untyped.places {
                let _ = match position {
                    Some(Position { file, line, column }) => {
                        writeln!(out, "  {file}:{line}:{column}: {pointer}")
                    }
                    None => writeln!(out, "  {pointer}"),
                };
            }
        }
        out
    }
}

/// What is open, a line for each question; nothing where nothing is.
pub fn questions(questions: &[Question]) -> String {
    let lengths = questions.iter().map(|question| question.setting.len());
    let Some(longest) = lengths.max() else {
        return String::new();
    };
    let mut text = "  open        questions that settings answer (`sdk-generator init` writes the file of settings):\n".to_owned();
    for Question {
        setting,
        text: asked,
    } in questions
    {
        let _ = writeln!(text, "    {setting:longest$}  {asked}");
    }
    text
}

/// The lines of a text.
fn count_lines(text: &[u8]) -> usize {
    text.iter().filter(|byte| **byte == b'\n').count()
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "  operations  {} in, {} out",
            self.operations_in, self.operations_out
        )?;
        writeln!(f, "  types       {}", self.types)?;
        if let Some(Rust { files, lines }) = self.rust {
            writeln!(f, "  Rust        {lines} lines in {files} files")?;
        }
        writeln!(f, "  untyped     {} fields", self.untyped_fields())?;
        for untyped in &self.untyped {
            writeln!(f, "{:>10}  {}", untyped.places.len(), untyped.reason)?;
        }
        f.write_str(&questions(&self.open))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::{Diagnostic, Diagnostics};
    use crate::files::FileSet;
    use crate::pointer::JsonPointer;

    #[test]
    fn the_summary_counts_and_groups() {
        let mut diagnostics = Diagnostics::default();
        for (code, place, message) in [
            (Code::Untyped, "a", "Why not."),
            (Code::NoServer, "b", "Nothing."),
            (Code::Untyped, "c", "Because."),
            (Code::Untyped, "d", "Because."),
        ] {
            let pointer = JsonPointer::root().child(place);
            diagnostics.push(Diagnostic::warning(code, pointer, message));
        }
        let mut files = FileSet::default();
        files.insert("src/lib.rs", "a\nb\n");
        files.insert("runtime/src/lib.rs", "a\n");
        files.insert("README.md", "a\n");
        let summary = Summary::of(&Outcome {
            files: Some(files),
            diagnostics,
            sources: None,
            operations_found: 5,
            operations: 5,
            types: 7,
            questions: vec![Question {
                setting: "[a] b",
                text: "What?".to_owned(),
            }],
            plan: None,
        });
        assert_eq!(summary.untyped_fields(), 3);
        assert_eq!(
            summary.to_string(),
            "  operations  5 in, 5 out\n  types       7\n  Rust        2 lines in 1 files\n  \
             untyped     3 fields\n         2  Because.\n         1  Why not.\n  \
             open        questions that settings answer (`sdk-generator init` writes the file of settings):\n    \
             [a] b  What?\n"
        );
        assert_eq!(
            summary.untyped_places(),
            "untyped: Because.\n  #/c\n  #/d\nuntyped: Why not.\n  #/a\n"
        );
    }
}

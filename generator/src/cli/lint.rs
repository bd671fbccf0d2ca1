//! `lint`: what there is to say about a document, for people or for machines.

use super::overlays::Overlays;
use super::progress::Progress;
use super::say::{self, Stream};
use super::shown::Shown;
use super::{must_exist, reading};
use crate::diagnostics::Severity;
use crate::diagnostics::record::{Record, records};
use crate::generate::{GenerateError, Outcome, find_faults};
use crate::pipeline;
use crate::report::Summary;
use clap::{Args, ValueEnum};
use serde::Serialize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Args)]
pub(super) struct Lint {
    /// The OpenAPI document.
    spec: PathBuf,
    #[command(flatten)]
    overlays: Overlays,
    /// For people, or one JSON document for machines.
    #[arg(long, value_enum, default_value_t = LintFormat::Human)]
    format: LintFormat,
    /// Shows every diagnostic, in the order of the phases, and every place without a type.
    #[arg(long)]
    all: bool,
    /// Makes the exit code 1 when there is a warning.
    #[arg(long, value_enum, value_name = "KIND")]
    deny: Option<Denied>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum LintFormat {
    Human,
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Denied {
    Warnings,
}

/// Runs the command.
pub(super) fn run(arguments: &Lint) -> anyhow::Result<ExitCode> {
    must_exist(&arguments.spec)?;
    let overlays = arguments.overlays.existing()?;
    let progress = match arguments.format {
        LintFormat::Human => Progress::new(),
        LintFormat::Json => Progress::silent(),
    };
    progress.phase(reading(&arguments.spec));
    let loaded = pipeline::load(&arguments.spec, overlays);
    progress.phase("looking for faults");
    let outcome = find_faults(loaded);
    drop(progress);
    let has_warnings = outcome
        .diagnostics
        .iter()
        .any(|diagnostic| diagnostic.severity == Severity::Warning);
    let has_errors = outcome.diagnostics.has_errors();
    match arguments.format {
        LintFormat::Json => print_json(&arguments.spec, &outcome)?,
        LintFormat::Human => print_lint(arguments, &outcome)?,
    }
    // A lost operation is a fault of the generator, which the author of the document cannot fix.
    if !has_errors && outcome.operations != outcome.operations_found {
        return Err(GenerateError::LostOperations {
            found: outcome.operations_found,
            kept: outcome.operations,
        }
        .into());
    }
    let denied = has_warnings && arguments.deny == Some(Denied::Warnings);
    Ok(if has_errors || denied {
        ExitCode::from(1)
    } else {
        ExitCode::SUCCESS
    })
}

/// What `lint --format json` prints. The README describes it: fields may be added, and none goes or changes its meaning.
#[derive(Serialize)]
struct LintDocument<'o> {
    document: String,
    operations: usize,
    types: usize,
    diagnostics: Vec<Record<'o>>,
}

fn print_json(spec: &Path, outcome: &Outcome) -> anyhow::Result<()> {
    let document = LintDocument {
        document: spec.to_string_lossy().into_owned(),
        operations: outcome.operations,
        types: outcome.types,
        diagnostics: records(&outcome.diagnostics, outcome.sources.as_ref()),
    };
    say::out_line(serde_json::to_string_pretty(&document)?)
}

fn print_lint(arguments: &Lint, outcome: &Outcome) -> anyhow::Result<()> {
    let shown = Shown {
        // What makes the run fail is no less than an error.
        quiet: match arguments.deny {
            Some(Denied::Warnings) => Severity::Warning,
            None => Severity::Error,
        },
        stream: Stream::Out,
        ..Shown::from(Severity::Note).all(arguments.all)
    };
    say::out(shown.text(&outcome.diagnostics, outcome.sources.as_ref()))?;
    say::tell_line(arguments.spec.display())?;
    let summary = Summary::of(outcome);
    say::tell(&summary)?;
    if arguments.all {
        say::tell(summary.untyped_places())?;
    }
    Ok(())
}

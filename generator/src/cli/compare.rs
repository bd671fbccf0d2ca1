//! `sdk-generator compare`: tells what changed from one document to another.
//!
//! Exit codes: 0 nothing changed; 1 something did; 2 a document or an overlay cannot be read.

use super::overlays::Overlays;
use super::progress::Progress;
use super::shown::{Shown, from};
use super::{must_exist, reading, say};
use crate::advice::advised;
use crate::compare::{Change, Options, compare, report};
use crate::diagnostics::Severity;
use crate::facts::Document;
use crate::pipeline;
use clap::{Args, ValueEnum};
use serde::Serialize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The words after `compare`.
#[derive(Args)]
pub(super) struct Compare {
    /// The old OpenAPI document.
    old: PathBuf,
    /// The new OpenAPI document.
    new: PathBuf,
    /// For people, or one JSON document for machines.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Compares titles, summaries, descriptions, examples and external documentation as well.
    #[arg(long)]
    texts: bool,
    #[command(flatten)]
    overlays: Overlays,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// What `--format json` prints. The README describes it: fields may be added, and none goes or changes its meaning.
#[derive(Serialize)]
struct Comparison<'c> {
    old: String,
    new: String,
    changes: &'c [Change],
}

/// Runs the command; the overlays apply to the old document.
pub(super) fn run(arguments: &Compare) -> anyhow::Result<ExitCode> {
    let old = read(&arguments.old, arguments.overlays.existing()?)?;
    let new = read(&arguments.new, &[])?;
    let options = Options {
        texts: arguments.texts,
    };
    let changes = compare(&old, &new, options);
    match arguments.format {
        Format::Text if changes.is_empty() => say::tell(report(&changes))?,
        Format::Text => say::out(report(&changes))?,
        Format::Json => {
            let comparison = Comparison {
                old: arguments.old.to_string_lossy().into_owned(),
                new: arguments.new.to_string_lossy().into_owned(),
                changes: &changes,
            };
            say::out_line(serde_json::to_string_pretty(&comparison)?)?;
        }
    }
    Ok(if changes.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(1)
    })
}

fn read(document: &Path, overlays: &[PathBuf]) -> anyhow::Result<Document> {
    must_exist(document)?;
    let progress = Progress::new();
    progress.phase(reading(document));
    let run = pipeline::load(document, overlays).read();
    drop(progress);
    // What repairs have to say is for `lint`.
    let errors = from(&run.diagnostics, Severity::Error);
    let shown = Shown::from(Severity::Error).all(true);
    say::err(shown.text(&errors, Some(&run.sources)));
    match run.value {
        Some(facts) => Ok(facts),
        None => Err(advised(
            format!("{} cannot be compared", document.display()),
            "mend what is shown above; `sdk-generator lint` shows all there is to say about the document",
        )),
    }
}

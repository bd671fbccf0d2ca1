//! `sdk-generator compare`: tells what changed from one document to another.
//!
//! Exit codes: 0 nothing changed; 1 something did; 2 a document or an overlay cannot be read.

use super::overlays::Overlays;
use super::{must_exist, say, shown};
use crate::compare::{Change, Options, compare, report};
use crate::diagnostics::{Diagnostics, Severity};
use crate::facts::Document;
use crate::pipeline;
use anyhow::bail;
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
    let run = pipeline::load(document, overlays).read();
    // What repairs have to say is for `lint`.
    say::err(errors(&run.diagnostics, |errors| {
        shown(errors, Some(&run.sources), true, Severity::Error)
    }));
    match run.value {
        Some(facts) => Ok(facts),
        None => bail!("{} cannot be compared", document.display()),
    }
}

/// What `show` says of the errors, when there are any.
fn errors(diagnostics: &Diagnostics, show: impl FnOnce(&Diagnostics) -> String) -> String {
    let mut errors = Diagnostics::default();
    let grave = diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity == Severity::Error);
    errors.extend(grave.cloned());
    if errors.is_empty() {
        return String::new();
    }
    show(&errors)
}

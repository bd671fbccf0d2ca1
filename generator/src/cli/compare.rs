//! `sdk-generator compare`: tells what changed from one document to another.
//!
//! Exit codes: 0 nothing changed; 1 something did; 2 a document or an overlay cannot be read.

use super::job::{origin, target};
use super::overlays::Overlays;
use super::progress::Progress;
use super::shown::{Shown, from};
use super::{must_exist, reading, say};
use crate::advice::advised;
use crate::compare::{Change, Options, compare, report};
use crate::diagnostics::Severity;
use crate::facts::Document;
use crate::generate::{Job, generate};
use crate::pipeline;
use crate::plan::RuntimeSource;
use crate::surface::{self, Difference, Surface};
use crate::target::Target;
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
    /// Tells what changes for callers of the crate, in place of what the documents say.
    #[arg(long, conflicts_with = "texts")]
    rust: bool,
    /// The crate's settings, for --rust.
    #[arg(long, value_name = "FILE.toml", requires = "rust")]
    target: Option<PathBuf>,
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

/// What `--format json` prints with `--rust`, likewise.
#[derive(Serialize)]
struct RustComparison<'c> {
    old: String,
    new: String,
    items: &'c [Difference],
}

/// Runs the command; the overlays apply to the old document.
pub(super) fn run(arguments: &Compare) -> anyhow::Result<ExitCode> {
    if arguments.rust {
        return run_rust(arguments);
    }
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
            let (old, new) = arguments.names();
            let changes = &changes;
            let comparison = Comparison { old, new, changes };
            say::out_line(serde_json::to_string_pretty(&comparison)?)?;
        }
    }
    Ok(code(changes.is_empty()))
}

/// Compares the crates that are made of the documents.
fn run_rust(arguments: &Compare) -> anyhow::Result<ExitCode> {
    let target = target(arguments.target.as_deref())?;
    let overlays = arguments.overlays.existing()?.to_vec();
    let old = surface(&arguments.old, overlays, &target)?;
    let new = surface(&arguments.new, Vec::new(), &target)?;
    let items = &surface::differences(&old, &new);
    match arguments.format {
        Format::Text if items.is_empty() => say::tell(surface::report(items))?,
        Format::Text => say::out(surface::report(items))?,
        Format::Json => {
            let (old, new) = arguments.names();
            let comparison = RustComparison { old, new, items };
            say::out_line(serde_json::to_string_pretty(&comparison)?)?;
        }
    }
    Ok(code(items.is_empty()))
}

impl Compare {
    fn names(&self) -> (String, String) {
        let name = |path: &Path| path.to_string_lossy().into_owned();
        (name(&self.old), name(&self.new))
    }
}

fn code(is_same: bool) -> ExitCode {
    match is_same {
        true => ExitCode::SUCCESS,
        false => ExitCode::from(1),
    }
}

/// What callers can name of the crate that is made of a document.
fn surface(document: &Path, overlays: Vec<PathBuf>, target: &Target) -> anyhow::Result<Surface> {
    must_exist(document)?;
    let job = Job {
        document: document.to_owned(),
        overlays,
        target: target.clone(),
        name: None,
        templates: None,
        runtime: RuntimeSource::Path("runtime".to_owned()),
        origin: origin(document),
    };
    let progress = Progress::new();
    progress.phase(reading(document));
    let outcome = generate(&job);
    drop(progress);
    let outcome = outcome?;
    let errors = from(&outcome.diagnostics, Severity::Error);
    let shown = Shown::from(Severity::Error).all(true);
    say::err(shown.text(&errors, outcome.sources.as_ref()));
    match outcome.files {
        Some(files) => Ok(Surface::of(&files)?),
        None => Err(cannot_be_compared(document)),
    }
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
        None => Err(cannot_be_compared(document)),
    }
}

fn cannot_be_compared(document: &Path) -> anyhow::Error {
    advised(
        format!("{} cannot be compared", document.display()),
        "fix what is shown above; `sdk-generator lint` shows all diagnostics of the document",
    )
}

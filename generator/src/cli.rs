//! The command line of `sdk-generator`.
//!
//! Exit codes: 0 done; 1 the document cannot be generated from (with `--deny warnings`: or has a warning), or `check` or `compare` found a
//! difference; 2 wrong usage, something that the run needs is not there, or a fault of the generator's own.

use crate::bundle;
use crate::diagnostics::render::{render, render_grouped};
use crate::diagnostics::{Diagnostics, Severity};
use crate::files;
use crate::generate::{Job, Outcome, generate};
use crate::pipeline;
use crate::plan::RuntimeSource;
use crate::report::Summary;
use crate::source::Sources;
use anyhow::Context as _;
use clap::{Args, Parser, Subcommand};
use compare::Compare;
use overlays::Overlays;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::str::FromStr;

mod compare;
mod explain;
mod explain_item;
mod fix_command;
mod init;
mod job;
mod lint;
mod overlays;
mod plan;
mod say;

/// Generates typed Rust clients, with documentation and tests, from OpenAPI documents.
#[derive(Parser)]
#[command(name = "sdk-generator", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Writes the first `target.toml` for a document: what was found in it, and what only you can say.
    Init(init::Init),
    /// Writes the crate. Files of your own beside it, anywhere in the folder, stay as they are.
    Generate {
        #[command(flatten)]
        arguments: Generate,
        /// Writes into a folder that the generator did not make, and over files that it did not write; deletes none of them.
        #[arg(long)]
        force: bool,
    },
    /// Tells how the folder differs from what `generate` would write; writes nothing. Files of your own are no difference: what counts
    /// is what `generate` would write, and what the record `.sdk-generator` of an earlier run names.
    Check(Generate),
    /// Shows what there is to say about a document.
    Lint(lint::Lint),
    /// Explains the code of a diagnostic (CODE), or why an item of the crate is what it is (SPEC NAME).
    Explain(explain::Explain),
    /// Prints the plan of the crate as JSON: operations, types, and why each is what it is.
    Plan(plan::Plan),
    /// Tells what changed from one document to another: what they say, not how it is written.
    Compare(Compare),
    /// Writes a document of many files as one, with named components; nothing in it is repaired.
    Bundle {
        /// The OpenAPI document.
        spec: PathBuf,
        #[command(flatten)]
        overlays: Overlays,
        /// The file: YAML when it ends in .yaml or .yml, JSON when in .json. Otherwise YAML goes to standard output.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
}

#[derive(Args)]
#[group(skip)]
struct Generate {
    /// The OpenAPI document.
    spec: PathBuf,
    #[command(flatten)]
    overlays: Overlays,
    /// The folder of the crate: absent, empty, or one that the generator made.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// The crate's name; otherwise the target file's, otherwise made from the document's title.
    #[arg(long, value_name = "CRATE")]
    name: Option<String>,
    /// What the document cannot say about the crate.
    #[arg(long, value_name = "FILE.toml")]
    target: Option<PathBuf>,
    /// A folder whose templates replace the built-in ones of the same path.
    #[arg(long, value_name = "DIR")]
    templates: Option<PathBuf>,
    /// Where the crate finds its runtime: a copy in the crate, a folder, or a published version.
    #[arg(
        long,
        value_name = "vendored|path=DIR|version=V",
        default_value = "vendored"
    )]
    runtime: Runtime,
    /// Shows every diagnostic, notes too, and every place without a type.
    #[arg(long)]
    all: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Runtime {
    Vendored,
    Path(PathBuf),
    Version(String),
}

impl FromStr for Runtime {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.split_once('=') {
            None if text == "vendored" => Ok(Self::Vendored),
            Some(("path", path)) if !path.is_empty() => Ok(Self::Path(PathBuf::from(path))),
            Some(("version", version)) if !version.is_empty() => {
                Ok(Self::Version(version.to_owned()))
            }
            _ => Err("expected `vendored`, `path=DIR` or `version=V`".to_owned()),
        }
    }
}

/// Runs the command line.
pub fn main() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Generate { arguments, force } => run_generate(&arguments, force),
        Command::Init(arguments) => init::run(&arguments),
        Command::Check(arguments) => run_check(&arguments),
        Command::Lint(arguments) => lint::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Plan(arguments) => plan::run(&arguments),
        Command::Compare(arguments) => compare::run(&arguments),
        Command::Bundle {
            spec,
            overlays,
            out,
        } => run_bundle(&spec, &overlays, out.as_deref()),
    };
    result.unwrap_or_else(|error| {
        say::err_line(format_args!("error: {error:#}"));
        ExitCode::from(2)
    })
}

fn run_generate(arguments: &Generate, force: bool) -> anyhow::Result<ExitCode> {
    let outcome = run(arguments)?;
    let Some(files) = &outcome.files else {
        return Ok(refuse(arguments, &outcome));
    };
    let write = if force {
        files::write_over
    } else {
        files::write
    };
    // To show a diagnostic in its line its file is read once more, for which the disk leaves time.
    let (faults, written) = rayon::join(
        || faults(arguments, &outcome),
        || write(files, &arguments.out),
    );
    say::err(faults);
    let written = written?;
    say::out_line(format_args!(
        "{}: {} files written, {} unchanged, {} removed",
        arguments.out.display(),
        written.written,
        written.kept,
        written.removed,
    ))?;
    let summary = Summary::of(&outcome);
    say::out(&summary)?;
    if arguments.all {
        say::out(summary.untyped_places())?;
    }
    Ok(ExitCode::SUCCESS)
}

fn run_check(arguments: &Generate) -> anyhow::Result<ExitCode> {
    let outcome = run(arguments)?;
    let Some(files) = &outcome.files else {
        return Ok(refuse(arguments, &outcome));
    };
    say::err(faults(arguments, &outcome));
    let out = arguments.out.display();
    let drift = files::check(files, &arguments.out)?;
    if drift.is_empty() {
        say::out_line(format_args!("{out}: {} files, as generated", files.len()))?;
        return Ok(ExitCode::SUCCESS);
    }
    say::out_line(format_args!(
        "{out} is not what the generator would write:\n\n{}\nTo fix it, run:\n\n    {}",
        drift.report(&format!("{out}/")),
        fix_command::command(arguments)
    ))?;
    Ok(ExitCode::from(1))
}

/// The diagnostics for people: all of them, or those from `least` on, a few of each kind.
fn shown(
    diagnostics: &Diagnostics,
    sources: Option<&Sources>,
    all: bool,
    least: Severity,
) -> String {
    if all {
        render(diagnostics, sources)
    } else {
        render_grouped(diagnostics, sources, least, "`--all` shows every one")
    }
}

fn run_bundle(spec: &Path, overlays: &Overlays, out: Option<&Path>) -> anyhow::Result<ExitCode> {
    must_exist(spec)?;
    let format = out.map_or(Ok(bundle::Format::Yaml), bundle::Format::of)?;
    let run = pipeline::load(spec, overlays.existing()?);
    let (diagnostics, sources) = (&run.diagnostics, &run.sources);
    say::err(shown(diagnostics, Some(sources), false, Severity::Note));
    let Some(tree) = run.ok() else {
        say::err_line(refusal(diagnostics));
        return Ok(ExitCode::from(1));
    };
    let text = bundle::print(tree, format)?;
    let Some(out) = out else {
        say::out(text)?;
        return Ok(ExitCode::SUCCESS);
    };
    bundle::write(&text, out, spec, sources)?;
    say::out_line(format_args!(
        "{}: {} lines from {} files",
        out.display(),
        text.lines().count(),
        sources.files().count()
    ))?;
    Ok(ExitCode::SUCCESS)
}

/// A path that names nothing is wrong usage, not a bad document.
fn must_exist(path: &Path) -> anyhow::Result<()> {
    std::fs::metadata(path)
        .map(drop)
        .with_context(|| format!("cannot read {}", path.display()))
}

/// Runs the phases and shows the diagnostics.
fn run(arguments: &Generate) -> anyhow::Result<Outcome> {
    must_exist(&arguments.spec)?;
    if let Some(templates) = &arguments.templates {
        anyhow::ensure!(
            templates.is_dir(),
            "{} is no folder of templates",
            templates.display()
        );
    }
    Ok(generate(&job(arguments)?)?)
}

/// What is wrong with the document, for people.
fn faults(arguments: &Generate, outcome: &Outcome) -> String {
    let (diagnostics, sources) = (&outcome.diagnostics, outcome.sources.as_ref());
    shown(diagnostics, sources, arguments.all, Severity::Warning)
}

fn refuse(arguments: &Generate, outcome: &Outcome) -> ExitCode {
    say::err(faults(arguments, outcome));
    say::err_line(refusal(&outcome.diagnostics));
    ExitCode::from(1)
}

fn refusal(diagnostics: &Diagnostics) -> String {
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

fn job(arguments: &Generate) -> anyhow::Result<Job> {
    let target = job::target(arguments.target.as_deref())?;
    job::must_not_copy_onto_itself(&target, &arguments.out)?;
    Ok(Job {
        document: arguments.spec.clone(),
        overlays: arguments.overlays.existing()?.to_vec(),
        target,
        name: arguments.name.clone(),
        templates: arguments.templates.clone(),
        runtime: match &arguments.runtime {
            Runtime::Vendored => RuntimeSource::Vendored,
            Runtime::Version(version) => RuntimeSource::Version(version.clone()),
            Runtime::Path(path) => RuntimeSource::Path(job::relative(&arguments.out, path)?),
        },
        origin: job::origin(&arguments.spec),
    })
}

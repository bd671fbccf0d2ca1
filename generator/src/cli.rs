//! The command line of `sdk-generator`.
//!
//! Exit codes: 0 done; 1 the document cannot be generated from (with `--deny warnings`: or has a warning), or `check` or `compare` found a
//! difference; 2 wrong usage, something that the run needs is not there, or a fault of the generator's own.

use crate::bundle;
use crate::diagnostics::record::{Record, records};
use crate::diagnostics::render::{render, render_grouped};
use crate::diagnostics::{Diagnostics, Severity};
use crate::files::{self, FileSet};
use crate::generate::{Job, Outcome, generate, lint};
use crate::pipeline;
use crate::plan::RuntimeSource;
use crate::report::Summary;
use crate::source::Sources;
use anyhow::Context as _;
use clap::{Args, Parser, Subcommand, ValueEnum};
use compare::Compare;
use overlays::Overlays;
use serde::Serialize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::str::FromStr;

mod compare;
mod explain;
mod explain_item;
mod fix_command;
mod job;
mod overlays;
mod plan;

/// Generates typed Rust clients, with documentation and tests, from OpenAPI documents.
#[derive(Parser)]
#[command(name = "sdk-generator", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Writes the crate.
    Generate(Generate),
    /// Tells how the folder differs from what `generate` would write; writes nothing.
    Check(Generate),
    /// Shows what there is to say about a document.
    Lint(Lint),
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
struct Lint {
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

#[derive(Args)]
struct Generate {
    /// The OpenAPI document.
    spec: PathBuf,
    #[command(flatten)]
    overlays: Overlays,
    /// The folder of the crate; it must be empty, absent, or one that the generator made.
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
        Command::Generate(arguments) => run_generate(&arguments),
        Command::Check(arguments) => run_check(&arguments),
        Command::Lint(arguments) => run_lint(&arguments),
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
        eprintln!("error: {error:#}");
        ExitCode::from(2)
    })
}

fn run_generate(arguments: &Generate) -> anyhow::Result<ExitCode> {
    let outcome = run(arguments)?;
    let Some(files) = &outcome.files else {
        return Ok(refuse(arguments, &outcome));
    };
    // To show a diagnostic in its line its file is read once more, for which the disk leaves time.
    let (faults, written) = rayon::join(
        || faults(arguments, &outcome),
        || files::write(files, &arguments.out),
    );
    eprint!("{faults}");
    let written = written?;
    println!(
        "{}: {} files written, {} unchanged, {} removed",
        arguments.out.display(),
        written.written,
        written.kept,
        written.removed,
    );
    let summary = Summary::of(&outcome);
    print!("{summary}");
    if arguments.all {
        print!("{}", summary.untyped_places());
    }
    Ok(ExitCode::SUCCESS)
}

fn run_check(arguments: &Generate) -> anyhow::Result<ExitCode> {
    let outcome = run(arguments)?;
    let Some(files) = &outcome.files else {
        return Ok(refuse(arguments, &outcome));
    };
    eprint!("{}", faults(arguments, &outcome));
    let found = FileSet::read(&arguments.out)
        .with_context(|| format!("cannot read {}", arguments.out.display()))?;
    let drift = files::compare(files, &found);
    if drift.is_empty() {
        println!(
            "{}: {} files, as generated",
            arguments.out.display(),
            files.len()
        );
        return Ok(ExitCode::SUCCESS);
    }
    println!(
        "{} is not what the generator would write:\n",
        arguments.out.display()
    );
    print!("{}", drift.report(&format!("{}/", arguments.out.display())));
    println!(
        "\nTo fix it, run:\n\n    {}",
        fix_command::command(arguments)
    );
    Ok(ExitCode::from(1))
}

fn run_lint(arguments: &Lint) -> anyhow::Result<ExitCode> {
    must_exist(&arguments.spec)?;
    let outcome = lint(&arguments.spec, arguments.overlays.existing()?);
    let has_warnings = outcome
        .diagnostics
        .iter()
        .any(|diagnostic| diagnostic.severity == Severity::Warning);
    let has_errors = outcome.diagnostics.has_errors();
    match arguments.format {
        LintFormat::Json => print_json(&arguments.spec, &outcome)?,
        LintFormat::Human => print_lint(arguments, &outcome),
    }
    // A lost operation is a fault of the generator, which the author of the document cannot fix.
    anyhow::ensure!(
        has_errors || outcome.operations == outcome.operations_found,
        "internal error: the document has {} operations, and {} come out",
        outcome.operations_found,
        outcome.operations
    );
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
    println!("{}", serde_json::to_string_pretty(&document)?);
    Ok(())
}

fn print_lint(arguments: &Lint, outcome: &Outcome) {
    let (diagnostics, sources) = (&outcome.diagnostics, outcome.sources.as_ref());
    print!(
        "{}",
        shown(diagnostics, sources, arguments.all, Severity::Note)
    );
    println!("{}", arguments.spec.display());
    let summary = Summary::of(outcome);
    print!("{summary}");
    if arguments.all {
        print!("{}", summary.untyped_places());
    }
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
    eprint!(
        "{}",
        shown(diagnostics, Some(sources), false, Severity::Note)
    );
    let Some(tree) = run.ok() else {
        eprintln!("{}", refusal(diagnostics));
        return Ok(ExitCode::from(1));
    };
    let text = bundle::print(tree, format)?;
    let Some(out) = out else {
        print!("{text}");
        return Ok(ExitCode::SUCCESS);
    };
    bundle::write(&text, out, spec, sources)?;
    println!(
        "{}: {} lines from {} files",
        out.display(),
        text.lines().count(),
        sources.files().count()
    );
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
    eprint!("{}", faults(arguments, outcome));
    eprintln!("{}", refusal(&outcome.diagnostics));
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
    Ok(Job {
        document: arguments.spec.clone(),
        overlays: arguments.overlays.existing()?.to_vec(),
        target: job::target(arguments.target.as_deref())?,
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

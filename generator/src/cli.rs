//! The command line of `sdk-generator`.
//!
//! Exit codes: 0 done; 1 the document cannot be generated from (with `--deny warnings`: or has a warning), or `check` or `compare` found a
//! difference; 2 wrong usage, something that the run needs is not there, or a fault of the generator's own.

use crate::advice::advised;
use crate::bundle;
use crate::diagnostics::Severity;
use crate::diagnostics::render::shown as inert;
use crate::files;
use crate::generate::{self, Job, Outcome};
use crate::pipeline;
use crate::plan::RuntimeSource;
use crate::report::Summary;
use crate::surface;
use anyhow::Context as _;
use clap::{Args, Parser, Subcommand};
use compare::Compare;
use overlays::Overlays;
use progress::Progress;
use shown::{Shown, refusal};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::str::FromStr;

mod compare;
mod completions;
mod examples;
mod explain;
mod explain_item;
mod fix_command;
mod init;
mod job;
mod lint;
mod overlays;
mod plan;
mod progress;
mod say;
mod shown;

/// Generates typed Rust clients, with documentation and tests, from OpenAPI documents.
#[derive(Parser)]
#[command(name = "sdk-generator", version, after_help = examples::ALL)]
struct Cli {
    #[command(flatten)]
    voice: say::Voice,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Writes the first `target.toml` for a document: what was found in it, and what only you can say.
    #[command(after_help = examples::INIT)]
    Init(init::Init),
    /// Writes the crate. Files of your own beside it, anywhere in the folder, stay as they are.
    #[command(after_help = examples::GENERATE)]
    Generate {
        #[command(flatten)]
        arguments: Generate,
        /// Writes into a folder that the generator did not make, and over files that it did not write; deletes none of them.
        #[arg(long)]
        force: bool,
    },
    /// Tells how the folder differs from what `generate` would write; writes nothing. Files of your own are no difference: what counts
    /// is what `generate` would write, and what the record `.sdk-generator` of an earlier run names.
    #[command(after_help = examples::CHECK)]
    Check(Generate),
    /// Shows the diagnostics of a document.
    #[command(after_help = examples::LINT)]
    Lint(lint::Lint),
    /// Explains the code of a diagnostic (CODE), or why an item of the crate is what it is (SPEC NAME).
    #[command(after_help = examples::EXPLAIN)]
    Explain(explain::Explain),
    /// Prints the plan of the crate as JSON: operations, types, and why each is what it is.
    #[command(after_help = examples::PLAN)]
    Plan(plan::Plan),
    /// Tells what changed from one document to another: what they say, not how it is written.
    #[command(after_help = examples::COMPARE)]
    Compare(Compare),
    /// Writes a document of many files as one, with named components; nothing in it is repaired.
    #[command(after_help = examples::BUNDLE)]
    Bundle {
        /// The OpenAPI document.
        spec: PathBuf,
        #[command(flatten)]
        overlays: Overlays,
        /// The file: YAML when it ends in .yaml or .yml, JSON when in .json. Otherwise YAML goes to standard output.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Prints a script that lets a shell complete the commands of this program.
    #[command(after_help = examples::COMPLETIONS)]
    Completions(completions::Completions),
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
    let Cli { voice, command } = Cli::parse();
    voice.begin();
    let result = match command {
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
        Command::Completions(arguments) => completions::run(&arguments),
    };
    result.unwrap_or_else(|error| {
        say::error(&error);
        ExitCode::from(2)
    })
}

fn run_generate(arguments: &Generate, force: bool) -> anyhow::Result<ExitCode> {
    let progress = Progress::new();
    let outcome = run(arguments, &progress)?;
    let Some(files) = &outcome.files else {
        drop(progress);
        return Ok(refuse(arguments, &outcome));
    };
    progress.phase("writing the files");
    let write = if force {
        files::write_over
    } else {
        files::write
    };
    let ((faults, summary), written) = rayon::join(
        || (faults(arguments, &outcome), Summary::of(&outcome)),
        || write(files, &arguments.out),
    );
    drop(progress);
    say::err(faults);
    let written = written?;
    say::tell_line(format_args!(
        "{}: {} files written, {} unchanged, {} removed",
        arguments.out.display(),
        written.written,
        written.kept,
        written.removed,
    ))?;
    say::tell(&summary)?;
    if arguments.all {
        say::tell(summary.untyped_places())?;
    }
    // The process ends, and the system takes its memory back at once, which is sooner than piece by piece.
    std::mem::forget(outcome);
    Ok(ExitCode::SUCCESS)
}

fn run_check(arguments: &Generate) -> anyhow::Result<ExitCode> {
    let progress = Progress::new();
    let outcome = run(arguments, &progress)?;
    let Some(files) = &outcome.files else {
        drop(progress);
        return Ok(refuse(arguments, &outcome));
    };
    progress.phase("comparing the files");
    let found = files::found(files, &arguments.out);
    drop(progress);
    say::err(faults(arguments, &outcome));
    let out = arguments.out.display();
    let found = found?;
    let drift = files::compare(&files.clone().recorded(), &found);
    if drift.is_empty() {
        say::tell_line(format_args!("{out}: {} files, as generated", files.len()))?;
        return Ok(ExitCode::SUCCESS);
    }
    say::out_line(format_args!(
        "{out} is not what the generator would write:\n\n{}{}\nTo fix it, run:\n\n    {}",
        drift.report(&format!("{out}/")),
        surface::summary("the crate", &found, files),
        fix_command::command(arguments)
    ))?;
    Ok(ExitCode::from(1))
}

fn run_bundle(spec: &Path, overlays: &Overlays, out: Option<&Path>) -> anyhow::Result<ExitCode> {
    must_exist(spec)?;
    let format = out.map_or(Ok(bundle::Format::Yaml), bundle::Format::of)?;
    let progress = Progress::new();
    progress.phase(reading(spec));
    let run = pipeline::load(spec, overlays.existing()?);
    let (diagnostics, sources) = (&run.diagnostics, &run.sources);
    progress.phase("printing the document");
    let text = run.ok().map(|tree| bundle::print(tree, format));
    drop(progress);
    say::err(Shown::from(Severity::Note).text(diagnostics, Some(sources)));
    let Some(text) = text.transpose()? else {
        say::err_line(refusal(diagnostics));
        return Ok(ExitCode::from(1));
    };
    let Some(out) = out else {
        say::out(text)?;
        return Ok(ExitCode::SUCCESS);
    };
    bundle::write(&text, out, spec, sources)?;
    say::tell_line(format_args!(
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

/// The first phase of every command on a document, as it is told.
fn reading(spec: &Path) -> String {
    let name = spec.file_name().unwrap_or_default();
    format!("reading {}", inert(&name.to_string_lossy()))
}

/// Runs the phases.
fn run(arguments: &Generate, progress: &Progress) -> anyhow::Result<Outcome> {
    must_exist(&arguments.spec)?;
    if let Some(templates) = arguments.templates.as_ref().filter(|path| !path.is_dir()) {
        return Err(advised(
            format!("{} is no folder of templates", templates.display()),
            "name a folder whose files have the paths of built-in templates, or leave `--templates` out",
        ));
    }
    let job = job(arguments)?;
    progress.phase(reading(&arguments.spec));
    let loaded = pipeline::load(&job.document, &job.overlays);
    progress.phase("planning the crate");
    let run = generate::plan(loaded, &job)?;
    progress.phase("printing the crate");
    Ok(generate::emit(run, &job)?)
}

/// What is wrong with the document, for people.
fn faults(arguments: &Generate, outcome: &Outcome) -> String {
    let shown = Shown::from(Severity::Warning).all(arguments.all);
    shown.text(&outcome.diagnostics, outcome.sources.as_ref())
}

fn refuse(arguments: &Generate, outcome: &Outcome) -> ExitCode {
    say::err(faults(arguments, outcome));
    say::err_line(refusal(&outcome.diagnostics));
    ExitCode::from(1)
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

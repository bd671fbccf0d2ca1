//! `cargo xtask peers`: this generator beside openapi-to-rust and ploidy, on the same document, on this machine, in the same minutes.
//!
//! Times from different machines or different hours say little about programs. So the tools run one after the other, again and again,
//! and the table has the median of each and how ours relates to theirs. Everything happens in a temporary folder. The peers are
//! never installed from here.

mod measure;
mod table;
mod tools;

use crate::targets::Repo;
use anyhow::Context as _;
use measure::{Measure, median, run_measured};
use sdk_generator::advice::advised;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Duration;
use table::{Row, Table};
use tools::{Tool, Workshop};

/// What to do when our own generator fails.
const FAILED: &str = "mend the generator; `cargo xtask try` on this document shows more";

/// The words after `peers`.
#[derive(clap::Args, Clone, Debug)]
pub(crate) struct Arguments {
    /// The OpenAPI document.
    #[arg(value_name = "SPEC")]
    pub(crate) spec: PathBuf,
    /// How often each tool is timed.
    #[arg(long, value_name = "N", default_value_t = 7, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub(crate) runs: u32,
    /// The folder of the peers' programs; they are looked for on PATH without it.
    #[arg(long, value_name = "DIR")]
    pub(crate) peers: Option<PathBuf>,
    /// A build of our generator, instead of the one that is built from this repository.
    #[arg(long, value_name = "FILE")]
    pub(crate) generator: Option<PathBuf>,
    /// The document as one file, for the peers; `sdk-generator bundle` makes it without this where the document has several files.
    #[arg(long, value_name = "FILE")]
    pub(crate) bundle: Option<PathBuf>,
    /// Features of our crate, separated by commas: it is also checked with these alone.
    #[arg(long, value_name = "LIST")]
    pub(crate) features: Option<String>,
    /// Leaves out `cargo check` and `cargo build` of what was generated.
    #[arg(long)]
    pub(crate) no_check: bool,
    /// Builds what was generated, too, in Cargo's debug profile.
    #[arg(long)]
    pub(crate) build: bool,
}

/// What is done with a crate that was generated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verb {
    Check,
    Build,
}

impl Verb {
    /// Cargo's name for it.
    fn name(self) -> &'static str {
        match self {
            Self::Check => "check",
            Self::Build => "build",
        }
    }
}

/// How long one tool's crate took.
#[derive(Default)]
struct Compilation {
    whole: Vec<Duration>,
    /// With the features of [`Arguments::features`] alone.
    features: Vec<Duration>,
}

/// What is known of a tool at the end; a tool that failed has nothing after its failure.
#[derive(Default)]
struct Standing {
    generation: Vec<Measure>,
    lines: usize,
    untyped: Option<usize>,
    check: Compilation,
    build: Compilation,
    failure: Option<String>,
}

impl Standing {
    fn compilation(&mut self, verb: Verb) -> &mut Compilation {
        match verb {
            Verb::Check => &mut self.check,
            Verb::Build => &mut self.build,
        }
    }
}

impl Arguments {
    /// What is done with the crates.
    fn verbs(&self) -> Vec<Verb> {
        let build = self.build.then_some(Verb::Build);
        let verbs = [Verb::Check].into_iter().chain(build);
        verbs.filter(|_| !self.no_check).collect()
    }
}

/// Runs the command.
///
/// # Errors
///
/// When the document or a peer is missing, or our own generator fails.
pub(crate) fn run(repo: &Repo, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let folder = tempfile::tempdir().context("cannot make a temporary folder")?;
    let workshop = Workshop::open(repo, arguments, folder.path())?;
    let mut standings: Vec<Standing> = Tool::ALL.iter().map(|_| Standing::default()).collect();
    generate(&workshop, arguments.runs, &mut standings)?;
    compile(&workshop, arguments, &mut standings)?;
    print!("{}", table(&workshop, arguments, &standings));
    Ok(ExitCode::SUCCESS)
}

/// Generates with each tool in turn, each time into a new folder. The first round warms the disk's cache and is not counted; after
/// the last one the tools generate once more, into the folders that are looked at and checked.
fn generate(workshop: &Workshop, runs: u32, standings: &mut [Standing]) -> anyhow::Result<()> {
    let rounds = folder_of_rounds().context("cannot make a temporary folder")?;
    for round in 0..=runs {
        for (tool, standing) in Tool::ALL.iter().zip(&mut *standings) {
            if standing.failure.is_some() {
                continue;
            }
            let output = rounds.path().join(format!("{}-{round}", tool.name()));
            fs::create_dir_all(&output)?;
            match run_measured(&mut workshop.generate(*tool, &output))? {
                Ok(measure) if round > 0 => standing.generation.push(measure),
                Ok(_) => {}
                Err(said) if *tool == Tool::Ours => {
                    return Err(advised(format!("our generator failed: {said}"), FAILED));
                }
                Err(said) => standing.failure = Some(said),
            }
            // Otherwise each round would be given memory that the system has not used before, which takes longer than to use some again,
            // and most for whoever writes most files.
            fs::remove_dir_all(&output)?;
        }
    }
    for (tool, standing) in Tool::ALL.iter().zip(standings) {
        if standing.failure.is_none() {
            let output = workshop.output(*tool);
            fs::create_dir_all(&output)?;
            if let Err(said) = run_measured(&mut workshop.generate(*tool, &output))? {
                return Err(advised(
                    format!("{} failed at last: {said}", tool.name()),
                    "run the command again; what works once should work again",
                ));
            }
            standing.lines = lines_of_rust(&workshop.output(*tool))?;
            standing.untyped = workshop.untyped(*tool)?;
        }
    }
    Ok(())
}

/// A temporary folder in memory, where the system has a place for one, and on the disk elsewhere.
///
/// What a disk takes to make hundreds of files depends on what was deleted from it before: ext4 without a journal keeps looking at
/// each deleted file for minutes, which can take longer than all of the rest.
fn folder_of_rounds() -> std::io::Result<tempfile::TempDir> {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir())
}

/// Compiles each crate alone in turn: what it depends on is built before, and only the crate itself is cleaned away between the rounds.
fn compile(
    workshop: &Workshop,
    arguments: &Arguments,
    standings: &mut [Standing],
) -> anyhow::Result<()> {
    let alone = arguments
        .features
        .as_deref()
        .map(|features| ["--no-default-features", "--features", features]);
    for (tool, standing) in Tool::ALL.iter().zip(&mut *standings) {
        if standing.failure.is_none() && !arguments.no_check {
            workshop.prepare(*tool)?;
        }
    }
    for verb in arguments.verbs() {
        for round in 0..=arguments.runs {
            for (tool, standing) in Tool::ALL.iter().zip(&mut *standings) {
                if standing.failure.is_none() {
                    let alone = alone.as_ref().map(<[_; 3]>::as_slice);
                    compile_once(workshop, *tool, verb, alone, round > 0, standing)?;
                }
            }
        }
    }
    Ok(())
}

/// Compiles one crate, and ours also with certain features `alone`. The first time is not counted: it compiles what the crate
/// depends on.
fn compile_once(
    workshop: &Workshop,
    tool: Tool,
    verb: Verb,
    alone: Option<&[&str]>,
    counts: bool,
    standing: &mut Standing,
) -> anyhow::Result<()> {
    let features = alone.filter(|_| tool == Tool::Ours);
    for words in [Some(&[][..]), features].into_iter().flatten() {
        workshop.clean(tool)?;
        let compilation = standing.compilation(verb);
        let times = match words {
            [] => &mut compilation.whole,
            _ => &mut compilation.features,
        };
        match run_measured(workshop.compile(tool, verb.name()).args(words))? {
            Ok(measure) if counts => times.push(measure.wall),
            Ok(_) => {}
            Err(said) if tool == Tool::Ours => {
                return Err(advised(
                    format!("our crate does not compile: {said}"),
                    FAILED,
                ));
            }
            Err(said) => standing.failure = Some(said),
        }
    }
    Ok(())
}

/// How many lines the Rust files below a folder have, whatever they are for.
fn lines_of_rust(folder: &Path) -> anyhow::Result<usize> {
    let mut lines = 0;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            lines += lines_of_rust(&path)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            lines += fs::read_to_string(&path)?.lines().count();
        }
    }
    Ok(lines)
}

/// Puts what was found in a table.
fn table(workshop: &Workshop, arguments: &Arguments, standings: &[Standing]) -> Table {
    let row = |name: &str, unit, value: &dyn Fn(&Standing) -> Option<f64>| Row {
        name: name.to_owned(),
        unit,
        values: standings.iter().map(value).collect(),
    };
    let mut rows = vec![
        row("generation", "s", &|standing| {
            median(standing.generation.iter().map(|run| run.wall.as_secs_f64()))
        }),
        row("peak memory", "MB", &|standing| {
            median(
                standing
                    .generation
                    .iter()
                    .map(|run| run.peak_bytes as f64 / 1e6),
            )
        }),
        row("lines of Rust", "", &|standing| {
            (!standing.generation.is_empty()).then_some(standing.lines as f64)
        }),
        row("untyped fields", "", &|standing| {
            standing.untyped.map(|count| count as f64)
        }),
    ];
    for verb in arguments.verbs() {
        let of = move |standing: &Standing| match verb {
            Verb::Check => (
                standing.check.whole.clone(),
                standing.check.features.clone(),
            ),
            Verb::Build => (
                standing.build.whole.clone(),
                standing.build.features.clone(),
            ),
        };
        let seconds = |times: &[Duration]| median(times.iter().map(Duration::as_secs_f64));
        let name = format!("cargo {}, the crate alone", verb.name());
        rows.push(row(&name, "s", &|standing| seconds(&of(standing).0)));
        if let Some(features) = &arguments.features {
            // The peers have no such features: theirs is the whole, since that is what a caller has to wait for.
            rows.push(row(
                &format!("the same, {features}"),
                "s",
                &|standing| match of(standing) {
                    (whole, features) if features.is_empty() => seconds(&whole),
                    (_, features) => seconds(&features),
                },
            ));
        }
    }
    Table {
        title: format!(
            "{}: medians of {} runs, the tools in turn{}",
            arguments.spec.display(),
            arguments.runs,
            workshop.remark()
        ),
        tools: Tool::ALL.iter().map(|tool| tool.name()).collect(),
        rows,
        failures: Tool::ALL
            .iter()
            .zip(standings)
            .filter_map(|(tool, standing)| {
                Some(format!(
                    "{} failed: {}",
                    tool.name(),
                    standing.failure.as_ref()?
                ))
            })
            .collect(),
    }
}

/// Whether a program is where it should be.
fn runs(program: &Path) -> bool {
    Command::new(program)
        .arg("--version")
        .output()
        .is_ok_and(|output| output.status.success())
}

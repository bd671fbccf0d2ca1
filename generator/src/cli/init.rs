//! Takes a document, writes the first `target.toml` for it: what was found, and what only a person can say.

use super::job::{SpecJob, refuse_to_plan};
use super::progress::Progress;
use super::{must_exist, reading, say};
use crate::advice::advised;
use crate::report::questions;
use crate::{generate, init, pipeline};
use anyhow::Context as _;
use clap::Args;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// For which document, and where to.
#[derive(Args)]
pub(super) struct Init {
    /// The OpenAPI document.
    spec: PathBuf,
    #[command(flatten)]
    overlays: super::Overlays,
    /// The file that is written; `-` for standard output.
    #[arg(long, value_name = "FILE.toml", default_value = "target.toml")]
    out: PathBuf,
    /// Replaces the file where there is one.
    #[arg(long)]
    force: bool,
}

/// Writes the file.
///
/// # Errors
///
/// When the document cannot be read, or the file is there already or cannot be written.
pub(super) fn run(arguments: &Init) -> anyhow::Result<ExitCode> {
    must_exist(&arguments.spec)?;
    let job = SpecJob {
        spec: arguments.spec.clone(),
        target: None,
        overlays: arguments.overlays.clone(),
    };
    let job = job.job()?;
    let progress = Progress::new();
    progress.phase(reading(&job.document));
    let loaded = pipeline::load(&job.document, &job.overlays);
    progress.phase("planning the crate");
    let run = generate::plan(loaded, &job)?;
    drop(progress);
    let Some(plan) = run.ok() else {
        return Ok(refuse_to_plan(&run));
    };
    let name = arguments.spec.file_name().unwrap_or_default();
    let text = init::settings(plan, &name.to_string_lossy());
    if arguments.out == Path::new("-") {
        say::out(text)?;
        return Ok(ExitCode::SUCCESS);
    }
    write(&text, &arguments.out, arguments.force)?;
    let out = arguments.out.display();
    say::tell_line(format_args!(
        "{out}: written; read it, and answer what it asks."
    ))?;
    let open = init::open_questions(plan, &job.target);
    say::tell(questions(&open))?;
    say::tell_line(format_args!(
        "\nThen run:\n\n    sdk-generator generate {} --target {out} --out DIR",
        arguments.spec.display()
    ))?;
    Ok(ExitCode::SUCCESS)
}

/// Writes a new file, or over one when that is asked for.
fn write(text: &str, path: &Path, force: bool) -> anyhow::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true);
    match force {
        true => options.create(true).truncate(true),
        false => options.create_new(true),
    };
    let path_text = path.display();
    let mut file = options.open(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => advised(
            format!("{path_text} is there already"),
            "name another file with `--out`, or replace it with `--force`",
        ),
        _ => anyhow::Error::new(error).context(format!("cannot write {path_text}")),
    })?;
    file.write_all(text.as_bytes())
        .with_context(|| format!("cannot write {path_text}"))
}

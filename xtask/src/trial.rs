//! `cargo xtask try`: generates from any document, and checks the crate as its users would.
//!
//! The crate stands in a temporary folder, or in the one that is asked for, with the versions of this repository's lock file. Its links
//! are followed, warnings are errors to clippy and rustdoc, and the emitted tests run.

use crate::targets::{MISSING_PROGRAM, Repo, cargo};
use anyhow::Context as _;
use sdk_generator::advice::{Advise as _, advised};
use sdk_generator::diagnostics::render::Renderer;
use sdk_generator::files;
use sdk_generator::format::{Origin, broken_links};
use sdk_generator::generate::{Job, generate};
use sdk_generator::plan::RuntimeSource;
use sdk_generator::report::Summary;
use sdk_generator::target::Target;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

/// The words after `try`.
#[derive(clap::Args, Clone, Debug)]
pub(crate) struct Arguments {
    /// The OpenAPI document.
    #[arg(value_name = "SPEC")]
    pub(crate) spec: PathBuf,
    /// Where the crate is made, and stays; a temporary folder without it.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
}

/// Runs the command.
///
/// # Errors
///
/// When the document cannot be generated from, or a program cannot be started.
pub(crate) fn run(repo: &Repo, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let temporary = tempfile::tempdir().context("cannot make a temporary folder")?;
    let folder = match &arguments.out {
        Some(out) => std::path::absolute(out)?,
        None => temporary.path().join("crate"),
    };
    let links = emit(repo, &arguments.spec, &folder)?;
    fs::copy(repo.path("Cargo.lock"), folder.join("Cargo.lock"))
        .context("cannot copy the lock file")?;
    let mut failed = Vec::new();
    if links > 0 {
        failed.push("links");
    }
    for (name, mut command) in checks(repo, &folder) {
        println!("\n=== {name}");
        let status = command
            .status()
            .with_context(|| format!("cannot start {:?}", command.get_program()))
            .advise(MISSING_PROGRAM)?;
        if !status.success() {
            failed.push(name);
        }
    }
    if failed.is_empty() {
        println!("\n=== all checks passed");
        return Ok(ExitCode::SUCCESS);
    }
    println!("\n=== failed: {}", failed.join(", "));
    Ok(ExitCode::from(1))
}

/// Makes the crate; gives how many links of its pages lead nowhere.
fn emit(repo: &Repo, spec: &Path, folder: &Path) -> anyhow::Result<usize> {
    let outcome = generate(&Job {
        overlays: Vec::new(),
        document: spec.to_owned(),
        target: Target::default(),
        name: Some("tried".to_owned()),
        templates: None,
        runtime: RuntimeSource::Path(repo.path("runtime").to_string_lossy().into_owned()),
        origin: Origin {
            command: "cargo xtask try".to_owned(),
            source: spec
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned(),
        },
    })?;
    let Some(files) = &outcome.files else {
        let renderer = Renderer {
            styles: crate::styles(),
            ..Renderer::plain(outcome.sources.as_ref())
        };
        return Err(advised(
            format!(
                "{} cannot be generated from\n\n{}",
                spec.display(),
                renderer.all(&outcome.diagnostics)
            ),
            "mend the errors that are shown, and run the command again",
        ));
    };
    files::write(files, folder)?;
    print!("{}", Summary::of(&outcome));
    let broken = broken_links(files);
    for link in &broken {
        println!("{}: the link to {} leads nowhere", link.page, link.target);
    }
    println!("  broken links  {}", broken.len());
    Ok(broken.len())
}

fn checks(repo: &Repo, folder: &Path) -> [(&'static str, Command); 3] {
    let command = |words: &[&str]| {
        let mut command = cargo(repo);
        command
            .args(words)
            .current_dir(folder)
            .env("CARGO_TARGET_DIR", repo.path("target/try"))
            // Each crate is built once: what would speed up a second build takes a gigabyte for each document.
            .env("CARGO_INCREMENTAL", "0")
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env("RUSTDOCFLAGS", "-D warnings")
            .env_remove("SDK_TEST_BASE_URL");
        command
    };
    let clippy = ["clippy", "--quiet", "--all-targets", "--", "-D", "warnings"];
    [
        ("clippy", command(&clippy)),
        ("tests", command(&["test", "--quiet"])),
        ("documentation", command(&["doc", "--quiet", "--no-deps"])),
    ]
}

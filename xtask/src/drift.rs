//! Takes the repository and some targets, gives what `generated/` should hold beside what it does hold.
//!
//! The command and the test that fails when somebody forgot the command both stand on this, so they cannot disagree.

use crate::lint;
use crate::targets::{Repo, Target};
use anyhow::Context as _;
use sdk_generator::advice::advised;
use sdk_generator::diagnostics::render::Renderer;
use sdk_generator::diagnostics::{Code, Diagnostics, Severity};
use sdk_generator::files::{Drift, FileSet, MARK, compare};
use sdk_generator::format::Origin;
use sdk_generator::generate::{self, Job};
use sdk_generator::pipeline;
use sdk_generator::plan::RuntimeSource;
use sdk_generator::target::Target as Settings;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The command that makes `generated/` what it should be.
pub(crate) const COMMAND: &str = "cargo xtask codegen";

/// The crate that a target's document gives.
pub(crate) struct Emitted {
    /// The target.
    pub(crate) target: Target,
    /// The crate's files.
    pub(crate) files: FileSet,
    /// How many operations it has.
    pub(crate) operations: usize,
}

/// Something in `generated/` that no target makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Extra {
    /// Its place.
    pub(crate) path: PathBuf,
    /// Its place below the root.
    pub(crate) name: String,
    /// Whether it may be deleted: a loose file, or a crate that the generator made for a target that is gone.
    pub(crate) ours: bool,
}

/// Runs the generator on every target, without touching `generated/`.
///
/// # Errors
///
/// When one of the documents has an error or a warning (the error holds all that is wrong with it), or a setting, a template or an
/// example is at fault.
pub(crate) fn emit(repo: &Repo, targets: &[Target]) -> anyhow::Result<Vec<Emitted>> {
    let mut findings = Vec::new();
    let emitted: Vec<Emitted> = targets
        .iter()
        .map(|target| emit_one(repo, target, &mut findings))
        .collect::<anyhow::Result<_>>()?;
    match findings.is_empty() {
        true => Ok(emitted),
        false => Err(unfit(&findings)),
    }
}

/// Runs the generator on a target, and adds what its document is at fault with beyond what any document may be.
fn emit_one(repo: &Repo, target: &Target, findings: &mut Vec<String>) -> anyhow::Result<Emitted> {
    let job = Job {
        overlays: Vec::new(),
        document: repo.path(&target.document()),
        target: Settings::read(&repo.path(&target.settings()))?,
        name: None,
        templates: Some(repo.path("templates")),
        runtime: RuntimeSource::Path("../../runtime".to_owned()),
        origin: Origin {
            command: COMMAND.to_owned(),
            source: target.document(),
        },
    };
    let cannot = || format!("nothing can be generated for {}", target.name);
    let run = generate::plan(pipeline::load(&job.document, &[]), &job).with_context(cannot)?;
    if let Some(plan) = run.ok() {
        findings.extend(lint::lint(repo, target, plan)?);
    }
    let outcome = generate::emit(run, &job).with_context(cannot)?;
    let faults = faults(&outcome.diagnostics);
    match outcome.files {
        Some(files) if faults.is_empty() => Ok(Emitted {
            target: target.clone(),
            files,
            operations: outcome.operations,
        }),
        _ => {
            let renderer = Renderer {
                root: &repo.root().to_string_lossy(),
                styles: crate::styles(),
                ..Renderer::plain(outcome.sources.as_ref())
            };
            Err(advised(
                format!(
                    "{} must be without errors and warnings; nothing was written\n\n{}",
                    target.document(),
                    renderer.all(&faults)
                ),
                format!("fix what is shown, then run `{COMMAND}`"),
            ))
        }
    }
}

/// The error of documents that can be generated from, and are not as ours have to be.
fn unfit(findings: &[String]) -> anyhow::Error {
    let count = match findings.len() {
        1 => "1 fault".to_owned(),
        count => format!("{count} faults"),
    };
    advised(
        format!(
            "the documents in specs/ have {count} in names, texts or examples; nothing was written\n\n{}\n",
            findings.join("\n")
        ),
        format!("fix what is shown, then run `{COMMAND}`"),
    )
}

/// What is wrong with one of our own documents: warnings are as grave as errors there, since whoever meets them can mend them. Notes
/// tell how a document is read, which `sdk-generator lint` shows to whoever wants to know; but an example or a default that its schema
/// refuses is left out of the crate, which nobody wants of ours.
fn faults(diagnostics: &Diagnostics) -> Diagnostics {
    let mut faults = Diagnostics::default();
    let grave = diagnostics.iter().filter(|said| {
        let refused = [Code::ExampleOfWrongType, Code::DefaultOfWrongType];
        said.severity >= Severity::Warning || refused.contains(&said.code)
    });
    faults.extend(grave.cloned());
    faults
}

/// How `generated/` differs from these crates and, when they are all there are, from holding nothing else. Paths are below the root.
///
/// # Errors
///
/// When `generated/` cannot be read.
pub(crate) fn find(repo: &Repo, emitted: &[Emitted], extras: &[Extra]) -> anyhow::Result<Drift> {
    let (mut wanted, mut found) = (FileSet::default(), FileSet::default());
    for one in emitted {
        let folder = one.target.krate();
        add(&mut wanted, &folder, &one.files);
        add(&mut found, &folder, &read(&repo.path(&folder))?);
    }
    for extra in extras {
        if fs::symlink_metadata(&extra.path)?.is_dir() {
            add(&mut found, &extra.name, &read(&extra.path)?);
        } else {
            // It is reported by its name; what it holds, or what a link leads to, is not looked at.
            found.insert(extra.name.clone(), "");
        }
    }
    Ok(compare(&wanted, &found))
}

/// What `generated/` holds beside the crates of these targets, in the order of names.
///
/// Entries with a dot are the file system's or a version control's; Cargo never takes them for packages.
///
/// # Errors
///
/// When `generated/` is there but cannot be read.
pub(crate) fn extras(repo: &Repo, targets: &[Target]) -> anyhow::Result<Vec<Extra>> {
    let folder = repo.path("generated");
    let entries = match fs::read_dir(&folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => {
            return Err(error).with_context(|| format!("cannot read {}", folder.display()));
        }
    };
    let mut extras = Vec::new();
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') || targets.iter().any(|target| target.name == name) {
            continue;
        }
        let ours = !entry.file_type()?.is_dir() || is_generated(&entry.path());
        extras.push(Extra {
            path: entry.path(),
            name: format!("generated/{name}"),
            ours,
        });
    }
    extras.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(extras)
}

/// Whether the generator made this crate.
pub(crate) fn is_generated(folder: &Path) -> bool {
    fs::read(folder.join("Cargo.toml")).is_ok_and(|manifest| manifest.starts_with(MARK.as_bytes()))
}

/// All that stands in the folder of a crate that nobody writes into by hand.
///
/// # Errors
///
/// When it cannot be read.
pub(crate) fn read(folder: &Path) -> anyhow::Result<FileSet> {
    FileSet::read(folder).with_context(|| format!("cannot read {}", folder.display()))
}

fn add(all: &mut FileSet, folder: &str, files: &FileSet) {
    for (path, content) in files.iter() {
        all.insert(format!("{folder}/{path}"), content);
    }
}

//! `cargo xtask upstream`: holds our document of an API beside the vendor's.
//!
//! Ours is written from the facts of the vendor's, in words of our own. Where the vendor's is known to be wrong or to say too
//! little, `corrections.yaml` says so: an OpenAPI Overlay on the vendor's document, each action with its reason. With these applied, both documents
//! must say the same of the operations that ours has. `--update` makes it so: it carries the vendor's facts over into ours, and keeps our
//! words. The modules: `update` does that, `merge` makes one tree of both documents, by `pairs` (which component of ours is which of
//! theirs) and `words` (what is a fact), and `split` and `yaml` write it over many files; `tree` and `reference` are ways through a tree.

mod merge;
mod pairs;
mod reference;
mod split;
mod tree;
mod update;
mod words;
mod yaml;

use crate::targets::{Repo, Target};
use anyhow::Context as _;
use sdk_generator::advice::advised;
use sdk_generator::compare::{self, Change, Options, compare, restrict};
use sdk_generator::diagnostics::Diagnostics;
use sdk_generator::diagnostics::render::Renderer;
use sdk_generator::facts::{Document, Operation, PathItem};
use sdk_generator::load::Sources;
use sdk_generator::overlay;
use sdk_generator::pipeline::{self, Run};
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The words after `upstream`.
#[derive(clap::Args, Clone, Debug)]
pub(crate) struct Arguments {
    /// A folder of specs/.
    #[arg(value_name = "TARGET")]
    pub(crate) target: String,
    /// The vendor's document.
    #[arg(value_name = "PATH")]
    pub(crate) path: PathBuf,
    /// Compares the operations of this tag alone, those that ours has not as well; may be given several times.
    #[arg(long = "tag", value_name = "NAME")]
    pub(crate) tags: Vec<String>,
    /// Carries the vendor's facts over into ours; texts, examples and names stay ours, and what is new and wants words is listed.
    #[arg(long, conflicts_with = "tags")]
    pub(crate) update: bool,
}

/// Runs the command.
///
/// # Errors
///
/// When the target is unknown, or one of the documents or the corrections cannot be read or applied.
pub(crate) fn run(repo: &Repo, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let targets = repo.select(std::slice::from_ref(&arguments.target))?;
    let target = targets.first().context("there is no such target")?;
    if arguments.update {
        let corrections = corrections(repo, target)?;
        let updated = update::update(repo, target, &arguments.path, corrections.as_slice())?;
        print!("{}", tell(&updated));
        return Ok(ExitCode::SUCCESS);
    }
    let found = find(repo, target, &arguments.path, &arguments.tags)?;
    if found.changes.is_empty() {
        println!(
            "{}: {} operations as in {}, nothing but what {} declares",
            target.document(),
            found.operations,
            arguments.path.display(),
            target.corrections(),
        );
        return Ok(ExitCode::SUCCESS);
    }
    print!("{}", compare::report(&found.changes));
    println!(
        "\nThese are the steps from the vendor's document to {}. Take over what is new there, or declare in\n{} what is wrong \
         there, with an `x-reason` that says where that is known from.",
        target.document(),
        target.corrections(),
    );
    Ok(ExitCode::from(1))
}

/// What an update did, as lines.
fn tell(updated: &update::Updated) -> String {
    let mut lines = String::new();
    let parts = [
        ("written", &updated.written),
        ("removed", &updated.removed),
        ("new, and wants words", &updated.new),
        ("no longer in the vendor's document", &updated.gone),
    ];
    for (title, names) in parts {
        if !names.is_empty() {
            lines.push_str(&format!("{title}:\n  {}\n", names.join("\n  ")));
        }
    }
    if lines.is_empty() {
        lines.push_str("nothing to carry over\n");
    }
    lines
}

/// What the two documents say of the operations that were compared.
struct Found {
    /// How many there are of them in ours.
    operations: usize,
    /// The steps from the vendor's document, as corrected, to ours.
    changes: Vec<Change>,
}

fn find(repo: &Repo, target: &Target, path: &Path, tags: &[String]) -> anyhow::Result<Found> {
    let corrections = corrections(repo, target)?;
    let mut theirs = read(path, corrections.as_slice())?;
    let mut ours = read(&repo.path(&target.document()), &[])?;
    select(&mut theirs, &mut ours, tags)?;
    Ok(Found {
        operations: ours.paths.iter().map(|path| path.operations.len()).sum(),
        changes: compare(&theirs, &ours, Options::default()),
    })
}

/// The target's corrections, where it has any. Each must say why.
fn corrections(repo: &Repo, target: &Target) -> anyhow::Result<Option<PathBuf>> {
    let path = repo.path(&target.corrections());
    if !path.is_file() {
        return Ok(None);
    }
    let mut sources = Sources::default();
    let mut diagnostics = Diagnostics::default();
    let Some(overlay) = overlay::read(&path, &mut sources, &mut diagnostics) else {
        let document = target.corrections();
        return Err(unreadable(&document, &diagnostics, &sources));
    };
    for action in &overlay.actions {
        let line = sources.locate_in(overlay.file, &action.pointer);
        let line = line.map_or(1, |position| position.line);
        let reason = action.reason.as_ref();
        if reason.is_none_or(|reason| reason.trim().is_empty()) {
            return Err(advised(
                format!(
                    "{}:{line}: the action on `{}` does not say why, in `x-reason`",
                    target.corrections(),
                    action.target.text(),
                ),
                "add `x-reason` there: what is wrong in the vendor's document, and where that is known from",
            ));
        }
    }
    Ok(Some(path))
}

fn read(path: &Path, overlays: &[PathBuf]) -> anyhow::Result<Document> {
    whole(
        pipeline::load(path, overlays).read(),
        &path.display().to_string(),
    )
}

/// What a document has become, where it has no error.
fn whole<T>(run: Run<T>, document: &str) -> anyhow::Result<T> {
    if run.diagnostics.has_errors() {
        return Err(unreadable(document, &run.diagnostics, &run.sources));
    }
    run.value
        .with_context(|| format!("{document} cannot be read"))
}

/// Why a document cannot be read.
fn unreadable(document: &str, diagnostics: &Diagnostics, sources: &Sources) -> anyhow::Error {
    let renderer = Renderer {
        styles: crate::styles(),
        ..Renderer::plain(Some(sources))
    };
    advised(
        format!("{document} cannot be read\n\n{}", renderer.all(diagnostics)),
        "fix what is shown, and run the command again",
    )
}

/// Leaves in both documents the operations that ours has or, when tags are named, those that one of the documents has under
/// one of these.
fn select(theirs: &mut Document, ours: &mut Document, tags: &[String]) -> anyhow::Result<()> {
    let is_meant = |operation: &Operation| {
        tags.is_empty() || operation.tags.iter().any(|tag| tags.contains(tag))
    };
    let mut names = HashSet::new();
    let documents: &[&Document] = if tags.is_empty() {
        &[ours]
    } else {
        &[ours, theirs]
    };
    for document in documents {
        for path in &document.paths {
            let meant = path.operations.iter().filter(|one| is_meant(one));
            names.extend(meant.map(|operation| compare::operation_key(path, operation)));
        }
    }
    if names.is_empty() {
        return Err(advised(
            format!("no operation has a tag called {}", tags.join(" or ")),
            "name a tag of one of the documents, spelt as it is there",
        ));
    }
    let keep = |path: &PathItem, operation: &Operation| {
        names.contains(&compare::operation_key(path, operation))
    };
    restrict(theirs, keep);
    restrict(ours, keep);
    Ok(())
}

#[cfg(test)]
mod tests;

#[cfg(test)]
mod update_tests;

//! `cargo xtask upstream TARGET PATH --update`: carries the facts of the vendor's document over into ours.

use super::merge::{self, Merged};
use super::{split, tree, whole, yaml};
use crate::targets::{Repo, Target};
use anyhow::Context as _;
use sdk_generator::advice::advised;
use sdk_generator::compare::{Options, compare, report};
use sdk_generator::diagnostics::Diagnostics;
use sdk_generator::facts::Document;
use sdk_generator::load::Sources;
use sdk_generator::pipeline::{self, Run};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// What an update did.
pub(super) struct Updated {
    /// The files that are not as they were, below the root of the repository.
    pub(super) written: Vec<String>,
    /// The files of tags that are gone.
    pub(super) removed: Vec<String>,
    /// What has no words yet.
    pub(super) new: Vec<String>,
    /// The operations that the vendor's document no longer has.
    pub(super) gone: Vec<String>,
}

/// Carries the facts over. Nothing is written unless what would be written says the same as what was merged.
pub(super) fn update(
    repo: &Repo,
    target: &Target,
    path: &Path,
    corrections: &[PathBuf],
) -> anyhow::Result<Updated> {
    let theirs = load(path, corrections)?;
    let ours = load(&repo.path(&target.document()), &[])?;
    let merged = merge::merge(&theirs, &ours);
    refuse_torn(target, &merged)?;
    let specs = repo.path(&format!("specs/{}", target.name));
    let folder = tempfile::Builder::new()
        .prefix(".update-")
        .tempdir_in(&specs)
        .with_context(|| format!("cannot write in {}", specs.display()))?;
    let files = texts(&merged.document);
    for (name, text) in &files {
        put(&folder.path().join(name), text)?;
    }
    check(&merged.document, &folder.path().join(split::ROOT))?;
    let mut updated = Updated {
        written: Vec::new(),
        removed: remove_stale(target, &specs, &files)?,
        new: merged.new,
        gone: merged.gone,
    };
    for (name, text) in &files {
        let place = specs.join(name);
        if fs::read_to_string(&place).ok().as_ref() != Some(text) {
            put(&place, text)?;
            updated
                .written
                .push(format!("specs/{}/{name}", target.name));
        }
    }
    Ok(updated)
}

/// Reads a document into one tree, with each parameter at its operations.
fn load(path: &Path, overlays: &[PathBuf]) -> anyhow::Result<Value> {
    let tree = whole(pipeline::load(path, overlays), &path.display().to_string())?;
    Ok(tree::with_parameters_at_operations(tree))
}

fn refuse_torn(target: &Target, merged: &Merged) -> anyhow::Result<()> {
    if merged.torn.is_empty() {
        return Ok(());
    }
    Err(advised(
        format!(
            "these components of {} stand for several things of the vendor's, which are not the same:\n  {}",
            target.document(),
            merged.torn.join("\n  "),
        ),
        "write a component for each of them, or declare in corrections.yaml what makes them the same",
    ))
}

/// The names and texts of the files of a document.
fn texts(document: &Value) -> Vec<(String, String)> {
    let text = |file: split::File| {
        let text = format!(
            "# {}\n# `cargo xtask upstream` keeps the facts as the vendor has them; texts, names and examples are ours, and are \
             written here.\n{}",
            file.heading,
            yaml::print(&file.tree),
        );
        (file.name, text)
    };
    split::split(document).into_iter().map(text).collect()
}

fn put(path: &Path, text: &str) -> anyhow::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}

/// Reads the files again, and holds what they say against what was to be written.
fn check(document: &Value, written: &Path) -> anyhow::Result<()> {
    let meant = facts(Run {
        operations_found: 0,
        value: Some(document.clone()),
        diagnostics: Diagnostics::default(),
        sources: Sources::default(),
    })?;
    let read = facts(pipeline::load(written, &[]))?;
    let changes = compare(&meant, &read, Options::default());
    if changes.is_empty() {
        return Ok(());
    }
    Err(advised(
        format!(
            "the files would not say what was merged, and nothing was written\n\n{}",
            report(&changes)
        ),
        "this is a fault of the command; report it with both documents",
    ))
}

fn facts(run: Run<Value>) -> anyhow::Result<Document> {
    whole(run.read(), "the merged document")
}

/// Removes the files of tags that are gone.
fn remove_stale(
    target: &Target,
    specs: &Path,
    files: &[(String, String)],
) -> anyhow::Result<Vec<String>> {
    let kept: BTreeSet<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    let mut removed = Vec::new();
    for folder in ["paths", "schemas"] {
        let Ok(entries) = fs::read_dir(specs.join(folder)) else {
            continue;
        };
        for entry in entries {
            let entry = entry?;
            let name = format!("{folder}/{}", entry.file_name().to_string_lossy());
            if name.ends_with(".yaml") && !kept.contains(name.as_str()) {
                fs::remove_file(entry.path())?;
                removed.push(format!("specs/{}/{name}", target.name));
            }
        }
    }
    removed.sort();
    Ok(removed)
}

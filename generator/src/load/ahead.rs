//! Takes the tree of a root document, gives the files that it leads to, read and parsed on all cores before anybody asks for them.
//!
//! A document may be spread over hundreds of files, and which of them matter is only known by following every reference in turn.
//! This walk is looser: it takes whatever looks like a reference to a file. What it got wrong costs a file that is read in vain,
//! or one that is read later; the rules of the library hold for both.

use super::folder::Folder;
use super::library::{self, read_bytes};
use super::{MAX_FILE_BYTES, MAX_FILES, MAX_TOTAL_BYTES};
use crate::source::{SourceFile, Text, read_text, tree_allowance};
use rayon::prelude::*;
use serde_json::Value;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

/// What was read.
#[derive(Default)]
pub(super) struct Ahead {
    /// The files by their paths behind symbolic links.
    files: HashMap<PathBuf, (SourceFile, Text)>,
    /// The paths behind symbolic links by those that references give.
    canonical: HashMap<PathBuf, PathBuf>,
}

impl Ahead {
    /// Gives away the file at `path`, a path behind symbolic links.
    pub(super) fn take(&mut self, path: &Path) -> Option<(SourceFile, Text)> {
        self.files.remove(path)
    }

    /// Where `path` leads behind symbolic links.
    pub(super) fn canonical(&self, path: &Path) -> Option<&Path> {
        self.canonical.get(path).map(PathBuf::as_path)
    }
}

/// Reads what `tree`, the tree of the file `root`, leads to within `folder`.
pub(super) fn read(root: &Path, tree: &Value, folder: &Folder) -> Ahead {
    let mut ahead = Ahead::default();
    let mut asked = HashSet::new();
    let mut seen = HashSet::from([root.to_owned()]);
    let bytes = AtomicUsize::new(0);
    let mut named = leads_to(tree, root);
    while !named.is_empty() && ahead.files.len() < MAX_FILES {
        named.retain(|path| asked.insert(path.clone()));
        let settled: Vec<(PathBuf, PathBuf)> = named
            .into_par_iter()
            .filter_map(|path| Some((path.canonicalize().ok()?, path)))
            .filter(|(canonical, _)| folder.holds(canonical))
            .collect();
        let mut new = Vec::new();
        for (canonical, path) in settled {
            if seen.insert(canonical.clone()) {
                new.push(canonical.clone());
            }
            ahead.canonical.insert(path, canonical);
        }
        let found: Vec<_> = new
            .into_par_iter()
            .filter_map(|path| {
                let (file, text) = open_file(&path, folder, &bytes)?;
                let next = match &text.tree {
                    Ok(tree) => leads_to(tree, &path),
                    Err(_) => Vec::new(),
                };
                Some((path, file, text, next))
            })
            .collect();
        named = Vec::new();
        for (path, file, text, next) in found {
            named.extend(next);
            ahead.files.insert(path, (file, text));
        }
    }
    ahead
}

/// Reads one file, unless `total`, the bytes read so far, are enough already.
fn open_file(path: &Path, folder: &Folder, total: &AtomicUsize) -> Option<(SourceFile, Text)> {
    let name = folder.name_of(path)?;
    if total.load(Ordering::Relaxed) > MAX_TOTAL_BYTES {
        return None;
    }
    let bytes = read_bytes(path, MAX_FILE_BYTES).ok().flatten()?;
    total.fetch_add(bytes.len(), Ordering::Relaxed);
    let mut file = SourceFile::new(name, bytes);
    if !file.is_text() {
        return None;
    }
    let allowance = tree_allowance(&file);
    let text = read_text(&mut file, false, allowance);
    Some((file, text))
}

/// The paths that the references of a tree name.
fn leads_to(tree: &Value, from: &Path) -> Vec<PathBuf> {
    let Some(base) = from.parent() else {
        return Vec::new();
    };
    let mut names = HashSet::new();
    let mut open = vec![tree];
    while let Some(value) = open.pop() {
        match value {
            Value::Object(members) => {
                if let Some(Value::String(text)) = members.get("$ref") {
                    names.insert(text.split('#').next().unwrap_or_default());
                }
                open.extend(members.values().filter(|value| is_container(value)));
            }
            Value::Array(items) => open.extend(items.iter().filter(|value| is_container(value))),
            _ => {}
        }
    }
    names.remove("");
    let mut paths: Vec<PathBuf> = names
        .into_iter()
        .filter_map(|name| library::join(base, name))
        .collect();
    paths.sort_unstable();
    paths
}

fn is_container(value: &Value) -> bool {
    value.is_object() || value.is_array()
}

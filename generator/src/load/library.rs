//! Takes paths and gives the trees of the files there, each read once, none from outside the document's folder.
//!
//! A document is data from somebody else, and what it refers to must not become a way to read the disk of
//! whoever generates a client: a reference is judged by its text first, and by where it really leads (behind symbolic
//! links) before anything is opened.

use super::ahead::{self, Ahead};
use super::folder::Folder;
use super::{MAX_FILE_BYTES, MAX_FILES, MAX_TOTAL_BYTES, MAX_TREE_BYTES, fault};
use crate::diagnostics::{Diagnostic, Diagnostics, Severity};
use crate::pointer::JsonPointer;
use crate::source::{FileId, SourceFile, Sources, Stop, Text, read_text, tree_allowance, weigh};
use serde_json::Value;
use std::collections::HashMap;
use std::fs::File;
use std::io::Read;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// A file that was read into a tree.
#[derive(Debug)]
pub(super) struct OpenFile {
    pub(super) tree: Value,
    /// What the tree weighs, in bytes.
    pub(super) weight: usize,
    /// The folder that its references start from; `None` for a text in memory.
    folder: Option<PathBuf>,
}

/// Why a file that was referred to cannot be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OpenError {
    /// It lies outside the folder of the root document, or there is no folder.
    Outside,
    /// There is no such file.
    Missing,
    /// It is there, and a diagnostic tells what is wrong with it.
    Reported,
}

/// All files of a document.
#[derive(Default)]
pub(super) struct Library {
    /// `None` for a text in memory.
    folder: Option<Folder>,
    files: Vec<Option<Arc<OpenFile>>>,
    /// By path as referred to, so that the disk is asked once for each.
    by_reference: HashMap<PathBuf, Result<FileId, OpenError>>,
    /// By path behind symbolic links, so that one file is one file.
    by_path: HashMap<PathBuf, Result<FileId, OpenError>>,
    /// What was read before anybody asked for it.
    ahead: Ahead,
    bytes: usize,
    tree_bytes: usize,
    pub(super) sources: Sources,
}

impl Library {
    /// Opens the root document; its folder becomes the limit of all that follows.
    pub(super) fn open_root(
        &mut self,
        path: &Path,
        diagnostics: &mut Diagnostics,
    ) -> Option<FileId> {
        let name = path.to_string_lossy().into_owned();
        let canonical = match path.canonicalize() {
            Ok(canonical) => canonical,
            Err(error) => {
                diagnostics.push(fault::unreadable(
                    &name,
                    &error.to_string(),
                    JsonPointer::root(),
                ));
                return None;
            }
        };
        self.folder = Folder::of(path, &canonical);
        let opened = self.read(&canonical, name, JsonPointer::root(), diagnostics);
        if let (Ok(root), Some(folder)) = (opened, &self.folder)
            && let Some(file) = self.file(root)
        {
            self.ahead = ahead::read(&canonical, &file.tree, folder);
        }
        self.by_path.insert(canonical, opened);
        opened.ok()
    }

    /// Takes a text in memory for the root document.
    pub(super) fn open_text(
        &mut self,
        name: &str,
        text: &str,
        diagnostics: &mut Diagnostics,
    ) -> Option<FileId> {
        if text.len() > MAX_FILE_BYTES {
            diagnostics.push(fault::too_large(name, JsonPointer::root()));
            return None;
        }
        let file = SourceFile::new(name.to_owned(), text.as_bytes().to_vec());
        self.add(file, None, None, JsonPointer::root(), diagnostics)
            .ok()
    }

    /// Takes a tree in memory for the root document; it cannot refer to any file.
    pub(super) fn add_tree(&mut self, file: SourceFile, tree: Value) -> FileId {
        self.files.push(Some(Arc::new(OpenFile {
            weight: weigh(&tree),
            tree,
            folder: None,
        })));
        self.sources.add(file)
    }

    /// Opens the file that `reference` names, as a path relative to the folder of `from`; `at` is the place in the
    /// merged tree that refers to it.
    pub(super) fn open(
        &mut self,
        from: FileId,
        reference: &str,
        at: &JsonPointer,
        diagnostics: &mut Diagnostics,
    ) -> Result<FileId, OpenError> {
        let folder = self.folder.as_ref().ok_or(OpenError::Outside)?;
        let base = self
            .file(from)
            .and_then(|file| file.folder.clone())
            .ok_or(OpenError::Outside)?;
        let path = join(&base, reference)
            .filter(|path| folder.holds(path))
            .ok_or(OpenError::Outside)?;
        if let Some(known) = self.by_reference.get(&path) {
            return *known;
        }
        let opened = self.open_path(&path, at, diagnostics);
        self.by_reference.insert(path, opened);
        opened
    }

    fn open_path(
        &mut self,
        path: &Path,
        at: &JsonPointer,
        diagnostics: &mut Diagnostics,
    ) -> Result<FileId, OpenError> {
        let canonical = match self.ahead.canonical(path) {
            Some(canonical) => canonical.to_owned(),
            None => path.canonicalize().map_err(|_| OpenError::Missing)?,
        };
        if let Some(known) = self.by_path.get(&canonical) {
            return *known;
        }
        let folder = self.folder.as_ref();
        let name = folder
            .and_then(|folder| folder.name_of(&canonical))
            .ok_or(OpenError::Outside)?;
        // A document without one of its files is worth more than none, so only the root's own faults are errors.
        let mut found = Diagnostics::default();
        let opened = self.read(&canonical, name, at.clone(), &mut found);
        diagnostics.extend(found.iter().cloned().map(|mut diagnostic| {
            diagnostic.severity = diagnostic.severity.min(Severity::Warning);
            diagnostic
        }));
        self.by_path.insert(canonical, opened);
        opened
    }

    /// The file, when it could be read into a tree.
    pub(super) fn file(&self, id: FileId) -> Option<Arc<OpenFile>> {
        self.files.get(id.index()).cloned().flatten()
    }

    /// What was read, when all that was asked for has been copied. To take the trees apart takes a while, and nobody waits for it.
    pub(super) fn finish(self) -> Sources {
        let files = self.files;
        rayon::spawn(move || drop(files));
        self.sources
    }

    /// Takes `size` bytes from what all trees together may weigh; `false` when there is not so much left.
    pub(super) fn charge(&mut self, size: usize) -> bool {
        self.tree_bytes = self.tree_bytes.saturating_add(size);
        self.tree_bytes <= MAX_TREE_BYTES
    }

    fn read(
        &mut self,
        path: &Path,
        name: String,
        at: JsonPointer,
        diagnostics: &mut Diagnostics,
    ) -> Result<FileId, OpenError> {
        let left = MAX_TOTAL_BYTES
            .saturating_sub(self.bytes)
            .min(MAX_FILE_BYTES);
        let folder = path.parent().map(Path::to_path_buf);
        if let Some((file, text)) = self.ahead.take(path)
            && file.bytes().len() <= left
            && self.files.len() < MAX_FILES
        {
            return self.add(file, Some(text), folder, at, diagnostics);
        }
        let bytes = match read_bytes(path, left) {
            Ok(Some(bytes)) if self.files.len() < MAX_FILES => bytes,
            Ok(_) => return report(diagnostics, fault::too_large(&name, at)),
            Err(error) => {
                return report(
                    diagnostics,
                    fault::unreadable(&name, &error.to_string(), at),
                );
            }
        };
        self.add(SourceFile::new(name, bytes), None, folder, at, diagnostics)
    }

    fn add(
        &mut self,
        mut file: SourceFile,
        text: Option<Text>,
        folder: Option<PathBuf>,
        at: JsonPointer,
        diagnostics: &mut Diagnostics,
    ) -> Result<FileId, OpenError> {
        self.bytes = self.bytes.saturating_add(file.bytes().len());
        let is_root = self.files.is_empty();
        let before = self.tree_bytes;
        let tree = self.parse(&mut file, text, is_root, &at, diagnostics);
        let weight = self.tree_bytes - before;
        let opened = tree.is_some();
        let id = self.sources.add(file);
        self.files.push(tree.map(|tree| {
            Arc::new(OpenFile {
                tree,
                weight,
                folder,
            })
        }));
        if opened {
            Ok(id)
        } else {
            Err(OpenError::Reported)
        }
    }

    fn parse(
        &mut self,
        file: &mut SourceFile,
        text: Option<Text>,
        is_root: bool,
        at: &JsonPointer,
        diagnostics: &mut Diagnostics,
    ) -> Option<Value> {
        if !file.is_text() {
            diagnostics.push(fault::not_text(file, at.clone()));
            return None;
        }
        let wanted = tree_allowance(file);
        let allowance = wanted.min(MAX_TREE_BYTES.saturating_sub(self.tree_bytes));
        // A tree that was read ahead had all the room that it wanted; by now there may be less.
        let text = text.filter(|text| text.used() <= allowance);
        let text = text.unwrap_or_else(|| read_text(file, is_root, allowance));
        self.charge(text.used());
        let stop = text.stop();
        match text.into_parts() {
            (Ok(tree), faults) => {
                fault::push_text_faults(file, faults, is_root, at, diagnostics);
                if is_root && !tree.is_object() {
                    diagnostics.push(fault::not_an_object(file));
                    return None;
                }
                Some(tree)
            }
            (Err(error), _) => {
                diagnostics.push(match stop {
                    Some(Stop::TooLarge) if allowance < wanted => {
                        fault::too_large(file.name(), at.clone())
                    }
                    stop => fault::syntax(file, &error, stop, at.clone()),
                });
                None
            }
        }
    }
}

fn report(diagnostics: &mut Diagnostics, diagnostic: Diagnostic) -> Result<FileId, OpenError> {
    diagnostics.push(diagnostic);
    Err(OpenError::Reported)
}

/// `None` when the file is larger than `limit` bytes. A pipe or a device is refused, for reading it may never end.
pub(super) fn read_bytes(path: &Path, limit: usize) -> std::io::Result<Option<Vec<u8>>> {
    // Asked before opening, because opening a pipe waits for somebody to write to it.
    let metadata = path.metadata()?;
    if !metadata.is_file() {
        return Err(std::io::Error::other("it is not a regular file"));
    }
    let limit = u64::try_from(limit).unwrap_or(u64::MAX);
    if metadata.len() > limit {
        return Ok(None);
    }
    let mut bytes = Vec::with_capacity(
        usize::try_from(metadata.len())
            .unwrap_or(0)
            .saturating_add(1),
    );
    // The file may grow while it is read, so the limit holds for the reading as well.
    File::open(path)?
        .take(limit.saturating_add(1))
        .read_to_end(&mut bytes)?;
    Ok((u64::try_from(bytes.len()).unwrap_or(u64::MAX) <= limit).then_some(bytes))
}

/// `reference` starting from `base`, without `.` and `..`; `None` when it is absolute.
pub(super) fn join(base: &Path, reference: &str) -> Option<PathBuf> {
    let mut path = base.to_path_buf();
    for component in Path::new(reference).components() {
        match component {
            Component::Normal(step) => path.push(step),
            Component::CurDir => {}
            Component::ParentDir => {
                if !path.pop() {
                    return None;
                }
            }
            Component::Prefix(_) | Component::RootDir => return None,
        }
    }
    Some(path)
}

//! Takes paths and gives the trees of the files there, each read once, none from outside the document's folder.
//!
//! A document is data from somebody else, and what it refers to must not become a way to read the disk of
//! whoever generates a client: a reference is judged by its text first, and by where it really leads (behind symbolic
//! links) before anything is opened.

use super::sources::{FileId, SourceFile, Sources};
use super::tree::{Dialect, Reading, Stop};
use super::{
    MAX_FILE_BYTES, MAX_FILES, MAX_TOTAL_BYTES, MAX_TREE_BYTES, SyntaxError, fault, json, yaml,
};
use crate::diagnostics::{Diagnostic, Diagnostics, Severity};
use crate::pointer::JsonPointer;
use serde_json::Value;
use std::collections::HashMap;
use std::fs::File;
use std::io::Read;
use std::path::{Component, Path, PathBuf};
use std::rc::Rc;

/// The size that the tree of any file may have, however small the text, in bytes.
const FREE_TREE_BYTES: usize = 4 << 20;

/// How many times its text a tree may weigh beyond [`FREE_TREE_BYTES`]. A text without aliases stays below 20, since a
/// node takes two characters at least.
const TREE_BYTES_PER_TEXT_BYTE: usize = 64;

/// A file whose tree could be had.
#[derive(Debug)]
pub(super) struct OpenFile {
    pub(super) tree: Value,
    /// The folder that its references start from; `None` for a text in memory.
    folder: Option<PathBuf>,
}

/// Why a file that was referred to cannot be had.
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
    /// The folder that nothing may lie outside of, as it is behind symbolic links; `None` for a text in memory.
    folder: Option<PathBuf>,
    files: Vec<Option<Rc<OpenFile>>>,
    /// By path as referred to, so that the disk is asked once for each.
    by_reference: HashMap<PathBuf, Result<FileId, OpenError>>,
    /// By path behind symbolic links, so that one file is one file.
    by_path: HashMap<PathBuf, Result<FileId, OpenError>>,
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
        self.folder = canonical.parent().map(Path::to_path_buf);
        let opened = self.read(&canonical, name, JsonPointer::root(), diagnostics);
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
        self.add(file, None, JsonPointer::root(), diagnostics).ok()
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
        let folder = self.folder.as_deref().ok_or(OpenError::Outside)?;
        let base = self
            .file(from)
            .and_then(|file| file.folder.clone())
            .ok_or(OpenError::Outside)?;
        let path = join(&base, reference)
            .filter(|path| path.starts_with(folder))
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
        let canonical = path.canonicalize().map_err(|_| OpenError::Missing)?;
        if let Some(known) = self.by_path.get(&canonical) {
            return *known;
        }
        let within = self
            .folder
            .as_deref()
            .and_then(|folder| canonical.strip_prefix(folder).ok());
        let within = within.ok_or(OpenError::Outside)?;
        let steps: Vec<_> = within.iter().map(|step| step.to_string_lossy()).collect();
        let name = steps.join("/");
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

    /// The file, when its tree could be had.
    pub(super) fn file(&self, id: FileId) -> Option<Rc<OpenFile>> {
        self.files.get(id.0).cloned().flatten()
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
        let folder = path.parent().map(Path::to_path_buf);
        self.add(SourceFile::new(name, bytes), folder, at, diagnostics)
    }

    fn add(
        &mut self,
        mut file: SourceFile,
        folder: Option<PathBuf>,
        at: JsonPointer,
        diagnostics: &mut Diagnostics,
    ) -> Result<FileId, OpenError> {
        self.bytes = self.bytes.saturating_add(file.bytes().len());
        let is_root = self.files.is_empty();
        let tree = self.parse(&mut file, is_root, &at, diagnostics);
        let opened = tree.is_some();
        let id = self.sources.add(file);
        self.files
            .push(tree.map(|tree| Rc::new(OpenFile { tree, folder })));
        if opened {
            Ok(id)
        } else {
            Err(OpenError::Reported)
        }
    }

    fn parse(
        &mut self,
        file: &mut SourceFile,
        is_root: bool,
        at: &JsonPointer,
        diagnostics: &mut Diagnostics,
    ) -> Option<Value> {
        if !file.is_text() {
            diagnostics.push(fault::not_text(file, at.clone()));
            return None;
        }
        let wanted = file
            .text()
            .len()
            .saturating_mul(TREE_BYTES_PER_TEXT_BYTE)
            .saturating_add(FREE_TREE_BYTES);
        let allowance = wanted.min(MAX_TREE_BYTES.saturating_sub(self.tree_bytes));
        let (reading, parsed) = read_text(file, is_root, allowance);
        self.charge(allowance.saturating_sub(reading.left()));
        match parsed {
            Ok(tree) => {
                fault::push_oddities(file, reading.into_faults(), is_root, at, diagnostics);
                if is_root && !tree.is_object() {
                    diagnostics.push(fault::not_an_object(file));
                    return None;
                }
                Some(tree)
            }
            Err(error) => {
                diagnostics.push(match reading.stop() {
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

/// Reads a text as what it looks like. Flow YAML looks like JSON at its start, so what is no JSON after all, and is not called
/// JSON by its name, is read again as YAML.
fn read_text(
    file: &mut SourceFile,
    is_root: bool,
    allowance: usize,
) -> (Reading, Result<Value, SyntaxError>) {
    if file.is_json() {
        let reading = Reading::new(Dialect::Json, is_root, allowance);
        let parsed = json::parse(file.text(), &reading);
        let is_limit =
            reading.stop().is_some() || parsed.as_ref().is_err_and(|error| error.stop.is_some());
        if parsed.is_ok() || is_limit || file.has_json_name() {
            return (reading, parsed);
        }
        file.take_for_yaml();
    }
    let reading = Reading::new(Dialect::Yaml, is_root, allowance);
    let parsed = yaml::parse(file.text(), &reading);
    (reading, parsed)
}

fn report(diagnostics: &mut Diagnostics, diagnostic: Diagnostic) -> Result<FileId, OpenError> {
    diagnostics.push(diagnostic);
    Err(OpenError::Reported)
}

/// `None` when the file is larger than `limit` bytes. A pipe or a device is refused, for reading it may never end.
fn read_bytes(path: &Path, limit: usize) -> std::io::Result<Option<Vec<u8>>> {
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
fn join(base: &Path, reference: &str) -> Option<PathBuf> {
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

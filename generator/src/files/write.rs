//! Puts a file set into a folder beside whatever else is there: all of it or nothing.
//!
//! What would change is decided first, and refused if it would cost its owner a file. Then every new file is written into a
//! [stage](super::stage), which is where a full disk shows; then the steps are announced and taken, each a rename. A run that
//! fails takes back what it did. What a run that was killed did is taken back by the next one, before it does anything else.
//! Files that do not change are not touched, so their times stay and Cargo builds nothing again.

use super::journal::{self, Step};
use super::look::{self, Found, look};
use super::owned::Owned;
use super::stage::{NOTE, Stage};
use super::{FileSet, RECORD};
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// How many files a message names.
const NAMED: usize = 10;

/// What a write did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Files that are new or have new content.
    pub written: usize,
    /// Files that stayed.
    pub kept: usize,
    /// Files that went.
    pub removed: usize,
}

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The folder holds something that the generator did not make.
    #[error(
        "{0} is not empty, and the generator did not make it: there is no record `{RECORD}` in it"
    )]
    NotOurs(PathBuf),
    /// Files would be replaced that no earlier run has written.
    #[error(
        "no earlier run has written {} in {folder}, which this run would replace",
        list(files)
    )]
    NotRecorded {
        /// The output folder.
        folder: PathBuf,
        /// The files, by their paths in it.
        files: Vec<String>,
    },
    /// Something that is no file stands where a file would be written.
    #[error("{path} is {kind}, where the generator would write a file")]
    InTheWay {
        /// What stands there.
        path: PathBuf,
        /// What it is.
        kind: &'static str,
    },
    /// Something stands there that is no folder.
    #[error("{0} is no folder")]
    NotAFolder(PathBuf),
    /// The file system refused.
    #[error("cannot {action} {path}")]
    Io {
        /// What was tried.
        action: &'static str,
        /// On what.
        path: PathBuf,
        /// Why it failed.
        source: io::Error,
    },
    /// The file system refused, and then refused to take back what was done.
    #[error("cannot undo the unfinished changes in {folder} ({begun})")]
    Unfinished {
        /// The output folder.
        folder: PathBuf,
        /// Why the run failed.
        begun: io::Error,
        /// Why it could not be taken back.
        source: io::Error,
    },
}

/// Files for a message.
fn list(files: &[String]) -> String {
    let shown: Vec<String> = files
        .iter()
        .take(NAMED)
        .map(|path| format!("`{path}`"))
        .collect();
    match files.len().checked_sub(NAMED) {
        None | Some(0) => shown.join(", "),
        Some(more) => format!("{} and {more} more", shown.join(", ")),
    }
}

pub(super) fn failed(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> WriteError {
    let path = path.to_owned();
    move |source| WriteError::Io {
        action,
        path,
        source,
    }
}

/// Makes `folder` hold these files and their record, in the place of those that an earlier run wrote there.
///
/// # Errors
///
/// When that would cost somebody a file, or the file system refuses; then nothing has changed.
pub fn write(files: &FileSet, folder: &Path) -> Result<Written, WriteError> {
    put(files, folder, false)
}

/// The same, where files that nobody recorded are replaced as well.
///
/// # Errors
///
/// When something that is no file stands in the way, or the file system refuses; then nothing has changed.
pub fn write_over(files: &FileSet, folder: &Path) -> Result<Written, WriteError> {
    put(files, folder, true)
}

fn put(files: &FileSet, folder: &Path, over: bool) -> Result<Written, WriteError> {
    let folder = &settled(folder)?;
    let made = create(folder)?;
    let files = match files.is_recorded() {
        true => Cow::Borrowed(files),
        false => Cow::Owned(files.clone().recorded()),
    };
    let result = put_into(&files, folder, over);
    if result.is_err() {
        // Folders that were made for nothing; in what order they go does not matter to those that hold something.
        made.iter().for_each(|folder| drop(fs::remove_dir(folder)));
    }
    result
}

fn put_into(files: &FileSet, folder: &Path, over: bool) -> Result<Written, WriteError> {
    // Held to the end: of two runs for one folder the second waits, and what it then finds of another run is a dead one's.
    let _lock = lock(folder);
    recover(folder)?;
    let change = Change::of(files, folder, over)?;
    if !change.steps.is_empty() {
        let stage = Stage::begin(folder).map_err(failed("write into", folder))?;
        carry_out(&stage, &change).map_err(|begun| abandon(&stage, begun))?;
        // All is done, and what is left over goes with the next run if it does not go now.
        let _ = stage.clear();
    }
    Ok(change.written)
}

/// Writes the new files, then takes every step.
fn carry_out(stage: &Stage, change: &Change<'_>) -> io::Result<()> {
    stage.fill(&change.new)?;
    stage.announce(&change.steps)?;
    let mut whole = None;
    for step in &change.steps {
        if !whole.is_some_and(|folder| step.is_below(folder)) {
            whole = journal::take(stage, step)?;
        }
    }
    remove_empty_folders(stage.folder(), &change.steps);
    stage.settle()
}

/// Takes back what a run did, and says why it failed.
fn abandon(stage: &Stage, begun: io::Error) -> WriteError {
    let folder = stage.folder().to_owned();
    match take_back(stage) {
        Ok(()) => WriteError::Io {
            action: "write into",
            path: folder,
            source: begun,
        },
        Err(source) => WriteError::Unfinished {
            folder,
            begun,
            source,
        },
    }
}

fn take_back(stage: &Stage) -> io::Result<()> {
    for step in stage.announced()?.iter().rev() {
        journal::take_back(stage, step)?;
    }
    stage.settle()?;
    stage.clear()
}

/// Takes back what a run that was killed has left.
fn recover(folder: &Path) -> Result<(), WriteError> {
    match Stage::left_in(folder).map_err(failed("read", folder))? {
        Ok(None) => Ok(()),
        Ok(Some(stage)) => {
            take_back(&stage).map_err(failed("take back a run that was stopped in", folder))
        }
        Err(kind) => Err(WriteError::InTheWay {
            path: folder.join(NOTE),
            kind,
        }),
    }
}

/// The place of a file.
struct Place {
    found: Found,
    /// Whether the file stands there as it is.
    holds: bool,
    /// The fingerprint of the file.
    print: u64,
}

impl Place {
    fn of(folder: &Path, path: &str, content: &[u8]) -> io::Result<Self> {
        let found = look(folder, path)?;
        let holds = match found {
            Found::File(length) => look::holds(folder, path, length, content)?,
            Found::Nothing | Found::Blocked(..) => false,
        };
        Ok(Self {
            found,
            holds,
            print: journal::fingerprint(content),
        })
    }
}

/// What a run will do.
struct Change<'f> {
    /// In the order in which they are taken.
    steps: Vec<Step>,
    /// The files that are written.
    new: Vec<(&'f str, &'f [u8])>,
    written: Written,
}

impl<'f> Change<'f> {
    /// Decides it, without touching anything.
    fn of(files: &'f FileSet, folder: &Path, over: bool) -> Result<Self, WriteError> {
        let io = |error| failed("read", folder)(error);
        let owned = Owned::of(folder).map_err(io)?;
        if owned == Owned::Foreign && !over {
            return Err(WriteError::NotOurs(folder.to_owned()));
        }
        let mut change = Self {
            steps: Vec::new(),
            new: Vec::new(),
            written: Written::default(),
        };
        let mut gone = BTreeSet::new();
        for path in owned.paths().filter(|path| files.get(path).is_none()) {
            if let Found::File(_) = look(folder, path).map_err(io)? {
                gone.insert(path);
                change.steps.push(Step::Remove(path.to_owned()));
                change.written.removed += 1;
            }
        }
        let (mut folders, mut not_recorded) = (BTreeSet::new(), Vec::new());
        let files: Vec<(&str, &[u8])> = files.iter().collect();
        let places: Vec<Place> = files
            .par_iter()
            .map(|(path, content)| Place::of(folder, path, content))
            .collect::<io::Result<_>>()
            .map_err(io)?;
        for ((path, content), place) in files.into_iter().zip(places) {
            let print = place.print;
            let step = match place.found {
                Found::File(_) if place.holds => {
                    change.written.kept += 1;
                    continue;
                }
                Found::File(_) => {
                    if !over && !owned.has(path) {
                        not_recorded.push(path.to_owned());
                    }
                    Step::Replace(path.to_owned(), print)
                }
                Found::Blocked(by, kind) if !gone.contains(by.as_str()) => {
                    let path = folder.join(by);
                    return Err(WriteError::InTheWay { path, kind });
                }
                Found::Nothing | Found::Blocked(..) => Step::Create(path.to_owned(), print),
            };
            change.make_folders(folder, path, &mut folders);
            change.new.push((path, content));
            change.steps.push(step);
            change.written.written += 1;
        }
        if not_recorded.is_empty() {
            Ok(change)
        } else {
            Err(WriteError::NotRecorded {
                folder: folder.to_owned(),
                files: not_recorded,
            })
        }
    }

    /// Adds a step for each folder above a file that is not there yet.
    fn make_folders(&mut self, folder: &Path, path: &'f str, made: &mut BTreeSet<&'f str>) {
        for (end, _) in path.match_indices('/') {
            let parent = path.get(..end).unwrap_or_default();
            if made.insert(parent) && !folder.join(parent).is_dir() {
                self.steps.push(Step::Folder(parent.to_owned()));
            }
        }
    }
}

/// Removes the folders in which only files stood that are gone.
fn remove_empty_folders(folder: &Path, steps: &[Step]) {
    for step in steps {
        let Step::Remove(path) = step else { continue };
        for (end, _) in path.rmatch_indices('/') {
            // One that holds anything stays.
            if fs::remove_dir(folder.join(path.get(..end).unwrap_or_default())).is_err() {
                break;
            }
        }
    }
}

/// The folder by its own name: without a link on the way, so that a link to it stays.
pub(super) fn settled(folder: &Path) -> Result<PathBuf, WriteError> {
    match fs::canonicalize(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => std::path::absolute(folder),
        settled => settled,
    }
    .map_err(failed("find", folder))
}

/// Makes the folder and those above it; gives those that were made, the lowest first.
fn create(folder: &Path) -> Result<Vec<PathBuf>, WriteError> {
    match fs::metadata(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(source) => return Err(failed("read", folder)(source)),
        Ok(data) if !data.is_dir() => return Err(WriteError::NotAFolder(folder.to_owned())),
        Ok(_) => return Ok(Vec::new()),
    }
    let missing = folder.ancestors().take_while(|folder| !folder.exists());
    let missing: Vec<PathBuf> = missing.map(Path::to_owned).collect();
    fs::create_dir_all(folder).map_err(failed("create", folder))?;
    Ok(missing)
}

/// Keeps other runs away from the folder until the value is dropped, or the process ends in whatever way.
///
/// `None` where the file system or the system has no such locks; there, two runs at once are the caller's to avoid.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn lock(folder: &Path) -> Option<fs::File> {
    let file = fs::File::open(folder).ok()?;
    rustix::fs::flock(&file, rustix::fs::FlockOperation::LockExclusive).ok()?;
    Some(file)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn lock(_: &Path) -> Option<fs::File> {
    None
}

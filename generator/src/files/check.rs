//! Takes what would be written and a folder, tells how what is the generator's there differs. The owner's own files are no
//! difference.

use super::compare::{Drift, compare};
use super::look::{self, Found, look};
use super::owned::Owned;
use super::write::{WriteError, failed, settled};
use super::{FileSet, RECORD};
use std::fs;
use std::io;
use std::path::Path;

/// A file of ours is not as long as this; a longer one is only said to be another.
const LONGEST: u64 = 1 << 28;

/// Compares what would be written with what stands in its place, and finds what a run would remove.
///
/// # Errors
///
/// When the folder cannot be read.
pub fn check(files: &FileSet, folder: &Path) -> Result<Drift, WriteError> {
    let found = found(files, folder)?;
    Ok(compare(&files.clone().recorded(), &found))
}

/// What stands where files would be written, and what an earlier run has written.
///
/// # Errors
///
/// When the folder cannot be read.
pub fn found(files: &FileSet, folder: &Path) -> Result<FileSet, WriteError> {
    let files = files.clone().recorded();
    let folder = settled(folder)?;
    let found = match fs::metadata(&folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(FileSet::default()),
        Err(error) => Err(error),
        Ok(data) if !data.is_dir() => return Err(WriteError::NotAFolder(folder)),
        Ok(_) => find(&files, &folder),
    };
    found.map_err(failed("read", &folder))
}

fn find(files: &FileSet, folder: &Path) -> io::Result<FileSet> {
    let owned = Owned::of(folder)?;
    let mut found = FileSet::default();
    let gone = owned.paths().filter(|path| files.get(path).is_none());
    for (path, is_wanted) in gone
        .map(|path| (path, false))
        .chain(files.iter().map(|(path, _)| (path, true)))
    {
        match look(folder, path)? {
            Found::File(length) if is_wanted && length < LONGEST => {
                found.insert(path, look::read(&folder.join(path))?);
            }
            Found::File(_) => found.insert(path, "a file\n"),
            Found::Blocked(_, kind) if is_wanted => found.insert(path, format!("{kind}\n")),
            Found::Blocked(..) | Found::Nothing => {}
        }
    }
    debug_assert!(files.get(RECORD).is_some());
    Ok(found)
}

//! The emitted files as a value: path to bytes, sorted. [`write()`] puts them on disk, [`compare()`] and [`check()`] tell how the
//! disk differs.
//!
//! An output folder may hold files of its owner's, anywhere. What is the generator's there is what its record names, and nothing
//! else is read, followed, changed or removed.

mod check;
mod compare;
mod journal;
mod look;
mod owned;
mod record;
mod stage;
mod write;

pub use check::{check, found};
pub use compare::{Change, Drift, compare};
pub use owned::MARK;
pub use record::RECORD;
pub use write::{WriteError, Written, write, write_over};

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

/// Files by their paths, which are relative and have `/`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileSet {
    files: BTreeMap<String, Vec<u8>>,
}

impl FileSet {
    /// Adds a file, or replaces the one of the same path.
    pub fn insert(&mut self, path: impl Into<String>, content: impl Into<Vec<u8>>) {
        self.files.insert(path.into(), content.into());
    }

    /// The content of a file.
    pub fn get(&self, path: &str) -> Option<&[u8]> {
        self.files.get(path).map(Vec::as_slice)
    }

    /// The files, in the order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files
            .iter()
            .map(|(path, content)| (path.as_str(), content.as_slice()))
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The same files with the record that names them, by which the next run knows what it may replace and remove.
    pub fn recorded(mut self) -> Self {
        let record = self.record();
        self.insert(RECORD, record);
        self
    }

    /// Whether the record that names these files is among them.
    pub fn is_recorded(&self) -> bool {
        self.get(RECORD) == Some(self.record().as_bytes())
    }

    fn record(&self) -> String {
        record::print(self.files.keys().map(String::as_str))
    }

    /// Reads all that stands in a folder in which nobody keeps files of their own, without what belongs to Cargo, to git or to
    /// the system.
    ///
    /// # Errors
    ///
    /// When the folder is there but cannot be read.
    pub fn read(folder: &Path) -> io::Result<Self> {
        let mut files = Self::default();
        match fs::symlink_metadata(folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(files),
            Err(error) => Err(error),
            Ok(_) => {
                read_folder(folder, "", &mut files)?;
                Ok(files)
            }
        }
    }
}

/// Whether an entry at the top of an output folder belongs to somebody else: to Cargo, or to whoever keeps the folder.
///
/// Entries that begin with a dot are how version control and systems mark their own.
fn is_foreign(name: &str) -> bool {
    name != RECORD && (name.starts_with('.') || name == "target" || name == "Cargo.lock")
}

fn read_folder(folder: &Path, prefix: &str, files: &mut FileSet) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if prefix.is_empty() && is_foreign(&name) {
            continue;
        }
        let path = format!("{prefix}{name}");
        let kind = entry.file_type()?;
        if kind.is_dir() {
            read_folder(&entry.path(), &format!("{path}/"), files)?;
        } else if kind.is_file() {
            files.insert(path, fs::read(entry.path())?);
        } else if kind.is_symlink() {
            // A link is not followed: what it leads to is not ours. Its target stands for its content.
            let target = fs::read_link(entry.path())?;
            files.insert(path, format!("link to {}", target.display()));
        } else {
            // Reading a pipe would wait for somebody to write into it.
            files.insert(path, look::kind(kind));
        }
    }
    Ok(())
}

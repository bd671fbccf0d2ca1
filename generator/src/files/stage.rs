//! The place in which a run prepares its files: takes new files, gives a folder that holds them all, ready to be moved into place.
//!
//! It is a folder of a random name within the output folder, on the same file system. Before it is made its name is written into a
//! file of its own, [`NOTE`]; by that the next run knows what a killed one has left, and trusts nothing else that is called alike.

use super::journal::{self, Step};
use super::look::{self, Found, look};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// The file that names the stage of a run.
pub(super) const NOTE: &str = ".sdk-generator-run";
/// How many files, at least, a thread writes one after the other.
const FILES_AT_ONCE: usize = 64;
/// What the name of a stage begins with.
const PREFIX: &str = ".sdk-generator-";
/// How many random digits follow.
const DIGITS: usize = 16;
/// The steps of a run that has begun to change the output folder.
const STEPS: &str = "steps";
/// The same once nothing is left to be done or to be taken back.
const DONE: &str = "done";
/// New files, by their paths in the output folder.
const NEW: &str = "new";
/// What stood in their places.
const OLD: &str = "old";

/// The stage of a run.
#[derive(Debug)]
pub(super) struct Stage {
    folder: PathBuf,
    name: String,
}

impl Stage {
    /// Makes an empty stage in an output folder.
    pub(super) fn begin(folder: &Path) -> io::Result<Self> {
        let random = RandomState::new().build_hasher().finish();
        let stage = Self {
            folder: folder.to_owned(),
            name: format!("{PREFIX}{random:0DIGITS$x}"),
        };
        let mut note = File::create_new(folder.join(NOTE))?;
        let made = note
            .write_all(format!("{}\n", stage.name).as_bytes())
            .and_then(|()| fs::create_dir(stage.place()));
        if let Err(error) = made {
            // A folder of that name is not ours, so only the note goes.
            fs::remove_file(folder.join(NOTE))?;
            return Err(error);
        }
        Ok(stage)
    }

    /// The stage of a run that was killed in this folder. A note that leads to no stage of ours is removed.
    ///
    /// The inner error is what stands in the place of the note, when no run wrote it.
    pub(super) fn left_in(folder: &Path) -> io::Result<Result<Option<Self>, &'static str>> {
        const NOT_OURS: &str = "a file that no run wrote";
        match look(folder, NOTE)? {
            Found::Nothing => return Ok(Ok(None)),
            Found::Blocked(_, kind) => return Ok(Err(kind)),
            Found::File(length) if length > 64 => return Ok(Err(NOT_OURS)),
            Found::File(_) => {}
        }
        let text = look::read(&folder.join(NOTE))?;
        let text = String::from_utf8_lossy(&text);
        let digits = text.strip_prefix(PREFIX).unwrap_or_default();
        let digits = digits.trim_end_matches('\n');
        let is_note = PREFIX.starts_with(&*text)
            || !digits.is_empty() && digits.chars().all(|digit| digit.is_ascii_hexdigit());
        if !is_note {
            return Ok(Err(NOT_OURS));
        }
        let stage = Self {
            folder: folder.to_owned(),
            name: format!("{PREFIX}{digits}"),
        };
        // A run that was killed while it wrote the note has made no stage; what is called so is not ours, and no link is followed.
        let is_whole = digits.len() == DIGITS && text.ends_with('\n');
        if is_whole && fs::symlink_metadata(stage.place()).is_ok_and(|data| data.is_dir()) {
            return Ok(Ok(Some(stage)));
        }
        fs::remove_file(folder.join(NOTE))?;
        Ok(Ok(None))
    }

    fn place(&self) -> PathBuf {
        self.folder.join(&self.name)
    }

    /// The output folder.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where a new file stands until it is moved to its place, below the output folder.
    pub(super) fn new_path(&self, path: &str) -> String {
        format!("{}/{NEW}/{path}", self.name)
    }

    /// Where what stood in a place is kept, below the output folder.
    pub(super) fn old_path(&self, path: &str) -> String {
        format!("{}/{OLD}/{path}", self.name)
    }

    /// Writes the new files.
    pub(super) fn fill(&self, files: &[(&str, &[u8])]) -> io::Result<()> {
        let new = self.place().join(NEW);
        let mut by_folder: BTreeMap<PathBuf, Vec<(PathBuf, &[u8])>> = BTreeMap::new();
        for (path, content) in files {
            let place = new.join(path);
            let parent = place.parent().unwrap_or(&new).to_owned();
            by_folder.entry(parent).or_default().push((place, content));
        }
        for parent in by_folder.keys() {
            fs::create_dir_all(parent)?;
        }
        // A crate has hundreds of files, and making a file costs more than filling it. Two threads in one folder would wait for
        // each other, so that a folder is one thread's as long as it is not most of the work.
        let files: Vec<(PathBuf, &[u8])> = by_folder.into_values().flatten().collect();
        files
            .into_par_iter()
            .with_min_len(FILES_AT_ONCE)
            .try_for_each(|(path, content)| fs::write(path, content))
    }

    /// Keeps the steps that will be taken, all of them or none.
    pub(super) fn announce(&self, steps: &[Step]) -> io::Result<()> {
        let part = self.place().join("steps-part");
        fs::write(&part, journal::print(steps))?;
        fs::rename(&part, self.place().join(STEPS))
    }

    /// The steps that a run has announced and neither finished nor taken back.
    pub(super) fn announced(&self) -> io::Result<Vec<Step>> {
        match look(&self.folder, &format!("{}/{STEPS}", self.name))? {
            Found::File(_) => {
                let text = look::read(&self.place().join(STEPS))?;
                Ok(journal::read(&String::from_utf8_lossy(&text)))
            }
            _ => Ok(Vec::new()),
        }
    }

    /// Says that nothing is to be taken back any more: a rename, for which no disk is too full.
    pub(super) fn settle(&self) -> io::Result<()> {
        match fs::rename(self.place().join(STEPS), self.place().join(DONE)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            result => result,
        }
    }

    /// Removes the stage and its note.
    pub(super) fn clear(&self) -> io::Result<()> {
        fs::remove_dir_all(self.place())?;
        fs::remove_file(self.folder.join(NOTE))
    }
}

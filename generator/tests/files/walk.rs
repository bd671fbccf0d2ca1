//! One walk: a folder, and one run after the other in it.

use super::child;
use super::owner::{Owner, Thing, differences, everything};
use super::sets::{file_set, path};
use fastrand::Rng;
use sdk_generator::files::{self, FileSet, RECORD, WriteError};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// How runs ended.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    /// Wrote what they should.
    pub(crate) written: usize,
    /// Were refused, because something of the owner's was in the way.
    pub(crate) refused: usize,
    /// Replaced what was in the way, as they were told to.
    pub(crate) forced: usize,
    /// Failed on a full disk.
    pub(crate) full: usize,
    /// Failed on a file that cannot be moved.
    pub(crate) immovable: usize,
    /// Were killed.
    pub(crate) killed: usize,
    /// Of those, left something for the next run.
    pub(crate) killed_midway: usize,
    /// Of those, after the first step and before the last.
    pub(crate) killed_between_steps: usize,
}

struct Walk<'t> {
    rng: Rng,
    seed: u64,
    folder: PathBuf,
    owner: Owner,
    /// What the generator may have written by now.
    recorded: BTreeSet<String>,
    tally: &'t mut Tally,
}

/// Takes a walk of so many runs.
pub(crate) fn walk(seed: u64, runs: usize, tally: &mut Tally) {
    let place = tempfile::tempdir().expect("a folder");
    fs::create_dir(place.path().join("elsewhere")).expect("a folder");
    fs::write(place.path().join("elsewhere/lib.rs"), "theirs").expect("a file");
    let folder = place.path().join("sdk");
    let mut walk = Walk {
        rng: Rng::with_seed(seed),
        seed,
        owner: Owner::of(&folder),
        folder,
        recorded: BTreeSet::new(),
        tally,
    };
    // The first run makes the folder; the owner moves in afterwards.
    walk.write();
    for _ in 0..runs.saturating_sub(1) {
        for _ in 0..walk.rng.usize(..4) {
            walk.owner.act(&mut walk.rng, &walk.recorded);
        }
        match walk.rng.usize(..8) {
            0..3 => walk.kill(),
            3 => walk.fill_the_disk(),
            4 => walk.hold_a_file(),
            5 => walk.force(),
            _ => walk.write(),
        }
        walk.nothing_of_the_owners_is_touched();
    }
    // Whatever has happened, a run in a tidied folder ends well.
    walk.tidy();
    walk.write();
    let elsewhere = fs::read_dir(place.path().join("elsewhere")).expect("a folder");
    assert_eq!(elsewhere.count(), 1, "walk {seed}: a link was followed");
    let beside: Vec<_> = fs::read_dir(place.path()).expect("a folder").collect();
    assert_eq!(
        beside.len(),
        2,
        "walk {seed}: something is left beside the folder"
    );
}

fn paths(files: &FileSet) -> impl Iterator<Item = String> {
    let paths: Vec<String> = files.iter().map(|(path, _)| path.to_owned()).collect();
    paths.into_iter()
}

impl Walk<'_> {
    #[track_caller]
    fn nothing_of_the_owners_is_touched(&self) {
        let touched = self.owner.touched();
        assert!(touched.is_empty(), "walk {}: {touched:?}", self.seed);
    }

    /// A run that failed has changed nothing, whosever it is.
    #[track_caller]
    fn nothing_has_changed(&self, before: &BTreeMap<String, Thing>) {
        let changed = differences(&everything(&self.folder), before);
        assert!(changed.is_empty(), "walk {}: {changed:?}", self.seed);
    }

    /// A run that nothing disturbs: it writes all, or is refused and changes nothing.
    #[track_caller]
    fn write(&mut self) {
        let files = file_set(self.rng.u64(..));
        // What a killed run has left is taken back first, whatever comes of this one.
        let is_settled = !self.folder.join(".sdk-generator-run").exists();
        let before = (is_settled && self.folder.exists()).then(|| everything(&self.folder));
        match files::write(&files, &self.folder) {
            Ok(_) => {
                self.tally.written += 1;
                self.recorded = paths(&files).collect();
                self.all_is_there(&files);
            }
            Err(WriteError::NotRecorded { .. } | WriteError::InTheWay { .. })
                if self.is_in_the_way(&files) =>
            {
                self.tally.refused += 1;
                if let Some(before) = before {
                    self.nothing_has_changed(&before);
                }
            }
            Err(error) => panic!("walk {}: {error}", self.seed),
        }
        self.nothing_of_the_owners_is_touched();
    }

    /// Whether the owner has something in the place of a file, or in that of a folder above one, or below one.
    fn is_in_the_way(&self, files: &FileSet) -> bool {
        paths(files).any(|path| {
            let below = format!("{path}/");
            let mut own = self.owner.things.keys();
            own.any(|own| *own == path || own.starts_with(&below) || path.starts_with(&format!("{own}/")))
                // A folder of the generator's own does not become a file while it is there.
                || self.folder.join(&path).is_dir()
        })
    }

    /// The folder holds the files, what is the owner's, and nothing else.
    #[track_caller]
    fn all_is_there(&self, files: &FileSet) {
        for (path, content) in files.iter() {
            let found = fs::read(self.folder.join(path)).unwrap_or_default();
            assert_eq!(found, content, "walk {}: {path}", self.seed);
        }
        for path in everything(&self.folder).keys() {
            let is_known = files.get(path).is_some() || self.owner.things.contains_key(path);
            assert!(is_known, "walk {}: {path} is left", self.seed);
        }
    }

    fn kill(&mut self) {
        let seed = self.rng.u64(..);
        let after = Duration::from_micros(self.rng.u64(3_000..12_000));
        child::kill(&self.folder, seed, after);
        self.tally.killed += 1;
        for seed in [seed, child::other(seed)] {
            self.recorded.extend(paths(&file_set(seed)));
        }
        if self.folder.join(".sdk-generator-run").exists() {
            self.tally.killed_midway += 1;
            self.tally.killed_between_steps += usize::from(self.has_steps());
        }
        self.nothing_of_the_owners_is_touched();
        // Sometimes the owner goes on first, and sometimes another run is killed before one ends.
        if self.rng.bool() {
            self.owner.act(&mut self.rng, &self.recorded);
        }
        if self.rng.bool() {
            self.write();
        }
    }

    /// Whether a run was stopped between its first step and its last.
    fn has_steps(&self) -> bool {
        let stage = fs::read_to_string(self.folder.join(".sdk-generator-run")).unwrap_or_default();
        self.folder.join(stage.trim_end()).join("steps").exists()
    }

    fn fill_the_disk(&mut self) {
        let seed = self.rng.u64(..);
        self.write();
        let before = everything(&self.folder);
        let blocks = [0, 1, 8, 40][self.rng.usize(..4)];
        let status = child::write_on_full_disk(&self.folder, seed, blocks);
        if status.success() {
            self.recorded = paths(&file_set(seed)).collect();
            self.all_is_there(&file_set(seed));
        } else {
            assert_eq!(status.code(), Some(3), "walk {}", self.seed);
            self.tally.full += usize::from(!self.is_in_the_way(&file_set(seed)));
            self.nothing_has_changed(&before);
        }
    }

    /// A run that meets a file of the generator's that the system does not let go, after other steps were taken.
    fn hold_a_file(&mut self) {
        self.write();
        let held = self.folder.join(path(&mut self.rng));
        let is_file = fs::symlink_metadata(&held).is_ok_and(|data| data.is_file());
        if !is_file || !set_immovable(&held, true) {
            return;
        }
        let files = file_set(self.rng.u64(..));
        let before = everything(&self.folder);
        let result = files::write(&files, &self.folder);
        assert!(set_immovable(&held, false));
        match result {
            Ok(_) => {
                self.recorded = paths(&files).collect();
                self.all_is_there(&files);
            }
            Err(error) => {
                self.tally.immovable += usize::from(matches!(error, WriteError::Io { .. }));
                assert!(
                    !matches!(error, WriteError::Unfinished { .. }),
                    "walk {}",
                    self.seed
                );
                self.nothing_has_changed(&before);
            }
        }
    }

    /// A run that was told to replace files of the owner's: only those where it writes.
    fn force(&mut self) {
        let files = file_set(self.rng.u64(..));
        match files::write_over(&files, &self.folder) {
            Ok(_) => {
                self.tally.forced += 1;
                self.owner
                    .things
                    .retain(|path, _| files.get(path).is_none());
                self.recorded = paths(&files).collect();
                self.all_is_there(&files);
            }
            Err(WriteError::InTheWay { .. }) if self.is_in_the_way(&files) => {
                self.tally.refused += 1
            }
            Err(error) => panic!("walk {}: {error}", self.seed),
        }
    }

    /// The owner removes all that is theirs.
    fn tidy(&mut self) {
        // What is deepest goes first.
        for path in std::mem::take(&mut self.owner.things).keys().rev() {
            let place = self.folder.join(path);
            if fs::remove_file(&place).is_err() {
                let _ = fs::remove_dir(&place);
            }
        }
        // A folder in which something of theirs stood is theirs, too, and may have a file's name.
        let _ = fs::remove_dir(self.folder.join("swap"));
        assert!(self.folder.join(RECORD).exists() || self.recorded.is_empty());
    }
}

/// Lets nobody rename or change a file, or everybody again; whether the system and the user's rights allow it.
fn set_immovable(path: &Path, immovable: bool) -> bool {
    let flag = if immovable { "+i" } else { "-i" };
    let status = Command::new("chattr")
        .arg(flag)
        .arg(path)
        .stderr(std::process::Stdio::null())
        .status();
    status.is_ok_and(|status| status.success())
}

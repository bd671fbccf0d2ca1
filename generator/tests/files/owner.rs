//! The owner of an output folder, who keeps things of their own in it, and knows afterwards whether one of them was touched.

use super::sets;
use fastrand::Rng;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A thing as it stands on disk: which one it is, when it was changed last, and what it holds or leads to.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Thing {
    inode: u64,
    mode: u32,
    time: (i64, i64),
    content: Vec<u8>,
}

impl Thing {
    /// What stands at a path; folders have no content, and their times change with what is made beside.
    pub(crate) fn at(path: &Path) -> Option<Self> {
        let data = fs::symlink_metadata(path).ok()?;
        let content = if data.is_file() {
            fs::read(path).ok()?
        } else if data.is_symlink() {
            fs::read_link(path)
                .ok()?
                .to_string_lossy()
                .into_owned()
                .into_bytes()
        } else {
            Vec::new()
        };
        let time = if data.is_dir() {
            (0, 0)
        } else {
            (data.mtime(), data.mtime_nsec())
        };
        Some(Self {
            inode: data.ino(),
            mode: data.mode(),
            time,
            content,
        })
    }
}

/// Everything below a folder, by path, without folders.
pub(crate) fn everything(folder: &Path) -> BTreeMap<String, Thing> {
    let mut found = BTreeMap::new();
    let mut folders = vec![String::new()];
    while let Some(below) = folders.pop() {
        for entry in fs::read_dir(folder.join(&below)).expect("a folder") {
            let name = entry
                .expect("an entry")
                .file_name()
                .into_string()
                .expect("a name");
            let path = if below.is_empty() {
                name
            } else {
                format!("{below}/{name}")
            };
            let place = folder.join(&path);
            if fs::symlink_metadata(&place).expect("an entry").is_dir() {
                folders.push(path);
            } else {
                found.insert(path, Thing::at(&place).expect("an entry"));
            }
        }
    }
    found
}

/// The paths at which one state of a folder is not the other.
pub(crate) fn differences(a: &BTreeMap<String, Thing>, b: &BTreeMap<String, Thing>) -> Vec<String> {
    let paths: BTreeSet<&String> = a.keys().chain(b.keys()).collect();
    let differing = paths
        .into_iter()
        .filter(|path| a.get(*path) != b.get(*path));
    differing.cloned().collect()
}

/// The owner.
pub(crate) struct Owner {
    folder: PathBuf,
    /// What is theirs, by path.
    pub(crate) things: BTreeMap<String, Thing>,
}

impl Owner {
    pub(crate) fn of(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            things: BTreeMap::new(),
        }
    }

    /// Makes, changes or removes something; never where `recorded` says that the generator's are.
    pub(crate) fn act(&mut self, rng: &mut Rng, recorded: &BTreeSet<String>) {
        let own: Vec<String> = self.things.keys().cloned().collect();
        match rng.usize(..6) {
            0 if !own.is_empty() => {
                let path = &own[rng.usize(..own.len())];
                let place = self.folder.join(path);
                let is_folder = fs::symlink_metadata(&place).is_ok_and(|data| data.is_dir());
                let gone = if is_folder {
                    fs::remove_dir(place)
                } else {
                    fs::remove_file(place)
                };
                if gone.is_ok() {
                    self.things.remove(path);
                }
            }
            1 => self.delete_generated(rng, recorded),
            _ => {
                let path = own_path(rng);
                if !recorded.contains(&path)
                    && fs::symlink_metadata(self.folder.join(&path)).is_err()
                {
                    self.make(rng, &path);
                }
            }
        }
    }

    /// Removes a file of the generator's, as anybody may.
    fn delete_generated(&mut self, rng: &mut Rng, recorded: &BTreeSet<String>) {
        let path = sets::path(rng);
        let place = self.folder.join(path);
        if recorded.contains(path) && fs::symlink_metadata(&place).is_ok_and(|data| data.is_file())
        {
            fs::remove_file(place).expect("a removed file");
        }
    }

    fn make(&mut self, rng: &mut Rng, path: &str) {
        let place = self.folder.join(path);
        if fs::create_dir_all(place.parent().expect("a folder")).is_err() {
            // Something of another kind stands above.
            return;
        }
        match rng.usize(..12) {
            0 => fs::create_dir(&place).expect("a folder"),
            1 => {
                let made = Command::new("mkfifo").arg(&place).status().expect("mkfifo");
                assert!(made.success());
            }
            2 => std::os::unix::fs::symlink("../elsewhere", &place).expect("a link"),
            3 => std::os::unix::fs::symlink("nowhere", &place).expect("a link"),
            _ => fs::write(&place, format!("mine: {}", rng.u64(..))).expect("a file"),
        }
        self.things
            .insert(path.to_owned(), Thing::at(&place).expect("a thing"));
    }

    /// What of theirs is not as they left it.
    pub(crate) fn touched(&self) -> Vec<&str> {
        let things = self.things.iter();
        things
            .filter(|(path, thing)| Thing::at(&self.folder.join(path)).as_ref() != Some(thing))
            .map(|(path, _)| path.as_str())
            .collect()
    }
}

/// A path as owners choose them: of their own, among the generator's, in its very places, or called as it calls its own.
fn own_path(rng: &mut Rng) -> String {
    const FOLDERS: [&str; 8] = [
        "",
        "src/",
        "src/api/",
        "src/models/",
        "docs/",
        "target/debug/",
        "notes/",
        ".git/",
    ];
    const STAGES: [&str; 4] = [
        ".sdk-generator-0123456789abcdef",
        ".sdk-generator-sdk/new/a",
        ".sdk-generator-x",
        "src/.sdk-generator",
    ];
    match rng.usize(..16) {
        0 => sets::path(rng).to_owned(),
        1 => STAGES[rng.usize(..STAGES.len())].to_owned(),
        2 => "src/models/with".to_owned(),
        _ => format!(
            "{}own-{}",
            FOLDERS[rng.usize(..FOLDERS.len())],
            rng.usize(..40)
        ),
    }
}

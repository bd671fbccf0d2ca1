//! The steps by which a run changes an output folder, as values and as text, and how each is taken and taken back.
//!
//! Every step but the making of an empty folder is a rename between the output folder and the run's stage, and no rename replaces
//! anything: so at any moment what stood there before is in its place or in the stage, and the next run can put it back. That is
//! true of a process that is killed and of a file system that refuses; a loss of power may cost what the system had not yet put
//! on disk of the files that are being written, and never others.

use super::look::{self, Found, is_plain, look};
use super::stage::Stage;
use std::fs;
use std::io;
use std::path::Path;

/// One step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// A file of ours goes.
    Remove(String),
    /// A folder is made where nothing was.
    Folder(String),
    /// A file is put where nothing was; with the fingerprint of its content.
    Create(String, u64),
    /// A file is put in the place of another.
    Replace(String, u64),
}

impl Step {
    /// Whether what the step changes lies below a folder.
    pub(super) fn is_below(&self, folder: &str) -> bool {
        let (Self::Remove(path)
        | Self::Folder(path)
        | Self::Create(path, _)
        | Self::Replace(path, _)) = self;
        let rest = path.strip_prefix(folder);
        rest.is_some_and(|rest| rest.starts_with('/'))
    }
}

/// The steps as a text, a line for each.
pub(super) fn print(steps: &[Step]) -> String {
    let line = |step: &Step| match step {
        Step::Remove(path) => format!("remove - {path}\n"),
        Step::Folder(path) => format!("folder - {path}\n"),
        Step::Create(path, print) => format!("create {print:x} {path}\n"),
        Step::Replace(path, print) => format!("replace {print:x} {path}\n"),
    };
    steps.iter().map(line).collect()
}

/// The steps of a text; a line that is none, or that leads out of the folder, is left out.
pub(super) fn read(text: &str) -> Vec<Step> {
    let step = |line: &str| {
        let (word, rest) = line.split_once(' ')?;
        let (print, path) = rest.split_once(' ')?;
        let path = is_plain(path).then(|| path.to_owned())?;
        let print = u64::from_str_radix(print, 16);
        match word {
            "remove" => Some(Step::Remove(path)),
            "folder" => Some(Step::Folder(path)),
            "create" => Some(Step::Create(path, print.ok()?)),
            "replace" => Some(Step::Replace(path, print.ok()?)),
            _ => None,
        }
    };
    text.lines().filter_map(step).collect()
}

/// A number that tells contents apart (FNV-1a, eight bytes at a time): it is the same on every machine and in every version.
pub(super) fn fingerprint(content: &[u8]) -> u64 {
    let mix = |print: u64, word: u64| (print ^ word).wrapping_mul(0x0100_0000_01b3);
    let (words, rest) = content.as_chunks::<8>();
    let print = words.iter().fold(0xcbf2_9ce4_8422_2325, |print, word| {
        let print = mix(print, u64::from_le_bytes(*word));
        // A product carries nothing from its top to its bottom.
        print ^ (print >> 32)
    });
    rest.iter()
        .fold(print, |print, byte| mix(print, u64::from(*byte)))
}

/// Takes a step. A folder is moved into place with all that comes into it, if nothing has come to stand there: then it is given, and
/// the steps below it are taken, too. Each of them can be taken back by itself.
pub(super) fn take<'s>(stage: &Stage, step: &'s Step) -> io::Result<Option<&'s str>> {
    let folder = stage.folder();
    let put = |path| move_to(folder, &stage.new_path(path), path);
    match step {
        Step::Folder(path) => {
            if put(path).is_ok() {
                return Ok(Some(path));
            }
            match fs::create_dir(folder.join(path)) {
                Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
                _ => {}
            }
        }
        Step::Remove(path) => set_aside(stage, path)?,
        Step::Create(path, _) => put(path)?,
        Step::Replace(path, _) => {
            set_aside(stage, path)?;
            put(path)?;
        }
    }
    Ok(None)
}

/// Takes back a step that may have been taken, in part or not at all. What has come to stand in the place since stays.
pub(super) fn take_back(stage: &Stage, step: &Step) -> io::Result<()> {
    let folder = stage.folder();
    match step {
        Step::Folder(path) => {
            if let Found::Blocked(at, _) = look(folder, path)?
                && at == *path
            {
                // What is in it by now is not ours, and keeps it.
                let _ = fs::remove_dir(folder.join(path));
            }
        }
        Step::Remove(path) => put_back(stage, path)?,
        Step::Create(path, print) => withdraw(stage, path, *print)?,
        Step::Replace(path, print) => {
            withdraw(stage, path, *print)?;
            put_back(stage, path)?;
        }
    }
    Ok(())
}

/// Moves what stands in a place into the stage.
fn set_aside(stage: &Stage, path: &str) -> io::Result<()> {
    move_to(stage.folder(), path, &stage.old_path(path))
}

/// Moves a new file back from its place into the stage, if it is there.
fn withdraw(stage: &Stage, path: &str, print: u64) -> io::Result<()> {
    let folder = stage.folder();
    let staged = stage.new_path(path);
    let is_put = look(folder, &staged)? == Found::Nothing;
    if is_put
        && let Found::File(_) = look(folder, path)?
        && fingerprint(&look::read(&folder.join(path))?) == print
    {
        move_to(folder, path, &staged)?;
    }
    Ok(())
}

/// Moves what was set aside back to its place, if that is free.
fn put_back(stage: &Stage, path: &str) -> io::Result<()> {
    let folder = stage.folder();
    let kept = stage.old_path(path);
    if matches!(look(folder, &kept)?, Found::File(_)) && look(folder, path)? == Found::Nothing {
        move_to(folder, &kept, path)?;
    }
    Ok(())
}

/// Moves a file to a place where nothing is, and makes the folders above.
fn move_to(folder: &Path, from: &str, to: &str) -> io::Result<()> {
    match look(folder, to)? {
        Found::Nothing => {}
        Found::File(_) | Found::Blocked(..) => return Err(io::ErrorKind::AlreadyExists.into()),
    }
    let (from, to) = (folder.join(from), folder.join(to));
    match rename(&from, &to) {
        // The folders above are mostly there already.
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            if let Some(parent) = to.parent() {
                fs::create_dir_all(parent)?;
            }
            rename(&from, &to)
        }
        renamed => renamed,
    }
}

/// Renames a file, and replaces nothing, even what has come to stand there in the meantime where the file system can see to that.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn rename(from: &Path, to: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE) {
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => rename_to_nothing(from, to),
        result => Ok(result?),
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn rename(from: &Path, to: &Path) -> io::Result<()> {
    rename_to_nothing(from, to)
}

/// Renames a file, unless something stands in its new place already.
fn rename_to_nothing(from: &Path, to: &Path) -> io::Result<()> {
    match fs::symlink_metadata(to) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => fs::rename(from, to),
        Err(error) => Err(error),
        Ok(_) => Err(io::ErrorKind::AlreadyExists.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_read_back() {
        let steps = [
            Step::Remove("a b.rs".to_owned()),
            Step::Folder("src".to_owned()),
            Step::Create("src/lib.rs".to_owned(), 7),
            Step::Replace("Cargo.toml".to_owned(), u64::MAX),
        ];
        assert_eq!(read(&print(&steps)), steps);
        let others = "create x y\nfly - away\nremove\nremove - ../up\nfolder - /up\n";
        assert_eq!(read(others), []);
    }

    #[test]
    fn a_fingerprint_is_the_same_everywhere() {
        // From the tables of the algorithm's authors.
        assert_eq!(fingerprint(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fingerprint(b"foobar"), 0x8594_4171_f739_67e8);
        assert_eq!(fingerprint(b"foobar, foobar"), 0x01e8_c624_40a2_b626);
    }

    #[test]
    fn every_byte_counts_in_a_fingerprint() {
        let content = b"twenty bytes of text".to_vec();
        let prints = (0..content.len()).map(|at| {
            let mut other = content.clone();
            if let Some(byte) = other.get_mut(at) {
                *byte ^= 0x80;
            }
            fingerprint(&other)
        });
        let mut prints: Vec<u64> = prints.chain([fingerprint(&content)]).collect();
        prints.sort_unstable();
        prints.dedup();
        assert_eq!(prints.len(), content.len() + 1);
    }
}

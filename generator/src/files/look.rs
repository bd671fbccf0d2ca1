//! Takes a path below a folder, tells what stands there: without following a link on the way, without opening anything, so that
//! nothing of anybody else's is met by accident.

use std::fs::{self, File, FileType};
use std::io::{self, Read as _};
use std::path::{Component, Path};

/// What stands at a path below a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// Nothing.
    Nothing,
    /// A regular file of so many bytes.
    File(u64),
    /// Something else, there or at a folder above, where no file can be written: its path and what it is.
    Blocked(String, &'static str),
}

/// Looks at a path.
pub(super) fn look(folder: &Path, path: &str) -> io::Result<Found> {
    if !is_plain(path) {
        return Ok(Found::Blocked(path.to_owned(), "no path within the folder"));
    }
    let ends = path
        .match_indices('/')
        .map(|(end, _)| end)
        .chain([path.len()]);
    for end in ends {
        let part = path.get(..end).unwrap_or(path);
        let data = match fs::symlink_metadata(folder.join(part)) {
            Ok(data) => data,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Found::Nothing),
            Err(error) => return Err(error),
        };
        let is_last = end == path.len();
        if is_last && data.is_file() {
            return Ok(Found::File(data.len()));
        }
        if is_last || !data.is_dir() {
            return Ok(Found::Blocked(part.to_owned(), kind(data.file_type())));
        }
    }
    Ok(Found::Nothing)
}

/// Whether a path leads nowhere but below the folder that it starts from.
pub(super) fn is_plain(path: &str) -> bool {
    let mut parts = Path::new(path).components();
    !path.is_empty() && parts.all(|part| matches!(part, Component::Normal(_)))
}

/// What a thing is, for people.
pub(super) fn kind(kind: FileType) -> &'static str {
    if kind.is_dir() {
        "a folder"
    } else if kind.is_symlink() {
        "a link"
    } else if kind.is_file() {
        "a file"
    } else {
        "a pipe, a socket or a device"
    }
}

/// Whether a regular file of ours has this content. A file of another length is not opened.
pub(super) fn holds(folder: &Path, path: &str, length: u64, content: &[u8]) -> io::Result<bool> {
    Ok(length == content.len() as u64 && read(&folder.join(path))? == content)
}

/// Whether a regular file begins with one of these words.
pub(super) fn begins(path: &Path, words: &[&str]) -> io::Result<bool> {
    let longest = words
        .iter()
        .map(|word| word.len())
        .max()
        .unwrap_or_default();
    let mut start = Vec::new();
    open(path)?.take(longest as u64).read_to_end(&mut start)?;
    Ok(words.iter().any(|word| start.starts_with(word.as_bytes())))
}

/// The content of a regular file.
pub(super) fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut content = Vec::new();
    open(path)?.read_to_end(&mut content)?;
    Ok(content)
}

/// Opens a regular file; what has become a link or a pipe since somebody looked is neither followed nor waited for.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn open(path: &Path) -> io::Result<File> {
    use rustix::fs::OFlags;
    use std::os::unix::fs::OpenOptionsExt as _;
    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
    let file = File::options()
        .read(true)
        .custom_flags(flags.bits().cast_signed())
        .open(path)?;
    if file.metadata()?.is_file() {
        Ok(file)
    } else {
        Err(io::ErrorKind::InvalidInput.into())
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn open(path: &Path) -> io::Result<File> {
    File::open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_below_the_folder_are_plain() {
        for path in ["a", "a/b.rs", ".a", "a b/c"] {
            assert!(is_plain(path), "{path}");
        }
        for path in ["", "/a", "..", "a/../b", "./a", "../a"] {
            assert!(!is_plain(path), "{path}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn links_are_seen_and_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let at = |path: &str| folder.path().join(path);
        fs::create_dir(at("real")).unwrap();
        fs::write(at("real/file"), "text").unwrap();
        std::os::unix::fs::symlink("real", at("link")).unwrap();
        let found = |path: &str| look(folder.path(), path).unwrap();
        assert_eq!(found("real/file"), Found::File(4));
        assert_eq!(found("real/none/below"), Found::Nothing);
        assert_eq!(found("link/file"), Found::Blocked("link".into(), "a link"));
        assert_eq!(
            found("real/file/below"),
            Found::Blocked("real/file".into(), "a file")
        );
        assert_eq!(found("real"), Found::Blocked("real".into(), "a folder"));
        assert!(matches!(found("../x"), Found::Blocked(..)));
        assert!(read(&at("link")).is_err());
    }
}

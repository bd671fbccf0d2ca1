//! The folder of a document: takes the path that a person gave, gives the limit of what is read, and what the files in it are called.

use std::path::{Path, PathBuf};

/// The folder that nothing of a document may lie outside of.
#[derive(Debug)]
pub(super) struct Folder {
    /// Behind symbolic links.
    path: PathBuf,
    /// As the person who gave the document wrote it, so that the files below can be found from where that person stands.
    given: PathBuf,
}

impl Folder {
    /// The folder of the document at `given`, which is `canonical` behind symbolic links.
    pub(super) fn of(given: &Path, canonical: &Path) -> Option<Self> {
        let path = canonical.parent()?.to_path_buf();
        let shown = given.parent().unwrap_or(Path::new(""));
        let is_there = |folder: &Path| folder.canonicalize().is_ok_and(|there| there == path);
        // Where the document itself is a link, its other files do not stand beside the link.
        let given = match is_there(&Path::new(".").join(shown)) {
            true => shown.to_path_buf(),
            false => path.clone(),
        };
        Some(Self { path, given })
    }

    /// Whether a path leads into the folder.
    pub(super) fn holds(&self, path: &Path) -> bool {
        path.starts_with(&self.path)
    }

    /// What diagnostics call a file; `None` when it lies outside.
    pub(super) fn name_of(&self, path: &Path) -> Option<String> {
        let within = path.strip_prefix(&self.path).ok()?;
        let shown = self.given.join(within);
        // With the same strokes on every system.
        let steps: Vec<_> = shown.iter().map(|step| step.to_string_lossy()).collect();
        Some(steps.join("/").replacen("//", "/", 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(given: &Path, file: &Path) -> Option<String> {
        Folder::of(given, &given.canonicalize().ok()?)?.name_of(&file.canonicalize().ok()?)
    }

    /// Tests run in the folder of their crate.
    #[test]
    fn files_are_called_as_the_document_was_given() {
        let file = Path::new("src/load/folder.rs");
        let of = |given: &str| name(Path::new(given), file);
        assert_eq!(of("Cargo.toml").as_deref(), Some("src/load/folder.rs"));
        assert_eq!(of("src/lib.rs").as_deref(), Some("src/load/folder.rs"));
        let up = "../generator/src/lib.rs";
        assert_eq!(of(up).as_deref(), Some("../generator/src/load/folder.rs"));
        assert_eq!(of("src/load/mod.rs").as_deref(), Some("src/load/folder.rs"));
        assert_eq!(of("src/plan/mod.rs"), None);
        let whole = Path::new("src/lib.rs").canonicalize().unwrap_or_default();
        let called = name(&whole, file).unwrap_or_default();
        assert_eq!(Path::new(&called), file.canonicalize().unwrap_or_default());
    }

    #[cfg(unix)]
    #[test]
    fn files_of_a_document_that_is_a_link_are_called_where_they_are() -> std::io::Result<()> {
        let folder = tempfile::tempdir()?;
        let (real, link) = (folder.path().join("real"), folder.path().join("link.yaml"));
        std::fs::create_dir(&real)?;
        let (root, file) = (real.join("root.yaml"), real.join("pet.yaml"));
        std::fs::write(&root, "")?;
        std::fs::write(&file, "")?;
        std::os::unix::fs::symlink(&root, &link)?;
        let called = name(&link, &file).unwrap_or_default();
        assert_eq!(Path::new(&called), file.canonicalize()?);
        Ok(())
    }
}

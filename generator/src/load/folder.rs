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
        Some(Self {
            path: canonical.parent()?.to_path_buf(),
            given: given.parent().unwrap_or(Path::new("")).to_path_buf(),
        })
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

    #[test]
    fn files_are_called_as_the_document_was_given() {
        let name = |given: &str| {
            let folder = Folder::of(Path::new(given), Path::new("/a/b/root.yaml"));
            folder.and_then(|folder| folder.name_of(Path::new("/a/b/c/pet.yaml")))
        };
        assert_eq!(name("root.yaml").as_deref(), Some("c/pet.yaml"));
        assert_eq!(name("b/root.yaml").as_deref(), Some("b/c/pet.yaml"));
        assert_eq!(name("../b/root.yaml").as_deref(), Some("../b/c/pet.yaml"));
        assert_eq!(name("/a/b/root.yaml").as_deref(), Some("/a/b/c/pet.yaml"));
        let outside = Folder::of(Path::new("x"), Path::new("/a/b/root.yaml"));
        let outside = outside.and_then(|folder| folder.name_of(Path::new("/a/pet.yaml")));
        assert_eq!(outside, None);
    }
}

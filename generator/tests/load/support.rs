//! Takes the texts of a few files and gives what the load phase makes of them.

use sdk_generator::diagnostics::{Diagnostic, Diagnostics, Position};
use sdk_generator::load::{load_str, load_with_sources};
use sdk_generator::pointer::JsonPointer;
use sdk_generator::source::Sources;
use serde_json::Value;
use std::path::Path;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// What came out of a load.
pub(crate) struct Outcome {
    pub(crate) tree: Option<Value>,
    pub(crate) sources: Option<Sources>,
    pub(crate) diagnostics: Diagnostics,
    /// The document's folder, with which the names of files begin; empty for a text in memory.
    folder: String,
}

impl Outcome {
    /// The name of a file within the document's folder.
    pub(crate) fn within<'n>(&self, name: &'n str) -> &'n str {
        let within = name.strip_prefix(&self.folder);
        within.map_or(name, |name| name.trim_start_matches('/'))
    }

    fn place(&self, position: &Position) -> String {
        let (name, line, column) = (&position.file, position.line, position.column);
        format!("{}:{line}:{column}", self.within(name))
    }

    /// The node at a pointer; the test fails when there is none.
    #[track_caller]
    pub(crate) fn at(&self, pointer: &str) -> &Value {
        let tree = self.tree.as_ref().expect("a tree");
        tree.pointer(pointer)
            .unwrap_or_else(|| panic!("nothing at {pointer} in {tree:#}"))
    }

    pub(crate) fn codes(&self) -> Vec<&'static str> {
        self.diagnostics
            .iter()
            .map(|diagnostic| diagnostic.code.name())
            .collect()
    }

    /// The only diagnostic; the test fails when there are more or fewer.
    #[track_caller]
    pub(crate) fn only(&self) -> &Diagnostic {
        let mut all = self.diagnostics.iter();
        let first = all.next().expect("a diagnostic");
        assert_eq!(all.next(), None, "one diagnostic only");
        first
    }

    /// The only diagnostic's code and `file:line:column`.
    #[track_caller]
    pub(crate) fn only_place(&self) -> (&'static str, String) {
        let diagnostic = self.only();
        (
            diagnostic.code.name(),
            self.place(diagnostic.position.as_ref().expect("a position")),
        )
    }

    /// `file:line:column` of a node.
    #[track_caller]
    pub(crate) fn place_of(&self, at: &str) -> String {
        let sources = self.sources.as_ref().expect("sources");
        self.place(&sources.locate(&pointer(at)).expect("a position"))
    }

    #[track_caller]
    pub(crate) fn assert_clean(&self) {
        assert_eq!(
            self.diagnostics.iter().collect::<Vec<_>>(),
            Vec::<&Diagnostic>::new()
        );
    }
}

pub(crate) fn pointer(text: &str) -> JsonPointer {
    JsonPointer::parse(text).expect("a pointer")
}

/// Writes files into a new folder; a name may hold `/`.
pub(crate) fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, text) in files {
        write(folder.path(), name, text.as_bytes());
    }
    folder
}

pub(crate) fn write(folder: &Path, name: &str, bytes: &[u8]) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    std::fs::write(path, bytes).expect("a written file");
}

pub(crate) fn load(path: &Path) -> Outcome {
    let mut diagnostics = Diagnostics::default();
    let (tree, sources) = load_with_sources(path, &mut diagnostics);
    Outcome {
        tree,
        sources: Some(sources),
        diagnostics,
        folder: path
            .parent()
            .map(Path::to_string_lossy)
            .unwrap_or_default()
            .into(),
    }
}

/// Loads `root.yaml` of a folder with these files.
pub(crate) fn load_files(files: &[(&str, &str)]) -> Outcome {
    load(&folder(files).path().join("root.yaml"))
}

/// Loads a YAML document from memory.
pub(crate) fn load_yaml(text: &str) -> Outcome {
    load_text("root.yaml", text)
}

pub(crate) fn load_text(name: &str, text: &str) -> Outcome {
    let mut diagnostics = Diagnostics::default();
    let (tree, sources) = match load_str(name, text, &mut diagnostics) {
        Some(loaded) => (Some(loaded.tree), Some(loaded.sources)),
        None => (None, None),
    };
    Outcome {
        tree,
        sources,
        diagnostics,
        folder: String::new(),
    }
}

/// Fails when `work` takes longer than five seconds, which is far more than any of these documents deserves.
#[track_caller]
pub(crate) fn soon<T>(work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = work();
    assert!(
        start.elapsed() < Duration::from_secs(5),
        "took {:?}",
        start.elapsed()
    );
    result
}

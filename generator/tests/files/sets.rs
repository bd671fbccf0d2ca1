//! Random file sets, made anew from their seeds in any process.

use fastrand::Rng;
use sdk_generator::files::FileSet;

/// Paths as a generator has them; some stand where others have a folder's name before them.
const PATHS: [&str; 24] = [
    "Cargo.toml",
    "README.md",
    "docs/README.md",
    "docs/api/a.md",
    "docs/api/b.md",
    "docs/models/a.md",
    "docs/models/b.md",
    "docs/models/c.md",
    "examples/a.rs",
    "runtime/Cargo.toml",
    "runtime/src/lib.rs",
    "runtime/src/a/b/c.rs",
    "src/api/a.rs",
    "src/api/b.rs",
    "src/client.rs",
    "src/lib.rs",
    "src/models/a.rs",
    "src/models/b.rs",
    "src/models/c.rs",
    "src/models/with space.rs",
    "swap",
    "swap/below",
    "tests/operations/a.rs",
    "tests/operations/main.rs",
];

/// A path that a file set may have.
pub(crate) fn path(rng: &mut Rng) -> &'static str {
    PATHS[rng.usize(..PATHS.len())]
}

/// The file set of a seed.
pub(crate) fn file_set(seed: u64) -> FileSet {
    let mut rng = Rng::with_seed(seed);
    let mut files = FileSet::default();
    let many = rng.usize(1..10);
    for path in PATHS {
        let is_clash = path == "swap/below" && files.get("swap").is_some();
        if rng.usize(..10) < many && !is_clash {
            files.insert(path, content(&mut rng));
        }
    }
    files.recorded()
}

/// Few contents, so that files stay as they are from one set to the next; some of them large.
fn content(rng: &mut Rng) -> String {
    match rng.usize(..4) {
        0 => "the same\n".to_owned(),
        1 => format!("one of some: {}\n", rng.usize(..4)),
        2 => format!("long\n{}", "x".repeat(rng.usize(..40_000))),
        _ => format!("another: {}\n", rng.u64(..)),
    }
}

//! Takes documents as text and gives what the generator makes of them, in memory or as a crate that Cargo has judged.
//!
//! Shared by the tests that work on whole outputs (`hostile`, `golden`), so that they make their jobs and call Cargo in
//! one way.

use sdk_generator::files;
use sdk_generator::format::Origin;
use sdk_generator::generate::{GenerateError, Job, Outcome, generate};
use sdk_generator::target::Target;
use sdk_generator::view::RuntimeSource;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder of the workspace.
pub(crate) fn workspace() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.parent().expect("the generator stands in a workspace").to_owned()
}

/// A job with nothing but its document; the runtime is named by version, so that it is no part of the output.
pub(crate) fn job(document: &Path) -> Job {
    Job {
        document: document.to_owned(),
        target: Target::default(),
        name: None,
        templates: None,
        runtime: RuntimeSource::Version("0.1.0".to_owned()),
        origin: Origin { command: "sdk-generator generate".to_owned(), source: "openapi.yaml".to_owned() },
    }
}

/// Generates from the text of a document; `adapt` may change the job first.
pub(crate) fn generate_text(
    name: &str,
    text: &str,
    adapt: impl FnOnce(&mut Job),
) -> Result<Outcome, GenerateError> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    std::fs::write(&path, text).expect("a written document");
    let mut job = job(&path);
    adapt(&mut job);
    generate(&job)
}

/// A crate on disk, with a copy of the runtime, that Cargo can be asked about.
pub(crate) struct EmittedCrate {
    folder: tempfile::TempDir,
}

impl EmittedCrate {
    /// Generates from the text of a document into a new folder.
    #[track_caller]
    pub(crate) fn of(text: &str, adapt: impl FnOnce(&mut Job)) -> Self {
        let outcome = generate_text("openapi.json", text, |job| {
            job.runtime = RuntimeSource::Vendored;
            adapt(job);
        })
        .unwrap_or_else(|error| panic!("{error}"));
        let set = outcome.files.as_ref().unwrap_or_else(|| panic!("{}", outcome.report()));
        let folder = tempfile::tempdir().expect("a folder");
        files::write(set, &folder.path().join("crate")).expect("written files");
        let emitted = Self { folder };
        // The locked versions are already on disk, so that nothing is fetched.
        std::fs::copy(workspace().join("Cargo.lock"), emitted.path().join("Cargo.lock")).expect("a copied lock file");
        emitted
    }

    /// The folder of the crate.
    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("crate")
    }

    /// Runs Cargo, which must succeed without a warning about the crate.
    #[track_caller]
    pub(crate) fn cargo(&self, arguments: &[&str]) -> String {
        cargo(&self.path(), arguments)
    }
}

/// Runs Cargo in a folder, without network and with the target folder that all emitted crates of these tests share.
///
/// Fails, with what Cargo said, when it does not succeed or when it warns: warnings are not denied by a flag, since
/// that would hold for dependencies as well and build them again.
#[track_caller]
pub(crate) fn cargo(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("emitted"))
        .env("CARGO_NET_OFFLINE", "true")
        .env("RUSTDOCFLAGS", "-Dwarnings")
        .env_remove("RUSTFLAGS")
        .env_remove("SDK_TEST_BASE_URL")
        .output()
        .expect("Cargo runs");
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let warned = said.lines().any(|line| line.starts_with("warning"));
    assert!(output.status.success() && !warned, "cargo {}\n{said}", arguments.join(" "));
    said
}

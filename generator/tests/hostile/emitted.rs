//! Takes documents as text, gives what the generator makes of them: in memory, or as a crate that Cargo judges.

use crate::common::{cargo, command, job, workspace};
use sdk_generator::files;
use sdk_generator::generate::{GenerateError, Job, Outcome, generate};
use sdk_generator::plan::RuntimeSource;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Who may use the build folder. Every crate here has a runtime of the same name and a place of its own, so cleaning up after one while
/// another is built would take what the other is about to link.
static TURN: Mutex<()> = Mutex::new(());

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

/// A crate on disk, with a copy of the runtime, that Cargo can be asked about. One at a time: a second one waits for the first.
pub(crate) struct EmittedCrate {
    name: String,
    folder: tempfile::TempDir,
    /// Held until what was built is cleaned up.
    _turn: MutexGuard<'static, ()>,
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
        let set = outcome
            .files
            .as_ref()
            .unwrap_or_else(|| panic!("{}", outcome.report()));
        let folder = tempfile::tempdir().expect("a folder");
        files::write(set, &folder.path().join("crate")).expect("written files");
        let manifest =
            String::from_utf8_lossy(set.get("Cargo.toml").expect("a manifest")).into_owned();
        let manifest: toml::Table = toml::from_str(&manifest).expect("TOML");
        let name = manifest["package"]["name"]
            .as_str()
            .expect("a name")
            .to_owned();
        let emitted = Self {
            name,
            folder,
            _turn: TURN.lock().unwrap_or_else(PoisonError::into_inner),
        };
        // The locked versions are already on disk, so that nothing is fetched.
        std::fs::copy(
            workspace().join("Cargo.lock"),
            emitted.path().join("Cargo.lock"),
        )
        .expect("a copied lock file");
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

/// What is built of it is of no use to another run, since the next one stands in another folder.
impl Drop for EmittedCrate {
    fn drop(&mut self) {
        let _ = command(
            &self.path(),
            &["clean", "--package", "sdk-runtime", "--package", &self.name],
        )
        .output();
    }
}

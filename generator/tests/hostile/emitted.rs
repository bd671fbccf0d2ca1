//! Takes documents as text, gives what the generator makes of them: in memory, or as a crate that Cargo judges.

use crate::common::{cargo, command, features_but_tls, job, workspace};
use sdk_generator::files;
use sdk_generator::generate::{GenerateError, Job, Outcome, generate};
use std::path::PathBuf;

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

/// A crate on disk that Cargo can be asked about.
pub(crate) struct EmittedCrate {
    name: String,
    folder: tempfile::TempDir,
    features: String,
}

impl EmittedCrate {
    /// Generates from the text of a document into a new folder.
    #[track_caller]
    pub(crate) fn of(text: &str) -> Self {
        let outcome = generate_text("openapi.json", text, |_| ());
        let outcome = outcome.unwrap_or_else(|error| panic!("{error}"));
        let set = outcome
            .files
            .as_ref()
            .unwrap_or_else(|| panic!("{}", outcome.report()));
        let folder = tempfile::tempdir().expect("a folder");
        files::write(set, &folder.path().join("crate")).expect("written files");
        let manifest = set.get("Cargo.toml").expect("a manifest");
        let table: toml::Table = toml::from_str(&String::from_utf8_lossy(manifest)).expect("TOML");
        let name = table["package"]["name"].as_str().expect("a name");
        let emitted = Self {
            name: name.to_owned(),
            folder,
            features: features_but_tls(manifest).join(","),
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
        let features = ["--no-default-features", "--features", &self.features];
        cargo(&self.path(), &[arguments, &features].concat())
    }
}

/// What is built of it is of no use to another run, since the next one stands in another folder.
impl Drop for EmittedCrate {
    fn drop(&mut self) {
        let _ = command(&self.path(), &["clean", "--package", &self.name]).output();
    }
}

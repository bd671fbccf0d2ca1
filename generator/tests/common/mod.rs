//! Makes jobs, and runs Cargo on what they give: shared by the tests that work on whole outputs.

#![allow(dead_code, reason = "each test uses a part of this")]

use sdk_generator::format::Origin;
use sdk_generator::generate::Job;
use sdk_generator::plan::RuntimeSource;
use sdk_generator::target::Target;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder of the workspace.
pub(crate) fn workspace() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest
        .parent()
        .expect("the generator stands in a workspace")
        .to_owned()
}

/// The folder of documents like those that are shipped, with their settings and examples: a few operations of each, so that what takes
/// every place of a document in turn ends in time.
pub(crate) fn shipped() -> PathBuf {
    workspace().join("generator/tests/shipped")
}

/// A job with nothing but its document; the runtime is named by version, so that it is no part of the output.
pub(crate) fn job(document: &Path) -> Job {
    Job {
        overlays: Vec::new(),
        document: document.to_owned(),
        target: Target::default(),
        name: None,
        templates: None,
        runtime: RuntimeSource::Version("0.1.0".to_owned()),
        origin: Origin {
            command: "sdk-generator generate".to_owned(),
            source: "openapi.yaml".to_owned(),
        },
    }
}

/// Runs Cargo in a folder, without network and with the target folder that crates emitted by tests share.
///
/// Fails, with what Cargo said, when it does not succeed or when it warns: warnings are not denied by a flag, since
/// that would hold for dependencies as well and build them again.
#[track_caller]
pub(crate) fn cargo(folder: &Path, arguments: &[&str]) -> String {
    let output = command(folder, arguments).output().expect("Cargo runs");
    let said = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    let warned = said.lines().any(|line| line.starts_with("warning"));
    assert!(
        output.status.success() && !warned,
        "cargo {}\n{said}",
        arguments.join(" ")
    );
    said
}

/// Cargo in a folder, to be run, where crates that name the runtime by version find this workspace's: it is built once for all of them.
pub(crate) fn command(folder: &Path, arguments: &[&str]) -> Command {
    let runtime = toml::Value::from(workspace().join("runtime").display().to_string());
    let patch = format!("patch.crates-io.sdk-runtime.path = {runtime}");
    command_alone(folder, &[&["--config", &patch], arguments].concat())
}

/// Cargo in a folder, to be run. What it builds is neither debugged nor changed, so neither has a price: no debug information, and
/// nothing kept for building a part of a crate anew.
pub(crate) fn command_alone(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO"));
    command
        .args(arguments)
        .current_dir(folder)
        .env(
            "CARGO_TARGET_DIR",
            Path::new(env!("CARGO_TARGET_TMPDIR")).join("standalone"),
        )
        .env("CARGO_NET_OFFLINE", "true")
        .env("CARGO_PROFILE_DEV_DEBUG", "false")
        .env("CARGO_INCREMENTAL", "0")
        .env("RUSTDOCFLAGS", "-Dwarnings")
        .env_remove("RUSTFLAGS")
        .env_remove("SDK_TEST_BASE_URL");
    command
}

/// The features that a crate has by default but TLS, which nothing on loopback asks for and which takes longer to build than the rest.
/// That crates build with it is shown by those that are shipped, and by the application of `standalone`.
pub(crate) fn features_but_tls(manifest: &[u8]) -> Vec<String> {
    let manifest: toml::Table = toml::from_str(&String::from_utf8_lossy(manifest)).expect("TOML");
    let features = manifest["features"]["default"]
        .as_array()
        .expect("features");
    let features = features.iter().filter_map(toml::Value::as_str);
    features
        .filter(|name| *name != "rustls")
        .map(str::to_owned)
        .collect()
}

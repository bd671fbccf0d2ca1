//! Output with a copy of the runtime, in a folder that no workspace is above: Cargo builds it and its tests pass.
//!
//! The versions are those of this repository's lock file, which are on disk already, so nothing is fetched. What Cargo builds is kept
//! in the target folder between runs.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

#[track_caller]
fn run(command: &mut Command) -> String {
    let output = command.output().unwrap();
    let (stdout, stderr) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    assert!(
        output.status.success(),
        "{command:?}\n--- stdout\n{stdout}\n--- stderr\n{stderr}"
    );
    stdout.into_owned()
}

fn cargo(folder: &Path, words: &[&str]) -> String {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    run(Command::new(cargo)
        .args(words)
        .current_dir(folder)
        .env(
            "CARGO_TARGET_DIR",
            Path::new(env!("CARGO_TARGET_TMPDIR")).join("standalone"),
        )
        .env("CARGO_NET_OFFLINE", "true")
        .env_remove("RUSTFLAGS")
        .env_remove("SDK_TEST_BASE_URL"))
}

#[test]
fn what_is_generated_elsewhere_builds_and_passes_its_tests() {
    let folder = tempfile::tempdir().unwrap();
    let above = folder
        .path()
        .ancestors()
        .find(|folder| folder.join("Cargo.toml").exists());
    assert_eq!(above, None, "the folder stands in a package");
    for (name, operations) in [("sailpoint-v3", 8), ("onelogin", 9)] {
        let (specs, out) = (
            workspace().join("specs").join(name),
            folder.path().join(name),
        );
        run(Command::new(env!("CARGO_BIN_EXE_sdk-generator"))
            .args(["generate".as_ref(), specs.join("openapi.yaml").as_os_str()])
            .args(["--target".as_ref(), specs.join("target.toml").as_os_str()])
            .args(["--out".as_ref(), out.as_os_str()]));
        fs::copy(workspace().join("Cargo.lock"), out.join("Cargo.lock")).unwrap();
        cargo(&out, &["check", "--all-targets"]);
        let tests = cargo(&out, &["test", "--test", "operations"]);
        assert!(
            tests.contains(&format!(
                "test result: ok. {operations} passed; 0 failed; 0 ignored"
            )),
            "{tests}"
        );
        cargo(&out, &["test"]);
        // These are built anew for every folder; only what comes from the registry is worth keeping.
        cargo(
            &out,
            &["clean", "--package", name, "--package", "sdk-runtime"],
        );
    }
}

//! Output with a copy of the runtime, in a folder that no workspace is above: Cargo builds it and its tests pass, also where one
//! application uses two such crates.
//!
//! The versions are those of this repository's lock file, which are on disk already, so nothing is fetched. What Cargo builds is kept
//! in the target folder between runs.

mod common;

use common::{shipped, workspace};
use std::fs;
use std::path::Path;
use std::process::Command;

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
    run(&mut common::command_alone(folder, words))
}

#[test]
fn what_is_generated_elsewhere_builds_and_passes_its_tests() {
    let folder = tempfile::tempdir().unwrap();
    let above = folder
        .path()
        .ancestors()
        .find(|folder| folder.join("Cargo.toml").exists());
    assert_eq!(above, None, "the folder stands in a package");
    // A test for each operation, and one of the mock.
    for (name, expected) in [("sailpoint-v3", 8 + 1), ("onelogin", 9 + 1)] {
        let (specs, out) = (shipped().join(name), folder.path().join(name));
        run(Command::new(env!("CARGO_BIN_EXE_sdk-generator"))
            .args(["generate".as_ref(), specs.join("openapi.yaml").as_os_str()])
            .args(["--target".as_ref(), specs.join("target.toml").as_os_str()])
            .args(["--out".as_ref(), out.as_os_str()]));
        fs::copy(workspace().join("Cargo.lock"), out.join("Cargo.lock")).unwrap();
        // The library, the emitted tests, and what stands in the documentation. The examples are compiled with the crates that are shipped.
        let manifest = fs::read(out.join("Cargo.toml")).unwrap();
        let features = common::features_but_tls(&manifest).join(",");
        let tests = cargo(
            &out,
            &["test", "--no-default-features", "--features", &features],
        );
        assert!(
            tests.contains(&format!(
                "test result: ok. {expected} passed; 0 failed; 0 ignored"
            )),
            "{tests}"
        );
        let runtime = format!("{name}-runtime");
        // These are built anew for every folder; only what comes from the registry is worth keeping.
        cargo(&out, &["clean", "--package", name, "--package", &runtime]);
    }
    one_application_uses_both(folder.path());
    the_examples_of_a_copy_call_it_by_its_own_name(&folder.path().join("onelogin/runtime"));
}

/// The copy's documentation has examples, which Cargo compiles against the library that they name.
fn the_examples_of_a_copy_call_it_by_its_own_name(copy: &Path) {
    fs::copy(workspace().join("Cargo.lock"), copy.join("Cargo.lock")).unwrap();
    let tests = cargo(
        copy,
        &[
            "test",
            "--doc",
            "--no-default-features",
            "--features",
            "blocking,compression,jiff,json-patch,mock",
        ],
    );
    assert!(!tests.contains(" 0 passed"), "{tests}");
    cargo(copy, &["clean", "--package", "onelogin-runtime"]);
}

/// Two crates, each with its copy of the runtime, in one application: Cargo finds no two packages of one name, and both compile, with
/// all that they have by default.
fn one_application_uses_both(folder: &Path) {
    let write = |path: &str, text: &str| {
        let path = folder.join("application").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write(
        "Cargo.toml",
        "[package]\nname = \"application\"\nedition = \"2024\"\n[dependencies]\n\
         onelogin = { path = \"../onelogin\" }\nsailpoint-v3 = { path = \"../sailpoint-v3\" }\n",
    );
    write(
        "src/main.rs",
        "fn main() {\n    let _ = (onelogin::Client::from_env(), sailpoint_v3::Client::from_env());\n}\n",
    );
    let application = folder.join("application");
    fs::copy(
        workspace().join("Cargo.lock"),
        application.join("Cargo.lock"),
    )
    .unwrap();
    // Packages of other platforms were never fetched.
    let platform = run(Command::new("rustc").args(["--print", "host-tuple"]));
    let words = [
        "metadata",
        "--format-version",
        "1",
        "--filter-platform",
        platform.trim(),
    ];
    let metadata = cargo(&application, &words);
    let metadata: serde_json::Value = serde_json::from_str(&metadata).unwrap();
    let packages = metadata["packages"].as_array().unwrap().iter();
    let mut runtimes: Vec<&str> = packages
        .filter_map(|package| package["name"].as_str())
        .filter(|name| name.ends_with("-runtime"))
        .collect();
    runtimes.sort_unstable();
    assert_eq!(runtimes, ["onelogin-runtime", "sailpoint-v3-runtime"]);
    cargo(&application, &["check"]);
    let own = [
        "onelogin",
        "onelogin-runtime",
        "sailpoint-v3",
        "sailpoint-v3-runtime",
        "application",
    ];
    let clean = own.iter().flat_map(|name| ["--package", name]);
    cargo(
        &application,
        &[&["clean"], clean.collect::<Vec<_>>().as_slice()].concat(),
    );
}

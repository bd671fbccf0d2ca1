//! Goldens: `fixtures/<case>/openapi.yaml`, with `target.toml` where there is one, gives exactly the files of `fixtures/<case>/expected/`.
//!
//! Cases are found by walking the folder; each shows one construct. After a change that is meant, this rewrites them, and the
//! diff is what there is to review:
//!
//! ```text
//! UPDATE_GOLDENS=1 cargo test -p sdk-generator --test golden
//! ```

mod common;

use common::{cargo, features_but_tls, job, workspace};
use sdk_generator::files::{self, FileSet, compare};
use sdk_generator::generate::{GenerateError, generate};
use sdk_generator::target::Target;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Set to anything, this variable makes the tests rewrite what is expected.
const UPDATE: &str = "UPDATE_GOLDENS";

/// The folders of all cases, by name.
fn cases() -> Vec<PathBuf> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut cases: Vec<PathBuf> = std::fs::read_dir(&fixtures)
        .expect("the fixtures")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.join("openapi.yaml").exists())
        .collect();
    cases.sort();
    assert!(cases.len() >= 6, "fixtures are missing: {cases:?}");
    cases
}

fn name(case: &Path) -> String {
    case.file_name()
        .expect("a name")
        .to_string_lossy()
        .into_owned()
}

/// What the generator makes of a case, with the templates of a folder where one is given.
fn emit(case: &Path, templates: Option<&Path>) -> Result<FileSet, GenerateError> {
    let mut job = job(&case.join("openapi.yaml"));
    let target = case.join("target.toml");
    if target.exists() {
        job.target = Target::read(&target).unwrap_or_else(|error| panic!("{error}"));
    }
    job.name = Some(format!("golden-{}", name(case)));
    job.templates = templates.map(Path::to_owned);
    let outcome = generate(&job)?;
    let report = outcome.report();
    Ok(outcome
        .files
        .unwrap_or_else(|| panic!("{} cannot be generated from:\n{report}", name(case))))
}

#[test]
fn every_case_gives_what_is_expected() {
    let mut differences = String::new();
    for case in cases() {
        let emitted = emit(&case, None).unwrap_or_else(|error| panic!("{}: {error}", name(&case)));
        let expected = case.join("expected");
        if std::env::var_os(UPDATE).is_some() {
            files::write(&emitted, &expected).unwrap_or_else(|error| panic!("{error}"));
        }
        let found = FileSet::read(&expected).expect("a readable folder");
        let drift = compare(&emitted, &found);
        if !drift.is_empty() {
            differences.push_str(&drift.report(&format!("fixtures/{}/expected/", name(&case))));
        }
    }
    assert!(
        differences.is_empty(),
        "{differences}\nIf this is meant, run:\n\n    {UPDATE}=1 cargo test -p sdk-generator --test golden\n"
    );
}

/// What is compiled is what the generator emits now, so that this fails for a fault and not for a golden that is old.
#[test]
fn every_case_compiles_and_passes_its_tests() {
    // In one place in every run, so that Cargo builds anew only what has changed.
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("goldens");
    let cases = cases();
    remove_others(&folder, &cases);
    let (mut features, mut guides) = (Vec::new(), Vec::new());
    for case in &cases {
        let emitted = emit(case, None).unwrap_or_else(|error| panic!("{}: {error}", name(case)));
        files::write_over(&emitted, &folder.join(name(case)))
            .unwrap_or_else(|error| panic!("{error}"));
        let own = features_but_tls(emitted.get("Cargo.toml").expect("a manifest"));
        let own = own.iter().map(|own| format!("golden-{}/{own}", name(case)));
        match GUIDES.contains(&name(case).as_str()) {
            true => guides.extend(own),
            false => features.extend(own),
        }
    }
    let manifest = "[workspace]\nresolver = \"3\"\nmembers = [\"*\"]\n";
    std::fs::write(folder.join("Cargo.toml"), manifest).expect("a written manifest");
    std::fs::copy(workspace().join("Cargo.lock"), folder.join("Cargo.lock"))
        .expect("a copied lock file");
    // The example that every crate has is the same in all, and compiled with those that are shipped.
    let guides = guides.join(",");
    let features = format!("{},{guides}", features.join(","));
    let tests = ["test", "--tests", "--no-fail-fast", "--workspace"];
    let features = ["--no-default-features", "--features", &features];
    cargo(&folder, &[&tests[..], &features].concat());
    // Which operations the guide shows is chosen by rules; these cases meet each rule with another kind of operation.
    let features = ["--no-default-features", "--features", &guides];
    let packages = GUIDES.map(|case| format!("--package=golden-{case}"));
    let packages: Vec<&str> = packages.iter().map(String::as_str).collect();
    cargo(
        &folder,
        &[&["test", "--doc"], &packages[..], &features, &["guide"]].concat(),
    );
}

/// The cases whose guides have chapters, or operations in them, that the others have not.
const GUIDES: [&str; 5] = ["bodies", "jobs", "multipart", "paging", "security-several"];

/// Removes what is no crate of these cases: the workspace takes every folder for a member, and Cargo builds every file of a crate's tests.
fn remove_others(folder: &Path, cases: &[PathBuf]) {
    let names: BTreeSet<String> = cases.iter().map(|case| name(case)).collect();
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for entry in entries {
        let entry = entry.expect("an entry");
        let is_case = names.contains(entry.file_name().to_string_lossy().as_ref());
        if entry.path().is_dir() && !is_case {
            std::fs::remove_dir_all(entry.path()).expect("a removed folder");
        }
    }
}

/// A template that no case renders could break without a test that fails.
#[test]
fn every_template_is_rendered_by_some_case() {
    let templates = workspace().join("templates");
    let mut paths = BTreeSet::new();
    collect(&templates, &mut paths);
    assert!(paths.len() >= 10, "templates are missing: {paths:?}");
    let cases = cases();
    for path in paths {
        let broken = tempfile::tempdir().expect("a folder");
        let copy = broken.path().join(
            path.strip_prefix(&templates)
                .expect("a path below the templates"),
        );
        std::fs::create_dir_all(copy.parent().expect("a folder")).expect("a folder");
        std::fs::write(&copy, "{{ a_name_that_no_view_has }}\n").expect("a written template");
        let is_rendered = cases.iter().any(|case| {
            matches!(
                emit(case, Some(broken.path())),
                Err(GenerateError::Render(_))
            )
        });
        assert!(is_rendered, "no case renders {}", path.display());
    }
}

fn collect(folder: &Path, paths: &mut BTreeSet<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, paths);
        } else {
            paths.insert(path);
        }
    }
}

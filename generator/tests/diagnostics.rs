//! Every code of a diagnostic: `diagnostics/<code>/openapi.yaml` is a small document in which `lint` finds it, and the catalogue shows
//! that document as its example.
//!
//! The page that lists all codes is compared as well. After a change of the catalogue, this rewrites it:
//!
//! ```text
//! UPDATE_GOLDENS=1 cargo test -p sdk-generator --test diagnostics
//! ```

use sdk_generator::diagnostics::Code;
use sdk_generator::diagnostics::catalogue::page;
use sdk_generator::load::MAX_FILE_BYTES;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Set to anything, this variable makes the test of the page rewrite it.
const UPDATE: &str = "UPDATE_GOLDENS";

fn manifest() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The folders of all fixtures.
fn fixtures() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = fs::read_dir(manifest().join("tests/diagnostics"))
        .expect("the fixtures")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    folders.sort();
    folders
}

fn name(folder: &Path) -> String {
    let name = folder.file_name().expect("a name");
    name.to_string_lossy().into_owned()
}

/// Runs the binary in a folder.
fn run(folder: &Path, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sdk-generator"))
        .args(words)
        .current_dir(folder)
        .output()
        .expect("the binary runs")
}

/// The codes that `lint` finds in the document of a folder.
fn codes_in(folder: &Path) -> Vec<String> {
    let mut words = vec!["lint", "openapi.yaml", "--format", "json"];
    if folder.join("overlay.yaml").exists() {
        words.extend(["--overlay", "overlay.yaml"]);
    }
    let output = run(folder, &words);
    let document: serde_json::Value =
        serde_json::from_slice(&output.stdout).unwrap_or_else(|error| {
            let complaint = String::from_utf8_lossy(&output.stderr);
            panic!("{}: {error}\n{complaint}", folder.display())
        });
    let diagnostics = document["diagnostics"].as_array().expect("a list");
    let codes = diagnostics
        .iter()
        .map(|diagnostic| diagnostic["code"].as_str().expect("a code"));
    codes.map(str::to_owned).collect()
}

/// A copy of the fixture of `document-too-large` with the large file, which is too large to be committed.
fn with_large_file(folder: &Path) -> tempfile::TempDir {
    let copy = tempfile::tempdir().expect("a folder");
    fs::copy(
        folder.join("openapi.yaml"),
        copy.path().join("openapi.yaml"),
    )
    .expect("a copy");
    // The file has this length and takes no room on the disk.
    let size = u64::try_from(MAX_FILE_BYTES).expect("a length") + 1;
    File::create(copy.path().join("pets.yaml"))
        .and_then(|file| file.set_len(size))
        .expect("a large file");
    copy
}

#[test]
fn every_fixture_raises_its_code() {
    let mut missing = Vec::new();
    for folder in fixtures() {
        let code = name(&folder);
        let codes = match code.as_str() {
            "document-too-large" => codes_in(with_large_file(&folder).path()),
            _ => codes_in(&folder),
        };
        if !codes.contains(&code) {
            missing.push(format!("{code}: lint finds {codes:?}"));
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn every_diagnostic_shows_its_place_and_a_next_step() {
    let mut faults = Vec::new();
    for folder in fixtures() {
        let large = (name(&folder) == "document-too-large").then(|| with_large_file(&folder));
        let place = large.as_ref().map_or(folder.as_path(), |copy| copy.path());
        let mut words = vec!["lint", "openapi.yaml", "--all"];
        if place.join("overlay.yaml").exists() {
            words.extend(["--overlay", "overlay.yaml"]);
        }
        let text = String::from_utf8(run(place, &words).stdout).expect("text");
        let starts = ["error[", "warning[", "note["];
        let shown = text
            .split("\n\n")
            .filter(|part| starts.iter().any(|start| part.starts_with(start)));
        for one in shown {
            let has = |label: &str| {
                one.lines()
                    .any(|line| line.trim_start().starts_with(label) && line.len() > label.len())
            };
            if !has("--> ") || !has("= help: ") {
                faults.push(format!("{}:\n{one}", folder.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

#[test]
fn every_code_has_a_fixture() {
    let codes: BTreeSet<String> = Code::ALL
        .iter()
        .map(|code| code.name().to_owned())
        .collect();
    let folders: BTreeSet<String> = fixtures().iter().map(|folder| name(folder)).collect();
    assert_eq!(folders, codes);
}

#[test]
fn the_page_lists_what_the_catalogue_holds() {
    let path = manifest().join("docs/diagnostics.md");
    let wanted = page();
    if std::env::var_os(UPDATE).is_some() {
        fs::write(&path, &wanted).expect("a written page");
    }
    let found = fs::read_to_string(&path).expect("the page");
    assert!(
        found == wanted,
        "{} is not what the catalogue holds. If this is meant, run:\n\n    {UPDATE}=1 cargo test -p sdk-generator --test diagnostics\n",
        path.display()
    );
}

#[test]
fn explain_prints_the_entry_of_a_code() {
    let output = run(manifest(), &["explain", "ref-file-missing"]);
    assert_eq!(output.status.code(), Some(0));
    let text = String::from_utf8(output.stdout).expect("text");
    for part in [
        "ref-file-missing\n\nA reference names a file that does not exist.\n\n",
        "\nExample:\n\n    openapi: 3.0.3\n",
        "\n        Pet: { $ref: pet.yaml }\n",
        "\nWhat to do: Check the spelling",
    ] {
        assert!(text.contains(part), "{part:?} is missing in:\n{text}");
    }
    let is_wide = |line: &&str| line.chars().count() > 80 && !line.starts_with(' ');
    assert_eq!(text.lines().find(is_wide), None);
}

#[test]
fn explain_names_the_nearest_code() {
    let output = run(manifest(), &["explain", "ref-file-mising"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(String::from_utf8_lossy(&output.stdout), "");
    assert_eq!(
        String::from_utf8_lossy(&output.stderr),
        "error: `ref-file-mising` is not the code of a diagnostic; did you mean `ref-file-missing`?\n = help: give a code that stands in the \
         brackets of a message, or a document and a NAME: `sdk-generator explain SPEC NAME`\n"
    );
}

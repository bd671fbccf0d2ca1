//! What `generate` leaves on disk and what `check` says about it: after edits, after failures, and after runs that were killed.

mod command;
#[path = "drift/killed.rs"]
mod killed;
#[path = "drift/owned.rs"]
mod owned;

use command::{DOCUMENT, Place, Run, finish};
use sdk_generator::files::FileSet;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

const GENERATE: [&str; 4] = ["generate", "openapi.yaml", "--out", "sdk"];
const CHECK: [&str; 4] = ["check", "openapi.yaml", "--out", "sdk"];
const FIX: &str = "    sdk-generator generate openapi.yaml --out sdk";

/// The files that a report of `check` names, with its word for each.
fn named(check: &Run) -> Vec<String> {
    let words = ["changed", "missing", "stale"];
    let lines = check
        .stdout
        .lines()
        .filter_map(|line| line.strip_prefix("  "));
    lines
        .filter(|line| words.iter().any(|word| line.starts_with(word)))
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect()
}

/// Replaces words in a file.
#[track_caller]
fn edit(place: &Place, relative: &str, from: &str, to: &str) {
    let text = place.read(relative);
    assert!(text.contains(from), "{relative} has no `{from}`");
    place.write(relative, &text.replace(from, to));
}

/// What the output folder holds, without what is not the generator's.
fn output(place: &Place) -> FileSet {
    FileSet::read(&place.path("sdk")).expect("a readable folder")
}

/// Runs the command that a report ends with, as a shell would.
fn run_line(place: &Place, line: &str) -> Run {
    let binary = Path::new(env!("CARGO_BIN_EXE_sdk-generator"))
        .parent()
        .expect("a folder");
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(binary.to_owned()).chain(std::env::split_paths(&path));
    let path = std::env::join_paths(folders).expect("a search path");
    finish(
        Command::new("sh")
            .args(["-c", line])
            .current_dir(place.path(""))
            .env("PATH", path),
    )
}

/// A folder whose output is current.
fn generated() -> Place {
    let place = Place::new();
    place.run(&GENERATE).exits(0);
    place
}

/// Checks that `check` names these files and ends with a command that fixes it.
#[track_caller]
fn assert_drift(place: &Place, files: &[&str]) -> String {
    let check = place.run(&CHECK).exits(1);
    assert_eq!(named(&check), files, "{}", check.stdout);
    assert_eq!(check.stdout.lines().last(), Some(FIX), "{}", check.stdout);
    run_line(place, FIX).exits(0);
    place.run(&CHECK).exits(0);
    check.stdout
}

/// The files of a set that hold these words, as `check` names them.
fn holding(files: &FileSet, words: &str) -> Vec<String> {
    let holding = files
        .iter()
        .filter(|(_, text)| String::from_utf8_lossy(text).contains(words));
    holding
        .map(|(path, _)| format!("changed sdk/{path}"))
        .collect()
}

#[test]
fn what_was_generated_is_current() {
    let place = generated();
    let check = place.run(&CHECK).exits(0);
    assert!(
        check.stdout.ends_with("files, as generated\n"),
        "{}",
        check.stdout
    );
    let again = place.run(&GENERATE).exits(0);
    assert!(
        again.stdout.contains(" 0 files written, "),
        "{}",
        again.stdout
    );
}

#[test]
fn an_edited_document_is_drift() {
    let place = generated();
    let touched = holding(&output(&place), "What it is called.");
    assert!(
        touched.iter().any(|file| file.contains("src/models")),
        "{touched:?}"
    );
    assert!(touched.len() < output(&place).len());
    edit(
        &place,
        "openapi.yaml",
        "What it is called.",
        "How one calls it.",
    );
    let report = assert_drift(
        &place,
        &touched.iter().map(String::as_str).collect::<Vec<_>>(),
    );
    assert!(
        report
            .lines()
            .any(|line| line.starts_with('-') && line.contains("What it is called.")),
        "{report}"
    );
    assert!(
        report
            .lines()
            .any(|line| line.starts_with('+') && line.contains("How one calls it.")),
        "{report}"
    );
}

#[test]
fn an_edited_template_is_drift() {
    let place = generated();
    let name = "README.md.jinja";
    let template = fs::read_to_string(
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../templates")
            .join(name),
    )
    .unwrap();
    place.write(&format!("own/{name}"), &template);
    let with_templates =
        |words: &[&'static str; 4]| [words.as_slice(), &["--templates", "own"]].concat();
    place.run(&with_templates(&CHECK)).exits(0);
    place.write(
        &format!("own/{name}"),
        &format!("{template}\nOne more line.\n"),
    );
    let check = place.run(&with_templates(&CHECK)).exits(1);
    assert_eq!(named(&check), ["changed sdk/README.md"], "{}", check.stdout);
    let fix = format!("{FIX} --templates own");
    assert_eq!(check.stdout.lines().last(), Some(fix.as_str()));
    run_line(&place, &fix).exits(0);
    place.run(&with_templates(&CHECK)).exits(0);
    assert!(place.read("sdk/README.md").ends_with("One more line.\n"));
}

#[test]
fn an_edited_or_missing_file_is_drift_and_a_file_of_the_users_is_none() {
    let place = generated();
    // Written by an earlier run, and by this one no more.
    place.write("sdk/src/models/old.rs", "");
    edit(
        &place,
        "sdk/.sdk-generator",
        "src/lib.rs\n",
        "src/lib.rs\nsrc/models/old.rs\n",
    );
    edit(&place, "sdk/src/lib.rs", "pub", "pub ");
    fs::remove_file(place.path("sdk/src/client.rs")).unwrap();
    place.write("sdk/src/models/extra.rs", "");
    place.write("sdk/notes/today.txt", "buy milk");
    assert_drift(
        &place,
        &[
            "changed sdk/.sdk-generator",
            "missing sdk/src/client.rs",
            "changed sdk/src/lib.rs",
            "stale sdk/src/models/old.rs",
        ],
    );
    assert!(!place.path("sdk/src/models/old.rs").exists());
    assert_eq!(place.read("sdk/notes/today.txt"), "buy milk");
    assert_eq!(place.read("sdk/src/models/extra.rs"), "");
}

#[test]
fn the_diff_of_many_changes_ends() {
    let place = generated();
    let files: Vec<String> = output(&place)
        .iter()
        .map(|(path, _)| path.to_owned())
        .collect();
    for path in files.iter().filter(|path| *path != "Cargo.toml") {
        place.write(&format!("sdk/{path}"), &"another line\n".repeat(2000));
    }
    let check = place.run(&CHECK).exits(1);
    assert_eq!(named(&check).len(), files.len() - 1);
    assert!(check.stdout.contains("more lines"), "{}", check.stdout);
    let lines = check.stdout.lines().count();
    assert!(lines < files.len() + 300, "{lines} lines");
    assert_eq!(check.stdout.lines().last(), Some(FIX));
}

#[test]
fn words_with_spaces_are_quoted_in_the_command() {
    let place = Place::new();
    place.write("a document's.yaml", DOCUMENT);
    place.write("the target.toml", "[package]\nversion = \"2.0.0\"\n");
    let words = [
        "a document's.yaml",
        "--out",
        "the sdk",
        "--target",
        "the target.toml",
        "--name",
        "zoo",
        "--runtime",
        "version=1",
    ];
    let check = place.run(&[["check"].as_slice(), &words].concat()).exits(1);
    assert!(
        named(&check)
            .iter()
            .all(|line| line.starts_with("missing the sdk/")),
        "{}",
        check.stdout
    );
    run_line(&place, check.stdout.lines().last().unwrap()).exits(0);
    place.run(&[["check"].as_slice(), &words].concat()).exits(0);
    assert!(place.read("the sdk/Cargo.toml").contains("name = \"zoo\""));
}

#[test]
fn a_failed_run_leaves_what_stood_there() {
    let place = generated();
    let before = output(&place);
    place.write("openapi.yaml", "swagger: '2.0'\npaths: {}\n");
    let run = place.run(&GENERATE).exits(1);
    assert!(run.stderr.contains("error["), "{}", run.stderr);
    place.write("openapi.yaml", &DOCUMENT.replace("Gets", "Fetches"));
    for bad in ["{% if %}", "{{ there_is_no_such_name }}"] {
        place.write("own/src/lib.rs.jinja", bad);
        let run = place
            .run(&[GENERATE.as_slice(), &["--templates", "own"]].concat())
            .exits(2);
        assert!(run.stderr.contains("src/lib.rs.jinja"), "{}", run.stderr);
    }
    place.write("own/src/lib.rs.jinja", "fn broken( {");
    let run = place
        .run(&[GENERATE.as_slice(), &["--templates", "own"]].concat())
        .exits(2);
    assert!(
        run.stderr.contains("src/lib.rs is no Rust source at line"),
        "{}",
        run.stderr
    );
    assert_eq!(output(&place), before);
    assert_eq!(siblings(&place), ["openapi.yaml", "own", "sdk"]);
}

#[test]
fn what_belongs_to_cargo_and_git_survives() {
    let place = generated();
    for file in ["target/debug/a", "Cargo.lock", ".git/HEAD", ".gitignore"] {
        place.write(&format!("sdk/{file}"), file);
    }
    place.run(&CHECK).exits(0);
    edit(&place, "openapi.yaml", "Gets a pet.", "Fetches a pet.");
    place.run(&GENERATE).exits(0);
    place.run(&CHECK).exits(0);
    for file in ["target/debug/a", "Cargo.lock", ".git/HEAD", ".gitignore"] {
        assert_eq!(place.read(&format!("sdk/{file}")), file);
    }
    assert_eq!(siblings(&place), ["openapi.yaml", "sdk"]);
}

#[test]
fn unchanged_files_keep_their_times() {
    let place = generated();
    let time = |file: &str| fs::metadata(place.path(file)).unwrap().modified().unwrap();
    let old = std::time::SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    let files: Vec<String> = output(&place)
        .iter()
        .map(|(path, _)| format!("sdk/{path}"))
        .collect();
    for file in &files {
        fs::File::options()
            .append(true)
            .open(place.path(file))
            .unwrap()
            .set_modified(old)
            .unwrap();
    }
    let touched = holding(&output(&place), "Gets a pet.");
    edit(&place, "openapi.yaml", "Gets a pet.", "Fetches a pet.");
    place.run(&GENERATE).exits(0);
    for file in &files {
        assert_eq!(
            time(file) != old,
            touched.contains(&format!("changed {file}")),
            "{file}"
        );
    }
}

#[test]
fn the_output_folder_may_be_told_in_any_way() {
    let place = Place::new();
    let absolute = place.path("absolute").display().to_string();
    fs::create_dir(place.path("here")).unwrap();
    for (from, spec, out, folder) in [
        ("", "openapi.yaml", "new/and/nested", "new/and/nested"),
        ("", "openapi.yaml", absolute.as_str(), "absolute"),
        ("", "openapi.yaml", "slash/", "slash"),
        ("", "./openapi.yaml", "./new/../dotted", "dotted"),
        ("here", "../openapi.yaml", ".", "here"),
    ] {
        // The second run replaces what the first one made, which takes another way through the file system.
        for text in [DOCUMENT.to_owned(), DOCUMENT.replace("Gets", "Fetches")] {
            place.write("openapi.yaml", &text);
            place
                .run_in(from, &["generate", spec, "--out", out])
                .exits(0);
            place.run_in(from, &["check", spec, "--out", out]).exits(0);
            assert!(
                place
                    .read(&format!("{folder}/src/api/pets.rs"))
                    .contains(if text == DOCUMENT { "Gets" } else { "Fetches" })
            );
        }
    }
    assert_eq!(
        siblings(&place),
        ["absolute", "dotted", "here", "new", "openapi.yaml", "slash"]
    );
    assert_eq!(names(&place.path("here")), names(&place.path("absolute")));
}

#[cfg(unix)]
#[test]
fn a_link_to_the_output_folder_stays_a_link() {
    let place = Place::new();
    fs::create_dir_all(place.path("elsewhere/sdk")).unwrap();
    std::os::unix::fs::symlink(place.path("elsewhere/sdk"), place.path("sdk")).unwrap();
    place.run(&GENERATE).exits(0);
    edit(&place, "openapi.yaml", "Gets a pet.", "Fetches a pet.");
    place.run(&GENERATE).exits(0);
    assert!(
        fs::symlink_metadata(place.path("sdk"))
            .unwrap()
            .is_symlink()
    );
    place
        .run(&["check", "openapi.yaml", "--out", "elsewhere/sdk"])
        .exits(0);
}

fn siblings(place: &Place) -> Vec<String> {
    names(&place.path(""))
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

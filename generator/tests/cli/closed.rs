//! What every command does when nobody reads its output to the end, as in `lint … | head -1`: it ends as always, and says nothing of it.

use super::command::{DOCUMENT, Place, generator};
use std::io::{Read as _, pipe};
use std::process::Stdio;

#[test]
fn a_reader_that_has_gone_is_no_error() {
    let place = Place::new();
    place.write("other.yaml", &DOCUMENT.replace("getPet", "findPet"));
    place.write("warned.yaml", &super::lint::with_many_warnings());
    for (words, code) in [
        (&["lint", "openapi.yaml"][..], 0),
        (&["lint", "openapi.yaml", "--format", "json"], 0),
        (&["lint", "warned.yaml", "--deny", "warnings"], 1),
        (&["explain", "ref-file-missing"], 0),
        (&["explain", "openapi.yaml", "getPet"], 0),
        (&["plan", "openapi.yaml"], 0),
        (&["bundle", "openapi.yaml"], 0),
        (&["compare", "openapi.yaml", "other.yaml"], 1),
        (
            &["compare", "openapi.yaml", "other.yaml", "--format", "json"],
            1,
        ),
        (&["check", "openapi.yaml", "--out", "sdk"], 1),
        (&["generate", "openapi.yaml", "--out", "sdk", "--all"], 0),
        (&["check", "openapi.yaml", "--out", "sdk"], 0),
        (&["--help"], 0),
    ] {
        let (reader, writer) = pipe().unwrap();
        drop(reader);
        let mut process = generator(&place.path(""))
            .args(words)
            .stdout(Stdio::from(writer))
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stderr = String::new();
        process
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut stderr)
            .unwrap();
        assert_eq!(
            process.wait().unwrap().code(),
            Some(code),
            "{words:?}: {stderr}"
        );
        let has_word = |word: &str| stderr.contains(word);
        assert!(
            !has_word("panicked") && !has_word("error: "),
            "{words:?}: {stderr}"
        );
    }
}

#[test]
fn nobody_needs_to_read_complaints() {
    let place = Place::new();
    let (reader, writer) = pipe().unwrap();
    drop(reader);
    let status = generator(&place.path(""))
        .args(["lint", "absent.yaml"])
        .stderr(Stdio::from(writer))
        .status();
    assert_eq!(status.unwrap().code(), Some(2));
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_is_an_error() {
    let place = Place::new();
    let full = std::fs::File::options()
        .write(true)
        .open("/dev/full")
        .unwrap();
    let output = generator(&place.path(""))
        .args(["plan", "openapi.yaml"])
        .stdout(full)
        .output();
    let output = output.unwrap();
    assert_eq!(output.status.code(), Some(2));
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(
        stderr.starts_with("error: cannot write to standard output: "),
        "{stderr}"
    );
}

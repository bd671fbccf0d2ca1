//! Everything that is emitted explains itself: from each field, parameter, variant, type and method a chain of reasons leads to a line
//! of the document.
//!
//! The documents are the fixtures and those like the shipped ones (`tests/shipped/`). Others can be checked beside them, by their paths (divided as
//! `PATH` is); the counts are printed with `--nocapture`:
//!
//! ```text
//! EXPLAIN_DOCUMENTS=a.yaml:b.json cargo test -p sdk-generator --test explain -- --nocapture
//! ```

#[path = "explain/chains.rs"]
mod chains;

use chains::{Counts, Document};
use sdk_generator::format::Origin;
use sdk_generator::generate::Job;
use sdk_generator::plan::RuntimeSource;
use sdk_generator::target::Target;
use std::path::{Path, PathBuf};

/// Documents to check beside our own.
const DOCUMENTS: &str = "EXPLAIN_DOCUMENTS";

/// Set to anything, this variable makes the test rewrite what is expected.
const UPDATE: &str = "UPDATE_GOLDENS";

/// The folder of documents like those that are shipped.
fn shipped() -> PathBuf {
    workspace().join("generator/tests/shipped")
}

/// The folder of the workspace.
fn workspace() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.parent().expect("a workspace").to_owned()
}

/// The job of a document, with the `target.toml` beside it where there is one.
fn job_of(document: &Path) -> Job {
    let target = document.with_file_name("target.toml");
    Job {
        document: document.to_owned(),
        overlays: Vec::new(),
        target: match target.exists() {
            true => Target::read(&target).unwrap_or_else(|error| panic!("{error}")),
            false => Target::default(),
        },
        name: None,
        templates: None,
        runtime: RuntimeSource::Version("0.1.0".to_owned()),
        origin: Origin {
            command: "sdk-generator generate".to_owned(),
            source: "openapi.yaml".to_owned(),
        },
    }
}

/// The documents of each folder in `folder`.
fn documents_in(folder: &Path) -> Vec<PathBuf> {
    let mut documents: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.expect("an entry").path().join("openapi.yaml"))
        .filter(|document| document.exists())
        .collect();
    documents.sort();
    documents
}

fn fixtures() -> PathBuf {
    workspace().join("generator/tests/fixtures")
}

#[test]
fn every_item_has_a_chain_that_ends_at_a_line_of_the_document() {
    let ours: Vec<PathBuf> = [shipped(), fixtures()]
        .iter()
        .flat_map(|folder| documents_in(folder))
        .collect();
    assert!(ours.len() >= 8, "documents are missing: {ours:?}");
    let others = std::env::var_os(DOCUMENTS).unwrap_or_default();
    let others: Vec<PathBuf> = std::env::split_paths(&others)
        .filter(|path| !path.as_os_str().is_empty())
        .collect();
    let mut total = Counts::default();
    let mut faults = Vec::new();
    for (path, is_ours) in ours
        .iter()
        .map(|path| (path, true))
        .chain(others.iter().map(|path| (path, false)))
    {
        let document = Document::read(job_of(path));
        let (counts, mut found) = document.check();
        if is_ours {
            found.extend(document.check_emitted());
        }
        println!("{counts}  {}", path.display());
        let name = path.display();
        faults.extend(found.into_iter().map(|fault| format!("{name}: {fault}")));
        total += counts;
    }
    println!("{total}  all of them");
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults
            .iter()
            .take(40)
            .cloned()
            .collect::<Vec<_>>()
            .join("\n")
    );
    assert!(total.has_all_kinds(), "nothing was checked: {total}");
}

/// Each says why in another way: the fixture, what is asked for, and the file in which the answer stands.
const TELLING: [(&str, &str, &str); 12] = [
    ("nullable", "models::Change::title", "nullable-field"),
    ("recursive-types", "models::Nest::tree", "boxed-field"),
    ("parameters", "findPages(pageSize)", "renamed-setter"),
    ("tags-and-features", "models::Owner", "shared-type"),
    ("formats", "models::Values::when", "date-time"),
    ("error-sets", "getA", "shared-error-set"),
    ("error-sets", "getC", "own-error-set"),
    ("secrets", "Safe.hint", "secret-by-setting"),
    ("secrets", "models::Safe::code", "secret-by-format"),
    ("unions", "models::Pet::Dog", "variant"),
    (
        "enums",
        "#/components/schemas/Light/properties/compare/enum/1",
        "value-by-pointer",
    ),
    ("all-of", "#/components/schemas/Boat", "type-by-pointer"),
];

#[test]
fn telling_cases_are_told_as_expected() {
    let folder = workspace().join("generator/tests/explain");
    for (fixture, name, file) in TELLING {
        let document = Document::read(job_of(&fixtures().join(fixture).join("openapi.yaml")));
        let told = document
            .explain(name)
            .unwrap_or_else(|error| panic!("{error}"));
        // The folder of the workspace is another one on each machine.
        let told = told.replace(&format!("{}/", workspace().display()), "");
        let expected = folder.join(file).with_extension("txt");
        if std::env::var_os(UPDATE).is_some() {
            std::fs::write(&expected, &told).expect("a writable folder");
        }
        let found = std::fs::read_to_string(&expected).unwrap_or_default();
        assert_eq!(
            told, found,
            "{name} of {fixture}; {UPDATE}=1 rewrites {file}.txt"
        );
    }
}

#[test]
fn a_name_that_nothing_has_is_an_error_that_tells_the_nearest() {
    let document = Document::read(job_of(&fixtures().join("nullable/openapi.yaml")));
    for (name, nearest) in [
        ("changeNotes", "changeNote"),
        ("models::Chnage::title", "models::Change::title"),
        ("#/components/schemas/Chang", "#/components/schemas/Change"),
    ] {
        let error = document.explain(name).expect_err("no such name");
        assert!(error.contains(name) && error.contains(nearest), "{error}");
    }
    let tags = Document::read(job_of(&fixtures().join("tags-and-features/openapi.yaml")));
    let error = tags.explain("#/components/schemas/Unused");
    let error = error.expect_err("no operation uses it");
    assert!(error.contains("nothing is emitted"), "{error}");
}

#[test]
fn names_may_be_given_as_they_stand_in_code() {
    let document = Document::read(job_of(&fixtures().join("nullable/openapi.yaml")));
    let plain = document.explain("models::Change::title");
    for name in [
        "Change::title",
        "nullable::models::Change::title",
        "crate::models::Change::title",
        "Change.title",
    ] {
        assert_eq!(document.explain(name), plain, "{name}");
    }
    let method = document.explain("changeNote");
    for name in [
        "Client::notes().change_note",
        "PATCH /notes",
        "api::notes::Notes::change_note",
    ] {
        assert_eq!(document.explain(name), method, "{name}");
    }
}

//! The command on a small repository of its own, and the check of this repository's committed output.

use super::{Arguments, prepare, report, run, what_changes_for_callers, write};
use crate::drift;
use crate::targets::Repo;
use sdk_generator::advice;
use sdk_generator::diagnostics::styles::Styles;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

const DOCUMENT: &str = r#"openapi: 3.0.3
info: { title: Pets, version: "1", description: Animals that people keep. }
servers: [{ url: "https://example.com" }]
tags: [{ name: Pets, description: The animals themselves. }]
paths:
  /pets:
    get:
      tags: [Pets]
      operationId: listPets
      summary: Lists the pets.
      description: Returns their names, oldest first.
      responses:
        "200":
          description: The pets.
          content:
            application/json:
              schema: { type: array, items: { type: string } }
"#;

/// A repository with one target, `pets`, and the templates of this one; its output is current.
fn repository() -> (tempfile::TempDir, Repo) {
    let folder = tempfile::tempdir().unwrap();
    let specs = folder.path().join("specs/pets");
    fs::create_dir_all(&specs).unwrap();
    fs::write(specs.join("openapi.yaml"), DOCUMENT).unwrap();
    fs::write(specs.join("target.toml"), "[package]\nname = \"pets\"\n").unwrap();
    copy(
        &Repo::here().unwrap().path("templates"),
        &folder.path().join("templates"),
    );
    let repo = Repo::at(folder.path()).unwrap();
    assert_eq!(codegen(&repo, false), ExitCode::SUCCESS);
    (folder, repo)
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let place = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &place)
        } else {
            fs::copy(entry.path(), place).unwrap();
        }
    }
}

fn codegen(repo: &Repo, check: bool) -> ExitCode {
    run(
        repo,
        &Arguments {
            check,
            ..Arguments::default()
        },
    )
    .unwrap()
}

/// An error as it is printed where there are no colours.
fn told(error: &anyhow::Error) -> String {
    advice::text(error, &Styles::PLAIN)
}

/// The report of `--check`; `None` when nothing has drifted.
fn drifted(repo: &Repo, targets: &[&str]) -> Option<String> {
    let arguments = Arguments {
        targets: targets.iter().map(|name| (*name).to_owned()).collect(),
        check: true,
    };
    let (emitted, extras) = prepare(repo, &arguments).unwrap();
    let drift = drift::find(repo, &emitted, &extras).unwrap();
    let code = run(repo, &arguments).unwrap();
    assert_eq!(
        code,
        if drift.is_empty() {
            ExitCode::SUCCESS
        } else {
            ExitCode::from(1)
        }
    );
    let callers = what_changes_for_callers(repo, &emitted).unwrap();
    (!drift.is_empty()).then(|| report(&drift, &callers, &extras, &arguments))
}

/// The lines of a report that name files.
fn named(report: &str) -> Vec<&str> {
    let words = ["  changed  ", "  missing  ", "  stale    "];
    report
        .lines()
        .filter(|line| words.iter().any(|word| line.starts_with(word)))
        .map(str::trim)
        .collect()
}

fn edit(repo: &Repo, path: &str, change: impl FnOnce(String) -> String) {
    let path = repo.path(path);
    let text = fs::read_to_string(&path).unwrap();
    let changed = change(text.clone());
    assert_ne!(
        text,
        changed,
        "the edit of {} changes nothing",
        path.display()
    );
    fs::write(path, changed).unwrap();
}

/// Checks that the report names these files, ends with the command, and that the command fixes it.
#[track_caller]
fn assert_drift(repo: &Repo, files: &[&str]) {
    let report = drifted(repo, &[]).expect("the drift is not seen");
    assert_eq!(named(&report), files, "{report}");
    assert!(
        report.starts_with("The crates in generated/ are written by this repository's generator"),
        "{report}"
    );
    assert_eq!(
        report.lines().last(),
        Some("    cargo xtask codegen"),
        "{report}"
    );
    assert_eq!(codegen(repo, false), ExitCode::SUCCESS);
    assert_eq!(drifted(repo, &[]), None);
}

#[test]
fn generated_output_is_current() {
    let repo = Repo::here().unwrap();
    let report = drifted(&repo, &[]);
    assert!(report.is_none(), "{}", report.unwrap_or_default());
}

#[test]
fn an_edited_document_is_drift() {
    let (_folder, repo) = repository();
    edit(&repo, "specs/pets/openapi.yaml", |text| {
        text.replace("Lists the pets.", "Lists every pet.")
    });
    let (emitted, _) = prepare(&repo, &Arguments::default()).unwrap();
    let touched: Vec<String> = emitted[0]
        .files
        .iter()
        .filter(|(_, text)| String::from_utf8_lossy(text).contains("Lists every pet."))
        .map(|(path, _)| format!("changed  generated/pets/{path}"))
        .collect();
    assert!(
        touched.contains(&"changed  generated/pets/src/api/pets.rs".to_owned()),
        "{touched:?}"
    );
    assert_drift(
        &repo,
        &touched.iter().map(String::as_str).collect::<Vec<_>>(),
    );
}

#[test]
fn an_edited_template_is_drift() {
    let (_folder, repo) = repository();
    edit(&repo, "templates/README.md.jinja", |text| {
        text + "\nOne more line.\n"
    });
    assert_drift(&repo, &["changed  generated/pets/README.md"]);
}

#[test]
fn an_edited_generated_file_is_drift() {
    let (_folder, repo) = repository();
    edit(&repo, "generated/pets/src/lib.rs", |text| {
        text + "\n// by hand\n"
    });
    edit(&repo, "generated/pets/Cargo.toml", |_| {
        "[package]\n".to_owned()
    });
    fs::remove_file(repo.path("generated/pets/src/client.rs")).unwrap();
    let report = drifted(&repo, &[]).unwrap();
    assert!(report.contains("\n-// by hand\n"), "{report}");
    assert_drift(
        &repo,
        &[
            "changed  generated/pets/Cargo.toml",
            "missing  generated/pets/src/client.rs",
            "changed  generated/pets/src/lib.rs",
        ],
    );
}

#[test]
fn an_extra_file_is_drift() {
    let (_folder, repo) = repository();
    fs::write(repo.path("generated/pets/src/models/extra.rs"), "").unwrap();
    fs::write(repo.path("generated/loose.txt"), "").unwrap();
    fs::create_dir_all(repo.path("generated/gone/src")).unwrap();
    fs::copy(
        repo.path("generated/pets/Cargo.toml"),
        repo.path("generated/gone/Cargo.toml"),
    )
    .unwrap();
    fs::write(repo.path("generated/gone/src/lib.rs"), "").unwrap();
    assert_drift(
        &repo,
        &[
            "stale    generated/gone/Cargo.toml",
            "stale    generated/gone/src/lib.rs",
            "stale    generated/loose.txt",
            "stale    generated/pets/src/models/extra.rs",
        ],
    );
    assert_eq!(fs::read_dir(repo.path("generated")).unwrap().count(), 1);
}

#[test]
fn a_crate_that_was_not_generated_is_named_and_stays() {
    let (_folder, repo) = repository();
    fs::create_dir(repo.path("generated/mine")).unwrap();
    fs::write(repo.path("generated/mine/notes.txt"), "mine").unwrap();
    let report = drifted(&repo, &[]).unwrap();
    assert_eq!(named(&report), ["stale    generated/mine/notes.txt"]);
    assert!(
        report.contains("generated/mine is no crate that the generator made"),
        "{report}"
    );
    let (emitted, extras) = prepare(&repo, &Arguments::default()).unwrap();
    let error = write(&repo, &emitted, &extras).unwrap_err();
    assert_eq!(
        told(&error),
        "error: generated/mine is no crate that the generator made, and stays\n = help: delete it, or move it elsewhere\n"
    );
    assert!(repo.path("generated/mine/notes.txt").exists());
}

#[test]
fn one_target_is_checked_alone() {
    let (_folder, repo) = repository();
    fs::write(repo.path("generated/loose.txt"), "").unwrap();
    assert_eq!(drifted(&repo, &["pets"]), None);
    edit(&repo, "generated/pets/src/lib.rs", |text| text + "\n");
    let report = drifted(&repo, &["pets"]).unwrap();
    assert_eq!(report.lines().last(), Some("    cargo xtask codegen pets"));
    let error = run(
        &repo,
        &Arguments {
            targets: vec!["cats".to_owned()],
            check: true,
        },
    )
    .unwrap_err();
    assert_eq!(
        told(&error),
        "error: there is no target `cats` in specs/\n = help: name one of these: pets\n"
    );
}

#[test]
fn nothing_is_written_when_one_document_is_bad() {
    let (_folder, repo) = repository();
    let other = repo.path("specs/zebras");
    fs::create_dir(&other).unwrap();
    fs::write(other.join("openapi.yaml"), "swagger: '2.0'\npaths: {}\n").unwrap();
    fs::write(other.join("target.toml"), "").unwrap();
    edit(&repo, "specs/pets/openapi.yaml", |text| {
        text.replace("Lists the pets.", "Lists every pet.")
    });
    let before = fs::read(repo.path("generated/pets/src/api/pets.rs")).unwrap();
    for check in [false, true] {
        let error = run(
            &repo,
            &Arguments {
                check,
                ..Arguments::default()
            },
        )
        .unwrap_err();
        assert_eq!(
            told(&error),
            "error: specs/zebras/openapi.yaml must be without errors and warnings; nothing was written\n\n\
             error[openapi-version]: This is a Swagger 2.0 document; only OpenAPI 3 is read.\n\
             --> specs/zebras/openapi.yaml:1:1\n |\n1|swagger: '2.0'\n |^\n \
             = help: Give the path of an OpenAPI 3 document, or convert this one.\n\n1 error\n \
             = help: fix what is shown, then run `cargo xtask codegen`\n"
        );
    }
    assert_eq!(
        fs::read(repo.path("generated/pets/src/api/pets.rs")).unwrap(),
        before
    );
    assert!(!repo.path("generated/zebras").exists());
}

#[test]
fn a_warning_of_our_own_document_stops_the_command() {
    let (_folder, repo) = repository();
    edit(&repo, "specs/pets/openapi.yaml", |text| {
        text.replace("      summary:", "      summary: Twice.\n      summary:")
    });
    let error = run(&repo, &Arguments::default()).unwrap_err();
    let told = told(&error);
    for part in [
        "error: specs/pets/openapi.yaml must be without errors and warnings; nothing was written\n\nwarning[",
        "--> specs/pets/openapi.yaml:",
        "^\n",
        "= help: ",
        "\n\n1 warning\n = help: fix what is shown, then run `cargo xtask codegen`\n",
    ] {
        assert!(told.contains(part), "{part:?} is missing in:\n{told}");
    }
}

#[test]
fn what_is_wrong_with_a_target_names_its_file_and_line() {
    let (_folder, repo) = repository();
    for (text, named) in [
        (
            "[package]\nname = 7\n",
            "specs/pets/target.toml is no target file: TOML parse error at line 2",
        ),
        (
            "[names.operations]\nlistPet = 'all'\n",
            "specs/pets/target.toml cannot be used:\n  line 2: ",
        ),
    ] {
        fs::write(repo.path("specs/pets/target.toml"), text).unwrap();
        let told = told(&run(&repo, &Arguments::default()).unwrap_err());
        assert!(
            told.contains(named) && told.contains("\n = help: "),
            "{told}"
        );
    }
    edit(&repo, "templates/src/lib.rs.jinja", |text| {
        format!("{{{{ nothing }}}}\n{text}")
    });
    fs::write(repo.path("specs/pets/target.toml"), "").unwrap();
    let told = told(&run(&repo, &Arguments::default()).unwrap_err());
    assert!(
        told.contains("pets")
            && told.contains("src/lib.rs.jinja:1")
            && told.contains("\n = help: "),
        "{told}"
    );
}

#[test]
fn a_document_of_ours_that_says_too_little_is_told_with_all_that_is_missing() {
    let (_folder, repo) = repository();
    let document = "specs/pets/openapi.yaml";
    edit(&repo, document, |text| {
        let without = text.replace(
            "      description: Returns their names, oldest first.\n",
            "",
        );
        without.replace("The animals themselves.", "The pets.")
    });
    fs::write(
        repo.path("specs/pets/glossary.yaml"),
        "terms: [{term: keeper, means: Who has a pet., instead_of: [people]}]\n",
    )
    .unwrap();
    let error = prepare(&repo, &Arguments::default()).err().unwrap();
    let told = told(&error);
    for line in [
        "specs/pets/openapi.yaml:2: the description of the API says `people`: the word for it is `keeper` (Who has a pet)",
        "specs/pets/openapi.yaml:4: the description of the tag `Pets` only repeats the name: ",
        "specs/pets/openapi.yaml:7: the description of `listPets` is missing: ",
        "3 faults",
        "help: fix what is shown, then run `cargo xtask codegen`",
    ] {
        assert!(told.contains(line), "{line}\n\n{told}");
    }
}

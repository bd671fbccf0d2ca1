//! `--overlay` on the command line: every command on a document takes it.

mod command;

use command::Place;

const OVERLAY: &str = r#"overlay: 1.0.0
info: { title: Corrections, version: "1" }
actions:
  - target: $.components.schemas.Pet.properties
    update: { colour: { type: string } }
    x-reason: The server sends it.
"#;

#[test]
fn every_command_applies_overlays() {
    let place = Place::new();
    place.write("fix.yaml", OVERLAY);
    let generate = [
        "generate",
        "openapi.yaml",
        "--out",
        "sdk",
        "--overlay",
        "fix.yaml",
    ];
    place.run(&generate).exits(0);
    let models = place.read("sdk/src/models/pets.rs");
    assert!(models.contains("colour"), "{models}");
    place
        .run(&[
            "check",
            "openapi.yaml",
            "--out",
            "sdk",
            "--overlay",
            "fix.yaml",
        ])
        .exits(0);
    let plain = place
        .run(&["check", "openapi.yaml", "--out", "sdk"])
        .exits(1);
    assert!(
        plain.stdout.contains("generate openapi.yaml --out sdk\n"),
        "{}",
        plain.stdout
    );
    let bundle = place
        .run(&["bundle", "openapi.yaml", "--overlay", "fix.yaml"])
        .exits(0);
    assert!(bundle.stdout.contains("colour:"), "{}", bundle.stdout);
    place
        .run(&["lint", "openapi.yaml", "--overlay", "fix.yaml"])
        .exits(0);
    assert_eq!(
        place.read("openapi.yaml"),
        command::DOCUMENT,
        "the document itself stays"
    );
}

#[test]
fn check_repeats_the_overlays_in_the_command_that_it_names() {
    let place = Place::new();
    place.write("fix.yaml", OVERLAY);
    let check = place
        .run(&[
            "check",
            "openapi.yaml",
            "--out",
            "sdk",
            "--overlay",
            "fix.yaml",
        ])
        .exits(1);
    assert!(
        check
            .stdout
            .contains("generate openapi.yaml --out sdk --overlay fix.yaml\n"),
        "{}",
        check.stdout
    );
}

#[test]
fn an_overlay_that_does_not_apply_stops_the_run_and_shows_its_line() {
    let place = Place::new();
    place.write("fix.yaml", &OVERLAY.replace("schemas.Pet", "schemas.Pets"));
    for command in ["generate", "check"] {
        let run = place
            .run(&[
                command,
                "openapi.yaml",
                "--out",
                "sdk",
                "--overlay",
                "fix.yaml",
            ])
            .exits(1);
        assert!(
            run.stderr.contains("--> fix.yaml:4:")
                && run.stderr.contains("the nearest is `Pet`")
                && run.stderr.contains("target: $.components.schemas.P"),
            "{}",
            run.stderr
        );
    }
    let lint = place
        .run(&[
            "lint",
            "openapi.yaml",
            "--overlay",
            "fix.yaml",
            "--format",
            "json",
        ])
        .exits(1);
    assert!(
        lint.stdout.contains("\"overlay-target-missing\"") && lint.stdout.contains("\"fix.yaml\""),
        "{}",
        lint.stdout
    );
    assert!(!place.path("sdk").exists());
}

#[test]
fn an_overlay_that_is_not_there_is_wrong_usage() {
    let place = Place::new();
    let run = place
        .run(&["lint", "openapi.yaml", "--overlay", "none.yaml"])
        .exits(2);
    assert!(
        run.stderr.contains("cannot read none.yaml"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_bundle_does_not_overwrite_the_overlay() {
    let place = Place::new();
    place.write("fix.yaml", OVERLAY);
    place
        .run(&[
            "bundle",
            "openapi.yaml",
            "--overlay",
            "fix.yaml",
            "--out",
            "fix.yaml",
        ])
        .exits(2);
    assert_eq!(place.read("fix.yaml"), OVERLAY);
}

#[test]
fn paths_are_those_of_the_document_as_one_file() {
    let place = Place::new();
    place.write(
        "many/openapi.yaml",
        command::DOCUMENT
            .replace("\"#/components/schemas/Pet\"", "pet.yaml")
            .split("components:")
            .next()
            .unwrap_or_default(),
    );
    place.write(
        "many/pet.yaml",
        "type: object\nproperties:\n  name: { type: string }\n",
    );
    place.write("fix.yaml", &OVERLAY.replace("schemas.Pet.", "schemas.pet."));
    let bundle = place
        .run(&["bundle", "many/openapi.yaml", "--overlay", "fix.yaml"])
        .exits(0);
    assert!(
        bundle.stdout.contains("colour:") && bundle.stdout.contains("  schemas:\n    pet:"),
        "{}",
        bundle.stdout
    );
}

//! `bundle`: a document of many files as one that says the same.

use crate::command::{DOCUMENT, Place};
use sdk_generator::diagnostics::Diagnostics;
use sdk_generator::files::FileSet;
use sdk_generator::load::load;
use std::fs;

/// A document in three files, with a cycle between two of them.
fn write_many_files(place: &Place) {
    let root = DOCUMENT
        .replace(
            "{ $ref: \"#/components/schemas/Pet\" }",
            "{ $ref: models/Cat.yaml }",
        )
        .replace(
            "openapi: 3.0.3",
            "openapi: 3.0.3\nx-own: { z: 1, a: \"=\", 200: \"1.10\" }",
        );
    place.write("many/openapi.yaml", &root);
    place.write(
        "many/models/Cat.yaml",
        "type: object\nproperties:\n  owner: { $ref: '../people.json#/Owner' }\n",
    );
    place.write(
        "many/people.json",
        r#"{"Owner": {"type": "object", "properties": {"cat": {"$ref": "models/Cat.yaml"}}}}"#,
    );
}

#[test]
fn a_bundle_is_the_same_document() {
    let place = Place::new();
    write_many_files(&place);
    let tree = |path: &str| {
        let mut diagnostics = Diagnostics::default();
        let loaded = load(&place.path(path), &mut diagnostics).expect("a tree");
        assert!(diagnostics.is_empty(), "{path}");
        (loaded.tree.to_string(), loaded.sources.files().count())
    };
    let (whole, files) = tree("many/openapi.yaml");
    assert_eq!(files, 3);
    let generate = |document: &str, out: &str| {
        place.run(&["generate", document, "--out", out]).exits(0);
        FileSet::read(&place.path(out)).unwrap()
    };
    let emitted = generate("many/openapi.yaml", "sdk");
    fs::create_dir(place.path("one")).unwrap();
    for name in ["one/openapi.yaml", "one/openapi.json"] {
        let run = place
            .run(&["bundle", "many/openapi.yaml", "--out", name])
            .exits(0);
        assert!(
            run.stdout.ends_with(" lines from 3 files\n"),
            "{}",
            run.stdout
        );
        assert_eq!(tree(name), (whole.clone(), 1), "{name}");
        assert!(!place.read(name).contains("Cat.yaml"));
    }
    let bundled = generate("one/openapi.yaml", "sdk-of-bundle");
    assert!(emitted == bundled, "the bundle gives another crate");
    let shown = place.run(&["bundle", "many/openapi.yaml"]).exits(0).stdout;
    assert_eq!(shown, place.read("one/openapi.yaml"));
    assert!(
        shown.starts_with("openapi: 3.0.3\nx-own:\n  z: 1\n"),
        "{shown}"
    );
}

#[test]
fn a_bundle_replaces_no_part_of_the_document_and_leaves_no_half() {
    let place = Place::new();
    write_many_files(&place);
    for out in ["many/openapi.yaml", "many/models/../people.json"] {
        let before = place.read(out);
        let run = place
            .run(&["bundle", "many/openapi.yaml", "--out", out])
            .exits(2);
        assert!(
            run.stderr.contains("part of the document"),
            "{}",
            run.stderr
        );
        assert_eq!(place.read(out), before);
    }
    let bundle = |document: &str, out: &str| place.run(&["bundle", document, "--out", out]);
    let run = bundle("many/openapi.yaml", "one.txt").exits(2);
    assert!(
        run.stderr.contains(".yaml, .yml and .json"),
        "{}",
        run.stderr
    );
    bundle("many/openapi.yaml", "no/folder/one.json").exits(2);
    place.write("bad.yaml", "openapi: [\n");
    bundle("bad.yaml", "one.json").exits(1);
    bundle("absent.yaml", "one.json").exits(2);
    let left: Vec<_> = fs::read_dir(place.path("")).unwrap().collect();
    assert_eq!(left.len(), 3, "openapi.yaml, bad.yaml and many: {left:?}");
}

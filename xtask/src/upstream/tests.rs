//! Our document beside a vendor's: what is found, what corrections hide, and what is refused.

use super::{Found, corrections, find};
use crate::targets::{Repo, Target};
use sdk_generator::compare::What;
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

/// The vendor's document: a path that ours has, one more of the same tag, one of another, and what only that one uses.
const THEIRS: &str = r##"openapi: 3.0.1
info: { title: Vendor, version: "1" }
servers: [{ url: "https://example.com" }]
tags: [{ name: Pets }, { name: Other }]
paths:
  /pets/{petId}:
    get:
      operationId: getPet
      tags: [Pets]
      parameters:
        - { name: petId, in: path, required: true, schema: { type: string } }
      responses:
        "200":
          description: Vendor's words.
          content: { application/json: { schema: { $ref: "#/components/schemas/PetDto" } } }
    delete:
      operationId: deletePet
      tags: [Pets]
      parameters:
        - { name: petId, in: path, required: true, schema: { type: string } }
      responses: { "204": { description: Gone. } }
  /other:
    get:
      operationId: other
      tags: [Other]
      security: [{ unused: [] }]
      responses:
        "200":
          description: Other.
          content: { application/json: { schema: { $ref: "#/components/schemas/OtherDto" } } }
components:
  securitySchemes:
    unused: { type: http, scheme: basic }
  schemas:
    PetDto: { type: object, properties: { name: { type: string, maxLength: 5 } } }
    OtherDto: { type: object }
"##;

const OURS: &str = r##"openapi: 3.0.1
info: { title: Ours, version: "1" }
servers: [{ url: "https://example.com" }]
tags: [{ name: Pets }]
paths:
  /pets/{id}:
    parameters:
      - { name: id, in: path, required: true, schema: { type: string } }
    get:
      operationId: getPet
      tags: [Pets]
      summary: Our words.
      responses:
        "200":
          description: A pet.
          content: { application/json: { schema: { $ref: "#/components/schemas/Pet" } } }
components:
  schemas:
    Pet: { type: object, properties: { name: { type: string, maxLength: 8 } } }
"##;

const CORRECTIONS: &str = r#"overlay: 1.0.0
info: { title: Corrections, version: "1" }
actions:
  - target: $.components.schemas.PetDto.properties.name
    update: { maxLength: 8 }
    x-reason: The server takes eight letters.
"#;

struct Place {
    folder: TempDir,
    repo: Repo,
    target: Target,
}

impl Place {
    fn new(corrections: Option<&str>) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let specs = folder.path().join("specs/pets");
        fs::create_dir_all(&specs).expect("a folder");
        fs::write(specs.join("openapi.yaml"), OURS).expect("a file");
        fs::write(specs.join("target.toml"), "").expect("a file");
        fs::write(folder.path().join("theirs.yaml"), THEIRS).expect("a file");
        if let Some(text) = corrections {
            fs::write(specs.join("corrections.yaml"), text).expect("a file");
        }
        let repo = Repo::at(folder.path()).expect("a repository");
        let target = repo.targets().expect("targets").remove(0);
        Self {
            folder,
            repo,
            target,
        }
    }

    fn find(&self, tags: &[&str]) -> anyhow::Result<Found> {
        let path: PathBuf = self.folder.path().join("theirs.yaml");
        let tags: Vec<String> = tags.iter().map(|tag| (*tag).to_owned()).collect();
        find(&self.repo, &self.target, &path, &tags)
    }
}

#[test]
fn a_difference_is_found_and_a_declared_one_is_not() {
    let found = Place::new(None).find(&[]).expect("a comparison");
    let sentences: Vec<_> = found.changes.iter().map(|one| &one.sentence).collect();
    assert_eq!(found.operations, 1);
    assert_eq!(
        sentences,
        ["The `maxLength` of property `name` of schema `Pet` changed from `5` to `8`."]
    );
    let found = Place::new(Some(CORRECTIONS))
        .find(&[])
        .expect("a comparison");
    assert_eq!(found.changes.len(), 0);
}

#[test]
fn with_a_tag_the_operations_that_ours_has_not_are_found() {
    let place = Place::new(Some(CORRECTIONS));
    let found = place.find(&["Pets"]).expect("a comparison");
    let names: Vec<_> = found
        .changes
        .iter()
        .map(|one| (one.what, one.name.as_str()))
        .collect();
    assert_eq!(names, [(What::Operation, "DELETE /pets/{petId}")]);
    let error = place.find(&["Cats"]).err().map(|error| error.to_string());
    assert_eq!(error.as_deref(), Some("no operation has a tag called Cats"));
}

#[test]
fn a_correction_that_no_longer_applies_is_an_error() {
    let place = Place::new(Some(&CORRECTIONS.replace("maxLength: 8", "maxLength: 5")));
    let error = place.find(&[]).err().map(|error| error.to_string());
    let error = error.expect("an error");
    assert!(
        error.contains("overlay-without-effect") && error.contains("corrections.yaml:4:"),
        "{error}"
    );
}

#[test]
fn a_correction_without_a_reason_is_an_error() {
    let without: String = CORRECTIONS
        .lines()
        .filter(|line| !line.contains("x-reason"))
        .map(|line| format!("{line}\n"))
        .collect();
    for text in [
        without,
        CORRECTIONS.replace("The server takes eight letters.", "' '"),
    ] {
        let error = Place::new(Some(&text)).find(&[]).err();
        let error = error.map(|error| error.to_string()).expect("an error");
        assert!(
            error.contains("specs/pets/corrections.yaml:4: ") && error.contains("does not say why"),
            "{error}"
        );
    }
}

#[test]
fn the_committed_corrections_can_be_read_and_say_why() {
    let repo = Repo::here().expect("the repository");
    for target in repo.targets().expect("targets") {
        let corrections = corrections(&repo, &target).expect("corrections");
        assert!(corrections.is_some(), "{} has none", target.name);
    }
}

//! Overlays on a small document: what they change, what they refuse, and which lines the messages name.

mod applied;
mod refused;

use super::apply_files;
use crate::diagnostics::{Code, Diagnostics};
use crate::load::{Sources, load_with_sources};
use crate::pointer::JsonPointer;
use serde_json::Value;
use std::fs;
use tempfile::TempDir;

const DOCUMENT: &str = r##"openapi: 3.0.3
info: { title: Pets, version: "1" }
paths:
  /pets/{id}:
    get:
      operationId: getPet
      parameters:
        - { name: trace, in: header, schema: { type: string } }
        - { name: id, in: path, required: true, schema: { type: string } }
        - { name: debug, in: query, schema: { type: boolean } }
        - $ref: "#/components/parameters/Page"
      responses:
        "200":
          description: The pet.
          content:
            application/json:
              schema: { $ref: "#/components/schemas/Pet" }
components:
  parameters:
    Page: { name: page, in: query, schema: { type: integer } }
  schemas:
    Pet:
      type: object
      required: [name]
      properties:
        name: { type: string, maxLength: 10 }
        owner: { $ref: "#/components/schemas/Owner" }
    Owner: { type: object, properties: { "it's": { type: string } } }
"##;

/// What came of overlays: the tree, and what was said.
struct Applied {
    tree: Option<Value>,
    sources: Sources,
    diagnostics: Diagnostics,
}

impl Applied {
    #[track_caller]
    fn at(&self, pointer: &str) -> Option<&Value> {
        let tree = self.tree.as_ref();
        tree.unwrap_or_else(|| panic!("{}", self.said()))
            .pointer(pointer)
    }

    /// All messages, each with its help and the place that it names.
    fn said(&self) -> String {
        let one = |diagnostic: &crate::diagnostics::Diagnostic| {
            let place = diagnostic.locate(Some(&self.sources)).map_or_else(
                || "nowhere".to_owned(),
                |place| {
                    let name = place.file.rsplit('/').next().unwrap_or_default();
                    format!("{name}:{}", place.line)
                },
            );
            format!(
                "{place} [{}] {} {}",
                diagnostic.code.name(),
                diagnostic.message,
                diagnostic.help.as_deref().unwrap_or_default()
            )
        };
        self.diagnostics
            .iter()
            .map(one)
            .collect::<Vec<_>>()
            .join("\n")
    }

    fn line(&self, pointer: &str) -> String {
        let pointer = JsonPointer::parse(pointer).expect("a pointer");
        let place = self.sources.locate(&pointer).expect("a place");
        format!(
            "{}:{}",
            place.file.rsplit('/').next().unwrap_or_default(),
            place.line
        )
    }

    fn codes(&self) -> Vec<Code> {
        self.diagnostics.iter().map(|one| one.code).collect()
    }
}

/// Applies overlays, in this order, to the document.
fn apply_all(overlays: &[&str]) -> Applied {
    let folder = TempDir::new().expect("a folder");
    let document = folder.path().join("openapi.yaml");
    fs::write(&document, DOCUMENT).expect("a file");
    let files: Vec<_> = overlays
        .iter()
        .enumerate()
        .map(|(index, text)| {
            let path = folder.path().join(format!("overlay-{index}.yaml"));
            fs::write(&path, text).expect("a file");
            path
        })
        .collect();
    let mut diagnostics = Diagnostics::default();
    let (tree, mut sources) = load_with_sources(&document, &mut diagnostics);
    assert!(diagnostics.is_empty());
    let tree = apply_files(
        &files,
        tree.expect("a tree"),
        &mut sources,
        &mut diagnostics,
    );
    Applied {
        tree,
        sources,
        diagnostics,
    }
}

/// An overlay of these actions, whose first stands in line 4.
fn overlay(actions: &str) -> String {
    format!("overlay: 1.0.0\ninfo: {{ title: Corrections, version: \"1\" }}\nactions:\n{actions}")
}

fn applied(actions: &str) -> Applied {
    apply_all(&[&overlay(actions)])
}

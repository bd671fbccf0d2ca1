//! Takes the repaired tree, gives `openapiv3::OpenAPI`. The only place that meets serde's errors.

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::pointer::JsonPointer;
use crate::repair::last_resort;
use openapiv3::{Components, OpenAPI, Paths};
use serde::Deserialize;
use serde_json::{Map, Value};

/// Parses the tree. What the parser refuses although every repair has run is left out, with a warning; `None`, with an error,
/// when the document is no OpenAPI 3 at all.
pub fn parse(tree: &Value, diagnostics: &mut Diagnostics) -> Option<OpenAPI> {
    if let Some(problem) = wrong_version(tree) {
        diagnostics.push(problem);
        return None;
    }
    if let Some(document) = deserialize(tree) {
        return Some(document);
    }
    let mut tree = tree.clone();
    last_resort(&mut tree, diagnostics);
    match serde_path_to_error::deserialize::<_, OpenAPI>(&tree) {
        Ok(document) => Some(document),
        Err(error) => {
            let pointer = nearest(&tree, &pointer_of(error.path()));
            diagnostics.push(
                Diagnostic::error(Code("not-openapi"), pointer, format!("This is not what OpenAPI 3.0 has here: {}.", error.inner()))
                    .help("Correct the document; the OpenAPI 3.0.3 specification tells what may stand at this place."),
            );
            None
        }
    }
}

/// Parses a tree that nothing is wrong with, its two large members at the same time.
fn deserialize(tree: &Value) -> Option<OpenAPI> {
    let members = tree.as_object()?;
    let (paths, components) = (members.get("paths")?, members.get("components"));
    let rest = members
        .iter()
        .filter(|(key, _)| *key != "paths" && *key != "components");
    let mut rest: Map<String, Value> = rest
        .map(|(key, member)| (key.clone(), member.clone()))
        .collect();
    rest.insert("paths".to_owned(), Value::Object(Map::new()));
    let mut document = OpenAPI::deserialize(Value::Object(rest)).ok()?;
    let (paths, components) = rayon::join(
        || Paths::deserialize(paths).ok(),
        || {
            components
                .map(Option::<Components>::deserialize)
                .transpose()
                .ok()
        },
    );
    document.paths = paths?;
    document.components = components?.flatten();
    Some(document)
}

fn wrong_version(tree: &Value) -> Option<Diagnostic> {
    let version = tree.get("openapi");
    match version.and_then(Value::as_str) {
        Some(version) if version.starts_with("3.") => None,
        _ if version.is_some() => Some(
            Diagnostic::error(
                Code("openapi-version"),
                JsonPointer::root().child("openapi"),
                format!(
                    "The document says that its version of OpenAPI is {}; only 3 is read.",
                    shown(version)
                ),
            )
            .help("Convert it to OpenAPI 3."),
        ),
        _ => Some(
            Diagnostic::error(
                Code("openapi-version"),
                JsonPointer::root(),
                if tree.get("swagger").is_some() {
                    "This is a Swagger 2.0 document; only OpenAPI 3 is read."
                } else {
                    "There is no `openapi` version at the top, so this is no OpenAPI document."
                },
            )
            .help("Give the path of an OpenAPI 3 document."),
        ),
    }
}

/// A version as the document has it, unless that is no word to show.
fn shown(version: Option<&Value>) -> String {
    match version {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => "no text".to_owned(),
    }
}

fn pointer_of(path: &serde_path_to_error::Path) -> JsonPointer {
    use serde_path_to_error::Segment;
    path.iter()
        .fold(JsonPointer::root(), |pointer, segment| match segment {
            Segment::Seq { index } => pointer.index(*index),
            Segment::Map { key } => pointer.child(key),
            Segment::Enum { .. } | Segment::Unknown => pointer,
        })
}

/// The longest beginning of `pointer` that exists in the tree: serde names fields of its own types, too.
fn nearest(tree: &Value, pointer: &JsonPointer) -> JsonPointer {
    let mut pointer = pointer.clone();
    while tree.pointer(pointer.as_str()).is_none() {
        match pointer.parent() {
            Some(parent) => pointer = parent,
            None => break,
        }
    }
    pointer
}

//! Takes the repaired tree, gives `openapiv3::OpenAPI`. The only place that meets serde's errors.

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::pointer::JsonPointer;
use openapiv3::OpenAPI;
use serde_json::Value;

/// Parses the tree; `None`, with a diagnostic at the node that does not fit, when it is no OpenAPI 3.0 document.
pub fn parse(tree: &Value, diagnostics: &mut Diagnostics) -> Option<OpenAPI> {
    if let Some(problem) = wrong_version(tree) {
        diagnostics.push(problem);
        return None;
    }
    match serde_path_to_error::deserialize::<_, OpenAPI>(tree) {
        Ok(document) => Some(document),
        Err(error) => {
            let pointer = nearest(tree, &pointer_of(error.path()));
            diagnostics.push(
                Diagnostic::error(Code("not-openapi"), pointer, format!("This is not what OpenAPI 3.0 has here: {}.", error.inner()))
                    .help("Correct the document; the OpenAPI 3.0.3 specification tells what may stand at this place."),
            );
            None
        }
    }
}

fn wrong_version(tree: &Value) -> Option<Diagnostic> {
    let version = tree.get("openapi");
    match version.and_then(Value::as_str) {
        Some(version) if version.starts_with("3.0") => None,
        Some(version) => Some(
            Diagnostic::error(
                Code("openapi-version"),
                JsonPointer::root().child("openapi"),
                format!("The document says that it is OpenAPI {version}; only 3.0 is read."),
            )
            .help("Convert it to OpenAPI 3.0."),
        ),
        None => Some(
            Diagnostic::error(
                Code("openapi-version"),
                JsonPointer::root(),
                if tree.get("swagger").is_some() {
                    "This is a Swagger 2.0 document; only OpenAPI 3.0 is read."
                } else {
                    "There is no `openapi` version at the top, so this is no OpenAPI document."
                },
            )
            .help("Give the path of an OpenAPI 3.0 document."),
        ),
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

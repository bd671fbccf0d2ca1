//! Takes the repaired tree, gives `openapiv3::OpenAPI`. The only place that meets serde's errors.

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::pointer::JsonPointer;
use crate::repair::{EXTENSION, last_resort};
use indexmap::IndexMap;
use openapiv3::OpenAPI;
use rayon::prelude::*;
use serde::Deserialize;
use serde::de::DeserializeOwned;
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
                Diagnostic::error(Code::NotOpenapiHere, pointer, format!("OpenAPI 3.0 does not allow this here: {}.", error.inner()))
                    .help("Correct the document; the OpenAPI 3.0.3 specification says what is allowed at this place."),
            );
            None
        }
    }
}

/// Parses a tree that nothing is wrong with. Paths and schemas, of which there are many, are parsed one by one, on all cores.
fn deserialize(tree: &Value) -> Option<OpenAPI> {
    let members = tree.as_object()?;
    let mut rest = all_but(members, &["paths", "components", EXTENSION]);
    // The parser takes what does not begin with a slash for extensions of the paths.
    let extensions = members.get("paths")?.as_object()?.iter();
    let extensions = extensions.filter(|(name, _)| !name.starts_with('/'));
    let extensions = extensions.map(|(name, value)| (name.clone(), value.clone()));
    rest.insert("paths".to_owned(), Value::Object(extensions.collect()));
    let mut schemas = None;
    if let Some(components) = members.get("components") {
        let components = components.as_object()?;
        schemas = components.get("schemas");
        let components = all_but(components, &["schemas"]);
        rest.insert("components".to_owned(), Value::Object(components));
    }
    let mut document = OpenAPI::deserialize(Value::Object(rest)).ok()?;
    if let Some(kept) = members.get(EXTENSION) {
        let kept = kept.clone();
        document.extensions.insert(EXTENSION.to_owned(), kept);
    }
    document.paths.paths = each(members.get("paths")?, |name| name.starts_with('/'))?;
    if let (Some(schemas), Some(components)) = (schemas, &mut document.components) {
        components.schemas = each(schemas, |_| true)?;
    }
    Some(document)
}

/// A copy of an object without these members.
fn all_but(members: &Map<String, Value>, left_out: &[&str]) -> Map<String, Value> {
    let kept = members
        .iter()
        .filter(|(name, _)| !left_out.contains(&name.as_str()));
    kept.map(|(name, member)| (name.clone(), member.clone()))
        .collect()
}

/// The members of these names, parsed; `None` when one of them cannot be.
fn each<T: DeserializeOwned + Send>(
    node: &Value,
    named: impl Fn(&str) -> bool,
) -> Option<IndexMap<String, T>> {
    let members: Vec<_> = node
        .as_object()?
        .iter()
        .filter(|(name, _)| named(name))
        .collect();
    let parsed: Option<Vec<(String, T)>> = members
        .into_par_iter()
        .map(|(name, member)| Some((name.clone(), T::deserialize(member).ok()?)))
        .collect();
    Some(parsed?.into_iter().collect())
}

fn wrong_version(tree: &Value) -> Option<Diagnostic> {
    let version = tree.get("openapi");
    match version.and_then(Value::as_str) {
        Some(version) if version.starts_with("3.") => None,
        _ if version.is_some() => Some(
            Diagnostic::error(
                Code::OpenapiVersion,
                JsonPointer::root().child("openapi"),
                format!(
                    "The document says that its version of OpenAPI is {}; only version 3 is read.",
                    shown(version)
                ),
            )
            .help("Convert it to OpenAPI 3."),
        ),
        _ => Some(
            Diagnostic::error(
                Code::OpenapiVersion,
                JsonPointer::root(),
                if tree.get("swagger").is_some() {
                    "This is a Swagger 2.0 document; only OpenAPI 3 is read."
                } else {
                    "There is no `openapi` version at the top, so this is not an OpenAPI document."
                },
            )
            .help("Give the path of an OpenAPI 3 document, or convert this one."),
        ),
    }
}

/// A version as the document has it, unless that is no word to show.
fn shown(version: Option<&Value>) -> String {
    match version {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => "not a string".to_owned(),
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

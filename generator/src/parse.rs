//! Takes the repaired tree, gives `openapiv3::OpenAPI`. The only place that meets serde's errors.

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::pointer::JsonPointer;
use crate::repair::{EXTENSION, last_resort};
use indexmap::IndexMap;
use openapiv3::OpenAPI;
use rayon::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

type Object = Map<String, Value>;

/// How many paths or schemas are parsed before the part of the tree that they were read from is given back: enough to keep all
/// cores at work.
const AT_ONCE: usize = 64;

/// Parses the tree. What the parser refuses although every repair has run is left out, with a warning; `None`, with an error,
/// when the document is no OpenAPI 3 at all.
pub fn parse(mut tree: Value, diagnostics: &mut Diagnostics) -> Option<OpenAPI> {
    if let Some(problem) = wrong_version(&tree) {
        diagnostics.push(problem);
        return None;
    }
    if let Some(document) = take_apart(&mut tree) {
        return Some(document);
    }
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

/// Parses a tree that nothing is wrong with, and takes it apart on the way, since it is as large as what is made of it. Paths and
/// schemas, of which there are many, are parsed one by one, on all cores. A tree that the parser refuses is whole again at the end.
fn take_apart(tree: &mut Value) -> Option<OpenAPI> {
    let mut paths = take_members(tree.get_mut("paths"))?;
    let mut schemas = take_members(tree.pointer_mut("/components/schemas")).unwrap_or_default();
    // What was kept needs no parsing, and is large where a document is of 3.1.
    let kept = tree.as_object_mut()?.shift_remove(EXTENSION);
    let mut document = parse_members(tree, &mut paths, &mut schemas);
    if let Some(document) = &mut document {
        document
            .extensions
            .extend(kept.map(|kept| (EXTENSION.to_owned(), kept)));
    } else {
        if let (Some(kept), Some(tree)) = (kept, tree.as_object_mut()) {
            tree.insert(EXTENSION.to_owned(), kept);
        }
        put_members(tree.get_mut("paths"), paths);
        put_members(tree.pointer_mut("/components/schemas"), schemas);
    }
    document
}

/// Parses a tree without its paths and schemas, which stand beside it.
fn parse_members(tree: &mut Value, paths: &mut Object, schemas: &mut Object) -> Option<OpenAPI> {
    // The parser takes what does not begin with a slash for extensions of the paths.
    let extensions = paths.iter().filter(|(name, _)| !name.starts_with('/'));
    let extensions = extensions.map(|(name, value)| (name.clone(), value.clone()));
    put_members(tree.get_mut("paths"), extensions.collect());
    let mut document = OpenAPI::deserialize(&*tree).ok()?;
    document.paths.paths = each(paths, |name| name.starts_with('/'))?;
    let Some(parsed) = each(schemas, |_| true) else {
        write_back(paths, document.paths.paths);
        return None;
    };
    if let Some(components) = &mut document.components {
        components.schemas = parsed;
    }
    Some(document)
}

/// The members of an object, which is left empty; `None` when it is none.
fn take_members(node: Option<&mut Value>) -> Option<Object> {
    node?.as_object_mut().map(std::mem::take)
}

fn put_members(node: Option<&mut Value>, members: Object) {
    if let Some(node) = node.and_then(Value::as_object_mut) {
        *node = members;
    }
}

/// The members of these names, parsed, in whose place nothing is left; `None`, with all members as they were, when one of them
/// cannot be.
fn each<T: DeserializeOwned + Serialize + Send>(
    members: &mut Object,
    named: impl Fn(&str) -> bool,
) -> Option<IndexMap<String, T>> {
    let mut open: Vec<_> = members.iter_mut().filter(|(name, _)| named(name)).collect();
    // What is parsed is some hundred bytes each, and would be moved again and again in a map that grows.
    let mut parsed = IndexMap::with_capacity(open.len());
    for some in open.chunks_mut(AT_ONCE) {
        let read: Option<Vec<(String, T)>> = some
            .par_iter()
            .map(|(name, member)| Some(((*name).clone(), T::deserialize(&**member).ok()?)))
            .collect();
        let Some(read) = read else {
            write_back(members, parsed);
            return None;
        };
        parsed.extend(read);
        let spent: Vec<Value> = some.iter_mut().map(|(_, member)| member.take()).collect();
        rayon::spawn(move || drop(spent));
    }
    Some(parsed)
}

/// Writes members as the parser would, in the places that they were parsed from.
fn write_back<T: Serialize>(members: &mut Object, parsed: IndexMap<String, T>) {
    for (name, member) in parsed {
        if let Ok(member) = serde_json::to_value(member) {
            members.insert(name, member);
        }
    }
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

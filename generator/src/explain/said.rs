//! Takes a place of the document, gives in words what the document says there.

use super::{Evidence, Place};
use crate::pointer::JsonPointer;
use serde_json::{Map, Value};

/// Keywords whose text is for readers of the API, and decides nothing.
const TEXTS: [&str; 6] = [
    "description",
    "summary",
    "example",
    "examples",
    "externalDocs",
    "title",
];

/// How many values of a list, and how many characters of a text, are repeated.
const MAX_VALUES: usize = 6;
const MAX_CHARACTERS: usize = 60;

/// What the document says at a place; it never says nothing.
pub(super) fn said(evidence: &Evidence<'_>, place: &Place) -> String {
    let Some(node) = evidence.document.pointer(place.found.as_str()) else {
        return "nothing: the document has no such place".to_owned();
    };
    let mut words = words(node);
    if !place.is_exact() {
        words = format!(
            "{words}; what stands at {} was put there by a repair",
            place.pointer
        );
    }
    match is_required(evidence.document, &place.found) {
        Some(true) => format!("{words}; the object lists it in `required`"),
        Some(false) => format!("{words}; the object does not list it in `required`"),
        None => words,
    }
}

/// A node in words: its keywords with their values.
pub(super) fn words(node: &Value) -> String {
    match node {
        Value::Object(members) => object(members),
        Value::Array(items) => format!("a list of {}", items.len()),
        scalar => format!("`{}`", text(scalar)),
    }
}

fn object(members: &Map<String, Value>) -> String {
    let told: Vec<String> = members
        .iter()
        .filter(|(key, _)| !TEXTS.contains(&key.as_str()))
        .map(|(key, value)| keyword(key, value))
        .collect();
    match (told.is_empty(), members.is_empty()) {
        (false, _) => told.join(", "),
        (true, false) => "only text for readers".to_owned(),
        (true, true) => "an empty object".to_owned(),
    }
}

fn keyword(key: &str, value: &Value) -> String {
    let is_plain = |value: &Value| !value.is_object() && !value.is_array();
    match value {
        Value::Object(members) => {
            let names: Vec<&str> = members.keys().map(String::as_str).collect();
            format!("`{key}` of {}", few(&names))
        }
        Value::Array(items) if items.iter().all(is_plain) => {
            let items: Vec<String> = items.iter().map(text).collect();
            let items: Vec<&str> = items.iter().map(String::as_str).collect();
            format!("`{key}: [{}]`", few(&items))
        }
        Value::Array(items) => format!("`{key}` of {} items", items.len()),
        scalar => format!("`{key}: {}`", text(scalar)),
    }
}

fn few(items: &[&str]) -> String {
    let shown: Vec<&str> = items.iter().copied().take(MAX_VALUES).collect();
    let shown = shown.join(", ");
    match items.len().checked_sub(MAX_VALUES) {
        None | Some(0) => shown,
        Some(more) => format!("{shown}, and {more} more"),
    }
}

fn text(scalar: &Value) -> String {
    let text = match scalar {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let mut chars = text.chars();
    let mut short: String = chars.by_ref().take(MAX_CHARACTERS).collect();
    if chars.next().is_some() {
        short.push('…');
    }
    short
}

/// Whether the object that has the property at `pointer` lists it in `required`; `None` for what is no property.
fn is_required(document: &Value, pointer: &JsonPointer) -> Option<bool> {
    let properties = pointer.parent()?;
    if properties.last()? != "properties" {
        return None;
    }
    let owner = document.pointer(properties.parent()?.as_str())?;
    let required = owner.get("required").and_then(Value::as_array);
    let name = pointer.last()?;
    Some(required.is_some_and(|required| required.iter().any(|listed| *listed == name)))
}

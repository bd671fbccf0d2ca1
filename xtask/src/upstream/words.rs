//! What in a document is words, and which elements of two lists belong together.
//!
//! Words are what a person reads and no program acts on: texts, names of types, examples. They are ours; everything else is a fact, and
//! is the vendor's.

use super::reference::Component;
use sdk_generator::grammar::ObjectKind;
use serde_json::{Map, Value};

/// Whether the member of such an object is words.
pub(super) fn is_words(kind: ObjectKind, key: &str) -> bool {
    match key {
        "summary" | "description" | "example" | "examples" => true,
        "title" => matches!(kind, ObjectKind::Schema | ObjectKind::Info),
        // An extension that describes.
        _ => key.starts_with("x-") && key.to_ascii_lowercase().ends_with("description"),
    }
}

/// Whether a member says what is so without it.
pub(super) fn is_default(kind: ObjectKind, key: &str, value: &Value) -> bool {
    use ObjectKind::{Header, Operation, Parameter, RequestBody, Schema};
    let flag = match (kind, key) {
        (Parameter | Header | RequestBody, "required")
        | (Parameter | Header | Operation | Schema, "deprecated")
        | (Schema, "nullable" | "readOnly" | "writeOnly" | "uniqueItems") => Some(false),
        _ => None,
    };
    value.as_bool().is_some_and(|value| Some(value) == flag)
}

/// Pairs each element of their list with the one of ours that means the same: parameters by place and name, servers by address, tags
/// by name, other objects by their order.
pub(super) fn pair_lists<'v>(
    key: &str,
    (theirs, list): (&Value, &'v [Value]),
    (ours, others): (&Value, &'v [Value]),
) -> Vec<(&'v Value, Option<&'v Value>)> {
    let by_order = list.len() == others.len();
    let partner = |(index, element): (usize, &'v Value)| {
        let found = match key {
            "parameters" | "tags" | "servers" => {
                let wanted = label(theirs, element);
                others
                    .iter()
                    .rev()
                    .find(|other| wanted.is_some() && label(ours, other) == wanted)
            }
            _ if by_order => others.get(index),
            _ => None,
        };
        (element, found)
    };
    list.iter().enumerate().map(partner).collect()
}

/// What tells an element of such a list from the others.
pub(super) fn label(document: &Value, element: &Value) -> Option<(String, String)> {
    let object = resolve(document, element.as_object()?)?;
    let text = |key: &str| object.get(key).and_then(Value::as_str).map(str::to_owned);
    let name = text("name").or_else(|| text("url"))?;
    Some((text("in").unwrap_or_default(), name))
}

/// The object itself, or what it refers to.
fn resolve<'v>(
    document: &'v Value,
    object: &'v Map<String, Value>,
) -> Option<&'v Map<String, Value>> {
    match Component::of_object(object) {
        Some(component) => component.find(document),
        None => Some(object),
    }
}

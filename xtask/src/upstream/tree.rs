//! Ways through the tree of a document.

use sdk_generator::grammar::{self, ObjectKind, Section};
use serde_json::{Map, Value};

/// An object of the tree.
pub(super) type Object = Map<String, Value>;

/// The members of a node; none where it is no object.
pub(super) fn members(node: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let object = node.as_object().into_iter().flatten();
    object.map(|(key, value)| (key.as_str(), value))
}

/// The members of a node that are objects.
fn objects(node: &Value) -> impl Iterator<Item = (&str, &Object)> {
    members(node).filter_map(|(key, value)| Some((key, value.as_object()?)))
}

/// The paths of a document.
pub(super) fn paths(document: &Value) -> impl Iterator<Item = (&str, &Object)> {
    let paths = document.get("paths").into_iter().flat_map(objects);
    paths.filter(|(path, _)| !path.starts_with("x-"))
}

/// The operations of a path, by method.
pub(super) fn operations(item: &Object) -> impl Iterator<Item = (&str, &Object)> {
    item.iter()
        .filter(|(key, _)| grammar::is_method(key))
        .filter_map(|(key, value)| Some((key.as_str(), value.as_object()?)))
}

/// The components of a section.
pub(super) fn section(document: &Value, section: Section) -> impl Iterator<Item = (&str, &Object)> {
    let components = document.get("components");
    let section = components.and_then(|all| all.get(section.key()));
    section.into_iter().flat_map(objects)
}

/// The operation of a document that is the same as one of another: by its id, and else by its method and path.
pub(super) fn find_operation<'v>(
    document: &'v Value,
    path: &str,
    method: &str,
    operation: &Object,
) -> Option<&'v Object> {
    let all = || {
        paths(document).flat_map(|(path, item)| {
            operations(item).map(move |(method, operation)| (path, method, operation))
        })
    };
    let id = operation.get("operationId");
    let by_id = all().find(|(.., other)| id.is_some() && other.get("operationId") == id);
    let found = by_id
        .or_else(|| all().find(|(other, verb, _)| *verb == method && shape(other) == shape(path)));
    found.map(|(.., operation)| operation)
}

/// A path whose parameters have no names.
fn shape(path: &str) -> String {
    let mut shape = String::new();
    let mut is_name = false;
    for character in path.chars() {
        match character {
            '{' => {
                is_name = true;
                shape.push_str("{}");
            }
            '}' => is_name = false,
            _ if is_name => {}
            _ => shape.push(character),
        }
    }
    shape
}

/// The document with the parameters of each path at its operations, where their words stand beside the operation's.
pub(super) fn with_parameters_at_operations(mut document: Value) -> Value {
    let resolver = document.clone();
    let items = document.get_mut("paths").and_then(Value::as_object_mut);
    for item in items.into_iter().flat_map(Map::values_mut) {
        let Some(item) = item.as_object_mut() else {
            continue;
        };
        let Some(Value::Array(shared)) = item.remove("parameters") else {
            continue;
        };
        let operations = item
            .iter_mut()
            .filter(|(key, _)| grammar::is_method(key))
            .filter_map(|(_, operation)| operation.as_object_mut());
        for operation in operations {
            let own = match operation.remove("parameters") {
                Some(Value::Array(own)) => own,
                _ => Vec::new(),
            };
            let is_replaced = |one: &Value| {
                let label = super::words::label(&resolver, one);
                let mut own = own.iter().map(|one| super::words::label(&resolver, one));
                own.any(|other| other == label)
            };
            let mut all: Vec<Value> = shared
                .iter()
                .filter(|one| !is_replaced(one))
                .cloned()
                .collect();
            all.extend(own);
            operation.insert("parameters".to_owned(), Value::Array(all));
        }
    }
    document
}

/// The members in the order of the specification, extensions and unknown words last.
pub(super) fn in_order(kind: ObjectKind, mut object: Object) -> Object {
    let mut ordered = Object::new();
    for first in first_members(kind) {
        if let Some((key, value)) = object.remove_entry(*first) {
            ordered.insert(key, value);
        }
    }
    for member in kind.members() {
        if let Some((key, value)) = object.remove_entry(member.key) {
            ordered.insert(key, value);
        }
    }
    ordered.extend(object);
    ordered
}

/// The members that a reader looks for first.
fn first_members(kind: ObjectKind) -> &'static [&'static str] {
    match kind {
        ObjectKind::Operation => &["operationId"],
        ObjectKind::Schema => &["title", "description", "type", "format", "enum", "required"],
        _ => &[],
    }
}

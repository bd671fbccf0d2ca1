//! Takes what repairs remove or rewrite although OpenAPI 3.0 or 3.1 gives it a meaning, keeps it as the author wrote it.
//!
//! The parser knows the words of 3.0 alone, and holds no extensions in some places. So everything that it cannot hold stands in one
//! extension at the top of the repaired tree: an object for each place, by JSON pointer, with what was kept of it by keyword.
//! The lower phase reads it from there. What is kept and has schemas or operations within is repaired like the rest of the
//! tree, but nothing is told of it, since nothing is emitted from it.

use super::site::{DocumentState, RepairSite};
use super::walk;
use crate::diagnostics::Diagnostics;
use crate::grammar::{ObjectKind, Shape};
use crate::pointer::JsonPointer;
use indexmap::IndexMap;
use serde_json::{Map, Value};

/// The member at the top of the repaired tree that holds what was kept. It is none of the author's extensions.
pub(crate) const EXTENSION: &str = "x-sdk-facts";

/// The keyword under which the place of null among the values of an `enum` is kept.
pub(crate) const ENUM_NULL: &str = "enumNull";

/// What was kept, by the place of the object that had it.
pub(super) type Kept = IndexMap<JsonPointer, Map<String, Value>>;

/// Members that have a meaning and for which the parser has no room, and that no repair tells of.
fn unparsed(kind: ObjectKind) -> &'static [&'static str] {
    match kind {
        ObjectKind::Document => &["jsonSchemaDialect"],
        ObjectKind::Info => &["summary"],
        ObjectKind::License => &["identifier"],
        ObjectKind::Components => &["pathItems"],
        ObjectKind::Header => &["explode", "allowReserved", "allowEmptyValue"],
        _ => &[],
    }
}

/// The shape of a member that was kept; `None` for what is the author's own or has been taken apart.
fn shape(key: &str) -> Option<Shape> {
    match key {
        "webhooks" => ObjectKind::Document.any_shape(key),
        "pathItems" => ObjectKind::Components.any_shape(key),
        "callbacks" => ObjectKind::Operation.any_shape(key),
        "links" => ObjectKind::Response.any_shape(key),
        "patternProperties"
        | "dependentSchemas"
        | "$defs"
        | "definitions"
        | "if"
        | "then"
        | "else"
        | "contains"
        | "propertyNames"
        | "contentSchema"
        | "unevaluatedProperties"
        | "unevaluatedItems"
        | "additionalItems" => ObjectKind::Schema.any_shape(key),
        _ => None,
    }
}

/// Keeps the members of an object for which the parser has no room.
pub(super) fn keep_unparsed(
    object: &mut Map<String, Value>,
    kind: ObjectKind,
    site: &mut RepairSite<'_, '_>,
) {
    if kind != ObjectKind::Schema && kind.may_refer() && object.contains_key("$ref") {
        // OpenAPI 3.1, 4.8.23: these two stand for those of the component.
        keep_all(object, &["summary", "description"], site);
        return;
    }
    keep_all(object, unparsed(kind), site);
    let is_query = || object.get("in").and_then(Value::as_str) == Some("query");
    if kind == ObjectKind::Parameter && !is_query() {
        keep_all(object, &["allowReserved", "allowEmptyValue"], site);
    }
}

fn keep_all(object: &mut Map<String, Value>, keys: &[&str], site: &mut RepairSite<'_, '_>) {
    for key in keys {
        if let Some(value) = object.shift_remove(*key) {
            site.keep(key, value);
        }
    }
}

/// Keywords of a schema that say nothing about a type and for which the parser has no room.
pub(super) fn schema_keywords(schema: &mut Map<String, Value>, site: &mut RepairSite<'_, '_>) {
    keep_all(
        schema,
        &["xml", "$comment", "$schema", "$id", "$anchor"],
        site,
    );
}

/// Repairs what was kept, and puts it into the tree.
pub(super) fn store(tree: &mut Value, document: &mut DocumentState) {
    let mut stored = Map::new();
    // What is kept may hold something that is kept in its turn.
    while !document.kept.is_empty() {
        for (pointer, mut members) in std::mem::take(&mut document.kept) {
            for (key, value) in &mut members {
                if let Some(shape) = shape(key) {
                    repair_part(value, shape, &pointer.child(key), document);
                }
            }
            stored
                .entry(pointer.as_str())
                .or_insert(Value::Object(members));
        }
    }
    let Value::Object(root) = tree else {
        return;
    };
    if stored.is_empty() {
        root.shift_remove(EXTENSION);
    } else {
        root.insert(EXTENSION.to_owned(), Value::Object(stored));
    }
}

/// Repairs the objects of a member that was kept. Nothing is told of it.
fn repair_part(
    value: &mut Value,
    shape: Shape,
    pointer: &JsonPointer,
    document: &mut DocumentState,
) {
    let mut repair = |value: &mut Value, kind, pointer| {
        let mut muted = Diagnostics::default();
        let visit = &mut walk::repair_object;
        walk::walk_from(value, (kind, pointer), document, &mut muted, visit);
    };
    match (shape, value) {
        (Shape::One(kind), value) => repair(value, kind, pointer.clone()),
        (Shape::SchemaOrFlag, value) => repair(value, ObjectKind::Schema, pointer.clone()),
        (Shape::Map(kind) | Shape::ExtensibleMap(kind), Value::Object(members)) => {
            for (key, value) in members {
                repair(value, kind, pointer.child(key));
            }
        }
        _ => {}
    }
}

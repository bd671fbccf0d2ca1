//! Takes what repairs remove or rewrite although OpenAPI 3.0 or 3.1 gives it a meaning, keeps it as the author wrote it.
//!
//! The parser knows the words of 3.0 alone, and holds no extensions in some places. So everything that it cannot hold stands in one
//! extension at the top of the repaired tree: an object for each place, by JSON pointer, with what was kept of it by keyword.
//! The lower phase reads it from there. What is kept and has schemas or operations within is repaired like the rest of the
//! tree, but nothing is told of it, since nothing is emitted from it.

use super::fields::{Kind, Shape};
use super::site::{Facts, Site};
use super::walk;
use crate::diagnostics::Diagnostics;
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
fn unparsed(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Document => &["jsonSchemaDialect"],
        Kind::Info => &["summary"],
        Kind::License => &["identifier"],
        Kind::Components => &["pathItems"],
        Kind::Header => &["explode", "allowReserved", "allowEmptyValue"],
        _ => &[],
    }
}

/// The shape of a member that was kept; `None` for what is the author's own or has been taken apart.
pub(super) fn shape(key: &str) -> Option<Shape> {
    Some(match key {
        "webhooks" | "pathItems" => Shape::Map(Kind::PathItem),
        "callbacks" => Shape::Map(Kind::Callback),
        "links" => Shape::Map(Kind::Link),
        "patternProperties" | "dependentSchemas" | "$defs" | "definitions" => {
            Shape::Map(Kind::Schema)
        }
        "if" | "then" | "else" | "contains" | "propertyNames" | "contentSchema" => {
            Shape::One(Kind::Schema)
        }
        "unevaluatedProperties" | "unevaluatedItems" | "additionalItems" => Shape::SchemaOrFlag,
        _ => return None,
    })
}

/// Keeps the members of an object for which the parser has no room.
pub(super) fn keep_unparsed(object: &mut Map<String, Value>, kind: Kind, site: &mut Site<'_, '_>) {
    if kind != Kind::Schema && kind.may_refer() && object.contains_key("$ref") {
        // OpenAPI 3.1, 4.8.23: these two stand for those of the component.
        keep_all(object, &["summary", "description"], site);
        return;
    }
    keep_all(object, unparsed(kind), site);
    let is_query = || object.get("in").and_then(Value::as_str) == Some("query");
    if kind == Kind::Parameter && !is_query() {
        keep_all(object, &["allowReserved", "allowEmptyValue"], site);
    }
}

fn keep_all(object: &mut Map<String, Value>, keys: &[&str], site: &mut Site<'_, '_>) {
    for key in keys {
        if let Some(value) = object.shift_remove(*key) {
            site.keep(key, value);
        }
    }
}

/// Keywords of a schema that say nothing about a type and for which the parser has no room.
pub(super) fn schema_keywords(schema: &mut Map<String, Value>, site: &mut Site<'_, '_>) {
    keep_all(
        schema,
        &["xml", "$comment", "$schema", "$id", "$anchor"],
        site,
    );
}

/// Repairs what was kept, and puts it into the tree.
pub(super) fn store(tree: &mut Value, facts: &mut Facts) {
    let mut stored = Map::new();
    let mut muted = Diagnostics::default();
    // What is kept may hold something that is kept in its turn.
    while !facts.kept.is_empty() {
        for (pointer, members) in std::mem::take(&mut facts.kept) {
            let mut members = Value::Object(members);
            walk::walk_from(
                &mut members,
                (Kind::Kept, pointer.clone()),
                facts,
                &mut muted,
                &mut walk::mend,
            );
            stored.entry(pointer.as_str()).or_insert(members);
        }
    }
    let Value::Object(document) = tree else {
        return;
    };
    if stored.is_empty() {
        document.shift_remove(EXTENSION);
    } else {
        document.insert(EXTENSION.to_owned(), Value::Object(stored));
    }
}

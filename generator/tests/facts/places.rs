//! Takes a tree, gives every scalar in it that OpenAPI gives a meaning to, with the keyword that it stands at.

use sdk_generator::grammar::{ObjectKind, Shape, Since};
use sdk_generator::pointer::JsonPointer;
use serde_json::{Map, Value};

/// A scalar with a meaning.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    /// Where it stands.
    pub(crate) pointer: JsonPointer,
    /// The object that has the keyword.
    pub(crate) owner: JsonPointer,
    /// What that object is.
    pub(crate) kind: ObjectKind,
    /// The keyword; `x-` for any extension.
    pub(crate) keyword: String,
}

/// Finds the scalars of a document.
pub(crate) struct Places {
    is_31: bool,
    found: Vec<Place>,
}

impl Places {
    pub(crate) fn of(tree: &Value, is_31: bool) -> Vec<Place> {
        let mut places = Self {
            is_31,
            found: Vec::new(),
        };
        places.object(tree, ObjectKind::Document, &JsonPointer::root());
        places.found
    }

    fn object(&mut self, value: &Value, kind: ObjectKind, pointer: &JsonPointer) {
        let Value::Object(members) = value else {
            return;
        };
        let is_reference = kind.may_refer() && members.contains_key("$ref");
        for (key, value) in members {
            let at = pointer.child(key);
            if key == "$ref" && is_reference {
                self.scalars(value, &at, pointer, kind, "$ref");
            } else if is_reference && !self.has_meaning_beside_reference(kind, key) {
                continue;
            } else if key.starts_with("x-") {
                self.scalars(value, &at, pointer, kind, "x-");
            } else if let Some(shape) = kind.any_shape(key)
                && self.has_meaning(kind, key)
            {
                self.member(value, shape, (pointer, kind, key), &at);
            }
        }
    }

    /// Whether the document's version of OpenAPI gives the keyword a meaning; a key of the author's own always has one.
    fn has_meaning(&self, kind: ObjectKind, key: &str) -> bool {
        match kind.member(key).map(|member| member.since) {
            None | Some(Since::V30) => true,
            Some(Since::V31) => self.is_31,
            Some(Since::Draft) => false,
        }
    }

    /// 3.0 tells readers to ignore what stands beside a reference; 3.1 has two texts there, and a schema may say anything.
    fn has_meaning_beside_reference(&self, kind: ObjectKind, key: &str) -> bool {
        match kind {
            ObjectKind::Schema => self.is_31 && !key.starts_with("x-"),
            _ => self.is_31 && matches!(key, "summary" | "description"),
        }
    }

    fn member(
        &mut self,
        value: &Value,
        shape: Shape,
        (owner, kind, key): (&JsonPointer, ObjectKind, &str),
        at: &JsonPointer,
    ) {
        match (shape, value) {
            (Shape::One(inner), value @ Value::Object(_)) => self.object(value, inner, at),
            (Shape::SchemaOrFlag, value @ Value::Object(_)) => {
                self.object(value, ObjectKind::Schema, at);
            }
            (Shape::List(inner), Value::Array(elements)) => {
                for (index, element) in elements.iter().enumerate() {
                    self.object(element, inner, &at.index(index));
                }
            }
            (Shape::Map(inner) | Shape::ExtensibleMap(inner), Value::Object(members)) => {
                for (name, member) in members {
                    let is_extension =
                        name.starts_with("x-") && shape == Shape::ExtensibleMap(inner);
                    let at = at.child(name);
                    match is_extension {
                        true => self.scalars(member, &at, owner, kind, "x-"),
                        false => self.object(member, inner, &at),
                    }
                }
            }
            _ => self.scalars(value, at, owner, kind, key),
        }
    }

    fn scalars(
        &mut self,
        value: &Value,
        at: &JsonPointer,
        owner: &JsonPointer,
        kind: ObjectKind,
        keyword: &str,
    ) {
        match value {
            Value::Array(elements) => {
                for (index, element) in elements.iter().enumerate() {
                    self.scalars(element, &at.index(index), owner, kind, keyword);
                }
            }
            Value::Object(members) => {
                for (name, member) in members {
                    self.scalars(member, &at.child(name), owner, kind, keyword);
                }
            }
            _ => self.found.push(Place {
                pointer: at.clone(),
                owner: owner.clone(),
                kind,
                keyword: keyword.to_owned(),
            }),
        }
    }
}

/// The pieces of a document, each of which can be read alone: its top, each path, each webhook, each component.
pub(crate) fn pieces(tree: &Value) -> Vec<Value> {
    let Value::Object(document) = tree else {
        return Vec::new();
    };
    let mut top = document.clone();
    let mut pieces = Vec::new();
    let mut take = |top: &mut Map<String, Value>, key: &str| {
        if let Some(Value::Object(members)) = top.get_mut(key) {
            for (name, member) in std::mem::take(members) {
                if name.starts_with("x-") && key != "webhooks" {
                    members.insert(name, member);
                    continue;
                }
                let mut piece = frame(document);
                piece.insert(
                    key.to_owned(),
                    Value::Object(Map::from_iter([(name, member)])),
                );
                pieces.push(Value::Object(piece));
            }
        }
    };
    take(&mut top, "paths");
    take(&mut top, "webhooks");
    let mut inner = Vec::new();
    if let Some(Value::Object(components)) = top.get_mut("components") {
        for (section, members) in components {
            if let (Value::Object(members), false) = (members, section.starts_with("x-")) {
                for (name, member) in std::mem::take(members) {
                    let section_alone = Map::from_iter([(name, member)]);
                    let section = Map::from_iter([(section.clone(), Value::Object(section_alone))]);
                    let mut piece = frame(document);
                    piece.insert("components".to_owned(), Value::Object(section));
                    inner.push(Value::Object(piece));
                }
            }
        }
    }
    pieces.extend(inner);
    pieces.push(Value::Object(top));
    pieces
}

/// What every document needs. The title is an extension's here, so that it is looked at with the top alone.
fn frame(document: &Map<String, Value>) -> Map<String, Value> {
    let version = document.get("openapi").cloned().unwrap_or_default();
    Map::from_iter([
        ("openapi".to_owned(), version),
        ("info".to_owned(), serde_json::json!({})),
        ("paths".to_owned(), serde_json::json!({})),
    ])
}

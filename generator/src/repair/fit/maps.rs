//! Takes a value where an object of named objects belongs, gives one.

use super::{MAP, Member, NULL};
use crate::grammar::{ObjectKind, Shape};
use serde_json::{Map, Value, json};

impl Member<'_, '_, '_, '_> {
    pub(super) fn text_map(&mut self, value: Value) -> Option<Value> {
        let members = match value {
            Value::Object(members) => members,
            // Scopes without their descriptions.
            Value::Array(names) => {
                self.note(
                    MAP,
                    format!(
                        "`{}` must be an object; the elements of this list are read as its keys.",
                        self.key
                    ),
                );
                let names = names.into_iter().filter_map(|name| match name {
                    Value::String(name) => Some((name, Value::String(String::new()))),
                    _ => None,
                });
                names.collect()
            }
            _ => return self.drop(&format!("`{}`", self.key), "an object of strings"),
        };
        let mut texts = Map::with_capacity(members.len());
        for (key, value) in members {
            let text = match value {
                Value::Null => Some(Value::String(String::new())),
                Value::String(_) => Some(value),
                other => self.text(other),
            };
            if let Some(text) = text {
                texts.insert(key, text);
            }
        }
        Some(Value::Object(texts))
    }

    pub(super) fn map(&mut self, kind: ObjectKind, value: Value) -> Option<Value> {
        let members = match value {
            Value::Object(members) => members,
            Value::Array(elements) => self.named(kind, elements),
            _ => return self.drop(&format!("`{}`", self.key), "an object"),
        };
        let mut read = Map::with_capacity(members.len());
        for (name, value) in members {
            let value = if Shape::One(kind).fits(&value) {
                Some(value)
            } else if value.is_null() && !name.starts_with("x-") {
                // A named thing that says nothing is still there.
                self.note(
                    NULL,
                    format!("`{name}` is null; it is read as an empty object."),
                );
                self.empty(kind)
            } else if name.starts_with("x-") && kind == ObjectKind::PathItem {
                Some(value)
            } else if name.starts_with("x-")
                && kind != ObjectKind::Schema
                && kind != ObjectKind::Header
            {
                None
            } else {
                self.object(kind, value, &format!("`{name}`"))
            };
            if let Some(value) = value {
                read.insert(name, value);
            }
        }
        Some(Value::Object(read))
    }

    pub(super) fn empty(&mut self, kind: ObjectKind) -> Option<Value> {
        match kind {
            ObjectKind::Schema
            | ObjectKind::MediaType
            | ObjectKind::Response
            | ObjectKind::Header
            | ObjectKind::PathItem => Some(json!({})),
            ObjectKind::Encoding | ObjectKind::RequestBody | ObjectKind::Example => Some(json!({})),
            _ => None,
        }
    }

    /// A list where named things belong: each is named by its `name`, its only key, or its place in the list.
    pub(super) fn named(&mut self, kind: ObjectKind, elements: Vec<Value>) -> Map<String, Value> {
        self.note(
            MAP,
            format!(
                "`{}` must be an object; the elements of this list are read as its members.",
                self.key
            ),
        );
        let mut members = Map::with_capacity(elements.len());
        for (index, element) in elements.into_iter().enumerate() {
            match element {
                Value::Object(mut object) => {
                    if let Some(Value::String(name)) = object.get("name").cloned() {
                        object.shift_remove("name");
                        members.insert(name, Value::Object(object));
                    } else if object.values().all(Value::is_object) && kind != ObjectKind::Example {
                        members.extend(object);
                    } else {
                        members.insert(index.to_string(), Value::Object(object));
                    }
                }
                Value::String(name) if kind == ObjectKind::Schema => {
                    members.insert(name, json!({}));
                }
                other if kind == ObjectKind::Example => {
                    members.insert(index.to_string(), json!({ "value": other }));
                }
                _ => {}
            }
        }
        members
    }
}

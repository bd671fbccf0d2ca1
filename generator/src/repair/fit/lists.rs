//! Takes a value where a list belongs, gives a list.

use super::{LIST, Member, OBJECT, TEXT};
use serde_json::{Map, Value, json};

impl Member<'_, '_, '_, '_> {
    pub(super) fn list(&mut self, value: Value) -> Value {
        if value.is_array() {
            return value;
        }
        self.note(
            LIST,
            format!(
                "`{}` must be a list; this value is read as its only element.",
                self.key
            ),
        );
        Value::Array(vec![value])
    }

    /// The elements of a list; an object of objects stands for a list of them, each with its key as name.
    pub(super) fn elements(&mut self, value: Value) -> Vec<Value> {
        let members = match value {
            Value::Array(elements) => return elements,
            Value::Object(members) => members,
            other => {
                return match self.list(other) {
                    Value::Array(elements) => elements,
                    _ => Vec::new(),
                };
            }
        };
        let composes = matches!(self.key, "allOf" | "oneOf" | "anyOf" | "servers");
        let looks_named = members.values().all(Value::is_object) && !members.is_empty();
        if composes || !looks_named {
            return match self.list(Value::Object(members)) {
                Value::Array(elements) => elements,
                _ => Vec::new(),
            };
        }
        self.note(
            LIST,
            format!(
                "`{}` must be a list; the values of this object are read as its elements.",
                self.key
            ),
        );
        let mut elements = Vec::with_capacity(members.len());
        for (name, mut element) in members {
            if let Some(object) = element.as_object_mut()
                && !object.contains_key("$ref")
            {
                object.entry("name").or_insert(Value::String(name));
            }
            elements.push(element);
        }
        elements
    }

    /// A text in a list of names; objects in such a list are taken for their name.
    pub(super) fn name(&mut self, value: Value) -> Option<Value> {
        match value {
            Value::String(_) => Some(value),
            Value::Object(object) => match object.get("name") {
                Some(Value::String(name)) => {
                    let name = name.clone();
                    self.note(
                        TEXT,
                        format!(
                            "`{}` must be a list of names; this object is read as {name}.",
                            self.key
                        ),
                    );
                    Some(Value::String(name))
                }
                _ => self.drop("An element", "a string"),
            },
            Value::Null => None,
            other => self.text(other),
        }
    }

    pub(super) fn requirements(&mut self, value: Value) -> Value {
        let mut requirements = Vec::new();
        let elements = match value {
            Value::Array(elements) => elements,
            other => match self.list(other) {
                Value::Array(elements) => elements,
                _ => Vec::new(),
            },
        };
        for element in elements {
            let schemes = match element {
                Value::Object(schemes) => schemes,
                Value::String(name) => {
                    self.note(
                        OBJECT,
                        format!(
                            "A security requirement must be an object; this string is read as the scheme `{name}`."
                        ),
                    );
                    Map::from_iter([(name, json!([]))])
                }
                _ => continue,
            };
            let schemes = schemes
                .into_iter()
                .filter(|(name, _)| !name.starts_with("x-"));
            let schemes = schemes.map(|(name, scopes)| {
                let scopes = match scopes {
                    Value::Array(scopes) => scopes.into_iter().filter(Value::is_string).collect(),
                    Value::String(scope) => vec![Value::String(scope)],
                    _ => Vec::new(),
                };
                (name, Value::Array(scopes))
            });
            requirements.push(Value::Object(schemes.collect()));
        }
        Value::Array(requirements)
    }
}

//! Takes a value where an object of some kind belongs, gives the object that it stands for.

use super::{DROPPED, ESSENTIAL, Member, NULL, OBJECT, SCHEMA};
use crate::grammar::{ObjectKind, Shape, has_essential};
use crate::repair::schema::types::schema_from_name;
use serde_json::{Map, Value, json};

impl Member<'_, '_, '_, '_> {
    /// An element of a list of objects.
    pub(super) fn element(&mut self, kind: ObjectKind, value: Value) -> Option<Value> {
        if Shape::One(kind).fits(&value) {
            return Some(value);
        }
        if value.is_null() {
            self.note(
                NULL,
                format!("An element of `{}` is null; it is left out.", self.key),
            );
            return None;
        }
        self.object(kind, value, "An element")
    }

    pub(super) fn object(&mut self, kind: ObjectKind, value: Value, what: &str) -> Option<Value> {
        match (kind, value) {
            (ObjectKind::Schema, value) => Some(self.schema(value)),
            (_, Value::Object(mut object)) => self
                .essential(kind, &mut object, what)
                .then_some(Value::Object(object)),
            (ObjectKind::Example, value) => Some(json!({ "value": value })),
            (
                ObjectKind::Response | ObjectKind::RequestBody | ObjectKind::Header,
                Value::String(text),
            ) => {
                self.note(
                    OBJECT,
                    format!("{what} must be an object; this string is read as its description."),
                );
                Some(json!({ "description": text }))
            }
            (ObjectKind::Response | ObjectKind::MediaType, _) => {
                self.warn(
                    DROPPED,
                    format!("{what} must be an object; this value is read as an empty one."),
                );
                Some(json!({}))
            }
            (ObjectKind::Parameter, Value::String(name)) if name.starts_with("#/") => {
                self.note(
                    OBJECT,
                    format!("{what} must be an object; this string is read as a reference."),
                );
                Some(json!({ "$ref": name }))
            }
            (kind, Value::String(text)) if kind.essential_text().is_some() => {
                let key = kind.essential_text().unwrap_or_default();
                self.note(
                    OBJECT,
                    format!("{what} must be an object; this string is read as its `{key}`."),
                );
                Some(json!({ key: text }))
            }
            _ => self.drop(what, "an object"),
        }
    }

    /// Gives the object its essential text, where it can be read from what is there; `false` when it cannot.
    pub(super) fn essential(
        &mut self,
        kind: ObjectKind,
        object: &mut Map<String, Value>,
        what: &str,
    ) -> bool {
        let Some(key) = kind.essential_text() else {
            return true;
        };
        let text = match object.get(key) {
            Some(Value::Number(number)) => Some(number.to_string()),
            Some(Value::Bool(flag)) => Some(flag.to_string()),
            None | Some(Value::Null) if kind == ObjectKind::ServerVariable => object
                .get("enum")
                .and_then(|values| Some(values.get(0)?.as_str()?.to_owned()))
                .or_else(|| Some(String::new())),
            _ => None,
        };
        if let Some(text) = text {
            self.note(
                ESSENTIAL,
                format!("{what} needs a string as its `{key}`; \"{text}\" is used."),
            );
            object.insert(key.to_owned(), Value::String(text));
        } else if !has_essential(kind, object) {
            self.warn(ESSENTIAL, format!("{what} is left out: it has no `{key}`."));
            return false;
        }
        true
    }

    pub(super) fn schema(&mut self, value: Value) -> Value {
        match value {
            Value::Object(_) => value,
            // OpenAPI 3.1: JSON Schema 2020-12, 4.3.2.
            Value::Bool(true) => json!({}),
            Value::Bool(false) => json!({ "not": {} }),
            Value::String(text) if text.starts_with("#/") => {
                self.note(
                    SCHEMA,
                    "A schema must be an object; this string is read as a reference.".to_owned(),
                );
                json!({ "$ref": text })
            }
            Value::String(text) => {
                match schema_from_name(&text) {
                    Some(schema) => {
                        self.note(
                        SCHEMA,
                        format!("A schema must be an object; this string is read as the type `{text}`."),
                    );
                        Value::Object(schema)
                    }
                    None => {
                        self.warn(
                        SCHEMA,
                        "A schema must be an object; this string is read as a schema that allows any value."
                            .to_owned(),
                    );
                        json!({})
                    }
                }
            }
            Value::Array(schemas) if !schemas.is_empty() => {
                self.note(
                    SCHEMA,
                    "A schema must be an object; this list is read as its alternatives.".to_owned(),
                );
                json!({ "anyOf": schemas })
            }
            _ => {
                self.warn(
                    SCHEMA,
                    "A schema must be an object; this value is read as a schema that allows any value."
                        .to_owned(),
                );
                json!({})
            }
        }
    }
}

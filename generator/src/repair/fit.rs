//! Takes an object with members of a wrong shape, gives one in which every member has the shape that the specification wants.
//!
//! These are the faults that any member can have: null, a flag or a number written as text, one thing where a list of them
//! belongs. What can be read in only one way is read so; the rest is left out, with a warning.

use super::fields::{Kind, Shape, has_essential};
use super::schema::types::schema_from_name;
use super::site::Site;
use crate::diagnostics::Code;
use serde_json::{Map, Number, Value, json};

/// A null where something belongs: the same as leaving the member out.
pub(super) const NULL: Code = Code("null-member");
/// `"true"` where a flag belongs.
pub(super) const FLAG: Code = Code("flag-as-text");
/// `"10"` where a number belongs.
pub(super) const NUMBER: Code = Code("number-as-text");
/// A negative or broken number where a count belongs.
pub(super) const COUNT: Code = Code("count-not-natural");
/// A number, a flag or a list where a text belongs.
pub(super) const TEXT: Code = Code("text-expected");
/// One thing, or an object of things, where a list belongs.
pub(super) const LIST: Code = Code("list-expected");
/// A list where an object of named things belongs.
pub(super) const MAP: Code = Code("map-expected");
/// A text where an object belongs whose only necessary member is a text.
pub(super) const OBJECT: Code = Code("object-as-text");
/// An object without the one member that it cannot do without.
pub(super) const ESSENTIAL: Code = Code("essential-member-missing");
/// A flag, a text or a list where a schema belongs.
pub(super) const SCHEMA: Code = Code("schema-not-object");
/// Something that cannot be read at this place.
pub(super) const DROPPED: Code = Code("not-openapi-here");

/// Every code of this module.
pub(super) const CODES: &[Code] = &[
    NULL, FLAG, NUMBER, COUNT, TEXT, LIST, MAP, OBJECT, ESSENTIAL, SCHEMA, DROPPED,
];

/// Gives every member of `object` its shape.
pub(super) fn fit(object: &mut Map<String, Value>, kind: Kind, site: &mut Site<'_, '_>) {
    let misfits: Vec<(String, Shape)> = object
        .iter()
        .filter_map(|(key, value)| {
            let shape = kind.shape(key)?;
            (!shape.fits(value)).then(|| (key.clone(), shape))
        })
        .collect();
    for (key, shape) in misfits {
        let Some(slot) = object.get_mut(&key) else {
            continue;
        };
        let value = slot.take();
        let mut member = Member { key: &key, site };
        match member.read(shape, value) {
            Some(value) => *slot = value,
            None => {
                object.shift_remove(&key);
            }
        }
    }
}

/// A member of the object at `site`.
struct Member<'m, 's, 'a, 't> {
    key: &'m str,
    site: &'s mut Site<'a, 't>,
}

impl Member<'_, '_, '_, '_> {
    fn note(&mut self, code: Code, message: String) {
        self.site.code = code;
        self.site.note_at(self.key, message);
    }

    fn warn(&mut self, code: Code, message: String) {
        self.site.code = code;
        self.site.warn_at(self.key, message);
    }

    /// Says that the member, or the part of it called `what`, is left out.
    fn drop<T>(&mut self, what: &str, wanted: &str) -> Option<T> {
        self.warn(
            DROPPED,
            format!("{what} is left out: {wanted} belongs here."),
        );
        None
    }

    /// Reads `value` as `shape`; `None` leaves it out.
    fn read(&mut self, shape: Shape, value: Value) -> Option<Value> {
        if shape.fits(&value) {
            return Some(value);
        }
        if value.is_null() {
            self.note(
                NULL,
                format!("`{}` is null, which is as if it were left out.", self.key),
            );
            return None;
        }
        let key = format!("`{}`", self.key);
        match shape {
            Shape::Any => Some(value),
            Shape::Text => self.text(value),
            Shape::Flag => self.flag(value),
            Shape::Number => self.number(value),
            Shape::Count => self.count(value),
            Shape::Values => Some(self.list(value)),
            Shape::Texts => {
                let elements = self.elements(value);
                let texts = elements
                    .into_iter()
                    .filter_map(|element| self.name(element));
                Some(Value::Array(texts.collect()))
            }
            Shape::TextMap => self.text_map(value),
            Shape::Requirements => Some(self.requirements(value)),
            Shape::One(kind) => self.object(kind, value, &key),
            Shape::SchemaOrFlag => match value.as_str().map(str::trim) {
                Some("true" | "false") => self.flag(value),
                _ => self.object(Kind::Schema, value, &key),
            },
            Shape::List(kind) => {
                let elements = self.elements(value);
                let objects = elements
                    .into_iter()
                    .filter_map(|element| self.element(kind, element));
                Some(Value::Array(objects.collect()))
            }
            Shape::Map(kind) => self.map(kind, value),
        }
    }

    fn text(&mut self, value: Value) -> Option<Value> {
        let text = match value {
            Value::Number(number) => number.to_string(),
            Value::Bool(flag) => flag.to_string(),
            Value::Array(lines) if lines.iter().all(Value::is_string) => {
                let lines: Vec<&str> = lines.iter().filter_map(Value::as_str).collect();
                lines.join(if self.key == "contentType" {
                    ", "
                } else {
                    "\n"
                })
            }
            _ => return self.drop(&format!("`{}`", self.key), "a text"),
        };
        self.note(
            TEXT,
            format!("`{}` is a text; this is read as one.", self.key),
        );
        Some(Value::String(text))
    }

    fn flag(&mut self, value: Value) -> Option<Value> {
        let flag = match &value {
            Value::String(text) => match text.trim().to_ascii_lowercase().as_str() {
                "true" | "yes" | "1" => Some(true),
                "false" | "no" | "0" => Some(false),
                _ => None,
            },
            Value::Number(number) => match number.as_u64() {
                Some(0) => Some(false),
                Some(1) => Some(true),
                _ => None,
            },
            _ => None,
        };
        let Some(flag) = flag else {
            return self.drop(&format!("`{}`", self.key), "true or false");
        };
        self.note(
            FLAG,
            format!("`{}` is true or false; this is read as {flag}.", self.key),
        );
        Some(Value::Bool(flag))
    }

    fn number(&mut self, value: Value) -> Option<Value> {
        let Some(number) = value.as_str().and_then(parse_number) else {
            return self.drop(&format!("`{}`", self.key), "a number");
        };
        self.note(
            NUMBER,
            format!("`{}` is a number; this text is read as {number}.", self.key),
        );
        Some(Value::Number(number))
    }

    fn count(&mut self, value: Value) -> Option<Value> {
        let number = match &value {
            Value::Number(number) => Some(number.clone()),
            Value::String(text) => parse_number(text),
            _ => None,
        };
        // `as` saturates, and a limit beyond 2^53 limits nothing.
        let count = number
            .and_then(|number| number.as_f64())
            .filter(|count| *count >= 0.0 && *count <= 9_007_199_254_740_992.0)
            .map(|count| count.floor() as u64);
        let Some(count) = count else {
            self.warn(
                COUNT,
                format!(
                    "`{}` is left out: it is no whole number from 0 on.",
                    self.key
                ),
            );
            return None;
        };
        self.note(
            COUNT,
            format!(
                "`{}` is a whole number from 0 on; this is read as {count}.",
                self.key
            ),
        );
        Some(Value::from(count))
    }

    fn list(&mut self, value: Value) -> Value {
        if value.is_array() {
            return value;
        }
        self.note(
            LIST,
            format!(
                "`{}` is a list; what stands here is read as its only element.",
                self.key
            ),
        );
        Value::Array(vec![value])
    }

    /// The elements of a list; an object of objects stands for a list of them, each with its key as name.
    fn elements(&mut self, value: Value) -> Vec<Value> {
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
                "`{}` is a list; the values of this object are read as its elements.",
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
    fn name(&mut self, value: Value) -> Option<Value> {
        match value {
            Value::String(_) => Some(value),
            Value::Object(object) => match object.get("name") {
                Some(Value::String(name)) => {
                    let name = name.clone();
                    self.note(
                        TEXT,
                        format!("`{}` holds names; this object is read as {name}.", self.key),
                    );
                    Some(Value::String(name))
                }
                _ => self.drop("An element", "a text"),
            },
            Value::Null => None,
            other => self.text(other),
        }
    }

    fn text_map(&mut self, value: Value) -> Option<Value> {
        let members = match value {
            Value::Object(members) => members,
            // Scopes without their descriptions.
            Value::Array(names) => {
                self.note(
                    MAP,
                    format!(
                        "`{}` is an object; the elements of this list are read as its keys.",
                        self.key
                    ),
                );
                let names = names.into_iter().filter_map(|name| match name {
                    Value::String(name) => Some((name, Value::String(String::new()))),
                    _ => None,
                });
                names.collect()
            }
            _ => return self.drop(&format!("`{}`", self.key), "an object of texts"),
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

    fn requirements(&mut self, value: Value) -> Value {
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
                            "A requirement is an object; this text is read as the scheme `{name}`."
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

    /// An element of a list of objects.
    fn element(&mut self, kind: Kind, value: Value) -> Option<Value> {
        if Shape::One(kind).fits(&value) {
            return Some(value);
        }
        if value.is_null() {
            self.note(
                NULL,
                format!(
                    "An element of `{}` is null, which is as if it were left out.",
                    self.key
                ),
            );
            return None;
        }
        self.object(kind, value, "An element")
    }

    fn object(&mut self, kind: Kind, value: Value, what: &str) -> Option<Value> {
        match (kind, value) {
            (Kind::Schema, value) => Some(self.schema(value)),
            (_, Value::Object(mut object)) => self
                .essential(kind, &mut object, what)
                .then_some(Value::Object(object)),
            (Kind::Example, value) => Some(json!({ "value": value })),
            (Kind::Response | Kind::RequestBody | Kind::Header, Value::String(text)) => {
                self.note(
                    OBJECT,
                    format!("{what} is an object; this text is read as its description."),
                );
                Some(json!({ "description": text }))
            }
            (Kind::Response | Kind::MediaType, _) => {
                self.warn(
                    DROPPED,
                    format!("{what} is an object; what stands here is read as an empty one."),
                );
                Some(json!({}))
            }
            (Kind::Parameter, Value::String(name)) if name.starts_with("#/") => {
                self.note(
                    OBJECT,
                    format!("{what} is an object; this text is read as a reference."),
                );
                Some(json!({ "$ref": name }))
            }
            (kind, Value::String(text)) if kind.essential_text().is_some() => {
                let key = kind.essential_text().unwrap_or_default();
                self.note(
                    OBJECT,
                    format!("{what} is an object; this text is read as its `{key}`."),
                );
                Some(json!({ key: text }))
            }
            _ => self.drop(what, "an object"),
        }
    }

    /// Gives the object its essential text, where it can be read from what is there; `false` when it cannot.
    fn essential(&mut self, kind: Kind, object: &mut Map<String, Value>, what: &str) -> bool {
        let Some(key) = kind.essential_text() else {
            return true;
        };
        let text = match object.get(key) {
            Some(Value::Number(number)) => Some(number.to_string()),
            Some(Value::Bool(flag)) => Some(flag.to_string()),
            None | Some(Value::Null) if kind == Kind::ServerVariable => object
                .get("enum")
                .and_then(|values| Some(values.get(0)?.as_str()?.to_owned()))
                .or_else(|| Some(String::new())),
            _ => None,
        };
        if let Some(text) = text {
            self.note(
                ESSENTIAL,
                format!("{what} needs a text as `{key}`; \"{text}\" is taken."),
            );
            object.insert(key.to_owned(), Value::String(text));
        } else if !has_essential(kind, object) {
            self.warn(ESSENTIAL, format!("{what} is left out: it has no `{key}`."));
            return false;
        }
        true
    }

    fn schema(&mut self, value: Value) -> Value {
        match value {
            Value::Object(_) => value,
            // OpenAPI 3.1: JSON Schema 2020-12, 4.3.2.
            Value::Bool(true) => json!({}),
            Value::Bool(false) => json!({ "not": {} }),
            Value::String(text) if text.starts_with("#/") => {
                self.note(
                    SCHEMA,
                    "A schema is an object; this text is read as a reference.".to_owned(),
                );
                json!({ "$ref": text })
            }
            Value::String(text) => match schema_from_name(&text) {
                Some(schema) => {
                    self.note(
                        SCHEMA,
                        format!("A schema is an object; this text is read as the type `{text}`."),
                    );
                    Value::Object(schema)
                }
                None => {
                    self.warn(
                        SCHEMA,
                        "A schema is an object; this text is read as one that takes any value."
                            .to_owned(),
                    );
                    json!({})
                }
            },
            Value::Array(schemas) if !schemas.is_empty() => {
                self.note(
                    SCHEMA,
                    "A schema is an object; this list is read as its alternatives.".to_owned(),
                );
                json!({ "anyOf": schemas })
            }
            _ => {
                self.warn(
                    SCHEMA,
                    "A schema is an object; what stands here is read as one that takes any value."
                        .to_owned(),
                );
                json!({})
            }
        }
    }

    fn map(&mut self, kind: Kind, value: Value) -> Option<Value> {
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
            } else if name.starts_with("x-") && kind == Kind::PathItem {
                Some(value)
            } else if name.starts_with("x-") && kind != Kind::Schema && kind != Kind::Header {
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

    fn empty(&mut self, kind: Kind) -> Option<Value> {
        match kind {
            Kind::Schema | Kind::MediaType | Kind::Response | Kind::Header | Kind::PathItem => {
                Some(json!({}))
            }
            Kind::Encoding | Kind::RequestBody | Kind::Example => Some(json!({})),
            _ => None,
        }
    }

    /// A list where named things belong: each is named by its `name`, its only key, or its place in the list.
    fn named(&mut self, kind: Kind, elements: Vec<Value>) -> Map<String, Value> {
        self.note(
            MAP,
            format!(
                "`{}` is an object; the elements of this list are read as its members.",
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
                    } else if object.values().all(Value::is_object) && kind != Kind::Example {
                        members.extend(object);
                    } else {
                        members.insert(index.to_string(), Value::Object(object));
                    }
                }
                Value::String(name) if kind == Kind::Schema => {
                    members.insert(name, json!({}));
                }
                other if kind == Kind::Example => {
                    members.insert(index.to_string(), json!({ "value": other }));
                }
                _ => {}
            }
        }
        members
    }
}

/// A number in decimal, as JSON writes it or as people do.
pub(super) fn parse_number(text: &str) -> Option<Number> {
    let text = text.trim();
    if let Ok(whole) = text.parse::<i64>() {
        return Some(Number::from(whole));
    }
    text.parse::<f64>().ok().and_then(Number::from_f64)
}

//! Schemas to validators: takes a schema of the description, gives what is wrong with a value by it.
//!
//! A validator is made of the schema and the shared ones that it reaches, when it is first asked for. What only the server sets need
//! not be in a request, what only callers set need not be in an answer, and a value may keep several members of a `oneOf`. Dates and
//! UUIDs are looked at in requests alone: what the server's examples have there is the document's to answer for.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use jsonschema::{Draft, Keyword, ValidationError, Validator};
use serde_json::{Map, Value, json};

/// Which way a value goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Way {
    /// In a request.
    Sent,
    /// In an answer.
    Given,
}

/// The shared schemas, and the validators that were made of them so far.
pub(super) struct Schemas {
    /// As the document has them.
    pub(super) shared: Map<String, Value>,
    made: Mutex<HashMap<(Way, String), Made>>,
}

/// A validator; none of a schema that is at fault itself, by which nothing can be checked.
type Made = Option<Arc<Validator>>;

/// The keywords that hold a schema, a list of them, and a map of them.
const ONE: [&str; 3] = ["items", "additionalProperties", "not"];
const LISTS: [&str; 3] = ["oneOf", "anyOf", "prefixItems"];
const MAPS: [&str; 2] = ["properties", "patternProperties"];

/// The formats that every service reads alike, so that a request may be held to them.
const FORMATS: [&str; 3] = ["date", "date-time", "uuid"];

impl Schemas {
    pub(super) fn new(shared: Map<String, Value>) -> Self {
        Self {
            shared,
            made: Mutex::default(),
        }
    }

    /// The schema that a reference leads to.
    pub(super) fn referred(&self, reference: &str) -> Option<&Value> {
        self.shared.get(reference.strip_prefix("#/$defs/")?)
    }

    /// What is wrong with a value, each with its place in it. No value is told, since some are secrets.
    pub(super) fn faults(&self, schema: &Value, value: &Value, way: Way) -> Vec<String> {
        let Some(validator) = self.validator(schema, way) else {
            return Vec::new();
        };
        let errors = validator.iter_errors(value);
        let told = errors.map(|error| {
            let (place, text) = (
                error.instance_path().to_string(),
                error.masked().to_string(),
            );
            match place.is_empty() {
                true => text,
                false => format!("{place}: {text}"),
            }
        });
        told.collect()
    }

    /// Whether a value keeps a schema.
    pub(super) fn is_valid(&self, schema: &Value, value: &Value, way: Way) -> bool {
        let validator = self.validator(schema, way);
        validator.is_none_or(|validator| validator.is_valid(value))
    }

    fn validator(&self, schema: &Value, way: Way) -> Made {
        let key = (way, schema.to_string());
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        let validator = made.entry(key).or_insert_with(|| {
            let whole = self.whole(schema, way);
            let validator = built(&whole).or_else(|| built(&without_patterns(whole)));
            validator.map(Arc::new)
        });
        validator.clone()
    }

    /// A schema with all that it refers to.
    fn whole(&self, schema: &Value, way: Way) -> Value {
        let mut reached = BTreeSet::new();
        let mut open = vec![schema];
        while let Some(next) = open.pop() {
            each_reference(next, &mut |reference| {
                let found = self
                    .referred(reference)
                    .filter(|_| reached.insert(reference.to_owned()));
                open.extend(found);
            });
        }
        let shared = reached.iter().filter_map(|reference| {
            let name = reference.strip_prefix("#/$defs/")?;
            let alone = Map::new();
            let schema = self.relaxed(self.shared.get(name)?, way, &alone);
            Some((name.to_owned(), schema))
        });
        let shared = Value::Object(shared.collect());
        json!({ "$defs": shared, "allOf": [self.relaxed(schema, way, &Map::new())] })
    }

    /// A schema as values are held to it; `whole` is the object that it is a part of, if any.
    fn relaxed(&self, schema: &Value, way: Way, whole: &Map<String, Value>) -> Value {
        let Value::Object(members) = schema else {
            return schema.clone();
        };
        let within = |value: &Value| self.relaxed(value, way, &Map::new());
        let mut relaxed = Map::new();
        for (keyword, value) in members {
            let value = match (keyword.as_str(), value) {
                ("examples" | "readOnly" | "writeOnly" | "discriminator", _) => continue,
                ("format", Value::String(format))
                    if way == Way::Given || !FORMATS.contains(&format.as_str()) =>
                {
                    continue;
                }
                ("required", Value::Array(names)) => {
                    // The property may stand in another part of the schema than its name here.
                    let flat = self.flat(schema, None);
                    let is_needed = |name: &&Value| self.is_needed([&flat, whole], name, way);
                    names.iter().filter(is_needed).cloned().collect()
                }
                (one, value) if ONE.contains(&one) => within(value),
                ("allOf", Value::Array(items)) => {
                    let flat = self.flat(schema, None);
                    let whole = if whole.is_empty() { &flat } else { whole };
                    let items = items.iter();
                    items.map(|item| self.relaxed(item, way, whole)).collect()
                }
                (list, Value::Array(items)) if LISTS.contains(&list) => {
                    items.iter().map(within).collect()
                }
                (map, Value::Object(items)) if MAPS.contains(&map) => {
                    let items = items.iter();
                    let items = items.map(|(name, item)| (name.clone(), within(item)));
                    Value::Object(items.collect())
                }
                (_, value) => value.clone(),
            };
            relaxed.insert(keyword.clone(), value);
        }
        let range = match members.get("format").and_then(Value::as_str) {
            Some("int32") => Some((i64::from(i32::MIN), i64::from(i32::MAX))),
            Some("int64") => Some((i64::MIN, i64::MAX)),
            _ => None,
        };
        if let Some((least, most)) = range {
            relaxed.entry("minimum").or_insert_with(|| json!(least));
            relaxed.entry("maximum").or_insert_with(|| json!(most));
            relaxed.insert(EXACT.to_owned(), Value::Bool(true));
        }
        if let Some(members) = relaxed.remove("oneOf") {
            let any = json!({ "anyOf": members });
            match relaxed.get_mut("allOf").and_then(Value::as_array_mut) {
                Some(all) => all.push(any),
                None => {
                    relaxed.insert("allOf".to_owned(), json!([any]));
                }
            }
        }
        Value::Object(relaxed)
    }

    /// Whether a required property has to be there on this way. One that nothing describes need not: documents name some that were
    /// never there.
    fn is_needed(&self, objects: [&Map<String, Value>; 2], name: &Value, way: Way) -> bool {
        let described = |object: &&Map<String, Value>| {
            let property = object.get("properties")?.get(name.as_str()?)?;
            Some(!self.is_left_out(property, way))
        };
        objects.iter().find_map(described).unwrap_or(false)
    }

    /// Whether a property is the other side's to set.
    pub(super) fn is_left_out(&self, property: &Value, way: Way) -> bool {
        let flag = match way {
            Way::Sent => "readOnly",
            Way::Given => "writeOnly",
        };
        let referred = property.get("$ref").and_then(Value::as_str);
        let referred = referred.and_then(|reference| self.referred(reference));
        let mut places = [Some(property), referred].into_iter().flatten();
        places.any(|schema| schema.get(flag) == Some(&Value::Bool(true)))
    }
}

fn built(schema: &Value) -> Option<Validator> {
    let options = jsonschema::options().with_draft(Draft::Draft202012);
    let options = options
        .should_validate_formats(true)
        .with_format("uuid", is_uuid)
        .with_keyword(EXACT, |_, _, _| Ok(Box::new(Exact)));
    options.build(schema).ok()
}

/// The keyword of this crate's own by which a number is [`Exact`].
const EXACT: &str = "x-exact";

/// A number that 64 bits hold. One step beyond them, it is read as the double that is nearest, which is as large as the last that
/// they hold, so that `minimum` does not see it.
struct Exact;

impl<'i> Keyword<'i> for Exact {
    fn validate(&self, value: &'i Value) -> Result<(), ValidationError<'i>> {
        match self.is_valid(value) {
            true => Ok(()),
            false => Err(ValidationError::custom("it is no number of 64 bits")),
        }
    }

    fn is_valid(&self, value: &'i Value) -> bool {
        let double = value.as_f64().filter(|_| value.is_f64());
        double.is_none_or(|double| double.abs() != i64::MAX as f64)
    }
}

/// Whether a text is a UUID (RFC 9562, section 4), or the same without hyphens, as some services write it.
fn is_uuid(text: &str) -> bool {
    let groups: Vec<usize> = text.split('-').map(str::len).collect();
    let is_hexadecimal = |c: char| c == '-' || c.is_ascii_hexdigit();
    (groups == [8, 4, 4, 4, 12] || groups == [32]) && text.chars().all(is_hexadecimal)
}

/// Whether a text keeps a pattern; also when the pattern is none.
pub(super) fn keeps_pattern(text: &str, pattern: &str) -> bool {
    let schema = json!({ "pattern": pattern });
    built(&schema).is_none_or(|validator| validator.is_valid(&Value::from(text)))
}

/// A schema without patterns, some of which are written for other engines.
fn without_patterns(mut schema: Value) -> Value {
    match &mut schema {
        Value::Object(members) => {
            members.retain(|keyword, value| !(keyword == "pattern" && value.is_string()));
            for value in members.values_mut() {
                *value = without_patterns(value.take());
            }
        }
        Value::Array(items) => {
            for item in items {
                *item = without_patterns(item.take());
            }
        }
        _ => {}
    }
    schema
}

fn each_reference<'s>(schema: &'s Value, found: &mut impl FnMut(&'s str)) {
    match schema {
        Value::Object(members) => {
            if let Some(Value::String(reference)) = members.get("$ref") {
                found(reference);
            }
            for (keyword, value) in members {
                if keyword != "examples" && keyword != "enum" {
                    each_reference(value, found);
                }
            }
        }
        Value::Array(items) => {
            for item in items {
                each_reference(item, found);
            }
        }
        _ => {}
    }
}

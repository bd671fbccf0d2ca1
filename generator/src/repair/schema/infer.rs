//! Takes a schema whose type was forgotten, gives one with the type that its keywords or else its example show.

use super::null::allow_null;
use crate::repair::site::RepairSite;
use serde_json::{Map, Value, json};

type Schema = Map<String, Value>;

/// How deep an example is read.
const MAX_DEPTH: usize = 4;
/// How many members of an object in an example are read.
const MAX_MEMBERS: usize = 50;

/// A type that the keywords show.
pub(in crate::repair) fn type_from_keywords(schema: &mut Schema, site: &mut RepairSite<'_, '_>) {
    let Some((ty, keyword)) = shown_by_keywords(schema) else {
        return;
    };
    site.note(format!(
        "The type is missing; because of `{keyword}`, it is read as `{ty}`."
    ));
    schema.insert("type".to_owned(), Value::from(ty));
}

fn shown_by_keywords(schema: &Schema) -> Option<(&'static str, &'static str)> {
    const SHOWN: [(&str, &str); 15] = [
        ("properties", "object"),
        ("items", "array"),
        ("enum", ""),
        ("format", ""),
        ("additionalProperties", "object"),
        ("pattern", "string"),
        ("minLength", "string"),
        ("maxLength", "string"),
        ("minimum", "number"),
        ("maximum", "number"),
        ("multipleOf", "number"),
        ("minItems", "array"),
        ("maxItems", "array"),
        ("minProperties", "object"),
        ("maxProperties", "object"),
    ];
    SHOWN.into_iter().find_map(|(keyword, ty)| {
        let value = schema.get(keyword)?;
        let ty = match keyword {
            _ if value.is_null() => return None,
            "enum" => type_of_values(value.as_array()?)?,
            "format" => type_of_format(value.as_str()?)?,
            // That nothing may be added says nothing about what there is.
            "additionalProperties" if *value == Value::Bool(false) => return None,
            "properties" | "items" if !value.is_object() => return None,
            _ => ty,
        };
        Some((ty, keyword))
    })
}

fn type_of_values(values: &[Value]) -> Option<&'static str> {
    let mut values = values.iter().filter(|value| !value.is_null());
    let first = type_of_scalar(values.next()?)?;
    values.try_fold(first, |ty, value| {
        let other = type_of_scalar(value)?;
        match (ty, other) {
            _ if ty == other => Some(ty),
            ("integer", "number") | ("number", "integer") => Some("number"),
            _ => None,
        }
    })
}

fn type_of_scalar(value: &Value) -> Option<&'static str> {
    match value {
        Value::String(_) => Some("string"),
        Value::Number(number) if number.is_i64() || number.is_u64() => Some("integer"),
        Value::Number(_) => Some("number"),
        Value::Bool(_) => Some("boolean"),
        _ => None,
    }
}

/// The type whose values a format describes, by the format registry of the OpenAPI Initiative.
fn type_of_format(format: &str) -> Option<&'static str> {
    Some(match format.to_ascii_lowercase().as_str() {
        "date-time" | "date" | "time" | "duration" | "email" | "idn-email" | "hostname"
        | "ipv4" | "ipv6" | "uri" | "uri-reference" | "url" | "uuid" | "byte" | "binary"
        | "password" | "regex" | "base64url" | "html" | "commonmark" | "char" => "string",
        "int32" | "int64" | "int16" | "int8" | "uint32" | "uint64" => "integer",
        "float" | "double" | "decimal" => "number",
        _ => return None,
    })
}

/// A type that the example or the default shows, when nothing else does.
pub(in crate::repair) fn type_from_example(schema: &mut Schema, site: &mut RepairSite<'_, '_>) {
    let shown = ["example", "default"]
        .into_iter()
        .find_map(|key| Some((key, schema.get(key).filter(|value| !value.is_null())?)));
    let Some((key, value)) = shown else {
        return;
    };
    // An enum of several types is a type of its own, and the other parts of an `allOf` know the type.
    if schema.contains_key("enum") || site.list_key() == Some("allOf") {
        return;
    }
    let inferred = infer(value, MAX_DEPTH);
    let Some(ty) = inferred.get("type").and_then(Value::as_str) else {
        return;
    };
    let what = match (ty, inferred.get("properties")) {
        ("object", Some(Value::Object(properties))) => {
            format!(
                "an object with {} properties, none of them required",
                properties.len()
            )
        }
        ("array", _) => match inferred
            .get("items")
            .and_then(|items| items.get("type")?.as_str())
        {
            Some(item) => format!("a list of `{item}`"),
            None => "a list".to_owned(),
        },
        _ => format!("`{ty}`"),
    };
    site.warn(format!(
        "The type is missing; because of the {key}, it is read as {what}."
    ));
    schema.extend(inferred);
}

/// The schema of which `value` would be an example.
fn infer(value: &Value, depth: usize) -> Schema {
    let mut schema = Map::new();
    let ty = match value {
        Value::Null => {
            allow_null(&mut schema);
            return schema;
        }
        Value::Array(_) => "array",
        Value::Object(_) => "object",
        scalar => type_of_scalar(scalar).unwrap_or("string"),
    };
    schema.insert("type".to_owned(), Value::from(ty));
    match value {
        Value::Array(elements) => {
            let items = if depth > 1 {
                infer_items(elements, depth - 1)
            } else {
                Map::new()
            };
            schema.insert("items".to_owned(), Value::Object(items));
        }
        Value::Object(members)
            if depth > 1 && !members.is_empty() && members.len() <= MAX_MEMBERS =>
        {
            let properties: Schema = members
                .iter()
                .map(|(name, member)| (name.clone(), Value::Object(infer(member, depth - 1))))
                .collect();
            schema.insert("properties".to_owned(), Value::Object(properties));
            // One example need not show every member that there may be.
            schema.insert("additionalProperties".to_owned(), Value::Bool(true));
        }
        _ => {}
    }
    schema
}

/// One schema for all elements of a list; the empty one when they are of several types.
fn infer_items(elements: &[Value], depth: usize) -> Schema {
    let known: Vec<&Value> = elements
        .iter()
        .filter(|element| !element.is_null())
        .collect();
    if let Some(ty) = type_of_values(elements) {
        return Map::from_iter([("type".to_owned(), json!(ty))]);
    }
    if !known.is_empty() && known.iter().all(|element| element.is_object()) {
        // Each element shows some of the members.
        let mut members = Map::new();
        for (name, member) in known
            .iter()
            .filter_map(|element| element.as_object())
            .flatten()
        {
            if members.get(name).is_none_or(Value::is_null) {
                members.insert(name.clone(), member.clone());
            }
        }
        return infer(&Value::Object(members), depth);
    }
    match known.as_slice() {
        [first, rest @ ..] if first.is_array() && rest.iter().all(|other| other.is_array()) => {
            infer(first, depth)
        }
        _ => Map::new(),
    }
}

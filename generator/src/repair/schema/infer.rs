//! Takes a schema whose type was forgotten, gives one with the type that its keywords or else its example show.

use crate::repair::site::RepairSite;
use serde_json::{Map, Value};

type Schema = Map<String, Value>;

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

/// A type that the example or the default shows, when nothing else does: that of a text, a number, a flag, or of a list of these. One
/// object shows nothing about the next, whose properties may be others.
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
    let Some(inferred) = infer(value) else {
        return;
    };
    let ty = |schema: &Schema| Some(schema.get("type")?.as_str()?.to_owned());
    let items = inferred.get("items").and_then(Value::as_object);
    let what = match (items, items.and_then(ty)) {
        (Some(_), Some(item)) => format!("a list of `{item}`"),
        (Some(_), None) => "a list".to_owned(),
        (None, _) => format!("`{}`", ty(&inferred).unwrap_or_default()),
    };
    site.warn(format!(
        "The type is missing; because of the {key}, it is read as {what}."
    ));
    schema.extend(inferred);
}

/// The schema of which `value` would be an example, where it shows one.
fn infer(value: &Value) -> Option<Schema> {
    let of_type = |ty: &str| Map::from_iter([("type".to_owned(), Value::from(ty))]);
    match value {
        Value::Array(elements) => {
            let items = type_of_values(elements).map(of_type).unwrap_or_default();
            let mut schema = of_type("array");
            schema.insert("items".to_owned(), Value::Object(items));
            Some(schema)
        }
        scalar => type_of_scalar(scalar).map(of_type),
    }
}

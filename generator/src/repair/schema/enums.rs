//! Takes a schema with an `enum`, gives one whose values are of its type.

use super::types::is_of_type;
use crate::repair::fit::parse_number;
use crate::repair::site::RepairSite;
use serde_json::{Map, Value};

type Schema = Map<String, Value>;

/// An `enum` that is a text of values with commas, or an object whose keys are the values.
pub(in crate::repair) fn enum_shape(schema: &mut Schema, site: &mut RepairSite<'_, '_>) {
    let values: Vec<Value> = match schema.get("enum") {
        None | Some(Value::Array(_)) => return,
        Some(Value::Null) => Vec::new(),
        Some(Value::String(text)) => text
            .split(',')
            .map(|value| Value::from(value.trim()))
            .collect(),
        Some(Value::Object(members)) => members
            .keys()
            .map(|key| Value::from(key.as_str()))
            .collect(),
        Some(other) => vec![other.clone()],
    };
    site.note_at("enum", "`enum` must be a list; this value is read as one.");
    schema.insert("enum".to_owned(), Value::Array(values));
}

/// Values of a list's `enum`, which belong to its items.
pub(in crate::repair) fn enum_beside_items(schema: &mut Schema, site: &mut RepairSite<'_, '_>) {
    let is_scalar = |value: &Value| !value.is_array() && !value.is_object();
    let is_list = schema.get("type").and_then(Value::as_str) == Some("array");
    let are_items = match schema.get("enum") {
        Some(Value::Array(values)) => values.iter().all(is_scalar),
        _ => false,
    };
    if !is_list || !are_items {
        return;
    }
    let items = schema
        .entry("items")
        .or_insert_with(|| Value::Object(Map::new()));
    let Value::Object(items) = items else {
        return;
    };
    if items.contains_key("$ref") || items.contains_key("enum") {
        return;
    }
    site.note_at(
        "enum",
        "The schema is a list and the values are not; they are read as the values of its items.",
    );
    if let Some(values) = schema.remove("enum")
        && let Some(Value::Object(items)) = schema.get_mut("items")
    {
        items.insert("enum".to_owned(), values);
    }
}

/// Values of another type than the schema's: written as its type where they can be. When the type is a number's and the
/// values are words, the words are right.
pub(in crate::repair) fn enum_value_type(schema: &mut Schema, site: &mut RepairSite<'_, '_>) {
    let Some(ty) = schema
        .get("type")
        .and_then(Value::as_str)
        .map(str::to_owned)
    else {
        return;
    };
    let Some(Value::Array(values)) = schema.get("enum") else {
        return;
    };
    if values.iter().all(|value| is_exactly(value, &ty))
        || matches!(ty.as_str(), "array" | "object")
    {
        return;
    }
    let converted: Option<Vec<Value>> = values.iter().map(|value| convert(value, &ty)).collect();
    if let Some(values) = converted {
        site.note_at(
            "enum",
            format!("Some values are not written as `{ty}`; they are read as that type."),
        );
        schema.insert("enum".to_owned(), Value::Array(values));
        return;
    }
    let texts: Vec<Value> = values
        .iter()
        .filter_map(|value| convert(value, "string"))
        .collect();
    let all_numbers = values.iter().all(Value::is_number);
    if all_numbers && ty == "integer" {
        site.warn_at(
            "enum",
            "Some values are not integers; the type is read as `number`.",
        );
        schema.insert("type".to_owned(), Value::from("number"));
    } else if texts.is_empty() {
        site.warn_at("enum", "The values cannot be read; they are left out.");
        site.take_out(schema, "enum");
    } else {
        let told = match ty.as_str() {
            "string" => "Values that are lists or objects are left out.".to_owned(),
            ty => format!("The values are not of the type `{ty}`; they are read as strings."),
        };
        site.warn_at("enum", told);
        schema.insert("type".to_owned(), Value::from("string"));
        site.replace(schema, "enum", Value::Array(texts));
        site.take_out(schema, "format");
    }
}

/// Whether the parser takes the value in an enum of the type.
fn is_exactly(value: &Value, ty: &str) -> bool {
    match ty {
        "integer" => value.is_i64(),
        _ => is_of_type(value, ty),
    }
}

/// The value as one of the type, when there is no doubt which it is.
pub(in crate::repair) fn convert(value: &Value, ty: &str) -> Option<Value> {
    match (ty, value) {
        ("string", Value::String(_)) => Some(value.clone()),
        ("string", Value::Number(number)) => Some(Value::String(number.to_string())),
        ("string", Value::Bool(flag)) => Some(Value::String(flag.to_string())),
        ("integer", Value::Number(number)) if number.is_i64() => Some(value.clone()),
        ("integer", Value::Number(number)) => whole(number.as_f64()?),
        ("integer", Value::String(text)) => match parse_number(text)? {
            number if number.is_i64() => Some(Value::Number(number)),
            number => whole(number.as_f64()?),
        },
        ("number", Value::Number(_)) => Some(value.clone()),
        ("number", Value::String(text)) => parse_number(text).map(Value::Number),
        ("boolean", Value::Bool(_)) => Some(value.clone()),
        ("boolean", Value::String(text)) => match text.trim().to_ascii_lowercase().as_str() {
            "true" => Some(Value::Bool(true)),
            "false" => Some(Value::Bool(false)),
            _ => None,
        },
        _ => None,
    }
}

/// A float that is a whole number which a float holds exactly, as one.
pub(in crate::repair) fn whole(number: f64) -> Option<Value> {
    // `as` is exact within these bounds.
    let is_exact = number.fract() == 0.0 && number.abs() <= 9_007_199_254_740_992.0;
    is_exact.then(|| Value::from(number as i64))
}

//! Takes a schema with a `default` or an `example`, gives one in which they are of its type, since they become values in Rust and
//! answers in tests.

use super::enums::convert;
use super::types::is_of_type;
use crate::repair::site::RepairSite;
use serde_json::{Map, Value};

type Schema = Map<String, Value>;

/// A `default` of another type than the schema's.
pub(in crate::repair) fn default_of_wrong_type(schema: &mut Schema, site: &mut RepairSite<'_, '_>) {
    fit_to_type(schema, "default", site);
}

/// An `example` of another type than the schema's.
pub(in crate::repair) fn example_of_wrong_type(schema: &mut Schema, site: &mut RepairSite<'_, '_>) {
    fit_to_type(schema, "example", site);
}

fn fit_to_type(schema: &mut Schema, key: &str, site: &mut RepairSite<'_, '_>) {
    let (Some(value), Some(ty)) = (schema.get(key), schema.get("type").and_then(Value::as_str))
    else {
        return;
    };
    // Whether null may stand there is for `nullable` to say; it does no harm as an example of nothing.
    if value.is_null() {
        schema.remove(key);
        site.keep(key, Value::Null);
        return;
    }
    if is_of_type(value, ty) && !is_malformed_date(value, schema) {
        return;
    }
    let converted = match value {
        _ if is_of_type(value, ty) => None,
        // Authors write the JSON of an object or a list as a text.
        Value::String(text) if matches!(ty, "object" | "array") => serde_json::from_str(text)
            .ok()
            .filter(|value| is_of_type(value, ty)),
        Value::String(_) | Value::Number(_) | Value::Bool(_) => convert(value, ty),
        _ => None,
    };
    let ty = ty.to_owned();
    match converted {
        Some(value) => {
            site.note_at(
                key,
                format!("The {key} is not written as `{ty}`; it is read as one."),
            );
            site.replace(schema, key, value);
        }
        None => {
            site.note_at(
                key,
                format!("The {key} is not a value that the schema allows; it is left out."),
            );
            site.take_out(schema, key);
        }
    }
}

/// Whether the schema wants a date and the value is a text that is none: RFC 3339, 5.6 begins with a date of ten characters.
fn is_malformed_date(value: &Value, schema: &Schema) -> bool {
    let Some("date" | "date-time") = schema.get("format").and_then(Value::as_str) else {
        return false;
    };
    let Some(text) = value.as_str() else {
        return false;
    };
    let shape: String = text
        .chars()
        .take(10)
        .map(|c| if c.is_ascii_digit() { '0' } else { c })
        .collect();
    shape != "0000-00-00"
}

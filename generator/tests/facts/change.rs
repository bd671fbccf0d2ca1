//! Takes a scalar with its place, gives another value that may stand there.

use super::places::Place;
use sdk_generator::grammar::ObjectKind;
use serde_json::{Number, Value};

/// Another value for the scalar at a place. `owner` is the object that has the keyword.
pub(crate) fn change(value: &Value, place: &Place, owner: &Value) -> Value {
    if let Value::String(text) = value
        && let Some(words) = words(place, owner)
    {
        let other = words.iter().find(|word| **word != text.as_str());
        return Value::from(*other.unwrap_or(&"changed"));
    }
    match value {
        Value::String(text) if place.keyword == "openapi" => {
            Value::String(text.replace(".0.", ".0.9").replace(".1.", ".1.9"))
        }
        Value::String(text) => Value::String(format!("{text}x")),
        Value::Bool(flag) => Value::Bool(!flag),
        Value::Number(number) => Value::Number(another(number)),
        _ => Value::from("changed"),
    }
}

/// The words that may stand at a place, where not every text may.
fn words(place: &Place, owner: &Value) -> Option<&'static [&'static str]> {
    let location = owner.get("in").and_then(Value::as_str).unwrap_or("header");
    Some(match (place.kind, place.keyword.as_str()) {
        (ObjectKind::Schema, "type") => &["string", "integer", "boolean"],
        (ObjectKind::Parameter, "in") => &["query", "header"],
        (ObjectKind::SecurityScheme, "in") => &["query", "header"],
        (ObjectKind::SecurityScheme, "type") => &["http", "openIdConnect"],
        (ObjectKind::Encoding, "style") => &["spaceDelimited", "pipeDelimited"],
        (ObjectKind::Parameter, "style") => match location {
            "path" => &["label", "matrix"],
            "query" => &["spaceDelimited", "pipeDelimited"],
            _ => return None,
        },
        _ => return None,
    })
}

fn another(number: &Number) -> Number {
    match (number.as_i64(), number.as_f64()) {
        (Some(whole), _) => Number::from(whole.checked_add(1).unwrap_or(0)),
        (None, Some(float)) => Number::from_f64(float / 2.0 + 1.0).unwrap_or_else(|| 1.into()),
        (None, None) => 1.into(),
    }
}

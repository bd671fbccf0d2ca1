//! Enumerations: takes the values of an `enum`, gives a set of scalars, or nothing where the set says no more than a plain type.

use super::meanings;
use crate::facts::Schema;
use crate::plan::model::{Enum, EnumValue, Type};
use crate::plan::reason::Origin;
use serde_json::Value;
use std::collections::{HashMap, HashSet};

/// The enum of a schema; `None` when it has none, or one that is no set of texts or numbers.
pub(super) fn plan(schema: &Schema) -> Option<Enum> {
    if schema.enum_values.is_empty() {
        return None;
    }
    let values = schema.enum_values.iter().enumerate();
    let names = strings(schema, &["x-enum-varnames", "x-enumNames", "x-enum-names"]);
    let descriptions = strings(schema, &["x-enum-descriptions", "x-enumDescriptions"]);
    let numbers: Vec<i64> = schema
        .enum_values
        .iter()
        .filter_map(Value::as_i64)
        .collect();
    let meanings = match &schema.description {
        Some(description) if names.is_empty() && descriptions.is_empty() => {
            meanings::find(description, &numbers)
        }
        _ => HashMap::new(),
    };
    let meaning = |value: &Value| meanings.get(&value.as_i64()?).cloned();
    let mut seen = HashSet::new();
    // Names and descriptions stand in the order of the values without null, which no enum has among its own.
    let values = values
        .filter(|(_, value)| !value.is_null())
        .enumerate()
        .filter(|(_, (_, value))| seen.insert(value.to_string()))
        .map(|(index, (place, value))| EnumValue {
            name: names
                .get(index)
                .cloned()
                .or_else(|| meaning(value))
                .or_else(|| descriptions.get(index).and_then(|text| short(text, value)))
                .unwrap_or_else(|| words(value)),
            description: descriptions.get(index).cloned().or_else(|| meaning(value)),
            value: value.clone(),
            ident: crate::plan::names::RustIdent::default(),
            origin: Origin::of_value(schema, place),
        });
    from_values(values.collect())
}

/// An enum of these values; `None` when a plain type says as much.
pub(super) fn from_values(values: Vec<EnumValue>) -> Option<Enum> {
    let all = |is: fn(&Value) -> bool| values.iter().all(|value| is(&value.value));
    let rest = if values.is_empty() || all(Value::is_boolean) {
        return None;
    } else if all(Value::is_string) {
        Type::String
    } else if all(Value::is_i64) {
        Type::Int64
    } else if all(Value::is_number) {
        // Numbers with a fraction are no names; their values are told in the documentation.
        return None;
    } else if all(|value| value.is_string() || value.is_i64() || value.is_boolean()) {
        Type::Any
    } else {
        return None;
    };
    Some(Enum {
        values,
        rest,
        allows_others: false,
    })
}

/// The words of a number's description, where they are few enough for a name.
fn short(description: &str, value: &Value) -> Option<String> {
    let is_short = description.len() <= MAX_NAME && description.starts_with(char::is_alphabetic);
    let is_line = !description.contains(['\n', ',', ':']);
    (value.is_number() && is_short && is_line).then(|| description.trim_end_matches('.').to_owned())
}

/// The longest description that is the name of a number.
const MAX_NAME: usize = 30;

/// The words from which the name of a value is made. A number without any stays one, with the letter before it that every name has
/// which begins with a digit.
fn words(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The texts of the first of these extensions that the schema has; generators that made documents from code use different ones.
fn strings(schema: &Schema, extensions: &[&str]) -> Vec<String> {
    let found = extensions
        .iter()
        .find_map(|name| schema.extensions.get(*name)?.as_array());
    let texts: Option<Vec<String>> = found
        .into_iter()
        .flatten()
        .map(|text| Some(text.as_str()?.trim().to_owned()))
        .collect();
    texts.unwrap_or_default()
}

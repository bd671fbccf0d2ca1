//! Takes a schema whose `type` OpenAPI 3.0 does not know, gives one with a type that it knows, or none.

use super::null::{allow_null, take_null_type};
use crate::closeness::is_close;
use crate::grammar::schema::{TYPE_KEYWORDS, TYPES, is_type, may_stand_beside};
use crate::repair::site::RepairSite;
use serde_json::{Map, Value, json};

type Schema = Map<String, Value>;

/// Words that authors use as a type, and the type and format that they mean.
const MEANT: &[(&str, &str, Option<&str>)] = &[
    ("date-time", "string", Some("date-time")),
    ("datetime", "string", Some("date-time")),
    ("timestamp", "string", Some("date-time")),
    ("date", "string", Some("date")),
    ("time", "string", Some("time")),
    ("duration", "string", Some("duration")),
    ("uuid", "string", Some("uuid")),
    ("guid", "string", Some("uuid")),
    ("email", "string", Some("email")),
    ("uri", "string", Some("uri")),
    ("url", "string", Some("uri")),
    ("link", "string", Some("uri")),
    ("password", "string", Some("password")),
    ("byte", "string", Some("byte")),
    ("base64", "string", Some("byte")),
    ("binary", "string", Some("binary")),
    ("file", "string", Some("binary")),
    ("bytes", "string", Some("binary")),
    ("hostname", "string", Some("hostname")),
    ("ipv4", "string", Some("ipv4")),
    ("ipv6", "string", Some("ipv6")),
    ("text", "string", None),
    ("str", "string", None),
    ("char", "string", None),
    ("varchar", "string", None),
    ("enum", "string", None),
    ("id", "string", None),
    ("int", "integer", None),
    ("int32", "integer", Some("int32")),
    ("int64", "integer", Some("int64")),
    ("long", "integer", Some("int64")),
    ("short", "integer", Some("int32")),
    ("bigint", "integer", Some("int64")),
    ("float", "number", Some("float")),
    ("double", "number", Some("double")),
    ("decimal", "number", None),
    ("numeric", "number", None),
    ("real", "number", None),
    ("money", "number", None),
    ("bool", "boolean", None),
    ("list", "array", None),
    ("set", "array", None),
    ("tuple", "array", None),
    ("map", "object", None),
    ("dict", "object", None),
    ("dictionary", "object", None),
    ("hash", "object", None),
    ("struct", "object", None),
];

/// Words for a value of any type.
const ANYTHING: &[&str] = &[
    "any", "mixed", "unknown", "json", "variant", "anytype", "*", "",
];

/// The schema that a word stands for, when it is a type or one of the words that are used as one.
pub(in crate::repair) fn schema_from_name(name: &str) -> Option<Schema> {
    let name = name.trim().to_ascii_lowercase();
    let (ty, format) = if is_type(&name) {
        (name.as_str(), None)
    } else {
        let (_, ty, format) = MEANT.iter().find(|(word, _, _)| *word == name)?;
        (*ty, *format)
    };
    let mut schema = Map::from_iter([("type".to_owned(), Value::from(ty))]);
    if let Some(format) = format {
        schema.insert("format".to_owned(), Value::from(format));
    }
    Some(schema)
}

/// A list of types, as OpenAPI 3.1 has them (JSON Schema Validation 2020-12, 6.1.1): null among them makes the schema nullable, and
/// several others become alternatives.
pub(in crate::repair) fn type_list(schema: &mut Schema, site: &mut RepairSite<'_, '_>) {
    let mut names: Vec<String> = match schema.get("type") {
        Some(Value::Array(names)) => names
            .iter()
            .map(|name| name.as_str().unwrap_or("null").trim().to_owned())
            .collect(),
        // `string|null`, `integer, string`: a list in an author's own notation.
        Some(Value::String(text)) if text.contains(['|', ',']) => text
            .split(['|', ','])
            .map(|name| name.trim().to_ascii_lowercase())
            .collect(),
        _ => return,
    };
    site.note_in_30(
        "type",
        "A list of types is from OpenAPI 3.1; it is read with its meaning there.",
    );
    if let Some(types @ Value::Array(_)) = schema.remove("type") {
        site.keep("type", types);
    }
    if take_null_type(&mut names) {
        allow_null(schema);
    }
    names.dedup();
    if names.iter().any(|name| name == "number") {
        names.retain(|name| name != "integer");
    }
    let composed = ["allOf", "oneOf", "anyOf"]
        .iter()
        .any(|key| schema.contains_key(*key));
    match names.as_slice() {
        [] => {}
        [name] => {
            schema.insert("type".to_owned(), Value::from(name.as_str()));
        }
        // All types together, or types beside alternatives of their own, say nothing more.
        _ if composed || names.len() >= TYPES.len() - 1 => {}
        names => {
            let alternatives: Vec<Value> =
                names.iter().map(|name| alternative(name, schema)).collect();
            for (types, keys) in TYPE_KEYWORDS {
                let is_moved = names.iter().any(|name| types.contains(&name.as_str()));
                for key in *keys {
                    match is_moved {
                        true => drop(schema.remove(*key)),
                        false => site.take_out(schema, key),
                    }
                }
            }
            site.take_out(schema, "enum");
            schema.insert("anyOf".to_owned(), Value::Array(alternatives));
        }
    }
}

/// The part of `schema` that speaks of values of the type `name`.
fn alternative(name: &str, schema: &Schema) -> Value {
    let mut part = Map::from_iter([("type".to_owned(), Value::from(name))]);
    for (_, keys) in TYPE_KEYWORDS
        .iter()
        .filter(|(types, _)| types.contains(&name))
    {
        for key in *keys {
            if let Some(value) = schema.get(*key) {
                part.insert((*key).to_owned(), value.clone());
            }
        }
    }
    if let Some(Value::Array(values)) = schema.get("enum") {
        let own: Vec<Value> = values
            .iter()
            .filter(|value| is_of_type(value, name))
            .cloned()
            .collect();
        if !own.is_empty() {
            part.insert("enum".to_owned(), Value::Array(own));
        }
    }
    Value::Object(part)
}

/// Whether a value is of the type.
pub(in crate::repair) fn is_of_type(value: &Value, ty: &str) -> bool {
    match ty {
        "string" => value.is_string(),
        "integer" => {
            value.is_i64()
                || value.is_u64()
                || value.as_f64().is_some_and(|number| number.fract() == 0.0)
        }
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => true,
    }
}

/// A format, or the name of a type in some programming language, used as type.
pub(in crate::repair) fn type_as_format(schema: &mut Schema, site: &mut RepairSite<'_, '_>) {
    let Some(Value::String(word)) = schema.get("type") else {
        return;
    };
    let word = word.clone();
    let lower = word.trim().to_ascii_lowercase();
    if is_type(&lower) {
        return;
    }
    if ANYTHING.contains(&lower.as_str()) {
        site.note_at(
            "type",
            format!("`{word}` is not a type; the schema is read as one that allows any value."),
        );
        schema.remove("type");
        return;
    }
    if let Some(item) = lower
        .strip_suffix("[]")
        .or_else(|| lower.strip_prefix("array[")?.strip_suffix(']'))
    {
        let item = schema_from_name(item).unwrap_or_default();
        site.note_at(
            "type",
            format!("`{word}` is not a type; it is read as a list."),
        );
        schema.insert("type".to_owned(), Value::from("array"));
        schema.entry("items").or_insert(Value::Object(item));
        return;
    }
    let Some(mut meant) = schema_from_name(&lower) else {
        return;
    };
    // A point in time that the author shows as a number is one.
    let shows_number = ["example", "default"]
        .iter()
        .any(|key| schema.get(*key).is_some_and(Value::is_number));
    if shows_number && meant.get("format").and_then(Value::as_str) == Some("date-time") {
        meant = Map::from_iter([("type".to_owned(), Value::from("integer"))]);
    }
    site.note_at(
        "type",
        format!(
            "`{word}` is not a type; it is read as {}.",
            Value::Object(meant.clone())
        ),
    );
    for (key, value) in meant {
        if key == "type" {
            schema.insert(key, value);
        } else {
            schema.entry(key).or_insert(value);
        }
    }
}

/// A type written with capitals or misspelt.
pub(in crate::repair) fn type_misspelt(schema: &mut Schema, site: &mut RepairSite<'_, '_>) {
    let Some(Value::String(word)) = schema.get("type") else {
        return;
    };
    let lower = word.trim().to_ascii_lowercase();
    let meant = TYPES
        .into_iter()
        .find(|name| *name == lower)
        .or_else(|| TYPES.into_iter().find(|name| is_close(&lower, name, 2)));
    if let Some(meant) = meant
        && word != meant
    {
        site.note_at(
            "type",
            format!("`{word}` is not a type; it is read as `{meant}`."),
        );
        schema.insert("type".to_owned(), Value::from(meant));
    }
}

/// A type that nobody can guess is left out.
pub(in crate::repair) fn type_unknown(schema: &mut Schema, site: &mut RepairSite<'_, '_>) {
    let known = schema
        .get("type")
        .and_then(Value::as_str)
        .is_some_and(is_type);
    if !known && let Some(found) = schema.remove("type") {
        let shown = found
            .as_str()
            .map_or_else(|| "This".to_owned(), |word| format!("`{word}`"));
        site.warn_at(
            "type",
            format!("{shown} is not a type of OpenAPI; it is left out."),
        );
    }
}

/// Keywords that speak of another type than the schema's. Properties show that the type is wrong, unless an example shows that it is
/// right, and so do items of an object where an example is a list; anything else is left out.
pub(in crate::repair) fn keyword_not_of_type(schema: &mut Schema, site: &mut RepairSite<'_, '_>) {
    let Some(Value::String(ty)) = schema.get("type") else {
        return;
    };
    let mut ty = ty.clone();
    let has = |key: &str| match schema.get(key) {
        Some(Value::Object(members)) => !members.is_empty(),
        _ => false,
    };
    // What an example or a value shows to be of the type settles it.
    let is_shown = ["example", "default"]
        .into_iter()
        .filter_map(|key| schema.get(key))
        .any(|value| is_of_type(value, &ty));
    let is_settled = is_shown || schema.contains_key("enum");
    let (properties, items) = (
        !is_settled && has("properties"),
        !is_settled && has("items"),
    );
    if ty == "array" && properties && !items {
        let mut item = Map::from_iter([("type".to_owned(), Value::from("object"))]);
        for key in ["properties", "required", "additionalProperties"] {
            if let Some(value) = schema.remove(key) {
                item.insert(key.to_owned(), value);
            }
        }
        site.keep("type", Value::from("array"));
        site.warn("The type is `array`, but there are `properties`; they are read as the properties of its items.");
        schema.insert("items".to_owned(), Value::Object(item));
    } else if ty != "array" && ty != "object" && properties {
        site.warn(format!(
            "The type is `{ty}`, but there are `properties`; it is read as an object."
        ));
        site.keep("type", Value::from(ty));
        ty = "object".to_owned();
        schema.insert("type".to_owned(), Value::from("object"));
    } else if ty == "object" && shows_list(schema) && items && !properties {
        site.warn("The type is `object`, but there are `items` and the example is a list; it is read as a list.");
        site.keep("type", Value::from(ty));
        ty = "array".to_owned();
        schema.insert("type".to_owned(), Value::from("array"));
    }
    let foreign: Vec<String> = schema
        .keys()
        .filter(|key| !may_stand_beside(&ty, key))
        .cloned()
        .collect();
    for key in foreign {
        site.note_at(
            &key,
            format!("`{key}` has no meaning for values of the type `{ty}`; it is left out."),
        );
        site.take_out(schema, &key);
    }
}

/// Whether the example or the default is a list.
fn shows_list(schema: &Schema) -> bool {
    ["example", "default"]
        .iter()
        .any(|key| schema.get(*key).is_some_and(Value::is_array))
}

/// A list that does not say what its items are.
pub(in crate::repair) fn items_missing(schema: &mut Schema, site: &mut RepairSite<'_, '_>) {
    if schema.get("items").is_none_or(Value::is_null) {
        site.note("The list does not say what type its items have; any value is allowed.");
        schema.insert("items".to_owned(), json!({}));
    }
}

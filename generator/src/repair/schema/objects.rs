//! Takes the schema of an object, gives one whose `required` is a list of its properties, and whose flags are flags.

use crate::grammar::schema::COMPOSITIONS;
use crate::repair::site::RepairSite;
use serde_json::{Map, Value};

type Schema = Map<String, Value>;

/// `required: true` on a property, as Swagger 1 and JSON Schema draft 3 had it: the list of the object above is where it belongs.
pub(in crate::repair) fn required_flag(schema: &mut Schema, site: &mut RepairSite<'_, '_>) {
    let mut named = Vec::new();
    if let Some(Value::Object(properties)) = schema.get_mut("properties") {
        for (name, property) in properties {
            let Value::Object(property) = property else {
                continue;
            };
            let flag = match property.get("required") {
                Some(Value::Bool(flag)) => *flag,
                Some(Value::String(text)) if text == "true" || text == "false" => text == "true",
                _ => continue,
            };
            property.remove("required");
            if flag {
                named.push(name.clone());
            }
        }
    }
    for name in &named {
        site.note_at("required", format!("The property `{name}` says `required` itself; its name is added to the `required` list of its object."));
    }
    if !named.is_empty() {
        let list = schema
            .entry("required")
            .or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(list) = list {
            for name in named {
                if !list.iter().any(|other| other.as_str() == Some(&name)) {
                    list.push(Value::String(name));
                }
            }
        }
    }
    match schema.get("required") {
        // No object above this one reads the flag.
        Some(Value::Bool(_)) => {
            site.note_at(
                "required",
                "`required` must be a list of property names; this true or false is left out.",
            );
            schema.remove("required");
        }
        Some(Value::String(text)) if text == "true" || text == "false" => {
            site.note_at(
                "required",
                "`required` must be a list of property names; this true or false is left out.",
            );
            schema.remove("required");
        }
        _ => {}
    }
}

/// `required` that names no property of the object: nothing says what it is, and often it never was there. Members of a composition may speak of each other's
/// properties, so they are left alone.
pub(in crate::repair) fn required_unknown(schema: &mut Schema, site: &mut RepairSite<'_, '_>) {
    let composes = COMPOSITIONS.iter().any(|key| schema.contains_key(*key));
    let is_part = site
        .list_key()
        .is_some_and(|key| COMPOSITIONS.contains(&key));
    if composes || is_part || schema.contains_key("additionalProperties") {
        return;
    }
    let Some(Value::Object(properties)) = schema.get("properties") else {
        return;
    };
    let is_unknown = |name: &Value| {
        name.as_str()
            .is_some_and(|name| !properties.contains_key(name))
    };
    let Some(Value::Array(required)) = schema.get("required") else {
        return;
    };
    let unknown: Vec<String> = required
        .iter()
        .filter(|name| is_unknown(name))
        .filter_map(|name| Some(name.as_str()?.to_owned()))
        .collect();
    if unknown.is_empty() {
        return;
    }
    for name in &unknown {
        site.note_at(
            "required",
            format!("The object has no property `{name}`, which `required` names; it is read as an optional one of any value."),
        );
    }
    if let Some(Value::Array(required)) = schema.get_mut("required") {
        site.keep("required", Value::Array(required.clone()));
        required.retain(|name| !unknown.iter().any(|unknown| name.as_str() == Some(unknown)));
    }
}

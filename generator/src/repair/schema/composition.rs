//! Takes a schema with `allOf`, `oneOf` or `anyOf`, gives one whose compositions have members, none of which is null.

use crate::repair::site::RepairSite;
use serde_json::{Map, Value, json};

type Schema = Map<String, Value>;

/// Compositions without members say nothing, and those with null for one would have a member that takes anything.
pub(in crate::repair) fn composition_empty(schema: &mut Schema, site: &mut RepairSite<'_, '_>) {
    for key in ["allOf", "oneOf", "anyOf"] {
        let is_empty = match schema.get_mut(key) {
            Some(Value::Array(members)) => {
                members.retain(|member| !member.is_null());
                members.is_empty()
            }
            Some(Value::Object(members)) => members.is_empty(),
            _ => false,
        };
        if is_empty {
            site.note_at(
                key,
                format!("`{key}` has no members and so no effect; it is left out."),
            );
            schema.remove(key);
        }
    }
}

/// The alternative `type: null`, by which OpenAPI 3.1 makes a schema nullable.
pub(in crate::repair) fn null_alternative(schema: &mut Schema, site: &mut RepairSite<'_, '_>) {
    for key in ["oneOf", "anyOf"] {
        let Some(Value::Array(members)) = schema.get_mut(key) else {
            continue;
        };
        let (nulls, mut rest): (Vec<Value>, Vec<Value>) =
            std::mem::take(members).into_iter().partition(is_null);
        if nulls.is_empty() {
            *members = rest;
            continue;
        }
        site.note_in_30(
            key,
            "`null` as an alternative is from OpenAPI 3.1; the schema is read as nullable.",
        );
        schema.insert("nullable".to_owned(), Value::Bool(true));
        let mut overruled = Schema::new();
        match rest.len() {
            0 => {
                schema.remove(key);
            }
            1 => {
                schema.remove(key);
                let only = rest.swap_remove(0);
                overruled = become_only(schema, only);
            }
            _ => {
                schema.insert(key.to_owned(), Value::Array(rest));
            }
        }
        site.keep(key, json!({ "null": nulls, "overruled": overruled }));
    }
}

/// Lets the schema say what its only alternative says, without a composition where their keywords do not meet. Gives what the
/// alternative said and the schema says itself.
fn become_only(schema: &mut Schema, only: Value) -> Schema {
    let members = match only {
        Value::Object(members) => members,
        other => Map::from_iter([("allOf".to_owned(), json!([other]))]),
    };
    let is_told = |key: &str| {
        matches!(
            key,
            "title" | "description" | "example" | "examples" | "nullable" | "default"
        )
    };
    let meet = members
        .keys()
        .any(|key| !is_told(key) && schema.contains_key(key));
    if meet || members.contains_key("$ref") {
        match schema.get_mut("allOf") {
            Some(Value::Array(parts)) => parts.push(Value::Object(members)),
            _ => {
                schema.insert("allOf".to_owned(), json!([members]));
            }
        }
        return Schema::new();
    }
    let mut overruled = Schema::new();
    for (key, value) in members {
        if schema.contains_key(&key) {
            overruled.insert(key, value);
        } else {
            schema.insert(key, value);
        }
    }
    overruled
}

/// Whether null is the only value of a schema.
fn is_null(schema: &Value) -> bool {
    let Value::Object(schema) = schema else {
        return false;
    };
    let is_null_type = match schema.get("type") {
        Some(Value::String(name)) => name == "null",
        Some(Value::Array(names)) => names.len() == 1 && names.iter().all(|name| name == "null"),
        _ => false,
    };
    let only_null = |values: &Value| {
        values
            .as_array()
            .is_some_and(|values| !values.is_empty() && values.iter().all(Value::is_null))
    };
    is_null_type
        || schema.get("enum").is_some_and(only_null)
        || (schema.get("const").is_some_and(Value::is_null))
}

//! Takes a schema with `allOf`, `oneOf` or `anyOf`, gives one whose compositions have members.

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

/// Lets the schema say what its only alternative says, without a composition where their keywords do not meet. Gives what the
/// alternative said and the schema says itself.
pub(super) fn become_only(schema: &mut Schema, only: Value) -> Schema {
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

//! Takes a schema in which null is a value, in whichever of the ways there are to say so, gives one that says `nullable`, as OpenAPI
//! 3.0 does. Everything that makes a schema nullable is here or calls [`allow_null`], so that one place decides what that means.
//!
//! The ways: `type: null`, null in a list of types, the alternative null, null in an `enum`, `const: null`, an example that is null where
//! nothing else is known, and `x-nullable`.

use super::composition::become_only;
use crate::repair::site::RepairSite;
use serde_json::{Map, Value};

type Schema = Map<String, Value>;

/// Makes null a value of the schema.
pub(super) fn allow_null(schema: &mut Schema) {
    schema.insert("nullable".to_owned(), Value::Bool(true));
}

/// Takes null out of a list of types; whether it was there.
pub(super) fn take_null_type(names: &mut Vec<String>) -> bool {
    let count = names.len();
    names.retain(|name| name != "null");
    names.len() < count
}

/// `type: null`, which OpenAPI 3.1 has: whatever else the schema says, null is its value.
pub(in crate::repair) fn type_null(schema: &mut Schema, site: &mut RepairSite<'_, '_>) {
    let is_null = match schema.get("type") {
        Some(Value::Null) => true,
        Some(Value::String(name)) => name == "null" || name == "nil",
        _ => false,
    };
    if is_null {
        site.note_in_30(
            "type",
            "OpenAPI 3.0 has no type `null`; the schema is read as nullable.",
        );
        schema.remove("type");
        allow_null(schema);
    }
}

/// The alternative `type: null`, by which OpenAPI 3.1 makes a schema nullable.
pub(in crate::repair) fn null_alternative(schema: &mut Schema, site: &mut RepairSite<'_, '_>) {
    for key in ["oneOf", "anyOf"] {
        let Some(Value::Array(members)) = schema.get_mut(key) else {
            continue;
        };
        let count = members.len();
        members.retain(|member| !is_null(member));
        if members.len() == count {
            continue;
        }
        let mut rest = std::mem::take(members);
        site.note_in_30(
            key,
            "The alternative null is OpenAPI 3.1; the schema is read as nullable.",
        );
        allow_null(schema);
        match rest.len() {
            0 => {
                schema.remove(key);
            }
            1 => {
                schema.remove(key);
                let only = rest.swap_remove(0);
                become_only(schema, only);
            }
            _ => {
                schema.insert(key.to_owned(), Value::Array(rest));
            }
        }
    }
}

/// Null among the values, which says that the schema is nullable; an `enum` of nothing else says nothing else.
pub(in crate::repair) fn enum_null(schema: &mut Schema, site: &mut RepairSite<'_, '_>) {
    let Some(Value::Array(values)) = schema.get_mut("enum") else {
        return;
    };
    let count = values.len();
    values.retain(|value| !value.is_null());
    let (has_null, is_empty) = (values.len() < count, values.is_empty());
    if has_null {
        if schema.get("nullable") != Some(&Value::Bool(true)) {
            site.note_in_30(
                "enum",
                "null is one of the values, so the schema is read as nullable.",
            );
        }
        allow_null(schema);
    }
    if is_empty {
        if !has_null {
            site.note_at("enum", "There are no values; it is left out.");
        }
        schema.remove("enum");
    }
}

/// `x-nullable: true`, by which authors of Swagger 2.0 said `nullable`.
pub(in crate::repair) fn nullable_extension(schema: &mut Schema, site: &mut RepairSite<'_, '_>) {
    if schema.get("x-nullable") == Some(&Value::Bool(true)) && !schema.contains_key("nullable") {
        site.note_at(
            "x-nullable",
            "OpenAPI 3.0 has `nullable`; this is read as it.",
        );
        allow_null(schema);
    }
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

//! Takes a schema in which null is a value, in whichever of the ways there are to say so, gives one that says `nullable`, as OpenAPI
//! 3.0 does. Everything that makes a schema nullable is here or calls [`allow_null`], so that one place decides what that means.
//!
//! The ways: `type: null`, null in a list of types, the alternative null, null in an `enum`, `const: null`, an example that is null where
//! nothing else is known, and `x-nullable`.

use super::composition::become_only;
use crate::repair::kept::ENUM_NULL;
use crate::repair::site::RepairSite;
use serde_json::{Map, Value, json};

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
        site.keep("type", Value::from("null"));
        allow_null(schema);
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
        allow_null(schema);
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

/// Null among the values, which says that the schema is nullable; an `enum` of nothing else says nothing else.
pub(in crate::repair) fn enum_null(schema: &mut Schema, site: &mut RepairSite<'_, '_>) {
    let Some(Value::Array(values)) = schema.get_mut("enum") else {
        return;
    };
    let null = values.iter().position(Value::is_null);
    values.retain(|value| !value.is_null());
    let (has_null, is_empty) = (null.is_some(), values.is_empty());
    if let Some(place) = null {
        site.keep(ENUM_NULL, Value::from(place));
    }
    if has_null {
        if schema.get("nullable") != Some(&Value::Bool(true)) {
            site.note_in_30(
                "enum",
                "`null` is one of the values, so the schema is read as nullable.",
            );
        }
        if let Some(flag @ Value::Bool(false)) = schema.get("nullable") {
            site.keep("nullable", flag.clone());
        }
        allow_null(schema);
    }
    if is_empty {
        if !has_null {
            site.note_at("enum", "`enum` has no values; it is left out.");
        }
        schema.remove("enum");
    }
}

/// `x-nullable: true`, by which authors of Swagger 2.0 said `nullable`.
pub(in crate::repair) fn nullable_extension(schema: &mut Schema, site: &mut RepairSite<'_, '_>) {
    if schema.get("x-nullable") == Some(&Value::Bool(true)) && !schema.contains_key("nullable") {
        site.note_at("x-nullable", "`x-nullable` is read as `nullable`.");
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

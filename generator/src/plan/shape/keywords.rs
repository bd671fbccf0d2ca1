//! Takes the facts of a schema, answers what follows from its keywords alone.

use crate::facts::{AdditionalProperties, Schema, SchemaUse};
use serde_json::Value;

/// The members of `oneOf` or `anyOf`.
pub(super) fn members(schema: &Schema) -> &[SchemaUse] {
    if schema.one_of.is_empty() {
        &schema.any_of
    } else {
        &schema.one_of
    }
}

/// Whether no keyword says what the values are, so that the schema at most sets limits for another one beside it.
pub(super) fn is_silent(schema: &Schema) -> bool {
    use crate::facts::SchemaType;
    schema.ty.is_none_or(|ty| ty == SchemaType::Object)
        && schema.properties.is_empty()
        && additional(schema).is_none()
        && schema.items.is_none()
        && !is_composed(schema)
        && conditional(schema).next().is_none()
}

/// What properties beyond the known ones are: `additionalProperties`, or `unevaluatedProperties`, which differ only in what is known.
pub(super) fn additional(schema: &Schema) -> Option<&AdditionalProperties> {
    let unevaluated = || schema.later()?.unevaluated_properties.as_ref();
    schema.additional_properties.as_ref().or_else(unevaluated)
}

/// The schemas whose properties a value may have under some condition.
pub(super) fn conditional(schema: &Schema) -> impl Iterator<Item = &SchemaUse> {
    let later = schema.later().into_iter();
    later.flat_map(|later| {
        let branches = later.then_schema.iter().chain(&later.else_schema);
        branches.chain(later.dependent_schemas.values())
    })
}

fn is_composed(schema: &Schema) -> bool {
    !(schema.all_of.is_empty() && schema.one_of.is_empty() && schema.any_of.is_empty())
}

/// Whether the type alone says what the values are, with no composition beside it.
pub(in crate::plan) fn is_plain(schema: &Schema) -> bool {
    schema.ty.is_some() && !is_composed(schema) && schema.not.is_none()
}

/// Whether the schema allows every value.
pub(in crate::plan) fn allows_everything(schema: &Schema) -> bool {
    schema.ty.is_none() && schema.not.is_none() && sets_no_limit(schema) && is_silent(schema)
}

/// Whether the schema says what its values are not, and nothing else.
pub(super) fn only_excludes(schema: &Schema) -> bool {
    schema.ty.is_none() && schema.not.is_some() && sets_no_limit(schema) && is_silent(schema)
}

fn sets_no_limit(schema: &Schema) -> bool {
    schema.format.is_none()
        && schema.limits.is_none()
        && schema.required_properties().next().is_none()
        && values(schema).next().is_none()
}

/// The values of `enum`, without null.
pub(super) fn values(schema: &Schema) -> impl Iterator<Item = &Value> {
    schema.enum_values.iter().filter(|value| !value.is_null())
}

/// Whether there is a value in `enum` that is not null.
pub(super) fn lists_values(schema: &Schema) -> bool {
    values(schema).next().is_some()
}

/// Whether null is the only value: what a member of a union says to make the others nullable.
pub(super) fn is_null(schema: &Schema) -> bool {
    is_silent(schema)
        && schema.ty.is_none()
        && !lists_values(schema)
        && (schema.nullable || schema.enum_values.contains(&Value::Null))
}

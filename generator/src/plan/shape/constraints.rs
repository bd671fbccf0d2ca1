//! Limits that a schema sets on its values, in words, for the documentation.

use super::keywords;
use crate::facts::{Limits, Number, Schema, SchemaType};

/// The formats that have a type, or a meaning, of their own.
const KNOWN_FORMATS: [&str; 7] = [
    "date",
    "date-time",
    "password",
    "byte",
    "base64",
    "base64url",
    "binary",
];

/// The limits of a schema; empty when it sets none.
pub(in crate::plan) fn of(schema: &Schema) -> Vec<String> {
    if !keywords::is_plain(schema) {
        return Vec::new();
    }
    let limits = schema.limits();
    match schema.ty {
        Some(SchemaType::String) => {
            let mut words = range("characters", limits.min_length, limits.max_length);
            let format = schema.format.iter();
            let unknown = format.filter(|format| !KNOWN_FORMATS.contains(&format.as_str()));
            words.extend(unknown.map(|format| format!("format: {format}")));
            let pattern = limits.pattern.iter();
            words.extend(pattern.map(|pattern| format!("pattern: {pattern}")));
            words
        }
        Some(SchemaType::Integer | SchemaType::Number) => numbers(limits),
        Some(SchemaType::Array) => {
            let mut words = range("items", limits.min_items, limits.max_items);
            if limits.unique_items == Some(true) {
                words.push("no item twice".to_owned());
            }
            words
        }
        _ => Vec::new(),
    }
}

fn range(what: &str, least: Option<usize>, most: Option<usize>) -> Vec<String> {
    match (least, most) {
        (None | Some(0), None) => Vec::new(),
        (None | Some(0), Some(most)) => vec![format!("at most {most} {what}")],
        (Some(least), None) => vec![format!("at least {least} {what}")],
        (Some(least), Some(most)) if least == most => vec![format!("exactly {least} {what}")],
        (Some(least), Some(most)) => vec![format!("{least} to {most} {what}")],
    }
}

fn numbers(limits: &Limits) -> Vec<String> {
    let mut words = Vec::new();
    let mut pair = |exclusive: Option<Number>, beyond, limit: Option<Number>, up_to| {
        if let Some(limit) = exclusive {
            words.push(format!("{beyond} {limit}"));
        } else if let Some(limit) = limit {
            words.push(format!("{up_to} {limit}"));
        }
    };
    pair(
        limits.exclusive_minimum,
        "more than",
        limits.minimum,
        "at least",
    );
    pair(
        limits.exclusive_maximum,
        "less than",
        limits.maximum,
        "at most",
    );
    if let Some(step) = limits.multiple_of {
        words.push(format!("a multiple of {step}"));
    }
    words
}

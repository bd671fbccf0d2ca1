//! Limits that a schema sets on its values, in words, for the documentation.

use openapiv3::{Schema, SchemaKind, Type, VariantOrUnknownOrEmpty};
use std::fmt::Display;

/// The limits of a schema; empty when it sets none.
pub(super) fn of(schema: &Schema) -> Vec<String> {
    match &schema.schema_kind {
        SchemaKind::Type(Type::String(string)) => {
            let mut words = range("characters", string.min_length, string.max_length);
            if let VariantOrUnknownOrEmpty::Unknown(format) = &string.format {
                words.push(format!("format: {format}"));
            }
            words.extend(
                string
                    .pattern
                    .iter()
                    .map(|pattern| format!("pattern: {pattern}")),
            );
            words
        }
        SchemaKind::Type(Type::Integer(integer)) => limits(
            (integer.minimum, integer.exclusive_minimum),
            (integer.maximum, integer.exclusive_maximum),
            integer.multiple_of,
        ),
        SchemaKind::Type(Type::Number(number)) => limits(
            (number.minimum, number.exclusive_minimum),
            (number.maximum, number.exclusive_maximum),
            number.multiple_of,
        ),
        SchemaKind::Type(Type::Array(array)) => {
            let mut words = range("items", array.min_items, array.max_items);
            if array.unique_items {
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

fn limits<N: Display>(
    least: (Option<N>, bool),
    most: (Option<N>, bool),
    step: Option<N>,
) -> Vec<String> {
    let mut words = Vec::new();
    if let (Some(value), exclusive) = least {
        words.push(format!(
            "{} {value}",
            if exclusive { "more than" } else { "at least" }
        ));
    }
    if let (Some(value), exclusive) = most {
        words.push(format!(
            "{} {value}",
            if exclusive { "less than" } else { "at most" }
        ));
    }
    if let Some(step) = step {
        words.push(format!("a multiple of {step}"));
    }
    words
}

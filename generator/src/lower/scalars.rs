//! Reads the keywords of texts and numbers.

use crate::facts::{Limits, Number, Schema, SchemaType};
use openapiv3::{IntegerType, NumberType, StringType, VariantOrUnknownOrEmpty as Format};
use serde_json::{Map, Value};

pub(super) fn fill_string(facts: &mut Schema, string: StringType) {
    facts.ty = Some(SchemaType::String);
    facts.format = format(string.format);
    facts.enum_values = values(string.enumeration);
    set_limits(
        facts,
        Limits {
            min_length: string.min_length,
            max_length: string.max_length,
            pattern: string.pattern,
            ..Limits::default()
        },
    );
}

pub(super) fn fill_number(facts: &mut Schema, number: NumberType, kept: &mut Map<String, Value>) {
    facts.ty = Some(SchemaType::Number);
    facts.format = format(number.format);
    // The parser reads `42` as `42.0`.
    let values = number.enumeration.into_iter();
    facts.enum_values = values
        .map(|value| value.map_or(Value::Null, |value| json(float(value))))
        .collect();
    let numbers = number_limits(
        (
            number.minimum.map(float),
            number.exclusive_minimum.then_some(true),
        ),
        (
            number.maximum.map(float),
            number.exclusive_maximum.then_some(true),
        ),
        kept,
    );
    set_limits(
        facts,
        Limits {
            multiple_of: number.multiple_of.map(float),
            ..numbers
        },
    );
}

pub(super) fn fill_integer(
    facts: &mut Schema,
    integer: IntegerType,
    kept: &mut Map<String, Value>,
) {
    facts.ty = Some(SchemaType::Integer);
    facts.format = format(integer.format);
    facts.enum_values = values(integer.enumeration);
    let numbers = number_limits(
        (
            integer.minimum.map(Number::Integer),
            integer.exclusive_minimum.then_some(true),
        ),
        (
            integer.maximum.map(Number::Integer),
            integer.exclusive_maximum.then_some(true),
        ),
        kept,
    );
    set_limits(
        facts,
        Limits {
            multiple_of: integer.multiple_of.map(Number::Integer),
            ..numbers
        },
    );
}

/// The limits of numbers. An exclusive one takes the place of the limit that it is about; a limit beside it was kept.
pub(super) fn number_limits(
    least: (Option<Number>, Option<bool>),
    most: (Option<Number>, Option<bool>),
    kept: &mut Map<String, Value>,
) -> Limits {
    let mut pair = |(limit, exclusive): (Option<Number>, Option<bool>), keyword, flag: &str| {
        match (limit, exclusive) {
            (Some(limit), Some(true)) => {
                let beside = kept.get(keyword).and_then(number);
                if beside.is_some() {
                    kept.shift_remove(keyword);
                }
                (beside, Some(limit))
            }
            (None, Some(true)) => {
                // It is exclusive of nothing, and told as it is written.
                kept.entry(flag).or_insert(Value::Bool(true));
                (None, None)
            }
            (limit, _) => (limit, None),
        }
    };
    let (minimum, exclusive_minimum) = pair(least, "minimum", "exclusiveMinimum");
    let (maximum, exclusive_maximum) = pair(most, "maximum", "exclusiveMaximum");
    Limits {
        minimum,
        maximum,
        exclusive_minimum,
        exclusive_maximum,
        ..Limits::default()
    }
}

/// A number as a value.
fn json(number: Number) -> Value {
    match number {
        Number::Integer(whole) => Value::from(whole),
        Number::Float(float) => Value::from(float),
    }
}

fn number(value: &Value) -> Option<Number> {
    match value.as_i64() {
        Some(whole) => Some(Number::Integer(whole)),
        None => value.as_f64().map(float),
    }
}

/// A number as a whole one, where it is one that a float holds exactly.
pub(super) fn float(number: f64) -> Number {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if number.fract() == 0.0
        && number.abs() <= EXACT
        && !(number == 0.0 && number.is_sign_negative())
    {
        // `as` is exact within these bounds.
        Number::Integer(number as i64)
    } else {
        Number::Float(number)
    }
}

pub(super) fn set_limits(facts: &mut Schema, limits: Limits) {
    facts.limits = (limits != Limits::default()).then(|| Box::new(limits));
}

/// The values of an `enum`; the parser has `None` for null.
pub(super) fn values<T: Into<Value>>(enumeration: Vec<Option<T>>) -> Vec<Value> {
    let values = enumeration.into_iter();
    values
        .map(|value| value.map_or(Value::Null, Into::into))
        .collect()
}

/// A format as it is written.
fn format<T: serde::Serialize>(format: Format<T>) -> Option<String> {
    match format {
        Format::Item(known) => match serde_json::to_value(known) {
            Ok(Value::String(name)) => Some(name),
            _ => None,
        },
        Format::Unknown(name) => Some(name),
        Format::Empty => None,
    }
}

//! Examples of schemas: takes a schema, gives the document's own example where that keeps the schema's limits, else a value made of the
//! limits.
//!
//! What is made up from a type alone knows no limits, and a service that holds requests to its document refuses `text` where the
//! document says `minLength: 36`. The document's own example is not shown either where its own limits refuse it.

use super::pattern::texts_of;
use crate::facts::{Limits, Number, Schema, SchemaType, SchemaUse, Schemas, SharedValue};
use serde_json::{Value, json};
use std::sync::Arc;

/// How deep lists of lists and unions of unions are looked into.
const MAX_DEPTH: usize = 4;
/// The longest text and list that is made; a schema that wants more gets none.
const MAX_LENGTH: usize = 400;

/// The example of a schema; `None` where any value of its type does.
pub(in crate::plan) fn of(schemas: &Schemas, schema: &Schema) -> Option<SharedValue> {
    let own = schema.example.as_ref();
    own.map(|own| corrected(schemas, schema, own))
        .or_else(|| made(schemas, schema, 0).map(Arc::new))
        .or_else(|| instead_of_default(schemas, schema).map(Arc::new))
}

/// A value of the schema's type where its default, which would be shown, does not keep its limits.
fn instead_of_default(schemas: &Schemas, schema: &Schema) -> Option<Value> {
    let default = schema.default.as_deref()?;
    match keeps_limits(schemas, schema, default, 0) {
        true => None,
        false => plain(schema),
    }
}

/// An example in which values made of the limits take the place of those that do not keep them.
pub(in crate::plan) fn corrected(
    schemas: &Schemas,
    schema: &Schema,
    example: &SharedValue,
) -> SharedValue {
    match keeps_limits(schemas, schema, example, 0) {
        true => Arc::clone(example),
        false => Arc::new(with_limits(schemas, schema, example, 0)),
    }
}

fn with_limits(schemas: &Schemas, schema: &Schema, value: &Value, depth: usize) -> Value {
    if keeps_limits(schemas, schema, value, depth) {
        return value.clone();
    }
    let part = |used: Option<&SchemaUse>, value: &Value| {
        let schema = used.and_then(|used| schemas.of(used));
        schema.map_or_else(
            || value.clone(),
            |schema| with_limits(schemas, schema, value, depth + 1),
        )
    };
    match value {
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| (name.clone(), part(schema.properties.get(name), value)))
            .collect(),
        Value::Array(items) if has_count(schema.limits(), items) => {
            let items = items.iter();
            items
                .map(|item| part(schema.items.as_ref(), item))
                .collect()
        }
        _ => made(schemas, schema, depth).unwrap_or_else(|| value.clone()),
    }
}

/// Whether a value and its parts keep the limits of a schema and of its parts. Patterns are taken to be kept, and what is composed of
/// other schemas is not looked into.
fn keeps_limits(schemas: &Schemas, schema: &Schema, value: &Value, depth: usize) -> bool {
    if depth > MAX_DEPTH {
        return true;
    }
    let limits = schema.limits();
    let keeps = |used: &SchemaUse, part: &Value| {
        let schema = schemas.of(used);
        schema.is_none_or(|schema| keeps_limits(schemas, schema, part, depth + 1))
    };
    match value {
        Value::String(text) => {
            let format = schema.format.as_deref().unwrap_or_default();
            has_length(limits, text) && has_format(format, text)
        }
        Value::Number(number) => number
            .as_f64()
            .is_none_or(|number| in_range(limits, number)),
        Value::Array(values) => {
            let keep = |items| values.iter().all(|value| keeps(items, value));
            has_count(limits, values) && schema.items.as_ref().is_none_or(keep)
        }
        Value::Object(members) => members.iter().all(|(name, value)| {
            let property = schema.properties.get(name);
            property.is_none_or(|property| keeps(property, value))
        }),
        Value::Null | Value::Bool(_) => true,
    }
}

fn is_within(count: usize, least: Option<usize>, most: Option<usize>) -> bool {
    least.is_none_or(|least| count >= least) && most.is_none_or(|most| count <= most)
}

fn has_count(limits: &Limits, items: &[Value]) -> bool {
    is_within(items.len(), limits.min_items, limits.max_items)
}

fn has_length(limits: &Limits, text: &str) -> bool {
    is_within(text.chars().count(), limits.min_length, limits.max_length)
}

/// Whether a text has one of the formats that every service reads alike; any text has any other.
pub(in crate::plan) fn has_format(format: &str, text: &str) -> bool {
    let shape = match format {
        "date" => "0000-00-00",
        "uuid" => "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx",
        "date-time" => return text.get(..10).is_some_and(|date| has_format("date", date)),
        _ => return true,
    };
    let fits = |(form, letter): (char, char)| match form {
        '0' => letter.is_ascii_digit(),
        'x' => letter.is_ascii_hexdigit(),
        form => letter == form,
    };
    text.len() == shape.len() && shape.chars().zip(text.chars()).all(fits)
}

/// A value that is made of the limits.
fn made(schemas: &Schemas, schema: &Schema, depth: usize) -> Option<Value> {
    if depth > MAX_DEPTH || !schema.enum_values.is_empty() || !schema.all_of.is_empty() {
        return None;
    }
    let first = schema.one_of.first().or(schema.any_of.first());
    if let Some(first) = first {
        return made(schemas, schemas.of(first)?, depth + 1);
    }
    match schema.ty? {
        SchemaType::String => text(schema).map(Value::from),
        SchemaType::Integer => whole(schema.limits()).map(Value::from),
        SchemaType::Number => fraction(schema.limits()).map(Value::from),
        SchemaType::Array => list(schemas, schema, depth),
        SchemaType::Boolean | SchemaType::Object => None,
    }
}

/// What a text of a format looks like; `None` for any other text, and where the type makes one up that has the format.
fn of_format(format: &str) -> Option<&'static str> {
    Some(match format {
        "date-time" => "2024-01-31T12:00:00Z",
        "date" => "2024-01-31",
        "time" => "12:00:00Z",
        "uuid" => "2c918083-5d19-4a86-815d-28455b4a2329",
        "email" => "someone@example.com",
        "uri" | "url" | "iri" | "uri-reference" => "https://example.com",
        "hostname" => "example.com",
        "ipv4" => "192.0.2.1",
        "ipv6" => "2001:db8::1",
        "duration" => "P1D",
        _ => return None,
    })
}

fn text(schema: &Schema) -> Option<String> {
    let limits = schema.limits();
    let format = schema.format.as_deref().unwrap_or_default();
    // Their texts are the encoding of something else.
    if matches!(format, "byte" | "base64" | "base64url" | "binary") {
        return None;
    }
    let of_format = of_format(format);
    if let Some(pattern) = &limits.pattern {
        let longer = |text: String| longer(text, limits);
        let mut texts = texts_of(pattern).map(|found| match found.is_whole {
            true => found.text,
            false => longer(found.text),
        });
        return texts.find(|text| has_length(limits, text) && has_format(format, text));
    }
    let plain = of_format.unwrap_or("text");
    if has_length(limits, plain) {
        return of_format.map(str::to_owned);
    }
    let long = longer(plain.to_owned(), limits);
    let most = limits.max_length.unwrap_or(usize::MAX);
    let text: String = long.chars().take(most).collect();
    has_length(limits, &text).then_some(text)
}

/// A text with letters behind it, up to the least length.
fn longer(mut text: String, limits: &Limits) -> String {
    let least = limits.min_length.unwrap_or_default().min(MAX_LENGTH);
    let missing = least.saturating_sub(text.chars().count());
    text.extend("text".chars().cycle().take(missing));
    text
}

fn float(number: Number) -> f64 {
    match number {
        #[allow(
            clippy::cast_precision_loss,
            reason = "an example near a limit beyond 2^53 is held against the type later"
        )]
        Number::Integer(number) => number as f64,
        Number::Float(number) => number,
    }
}

fn in_range(limits: &Limits, number: f64) -> bool {
    let holds = |limit: Option<Number>, holds: fn(f64, f64) -> bool| {
        limit.is_none_or(|limit| holds(number, float(limit)))
    };
    let is_step = |step: Number| {
        let steps = number / float(step);
        (steps - steps.round()).abs() < 1e-9
    };
    holds(limits.minimum, |number, least| number >= least)
        && holds(limits.maximum, |number, most| number <= most)
        && holds(limits.exclusive_minimum, |number, above| number > above)
        && holds(limits.exclusive_maximum, |number, below| number < below)
        && limits.multiple_of.is_none_or(is_step)
}

/// The numbers that limits suggest, before those that nobody would think of.
fn suggested(limits: &Limits) -> impl Iterator<Item = f64> + Clone + use<> {
    let step = limits.multiple_of.map_or(1.0, float);
    let least = limits.minimum.or(limits.exclusive_minimum).map(float);
    let most = limits.maximum.or(limits.exclusive_maximum).map(float);
    let middle = least.zip(most).map(|(least, most)| (least + most) / 2.0);
    let above = least.map(|least| ((least / step).floor() + 1.0) * step);
    let below = most.map(|most| ((most / step).ceil() - 1.0) * step);
    [least, above, below, most, middle, Some(step)]
        .into_iter()
        .flatten()
}

/// A whole number, where 1 is none of those allowed.
fn whole(limits: &Limits) -> Option<i64> {
    let wanted =
        suggested(limits).find(|number| number.fract() == 0.0 && in_range(limits, *number));
    #[allow(
        clippy::cast_possible_truncation,
        reason = "a number beyond 64 bits is held against the type later"
    )]
    wanted
        .filter(|_| !in_range(limits, 1.0))
        .map(|number| number as i64)
}

/// A number, where 1.5 is none of those allowed: one with a fraction where there is one, since a whole one looks like an integer.
fn fraction(limits: &Limits) -> Option<f64> {
    if in_range(limits, 1.5) {
        return None;
    }
    let near = |number: f64| [number + 0.5, number - 0.5, number];
    let numbers = [0.5].into_iter().chain(suggested(limits).flat_map(near));
    let mut numbers = numbers.filter(|number| in_range(limits, *number));
    let first = numbers.clone().find(|number| number.fract() != 0.0);
    first.or_else(|| numbers.next())
}

/// A list with as many items as it must have, each of which keeps its own limits.
fn list(schemas: &Schemas, schema: &Schema, depth: usize) -> Option<Value> {
    let limits = schema.limits();
    let least = limits.min_items.unwrap_or_default();
    if limits.max_items == Some(0) {
        return Some(json!([]));
    }
    let items = schemas.of(schema.items.as_ref()?)?;
    let limited = made(schemas, items, depth + 1);
    let own = items.example.as_deref();
    let own = own.filter(|own| keeps_limits(schemas, items, own, depth));
    let is_any = limited.is_none() && (own.is_none() || items.limits.is_none());
    if is_any && least < 2 {
        return None;
    }
    let item = own.cloned().or(limited).or_else(|| plain(items))?;
    let is_set = limits.unique_items == Some(true);
    let differing = |place: usize| match &item {
        Value::String(text) if is_set && place > 0 => json!(format!("{text}{place}")),
        Value::Number(number) if is_set => match number.as_i64() {
            Some(number) => json!(number.saturating_add_unsigned(place as u64)),
            None => item.clone(),
        },
        _ => item.clone(),
    };
    (least <= MAX_LENGTH).then(|| (0..least.max(1)).map(differing).collect())
}

/// What is made up from the type of a scalar.
fn plain(schema: &Schema) -> Option<Value> {
    if !schema.enum_values.is_empty() {
        return None;
    }
    match schema.ty? {
        SchemaType::String => Some(json!("text")),
        SchemaType::Integer => Some(json!(1)),
        SchemaType::Number => Some(json!(1.5)),
        SchemaType::Boolean => Some(json!(true)),
        SchemaType::Array | SchemaType::Object => None,
    }
}

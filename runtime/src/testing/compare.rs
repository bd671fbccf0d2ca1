//! Whether two JSON values say the same thing, and where they do not.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

/// What a null member of an object means.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Null {
    /// The same as no member: so it is to whoever reads an answer.
    Absent,
    /// Something else than no member: so it is to a server that takes merge patches (RFC 7396).
    Itself,
}

/// The first place at which two values differ, with both sides; `None` when they say the same
/// thing. `1` and `1.0` do.
pub(crate) fn difference(expected: &Value, got: &Value, null: Null) -> Option<String> {
    differ(Some(expected), Some(got), null, "$")
}

fn differ(
    expected: Option<&Value>,
    got: Option<&Value>,
    null: Null,
    place: &str,
) -> Option<String> {
    match (expected, got) {
        (Some(Value::Object(wanted)), Some(Value::Object(found))) => {
            let names: BTreeSet<&String> = wanted.keys().chain(found.keys()).collect();
            names.into_iter().find_map(|name| {
                differ(
                    member(wanted, name, null),
                    member(found, name, null),
                    null,
                    &format!("{place}.{name}"),
                )
            })
        }
        (Some(Value::Array(wanted)), Some(Value::Array(found))) if wanted.len() == found.len() => {
            let mut items = wanted.iter().zip(found).enumerate();
            items.find_map(|(index, (wanted, found))| {
                differ(
                    Some(wanted),
                    Some(found),
                    null,
                    &format!("{place}[{index}]"),
                )
            })
        }
        (Some(Value::Number(wanted)), Some(Value::Number(found)))
            if wanted == found
                || (wanted.is_f64() != found.is_f64() && wanted.as_f64() == found.as_f64()) =>
        {
            None
        }
        (wanted, found) if wanted == found => None,
        (wanted, found) => Some(format!(
            "at {place}: expected {}, got {}",
            shown(wanted),
            shown(found)
        )),
    }
}

fn member<'v>(members: &'v Map<String, Value>, name: &str, null: Null) -> Option<&'v Value> {
    members
        .get(name)
        .filter(|value| null == Null::Itself || !value.is_null())
}

fn shown(value: Option<&Value>) -> String {
    value.map_or_else(|| "nothing".to_owned(), Value::to_string)
}

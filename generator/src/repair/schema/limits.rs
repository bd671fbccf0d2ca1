//! Takes a schema of an integer, gives one whose limits are integers, as the parser wants them.

use super::enums::whole;
use crate::repair::fit::parse_number;
use crate::repair::site::RepairSite;
use serde_json::{Map, Value};

/// Limits of an integer that are broken numbers, are written as floats, or lie beyond 64 bits, where they limit nothing.
pub(in crate::repair) fn limit_not_whole(
    schema: &mut Map<String, Value>,
    site: &mut RepairSite<'_, '_>,
) {
    if schema.get("type").and_then(Value::as_str) != Some("integer") {
        return;
    }
    for key in ["minimum", "maximum", "multipleOf"] {
        let number = match schema.get(key) {
            Some(Value::Number(number)) if !number.is_i64() => number.as_f64(),
            Some(Value::String(text)) => parse_number(text).and_then(|number| number.as_f64()),
            _ => continue,
        };
        let rounded = number.map(|number| match key {
            "minimum" => number.ceil(),
            "maximum" => number.floor(),
            _ => number,
        });
        match rounded.and_then(whole) {
            Some(limit) => {
                site.note_at(
                    key,
                    format!("The limit of an integer must be an integer; this is read as {limit}."),
                );
                site.replace(schema, key, limit);
            }
            None => {
                site.note_at(
                    key,
                    "The limit is not an integer of 64 bits; it is left out.",
                );
                site.take_out(schema, key);
            }
        }
    }
}

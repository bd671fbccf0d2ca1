//! Takes a value where a text, a flag or a number belongs, gives the one that it can only mean.

use super::{COUNT, FLAG, Member, NUMBER, TEXT, parse_number};
use serde_json::Value;

impl Member<'_, '_, '_, '_> {
    pub(super) fn text(&mut self, value: Value) -> Option<Value> {
        let text = match value {
            Value::Number(number) => number.to_string(),
            Value::Bool(flag) => flag.to_string(),
            Value::Array(lines) if lines.iter().all(Value::is_string) => {
                let lines: Vec<&str> = lines.iter().filter_map(Value::as_str).collect();
                lines.join(if self.key == "contentType" {
                    ", "
                } else {
                    "\n"
                })
            }
            _ => return self.drop(&format!("`{}`", self.key), "a string"),
        };
        self.note(
            TEXT,
            format!("`{}` must be a string; this is read as one.", self.key),
        );
        Some(Value::String(text))
    }

    pub(super) fn flag(&mut self, value: Value) -> Option<Value> {
        let flag = match &value {
            Value::String(text) => match text.trim().to_ascii_lowercase().as_str() {
                "true" | "yes" | "1" => Some(true),
                "false" | "no" | "0" => Some(false),
                _ => None,
            },
            Value::Number(number) => match number.as_u64() {
                Some(0) => Some(false),
                Some(1) => Some(true),
                _ => None,
            },
            _ => None,
        };
        let Some(flag) = flag else {
            return self.drop(&format!("`{}`", self.key), "true or false");
        };
        self.note(
            FLAG,
            format!(
                "`{}` must be true or false; this is read as {flag}.",
                self.key
            ),
        );
        Some(Value::Bool(flag))
    }

    pub(super) fn number(&mut self, value: Value) -> Option<Value> {
        let Some(number) = value.as_str().and_then(parse_number) else {
            return self.drop(&format!("`{}`", self.key), "a number");
        };
        self.note(
            NUMBER,
            format!(
                "`{}` must be a number; this string is read as {number}.",
                self.key
            ),
        );
        Some(Value::Number(number))
    }

    pub(super) fn count(&mut self, value: Value) -> Option<Value> {
        let number = match &value {
            Value::Number(number) => Some(number.clone()),
            Value::String(text) => parse_number(text),
            _ => None,
        };
        // `as` saturates, and a limit beyond 2^53 limits nothing.
        let count = number
            .and_then(|number| number.as_f64())
            .filter(|count| *count >= 0.0 && *count <= 9_007_199_254_740_992.0)
            .map(|count| count.floor() as u64);
        let Some(count) = count else {
            self.warn(
                COUNT,
                format!(
                    "`{}` is left out: it must be a whole number, 0 or more.",
                    self.key
                ),
            );
            return None;
        };
        self.note(
            COUNT,
            format!(
                "`{}` must be a whole number, 0 or more; this is read as {count}.",
                self.key
            ),
        );
        Some(Value::from(count))
    }
}

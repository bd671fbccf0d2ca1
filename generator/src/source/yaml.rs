//! Takes YAML text and gives its tree. Nothing else knows the YAML library.

use super::SyntaxError;
use super::deep::deep_line;
use super::reading::{Reading, Stop};
use super::tree::root;
use serde::de::{Deserialize, DeserializeSeed, IgnoredAny};
use serde_json::Value;

/// Reads one YAML document.
pub(super) fn parse(text: &str, reading: &Reading) -> Result<Value, SyntaxError> {
    if let Some(offset) = deep_line(text) {
        return Err(SyntaxError {
            message: "nested too deeply".to_owned(),
            offset: Some(offset),
            stop: Some(Stop::TooDeep),
        });
    }
    let mut documents = serde_yaml::Deserializer::from_str(text);
    let Some(first) = documents.next() else {
        return Ok(Value::Null);
    };
    reading.begin(text);
    let tree = root(reading)
        .deserialize(first)
        .map_err(|error| syntax_error(&error))?;
    // After a `---` at the end of a file there is often nothing at all.
    let is_more = documents
        .next()
        .is_some_and(|next| !matches!(Option::<IgnoredAny>::deserialize(next), Ok(None)));
    if is_more {
        reading.more_documents();
    }
    Ok(tree)
}

/// Prints a tree.
///
/// # Errors
///
/// Never for a tree that was read: the library fails on keys that are no text, which JSON does not have.
pub(super) fn print(tree: &Value) -> Result<String, String> {
    serde_yaml::to_string(tree).map_err(|error| error.to_string())
}

fn syntax_error(error: &serde_yaml::Error) -> SyntaxError {
    let mut message = error.to_string();
    // The library has these two limits of its own, and reports them by the text of its message alone.
    let stop = if message.contains("recursion limit exceeded") {
        Some(Stop::TooDeep)
    } else if message.contains("repetition limit exceeded") {
        Some(Stop::TooLarge)
    } else {
        None
    };
    if let Some(location) = error.location() {
        // The place is reported beside the message, so its text within the message is taken out.
        let place = format!(" at line {} column {}", location.line(), location.column());
        message = message.replacen(&place, "", 1);
    }
    SyntaxError {
        message,
        offset: error.location().map(|location| location.index()),
        stop,
    }
}

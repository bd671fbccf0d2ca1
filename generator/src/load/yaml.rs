//! Takes YAML text and gives its tree, or the places of its nodes. Nothing else knows the YAML library.

use super::SyntaxError;
use super::places::{Place, PlaceSeed};
use super::tree::{Reading, Stop};
use serde::de::DeserializeSeed;
use serde_json::Value;

/// Reads one YAML document.
pub(super) fn parse(text: &str, reading: &Reading) -> Result<Value, SyntaxError> {
    reading
        .root()
        .deserialize(serde_yaml::Deserializer::from_str(text))
        .map_err(|error| syntax_error(&error))
}

/// Finds where the nodes stand; `None` when the text cannot be read.
pub(super) fn places(text: &str) -> Option<Place> {
    PlaceSeed::new(text, true)
        .deserialize(serde_yaml::Deserializer::from_str(text))
        .ok()
}

fn syntax_error(error: &serde_yaml::Error) -> SyntaxError {
    let mut message = error.to_string();
    // The library has these two limits of its own, and tells of them by text alone.
    let stop = if message.contains("recursion limit exceeded") {
        Some(Stop::TooDeep)
    } else if message.contains("repetition limit exceeded") {
        Some(Stop::TooLarge)
    } else {
        None
    };
    if let Some(location) = error.location() {
        // The place is told apart from the message, so its text within the message is taken out.
        let place = format!(" at line {} column {}", location.line(), location.column());
        message = message.replacen(&place, "", 1);
    }
    SyntaxError {
        message,
        offset: error.location().map(|location| location.index()),
        stop,
    }
}

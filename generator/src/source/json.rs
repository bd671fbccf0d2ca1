//! Takes JSON text and gives its tree.

use super::SyntaxError;
use super::mend::mend;
use super::reading::{Reading, Stop};
use super::tree::root;
use serde::de::DeserializeSeed;
use serde_json::Value;

/// Reads one JSON document.
pub(super) fn parse(text: &str, reading: &Reading) -> Result<Value, SyntaxError> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    reading.begin(text);
    let tree = root(reading)
        .deserialize(&mut deserializer)
        .map_err(|error| syntax_error(text, &error))?;
    deserializer
        .end()
        .map_err(|error| syntax_error(text, &error))?;
    Ok(tree)
}

/// Reads one JSON document that [`parse`] refused and that can be mended; `None` where it cannot.
pub(super) fn parse_mended(text: &str, reading: &Reading) -> Option<Value> {
    let mended = mend(text)?;
    let tree = parse(&mended.text, reading).ok()?;
    reading.add_faults(mended.faults);
    Some(tree)
}

fn syntax_error(text: &str, error: &serde_json::Error) -> SyntaxError {
    let place = format!(" at line {} column {}", error.line(), error.column());
    let message = error.to_string().replacen(&place, "", 1);
    let stop = message
        .contains("recursion limit exceeded")
        .then_some(Stop::TooDeep);
    // The library counts a column in bytes from 1, and has column 0 for the
    // line break before the line.
    let before = error.line().saturating_sub(1);
    let line_start: usize = text.split_inclusive('\n').take(before).map(str::len).sum();
    let offset = line_start.saturating_add(error.column()).saturating_sub(1);
    SyntaxError {
        message,
        offset: Some(offset),
        stop,
    }
}

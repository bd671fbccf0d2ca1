//! What a server says about a failure, found in its body and made fit to print. A server's text is
//! not to be trusted: it is cut to a length and its control characters are escaped, so that it can
//! neither flood a log nor forge a line in it.

use reqwest::header::{CONTENT_TYPE, HeaderMap};
use serde_json::Value;

use crate::ErrorShape;
use crate::decode::scalar_text;

/// Longest text of a server that goes into one of our own, in characters.
const CAP: usize = 300;

/// Cuts a text to [`CAP`] characters and escapes what would move a terminal's cursor or start a new
/// line.
pub(crate) fn printable(text: &str) -> String {
    let mut printable = String::new();
    let mut characters = text.trim().chars();
    for character in characters.by_ref().take(CAP) {
        if character.is_control() || is_bidi_or_separator(character) {
            printable.extend(character.escape_default());
        } else {
            printable.push(character);
        }
    }
    if characters.next().is_some() {
        printable.push('…');
    }
    printable
}

/// Line separators that are no control characters, and the marks that make text run backwards.
fn is_bidi_or_separator(character: char) -> bool {
    let marks = ['\u{200E}', '\u{200F}', '\u{2028}', '\u{2029}'];
    marks.contains(&character)
        || ('\u{202A}'..='\u{202E}').contains(&character)
        || ('\u{2066}'..='\u{2069}').contains(&character)
}

/// The message in an error body: the first of the shape's pointers that holds text; a plain text
/// body is its own message.
pub(crate) fn find_message(shape: &ErrorShape, headers: &HeaderMap, body: &[u8]) -> Option<String> {
    if let Ok(json) = serde_json::from_slice::<Value>(body) {
        return find_text(&json, shape.message);
    }
    let content_type = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    let text = std::str::from_utf8(body).ok()?.trim();
    (content_type.starts_with("text/plain") && !text.is_empty()).then(|| text.to_owned())
}

/// The id under which the server logged a failure: from the body, else from a header.
pub(crate) fn find_tracking_id(
    shape: &ErrorShape,
    headers: &HeaderMap,
    body: &[u8],
) -> Option<String> {
    let in_body = serde_json::from_slice::<Value>(body)
        .ok()
        .and_then(|json| find_text(&json, shape.tracking_id));
    in_body.or_else(|| {
        let mut values = shape
            .tracking_headers
            .iter()
            .filter_map(|name| headers.get(*name)?.to_str().ok());
        values.find(|value| !value.is_empty()).map(str::to_owned)
    })
}

fn find_text(json: &Value, pointers: &[&str]) -> Option<String> {
    pointers.iter().find_map(|pointer| {
        scalar_text(json.pointer(pointer)?).filter(|text| !text.trim().is_empty())
    })
}

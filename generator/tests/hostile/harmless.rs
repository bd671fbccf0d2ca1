//! Takes a place and a hostile text, gives the harmless word that it is compared with, and the text as it stands in the document.

use crate::places::Place;
use serde_json::Value;

/// What the harmless word is that a payload is compared with: this letter again and again. In path templates braces and slashes keep their meaning, and where
/// OpenAPI has a word of its own an empty text is one that is missing, which any other word is not.
pub(crate) fn harmless(document: &Value, place: &Place, payload: &str, letter: char) -> String {
    if payload.trim().is_empty() && place.is_a_type() {
        return payload.to_owned();
    }
    if place.is_answer_header() && !is_token(payload) {
        // No answer can have such a header, which is told; so the output is as without it.
        return "no name".to_owned();
    }
    if place.is_filter_field() && !is_field(payload) {
        // No filter can name such a field, which is told; so the parameter takes any text.
        return "no name".to_owned();
    }
    // A word of the same length, since long texts are laid out in other ways than short ones.
    let kept = match place.is_path_template() {
        true => &['{', '}', '/'][..],
        false => delimiters(document, place),
    };
    payload
        .chars()
        .map(|c| if kept.contains(&c) { c } else { letter })
        .collect()
}

/// What separates the items of a list in the example of a parameter: an item that holds it cannot be sent.
fn delimiters(document: &Value, place: &Place) -> &'static [char] {
    let Place::Value(path) = place else {
        return &[];
    };
    let parameter = path.iter().rposition(|part| part == "example");
    let pointer = parameter.and_then(|end| path.get(..end)).unwrap_or(&[]);
    let parameter = pointer.iter().try_fold(document, |node, part| match node {
        Value::Array(items) => items.get(part.parse::<usize>().ok()?),
        node => node.get(part),
    });
    match parameter.and_then(|parameter| parameter.get("style")?.as_str()) {
        Some("spaceDelimited") => &[' '],
        Some("pipeDelimited") => &['|'],
        _ => &[],
    }
}

/// Whether a field may have this name in a filter and a sorter.
fn is_field(text: &str) -> bool {
    let allowed = |c: char| c.is_alphanumeric() || "_-.:$@/".contains(c);
    !text.is_empty() && !text.starts_with('-') && text.chars().all(allowed)
}

/// Whether a header may have this name (RFC 9110, 5.6.2).
fn is_token(text: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    !text.is_empty() && text.chars().all(allowed)
}

/// The text as it stands in the document: paths begin with a slash, or they are none.
pub(crate) fn fitting(place: &Place, payload: &str) -> String {
    if place.is_path_template() && !payload.starts_with('/') {
        format!("/{payload}")
    } else {
        payload.to_owned()
    }
}

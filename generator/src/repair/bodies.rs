//! Takes responses and contents, gives ones whose keys are statuses and media types.

use super::site::RepairSite;
use crate::closeness::is_close;
use serde_json::{Map, Value};

type Object = Map<String, Value>;

/// Keys of responses that are statuses in an unusual notation; what is no status is left out.
pub(super) fn response_key(responses: &mut Object, site: &mut RepairSite<'_, '_>) {
    let is_right = |key: &String| key.starts_with("x-") || key == "default" || is_status(key);
    if responses.keys().all(is_right) {
        return;
    }
    let mut fixed = Map::with_capacity(responses.len());
    for (key, response) in std::mem::take(responses) {
        if is_right(&key) {
            fixed.insert(key, response);
            continue;
        }
        match status_meant(&key) {
            Some(status) => {
                site.note_at(
                    &key,
                    format!("`{key}` is not a status code; it is read as `{status}`."),
                );
                fixed.entry(status).or_insert(response);
            }
            None => site.warn_at(
                &key,
                format!("`{key}` is not a status code; the response is left out."),
            ),
        }
    }
    *responses = fixed;
}

/// Three digits, or one and `XX` (OpenAPI 3.0.3, 4.7.16.2). The parser takes what lies between 100 and 999.
fn is_status(key: &str) -> bool {
    matches!(
        key.as_bytes(),
        [b'1'..=b'9', b'0'..=b'9', b'0'..=b'9'] | [b'1'..=b'9', b'X' | b'x', b'X' | b'x']
    )
}

fn status_meant(key: &str) -> Option<String> {
    let word = key.trim();
    if word.eq_ignore_ascii_case("default") {
        return Some("default".to_owned());
    }
    // `200.0`, `200 OK`, `200-299`, `"200"`: the first three letters or digits say which.
    let start: String = word
        .trim_start_matches(['"', '\'', '`'])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || *c == '*')
        .collect();
    let start = start.replace('*', "X");
    if is_status(&start) {
        return Some(start);
    }
    // `2X` and `5`: a whole hundred.
    match start.as_bytes() {
        [digit @ b'1'..=b'5'] | [digit @ b'1'..=b'5', b'X' | b'x'] => {
            Some(format!("{}XX", char::from(*digit)))
        }
        _ => None,
    }
}

/// Responses without a `description`, which OpenAPI requires and authors forget: they get an empty one.
pub(super) fn response_without_description(response: &mut Object, site: &mut RepairSite<'_, '_>) {
    if response.contains_key("$ref") {
        return;
    }
    let is_told = match response.get("description") {
        None | Some(Value::Null | Value::Object(_)) => false,
        Some(Value::Array(lines)) => lines.iter().all(Value::is_string),
        Some(_) => true,
    };
    if !is_told {
        site.note("The response has no description.");
        response.insert("description".to_owned(), Value::String(String::new()));
    }
}

/// The media types that documents use most. A name that is close to one of them, and is none itself, is a misspelling.
const WELL_KNOWN: [&str; 24] = [
    "application/json",
    "application/xml",
    "application/pdf",
    "application/zip",
    "application/x-www-form-urlencoded",
    "application/octet-stream",
    "application/problem+json",
    "application/json-patch+json",
    "application/merge-patch+json",
    "application/hal+json",
    "application/vnd.api+json",
    "application/ld+json",
    "application/javascript",
    "application/x-ndjson",
    "multipart/form-data",
    "multipart/mixed",
    "text/plain",
    "text/html",
    "text/csv",
    "text/xml",
    "text/event-stream",
    "image/jpeg",
    "image/png",
    "image/svg+xml",
];

/// The well-known media types whose subtypes are so long that nothing else is close to them.
const LONG: [&str; 6] = [
    "application/x-www-form-urlencoded",
    "application/octet-stream",
    "application/json-patch+json",
    "application/merge-patch+json",
    "multipart/form-data",
    "text/event-stream",
];

/// The top-level types that IANA has registered.
const TOP_LEVEL: [&str; 10] = [
    "application",
    "audio",
    "font",
    "haptics",
    "image",
    "message",
    "model",
    "multipart",
    "text",
    "video",
];

/// Misspelt media types, recognized by their likeness to the well-known ones.
pub(super) fn media_type_misspelt(owner: &mut Object, site: &mut RepairSite<'_, '_>) {
    let Some(Value::Object(content)) = owner.get_mut("content") else {
        return;
    };
    let meant: Vec<(String, String)> = content
        .keys()
        .filter_map(|name| {
            let parameters = name
                .find(';')
                .and_then(|start| name.get(start..))
                .unwrap_or_default();
            Some((
                name.clone(),
                format!("{}{parameters}", media_type_meant(name)?),
            ))
        })
        .filter(|(_, meant)| !content.contains_key(meant))
        .collect();
    if meant.is_empty() {
        return;
    }
    let mut fixed = Map::with_capacity(content.len());
    for (name, media) in std::mem::take(content) {
        match meant.iter().find(|(misspelt, _)| *misspelt == name) {
            Some((_, meant)) => {
                fixed.entry(meant.as_str()).or_insert(media);
            }
            None => drop(fixed.insert(name, media)),
        }
    }
    *content = fixed;
    for (name, meant) in meant {
        site.note_at(
            "content",
            format!("`{name}` is not a media type; it is read as `{meant}`."),
        );
    }
}

fn media_type_meant(name: &str) -> Option<&'static str> {
    let essence = name
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    if WELL_KNOWN.contains(&essence.as_str()) {
        return None;
    }
    let top = essence.split('/').next().unwrap_or_default();
    // A range of media types is meant as it stands.
    if essence.contains('*') {
        return None;
    }
    // A registered top-level type is spelt right. Beside it only a long subtype shows a misspelling: `jose` and
    // `jsonl`, `hl+json` and `ld+json` are too close to each other.
    if essence.contains('/') && TOP_LEVEL.contains(&top) {
        return LONG
            .into_iter()
            .find(|known| known.starts_with(top) && is_close(&essence, known, 2));
    }
    WELL_KNOWN
        .into_iter()
        .find(|known| is_close(&essence, known, 2))
        .or_else(|| {
            WELL_KNOWN
                .into_iter()
                .find(|known| known.rsplit('/').next() == Some(essence.as_str()))
        })
}

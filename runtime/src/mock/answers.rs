//! Answers from the document: takes an operation and a status, gives the answer that is declared for it, with the document's example
//! where that keeps its schema and one made up where it does not.

use serde_json::{Value, json};

use super::api::{Loaded, Operation};
use super::description::{Declared, Media, is_json};
use super::made::Extent;
use super::reply::Reply;
use super::schema::Way;
use crate::service::{ErrorShape, Service};

/// Headers that say what the body is, or how it travels.
const OWN_HEADERS: [&str; 4] = [
    "content-type",
    "content-length",
    "transfer-encoding",
    "connection",
];

/// The answer that is declared for a status.
pub(super) fn declared(loaded: &Loaded, status: u16, declared: &Declared) -> Reply {
    let mut reply = Reply::empty(status);
    for (name, header) in &declared.headers {
        if OWN_HEADERS.iter().any(|own| name.eq_ignore_ascii_case(own)) {
            continue;
        }
        let made = || {
            let schema = header.schema.as_ref()?;
            Some(loaded.schemas.made(schema, Way::Given, Extent::Whole))
        };
        if let Some(value) = header.example.clone().or_else(made) {
            reply.set_header(name, &text(&value));
        }
    }
    if let Some((media_type, media)) = declared.media().filter(|_| status != 204) {
        let value = example(loaded, media);
        reply.set_header("content-type", &concrete(media_type));
        reply.body = written(media_type, &value);
    }
    reply
}

/// The body that a media type's schema and example give.
pub(super) fn example(loaded: &Loaded, media: &Media) -> Value {
    let schema = media.schema.as_ref().unwrap_or(&Value::Bool(true));
    let example = media.example.as_ref();
    let kept = example.filter(|value| loaded.schemas.is_valid(schema, value, Way::Given));
    let made = || loaded.schemas.made(schema, Way::Given, Extent::Whole);
    kept.cloned().unwrap_or_else(made)
}

/// A value as the body of a media type: JSON, or the text or the bytes that it is.
pub(super) fn written(media_type: &str, value: &Value) -> Vec<u8> {
    if is_json(media_type) || media_type == "*/*" {
        return value.to_string().into_bytes();
    }
    match value {
        Value::String(text) => text.clone().into_bytes(),
        Value::Array(items) => {
            let byte = |item: &Value| u8::try_from(item.as_u64()?).ok();
            let bytes: Option<Vec<u8>> = items.iter().map(byte).collect();
            bytes.unwrap_or_else(|| value.to_string().into_bytes())
        }
        Value::Null => Vec::new(),
        other => other.to_string().into_bytes(),
    }
}

/// A media type that stands for a range of them.
fn concrete(media_type: &str) -> String {
    match media_type {
        "*/*" => "application/json".to_owned(),
        "text/*" => "text/plain".to_owned(),
        ranged if ranged.ends_with("/*") => "application/octet-stream".to_owned(),
        plain => plain.to_owned(),
    }
}

/// A header's value as it is written: the items of a list are joined by commas.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(text).collect::<Vec<_>>().join(","),
        other => other.to_string(),
    }
}

/// A refusal of this status: as the operation declares it, else with a message where the service's errors have theirs.
pub(super) fn refusal(
    service: &Service,
    loaded: &Loaded,
    operation: &Operation,
    status: u16,
) -> Reply {
    match operation.declared(status) {
        Some(answer) => declared(loaded, status, answer),
        None => {
            let message = format!("the mock refuses with {status}");
            told(service, loaded, None, status, &message)
        }
    }
}

/// A refusal with a message of our own: in the body that the operation declares for the status, where it has a place for one.
pub(super) fn told(
    service: &Service,
    loaded: &Loaded,
    operation: Option<&Operation>,
    status: u16,
    message: &str,
) -> Reply {
    let places = [service.errors.message, ErrorShape::GENERIC.message].concat();
    let answer = operation.and_then(|operation| operation.declared(status));
    if let Some((media_type, media)) = answer.and_then(Declared::media)
        && is_json(media_type)
    {
        let mut value = example(loaded, media);
        let is_text = |place: &&&str| value.pointer(place).is_some_and(Value::is_string);
        let place = places.iter().find(is_text).copied();
        if let Some(text) = place.and_then(|place| value.pointer_mut(place)) {
            *text = json!(message);
            return Reply::json(status, &value);
        }
    }
    let place = places.first().copied().unwrap_or("/message");
    Reply::json(status, &at(place, message))
}

/// A value with a text at this JSON pointer.
fn at(pointer: &str, text: &str) -> Value {
    let mut value = json!(text);
    for word in pointer
        .split('/')
        .skip(1)
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
    {
        value = match word.parse::<usize>() {
            Ok(_) => json!([value]),
            Err(_) => json!({ word: value }),
        };
    }
    value
}

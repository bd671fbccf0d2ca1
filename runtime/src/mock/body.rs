//! Bodies: takes what was sent, says what is wrong with it by the schema of its media type.

use serde_json::{Map, Value};

use super::api::{Loaded, Operation};
use super::call::{Call, pairs};
use super::description::{Body, Media, is_json};
use super::multipart;
use super::parameters::Reader;
use super::schema::Way;
use crate::media_type::essence;

/// What is wrong with the body of a request.
pub(super) fn faults(loaded: &Loaded, operation: &Operation, call: &Call) -> Vec<String> {
    let sent = &call.body;
    let Some(body) = operation
        .body
        .as_ref()
        .filter(|body| !body.content.is_empty())
    else {
        return match sent.is_empty() {
            true => Vec::new(),
            false => vec!["body: the operation takes none".to_owned()],
        };
    };
    if sent.is_empty() {
        return match body.required {
            true => vec!["body: it is missing".to_owned()],
            false => Vec::new(),
        };
    }
    let Some(content_type) = call.header("content-type") else {
        return vec!["body: the header `Content-Type` is missing".to_owned()];
    };
    let Some(media) = media_of(body, content_type) else {
        let known: Vec<&str> = body.content.keys().map(String::as_str).collect();
        return vec![format!(
            "body: it is of the media type {}, and the operation takes {}",
            essence(content_type),
            known.join(", ")
        )];
    };
    let Some(schema) = &media.schema else {
        return Vec::new();
    };
    let value = if is_json(content_type) {
        match serde_json::from_slice(sent) {
            Ok(value) => value,
            Err(error) => {
                let (line, column) = (error.line(), error.column());
                return vec![format!(
                    "body: it is no JSON at line {line}, column {column}"
                )];
            }
        }
    } else if essence(content_type) == "application/x-www-form-urlencoded" {
        form(loaded, schema, pairs(&String::from_utf8_lossy(sent)))
    } else if essence(content_type) == "multipart/form-data" {
        match multipart::parts(content_type, sent) {
            Ok(parts) => multipart_form(loaded, schema, parts),
            Err(error) => return vec![format!("body: {error}")],
        }
    } else {
        return Vec::new();
    };
    let faults = loaded.schemas.faults(schema, &value, Way::Sent);
    faults
        .into_iter()
        .map(|fault| format!("body: {fault}"))
        .collect()
}

/// The media type of an operation that one falls under: itself before a range.
fn media_of<'b>(body: &'b Body, content_type: &str) -> Option<&'b Media> {
    let sent = essence(content_type);
    let major = sent.split('/').next().unwrap_or_default();
    let is_of = |wanted: &str| {
        let mut known = body.content.iter();
        known
            .find(|(name, _)| essence(name) == wanted)
            .map(|(_, media)| media)
    };
    is_of(&sent)
        .or_else(|| is_of(&format!("{major}/*")))
        .or_else(|| is_of("*/*"))
}

/// A multipart form as an object: a list has all of its parts, or is one of JSON.
fn multipart_form(loaded: &Loaded, schema: &Value, parts: Vec<multipart::Part>) -> Value {
    let (mut pairs, mut lists) = (Vec::new(), Map::new());
    for part in parts {
        match part.list() {
            Some(list) => drop(lists.insert(part.name, list)),
            None => pairs.push((part.name, part.text)),
        }
    }
    let mut whole = form(loaded, schema, pairs);
    if let Value::Object(members) = &mut whole {
        members.extend(lists);
    }
    whole
}

/// A form as an object: a member that is a list has all of its pairs.
fn form(loaded: &Loaded, schema: &Value, pairs: Vec<(String, String)>) -> Value {
    let flat = loaded.schemas.flat(schema, None);
    let reader = Reader {
        schemas: &loaded.schemas,
        flat: &flat,
    };
    let mut members = Map::new();
    for (name, value) in pairs {
        reader.add(&mut members, &name, &value);
    }
    Value::Object(members)
}

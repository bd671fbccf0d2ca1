//! Parameters as text: takes a parameter's value as JSON and gives path segments, query pairs and
//! header values in the styles that OpenAPI 3.0 names as defaults. Everything outside RFC 3986's
//! unreserved set is percent-encoded, so that a value can neither end the part of the URL that it
//! stands in nor be rewritten by a URL parser.

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use serde_json::Value;

/// Everything but RFC 3986, section 2.3: `ALPHA / DIGIT / "-" / "." / "_" / "~"`.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// What a path template's fixed text may not hold literally. `%`, `/` and the delimiters that a
/// path may hold stay.
const TEMPLATE: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// Why a value cannot stand where it was put. Never quotes the value, which may be a secret.
pub(crate) type Problem = String;

/// Percent-encodes everything outside the unreserved set.
pub(crate) fn percent_encode(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// Encodes the fixed text of a path template.
pub(crate) fn encode_template_text(text: &str) -> String {
    utf8_percent_encode(text, TEMPLATE).to_string()
}

/// A parameter's value as JSON, the form that the rest of this module works on.
pub(crate) fn to_json<V: Serialize + ?Sized>(value: &V) -> Result<Value, Problem> {
    serde_json::to_value(value).map_err(|_| "its value cannot be written as JSON".to_owned())
}

/// One path segment: `style: simple`, items joined by commas.
///
/// An empty value, `.` and `..` are refused: the first changes which path is meant, and URL parsers
/// (the WHATWG URL standard) fold the other two away even when they are percent-encoded.
pub(crate) fn path_segment(value: &Value) -> Result<String, Problem> {
    let texts = match value {
        Value::Array(items) => items
            .iter()
            .map(required_scalar)
            .collect::<Result<Vec<_>, _>>()?,
        scalar => vec![required_scalar(scalar)?],
    };
    let segment = texts
        .iter()
        .map(|text| percent_encode(text))
        .collect::<Vec<_>>()
        .join(",");
    match segment.as_str() {
        "" => Err("an empty value cannot be a path segment".to_owned()),
        "." | ".." => Err("`.` and `..` cannot be a path segment".to_owned()),
        _ => Ok(segment),
    }
}

/// Decoded name and value pairs of a query parameter: `style: form`, `explode: true`. Null gives
/// none.
pub(crate) fn query_pairs(name: &str, value: &Value) -> Result<Vec<(String, String)>, Problem> {
    let pair = |name: &str, value: &Value| Ok(scalar(value)?.map(|text| (name.to_owned(), text)));
    let pairs: Result<Vec<Option<(String, String)>>, Problem> = match value {
        Value::Array(items) => items.iter().map(|item| pair(name, item)).collect(),
        Value::Object(members) => members
            .iter()
            .map(|(key, member)| pair(key, member))
            .collect(),
        scalar => pair(name, scalar).map(|pair| vec![pair]),
    };
    Ok(pairs?.into_iter().flatten().collect())
}

/// A query parameter's items in one pair: `style: form`, `explode: false`. The commas between items
/// stay literal, those within an item are encoded; null and an empty list give none.
pub(crate) fn joined_query_value(value: &Value) -> Result<Option<String>, Problem> {
    let texts = flat_texts(value)?;
    let encoded: Vec<String> = texts.iter().map(|text| percent_encode(text)).collect();
    Ok((!encoded.is_empty()).then(|| encoded.join(",")))
}

/// A header's text: `style: simple`, `explode: false`. Null gives none.
pub(crate) fn header_text(value: &Value) -> Result<Option<String>, Problem> {
    let texts = flat_texts(value)?;
    Ok((!texts.is_empty()).then(|| texts.join(",")))
}

/// A list's items, or an object's names and values in turn, or the one scalar; nulls are left out.
fn flat_texts(value: &Value) -> Result<Vec<String>, Problem> {
    let mut texts = Vec::new();
    match value {
        Value::Array(items) => {
            for item in items {
                texts.extend(scalar(item)?);
            }
        }
        Value::Object(members) => {
            for (key, member) in members {
                if let Some(text) = scalar(member)? {
                    texts.extend([key.clone(), text]);
                }
            }
        }
        one => texts.extend(scalar(one)?),
    }
    Ok(texts)
}

fn required_scalar(value: &Value) -> Result<String, Problem> {
    scalar(value)?.ok_or_else(|| "null cannot be a path segment".to_owned())
}

fn scalar(value: &Value) -> Result<Option<String>, Problem> {
    match value {
        Value::Null => Ok(None),
        Value::Bool(flag) => Ok(Some(flag.to_string())),
        Value::Number(number) => Ok(Some(number.to_string())),
        Value::String(text) => Ok(Some(text.clone())),
        Value::Array(_) | Value::Object(_) => {
            Err("a list or object within a list or object has no text form here".to_owned())
        }
    }
}

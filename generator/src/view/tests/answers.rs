//! What the server of an emitted test answers: for every declared response a status, a body of its type and its headers.

use super::super::{Context, operations};
use super::{Json, expected};
use crate::ir::{Content, Encoding, Operation, Outcome, Response, Status};
use crate::tokens;
use serde_json::Value;

/// Response headers that say how the message is framed or encoded: the server writes those itself.
const FRAMING_HEADERS: [&str; 5] = [
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "transfer-encoding",
];

/// A status that a response stands for; `None` where a client never gets to see it.
fn code(operation: &Operation, response: &Response) -> Option<u16> {
    let free = |mut codes: std::ops::RangeInclusive<u16>| {
        codes.find(|code| {
            operation.responses.iter().all(|other| match other.status {
                Status::Code(declared) => declared != *code,
                Status::Range(start) => {
                    other.status == response.status || start / 100 != code / 100
                }
                Status::Default => true,
            })
        })
    };
    let is_success = operation
        .successes()
        .iter()
        .any(|success| success.status == response.status);
    match response.status {
        Status::Code(code @ 200..=599) => Some(code),
        Status::Code(_) => None,
        Status::Range(start @ 200..=599) => free(start..=start + 99),
        Status::Range(_) => None,
        Status::Default if is_success => free(200..=299),
        Status::Default => free(500..=599).or_else(|| free(400..=499)),
    }
}

/// What a declared response adds to the exchange.
pub(super) fn answer_calls(
    context: &Context<'_>,
    operation: &Operation,
    response: &Response,
    json: &mut Json<'_>,
) -> Vec<String> {
    let Some(code) = code(operation, response) else {
        return Vec::new();
    };
    // A refusal's body of bytes has no type that could be read from it.
    let content = response
        .content
        .as_ref()
        .filter(|content| code < 300 || content.encoding != Encoding::Bytes);
    let media_type = tokens::string(content.map_or("", Content::sent_media_type));
    let body = answer(context, content);
    json.complete &= content.is_none_or(|content| has_example(context, content));
    let is_plain = content.is_none_or(expected::is_plain_json);
    let name = match code {
        200..=299 if matches!(operation.outcome(), Outcome::Several(_)) => format!("answer_{code}"),
        200..=299 => "answer".to_owned(),
        _ => format!("refusal_{code}"),
    };
    let method = if code < 300 { "answers" } else { "refuses" };
    let mut calls = vec![match (content.map(|content| &content.encoding), body) {
        (Some(Encoding::Text | Encoding::Bytes), _) => {
            format!("answers_text({code}, {media_type}, \"text\")")
        }
        (_, Some(body)) if is_plain => format!("{method}({code}, {})", json.text(&name, body)),
        (_, Some(body)) => {
            let text = json.text(&name, body);
            format!("answers_text({code}, {media_type}, {text})")
        }
        (_, None) => format!("{method}({code}, \"\")"),
    }];
    let framing = |name: &str| FRAMING_HEADERS.contains(&name.to_ascii_lowercase().as_str());
    for header in response
        .headers
        .iter()
        .filter(|header| !framing(&header.name))
    {
        let value = context.example(&header.ty, header.example.iter());
        let text = texts(&value).join(",");
        // What no header can hold is no answer that a server could give.
        if !operations::is_header_text(&text) || !operations::is_token(&header.name) {
            continue;
        }
        calls.push(format!(
            "answer_header({}, {})",
            tokens::string(&header.name),
            tokens::string(&text)
        ));
    }
    calls
}

/// The JSON body of an answer, as a literal.
pub(super) fn answer(context: &Context<'_>, content: Option<&Content>) -> Option<String> {
    let content = content?;
    match &content.encoding {
        Encoding::Text | Encoding::Bytes => None,
        encoding => {
            let ty = encoding.ty()?;
            Some(tokens::json(&context.example(ty, content.example.iter())))
        }
    }
}

/// Whether a body has a value of its type.
fn has_example(context: &Context<'_>, content: &Content) -> bool {
    content
        .encoding
        .ty()
        .is_none_or(|ty| context.is_example(&context.example(ty, content.example.iter()), ty))
}

/// A value as the texts that a parameter sends for it.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Null => Vec::new(),
        Value::String(text) => vec![text.clone()],
        Value::Array(items) => items.iter().flat_map(texts).collect(),
        other => vec![other.to_string()],
    }
}

//! What the server of an emitted test answers: for every declared response a status, a body of its type and its headers.

use super::Json;
use super::constants::Answer;
use crate::plan::Plan;
use crate::plan::model::{Content, Encoding, Operation, Response, Status};
use crate::plan::values::{is_header_text, wire};
use crate::tokens;
use serde_json::Value;

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

/// A response that is a refusal with nothing but a status and JSON, as tests say it.
pub(super) fn plain_refusal(
    plan: &Plan,
    operation: &Operation,
    response: &Response,
    answer: Option<&Answer>,
) -> Option<(u16, String)> {
    let code = code(operation, response).filter(|code| *code >= 300)?;
    let plain = match &response.content {
        None => true,
        Some(content) => wire::is_plain_json(content) && answer.is_some(),
    };
    let literal = answer.map_or("\"\"", |answer| answer.literal.as_str());
    (plain && headers(plan, response).is_empty()).then(|| (code, literal.to_owned()))
}

/// The headers that an answer of a response has, with their texts.
fn headers<'r>(plan: &Plan, response: &'r Response) -> Vec<(&'r str, String)> {
    let headers = response.headers.iter();
    headers
        .filter(|header| !header.is_framing())
        .map(|header| {
            let value = plan.example(&header.ty, header.example.as_deref());
            (header.name.as_str(), texts(&value).join(","))
        })
        // What no header can hold is no answer that a server could give.
        .filter(|(_, text)| is_header_text(text))
        .collect()
}

/// What a declared response adds to the exchange.
pub(super) fn answer_calls(
    plan: &Plan,
    operation: &Operation,
    response: &Response,
    answer: Option<&Answer>,
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
    let body = answer.filter(|_| content.is_some());
    json.complete &= body.is_none_or(|body| body.complete);
    let is_plain = content.is_none_or(wire::is_plain_json);
    let name = match code {
        200..=299 if operation.successes().len() > 1 => format!("answer_{code}"),
        200..=299 => "answer".to_owned(),
        _ => format!("refusal_{code}"),
    };
    let method = if code < 300 { "answers" } else { "refuses" };
    let mut calls = vec![match (content.map(|content| &content.encoding), body) {
        (Some(Encoding::Text | Encoding::Bytes), _) => {
            format!("answers_text({code}, {media_type}, \"text\")")
        }
        (_, Some(body)) if is_plain => {
            format!("{method}({code}, {})", json.text(&name, &body.literal))
        }
        (_, Some(body)) => {
            let text = json.text(&name, &body.literal);
            format!("answers_text({code}, {media_type}, {text})")
        }
        (_, None) => format!("{method}({code}, \"\")"),
    }];
    for (name, text) in headers(plan, response) {
        calls.push(format!(
            "answer_header({}, {})",
            tokens::string(name),
            tokens::string(&text)
        ));
    }
    calls
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

//! The values of a call: takes an operation and the request that a server expects, gives a value for each argument, and what of the
//! request no argument stands for.

use super::plan::{Argument, Body, Kind, Operation, Plan};
use super::suite::{Content, Exchange};
use super::wire::{self, Style, text_of};
use serde::Serialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The values of a call.
#[derive(Debug, Default)]
pub(super) struct Values {
    /// What each argument may be, by its name in Rust.
    pub(super) arguments: BTreeMap<String, Vec<Value>>,
    /// Credentials, by their kind.
    pub(super) credentials: Vec<(String, String)>,
    /// Headers that neither an argument nor a credential stands for.
    pub(super) headers: BTreeMap<String, String>,
    /// The expected `Content-Type`, where the body does not tell it.
    pub(super) content_type: Option<String>,
    /// The expected `Accept`.
    pub(super) accept: Option<String>,
}

/// A file of a multipart body, as the driver reads it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct Part {
    field: String,
    name: String,
    media_type: Option<String>,
    base64: String,
}

impl Values {
    /// Reads the values of an operation's arguments from the request.
    ///
    /// # Errors
    ///
    /// When the request has a pair in its query that no argument stands for.
    pub(super) fn read(
        plan: &Plan,
        operation: &Operation,
        path: &[(String, String)],
        exchange: &Exchange,
    ) -> Result<Self, String> {
        let mut values = Self::default();
        let empty = Map::new();
        let query = exchange.query.as_ref().unwrap_or(&empty);
        let mut rest = query.clone();
        let mut headers: BTreeMap<String, String> = exchange
            .headers
            .iter()
            .flatten()
            .map(|(name, value)| (name.to_lowercase(), text_of(value)))
            .collect();
        // An object may take what is left of the query, so it comes last.
        let mut arguments: Vec<&Argument> = operation.arguments.iter().collect();
        arguments.sort_by_key(|argument| plan.kind(&argument.value_type) == Kind::Object);
        for argument in arguments {
            let kind = plan.kind(&argument.value_type);
            let style = Style {
                name: &argument.style,
                explode: argument.explode,
            };
            let read = match argument.location.as_str() {
                "path" => path
                    .iter()
                    .find(|(name, _)| *name == argument.wire)
                    .map(|(name, text)| wire::from_path(style, kind, name, text)),
                "query" => {
                    let read = wire::from_query(style, kind, &argument.wire, &rest);
                    match (kind, rest.remove(&argument.wire)) {
                        (Kind::Object, None) if read.is_some() => rest.clear(),
                        _ => {}
                    }
                    read
                }
                "header" => headers
                    .remove(&argument.wire.to_lowercase())
                    .map(|text| wire::from_header(style, kind, &text)),
                _ => None,
            };
            if let Some(read) = read {
                values.arguments.insert(argument.name.clone(), read);
            }
        }
        if let Some((name, _)) = rest.iter().next() {
            return Err(format!("the query's `{name}` belongs to no argument"));
        }
        values.content_type = headers.remove("content-type");
        values.accept = headers.remove("accept");
        values.credentials = credentials(plan, &mut headers);
        values.headers = headers;
        Ok(values)
    }
}

/// Takes the headers that prove who calls.
fn credentials(plan: &Plan, headers: &mut BTreeMap<String, String>) -> Vec<(String, String)> {
    let mut credentials = Vec::new();
    let key = plan.auth.name.as_ref().map(|name| name.to_lowercase());
    if let Some(value) = key.and_then(|key| headers.remove(&key)) {
        credentials.push(("api_key".to_owned(), value));
    }
    if let Some(value) = headers.remove("authorization") {
        let token = value
            .split_once(' ')
            .map_or(value.as_str(), |(_, token)| token);
        let kind = match plan.auth.kind.as_str() {
            "http" => "http",
            _ => "bearer",
        };
        credentials.push((kind.to_owned(), token.to_owned()));
    }
    credentials
}

/// A body of JSON.
///
/// # Errors
///
/// When it is no JSON.
pub(super) fn json_body(content: &Content) -> Result<Vec<Value>, String> {
    let text = content.text.as_deref().unwrap_or_default();
    let value = serde_json::from_str(text).map_err(|error| {
        format!(
            "the expected body of {} is no JSON: {error}",
            content.media_type
        )
    })?;
    Ok(vec![value])
}

/// A body of text or bytes. The suite writes a text of another media type as JSON too.
pub(super) fn raw_body(content: &Content, media_type: &str) -> Content {
    let json = |media_type: &str| media_type.contains("json");
    let text = content.text.as_deref().unwrap_or_default();
    match serde_json::from_str(text) {
        Ok(Value::String(text)) if json(&content.media_type) && !json(media_type) => Content {
            text: Some(text),
            ..content.clone()
        },
        _ => content.clone(),
    }
}

/// A body in parts: what it may be without its files, and the files.
///
/// # Errors
///
/// When the type of the body has no place for a file.
pub(super) fn parts(
    plan: &Plan,
    body: &Body,
    content: &Content,
) -> Result<(Vec<Value>, Vec<Part>), String> {
    let mut plain = content.parts.clone().unwrap_or_default();
    let fields = plan
        .of_type(&body.value_type)
        .map(|ty| ty.fields.as_slice());
    for file in &content.files {
        let field = fields
            .into_iter()
            .flatten()
            .find(|field| field.wire == file.field && field.ty.contains("FilePart"))
            .ok_or_else(|| {
                format!(
                    "{} has no file for the part `{}`",
                    body.value_type, file.field
                )
            })?;
        // Something that can be read; the file itself is put in its place.
        let placeholder = match field.ty.contains("Vec<") {
            true => Value::from(Vec::<Value>::new()),
            false => Value::from(""),
        };
        plain.insert(file.field.clone(), placeholder);
    }
    // A part is text, whatever its type is.
    let texts: Map<String, Value> = plain
        .iter()
        .map(|(name, value)| match value {
            Value::Number(_) | Value::Bool(_) => (name.clone(), Value::from(text_of(value))),
            other => (name.clone(), other.clone()),
        })
        .collect();
    let files = content.files.iter().map(|file| Part {
        field: file.field.clone(),
        name: file.name.clone(),
        media_type: Some(file.media_type.clone()).filter(|media_type| {
            let declared = body.members.iter().find(|member| member.wire == file.field);
            let declared = declared.and_then(|member| member.media_type.as_deref());
            // The method tells what the document tells, and else that it is bytes.
            media_type != declared.unwrap_or("application/octet-stream")
        }),
        base64: file.base64.clone(),
    });
    Ok((
        vec![Value::from(plain), Value::from(texts)],
        files.collect(),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// A plan of one operation.
    fn plan() -> Plan {
        let argument = |wire: &str, location: &str, ty: &str, style: &str| {
            json!({
                "name": wire.to_lowercase().replace('-', "_"), "wire": wire, "in": location, "value_type": ty,
                "by_reference": false, "style": style, "explode": style == "form", "required": true,
            })
        };
        serde_json::from_value(json!({
            "crate": {"package": "l", "library": "l", "features": []},
            "server": {"origin": "", "path": ""},
            "auth": {"kind": "api_key", "name": "X-Key"},
            "operations": [{
                "method": "GET", "path": "/{id}", "call": "Client::a().b", "security": [],
                "arguments": [
                    argument("id", "path", "i64", "simple"),
                    argument("filter", "query", "models::Filter", "form"),
                    argument("tags", "query", "Vec<String>", "form"),
                    argument("X-Trace", "header", "String", "simple"),
                ],
                "body": null, "answer": {"type": "()", "responses": []},
            }],
            "types": [
                {"rust_path": "models::Filter", "kind": "struct", "fields": [], "target": null, "pointer": ""},
                {"rust_path": "models::Upload", "kind": "struct", "target": null, "pointer": "", "fields": [
                    {"wire": "file", "ident": "file", "type": "Option<FilePart>"},
                    {"wire": "id", "ident": "id", "type": "String"},
                ]},
            ],
        }))
        .expect("a plan")
    }

    fn exchange(query: Value, headers: Value) -> Exchange {
        let text = json!({"method": "get", "uri": "/1", "query": query, "headers": headers});
        serde_json::from_value(text).expect("an exchange")
    }

    #[test]
    fn a_request_is_shared_out_among_the_arguments() {
        let plan = plan();
        let operation = plan.operations.first().expect("an operation");
        let exchange = exchange(
            json!({"tags": ["a"], "from": "x"}),
            json!({"x-trace": 7, "x-key": "k", "Authorization": "Bearer t", "Accept": "text/plain", "x-other": "o"}),
        );
        let path = [("id".to_owned(), "1".to_owned())];
        let values = Values::read(&plan, operation, &path, &exchange).expect("values");
        assert_eq!(values.arguments["id"], [json!("1"), json!(1)]);
        assert_eq!(values.arguments["tags"], [json!(["a"])]);
        assert_eq!(values.arguments["x_trace"], [json!("7"), json!(7)]);
        assert_eq!(
            values.arguments["filter"].first(),
            Some(&json!({"from": "x"}))
        );
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(
            values.credentials,
            [pair("api_key", "k"), pair("bearer", "t")]
        );
        assert_eq!(values.headers, [pair("x-other", "o")].into());
        assert_eq!(values.accept.as_deref(), Some("text/plain"));
    }

    #[test]
    fn files_stand_beside_the_other_parts() {
        let body = |ty: &str| -> Body {
            serde_json::from_value(json!({
                "name": "body", "value_type": ty, "by_reference": true, "required": true, "media_type": "multipart/form-data",
                "encoding": "multipart", "members": [{"wire": "file", "media_type": "image/png"}],
            }))
            .expect("a body")
        };
        let content = |media_type: &str| -> Content {
            serde_json::from_value(json!({
                "media_type": "multipart/form-data", "parts": {"id": 1},
                "files": [{"field": "file", "name": "a.png", "media_type": media_type, "base64": ""}],
            }))
            .expect("a content")
        };
        let (plain, files) =
            parts(&plan(), &body("models::Upload"), &content("image/png")).expect("parts");
        assert_eq!(
            plain,
            [json!({"file": "", "id": 1}), json!({"file": "", "id": "1"})]
        );
        let media_types = |files: &[Part]| files.first().and_then(|file| file.media_type.clone());
        assert_eq!(media_types(&files), None);
        let (_, files) =
            parts(&plan(), &body("models::Upload"), &content("image/gif")).expect("parts");
        assert_eq!(media_types(&files).as_deref(), Some("image/gif"));
        assert!(parts(&plan(), &body("models::Filter"), &content("image/png")).is_err());
    }

    #[test]
    fn a_text_that_is_written_as_json_is_read() {
        let content = |media_type: &str, text: &str| Content {
            media_type: media_type.to_owned(),
            text: Some(text.to_owned()),
            ..Content::default()
        };
        let json = content("application/json", "\"a\"");
        assert_eq!(raw_body(&json, "text/plain").text.as_deref(), Some("a"));
        assert_eq!(raw_body(&json, "application/json"), json);
        let plain = content("text/plain", "\"a\"");
        assert_eq!(raw_body(&plain, "text/plain"), plain);
    }
}

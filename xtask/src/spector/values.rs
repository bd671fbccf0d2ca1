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
    /// The expected `Accept`.
    pub(super) accept: Option<String>,
}

/// A file of a multipart body, as the driver reads it.
#[derive(Debug, PartialEq, Serialize)]
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
        headers.remove("content-type");
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
        credentials.push(("bearer".to_owned(), token.to_owned()));
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

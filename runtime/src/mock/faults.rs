//! A server held against its own description: calls each operation as its document says, gives what is wrong with it.
//!
//! It exists so that the test of an emitted crate finds a description that is at odds with itself: a schema that nothing keeps, a path
//! that another one hides.

use std::time::Duration;

use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, COOKIE};
use reqwest::{Method, RequestBuilder};
use serde_json::Value;

use super::api::{Api, Loaded, Operation};
use super::description::{Location, Parameter, Scheme, SchemeKind, is_json};
use super::made::Extent;
use super::schema::Way;
use super::server::Mock;
use crate::encode::percent_encode;
use crate::testing::http_client;

/// How long a call may take.
const TIME: Duration = Duration::from_secs(10);
/// Headers that HTTP itself, or what signs a request, sets.
const OWN_HEADERS: [&str; 7] = [
    "accept",
    "authorization",
    "connection",
    "content-length",
    "content-type",
    "host",
    "transfer-encoding",
];

/// Everything that is wrong, each with its operation.
pub(super) async fn all(api: &'static Api, mock: &Mock) -> Vec<String> {
    let loaded = api.loaded();
    let http = http_client();
    let mut faults = Vec::new();
    for (place, operation) in loaded.operations.iter().enumerate() {
        let found = match request(loaded, operation, mock, &http) {
            Some(request) => called(loaded, place, operation, mock, request).await,
            None => continue,
        };
        let label = operation.label();
        faults.extend(found.into_iter().map(|fault| format!("{label}: {fault}")));
    }
    faults
}

/// Sends a request and looks at its answer.
async fn called(
    loaded: &Loaded,
    place: usize,
    operation: &Operation,
    mock: &Mock,
    request: RequestBuilder,
) -> Vec<String> {
    let (status, is_json, body) = match request.send().await {
        Ok(answer) => {
            let content_type = answer.headers().get(CONTENT_TYPE);
            let is_json = content_type.is_some_and(|ty| ty.to_str().is_ok_and(is_json));
            (
                answer.status().as_u16(),
                is_json,
                answer.bytes().await.unwrap_or_default(),
            )
        }
        Err(error) => return vec![error.to_string()],
    };
    let player = mock.player();
    let last = player.inner().calls.last().map(|(place, _)| *place);
    if last != Some(place) {
        let is_twin = |other: usize| loaded.are_twins(place, other);
        if last.is_some_and(is_twin) {
            // The document has two operations that no request tells apart.
            player.inner().calls.clear();
            return Vec::new();
        }
        let refused = mock.refused();
        let why = refused.last().map(ToString::to_string);
        let other = last.and_then(|place| loaded.operations.get(place));
        let other = other.map(|other| format!("`{}` was called in its place", other.label()));
        return why.or(other).into_iter().collect();
    }
    let mut faults = Vec::new();
    if let Some((wanted, _)) = operation.success()
        && wanted != status
    {
        faults.push(format!("it answers {status}, not {wanted}"));
    }
    if is_json && !body.is_empty() {
        match serde_json::from_slice::<Value>(&body) {
            Ok(value) => faults.extend(
                player
                    .answer_faults(operation, status, &value)
                    .into_iter()
                    .map(|fault| format!("the answer of {status}: {fault}")),
            ),
            Err(error) => faults.push(format!("the answer of {status} is no JSON: {error}")),
        }
    }
    player.inner().calls.clear();
    player.inner().refused.clear();
    faults
}

/// A call with everything that the operation takes; `None` for the token endpoint, and where no value keeps what the document says of
/// a parameter or the body.
fn request(
    loaded: &Loaded,
    operation: &Operation,
    mock: &Mock,
    http: &reqwest::Client,
) -> Option<RequestBuilder> {
    let method = Method::from_bytes(operation.method.as_bytes()).ok()?;
    let mut path = operation.path.clone();
    if mock.player().is_token_path(&path) {
        return None;
    }
    let mut pairs = Vec::new();
    let mut headers = Vec::new();
    for parameter in &operation.parameters {
        let value = made(loaded, parameter)?;
        match parameter.location {
            Location::Path => {
                let text = in_path(parameter, &value);
                // No path has an empty segment there.
                if text.is_empty() {
                    return None;
                }
                path = path.replace(&format!("{{{}}}", parameter.name), &text);
            }
            Location::Query => pairs.extend(in_query(parameter, &value)),
            Location::Header => {
                headers.push((parameter.name.clone(), text(parameter, &value)));
            }
            Location::Cookie => headers.push((
                COOKIE.to_string(),
                format!(
                    "{}={}",
                    parameter.name,
                    percent_encode(&text(parameter, &value))
                ),
            )),
        }
    }
    let keys = schemes(loaded, operation).filter(|scheme| scheme.kind == SchemeKind::Query);
    pairs.extend(keys.map(|scheme| pair(&scheme.name, "any")));
    let separator = if path.contains('?') { '&' } else { '?' };
    let query = match pairs.is_empty() {
        true => String::new(),
        false => format!("{separator}{}", pairs.join("&")),
    };
    let url = format!("{}{path}{query}", mock.url());
    let mut request = http.request(method, url).timeout(TIME);
    let is_own = |name: &str| OWN_HEADERS.iter().any(|own| name.eq_ignore_ascii_case(own));
    for (name, value) in headers.into_iter().filter(|(name, _)| !is_own(name)) {
        request = request.header(name, value);
    }
    let request = with_body(loaded, operation, request)?;
    Some(signed(loaded, operation, request))
}

/// Whether no JSON with every member keeps what the document says of an operation's body.
pub(super) fn has_impossible_body(loaded: &Loaded, operation: &Operation) -> bool {
    let content = operation.body.iter().flat_map(|body| &body.content);
    let mut schemas = content
        .filter(|(name, _)| is_json(name))
        .filter_map(|(_, media)| media.schema.as_ref());
    schemas.any(|schema| loaded.schemas.made_whole(schema, Way::Sent).is_none())
}

/// With a JSON body where the operation takes one; `None` where one is needed that cannot be made up.
fn with_body(
    loaded: &Loaded,
    operation: &Operation,
    request: RequestBuilder,
) -> Option<RequestBuilder> {
    let Some(body) = &operation.body else {
        return Some(request);
    };
    let mut content = body.content.iter();
    let Some((name, media)) = content.find(|(name, _)| is_json(name)) else {
        // A form or bytes: only a call that needs none is made.
        return (!body.required).then_some(request);
    };
    let schema = media.schema.as_ref().unwrap_or(&Value::Bool(true));
    let value = loaded.schemas.made(schema, Way::Sent, Extent::Whole);
    let is_valid = loaded.schemas.is_valid(schema, &value, Way::Sent);
    is_valid.then(|| request.header(CONTENT_TYPE, name).body(value.to_string()))
}

/// With the credentials of the first alternative.
fn signed(loaded: &Loaded, operation: &Operation, mut request: RequestBuilder) -> RequestBuilder {
    for scheme in schemes(loaded, operation) {
        request = match scheme.kind {
            SchemeKind::None => request,
            SchemeKind::Granted => request.header(AUTHORIZATION, "Bearer any"),
            SchemeKind::Http => request.header(AUTHORIZATION, format!("{} any", scheme.name)),
            SchemeKind::Header => request.header(&scheme.name, "any"),
            // It is one of the pairs.
            SchemeKind::Query => request,
            SchemeKind::Cookie => request.header(COOKIE, format!("{}=any", scheme.name)),
        };
    }
    request
}

/// The schemes of the first alternative.
fn schemes<'l>(loaded: &'l Loaded, operation: &'l Operation) -> impl Iterator<Item = &'l Scheme> {
    let names = operation.security.first().into_iter().flatten();
    names.filter_map(|name| loaded.schemes.get(name))
}

/// A value of a parameter; `None` where none keeps what the document says of it.
fn made(loaded: &Loaded, parameter: &Parameter) -> Option<Value> {
    let schema = parameter.schema.as_ref().unwrap_or(&Value::Bool(true));
    let value = loaded.schemas.made(schema, Way::Sent, Extent::Whole);
    let is_valid = loaded.schemas.is_valid(schema, &value, Way::Sent);
    is_valid.then_some(value)
}

/// A parameter's value as one text: of a list its first item, of an object its members as OpenAPI's `style: simple` has them.
fn text(parameter: &Parameter, value: &Value) -> String {
    match parameter.json {
        true => value.to_string(),
        false => joined(value, parameter.explode == Some(true), ",", str::to_owned),
    }
}

/// The same as a path has it, in the parameter's style, with what its values hold encoded.
fn in_path(parameter: &Parameter, value: &Value) -> String {
    let explode = parameter.explode == Some(true);
    let joined = |separator| joined(value, explode, separator, percent_encode);
    match parameter.style.as_deref() {
        _ if parameter.json => percent_encode(&value.to_string()),
        Some("label") => format!(".{}", joined(if explode { "." } else { "," })),
        Some("matrix") if explode && value.is_object() => format!(";{}", joined(";")),
        Some("matrix") => format!(";{}={}", parameter.name, joined(",")),
        _ => joined(","),
    }
}

/// The pairs that a query has of a parameter.
fn in_query(parameter: &Parameter, value: &Value) -> Vec<String> {
    let is_deep = parameter.style.as_deref() == Some("deepObject");
    match value {
        Value::Object(members) if is_deep => {
            let name = |member: &str| format!("{}[{member}]", parameter.name);
            let members = members.iter();
            members
                .map(|(member, value)| pair(&name(member), &plain(value)))
                .collect()
        }
        Value::Object(members) if !parameter.json && parameter.explode != Some(false) => {
            let members = members.iter();
            members
                .map(|(name, value)| pair(name, &plain(value)))
                .collect()
        }
        _ => vec![pair(&parameter.name, &text(parameter, value))],
    }
}

fn joined(value: &Value, explode: bool, separator: &str, encode: fn(&str) -> String) -> String {
    match value {
        Value::Array(items) => items
            .first()
            .map(|item| encode(&plain(item)))
            .unwrap_or_default(),
        Value::Object(members) => {
            let sign = if explode { "=" } else { separator };
            let members = members.iter();
            let members = members
                .map(|(name, value)| format!("{}{sign}{}", encode(name), encode(&plain(value))));
            members.collect::<Vec<_>>().join(separator)
        }
        other => encode(&plain(other)),
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// A pair of a query.
fn pair(name: &str, text: &str) -> String {
    format!("{}={}", percent_encode(name), percent_encode(text))
}

//! One answer of a test's server, and whether an operation made of it what it says.

use std::fmt::Debug;

use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use serde::Serialize;
use serde_json::Value;
use wiremock::ResponseTemplate;

use super::compare::{Null, difference};
use crate::error::{Error, ErrorBody};
use crate::response::Response;

/// One answer of the server.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) content_type: String,
    pub(crate) body: Body,
    pub(crate) headers: Vec<(String, String)>,
}

/// An answer's body.
pub(crate) enum Body {
    Json(String),
    Bytes(Vec<u8>),
}

/// What an operation made of an answer, free of its types.
pub(crate) struct Outcome {
    pub(crate) status: Option<StatusCode>,
    headers: HeaderMap,
    pub(crate) success: bool,
    /// The success value, or the typed error body.
    value: Option<Value>,
    /// The outcome in words, for messages.
    pub(crate) text: String,
}

impl<T: Serialize, E: ErrorBody + Serialize + Debug> From<Result<Response<T>, Error<E>>>
    for Outcome
{
    fn from(result: Result<Response<T>, Error<E>>) -> Self {
        match result {
            Ok(response) => {
                let (status, headers, body) = response.into_parts();
                let value = serde_json::to_value(&body).ok();
                Self {
                    status: Some(status),
                    headers,
                    success: true,
                    value,
                    text: format!("succeeded with {status}"),
                }
            }
            Err(Error::Api(error)) => {
                let problem = error
                    .decode_problem()
                    .map(|problem| format!("; its body does not decode: {problem}"));
                let text = format!(
                    "{error}{}; typed body: {:?}",
                    problem.unwrap_or_default(),
                    error.error()
                );
                let value = error
                    .error()
                    .and_then(|body| serde_json::to_value(body).ok());
                Self {
                    status: Some(error.status()),
                    headers: error.headers().clone(),
                    success: false,
                    value,
                    text,
                }
            }
            Err(other) => {
                let cause = std::error::Error::source(&other)
                    .map(|cause| format!(": {cause}"))
                    .unwrap_or_default();
                let (status, text) = (other.status(), format!("failed otherwise: {other}{cause}"));
                Self {
                    status,
                    headers: HeaderMap::new(),
                    success: false,
                    value: None,
                    text,
                }
            }
        }
    }
}

impl Answer {
    /// The answer as the server gives it.
    pub(crate) fn template(&self) -> ResponseTemplate {
        let template = ResponseTemplate::new(self.status);
        let template = match self.bytes() {
            [] => template,
            bytes => template.set_body_raw(bytes, &self.content_type),
        };
        self.headers
            .iter()
            .fold(template, |template, (name, value)| {
                template.insert_header(name.as_str(), value.as_str())
            })
    }

    /// The body's bytes.
    pub(crate) fn bytes(&self) -> &[u8] {
        match &self.body {
            Body::Json(text) => text.as_bytes(),
            Body::Bytes(bytes) => bytes,
        }
    }

    /// Whether the answer is one of success.
    pub(crate) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// Checks that the operation took a success for one and a refusal for one, with a typed body
    /// where there is one.
    pub(crate) fn check_kind(&self, outcome: &Outcome, place: &str) {
        let Outcome {
            status,
            success,
            value,
            text,
            headers,
        } = outcome;
        let status = status.map(|status| status.as_u16());
        assert!(
            status == Some(self.status) && *success == self.is_success(),
            "{place}: the call {text}"
        );
        let typed = self.bytes().is_empty() || value.is_some();
        assert!(
            typed,
            "{place}: the declared error body was not understood: {text}"
        );
        if let Some(violations) = headers.get("sl-violations") {
            panic!("{place}: the server found fault with the request: {violations:?}");
        }
    }

    /// Checks that the value says what the answer said. `is_dropped` tells that the operation gives
    /// nothing, whatever the body was.
    pub(crate) fn check_value(&self, outcome: &Outcome, is_dropped: bool, place: &str) {
        let bytes = self.bytes();
        let got = match &outcome.value {
            None => return,
            Some(Value::Null) if is_dropped || bytes.is_empty() => return,
            Some(Value::String(text)) if text.as_bytes() == bytes => return,
            Some(got) if *got == Value::from(bytes) => return,
            Some(got) => got,
        };
        let expected = match serde_json::from_slice(bytes) {
            Ok(expected) => expected,
            Err(_) => Value::String(String::from_utf8_lossy(bytes).into_owned()),
        };
        if let Some(difference) = difference(&expected, got, Null::Absent) {
            panic!("{place}: the decoded value does not encode back, {difference}");
        }
    }
}

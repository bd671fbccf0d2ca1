//! Sends a request, and compares what comes back with what the server should have answered.

use crate::Outcome;
use crate::step::{Content, SERVER, Step};
use sdk_runtime::{Error, ErrorBody, HeaderMap, Request};
use serde::Serialize;
use serde_json::Value;

impl Step {
    /// Sends a request, and compares what came back.
    pub(crate) async fn send<T, E>(
        &self,
        mut request: Request<T, E>,
        notes: Vec<String>,
    ) -> Outcome
    where
        T: Serialize + 'static,
        E: ErrorBody + Serialize,
    {
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        if let Some(link) = self.link()? {
            request = match self.gets_link {
                true => request.get_url(link),
                false => request.at_url(link),
            };
        }
        match &self.accept {
            Some(accept) => {
                self.exchange(request.accept(accept), notes)
                    .await
            }
            None => self.exchange(request, notes).await,
        }
    }

    async fn exchange<T, E>(&self, request: Request<T, E>, mut notes: Vec<String>) -> Outcome
    where
        T: Serialize + 'static,
        E: ErrorBody + Serialize,
    {
        let expected = &self.expected;
        if let Some(pieces) = self.pieces {
            let answer = request.send_stream().await.map_err(|error| self.told(error))?;
            self.compare_headers(answer.headers())?;
            let bytes = expected.answer.as_ref().map(Content::bytes);
            pieces.compare(answer.into_body(), &bytes.unwrap_or_default()).await?;
            return Ok(notes);
        }
        match request.send().await {
            Ok(response) => {
                let status = response.status().as_u16();
                if status != expected.status {
                    return Err(format!(
                        "status: expected {}, got {status}",
                        expected.status
                    ));
                }
                self.compare_headers(response.headers())?;
                let body = serde_json::to_value(response.body())
                    .map_err(|error| format!("the answer cannot be serialised: {error}"))?;
                self.compare(&body, &mut notes)?;
                Ok(notes)
            }
            Err(Error::Api(error)) if error.status().as_u16() == expected.status => {
                if expected.answer.is_some() {
                    let typed = error.error().ok_or_else(|| {
                        format!(
                            "the error's body is not typed ({}): {}",
                            error
                                .decode_problem()
                                .map_or("not declared".to_owned(), ToString::to_string),
                            String::from_utf8_lossy(error.body())
                        )
                    })?;
                    let body = serde_json::to_value(typed)
                        .map_err(|error| format!("the error cannot be serialised: {error}"))?;
                    self.compare(&body, &mut notes)?;
                }
                Ok(notes)
            }
            Err(error) => Err(self.told(error)),
        }
    }

    fn told<E>(&self, error: Error<E>) -> String {
        match error {
            Error::Api(error) => format!(
                "expected {}, got {}: {}",
                self.expected.status,
                error.status(),
                essential(&String::from_utf8_lossy(error.body()))
            ),
            other => other.to_string(),
        }
    }

    fn compare_headers(&self, headers: &HeaderMap) -> Result<(), String> {
        let typed = self.read_headers.map(|read| read(headers));
        for (name, value) in &self.expected.headers {
            let mut fields = typed.iter().flatten();
            let field = fields.find(|(wire, _)| wire.eq_ignore_ascii_case(name));
            let got = match field {
                Some((_, Some(Value::String(text)))) => Some(text.clone()),
                Some((_, field)) => field.as_ref().map(Value::to_string),
                None => headers
                    .get(name)
                    .and_then(|value| value.to_str().ok())
                    .map(str::to_owned),
            };
            if got.as_ref() != Some(value) {
                return Err(format!(
                    "answer's header {name}: expected {value}, got {got:?}"
                ));
            }
        }
        Ok(())
    }

    fn compare(&self, got: &Value, notes: &mut Vec<String>) -> Result<(), String> {
        let Some(answer) = &self.expected.answer else {
            return Ok(());
        };
        let bytes = String::from_utf8(answer.bytes())
            .map(|text| text.replace(SERVER, &self.server).into_bytes())
            .unwrap_or_else(|error| error.into_bytes());
        if got.is_null() && bytes.is_empty() {
            return Ok(());
        }
        // Bytes serialise as a list of numbers, text as itself.
        if let Ok(got) = serde_json::from_value::<Vec<u8>>(got.clone())
            && got == bytes
        {
            return Ok(());
        }
        if got.as_str().map(str::as_bytes) == Some(&bytes) {
            return Ok(());
        }
        let differs = |expected: &dyn std::fmt::Display| {
            Err(format!("the answer: expected {expected}, got {got}"))
        };
        match serde_json::from_slice::<Value>(&bytes) {
            Ok(expected) if same(got, &expected) => Ok(()),
            Ok(expected) if same(&without_nulls(got), &expected) => {
                notes.push("null".to_owned());
                Ok(())
            }
            Ok(expected) => differs(&expected),
            Err(_) => differs(&String::from_utf8_lossy(&bytes)),
        }
    }
}

/// What a page of HTML says, such as the request that the server has no route for; other text as it is.
fn essential(body: &str) -> &str {
    body.split_once("<pre>")
        .and_then(|(_, behind)| behind.split_once("</pre>"))
        .map_or(body, |(said, _)| said)
}

/// Whether two values say the same: `1` and `1.0` do.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a == b || a.as_f64() == b.as_f64(),
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len()
                && a.iter()
                    .all(|(name, a)| b.get(name).is_some_and(|b| same(a, b)))
        }
        _ => a == b,
    }
}

/// The value without the members that are null: an absent member of an answer may be written so.
fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(without_nulls).collect(),
        Value::Object(members) => members
            .iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(name, value)| (name.clone(), without_nulls(value)))
            .collect(),
        other => other.clone(),
    }
}

//! The token endpoint (RFC 6749, section 4.4): takes a request for a token, grants one that is counted and expires.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::call::Call;
use super::security::authorization;
use crate::testing::Answer;

/// The tokens that were granted.
pub(super) struct Tokens {
    lifetime: Duration,
    /// Tokens, each with when it ends.
    granted: Vec<(String, Option<Instant>)>,
    count: usize,
    /// Whether any token is taken.
    pub(super) any: bool,
}

impl Tokens {
    pub(super) fn new(lifetime: Duration, any: bool) -> Self {
        Self {
            lifetime,
            granted: Vec::new(),
            count: 0,
            any,
        }
    }

    /// Takes a token that a caller brings as one that does not expire.
    pub(super) fn accept(&mut self, token: &str) {
        self.granted.push((token.to_owned(), None));
    }

    /// How many were granted.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    pub(super) fn is_valid(&self, token: &str) -> bool {
        let now = Instant::now();
        let mut granted = self.granted.iter();
        self.any || granted.any(|(known, end)| known == token && end.is_none_or(|end| now < end))
    }

    /// Ends every token that was granted.
    pub(super) fn revoke(&mut self) {
        // Those that have ended would pile up in a server that runs for long.
        self.granted.retain(|(_, end)| end.is_none());
    }

    /// Answers a request for a token.
    pub(super) fn answer(&mut self, call: &Call) -> Answer {
        let members = members(call);
        let member = |name: &str| members.get(name).and_then(Value::as_str);
        let refuse = |status, error: &str, text: &str| {
            let body = json!({ "error": error, "error_description": text });
            Answer::json(status, &body)
        };
        if member("grant_type").is_none() {
            let text = "`grant_type` is missing in the body of the token request";
            return refuse(400, "invalid_request", text);
        }
        let has_header = authorization(call, "Basic").is_some();
        let has_body = member("client_id").is_some() && member("client_secret").is_some();
        if !has_header && !has_body {
            let text = "neither `Authorization` nor the body holds a client id and secret";
            return refuse(401, "invalid_client", text);
        }
        self.count += 1;
        let token = format!("mock-token-{}", self.count);
        let now = Instant::now();
        self.granted
            .retain(|(_, end)| end.is_none_or(|end| now < end));
        let end = now.checked_add(self.lifetime);
        self.granted.push((token.clone(), end));
        let seconds = self.lifetime.as_secs();
        Answer::json(
            200,
            &json!({ "access_token": token, "token_type": "bearer", "expires_in": seconds }),
        )
    }
}

/// The members of a form or of a JSON object; a form is read where it is no JSON. SailPoint takes them in the query as well.
fn members(call: &Call) -> Value {
    if let Ok(json @ Value::Object(_)) = serde_json::from_slice(call.body()) {
        return json;
    }
    let form = String::from_utf8_lossy(call.body()).into_owned();
    let pairs = super::call::pairs(&form);
    let pairs = pairs.into_iter().chain(call.query_pairs().iter().cloned());
    Value::Object(
        pairs
            .map(|(name, value)| (name, Value::from(value)))
            .collect(),
    )
}

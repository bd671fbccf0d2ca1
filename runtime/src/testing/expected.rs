//! The request that an operation must send.

use std::fmt;

use serde_json::Value;
use wiremock::Request;

use super::answer::{Answer, Body};
use super::client::{API_KEY, Authorization, BASIC_HEADER, TOKEN};
use super::compare::{Null, difference};
use crate::service::{ApiKeyLocation, Auth, Service};

/// The request that an operation must send.
pub(crate) struct Expected {
    pub(crate) service: &'static Service,
    pub(crate) method: String,
    /// After the base path, encoded.
    pub(crate) path: String,
    /// Decoded, in order.
    pub(crate) query: Vec<(String, String)>,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) authorization: Authorization,
    pub(crate) body: Option<Body>,
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)
    }
}

impl Expected {
    pub(crate) fn new(service: &'static Service, method: &str, path: &str) -> Self {
        Self {
            service,
            method: method.to_owned(),
            path: path.to_owned(),
            query: Vec::new(),
            headers: Vec::new(),
            authorization: Authorization::Default,
            body: None,
        }
    }

    /// Checks the one request that the server received. `prefix` is the base path.
    pub(crate) fn check(&self, requests: &[Request], prefix: &str, answer: &Answer, place: &str) {
        let [request] = requests else {
            panic!(
                "{place}: expected one request, the server received {}",
                requests.len()
            );
        };
        same(
            request.method.as_str(),
            self.method.as_str(),
            "method",
            place,
        );
        same(
            request.url.path(),
            format!("{prefix}{}", self.path).as_str(),
            "path",
            place,
        );
        self.check_query(request, place);
        self.check_credentials(request, place);
        for (name, value) in &self.headers {
            same(
                header(request, name),
                Some(value.as_str()),
                &format!("header {name}"),
                place,
            );
        }
        self.check_body(request, place);
        if answer.is_success() && !answer.bytes().is_empty() {
            let accept = header(request, "accept").unwrap_or_default();
            let fits = accept == "*/*" || answer.content_type.starts_with(accept);
            assert!(
                fits && !accept.is_empty(),
                "{place}: Accept is `{accept}`, the answer is {}",
                answer.content_type
            );
        }
    }

    fn check_query(&self, request: &Request, place: &str) {
        let mut expected = self.query.clone();
        if let (
            Authorization::Default,
            Auth::ApiKey {
                location: ApiKeyLocation::Query,
                name,
            },
        ) = (self.authorization, self.service.auth)
        {
            expected.push((name.to_owned(), API_KEY.to_owned()));
        }
        let got: Vec<(String, String)> = request
            .url
            .query_pairs()
            .map(|(name, value)| (name.into(), value.into()))
            .collect();
        same(got, expected, "query", place);
    }

    /// Checks that the credential is where it belongs, and that no other is sent.
    fn check_credentials(&self, request: &Request, place: &str) {
        let mut authorization = match (self.authorization, self.service.auth) {
            (Authorization::Default, Auth::Bearer | Auth::ClientCredentials { .. })
            | (Authorization::Bearer, _) => Some(format!("Bearer {TOKEN}")),
            (Authorization::Default, Auth::Basic) | (Authorization::Basic, _) => {
                Some(BASIC_HEADER.to_owned())
            }
            _ => None,
        };
        if let Auth::ApiKey { location, name } = self.service.auth {
            let key = (self.authorization == Authorization::Default).then(|| API_KEY.to_owned());
            let cookie = key.as_ref().map(|key| format!("{name}={key}"));
            match location {
                ApiKeyLocation::Header if name.eq_ignore_ascii_case("authorization") => {
                    authorization = key
                }
                ApiKeyLocation::Header => same(
                    header(request, name),
                    key.as_deref(),
                    &format!("header {name}"),
                    place,
                ),
                ApiKeyLocation::Cookie => same(
                    header(request, "cookie"),
                    cookie.as_deref(),
                    "header cookie",
                    place,
                ),
                // Checked with the rest of the query.
                ApiKeyLocation::Query => {}
            }
        }
        same(
            header(request, "authorization"),
            authorization.as_deref(),
            "header authorization",
            place,
        );
    }

    fn check_body(&self, request: &Request, place: &str) {
        let content_type = header(request, "content-type");
        let Some(expected) = &self.body else {
            let got = String::from_utf8_lossy(&request.body);
            assert!(
                got.is_empty() && content_type.is_none(),
                "{place}: expected no body, got {content_type:?} `{got}`"
            );
            return;
        };
        if !self
            .headers
            .iter()
            .any(|(name, _)| name.eq_ignore_ascii_case("content-type"))
        {
            same(
                content_type,
                Some("application/json"),
                "Content-Type",
                place,
            );
        }
        let expected: Value = match expected {
            Body::Json(text) => super::json(text),
            Body::Bytes(bytes) => {
                same(&request.body, bytes, "request body", place);
                return;
            }
        };
        let got: Value = match serde_json::from_slice(&request.body) {
            Ok(got) => got,
            Err(error) => panic!("{place}: the request's body is not JSON: {error}"),
        };
        if let Some(difference) = difference(&expected, &got, Null::Itself) {
            panic!("{place}: request body, {difference}");
        }
    }
}

fn header<'r>(request: &'r Request, name: &str) -> Option<&'r str> {
    request.headers.get(name)?.to_str().ok()
}

fn same<V: PartialEq + fmt::Debug>(got: V, expected: V, what: &str, place: &str) {
    assert!(
        got == expected,
        "{place}: {what}: expected {expected:?}, got {got:?}"
    );
}

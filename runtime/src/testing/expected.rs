//! The request that an operation must send.

use std::fmt;

use serde_json::Value;
use wiremock::Request;

use super::answer::Answer;
use super::client::{API_KEY, Authorization, BASIC_HEADER, TOKEN};
use super::compare::{Null, difference};
use super::signed;
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
    /// Decoded.
    pub(crate) cookies: Vec<(String, String)>,
    pub(crate) authorization: Authorization,
    pub(crate) body: Option<Expectation>,
}

/// The body that an operation must send.
pub(crate) enum Expectation {
    /// JSON that says this.
    Json(String),
    /// Exactly these bytes.
    Bytes(Vec<u8>),
    /// A form with these pairs, decoded.
    Form(Vec<(String, String)>),
    /// A multipart body with these parts: their names and contents.
    Parts(Vec<(String, String)>),
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
            cookies: Vec::new(),
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
            let fits = |range: &str| {
                let range = range.split(';').next().unwrap_or_default().trim();
                range == "*/*" || (!range.is_empty() && answer.content_type.starts_with(range))
            };
            assert!(
                accept.split(',').any(fits),
                "{place}: Accept is `{accept}`, the answer is {}",
                answer.content_type
            );
        }
    }

    fn check_query(&self, request: &Request, place: &str) {
        let mut expected = self.query.clone();
        expected.extend(self.signed(ApiKeyLocation::Query));
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
        let got = pairs(request.url.query_pairs());
        same(by_name(got), by_name(expected), "query", place);
    }

    /// Checks that the cookies are those expected, and the key's where that is one.
    fn check_cookies(&self, request: &Request, key: Option<(&str, &str)>, place: &str) {
        let line = header(request, "cookie").unwrap_or_default();
        let got: Vec<(String, String)> = line
            .split("; ")
            .filter_map(|cookie| cookie.split_once('='))
            .map(|(name, value)| {
                let value = percent_encoding::percent_decode_str(value).decode_utf8_lossy();
                (name.to_owned(), value.into_owned())
            })
            .collect();
        let mut expected = self.cookies.clone();
        let signed = self.signed(ApiKeyLocation::Cookie);
        expected.retain(|(name, _)| signed.iter().all(|(key, _)| key != name));
        expected.extend(signed);
        expected.retain(|(name, _)| key.is_none_or(|(key, _)| key != name));
        expected.extend(key.map(|(name, value)| (name.to_owned(), value.to_owned())));
        same(by_name(got), by_name(expected), "cookies", place);
    }

    /// Whether what it is signed with is a token that the client fetches itself.
    pub(super) fn carries_a_fetched_token(&self) -> bool {
        let is_fetched = matches!(self.service.auth, Auth::ClientCredentials { .. });
        let is_carried = match self.authorization {
            Authorization::Default | Authorization::Bearer => true,
            Authorization::Schemes(schemes) => schemes.iter().any(|scheme| scheme.auth.is_none()),
            Authorization::Basic | Authorization::None => false,
        };
        is_fetched && is_carried
    }

    /// Checks that the credential is where it belongs, and that no other is sent.
    fn check_credentials(&self, request: &Request, place: &str) {
        let key = match self.service.auth {
            Auth::ApiKey {
                location: ApiKeyLocation::Cookie,
                name,
            } if self.authorization == Authorization::Default => Some((name, API_KEY)),
            _ => None,
        };
        self.check_cookies(request, key, place);
        if let Authorization::Schemes(_) = self.authorization {
            return self.check_signed_headers(request, place);
        }
        let mut authorization = match (self.authorization, self.service.auth) {
            (Authorization::Default, Auth::Bearer | Auth::ClientCredentials { .. })
            | (Authorization::Bearer, _) => Some(format!("Bearer {TOKEN}")),
            (Authorization::Default, Auth::Http { scheme }) => Some(format!("{scheme} {TOKEN}")),
            (Authorization::Default, Auth::Basic) | (Authorization::Basic, _) => {
                Some(BASIC_HEADER.to_owned())
            }
            _ => None,
        };
        if let Auth::ApiKey { location, name } = self.service.auth {
            let key = (self.authorization == Authorization::Default).then(|| API_KEY.to_owned());
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
                // Checked with the other cookies.
                ApiKeyLocation::Cookie => {}
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

    /// The credentials of the schemes that the operation names, as far as they go to this place.
    fn signed(&self, location: ApiKeyLocation) -> Vec<(String, String)> {
        let Authorization::Schemes(schemes) = self.authorization else {
            return Vec::new();
        };
        let seen = signed::seen(self.service, schemes).into_iter();
        let there = seen.filter(|seen| seen.location == location);
        there
            .map(|seen| (seen.name.to_owned(), seen.value))
            .collect()
    }

    /// Checks the headers of the schemes that the operation names, and that the client's own is sent
    /// only where it is one of them.
    fn check_signed_headers(&self, request: &Request, place: &str) {
        let signed = self.signed(ApiKeyLocation::Header);
        let value = |name: &str| {
            let mut signed = signed.iter();
            let found = signed.find(|(known, _)| known.eq_ignore_ascii_case(name));
            found.map(|(_, value)| value.as_str())
        };
        let mut names: Vec<&str> = signed.iter().map(|(name, _)| name.as_str()).collect();
        names.push("authorization");
        if let Auth::ApiKey {
            location: ApiKeyLocation::Header,
            name,
        } = self.service.auth
        {
            names.push(name);
        }
        for name in names {
            let what = format!("header {name}");
            same(header(request, name), value(name), &what, place);
        }
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
        let declared = self
            .headers
            .iter()
            .any(|(name, _)| name.eq_ignore_ascii_case("content-type"));
        let content_type = content_type.unwrap_or_default();
        let must_be = |media_type: &str| {
            let essence = content_type.split(';').next().unwrap_or_default();
            assert!(
                declared || essence == media_type,
                "{place}: Content-Type: expected {media_type}, got `{content_type}`"
            );
        };
        let expected: Value = match expected {
            Expectation::Json(text) => {
                must_be("application/json");
                super::json(text)
            }
            Expectation::Bytes(bytes) => {
                return same(&request.body, bytes, "request body", place);
            }
            Expectation::Form(expected) => {
                must_be("application/x-www-form-urlencoded");
                return same(
                    by_name(form_pairs(&request.body)),
                    by_name(expected.clone()),
                    "form",
                    place,
                );
            }
            Expectation::Parts(expected) => {
                must_be("multipart/form-data");
                return same(
                    by_name(parts(content_type, &request.body, place)),
                    by_name(expected.clone()),
                    "parts",
                    place,
                );
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

/// Pairs in the order of their names, those of one name in the order in which they came: no server
/// cares which of two members of an object comes first.
fn by_name(mut pairs: Vec<(String, String)>) -> Vec<(String, String)> {
    pairs.sort_by(|(one, _), (other, _)| one.cmp(other));
    pairs
}

fn pairs<'p>(
    pairs: impl Iterator<Item = (std::borrow::Cow<'p, str>, std::borrow::Cow<'p, str>)>,
) -> Vec<(String, String)> {
    pairs
        .map(|(name, value)| (name.into(), value.into()))
        .collect()
}

/// The pairs of a form, which has the notation of a query.
fn form_pairs(body: &[u8]) -> Vec<(String, String)> {
    let text = String::from_utf8_lossy(body);
    match reqwest::Url::parse(&format!("http://localhost/?{text}")) {
        Ok(url) => pairs(url.query_pairs()),
        Err(_) => Vec::new(),
    }
}

/// The names and contents of the parts of a multipart body, as the runtime writes them.
fn parts(content_type: &str, body: &[u8], place: &str) -> Vec<(String, String)> {
    let Some((_, boundary)) = content_type.split_once("boundary=") else {
        panic!("{place}: Content-Type has no boundary: `{content_type}`");
    };
    let text = format!("\r\n{}", String::from_utf8_lossy(body));
    let Some(inner) = text.strip_suffix(&format!("\r\n--{boundary}--\r\n")) else {
        panic!("{place}: the multipart body has no end");
    };
    inner
        .split(&format!("\r\n--{boundary}\r\n"))
        .skip(1)
        .map(|part| {
            let (head, content) = part.split_once("\r\n\r\n").unwrap_or((part, ""));
            let name = head
                .split_once("; name=\"")
                .and_then(|(_, rest)| rest.split_once('"'))
                .map_or("", |(name, _)| name);
            (name.to_owned(), content.to_owned())
        })
        .collect()
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

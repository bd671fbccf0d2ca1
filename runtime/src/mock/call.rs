//! A request as the server received it, for a test to look at.

use std::fmt;

use bytes::Bytes;
use percent_encoding::percent_decode_str;
use reqwest::header::HeaderMap;
use serde::de::DeserializeOwned;

use crate::testing::json;

/// A call that the server received.
#[derive(Clone)]
pub struct Call {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) parameters: Vec<(String, String)>,
    pub(super) query: Vec<(String, String)>,
    /// The query as it was sent, since a comma that is a value's own is encoded there.
    pub(super) raw_query: String,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

impl Call {
    /// The HTTP method.
    pub fn method(&self) -> &str {
        &self.method
    }

    /// The path, encoded as it was sent, without the API's base path.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The value of a path parameter, decoded.
    pub fn path_parameter(&self, name: &str) -> Option<String> {
        let mut parameters = self.parameters.iter();
        let (_, value) = parameters.find(|(known, _)| known == name)?;
        Some(decoded(value))
    }

    /// The values of a query parameter, decoded, in the order in which they were sent.
    pub fn query(&self, name: &str) -> Vec<&str> {
        let pairs = self.query.iter().filter(|(known, _)| known == name);
        pairs.map(|(_, value)| value.as_str()).collect()
    }

    /// The pairs of the query, decoded, in the order in which they were sent.
    pub fn query_pairs(&self) -> &[(String, String)] {
        &self.query
    }

    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The value of a cookie, decoded.
    pub fn cookie(&self, name: &str) -> Option<String> {
        let headers = self.headers.get_all("cookie").iter();
        let headers = headers.filter_map(|header| header.to_str().ok());
        let cookies = headers.flat_map(|header| header.split(';'));
        let mut pairs = cookies.filter_map(|cookie| cookie.trim().split_once('='));
        let (_, value) = pairs.find(|(known, _)| *known == name)?;
        Some(decoded(value))
    }

    /// The body, as it was sent.
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// The body, decoded from JSON.
    ///
    /// # Panics
    /// When it does not decode; the message names the place.
    pub fn json<T: DeserializeOwned>(&self) -> T {
        json(&String::from_utf8_lossy(&self.body))
    }
}

/// Shows names, and no value that was sent in the query, a header or the body: a credential may be among them.
impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let query: Vec<&str> = self.query.iter().map(|(name, _)| name.as_str()).collect();
        let headers: Vec<&str> = self.headers.keys().map(|name| name.as_str()).collect();
        f.debug_struct("Call")
            .field("method", &self.method)
            .field("path", &self.path)
            .field("query", &query)
            .field("headers", &headers)
            .field("body_length", &self.body.len())
            .finish()
    }
}

/// The pairs of a query or a form, decoded.
pub(super) fn pairs(text: &str) -> Vec<(String, String)> {
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    pairs
        .map(|(name, value)| (form_decoded(name), form_decoded(value)))
        .collect()
}

/// A text of a query or a form without its encoding; a plus is a space there.
pub(super) fn form_decoded(text: &str) -> String {
    decoded(&text.replace('+', " "))
}

/// A text without percent encoding.
pub(super) fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

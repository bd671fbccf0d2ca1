//! A successful answer as callers have it: status, headers and decoded body.

use std::fmt;

use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use crate::reading::Deviation;

/// A successful answer: what `.send()` gives. `.await` gives its body alone.
///
/// ```
/// # use sdk_runtime::{Client, Method, NoErrorBody, Request};
/// # fn list_names(client: &Client) -> Request<Vec<String>, NoErrorBody> {
/// #     client.request(Method::GET, "/names").returns_json()
/// # }
/// # async fn read(client: Client) -> Result<(), Box<dyn std::error::Error>> {
/// let response = list_names(&client).send().await?;
/// println!("{}: {} names", response.status(), response.body().len());
/// let names: Vec<String> = response.into_body();
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct Response<T> {
    status: StatusCode,
    headers: HeaderMap,
    body: T,
    deviations: Vec<Deviation>,
}

impl<T> Response<T> {
    /// An answer that no server gave: for tests of code that takes one.
    pub const fn new(status: StatusCode, headers: HeaderMap, body: T) -> Self {
        Self {
            status,
            headers,
            body,
            deviations: Vec::new(),
        }
    }

    pub(crate) fn with_deviations(self, deviations: Vec<Deviation>) -> Self {
        Self { deviations, ..self }
    }

    /// The answer's status.
    pub const fn status(&self) -> StatusCode {
        self.status
    }

    /// The answer's headers.
    pub const fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The decoded body.
    pub const fn body(&self) -> &T {
        &self.body
    }

    /// The decoded body, to be changed or read piece by piece.
    pub const fn body_mut(&mut self) -> &mut T {
        &mut self.body
    }

    /// The decoded body, taken.
    pub fn into_body(self) -> T {
        self.body
    }

    /// Status, headers and body, taken apart.
    pub fn into_parts(self) -> (StatusCode, HeaderMap, T) {
        (self.status, self.headers, self.body)
    }

    /// The same answer with what this makes of the body.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Response<U> {
        Response {
            status: self.status,
            headers: self.headers,
            body: change(self.body),
            deviations: self.deviations,
        }
    }

    /// Where the body was not as documented, and was read all the same; in an answer to a lossy call,
    /// also what was left out.
    pub fn deviations(&self) -> &[Deviation] {
        &self.deviations
    }
}

/// Shows the names of the headers alone: a server may send a token in one.
impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers: Vec<&str> = self.headers.keys().map(|name| name.as_str()).collect();
        f.debug_struct("Response")
            .field("status", &self.status)
            .field("headers", &headers)
            .field("body", &self.body)
            .field("deviations", &self.deviations)
            .finish()
    }
}

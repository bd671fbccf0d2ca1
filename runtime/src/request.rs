//! Requests under construction. [`RequestBuilder`] takes an operation's parameters and knows no
//! types; [`Request`] adds the types of its result and its error, and sends it. A parameter that
//! cannot be sent is remembered and reported when the request is sent, so that emitted methods stay
//! free of error handling.

use std::fmt;
use std::future::IntoFuture;
use std::marker::PhantomData;
use std::pin::Pin;

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::auth::SignWith;
use crate::client::Client;
use crate::decode::{self, Decode, Response};
use crate::encode;
use crate::error::{ApiError, DecodeError, Error, ErrorBody, Failure, OperationName, RequestError};
use crate::send::{Outgoing, exchange};

/// The future that awaiting a request makes.
pub type SendFuture<O> = Pin<Box<dyn Future<Output = O> + Send>>;

/// A request whose result has no type yet.
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct RequestBuilder {
    client: Client,
    operation: OperationName,
    path: Vec<(&'static str, String)>,
    /// A parameter's name and its encoded pairs, in the order in which they were first set.
    query: Vec<(&'static str, String)>,
    headers: HeaderMap,
    body: Option<Vec<u8>>,
    sign_with: SignWith,
    problem: Option<Box<RequestError>>,
}

impl RequestBuilder {
    pub(crate) fn new(client: Client, operation: OperationName) -> Self {
        Self {
            client,
            operation,
            path: Vec::new(),
            query: Vec::new(),
            headers: HeaderMap::new(),
            body: None,
            sign_with: SignWith::default(),
            problem: None,
        }
    }

    /// Fills `{name}` of the path template. The value becomes one segment whatever it holds; empty,
    /// `.` and `..` are refused when the request is sent, since no URL can carry them as a segment.
    pub fn path<V: Serialize + ?Sized>(self, name: &'static str, value: &V) -> Self {
        self.set_path(name, encode::to_json(value))
    }

    /// Sets a query parameter in OpenAPI's `style: form`, `explode: true`: a list repeats the name,
    /// an object gives each member its own. Null is left out. Setting it again replaces it.
    pub fn query<V: Serialize + ?Sized>(self, name: &'static str, value: &V) -> Self {
        self.set_query(name, encode::to_json(value))
    }

    /// Sets a query parameter in OpenAPI's `style: form`, `explode: false`: a list's items joined
    /// by commas. Null and an empty list are left out. Setting it again replaces it.
    pub fn query_joined<V: Serialize + ?Sized>(self, name: &'static str, value: &V) -> Self {
        self.set_query_joined(name, encode::to_json(value))
    }

    /// Sets a request header in OpenAPI's `style: simple`. Null is left out. Setting it again
    /// replaces it.
    pub fn header<V: Serialize + ?Sized>(self, name: &'static str, value: &V) -> Self {
        self.set_header(name, encode::to_json(value))
    }

    /// Sets the body, as JSON. It is serialised at once.
    pub fn json<B: Serialize + ?Sized>(self, body: &B) -> Self {
        self.set_body(serde_json::to_vec(body))
    }

    /// Sets the body to these bytes, of this media type.
    pub fn body(mut self, media_type: &'static str, body: impl Into<Vec<u8>>) -> Self {
        self.body = Some(body.into());
        self.header("Content-Type", media_type)
    }

    /// Signs with HTTP Basic: the client's id and secret, or its user and password.
    pub fn basic_auth(mut self) -> Self {
        self.sign_with = SignWith::Basic;
        self
    }

    /// Sends no credentials.
    pub fn anonymous(mut self) -> Self {
        self.sign_with = SignWith::Nothing;
        self
    }

    /// The answer is JSON.
    pub fn returns_json<T: DeserializeOwned, E>(self) -> Request<T, E> {
        Request::new(self, "application/json", decode::json)
    }

    /// The answer's body is read and dropped. JSON is asked for all the same, for the sake of the
    /// error bodies.
    pub fn returns_nothing<E>(self) -> Request<(), E> {
        Request::new(self, "application/json", decode::nothing)
    }

    /// The answer is UTF-8 text of any media type.
    pub fn returns_text<E>(self) -> Request<String, E> {
        Request::new(self, "*/*", decode::text)
    }

    /// The answer is bytes of any media type.
    pub fn returns_bytes<E>(self) -> Request<Vec<u8>, E> {
        Request::new(self, "*/*", decode::bytes)
    }

    fn set_path(mut self, name: &'static str, value: Result<Value, String>) -> Self {
        match value.and_then(|value| encode::path_segment(&value)) {
            Ok(segment) if self.operation.path.contains(&format!("{{{name}}}")) => {
                replace(&mut self.path, name, Some(segment))
            }
            Ok(_) => self.remember(Some(name), "the path template does not name it".to_owned()),
            Err(problem) => self.remember(Some(name), problem),
        }
        self
    }

    fn set_query(mut self, name: &'static str, value: Result<Value, String>) -> Self {
        match value.and_then(|value| encode::query_pairs(name, &value)) {
            Ok(pairs) => {
                let pairs: Vec<String> = pairs
                    .iter()
                    .map(|(name, text)| {
                        format!(
                            "{}={}",
                            encode::percent_encode(name),
                            encode::percent_encode(text)
                        )
                    })
                    .collect();
                replace(
                    &mut self.query,
                    name,
                    (!pairs.is_empty()).then(|| pairs.join("&")),
                );
            }
            Err(problem) => self.remember(Some(name), problem),
        }
        self
    }

    fn set_query_joined(mut self, name: &'static str, value: Result<Value, String>) -> Self {
        match value.and_then(|value| encode::joined_query_value(&value)) {
            Ok(text) => {
                let pair = text.map(|text| format!("{}={text}", encode::percent_encode(name)));
                replace(&mut self.query, name, pair);
            }
            Err(problem) => self.remember(Some(name), problem),
        }
        self
    }

    fn set_header(mut self, name: &'static str, value: Result<Value, String>) -> Self {
        match value
            .and_then(|value| encode::header_text(&value))
            .and_then(|text| header(name, text))
        {
            Ok((name, Some(value))) => {
                self.headers.insert(name, value);
            }
            Ok((name, None)) => {
                self.headers.remove(name);
            }
            Err(problem) => self.remember(Some(name), problem),
        }
        self
    }

    fn set_body(mut self, body: Result<Vec<u8>, serde_json::Error>) -> Self {
        match body {
            Ok(body) => self.body = Some(body),
            Err(_) => self.remember(None, "its body cannot be written as JSON".to_owned()),
        }
        self
    }

    /// Keeps the first problem: those after it may follow from it.
    fn remember(&mut self, parameter: Option<&'static str>, problem: String) {
        let operation = self.operation.clone();
        self.problem.get_or_insert_with(|| {
            Box::new(RequestError {
                operation,
                parameter,
                problem,
            })
        });
    }

    /// The request with its path filled and its query joined, or the problem that was remembered.
    fn finish(mut self, accept: &'static str) -> Result<Outgoing, Failure> {
        let path = fill(self.operation.path, &self.path).unwrap_or_else(|(parameter, problem)| {
            self.remember(parameter, problem.to_owned());
            String::new()
        });
        if let Some(problem) = self.problem {
            return Err(Failure::Request(problem));
        }
        Ok(Outgoing {
            client: self.client,
            operation: self.operation,
            path,
            query: self
                .query
                .into_iter()
                .map(|(_, pairs)| pairs)
                .collect::<Vec<_>>()
                .join("&"),
            headers: self.headers,
            body: self.body,
            accept,
            sign_with: self.sign_with,
        })
    }
}

/// Shows method and path template alone: parameters hold what does not belong in a log.
impl fmt::Debug for RequestBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RequestBuilder({})", self.operation)
    }
}

/// Sets, replaces or removes an entry and keeps the order of the others.
fn replace(entries: &mut Vec<(&'static str, String)>, name: &'static str, text: Option<String>) {
    let place = entries.iter().position(|(known, _)| *known == name);
    match (place.and_then(|place| entries.get_mut(place)), text) {
        (Some(entry), Some(text)) => entry.1 = text,
        (Some(_), None) => entries.retain(|(known, _)| *known != name),
        (None, Some(text)) => entries.push((name, text)),
        (None, None) => {}
    }
}

fn header(
    name: &'static str,
    text: Option<String>,
) -> Result<(HeaderName, Option<HeaderValue>), String> {
    let name =
        HeaderName::from_bytes(name.as_bytes()).map_err(|_| "it is no header name".to_owned())?;
    let value = text.map(|text| HeaderValue::from_str(&text)).transpose();
    Ok((
        name,
        value.map_err(|_| "its value holds what a header cannot hold".to_owned())?,
    ))
}

/// Puts encoded segments into a path template.
fn fill(
    template: &'static str,
    values: &[(&'static str, String)],
) -> Result<String, (Option<&'static str>, &'static str)> {
    // Without the slash, the path would run on from the host's name.
    if !template.starts_with('/') {
        return Err((None, "its path template does not start with a slash"));
    }
    let mut path = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((text, after)) = rest.split_once('{') {
        let (name, after) = after
            .split_once('}')
            .ok_or((None, "its path template has an open brace"))?;
        let (_, value) = values
            .iter()
            .find(|(known, _)| *known == name)
            .ok_or((Some(name), "it has no value"))?;
        path.push_str(&encode::encode_template_text(text));
        path.push_str(value);
        rest = after;
    }
    path.push_str(&encode::encode_template_text(rest));
    Ok(path)
}

/// A request that gives a `T`, or the error body `E` when the server refuses it. Await it for the
/// body alone, or [`send`](Self::send) it for status and headers too.
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Request<T, E> {
    builder: RequestBuilder,
    accept: &'static str,
    decode: Decode<T>,
    error: PhantomData<fn() -> E>,
}

impl<T, E> Request<T, E> {
    fn new(builder: RequestBuilder, accept: &'static str, decode: Decode<T>) -> Self {
        Self {
            builder,
            accept,
            decode,
            error: PhantomData,
        }
    }

    fn map(self, change: impl FnOnce(RequestBuilder) -> RequestBuilder) -> Self {
        Self {
            builder: change(self.builder),
            ..self
        }
    }

    /// Sets a query parameter; see [`RequestBuilder::query`].
    pub fn query<V: Serialize + ?Sized>(self, name: &'static str, value: &V) -> Self {
        self.map(|builder| builder.query(name, value))
    }

    /// Sets a query parameter whose items are joined; see [`RequestBuilder::query_joined`].
    pub fn query_joined<V: Serialize + ?Sized>(self, name: &'static str, value: &V) -> Self {
        self.map(|builder| builder.query_joined(name, value))
    }

    /// Sets a request header; see [`RequestBuilder::header`].
    pub fn header<V: Serialize + ?Sized>(self, name: &'static str, value: &V) -> Self {
        self.map(|builder| builder.header(name, value))
    }

    /// Sets the body, as JSON; see [`RequestBuilder::json`].
    pub fn json<B: Serialize + ?Sized>(self, body: &B) -> Self {
        self.map(|builder| builder.json(body))
    }

    /// Sets the body to these bytes, of this media type.
    pub fn body(self, media_type: &'static str, body: impl Into<Vec<u8>>) -> Self {
        self.map(|builder| builder.body(media_type, body))
    }
}

impl<T, E: ErrorBody> Request<T, E> {
    /// Sends the request and gives the answer's status and headers beside its body.
    ///
    /// # Errors
    /// When the request cannot be made or sent, when the server refuses it, and when its answer
    /// does not decode.
    pub async fn send(self) -> Result<Response<T>, Error<E>> {
        let Self {
            builder,
            accept,
            decode,
            ..
        } = self;
        let mut received = exchange(builder.finish(accept)?).await?;
        if !received.status.is_success() {
            return Err(Error::Api(Box::new(ApiError::from_received(received))));
        }
        match decode(&mut received) {
            Ok(body) => Ok(Response {
                status: received.status,
                headers: received.headers,
                body,
            }),
            Err(problem) => Err(Error::Decode(Box::new(DecodeError::new(received, problem)))),
        }
    }
}

impl<T: 'static, E: ErrorBody> IntoFuture for Request<T, E> {
    type Output = Result<T, Error<E>>;
    type IntoFuture = SendFuture<Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { self.send().await.map(|response| response.body) })
    }
}

/// Shows method and path template alone: parameters hold what does not belong in a log.
impl<T, E> fmt::Debug for Request<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Request({})", self.builder.operation)
    }
}

/// An emitted request type: a newtype over [`Request`] that has setters for the operation's
/// optional parameters. The macro [`operation!`](crate::operation) makes it awaitable.
pub trait Operation {
    /// What the operation gives.
    type Output;
    /// The error bodies that it declares.
    type Error;
}

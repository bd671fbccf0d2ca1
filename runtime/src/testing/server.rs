//! A local server for a test of one's own: told what to answer, it gives a client that calls it and
//! tells what it was asked.
//!
//! It listens on loopback, at a port of its own, and ends when it is dropped. Whatever it was not told
//! to answer it answers with 501 and a message that names what it was asked.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use reqwest::header::HeaderMap;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate, matchers};

use super::client::connected;
use super::json;
use crate::{Client, ClientBuilder};

/// A server for a test of one's own.
///
/// ```
/// use sdk_runtime::testing::{Answer, Server};
/// # use sdk_runtime::{Auth, Client, ClientBuilder, Environment, ErrorShape, Service};
/// # use sdk_runtime::{Method, NoErrorBody, Request, json};
/// # static SERVICE: Service = Service {
/// #     name: "pets", version: "0.1.0", origin: "https://api.example.com", base_path: "/v1",
/// #     variables: &[], auth: Auth::Bearer, env: Environment::NONE, errors: ErrorShape::GENERIC,
/// #     rate_limit: None, config_file: None,
/// # };
/// # fn pet_name(client: &Client, id: &str) -> Request<String, NoErrorBody> {
/// #     client.request(Method::GET, "/pets/{id}/name").path("id", id).returns_json()
/// # }
/// # async fn greet(client: &Client) -> Result<String, Box<dyn std::error::Error>> {
/// #     Ok(format!("Hello {}", pet_name(client, "1").await?))
/// # }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let server = Server::start().await;
/// server.answer("GET", "/pets/{id}/name", Answer::json(200, &"Rex"));
///
/// // With an emitted crate: `server.client(petstore::Client::builder())`.
/// let client: Client = server.client(ClientBuilder::new(&SERVICE));
/// assert_eq!(greet(&client).await.unwrap(), "Hello Rex");
///
/// let asked = server.asked();
/// assert_eq!((asked[0].method(), asked[0].path()), ("GET", "/pets/1/name"));
/// assert!(asked[0].header("authorization").is_some());
/// # }
/// ```
pub struct Server {
    server: MockServer,
    script: Script,
}

impl Server {
    /// Starts a server that has no answers yet.
    pub async fn start() -> Self {
        let (server, script) = (MockServer::start().await, Script::default());
        let mock = Mock::given(matchers::any()).respond_with(script.clone());
        mock.mount(&server).await;
        Self { server, script }
    }

    /// Where it listens: scheme, host and port, without a slash at the end.
    pub fn url(&self) -> String {
        self.server.uri()
    }

    /// Answers calls of this method and path with this. The path is that of the API's document,
    /// without its base path; a segment in braces, such as `{id}`, is any.
    ///
    /// What is called again for the same method and path answers the calls that follow: the first
    /// call gets the first answer, and when one alone is left, all calls get that.
    pub fn answer(&self, method: &str, path: &str, answer: Answer) {
        let mut state = self.script.state();
        let (method, path) = (method.to_ascii_uppercase(), path.to_owned());
        let mut routes = state.routes.iter_mut();
        match routes.find(|route| route.method == method && route.path == path) {
            Some(route) => route.answers.push_back(answer),
            None => state.routes.push(Route {
                method,
                path,
                answers: VecDeque::from([answer]),
            }),
        }
    }

    /// A client that calls this server, from an emitted crate's `Client::builder()`. What the builder
    /// was told stays, but for the base URL and the base path. Where it was given no credentials, it
    /// gets some that no server knows.
    ///
    /// # Panics
    /// When the builder's settings are at fault.
    pub fn client<C: From<Client>>(&self, builder: ClientBuilder<C>) -> C {
        match connected(builder, &self.url()).build() {
            Ok(client) => client,
            Err(error) => panic!("the test's client cannot be built: {error}"),
        }
    }

    /// What it was asked so far, in order.
    pub fn asked(&self) -> Vec<Asked> {
        self.script.state().asked.clone()
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Server({})", self.url())
    }
}

/// An answer of a [`Server`].
#[derive(Clone, Debug)]
#[must_use = "an answer is given when the server is told of it"]
pub struct Answer {
    pub(crate) status: u16,
    pub(crate) content_type: Option<String>,
    pub(crate) body: Vec<u8>,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) delay: Duration,
}

/// An answer of this status without a body.
///
/// # Panics
/// When the status is none.
impl From<u16> for Answer {
    fn from(status: u16) -> Self {
        Self::empty(status)
    }
}

impl Answer {
    /// An answer without a body.
    pub fn empty(status: u16) -> Self {
        Self {
            status,
            content_type: None,
            body: Vec::new(),
            headers: Vec::new(),
            delay: Duration::ZERO,
        }
    }

    /// An answer with this value as its JSON: a model of the emitted crate, or what `json!` makes.
    ///
    /// # Panics
    /// When the value cannot be written as JSON.
    pub fn json<V: Serialize + ?Sized>(status: u16, value: &V) -> Self {
        match serde_json::to_vec(value) {
            Ok(body) => Self::bytes(status, "application/json", body),
            Err(error) => panic!("the answer cannot be written as JSON: {error}"),
        }
    }

    /// An answer with these bytes, or this text, of this media type.
    pub fn bytes(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self {
            content_type: Some(content_type.to_owned()),
            body: body.into(),
            ..Self::empty(status)
        }
    }

    /// With this header.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Given only after this time.
    pub fn after(mut self, time: Duration) -> Self {
        self.delay = time;
        self
    }

    fn template(&self) -> ResponseTemplate {
        let mut template = ResponseTemplate::new(self.status).set_delay(self.delay);
        if let Some(content_type) = &self.content_type {
            template = template.set_body_raw(self.body.clone(), content_type);
        }
        let headers = self.headers.iter();
        headers.fold(template, |template, (name, value)| {
            template.insert_header(name.as_str(), value.as_str())
        })
    }
}

/// A request that a [`Server`] received.
#[derive(Clone)]
pub struct Asked {
    method: String,
    path: String,
    query: Vec<(String, String)>,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Asked {
    /// The HTTP method.
    pub fn method(&self) -> &str {
        &self.method
    }

    /// The path, encoded as it was sent.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The values of a query parameter, decoded, in the order in which they were sent.
    pub fn query(&self, name: &str) -> Vec<&str> {
        let pairs = self.query.iter().filter(|(known, _)| known == name);
        pairs.map(|(_, value)| value.as_str()).collect()
    }

    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
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

/// Shows no value that was sent: a credential is among them.
impl fmt::Debug for Asked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Asked({} {})", self.method, self.path)
    }
}

/// What a server is to answer, and what it was asked.
#[derive(Clone, Default)]
struct Script(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    routes: Vec<Route>,
    asked: Vec<Asked>,
}

struct Route {
    method: String,
    path: String,
    answers: VecDeque<Answer>,
}

impl Script {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// The answer to what nobody told how to answer.
    fn unknown(&self, asked: &Asked) -> Answer {
        let known: Vec<String> = self.routes.iter().map(Route::to_string).collect();
        let (method, path, known) = (&asked.method, &asked.path, known.join(", "));
        let message = format!(
            "the test's server was not told what to answer to {method} {path}, only to: {known}"
        );
        Answer::bytes(501, "text/plain", message)
    }
}

impl Respond for Script {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let asked = Asked::from(request);
        let mut state = self.state();
        let routes = state.routes.iter_mut().filter(|route| route.fits(&asked));
        // A path as it stands comes before one that takes any segment.
        let route = routes.min_by_key(|route| route.path.matches('{').count());
        let answer = match route {
            Some(route) => route.next(),
            None => state.unknown(&asked),
        };
        state.asked.push(asked);
        answer.template()
    }
}

impl Route {
    fn fits(&self, asked: &Asked) -> bool {
        let (own, others) = (self.path.split('/'), asked.path.split('/'));
        let is_any = |segment: &str| segment.starts_with('{') && segment.ends_with('}');
        self.method == asked.method
            && own.clone().count() == others.clone().count()
            && own
                .zip(others)
                .all(|(own, other)| own == other || is_any(own))
    }

    fn next(&mut self) -> Answer {
        let last = self.answers.len() == 1;
        let front = self.answers.front().cloned();
        if !last {
            self.answers.pop_front();
        }
        front.unwrap_or_else(|| Answer::empty(501))
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)
    }
}

impl From<&Request> for Asked {
    fn from(request: &Request) -> Self {
        let pairs = request.url.query_pairs();
        Self {
            method: request.method.to_string(),
            path: request.url.path().to_owned(),
            query: pairs
                .map(|(name, value)| (name.into(), value.into()))
                .collect(),
            headers: request.headers.clone(),
            body: request.body.clone(),
        }
    }
}

//! One operation's exchange with a server: what must be sent, and every answer that its document
//! declares.

use std::fmt::Debug;
use std::marker::PhantomData;
use std::pin::Pin;

use serde::Serialize;
use wiremock::{Mock, MockServer, matchers};

use super::answer::{Answer, Body, Outcome};
#[cfg(feature = "mock")]
use super::bad_days;
use super::client::{Authorization, client_at};
use super::expected::{Expectation, Expected};
use crate::Client;
use crate::error::{Error, ErrorBody};
use crate::response::Response;
use crate::scheme::Scheme;
use crate::service::Service;

/// The environment variable that names another server to run against.
const SERVER_VARIABLE: &str = "SDK_TEST_BASE_URL";

/// What must be sent for one operation of the client `C`, and the answers that it must understand.
///
/// ```no_run
/// # async fn test(service: &'static sdk_runtime::Service) {
/// # use sdk_runtime::{Client, Method, NoErrorBody, Request, testing::Exchange};
/// # fn get_name(client: &Client) -> Request<String, NoErrorBody> {
/// #     client.request(Method::GET, "/name").returns_json()
/// # }
/// Exchange::new(service, "GET", "/name")
///     .answers(200, r#""rex""#)
///     .run(|client: Client| get_name(&client).send())
///     .await;
/// # }
/// ```
#[must_use = "an exchange checks nothing until `run` is called"]
pub struct Exchange<C = Client> {
    client: PhantomData<fn() -> C>,
    expected: Expected,
    answers: Vec<Answer>,
    /// The schemes that the operation may be signed with, where it names them.
    alternatives: &'static [&'static [Scheme]],
    /// Makes a server that plays the whole API.
    #[cfg(feature = "mock")]
    mock: Option<fn() -> crate::mock::Builder>,
}

impl<C: From<Client>> Exchange<C> {
    /// Starts from the request line: the method, and the path after the base path, encoded as it
    /// must be on the wire.
    pub fn new(service: &'static Service, method: &str, path: &str) -> Self {
        Self {
            client: PhantomData,
            expected: Expected::new(service, method, path),
            answers: Vec::new(),
            alternatives: &[],
            #[cfg(feature = "mock")]
            mock: None,
        }
    }

    /// Makes the call against this mock of the whole API as well, on a good day and on each
    /// [bad one](crate::mock::Hostile): it must end well, or in the error that says what went wrong.
    #[cfg(feature = "mock")]
    pub fn on_bad_days(mut self, mock: fn() -> crate::mock::Builder) -> Self {
        self.mock = Some(mock);
        self
    }

    /// Expects a query pair, decoded. The pairs of all calls are the whole query; those of one name
    /// stand in the order of the calls.
    pub fn query(mut self, name: &str, value: &str) -> Self {
        self.expected
            .query
            .push((name.to_owned(), value.to_owned()));
        self
    }

    /// Expects a request header.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.expected
            .headers
            .push((name.to_owned(), value.to_owned()));
        self
    }

    /// Expects a cookie, its value decoded. The cookies of all calls are all that are sent, but for
    /// an API key.
    pub fn cookie(mut self, name: &str, value: &str) -> Self {
        self.expected
            .cookies
            .push((name.to_owned(), value.to_owned()));
        self
    }

    /// Expects this scheme of `Authorization`: `Bearer`, `Basic`, or `none`. Unless called, what
    /// the service's own way to sign in gives.
    pub fn auth(mut self, scheme: &str) -> Self {
        self.expected.authorization = Authorization::parse(scheme);
        self
    }

    /// Expects all schemes of an alternative, each where it belongs, and no other credential: of the
    /// first alternative for every answer, of each other for the first answer.
    pub fn signed_with(mut self, alternatives: &'static [&'static [Scheme]]) -> Self {
        self.alternatives = alternatives;
        self
    }

    /// Expects a JSON body that says this. Unless called, no body is expected.
    pub fn body(mut self, json: &str) -> Self {
        self.expected.body = Some(Expectation::Json(json.to_owned()));
        self
    }

    /// Expects a body of another type.
    pub fn body_text(mut self, content_type: &str, text: &str) -> Self {
        self.expected.body = Some(Expectation::Bytes(text.as_bytes().to_vec()));
        self.header("Content-Type", content_type)
    }

    /// Expects a form with these pairs, decoded, in any order of their names.
    pub fn form(mut self, pairs: &[(&str, &str)]) -> Self {
        self.expected.body = Some(Expectation::Form(owned(pairs)));
        self
    }

    /// Expects a multipart body with these parts, their names and contents, in any order of their
    /// names.
    pub fn parts(mut self, parts: &[(&str, &str)]) -> Self {
        self.expected.body = Some(Expectation::Parts(owned(parts)));
        self
    }

    /// Adds an answer with a JSON body; an empty text is an empty body.
    pub fn answers(self, status: u16, json: &str) -> Self {
        self.add(status, "application/json", Body::Json(json.to_owned()))
    }

    /// Adds an answer with a body of another type.
    pub fn answers_text(self, status: u16, content_type: &str, text: &str) -> Self {
        self.add(status, content_type, Body::Bytes(text.as_bytes().to_vec()))
    }

    /// Adds an answer with a body of bytes.
    pub fn answers_bytes(self, status: u16, content_type: &str, bytes: &[u8]) -> Self {
        self.add(status, content_type, Body::Bytes(bytes.to_vec()))
    }

    /// Adds a refusal with a JSON body. Unless the text is empty, the operation must understand the
    /// body.
    pub fn refuses(self, status: u16, json: &str) -> Self {
        self.answers(status, json)
    }

    /// Adds several refusals, as [`refuses`](Self::refuses) adds one.
    pub fn refuses_each(self, refusals: &[(u16, &str)]) -> Self {
        refusals.iter().fold(self, |exchange, (status, json)| {
            exchange.refuses(*status, json)
        })
    }

    /// Adds a header to the answer added last.
    ///
    /// # Panics
    /// When there is no answer yet.
    pub fn answer_header(mut self, name: &str, value: &str) -> Self {
        match self.answers.last_mut() {
            Some(answer) => answer.headers.push((name.to_owned(), value.to_owned())),
            None => panic!("`answer_header` comes after the answer that it belongs to"),
        }
        self
    }

    fn add(mut self, status: u16, content_type: &str, body: Body) -> Self {
        self.answers.push(Answer {
            status,
            content_type: content_type.to_owned(),
            body,
            headers: Vec::new(),
        });
        self
    }

    /// Plays every answer in turn, each against a fresh server on loopback: calls the operation,
    /// checks what it sent and what it made of the answer.
    ///
    /// With the environment variable `SDK_TEST_BASE_URL`, the server there is called instead and
    /// asked for each answer by `Prefer: code=<status>`, which mock servers that read OpenAPI
    /// understand. Then the answer's status is checked, that the server found no fault with the
    /// request (`sl-violations`), and that the operation understood the body.
    ///
    /// # Panics
    /// At the first expectation that is not met.
    pub async fn run<T, E, Call, Sent>(self, mut call: Call)
    where
        T: Serialize,
        E: ErrorBody + Serialize + Debug,
        Call: FnMut(C) -> Sent + Send,
        Sent: Future<Output = Result<Response<T>, Error<E>>> + Send,
    {
        let mut call = |client: Client| -> Ending<'_> {
            let sent = call(C::from(client));
            Box::pin(async move { Outcome::from(sent.await) })
        };
        // Of the types that an operation can give, `()` alone has no size.
        let is_dropped = size_of::<T>() == 0;
        let played = Played {
            expected: self.expected,
            answers: self.answers,
            alternatives: self.alternatives,
            is_dropped,
            #[cfg(feature = "mock")]
            mock: self.mock,
        };
        played.with(&mut call).await;
    }
}

/// How a call ends.
pub(super) type Ending<'c> = Pin<Box<dyn Future<Output = Outcome> + Send + 'c>>;

/// Makes the call with a client. Free of the operation's types, so that what plays it is compiled once and not for each operation.
pub(super) type Call<'c> = dyn FnMut(Client) -> Ending<'c> + Send + 'c;

/// An exchange without the types of its operation.
struct Played {
    expected: Expected,
    answers: Vec<Answer>,
    alternatives: &'static [&'static [Scheme]],
    /// Whether the operation gives nothing, whatever the body is.
    is_dropped: bool,
    #[cfg(feature = "mock")]
    mock: Option<fn() -> crate::mock::Builder>,
}

impl Played {
    async fn with(mut self, call: &mut Call<'_>) {
        assert!(
            !self.answers.is_empty(),
            "{}: the exchange has no answer",
            self.expected
        );
        let (first, others) = self.alternatives.split_first().unzip();
        if let Some(schemes) = first {
            self.expected.authorization = Authorization::Schemes(schemes);
        }
        for answer in &self.answers {
            self.play(answer, call).await;
        }
        #[cfg(feature = "mock")]
        if let Some(mock) = self.mock.filter(|_| elsewhere().is_none()) {
            let succeeds = self.answers.iter().any(Answer::is_success);
            bad_days::play(mock, &self.expected, succeeds, call).await;
        }
        for schemes in others.unwrap_or_default() {
            self.expected.authorization = Authorization::Schemes(schemes);
            for answer in self.answers.iter().take(1) {
                self.play(answer, call).await;
            }
        }
    }

    /// Plays one answer.
    async fn play(&self, answer: &Answer, call: &mut Call<'_>) {
        let expected = &self.expected;
        let place = format!("{expected}, answer {}", answer.status);
        let (service, authorization) = (expected.service, expected.authorization);
        if let Some(url) = elsewhere() {
            let client = client_at(service, authorization, &url, Some(answer.status));
            answer.check_kind(&call(client).await, &place);
            return;
        }
        let server = MockServer::start().await;
        Mock::given(matchers::any())
            .respond_with(answer.template())
            .mount(&server)
            .await;
        let client = client_at(service, authorization, &server.uri(), None);
        let prefix = client
            .base_url()
            .strip_prefix(&server.uri())
            .unwrap_or_default()
            .to_owned();
        let outcome = call(client).await;
        let requests = server.received_requests().await.unwrap_or_default();
        expected.check(
            &requests,
            &prefix,
            answer,
            &format!("{place} ({})", outcome.text),
        );
        answer.check_kind(&outcome, &place);
        answer.check_value(&outcome, self.is_dropped, &place);
    }
}

/// The server that is to be called in the place of those of the tests.
fn elsewhere() -> Option<String> {
    let url = std::env::var(SERVER_VARIABLE).ok();
    url.filter(|url| !url.is_empty())
}

fn owned(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

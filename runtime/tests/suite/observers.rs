//! Who is told of attempts, and what stands around the HTTP client.

use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use sdk_runtime::reqwest::{self, header::HeaderValue};
use sdk_runtime::tower::{BoxError, Layer, Service, layer::layer_fn};
use sdk_runtime::{
    AttemptFailure, AttemptOutcome, Client, ClientBuilder, Error, HttpService, StatusCode,
};

use crate::retries::{closed, quick};
use crate::secrecy::assert_hidden;
use crate::server::{BEARER, OPEN, Server, get, json};

#[tokio::test]
async fn each_attempt_is_told() {
    let server = Server::start(|_, before| match before {
        0 | 1 => json(503, ""),
        _ => json(200, "1"),
    })
    .await;
    let told = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&told);
    let client: Client = ClientBuilder::new(&BEARER)
        .base_url(&server.url)
        .bearer_token("hunter2-in-the-clear")
        .retries(quick())
        .on_attempt(move |attempt| {
            assert_hidden(&format!("{attempt:?}"));
            let name = attempt.operation().to_string();
            assert!(attempt.duration() > Duration::ZERO);
            let has_wait = attempt.wait().is_some();
            let entry = (name, attempt.number(), attempt.outcome(), has_wait);
            log.lock().unwrap().push(entry);
        })
        .build()
        .unwrap();
    get(&client, "/x").query("q", "secret").await.unwrap();
    let entry = |number, status, has_wait| {
        let outcome = AttemptOutcome::Status(status);
        ("GET /x".to_owned(), number, outcome, has_wait)
    };
    let told = told.lock().unwrap();
    assert_eq!(
        *told,
        [
            entry(1, StatusCode::SERVICE_UNAVAILABLE, true),
            entry(2, StatusCode::SERVICE_UNAVAILABLE, true),
            entry(3, StatusCode::OK, false)
        ]
    );
}

#[tokio::test]
async fn a_failure_is_told_by_its_kind() {
    let told = Arc::new(Mutex::new(Vec::new()));
    let observed = |builder: ClientBuilder| -> Client {
        let log = Arc::clone(&told);
        let builder = builder.retries(quick().max_attempts(1));
        let builder =
            builder.on_attempt(move |attempt| log.lock().unwrap().push(attempt.outcome()));
        builder.build().unwrap()
    };
    let silent = Server::start(|_, _| crate::server::Reply::Silence).await;
    let cut = Server::start(|_, _| crate::server::Reply::Raw(Vec::new())).await;
    let closed = closed().await;
    let time = Duration::from_millis(100);
    for builder in [
        ClientBuilder::new(&OPEN).base_url(&closed),
        ClientBuilder::new(&OPEN)
            .base_url(&silent.url)
            .timeout(time),
        ClientBuilder::new(&OPEN)
            .base_url(&silent.url)
            .deadline(time),
        ClientBuilder::new(&OPEN).base_url(&cut.url),
        ClientBuilder::new(&BEARER).base_url(&cut.url),
    ] {
        get(&observed(builder), "/x").await.unwrap_err();
    }
    let kinds = [
        AttemptFailure::Connect,
        AttemptFailure::Timeout,
        AttemptFailure::Timeout,
        AttemptFailure::Broken,
        AttemptFailure::Auth,
    ];
    assert_eq!(*told.lock().unwrap(), kinds.map(AttemptOutcome::Failed));
}

/// Adds to a header, so that the order of layers shows.
#[derive(Clone)]
struct Mark {
    inner: HttpService,
    name: &'static str,
}

impl Service<reqwest::Request> for Mark {
    type Response = reqwest::Response;
    type Error = BoxError;
    type Future = <HttpService as Service<reqwest::Request>>::Future;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, mut request: reqwest::Request) -> Self::Future {
        let value = HeaderValue::from_static(self.name);
        request.headers_mut().append("x-mark", value);
        self.inner.call(request)
    }
}

fn mark(name: &'static str) -> impl Layer<HttpService, Service = Mark> {
    layer_fn(move |inner| Mark { inner, name })
}

#[tokio::test]
async fn layers_stand_around_each_attempt_in_their_order() {
    let server = Server::start(|_, before| match before {
        0 => json(503, ""),
        _ => json(200, "1"),
    })
    .await;
    let client: Client = ClientBuilder::new(&BEARER)
        .base_url(&server.url)
        .bearer_token("t")
        .layer(mark("first"))
        .layer(mark("second"))
        .retries(quick())
        .build()
        .unwrap();
    get(&client, "/x").await.unwrap();
    let requests = server.requests();
    assert_eq!(requests.len(), 2);
    for request in requests {
        let marks: Vec<&str> = request
            .head
            .lines()
            .filter(|line| line.starts_with("x-mark"))
            .collect();
        assert_eq!(marks, ["x-mark: first", "x-mark: second"]);
        assert_eq!(request.header("authorization"), Some("Bearer t"));
    }
}

/// Refuses everything.
#[derive(Clone)]
struct Closed;

#[derive(Debug)]
struct NotToday;

impl std::fmt::Display for NotToday {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("not today")
    }
}

impl std::error::Error for NotToday {}

impl Service<reqwest::Request> for Closed {
    type Response = reqwest::Response;
    type Error = NotToday;
    type Future = std::future::Ready<Result<reqwest::Response, NotToday>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), NotToday>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: reqwest::Request) -> Self::Future {
        std::future::ready(Err(NotToday))
    }
}

#[tokio::test]
async fn a_layers_own_failure_ends_the_call_and_the_http_clients_does_not() {
    let server = Server::always(200, "1").await;
    let client: Client = ClientBuilder::new(&OPEN)
        .base_url(&server.url)
        .layer(layer_fn(|_| Closed))
        .retries(quick())
        .build()
        .unwrap();
    let error = get(&client, "/x").await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "GET /x: a layer around the HTTP client failed: not today"
    );
    let source = std::error::Error::source(&error).unwrap();
    assert!(source.is::<NotToday>());
    assert!(matches!(error, Error::Transport(_)) && !error.is_retryable());
    assert!(server.requests().is_empty());

    let url = closed().await;
    let client: Client = ClientBuilder::new(&OPEN)
        .base_url(&url)
        .layer(mark("x"))
        .retries(quick())
        .build()
        .unwrap();
    let error = get(&client, "/x").await.unwrap_err();
    assert!(error.is_connect());
    assert_eq!(error.attempts(), 4);
}

//! Which calls are made again, after which failures, and how often.

use std::time::Duration;

use sdk_runtime::{
    Body, Client, ClientBuilder, Error, Method, NoErrorBody, Request, RetryPolicy, Value,
};

use crate::server::{FORM, OPEN, Recorded, Reply, Server, get, json};
use crate::tokens::{API_PATH, TOKEN_PATH};

/// A policy whose waits cost a test no time.
pub(crate) fn quick() -> RetryPolicy {
    RetryPolicy::default().first_wait(Duration::from_millis(2))
}

/// A client of this URL that waits hardly between attempts.
pub(crate) fn quick_client(url: &str) -> Client {
    ClientBuilder::new(&OPEN)
        .base_url(url)
        .retries(quick())
        .build()
        .unwrap()
}

/// A server that gives this the first times, and then success.
async fn failing(times: usize, reply: impl Fn() -> Reply + Send + Sync + 'static) -> Server {
    Server::start(move |_, before| match before < times {
        true => reply(),
        false => json(200, r#""done""#),
    })
    .await
}

fn send(client: &Client, method: Method) -> Request<Vec<u8>, NoErrorBody> {
    client.request(method, "/x").returns_bytes()
}

/// A URL at which nothing listens.
pub(crate) async fn closed() -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}

#[tokio::test]
async fn a_repeat_goes_by_the_method() {
    let idempotent = [
        Method::GET,
        Method::HEAD,
        Method::OPTIONS,
        Method::TRACE,
        Method::PUT,
        Method::DELETE,
    ];
    for method in idempotent {
        for status in [502, 503, 504] {
            let server = failing(2, move || json(status, "")).await;
            let answer = send(&quick_client(&server.url), method.clone()).send();
            assert_eq!(answer.await.unwrap().status().as_u16(), 200);
            assert_eq!(server.requests().len(), 3, "{method} {status}");
        }
    }
    for method in [Method::POST, Method::PATCH] {
        let server = failing(2, || json(503, "")).await;
        let client = quick_client(&server.url);
        let error = send(&client, method.clone()).await.unwrap_err();
        assert_eq!((error.attempts(), server.requests().len()), (1, 1));
        assert!(!error.is_retryable(), "what the server did is not known");
        // Unless the caller knows better.
        let error = send(&client, method).repeatable();
        error.await.unwrap();
        assert_eq!(server.requests().len(), 3);
    }
}

#[tokio::test]
async fn what_no_time_mends_is_not_repeated() {
    for status in [302, 400, 401, 403, 404, 409, 500, 501, 505] {
        let server = failing(1, move || json(status, "")).await;
        let error = get(&quick_client(&server.url), "/x").await.unwrap_err();
        assert_eq!(error.status().unwrap().as_u16(), status);
        assert_eq!((error.attempts(), server.requests().len()), (1, 1));
        assert!(!error.is_retryable());
    }
    // Nor a success that cannot be read: the server has done what was asked.
    let server = failing(1, || json(200, "{")).await;
    let error = get(&quick_client(&server.url), "/x").await.unwrap_err();
    assert!(error.is_decode() && !error.is_retryable());
    assert_eq!((error.attempts(), server.requests().len()), (1, 1));
}

#[tokio::test]
async fn too_many_requests_are_repeated_whatever_the_method_and_not_counted() {
    for method in [Method::GET, Method::POST, Method::PATCH] {
        let server = failing(9, || json(429, "")).await;
        let builder = ClientBuilder::<Client>::new(&OPEN).base_url(&server.url);
        let client = builder
            .retries(
                quick()
                    .max_attempts(2)
                    .longest_wait(Duration::from_millis(5)),
            )
            .build()
            .unwrap();
        send(&client, method).await.unwrap();
        assert_eq!(server.requests().len(), 10);
    }
}

#[tokio::test]
async fn attempts_are_limited_and_told() {
    let server = Server::always(503, r#"{"message":"down","trackingId":"t-1"}"#).await;
    let client = quick_client(&server.url);
    let error = get(&client, "/x").await.unwrap_err();
    assert_eq!((error.attempts(), server.requests().len()), (4, 4));
    assert_eq!(
        error.to_string(),
        "GET /x: 503 Service Unavailable: down (tracking id t-1) (4 attempts)"
    );
    assert!(error.is_retryable() && error.is_server_error());
    let twice = get(&client, "/x").retries(quick().max_attempts(2)).await;
    assert_eq!(twice.unwrap_err().attempts(), 2);
    for policy in [
        RetryPolicy::never(),
        quick().max_attempts(1),
        quick().max_attempts(0),
    ] {
        let error = get(&client, "/x").retries(policy).await.unwrap_err();
        assert_eq!(error.attempts(), 1);
        assert!(
            error.to_string().ends_with("down (tracking id t-1)"),
            "{error}"
        );
    }
    let server = Server::always(429, "").await;
    let client = quick_client(&server.url);
    let once = get(&client, "/x").retries(RetryPolicy::never()).await;
    assert_eq!(
        (once.unwrap_err().attempts(), server.requests().len()),
        (1, 1)
    );
}

#[tokio::test]
async fn without_a_connection_every_method_is_repeated() {
    let url = closed().await;
    for method in [Method::GET, Method::POST] {
        let error = send(&quick_client(&url), method.clone()).await.unwrap_err();
        assert!(error.is_connect() && error.is_retryable() && !error.is_timeout());
        assert_eq!(
            error.to_string(),
            format!("{method} /x: could not connect to {url} (4 attempts)")
        );
    }
}

#[tokio::test]
async fn a_broken_exchange_is_repeated_where_that_does_no_harm() {
    let cut = || Reply::Raw(b"HTTP/1.1 200 X\r\ncontent-length: 100\r\n\r\n[".to_vec());
    let nothing = || Reply::Raw(Vec::new());
    let silence = || Reply::Silence;
    let replies: [fn() -> Reply; 3] = [cut, nothing, silence];
    for reply in replies {
        let server = failing(1, reply).await;
        let builder = ClientBuilder::<Client>::new(&OPEN).base_url(&server.url);
        let builder = builder.timeout(Duration::from_millis(300));
        let client = builder.retries(quick()).build().unwrap();
        assert_eq!(get(&client, "/x").await.unwrap(), "done");
        assert_eq!(server.requests().len(), 2);

        let server = failing(1, reply).await;
        let builder = ClientBuilder::<Client>::new(&OPEN).base_url(&server.url);
        let builder = builder.timeout(Duration::from_millis(300));
        let client = builder.retries(quick()).build().unwrap();
        let error = send(&client, Method::POST).await.unwrap_err();
        assert!(matches!(error, Error::Transport(_)) && !error.is_retryable());
        assert_eq!((error.attempts(), server.requests().len()), (1, 1));
    }
}

#[tokio::test]
async fn a_repeated_body_is_the_first_one() {
    let server = failing(3, || json(429, "")).await;
    let client = quick_client(&server.url);
    let body = sdk_runtime::json!({ "text": "a\"b", "more": [1, 2, 3] });
    let request = client
        .request(Method::POST, "/x")
        .query("q", "1")
        .json(&body);
    let answer = request
        .returns_json::<Request<Value, NoErrorBody>>()
        .await
        .unwrap();
    assert_eq!(answer, "done");
    let requests = server.requests();
    assert_eq!(requests.len(), 4);
    let wire = |request: &Recorded| (request.head.clone(), request.body.clone());
    for request in &requests {
        assert_eq!(wire(request), wire(&requests[0]));
    }
    assert_eq!(requests[0].body, body.to_string());
}

#[tokio::test]
async fn a_stream_is_sent_once() {
    for status in [429, 503] {
        let server = failing(1, move || json(status, "")).await;
        let client = quick_client(&server.url);
        let chunks = futures_util::stream::iter([Ok::<_, std::io::Error>("a"), Ok("b")]);
        let request = client.request(Method::PUT, "/x");
        let request = request.body("text/plain", Body::stream(chunks));
        let error = request
            .returns_nothing::<Request<(), NoErrorBody>>()
            .await
            .unwrap_err();
        assert_eq!(error.status().unwrap().as_u16(), status);
        assert_eq!((error.attempts(), server.requests().len()), (1, 1));
    }
}

#[tokio::test]
async fn a_download_is_repeated_until_its_headers_are_there() {
    let server = failing(2, || json(503, "")).await;
    let client = quick_client(&server.url);
    let answer = get(&client, "/x").send_stream().await.unwrap();
    let mut body = answer.into_body();
    assert_eq!(body.chunk().await.unwrap().unwrap(), r#""done""#);
    assert_eq!(server.requests().len(), 3);

    // What breaks later is told, with the attempts that there were.
    let server = Server::start(|_, before| match before {
        0 => json(503, ""),
        _ => Reply::Raw(b"HTTP/1.1 200 X\r\ncontent-length: 9\r\n\r\nab".to_vec()),
    })
    .await;
    let answer = get(&quick_client(&server.url), "/x").send_stream().await;
    let mut body = answer.unwrap().into_body();
    let error = loop {
        match body.chunk().await {
            Ok(chunk) => assert!(chunk.is_some(), "the body is cut off"),
            Err(error) => break error,
        }
    };
    assert!(
        error.to_string().ends_with("was cut off (2 attempts)"),
        "{error}"
    );
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_token_endpoint_that_is_down_for_a_moment_costs_no_call() {
    for status in [429, 503] {
        let server = Server::start(move |request, before| match request.target() {
            TOKEN_PATH if before < 2 => json(status, ""),
            TOKEN_PATH => json(200, r#"{"access_token":"t","expires_in":60}"#),
            _ => json(200, r#""done""#),
        })
        .await;
        let client: Client = ClientBuilder::new(&FORM)
            .base_url(&server.url)
            .client_credentials("id", "secret")
            .retries(quick())
            .build()
            .unwrap();
        send(&client, Method::POST).await.unwrap();
        assert_eq!((server.count(TOKEN_PATH), server.count(API_PATH)), (3, 1));
    }
    let server = Server::always(401, r#"{"error":"invalid_client"}"#).await;
    let builder = ClientBuilder::<Client>::new(&FORM).base_url(&server.url);
    let builder = builder.client_credentials("id", "wrong").retries(quick());
    let error = get(&builder.build().unwrap(), "/x").await.unwrap_err();
    assert!(error.is_auth() && !error.is_retryable());
    assert_eq!((error.attempts(), server.count(TOKEN_PATH)), (1, 1));
}

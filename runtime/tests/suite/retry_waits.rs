//! How long is waited between attempts, and until when a call goes on.

use std::time::{Duration, Instant};

use sdk_runtime::{Client, ClientBuilder, Error, RetryPolicy};

use crate::retries::{quick, quick_client};
use crate::server::{OPEN, Reply, Server, get, json, with_headers};

/// A server that refuses once with these headers.
async fn refusing_once(status: u16, headers: &'static str) -> Server {
    Server::start(move |_, before| match before {
        0 => with_headers(status, headers, ""),
        _ => json(200, "1"),
    })
    .await
}

#[tokio::test]
async fn what_the_server_asks_for_is_waited_for() {
    let cases = [
        (429, "retry-after: 1\r\n"),
        (503, "retry-after: 1\r\n"),
        // The server's clock is decades behind; its own date says how far off the other one is.
        (
            429,
            "date: Sun, 06 Nov 1994 08:49:37 GMT\r\nretry-after: Sun, 06 Nov 1994 08:49:38 GMT\r\n",
        ),
        // Or far ahead.
        (
            503,
            "date: Sat, 06 Nov 2094 08:49:37 GMT\r\nretry-after: Sat, 06 Nov 2094 08:49:38 GMT\r\n",
        ),
    ];
    for (status, headers) in cases {
        let server = refusing_once(status, headers).await;
        let start = Instant::now();
        get(&quick_client(&server.url), "/x").await.unwrap();
        let took = start.elapsed();
        assert!(
            took >= Duration::from_secs(1) && took < Duration::from_secs(3),
            "{headers}: {took:?}"
        );
        assert_eq!(server.requests().len(), 2);
    }
}

#[tokio::test]
async fn a_server_that_asks_for_too_much_ends_the_call_at_once() {
    let start = Instant::now();
    for (headers, seconds) in [
        ("retry-after: 61\r\n", 61),
        ("retry-after: 18446744073709551615\r\n", u64::MAX),
        (
            "date: Sun, 06 Nov 1994 08:49:37 GMT\r\nretry-after: Sun, 06 Nov 1994 09:49:37 GMT\r\n",
            3600,
        ),
    ] {
        let server = refusing_once(429, headers).await;
        let error = get(&quick_client(&server.url), "/x").await.unwrap_err();
        assert_eq!(error.retry_after(), Some(Duration::from_secs(seconds)));
        assert!(error.is_rate_limited() && error.is_retryable());
        assert_eq!((error.attempts(), server.requests().len()), (1, 1));
    }
    let server = refusing_once(503, "retry-after: 1\r\n").await;
    let policy = quick().longest_retry_after(Duration::from_millis(900));
    let error = get(&quick_client(&server.url), "/x").retries(policy).await;
    assert_eq!(error.unwrap_err().attempts(), 1);
    assert!(start.elapsed() < Duration::from_secs(1));
}

#[tokio::test]
async fn a_wait_beyond_the_deadline_is_not_begun() {
    let client = |url: &str, time| -> Client {
        let builder = ClientBuilder::new(&OPEN).base_url(url).deadline(time);
        builder.retries(quick()).build().unwrap()
    };
    let (time, long) = (Duration::from_secs(5), Duration::from_secs(100));
    let start = Instant::now();
    for status in [429, 503] {
        // The client's deadline, and a call's own time in its place.
        for own in [None, Some(time)] {
            let server = refusing_once(status, "retry-after: 6\r\n").await;
            let client = client(&server.url, own.map_or(time, |_| long));
            let call = get(&client, "/x");
            let call = match own {
                Some(time) => call.timeout(time),
                None => call,
            };
            let error = call.await.unwrap_err();
            assert_eq!(error.status().unwrap().as_u16(), status);
            assert_eq!((error.attempts(), server.requests().len()), (1, 1));
        }
    }
    assert!(start.elapsed() < time, "{:?}", start.elapsed());
}

#[tokio::test]
async fn the_deadline_holds_for_all_attempts_together() {
    let endless = RetryPolicy::default()
        .max_attempts(u32::MAX)
        .first_wait(Duration::from_millis(20))
        .longest_wait(Duration::from_millis(20));
    let time = Duration::from_millis(400);
    for status in [429, 503] {
        let server = Server::start(move |_, _| json(status, "")).await;
        let builder = ClientBuilder::<Client>::new(&OPEN).base_url(&server.url);
        let client = builder.deadline(time).retries(endless).build().unwrap();
        let start = Instant::now();
        let error = get(&client, "/x").await.unwrap_err();
        // The deadline may pass during a wait, which is then not begun, or during an attempt, which is cut.
        match error.status() {
            Some(found) => assert_eq!(found.as_u16(), status, "{error}"),
            None => assert!(error.is_timeout(), "{error}"),
        }
        assert!(error.attempts() > 1, "{error}");
        assert!(start.elapsed() < time + Duration::from_secs(2));
    }
    // Attempts that hang are cut, each by its own limit and the last one by the deadline.
    let server = Server::start(|_, _| Reply::Silence).await;
    let builder = ClientBuilder::<Client>::new(&OPEN).base_url(&server.url);
    let builder = builder.timeout(Duration::from_millis(150)).deadline(time);
    let client = builder.retries(endless).build().unwrap();
    let start = Instant::now();
    let error = get(&client, "/x").await.unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    assert!(start.elapsed() < time + Duration::from_secs(2));
    let requests = server.requests().len();
    assert!((2..=3).contains(&requests), "{requests}");
}

#[tokio::test]
async fn a_call_without_an_answer_ends_at_the_deadline() {
    let server = Server::start(|_, _| Reply::Silence).await;
    let builder = ClientBuilder::<Client>::new(&OPEN).base_url(&server.url);
    let client = builder
        .deadline(Duration::from_millis(200))
        .build()
        .unwrap();
    let errors = [
        get(&client, "/x").await.unwrap_err(),
        get(&client, "/x").send_stream().await.unwrap_err(),
    ];
    for error in errors {
        assert!(error.is_timeout() && matches!(error, Error::Transport(_)));
        assert_eq!(
            error.to_string(),
            format!(
                "GET /x: {} did not answer within 200ms in all; `timeout` of the request or \
                 `deadline` of the client's builder sets that limit",
                server.url
            )
        );
    }
    // A time that no clock can count to is no fault.
    let server = Server::always(200, "1").await;
    let builder = ClientBuilder::<Client>::new(&OPEN).base_url(&server.url);
    let builder = builder.timeout(Duration::MAX).deadline(Duration::MAX);
    let client = builder.build().unwrap();
    get(&client, "/x").await.unwrap();
    get(&client, "/x").timeout(Duration::MAX).await.unwrap();
    let far = get(&client, "/x").timeout(Duration::MAX);
    let mut download = far.send_stream().await.unwrap().into_body();
    assert_eq!(download.chunk().await.unwrap().unwrap(), "1");
}

#[tokio::test]
async fn a_slow_attempt_leaves_time_for_another() {
    let server = Server::start(|_, before| match before {
        0 => Reply::Silence,
        _ => json(200, "1"),
    })
    .await;
    let builder = ClientBuilder::<Client>::new(&OPEN).base_url(&server.url);
    let builder = builder.timeout(Duration::from_millis(150));
    let client = builder.retries(quick()).build().unwrap();
    get(&client, "/x").await.unwrap();
    assert_eq!(server.requests().len(), 2);
}

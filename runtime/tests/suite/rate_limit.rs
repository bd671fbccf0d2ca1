//! The client's own limit: what reaches the server in any window, whose turn it is, and what is
//! learned from answers.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use sdk_runtime::{
    AttemptFailure, AttemptOutcome, Client, ClientBuilder, Error, RateLimit, RetryPolicy, Service,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::retries::quick;
use crate::server::{BASE, FORM, OPEN, Reply, Server, get, json, late, with_headers};

/// A server that keeps its connections and notes when each request came.
struct Clocked {
    url: String,
    came: Arc<Mutex<Vec<Instant>>>,
}

impl Clocked {
    /// Answers 429 to each request of which the place is a multiple of this.
    async fn refusing_every(nth: usize) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let came = Arc::new(Mutex::new(Vec::new()));
        let (log, count) = (Arc::clone(&came), Arc::new(AtomicUsize::new(1)));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (log, count) = (Arc::clone(&log), Arc::clone(&count));
                tokio::spawn(async move { serve(stream, &log, &count, nth).await });
            }
        });
        Self { url, came }
    }

    /// How many requests came, and the most that came in any window of this length.
    fn most_in(&self, window: Duration) -> (usize, usize) {
        let mut came = self.came.lock().unwrap().clone();
        came.sort_unstable();
        let (mut first, mut most) = (0, 0);
        for (last, at) in came.iter().enumerate() {
            while *at - came[first] >= window {
                first += 1;
            }
            most = most.max(last + 1 - first);
        }
        (came.len(), most)
    }
}

async fn serve(mut stream: TcpStream, log: &Mutex<Vec<Instant>>, count: &AtomicUsize, nth: usize) {
    let mut buffer = Vec::new();
    loop {
        while !buffer.ends_with(b"\r\n\r\n") {
            match stream.read_buf(&mut buffer).await {
                Ok(read) if read > 0 => {}
                _ => return,
            }
        }
        buffer.clear();
        log.lock().unwrap().push(Instant::now());
        let answer: &[u8] = match count.fetch_add(1, Ordering::SeqCst) % nth {
            0 => b"HTTP/1.1 429 X\r\ncontent-length: 0\r\n\r\n",
            _ => b"HTTP/1.1 200 X\r\ncontent-length: 1\r\n\r\n1",
        };
        if stream.write_all(answer).await.is_err() {
            return;
        }
    }
}

fn limited(url: &str, count: u32, window: Duration) -> ClientBuilder {
    ClientBuilder::new(&OPEN)
        .base_url(url)
        .retries(quick())
        .rate_limit(Some(RateLimit::new(count, window)))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_calls_succeed_within_the_limit_though_a_third_is_refused() {
    const CALLS: usize = 10_000;
    let window = Duration::from_millis(40);
    let server = Clocked::refusing_every(3).await;
    let client: Client = limited(&server.url, 200, window).build().unwrap();
    let calls: Vec<_> = (0..CALLS)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { get(&client, "/x").await })
        })
        .collect();
    for call in calls {
        assert_eq!(call.await.unwrap().unwrap(), 1);
    }
    let (requests, most) = server.most_in(window);
    assert_eq!(requests, CALLS * 3 / 2 - usize::from(requests % 3 == 2));
    assert!(most <= 200, "{most} in one window");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn slow_answers_do_not_let_more_through() {
    // What was sent just before the end of one window is counted by the server in the next.
    let came = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&came);
    let server = Server::start(move |_, before| {
        log.lock().unwrap().push(Instant::now());
        late((before as u64 % 5) * 40, json(200, "1"))
    })
    .await;
    let window = Duration::from_millis(150);
    let client: Client = limited(&server.url, 5, window).build().unwrap();
    let calls: Vec<_> = (0..30)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { get(&client, "/x").await })
        })
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    let mut came = came.lock().unwrap().clone();
    came.sort_unstable();
    for pair in came.windows(6) {
        assert!(pair[5] - pair[0] >= window, "{:?}", pair[5] - pair[0]);
    }
}

#[tokio::test]
async fn who_comes_first_is_served_first() {
    let server = Server::always(200, "1").await;
    let window = Duration::from_millis(20);
    let client: Client = limited(&server.url, 1, window).build().unwrap();
    let paths = ["/0", "/1", "/2", "/3", "/4", "/5", "/6", "/7"];
    let mut calls = Vec::new();
    for path in paths {
        calls.push(tokio::spawn(get(&client, path).into_future()));
        tokio::task::yield_now().await;
    }
    for call in calls {
        call.await.unwrap().unwrap();
    }
    let requests = server.requests();
    let targets: Vec<&str> = requests.iter().map(|request| request.target()).collect();
    assert_eq!(targets, paths);
}

#[tokio::test]
async fn a_dropped_call_gives_its_turn_to_the_next_and_keeps_its_slot_taken() {
    let server = Server::start(|request, _| match request.target() {
        "/silent" => Reply::Silence,
        _ => json(200, "1"),
    })
    .await;
    let window = Duration::from_millis(300);
    let client: Client = limited(&server.url, 1, window).build().unwrap();
    let sent = tokio::spawn(get(&client, "/silent").into_future());
    while server.requests().is_empty() {
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    let waiting = tokio::spawn(get(&client, "/never").into_future());
    tokio::task::yield_now().await;
    let next = tokio::spawn(get(&client, "/next").into_future());
    tokio::task::yield_now().await;
    waiting.abort();
    let dropped_at = Instant::now();
    sent.abort();
    next.await.unwrap().unwrap();
    // The server may have counted the dropped one until the last moment.
    assert!(dropped_at.elapsed() >= window);
    assert_eq!((server.count("/never"), server.requests().len()), (0, 2));
}

#[tokio::test]
async fn a_turn_that_does_not_come_in_time_is_an_error_of_its_own() {
    let server = Server::always(200, "1").await;
    let builder = limited(&server.url, 1, Duration::from_secs(60));
    let told = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&told);
    let builder = builder.on_attempt(move |attempt| log.lock().unwrap().push(attempt.outcome()));
    let client: Client = builder.deadline(Duration::from_secs(30)).build().unwrap();
    get(&client, "/x").await.unwrap();
    let start = Instant::now();
    let error = get(&client, "/x").await.unwrap_err();
    assert!(start.elapsed() < Duration::from_secs(5), "told at once");
    let Error::RateLimit(limit) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(limit.limit(), RateLimit::new(1, Duration::from_secs(60)));
    assert_eq!(limit.operation().path(), "/x");
    assert!(error.is_rate_limited() && error.is_timeout() && error.is_retryable());
    assert!(error.status().is_none() && error.retry_after().is_none());
    assert_eq!(
        error.to_string(),
        "GET /x: not sent, because it would not get its turn within 30s under the limit of 1 requests in 60s; \
         `deadline` of the client's builder gives it more time, `rate_limit` of the client's builder sets the limit"
    );
    let error = get(&client, "/x").timeout(Duration::from_millis(10)).await;
    let text = error.unwrap_err().to_string();
    assert!(text.contains("within 10ms") && text.contains("`timeout` of the request gives"));
    let failed = AttemptOutcome::Failed(AttemptFailure::RateLimit);
    assert_eq!(told.lock().unwrap()[1..], [failed, failed]);
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_failure_says_more_than_the_missing_turn_of_its_repeat() {
    let server = Server::always(503, r#"{"message":"down"}"#).await;
    let client: Client = limited(&server.url, 1, Duration::from_secs(60))
        .build()
        .unwrap();
    let request = get(&client, "/x").timeout(Duration::from_secs(20));
    let error = request.await.unwrap_err();
    assert_eq!(error.to_string(), "GET /x: 503 Service Unavailable: down");
    assert_eq!(error.attempts(), 1);
}

#[tokio::test]
async fn all_clones_keep_the_pause_that_the_server_asks_for() {
    let left = "x-ratelimit-remaining: 0\r\nx-ratelimit-reset: 1\r\n";
    for (status, headers) in [(429, "retry-after: 1\r\n"), (200, left), (404, left)] {
        let server = Server::start(move |request, _| match request.target() {
            "/first" => with_headers(status, headers, "1"),
            _ => json(200, "1"),
        })
        .await;
        let builder = limited(&server.url, 1000, Duration::from_millis(1));
        let client: Client = builder.retries(RetryPolicy::never()).build().unwrap();
        let _ = get(&client, "/first").await;
        let start = Instant::now();
        let calls: Vec<_> = (0..10)
            .map(|_| tokio::spawn(get(&client.clone(), "/x").into_future()))
            .collect();
        for call in calls {
            call.await.unwrap().unwrap();
        }
        let took = start.elapsed();
        assert!(
            took > Duration::from_millis(900) && took < Duration::from_secs(3),
            "{status}: {took:?}"
        );
        let error = match get(&client, "/first").await {
            Ok(_) | Err(Error::Api(_)) => {
                let short = get(&client, "/x").timeout(Duration::from_millis(50));
                short.await.unwrap_err()
            }
            Err(error) => error,
        };
        assert!(matches!(error, Error::RateLimit(_)), "{error:?}");
    }
}

#[tokio::test]
async fn the_services_limit_holds_unless_the_caller_sets_another() {
    static SLOW: Service = Service {
        rate_limit: Some(RateLimit::new(1, Duration::from_secs(60))),
        ..BASE
    };
    let server = Server::always(200, "1").await;
    let build = |builder: ClientBuilder| -> Client {
        let builder = builder.base_url(&server.url);
        builder.deadline(Duration::from_secs(5)).build().unwrap()
    };
    let client = build(ClientBuilder::new(&SLOW));
    get(&client, "/x").await.unwrap();
    assert!(
        get(&client.clone(), "/x")
            .await
            .unwrap_err()
            .is_rate_limited()
    );
    // Another client has a limit of its own, as another tenant has.
    get(&build(ClientBuilder::new(&SLOW)), "/x").await.unwrap();
    let more = RateLimit::new(3, Duration::from_secs(60));
    for (limit, sent) in [(Some(more), 3), (None, 20)] {
        let client = build(ClientBuilder::new(&SLOW).rate_limit(limit));
        let mut succeeded = 0;
        for _ in 0..20 {
            succeeded += usize::from(get(&client, "/x").await.is_ok());
        }
        assert_eq!(succeeded, sent);
    }
}

#[tokio::test]
async fn a_token_that_has_no_turn_is_told_as_that() {
    let server = Server::start(|request, _| match request.target() {
        "/oauth/token" => json(200, r#"{"access_token":"t","expires_in":0.001}"#),
        _ => json(200, "1"),
    })
    .await;
    let client: Client = ClientBuilder::new(&FORM)
        .base_url(&server.url)
        .client_credentials("id", "secret")
        .rate_limit(Some(RateLimit::new(3, Duration::from_secs(60))))
        .deadline(Duration::from_secs(30))
        .build()
        .unwrap();
    // A token that lives a moment is fetched twice, and then used.
    get(&client, "/x").await.unwrap();
    assert_eq!(server.requests().len(), 3);
    let start = Instant::now();
    let error = get(&client, "/x").await.unwrap_err();
    assert!(matches!(error, Error::RateLimit(_)), "{error:?}");
    assert!(start.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn a_token_from_the_same_server_counts_and_does_not_lock_the_calls_out() {
    let server = Server::start(|request, _| match request.target() {
        "/oauth/token" => json(200, r#"{"access_token":"t","expires_in":1}"#),
        _ => json(200, "1"),
    })
    .await;
    let window = Duration::from_millis(300);
    // With a limit of one, a call that held its turn while its token is fetched would wait for ever.
    let client: Client = ClientBuilder::new(&FORM)
        .base_url(&server.url)
        .client_credentials("id", "secret")
        .rate_limit(Some(RateLimit::new(1, window)))
        .build()
        .unwrap();
    let start = Instant::now();
    let calls: Vec<_> = (0..6)
        .map(|_| tokio::spawn(get(&client, "/x").into_future()))
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    let requests = u32::try_from(server.requests().len()).unwrap();
    assert!(
        requests > 7,
        "the token expires between the turns: {requests}"
    );
    assert!(start.elapsed() >= window * (requests - 1));
}

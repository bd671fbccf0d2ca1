//! Limits: how long an answer may be, how long a call may take, and that both end what a server would
//! not.

use std::time::{Duration, Instant};

use sdk_runtime::{
    Client, ClientBuilder, Error, Method, NoErrorBody, Request, RetryPolicy, StreamError, Value,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::sync::mpsc;

use crate::server::{FORM, OPEN, Reply, Server, get, json, with_headers};

/// A server that sends a head and then this chunk again and again, until the client hangs up; tells how
/// many bytes it got rid of.
async fn endless(
    head: &'static str,
    chunk: Vec<u8>,
    pause: Duration,
) -> (String, mpsc::UnboundedReceiver<usize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (tell, told) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let (tell, chunk) = (tell.clone(), chunk.clone());
            tokio::spawn(async move {
                let _ = stream.read(&mut [0; 4096]).await;
                let _ = stream.write_all(head.as_bytes()).await;
                let mut sent = 0;
                while stream.write_all(&chunk).await.is_ok() && sent < (1 << 30) {
                    sent += chunk.len();
                    tokio::time::sleep(pause).await;
                }
                let _ = tell.send(sent);
            });
        }
    });
    (url, told)
}

const UNTIL_CLOSED: &str = "HTTP/1.1 200 X\r\nconnection: close\r\n\r\n";
const LIMIT: usize = 1 << 20;
/// What sockets and hyper hold beside the limit, generously.
const BUFFERS: usize = 16 << 20;

fn limited(url: &str) -> Client {
    let builder = ClientBuilder::new(&OPEN).base_url(url);
    builder.max_answer_size(LIMIT).build().unwrap()
}

fn bytes(client: &Client) -> Request<Vec<u8>, NoErrorBody> {
    client.request(Method::GET, "/x").returns_bytes()
}

#[tokio::test]
async fn an_endless_answer_ends_at_the_limit() {
    let (url, mut sent) = endless(UNTIL_CLOSED, vec![b' '; 1 << 16], Duration::ZERO).await;
    let error = bytes(&limited(&url)).await.unwrap_err();
    let Error::TooLarge(large) = &error else {
        panic!("{error:?}")
    };
    assert_eq!((large.limit(), large.status().as_u16()), (LIMIT, 200));
    assert!(error.is_after_success() && !error.is_timeout());
    assert_eq!(
        error.to_string(),
        "GET /x: 200 OK, but its body is longer than 1048576 bytes; \
         `max_answer_size` of the client's builder raises the limit, \
         `send_stream` of the request reads without one"
    );
    // The server could get rid of no more, so that no more was ever held.
    let sent = sent.recv().await.unwrap();
    assert!(sent < LIMIT + BUFFERS, "{sent}");
}

#[tokio::test]
async fn an_answer_that_says_that_it_is_too_long_is_not_read() {
    let head = "HTTP/1.1 200 X\r\ncontent-length: 1000000000000\r\n\r\n";
    let (url, mut sent) = endless(head, vec![b' '; 1 << 16], Duration::ZERO).await;
    let error = get(&limited(&url), "/x").await.unwrap_err();
    assert!(matches!(error, Error::TooLarge(_)), "{error:?}");
    assert!(sent.recv().await.unwrap() < BUFFERS);
}

#[tokio::test]
async fn an_answer_of_just_the_limit_is_read() {
    for (length, fits) in [(LIMIT, true), (LIMIT + 1, false)] {
        let server = Server::start(move |_, _| json(200, &" ".repeat(length))).await;
        let read = bytes(&limited(&server.url)).send_bytes().await;
        assert_eq!(read.is_ok(), fits, "{length}");
    }
}

#[tokio::test]
async fn an_endless_refusal_is_cut_and_still_tells_its_status() {
    let head = "HTTP/1.1 503 X\r\nretry-after: 7\r\nconnection: close\r\n\r\n";
    let (url, mut sent) = endless(head, vec![b'x'; 1 << 16], Duration::ZERO).await;
    let builder = ClientBuilder::<Client>::new(&OPEN).base_url(&url);
    let builder = builder.retries(RetryPolicy::never());
    let client = builder.max_error_size(1000).build().unwrap();
    let error = get(&client, "/x").await.unwrap_err();
    assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
    let Error::Api(error) = error else { panic!() };
    assert_eq!((error.status().as_u16(), error.body().len()), (503, 1000));
    assert!(sent.recv().await.unwrap() < BUFFERS);
}

#[tokio::test]
async fn an_endless_token_answer_ends() {
    let (url, mut sent) = endless(UNTIL_CLOSED, vec![b' '; 1 << 16], Duration::ZERO).await;
    let builder = ClientBuilder::<Client>::new(&FORM).base_url(&url);
    let client = builder.client_credentials("id", "secret").build().unwrap();
    let error = get(&client, "/x").await.unwrap_err();
    assert!(
        error
            .to_string()
            .ends_with("its body is longer than 1 MiB, which no token is"),
        "{error}"
    );
    assert!(sent.recv().await.unwrap() < BUFFERS);
}

#[tokio::test]
async fn a_stream_has_no_limit_and_its_lines_have_one() {
    let chunk = [vec![b'1'; 999], vec![b'\n']].concat();
    let (url, _) = endless(UNTIL_CLOSED, chunk, Duration::ZERO).await;
    let mut stream = bytes(&limited(&url)).send_stream().await.unwrap();
    let mut read = 0;
    while read < 3 * LIMIT {
        read += stream.body_mut().chunk().await.unwrap().unwrap().len();
    }
    let (url, mut sent) = endless(UNTIL_CLOSED, vec![b'1'; 1 << 16], Duration::ZERO).await;
    let stream = bytes(&limited(&url)).send_stream().await.unwrap();
    let mut lines = stream.into_body().json_lines::<Value>();
    let error = lines.value().await.unwrap_err();
    assert!(matches!(error, StreamError::Transport(_)), "{error:?}");
    let told = "sent a line or an event of more than 1048576 bytes";
    assert!(error.to_string().contains(told), "{error}");
    assert!(lines.value().await.unwrap().is_none());
    assert!(sent.recv().await.unwrap() < BUFFERS);

    let chunk = b"data: 0123456789\n".repeat(1000);
    let (url, mut sent) = endless(UNTIL_CLOSED, chunk, Duration::ZERO).await;
    let stream = bytes(&limited(&url)).send_stream().await.unwrap();
    let mut events = stream.into_body().events();
    let error = events.event().await.unwrap_err();
    assert!(error.to_string().contains(told), "{error}");
    assert!(events.event().await.unwrap().is_none());
    assert!(sent.recv().await.unwrap() < BUFFERS);
}

#[tokio::test]
async fn a_slow_drip_ends_with_the_time_limit() {
    let (url, mut sent) = endless(UNTIL_CLOSED, vec![b' '], Duration::from_millis(20)).await;
    let start = Instant::now();
    let client = ClientBuilder::<Client>::new(&OPEN)
        .base_url(&url)
        .timeout(Duration::from_millis(300))
        .retries(RetryPolicy::never());
    let client = client.build().unwrap();
    let error = bytes(&client).await.unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    let error = bytes(&client)
        .timeout(Duration::from_millis(100))
        .send()
        .await
        .unwrap_err();
    assert!(error.to_string().contains("within 100ms"), "{error}");
    assert!(start.elapsed() < Duration::from_secs(5));
    assert!(sent.recv().await.unwrap() < 100);
}

/// hyper's own limits, which the documentation states.
#[tokio::test]
async fn the_head_of_an_answer_is_limited() {
    let names: String = (0..101)
        .map(|number| format!("x-{number}: v\r\n"))
        .collect();
    let long = format!("x-long: {}\r\n", "v".repeat(2_000_000));
    for headers in [names, long] {
        let server = Server::start(move |_, _| with_headers(200, &headers, "{}")).await;
        let answer = get(&server.client(), "/x").await;
        assert!(matches!(answer, Err(Error::Transport(_))), "{answer:?}");
    }
}

#[tokio::test]
async fn a_calls_own_time_limit_covers_signing_in() {
    let server = Server::start(|request, _| match request.target() {
        "/oauth/token" => Reply::Silence,
        _ => json(200, "{}"),
    })
    .await;
    let builder = ClientBuilder::<Client>::new(&FORM).base_url(&server.url);
    let client = builder.client_credentials("id", "secret").build().unwrap();
    let request = get(&client, "/x").timeout(Duration::from_millis(100));
    let error = request.await.unwrap_err();
    assert!(error.is_timeout() && error.is_auth(), "{error:?}");
    let told = format!(
        "GET /x: the token endpoint {}/oauth/token did not answer in time",
        server.url
    );
    assert_eq!(error.to_string(), told);
}

#[tokio::test]
async fn a_calls_own_time_limit_may_be_longer_than_the_clients() {
    let server = Server::start(|_, _| crate::server::late(200, json(200, "{}"))).await;
    let builder = ClientBuilder::<Client>::new(&OPEN).base_url(&server.url);
    let client = builder.timeout(Duration::from_millis(50)).build().unwrap();
    assert!(get(&client, "/x").await.unwrap_err().is_timeout());
    let request = get(&client, "/x").timeout(Duration::from_secs(10));
    request.send().await.unwrap();
}

/// A megabyte of spaces and a number, compressed a thousandfold.
fn compressed() -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    std::io::Write::write_all(&mut encoder, &vec![b' '; 1 << 20]).unwrap();
    std::io::Write::write_all(&mut encoder, b"7").unwrap();
    encoder.finish().unwrap()
}

/// A server that answers with that.
async fn compressing() -> Server {
    Server::start(|request, _| {
        assert_eq!(request.header("accept-encoding"), Some("gzip,br"));
        let body = compressed();
        let head = format!(
            "HTTP/1.1 200 X\r\ncontent-encoding: gzip\r\ncontent-type: application/json\r\n\
             content-length: {}\r\nconnection: close\r\n\r\n",
            body.len()
        );
        Reply::Raw([head.as_bytes(), &body].concat())
    })
    .await
}

/// `7` as brotli has it (RFC 7932): a header, one metablock without compression, and an empty last one.
const BROTLI: [u8; 5] = [0x0b, 0x00, 0x80, b'7', 0x03];

#[tokio::test]
async fn an_answer_in_brotli_is_read() {
    let server = Server::start(|_, _| {
        let head = "HTTP/1.1 200 X\r\ncontent-encoding: br\r\ncontent-type: application/json\r\n\
             content-length: 5\r\nconnection: close\r\n\r\n";
        Reply::Raw([head.as_bytes(), &BROTLI].concat())
    })
    .await;
    let request: Request<u8, NoErrorBody> =
        server.client().request(Method::GET, "/x").returns_json();
    assert_eq!(request.await.unwrap(), 7);
}

#[tokio::test]
async fn a_compressed_answer_is_read_and_its_limit_is_that_of_what_it_holds() {
    let server = compressing().await;
    let read = |limit: usize| {
        let builder = ClientBuilder::new(&crate::server::BEARER).base_url(&server.url);
        let client: Client = builder
            .bearer_token("t")
            .max_answer_size(limit)
            .build()
            .unwrap();
        let request: Request<u8, NoErrorBody> = client.request(Method::GET, "/x").returns_json();
        request
    };
    assert_eq!(read(2 << 20).await.unwrap(), 7);
    let error = read(1 << 20).await.unwrap_err();
    assert!(matches!(error, Error::TooLarge(_)), "{error}");
}

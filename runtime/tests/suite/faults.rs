//! Exchanges that break, stall or lead elsewhere.

use std::error::Error as _;
use std::time::Duration;

use sdk_runtime::{Client, ClientBuilder, Error, RetryPolicy};

use crate::server::{OPEN, Reply, Server, get, with_headers};

#[tokio::test]
async fn a_redirect_is_an_answer_and_is_not_followed() {
    let elsewhere = Server::always(200, "{}").await;
    let location = elsewhere.url.clone();
    let server = Server::start(move |_, _| {
        with_headers(302, &format!("location: {location}/stolen\r\n"), "")
    })
    .await;
    let client: Client = ClientBuilder::new(&crate::server::BEARER)
        .base_url(&server.url)
        .bearer_token("tok")
        .build()
        .unwrap();
    let error = get(&client, "/x").await.unwrap_err();
    assert!(
        matches!(&error, Error::Api(error) if error.status().as_u16() == 302),
        "{error:?}"
    );
    assert_eq!(server.request().header("authorization"), Some("Bearer tok"));
    assert!(elsewhere.requests().is_empty());
}

#[tokio::test]
async fn connecting_has_its_own_limit() {
    // The server takes the connection and never says a word of TLS.
    let server = Server::start(|_, _| Reply::Silence).await;
    let url = server.url.replace("http:", "https:");
    let builder = ClientBuilder::<Client>::new(&OPEN)
        .base_url(&url)
        .connect_timeout(Duration::from_millis(150))
        .retries(RetryPolicy::never());
    let error = get(&builder.build().unwrap(), "/x").await.unwrap_err();
    assert!(
        error.is_timeout() && matches!(&error, Error::Transport(error) if error.is_connect()),
        "{error:?}"
    );
    assert_eq!(
        error.to_string(),
        format!("GET /x: timed out connecting to {url}")
    );
}

fn impatient(server: &Server) -> Client {
    ClientBuilder::new(&OPEN)
        .base_url(&server.url)
        .timeout(Duration::from_millis(150))
        .retries(RetryPolicy::never())
        .build()
        .unwrap()
}

#[tokio::test]
async fn a_silent_server_times_out() {
    let server = Server::start(|_, _| Reply::Silence).await;
    let error = get(&impatient(&server), "/x").await.unwrap_err();
    assert!(
        error.is_timeout() && matches!(error, Error::Transport(_)),
        "{error:?}"
    );
    assert_eq!(
        error.to_string(),
        format!(
            "GET /x: {} did not answer within 150ms; `timeout` of the request or of the client's builder sets that limit",
            server.url
        )
    );
    assert!(error.source().is_some() && error.status().is_none());
}

#[tokio::test]
async fn the_time_limit_covers_the_body() {
    let server = Server::start(|_, _| {
        Reply::Stall(b"HTTP/1.1 200 X\r\ncontent-length: 100\r\n\r\n[".to_vec())
    })
    .await;
    let error = get(&impatient(&server), "/x").await.unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
}

#[tokio::test]
async fn a_body_cut_off_is_no_success() {
    for head in [
        "content-length: 100\r\n\r\n[]",
        "transfer-encoding: chunked\r\n\r\n2\r\n[]\r\n",
    ] {
        let server =
            Server::start(move |_, _| Reply::Raw(format!("HTTP/1.1 200 X\r\n{head}").into_bytes()))
                .await;
        let client = server.client_without_retries();
        let error = get(&client, "/x").await.unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("GET /x: the answer of {} was cut off", server.url)
        );
        assert!(matches!(&error, Error::Transport(error) if !error.is_timeout()));
    }
}

#[tokio::test]
async fn a_refused_connection_is_told_from_others() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let builder = ClientBuilder::new(&OPEN).base_url(&url);
    let client: Client = builder.retries(RetryPolicy::never()).build().unwrap();
    let error = get(&client, "/x")
        .query("token", "in-the-url")
        .await
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        format!("GET /x: could not connect to {url}")
    );
    assert!(matches!(&error, Error::Transport(error) if error.is_connect()));
    assert!(!format!("{error:?}").contains("in-the-url"));
}

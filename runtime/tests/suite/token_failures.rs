//! Token endpoints that refuse, answer without a token, or do not answer.

use std::time::Duration;

use sdk_runtime::{AuthError, Client, ClientBuilder, Error, RetryPolicy};

use crate::server::{FORM, Reply, Server, get, json, late, with_headers};
use crate::tokens::{API_PATH, TOKEN_PATH};

/// A client that makes every call once.
fn client(server: &Server) -> Client {
    ClientBuilder::new(&FORM)
        .base_url(&server.url)
        .client_credentials("my id", "s&cret")
        .retries(RetryPolicy::never())
        .build()
        .unwrap()
}

/// What a token endpoint answers.
type Script = fn() -> Reply;

async fn auth_error(reply: Script) -> (AuthError, String) {
    let server = Server::start(move |_, _| reply()).await;
    let error = get(&client(&server), "/x").await.unwrap_err();
    assert_eq!((server.count(TOKEN_PATH), server.count(API_PATH)), (1, 0));
    let text = error.to_string().replace(&server.url, "");
    let Error::Auth(error) = error else {
        panic!("{error:?}")
    };
    (*error, text)
}

#[tokio::test]
async fn a_token_endpoints_refusal_is_told_in_its_words() {
    let refused = || {
        with_headers(
            429,
            "retry-after: 7\r\n",
            r#"{"error":"invalid_client","error_description":"Bad client"}"#,
        )
    };
    let (error, text) = auth_error(refused).await;
    assert_eq!(
        text,
        "GET /x: the token endpoint /oauth/token refused: 429 Too Many Requests: Bad client"
    );
    assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
    assert_eq!(error.status().unwrap().as_u16(), 429);

    let (_, text) = auth_error(|| with_headers(302, "location: /else\r\n", "")).await;
    assert_eq!(
        text,
        "GET /x: the token endpoint /oauth/token refused: 302 Found"
    );
}

#[tokio::test]
async fn a_success_without_a_token_is_told_from_one() {
    let cases: [(Script, &str); 5] = [
        (
            || {
                json(
                    200,
                    r#"{"status":{"error":true,"code":400,"message":"bad request"}}"#,
                )
            },
            "bad request",
        ),
        (
            || json(200, r#"{"tokens":["t0ken"]}"#),
            "its body has no `access_token`",
        ),
        (|| json(200, "t0ken"), "its body is not JSON"),
        (
            || json(200, r#"{"access_token":"t0ken","token_type":"mac"}"#),
            "its `token_type` is another than `bearer`",
        ),
        (
            || json(200, r#"{"access_token":"t0ken\r\nX: 1"}"#),
            "its token holds what a header cannot hold",
        ),
    ];
    for (reply, expected) in cases {
        let (error, text) = auth_error(reply).await;
        assert_eq!(
            text,
            format!(
                "GET /x: the token endpoint /oauth/token answered 200 OK without a token: {expected}"
            )
        );
        assert!(!format!("{error:?}").contains("t0ken"), "{error:?}");
    }
}

#[tokio::test]
async fn an_unreachable_token_endpoint_is_a_sign_in_failure() {
    let server = Server::start(|_, _| Reply::Silence).await;
    let builder = ClientBuilder::<Client>::new(&FORM)
        .base_url(&server.url)
        .client_credentials("i", "s")
        .retries(RetryPolicy::never());
    let client = builder.timeout(Duration::from_millis(100)).build().unwrap();
    let error = get(&client, "/x").await.unwrap_err();
    assert!(
        error.is_timeout() && matches!(error, Error::Auth(_)),
        "{error:?}"
    );
    assert!(
        error
            .to_string()
            .contains("/oauth/token did not answer in time"),
        "{error}"
    );
    assert!(std::error::Error::source(&error).is_some());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn those_who_wait_for_a_failing_fetch_share_its_failure() {
    let server = Server::start(|_, _| late(300, json(503, r#"{"message":"down"}"#))).await;
    let client = client(&server);
    let calls: Vec<_> = (0..10)
        .map(|_| tokio::spawn(get(&client, "/x").into_future()))
        .collect();
    for call in calls {
        assert!(
            call.await
                .unwrap()
                .unwrap_err()
                .to_string()
                .ends_with(": down")
        );
    }
    assert_eq!(server.count(TOKEN_PATH), 1);
    // Whoever comes later tries again.
    get(&client, "/x").await.unwrap_err();
    assert_eq!(server.count(TOKEN_PATH), 2);
}

//! The testing module against a server elsewhere, which the environment names.

use std::process::Command;

use sdk_runtime::Client;

use crate::exchange::{put, right as exchange};
use crate::server::{FORM, Server, with_headers};

/// The environment belongs to the whole process, so a run against another server takes a process of
/// its own.
#[tokio::test]
async fn another_server_is_asked_for_each_answer() {
    let server = Server::start(
        |request, _| match request.header("prefer").unwrap_or_default() {
            "code=200" => with_headers(200, "", r#"{"ratio":7}"#),
            "code=400" => with_headers(400, "", r#"{"message":"another"}"#),
            "code=201" => with_headers(201, "sl-violations: [1]\r\n", r#"{"ratio":7}"#),
            _ => with_headers(400, "", "{}"),
        },
    )
    .await;
    let run = |test: &str| {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command
            .args(["--exact", "--ignored", test])
            .env("SDK_TEST_BASE_URL", &server.url);
        let output = tokio::task::spawn_blocking(move || command.output().unwrap());
        async { output.await.unwrap() }
    };
    let output = run("elsewhere::right").await;
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stdout)
    );
    let requests = server.requests();
    assert_eq!(requests.len(), 2);
    assert_eq!(requests[0].target(), "/config/a%20b?all=true");
    assert_eq!(
        requests[0].header("authorization"),
        Some("Bearer test-token")
    );
    for (test, expected) in [
        ("elsewhere::violation", "sl-violations"),
        ("elsewhere::untyped", "not understood"),
    ] {
        let output = run(test).await;
        let text = String::from_utf8_lossy(&output.stdout).into_owned()
            + &String::from_utf8_lossy(&output.stderr);
        assert!(
            !output.status.success() && text.contains("1 failed"),
            "{text}"
        );
        let words = if test.ends_with("violation") {
            "found fault with the request"
        } else {
            expected
        };
        assert!(text.contains(words), "{text}");
    }
}

#[tokio::test]
#[ignore = "run by another test, in a process of its own"]
async fn right() {
    let exchange = exchange(&FORM)
        .answers(200, r#"{"ratio":1}"#)
        .refuses(400, r#"{"message":"no"}"#);
    exchange.run(|client: Client| put(&client).send()).await;
}

#[tokio::test]
#[ignore = "run by another test, in a process of its own"]
async fn violation() {
    exchange(&FORM)
        .answers(201, r#"{"ratio":1}"#)
        .run(|client: Client| put(&client).send())
        .await;
}

#[tokio::test]
#[ignore = "run by another test, in a process of its own"]
async fn untyped() {
    // The server gives a body that is not the declared one.
    exchange(&FORM)
        .refuses(400, r#"{"message":"no"}"#)
        .run(|client: Client| put(&client).header("Prefer", "other").send())
        .await;
}

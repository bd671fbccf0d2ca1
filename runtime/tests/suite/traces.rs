//! What calls tell `tracing`: spans by OpenTelemetry's conventions, deviations, and nothing secret.

use sdk_runtime::{Client, ClientBuilder, Method, NoErrorBody, Request, RetryPolicy};
use std::io;
use std::sync::{Arc, Mutex};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::fmt::format::FmtSpan;

use crate::server::{FORM, OPEN, Server, get, json, with_headers};

/// Keeps what is logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'w> MakeWriter<'w> for Log {
    type Writer = Self;

    fn make_writer(&'w self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn attempts_are_spans_deviations_are_events_and_nothing_secret_is_told() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_writer(log.clone())
        .with_ansi(false)
        .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
        .with_span_events(FmtSpan::CLOSE)
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let server = Server::start(|request, count| match request.line() {
        "POST /oauth/token" => json(200, r#"{"access_token": "planted-token"}"#),
        _ if count < 2 => with_headers(503, "retry-after: 0\r\n", "planted-body"),
        _ => json(200, r#"["7", 8]"#),
    })
    .await;
    let client: Client = ClientBuilder::new(&FORM)
        .base_url(&server.url)
        .client_credentials("planted-id", "planted-secret")
        .build()
        .unwrap();
    let request = client.request(Method::GET, "/users/{id}");
    let request: Request<Vec<u8>, NoErrorBody> = request
        .path("id", "planted-user")
        .query("q", "planted-query")
        .header("x-key", "planted-header")
        .returns_json();
    assert_eq!(request.await.unwrap(), [7, 8]);

    let told = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    for expected in [
        "otel.name=GET /users/{id}",
        "otel.kind=\"client\"",
        "http.request.method=\"GET\"",
        "url.template=\"/users/{id}\"",
        "server.address=\"127.0.0.1\"",
        "http.response.status_code=503",
        "error.type=\"503\"",
        "otel.status_code=\"ERROR\"",
        "http.request.resend_count=1",
        "http.response.status_code=200",
        "the call is made again",
        "an answer is not as documented",
        "/0: an integer was declared, a text came",
    ] {
        assert!(told.contains(expected), "{expected} is not in\n{told}");
    }
    let of_success = told
        .lines()
        .find(|line| line.contains("http.response.status_code=200"));
    assert!(!of_success.expect("a span").contains("ERROR"), "{told}");
    // What hyper and reqwest tell is theirs.
    let own = told.lines().filter(|line| line.contains("sdk_runtime"));
    let own: Vec<&str> = own.collect();
    assert!(own.len() >= 3, "{told}");
    assert!(!own.concat().contains("planted"), "{own:#?}");
}

#[tokio::test]
async fn an_attempt_without_an_answer_is_an_error_of_its_kind() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_writer(log.clone())
        .with_ansi(false)
        .with_span_events(FmtSpan::CLOSE)
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let client: Client = ClientBuilder::new(&OPEN)
        .base_url("http://127.0.0.1:9")
        .retries(RetryPolicy::never())
        .build()
        .unwrap();
    get(&client, "/x").await.unwrap_err();
    let told = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    for expected in ["error.type=\"Connect\"", "otel.status_code=\"ERROR\""] {
        assert!(told.contains(expected), "{expected} is not in\n{told}");
    }
}

//! The testing module itself: it passes what is right and fails what is not, with a message that
//! says where.

use std::panic::AssertUnwindSafe;

use sdk_runtime::testing::{Exchange, json};
use sdk_runtime::{
    AnswerBody, ApiKeyLocation, Auth, Client, ErrorBody, Method, NoErrorBody, Nullable, Request,
    RequestBuilder, Service, Style, Value,
};
use serde::{Deserialize, Serialize};

use crate::server::{BASE, BASIC_JSON, BEARER, FORM, OPEN};

#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct Config {
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    host: Nullable<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    ratio: f64,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(crate) enum Refusal {
    Declared { message: String },
}

impl ErrorBody for Refusal {
    fn from_response(status: u16, body: &AnswerBody<'_>) -> Option<Self> {
        #[derive(Deserialize)]
        struct Declared {
            message: String,
        }
        let declared: Declared = (status == 400).then(|| body.json())??;
        Some(Self::Declared {
            message: declared.message,
        })
    }
}

const BODY: &str = r#"{"host":null,"ratio":2}"#;

fn start(client: &Client) -> RequestBuilder {
    client
        .request(Method::PUT, "/config/{id}")
        .path("id", "a b")
        .query("all", &true)
        .header("X-Thing", "v")
}

pub(crate) fn put(client: &Client) -> Request<Config, Refusal> {
    start(client).json(&json::<Config>(BODY)).returns_json()
}

pub(crate) fn right(service: &'static Service) -> Exchange {
    Exchange::new(service, "PUT", "/config/a%20b")
        .query("all", "true")
        .header("X-Thing", "v")
        .body(BODY)
}

#[tokio::test]
async fn a_right_operation_passes() {
    right(&FORM)
        .answers(200, r#"{"host":"h","ratio":1}"#)
        .answers(201, r#"{"ratio":1.5,"note":null}"#)
        .answer_header("X-Total-Count", "1")
        .refuses(400, r#"{"message":"no"}"#)
        .answer_header("Retry-After", "30")
        .refuses(404, "")
        .run(|client: Client| put(&client).send())
        .await;
}

#[tokio::test]
async fn other_bodies_and_credentials_pass() {
    let get = |client: &Client| client.request(Method::GET, "/t");
    let exchange = |service| Exchange::new(service, "GET", "/t");
    exchange(&BEARER)
        .answers_text(200, "text/csv", "a,b")
        .run(|client: Client| {
            get(&client)
                .returns_text::<Request<String, NoErrorBody>>()
                .send()
        })
        .await;
    exchange(&OPEN)
        .answers_bytes(200, "application/pdf", b"\x00\xff")
        .run(|client: Client| {
            get(&client)
                .returns_bytes::<Request<Vec<u8>, NoErrorBody>>()
                .send()
        })
        .await;
    let post = |client: Client, text: &'static str| {
        let request = client.request(Method::POST, "/t");
        request
            .body("text/csv", text)
            .returns_nothing::<Request<(), NoErrorBody>>()
            .send()
    };
    let csv = || Exchange::new(&OPEN, "POST", "/t").body_text("text/csv", "a,b");
    csv()
        .answers(200, "")
        .run(|client| post(client, "a,b"))
        .await;
    let other = tokio::spawn(
        csv()
            .answers(200, "")
            .run(move |client| post(client, "a;b")),
    )
    .await;
    let message = other.expect_err("another body must fail").into_panic();
    assert!(
        message
            .downcast_ref::<String>()
            .is_some_and(|text| text.contains("request body"))
    );
    exchange(&OPEN)
        .answers(204, "")
        .run(|client: Client| {
            get(&client)
                .returns_nothing::<Request<(), NoErrorBody>>()
                .send()
        })
        .await;
    for service in [&FORM, &BEARER, &OPEN] {
        let run = |client: Client| {
            get(&client)
                .basic_auth()
                .returns_nothing::<Request<(), NoErrorBody>>()
                .send()
        };
        exchange(service)
            .auth("Basic")
            .answers(200, "{}")
            .run(run)
            .await;
        let run = |client: Client| {
            get(&client)
                .anonymous()
                .returns_nothing::<Request<(), NoErrorBody>>()
                .send()
        };
        exchange(service)
            .auth("none")
            .answers(200, "{}")
            .run(run)
            .await;
    }
    static BASIC: Service = Service {
        auth: Auth::Basic,
        ..BASE
    };
    static HEADER: Service = Service {
        auth: Auth::ApiKey {
            location: ApiKeyLocation::Header,
            name: "X-Key",
        },
        ..BASE
    };
    static QUERY: Service = Service {
        auth: Auth::ApiKey {
            location: ApiKeyLocation::Query,
            name: "key",
        },
        ..BASE
    };
    static COOKIE: Service = Service {
        auth: Auth::ApiKey {
            location: ApiKeyLocation::Cookie,
            name: "sid",
        },
        ..BASE
    };
    for service in [&BASIC, &HEADER, &QUERY, &COOKIE, &BASIC_JSON] {
        let run = |client: Client| {
            get(&client)
                .query("a", "b")
                .returns_json::<Request<Value, NoErrorBody>>()
                .send()
        };
        exchange(service)
            .query("a", "b")
            .answers(200, "[1]")
            .run(run)
            .await;
    }
}

/// An operation under test.
type Call = fn(&Client) -> Request<Config, Refusal>;

/// Runs an exchange that must fail, and gives the message.
fn failure(exchange: Exchange, call: Call) -> String {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let run = || runtime.block_on(exchange.run(|client: Client| call(&client).send()));
    let panic =
        std::panic::catch_unwind(AssertUnwindSafe(run)).expect_err("the exchange must fail");
    panic
        .downcast_ref::<String>()
        .expect("a message with values in it")
        .clone()
}

#[test]
fn a_wrong_request_fails() {
    let ok = r#"{"ratio":1}"#;
    let other = |method, path| {
        Exchange::new(&FORM, method, path)
            .query("all", "true")
            .body(BODY)
            .answers(200, ok)
    };
    let cases: [(Exchange, Call, &str); 12] = [
        (
            other("POST", "/config/a%20b"),
            put,
            r#"method: expected "POST", got "PUT""#,
        ),
        (
            other("PUT", "/config/a+b"),
            put,
            r#"path: expected "/v3/config/a+b", got "/v3/config/a%20b""#,
        ),
        (
            right(&FORM).query("more", "1").answers(200, ok),
            put,
            "query: expected [",
        ),
        (
            Exchange::new(&FORM, "PUT", "/config/a%20b")
                .body(BODY)
                .answers(200, ok),
            put,
            "query: expected [",
        ),
        (
            right(&FORM).header("X-Other", "v").answers(200, ok),
            put,
            r#"header X-Other: expected Some("v"), got None"#,
        ),
        (
            right(&FORM).body(r#"{"ratio":2}"#).answers(200, ok),
            put,
            "request body, at $",
        ),
        (
            right(&FORM).answers(200, ok),
            |client| start(client).returns_json(),
            "Content-Type: expected application/json, got ``",
        ),
        (
            other("PUT", "/config/a%20b"),
            |client| put(client).json("x"),
            "request body, at $",
        ),
        (
            Exchange::new(&FORM, "PUT", "/config/a%20b")
                .query("all", "true")
                .answers(200, ok),
            put,
            "expected no body",
        ),
        (
            right(&FORM).auth("none").answers(200, ok),
            put,
            "header authorization: expected None, got Some(",
        ),
        (
            right(&BEARER).auth("Basic").answers(200, ok),
            put,
            r#"expected Some("Basic dGVzdC1pZDp0ZXN0LXNlY3JldA=="), got Some("Bearer test-token")"#,
        ),
        (
            right(&FORM).answers(200, ok),
            |client| put(client).query_styled("all", &["a b"], Style::SPACE_DELIMITED),
            "the server received 0",
        ),
    ];
    for (exchange, call, expected) in cases {
        let message = failure(exchange, call);
        assert!(
            message.starts_with("P") && message.contains(expected),
            "expected `{expected}`: {message}"
        );
    }
}

#[test]
fn a_wrong_reading_of_an_answer_fails() {
    let cases = [
        (
            right(&FORM).answers(200, r#"{"ratio":"x"}"#),
            "does not decode: at `/ratio`",
        ),
        (
            right(&FORM).answers(200, r#"{"ratio":1,"extra":2}"#),
            "at $.extra: expected 2, got nothing",
        ),
        (
            right(&FORM)
                .answers(200, r#"{"ratio":1}"#)
                .refuses(400, r#"{"other":1}"#),
            "answer 400: the declared error body",
        ),
        (
            right(&FORM).refuses(500, r#"{"message":"m"}"#),
            "answer 500: the declared error body",
        ),
        (
            right(&FORM).refuses(400, r#"{"message":"m","more":1}"#),
            "at $.more: expected 1",
        ),
        (right(&FORM), "has no answer"),
        (
            right(&FORM).answers_text(200, "text/plain", r#"{"ratio":1}"#),
            "Accept is `application/json`, the answer is text/plain",
        ),
    ];
    for (exchange, expected) in cases {
        let message = failure(exchange, put);
        assert!(
            message.contains(expected),
            "expected `{expected}`: {message}"
        );
    }
}

#[test]
fn a_tests_own_json_fails_with_its_place() {
    let panic =
        std::panic::catch_unwind(|| json::<Config>(r#"{"ratio":"x"}"#)).expect_err("it must fail");
    assert!(
        panic
            .downcast_ref::<String>()
            .unwrap()
            .contains("at `/ratio`")
    );
}

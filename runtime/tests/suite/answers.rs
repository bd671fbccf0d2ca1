//! What becomes of answers: values, refusals, bodies that do not fit, exchanges that break.

use std::error::Error as _;
use std::time::Duration;

use sdk_runtime::{
    AnswerBody, Client, ClientBuilder, Error, ErrorBody, ErrorShape, Method, NoErrorBody, Request,
    Secret, Service, Value,
};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::server::{BASE, OPEN, Reply, Server, get, json as answer, with_headers};

#[derive(Debug, Deserialize, Serialize, PartialEq)]
#[serde(rename_all = "camelCase")]
struct Question {
    id: String,
    num_answers: u32,
}

#[derive(Debug, Deserialize, Serialize, PartialEq)]
struct Refusal {
    detail: String,
}

#[derive(Debug, Serialize, PartialEq)]
#[serde(untagged)]
enum Refusals {
    Refused(Refusal),
    Text(String),
}

impl ErrorBody for Refusals {
    fn from_response(status: u16, body: &AnswerBody<'_>) -> Option<Self> {
        match status {
            400 => body.json().map(Self::Refused),
            500 => body
                .json()
                .map(Self::Refused)
                .or_else(|| body.text().map(Self::Text)),
            _ => None,
        }
    }
}

fn questions(client: &Client) -> Request<Vec<Question>, Refusals> {
    client
        .request(Method::GET, "/questions/{id}")
        .path("id", "secret-id")
        .returns_json()
}

/// What a server answers, whatever it is asked.
type Script = fn() -> Reply;

async fn refusal(reply: Script) -> Error<Refusals> {
    let server = Server::start(move |_, _| reply()).await;
    questions(&server.client()).await.unwrap_err()
}

#[tokio::test]
async fn a_success_gives_body_status_and_headers() {
    let server = Server::start(|_, _| {
        with_headers(
            203,
            "x-total-count: 9\r\n",
            r#"[{"id":"q","numAnswers":2}]"#,
        )
    })
    .await;
    let response = questions(&server.client()).send().await.unwrap();
    assert_eq!(
        *response.body(),
        [Question {
            id: "q".to_owned(),
            num_answers: 2
        }]
    );
    assert_eq!(response.status().as_u16(), 203);
    assert_eq!(response.headers()["x-total-count"], "9");
}

#[tokio::test]
async fn other_kinds_of_bodies() {
    let server =
        Server::start(|_, _| with_headers(200, "content-type: text/csv\r\n", "\u{feff}a,b\r\n1,é"))
            .await;
    let client = server.client();
    let start = || client.request(Method::GET, "/x");
    assert_eq!(
        start()
            .returns_text::<Request<String, NoErrorBody>>()
            .await
            .unwrap(),
        "a,b\r\n1,é"
    );
    assert_eq!(
        start()
            .returns_bytes::<Request<Vec<u8>, NoErrorBody>>()
            .await
            .unwrap(),
        "\u{feff}a,b\r\n1,é".as_bytes()
    );
    start()
        .returns_nothing::<Request<(), NoErrorBody>>()
        .await
        .unwrap();
    let accepts: Vec<_> = server
        .requests()
        .iter()
        .map(|request| request.header("accept").unwrap().to_owned())
        .collect();
    assert_eq!(accepts, ["*/*", "*/*", "application/json"]);

    let server = Server::start(|_, _| {
        Reply::Raw(b"HTTP/1.1 200 X\r\ncontent-length: 2\r\n\r\n\xff\xfe".to_vec())
    })
    .await;
    let error = server
        .client()
        .request(Method::GET, "/x")
        .returns_text::<Request<String, NoErrorBody>>()
        .await
        .unwrap_err();
    let Error::Decode(error) = error else {
        panic!("{error:?}")
    };
    assert_eq!(error.body(), b"\xff\xfe");
}

#[tokio::test]
async fn json_may_start_with_a_byte_order_mark() {
    let server = Server::always(200, "\u{feff}[]").await;
    assert_eq!(questions(&server.client()).await.unwrap(), []);
}

#[tokio::test]
async fn a_body_that_does_not_fit_tells_where_and_keeps_the_body() {
    let body = r#"[{"id":"a","numAnswers":1},{"id":"b","numAnswers":1},{"id":"c","numAnswers":"private words"}]"#;
    let server = Server::start(move |_, _| {
        with_headers(
            200,
            "content-type: application/json\r\nx-request-id: r1\r\n",
            body,
        )
    })
    .await;
    let error = questions(&server.client()).await.unwrap_err();
    assert_eq!(error.tracking_id(), Some("r1"));
    assert_eq!(error.status().unwrap().as_u16(), 200);
    let text = error.to_string();
    let start = "GET /questions/{id}: 200 OK, but its body does not decode: at `/2/numAnswers`: an integer was expected, a text came";
    assert!(text.starts_with(start), "{text}");
    let Error::Decode(error) = error else {
        panic!("{error:?}")
    };
    assert_eq!(error.pointer(), "/2/numAnswers");
    assert_eq!(error.body(), body.as_bytes());
    let shown = format!("{error:?} {error}");
    assert!(
        !shown.contains("private words") && shown.contains("body_length: 93"),
        "{shown}"
    );
}

#[tokio::test]
async fn a_secret_of_the_wrong_type_is_not_quoted() {
    #[derive(Debug, Deserialize)]
    #[allow(dead_code, reason = "decoded, never read")]
    struct Key {
        skey: Secret<u32>,
    }
    let server = Server::always(200, r#"{"skey":"hunter2"}"#).await;
    let error = server
        .client()
        .request(Method::GET, "/k")
        .returns_json::<Request<Key, NoErrorBody>>()
        .await
        .unwrap_err();
    let text = format!("{error} {error:?}");
    assert!(
        text.contains("at `/skey`: a secret value has the wrong type"),
        "{text}"
    );
    assert!(!text.contains("hunter2"), "{text}");
}

#[tokio::test]
async fn bodies_that_are_no_json() {
    let cases: [(Script, &str); 2] = [
        (
            || with_headers(200, "content-type: text/html\r\n", "<html>"),
            "(the content type is text/html)",
        ),
        (|| answer(200, "[] []"), "trailing characters"),
    ];
    for (reply, expected) in cases {
        let error = refusal(reply).await;
        assert!(
            matches!(error, Error::Decode(_)) && error.to_string().contains(expected),
            "{error}"
        );
    }
    // JSON under another name is still JSON.
    let server =
        Server::start(|_, _| with_headers(200, "content-type: applcation/json\r\n", "[]")).await;
    assert_eq!(questions(&server.client()).await.unwrap(), []);
}

#[tokio::test]
async fn a_refusal_carries_the_typed_body_and_the_servers_words() {
    let error = refusal(|| {
        let headers = "content-type: application/json\r\nretry-after: 30\r\nx-request-id: h\r\n";
        with_headers(
            400,
            headers,
            r#"{"detail":"No such question.","trackingId":"t-1"}"#,
        )
    })
    .await;
    assert_eq!(
        error.to_string(),
        "GET /questions/{id}: 400 Bad Request: No such question. (tracking id t-1)"
    );
    assert_eq!(error.status().unwrap().as_u16(), 400);
    assert_eq!(error.tracking_id(), Some("t-1"));
    assert_eq!(error.retry_after(), Some(Duration::from_secs(30)));
    assert!(!error.is_timeout() && error.source().is_none());
    let Error::Api(error) = error else {
        panic!("{error:?}")
    };
    assert_eq!(error.message(), Some("No such question."));
    assert_eq!(error.headers()["x-request-id"], "h");
    assert_eq!(error.operation().path(), "/questions/{id}");
    assert!(error.body().starts_with(b"{\"detail\"") && error.decode_problem().is_none());
    assert_eq!(
        error.into_error(),
        Some(Refusals::Refused(Refusal {
            detail: "No such question.".to_owned()
        }))
    );
}

#[tokio::test]
async fn a_refusal_whose_body_is_not_the_declared_one_says_so() {
    let Error::Api(error) = refusal(|| answer(400, r#"{"detail":[],"message":"odd"}"#)).await
    else {
        panic!()
    };
    assert!(error.error().is_none());
    assert_eq!(error.message(), Some("odd"));
    let problem = error.decode_problem().unwrap();
    assert_eq!(problem.pointer(), "/detail");
    assert_eq!(problem.message(), "a text was expected, a list came");

    // Nothing is declared for 404, so nothing failed to decode.
    let Error::Api(error) = refusal(|| answer(404, "{}")).await else {
        panic!()
    };
    assert!(error.error().is_none() && error.decode_problem().is_none());

    // The second of two declared bodies fits: that the first did not is no problem.
    let Error::Api(error) =
        refusal(|| with_headers(500, "content-type: text/plain\r\n", "down")).await
    else {
        panic!()
    };
    assert_eq!(error.error(), Some(&Refusals::Text("down".to_owned())));
    assert!(error.decode_problem().is_none());
    assert_eq!(error.message(), Some("down"));
}

#[tokio::test]
async fn the_services_shape_finds_message_and_tracking_id() {
    static SHAPED: Service = Service {
        errors: ErrorShape {
            message: &["/messages/0/text", "/status/message"],
            tracking_id: &["/ref"],
            tracking_headers: &["slpt-request-id"],
        },
        ..BASE
    };
    let cases = [
        (
            &SHAPED,
            r#"{"messages":[{"text":"first"}],"message":"no"}"#,
            Some("first"),
            Some("from-header"),
        ),
        (
            &SHAPED,
            r#"{"status":{"message":"second"},"ref":12}"#,
            Some("second"),
            Some("12"),
        ),
        (
            &SHAPED,
            r#"{"message":"not asked for"}"#,
            None,
            Some("from-header"),
        ),
        (
            &OPEN,
            r#"{"error":{"message":"nested"}}"#,
            Some("nested"),
            None,
        ),
        (
            &OPEN,
            r#"{"error":"oauth","error_description":"described"}"#,
            Some("described"),
            None,
        ),
        (&OPEN, r#"{"error":"bare"}"#, Some("bare"), None),
        (
            &OPEN,
            r#"{"title":"problem","message":" "}"#,
            Some("problem"),
            None,
        ),
        (&OPEN, "<html>gateway</html>", None, None),
    ];
    for (service, body, message, tracking_id) in cases {
        let server =
            Server::start(move |_, _| with_headers(418, "slpt-request-id: from-header\r\n", body))
                .await;
        let client: Client = ClientBuilder::new(service)
            .base_url(&server.url)
            .build()
            .unwrap();
        let Error::Api(error) = get(&client, "/x").await.unwrap_err() else {
            panic!("{body}")
        };
        assert_eq!(
            (error.message(), error.tracking_id()),
            (message, tracking_id),
            "{body}"
        );
    }
}

#[tokio::test]
async fn a_servers_message_can_neither_flood_nor_forge_a_log() {
    let long = format!("a\nFAKE LINE\u{1b}[31m\u{202e}{}", "x".repeat(1000));
    let body = json!({ "message": long }).to_string();
    let server = Server::start(move |_, _| answer(500, &body)).await;
    let error = get(&server.client(), "/x").await.unwrap_err();
    for text in [error.to_string(), format!("{error:?}")] {
        assert!(!text.contains(['\n', '\u{1b}', '\u{202e}']), "{text}");
        assert!(text.contains("FAKE LINE") && text.contains('…'), "{text}");
    }
    assert!(error.to_string().chars().count() < 400);
    let Error::Api(error) = error else { panic!() };
    assert_eq!(error.message(), Some(long.as_str()));
}

#[tokio::test]
async fn errors_are_errors_whatever_their_body() {
    fn assert_error<E: std::error::Error + Send + Sync + 'static>() {}
    struct NoDebug;
    impl ErrorBody for NoDebug {
        fn from_response(_: u16, _: &AnswerBody<'_>) -> Option<Self> {
            Some(Self)
        }
    }
    assert_error::<Error<NoDebug>>();
    let server = Server::always(400, "{}").await;
    let request: Request<Value, NoDebug> =
        server.client().request(Method::GET, "/x").returns_json();
    let boxed: Box<dyn std::error::Error + Send + Sync> = request.await.unwrap_err().into();
    assert_eq!(boxed.to_string(), "GET /x: 400 Bad Request");
}

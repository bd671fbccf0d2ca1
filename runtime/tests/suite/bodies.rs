//! Bodies of every kind, up and down: forms, files in parts, streams, and answers that differ by
//! status. Multipart bodies are read back by a parser that is not this crate's.

use std::time::Duration;

use bytes::Bytes;
use futures_util::{StreamExt, stream};
use sdk_runtime::testing::wiremock::{Mock, MockServer, ResponseTemplate, matchers};
use sdk_runtime::{
    AnswerBody, Body, Client, ClientBuilder, Error, FilePart, FromResponse, Method, NoErrorBody,
    Request, RequestBuilder, RetryPolicy, Style, Value,
};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::server::{FORM, OPEN, Reply, Server, get};

fn post(client: &Client) -> RequestBuilder {
    client.request(Method::POST, "/b")
}

#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
struct Upload {
    title: String,
    count: i32,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    #[serde(rename = "odd \"name\"\r\n")]
    odd: bool,
    tags: Vec<String>,
    details: Value,
    file: FilePart,
    more: Vec<FilePart>,
}

fn upload() -> Upload {
    Upload {
        title: "ünï\r\n--sdk-runtime-boundary-0--".to_owned(),
        count: 7,
        note: None,
        odd: true,
        tags: vec!["a".to_owned(), "b".to_owned()],
        details: json!({"x": [1, "y"]}),
        file: FilePart::from(vec![0, 255, 13, 10, 45, 45]),
        more: vec![
            FilePart::from(("a \"b\".csv", "1,2")).with_content_type("text/csv"),
            FilePart::from(("c.json", "{}")),
        ],
    }
}

/// Name, file name, content type and bytes of a part.
pub(crate) type Part = (String, Option<String>, Option<String>, Vec<u8>);

pub(crate) async fn read_parts(content_type: &str, body: Vec<u8>) -> Vec<Part> {
    let boundary = multer::parse_boundary(content_type).unwrap();
    let chunks = stream::iter([Ok::<_, std::io::Error>(Bytes::from(body))]);
    let mut multipart = multer::Multipart::new(chunks, boundary);
    let mut parts = Vec::new();
    while let Some(field) = multipart.next_field().await.unwrap() {
        let name = field.name().unwrap().to_owned();
        let file = field.file_name().map(str::to_owned);
        let media_type = field.content_type().map(ToString::to_string);
        parts.push((
            name,
            file,
            media_type,
            field.bytes().await.unwrap().to_vec(),
        ));
    }
    parts
}

#[tokio::test]
async fn multipart_bodies_read_back() {
    let server = MockServer::start().await;
    Mock::given(matchers::any())
        .respond_with(ResponseTemplate::new(200))
        .mount(&server)
        .await;
    let client: Client = ClientBuilder::new(&OPEN)
        .base_url(server.uri())
        .build()
        .unwrap();
    let request = || {
        post(&client)
            .multipart_typed(&upload(), &[("details", "text/x"), ("more", "text/plain")])
            .returns_nothing::<Request<(), NoErrorBody>>()
    };
    request().await.unwrap();
    request().clone().await.unwrap();
    let requests = server.received_requests().await.unwrap();
    assert_eq!(requests[0].body, requests[1].body, "made again, the same");
    let content_type = requests[0].headers["content-type"].to_str().unwrap();
    let parts = read_parts(content_type, requests[0].body.clone()).await;
    let text = |name: &str, text: &str| -> Part {
        (name.to_owned(), None, None, text.as_bytes().to_vec())
    };
    let file = |name: &str, file: &str, kind: &str, bytes: &[u8]| -> Part {
        let (file, kind) = (Some(file.to_owned()), Some(kind.to_owned()));
        (name.to_owned(), file, kind, bytes.to_vec())
    };
    let mut details = text("details", r#"{"x":[1,"y"]}"#);
    details.2 = Some("text/x".to_owned());
    assert_eq!(
        parts,
        [
            text("title", "ünï\r\n--sdk-runtime-boundary-0--"),
            text("count", "7"),
            text("odd %22name%22%0D%0A", "true"),
            text("tags", "a"),
            text("tags", "b"),
            details,
            file(
                "file",
                "file",
                "application/octet-stream",
                &[0, 255, 13, 10, 45, 45]
            ),
            file("more", "a %22b%22.csv", "text/csv", b"1,2"),
            file("more", "c.json", "text/plain", b"{}"),
        ]
    );
}

#[test]
fn files_derive_like_other_values() {
    let json = serde_json::to_value(upload()).unwrap();
    assert_eq!(json["more"], json!(["1,2", "{}"]));
    let read: Upload = serde_json::from_value(json!({
        "title": "t", "count": 1, "odd \"name\"\r\n": false, "tags": [], "details": null,
        "file": "text", "more": [[1, 2]],
    }))
    .unwrap();
    assert_eq!(read.file, FilePart::from("text"));
    assert_eq!(read.more[0].bytes(), Some([1, 2].as_slice()));
    assert!(!format!("{:?}", upload()).contains("1,2"));
}

#[tokio::test]
async fn forms_have_a_pair_for_each_member() {
    let server = Server::always(200, "{}").await;
    let client = server.client();
    #[derive(Serialize)]
    struct Form {
        name: &'static str,
        none: Option<i32>,
        list: Vec<i32>,
        bars: Vec<&'static str>,
        object: Value,
        deep: Value,
    }
    let form = Form {
        name: "a b&c=d",
        none: None,
        list: vec![1, 2],
        bars: vec!["x", "y"],
        object: json!({"a": 1}),
        deep: json!({"a": {"b": 1}}),
    };
    let styles = [
        ("bars", Style::PIPE_DELIMITED),
        ("deep", Style::DEEP_OBJECT),
    ];
    let request = post(&client).form_styled(&form, &styles);
    request
        .returns_json::<Request<Value, NoErrorBody>>()
        .await
        .unwrap();
    let request = server.request();
    assert_eq!(
        request.body,
        "name=a%20b%26c%3Dd&list=1&list=2&bars=x%7Cy&object=%7B%22a%22%3A1%7D&deep%5Ba%5D%5Bb%5D=1"
    );
    assert_eq!(
        request.header("content-type"),
        Some("application/x-www-form-urlencoded")
    );

    let request = post(&client).form(&[1]);
    let error = request
        .returns_json::<Request<Value, NoErrorBody>>()
        .await
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "POST /b: its body is no object, which a form is made of"
    );
}

#[tokio::test]
async fn a_stream_is_sent_once_and_never_replayed() {
    let server = MockServer::start().await;
    Mock::given(matchers::path("/oauth/token"))
        .respond_with(
            ResponseTemplate::new(200)
                .set_body_json(json!({"access_token": "t", "expires_in": 3600})),
        )
        .mount(&server)
        .await;
    Mock::given(matchers::path("/v3/b"))
        .respond_with(ResponseTemplate::new(401))
        .mount(&server)
        .await;
    let client: Client = ClientBuilder::new(&FORM)
        .base_url(server.uri())
        .client_credentials("i", "s")
        .build()
        .unwrap();
    let chunks = || stream::iter(["one,", "two"].map(Ok::<_, std::io::Error>));
    let request: Request<(), NoErrorBody> = post(&client)
        .body("text/csv", Body::stream(chunks()))
        .returns_nothing();
    let again = request.clone();
    let error = request.await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(401));
    let error = again.await.unwrap_err();
    assert!(matches!(error, Error::Request(_)), "{error}");
    let sized: Request<(), NoErrorBody> = post(&client)
        .body("text/csv", Body::stream(chunks()))
        .header("Content-Length", &7)
        .returns_nothing();
    sized.await.unwrap_err();
    let bytes: Request<(), NoErrorBody> =
        post(&client).body("text/csv", "one,two").returns_nothing();
    bytes.await.unwrap_err();

    let mut sent = server.received_requests().await.unwrap();
    let is_token_request = |request: &&wiremock::Request| request.url.path() == "/oauth/token";
    assert_eq!(
        sent.iter().filter(is_token_request).count(),
        4,
        "a token that was refused is not sent again: one for each stream, two for the bytes"
    );
    sent.retain(|request| request.url.path() == "/v3/b");
    let bodies: Vec<&[u8]> = sent.iter().map(|request| request.body.as_slice()).collect();
    assert_eq!(
        bodies,
        [b"one,two".as_slice(); 4],
        "bytes alone are sent again"
    );
    assert_eq!(sent[0].headers["transfer-encoding"], "chunked");
    assert_eq!(sent[1].headers["content-length"], "7");
}

#[tokio::test]
async fn a_download_comes_in_chunks_and_ends_in_time() {
    let head = "HTTP/1.1 200 X\r\nx-total: 3\r\ncontent-length: 6\r\n\r\n";
    let server = Server::start(move |request, _| match request.target() {
        "/all" => Reply::Raw(format!("{head}abcdef").into_bytes()),
        "/cut" => Reply::Raw(format!("{head}abc").into_bytes()),
        "/stall" => Reply::Stall(format!("{head}abc").into_bytes()),
        "/silent" => Reply::Silence,
        _ => crate::server::json(404, r#"{"message":"not here"}"#),
    })
    .await;
    let client: Client = ClientBuilder::new(&OPEN)
        .base_url(&server.url)
        .timeout(Duration::from_millis(300))
        .retries(RetryPolicy::never())
        .build()
        .unwrap();
    let mut answer = get(&client, "/all").send_stream().await.unwrap();
    assert_eq!(answer.headers()["x-total"], "3");
    let mut body = Vec::new();
    while let Some(chunk) = answer.body_mut().chunk().await.unwrap() {
        body.extend_from_slice(&chunk);
    }
    assert_eq!(body, b"abcdef");

    for (path, is_timeout) in [("/cut", false), ("/stall", true)] {
        let answer = get(&client, path).send_stream().await.unwrap();
        // The error is the last that comes.
        let mut chunks: Vec<_> = answer.into_body().collect().await;
        let error = chunks.pop().unwrap().unwrap_err();
        assert_eq!(error.is_timeout(), is_timeout, "{path}: {error}");
    }
    let error = get(&client, "/silent").send_stream().await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
    let error = get(&client, "/none").send_stream().await.unwrap_err();
    assert_eq!(error.to_string(), "GET /none: 404 Not Found: not here");
}

#[derive(Debug, PartialEq)]
enum Outcome {
    Done(i32),
    Queued(String),
    Nothing,
}

impl FromResponse for Outcome {
    fn from_response(status: u16, body: &AnswerBody<'_>) -> Option<Self> {
        match status {
            200 => body.json().map(Self::Done),
            202 => body.text().map(Self::Queued),
            204 => Some(Self::Nothing),
            _ => None,
        }
    }
}

#[tokio::test]
async fn answers_are_read_by_their_status() {
    let server = Server::start(|_, before| match before {
        0 => crate::server::json(200, "7"),
        1 => crate::server::json(202, "later"),
        2 => crate::server::json(204, ""),
        3 => crate::server::json(200, "x"),
        _ => crate::server::json(206, "7"),
    })
    .await;
    let client = server.client();
    let call = || get_outcome(&client);
    assert_eq!(call().await.unwrap(), Outcome::Done(7));
    assert_eq!(call().await.unwrap(), Outcome::Queued("later".to_owned()));
    assert_eq!(call().await.unwrap(), Outcome::Nothing);
    let wrong = call().await.unwrap_err().to_string();
    assert!(wrong.contains("does not decode: expected value"), "{wrong}");
    let undeclared = call().await.unwrap_err().to_string();
    assert!(
        undeclared.contains("no such success is declared"),
        "{undeclared}"
    );
}

fn get_outcome(client: &Client) -> Request<Outcome, NoErrorBody> {
    client.request(Method::GET, "/o").returns_by_status()
}

#[tokio::test]
async fn a_body_that_may_be_missing_is_an_option() {
    let server = Server::start(|_, before| match before {
        0 | 4 | 6 => crate::server::json(204, ""),
        1 => crate::server::json(200, "null"),
        2 => crate::server::json(200, "7"),
        3 => crate::server::json(200, "{"),
        _ => crate::server::json(200, "text"),
    })
    .await;
    let client = server.client();
    let start = || client.request(Method::GET, "/o");
    let number = || start().returns_optional_json::<i32, Request<_, NoErrorBody>>();
    assert_eq!(number().await.unwrap(), None);
    assert_eq!(number().await.unwrap(), None);
    assert_eq!(number().await.unwrap(), Some(7));
    assert!(matches!(number().await, Err(Error::Decode(_))));
    let text = || start().returns_optional_text::<Request<_, NoErrorBody>>();
    assert_eq!(text().await.unwrap(), None);
    assert_eq!(text().await.unwrap().as_deref(), Some("text"));
    let bytes = || start().returns_optional_bytes::<Request<_, NoErrorBody>>();
    assert_eq!(bytes().await.unwrap(), None);
    assert_eq!(bytes().await.unwrap().as_deref(), Some(b"text".as_slice()));
}

#[tokio::test]
async fn accept_is_what_the_operation_asks_for() {
    let server = Server::always(200, "{}").await;
    let client = server.client();
    let request = client
        .request(Method::GET, "/a")
        .accept("application/hal+json");
    request
        .returns_json::<Request<Value, NoErrorBody>>()
        .await
        .unwrap();
    assert_eq!(
        server.request().header("accept"),
        Some("application/hal+json")
    );
    let request = client
        .request(Method::GET, "/a")
        .returns_text::<Request<String, NoErrorBody>>();
    request.header("Accept", "text/csv").await.unwrap();
    assert_eq!(server.requests()[1].header("accept"), Some("text/csv"));
}

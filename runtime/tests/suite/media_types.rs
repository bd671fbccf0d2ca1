//! Media types that decide: that the caller chooses for a body that may have any, or for an answer that
//! may have several, and those of a form's parts.

use sdk_runtime::testing::wiremock::{Mock, MockServer, ResponseTemplate, matchers};
use sdk_runtime::{Body, Client, ClientBuilder, Error, Method, NoErrorBody, Request, Value, json};

use crate::bodies::read_parts;
use crate::server::{OPEN, Server, with_headers};

fn upload(client: &Client, range: &'static str, body: Body) -> Request<(), NoErrorBody> {
    let request = client.request(Method::POST, "/files");
    request.body(range, body).returns_nothing()
}

#[tokio::test]
async fn a_body_says_its_media_type_where_the_operation_takes_several() {
    let server = Server::always(200, "").await;
    let client = server.client();
    let png = || Body::from(b"png").with_media_type("image/png");
    for (range, body) in [
        ("*/*", png()),
        ("image/*", png()),
        ("image/jpeg", png()),
        ("*/*", Body::from("text")),
        ("text/csv", Body::from("text")),
    ] {
        upload(&client, range, body).await.unwrap();
    }
    let requests = server.requests();
    let sent: Vec<_> = requests
        .iter()
        .map(|request| request.header("content-type").unwrap())
        .collect();
    let expected = [
        "image/png",
        "image/png",
        "image/png",
        "application/octet-stream",
        "text/csv",
    ];
    assert_eq!(sent, expected);
}

#[tokio::test]
async fn a_body_without_a_media_type_is_refused_where_one_has_to_be_chosen() {
    let server = Server::always(200, "").await;
    let error = upload(&server.client(), "image/*", Body::from("text")).await;
    let error = error.unwrap_err();
    assert!(matches!(error, Error::Request(_)), "{error:?}");
    assert!(
        error.to_string().contains("Body::with_media_type"),
        "{error}"
    );
    let unsendable = Body::from("text").with_media_type("image/png\r\nx: y");
    let error = upload(&server.client(), "image/*", unsendable).await;
    assert!(matches!(error, Err(Error::Request(_))));
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn an_answer_is_had_in_another_media_type() {
    let server = Server::start(|request, _| match request.header("accept") {
        Some("image/png") => with_headers(200, "content-type: image/png\r\n", "png"),
        _ => crate::server::json(200, "{}"),
    })
    .await;
    let client = server.client();
    let avatar =
        || -> Request<Value, NoErrorBody> { client.request(Method::GET, "/avatar").returns_json() };
    assert_eq!(avatar().await.unwrap(), Value::Object(Default::default()));
    assert_eq!(avatar().accept("image/png").await.unwrap(), b"png");
    let stream = avatar().accept("image/png").send_stream().await;
    assert_eq!(stream.unwrap().headers()["content-type"], "image/png");
}

#[tokio::test]
async fn a_list_is_one_part_where_its_media_type_is_json() {
    let server = MockServer::start().await;
    Mock::given(matchers::any())
        .respond_with(ResponseTemplate::new(200))
        .mount(&server)
        .await;
    let builder = ClientBuilder::<Client>::new(&OPEN).base_url(server.uri());
    let client = builder.build().unwrap();
    let body =
        json!({"texts": ["a", "b"], "whole": [{"x": 1}, {"x": 2}], "each": [{"x": 1}, {"x": 2}]});
    let types = [
        ("whole", "application/json; charset=utf-8"),
        ("texts", "text/plain"),
    ];
    let request = client
        .request(Method::POST, "/b")
        .multipart_typed(&body, &types);
    request
        .returns_nothing::<Request<(), NoErrorBody>>()
        .await
        .unwrap();
    let sent = server.received_requests().await.unwrap().remove(0);
    let content_type = sent.headers["content-type"].to_str().unwrap();
    let parts = read_parts(content_type, sent.body.clone()).await;
    let mut parts: Vec<_> = parts
        .into_iter()
        .map(|(name, _, kind, bytes)| (name, kind, String::from_utf8(bytes).unwrap()))
        .collect();
    parts.sort();
    let part = |name: &str, kind: &str, text: &str| {
        (name.to_owned(), Some(kind.to_owned()), text.to_owned())
    };
    assert_eq!(
        parts,
        [
            part("each", "application/json", r#"{"x":1}"#),
            part("each", "application/json", r#"{"x":2}"#),
            part("texts", "text/plain", "a"),
            part("texts", "text/plain", "b"),
            part(
                "whole",
                "application/json; charset=utf-8",
                r#"[{"x":1},{"x":2}]"#
            ),
        ]
    );
}

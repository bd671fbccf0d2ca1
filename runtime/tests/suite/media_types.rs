//! Media types that the caller chooses: of a body that may have any, and of an answer that may have
//! several.

use sdk_runtime::{Body, Client, Error, Method, NoErrorBody, Request, Value};

use crate::server::{Server, with_headers};

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
    assert_eq!(stream.unwrap().headers["content-type"], "image/png");
}

//! Bodies piece by piece: server-sent events, and one JSON value a line.

use sdk_runtime::{Body, Client, ClientBuilder, Method, NoErrorBody, Request, Value};
use serde_json::json;

use crate::server::{OPEN, Server, get};

#[tokio::test]
async fn a_download_is_read_as_events_or_as_values_a_line() {
    let server = Server::start(|request, _| {
        let body = match request.target() {
            "/events" => "id: 1\ndata: {\"at\": 1}\n\nevent: end\ndata: all\n\ndata: cut",
            _ => "1\r\n\nx\n2",
        };
        crate::server::json(200, body)
    })
    .await;
    let client: Client = ClientBuilder::new(&OPEN)
        .base_url(&server.url)
        .build()
        .unwrap();
    let answer = get(&client, "/events").send_stream().await.unwrap();
    let mut events = answer.into_body().events();
    let first = events.event().await.unwrap().unwrap();
    assert_eq!((first.event.as_str(), first.id.as_str()), ("message", "1"));
    assert_eq!(first.json::<Value>().unwrap(), json!({"at": 1}));
    let last = events.event().await.unwrap().unwrap();
    assert_eq!((last.event.as_str(), last.data.as_str()), ("end", "all"));
    assert_eq!(events.event().await.unwrap(), None);

    let answer = get(&client, "/lines").send_stream().await.unwrap();
    let mut values = answer.into_body().json_lines::<i32>();
    assert_eq!(values.value().await.unwrap(), Some(1));
    let error = values.value().await.unwrap_err().to_string();
    assert!(
        error.starts_with("a value of the body does not decode"),
        "{error}"
    );
    assert_eq!(values.value().await.unwrap(), Some(2));
    assert_eq!(values.value().await.unwrap(), None);
}

#[tokio::test]
async fn a_body_may_be_values_a_line() {
    let server = Server::start(|_, _| crate::server::json(200, "null")).await;
    let body = Body::json_lines([json!({"a": 1}), json!("\n")]).unwrap();
    let client: Client = ClientBuilder::new(&OPEN)
        .base_url(&server.url)
        .build()
        .unwrap();
    let request = client
        .request(Method::POST, "/b")
        .body("application/jsonl", body);
    request
        .returns_nothing::<Request<(), NoErrorBody>>()
        .await
        .unwrap();
    assert_eq!(server.request().body, "{\"a\":1}\n\"\\n\"\n");
}

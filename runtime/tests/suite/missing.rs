//! Answers of success without the body that the operation promises.

use sdk_runtime::{AnswerBody, Client, Error, FromResponse, Method, NoErrorBody, Request, Value};
use serde::Deserialize;
use serde_json::json;

use crate::server::{Server, with_headers};

#[derive(Debug, Deserialize, PartialEq)]
struct User {
    id: String,
}

#[derive(Debug, PartialEq)]
enum Saved {
    Ok(Option<User>),
    Created(User),
}

impl FromResponse for Saved {
    fn from_response(status: u16, body: &AnswerBody<'_>) -> Option<Self> {
        match status {
            201 => body.json().map(Self::Created),
            _ => body.json().map(Self::Ok),
        }
    }
}

fn save<T: serde::de::DeserializeOwned>(client: &Client) -> Request<T, NoErrorBody> {
    client.request(Method::PUT, "/users/1").returns_json()
}

#[tokio::test]
async fn an_empty_body_is_null_where_the_type_can_say_so() {
    for status in [200, 204] {
        let server = Server::start(move |_, _| with_headers(status, "", "")).await;
        let client = server.client();
        assert_eq!(save::<Option<bool>>(&client).await.unwrap(), None);
        assert_eq!(save::<Value>(&client).await.unwrap(), Value::Null);
        save::<()>(&client).await.unwrap();
        let by_status = client.request(Method::PUT, "/users/1");
        let saved = by_status.returns_by_status::<Request<Saved, NoErrorBody>>();
        assert_eq!(saved.await.unwrap(), Saved::Ok(None));
    }
}

#[tokio::test]
async fn elsewhere_the_call_tells_that_it_succeeded_without_a_body() {
    let server = Server::start(|_, _| with_headers(201, "x-request-id: r\r\n", " \n")).await;
    let client = server.client();
    let error = save::<User>(&client).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "PUT /users/1: 201 Created, but its body is missing (tracking id r)"
    );
    assert!(error.is_after_success());
    assert_eq!(error.status().unwrap().as_u16(), 201);
    assert_eq!(error.tracking_id(), Some("r"));
    assert!(matches!(error, Error::MissingBody(_)), "{error:?}");

    let by_status = client.request(Method::PUT, "/users/1");
    let saved = by_status.returns_by_status::<Request<Saved, NoErrorBody>>();
    let error = saved.await.unwrap_err();
    assert!(matches!(error, Error::MissingBody(_)), "{error:?}");

    let response = save::<User>(&client).send_optional().await.unwrap();
    assert_eq!(response.status().as_u16(), 201);
    assert_eq!(response.headers()["x-request-id"], "r");
    assert_eq!(*response.body(), None);
}

#[tokio::test]
async fn a_body_that_is_there_is_read_as_ever() {
    let server = Server::always(200, r#"{"id":"1"}"#).await;
    let user = User { id: "1".to_owned() };
    let request = save::<User>(&server.client());
    assert_eq!(
        request.send_optional().await.unwrap().into_body(),
        Some(user)
    );
    let value = save::<Value>(&server.client()).await.unwrap();
    assert_eq!(value, json!({"id": "1"}));

    let server = Server::always(200, r#"{"id":[]}"#).await;
    let error = save::<User>(&server.client()).send_optional().await;
    let error = error.unwrap_err();
    assert!(error.is_after_success() && matches!(error, Error::Decode(_)));
}

//! What the runtime gives to the tests of others: a server, and errors of every kind.

use std::error::Error as _;
use std::time::Duration;

use sdk_runtime::testing::{Answer, Failed, Server};
use sdk_runtime::{
    Auth, Client, ClientBuilder, Error, HeaderMap, Method, NoErrorBody, Request, Response, Scheme,
    Service, StatusCode, TokenRequest, Value, json,
};

use crate::server::{BASE, BEARER, FORM, OPEN};

fn pet(client: &Client, id: &str) -> Request<Value, NoErrorBody> {
    let request = client.request(Method::GET, "/pets/{id}");
    request.path("id", id).query("full", &true).returns_json()
}

#[tokio::test]
async fn a_server_answers_what_it_was_told_and_tells_what_it_was_asked() {
    let server = Server::start().await;
    server.answer(
        "GET",
        "/pets/{id}",
        Answer::json(200, &json!({"id": "any"})),
    );
    server.answer(
        "GET",
        "/pets/rex",
        Answer::empty(503).header("Retry-After", "3"),
    );
    server.answer("get", "/pets/rex", Answer::json(200, "rex"));
    let client = server.client(ClientBuilder::<Client>::new(&FORM));
    let refused = pet(&client, "rex").await.unwrap_err();
    assert_eq!(refused.retry_after(), Some(Duration::from_secs(3)));
    for _ in 0..2 {
        assert_eq!(pet(&client, "rex").await.unwrap(), json!("rex"));
    }
    assert_eq!(pet(&client, "a b").await.unwrap(), json!({"id": "any"}));

    let post = client
        .request(Method::POST, "/pets")
        .json(&json!({"name": "Rex"}));
    let unknown = post
        .returns_nothing::<Request<(), NoErrorBody>>()
        .await
        .unwrap_err();
    assert_eq!(
        unknown.to_string(),
        "POST /pets: 501 Not Implemented: the test's server was not told what to answer to POST /pets, \
         only to: GET /pets/{id}, GET /pets/rex"
    );
    let asked = server.asked();
    let paths: Vec<&str> = asked.iter().map(|asked| asked.path()).collect();
    let rex = "/pets/rex";
    assert_eq!(paths, [rex, rex, rex, "/pets/a%20b", "/pets"]);
    assert_eq!(asked[3].query("full"), ["true"]);
    assert_eq!(asked[4].json::<Value>(), json!({"name": "Rex"}));
    assert_eq!(asked[4].method(), "POST");
    assert_eq!(asked[0].header("user-agent"), Some("sdk-test/1.2.3"));
    assert!(asked[0].header("authorization").is_some());
    assert!(!format!("{asked:?}").contains("test-token"));
}

#[tokio::test]
async fn what_a_builder_was_told_stays() {
    let server = Server::start().await;
    server.answer(
        "GET",
        "/pets/1",
        Answer::json(200, "late").after(Duration::from_secs(5)),
    );
    let builder = ClientBuilder::<Client>::new(&BEARER).timeout(Duration::from_millis(50));
    let client = server.client(builder.bearer_token("own-token"));
    assert!(pet(&client, "1").await.unwrap_err().is_timeout());
    assert_eq!(
        server.asked()[0].header("authorization"),
        Some("Bearer own-token")
    );
}

#[tokio::test]
async fn tokens_are_fetched_from_the_server_wherever_the_document_has_their_endpoint() {
    static ELSEWHERE: Service = Service {
        auth: Auth::ClientCredentials {
            token_url: "https://login.invalid/oauth/token",
            request: TokenRequest::Form,
            scopes: &[],
        },
        ..BASE
    };
    for service in [&ELSEWHERE, &FORM] {
        let server = Server::start().await;
        let grant = json!({"access_token": "granted"});
        server.answer("POST", "/oauth/token", Answer::json(200, &grant));
        server.answer("GET", "/pets/{id}", Answer::json(200, "rex"));
        let builder = ClientBuilder::<Client>::new(service).client_credentials("id", "secret");
        pet(&server.client(builder), "1").await.unwrap();
        assert_eq!(
            server.asked()[1].header("authorization"),
            Some("Bearer granted")
        );
    }
}

#[tokio::test]
async fn the_schemes_of_operations_have_credentials() {
    const OTHER: Scheme = Scheme::new("other", Auth::Bearer, &["T_OTHER"]);
    let server = Server::start().await;
    server.answer("GET", "/pets/{id}", Answer::json(200, "rex"));
    let client = server.client(ClientBuilder::<Client>::new(&OPEN).schemes(&[OTHER]));
    let request = client
        .request(Method::GET, "/pets/1")
        .signed_with(&[&[OTHER]]);
    request
        .returns_json::<Request<Value, NoErrorBody>>()
        .await
        .unwrap();
    assert!(server.asked()[0].header("authorization").is_some());
}

/// Every error, and its text.
fn made(call: &Failed) -> [(Error<NoErrorBody>, &'static str); 14] {
    [
        (
            call.refused(404, r#"{"message":"no pet"}"#),
            "GET /pets/{id}: 404 Not Found: no pet (tracking id r-1)",
        ),
        (
            call.clone().of(&FORM).refused(409, ""),
            "GET /pets/{id}: 409 Conflict (tracking id r-1)",
        ),
        (
            call.undecodable(200, "{}", "/id", "it is missing"),
            "GET /pets/{id}: 200 OK, but its body does not decode: at `/id`: it is missing (tracking id r-1)",
        ),
        (
            call.without_body(201),
            "GET /pets/{id}: 201 Created, but its body is missing (tracking id r-1)",
        ),
        (
            call.too_large(200, 10),
            "GET /pets/{id}: 200 OK, but its body is longer than 10 bytes; `max_answer_size` of the \
             client's builder raises the limit, `send_stream` of the request reads without one (tracking id r-1)",
        ),
        (
            call.timed_out(),
            "GET /pets/{id}: https://api.invalid did not answer within 60s; `timeout` of the request \
             or of the client's builder sets that limit",
        ),
        (
            call.unreachable(),
            "GET /pets/{id}: could not connect to https://api.invalid",
        ),
        (
            call.cut_off(),
            "GET /pets/{id}: the answer of https://api.invalid was cut off",
        ),
        (
            call.without_credentials(),
            "GET /pets/{id}: no credentials: call `bearer_token` on the client's builder",
        ),
        (
            call.token_refused(401, "who are you"),
            "GET /pets/{id}: the token endpoint https://api.invalid/oauth/token refused: 401 Unauthorized: who are you",
        ),
        (
            call.without_token("no"),
            "GET /pets/{id}: the token endpoint https://api.invalid/oauth/token answered 200 OK without a token: no",
        ),
        (
            call.token_unreachable(true),
            "GET /pets/{id}: the token endpoint https://api.invalid/oauth/token did not answer in time",
        ),
        (
            call.token_unreachable(false),
            "GET /pets/{id}: could not connect to the token endpoint https://api.invalid/oauth/token",
        ),
        (
            call.unsendable(Some("id"), "it is empty"),
            "GET /pets/{id}: parameter `id`: it is empty",
        ),
    ]
}

#[test]
fn every_error_can_be_made() {
    let call = Failed::new("GET", "/pets/{id}").header("Retry-After", "9");
    let made = made(&call.header("x-request-id", "r-1"));
    for (error, text) in &made {
        assert_eq!(error.to_string(), *text);
        assert!(error.source().is_none() && !format!("{error:?}").is_empty());
    }
    let waits = made
        .iter()
        .filter(|(error, _)| error.retry_after().is_some());
    assert_eq!(waits.count(), 3);
    let timeouts = made.iter().filter(|(error, _)| error.is_timeout()).count();
    assert_eq!(timeouts, 2);
    assert!(matches!(&made[6].0, Error::Transport(error) if error.is_connect()));
}

#[test]
fn an_answer_can_be_made_and_taken_apart() {
    let response = Response::new(StatusCode::CREATED, HeaderMap::new(), 1).map(|n| n + 1);
    assert_eq!((response.status().as_u16(), *response.body()), (201, 2));
    let (status, headers, body) = response.clone().into_parts();
    assert!(status == 201 && headers.is_empty() && body == response.into_body());
}

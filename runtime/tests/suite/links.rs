//! Links that a server gives, followed by the operation that they belong to.

use sdk_runtime::{
    ApiKeyLocation, Auth, Client, ClientBuilder, Error, Method, NoErrorBody, Request, Service,
    Value,
};

use crate::server::{BASE, BEARER, Server};

static KEY: Service = Service {
    auth: Auth::ApiKey {
        location: ApiKeyLocation::Query,
        name: "api key",
    },
    ..BASE
};

fn list(client: &Client) -> Request<Value, NoErrorBody> {
    let request = client.request(Method::GET, "/users/{kind}");
    request
        .path("kind", "all")
        .query("limit", &2)
        .header("x-tenant", "t")
        .returns_json()
}

#[tokio::test]
async fn a_link_on_the_same_origin_replaces_path_and_query() {
    let server = Server::always(200, "[]").await;
    let client: Client = ClientBuilder::new(&BEARER)
        .base_url(format!("{}/v1", server.url))
        .bearer_token("tok")
        .build()
        .unwrap();
    let absolute = format!("{}/other/users?after=a%2Fb#page", server.url);
    for link in [absolute.as_str(), "/v1/next", "?after=1", "mine"] {
        list(&client).at_url(link).await.unwrap();
    }
    let requests = server.requests();
    let targets: Vec<_> = requests.iter().map(|request| request.target()).collect();
    let expected = [
        "/other/users?after=a%2Fb",
        "/v1/next",
        "/v1/users/all?after=1",
        "/v1/users/mine",
    ];
    assert_eq!(targets, expected);
    for request in &requests {
        assert_eq!(request.header("authorization"), Some("Bearer tok"));
        assert_eq!(request.header("x-tenant"), Some("t"));
    }
}

#[tokio::test]
async fn another_origin_is_refused_before_anything_is_sent() {
    let server = Server::always(200, "[]").await;
    let elsewhere = Server::always(200, "[]").await;
    let client = server.client();
    let own = server.url.replace("http://", "");
    for link in [
        format!("{}/users", elsewhere.url),
        format!("https://{own}/users"),
        format!("http://user:secret@{own}/users"),
        "//other.example/users".to_owned(),
        "http://".to_owned(),
        "data:text/plain,x".to_owned(),
    ] {
        let error = list(&client).at_url(&link).await.unwrap_err();
        assert!(matches!(error, Error::Request(_)), "{link}: {error}");
        assert!(!error.to_string().contains("secret"), "{error}");
    }
    assert!(server.requests().is_empty() && elsewhere.requests().is_empty());
}

#[tokio::test]
async fn a_key_that_the_link_holds_already_is_sent_once() {
    let server = Server::always(200, "[]").await;
    let client: Client = ClientBuilder::new(&KEY)
        .base_url(&server.url)
        .api_key("k 1")
        .build()
        .unwrap();
    list(&client)
        .at_url("/next?api%20key=old&page=2")
        .await
        .unwrap();
    assert_eq!(server.request().target(), "/next?page=2&api%20key=k%201");
}

#[tokio::test]
async fn a_link_is_got_where_the_operation_posts() {
    let server = Server::always(200, "[]").await;
    let client: Client = ClientBuilder::new(&BEARER)
        .base_url(&server.url)
        .bearer_token("tok")
        .build()
        .unwrap();
    let search = client.request(Method::POST, "/search").json("a");
    let request: Request<Value, NoErrorBody> = search.returns_json();
    request.get_url("/next?after=1").await.unwrap();
    let sent = server.request();
    assert_eq!(sent.line(), "GET /next?after=1");
    assert_eq!(sent.header("authorization"), Some("Bearer tok"));
    assert_eq!(
        (sent.header("content-type"), sent.body.as_str()),
        (None, "")
    );
}

//! What goes over the wire for a request's parameters and body.

use std::collections::BTreeMap;

use sdk_runtime::{Client, Error, Method, NoErrorBody, Nullable, Request, Secret, Value};
use serde_json::json;

use crate::server::{OPEN, Server, get};

fn item<V: serde::Serialize + ?Sized>(client: &Client, id: &V) -> Request<Value, NoErrorBody> {
    client
        .request(Method::GET, "/items/{id}/parts")
        .path("id", id)
        .returns_json()
}

#[tokio::test]
async fn any_value_stays_one_path_segment() {
    let server = Server::always(200, "{}").await;
    let client = server.client();
    let cases: [(Value, &str); 10] = [
        (json!("../../x"), "..%2F..%2Fx"),
        (json!("a b"), "a%20b"),
        (json!("%2e%2e"), "%252e%252e"),
        (json!("ü?#"), "%C3%BC%3F%23"),
        (json!("..."), "..."),
        (
            json!("a;b:c@d&e=f+g,h!"),
            "a%3Bb%3Ac%40d%26e%3Df%2Bg%2Ch%21",
        ),
        (json!("A-z_0.~"), "A-z_0.~"),
        (json!(42), "42"),
        (json!(["a,b", 1]), "a%2Cb,1"),
        (json!([[1]]), "%5B1%5D"),
    ];
    for (value, _) in &cases {
        item(&client, value).await.unwrap();
    }
    let got: Vec<String> = server
        .requests()
        .iter()
        .map(|request| request.line().to_owned())
        .collect();
    let expected: Vec<String> = cases
        .iter()
        .map(|(_, segment)| format!("GET /items/{segment}/parts"))
        .collect();
    assert_eq!(got, expected);
}

#[tokio::test]
async fn a_value_that_is_no_segment_is_refused_by_name() {
    let server = Server::always(200, "{}").await;
    let client = server.client();
    for value in [
        json!(""),
        json!("."),
        json!(".."),
        json!([".."]),
        json!(null),
        json!([]),
        json!({}),
    ] {
        let error = item(&client, &value).await.unwrap_err();
        let Error::Request(problem) = &error else {
            panic!("{value}: {error:?}")
        };
        assert_eq!(problem.parameter(), Some("id"), "{value}");
        assert!(
            error
                .to_string()
                .starts_with("GET /items/{id}/parts: parameter `id`: "),
            "{error}"
        );
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_template_is_sent_as_it_stands_or_refused() {
    let server = Server::always(200, "{}").await;
    let client = server.client();
    get(&client, "/a/b c:d(e)/%41").await.unwrap();
    assert_eq!(server.request().target(), "/a/b%20c:d(e)/%41");

    for template in [
        "/a/../b",
        "/a/%2e%2E/b",
        "/./a",
        "//a/{missing}",
        "a",
        "@evil.invalid/",
        "/{open",
    ] {
        let error = get(&client, template).await.unwrap_err();
        assert!(matches!(error, Error::Request(_)), "{template}: {error}");
    }
    let error = get(&client, "/{id}").await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "GET /{id}: parameter `id`: it has no value"
    );
    let unknown: Request<Value, NoErrorBody> = client
        .request(Method::GET, "/a")
        .path("id", "x")
        .returns_json();
    assert!(
        unknown
            .await
            .unwrap_err()
            .to_string()
            .contains("parameter `id`")
    );
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_value_that_looks_like_a_placeholder_is_not_filled_again() {
    let server = Server::always(200, "{}").await;
    let request = server
        .client()
        .request(Method::GET, "/{a}/{b}")
        .path("a", "{b}")
        .path("b", "x");
    request
        .returns_json::<Request<Value, NoErrorBody>>()
        .await
        .unwrap();
    assert_eq!(server.request().target(), "/%7Bb%7D/x");
}

#[tokio::test]
async fn queries_follow_form_style() {
    let server = Server::always(200, "{}").await;
    let members = BTreeMap::from([
        ("from", json!("a b")),
        ("none", Value::Null),
        ("to", json!(2)),
    ]);
    get(&server.client(), "/q")
        .query("filters", r#"name sw "A&b=c+d/é'""#)
        .query("tag[]", &["x", "y,z"])
        .query("none", &None::<String>)
        .query("absent", &Nullable::<i32>::Absent)
        .query("empty", "")
        .query("flag", &true)
        .query("limit", &5)
        .query("object", &members)
        .query_joined("fields", &["id", "a,b"])
        .query_joined("no_fields", &Vec::<String>::new())
        .query("limit", &6)
        .await
        .unwrap();
    let expected = "/q?filters=name%20sw%20%22A%26b%3Dc%2Bd%2F%C3%A9%27%22&tag%5B%5D=x&tag%5B%5D=y%2Cz&empty=&flag=true\
                    &limit=6&from=a%20b&to=2&fields=id,a%2Cb&no_fields=";
    assert_eq!(server.request().target(), expected);
}

#[tokio::test]
async fn headers_are_text_and_cannot_be_split() {
    let server = Server::always(200, "{}").await;
    let client = server.client();
    get(&client, "/h")
        .header("X-List", &["a", "b"])
        .header("X-None", &None::<i32>)
        .header("X-Number", &7)
        .await
        .unwrap();
    let request = server.request();
    assert_eq!(request.header("x-list"), Some("a,b"));
    assert_eq!(request.header("x-number"), Some("7"));
    assert_eq!(request.header("x-none"), None);

    for value in ["a\r\nX-Evil: 1", "a\nb", "a\0b"] {
        let error = get(&client, "/h")
            .header("X-Thing", value)
            .await
            .unwrap_err();
        assert!(
            matches!(&error, Error::Request(problem) if problem.parameter() == Some("X-Thing")),
            "{error:?}"
        );
        assert!(!error.to_string().contains("Evil"), "{error}");
    }
    let error = get(&client, "/h")
        .header("bad name", "x")
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Request(_)));
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn bodies_are_json_with_its_content_type() {
    let server = Server::always(200, "{}").await;
    let client = server.client();
    let body = BTreeMap::from([("skey", Secret::<String>::from("s3cret"))]);
    let request: Request<Value, NoErrorBody> =
        client.request(Method::PUT, "/b").json(&body).returns_json();
    request.await.unwrap();
    let recorded = server.request();
    assert_eq!(recorded.body, r#"{"skey":"s3cret"}"#);
    assert_eq!(recorded.header("content-type"), Some("application/json"));
    assert_eq!(recorded.header("content-length"), Some("17"));
    assert_eq!(recorded.header("accept"), Some("application/json"));
    assert_eq!(recorded.header("user-agent"), Some("sdk-test/1.2.3"));

    // Another kind of JSON says so by a header.
    let request: Request<Value, NoErrorBody> = client
        .request(Method::PATCH, "/b")
        .json(&[1])
        .returns_json();
    request
        .header("Content-Type", "application/json-patch+json")
        .await
        .unwrap();
    let requests = server.requests();
    assert_eq!(
        requests[1].header("content-type"),
        Some("application/json-patch+json")
    );

    // JSON has no map whose keys are lists.
    let unwritable = BTreeMap::from([(vec![1], 2)]);
    let request: Request<Value, NoErrorBody> = client
        .request(Method::PUT, "/b")
        .json(&unwritable)
        .returns_json();
    assert_eq!(
        request.await.unwrap_err().to_string(),
        "PUT /b: its body cannot be written as JSON"
    );
}

#[tokio::test]
async fn default_headers_yield_to_the_operations_own() {
    let server = Server::always(200, "{}").await;
    let builder = sdk_runtime::ClientBuilder::<Client>::new(&OPEN)
        .base_url(&server.url)
        .user_agent("mine/1");
    let client = builder
        .default_header("X-A", "default")
        .default_header("X-B", "default")
        .build()
        .unwrap();
    get(&client, "/h").header("x-a", "own").await.unwrap();
    let request = server.request();
    assert_eq!(request.header("x-a"), Some("own"));
    assert_eq!(request.header("x-b"), Some("default"));
    assert_eq!(request.header("user-agent"), Some("mine/1"));
    assert_eq!(request.header("content-type"), None);
}

#[test]
fn requests_and_their_futures_are_send() {
    fn assert_send<T: Send + 'static>(_: T) {}
    let client: Client = sdk_runtime::ClientBuilder::new(&OPEN).build().unwrap();
    // A raw pointer is not `Send`: the result comes into being at the end, and its type must not
    // matter.
    let request: Request<std::marker::PhantomData<*const ()>, NoErrorBody> =
        client.request(Method::GET, "/a").returns_json();
    assert_send(request.send());
}

#[tokio::test]
async fn no_body_is_told_where_one_may_be_expected() {
    let server = Server::always(200, "{}").await;
    let client = server.client();
    for method in [
        Method::POST,
        Method::PUT,
        Method::PATCH,
        Method::GET,
        Method::DELETE,
    ] {
        let request = client.request(method, "/x");
        request
            .returns_nothing::<Request<(), NoErrorBody>>()
            .await
            .unwrap();
    }
    let with_body = client.request(Method::POST, "/x").json(&1);
    with_body
        .returns_nothing::<Request<(), NoErrorBody>>()
        .await
        .unwrap();
    let requests = server.requests();
    let lengths: Vec<_> = requests
        .iter()
        .map(|request| request.header("content-length"))
        .collect();
    let zero = Some("0");
    assert_eq!(lengths, [zero, zero, zero, None, None, Some("1")]);
}

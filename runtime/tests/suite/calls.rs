//! What a caller can say of one call, whatever its operation is made for: headers and parameters by
//! names of the caller's, what to accept, the body as it came; and what an HTTP client of the caller's
//! keeps.

use sdk_runtime::{
    Auth, Client, ClientBuilder, ConfigError, Environment, Error, Method, NoErrorBody, Request,
    RetryPolicy, Scheme, Service, reqwest,
};

use crate::server::{BASE, BASIC_JSON, OPEN, Server, get, json, with_headers};

#[tokio::test]
async fn names_may_be_made_at_run_time() {
    let server = Server::always(200, "{}").await;
    let (header, parameter, cookie) = (
        "X-".to_owned() + "Trace",
        "de".to_owned() + "bug",
        "c".to_owned(),
    );
    let request = get(&server.client(), "/x")
        .header(&header, "t-1")
        .query(&parameter, &true)
        .query(&parameter, &false)
        .cookie(&cookie, "v");
    request.await.unwrap();
    let sent = server.request();
    assert_eq!(sent.header("x-trace"), Some("t-1"));
    assert_eq!(sent.target(), "/x?debug=false");
    assert_eq!(sent.header("cookie"), Some("c=v"));

    let bad = "no name".to_owned();
    let error = get(&server.client(), "/x")
        .header(&bad, "v")
        .await
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "GET /x: parameter `no name`: it is no header name"
    );
}

/// A report that comes as text or as PDF; its method reads text.
fn report(client: &Client) -> Request<String, NoErrorBody> {
    let request = client.request(Method::GET, "/report");
    request
        .accept("application/csv, application/pdf")
        .returns_text()
}

#[tokio::test]
async fn a_caller_chooses_among_the_media_types_of_an_answer() {
    let server = Server::start(|request, _| match request.header("accept") {
        Some("application/pdf") => with_headers(200, "content-type: application/pdf\r\n", "%PDF"),
        _ => with_headers(200, "content-type: application/csv\r\n", "a,b"),
    })
    .await;
    let client = server.client();
    assert_eq!(report(&client).await.unwrap(), "a,b");
    let pdf = "application/".to_owned() + "pdf";
    assert_eq!(report(&client).accept(&pdf).await.unwrap(), b"%PDF");
    let stream = report(&client).accept(&pdf).send_stream().await.unwrap();
    assert_eq!(stream.headers()["content-type"], "application/pdf");
    let requests = server.requests();
    let accepts: Vec<_> = requests
        .iter()
        .map(|sent| sent.header("accept").unwrap())
        .collect();
    assert_eq!(
        accepts,
        [
            "application/csv, application/pdf",
            "application/pdf",
            "application/pdf"
        ]
    );
    let error = report(&client)
        .accept("application/pdf\r\nx: y")
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Request(_)), "{error:?}");
}

#[tokio::test]
async fn the_body_of_any_success_can_be_had() {
    let server =
        Server::start(|_, _| with_headers(202, "x-job: 7\r\n", "{\"undeclared\": 1}")).await;
    let client = server.client();
    let nothing = || {
        client
            .request(Method::POST, "/jobs")
            .returns_nothing::<Request<(), NoErrorBody>>()
    };
    nothing().await.unwrap();
    let response = nothing().send_bytes().await.unwrap();
    assert_eq!(
        (response.status().as_u16(), &response.headers()["x-job"]),
        (202, &"7".parse().unwrap())
    );
    assert_eq!(response.into_body(), b"{\"undeclared\": 1}");
    // What would not decode, and what asks for a media type of its own.
    let undecodable = client
        .request(Method::GET, "/x")
        .returns_json::<Request<Vec<i32>, NoErrorBody>>();
    assert_eq!(undecodable.send_bytes().await.unwrap().body().len(), 17);
    report(&client).send_bytes().await.unwrap();
    let requests = server.requests();
    let accepts: Vec<_> = requests
        .iter()
        .map(|sent| sent.header("accept").unwrap())
        .collect();
    let [own, csv] = ["application/json", "application/csv, application/pdf"];
    assert_eq!(accepts, [own, own, own, csv]);

    let refusing = Server::always(404, "{}").await;
    let error = report(&refusing.client()).send_bytes().await.unwrap_err();
    assert!(matches!(error, Error::Api(_)), "{error:?}");
}

#[tokio::test]
async fn an_http_client_of_ones_own_keeps_its_user_agent_and_headers() {
    let server = Server::always(200, r#"{"access_token": "t"}"#).await;
    let mut headers = reqwest::header::HeaderMap::new();
    headers.insert("x-proxy", "mine".parse().unwrap());
    let own = reqwest::Client::builder()
        .user_agent("mine/1")
        .default_headers(headers);
    let own = own.build().unwrap();
    let builder = || ClientBuilder::<Client>::new(&BASIC_JSON).base_url(&server.url);
    let signed = || builder().client_credentials("id", "secret");
    let with = |builder: ClientBuilder<Client>| builder.build().unwrap();
    get(&with(signed().http_client(own.clone())), "/a")
        .await
        .unwrap();
    get(
        &with(signed().http_client(own.clone()).user_agent("told/2")),
        "/b",
    )
    .await
    .unwrap();
    get(&with(signed()), "/c").await.unwrap();
    let agents: Vec<_> = server
        .requests()
        .iter()
        .map(|sent| sent.header("user-agent").unwrap_or("none").to_owned())
        .collect();
    let ours = "sdk-test/1.2.3";
    assert_eq!(agents, ["mine/1", "mine/1", "told/2", "told/2", ours, ours]);
    assert_eq!(server.requests()[1].header("x-proxy"), Some("mine"));
}

#[tokio::test]
async fn the_shorter_of_two_time_limits_ends_a_call() {
    use std::time::{Duration, Instant};
    let server = Server::start(|_, _| crate::server::Reply::Silence).await;
    let own = |time| {
        reqwest::Client::builder()
            .timeout(Duration::from_millis(time))
            .build()
            .unwrap()
    };
    for (theirs, ours) in [(100, 60_000), (60_000, 100)] {
        let builder = ClientBuilder::<Client>::new(&OPEN).base_url(&server.url);
        let builder = builder
            .http_client(own(theirs))
            .timeout(Duration::from_millis(ours))
            .retries(RetryPolicy::never());
        let start = Instant::now();
        let error = get(&builder.build().unwrap(), "/x").await.unwrap_err();
        assert!(
            error.is_timeout() && start.elapsed() < Duration::from_secs(10),
            "{error:?}"
        );
    }
}

static BASIC: Service = Service {
    auth: Auth::Basic,
    env: Environment {
        client_id: Some("T_USERNAME"),
        client_secret: Some("T_PASSWORD"),
        ..BASE.env
    },
    ..BASE
};
const PAIR: Scheme = Scheme::new("pair", Auth::Basic, &["T_USERNAME", "T_PASSWORD"]);
const NAME: Scheme = Scheme::new("name", Auth::Basic, &["T_USERNAME"]);

/// `sk_test:` and `sk_test:p` in base64.
const ALONE: &str = "Basic c2tfdGVzdDo=";
const BOTH: &str = "Basic c2tfdGVzdDpw";

#[tokio::test]
async fn http_basic_does_without_a_password() {
    let server = Server::start(|_, _| json(200, "{}")).await;
    let at = |service| ClientBuilder::<Client>::new(service).base_url(&server.url);
    let alone = |name: &str| (name == "T_USERNAME").then(|| "sk_test".to_owned());
    let both = |name: &str| match name {
        "T_USERNAME" => Some("sk_test".to_owned()),
        "T_PASSWORD" => Some("p".to_owned()),
        _ => None,
    };
    let empty = |name: &str| match name {
        "T_PASSWORD" => Some(String::new()),
        other => alone(other),
    };
    static NO_PASSWORD: Service = Service {
        env: Environment {
            client_secret: None,
            ..BASIC.env
        },
        ..BASIC
    };
    for (builder, expected) in [
        (at(&BASIC).basic("sk_test", ""), ALONE),
        (at(&BASIC).read_env_from(alone), ALONE),
        (at(&BASIC).read_env_from(empty), ALONE),
        (at(&NO_PASSWORD).read_env_from(alone), ALONE),
        (at(&BASIC).read_env_from(both), BOTH),
    ] {
        get(&builder.build().unwrap(), "/x").await.unwrap();
        let requests = server.requests();
        assert_eq!(
            requests.last().unwrap().header("authorization"),
            Some(expected)
        );
    }
    let alternatives: [&'static [&'static [Scheme]]; 2] = [&[&[PAIR]], &[&[NAME]]];
    for signed in alternatives {
        let schemes = signed[0];
        let builder = at(&OPEN).schemes(schemes).read_env_from(alone);
        let request = builder
            .build()
            .unwrap()
            .request(Method::GET, "/x")
            .signed_with(signed);
        request
            .returns_nothing::<Request<(), NoErrorBody>>()
            .await
            .unwrap();
        let requests = server.requests();
        assert_eq!(
            requests.last().unwrap().header("authorization"),
            Some(ALONE)
        );
    }
    let only_password = |name: &str| (name == "T_PASSWORD").then(|| "p".to_owned());
    let error = at(&BASIC).read_env_from(only_password).build().unwrap_err();
    assert!(matches!(error, ConfigError::Missing(_)), "{error}");
    let error = at(&BASIC).basic("a:b", "").build().unwrap_err();
    assert!(matches!(error, ConfigError::Credential { .. }), "{error}");
}

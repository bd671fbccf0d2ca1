//! Credentials stay on this machine or go over TLS.

use sdk_runtime::{
    Auth, Client, ClientBuilder, ConfigError, Method, NoErrorBody, Request, Service, TokenRequest,
    reqwest,
};

use crate::server::{BASE, BEARER, FORM, OPEN, Recorded, Server, get, with_headers};

fn built(builder: ClientBuilder) -> Result<Client, ConfigError> {
    builder.build()
}

#[test]
fn plain_http_to_another_machine_is_refused() {
    for url in ["http://api.example.com", "http://10.0.0.1:8080/proxy"] {
        for service in [&OPEN, &BEARER, &FORM] {
            let error = built(ClientBuilder::new(service).base_url(url)).unwrap_err();
            assert!(matches!(error, ConfigError::PlainHttp(_)), "{error:?}");
            let text = error.to_string();
            assert!(
                text.starts_with(&format!("`{url}"))
                    && text.contains("call `allow_plain_http` on the client's builder"),
                "{text}"
            );
            let allowed = ClientBuilder::new(service).base_url(url).allow_plain_http();
            built(allowed).unwrap();
        }
    }
    for url in [
        "http://localhost:8080",
        "http://127.0.0.1",
        "http://[::1]:9",
    ] {
        built(ClientBuilder::new(&OPEN).base_url(url)).unwrap();
    }
}

#[test]
fn so_is_a_token_endpoint() {
    static TOKENS: Service = Service {
        auth: Auth::ClientCredentials {
            token_url: "http://auth.example.com/token",
            request: TokenRequest::Form,
            scopes: &[],
        },
        ..BASE
    };
    let builder = || {
        let builder = ClientBuilder::new(&TOKENS).base_url("http://127.0.0.1:1");
        builder.client_credentials("id", "secret")
    };
    let error = built(builder()).unwrap_err().to_string();
    assert!(
        error.starts_with("`http://auth.example.com/token` is plain http"),
        "{error}"
    );
    built(builder().allow_plain_http()).unwrap();
    built(builder().token_url("http://127.0.0.1:2/token")).unwrap();
}

#[tokio::test]
async fn a_redirect_takes_no_token_along() {
    for status in [301, 302, 303, 307, 308] {
        let elsewhere = Server::always(200, "1").await;
        let location = elsewhere.url.replace("127.0.0.1", "localhost");
        let server = Server::start(move |request, _| match request.target() {
            "/oauth/token" => crate::server::json(200, r#"{"access_token":"t"}"#),
            _ => with_headers(status, &format!("location: {location}/x\r\n"), ""),
        })
        .await;
        let client: Client = ClientBuilder::new(&FORM)
            .base_url(&server.url)
            .client_credentials("id", "secret")
            .build()
            .unwrap();
        let error = get(&client, "/x").await.unwrap_err();
        assert_eq!(error.status().unwrap().as_u16(), status);
        let request = client.request(Method::POST, "/x").json("body");
        let error = request
            .returns_nothing::<Request<(), NoErrorBody>>()
            .await
            .unwrap_err();
        assert_eq!(error.attempts(), 1);
        assert!(elsewhere.requests().is_empty());
        assert_eq!(server.count("/v3/x"), 2);
    }
}

#[tokio::test]
async fn a_redirected_token_request_takes_no_secret_along() {
    let elsewhere = Server::always(200, r#"{"access_token":"t"}"#).await;
    let location = elsewhere.url.clone();
    let server = Server::start(move |_, _| {
        with_headers(307, &format!("location: {location}/token\r\n"), "")
    })
    .await;
    let builder = ClientBuilder::<Client>::new(&FORM).base_url(&server.url);
    let client = builder.client_credentials("id", "secret").build().unwrap();
    assert!(get(&client, "/x").await.unwrap_err().is_auth());
    assert!(elsewhere.requests().is_empty());
}

/// The HTTP client is the caller's, and follows redirects.
#[tokio::test]
async fn a_followed_redirect_takes_no_token_along_either() {
    let elsewhere = Server::always(200, "1").await;
    let location = elsewhere.url.replace("127.0.0.1", "localhost");
    let server =
        Server::start(move |_, _| with_headers(307, &format!("location: {location}/x\r\n"), ""))
            .await;
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let client: Client = ClientBuilder::new(&BEARER)
        .base_url(&server.url)
        .bearer_token("t")
        .http_client(http)
        .build()
        .unwrap();
    get(&client, "/x").await.unwrap();
    let sent = |server: &Server| {
        let token = |request: &Recorded| request.header("authorization").map(str::to_owned);
        server.requests().iter().map(token).collect::<Vec<_>>()
    };
    assert_eq!(sent(&server), [Some("Bearer t".to_owned())]);
    assert_eq!(sent(&elsewhere), [None]);
}

/// A proxy of the caller's own client; what it is asked for is another machine's.
#[tokio::test]
async fn a_call_goes_through_a_proxy() {
    let proxy = Server::always(200, "1").await;
    let http = reqwest::Client::builder().proxy(reqwest::Proxy::http(&proxy.url).unwrap());
    let client: Client = ClientBuilder::new(&OPEN)
        .base_url("http://api.invalid")
        .allow_plain_http()
        .http_client(http.build().unwrap())
        .build()
        .unwrap();
    get(&client, "/x").await.unwrap();
    let requests = proxy.requests();
    assert_eq!(requests[0].line(), "GET http://api.invalid/x");
    assert_eq!(requests[0].header("host"), Some("api.invalid"));
}

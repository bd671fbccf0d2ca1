//! Servers that repeat credentials: in messages, ids, names of members, headers, token answers. None of
//! it is in any text of an error or an answer.

use sdk_runtime::tower::{BoxError, layer::layer_fn, service_fn};
use sdk_runtime::{
    ApiKeyLocation, Auth, Client, ClientBuilder, Credential, Error, Method, NoErrorBody,
    ProviderFuture, Request, Scheme, Service, TokenProvider, Value, reqwest,
};

use crate::secrecy::{assert_hidden, texts};
use crate::server::{
    BASE, BASIC_FORM, BASIC_JSON, BEARER, FORM, OPEN, Recorded, Server, json, with_headers,
};

const SECRET: &str = "hunter2-in/the clear";
/// The same as a header can hold it.
const TOKEN: &str = "hunter2-in-the-clear";

static KEY: Service = Service {
    auth: Auth::ApiKey {
        location: ApiKeyLocation::Query,
        name: "key",
    },
    ..BASE
};
static BASIC: Service = Service {
    auth: Auth::Basic,
    ..BASE
};
const OTHER: Scheme = Scheme::new("other", Auth::Bearer, &["T_OTHER"]);
static SCHEMES: &[Scheme] = &[OTHER];
static ALTERNATIVES: &[&[Scheme]] = &[&[OTHER], &[]];

/// All that a server knows of a request, as it stands in a text of JSON.
fn echo(request: &Recorded) -> String {
    let all = format!("{} {}", request.head, request.body);
    Value::from(all).to_string()
}

fn builders(secret: &str) -> Vec<ClientBuilder<Client>> {
    let at = |service| ClientBuilder::new(service);
    vec![
        at(&FORM).client_credentials("id", secret),
        at(&BASIC_JSON).client_credentials("id", secret),
        at(&BASIC).basic("id", secret),
        // The user name is all that there is.
        at(&BASIC).basic(TOKEN, ""),
        at(&BEARER).bearer_token(TOKEN),
        at(&KEY).api_key(secret),
        at(&OPEN).default_header("X-Api-Key", TOKEN),
        at(&OPEN).default_header("Cookie", &format!("a=b; session={TOKEN}")),
        at(&BEARER).default_header("Authorization", &format!("Bearer {TOKEN}")),
        at(&BEARER)
            .schemes(SCHEMES)
            .bearer_token("t")
            .credential("other", Credential::bearer(TOKEN)),
        at(&BASIC).read_env_from(|name| (name == "T_ID").then(|| TOKEN.to_owned())),
    ]
}

fn calls(client: &Client) -> Vec<Request<Vec<String>, NoErrorBody>> {
    let get = || client.request(Method::GET, "/x");
    let mut calls = vec![
        get().returns_json(),
        get().header("X-Own-Token", TOKEN).returns_json(),
    ];
    if client.service().auth == Auth::Bearer {
        calls.push(get().signed_with(ALTERNATIVES).returns_json());
    }
    calls
}

/// Calls everything, and looks at every text of what comes back.
async fn assert_never_told(secret: &str, server: &Server) {
    for builder in builders(secret) {
        let client = builder.base_url(&server.url).build().unwrap();
        for call in calls(&client) {
            let error = call.send().await.unwrap_err();
            assert_hidden(&texts(&error));
            assert_hidden(&format!("{client:?} {client:#?}"));
            if let Error::Api(error) = &error {
                assert_hidden(error.message().unwrap_or_default());
            }
        }
    }
    assert!(!server.requests().is_empty());
}

fn is_token(request: &Recorded) -> bool {
    request.target() == "/oauth/token"
}

#[tokio::test]
async fn a_refusal_that_repeats_the_request() {
    assert_never_told(
        SECRET,
        &Server::start(|request, _| {
            let echo = echo(request);
            match is_token(request) {
                true => json(200, r#"{"access_token":"hunter2-fetched"}"#),
                false => json(403, &format!(r#"{{"message":{echo},"requestId":{echo}}}"#)),
            }
        })
        .await,
    )
    .await;
}

#[tokio::test]
async fn a_refusal_in_plain_text_and_in_headers() {
    assert_never_told(
        TOKEN,
        &Server::start(|request, _| {
            let headers = format!("content-type: text/plain\r\nx-request-id: {TOKEN}\r\n");
            match is_token(request) {
                true => json(200, r#"{"access_token":"hunter2-fetched"}"#),
                false => with_headers(500, &headers, &format!("{} {}", request.head, request.body)),
            }
        })
        .await,
    )
    .await;
}

#[tokio::test]
async fn a_success_that_repeats_it_where_it_does_not_decode() {
    assert_never_told(
        TOKEN,
        &Server::start(|request, _| {
            let headers = format!("content-type: text/{TOKEN}\r\n");
            match is_token(request) {
                true => json(200, r#"{"access_token":"hunter2-fetched"}"#),
                false => with_headers(200, &headers, &format!("[{{{}:1}}]", echo(request))),
            }
        })
        .await,
    )
    .await;
}

#[tokio::test]
async fn a_token_endpoint_that_says_too_much() {
    let answers: [fn(&Recorded) -> crate::server::Reply; 6] = [
        |_| with_headers(400, "content-type: text/plain\r\n", "token=hunter2-plain"),
        |_| with_headers(200, "content-type: text/plain\r\n", "token=hunter2-plain"),
        |_| {
            json(
                200,
                r#"{"access_token":"a","token_type":"hunter2-as-type"}"#,
            )
        },
        |request| {
            json(
                401,
                &format!(r#"{{"error_description":{}}}"#, echo(request)),
            )
        },
        |request| {
            json(
                200,
                &format!(r#"{{"status":{{"message":{}}}}}"#, echo(request)),
            )
        },
        |_| {
            json(
                200,
                r#"{"refresh_token":"hunter2-new","message":"is hunter2-new"}"#,
            )
        },
    ];
    for answer in answers {
        let server = Server::start(move |request, _| match request.target() {
            "/oauth/token" => answer(request),
            _ => json(403, "{}"),
        })
        .await;
        for service in [&FORM, &BASIC_JSON, &BASIC_FORM] {
            let builder = ClientBuilder::<Client>::new(service).base_url(&server.url);
            let client = builder.client_credentials("id", SECRET).build().unwrap();
            let error = client
                .request(Method::GET, "/x")
                .returns_nothing::<Request<(), NoErrorBody>>();
            let error = error.await.unwrap_err();
            assert!(matches!(error, Error::Auth(_)), "{error:?}");
            assert_hidden(&texts(&error));
        }
    }
}

#[test]
fn a_base_url_that_holds_a_secret() {
    for url in [
        format!("https://h/?k={TOKEN}"),
        format!("https://h/#{TOKEN}"),
        format!("https://{TOKEN}@h/"),
        format!("https://u:{TOKEN}@h/"),
        format!("https://u:a?b{TOKEN}@h/"),
        format!("//u:{TOKEN}@h/"),
        // The credential itself, in the wrong variable.
        TOKEN.to_owned(),
    ] {
        let builder = || ClientBuilder::<Client>::new(&BEARER).bearer_token(TOKEN);
        let error = builder().base_url(&url).build().unwrap_err();
        assert_hidden(&texts(&error));
        let error = builder()
            .base_url("http://h")
            .base_path(format!("/a?{url}"))
            .build();
        assert_hidden(&texts(&error.unwrap_err()));
        assert_hidden(&texts(
            &builder().server_variable(&url, &*url).build().unwrap_err(),
        ));
    }
}

#[tokio::test]
async fn a_base_url_whose_path_is_the_credential() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let closed = format!("http://{}/bot{TOKEN}", listener.local_addr().unwrap());
    drop(listener);
    let at = |service| ClientBuilder::<Client>::new(service).base_url(&closed);
    for builder in [
        at(&BEARER).bearer_token(TOKEN),
        at(&FORM).client_credentials("id", TOKEN),
    ] {
        let client = builder.build().unwrap();
        assert!(client.base_url().contains(TOKEN));
        assert_hidden(&format!("{client:?}"));
        let error = calls(&client).remove(0).send().await.unwrap_err();
        assert_hidden(&texts(&error));
    }
}

#[tokio::test]
async fn an_answers_headers_are_named_and_not_shown() {
    let server = Server::start(|_, _| with_headers(200, "x-token: hunter2\r\n", "[]")).await;
    let call = calls(&server.client()).remove(0);
    let response = call.send().await.unwrap();
    let shown = format!("{response:?} {response:#?}");
    assert!(shown.contains("x-token"), "{shown}");
    assert_hidden(&shown);
    let Ok(stream) = calls(&server.client()).remove(0).send_stream().await else {
        panic!()
    };
    assert_hidden(&format!("{stream:?}"));
}

#[tokio::test]
async fn a_name_of_a_member_that_repeats_it_where_it_is_left_out() {
    let body = r#"[{"hunter2-in-the-clear": "no number"}]"#;
    assert!(body.contains(TOKEN));
    let server = Server::always(200, body).await;
    let client: Client = ClientBuilder::new(&BEARER)
        .base_url(&server.url)
        .bearer_token(TOKEN)
        .build()
        .unwrap();
    type Maps = Vec<std::collections::BTreeMap<String, u64>>;
    let request: Request<Maps, NoErrorBody> = client.request(Method::GET, "/x").returns_json();
    let error = request.clone().await.unwrap_err();
    assert_hidden(&texts(&error));
    let Error::Decode(error) = error else {
        panic!("{error}")
    };
    let partial = error.partial::<Maps>().unwrap();
    let response = request.lossy().send().await.unwrap();
    for deviations in [&partial.deviations[..], response.deviations()] {
        assert_eq!(deviations.len(), 1);
        assert_eq!(deviations[0].pointer(), "/0/[redacted]");
        assert_hidden(&format!("{deviations:?} {}", deviations[0]));
    }
}

/// A provider and a layer whose errors hold what the client knows to be secret.
#[tokio::test]
async fn an_error_of_the_callers_own_that_holds_it() {
    struct Telling;
    impl TokenProvider for Telling {
        fn token(&self) -> ProviderFuture<'_> {
            Box::pin(async { Err(format!("{TOKEN} is no key of the vault").into()) })
        }
    }
    let server = Server::always(200, "1").await;
    let builder = || ClientBuilder::<Client>::new(&FORM).base_url(&server.url);
    let known = |builder: ClientBuilder<Client>| builder.default_header("X-Api-Key", TOKEN);
    let provided = known(builder().token_provider(Telling)).build().unwrap();
    let failing =
        layer_fn(|_| service_fn(|_| async { Err::<reqwest::Response, BoxError>(TOKEN.into()) }));
    let layered = known(builder().bearer_token(TOKEN).layer(failing));
    for (client, told) in [
        (provided, "the token provider failed: [redacted] is no key"),
        (
            layered.build().unwrap(),
            "the HTTP client failed: [redacted]",
        ),
    ] {
        let request: Request<(), NoErrorBody> = client.request(Method::GET, "/x").returns_nothing();
        let error = request.await.unwrap_err();
        assert!(error.to_string().contains(told), "{error}");
        // Its source is the caller's own error, and as the caller wrote it.
        assert_hidden(&format!("{error} {error:?} {error:#?}"));
    }
}

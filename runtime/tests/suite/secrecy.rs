//! No credential and no parameter in any text that may reach a log.

use sdk_runtime::{
    ApiKeyLocation, Auth, Client, ClientBuilder, Method, NoErrorBody, Request, Service, Value,
};

use crate::retries::quick;
use crate::server::{BASE, BASIC_JSON, BEARER, FORM, Server};

const SECRET: &str = "hunter2-in-the-clear";

static KEY_IN_QUERY: Service = Service {
    auth: Auth::ApiKey {
        location: ApiKeyLocation::Query,
        name: "key",
    },
    ..BASE
};

fn builders(url: &str) -> Vec<ClientBuilder<Client>> {
    let at = |service| {
        ClientBuilder::new(service)
            .base_url(url)
            .default_header("X-Other", SECRET)
            .retries(quick())
    };
    vec![
        at(&FORM).client_credentials("id", SECRET),
        at(&BASIC_JSON).client_credentials("id", SECRET),
        at(&FORM).basic("id", SECRET),
        at(&BEARER).bearer_token(SECRET),
        at(&KEY_IN_QUERY).api_key(SECRET),
        at(&BEARER).default_header("Authorization", SECRET),
        at(&FORM).read_env_from(|_| Some(SECRET.to_owned())),
    ]
}

pub(crate) fn assert_hidden(text: &str) {
    // The base64 of `id:` and the secret starts the same way for every secret that starts with
    // `hunter2`.
    assert!(
        !text.contains("hunter2")
            && !text.contains("aWQ6aHVudGVyMi")
            && !text.contains("aHVudGVyMi"),
        "{text}"
    );
}

/// Every text that an error and the errors under it have.
pub(crate) fn texts(error: &dyn std::error::Error) -> String {
    let below = error.source().map(texts).unwrap_or_default();
    format!("{error} {error:?} {error:#?} {below}")
}

#[tokio::test]
async fn credentials_and_parameters_stay_out_of_every_text() {
    let refusing = Server::always(403, r#"{"message":"no"}"#).await;
    let undecodable = Server::always(200, r#"{"access_token":[1]}"#).await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let closed = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    for url in [&refusing.url, &undecodable.url, &closed] {
        for builder in builders(url) {
            assert_hidden(&format!("{builder:?} {builder:#?}"));
            let Ok(client) = builder.base_url(url).build() else {
                panic!("{url}")
            };
            assert_hidden(&format!("{client:?} {client:#?}"));
            let builder = client
                .request(Method::GET, "/x/{id}")
                .path("id", SECRET)
                .query("q", SECRET)
                .header("X-Own", SECRET);
            assert_eq!(format!("{builder:?}"), "RequestBuilder(GET /x/{id})");
            let request: Request<Vec<Value>, NoErrorBody> = builder.json(SECRET).returns_json();
            assert_eq!(format!("{request:?}"), "Request(GET /x/{id})");
            assert_hidden(&texts(&request.await.unwrap_err()));
        }
    }
    assert!(!refusing.requests().is_empty() && !undecodable.requests().is_empty());
}

#[test]
fn settings_that_are_refused_are_not_quoted() {
    let bad = format!("{SECRET}\n");
    for builder in [
        ClientBuilder::<Client>::new(&BEARER).bearer_token(bad.as_str()),
        ClientBuilder::new(&KEY_IN_QUERY).base_url(format!("https://user:{SECRET}@h")),
        ClientBuilder::new(&FORM).default_header("X-Key", &bad),
        ClientBuilder::new(&BEARER).api_key(SECRET),
    ] {
        assert_hidden(&texts(&builder.build().unwrap_err()));
    }
}

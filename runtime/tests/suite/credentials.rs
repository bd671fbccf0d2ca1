//! Credentials that a caller supplies: where each goes, and what becomes of one that is missing or
//! does not fit.

use sdk_runtime::{
    ApiKeyLocation, Auth, Client, ClientBuilder, ConfigError, Error, Method, NoErrorBody, Request,
    Service,
};

use crate::server::{BASE, BASIC_JSON, BEARER, FORM, OPEN, Server, get};

fn builder(service: &'static Service) -> ClientBuilder<Client> {
    ClientBuilder::new(service)
}

#[tokio::test]
async fn a_call_without_credentials_tells_how_to_set_them() {
    let server = Server::always(200, "{}").await;
    let cases = [
        (
            &FORM,
            "GET /x: no credentials: call `client_credentials` or `bearer_token` on the client's builder, or set T_ID and T_SECRET and read \
             the environment",
        ),
        (
            &BEARER,
            "GET /x: no credentials: call `bearer_token` on the client's builder, or set T_TOKEN and read the environment",
        ),
    ];
    for (service, expected) in cases {
        let client = builder(service).base_url(&server.url).build().unwrap();
        let error = get(&client, "/x").await.unwrap_err();
        assert!(matches!(error, Error::Auth(_)));
        assert_eq!(error.to_string(), expected);
        client
            .request(Method::GET, "/open")
            .anonymous()
            .returns_nothing::<Request<(), NoErrorBody>>()
            .await
            .unwrap();
    }
    let client = builder(&BASIC_JSON)
        .base_url(&server.url)
        .bearer_token("t")
        .build()
        .unwrap();
    let error = client
        .request(Method::GET, "/x")
        .basic_auth()
        .returns_nothing::<Request<(), NoErrorBody>>()
        .await
        .unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("GET /x: no credentials: call `client_credentials`"),
        "{error}"
    );
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn an_anonymous_operation_sheds_even_a_default_header() {
    let server = Server::always(200, "{}").await;
    let builder = builder(&BEARER).base_url(&server.url);
    let client = builder
        .default_header("Authorization", "Custom c")
        .build()
        .unwrap();
    let request = client.request(Method::GET, "/open").anonymous();
    request
        .returns_nothing::<Request<(), NoErrorBody>>()
        .await
        .unwrap();
    assert_eq!(server.request().header("authorization"), None);
}

#[tokio::test]
async fn every_kind_of_credential_goes_where_it_belongs() {
    static BASIC: Service = Service {
        auth: Auth::Basic,
        ..BASE
    };
    static HEADER: Service = Service {
        auth: Auth::ApiKey {
            location: ApiKeyLocation::Header,
            name: "X-Key",
        },
        ..BASE
    };
    static QUERY: Service = Service {
        auth: Auth::ApiKey {
            location: ApiKeyLocation::Query,
            name: "api key",
        },
        ..BASE
    };
    static COOKIE: Service = Service {
        auth: Auth::ApiKey {
            location: ApiKeyLocation::Cookie,
            name: "sid",
        },
        ..BASE
    };
    let server = Server::always(200, "{}").await;
    let at = |service| builder(service).base_url(&server.url);
    get(&at(&BASIC).basic("user", "p:w").build().unwrap(), "/x")
        .await
        .unwrap();
    get(&at(&HEADER).api_key("k").build().unwrap(), "/x")
        .await
        .unwrap();
    get(&at(&QUERY).api_key("k&1").build().unwrap(), "/x")
        .await
        .unwrap();
    get(&at(&QUERY).api_key("k&1").build().unwrap(), "/x")
        .query("a", "b")
        .await
        .unwrap();
    get(&at(&COOKIE).api_key("k").build().unwrap(), "/x")
        .await
        .unwrap();
    get(
        &at(&BEARER)
            .default_header("Authorization", "Custom c")
            .build()
            .unwrap(),
        "/x",
    )
    .await
    .unwrap();
    let requests = server.requests();
    assert_eq!(
        requests[0].header("authorization"),
        Some("Basic dXNlcjpwOnc=")
    );
    assert_eq!(requests[1].header("x-key"), Some("k"));
    assert_eq!(requests[2].target(), "/x?api%20key=k%261");
    assert_eq!(requests[3].target(), "/x?a=b&api%20key=k%261");
    assert_eq!(requests[4].header("cookie"), Some("sid=k"));
    assert_eq!(requests[5].header("authorization"), Some("Custom c"));

    for bad in [
        at(&COOKIE).api_key("k; a=b"),
        at(&HEADER).api_key("k\r\n"),
        at(&BEARER).api_key("k"),
        at(&BASIC).basic("a:b", "p"),
    ] {
        assert!(matches!(bad.build(), Err(ConfigError::Credential { .. })));
    }
    for bad in [
        at(&BEARER).bearer_token("a\nb"),
        at(&BEARER).bearer_token(""),
        at(&BEARER).client_credentials("i", "s"),
    ] {
        assert!(matches!(bad.build(), Err(ConfigError::Credential { .. })));
    }
    assert!(matches!(
        at(&OPEN).default_header("a b", "c").build(),
        Err(ConfigError::Header { .. })
    ));
    assert!(matches!(
        at(&OPEN).user_agent("a\nb").build(),
        Err(ConfigError::Header { .. })
    ));
}

//! Operations that name their security schemes: several at once, another than the client's, one of several.

use sdk_runtime::testing::Exchange;
use sdk_runtime::{
    ApiKeyLocation, Auth, Client, ClientBuilder, ConfigError, Credential, Error, Method,
    NoErrorBody, Request, Scheme, Service, Value,
};

use crate::server::{BASE, BEARER, FORM, Server, json};

const TOKEN: Scheme = Scheme::client("token");
const PARTNER: Scheme = Scheme::new(
    "partnerKey",
    Auth::ApiKey {
        location: ApiKeyLocation::Header,
        name: "X-Partner",
    },
    &["T_PARTNER_KEY"],
);
const ACCOUNT: Scheme = Scheme::new(
    "account",
    Auth::ApiKey {
        location: ApiKeyLocation::Query,
        name: "account id",
    },
    &["T_ACCOUNT"],
);
const SESSION: Scheme = Scheme::new(
    "session",
    Auth::ApiKey {
        location: ApiKeyLocation::Cookie,
        name: "sid",
    },
    &["T_SESSION"],
);
const PERSON: Scheme = Scheme::new(
    "person",
    Auth::Basic,
    &["T_PERSON_USER", "T_PERSON_PASSWORD"],
);
const REFRESH: Scheme = Scheme::new("refresh", Auth::Bearer, &["T_REFRESH"]);

static SCHEMES: &[Scheme] = &[TOKEN, PARTNER, ACCOUNT, SESSION, PERSON, REFRESH];

const SECRET: &str = "hunter2-in-the-clear";

fn builder(service: &'static Service, server: &Server) -> ClientBuilder<Client> {
    ClientBuilder::new(service)
        .schemes(SCHEMES)
        .base_url(&server.url)
}

fn signed(
    client: &Client,
    alternatives: &'static [&'static [Scheme]],
) -> Request<Value, NoErrorBody> {
    client
        .request(Method::GET, "/x")
        .query("page", &1)
        .cookie("theme", "dark")
        .signed_with(alternatives)
        .returns_json()
}

#[tokio::test]
async fn schemes_that_are_needed_together_are_sent_together() {
    let server = Server::always(200, "{}").await;
    let client = builder(&BEARER, &server)
        .bearer_token("t")
        .credential("partnerKey", Credential::api_key("p"))
        .credential("account", Credential::api_key("a&1"))
        .credential("session", Credential::api_key("s"))
        .build()
        .unwrap();
    signed(&client, &[&[TOKEN, PARTNER, ACCOUNT, SESSION]])
        .await
        .unwrap();
    let request = server.request();
    assert_eq!(request.header("authorization"), Some("Bearer t"));
    assert_eq!(request.header("x-partner"), Some("p"));
    assert_eq!(request.header("cookie"), Some("theme=dark; sid=s"));
    assert_eq!(request.target(), "/x?page=1&account%20id=a%261");
}

#[tokio::test]
async fn another_scheme_is_sent_in_place_of_the_clients_own() {
    let server = Server::always(200, "{}").await;
    let client = builder(&BEARER, &server)
        .bearer_token("t")
        .credential("refresh", Credential::bearer("r"))
        .credential("partnerKey", Credential::api_key("p"))
        .credential("person", Credential::basic("user", "p:w"))
        .build()
        .unwrap();
    signed(&client, &[&[REFRESH]]).await.unwrap();
    signed(&client, &[&[PARTNER]]).await.unwrap();
    signed(&client, &[&[PERSON]]).await.unwrap();
    let request = client.request(Method::GET, "/x").basic_auth();
    request
        .returns_nothing::<Request<(), NoErrorBody>>()
        .await
        .unwrap();
    let sent: Vec<_> = server
        .requests()
        .iter()
        .map(|request| {
            let header = |name| request.header(name).map(str::to_owned);
            (header("authorization"), header("x-partner"))
        })
        .collect();
    let basic = Some("Basic dXNlcjpwOnc=".to_owned());
    assert_eq!(
        sent,
        [
            (Some("Bearer r".to_owned()), None),
            (None, Some("p".to_owned())),
            (basic.clone(), None),
            (basic, None),
        ]
    );
}

#[tokio::test]
async fn a_default_header_stands_for_the_clients_own_scheme_alone() {
    let server = Server::always(200, "{}").await;
    let client = builder(&BEARER, &server)
        .default_header("Authorization", "Custom c")
        .credential("partnerKey", Credential::api_key("p"))
        .build()
        .unwrap();
    signed(&client, &[&[TOKEN, PARTNER]]).await.unwrap();
    signed(&client, &[&[PARTNER]]).await.unwrap();
    let requests = server.requests();
    assert_eq!(requests[0].header("authorization"), Some("Custom c"));
    assert_eq!(requests[0].header("x-partner"), Some("p"));
    assert_eq!(requests[1].header("authorization"), None);
}

#[tokio::test]
async fn the_first_alternative_that_can_be_had_is_sent() {
    const ALTERNATIVES: &[&[Scheme]] = &[&[PARTNER, TOKEN], &[ACCOUNT], &[PERSON]];
    let server = Server::always(200, "{}").await;
    let at = || builder(&FORM, &server).base_path("");
    let with_token = at()
        .bearer_token("t")
        .credential("account", Credential::api_key("a"));
    signed(&with_token.build().unwrap(), ALTERNATIVES)
        .await
        .unwrap();
    let with_all = at()
        .credential("token", Credential::bearer("t"))
        .credential("account", Credential::api_key("a"))
        .credential("partnerKey", Credential::api_key("p"));
    signed(&with_all.build().unwrap(), ALTERNATIVES)
        .await
        .unwrap();
    // HTTP Basic takes the client's id and secret.
    let with_pair = at().client_credentials("user", "p:w");
    signed(&with_pair.build().unwrap(), ALTERNATIVES)
        .await
        .unwrap();
    let requests = server.requests();
    assert_eq!(requests[0].target(), "/x?page=1&account%20id=a");
    assert_eq!(requests[0].header("authorization"), None);
    assert_eq!(requests[1].target(), "/x?page=1");
    assert_eq!(requests[1].header("authorization"), Some("Bearer t"));
    assert_eq!(requests[1].header("x-partner"), Some("p"));
    assert_eq!(
        requests[2].header("authorization"),
        Some("Basic dXNlcjpwOnc=")
    );
}

#[tokio::test]
async fn a_refused_token_is_replaced_beside_the_other_schemes() {
    let server = Server::start(|request, before| match request.target() {
        "/oauth/token" => json(200, &format!(r#"{{"access_token":"t{before}"}}"#)),
        _ if before < 2 => json(401, "{}"),
        _ => json(200, "{}"),
    })
    .await;
    let client = builder(&FORM, &server)
        .client_credentials("id", "secret")
        .credential("partnerKey", Credential::api_key("p"))
        .build()
        .unwrap();
    signed(&client, &[&[TOKEN, PARTNER]]).await.unwrap();
    let requests = server.requests();
    let last = requests.last().unwrap();
    assert_eq!(requests.len(), 4);
    assert_eq!(requests[1].header("authorization"), Some("Bearer t0"));
    assert_eq!(last.header("authorization"), Some("Bearer t2"));
    assert_eq!(last.header("x-partner"), Some("p"));
}

#[tokio::test]
async fn a_call_that_lacks_a_credential_tells_which_and_how_to_give_it() {
    let server = Server::always(200, "{}").await;
    let client = builder(&BEARER, &server)
        .bearer_token(SECRET)
        .build()
        .unwrap();
    let error = signed(&client, &[&[TOKEN, PARTNER], &[PERSON]])
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Auth(_)));
    assert_eq!(
        error.to_string(),
        "GET /x: no credentials: the operation needs `token` and `partnerKey`, or `person`; for `partnerKey` call \
         `credential(\"partnerKey\", Credential::api_key(…))` on the client's builder, or set T_PARTNER_KEY and read the \
         environment; for `person` call `credential(\"person\", Credential::basic(…))` on the client's builder, or set \
         T_PERSON_USER and T_PERSON_PASSWORD and read the environment"
    );
    let without = builder(&BEARER, &server).build().unwrap();
    let error = signed(&without, &[&[TOKEN, PARTNER]]).await.unwrap_err();
    let text = error.to_string();
    assert!(
        text.contains("for `token` call `bearer_token` on the client's builder, or set T_TOKEN"),
        "{text}"
    );
    assert_eq!(server.requests().len(), 0);
}

#[tokio::test]
async fn the_environment_holds_a_credential_for_each_scheme() {
    let server = Server::always(200, "{}").await;
    let environment = |name: &str| {
        let value = match name {
            "T_TOKEN" => "t",
            "T_PARTNER_KEY" => "p",
            "T_PERSON_USER" => "user",
            "T_PERSON_PASSWORD" => "p:w",
            _ => return None,
        };
        Some(value.to_owned())
    };
    let client = builder(&BEARER, &server)
        .read_env_from(environment)
        .build()
        .unwrap();
    signed(&client, &[&[TOKEN, PARTNER]]).await.unwrap();
    signed(&client, &[&[PERSON]]).await.unwrap();
    signed(&client, &[&[ACCOUNT]]).await.unwrap_err();
    let called = builder(&BEARER, &server)
        .credential("partnerKey", Credential::api_key("called"))
        .read_env_from(environment)
        .build()
        .unwrap();
    signed(&called, &[&[TOKEN, PARTNER]]).await.unwrap();
    let requests = server.requests();
    assert_eq!(requests[0].header("authorization"), Some("Bearer t"));
    assert_eq!(requests[0].header("x-partner"), Some("p"));
    assert_eq!(
        requests[1].header("authorization"),
        Some("Basic dXNlcjpwOnc=")
    );
    assert_eq!(requests[2].header("authorization"), Some("Bearer t"));
    assert_eq!(requests[2].header("x-partner"), Some("called"));
}

#[tokio::test]
async fn what_no_scheme_takes_is_refused_and_not_quoted() {
    let server = Server::always(200, "{}").await;
    let at = || builder(&BEARER, &server).bearer_token(SECRET);
    for (bad, expected) in [
        (
            at().credential("partnerKye", Credential::api_key(SECRET)),
            "the credential of `partnerKye` has no use: no operation of this API names that scheme",
        ),
        (
            at().credential("partnerKey", Credential::bearer(SECRET)),
            "the credential of `partnerKey` is of another kind than the scheme takes",
        ),
        (
            at().credential("partnerKey", Credential::api_key(format!("{SECRET}\n"))),
            "the credential of `partnerKey` is empty or holds what a header cannot hold",
        ),
        (
            at().credential("session", Credential::api_key(format!("{SECRET}; a=b"))),
            "the credential of `session` holds what a cookie cannot hold",
        ),
        (
            at().credential("person", Credential::basic("a:b", SECRET)),
            "the credential of `person` has a user name with a colon, which HTTP Basic cannot carry",
        ),
    ] {
        assert!(!format!("{bad:?}").contains(SECRET));
        let error = bad.build().unwrap_err();
        assert!(matches!(error, ConfigError::Scheme { .. }));
        assert!(error.to_string().starts_with(expected), "{error}");
        assert!(!format!("{error} {error:?}").contains(SECRET));
    }
    for credential in [
        Credential::bearer(SECRET),
        Credential::basic("user", SECRET),
        Credential::api_key(SECRET),
    ] {
        assert!(!format!("{credential:?} {credential:#?}").contains(SECRET));
    }
    let client = at()
        .credential("account", Credential::api_key(SECRET))
        .credential("partnerKey", Credential::api_key(SECRET))
        .base_url("http://127.0.0.1:1")
        .build()
        .unwrap();
    assert!(!format!("{client:?} {client:#?}").contains(SECRET));
    let error = signed(&client, &[&[TOKEN, ACCOUNT, PARTNER]])
        .await
        .unwrap_err();
    assert!(!format!("{error} {error:?}").contains(SECRET));
}

static WITH_KEY: Service = Service {
    auth: Auth::ApiKey {
        location: ApiKeyLocation::Header,
        name: "X-Key",
    },
    ..BASE
};

fn exchange(alternatives: &'static [&'static [Scheme]]) -> Exchange {
    Exchange::new(&WITH_KEY, "GET", "/x")
        .query("page", "1")
        .cookie("theme", "dark")
        .signed_with(alternatives)
        .answers(200, "{}")
}

#[tokio::test]
async fn an_exchange_plays_every_alternative() {
    const ALTERNATIVES: &[&[Scheme]] = &[
        &[TOKEN, PARTNER],
        &[TOKEN, ACCOUNT, SESSION],
        &[PERSON],
        &[REFRESH, SESSION],
    ];
    exchange(ALTERNATIVES)
        .run(|client: Client| async move { signed(&client, ALTERNATIVES).send().await })
        .await;
}

#[tokio::test]
#[should_panic(expected = "header X-Partner: expected Some(\"test-key-1\"), got None")]
async fn an_exchange_misses_a_scheme_that_is_not_sent() {
    exchange(&[&[TOKEN, PARTNER]])
        .run(|client: Client| async move {
            let request = client.request(Method::GET, "/x").query("page", &1);
            let request = request.cookie("theme", "dark");
            request
                .returns_json::<Request<Value, NoErrorBody>>()
                .send()
                .await
        })
        .await;
}

#[tokio::test]
#[should_panic(expected = "header X-Key: expected None, got Some(\"test-key\")")]
async fn an_exchange_finds_the_clients_own_credential_where_none_is_asked_for() {
    exchange(&[&[PARTNER]])
        .run(|client: Client| async move {
            let request = client.request(Method::GET, "/x").query("page", &1);
            let request = request.header("X-Key", "test-key");
            let request = request.cookie("theme", "dark").signed_with(&[&[PARTNER]]);
            request
                .returns_json::<Request<Value, NoErrorBody>>()
                .send()
                .await
        })
        .await;
}

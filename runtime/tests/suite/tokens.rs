//! Tokens: how they are asked for, shared, renewed and replaced.

use std::future::IntoFuture as _;
use std::time::{Duration, Instant};

use sdk_runtime::{
    Auth, Client, ClientBuilder, Error, Method, NoErrorBody, Request, Service, TokenRequest, Value,
};

use crate::server::{BASE, BASIC_FORM, BASIC_JSON, FORM, Recorded, Reply, Server, get, json, late};

pub(crate) const TOKEN_PATH: &str = "/oauth/token";
pub(crate) const API_PATH: &str = "/v3/x";

/// A client with an id and a secret that need encoding.
pub(crate) fn client(service: &'static Service, server: &Server) -> Client {
    ClientBuilder::new(service)
        .base_url(&server.url)
        .client_credentials("my id", "s&cret")
        .build()
        .unwrap()
}

/// Answers token requests with `t1`, `t2`, … of a lifetime, and everything else with a script.
async fn granting(
    lifetime: &'static str,
    api: impl Fn(&Recorded) -> Reply + Send + Sync + 'static,
) -> Server {
    let granted = std::sync::atomic::AtomicUsize::new(0);
    Server::start(move |request, _| match request.target() {
        TOKEN_PATH => {
            let number = 1 + granted.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
            json(200, &format!(r#"{{"access_token":"t{number}","token_type":"Bearer","expires_in":{lifetime}}}"#))
        }
        _ => api(request),
    })
    .await
}

fn ok(_: &Recorded) -> Reply {
    json(200, "{}")
}

/// Moves the clock that tokens expire by, while nothing is in flight.
async fn pass(seconds: u64) {
    tokio::time::pause();
    tokio::time::advance(Duration::from_secs(seconds)).await;
    tokio::time::resume();
}

#[tokio::test]
async fn the_token_request_has_the_services_shape() {
    let basic = "Basic bXkgaWQ6cyZjcmV0";
    let encoded_basic = "Basic bXklMjBpZDpzJTI2Y3JldA==";
    let form = "application/x-www-form-urlencoded";
    let cases = [
        (
            &FORM,
            form,
            None,
            "grant_type=client_credentials&client_id=my+id&client_secret=s%26cret",
        ),
        (
            &BASIC_JSON,
            "application/json",
            Some(basic),
            r#"{"grant_type":"client_credentials"}"#,
        ),
        (
            &BASIC_FORM,
            form,
            Some(encoded_basic),
            "grant_type=client_credentials&scope=a%3Aread+b",
        ),
    ];
    for (service, content_type, authorization, body) in cases {
        let server = granting("60", ok).await;
        get(&client(service, &server), "/x").await.unwrap();
        let requests = server.requests();
        let [token, api] = requests.as_slice() else {
            panic!("{requests:#?}")
        };
        assert_eq!(token.line(), "POST /oauth/token");
        assert_eq!(token.header("content-type"), Some(content_type));
        assert_eq!(token.header("accept"), Some("application/json"));
        assert_eq!(token.header("user-agent"), Some("sdk-test/1.2.3"));
        assert_eq!(token.header("authorization"), authorization);
        assert_eq!(token.body, body);
        assert_eq!(api.line(), "GET /v3/x");
        assert_eq!(api.header("authorization"), Some("Bearer t1"));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn all_clones_share_one_token() {
    let server = Server::start(|request, _| match request.target() {
        TOKEN_PATH => late(50, json(200, r#"{"access_token":"t1","expires_in":60}"#)),
        _ => ok(request),
    })
    .await;
    let client = client(&FORM, &server);
    let calls: Vec<_> = (0..20)
        .map(|_| tokio::spawn(get(&client.clone(), "/x").into_future()))
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!((server.count(TOKEN_PATH), server.count(API_PATH)), (1, 20));
}

#[tokio::test]
async fn a_dropped_caller_does_not_take_the_others_down() {
    let server = Server::start(|request, before| match request.target() {
        TOKEN_PATH if before == 0 => Reply::Silence,
        TOKEN_PATH => json(200, r#"{"access_token":"t1","expires_in":60}"#),
        _ => ok(request),
    })
    .await;
    let client = client(&FORM, &server);
    let first = tokio::spawn(get(&client, "/x").into_future());
    while server.count(TOKEN_PATH) == 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let others: Vec<_> = (0..3)
        .map(|_| tokio::spawn(get(&client, "/x").into_future()))
        .collect();
    tokio::time::sleep(Duration::from_millis(20)).await;
    first.abort();
    for other in others {
        tokio::time::timeout(Duration::from_secs(5), other)
            .await
            .unwrap()
            .unwrap()
            .unwrap();
    }
    assert_eq!((server.count(TOKEN_PATH), server.count(API_PATH)), (2, 3));
}

#[tokio::test]
async fn a_token_is_renewed_before_it_expires() {
    // The margin is a tenth of a short life and a minute of a long one.
    for (lifetime, still_good, due) in [("100", 89, 2), ("\"100\"", 89, 2), ("36000", 35_930, 20)] {
        let server = granting(lifetime, ok).await;
        let client = client(&FORM, &server);
        get(&client, "/x").await.unwrap();
        pass(still_good).await;
        get(&client, "/x").await.unwrap();
        assert_eq!(server.count(TOKEN_PATH), 1, "{lifetime}");
        pass(due).await;
        get(&client, "/x").await.unwrap();
        assert_eq!(server.count(TOKEN_PATH), 2, "{lifetime}");
        let requests = server.requests();
        let sent: Vec<_> = requests
            .iter()
            .filter_map(|request| request.header("authorization"))
            .collect();
        assert_eq!(sent, ["Bearer t1", "Bearer t1", "Bearer t2"]);
    }
}

#[tokio::test]
async fn a_failed_early_renewal_leaves_the_token_in_use() {
    let server = Server::start(|request, before| match request.target() {
        TOKEN_PATH if before == 0 => json(200, r#"{"access_token":"t1","expires_in":600}"#),
        TOKEN_PATH => json(500, "{}"),
        _ => ok(request),
    })
    .await;
    let client = client(&FORM, &server);
    get(&client, "/x").await.unwrap();
    pass(545).await;
    get(&client, "/x").await.unwrap();
    get(&client, "/x").await.unwrap();
    assert_eq!((server.count(TOKEN_PATH), server.count(API_PATH)), (2, 3));
    pass(60).await;
    let error = get(&client, "/x").await.unwrap_err();
    assert!(matches!(error, Error::Auth(_)), "{error:?}");
}

#[tokio::test]
async fn a_token_endpoint_that_falls_silent_early_costs_no_call() {
    let server = Server::start(|request, before| match request.target() {
        TOKEN_PATH if before == 0 => json(200, r#"{"access_token":"t1","expires_in":600}"#),
        TOKEN_PATH => Reply::Silence,
        _ => ok(request),
    })
    .await;
    let client = client(&FORM, &server);
    get(&client, "/x").await.unwrap();
    pass(545).await;
    // One call waits five seconds for a fresh token; all take the one at hand then.
    let begun = Instant::now();
    let calls = (0..3).map(|_| get(&client, "/x").into_future());
    for call in futures_util::future::join_all(calls).await {
        call.unwrap();
    }
    let waited = begun.elapsed();
    let (least, most) = (Duration::from_secs(4), Duration::from_secs(20));
    assert!(least < waited && waited < most, "{waited:?}");
    assert_eq!((server.count(TOKEN_PATH), server.count(API_PATH)), (2, 4));
}

#[tokio::test]
async fn the_same_token_granted_again_is_not_asked_for_by_every_call() {
    // The server grants one token until it expires, and says how long that still is.
    let server = Server::start(|request, before| match request.target() {
        TOKEN_PATH if before == 0 => json(200, r#"{"access_token":"same","expires_in":600}"#),
        TOKEN_PATH => json(200, r#"{"access_token":"same","expires_in":55}"#),
        _ => ok(request),
    })
    .await;
    let client = client(&FORM, &server);
    get(&client, "/x").await.unwrap();
    pass(545).await;
    for _ in 0..5 {
        get(&client, "/x").await.unwrap();
    }
    // The margin of a token that lives 55 seconds would begin at 49.5.
    pass(52).await;
    get(&client, "/x").await.unwrap();
    assert_eq!(server.count(TOKEN_PATH), 2);
    pass(5).await;
    get(&client, "/x").await.unwrap();
    assert_eq!(server.count(TOKEN_PATH), 3);
}

#[tokio::test]
async fn a_silent_or_odd_lifetime_does_not_break_a_token() {
    let lifetimes = [
        "null",
        "\"soon\"",
        "1e300",
        "99999999999999",
        "3600.5",
        "0",
        "-5",
    ];
    for lifetime in lifetimes {
        let server = granting(lifetime, ok).await;
        let client = client(&FORM, &server);
        get(&client, "/x").await.unwrap();
        get(&client, "/x").await.unwrap();
        assert_eq!(server.count(TOKEN_PATH), 1, "{lifetime}");
    }
}

fn only(token: &'static str) -> impl Fn(&Recorded) -> Reply + Send + Sync + 'static {
    move |request| match request.header("authorization") == Some(token) {
        true => json(200, &format!("{:?}", request.body)),
        false => json(401, r#"{"error":"expired"}"#),
    }
}

#[tokio::test]
async fn a_refused_token_is_replaced_and_the_request_sent_once_more() {
    let server = granting("60", only("Bearer t2")).await;
    let client = client(&FORM, &server);
    let request = client
        .request(Method::POST, "/x")
        .query("q", "1")
        .json("body");
    assert_eq!(
        request
            .returns_json::<Request<Value, NoErrorBody>>()
            .await
            .unwrap(),
        "\"body\""
    );
    let lines: Vec<_> = server
        .requests()
        .iter()
        .map(|request| request.line().to_owned())
        .collect();
    assert_eq!(
        lines,
        [
            "POST /oauth/token",
            "POST /v3/x?q=1",
            "POST /oauth/token",
            "POST /v3/x?q=1"
        ]
    );
}

#[tokio::test]
async fn a_second_refusal_stands() {
    let server = granting("60", only("never")).await;
    let error = get(&client(&FORM, &server), "/x").await.unwrap_err();
    assert_eq!(error.to_string(), "GET /x: 401 Unauthorized: expired");
    assert_eq!((server.count(TOKEN_PATH), server.count(API_PATH)), (2, 2));
}

#[tokio::test]
async fn a_refused_token_that_was_supplied_is_not_replaced() {
    let server = granting("60", only("never")).await;
    let client: Client = ClientBuilder::new(&FORM)
        .base_url(&server.url)
        .bearer_token("mine")
        .build()
        .unwrap();
    let error = get(&client, "/x").await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 401);
    assert_eq!((server.count(TOKEN_PATH), server.count(API_PATH)), (0, 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_refusals_of_one_token_cause_one_renewal() {
    let script = only("Bearer t2");
    let server = granting("60", move |request| late(50, script(request))).await;
    let client = client(&FORM, &server);
    let calls: Vec<_> = (0..10)
        .map(|_| tokio::spawn(get(&client, "/x").into_future()))
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    // A call that starts late may find the new token at once.
    assert_eq!(server.count(TOKEN_PATH), 2);
    assert!(server.count(API_PATH) > 11);
}

#[tokio::test]
async fn an_operation_chooses_its_credential() {
    let server = granting("60", ok).await;
    let client = client(&BASIC_JSON, &server);
    client
        .request(Method::POST, "/revoke")
        .basic_auth()
        .returns_nothing::<Request<(), NoErrorBody>>()
        .await
        .unwrap();
    client
        .request(Method::GET, "/open")
        .anonymous()
        .returns_nothing::<Request<(), NoErrorBody>>()
        .await
        .unwrap();
    let requests = server.requests();
    assert_eq!(
        requests[0].header("authorization"),
        Some("Basic bXkgaWQ6cyZjcmV0")
    );
    assert_eq!(requests[1].header("authorization"), None);
    assert_eq!(server.count(TOKEN_PATH), 0);
}

#[tokio::test]
async fn an_absolute_token_url_gets_no_headers_of_the_callers() {
    static ELSEWHERE: Service = Service {
        auth: Auth::ClientCredentials {
            token_url: "http://127.0.0.1:{port}/token",
            request: TokenRequest::Form,
            scopes: &[],
        },
        variables: &[sdk_runtime::ServerVariable {
            name: "port",
            default: "",
            env: None,
        }],
        ..BASE
    };
    let tokens = Server::always(200, r#"{"access_token":"t"}"#).await;
    let api = Server::always(200, "{}").await;
    let port = tokens.url.rsplit_once(':').unwrap().1;
    let builder = ClientBuilder::<Client>::new(&ELSEWHERE)
        .base_url(&api.url)
        .server_variable("port", port);
    let client = builder
        .client_credentials("i", "s")
        .default_header("X-Key", "k")
        .build()
        .unwrap();
    get(&client, "/x").await.unwrap();
    assert_eq!(api.request().header("x-key"), Some("k"));
    assert_eq!(api.request().header("authorization"), Some("Bearer t"));
    assert_eq!(tokens.request().header("x-key"), None);
    assert_eq!(
        tokens.request().header("user-agent"),
        Some("sdk-test/1.2.3")
    );
}

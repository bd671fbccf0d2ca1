//! Credentials that an operation can do without, and HTTP schemes under their own names.

use sdk_runtime::{
    ApiKeyLocation, Auth, Client, ClientBuilder, ConfigError, Credential, Environment, Error,
    Method, NoErrorBody, Request, Scheme, Service,
};

use crate::server::{BASE, BEARER, FORM, Server};

const TOKEN: Scheme = Scheme::client("token");
const KEY: Scheme = Scheme::new(
    "key",
    Auth::ApiKey {
        location: ApiKeyLocation::Header,
        name: "X-Key",
    },
    &["T_KEY"],
);
const SIGNED: Scheme = Scheme::new(
    "signed",
    Auth::Http {
        scheme: "Signature",
    },
    &["T_SIGNED"],
);
static SCHEMES: &[Scheme] = &[TOKEN, KEY, SIGNED];

static SHARED: Service = Service {
    auth: Auth::Http {
        scheme: "SharedAccessKey",
    },
    env: Environment {
        token: Some("T_SHARED"),
        ..Environment::NONE
    },
    ..BASE
};

fn builder(service: &'static Service, server: &Server) -> ClientBuilder<Client> {
    ClientBuilder::new(service)
        .schemes(SCHEMES)
        .base_url(&server.url)
}

/// What a call is signed with: its `Authorization` and its key.
async fn sent(
    client: &Client,
    server: &Server,
    alternatives: &'static [&'static [Scheme]],
) -> (Option<String>, Option<String>) {
    let request = client.request(Method::GET, "/x").signed_with(alternatives);
    request
        .returns_nothing::<Request<(), NoErrorBody>>()
        .await
        .unwrap();
    let requests = server.requests();
    let last = requests.last().unwrap();
    let header = |name| last.header(name).map(str::to_owned);
    (header("authorization"), header("x-key"))
}

#[tokio::test]
async fn optional_credentials_are_sent_where_there_are_some() {
    let server = Server::always(200, "").await;
    let with_token = builder(&BEARER, &server).bearer_token("t").build().unwrap();
    let without = builder(&BEARER, &server).build().unwrap();
    let bearer = Some("Bearer t".to_owned());
    assert_eq!(
        sent(&with_token, &server, &[&[TOKEN], &[]]).await,
        (bearer.clone(), None)
    );
    assert_eq!(
        sent(&without, &server, &[&[TOKEN], &[]]).await,
        (None, None)
    );

    // The first alternative that can be met is taken, whatever else the client has.
    let both = builder(&BEARER, &server)
        .bearer_token("t")
        .credential("key", Credential::api_key("k"));
    let both = both.build().unwrap();
    let key = Some("k".to_owned());
    assert_eq!(
        sent(&both, &server, &[&[KEY], &[TOKEN]]).await,
        (None, key.clone())
    );
    assert_eq!(
        sent(&both, &server, &[&[TOKEN], &[KEY]]).await,
        (bearer.clone(), None)
    );
    assert_eq!(
        sent(&both, &server, &[&[TOKEN, KEY], &[]]).await,
        (bearer.clone(), key)
    );
    let either: &'static [&'static [Scheme]] = &[&[TOKEN, KEY], &[TOKEN], &[]];
    assert_eq!(sent(&with_token, &server, either).await, (bearer, None));
}

#[tokio::test]
async fn an_environment_without_credentials_does_where_none_is_needed() {
    let nothing = |_: &str| None;
    let demanding = ClientBuilder::<Client>::new(&BEARER).base_url("http://localhost");
    let error = demanding.read_env_from(nothing).build().unwrap_err();
    assert!(matches!(error, ConfigError::Missing(_)), "{error}");

    let server = Server::always(200, "").await;
    let optional = || builder(&BEARER, &server).optional_credentials();
    let client = optional().read_env_from(nothing).build().unwrap();
    assert_eq!(sent(&client, &server, &[&[TOKEN], &[]]).await, (None, None));
    let request = client
        .request(Method::GET, "/x")
        .signed_with(&[&[TOKEN], &[KEY]]);
    let error = request
        .returns_nothing::<Request<(), NoErrorBody>>()
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Auth(_)), "{error}");

    // Half a pair is a mistake, not a choice.
    let half = |name: &str| (name == "T_ID").then(|| "id".to_owned());
    let builder = ClientBuilder::<Client>::new(&FORM).optional_credentials();
    let error = builder
        .base_url("http://localhost")
        .read_env_from(half)
        .build();
    assert!(matches!(error, Err(ConfigError::Missing(_))));

    let lookup = |name: &str| (name == "T_TOKEN").then(|| "t".to_owned());
    let client = optional().read_env_from(lookup).build().unwrap();
    let bearer = Some("Bearer t".to_owned());
    assert_eq!(
        sent(&client, &server, &[&[TOKEN], &[]]).await,
        (bearer, None)
    );
}

#[tokio::test]
async fn an_http_scheme_is_sent_under_its_own_name() {
    let server = Server::always(200, "").await;
    let by_call = builder(&SHARED, &server).http_credential("a=1, b=2");
    let from_env = |name: &str| match name {
        "T_SHARED" => Some("from the environment".to_owned()),
        "T_SIGNED" => Some("s".to_owned()),
        _ => None,
    };
    let from_env = builder(&SHARED, &server).read_env_from(from_env);
    let named = builder(&SHARED, &server).credential("token", Credential::http("named"));
    for (builder, expected) in [
        (by_call, "SharedAccessKey a=1, b=2"),
        (from_env, "SharedAccessKey from the environment"),
        (named, "SharedAccessKey named"),
    ] {
        let client = builder.build().unwrap();
        let shared = Some(expected.to_owned());
        assert_eq!(sent(&client, &server, &[&[TOKEN]]).await, (shared, None));
    }
    let other = builder(&BEARER, &server).credential("signed", Credential::http("s"));
    let signature = Some("Signature s".to_owned());
    let client = other.build().unwrap();
    assert_eq!(
        sent(&client, &server, &[&[SIGNED]]).await,
        (signature, None)
    );
}

#[test]
fn an_http_credential_that_cannot_be_sent_is_refused() {
    let built = |service, credential: &str| {
        let builder = ClientBuilder::<Client>::new(service).base_url("http://localhost");
        builder.http_credential(credential).build().unwrap_err()
    };
    for error in [
        built(&SHARED, "hunter2\n"),
        built(&SHARED, ""),
        built(&BEARER, "hunter2"),
    ] {
        assert!(matches!(error, ConfigError::Credential { .. }), "{error}");
        assert!(!error.to_string().contains("hunter2"), "{error}");
    }
}

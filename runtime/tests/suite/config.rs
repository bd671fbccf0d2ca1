//! Settings: base URLs, server variables, the environment.

use sdk_runtime::{
    Auth, Client, ClientBuilder, ConfigError, Environment, ServerVariable, Service, TokenRequest,
};

use crate::server::{BASE, BEARER, FORM, OPEN, Server, get};

static TENANT: Service = Service {
    origin: "https://{tenant}.api.{region}.example.com",
    base_path: "/v3",
    variables: &[
        ServerVariable {
            name: "tenant",
            default: "",
            env: Some("T_TENANT"),
        },
        ServerVariable {
            name: "region",
            default: "eu",
            env: None,
        },
    ],
    auth: Auth::ClientCredentials {
        token_url: "/oauth/token",
        request: TokenRequest::Form,
        scopes: &[],
    },
    ..BASE
};

fn builder(service: &'static Service) -> ClientBuilder<Client> {
    ClientBuilder::new(service)
}

fn environment(pairs: &'static [(&'static str, &'static str)]) -> impl Fn(&str) -> Option<String> {
    move |name| {
        pairs
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| (*value).to_owned())
    }
}

#[test]
fn a_base_url_replaces_the_origin_and_keeps_the_base_path() {
    let cases = [
        ("https://t.example.com", "https://t.example.com/v3"),
        ("https://t.example.com/", "https://t.example.com/v3"),
        ("https://t.example.com/v3", "https://t.example.com/v3"),
        ("https://t.example.com/v3/", "https://t.example.com/v3"),
        (
            "https://t.example.com/proxy/",
            "https://t.example.com/proxy/v3",
        ),
        (
            "https://t.example.com/dev3",
            "https://t.example.com/dev3/v3",
        ),
        (" HTTP://LOCALHOST:80/a\n", "http://localhost/a/v3"),
        ("http://[::1]:8080", "http://[::1]:8080/v3"),
    ];
    for (given, expected) in cases {
        assert_eq!(
            builder(&FORM).base_url(given).build().unwrap().base_url(),
            expected,
            "{given}"
        );
    }
    for (path, expected) in [
        ("", "https://h"),
        ("/", "https://h"),
        ("beta/", "https://h/beta"),
        ("/a/b", "https://h/a/b"),
    ] {
        assert_eq!(
            builder(&FORM)
                .base_url("https://h")
                .base_path(path)
                .build()
                .unwrap()
                .base_url(),
            expected
        );
    }
}

#[tokio::test]
async fn the_token_url_stands_beside_the_base_path() {
    let server = Server::always(200, r#"{"access_token":"t"}"#).await;
    let client = builder(&FORM)
        .base_url(format!("{}/proxy/v3/", server.url))
        .client_credentials("i", "s")
        .build()
        .unwrap();
    get(&client, "/x").await.unwrap();
    let lines: Vec<_> = server
        .requests()
        .iter()
        .map(|request| request.line().to_owned())
        .collect();
    assert_eq!(lines, ["POST /proxy/oauth/token", "GET /proxy/v3/x"]);
}

#[test]
fn a_base_url_that_no_path_can_follow_is_refused() {
    for url in [
        "example.com",
        "ftp://h",
        "https://",
        "https://h?q=1",
        "https://h#f",
        "https://user:hunter2@h",
        "https://h?key=hunter2",
        "https://h/a b",
        "h:8080",
        "data:x",
        "",
    ] {
        let error = builder(&OPEN).base_url(url).build().unwrap_err();
        assert!(
            matches!(error, ConfigError::BaseUrl { .. }),
            "{url}: {error}"
        );
        assert!(!error.to_string().contains("hunter2"), "{error}");
    }
    for path in ["/a?b", "/a#b", "/../a", "/a b"] {
        let error = builder(&OPEN).base_path(path).build().unwrap_err();
        assert!(matches!(error, ConfigError::BasePath(_)), "{path}: {error}");
    }
}

#[test]
fn server_variables_fill_the_origin() {
    let client = builder(&TENANT)
        .server_variable("tenant", "acme-1")
        .build()
        .unwrap();
    assert_eq!(client.base_url(), "https://acme-1.api.eu.example.com/v3");
    let client = builder(&TENANT)
        .server_variable("tenant", "a")
        .server_variable("tenant", "b")
        .server_variable("region", "us");
    assert_eq!(
        client.build().unwrap().base_url(),
        "https://b.api.us.example.com/v3"
    );
}

#[test]
fn a_server_variable_cannot_redirect_the_client() {
    let hostile = [
        "evil.invalid/",
        "evil.invalid?",
        "evil.invalid#",
        "a@evil.invalid",
        "evil.invalid:1",
        "evil.invalid\\",
        "a b",
        "a\n",
        "",
        ".",
        "..",
        "a..b",
        ".a",
        "a.",
        "%2f",
        "ä",
        "{region}",
    ];
    for value in hostile {
        let error = builder(&TENANT)
            .server_variable("tenant", value)
            .build()
            .unwrap_err();
        assert!(
            matches!(&error, ConfigError::VariableValue { name, .. } if name == "tenant"),
            "{value:?}: {error}"
        );
    }
    let error = builder(&TENANT)
        .read_env_from(environment(&[("T_TENANT", "evil.invalid/")]))
        .build()
        .unwrap_err();
    assert!(
        matches!(error, ConfigError::VariableValue { .. }),
        "{error}"
    );
    let error = builder(&TENANT)
        .server_variable("tennant", "a")
        .build()
        .unwrap_err();
    let expected =
        "there is no server variable `tennant`; `server_variable` takes `tenant` or `region`";
    assert_eq!(error.to_string(), expected);
}

#[test]
fn everything_missing_is_named_at_once() {
    let error = builder(&TENANT)
        .read_env_from(|_| None)
        .build()
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "not set: T_BASE_URL or T_TENANT (or call `base_url` or `server_variable(\"tenant\", …)` on the client's builder); T_ID and T_SECRET (or call `client_credentials` on the client's builder)"
    );
    let error = builder(&TENANT)
        .read_env_from(environment(&[
            ("T_TENANT", "t"),
            ("T_ID", "i"),
            ("T_SECRET", ""),
        ]))
        .build();
    assert_eq!(
        error.unwrap_err().to_string(),
        "not set: T_SECRET (or call `client_credentials` on the client's builder)"
    );
    let error = builder(&TENANT)
        .client_credentials("i", "s")
        .build()
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "not set: server variable `tenant` (call `base_url` or `server_variable(\"tenant\", …)` on the client's builder)"
    );
    let error = builder(&BEARER)
        .read_env_from(|_| None)
        .build()
        .unwrap_err();
    assert!(matches!(error, ConfigError::Missing(names) if names[0].starts_with("T_TOKEN (")));
    builder(&OPEN).read_env_from(|_| None).build().unwrap();
}

#[tokio::test]
async fn the_environment_fills_what_no_call_has_set() {
    let pairs = &[
        ("T_BASE_URL", "https://env.example.com"),
        ("T_ID", "i"),
        ("T_SECRET", "s"),
    ];
    let client = builder(&TENANT)
        .read_env_from(environment(pairs))
        .build()
        .unwrap();
    assert_eq!(client.base_url(), "https://env.example.com/v3");
    let client = builder(&TENANT)
        .read_env_from(environment(pairs))
        .base_url("https://call.example.com")
        .build()
        .unwrap();
    assert_eq!(client.base_url(), "https://call.example.com/v3");

    // A credential set by a call, before or after, makes the environment's needless.
    builder(&FORM)
        .read_env_from(|_| None)
        .bearer_token("t")
        .build()
        .unwrap();
    builder(&FORM)
        .client_credentials("i", "s")
        .read_env_from(|_| None)
        .build()
        .unwrap();

    let server = Server::always(200, "{}").await;
    let client = builder(&BEARER)
        .base_url(&server.url)
        .read_env_from(environment(&[("T_TOKEN", "from-env")]))
        .build()
        .unwrap();
    get(&client, "/x").await.unwrap();
    assert_eq!(
        server.request().header("authorization"),
        Some("Bearer from-env")
    );
}

#[test]
fn the_process_environment_is_read() {
    // Every process has this variable, and it is no URL.
    static PATH: Service = Service {
        env: Environment {
            base_url: Some("PATH"),
            ..Environment::NONE
        },
        ..BASE
    };
    let error = builder(&PATH).read_env().build().unwrap_err();
    assert!(matches!(error, ConfigError::BaseUrl { .. }), "{error}");
}

#[test]
fn an_emitted_client_can_be_built() {
    struct Emitted(Client);
    impl From<Client> for Emitted {
        fn from(client: Client) -> Self {
            Self(client)
        }
    }
    let client: Emitted = ClientBuilder::new(&OPEN)
        .http_client(reqwest::Client::new())
        .build()
        .unwrap();
    assert_eq!(client.0.service().name, "sdk-test");
}

static ANYWHERE: Service = Service {
    origin: "{endpoint}",
    base_path: "/api-version:{version}",
    variables: &[
        ServerVariable {
            name: "endpoint",
            default: "",
            env: Some("T_ENDPOINT"),
        },
        ServerVariable {
            name: "version",
            default: "",
            env: None,
        },
    ],
    ..BASE
};

#[test]
fn a_variable_for_the_whole_origin_takes_a_url_and_the_path_behind_it_stays() {
    let url = |builder: ClientBuilder<Client>| builder.build().unwrap().base_url().to_owned();
    let version = || builder(&ANYWHERE).server_variable("version", "v1");
    let expected = "https://h.example:8080/prefix/api-version:v1";
    for given in [
        "https://h.example:8080/prefix",
        "https://h.example:8080/prefix/",
        expected,
    ] {
        assert_eq!(url(version().base_url(given)), expected);
        assert_eq!(url(version().server_variable("endpoint", given)), expected);
    }
    let from_env = environment(&[("T_ENDPOINT", "http://localhost:1")]);
    assert_eq!(
        url(version().read_env_from(from_env)),
        "http://localhost:1/api-version:v1"
    );
    for refused in ["h.example", "ftp://h", "https://u:p@h", "https://h?k=v"] {
        let error = version().server_variable("endpoint", refused).build();
        assert!(
            matches!(error, Err(ConfigError::BaseUrl { .. })),
            "{refused}"
        );
    }
    let ConfigError::Missing(missing) = builder(&ANYWHERE).build().unwrap_err() else {
        panic!()
    };
    for (missing, name) in missing.iter().zip(["endpoint", "version"]) {
        let start = format!("server variable `{name}` (call ");
        assert!(missing.starts_with(&start), "{missing}");
    }
    let other = version().server_variable("version", "https://evil.example/");
    let error = other.base_url("https://h").build().unwrap_err();
    assert!(
        matches!(error, ConfigError::VariableValue { .. }),
        "{error}"
    );
}

//! Every message of `ConfigError`: which setting, what was given, what is expected, and how to set it.

use sdk_runtime::{
    ApiKeyLocation, Auth, Client, ClientBuilder, ConfigError, Credential, Environment, Scheme,
    ServerVariable, Service,
};

use crate::server::{BASE, BEARER, FORM, OPEN};

static TENANT: Service = Service {
    origin: "https://{tenant}.example.com",
    base_path: "/v3",
    variables: &[ServerVariable {
        name: "tenant",
        default: "",
        env: Some("T_TENANT"),
    }],
    ..FORM
};
static KEY: Service = Service {
    auth: Auth::ApiKey {
        location: ApiKeyLocation::Cookie,
        name: "key",
    },
    env: Environment {
        token: Some("T_KEY"),
        ..BASE.env
    },
    ..BASE
};
static BASIC: Service = Service {
    auth: Auth::Basic,
    ..BASE
};
static SCHEMES: &[Scheme] = &[Scheme::new(
    "person",
    Auth::Basic,
    &["T_USER", "T_PASSWORD"],
)];

fn at(service: &'static Service) -> ClientBuilder<Client> {
    ClientBuilder::new(service)
}

#[track_caller]
fn tells(builder: ClientBuilder<Client>, expected: &str) {
    assert_eq!(builder.build().unwrap_err().to_string(), expected);
}

#[test]
fn missing_settings() {
    tells(
        at(&TENANT).read_env_from(|_| None),
        "not set: T_BASE_URL or T_TENANT (or call `base_url` or `server_variable(\"tenant\", …)` on the client's builder); \
         T_ID and T_SECRET (or call `client_credentials` on the client's builder)",
    );
    tells(
        at(&TENANT),
        "not set: server variable `tenant` (call `base_url` or `server_variable(\"tenant\", …)` on the client's builder)",
    );
    tells(
        at(&BASIC).read_env_from(|_| None),
        "not set: T_ID (or call `basic` on the client's builder)",
    );
    tells(
        at(&KEY).read_env_from(|_| None),
        "not set: T_KEY (or call `api_key` on the client's builder)",
    );
}

#[test]
fn base_urls() {
    for (given, told) in [
        ("", "``, which is empty"),
        ("example.com", "`example.com`, which has no scheme and host"),
        ("h:80", "`h:80`, which has no scheme and host"),
        ("https://", "`https://`, which is no URL"),
        ("ftp://h", "`ftp://h`, which is neither https nor http"),
        ("https://h/a b", "`https://h/a b`, which holds white space"),
        (
            "https://h?k=hunter2",
            "`https://h?…`, which has a query, behind which no path can stand",
        ),
        (
            "https://h#hunter2",
            "`https://h#…`, which has a fragment, behind which no path can stand",
        ),
        (
            "https://u:hunter2@h",
            "`…@h`, which holds a user name or a password; credentials have calls of their own",
        ),
        (
            "https://h/v3/v3/",
            "`https://h/v3/v3/`, which ends with the API's base path twice",
        ),
    ] {
        let end = "expected is a URL such as `https://api.example.com`; \
            call `base_url` on the client's builder, or set T_BASE_URL and read the environment";
        tells(
            at(&FORM).base_url(given),
            &format!("the base URL is {told}; {end}"),
        );
    }
    tells(
        at(&FORM).base_url("http://h").base_path("/a?b"),
        "the base path is `/a?…`, which is not a plain path; \
         give `base_path` a path such as `/v3`, or an empty text for none",
    );
}

#[test]
fn server_variables() {
    tells(
        at(&FORM)
            .base_url("http://h")
            .token_url("ftp://h/token")
            .client_credentials("id", "hunter2"),
        "the token URL is `ftp://h/token`, which tokens cannot be fetched from; \
         give `token_url` an absolute URL, or a path that starts with a slash",
    );
    tells(
        at(&TENANT).server_variable("tennant", "a"),
        "there is no server variable `tennant`; `server_variable` takes `tenant`",
    );
    tells(
        at(&OPEN).server_variable("tenant", "a"),
        "there is no server variable `tenant`; the URL of this API has none; leave the call `server_variable` out",
    );
    tells(
        at(&TENANT).server_variable("tenant", "evil.example/"),
        "the server variable `tenant` is `evil.example/`, which is not one label of a host or one piece of a path \
         (letters, digits, `-`, `_`, `~` and single dots within); \
         call `server_variable(\"tenant\", …)` on the client's builder, or set T_TENANT and read the environment",
    );
}

#[test]
fn headers() {
    let allowed = "has a name or a value that HTTP does not allow";
    let end =
        "a name of letters, digits and hyphens, and a value of one line of visible characters";
    tells(
        at(&OPEN).base_url("http://h").default_header("X Y", "v"),
        &format!("the header `X Y` {allowed}; give `default_header` {end}"),
    );
    tells(
        at(&OPEN).base_url("http://h").user_agent("a\nb"),
        &format!("the header `user-agent` {allowed}; give `user_agent` {end}"),
    );
}

#[test]
fn credentials() {
    let http = |service| at(service).base_url("http://h");
    tells(
        http(&BEARER).bearer_token("hunter2\n"),
        "the bearer token is empty or holds what a header cannot hold, such as the end of a line; \
         call `bearer_token` on the client's builder, or set T_TOKEN and read the environment",
    );
    tells(
        http(&KEY).api_key("hunter 2"),
        "the API key holds what a cookie cannot hold: a space, a quotation mark, a comma, a semicolon or a backslash; \
         call `api_key` on the client's builder, or set T_KEY and read the environment",
    );
    tells(
        http(&BEARER).api_key("hunter2"),
        "the API key has no use: this API does not take one; \
         to sign in, call `bearer_token` on the client's builder, or set T_TOKEN and read the environment",
    );
    tells(
        http(&OPEN).http_credential("hunter2"),
        "the HTTP credential has no use: this API has no HTTP scheme of its own; \
         leave it out, since the API takes no credentials",
    );
    tells(
        http(&BASIC).basic("a:b", "hunter2"),
        "the user name holds a colon, which HTTP Basic cannot carry; \
         call `basic` on the client's builder, or set T_ID and read the environment",
    );
    tells(
        http(&BEARER).client_credentials("id", "hunter2"),
        "the client id has no use: this API has no token endpoint; \
         to sign in, call `bearer_token` on the client's builder, or set T_TOKEN and read the environment",
    );
}

#[test]
fn schemes() {
    let builder = || at(&OPEN).base_url("http://h").schemes(SCHEMES);
    tells(
        builder().credential("persn", Credential::bearer("hunter2")),
        "the credential of `persn` has no use: no operation of this API names that scheme; `credential` takes `person`",
    );
    tells(
        builder().credential("person", Credential::bearer("hunter2")),
        "the credential of `person` is of another kind than the scheme takes; \
         call `credential(\"person\", Credential::basic(…))` on the client's builder, \
         or set T_USER and T_PASSWORD and read the environment",
    );
}

/// What everybody sees who left both features for TLS out.
const NO_TLS: &str = "`https://h` needs TLS, which is not compiled in; \
    add the feature `rustls` or `native-tls` to the dependency on `sdk-test` in Cargo.toml, \
    such as `features = [\"rustls\"]`, or give `http_client` a client of your own that has TLS";

#[test]
fn tls() {
    let (url, package) = ("https://h".to_owned(), "sdk-test");
    let error = ConfigError::NoTls { url, package };
    assert_eq!(error.to_string(), NO_TLS);
}

#[test]
#[cfg(not(any(feature = "rustls", feature = "native-tls")))]
fn https_without_tls() {
    tells(at(&OPEN).base_url("https://h"), NO_TLS);
    at(&OPEN).base_url("http://localhost").build().unwrap();
    let own = at(&OPEN).http_client(sdk_runtime::reqwest::Client::new());
    own.base_url("https://h").build().unwrap();
}

#[test]
#[cfg(any(feature = "rustls", feature = "native-tls"))]
fn https_with_tls() {
    at(&OPEN).base_url("https://h").build().unwrap();
}

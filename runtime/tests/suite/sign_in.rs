//! Tokens that the caller gets in a way of its own, tokens that are revoked, and settings in a vendor's file.

use sdk_runtime::{
    AccessToken, AuthError, Client, ClientBuilder, ConfigError, ConfigFile, Error, ProviderFuture,
    Service, TokenProvider,
};
use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use crate::server::{FORM, Server, get, json};

/// Gives the tokens `own-0`, `own-1`, …, of this lifetime.
struct Counted {
    given: Arc<AtomicUsize>,
    lifetime: Duration,
}

impl TokenProvider for Counted {
    fn token(&self) -> ProviderFuture<'_> {
        Box::pin(async {
            tokio::time::sleep(Duration::from_millis(20)).await;
            let number = self.given.fetch_add(1, Ordering::Relaxed);
            Ok(AccessToken::new(format!("own-{number}")).expires_in(self.lifetime))
        })
    }
}

struct Broken;

impl TokenProvider for Broken {
    fn token(&self) -> ProviderFuture<'_> {
        Box::pin(async { Err("the vault is sealed".into()) })
    }
}

fn client(server: &Server, provider: impl TokenProvider) -> Client {
    let builder = ClientBuilder::new(&FORM).base_url(&server.url);
    builder.token_provider(provider).build().unwrap()
}

fn counted(lifetime: Duration) -> (Arc<AtomicUsize>, Counted) {
    let given = Arc::new(AtomicUsize::new(0));
    let counted = Counted {
        given: given.clone(),
        lifetime,
    };
    (given, counted)
}

#[tokio::test]
async fn a_provider_is_asked_once_for_all_and_again_when_its_token_expires() {
    let server = Server::always(200, "1").await;
    let (given, provider) = counted(Duration::from_millis(400));
    let client = client(&server, provider);
    for round in 1..=2 {
        let calls: Vec<_> = (0..50)
            .map(|_| {
                let client = client.clone();
                tokio::spawn(async move { get(&client, "/x").await })
            })
            .collect();
        for call in calls {
            call.await.unwrap().unwrap();
        }
        assert_eq!(given.load(Ordering::Relaxed), round);
        tokio::time::sleep(Duration::from_millis(450)).await;
    }
    let requests = server.requests();
    assert_eq!(requests.len(), 100, "no token endpoint was asked");
    assert_eq!(requests[0].header("authorization"), Some("Bearer own-0"));
    assert_eq!(requests[99].header("authorization"), Some("Bearer own-1"));
}

#[tokio::test]
async fn a_refused_token_of_a_provider_is_replaced_once() {
    let server = Server::start(|request, _| match request.header("authorization") {
        Some("Bearer own-0") => json(401, "{}"),
        _ => json(200, "1"),
    })
    .await;
    let (given, provider) = counted(Duration::from_secs(600));
    get(&client(&server, provider), "/x").await.unwrap();
    assert_eq!(given.load(Ordering::Relaxed), 2);
}

#[tokio::test]
async fn a_provider_that_fails_fails_the_call_in_its_own_words() {
    let server = Server::always(200, "1").await;
    let error = get(&client(&server, Broken), "/x").await.unwrap_err();
    let Error::Auth(auth) = &error else {
        panic!("{error}")
    };
    assert!(matches!(**auth, AuthError::Provider { .. }));
    assert!(
        error
            .to_string()
            .ends_with("the token provider failed: the vault is sealed"),
        "{error}"
    );
    assert!(std::error::Error::source(&error).is_some() && server.requests().is_empty());
}

#[tokio::test]
async fn a_token_can_be_had_and_forgotten() {
    let server = Server::start(|request, count| match request.line() {
        "POST /oauth/token" => json(200, &format!(r#"{{"access_token": "t{count}"}}"#)),
        _ => json(200, "1"),
    })
    .await;
    let client: Client = ClientBuilder::new(&FORM)
        .base_url(&server.url)
        .client_credentials("id", "secret")
        .build()
        .unwrap();
    let first = client.access_token().await.unwrap().unwrap();
    assert_eq!(first.expose(), "t0");
    get(&client, "/x").await.unwrap();
    client.clone().forget_token().await;
    get(&client, "/x").await.unwrap();
    let second = client.access_token().await.unwrap().unwrap();
    assert_eq!(second.expose(), "t2");
    assert!(!format!("{second:?}").contains("t2"));
    let fixed = Server::always(200, "1").await.client();
    assert!(fixed.access_token().await.unwrap().is_none());
}

static FILED: Service = Service {
    config_file: Some(ConfigFile {
        name: "config.json",
        base_url: "BaseURL",
        client_id: "ClientId",
        client_secret: "ClientSecret",
    }),
    ..FORM
};

/// A file of this content, which is removed at the end.
struct Settings(PathBuf);

impl Settings {
    fn new(name: &str, content: &str) -> Self {
        let name = format!("sdk-runtime-{}-{name}.json", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::write(&path, content).unwrap();
        Self(path)
    }

    fn client(&self) -> Result<Client, ConfigError> {
        ClientBuilder::new(&FILED).read_config_file(&self.0).build()
    }
}

impl Drop for Settings {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

#[tokio::test]
async fn a_vendors_file_holds_the_base_url_and_the_credentials_in_names_of_no_case() {
    let server = Server::start(|request, _| match request.line() {
        "POST /oauth/token" => {
            assert!(
                request.body.contains("client_id=me&client_secret=hush"),
                "{}",
                request.body
            );
            json(200, r#"{"access_token": "t"}"#)
        }
        _ => json(200, "1"),
    })
    .await;
    let text = format!(
        r#"{{"clientid": "me", "ClientSecret": "hush", "BASEURL": "{}", "other": [1]}}"#,
        server.url
    );
    let settings = Settings::new("whole", &text);
    get(&settings.client().unwrap(), "/x").await.unwrap();
}

/// The working directory belongs to the whole process, so a run in another takes a process of its own.
#[tokio::test]
async fn the_file_of_the_working_directory_is_read_where_the_environment_has_nothing() {
    let server = Server::start(|request, _| match request.line() {
        "POST /oauth/token" => json(200, r#"{"access_token": "t"}"#),
        _ => json(200, "1"),
    })
    .await;
    let folder = std::env::temp_dir().join(format!("sdk-runtime-{}-cwd", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    // Some editors begin a file with a byte order mark.
    let text = format!(
        "\u{feff}{{\"ClientId\": \"me\", \"ClientSecret\": \"hush\", \"BaseURL\": \"{}\"}}",
        server.url
    );
    std::fs::write(folder.join("config.json"), text).unwrap();
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", "--ignored", "sign_in::in_a_folder_with_the_file"])
        .current_dir(&folder);
    let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await;
    std::fs::remove_dir_all(&folder).unwrap();
    let output = output.unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("1 passed"), "{said}");
    let requests = server.requests();
    assert!(requests[0].body.contains("client_id=me&client_secret=hush"));
    assert_eq!(requests[1].header("authorization"), Some("Bearer t"));
}

#[tokio::test]
#[ignore = "run by another test, in a folder with the file"]
async fn in_a_folder_with_the_file() {
    let client: Client = ClientBuilder::new(&FILED).read_env().build().unwrap();
    get(&client, "/x").await.unwrap();
}

#[test]
fn a_file_that_cannot_be_used_is_told_and_its_content_is_not() {
    let broken = Settings::new("broken", "{\"ClientSecret\": \"hush\"");
    let error = broken.client().unwrap_err().to_string();
    assert!(
        error.contains("is no JSON object: line 1") && !error.contains("hush"),
        "{error}"
    );
    let half = Settings::new(
        "half",
        r#"{"ClientId": "me", "BaseURL": "https://a.example"}"#,
    );
    assert!(matches!(
        half.client().unwrap_err(),
        ConfigError::Missing(_)
    ));
    let useless = ClientBuilder::<Client>::new(&FORM).read_config_file(&half.0);
    assert!(
        useless
            .build()
            .unwrap_err()
            .to_string()
            .contains("has no use")
    );
}

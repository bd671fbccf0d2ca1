//! Configures MFA providers, tests them, reads them back, answers a KBA question, meets a refusal,
//! and removes what it has set. Each step is printed and checked.
//!
//! - `cargo run -p sailpoint-v3 --example mfa` talks to a server on loopback that it starts itself
//!   (the module `local`, at the bottom).
//! - With `SAIL_BASE_URL`, `SAIL_CLIENT_ID` and `SAIL_CLIENT_SECRET` set, it talks to that tenant
//!   and only reads.
//! - With `MFA_EXAMPLE_WRITE=1` too, it stores made-up settings there, switched off, and removes
//!   them; a tenant that has settings already is left alone. KBA answers are sent to the local
//!   server only: they replace the caller's own, which no operation brings back.

use std::collections::BTreeMap;
use std::env;

use sailpoint_v3::api::mfa_configuration::MfaConfiguration;
use sailpoint_v3::models::MfaConfigTestState::{self, Failed, Success};
use sailpoint_v3::models::MfaMethod::{self, DuoWeb, OktaVerify};
use sailpoint_v3::models::{KbaAnswerRequestItem, MfaDuoConfig, MfaOktaConfig};
use sailpoint_v3::{Client, Error, ErrorBody, Secret, json};

type Outcome = Result<(), Box<dyn std::error::Error>>;

#[tokio::main]
async fn main() {
    let names = ["SAIL_BASE_URL", "SAIL_CLIENT_ID", "SAIL_CLIENT_SECRET"];
    let told = match names.iter().any(|name| env::var_os(name).is_some()) {
        true => on_tenant().await,
        false => on_loopback().await,
    };
    if let Err(error) = told {
        eprintln!("The story ends early: {error}");
        std::process::exit(1);
    }
}

async fn on_loopback() -> Outcome {
    println!("No credentials are set: this is a server on loopback.");
    let (server, client) = local::start().await?;
    let mfa = client.mfa_configuration();
    read(&mfa).await?;
    write(&mfa, Success).await?;
    answer_question(&mfa).await?;
    let sign_ins = local::sign_ins(&server).await;
    ensure(sign_ins == 1, "one token serves every call")
}

async fn on_tenant() -> Outcome {
    println!("Credentials are set: this reads the settings of your tenant.");
    let mfa = Client::from_env()?.mfa_configuration();
    read(&mfa).await?;
    if env::var("MFA_EXAMPLE_WRITE").as_deref() != Ok("1") {
        println!("Nothing was changed. With MFA_EXAMPLE_WRITE=1, settings are stored and removed.");
        return Ok(());
    }
    println!("This stores made-up settings for both methods, switched off, and removes them.");
    // Nothing is behind made-up settings, so the test of them has to fail.
    write(&mfa, Failed).await
}

/// Changes nothing. A method that the API does not have shows what a refusal looks like.
async fn read(mfa: &MfaConfiguration) -> Outcome {
    let host = mfa.get_mfa_okta_config().await?.host;
    println!("Okta Verify: {}", host.as_deref().unwrap_or("not set"));
    let host = mfa.get_mfa_duo_config().await?.host;
    println!("Duo Web: {}", host.as_deref().unwrap_or("not set"));
    for question in mfa.get_mfa_kba_config().all_languages(false).await? {
        println!("Question {}: {}", question.id, question.text);
    }
    let tested = mfa.test_mfa_config("carrier-pigeon".into()).await;
    if let Err(Error::Api(refusal)) = &tested
        && let Some(ErrorBody::BadRequest(body)) = refusal.error()
    {
        println!("Refused: {}", refusal.message().unwrap_or("no reason"));
        println!("  tracking id {:?}", refusal.tracking_id());
        println!("  detail code {:?}", body.detail_code);
        return Ok(());
    }
    Err(format!("an unknown method is a bad request, not {tested:?}").into())
}

/// Removes what it stores, also when a step between has failed.
async fn write(mfa: &MfaConfiguration, tested: MfaConfigTestState) -> Outcome {
    let okta = mfa.get_mfa_okta_config().await?.host.into_option();
    let duo = mfa.get_mfa_duo_config().await?.host.into_option();
    ensure(okta.or(duo).is_none(), "no method has settings yet")?;
    let stored = async {
        configure_okta(mfa, tested).await?;
        configure_duo(mfa).await
    };
    let stored = stored.await;
    let removed = remove(mfa, OktaVerify).await;
    stored.and(removed).and(remove(mfa, DuoWeb).await)?;
    let okta = mfa.get_mfa_okta_config().await?.host.into_option();
    ensure(okta.is_none(), "what was removed is gone")
}

async fn configure_okta(mfa: &MfaConfiguration, tested: MfaConfigTestState) -> Outcome {
    test(mfa, OktaVerify, Failed).await?;
    let settings = MfaOktaConfig {
        mfa_method: "okta-verify".into(),
        enabled: Some(false),
        host: "okta.example.com".into(),
        access_key: "placeholder-okta-key".into(),
        ..Default::default()
    };
    mfa.set_mfa_okta_config(&settings).await?;
    test(mfa, OktaVerify, tested).await?;

    let stored = mfa.get_mfa_okta_config().await?;
    println!("Stored, and printed without the key: {stored:?}");
    let printed = format!("{settings:?}");
    ensure(!printed.contains("placeholder"), "Debug hides the key")?;
    ensure(stored.host == settings.host, "the host is as it was set")?;
    let is_masked = stored.access_key != settings.access_key;
    ensure(is_masked, "the server masks the key")
}

async fn test(mfa: &MfaConfiguration, method: MfaMethod, expected: MfaConfigTestState) -> Outcome {
    let result = mfa.test_mfa_config(method.clone()).await?;
    let state = result.state.ok_or("the test has no outcome")?;
    let reason = result.error.as_deref().unwrap_or("no error");
    println!("Test of {method}: {state}, {reason}");
    ensure(state == expected, &format!("the outcome is {expected}"))
}

async fn configure_duo(mfa: &MfaConfiguration) -> Outcome {
    let keys = [("ikey", "PLACEHOLDER-IKEY"), ("skey", "placeholder")];
    let properties = BTreeMap::from(keys.map(|(name, key)| (name.to_owned(), json!(key))));
    let settings = MfaDuoConfig {
        mfa_method: "duo-web".into(),
        enabled: Some(false),
        host: "duo.example.com".into(),
        access_key: "placeholder-duo-key".into(),
        config_properties: Secret::new(properties).into(),
        ..Default::default()
    };
    let stored = mfa.set_mfa_duo_config(&settings).await?;
    let properties = stored.config_properties.into_option();
    // A secret is read through `expose`, so that every place which reads one can be searched for.
    let properties = properties.as_ref().ok_or("no properties")?.expose();
    let ikey = properties.get("ikey").and_then(|key| key.as_str());
    println!("Duo's integration key: {ikey:?}");
    ensure(ikey == Some("PLACEHOLDER-IKEY"), "it is as it was set")
}

/// Sends the request a second time when the server asks for a pause first.
async fn remove(mfa: &MfaConfiguration, method: MfaMethod) -> Outcome {
    if let Err(error) = mfa.delete_mfa_config(method.clone()).await {
        let pause = error.retry_after().ok_or_else(|| error.to_string())?;
        println!("{error} Once more in {pause:?}.");
        tokio::time::sleep(pause).await;
        mfa.delete_mfa_config(method.clone()).await?;
    }
    println!("Removed {method}");
    Ok(())
}

async fn answer_question(mfa: &MfaConfiguration) -> Outcome {
    let questions = mfa.get_mfa_kba_config().await?;
    let id = questions.first().ok_or("no question")?.id.clone();
    let answer = "placeholder".into();
    let answers = [KbaAnswerRequestItem { id, answer }];
    println!("Answering {answers:?}");
    let items = mfa.set_mfa_kba_config(&answers).await?;
    let is_answered = items.iter().any(|item| item.has_answer);
    ensure(is_answered, "the question has an answer now")
}

fn ensure(holds: bool, claim: &str) -> Outcome {
    match holds {
        true => Ok(()),
        false => Err(format!("expected that {claim}").into()),
    }
}

/// A tenant on loopback: what was set is what is read, with keys masked. Its quota runs out once.
mod local {
    use std::collections::BTreeMap;
    use std::sync::{Mutex, PoisonError};

    use sailpoint_v3::{Client, ConfigError, Value, json};
    use sdk_runtime::reqwest;
    use sdk_runtime::testing::wiremock::matchers::any;
    use sdk_runtime::testing::wiremock::{Mock, MockServer, Request, ResponseTemplate};

    type Settings = BTreeMap<String, Value>;

    pub async fn start() -> Result<(MockServer, Client), ConfigError> {
        let settings = Mutex::new(Settings::new());
        let respond = move |request: &Request| {
            let mut settings = settings.lock().unwrap_or_else(PoisonError::into_inner);
            let (status, body) = answer(request, &mut settings);
            let answer = ResponseTemplate::new(status).set_body_json(body);
            answer.insert_header("Retry-After", "1")
        };
        let (server, mock) = (MockServer::start().await, Mock::given(any()));
        mock.respond_with(respond).mount(&server).await;
        // A proxy that the environment names would not reach this machine's loopback.
        let http = reqwest::Client::builder().no_proxy().build()?;
        let client = Client::builder().base_url(server.uri()).http_client(http);
        let client = client.client_credentials("local-id", "local-secret");
        Ok((server, client.build()?))
    }

    pub async fn sign_ins(server: &MockServer) -> usize {
        let requests = server.received_requests().await.unwrap_or_default();
        let paths = requests.iter().map(|request| request.url.path());
        paths.filter(|path| *path == "/oauth/token").count()
    }

    fn answer(request: &Request, settings: &mut Settings) -> (u16, Value) {
        let body = String::from_utf8_lossy(&request.body);
        let path = request.url.path();
        if path == "/oauth/token" && body.contains("client_secret=local-secret") {
            return (200, json!({"access_token": "local-token"}));
        }
        let token = request.headers.get("authorization");
        if token.is_none_or(|token| token != "Bearer local-token") {
            return (401, json!({"error": "The token is not valid."}));
        }
        let path = path.strip_prefix("/v3/mfa/").unwrap_or_default();
        let (method, action) = path.split_once('/').unwrap_or_default();
        let answer = match (request.method.as_str(), method, action) {
            (_, "kba", _) => {
                let (text, answered) = ("Who taught you to read?", body.contains("answer"));
                // The list calls its text `text`, the answer to the answers `question`.
                json!([{"id": "1", "text": text, "question": text,
                    "hasAnswer": answered, "numAnswers": 0}])
            }
            ("GET", "okta-verify" | "duo-web", "config") => {
                settings.get(method).cloned().unwrap_or(json!({}))
            }
            ("PUT", "okta-verify" | "duo-web", "config") => {
                let mut stored = request.body_json().unwrap_or(json!({}));
                stored["accessKey"] = json!("******");
                stored["configProperties"]["skey"] = json!("******");
                settings.insert(method.to_owned(), stored.clone());
                stored
            }
            ("GET", "okta-verify" | "duo-web", "test") => match settings.contains_key(method) {
                true => json!({"state": "SUCCESS"}),
                false => json!({"state": "FAILED", "error": "nothing is set"}),
            },
            ("DELETE", _, "delete") => {
                if settings.insert("quota".to_owned(), json!(0)).is_none() {
                    return (429, json!({"message": "The quota is used up."}));
                }
                settings.remove(method).unwrap_or(json!({}))
            }
            _ => {
                let refusal = json!({"detailCode": "400.1", "trackingId": "3f0c9a41b7d84e2a",
                    "messages": [{"text": "There is no such method."}]});
                return (400, refusal);
            }
        };
        (200, answer)
    }
}

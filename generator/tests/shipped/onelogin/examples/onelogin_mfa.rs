//! Enrolls a phone as a user's second factor, sends it a code, verifies the code, lists what is
//! enrolled, issues a temporary MFA token, and removes the phone. Each step is printed and checked.
//!
//! - `cargo run -p onelogin --example onelogin_mfa` talks to a server on loopback that it starts itself (the
//!   module `local`, at the bottom).
//! - With `ONELOGIN_SUBDOMAIN` (or `ONELOGIN_BASE_URL`), `ONELOGIN_CLIENT_ID` and
//!   `ONELOGIN_CLIENT_SECRET` set, it talks to that account about the user whose id is in
//!   `MFA_EXAMPLE_USER`, and only reads.
//! - With `MFA_EXAMPLE_WRITE=1` too, it enrolls the phone whose number (such as `+15550100`) is in
//!   `MFA_EXAMPLE_PHONE`, asks for the code that the phone receives, and removes the phone.

use std::env;
use std::io::stdin;

use onelogin::api::multi_factor_authentication_v1::MultiFactorAuthenticationV1;
use onelogin::models::{ActivateFactorRequest, EnrollFactorRequest, EnrolledFactorsResponse};
use onelogin::models::{MfaTokenRequest, OtpDevice, VerifyFactorRequest};
use onelogin::{Client, Error, ErrorBody};

type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

/// One user's second factors, a phone to enroll, and the person who reads the codes it receives.
struct Story {
    mfa: MultiFactorAuthenticationV1,
    user: i64,
    phone: String,
    read_code: fn() -> Result<String, std::io::Error>,
}

#[tokio::main]
async fn main() {
    let names = ["SUBDOMAIN", "BASE_URL", "CLIENT_ID", "CLIENT_SECRET"];
    let is_set = |name: &&str| env::var_os(format!("ONELOGIN_{name}")).is_some();
    let told = match names.iter().any(is_set) {
        true => on_account().await,
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
    let story = Story {
        mfa: client.multi_factor_authentication_v1(),
        user: 1284517,
        phone: "+15550100".to_owned(),
        read_code: || Ok(local::CODE.to_owned()),
    };
    let factor = story.read().await?;
    story.enroll_and_remove(factor).await?;
    let sign_ins = local::sign_ins(&server).await;
    ensure(sign_ins == 1, "one token serves every call")
}

async fn on_account() -> Outcome {
    println!("Credentials are set: this reads a user's factors from your account.");
    let user = env::var("MFA_EXAMPLE_USER").map_err(|_| "MFA_EXAMPLE_USER is not set")?;
    let story = Story {
        mfa: Client::from_env()?.multi_factor_authentication_v1(),
        user: user.parse().map_err(|_| "MFA_EXAMPLE_USER is no number")?,
        phone: env::var("MFA_EXAMPLE_PHONE").unwrap_or_default(),
        read_code: || {
            println!("Type the code that the phone has received:");
            stdin().lines().next().unwrap_or(Ok(String::new()))
        },
    };
    let factor = story.read().await?;
    if env::var("MFA_EXAMPLE_WRITE").as_deref() != Ok("1") {
        println!("Nothing was changed. With MFA_EXAMPLE_WRITE=1, a phone is enrolled and removed.");
        return Ok(());
    }
    if story.phone.is_empty() {
        return Err("MFA_EXAMPLE_PHONE is not set".into());
    }
    println!(
        "This enrolls {} for the user, issues a token for 5 minutes,",
        story.phone
    );
    println!("and removes the phone.");
    story.enroll_and_remove(factor).await
}

impl Story {
    /// Changes nothing. Gives the factor that sends codes to a phone.
    async fn read(&self) -> Outcome<i64> {
        let response = self.mfa.get_mfa_factors(self.user).await?;
        let factors = response.data.and_then(|data| data.auth_factors);
        let mut by_text = None;
        for factor in factors.unwrap_or_default() {
            let name = factor.name.unwrap_or_default();
            println!("Open to the user: {name}");
            by_text = by_text.or(factor.factor_id.filter(|_| name.contains("SMS")));
        }
        println!("Enrolled: {:?}", self.devices().await?);
        Ok(by_text.ok_or("no factor sends codes to a phone")?)
    }

    async fn devices(&self) -> Result<Vec<OtpDevice>, Error> {
        let response = self.mfa.get_enrolled_factors(self.user).await?;
        Ok(devices_of(response))
    }

    /// Removes the phone also when a step between has failed.
    async fn enroll_and_remove(&self, factor: i64) -> Outcome {
        let body = EnrollFactorRequest::new(factor, "Work phone", &self.phone);
        let enrolled = self.mfa.enroll_mfa_factor(self.user).body(&body).await?;
        let device = enrolled.data.into_iter().flatten().next();
        let id = device.and_then(|device| device.id).ok_or("no device")?;
        println!("Enrolled device {id}");
        // The list gives the id as a number, the paths take it as text.
        let path_id = id.to_string();
        let used = self.verify_and_use(id, &path_id).await;
        self.mfa.remove_mfa_factors(self.user, &path_id).await?;
        println!("Removed device {id}");
        used?;
        let mut devices = self.devices().await?.into_iter();
        let is_gone = devices.all(|device| device.id != Some(id));
        ensure(is_gone, "a removed device is not listed")?;
        self.trigger_what_is_gone(&path_id).await
    }

    async fn verify_and_use(&self, id: i64, path_id: &str) -> Outcome {
        let body = ActivateFactorRequest {
            numeric_sms_otp: Some(true),
            ..Default::default()
        };
        let activation = self.mfa.activate_mfa_factors(self.user, path_id);
        let mut triggered = devices_of(activation.body(&body).await?).into_iter();
        let state_token = triggered.find_map(|device| device.state_token);
        println!("A code is on its way, to be sent back with {state_token:?}");

        let body = VerifyFactorRequest {
            state_token,
            otp_token: Some((self.read_code)()?.trim().into()),
        };
        let verification = self.mfa.verify_mfa_factor(self.user, path_id);
        let status = verification.body(&body).await?;
        println!("Verified: {}", status.message);
        let devices = self.devices().await?;
        println!("Enrolled: {devices:?}");
        let device = devices.iter().find(|device| device.id == Some(id));
        let is_active = device.and_then(|device| device.active);
        ensure(is_active == Some(true), "a verified device is active")?;

        let body = MfaTokenRequest {
            expires_in: Some(300),
            ..Default::default()
        };
        let token = self.mfa.generate_mfa_token(self.user).body(&body).await?;
        println!("Issued, and printed without the token itself: {token:?}");
        ensure(token.mfa_token.is_some(), "a token was issued")
    }

    /// Shows what a refusal looks like.
    async fn trigger_what_is_gone(&self, path_id: &str) -> Outcome {
        let triggered = self.mfa.activate_mfa_factors(self.user, path_id).await;
        if let Err(Error::Api(refusal)) = &triggered
            && let Some(ErrorBody::BadRequest(body) | ErrorBody::NotFound(body)) = refusal.error()
        {
            println!("Refused with {}: {}", refusal.status(), body.message);
            return Ok(());
        }
        Err(format!("what was removed cannot be triggered, but: {triggered:?}").into())
    }
}

fn devices_of(response: EnrolledFactorsResponse) -> Vec<OtpDevice> {
    let devices = response.data.and_then(|data| data.otp_devices);
    devices.unwrap_or_default()
}

fn ensure(holds: bool, claim: &str) -> Outcome {
    match holds {
        true => Ok(()),
        false => Err(format!("expected that {claim}").into()),
    }
}

/// An account on loopback: one user, and at most one phone, listed until it is removed.
mod local {
    use std::sync::{Mutex, PoisonError};

    use onelogin::{Client, ConfigError, Value, json};
    use sdk_runtime::reqwest;
    use sdk_runtime::testing::wiremock::matchers::any;
    use sdk_runtime::testing::wiremock::{Mock, MockServer, Request, ResponseTemplate};

    /// What the phone receives.
    pub const CODE: &str = "310274";

    pub async fn start() -> Result<(MockServer, Client), ConfigError> {
        let phone = Mutex::new(None);
        let respond = move |request: &Request| {
            let mut phone = phone.lock().unwrap_or_else(PoisonError::into_inner);
            let (status, body) = answer(request, &mut phone);
            ResponseTemplate::new(status).set_body_json(body)
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
        paths.filter(|path| path.starts_with("/auth")).count()
    }

    fn answer(request: &Request, phone: &mut Option<Value>) -> (u16, Value) {
        let body: Value = request.body_json().unwrap_or_default();
        let signature = request.headers.get("authorization");
        let is_signed = |with: &str| signature.is_some_and(|signature| signature == with);
        let path: Vec<&str> = request.url.path().split('/').skip(1).collect();
        let answer = match (request.method.as_str(), path.as_slice(), phone.as_mut()) {
            // After `Basic` stands the base64 of local-id:local-secret.
            ("POST", ["auth", ..], _) if is_signed("Basic bG9jYWwtaWQ6bG9jYWwtc2VjcmV0") => {
                json!({"access_token": "local-token"})
            }
            _ if !is_signed("Bearer local-token") => {
                return (
                    401,
                    json!({"code": 401, "message": "The token is not valid."}),
                );
            }
            ("GET", [.., "auth_factor"], _) => {
                json!({"data": {"auth_factors": [{"name": "OneLogin SMS", "factor_id": 20418}]}})
            }
            ("GET", [.., "otp_devices"], _) => json!({"data": {"otp_devices": phone.as_slice()}}),
            ("POST", [.., "otp_devices"], None) => {
                let number = &body["number"];
                let device = json!({"id": 660042, "active": false, "phone_number": number});
                json!({"data": [phone.insert(device)]})
            }
            ("POST", [.., "660042", "trigger"], Some(phone)) => {
                phone["state_token"] = json!("local-state");
                json!({"data": {"otp_devices": [phone]}})
            }
            ("POST", [.., "660042", "verify"], Some(phone))
                if body == json!({"otp_token": CODE, "state_token": phone["state_token"]}) =>
            {
                phone["active"] = json!(true);
                json!({"code": 200, "message": "Code accepted"})
            }
            ("POST", [.., "mfa_token"], Some(_)) => {
                json!({"mfa_token": "local-mfa", "expires_at": "2030-01-01T00:00:00Z"})
            }
            ("DELETE", [.., "660042"], Some(_)) => json!(phone.take()),
            _ => {
                return (
                    404,
                    json!({"code": 404, "message": "There is no such device."}),
                );
            }
        };
        (200, answer)
    }
}

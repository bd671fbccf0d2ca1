//! A lost phone: enrolls Nadia Okafor's phone as her second factor, and, once it is lost, gives her
//! a temporary code, removes the phone and enrolls the new one. Each step is printed and checked.
//!
//! - `cargo run -p onelogin --example mfa_reset` talks to a server on loopback that it starts
//!   itself (the module `local`, at the bottom), and to nothing else.
//!
//! It calls version 2 of the operations; the example `onelogin_mfa` calls version 1, which is
//! deprecated.

use onelogin::api::multi_factor_authentication::MultiFactorAuthentication;
use onelogin::models::{NewRegistration, NewTemporaryCode, RegistrationCode};
use onelogin::{Error, StatusCode};

type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

/// One user's second factors.
struct Story {
    mfa: MultiFactorAuthentication,
    user: i64,
}

#[tokio::main]
async fn main() {
    if let Err(error) = tell().await {
        eprintln!("The story ends early: {error}");
        std::process::exit(1);
    }
}

async fn tell() -> Outcome {
    let (_server, client) = local::start().await?;
    let story = Story {
        mfa: client.multi_factor_authentication(),
        user: 50010101,
    };
    let factor = story.open_factor().await?;
    let lost = story.enroll(factor, "Nadia's phone").await?;
    println!("The phone is lost.");
    let code_device = story.give_temporary_code().await?;
    story.remove(&lost).await?;
    let new = story.enroll(factor, "Nadia's new phone").await?;
    let left = story.remove(&code_device).await?;
    ensure(left == [new], "the new phone is all that is left")?;
    story.remove_again(&lost).await
}

impl Story {
    async fn open_factor(&self) -> Outcome<i64> {
        // The document declares one factor as the answer, not a list.
        let factor = self.mfa.get_auth_factors(self.user).await?;
        println!("Open to the user: {}", factor.name.unwrap_or_default());
        Ok(factor.factor_id.ok_or("no factor is open to the user")?)
    }

    /// Gives the id of the device, by which it is found and removed.
    async fn enroll(&self, factor: i64, phone: &str) -> Outcome<String> {
        let body = NewRegistration {
            expires_in: Some("300".into()),
            ..NewRegistration::new(factor, phone)
        };
        let start = self.mfa.create_factor_registration(self.user);
        let registration = start.body(&body).await?;
        let id = registration.id.ok_or("the registration has no id")?;
        println!("A code is on its way to {phone}");

        let body = RegistrationCode {
            otp: Some(local::CODE),
        };
        let finish = self.mfa.verify_user_registration(self.user, &id);
        let result = finish.body(&body).await?;
        let status = result.status.unwrap_or_default();
        println!("The registration of {phone} is {status}");
        ensure(status == "accepted", "the code was right")?;
        let device = result.device_id.ok_or("no device was made")?;
        let is_listed = self.devices().await?.contains(&device);
        ensure(is_listed, "an enrolled phone is listed")?;
        Ok(device)
    }

    async fn devices(&self) -> Outcome<Vec<String>> {
        let devices = self.mfa.get_authentication_devices(self.user).await?;
        for device in &devices {
            let name = device.user_display_name.as_deref().unwrap_or("no name");
            let factor = device.type_display_name.as_deref().unwrap_or("no factor");
            println!("Enrolled: {name} ({factor})");
        }
        let ids = devices.into_iter().filter_map(|device| device.device_id);
        Ok(ids.collect())
    }

    /// Gives the id of the device that stands for the code. The user signs in with the code until
    /// the new phone is enrolled.
    async fn give_temporary_code(&self) -> Outcome<String> {
        let body = NewTemporaryCode {
            expires_in: Some(3600),
            reusable: Some(true),
        };
        let code = self.mfa.generate_otp(self.user).body(&body).await?;
        println!("Issued, and printed without the code itself: {code:?}");
        let token = code.mfa_token.ok_or("no code was made")?;
        // A secret is read through `expose`, so that every place which reads one can be searched for.
        let digits = token.expose().len();
        println!("Nadia is told the {digits} digits of it by phone call");
        Ok(code.device_id.ok_or("no device stands for the code")?)
    }

    /// Gives the devices that are left.
    async fn remove(&self, device: &str) -> Outcome<Vec<String>> {
        self.mfa.delete_enrolled_factor(self.user, device).await?;
        println!("Removed device {device}");
        let left = self.devices().await?;
        let is_gone = left.iter().all(|id| id != device);
        ensure(is_gone, "a removed device is not listed")?;
        Ok(left)
    }

    /// Shows what a refusal looks like: the document declares none here, so that it has no type.
    async fn remove_again(&self, device: &str) -> Outcome {
        let again = self.mfa.delete_enrolled_factor(self.user, device).await;
        if let Err(Error::Api(refusal)) = &again
            && refusal.status() == StatusCode::NOT_FOUND
        {
            println!("Refused: {}", refusal.message().unwrap_or("no reason"));
            return Ok(());
        }
        Err(format!("a device is removed once, but: {again:?}").into())
    }
}

fn ensure(holds: bool, claim: &str) -> Outcome {
    match holds {
        true => Ok(()),
        false => Err(format!("expected that {claim}").into()),
    }
}

/// An account on loopback: one user, whose devices are listed from their verification to their
/// removal.
mod local {
    use std::sync::{Mutex, PoisonError};

    use onelogin::{Client, ConfigError, Value, json};
    use sdk_runtime::reqwest;
    use sdk_runtime::testing::wiremock::matchers::any;
    use sdk_runtime::testing::wiremock::{Mock, MockServer, Request, ResponseTemplate};

    /// What a phone receives.
    pub const CODE: i64 = 123456;

    #[derive(Default)]
    struct Account {
        devices: Vec<Value>,
        /// The device of the registration that waits for its code.
        pending: Option<Value>,
        made: u32,
    }

    pub async fn start() -> Result<(MockServer, Client), ConfigError> {
        let account = Mutex::new(Account::default());
        let respond = move |request: &Request| {
            let mut account = account.lock().unwrap_or_else(PoisonError::into_inner);
            let (status, body) = answer(request, &mut account);
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

    fn answer(request: &Request, account: &mut Account) -> (u16, Value) {
        let body: Value = request.body_json().unwrap_or_default();
        let path: Vec<&str> = request.url.path().split('/').skip(1).collect();
        match (request.method.as_str(), path.as_slice()) {
            ("POST", ["auth", ..]) => (200, json!({"access_token": "local-token"})),
            ("GET", [.., "50010101", "factors"]) => (
                200,
                json!({"factor_id": 4002, "name": "OneLogin SMS", "auth_factor_name": "SMS"}),
            ),
            ("POST", [.., "50010101", "registrations"]) => {
                let device = account.device(&body["display_name"], "OneLogin SMS");
                let started = json!({"id": "local-registration", "device_id": device["device_id"]});
                account.pending = Some(device);
                (201, started)
            }
            ("PUT", [.., "registrations", "local-registration"]) if body["otp"] == CODE => {
                let device = account.pending.take().unwrap_or_default();
                let id = device["device_id"].clone();
                account.devices.push(device);
                let result =
                    json!({"id": "local-registration", "status": "accepted", "device_id": id});
                (200, result)
            }
            ("GET", [.., "50010101", "devices"]) => (200, json!(account.devices)),
            ("POST", [.., "50010101", "mfa_token"]) => {
                let device = account.device(&json!("Temporary code"), "Temporary MFA token");
                let code = json!({"mfa_token": "123456", "reusable": body["reusable"],
                    "expires_at": "2025-06-02T10:15:00Z", "device_id": device["device_id"]});
                account.devices.push(device);
                (201, code)
            }
            ("DELETE", [.., "devices", id]) => {
                let known = account.devices.len();
                account.devices.retain(|device| device["device_id"] != *id);
                match account.devices.len() < known {
                    true => (204, json!({})),
                    false => (404, json!({"message": "There is no such device."})),
                }
            }
            _ => (404, json!({"message": "There is no such user."})),
        }
    }

    impl Account {
        /// A device with an id of its own.
        fn device(&mut self, name: &Value, factor: &str) -> Value {
            self.made += 1;
            let id = format!("700{}", 1233 + self.made);
            json!({"device_id": id, "user_display_name": name, "type_display_name": factor})
        }
    }
}

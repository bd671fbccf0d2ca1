//! A small API whose mock the tests play: its description, and its operations as an emitted crate has them.

use std::sync::atomic::{AtomicU64, Ordering};

use sdk_runtime::mock::{Api, Builder, Mock};
use sdk_runtime::{Auth, Client, ClientBuilder, Service, TokenRequest};

use crate::server::BASE;

static SERVICE: Service = Service {
    auth: Auth::ClientCredentials {
        token_url: "/oauth/token",
        request: TokenRequest::Form,
        scopes: &[],
    },
    ..BASE
};

static API: Api = Api::new(&SERVICE, include_str!("mock_api.json"));

pub(crate) mod pets {
    use sdk_runtime::{Client, NoErrorBody, Value};

    sdk_runtime::request_type!();

    pub(crate) struct Pets(pub(crate) Client);

    impl Pets {
        pub(crate) fn list_pets(&self) -> Request<ListPets> {
            self.0.get("/pets").returns_json()
        }

        pub(crate) fn create_pet(&self, body: &Value) -> Request<CreatePet> {
            let request = self.0.post("/pets");
            request.json(body).returns_json()
        }

        pub(crate) fn get_pet(&self, id: &str) -> Request<GetPet> {
            let request = self.0.get("/pets/{id}");
            request.path("id", id).returns_json()
        }

        pub(crate) fn replace_pet(&self, id: i64, body: &Value) -> Request<ReplacePet> {
            let request = self.0.put("/pets/{id}");
            request.path("id", &id).json(body).returns_json()
        }

        pub(crate) fn delete_pet(&self, id: i64) -> Request<DeletePet> {
            let request = self.0.delete("/pets/{id}");
            request.path("id", &id).returns_nothing()
        }

        pub(crate) fn best_pet(&self) -> Request<BestPet> {
            self.0.get("/pets/best").returns_json()
        }
    }

    sdk_runtime::operations!(Pets {
        list_pets => ListPets(Vec<Value>, NoErrorBody),
        create_pet => CreatePet(Value, NoErrorBody),
        get_pet => GetPet(Value, NoErrorBody),
        replace_pet => ReplacePet(Value, NoErrorBody),
        delete_pet => DeletePet((), NoErrorBody),
        best_pet => BestPet(Value, NoErrorBody),
    });
}
pub(crate) use pets::Pets;

pub(crate) fn builder() -> Builder {
    Builder::new(&API)
}

pub(crate) fn client(mock: &Mock) -> Pets {
    Pets(mock.client::<Client>(ClientBuilder::new(&SERVICE)))
}

/// A request to a mock that no emitted method would send, with a token that is known there: its status and its body.
pub(crate) async fn raw(
    mock: &Mock,
    method: &str,
    target: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> (u16, String) {
    // The builder's token is one that the mock takes.
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let token = format!("raw-{}", COUNT.fetch_add(1, Ordering::Relaxed));
    let builder = ClientBuilder::<Client>::new(&SERVICE).bearer_token(token.clone());
    let _ = mock.client(builder);
    let http = sdk_runtime::reqwest::Client::builder()
        .no_proxy()
        .build()
        .unwrap();
    let mut request = http.request(method.parse().unwrap(), format!("{}{target}", mock.url()));
    if !headers.iter().any(|(name, _)| *name == "authorization") {
        request = request.bearer_auth(token);
    }
    for (name, value) in headers.iter().filter(|(_, value)| !value.is_empty()) {
        request = request.header(*name, *value);
    }
    let answer = request.body(body.to_owned()).send().await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

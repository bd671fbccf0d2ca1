//! A running server: what it answers, and what it was asked.

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;

use tokio::task::JoinHandle;

use super::call::Call;
use super::check::Refused;
use super::faults;
use super::hostile::Hostile;
use super::on::On;
use super::player::Player;
use crate::request::Operation;
use crate::scheme::Credential;
use crate::service::Auth;
use crate::testing::connected;
use crate::{Client, ClientBuilder};

/// What a client is given that has no credentials of its own.
const ID: &str = "mock-id";
const SECRET: &str = "mock-secret";

/// A server on loopback that plays an API. It ends when it is dropped.
///
/// With an emitted crate:
///
/// ```text
/// let server = petstore::mock::start().await;
/// let client: petstore::Client = server.client(petstore::Client::builder());
/// server.on::<ListPets>().returns([pet]);
/// server.on::<GetPet>().refuses(403);
/// // … call your code with `client`, then look at `server.calls::<ListPets>()`.
/// assert!(server.refused().is_empty());
/// ```
pub struct Mock {
    address: SocketAddr,
    player: Arc<Player>,
    task: JoinHandle<()>,
}

impl Mock {
    pub(super) fn new(address: SocketAddr, player: Arc<Player>, task: JoinHandle<()>) -> Self {
        Self {
            address,
            player,
            task,
        }
    }

    /// Where it listens: scheme, host and port, without a slash at the end.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// A client that calls this server, from an emitted crate's `Client::builder()`. The builder's settings stay, except the base URL and
    /// the base path, and the server accepts the builder's token. If the builder has no credentials, it gets some: if the API grants
    /// tokens, an id and a secret, with which the client fetches a token here.
    ///
    /// # Panics
    /// When the builder's settings are at fault.
    pub fn client<C: From<Client>>(&self, mut builder: ClientBuilder<C>) -> C {
        let settings = builder.settings_mut();
        let grants = matches!(settings.service.auth, Auth::ClientCredentials { .. });
        if grants && settings.given.is_empty() && settings.env.is_none() {
            settings.given.client = Some((ID.to_owned(), SECRET.into()));
        }
        let mut builder = connected(builder, &self.url());
        let settings = builder.settings_mut();
        let named = settings
            .credentials
            .iter()
            .map(|(_, credential)| credential.clone());
        let bearers = settings.given.bearer.clone().map(Credential::Bearer);
        let mut inner = self.player.inner();
        for credential in named.chain(bearers) {
            if let Credential::Bearer(token) = credential {
                inner.tokens.accept(token.expose());
            }
        }
        drop(inner);
        match builder.build() {
            Ok(client) => client,
            Err(error) => panic!("the test's client cannot be built: {error}"),
        }
    }

    /// Says what an operation answers.
    ///
    /// # Panics
    /// When the operation is one of another API.
    pub fn on<O: Operation>(&self) -> On<'_, O> {
        On::new(&self.player, self.place_of::<O>())
    }

    /// The accepted calls of an operation, in order.
    ///
    /// # Panics
    /// When the operation is one of another API.
    pub fn calls<O: Operation>(&self) -> Vec<Call> {
        let place = self.place_of::<O>();
        let inner = self.player.inner();
        let calls = inner.calls.iter().filter(|(other, _)| *other == place);
        calls.map(|(_, call)| call.clone()).collect()
    }

    /// The requests that were refused because the document does not allow them, or for their credentials, in order.
    pub fn refused(&self) -> Vec<Refused> {
        self.player.inner().refused.clone()
    }

    /// How many tokens were granted.
    pub fn tokens_granted(&self) -> usize {
        self.player.inner().tokens.count()
    }

    /// Causes this fault from now on, in every operation except those for which [`On::hostile`] sets another.
    pub fn hostile(&self, hostile: Hostile) {
        let mut inner = self.player.inner();
        inner.hostile.insert(None, hostile);
        inner.counts.clear();
    }

    /// Causes no faults from now on.
    pub fn peaceful(&self) {
        let mut inner = self.player.inner();
        inner.hostile.clear();
        inner.counts.clear();
    }

    fn place_of<O: Operation>(&self) -> usize {
        match self.player.loaded().place_of(O::NAME) {
            Some(place) => place,
            None => panic!(
                "`{}` is no operation of the API that this mock plays",
                O::NAME
            ),
        }
    }

    /// Whether this path is that of the token endpoint.
    pub(crate) fn grants_tokens_at(&self, path: &str) -> bool {
        self.player.is_token_path(path)
    }

    /// Whether no body with every member keeps what the document says of the operation of this id: the document contradicts itself there.
    pub(crate) fn cannot_be_asked(&self, id: &str) -> bool {
        let loaded = self.player.loaded();
        let mut operations = loaded.operations.iter();
        let operation = operations.find(|operation| operation.id == id);
        operation.is_some_and(|operation| faults::has_impossible_body(loaded, operation))
    }

    /// Whether another operation has the method and the path of the one of this id, so that a server cannot tell which is meant.
    pub(crate) fn has_twin(&self, id: &str) -> bool {
        self.player.loaded().has_twin(id)
    }

    /// The id of the operation that was called last.
    pub(crate) fn last_called(&self) -> Option<String> {
        let place = self.player.inner().calls.last().map(|(place, _)| *place)?;
        let operation = self.player.loaded().operations.get(place)?;
        Some(operation.id.clone())
    }

    pub(super) fn player(&self) -> &Player {
        &self.player
    }

    /// Waits as long as the server runs.
    pub(super) async fn ended(&mut self) {
        // It ends with the process alone.
        let _ = (&mut self.task).await;
    }
}

impl Drop for Mock {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl fmt::Debug for Mock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Mock({} at {})",
            self.player.api.service.name,
            self.url()
        )
    }
}

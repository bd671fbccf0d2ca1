//! What a server is before it starts.

use std::fmt;
use std::io;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;

use super::api::Api;
use super::faults;
use super::hostile::Hostile;
use super::listen::listen;
use super::player::{Manner, Player};
use super::server::Mock;
use super::tokens::Tokens;

/// How long a token lives unless a test says otherwise.
const LIFETIME: Duration = Duration::from_secs(3600);

/// How long a slow body pauses before each of its pieces unless a test says otherwise.
const SLOW_PAUSE: Duration = Duration::from_millis(40);

/// Configures a server; an emitted crate's `mock::builder()` makes one.
#[must_use = "a builder starts nothing until `start` is called"]
pub struct Builder {
    api: &'static Api,
    port: u16,
    lifetime: Duration,
    any_token: bool,
    manner: Manner,
}

impl Builder {
    /// A server of this API.
    pub fn new(api: &'static Api) -> Self {
        Self {
            api,
            port: 0,
            lifetime: LIFETIME,
            any_token: false,
            manner: Manner {
                stateful: false,
                hostile: None,
                slow_pause: SLOW_PAUSE,
                observer: None,
                remembers: true,
            },
        }
    }

    /// Listens at this port. Unless called, at one that is free.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Keeps created items. If POST to a path creates items, that path with one parameter added is the path of an item: created items
    /// can be listed, read, replaced, patched and deleted, and an unknown id is not found.
    ///
    /// Lists follow the parameters `limit`, `offset` and `page`, and tell `X-Total-Count` where the document declares it. Filters and
    /// sorters are taken and not applied.
    pub fn stateful(mut self) -> Self {
        self.manner.stateful = true;
        self
    }

    /// Causes this fault in every operation; see [`Mock::hostile`].
    pub fn hostile(mut self, hostile: Hostile) -> Self {
        self.manner.hostile = Some(hostile);
        self
    }

    /// How long tokens live that are granted; an hour unless called. Clients are told whole seconds.
    pub fn token_lifetime(mut self, lifetime: Duration) -> Self {
        self.lifetime = lifetime;
        self
    }

    /// Takes any token, not only those that were granted here.
    pub fn any_token(mut self) -> Self {
        self.any_token = true;
        self
    }

    /// How long a [slow body](Hostile::SlowBody) pauses before each of its eight pieces; 40 ms unless called.
    pub fn slow_pause(mut self, pause: Duration) -> Self {
        self.manner.slow_pause = pause;
        self
    }

    /// Tells of each request: its method, its path and the status of its answer, and nothing else that was sent.
    pub fn observe(mut self, observer: impl Fn(&str, &str, u16) + Send + Sync + 'static) -> Self {
        self.manner.observer = Some(Box::new(observer));
        self
    }

    /// Remembers neither calls nor refusals.
    pub(super) fn forgetful(mut self) -> Self {
        self.manner.remembers = false;
        self
    }

    /// Starts the server, on the tokio runtime that this is called in.
    ///
    /// # Panics
    /// When the port is taken.
    pub async fn start(self) -> Mock {
        let port = self.port;
        match self.try_start().await {
            Ok(mock) => mock,
            Err(error) => panic!("the mock cannot listen at port {port}: {error}"),
        }
    }

    /// Starts the server, on the tokio runtime that this is called in.
    ///
    /// # Errors
    /// When the port is taken.
    pub async fn try_start(self) -> io::Result<Mock> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, self.port)).await?;
        let address = listener.local_addr()?;
        let tokens = Tokens::new(self.lifetime, self.any_token);
        let player = Player::new(self.api, tokens, self.manner);
        // Read before the first request, whose client may have little time.
        player.loaded();
        let player = Arc::new(player);
        let task = tokio::spawn(listen(listener, Arc::clone(&player)));
        Ok(Mock::new(address, player, task))
    }

    /// Starts the server, and calls each operation as its document says: with every parameter and a body, and with the credentials
    /// that it asks for. Gives what is wrong: a call that was refused, and an answer that does not keep its schema.
    pub async fn faults(self) -> Vec<String> {
        let api = self.api;
        faults::all(api, &self.any_token().start().await).await
    }
}

impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder")
            .field("api", self.api)
            .field("port", &self.port)
            .field("stateful", &self.manner.stateful)
            .field("hostile", &self.manner.hostile)
            .field("token_lifetime", &self.lifetime)
            .field("any_token", &self.any_token)
            .field("slow_pause", &self.manner.slow_pause)
            .finish_non_exhaustive()
    }
}

//! Building a client: collects settings from calls and from the environment, calls first, and
//! checks them all at once.

use std::fmt;
use std::marker::PhantomData;
use std::path::Path;
use std::time::Duration;

use tower::{BoxError, Layer};

use crate::Secret;
use crate::attempt::Attempt;
use crate::client::Client;
use crate::environment::{FromEnv, Given};
use crate::error::ConfigError;
use crate::http::{self, HttpService};
use crate::provider::TokenProvider;
use crate::rate_limit::RateLimit;
use crate::receive::Limits;
use crate::retry::RetryPolicy;
use crate::scheme::{Credential, Scheme};
use crate::service::Service;
use crate::settings::Settings;

/// Builds a client: `C` is the emitted crate's own, which wraps this crate's [`Client`].
///
/// Every setting has a default or can come from the environment. A client without credentials can
/// be built; a call that needs them then fails with [`Error::Auth`](crate::Error::Auth).
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder<C = Client> {
    settings: Settings,
    client: PhantomData<fn() -> C>,
}

impl<C: From<Client>> ClientBuilder<C> {
    /// Starts from an API's fixed facts and the defaults.
    pub fn new(service: &'static Service) -> Self {
        let settings = Settings {
            service,
            base_url: None,
            base_path: None,
            token_url: None,
            variables: Vec::new(),
            given: Given::default(),
            schemes: &[],
            credentials: Vec::new(),
            env: None,
            connect_timeout: Duration::from_secs(10),
            limits: Limits::default(),
            headers: Vec::new(),
            user_agent: None,
            optional_credentials: false,
            http: None,
            layers: Vec::new(),
            observer: None,
            retries: None,
            rate_limit: None,
            allows_plain_http: false,
            provider: None,
            file_error: None,
        };
        Self {
            settings,
            client: PhantomData,
        }
    }

    /// Reads the environment variables that the API names, for every setting that no call sets, before
    /// or after this one. Credentials are read only if no call sets any; those of schemes that
    /// operations name are read one by one. After this call, missing credentials are an error of
    /// [`build`](Self::build), unless only some operations need them.
    ///
    /// If the API's vendor keeps such settings in a file, and no variable for the base URL or the credentials is set, that file is read
    /// from the working directory. All settings come from one place, so that the secret of one tenant never goes to another.
    pub fn read_env(self) -> Self {
        let file = self.settings.service.config_file;
        let mut builder = self.read_env_from(|name| std::env::var(name).ok());
        if let Some(file) = file
            && builder.settings.env.as_ref().is_some_and(FromEnv::is_unset)
        {
            builder.take_config_file(Path::new(file.name), true);
        }
        builder
    }

    /// Reads a settings file in the format of the API's vendor, in place of the environment's base URL and credentials. A file that does
    /// not exist or cannot be read is an error of [`build`](Self::build).
    pub fn read_config_file(mut self, path: impl AsRef<Path>) -> Self {
        self.take_config_file(path.as_ref(), false);
        self
    }

    fn take_config_file(&mut self, path: &Path, may_be_missing: bool) {
        let service = self.settings.service;
        let bad = |problem: &str| ConfigError::File {
            path: path.display().to_string(),
            problem: problem.to_owned(),
        };
        match service.config_file.map(|file| file.read(path)) {
            Some(Ok(None)) if may_be_missing => {}
            Some(Ok(None)) => self.settings.file_error = Some(bad("does not exist")),
            Some(Ok(Some(held))) => {
                let env = self.settings.env.take();
                let env = env.unwrap_or_else(|| FromEnv::read(service, &[], &|_| None));
                self.settings.env = Some(env.with_file(held));
            }
            Some(Err(error)) => self.settings.file_error = Some(error),
            None => {
                let problem = "has no use: this API has no settings file";
                self.settings.file_error = Some(bad(problem));
            }
        }
    }

    /// Like [`read_env`](Self::read_env), with a lookup in place of the process's environment. An
    /// empty value counts as missing.
    pub fn read_env_from(mut self, lookup: impl Fn(&str) -> Option<String>) -> Self {
        self.settings.env = Some(FromEnv::read(
            self.settings.service,
            self.settings.schemes,
            &lookup,
        ));
        self
    }

    /// Sets the URL that replaces the document's server: scheme, host, and a prefix if a proxy
    /// wants one. The API's base path is appended unless the URL already ends with it.
    ///
    /// Plain `http` is for servers on the same machine; see
    /// [`allow_plain_http`](Self::allow_plain_http).
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.settings.base_url = Some(url.into());
        self
    }

    /// Sets the path that replaces the document's base path; empty for none.
    pub fn base_path(mut self, path: impl Into<String>) -> Self {
        self.settings.base_path = Some(path.into());
        self
    }

    /// Sets a variable of the document's server URL, such as the tenant. The value is one label of
    /// a host or one piece of a path; anything else is refused by [`build`](Self::build), since it
    /// could send credentials to another host. A variable that stands for scheme and host together
    /// takes what [`base_url`](Self::base_url) takes.
    pub fn server_variable(mut self, name: &str, value: impl Into<String>) -> Self {
        self.settings
            .variables
            .push((name.to_owned(), value.into()));
        self
    }

    /// Signs with tokens fetched for this client id and secret.
    pub fn client_credentials(
        mut self,
        id: impl Into<String>,
        secret: impl Into<Secret<String>>,
    ) -> Self {
        self.settings.given.client = Some((id.into(), secret.into()));
        self
    }

    /// Signs with this token. It is not refreshed.
    pub fn bearer_token(mut self, token: impl Into<Secret<String>>) -> Self {
        self.settings.given.bearer = Some(token.into());
        self
    }

    /// Signs with tokens from this provider, in place of all other credentials.
    pub fn token_provider(mut self, provider: impl TokenProvider) -> Self {
        self.settings.provider = Some(Box::new(provider));
        self
    }

    /// Signs with HTTP Basic (RFC 7617). The password may be empty, because some APIs need only the user
    /// name. It is also empty when the environment is read and has none.
    pub fn basic(mut self, user: impl Into<String>, password: impl Into<Secret<String>>) -> Self {
        self.settings.given.basic = Some((user.into(), password.into()));
        self
    }

    /// Signs with this API key.
    pub fn api_key(mut self, key: impl Into<Secret<String>>) -> Self {
        self.settings.given.api_key = Some(key.into());
        self
    }

    /// Signs with this credential, if the API's own HTTP scheme is neither bearer nor basic. It is sent
    /// after the scheme's name in `Authorization`.
    pub fn http_credential(mut self, credential: impl Into<Secret<String>>) -> Self {
        self.settings.given.http = Some(credential.into());
        self
    }

    /// Lets a client that [reads the environment](Self::read_env) be built without credentials:
    /// for an API whose operations all do without, or can be signed with another scheme. Emitted
    /// crates call this.
    pub fn optional_credentials(mut self) -> Self {
        self.settings.optional_credentials = true;
        self
    }

    /// Names the schemes that operations are signed with beside or in place of the client's own, before
    /// the environment is read for them. Emitted crates call this.
    pub fn schemes(mut self, schemes: &'static [Scheme]) -> Self {
        self.settings.schemes = schemes;
        self
    }

    /// Signs with this credential where an operation names the security scheme, by its name in the
    /// API's document. Operations that name no scheme are signed with what the client signs in with.
    pub fn credential(mut self, scheme: &str, credential: Credential) -> Self {
        self.settings
            .credentials
            .push((scheme.to_owned(), credential));
        self
    }

    /// Longest time to connect, TLS included. Ten seconds unless set.
    pub fn connect_timeout(mut self, time: Duration) -> Self {
        self.settings.connect_timeout = time;
        self
    }

    /// Longest time for one exchange, from connecting to the last byte of the body. Sixty seconds
    /// unless set. A call that has to fetch a token first, to replay after a refused token, or to try
    /// again after a failure makes further exchanges with the same limit each;
    /// [`deadline`](Self::deadline) and [`Request::timeout`] set one limit for all of a call.
    ///
    /// [`Request::timeout`]: crate::Request::timeout
    pub fn timeout(mut self, time: Duration) -> Self {
        self.settings.limits.time = time;
        self
    }

    /// Longest time for a call as a whole: signing in, waiting for the rate limit, all attempts and the
    /// waits between them. Five minutes unless set, or [`timeout`](Self::timeout) where that is longer. A wait that would last longer is not begun; the call
    /// then ends with its last failure. A call that has a [`timeout`](crate::Request::timeout) of its own
    /// has that instead.
    ///
    /// With [`Request::send_stream`](crate::Request::send_stream), to the answer's headers.
    pub fn deadline(mut self, time: Duration) -> Self {
        self.settings.limits.call = Some(time);
        self
    }

    /// How often calls are made again when they fail, and after which waits; see [`RetryPolicy`] for
    /// which calls and which failures. [`RetryPolicy::default`] unless set.
    ///
    /// Repeats are never more than a tenth of the calls that this client and its clones make, or ten for
    /// the first hundred calls, but for those after an answer of 429: a server that is down must not get
    /// many times the load.
    pub fn retries(mut self, policy: RetryPolicy) -> Self {
        self.settings.retries = Some(policy);
        self
    }

    /// Sends no more requests than this, over this client and all its clones, in place of the limit that
    /// the API is known to have; `None` for no limit.
    ///
    /// Calls wait for their turn, first come, first served, and no more requests than the limit's count
    /// reach the server in any window of its length. With a limit, the client also keeps the pauses that
    /// the server asks for: `Retry-After` of a 429, and `X-RateLimit-Reset` in seconds where
    /// `X-RateLimit-Remaining` is 0. A call whose turn does not come in its time fails with
    /// [`Error::RateLimit`](crate::Error::RateLimit) and was not sent. Several clients, or
    /// several processes, share no limit: give each its part.
    ///
    /// A token that is fetched from the same server counts as a request.
    pub fn rate_limit(mut self, limit: Option<RateLimit>) -> Self {
        self.settings.rate_limit = Some(limit);
        self
    }

    /// Calls this after each attempt of a call, for logs and metrics: what was tried, how it ended, how
    /// long it took, and how long is waited before the next. It holds nothing secret. A replay with a new
    /// token, after an answer of 401, belongs to its attempt. The last call of this wins.
    ///
    /// ```
    /// # fn build(builder: sdk_runtime::ClientBuilder) -> Result<sdk_runtime::Client, sdk_runtime::ConfigError> {
    /// let client = builder
    ///     .on_attempt(|attempt| {
    ///         let (operation, number) = (attempt.operation(), attempt.number());
    ///         eprintln!("{operation}, attempt {number}: {:?}", attempt.outcome());
    ///     })
    ///     .build()?;
    /// # Ok(client) }
    /// ```
    pub fn on_attempt(mut self, observer: impl Fn(&Attempt<'_>) + Send + Sync + 'static) -> Self {
        self.settings.observer = Some(Box::new(observer));
        self
    }

    /// Puts a layer of [`tower`](crate::tower) around the HTTP client: for traces, metrics, recording, a
    /// transport of one's own. Of several layers, the first sees a request first. Each attempt passes
    /// through them, signed and within its time; an error of a layer, other than the HTTP client's own,
    /// ends the call. Token requests do not pass through layers.
    ///
    /// A layer sees credentials. One that sends a request several times breaks the
    /// [rate limit](Self::rate_limit).
    pub fn layer<L>(mut self, layer: L) -> Self
    where
        L: Layer<HttpService> + Send + Sync + 'static,
        L::Service: tower::Service<reqwest::Request, Response = reqwest::Response>
            + Clone
            + Send
            + Sync
            + 'static,
        <L::Service as tower::Service<reqwest::Request>>::Error: Into<BoxError>,
        <L::Service as tower::Service<reqwest::Request>>::Future: Send + 'static,
    {
        self.settings.layers.push(http::wrap(layer));
        self
    }

    /// Longest body of a success that is read into memory, in bytes, after any decompression. 256 MiB
    /// unless set. A call whose answer is longer fails with [`Error::TooLarge`]; so does a stream with
    /// a line or an event that is longer, with an error of its own.
    /// [`Request::send_stream`] reads a body of any length in chunks.
    ///
    /// What comes before the body is limited too, by the HTTP library: to 100 headers and about 400
    /// KiB with HTTP/1.1, to 16 KiB of headers with HTTP/2.
    ///
    /// [`Error::TooLarge`]: crate::Error::TooLarge
    /// [`Request::send_stream`]: crate::Request::send_stream
    pub fn max_answer_size(mut self, bytes: usize) -> Self {
        self.settings.limits.answer = bytes;
        self
    }

    /// Longest body of a refusal that is kept for its error, in bytes. 4 MiB unless set; what is
    /// longer is cut there.
    pub fn max_error_size(mut self, bytes: usize) -> Self {
        self.settings.limits.refusal = bytes;
        self
    }

    /// Sends a header with every request. An operation's own header of the same name wins. Requests
    /// to a token endpoint on another host do not get it.
    pub fn default_header(mut self, name: &str, value: &str) -> Self {
        self.settings.headers.push((name.to_owned(), value.into()));
        self
    }

    /// Replaces the `User-Agent`, which is the emitted crate's name and version unless set; with an
    /// [HTTP client of one's own](Self::http_client), what that one sends.
    pub fn user_agent(mut self, text: impl Into<String>) -> Self {
        self.settings.user_agent = Some(text.into());
        self
    }

    /// Sends through this HTTP client: for a proxy, root certificates of your own and the like. Its
    /// settings apply: its user agent and default headers are sent, the shorter of its time limit and
    /// [`timeout`](Self::timeout) ends a call, and
    /// [`connect_timeout`](Self::connect_timeout) has no effect. Build it with
    /// [`reqwest::redirect::Policy::none`], so that a redirect cannot take an API key to another host.
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.settings.http = Some(client);
        self
    }

    /// Sets the URL that tokens are fetched from, in place of the document's: absolute, or a path
    /// behind scheme and host of the base URL.
    pub fn token_url(mut self, url: impl Into<String>) -> Self {
        self.settings.token_url = Some(url.into());
        self
    }

    /// Allows a base URL and a token URL that are plain `http` to another machine. Otherwise
    /// [`build`](Self::build) refuses them, because everybody on the way can read credentials and data.
    /// For networks that nobody else can read, such as between containers of one host.
    pub fn allow_plain_http(mut self) -> Self {
        self.settings.allows_plain_http = true;
        self
    }

    #[cfg(feature = "testing")]
    pub(crate) fn settings_mut(&mut self) -> &mut Settings {
        &mut self.settings
    }

    /// Checks the settings and builds the client. Nothing is sent.
    ///
    /// # Errors
    /// When settings are missing, which are then all named, or when one cannot be used.
    pub fn build(self) -> Result<C, ConfigError> {
        self.settings.build().map(C::from)
    }
}

/// Names the API alone: the settings hold credentials.
impl<C> fmt::Debug for ClientBuilder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("service", &self.settings.service.name)
            .finish_non_exhaustive()
    }
}

//! What is fixed about one API: its servers, how it signs in, which environment variables configure
//! it, and where its error bodies keep their message. The generator emits one [`Service`] per crate
//! as a `static`; everything else in this crate reads it.

use crate::config_file::ConfigFile;
use crate::rate_limit::RateLimit;

/// All that is fixed about one API.
#[derive(Clone, Copy, Debug)]
pub struct Service {
    /// The emitted crate's name; sent as `User-Agent: name/version`.
    pub name: &'static str,
    /// The emitted crate's version.
    pub version: &'static str,
    /// Scheme, host and whatever prefix a proxy would replace, such as
    /// `https://{tenant}.api.identitynow.com`.
    pub origin: &'static str,
    /// Path of the document's server URL, such as `/v3`, or empty.
    pub base_path: &'static str,
    /// The variables that [`origin`](Self::origin) and [`base_path`](Self::base_path) name in
    /// braces.
    pub variables: &'static [ServerVariable],
    /// How operations prove who calls.
    pub auth: Auth,
    /// Names of the environment variables that configure a client.
    pub env: Environment,
    /// Where error bodies keep their message and tracking id.
    pub errors: ErrorShape,
    /// The file in which the vendor's tools keep settings.
    pub config_file: Option<ConfigFile>,
    /// How many requests the API takes in which time, which clients keep unless
    /// [told otherwise](crate::ClientBuilder::rate_limit).
    pub rate_limit: Option<RateLimit>,
}

impl Service {
    /// The variable that stands for the whole origin: the document leaves to the caller where the API is.
    pub(crate) fn origin_variable(&self) -> Option<&'static str> {
        let name = self.origin.strip_prefix('{')?.strip_suffix('}')?;
        (!name.contains(['{', '}'])).then_some(name)
    }
}

/// One `{name}` of a server URL.
#[derive(Clone, Copy, Debug)]
pub struct ServerVariable {
    /// The name between the braces.
    pub name: &'static str,
    /// Used when nobody gives a value. Empty means that the caller must give one: a document's
    /// placeholder must not become the host that receives credentials.
    pub default: &'static str,
    /// The environment variable that holds its value.
    pub env: Option<&'static str>,
}

/// How an API's operations prove who calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Auth {
    /// Not at all.
    None,
    /// A token that the caller supplies (RFC 6750).
    Bearer,
    /// A user name and a password that the caller supplies (RFC 7617).
    Basic,
    /// A credential that the caller supplies, under another HTTP scheme (RFC 9110, section 11.1).
    Http {
        /// The scheme's name, such as `SharedAccessKey`.
        scheme: &'static str,
    },
    /// A key that the caller supplies.
    ApiKey {
        /// Where the key goes.
        location: ApiKeyLocation,
        /// Name of the header, query parameter or cookie.
        name: &'static str,
    },
    /// A token fetched with a client id and secret (RFC 6749, section 4.4).
    ClientCredentials {
        /// Absolute, or starting with `/` and then relative to the base URL without its base path.
        token_url: &'static str,
        /// Shape of the token request.
        request: TokenRequest,
        /// Scopes to ask for; with none the parameter is left out.
        scopes: &'static [&'static str],
    },
}

/// Where an API key goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApiKeyLocation {
    /// A request header.
    Header,
    /// A query parameter.
    Query,
    /// A cookie.
    Cookie,
}

/// How a token endpoint wants to be told the client id and secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TokenRequest {
    /// Both in the form body (RFC 6749, section 2.3.1, second way).
    Form,
    /// HTTP Basic, with the grant type in a JSON body.
    BasicJson,
    /// HTTP Basic, with the grant type in a form body (RFC 6749, section 2.3.1, first way).
    BasicForm,
}

/// Names of the environment variables that configure a client.
#[derive(Clone, Copy, Debug)]
pub struct Environment {
    /// Holds the base URL.
    pub base_url: Option<&'static str>,
    /// Holds the client id; with [`Auth::Basic`], the user name.
    pub client_id: Option<&'static str>,
    /// Holds the client secret; with [`Auth::Basic`], the password, which is empty where the variable
    /// is not set.
    pub client_secret: Option<&'static str>,
    /// Holds the bearer token; with [`Auth::ApiKey`], the key; with [`Auth::Http`], the credential.
    pub token: Option<&'static str>,
}

impl Environment {
    /// Nothing is read.
    pub const NONE: Self = Self {
        base_url: None,
        client_id: None,
        client_secret: None,
        token: None,
    };
}

/// Where an API's error bodies keep what a person wants to read.
#[derive(Clone, Copy, Debug)]
pub struct ErrorShape {
    /// JSON pointers (RFC 6901) to the message, tried in order; the first that holds text wins.
    pub message: &'static [&'static str],
    /// JSON pointers to the id under which the server logged the failure, tried in order.
    pub tracking_id: &'static [&'static str],
    /// Response headers that carry such an id, tried after the pointers.
    pub tracking_headers: &'static [&'static str],
}

impl ErrorShape {
    /// The places that most APIs use, among them OAuth 2.0 (RFC 6749) and problem details (RFC
    /// 9457).
    pub const GENERIC: Self = Self {
        message: &[
            "/message",
            "/error/message",
            "/error_description",
            "/error",
            "/detail",
            "/title",
        ],
        tracking_id: &[
            "/trackingId",
            "/tracking_id",
            "/requestId",
            "/request_id",
            "/traceId",
        ],
        tracking_headers: &["x-request-id", "x-correlation-id", "x-trace-id"],
    };
}

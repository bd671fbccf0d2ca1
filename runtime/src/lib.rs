//! The part of an API client that is the same for every API.
//!
//! The generator emits one crate per API. Such a crate holds a `static` [`Service`] (everything
//! that is fixed about its API), types, and methods of a few lines each. A method names its HTTP
//! method, its path template, its parameters, and the types of its result and its error; the rest
//! is done here, once:
//!
//! | module | job |
//! |---|---|
//! | `service` | what is fixed about one API |
//! | `builder`, `environment`, `config_file`, `settings`, `config`, `client` | settings from calls and the environment; the base URL |
//! | `request_builder`, `request`, `outgoing`, `url` | an operation's parameters and body, put together |
//! | `tree`, `style`, `encode`, `cookie` | values to path segments, query pairs, headers and cookies |
//! | `body`, `progress`, `form`, `file`, `media_type` | bytes, streams, forms and multipart bodies |
//! | `auth`, `scheme`, `token`, `provider` | credentials; one token shared by all clones of a client |
//! | `call`, `retry`, `deadline`, `attempt` | one call: how often it is attempted, after which waits, until when; who is told |
//! | `rate_limit` | when each request may be sent, so that a server's limit is never exceeded |
//! | `send`, `http`, `receive`, `decode`, `response`, `download` | one exchange, and the answer's body to a type or in chunks |
//! | `paging` | lists that come in pages, by page and by item |
//! | `job` | waiting for work that a server continues after its answer |
//! | `blocking` | calls from code that is not async (feature `blocking`) |
//! | `trace` | what calls tell `tracing` (feature `tracing`) |
//! | `scopes` | operations to the fewest scopes that a token needs for them |
//! | `headers` | an answer's declared headers to their types |
//! | `events`, `lines` | chunks to server-sent events, and to JSON values a line |
//! | `error`, `redact` | why a call failed, with the server's own words and no credential |
//! | `reading` | from JSON to a type, strictly first; what was not as documented |
//! | `record`, `union`, `scalar`, `macros` | what reads and writes emitted models |
//! | `number`, `sending` | how numbers are written; what only the server sets is not sent |
//! | `filter` | what a caller filters and orders by, to the text of a query parameter |
//! | `secret`, `nullable`, `unknown`, `date`, `base64`, `patch` | types that emitted models are made of |
//! | `testing` | a local server that plays one operation's answers (feature `testing`) |
//! | `mock` | a local server that plays a whole API from its description (feature `mock`) |
//!
//! An emitted method and its call:
//!
//! ```
//! use sdk_runtime::{Auth, Client, ClientBuilder, Environment, ErrorShape, Service};
//! use sdk_runtime::{Method, NoErrorBody, Request};
//!
//! static SERVICE: Service = Service {
//!     name: "pets",
//!     version: "0.1.0",
//!     origin: "https://api.example.com",
//!     base_path: "/v1",
//!     variables: &[],
//!     auth: Auth::Bearer,
//!     env: Environment::NONE,
//!     errors: ErrorShape::GENERIC,
//!     rate_limit: None, config_file: None,
//! };
//!
//! fn pet_name(client: &Client, id: &str) -> Request<String, NoErrorBody> {
//!     client.request(Method::GET, "/pets/{id}/name").path("id", id).returns_json()
//! }
//!
//! # async fn call() -> Result<(), Box<dyn std::error::Error>> {
//! let client: Client = ClientBuilder::new(&SERVICE).bearer_token("t").build()?;
//! let name = pet_name(&client, "rex").await?;
//! # Ok(()) }
//! ```
//!
//! A call is retried when its failure may be temporary and a retry does no harm, within one time limit
//! for all attempts and a budget that all clones of a client share; see [`RetryPolicy`]. After an answer
//! of 401 to a token that this crate fetched itself, the call is made once more with a new token. A
//! request whose body is a stream is made once. Redirects are not followed. An answer is read whole into memory, up to
//! the client's limit, unless it is asked for in chunks. Plain `http` to another machine is refused.

mod attempt;
mod auth;
mod base64;
#[cfg(feature = "blocking")]
mod blocking;
mod body;
mod builder;
mod call;
mod client;
mod config;
mod config_file;
mod cookie;
mod date;
mod deadline;
mod decode;
mod download;
mod encode;
mod environment;
mod error;
mod events;
mod file;
pub mod filter;
mod form;
mod headers;
mod http;
mod job;
mod lines;
mod macros;
mod media_type;
#[cfg(feature = "mock")]
pub mod mock;
mod nullable;
mod number;
mod outgoing;
mod paging;
mod patch;
mod progress;
mod provider;
mod rate_limit;
mod reading;
mod receive;
#[doc(hidden)]
pub mod record;
mod redact;
mod request;
mod request_builder;
mod response;
mod retry;
mod scalar;
mod scheme;
pub mod scopes;
mod secret;
mod send;
mod sending;
mod service;
mod settings;
mod style;
#[cfg(feature = "testing")]
pub mod testing;
mod token;
mod union;
mod unknown;

pub use base64::{Base64, Base64Url};
mod trace;
mod tree;
mod url;

pub use attempt::{Attempt, AttemptFailure, AttemptOutcome};
#[cfg(feature = "blocking")]
pub use blocking::{BlockingDownload, BlockingIter};
pub use body::Body;
pub use builder::ClientBuilder;
pub use client::Client;
pub use config_file::ConfigFile;
pub use date::{Date, DateTime};
pub use decode::{AnswerBody, FromResponse};
pub use download::Download;
pub use error::{
    ApiError, AuthError, ConfigError, DecodeError, DecodeProblem, Error, ErrorBody, JobError,
    MissingBody, NoErrorBody, OperationName, PagingError, RateLimitError, RequestError, SaveError,
    StreamError, TooLarge, TransportError,
};
pub use events::{Event, Events};
pub use file::FilePart;
pub use filter::{Filter, Sort};
#[doc(hidden)]
pub use headers::header;
pub use http::HttpService;
pub use job::{Job, StartsJob, Waiting};
pub use lines::JsonLines;
pub use nullable::Nullable;
#[doc(hidden)]
pub use paging::IntoItems as __IntoItems;
pub use paging::{Items, Page, Paged, Pages, Paging, Place, Position};
pub use patch::{JsonPatch, JsonPatchOp, JsonPatchOperation};
pub use progress::Progress;
pub use provider::{AccessToken, ProviderError, ProviderFuture, TokenProvider};
pub use rate_limit::RateLimit;
pub use reading::{Deviation, Reading};
#[doc(hidden)]
pub use record as __record;
pub use request::{Operation, Request, Returning, SendFuture};
pub use request_builder::RequestBuilder;
pub use response::Response;
pub use retry::RetryPolicy;
pub use scheme::{Credential, Scheme};
pub use secret::Secret;
pub use service::{
    ApiKeyLocation, Auth, Environment, ErrorShape, ServerVariable, Service, TokenRequest,
};
pub use style::Style;

pub use unknown::UnknownMembers;

/// Instants and dates, for [`DateTime::parse`] and [`Date::parse`].
#[cfg(feature = "jiff")]
#[doc(no_inline)]
pub use jiff;
/// Patches that are computed, for [`JsonPatch`].
#[cfg(feature = "json-patch")]
#[doc(no_inline)]
pub use json_patch;
/// The HTTP library, for [`ClientBuilder::http_client`].
#[doc(no_inline)]
pub use reqwest;
pub use reqwest::{Method, StatusCode, header::HeaderMap};
pub use serde_json::{Value, json};
/// What layers are made with, for [`ClientBuilder::layer`].
#[doc(no_inline)]
pub use tower;

#[doc(hidden)]
pub use reading::Fault as __Fault;
#[doc(hidden)]
pub use scalar::{read_enum as __read_enum, read_scalar as __read_scalar};
#[doc(hidden)]
pub use serde;
#[doc(hidden)]
pub use union::{
    Candidate as __Candidate, decode as __decode, members_of as __members_of,
    read_union as __read_union, write_variant as __write_variant,
};

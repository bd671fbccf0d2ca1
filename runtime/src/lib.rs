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
//! | `builder`, `environment`, `settings`, `config`, `client` | settings from calls and the environment; the base URL |
//! | `request`, `encode` | parameters to URL, headers and body |
//! | `auth`, `token` | credentials; one token shared by all clones of a client |
//! | `send`, `decode` | the exchange, and the answer's body to a type |
//! | `error` | why a call failed, with the server's own words |
//! | `secret`, `nullable`, `date`, `base64`, `union`, `scalar`, `macros` | types that emitted models are made of |
//! | `testing` | a local server that plays one operation's answers (feature `testing`) |
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
//! Sending never retries, with one exception: an answer of 401 to a token that this crate fetched
//! itself is met with a new token and one replay. Redirects are not followed. A body is read whole
//! into memory, without a cap.

mod auth;
mod base64;
mod builder;
mod client;
mod config;
mod date;
mod decode;
mod encode;
mod environment;
mod error;
mod macros;
mod nullable;
mod request;
mod scalar;
mod secret;
mod send;
mod service;
mod settings;
#[cfg(feature = "testing")]
pub mod testing;
mod token;
mod union;

pub use base64::Base64;
pub use builder::ClientBuilder;
pub use client::Client;
pub use config::ConfigError;
pub use date::{Date, DateTime};
pub use decode::Response;
pub use error::{
    ApiError, AuthError, DecodeError, DecodeProblem, Error, ErrorBody, ErrorResponse, NoErrorBody,
    OperationName, RequestError, TransportError,
};
pub use nullable::Nullable;
pub use request::{Operation, Request, RequestBuilder, SendFuture};
pub use secret::Secret;
pub use service::{
    ApiKeyLocation, Auth, Environment, ErrorShape, ServerVariable, Service, TokenRequest,
};

/// The HTTP library, for [`ClientBuilder::http_client`].
#[doc(no_inline)]
pub use reqwest;
pub use reqwest::{Method, StatusCode, header::HeaderMap};
pub use serde_json::{Value, json};

#[doc(hidden)]
pub use serde;
#[doc(hidden)]
pub use union::{
    Candidate as __Candidate, decode as __decode, fields_of as __fields_of,
    read_union as __read_union, write_variant as __write_variant,
};

//! How callers prove who they are, and what operations ask for.

use super::Extensions;
use crate::pointer::JsonPointer;
use indexmap::IndexMap;

/// One way to be let in: every scheme in it is needed. An empty one means that nothing is needed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SecurityAlternative {
    /// The schemes that are needed together.
    pub schemes: Vec<SchemeRequirement>,
    /// Where it stands.
    pub pointer: JsonPointer,
}

/// A scheme that is needed.
#[derive(Clone, Debug, PartialEq)]
pub struct SchemeRequirement {
    /// The scheme's name among the components.
    pub scheme: String,
    /// The scopes (or, in 3.1, roles) that are asked for.
    pub scopes: Vec<String>,
}

/// A security scheme.
#[derive(Clone, Debug, PartialEq)]
pub struct SecurityScheme {
    /// `description`.
    pub description: Option<String>,
    /// How it works.
    pub kind: SchemeKind,
    /// Its extensions.
    pub extensions: Extensions,
    /// Where it stands.
    pub pointer: JsonPointer,
}

/// The kinds of security scheme.
#[derive(Clone, Debug, PartialEq)]
pub enum SchemeKind {
    /// `apiKey`.
    ApiKey {
        /// `in`.
        location: ApiKeyLocation,
        /// `name` of the header, parameter or cookie.
        name: String,
    },
    /// `http`.
    Http {
        /// `scheme`, as the author wrote it.
        scheme: String,
        /// `bearerFormat`.
        bearer_format: Option<String>,
    },
    /// `mutualTLS` (3.1).
    MutualTls,
    /// `oauth2`.
    OAuth2 {
        /// `flows`.
        flows: Box<Flows>,
    },
    /// `openIdConnect`.
    OpenIdConnect {
        /// `openIdConnectUrl`.
        url: String,
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

/// The flows of OAuth 2.0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Flows {
    /// `implicit`.
    pub implicit: Option<Flow>,
    /// `password`.
    pub password: Option<Flow>,
    /// `clientCredentials`.
    pub client_credentials: Option<Flow>,
    /// `authorizationCode`.
    pub authorization_code: Option<Flow>,
    /// Their extensions.
    pub extensions: Extensions,
}

/// A flow of OAuth 2.0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Flow {
    /// `authorizationUrl`, where the flow has one.
    pub authorization_url: Option<String>,
    /// `tokenUrl`, where the flow has one.
    pub token_url: Option<String>,
    /// `refreshUrl`.
    pub refresh_url: Option<String>,
    /// `scopes`, with what each allows.
    pub scopes: IndexMap<String, String>,
    /// Its extensions.
    pub extensions: Extensions,
    /// Where it stands.
    pub pointer: JsonPointer,
}

//! The neutral model: what a document means, with no Rust in it.
//!
//! The lower phase makes it from `openapiv3::OpenAPI`; the name and view phases read it. Wire names are kept as
//! they are, types refer to each other by [`TypeId`], and every item remembers the pointer that it came from.

mod types;

pub use types::{
    Enum, EnumValue, Field, Flattened, Shape, Struct, Type, TypeDef, TypeId, Types, Union, Usage,
    Variant,
};

use crate::pointer::JsonPointer;
use indexmap::IndexMap;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;

/// A name as it stands in the document and on the wire.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WireName(pub String);

impl WireName {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for WireName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A whole API.
#[derive(Debug)]
pub struct Api {
    /// `info.title`.
    pub title: String,
    /// `info.version`.
    pub version: String,
    /// `info.description`.
    pub description: Option<String>,
    /// The server that clients talk to by default; the first one of the document.
    pub server: Server,
    /// The security schemes, by their names in the document.
    pub security_schemes: IndexMap<String, SecurityScheme>,
    /// The tags that have operations, in the document's order; operations without a tag share one of ours.
    pub tags: Vec<Tag>,
    /// The operations, in the document's order.
    pub operations: Vec<Operation>,
    /// The sets of error answers; the first is the one that operations share.
    pub error_sets: Vec<ErrorSet>,
    /// The types that have a name.
    pub types: Types,
}

/// A server URL taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    /// Scheme and host, with `{variables}`.
    pub origin: String,
    /// The path, without a slash at its end.
    pub path: String,
    /// The variables that the URL names.
    pub variables: Vec<ServerVariable>,
}

/// A variable of a server URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerVariable {
    /// Its name, without braces.
    pub name: String,
    /// What it is unless somebody says otherwise.
    pub default: String,
    /// What it is for.
    pub description: Option<String>,
}

/// How callers prove who they are.
#[derive(Clone, Debug)]
pub struct SecurityScheme {
    /// Its name in the document.
    pub name: String,
    /// What it is for.
    pub description: Option<String>,
    /// How it works.
    pub kind: SecurityKind,
}

/// The kinds of security scheme that clients can use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecurityKind {
    /// OAuth 2.0 client credentials (RFC 6749, 4.4).
    ClientCredentials {
        /// Where tokens come from, as the document has it.
        token_url: String,
        /// The scopes, with what each allows.
        scopes: Vec<(String, String)>,
    },
    /// A token that the caller brings: HTTP bearer, OpenID Connect, or an OAuth 2.0 flow that needs a person.
    Bearer,
    /// HTTP Basic.
    Basic,
    /// A key in a header, a query parameter or a cookie.
    ApiKey {
        /// Where it goes.
        location: ApiKeyLocation,
        /// The header, parameter or cookie.
        name: String,
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

/// A group of operations.
#[derive(Clone, Debug)]
pub struct Tag {
    /// Its name in the document.
    pub name: String,
    /// What its operations are about.
    pub description: Option<String>,
}

/// The place of a tag in [`Api::tags`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TagId(pub usize);

/// The place of an operation in [`Api::operations`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OperationId(pub usize);

/// One method of one path.
#[derive(Debug)]
pub struct Operation {
    /// `operationId`, or one made from method and path.
    pub id: String,
    /// The tag under which it is emitted: its first.
    pub tag: TagId,
    /// The HTTP method, in capitals.
    pub method: &'static str,
    /// The path, with `{parameters}`.
    pub path: String,
    /// One line.
    pub summary: Option<String>,
    /// More than one line.
    pub description: Option<String>,
    /// A page about it elsewhere.
    pub external_docs: Option<String>,
    /// Whether callers should move away from it.
    pub deprecated: bool,
    /// The parameters, path parameters first in the order of the path, then the document's order.
    pub parameters: Vec<Parameter>,
    /// What is sent.
    pub body: Option<Body>,
    /// Every declared response, by status.
    pub responses: Vec<Response>,
    /// What its refusals are read as.
    pub errors: ErrorSetId,
    /// What the operation asks for; empty when it may be called without credentials.
    pub security: Vec<SecurityRequirement>,
    /// Where it stands.
    pub pointer: JsonPointer,
}

impl Operation {
    /// `METHOD /path`, as diagnostics and reports name an operation.
    pub fn label(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    /// Gives `change` every type that the operation names itself.
    pub fn each_type_mut(&mut self, change: &mut impl FnMut(&mut Type)) {
        let contents = self.body.iter_mut().map(|body| &mut body.content);
        let responses = self.responses.iter_mut();
        for parameter in &mut self.parameters {
            change(&mut parameter.ty);
        }
        for content in contents {
            content.encoding.type_mut().map(&mut *change);
        }
        for response in responses {
            if let Some(content) = &mut response.content {
                content.encoding.type_mut().map(&mut *change);
            }
            for header in &mut response.headers {
                change(&mut header.ty);
            }
        }
    }

    /// The response that the method returns: the lowest 2xx with a body, else the lowest 2xx, else the default one.
    pub fn success(&self) -> Option<&Response> {
        let successes = || {
            self.responses
                .iter()
                .filter(|response| response.status.is_success())
        };
        successes()
            .find(|response| response.content.is_some())
            .or_else(|| successes().next())
            .or_else(|| {
                let default = self
                    .responses
                    .iter()
                    .find(|response| response.status == Status::Default)?;
                // Only where nothing at all is declared as an error does the default stand for the success.
                self.responses
                    .iter()
                    .all(|response| response.status == Status::Default)
                    .then_some(default)
            })
    }

    /// The responses that are refusals.
    pub fn refusals(&self) -> impl Iterator<Item = &Response> {
        let success = self.success().map(|response| response.status);
        self.responses
            .iter()
            .filter(move |response| Some(response.status) != success && response.status.is_error())
    }
}

/// Error answers, by status; declared by one operation or, merged, by many.
#[derive(Debug, Default, PartialEq)]
pub struct ErrorSet {
    /// The operation whose answers contradict the shared set; `None` for the shared set.
    pub owner: Option<OperationId>,
    /// How the body of each status is read; statuses without a body that can be typed are not here.
    pub answers: BTreeMap<Status, Encoding>,
}

/// The place of a set in [`Api::error_sets`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ErrorSetId(pub usize);

/// One way to be let in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecurityRequirement {
    /// The scheme's name in the document.
    pub scheme: String,
    /// The scopes asked for.
    pub scopes: Vec<String>,
}

/// Where a parameter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Location {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// In a header.
    Header,
    /// In a cookie.
    Cookie,
}

/// A parameter of an operation.
#[derive(Debug)]
pub struct Parameter {
    /// Its name on the wire.
    pub wire: WireName,
    /// Where it goes.
    pub location: Location,
    /// Whether a call makes no sense without it.
    pub required: bool,
    /// What it is for.
    pub description: Option<String>,
    /// Its type.
    pub ty: Type,
    /// What the server takes it to be when it is left out.
    pub default: Option<Value>,
    /// A value to show.
    pub example: Option<Value>,
    /// Whether callers should move away from it.
    pub deprecated: bool,
    /// Limits, in words.
    pub constraints: Vec<String>,
}

/// A request body.
#[derive(Debug)]
pub struct Body {
    /// Whether a call makes no sense without it.
    pub required: bool,
    /// What it is for.
    pub description: Option<String>,
    /// What it holds.
    pub content: Content,
}

/// A body's media type and what is in it.
#[derive(Debug)]
pub struct Content {
    /// The media type as the document has it.
    pub media_type: String,
    /// How it is read and written.
    pub encoding: Encoding,
    /// A value to show.
    pub example: Option<Value>,
}

/// How a body is read and written.
#[derive(Clone, Debug, PartialEq)]
pub enum Encoding {
    /// JSON of this type.
    Json(Type),
    /// Text.
    Text,
    /// Anything else.
    Bytes,
}

impl Encoding {
    /// The type that is read or written, where there is one.
    pub fn type_mut(&mut self) -> Option<&mut Type> {
        match self {
            Self::Json(ty) => Some(ty),
            Self::Text | Self::Bytes => None,
        }
    }
}

/// A declared response.
#[derive(Debug)]
pub struct Response {
    /// Its status.
    pub status: Status,
    /// What it means.
    pub description: String,
    /// What it carries.
    pub content: Option<Content>,
    /// The media type that it is declared with, though nothing may be known of what is in it.
    pub media_type: Option<String>,
    /// The headers that it tells of.
    pub headers: Vec<Header>,
}

/// A response header.
#[derive(Debug)]
pub struct Header {
    /// Its name.
    pub name: String,
    /// What it tells.
    pub description: Option<String>,
    /// A value to show.
    pub example: Option<Value>,
    /// Its type.
    pub ty: Type,
}

/// A status of a response, as documents write it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// One code.
    Code(u16),
    /// `4XX`: the hundred that starts here.
    Range(u16),
    /// `default`: whatever is not declared otherwise.
    Default,
}

impl Status {
    /// Whether it is a 2xx.
    pub fn is_success(self) -> bool {
        matches!(self, Self::Code(200..=299) | Self::Range(200))
    }

    /// Whether it is a refusal: neither a 1xx, 2xx nor a 3xx.
    pub fn is_error(self) -> bool {
        !matches!(self, Self::Code(100..=399) | Self::Range(100..=399))
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => write!(f, "{code}"),
            Self::Range(start) => write!(f, "{}XX", start / 100),
            Self::Default => f.write_str("default"),
        }
    }
}

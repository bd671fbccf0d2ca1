//! The neutral model: what a document means, with no Rust in it.
//!
//! The plan makes it from the facts; the name and view phases read it. Wire names are kept as
//! they are, types refer to each other by [`TypeId`], and every item remembers the pointer that it came from.

mod access;
mod filters;
mod headers;
mod index;
mod list;
mod paging;
mod titled;
mod types;
mod wire;

pub use access::Access;
pub use filters::{
    Combination, Expression, FieldKind, Filter, FilterField, FilterOperator, OperatorSet,
    OperatorSetId, Sort, SortField,
};
pub use headers::{HeaderField, HeaderSet, HeaderSetId};
pub use list::{TypeId, Types};
pub use paging::{OperationJob, OperationPaging};
pub use titled::Titled;
pub use types::{
    Enum, EnumValue, Field, Flattened, Presence, Shape, Struct, Type, TypeDef, Union, Usage,
    Variant,
};
pub use wire::{
    Body, Content, Encoding, Header, Location, MemberEncoding, Outcome, Parameter, ParameterStyle,
    Pieces, Response, Status, StyleKind,
};

pub use crate::plan::names::RustIdent;
use crate::pointer::JsonPointer;
use indexmap::IndexMap;
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
    /// The structs of headers that answers declare.
    pub header_sets: Vec<HeaderSet>,
    /// The sets of operators that fields of filters take.
    pub operator_sets: Vec<OperatorSet>,
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
    /// Whether it is a key in the header `Authorization`, before which target.toml may put the name of an HTTP scheme.
    pub has_prefix: bool,
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
    /// Another HTTP scheme, under its own name.
    Http {
        /// The name, as the document spells it.
        scheme: String,
    },
    /// A key in a header, a query parameter or a cookie.
    ApiKey {
        /// Where it goes.
        location: ApiKeyLocation,
        /// The header, parameter or cookie.
        name: String,
    },
    /// A certificate that the connection shows; no request carries it.
    MutualTls,
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
#[derive(Clone, Debug, Default)]
pub struct Tag {
    /// Its name in the document.
    pub name: String,
    /// What its operations are about.
    pub description: Option<String>,
    /// Its module, and the method of the client that leads to it.
    pub module: RustIdent,
    /// The struct that has its operations.
    pub api: RustIdent,
    /// Its Cargo feature.
    pub feature: String,
    /// Its documentation page, without extension.
    pub page: String,
    /// Its name in the front matter of a portal.
    pub label: String,
}

/// The place of a tag in [`Api::tags`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TagId(pub usize);

/// The place of an operation in [`Api::operations`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OperationId(pub usize);

/// The place of a file of models in [`Plan::modules`](crate::plan::Plan::modules).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ModuleId(pub usize);

/// One method of one path.
#[derive(Debug)]
pub struct Operation {
    /// `operationId`, or one made from method and path.
    pub id: String,
    /// The tag under which it is emitted: its first.
    pub tag: TagId,
    /// The HTTP method, in capitals.
    pub method: &'static str,
    /// The path, with `{parameters}`; it may end with a query that tells the operation from others of the same path.
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
    /// The ways to be let in, of which one is enough; none when nothing is asked for.
    pub security_alternatives: Vec<SecurityAlternative>,
    /// Where it stands.
    pub pointer: JsonPointer,
    /// Its method in Rust.
    pub ident: RustIdent,
    /// The type of its request, where it has optional inputs.
    pub request: RustIdent,
    /// The enum of its answers, where they differ by status.
    pub response: Option<RustIdent>,
    /// The struct of the headers that its answers declare, where they do.
    pub headers: Option<HeaderSetId>,
    /// What it is called with.
    pub credentials: Credentials,
    /// What the caller must be allowed to do.
    pub access: Access,
    /// How it answers with a page of a list, where it does.
    pub paging: Option<OperationPaging>,
    /// Which job it starts, where it does and the job can be waited for.
    pub job: Option<OperationJob>,
    /// Whether the target says that calling it again does no harm, though its method does not.
    pub is_repeatable: bool,
}

/// What a call proves its right with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Credentials {
    /// What the client signs in with.
    #[default]
    Client,
    /// HTTP Basic, of the client's id and secret.
    Basic,
    /// Nothing.
    Anonymous,
    /// Schemes that the operation names itself: alternatives in the document's order, each of them schemes that are sent together.
    /// An empty one at the end says that the operation does without.
    Schemes(Vec<Vec<SchemeId>>),
}

/// The place of a scheme in [`ClientPlan::schemes`](crate::plan::ClientPlan::schemes).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SchemeId(pub usize);

impl Operation {
    /// Every scheme that some way to be let in asks for, in the document's order.
    pub fn requirements(&self) -> impl Iterator<Item = &SecurityRequirement> {
        let alternatives = self.security_alternatives.iter();
        alternatives.flat_map(|alternative| &alternative.requirements)
    }

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

    /// The responses of success: every 2xx; where there is none, the default one, unless a 3xx is what the operation is for.
    pub fn successes(&self) -> Vec<&Response> {
        let of = |wanted: fn(Status) -> bool| -> Vec<&Response> {
            let responses = self.responses.iter();
            responses
                .filter(|response| wanted(response.status))
                .collect()
        };
        let declared = of(Status::is_success);
        let mut responses = self.responses.iter();
        let redirects = responses.any(|response| response.status.is_redirect());
        if declared.is_empty() && !redirects {
            return of(|status| status == Status::Default);
        }
        declared
    }

    /// The success that stands for the others in documentation: the lowest with a body, else the lowest.
    pub fn success(&self) -> Option<&Response> {
        let successes = self.successes();
        let with_body = successes.iter().find(|response| response.content.is_some());
        with_body.or(successes.first()).copied()
    }

    /// What the method gives, all successes considered.
    pub fn outcome(&self) -> Outcome<'_> {
        Outcome::of(self.successes())
    }

    /// The responses that are refusals: a redirect that has a body is one as well, since nobody follows it.
    pub fn refusals(&self) -> impl Iterator<Item = &Response> {
        let successes: Vec<Status> = self
            .successes()
            .iter()
            .map(|response| response.status)
            .collect();
        self.responses.iter().filter(move |response| {
            let is_redirect = response.status.is_redirect() && response.content.is_some();
            !successes.contains(&response.status) && (response.status.is_error() || is_redirect)
        })
    }
}

/// Error answers, by status; declared by one operation or, merged, by many.
#[derive(Debug, Default, PartialEq)]
pub struct ErrorSet {
    /// The first of the operations whose answers contradict the shared set and that share this one; `None` for the shared set.
    pub owner: Option<OperationId>,
    /// How the body of each status is read; statuses without a body that can be typed are not here.
    pub answers: BTreeMap<Status, Encoding>,
    /// Its enum in Rust.
    pub ident: RustIdent,
}

/// The place of a set in [`Api::error_sets`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ErrorSetId(pub usize);

/// One way to be let in: every scheme in it is needed. An empty one means that nothing is needed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecurityAlternative {
    /// What is needed together.
    pub requirements: Vec<SecurityRequirement>,
    /// Where it stands.
    pub pointer: JsonPointer,
}

/// A scheme that is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecurityRequirement {
    /// The scheme's name in the document.
    pub scheme: String,
    /// The scopes asked for.
    pub scopes: Vec<String>,
}

//! Paths and their operations.

use super::{
    Extensions, ExternalDocs, Parameter, RequestBody, Responses, SecurityAlternative, Server, Use,
};
use crate::pointer::JsonPointer;
use indexmap::IndexMap;
use std::fmt;

/// A path, webhook or callback expression, with the operations that it has.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PathItem {
    /// The path, or the name or expression that stands in its place.
    pub path: String,
    /// `summary`.
    pub summary: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// `servers`: they stand for those of the document.
    pub servers: Vec<Server>,
    /// `parameters` that every operation has.
    pub parameters: Vec<Use<Parameter>>,
    /// The operations, in the order in which OpenAPI lists the methods.
    pub operations: Vec<Operation>,
    /// Its extensions.
    pub extensions: Extensions,
    /// Where it stands.
    pub pointer: JsonPointer,
}

/// A method of HTTP that OpenAPI has operations for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "they are HTTP's own words")]
pub enum Method {
    Get,
    Put,
    Post,
    Delete,
    Options,
    Head,
    Patch,
    Trace,
}

impl Method {
    /// The method in capitals, as HTTP writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Post => "POST",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
            Self::Head => "HEAD",
            Self::Patch => "PATCH",
            Self::Trace => "TRACE",
        }
    }

    /// The member of a path item that holds its operation.
    pub fn key(self) -> &'static str {
        match self {
            Self::Get => "get",
            Self::Put => "put",
            Self::Post => "post",
            Self::Delete => "delete",
            Self::Options => "options",
            Self::Head => "head",
            Self::Patch => "patch",
            Self::Trace => "trace",
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One method of one path.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// The method.
    pub method: Method,
    /// `operationId`.
    pub id: Option<String>,
    /// `tags`, all of them.
    pub tags: Vec<String>,
    /// `summary`.
    pub summary: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// `externalDocs`.
    pub external_docs: Option<ExternalDocs>,
    /// `deprecated`.
    pub deprecated: bool,
    /// `parameters` of its own.
    pub parameters: Vec<Use<Parameter>>,
    /// `requestBody`.
    pub request_body: Option<Use<RequestBody>>,
    /// `responses`.
    pub responses: Responses,
    /// `callbacks`, by name.
    pub callbacks: IndexMap<String, Use<Callback>>,
    /// `security`: the alternatives; `None` when those of the document hold, an empty list when none is asked for.
    pub security: Option<Vec<SecurityAlternative>>,
    /// `servers`: they stand for those of the path and of the document.
    pub servers: Vec<Server>,
    /// Its extensions.
    pub extensions: Extensions,
    /// Where it stands.
    pub pointer: JsonPointer,
}

/// A callback: what the server calls, by the expression that tells where.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Callback {
    /// The path items, by expression.
    pub paths: IndexMap<String, Use<PathItem>>,
    /// Its extensions.
    pub extensions: Extensions,
    /// Where it stands.
    pub pointer: JsonPointer,
}

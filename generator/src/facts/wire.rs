//! What goes over the wire: parameters, bodies, responses, headers, and the examples and links beside them.

use super::{Extensions, SchemaUse, Server, SharedValue, Use};
use crate::pointer::JsonPointer;
use indexmap::IndexMap;
use serde_json::Value;
use std::fmt;

/// Bodies by media type.
pub type Content = IndexMap<String, MediaType>;

/// A parameter of an operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// `name`.
    pub name: String,
    /// `in`.
    pub location: ParameterLocation,
    /// `description`.
    pub description: Option<String>,
    /// `required`.
    pub required: bool,
    /// `deprecated`; `None` when nothing is said.
    pub deprecated: Option<bool>,
    /// `allowEmptyValue`; `None` when nothing is said.
    pub allow_empty_value: Option<bool>,
    /// `style`: the one of the location, unless the author says otherwise.
    pub style: ParameterStyle,
    /// `explode`; `None` when nothing is said.
    pub explode: Option<bool>,
    /// `allowReserved`.
    pub allow_reserved: bool,
    /// `schema` or `content`.
    pub form: ValueForm,
    /// `example`.
    pub example: Option<SharedValue>,
    /// `examples`, by name.
    pub examples: IndexMap<String, Use<Example>>,
    /// Its extensions.
    pub extensions: Extensions,
    /// Where it stands.
    pub pointer: JsonPointer,
}

/// How the value of a parameter or a header is described.
#[derive(Clone, Debug, PartialEq)]
pub enum ValueForm {
    /// `schema`.
    Schema(SchemaUse),
    /// `content`.
    Content(Content),
}

/// Where a parameter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ParameterLocation {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// In a header.
    Header,
    /// In a cookie.
    Cookie,
}

/// The styles of OpenAPI 3.0.3, 4.7.12.3.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterStyle {
    /// `matrix`.
    Matrix,
    /// `label`.
    Label,
    /// `simple`.
    Simple,
    /// `form`.
    Form,
    /// `spaceDelimited`.
    SpaceDelimited,
    /// `pipeDelimited`.
    PipeDelimited,
    /// `deepObject`.
    DeepObject,
}

/// A request body.
#[derive(Clone, Debug, PartialEq)]
pub struct RequestBody {
    /// `description`.
    pub description: Option<String>,
    /// `content`.
    pub content: Content,
    /// `required`.
    pub required: bool,
    /// Its extensions.
    pub extensions: Extensions,
    /// Where it stands.
    pub pointer: JsonPointer,
}

/// What a body of one media type is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MediaType {
    /// `schema`.
    pub schema: Option<SchemaUse>,
    /// `example`.
    pub example: Option<SharedValue>,
    /// `examples`, by name.
    pub examples: IndexMap<String, Use<Example>>,
    /// `encoding` of the members of a form, by name.
    pub encoding: IndexMap<String, Encoding>,
    /// Its extensions.
    pub extensions: Extensions,
    /// Where it stands.
    pub pointer: JsonPointer,
}

/// How a member of a form is written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Encoding {
    /// `contentType`.
    pub content_type: Option<String>,
    /// `headers` of the part, by name.
    pub headers: IndexMap<String, Use<Header>>,
    /// `style`; `None` when nothing is said.
    pub style: Option<ParameterStyle>,
    /// `explode`.
    pub explode: bool,
    /// `allowReserved`.
    pub allow_reserved: bool,
    /// Its extensions.
    pub extensions: Extensions,
    /// Where it stands.
    pub pointer: JsonPointer,
}

/// The responses of an operation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Responses {
    /// By status, in the document's order; `default` comes last.
    pub by_status: Vec<(StatusCode, Use<Response>)>,
    /// Their extensions.
    pub extensions: Extensions,
}

/// A status, as documents write it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StatusCode {
    /// One code.
    Code(u16),
    /// `4XX`: the first digit.
    Range(u16),
    /// `default`.
    Default,
}

impl fmt::Display for StatusCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => write!(f, "{code}"),
            Self::Range(hundreds) => write!(f, "{hundreds}XX"),
            Self::Default => f.write_str("default"),
        }
    }
}

/// A declared response.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Response {
    /// `description`.
    pub description: String,
    /// `headers`, by name.
    pub headers: IndexMap<String, Use<Header>>,
    /// `content`.
    pub content: Content,
    /// `links`, by name.
    pub links: IndexMap<String, Use<Link>>,
    /// Its extensions.
    pub extensions: Extensions,
    /// Where it stands.
    pub pointer: JsonPointer,
}

/// A header of a response or of a part of a form.
#[derive(Clone, Debug, PartialEq)]
pub struct Header {
    /// `description`.
    pub description: Option<String>,
    /// `required`.
    pub required: bool,
    /// `deprecated`; `None` when nothing is said.
    pub deprecated: Option<bool>,
    /// `explode`; `None` when nothing is said.
    pub explode: Option<bool>,
    /// `schema` or `content`.
    pub form: ValueForm,
    /// `example`.
    pub example: Option<SharedValue>,
    /// `examples`, by name.
    pub examples: IndexMap<String, Use<Example>>,
    /// Its extensions.
    pub extensions: Extensions,
    /// Where it stands.
    pub pointer: JsonPointer,
}

/// A value to show.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Example {
    /// `summary`.
    pub summary: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// `value`.
    pub value: Option<SharedValue>,
    /// `externalValue`.
    pub external_value: Option<String>,
    /// Its extensions.
    pub extensions: Extensions,
    /// Where it stands.
    pub pointer: JsonPointer,
}

/// Which call may follow on a response.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Link {
    /// `operationRef`.
    pub operation_ref: Option<String>,
    /// `operationId`.
    pub operation_id: Option<String>,
    /// `parameters`: a value or an expression for each.
    pub parameters: IndexMap<String, Value>,
    /// `requestBody`: a value or an expression.
    pub request_body: Option<Value>,
    /// `description`.
    pub description: Option<String>,
    /// `server`.
    pub server: Option<Server>,
    /// Its extensions.
    pub extensions: Extensions,
    /// Where it stands.
    pub pointer: JsonPointer,
}

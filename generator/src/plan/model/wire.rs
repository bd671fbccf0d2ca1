//! What goes over the wire: where parameters go and how they are written, what bodies and answers carry.

use super::{Expression, Type, WireName};
use crate::facts::SharedValue;
use crate::plan::names::RustIdent;
use crate::plan::reason::Origin;
use crate::pointer::JsonPointer;
use std::fmt;

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
    /// How its value is written.
    pub style: ParameterStyle,
    /// What the server takes it to be when it is left out.
    pub default: Option<SharedValue>,
    /// A value to show.
    pub example: Option<SharedValue>,
    /// Whether callers should move away from it.
    pub deprecated: bool,
    /// Limits, in words.
    pub constraints: Vec<String>,
    /// The largest number that it may be, where it is a count.
    pub most: Option<u32>,
    /// What can be written in it, where the document says so of a text.
    pub expression: Option<Expression>,
    /// Its name in Rust.
    pub ident: RustIdent,
    /// Where it comes from, and why its type is what it is.
    pub origin: Origin,
}

/// How the value of a parameter, or of a form's member, is written (OpenAPI 3.0.3, "Style Values").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParameterStyle {
    /// The style.
    pub kind: StyleKind,
    /// Whether every item or member of a value stands on its own.
    pub explode: bool,
    /// Whether RFC 3986's reserved characters stay as they are.
    pub allow_reserved: bool,
}

impl ParameterStyle {
    /// A style as it is when nothing more is said.
    pub fn new(kind: StyleKind) -> Self {
        Self {
            kind,
            explode: matches!(kind, StyleKind::Form | StyleKind::DeepObject),
            allow_reserved: false,
        }
    }

    /// The style of parameters that do not name one.
    pub fn of(location: Location) -> Self {
        Self::new(match location {
            Location::Path | Location::Header => StyleKind::Simple,
            Location::Query | Location::Cookie => StyleKind::Form,
        })
    }
}

/// The styles of OpenAPI 3.0, and JSON for parameters with `content`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StyleKind {
    /// `a,b`.
    Simple,
    /// `.a,b`.
    Label,
    /// `;name=a,b`.
    Matrix,
    /// `name=a&name=b`.
    Form,
    /// `name=a%20b`.
    SpaceDelimited,
    /// `name=a%7Cb`.
    PipeDelimited,
    /// `name[member]=a`.
    DeepObject,
    /// JSON text.
    Json,
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
    /// The media types that it may have instead.
    pub others: Vec<String>,
    /// Where it stands.
    pub pointer: JsonPointer,
}

/// A body's media type and what is in it.
#[derive(Debug, PartialEq)]
pub struct Content {
    /// The media type as the document has it.
    pub media_type: String,
    /// The other media types of an answer that are read in the same way, so that they are asked for as well.
    pub alike: Vec<String>,
    /// How it is read and written.
    pub encoding: Encoding,
    /// How members of a form or of a multipart body are written, where the document says so.
    pub members: Vec<MemberEncoding>,
    /// A value to show.
    pub example: Option<SharedValue>,
    /// Where it comes from, and why its type is what it is.
    pub origin: Origin,
}

impl Content {
    /// The range of media types of which the caller says which a body has, such as `image/*`; `None` where the document says it.
    pub fn sent_range(&self) -> Option<&str> {
        let is_range = self.encoding == Encoding::Bytes
            && self.media_type.contains('*')
            && is_header_text(&self.media_type);
        is_range.then_some(self.media_type.as_str())
    }

    /// What its bytes are a row of, where they come piece by piece.
    pub fn pieces(&self) -> Option<Pieces> {
        let essence = self.media_type.split(';').next().unwrap_or_default();
        Pieces::of(&essence.trim().to_ascii_lowercase())
            .filter(|_| self.encoding == Encoding::Bytes)
    }

    /// The media types that are asked for where this is an answer; ranges of them as the document has them.
    pub fn asked_media_types(&self) -> impl Iterator<Item = &str> {
        let own = match self.encoding {
            Encoding::Text | Encoding::Bytes if is_header_text(&self.media_type) => {
                self.media_type.as_str()
            }
            _ => self.sent_media_type(),
        };
        let alike = self.alike.iter().map(String::as_str);
        [own]
            .into_iter()
            .chain(alike.filter(|name| is_header_text(name)))
    }

    /// The media type to send: the document's, unless that is a range of them or no header could hold it.
    pub fn sent_media_type(&self) -> &str {
        let text = self.media_type.as_str();
        match &self.encoding {
            _ if is_header_text(text) && !text.contains('*') => text,
            Encoding::Json(_) => "application/json",
            Encoding::Text => "text/plain",
            _ => "application/octet-stream",
        }
    }
}

/// What a body is a row of that comes piece by piece, so that it may have no end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pieces {
    /// Server-sent events.
    Events,
    /// JSON values, one a line.
    Lines,
}

impl Pieces {
    /// The pieces of a media type, which is in lower case and without parameters.
    pub fn of(essence: &str) -> Option<Self> {
        match essence {
            "text/event-stream" => Some(Self::Events),
            "application/x-ndjson"
            | "application/ndjson"
            | "application/jsonl"
            | "application/x-jsonlines"
            | "application/json-seq"
            | "application/stream+json" => Some(Self::Lines),
            _ => None,
        }
    }
}

fn is_header_text(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c == ' ' || c.is_ascii_graphic())
}

/// How a member of a form or of a multipart body is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberEncoding {
    /// The member.
    pub wire: WireName,
    /// Its style in a form.
    pub style: Option<ParameterStyle>,
    /// Its media type as a part.
    pub content_type: Option<String>,
}

/// How a body is read and written.
#[derive(Clone, Debug, PartialEq)]
pub enum Encoding {
    /// JSON of this type.
    Json(Type),
    /// A form in a URL's notation, of the members of this type. Requests alone.
    Form(Type),
    /// A multipart form of the members of this type. Requests alone.
    Multipart(Type),
    /// Text.
    Text,
    /// Anything else.
    Bytes,
}

impl Encoding {
    /// The type of the body, where it has one of its own.
    pub fn ty(&self) -> Option<&Type> {
        match self {
            Self::Json(ty) | Self::Form(ty) | Self::Multipart(ty) => Some(ty),
            Self::Text | Self::Bytes => None,
        }
    }

    /// What it is as JSON.
    pub fn json(&self) -> Option<&Type> {
        match self {
            Self::Json(ty) => Some(ty),
            _ => None,
        }
    }

    /// The same, to change it.
    pub fn type_mut(&mut self) -> Option<&mut Type> {
        match self {
            Self::Json(ty) | Self::Form(ty) | Self::Multipart(ty) => Some(ty),
            Self::Text | Self::Bytes => None,
        }
    }
}

/// What an operation gives when it succeeds.
#[derive(Debug, PartialEq)]
pub enum Outcome<'a> {
    /// No success has a body.
    Nothing,
    /// Every success has this body.
    One(&'a Encoding),
    /// Some have this body, the others none.
    Optional(&'a Encoding),
    /// Bodies differ, so that the status decides. The responses stand in the order of their statuses.
    Several(Vec<&'a Response>),
}

impl<'a> Outcome<'a> {
    pub(super) fn of(successes: Vec<&'a Response>) -> Self {
        let body = |response: &&'a Response| Some(&response.content.as_ref()?.encoding);
        let bodies: Vec<&'a Encoding> = successes.iter().filter_map(body).collect();
        match bodies.split_first() {
            None => Self::Nothing,
            Some((first, rest)) if rest.iter().any(|body| body != first) => {
                Self::Several(successes)
            }
            Some((first, _)) if bodies.len() < successes.len() => Self::Optional(first),
            Some((first, _)) => Self::One(first),
        }
    }
}

/// A declared response.
#[derive(Debug, PartialEq)]
pub struct Response {
    /// Its status.
    pub status: Status,
    /// What it means.
    pub description: String,
    /// What it carries.
    pub content: Option<Content>,
    /// The media type that it is declared with, though nothing may be known of what is in it.
    pub media_type: Option<String>,
    /// The media types that it may have instead, when the caller asks for them.
    pub others: Vec<String>,
    /// The headers that it tells of.
    pub headers: Vec<Header>,
    /// Where it stands.
    pub pointer: JsonPointer,
}

/// A response header.
#[derive(Debug, PartialEq)]
pub struct Header {
    /// Its name.
    pub name: String,
    /// What it tells.
    pub description: Option<String>,
    /// A value to show.
    pub example: Option<SharedValue>,
    /// Its type.
    pub ty: Type,
    /// Where it comes from, and why its type is what it is.
    pub origin: Origin,
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

    /// Whether it is a 3xx.
    pub fn is_redirect(self) -> bool {
        matches!(self, Self::Code(300..=399) | Self::Range(300))
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

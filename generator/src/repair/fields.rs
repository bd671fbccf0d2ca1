//! Takes the kind of an object and a key, gives the shape that OpenAPI 3.0.3 wants the member to have (chapter 4.7).
//! Exists so that the walk knows where schemas and the like stand, and so that members of a wrong shape can be met in
//! one way everywhere.

use super::kept;
use super::schema::keywords;
use serde_json::{Map, Value};

/// What an object is, by the Object names of the specification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    Document,
    Info,
    Contact,
    License,
    Server,
    ServerVariable,
    Tag,
    ExternalDocs,
    Components,
    PathItem,
    Operation,
    Parameter,
    Header,
    RequestBody,
    Responses,
    Response,
    MediaType,
    Encoding,
    Example,
    SecurityScheme,
    Flows,
    Flow,
    Schema,
    Discriminator,
    Callback,
    Link,
    /// What was kept of an object, by keyword.
    Kept,
}

/// The shape of a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Whatever the author likes.
    Any,
    Text,
    Flag,
    Number,
    /// A whole number that is not negative.
    Count,
    /// A list of whatever.
    Values,
    /// A list of texts.
    Texts,
    /// An object of texts.
    TextMap,
    /// A list of objects of lists of texts: security requirements.
    Requirements,
    One(Kind),
    /// A schema or a flag: `additionalProperties`.
    SchemaOrFlag,
    List(Kind),
    Map(Kind),
}

impl Kind {
    /// Whether a `$ref` may stand for such an object, to the parser.
    pub(super) fn may_refer(self) -> bool {
        matches!(
            self,
            Self::PathItem
                | Self::Parameter
                | Self::Header
                | Self::RequestBody
                | Self::Response
                | Self::Example
                | Self::SecurityScheme
                | Self::Schema
                | Self::Callback
                | Self::Link
        )
    }

    /// The one text without which such an object says nothing, where there is one.
    pub(super) fn essential_text(self) -> Option<&'static str> {
        match self {
            Self::ExternalDocs | Self::Server => Some("url"),
            Self::Tag | Self::License | Self::Parameter => Some("name"),
            Self::ServerVariable => Some("default"),
            Self::Discriminator => Some("propertyName"),
            _ => None,
        }
    }

    /// The shape of the member `key`; `None` for what 3.0 does not know and the parser ignores.
    pub(super) fn shape(self, key: &str) -> Option<Shape> {
        use Shape::{Any, Flag, List, Map, One, Requirements, Text, TextMap, Texts};
        if self == Self::Schema {
            return keywords::of(key).map(|(_, shape)| shape);
        }
        if self == Self::Kept {
            return kept::shape(key);
        }
        Some(match (self, key) {
            (Self::Responses, key) if !key.starts_with("x-") => One(Self::Response),
            (Self::Info | Self::Server | Self::ServerVariable, "description")
            | (Self::Tag | Self::ExternalDocs | Self::PathItem, "description")
            | (Self::Operation | Self::Parameter | Self::Header, "description")
            | (Self::RequestBody | Self::Response | Self::Example, "description")
            | (Self::SecurityScheme, "description") => Text,
            (Self::PathItem | Self::Operation | Self::Example, "summary") => Text,
            (Self::Document | Self::Operation | Self::Tag, "externalDocs") => {
                One(Self::ExternalDocs)
            }
            (Self::Document | Self::PathItem | Self::Operation, "servers") => List(Self::Server),
            (Self::Document | Self::Operation, "security") => Requirements,
            (Self::PathItem | Self::Operation, "parameters") => List(Self::Parameter),
            (Self::Parameter | Self::Header | Self::MediaType, "schema") => One(Self::Schema),
            (Self::Parameter | Self::Header | Self::MediaType, "examples") => Map(Self::Example),
            (Self::Parameter | Self::Header | Self::MediaType, "example") => Any,
            (Self::Parameter | Self::Header | Self::RequestBody | Self::Response, "content") => {
                Map(Self::MediaType)
            }
            (Self::Parameter | Self::Header, "required" | "deprecated" | "explode")
            | (Self::Parameter | Self::Encoding, "allowReserved")
            | (Self::Encoding, "explode")
            | (Self::RequestBody, "required")
            | (Self::Operation, "deprecated")
            | (Self::Parameter, "allowEmptyValue") => Flag,
            (Self::Parameter | Self::Header | Self::Encoding, "style") => Text,
            (Self::Response | Self::Encoding, "headers") => Map(Self::Header),
            (Self::Callback, key) if !key.starts_with("x-") => One(Self::PathItem),
            (Self::Link, "operationRef" | "operationId" | "description") => Text,
            (Self::Link, "server") => One(Self::Server),
            (Self::Document, "info") => One(Self::Info),
            (Self::Document, "paths") => Map(Self::PathItem),
            (Self::Document, "components") => One(Self::Components),
            (Self::Document, "tags") => List(Self::Tag),
            (Self::Info, "title" | "version" | "termsOfService") => Text,
            (Self::Info, "contact") => One(Self::Contact),
            (Self::Info, "license") => One(Self::License),
            (Self::Contact, "name" | "url" | "email") => Text,
            (Self::License, "name" | "url") => Text,
            (Self::Server | Self::ExternalDocs, "url") => Text,
            (Self::Server, "variables") => Map(Self::ServerVariable),
            (Self::ServerVariable, "default") => Text,
            (Self::ServerVariable, "enum") => Texts,
            (Self::Tag, "name") => Text,
            (Self::Components, key) => return component(key),
            (Self::PathItem, key) if METHODS.contains(&key) => One(Self::Operation),
            (Self::Operation, "tags") => Texts,
            (Self::Operation, "operationId") => Text,
            (Self::Operation, "requestBody") => One(Self::RequestBody),
            (Self::Operation, "responses") => One(Self::Responses),
            (Self::Parameter, "name" | "in") => Text,
            (Self::MediaType, "encoding") => Map(Self::Encoding),
            (Self::Encoding, "contentType") => Text,
            (Self::Example, "value") => Any,
            (Self::Example, "externalValue") => Text,
            (Self::SecurityScheme, "flows") => One(Self::Flows),
            (Self::SecurityScheme, "type" | "name" | "in" | "scheme")
            | (Self::SecurityScheme, "bearerFormat" | "openIdConnectUrl") => Text,
            (Self::Flows, "implicit" | "password" | "clientCredentials" | "authorizationCode") => {
                One(Self::Flow)
            }
            (Self::Flow, "authorizationUrl" | "tokenUrl" | "refreshUrl") => Text,
            (Self::Flow, "scopes") => TextMap,
            (Self::Discriminator, "propertyName") => Text,
            (Self::Discriminator, "mapping") => TextMap,
            _ => return None,
        })
    }
}

/// The methods that OpenAPI 3.0 has operations for.
pub(super) const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

fn component(section: &str) -> Option<Shape> {
    Some(Shape::Map(match section {
        "schemas" => Kind::Schema,
        "responses" => Kind::Response,
        "parameters" => Kind::Parameter,
        "examples" => Kind::Example,
        "requestBodies" => Kind::RequestBody,
        "headers" => Kind::Header,
        "securitySchemes" => Kind::SecurityScheme,
        _ => return None,
    }))
}

impl Shape {
    /// Whether `value` has this shape, as far as one look at it and its elements tells.
    pub(super) fn fits(self, value: &Value) -> bool {
        match self {
            Self::Any => true,
            Self::Text => value.is_string(),
            Self::Flag => value.is_boolean(),
            Self::Number => value.is_number(),
            Self::Count => value.is_u64(),
            Self::Values => value.is_array(),
            Self::Texts => is_list(value, Value::is_string),
            Self::TextMap => is_map(value, |_, text| text.is_string()),
            Self::Requirements => is_list(value, |requirement| {
                is_map(requirement, |_, scopes| is_list(scopes, Value::is_string))
            }),
            Self::One(kind) => is_object(kind, value),
            Self::SchemaOrFlag => value.is_object() || value.is_boolean(),
            Self::List(kind) => is_list(value, |element| is_object(kind, element)),
            // Whoever extends a map of paths may do so with whatever value.
            Self::Map(Kind::PathItem) => {
                is_map(value, |key, item| key.starts_with("x-") || item.is_object())
            }
            Self::Map(kind) => is_map(value, |_, member| is_object(kind, member)),
        }
    }
}

fn is_list(value: &Value, is_element: impl Fn(&Value) -> bool) -> bool {
    value
        .as_array()
        .is_some_and(|elements| elements.iter().all(is_element))
}

fn is_map(value: &Value, is_member: impl Fn(&str, &Value) -> bool) -> bool {
    value
        .as_object()
        .is_some_and(|members| members.iter().all(|(key, member)| is_member(key, member)))
}

fn is_object(kind: Kind, value: &Value) -> bool {
    value
        .as_object()
        .is_some_and(|object| has_essential(kind, object))
}

/// Whether the object has the text without which it says nothing.
pub(super) fn has_essential(kind: Kind, object: &Map<String, Value>) -> bool {
    let has_text = |key: &str| object.get(key).is_some_and(Value::is_string);
    kind.essential_text()
        .is_none_or(|key| has_text(key) || (kind.may_refer() && has_text("$ref")))
}

//! Takes the place of a node and gives what kind of object the OpenAPI Specification expects there.
//!
//! The kind tells three things that the text of a `$ref` does not: whether a member called `$ref` is a reference at all or
//! example data, in which section of `components` its target belongs, and what the nodes within the target are.

use crate::pointer::JsonPointer;

/// A section of `components`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Section {
    Schemas,
    Responses,
    Parameters,
    Examples,
    RequestBodies,
    Headers,
    SecuritySchemes,
    Links,
    Callbacks,
}

impl Section {
    pub(super) const ALL: [Self; 9] = [
        Self::Schemas,
        Self::Responses,
        Self::Parameters,
        Self::Examples,
        Self::RequestBodies,
        Self::Headers,
        Self::SecuritySchemes,
        Self::Links,
        Self::Callbacks,
    ];

    /// The name of the member of `components`.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Schemas => "schemas",
            Self::Responses => "responses",
            Self::Parameters => "parameters",
            Self::Examples => "examples",
            Self::RequestBodies => "requestBodies",
            Self::Headers => "headers",
            Self::SecuritySchemes => "securitySchemes",
            Self::Links => "links",
            Self::Callbacks => "callbacks",
        }
    }

    /// The place of the member `name` of the section in the merged tree.
    pub(super) fn component(self, name: &str) -> JsonPointer {
        JsonPointer::from_tokens(["components", self.key(), name])
    }

    /// What the members of the section are.
    pub(super) fn context(self) -> Context {
        match self {
            Self::Schemas => Context::Schema,
            Self::Responses => Context::Response,
            Self::Parameters => Context::Parameter,
            Self::Examples => Context::Example,
            Self::RequestBodies => Context::RequestBody,
            Self::Headers => Context::Header,
            Self::SecuritySchemes => Context::SecurityScheme,
            Self::Links => Context::Link,
            Self::Callbacks => Context::Callback,
        }
    }
}

/// What stands at a place of a document, by the Object names of OpenAPI 3.0 and 3.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Context {
    /// The OpenAPI Object.
    Document,
    /// Info, servers, tags and the like: objects that hold no other kind.
    Plain,
    /// Content of the author's own, in which `$ref` is a word like any other.
    Data,
    Components,
    PathItem,
    Operation,
    Parameter,
    Header,
    RequestBody,
    Response,
    MediaType,
    Encoding,
    Callback,
    Link,
    Example,
    SecurityScheme,
    Schema,
    /// The data of an example. It is the author's own, but one that is nothing but a reference to a file means that file's content.
    ExampleValue,
    Discriminator,
    /// A value of `discriminator.mapping`: a reference without the word `$ref`.
    Mapping,
    /// An object or an array whose values are all of one kind, by keys of the author's own.
    MapOf(Kind),
    /// A map in which keys that start with `x-` are extensions nevertheless.
    ExtensibleMapOf(Kind),
}

/// The kinds that maps and arrays are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    PathItem,
    Parameter,
    Header,
    Response,
    MediaType,
    Encoding,
    Callback,
    Link,
    Example,
    Mapping,
    Component(Section),
    Schema,
}

impl Kind {
    fn context(self) -> Context {
        match self {
            Self::PathItem => Context::PathItem,
            Self::Parameter => Context::Parameter,
            Self::Header => Context::Header,
            Self::Response => Context::Response,
            Self::MediaType => Context::MediaType,
            Self::Encoding => Context::Encoding,
            Self::Callback => Context::Callback,
            Self::Link => Context::Link,
            Self::Example => Context::Example,
            Self::Mapping => Context::Mapping,
            Self::Component(section) => section.context(),
            Self::Schema => Context::Schema,
        }
    }
}

impl Context {
    /// The section in which a target that is referred to from here belongs; `None` where the specification has no such
    /// section, so that the target takes the place of the reference.
    pub(super) fn section(self) -> Option<Section> {
        Section::ALL
            .into_iter()
            .find(|section| section.context() == self)
    }

    /// Whether a `$ref` here is a reference.
    pub(super) fn may_refer(self) -> bool {
        !matches!(
            self,
            Self::Document | Self::Data | Self::ExampleValue | Self::Mapping
        )
    }

    /// What the elements of an array here are.
    pub(super) fn element(self) -> Self {
        match self {
            Self::MapOf(kind) | Self::ExtensibleMapOf(kind) => kind.context(),
            // `items` was a list of schemas in the drafts before 2020-12.
            Self::Schema | Self::Plain => self,
            _ => Self::Data,
        }
    }

    /// What the member `key` here is.
    pub(super) fn member(self, key: &str) -> Self {
        match self {
            Self::MapOf(kind) => return kind.context(),
            Self::Schema => return schema_member(key),
            _ if key.starts_with("x-") => return Self::Data,
            Self::ExtensibleMapOf(kind) => return kind.context(),
            Self::Callback => return Self::PathItem,
            Self::Plain => return Self::Plain,
            _ => {}
        }
        match (self, key) {
            (Self::Document, _) => document_member(key),
            (Self::Components, "pathItems") => Self::MapOf(Kind::PathItem),
            (Self::Components, _) => Section::ALL
                .into_iter()
                .find(|section| section.key() == key)
                .map_or(Self::Data, |section| Self::MapOf(Kind::Component(section))),
            (
                Self::PathItem,
                "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace",
            ) => Self::Operation,
            (Self::PathItem | Self::Operation, "parameters") => Self::MapOf(Kind::Parameter),
            (Self::PathItem | Self::Operation, "servers") => Self::Plain,
            (Self::Operation, "requestBody") => Self::RequestBody,
            (Self::Operation, "responses") => Self::ExtensibleMapOf(Kind::Response),
            (Self::Operation, "callbacks") => Self::MapOf(Kind::Callback),
            (Self::Parameter | Self::Header | Self::MediaType, "schema") => Self::Schema,
            (Self::Parameter | Self::Header | Self::MediaType, "examples") => {
                Self::MapOf(Kind::Example)
            }
            (Self::Parameter | Self::Header | Self::RequestBody | Self::Response, "content") => {
                Self::MapOf(Kind::MediaType)
            }
            (Self::Parameter | Self::Header | Self::MediaType, "example")
            | (Self::Example, "value") => Self::ExampleValue,
            (Self::MediaType, "encoding") => Self::MapOf(Kind::Encoding),
            (Self::Response | Self::Encoding, "headers") => Self::MapOf(Kind::Header),
            (Self::Response, "links") => Self::MapOf(Kind::Link),
            (Self::Discriminator, "mapping") => Self::MapOf(Kind::Mapping),
            (Self::Link, "server") => Self::Plain,
            _ => Self::Data,
        }
    }
}

fn document_member(key: &str) -> Context {
    match key {
        "paths" => Context::ExtensibleMapOf(Kind::PathItem),
        "webhooks" => Context::MapOf(Kind::PathItem),
        "components" => Context::Components,
        "info" | "servers" | "tags" | "externalDocs" | "security" => Context::Plain,
        _ => Context::Data,
    }
}

fn schema_member(key: &str) -> Context {
    match key {
        "properties" | "patternProperties" | "definitions" | "$defs" | "dependentSchemas"
        | "allOf" | "oneOf" | "anyOf" | "prefixItems" => Context::MapOf(Kind::Schema),
        "items"
        | "not"
        | "additionalProperties"
        | "additionalItems"
        | "if"
        | "then"
        | "else"
        | "contains"
        | "propertyNames"
        | "contentSchema"
        | "unevaluatedItems"
        | "unevaluatedProperties" => Context::Schema,
        "discriminator" => Context::Discriminator,
        "example" => Context::ExampleValue,
        _ => Context::Data,
    }
}

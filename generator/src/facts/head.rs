//! What a document says about the API as a whole: its title, who stands behind it, where it is served, what its tags mean.

use super::Extensions;
use crate::pointer::JsonPointer;
use indexmap::IndexMap;

/// `info`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Info {
    /// `title`.
    pub title: String,
    /// `summary` (3.1).
    pub summary: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// `termsOfService`.
    pub terms_of_service: Option<String>,
    /// `contact`.
    pub contact: Option<Contact>,
    /// `license`.
    pub license: Option<License>,
    /// `version`: the API's, not OpenAPI's.
    pub version: String,
    /// Its extensions.
    pub extensions: Extensions,
    /// Where it stands.
    pub pointer: JsonPointer,
}

/// Whom to ask about the API.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Contact {
    /// `name`.
    pub name: Option<String>,
    /// `url`.
    pub url: Option<String>,
    /// `email`.
    pub email: Option<String>,
    /// Its extensions.
    pub extensions: Extensions,
    /// Where it stands.
    pub pointer: JsonPointer,
}

/// The licence of the API.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct License {
    /// `name`.
    pub name: String,
    /// `identifier` (3.1): an SPDX expression.
    pub identifier: Option<String>,
    /// `url`.
    pub url: Option<String>,
    /// Its extensions.
    pub extensions: Extensions,
    /// Where it stands.
    pub pointer: JsonPointer,
}

/// A page elsewhere that tells more.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ExternalDocs {
    /// `description`.
    pub description: Option<String>,
    /// `url`.
    pub url: String,
    /// Its extensions.
    pub extensions: Extensions,
    /// Where it stands.
    pub pointer: JsonPointer,
}

/// A server.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Server {
    /// `url`, with `{variables}`.
    pub url: String,
    /// `description`.
    pub description: Option<String>,
    /// `variables`, by name.
    pub variables: IndexMap<String, ServerVariable>,
    /// Its extensions.
    pub extensions: Extensions,
    /// Where it stands.
    pub pointer: JsonPointer,
}

/// A variable of a server's URL.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ServerVariable {
    /// `enum`: the values that it may have; empty when nothing is said.
    pub values: Vec<String>,
    /// `default`.
    pub default: String,
    /// `description`.
    pub description: Option<String>,
    /// Its extensions.
    pub extensions: Extensions,
    /// Where it stands.
    pub pointer: JsonPointer,
}

/// A tag that the document describes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tag {
    /// `name`.
    pub name: String,
    /// `description`.
    pub description: Option<String>,
    /// `externalDocs`.
    pub external_docs: Option<ExternalDocs>,
    /// Its extensions.
    pub extensions: Extensions,
    /// Where it stands.
    pub pointer: JsonPointer,
}

//! Facts: what a document says, whole, typed, with nothing decided and no Rust in it.
//!
//! The lower phase fills them from the parsed document; the plan, and whatever else wants to know something about an API, reads them.
//! A fact is never left out because today's emitter has no use for it. Each thing has the [`JsonPointer`] of the place where it
//! stands. Schemas stand in one list ([`Schemas`]) and refer to each other by [`SchemaId`]; everything else is a tree, in which a
//! [`Use`] is either the thing itself or a reference to a component.

mod components;
mod equality;
mod head;
mod operation;
mod reference;
mod schema;
mod security;
mod wire;

pub use components::Components;
pub use head::{Contact, ExternalDocs, Info, License, Server, ServerVariable, Tag};
pub use operation::{Callback, Method, Operation, PathItem};
pub use reference::{Reference, Use};
pub use schema::{
    AdditionalProperties, Discriminator, JsonSchemaKeywords, Limits, NullMember, Number, Schema,
    SchemaId, SchemaType, SchemaUse, Schemas, Xml,
};
pub use security::{
    ApiKeyLocation, Flow, Flows, SchemeKind, SchemeRequirement, SecurityAlternative, SecurityScheme,
};
pub use wire::{
    Content, Encoding, Example, Header, Link, MediaType, Parameter, ParameterLocation,
    ParameterStyle, RequestBody, Response, Responses, StatusCode, ValueForm,
};

use crate::pointer::JsonPointer;
use indexmap::IndexMap;
use serde_json::Value;
use std::sync::Arc;

/// The members whose names begin with `x-`, as the author wrote them.
pub type Extensions = IndexMap<String, Value>;

/// A default or an example. What is made of the facts shows it as well, and shares it, since some are large.
pub type SharedValue = Arc<Value>;

/// What a repair changed or left out, as the author wrote it: a keyword and its value.
pub type AsWritten = IndexMap<String, Value>;

/// A whole document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// `openapi`, as the author wrote it.
    pub openapi: String,
    /// `jsonSchemaDialect` (3.1).
    pub json_schema_dialect: Option<String>,
    /// `info`.
    pub info: Info,
    /// `externalDocs`.
    pub external_docs: Option<ExternalDocs>,
    /// `servers`, all of them.
    pub servers: Vec<Server>,
    /// `tags`, all of them.
    pub tags: Vec<Tag>,
    /// `security`: the alternatives, of which one has to be met; `None` when nothing is said.
    pub security: Option<Vec<SecurityAlternative>>,
    /// `paths`.
    pub paths: Vec<PathItem>,
    /// The extensions of `paths`.
    pub paths_extensions: Extensions,
    /// `webhooks` (3.1), by name.
    pub webhooks: IndexMap<String, Use<PathItem>>,
    /// `components`.
    pub components: Components,
    /// Every schema of the document, wherever it stands.
    pub schemas: Schemas,
    /// The document's own extensions.
    pub extensions: Extensions,
    /// What repairs changed, by the place of the object; schemas keep theirs themselves.
    pub as_written: IndexMap<JsonPointer, AsWritten>,
}

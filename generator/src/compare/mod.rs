//! Takes the facts of two documents and gives what changed from one to the other. Exists for whoever wants to know what a
//! new version of a document means, or whether two documents say the same.
//!
//! What counts is what the documents say, not how they are written: references are followed, so that a document and the same
//! document spread over files, in another order, or with a component inlined or under another name have no changes. Operations are paired by
//! method and path, parameters by place and name, bodies by media type, responses by status, properties by name; the
//! members of `allOf`, `oneOf` and `anyOf` by the name of the component or by what they say. The name of a path
//! parameter never travels (except in `matrix` style), so that a new name is no change.
//!
//! The modules: `describe` tells what each kind of thing says, as an `item`; `fingerprint` knows which schemas say the same;
//! `pair` finds what belongs together, `walk` goes through it, each pair of shared things once, and `differ` compares it; `merge` joins
//! what was found more than once; `reach` knows what is used; `words` puts it all into sentences, and `report` shows them.

mod describe;
mod differ;
mod fingerprint;
mod item;
mod merge;
mod pair;
mod reach;
mod report;
mod walk;
mod words;

pub use reach::restrict;
pub use report::report;

use crate::facts::{Document, Operation, PathItem};
use crate::pointer::JsonPointer;
use describe::Describer;
use serde::Serialize;
use std::fmt;

/// One thing that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Whether it is new, gone or different.
    pub kind: ChangeKind,
    /// What kind of thing it is.
    pub what: What,
    /// The thing's name: a keyword, a property, a status, `METHOD /path`, ….
    pub name: String,
    /// Its place in the old document; `None` when it is new.
    #[serde(serialize_with = "as_text")]
    pub old_pointer: Option<JsonPointer>,
    /// Its place in the new document; `None` when it is gone.
    #[serde(serialize_with = "as_text")]
    pub new_pointer: Option<JsonPointer>,
    /// The operations that it reaches, as `METHOD /path`, in the order of the old document.
    pub operations: Vec<String>,
    /// The old value, cut to a few words, where there is one.
    pub old: Option<String>,
    /// The new value, likewise.
    pub new: Option<String>,
    /// All of it in a sentence.
    pub sentence: String,
}

fn as_text<S: serde::Serializer>(
    pointer: &Option<JsonPointer>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    pointer
        .as_ref()
        .map(JsonPointer::as_str)
        .serialize(serializer)
}

/// How something changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ChangeKind {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It is there in both and differs.
    Changed,
}

impl fmt::Display for ChangeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
        })
    }
}

/// The kinds of thing that can change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "they are OpenAPI's own words")]
pub enum What {
    Document,
    Server,
    ServerVariable,
    Tag,
    Webhook,
    PathItem,
    Operation,
    Parameter,
    RequestBody,
    Response,
    Header,
    MediaType,
    Encoding,
    Link,
    Callback,
    Security,
    SecurityScheme,
    Flow,
    Schema,
    Property,
    /// A member of `allOf`, `oneOf` or `anyOf`.
    Member,
    /// Whatever else stands at a keyword.
    Keyword,
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Document => "document",
            Self::Server => "server",
            Self::ServerVariable => "server variable",
            Self::Tag => "tag",
            Self::Webhook => "webhook",
            Self::PathItem => "path item",
            Self::Operation => "operation",
            Self::Parameter => "parameter",
            Self::RequestBody => "request body",
            Self::Response => "response",
            Self::Header => "header",
            Self::MediaType => "media type",
            Self::Encoding => "encoding",
            Self::Link => "link",
            Self::Callback => "callback",
            Self::Security => "security alternative",
            Self::SecurityScheme => "security scheme",
            Self::Flow => "flow",
            Self::Schema => "schema",
            Self::Property => "property",
            Self::Member => "member",
            Self::Keyword => "keyword",
        })
    }
}

/// What is compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Titles, summaries, descriptions, examples and external documentation as well.
    pub texts: bool,
}

/// By what an operation is known in both documents: its method and its path, in which the names of parameters do not count.
pub fn operation_key(path: &PathItem, operation: &Operation) -> String {
    format!("{} {}", operation.method, describe::nameless(&path.path))
}

/// What changed from one document to the other, in the order of the old one.
pub fn compare(old: &Document, new: &Document, options: Options) -> Vec<Change> {
    let names = describe::scheme_names(old, new);
    let old_prints = fingerprint::fingerprints(old);
    let new_prints = fingerprint::fingerprints(new);
    let old = Describer::new(old, new, &old_prints, None).with_texts(options.texts);
    let new =
        Describer::new(new, old.document, &new_prints, Some(&names)).with_texts(options.texts);
    merge::merge(walk::walk(&old, &new, options))
}

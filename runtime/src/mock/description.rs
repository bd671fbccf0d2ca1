//! The grammar of the description that an emitted crate has of its API (`src/mock/api.json`), as the generator writes it.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::media_type::{self, essence};

/// A whole API.
#[derive(Deserialize)]
pub(super) struct Description {
    pub(super) schemes: HashMap<String, Scheme>,
    pub(super) operations: Vec<OperationText>,
    pub(super) parameters: HashMap<String, Parameter>,
    pub(super) bodies: HashMap<String, Body>,
    pub(super) answers: HashMap<String, Declared>,
    /// JSON Schema 2020-12; they refer to each other as `#/$defs/<name>`.
    pub(super) schemas: Map<String, Value>,
}

/// How a security scheme is seen in a request.
#[derive(Clone, Deserialize)]
pub(super) struct Scheme {
    pub(super) kind: SchemeKind,
    /// The HTTP scheme, or the key's header, parameter or cookie.
    #[serde(default)]
    pub(super) name: String,
}

#[derive(Clone, Copy, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(super) enum SchemeKind {
    /// A bearer token that the token endpoint grants.
    Granted,
    /// A credential in `Authorization`, under this HTTP scheme.
    Http,
    Header,
    Query,
    Cookie,
    /// Nothing that a request carries.
    None,
}

/// A thing that stands where it is used, or is shared and named.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Used<T> {
    Shared {
        #[serde(rename = "ref")]
        name: String,
    },
    Own(T),
}

impl<T: Clone + Default> Used<T> {
    /// The thing itself.
    pub(super) fn found(self, shared: &HashMap<String, T>) -> T {
        match self {
            Self::Shared { name } => shared.get(&name).cloned().unwrap_or_default(),
            Self::Own(own) => own,
        }
    }
}

/// An operation, with what is shared left where it is.
#[derive(Deserialize)]
pub(super) struct OperationText {
    pub(super) group: String,
    pub(super) name: String,
    pub(super) id: String,
    pub(super) method: String,
    pub(super) path: String,
    #[serde(default)]
    pub(super) security: Vec<Vec<String>>,
    #[serde(default)]
    pub(super) parameters: Vec<Used<Parameter>>,
    #[serde(default)]
    pub(super) body: Option<Used<Body>>,
    #[serde(default)]
    pub(super) answers: BTreeMap<String, Used<Declared>>,
    #[serde(default)]
    pub(super) job: Option<Job>,
}

/// What an operation tells of a job.
#[derive(Deserialize)]
pub(super) struct Job {
    /// Where its answer tells the job's state, as a JSON pointer.
    pub(super) state: String,
    /// The state of a job that is done.
    pub(super) done: String,
}

#[derive(Clone, Default, Deserialize)]
pub(super) struct Parameter {
    pub(super) name: String,
    #[serde(rename = "in")]
    pub(super) location: Location,
    #[serde(default)]
    pub(super) required: bool,
    #[serde(default)]
    pub(super) style: Option<String>,
    #[serde(default)]
    pub(super) explode: Option<bool>,
    /// Whether it may be there without a value.
    #[serde(default)]
    pub(super) empty: bool,
    /// Whether its value is JSON.
    #[serde(default)]
    pub(super) json: bool,
    #[serde(default)]
    pub(super) schema: Option<Value>,
}

#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(super) enum Location {
    Path,
    #[default]
    Query,
    Header,
    Cookie,
}

#[derive(Clone, Default, Deserialize)]
pub(super) struct Body {
    #[serde(default)]
    pub(super) required: bool,
    #[serde(default)]
    pub(super) content: BTreeMap<String, Media>,
}

#[derive(Clone, Default, Deserialize)]
pub(super) struct Declared {
    #[serde(default)]
    pub(super) headers: BTreeMap<String, HeaderText>,
    #[serde(default)]
    pub(super) content: BTreeMap<String, Media>,
}

#[derive(Clone, Default, Deserialize)]
pub(super) struct HeaderText {
    #[serde(default)]
    pub(super) schema: Option<Value>,
    #[serde(default)]
    pub(super) example: Option<Value>,
}

#[derive(Clone, Default, Deserialize)]
pub(super) struct Media {
    #[serde(default)]
    pub(super) schema: Option<Value>,
    #[serde(default)]
    pub(super) example: Option<Value>,
}

impl Declared {
    /// The media type whose body is played: JSON before any other.
    pub(super) fn media(&self) -> Option<(&str, &Media)> {
        let all = || {
            self.content
                .iter()
                .map(|(name, media)| (name.as_str(), media))
        };
        all()
            .find(|(name, _)| is_json(name))
            .or_else(|| all().next())
    }
}

/// Whether a media type is JSON, a format that is written as JSON, or what some documents call JSON.
pub(super) fn is_json(media_type: &str) -> bool {
    media_type::is_json(media_type) || essence(media_type) == "text/json"
}

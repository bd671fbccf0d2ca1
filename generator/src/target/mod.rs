//! `target.toml`: what a document cannot say about the crate that is made from it.
//!
//! Everything here is optional; without the file the generator derives a plain crate from the document alone.
//! This is the only place in which an API may be treated in a way of its own. Every entry must apply to something, which
//! [`check()`] sees to.

mod calls;
mod check;
mod fault;
mod jobs;
mod known;
mod package;
mod paging;
mod secrets;

pub use calls::{RateLimit, Retries};
pub use check::check;
pub use fault::{Lines, TargetFault};
pub use jobs::{Job, Jobs, Status};
pub use known::{Bodies, Credentials, Known, Value};
pub use paging::{Advance, Paging, PagingStyle, Place, SearchAfter};
pub use secrets::Secrets;

pub(crate) use fault::list;
pub(crate) use package::is_package_name;

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The settings of one generated crate.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Target {
    /// The crate's manifest.
    pub package: Package,
    /// The server.
    pub server: Server,
    /// How the client signs in.
    pub auth: Auth,
    /// The environment variables of `Client::from_env()`.
    pub env: Env,
    /// Where error answers keep what people want to read.
    pub errors: Errors,
    /// How many requests the service takes in which time; no limit unless given.
    pub rate_limit: Option<RateLimit>,
    /// Which operations may be called again after a failure.
    pub retries: Retries,
    /// Names that the rules alone would not make.
    pub names: Names,
    /// Properties that are never printed.
    pub secrets: Secrets,
    /// How lists come in pages.
    pub paging: Paging,
    /// Work that the server goes on with after it answered.
    pub jobs: Jobs,
    /// The documentation pages.
    pub docs: Docs,
    /// Hand-written examples.
    pub examples: Examples,
    /// The file; empty when the settings come from none.
    #[serde(skip)]
    pub file: PathBuf,
    /// The folder that the file stands in; example files are found from here.
    #[serde(skip)]
    pub folder: PathBuf,
    /// Where each setting stands in the file.
    #[serde(skip)]
    pub lines: Lines,
}

/// The crate's manifest.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Package {
    /// Crate name.
    pub name: Option<String>,
    /// Crate version; `0.1.0` unless given.
    pub version: Option<String>,
    /// One line about the crate.
    pub description: Option<String>,
    /// crates.io keywords.
    pub keywords: Vec<String>,
    /// crates.io categories.
    pub categories: Vec<String>,
    /// Under which terms the crate may be used, as an SPDX expression. It is the owner's to say: without it the manifest says nothing.
    pub license: Option<String>,
    /// A text of such terms beside `target.toml`, copied into the crate.
    pub license_file: Option<String>,
    /// The texts of the terms that `license` names, beside `target.toml`, copied into the crate.
    pub license_texts: Vec<String>,
    /// Who wrote the crate.
    pub authors: Vec<String>,
    /// Where its source is.
    pub repository: Option<String>,
    /// Its web site.
    pub homepage: Option<String>,
    /// Its documentation, if that is not on docs.rs.
    pub documentation: Option<String>,
    /// Whether it may be published, or the registries to which it may.
    pub publish: Option<Publish>,
}

/// Where a crate may be published.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(
    untagged,
    expecting = "`publish` is true, false or a list of names of registries"
)]
pub enum Publish {
    /// Anywhere, or nowhere.
    Anywhere(bool),
    /// To these registries.
    To(Vec<String>),
}

impl Package {
    /// Whether the manifest of the crate lacks what every registry asks for, a licence.
    pub(crate) fn lacks_license(&self) -> bool {
        self.license.is_none()
            && self.license_file.is_none()
            && self.publish != Some(Publish::Anywhere(false))
    }
}

/// The server.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Server {
    /// Variables whose default in the document is only a placeholder, so that callers must set them.
    pub required_variables: Vec<String>,
}

/// How the client signs in.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Auth {
    /// The security scheme that the client uses; the document's first one that it can use, unless given.
    pub scheme: Option<String>,
    /// Where tokens come from; a path is relative to the base URL.
    pub token_url: Option<String>,
    /// The HTTP scheme that stands before an API key in the header `Authorization`; empty where none does.
    pub prefix: Option<String>,
    /// How the token is asked for; with a form, unless given.
    pub token_request: Option<TokenRequest>,
    /// What a list of scopes means; all of them are needed, unless given.
    pub scopes: Option<ScopeRule>,
    /// The operations whose lists mean another thing, by operationId.
    pub scopes_of: BTreeMap<String, ScopeRule>,
}

/// What it means that an operation lists several scopes of one scheme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ScopeRule {
    /// All of them are needed, as OpenAPI has it.
    #[default]
    All,
    /// Each of them is enough.
    Any,
}

impl ScopeRule {
    /// The sets that a list of scopes comes to, of which one is enough; none for an empty list.
    pub(crate) fn sets(self, scopes: &[String]) -> Vec<Vec<String>> {
        match (scopes, self) {
            ([], _) => Vec::new(),
            (scopes, Self::Any) => scopes.iter().map(|scope| vec![scope.clone()]).collect(),
            (scopes, Self::All) => vec![scopes.to_vec()],
        }
    }

    /// Its name in a target file.
    pub fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Any => "any",
        }
    }
}

/// How client credentials are sent to the token endpoint.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TokenRequest {
    /// All in a form body.
    #[default]
    Form,
    /// HTTP Basic and a JSON body.
    BasicJson,
    /// HTTP Basic and a form body.
    BasicForm,
}

impl TokenRequest {
    /// Its name in a target file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::BasicJson => "basic-json",
            Self::BasicForm => "basic-form",
        }
    }
}

/// The environment variables of `Client::from_env()`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Env {
    /// The base URL.
    pub base_url: Option<String>,
    /// The client id, or the user name.
    pub client_id: Option<String>,
    /// The client secret, or the password.
    pub client_secret: Option<String>,
    /// A bearer token or an API key.
    pub token: Option<String>,
    /// Server variables, by their names in the document.
    pub variables: BTreeMap<String, String>,
    /// The file in which the vendor's own tools keep such settings.
    pub file: Option<ConfigFile>,
}

/// A JSON file of settings in the working directory, by the names of its members.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ConfigFile {
    /// The file's name.
    pub name: String,
    /// The member that holds the base URL.
    pub base_url: String,
    /// The member that holds the client id.
    pub client_id: String,
    /// The member that holds the client secret.
    pub client_secret: String,
}

impl ConfigFile {
    /// The same with each name as `print` has it.
    pub fn printed(&self, print: impl Fn(&str) -> String) -> Self {
        Self {
            name: print(&self.name),
            base_url: print(&self.base_url),
            client_id: print(&self.client_id),
            client_secret: print(&self.client_secret),
        }
    }
}

/// Where error answers keep what people want to read: JSON pointers and header names, tried in order.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Errors {
    /// The server's own words.
    pub message: Vec<String>,
    /// The id under which the server's owner finds the request.
    pub tracking_id: Vec<String>,
    /// The same, in headers.
    pub tracking_headers: Vec<String>,
}

/// Names that the rules alone would not make.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Names {
    /// Words in capitals that names run together with their neighbours.
    pub acronyms: Vec<String>,
    /// operationId to method name.
    pub operations: BTreeMap<String, String>,
    /// Schema to type name.
    pub schemas: BTreeMap<String, String>,
    /// Tag to module name.
    pub tags: BTreeMap<String, String>,
}

/// The documentation pages.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Docs {
    /// The operations that the README shows, by operationId; some are chosen unless given.
    pub readme: Vec<String>,
    /// The levels of users that operations name.
    pub levels: Option<Levels>,
    /// Front matter for a documentation portal.
    pub front_matter: Option<FrontMatter>,
}

/// The levels of users that operations name in an extension of their own.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Levels {
    /// The extension: a list of texts.
    pub extension: String,
    /// What they are called in documentation.
    pub heading: String,
}

/// Front matter for a documentation portal.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrontMatter {
    /// The language the pages are listed under.
    pub language: String,
    /// The class of the entry in the side bar.
    pub sidebar_class_name: String,
    /// The address below which the pages stand.
    pub slug: String,
}

/// Hand-written examples.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Examples {
    /// Files in the folder `examples/` beside `target.toml`, copied into the crate.
    pub files: Vec<String>,
}

/// Why a `target.toml` cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TargetError {
    /// It cannot be read.
    #[error("cannot read {path}")]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// It is not what a target file looks like.
    #[error("{path} is no target file")]
    Parse {
        /// The file.
        path: PathBuf,
        /// Why, with line and column.
        source: Box<toml::de::Error>,
    },
}

impl Target {
    /// Reads a `target.toml`.
    ///
    /// # Errors
    ///
    /// When the file cannot be read, is not TOML, or has a key that is not known.
    pub fn read(path: &Path) -> Result<Self, TargetError> {
        let text = std::fs::read_to_string(path).map_err(|source| TargetError::Read {
            path: path.to_owned(),
            source,
        })?;
        let mut target: Self = toml::from_str(&text).map_err(|source| TargetError::Parse {
            path: path.to_owned(),
            source: Box::new(source),
        })?;
        target.lines = Lines::read(&text);
        target.file = path.to_owned();
        target.folder = path.parent().unwrap_or(Path::new("")).to_owned();
        Ok(target)
    }

    /// The extension in which operations name levels of users.
    pub(crate) fn levels_extension(&self) -> Option<&str> {
        let levels = self.docs.levels.as_ref();
        levels.map(|levels| levels.extension.as_str())
    }

    /// The files in the target file's folder that are copied into the crate, by the paths that they have in both.
    pub fn copied(&self) -> impl Iterator<Item = String> {
        let examples = self.examples.files.iter();
        examples
            .map(|file| format!("examples/{file}"))
            .chain(self.package.license_file.clone())
            .chain(self.package.license_texts.iter().cloned())
    }
}

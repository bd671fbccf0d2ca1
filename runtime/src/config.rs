//! From settings to a base URL: fills server variables, checks what the caller gave, and tells what
//! is missing.

use reqwest::Url;

use crate::error::printable;
use crate::service::{ServerVariable, Service};

/// Why a client cannot be built.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// Settings without which there is no client; all of them, by the names of their environment
    /// variables or calls.
    #[error("not set: {}", .0.join(", "))]
    Missing(Vec<String>),
    /// The base URL is no URL that paths can be appended to.
    #[error("the base URL `{url}` {problem}")]
    BaseUrl {
        /// The URL as given, made fit to print.
        url: String,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// The token URL, after its variables are filled, is no URL.
    #[error("the token URL `{0}` is not a URL")]
    TokenUrl(String),
    /// The API's servers have no variable of this name.
    #[error("there is no server variable `{0}`")]
    UnknownVariable(String),
    /// The value could change what URL it stands in: it is not one label of a host or one piece of
    /// a path.
    #[error("server variable `{0}`: its value is not one label of a host or one piece of a path")]
    VariableValue(String),
    /// A default header's name or value is not allowed in HTTP.
    #[error("the header `{0}` has a name or value that HTTP does not allow")]
    Header(String),
    /// A credential that cannot be sent, or that this API has no use for.
    #[error("the {credential} {problem}")]
    Credential {
        /// Which one.
        credential: &'static str,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// The credential of a security scheme that cannot be sent, or that this API has no use for.
    #[error("the credential of `{scheme}` {problem}")]
    Scheme {
        /// Which scheme's, made fit to print.
        scheme: String,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// The HTTP client did not start; most likely its TLS.
    #[error("the HTTP client does not start")]
    Http(#[from] reqwest::Error),
}

/// Where requests go.
pub(crate) struct Base {
    /// Scheme, host and a proxy's prefix; token URLs that start with a slash are relative to it. No
    /// slash at its end.
    pub(crate) root: String,
    /// The root with the base path. No slash at its end.
    pub(crate) url: String,
}

/// Values for server variables, the caller's before the environment's.
pub(crate) struct Variables<'a> {
    pub(crate) service: &'static Service,
    pub(crate) given: &'a [(String, String)],
    pub(crate) from_env: &'a [(&'static str, String)],
}

impl Variables<'_> {
    /// Checks every name and value that the caller gave, used or not.
    pub(crate) fn check(&self) -> Result<(), ConfigError> {
        let unknown = |name: &str| {
            !self
                .service
                .variables
                .iter()
                .any(|variable| variable.name == name)
        };
        if let Some((name, _)) = self.given.iter().find(|(name, _)| unknown(name)) {
            return Err(ConfigError::UnknownVariable(printable(name)));
        }
        let given = self
            .given
            .iter()
            .map(|(name, value)| (name.as_str(), value));
        let from_env = self.from_env.iter().map(|(name, value)| (*name, value));
        // That one is parsed as the base URL.
        let whole = self.service.origin_variable();
        let mut values = given
            .chain(from_env)
            .filter(|(name, _)| Some(*name) != whole);
        match values.find(|(_, value)| !is_plain(value)) {
            Some((name, _)) => Err(ConfigError::VariableValue(name.to_owned())),
            None => Ok(()),
        }
    }

    /// Fills the variables of a URL template, or gives the names of those without a value.
    pub(crate) fn fill(&self, template: &str) -> Result<String, Vec<&'static ServerVariable>> {
        let mut filled = template.to_owned();
        let mut missing = Vec::new();
        for variable in self.service.variables {
            let placeholder = format!("{{{}}}", variable.name);
            if filled.contains(&placeholder) {
                match self.value(variable.name) {
                    Some(value) => filled = filled.replace(&placeholder, value),
                    None => missing.push(variable),
                }
            }
        }
        if missing.is_empty() {
            Ok(filled)
        } else {
            Err(missing)
        }
    }

    fn value(&self, name: &str) -> Option<&str> {
        // The last call wins, as with every other setting.
        let given = self
            .given
            .iter()
            .rev()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str());
        let from_env = || {
            self.from_env
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, value)| value.as_str())
        };
        let default = || {
            self.service
                .variables
                .iter()
                .find(|variable| variable.name == name)
                .map(|variable| variable.default)
        };
        given
            .or_else(from_env)
            .or_else(default)
            .filter(|value| !value.is_empty())
    }
}

/// Whether a value can stand in a host or path without becoming anything else: it holds none of the
/// characters that end a host, a port, a path or a user name, and is no dot segment.
fn is_plain(value: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    !value.is_empty()
        && value.bytes().all(allowed)
        && !value.starts_with('.')
        && !value.ends_with('.')
        && !value.contains("..")
}

/// Joins a base URL and a base path. A URL that already ends with the base path is taken as whole.
pub(crate) fn join(url: &str, base_path: &str) -> Result<Base, ConfigError> {
    let parsed = parse(url)?;
    let origin = parsed.origin().ascii_serialization();
    let prefix = parsed.path().trim_end_matches('/');
    let base_path = normal_base_path(url, base_path)?;
    let prefix = prefix.strip_suffix(base_path.as_str()).unwrap_or(prefix);
    let root = format!("{origin}{prefix}");
    Ok(Base {
        url: format!("{root}{base_path}"),
        root,
    })
}

fn parse(url: &str) -> Result<Url, ConfigError> {
    let bad = |problem| ConfigError::BaseUrl {
        url: without_user(url),
        problem,
    };
    let parsed = Url::parse(url).map_err(|_| bad("is not a URL; it starts with https://"))?;
    match () {
        () if !matches!(parsed.scheme(), "https" | "http") => Err(bad("is neither https nor http")),
        () if !parsed.username().is_empty() || parsed.password().is_some() => {
            Err(bad("holds a user name; credentials have their own calls"))
        }
        () if parsed.query().is_some() || parsed.fragment().is_some() => Err(bad(
            "has a query or fragment, to which no path can be appended",
        )),
        () => Ok(parsed),
    }
}

/// The base path as a URL parser has it: with a slash at its start and none at its end, or empty.
fn normal_base_path(url: &str, base_path: &str) -> Result<String, ConfigError> {
    let bad = |problem| ConfigError::BaseUrl {
        url: format!("{}{}", without_user(url), printable(base_path)),
        problem,
    };
    let trimmed = base_path.trim_matches('/');
    if trimmed.is_empty() {
        return Ok(String::new());
    }
    let path = format!("/{trimmed}");
    match Url::parse(&format!("http://localhost{path}")) {
        Ok(parsed)
            if parsed.path() == path && parsed.query().is_none() && parsed.fragment().is_none() =>
        {
            Ok(path)
        }
        _ => Err(bad("has a base path that is not a plain path")),
    }
}

/// A URL fit to print: whatever stands before an `@` may be a password.
fn without_user(url: &str) -> String {
    match url.rsplit_once('@') {
        Some((_, after)) => format!("…@{}", printable(after)),
        None => printable(url),
    }
}

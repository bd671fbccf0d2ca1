//! From settings to a base URL: fills server variables, checks what the caller gave, and tells what
//! is missing.

use reqwest::Url;

use crate::error::{ConfigError, printable, shown_url, ways};
use crate::service::{ServerVariable, Service};
use crate::url::BaseUrl;

/// Where requests go.
pub(crate) struct Base {
    /// Scheme, host and a proxy's prefix; token URLs that start with a slash are relative to it. No
    /// slash at its end.
    pub(crate) root: String,
    /// The root with the base path.
    pub(crate) url: BaseUrl,
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
            return Err(ConfigError::UnknownVariable {
                name: printable(name),
                help: self.known(),
            });
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
            Some((name, value)) => Err(ConfigError::VariableValue {
                name: name.to_owned(),
                value: shown_url(value),
                help: self.ways_to_set(name),
            }),
            None => Ok(()),
        }
    }

    /// Which variables there are.
    fn known(&self) -> String {
        let variables = self.service.variables.iter();
        let names: Vec<String> = variables
            .map(|variable| format!("`{}`", variable.name))
            .collect();
        match names.is_empty() {
            true => "the URL of this API has none; leave the call `server_variable` out".to_owned(),
            false => format!("`server_variable` takes {}", names.join(" or ")),
        }
    }

    /// How to set a variable.
    pub(crate) fn ways_to_set(&self, name: &str) -> String {
        let mut variables = self.service.variables.iter();
        let variable = variables.find(|variable| variable.name == name);
        let env = variable.and_then(|variable| variable.env);
        ways(&format!("server_variable({name:?}, …)"), &[env])
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
/// `help` tells how the base URL is set.
pub(crate) fn join(url: &str, base_path: &str, help: &str) -> Result<Base, ConfigError> {
    let bad = |problem| ConfigError::BaseUrl {
        url: shown_url(url),
        problem,
        help: format!("expected is a URL such as `https://api.example.com`; {help}"),
    };
    let parsed = parse(url).map_err(bad)?;
    let origin = parsed.origin().ascii_serialization();
    let prefix = parsed.path().trim_end_matches('/');
    let base_path = normal_base_path(base_path)?;
    let without = prefix.strip_suffix(base_path.as_str()).unwrap_or(prefix);
    if !base_path.is_empty() && without.ends_with(base_path.as_str()) {
        return Err(bad("ends with the API's base path twice"));
    }
    let root = format!("{origin}{without}");
    let url = BaseUrl::new(format!("{root}{base_path}")).ok_or_else(|| bad("is no URL"))?;
    Ok(Base { root, url })
}

/// The parsed URL, or what is wrong with it.
fn parse(url: &str) -> Result<Url, &'static str> {
    let trimmed = url.trim();
    if trimmed.is_empty() {
        return Err("is empty");
    }
    if trimmed.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return Err("holds white space");
    }
    if !trimmed.contains("://") {
        return Err("has no scheme and host");
    }
    let parsed = Url::parse(trimmed).map_err(|_| "is no URL")?;
    match () {
        () if !matches!(parsed.scheme(), "https" | "http") => Err("is neither https nor http"),
        () if !parsed.username().is_empty() || parsed.password().is_some() => {
            Err("holds a user name or a password; credentials have calls of their own")
        }
        () if parsed.query().is_some() => Err("has a query, behind which no path can stand"),
        () if parsed.fragment().is_some() => Err("has a fragment, behind which no path can stand"),
        () => Ok(parsed),
    }
}

/// The base path as a URL parser has it: with a slash at its start and none at its end, or empty.
fn normal_base_path(base_path: &str) -> Result<String, ConfigError> {
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
        _ => Err(ConfigError::BasePath(shown_url(base_path))),
    }
}

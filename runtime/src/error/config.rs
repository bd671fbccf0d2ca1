//! Why a client cannot be built. Each message says which setting it is about, what was given (never a
//! credential), what is expected, and the call or the environment variable that sets it.

use std::fmt;

use crate::error::printable;
use crate::redact::Collected;

/// Why a client cannot be built.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// Settings without which there is no client; all of them, each with the ways to set it.
    #[error("not set: {}", .0.join("; "))]
    Missing(Vec<String>),
    /// The base URL is no URL that paths can be appended to.
    #[error("the base URL is `{url}`, which {problem}; {help}")]
    BaseUrl {
        /// The URL as given, made fit to print.
        url: String,
        /// What is wrong with it.
        problem: &'static str,
        /// What is expected, and how to set it.
        help: String,
    },
    /// The base path is no plain path.
    #[error(
        "the base path is `{0}`, which is not a plain path; give `base_path` a path such as `/v3`, or an empty text for none"
    )]
    BasePath(String),
    /// The token URL, after its variables are filled, is no URL.
    #[error(
        "the token URL is `{0}`, which tokens cannot be fetched from; give `token_url` an absolute URL, or a path that starts with a slash"
    )]
    TokenUrl(String),
    /// The API's servers have no variable of this name.
    #[error("there is no server variable `{name}`; {help}")]
    UnknownVariable {
        /// The name as given, made fit to print.
        name: String,
        /// The names that there are.
        help: String,
    },
    /// The value could change what URL it stands in: it is not one label of a host or one piece of
    /// a path.
    #[error(
        "the server variable `{name}` is `{value}`, which is not one label of a host or one piece of a path (letters, digits, `-`, `_`, `~` and single dots within); {help}"
    )]
    VariableValue {
        /// Which variable.
        name: String,
        /// The value as given, made fit to print.
        value: String,
        /// How to set it.
        help: String,
    },
    /// A default header's name or value is not allowed in HTTP.
    #[error(
        "the header `{name}` has a name or a value that HTTP does not allow; give `{call}` a name of letters, digits and hyphens, and a value of one line of visible characters"
    )]
    Header {
        /// The name as given, made fit to print.
        name: String,
        /// The call that sets it.
        call: &'static str,
    },
    /// A credential that cannot be sent, or that this API has no use for.
    #[error("the {credential} {problem}; {help}")]
    Credential {
        /// Which one.
        credential: &'static str,
        /// What is wrong with it.
        problem: &'static str,
        /// What is expected, and how to set it.
        help: String,
    },
    /// The credential of a security scheme that cannot be sent, or that this API has no use for.
    #[error("the credential of `{scheme}` {problem}; {help}")]
    Scheme {
        /// Which scheme's, made fit to print.
        scheme: String,
        /// What is wrong with it.
        problem: &'static str,
        /// What is expected, and how to set it.
        help: String,
    },
    /// The URL asks for TLS, which is not compiled in.
    #[error(
        "`{url}` needs TLS, which is not compiled in; add the feature `rustls` or `native-tls` to the dependency on `{package}` in Cargo.toml, such as `features = [\"rustls\"]`, or give `http_client` a client of your own that has TLS"
    )]
    NoTls {
        /// The base URL or the token URL.
        url: String,
        /// The crate of the API's client.
        package: &'static str,
    },
    /// The base URL or the token URL is plain `http` and leads to another machine.
    #[error(
        "`{0}` is plain http, so everybody on the way can read credentials and data; use `https`, or call `allow_plain_http` on the client's builder if nobody else can read this network"
    )]
    PlainHttp(String),
    /// A file of settings cannot be used.
    #[error("the settings file {path} {problem}")]
    File {
        /// Where it is.
        path: String,
        /// What is wrong with it; never what it holds.
        problem: String,
    },
    /// The HTTP client did not start; most likely its TLS.
    #[error(
        "the HTTP client does not start, probably because the system's certificates are missing; give `http_client` a client of your own that does not need them"
    )]
    Http(#[from] reqwest::Error),
}

/// The same text as for people: a program whose `main` gives a `Result` ends with it, before any call was made.
impl fmt::Debug for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl ConfigError {
    /// The same without the credentials that the settings hold.
    pub(crate) fn redacted(mut self, secrets: &Collected) -> Self {
        let redact = |text: &mut String| *text = secrets.redact(text);
        match &mut self {
            Self::BaseUrl { url, .. } | Self::NoTls { url, .. } => redact(url),
            Self::BasePath(text) | Self::TokenUrl(text) | Self::PlainHttp(text) => redact(text),
            Self::UnknownVariable { name, .. } | Self::Header { name, .. } => redact(name),
            Self::VariableValue { value, .. } => redact(value),
            Self::Scheme { scheme, .. } => redact(scheme),
            Self::File { problem, .. } => redact(problem),
            Self::Missing(_) | Self::Credential { .. } | Self::Http(_) => {}
        }
        self
    }
}

/// How to set something: by calls of the builder (given without their backquotes), or by environment
/// variables.
pub(crate) fn ways(calls: &str, variables: &[Option<&str>]) -> String {
    let variables: Vec<&str> = variables.iter().copied().flatten().collect();
    match variables.is_empty() {
        true => format!("call `{calls}` on the client's builder"),
        false => format!(
            "call `{calls}` on the client's builder, or set {} and read the environment",
            variables.join(" and ")
        ),
    }
}

/// A URL fit to print: whatever stands before an `@`, or behind a `?` or `#`, may be a secret.
pub(crate) fn shown_url(url: &str) -> String {
    let (url, cut) = match url.find(['?', '#']) {
        Some(at) => url.split_at(at),
        None => (url, ""),
    };
    let mark = cut.chars().next().map(|mark| format!("{mark}…"));
    let mark = mark.unwrap_or_default();
    // An `@` behind the mark belongs to what was cut, unless the mark stands in a password.
    match (url.rsplit_once('@'), cut.rsplit_once('@')) {
        (_, Some((_, after))) => format!("…@{}", shown_url(after)),
        (Some((_, after)), None) => format!("…@{}{mark}", printable(after)),
        (None, None) => format!("{}{mark}", printable(url)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_is_shown_without_what_may_be_secret() {
        for (url, shown) in [
            ("https://h/a", "https://h/a"),
            ("https://h?k=v", "https://h?…"),
            ("https://h#v", "https://h#…"),
            ("https://u:p@h/a?k=v", "…@h/a?…"),
            ("https://u:p@ss@h", "…@h"),
            ("https://u:p?s#s@h?k=v", "…@h?…"),
            ("https://h?mail=a@b", "…@b"),
        ] {
            assert_eq!(shown_url(url), shown, "{url}");
        }
    }
}

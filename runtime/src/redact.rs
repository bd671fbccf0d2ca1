//! The credentials that a client knows, and texts without them. A server may repeat what it was
//! sent, in a message, an id or the name of a member; takes such a text, gives it with every known
//! credential replaced.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use reqwest::Url;
use reqwest::header::HeaderMap;

use crate::encode::percent_encode;

/// What stands in place of a credential.
const HIDDEN: &str = "[redacted]";

/// Shortest credential that is looked for, in characters. A shorter one is found in every text by
/// chance, so that replacing it would tell what it is.
const SHORTEST: usize = 4;

/// How many of the tokens fetched last are known: the one at hand, the one that it replaced, and
/// those of calls that are still under way.
const TOKENS: usize = 8;

/// Words in the name of a header whose value is a credential.
const TELLING: [&str; 9] = [
    "auth",
    "cookie",
    "credential",
    "key",
    "passw",
    "secret",
    "session",
    "signature",
    "token",
];

/// The credentials that a client and its clones know.
#[derive(Clone, Default)]
pub(crate) struct Secrets {
    known: Arc<Known>,
    /// Those of one request.
    own: Collected,
}

#[derive(Default)]
struct Known {
    /// Given with the settings.
    fixed: Vec<String>,
    /// Fetched, the latest last.
    tokens: Mutex<VecDeque<String>>,
}

impl Secrets {
    /// Those that settings hold.
    pub(crate) fn new(fixed: Collected) -> Self {
        Self {
            known: Arc::new(Known {
                fixed: fixed.0,
                tokens: Mutex::default(),
            }),
            own: Collected::default(),
        }
    }

    /// The same with those that a request carries in its own headers.
    pub(crate) fn with_headers(&self, headers: &HeaderMap) -> Self {
        let mut with = self.clone();
        with.own.add_headers(headers);
        with
    }

    /// Adds a token that was fetched.
    pub(crate) fn add_token(&self, token: &str) {
        // A panic elsewhere leaves no half a token.
        let tokens = self.known.tokens.lock();
        let mut tokens = tokens.unwrap_or_else(PoisonError::into_inner);
        tokens.push_back(token.to_owned());
        if tokens.len() > TOKENS {
            tokens.pop_front();
        }
    }

    /// A text without any of them.
    pub(crate) fn redact(&self, text: &str) -> String {
        let tokens = self.known.tokens.lock();
        let tokens = tokens.unwrap_or_else(PoisonError::into_inner);
        let fixed = self.known.fixed.iter().chain(&self.own.0);
        redact(text, fixed.chain(tokens.iter()).map(String::as_str))
    }
}

/// Shows nothing.
impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secrets(…)")
    }
}

/// Credentials that are being collected, in every form in which a server may repeat them.
#[derive(Clone, Default)]
pub(crate) struct Collected(Vec<String>);

impl Collected {
    /// Adds a credential: as it is, and as a URL, a form and JSON have it.
    pub(crate) fn add(&mut self, secret: &str) {
        let forms = [
            secret.to_owned(),
            percent_encode(secret),
            in_form(secret),
            in_json(secret),
        ];
        for form in forms {
            if form.chars().count() >= SHORTEST && !self.0.contains(&form) {
                self.0.push(form);
            }
        }
        // A secret that holds another is to go as a whole.
        self.0.sort_by_key(|form| std::cmp::Reverse(form.len()));
    }

    /// Adds the values of those headers whose names say that they hold a credential.
    pub(crate) fn add_headers(&mut self, headers: &HeaderMap) {
        for (name, value) in headers {
            if let Ok(value) = value.to_str() {
                self.add_named_header(name.as_str(), value);
            }
        }
    }

    /// Adds the value of a header, if its name says that it holds a credential.
    pub(crate) fn add_named_header(&mut self, name: &str, value: &str) {
        let name = name.to_ascii_lowercase();
        if !TELLING.iter().any(|word| name.contains(word)) {
            return;
        }
        self.add(value);
        if let Some((_, credential)) = value.split_once(' ') {
            self.add(credential.trim());
        }
        let cookies = value.split(';').filter(|_| name.contains("cookie"));
        for (_, value) in cookies.filter_map(|cookie| cookie.split_once('=')) {
            self.add(value.trim());
        }
    }

    /// A text without any of them.
    pub(crate) fn redact(&self, text: &str) -> String {
        redact(text, self.0.iter().map(String::as_str))
    }
}

/// A secret as a form has it.
fn in_form(secret: &str) -> String {
    let url = Url::parse_with_params("http://localhost", [("", secret)]);
    let query = url.ok().and_then(|url| url.query().map(str::to_owned));
    query.unwrap_or_default().trim_start_matches('=').to_owned()
}

/// A secret as a JSON text has it, without its quotation marks.
fn in_json(secret: &str) -> String {
    let json = serde_json::Value::from(secret).to_string();
    let inner = json.strip_prefix('"');
    let inner = inner.and_then(|json| json.strip_suffix('"'));
    inner.unwrap_or_default().to_owned()
}

fn redact<'s>(text: &str, secrets: impl Iterator<Item = &'s str>) -> String {
    let mut text = text.to_owned();
    for secret in secrets.filter(|secret| secret.chars().count() >= SHORTEST) {
        if text.contains(secret) {
            text = text.replace(secret, HIDDEN);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_a_credential_is_replaced_and_nothing_else() {
        let mut known = Collected::default();
        known.add("pa ss\"word");
        known.add("pa ss");
        known.add("abc");
        known.add_named_header("Authorization", "Bearer t0ken-1");
        let secrets = Secrets::new(known);
        secrets.add_token("fetched");
        for (text, expected) in [
            ("is pa ss\"word right", "is [redacted] right"),
            (r#"is pa ss\"word right"#, "is [redacted] right"),
            ("?p=pa%20ss%22word", "?p=[redacted]"),
            ("Bearer t0ken-1 and t0ken-1", "[redacted] and [redacted]"),
            ("abc fetched", "abc [redacted]"),
            ("nothing", "nothing"),
        ] {
            assert_eq!(secrets.redact(text), expected, "{text}");
        }
        for number in 0..20 {
            secrets.add_token(&format!("token-{number}"));
        }
        assert_eq!(secrets.redact("token-19"), "[redacted]");
        assert_eq!(secrets.redact("token-3"), "token-3");
    }

    #[test]
    fn headers_that_hold_credentials_are_known_by_their_names() {
        let mut headers = HeaderMap::new();
        for (name, value) in [
            ("accept-language", "english"),
            ("x-api-key", "k3y-value"),
            ("cookie", "a=first1; b=second2"),
        ] {
            headers.insert(name, value.parse().expect("a value"));
        }
        let mut known = Collected::default();
        known.add_headers(&headers);
        assert_eq!(
            known.redact("english k3y-value second2"),
            "english [redacted] [redacted]"
        );
    }
}

//! Settings in a JSON file, as the tools of some vendors keep them: takes the names of its members, gives what they hold.

use std::fmt;
use std::path::Path;

use serde_json::{Map, Value};

use crate::Secret;
use crate::decode::without_byte_order_mark;
use crate::error::ConfigError;

/// A JSON file in the working directory that holds what the environment does not. The names of its members have no case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConfigFile {
    /// The file's name.
    pub name: &'static str,
    /// The member that holds the base URL.
    pub base_url: &'static str,
    /// The member that holds the client id.
    pub client_id: &'static str,
    /// The member that holds the client secret.
    pub client_secret: &'static str,
}

/// What such a file holds.
#[derive(Default)]
pub(crate) struct Held {
    pub(crate) base_url: Option<String>,
    pub(crate) client_id: Option<String>,
    pub(crate) client_secret: Option<Secret<String>>,
}

impl ConfigFile {
    /// Reads a file; none where there is none.
    pub(crate) fn read(&self, path: &Path) -> Result<Option<Held>, ConfigError> {
        let bad = |problem: String| ConfigError::File {
            path: path.display().to_string(),
            problem,
        };
        let text = match std::fs::read(path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Ok(None);
            }
            Err(error) => return Err(bad(format!("cannot be read: {error}"))),
        };
        let text = without_byte_order_mark(&text);
        // serde_json's own words may quote the file, which holds a secret.
        let members: Map<String, Value> = serde_json::from_slice(text).map_err(|error| {
            let (line, column) = (error.line(), error.column());
            bad(format!("is no JSON object: line {line}, column {column}"))
        })?;
        let member = |name: &str| {
            let mut members = members.iter();
            let found = members.find(|(known, _)| known.eq_ignore_ascii_case(name));
            match found.map(|(_, value)| value) {
                None | Some(Value::Null) => Ok(None),
                Some(Value::String(text)) => Ok(Some(text.clone()).filter(|text| !text.is_empty())),
                Some(_) => Err(bad(format!("has no text at `{name}`"))),
            }
        };
        Ok(Some(Held {
            base_url: member(self.base_url)?,
            client_id: member(self.client_id)?,
            client_secret: member(self.client_secret)?.map(Secret::new),
        }))
    }
}

/// Shows which settings there are, and no value.
impl fmt::Debug for Held {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Held")
            .field("base_url", &self.base_url.is_some())
            .field("client_id", &self.client_id.is_some())
            .field("client_secret", &self.client_secret.is_some())
            .finish()
    }
}

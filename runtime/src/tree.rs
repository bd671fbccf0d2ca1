//! Any serialisable value as a tree of texts. Takes what callers pass as a parameter, a form or a
//! multipart body, gives a [`Tree`] that the styles of OpenAPI are written from. JSON's own value
//! would not do: it loses the order of members and cannot hold a file.

use std::borrow::Cow;
use std::fmt::Display;

use serde::Serialize;

use crate::file::FilePart;
use writer::Writer;

mod writer;

/// Why a value cannot stand where it was put. Never quotes the value, which may be a secret.
pub(crate) type Problem = String;

/// A value, its scalars as the texts that JSON would write.
#[derive(Debug)]
pub(crate) enum Tree {
    /// Null, and a member that is left out.
    Null,
    /// A text; `quoted` when JSON would write it in quotation marks.
    Scalar { text: String, quoted: bool },
    /// A list.
    List(Vec<Self>),
    /// An object, in the order of its members.
    Map(Vec<(String, Self)>),
    /// Bytes, which only a file holds.
    Bytes(Vec<u8>),
    /// A file.
    File(FilePart),
}

impl Tree {
    /// A value as a tree.
    pub(crate) fn of<V: Serialize + ?Sized>(value: &V) -> Result<Self, Problem> {
        value
            .serialize(Writer { file: false })
            .map_err(|_| "its value cannot be written as text".to_owned())
    }

    /// The text of a scalar; of a list or an object its JSON, since no style of OpenAPI says how to
    /// write one within another. Null has none.
    pub(crate) fn text(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Null => None,
            Self::Scalar { text, .. } => Some(text.into()),
            other => Some(other.json().into()),
        }
    }

    /// The same, taken out.
    pub(crate) fn into_text(self) -> Option<String> {
        match self {
            Self::Scalar { text, .. } => Some(text),
            other => other.text().map(Cow::into_owned),
        }
    }

    /// Whether this is neither a list nor an object.
    pub(crate) fn is_scalar(&self) -> bool {
        !matches!(self, Self::List(_) | Self::Map(_))
    }

    /// The same value as JSON.
    pub(crate) fn json(&self) -> String {
        match self {
            Self::Null => "null".to_owned(),
            Self::Scalar {
                text,
                quoted: false,
            } => text.clone(),
            Self::Scalar { text, .. } => quote(text),
            Self::List(items) => {
                let items: Vec<String> = items.iter().map(Self::json).collect();
                format!("[{}]", items.join(","))
            }
            Self::Map(members) => {
                let member =
                    |(name, value): &(String, Self)| format!("{}:{}", quote(name), value.json());
                let members: Vec<String> = members.iter().map(member).collect();
                format!("{{{}}}", members.join(","))
            }
            Self::Bytes(bytes) => quote(&String::from_utf8_lossy(bytes)),
            Self::File(file) => quote(&String::from_utf8_lossy(file.bytes().unwrap_or_default())),
        }
    }

    /// Whether a file of this machine stands here or within, which only a part of its own can be read from.
    pub(crate) fn reads_file(&self) -> bool {
        match self {
            Self::File(file) => file.bytes().is_none(),
            Self::List(items) => items.iter().any(Self::reads_file),
            Self::Map(members) => members.iter().any(|(_, value)| value.reads_file()),
            Self::Null | Self::Scalar { .. } | Self::Bytes(_) => false,
        }
    }

    fn plain(text: impl Display) -> Self {
        Self::Scalar {
            text: text.to_string(),
            quoted: false,
        }
    }

    fn quoted(text: &str) -> Self {
        Self::Scalar {
            text: text.to_owned(),
            quoted: true,
        }
    }
}

fn quote(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

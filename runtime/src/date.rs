//! Dates as the server wrote them. Servers send dates without seconds, without a zone, as an empty
//! string or as a number, whatever their document says; these types keep the text, so that one odd
//! date never costs the caller the whole response, and leave parsing to whoever needs it.

use std::fmt;

use serde::de::{Deserializer, Visitor};
use serde::{Deserialize, Serialize};

/// A point in time, as text (RFC 3339 when the server keeps its word).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct DateTime(String);

/// A calendar date, as text (RFC 3339 `full-date` when the server keeps its word).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct Date(String);

#[cfg(feature = "jiff")]
impl DateTime {
    /// Parses the text as RFC 3339.
    ///
    /// # Errors
    /// When the text is not a date with time and offset.
    pub fn parse(&self) -> Result<jiff::Timestamp, jiff::Error> {
        self.0.parse()
    }
}

#[cfg(feature = "jiff")]
impl Date {
    /// Parses the text as a calendar date.
    ///
    /// # Errors
    /// When the text is not a date.
    pub fn parse(&self) -> Result<jiff::civil::Date, jiff::Error> {
        self.0.parse()
    }
}

/// Gives both types the same text interface, which differs in the type's name alone.
macro_rules! text_type {
    ($name:ident) => {
        impl $name {
            /// The text as the server sent it, or as the caller gave it.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_any(TextOrNumber).map(Self)
            }
        }
    };
}

text_type!(DateTime);
text_type!(Date);

/// Accepts a string, and also a number, which some servers send for an instant.
struct TextOrNumber;

impl Visitor<'_> for TextOrNumber {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a date as text")
    }

    fn visit_str<E>(self, text: &str) -> Result<String, E> {
        Ok(text.to_owned())
    }

    fn visit_string<E>(self, text: String) -> Result<String, E> {
        Ok(text)
    }

    fn visit_i64<E>(self, number: i64) -> Result<String, E> {
        Ok(number.to_string())
    }

    fn visit_u64<E>(self, number: u64) -> Result<String, E> {
        Ok(number.to_string())
    }

    fn visit_f64<E>(self, number: f64) -> Result<String, E> {
        Ok(number.to_string())
    }
}

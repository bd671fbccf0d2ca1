//! Dates as the server wrote them. Servers send dates without seconds, without a zone, as an empty
//! string or as a number, whatever their document says; these types keep the text and notice such a date, so that one odd
//! date never costs the caller the whole response, and leave parsing to whoever needs it.

use std::fmt;

use serde::de::{Deserializer, Visitor};
use serde::{Deserialize, Serialize};

use crate::reading::notice;

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

/// The instant in UTC.
#[cfg(feature = "jiff")]
impl From<jiff::Timestamp> for DateTime {
    fn from(instant: jiff::Timestamp) -> Self {
        Self(instant.to_string())
    }
}

#[cfg(feature = "jiff")]
impl From<jiff::civil::Date> for Date {
    fn from(date: jiff::civil::Date) -> Self {
        Self(date.to_string())
    }
}

/// Gives both types the same text interface, which differs in the type's name alone.
macro_rules! text_type {
    ($name:ident, $is_right:ident, $what:literal) => {
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
                let text = deserializer.deserialize_any(TextOrNumber($what))?;
                if !$is_right(text.as_bytes()) {
                    notice($what, "another value");
                }
                Ok(Self(text))
            }
        }
    };
}

text_type!(DateTime, is_date_time, "a date and time");
text_type!(Date, is_date, "a date");

/// Whether a text has the shape of RFC 3339's `full-date`.
fn is_date(text: &[u8]) -> bool {
    has_shape(text, b"0000-00-00")
}

/// Whether a text has the shape of RFC 3339's `date-time`.
fn is_date_time(text: &[u8]) -> bool {
    let Some((moment, rest)) = text.split_at_checked(19) else {
        return false;
    };
    // RFC 3339, section 5.6, allows another letter, and a space, between date and time.
    let separated = matches!(moment.get(10), Some(b'T' | b't' | b' '));
    let offset = match rest {
        [b'.', fraction @ ..] => {
            let digits = fraction.iter().take_while(|c| c.is_ascii_digit()).count();
            fraction.get(digits.max(1)..).unwrap_or_default()
        }
        offset => offset,
    };
    let shaped = match offset {
        [b'Z' | b'z'] => true,
        [b'+' | b'-', time @ ..] => has_shape(time, b"00:00"),
        _ => false,
    };
    separated
        && shaped
        && has_shape(moment.get(..10).unwrap_or_default(), b"0000-00-00")
        && has_shape(moment.get(11..).unwrap_or_default(), b"00:00:00")
}

/// Whether a text has digits where the shape has them, and is the shape everywhere else.
fn has_shape(text: &[u8], shape: &[u8]) -> bool {
    let fits = |(c, of): (&u8, &u8)| {
        if *of == b'0' {
            c.is_ascii_digit()
        } else {
            c == of
        }
    };
    text.len() == shape.len() && text.iter().zip(shape).all(fits)
}

/// Accepts a string, and also a number, which some servers send for an instant.
struct TextOrNumber(&'static str);

impl Visitor<'_> for TextOrNumber {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
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

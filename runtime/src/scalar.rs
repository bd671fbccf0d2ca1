//! Enums: what reads their values, and tells of those that are not known. Enums whose values are numbers, or numbers and texts mixed: takes the values, gives serde's traits. serde itself names
//! variants by text alone.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Visitor};

use crate::reading::notice;

/// Makes an emitted enum of numbers or of mixed values read and written as JSON. Its last variant, `Unknown` unless it is given
/// another name, keeps a value that the document does not know. There is nothing to tell of one where the document allows these
/// values `or any`.
///
/// ```
/// #[derive(Clone, Debug, PartialEq)]
/// pub enum Priority {
///     Low,
///     High,
///     Unknown(i64),
/// }
/// sdk_runtime::scalar_enum!(Priority: i64 { Low = 1, High = 2 });
/// ```
#[macro_export]
macro_rules! scalar_enum {
    ($name:ident: $scalar:ident $(or $any:ident)? { $($variant:ident = $value:literal),+ $(,)? }) => {
        $crate::scalar_enum!($name: $scalar $(or $any)? { $($variant = $value),+ } else Unknown);
    };
    ($name:ident: $scalar:ident $(or $any:ident)? { $($variant:ident = $value:literal),+ $(,)? } else $rest:ident) => {
        impl ::core::convert::From<$scalar> for $name {
            fn from(value: $scalar) -> Self {
                $(if value == $value {
                    return Self::$variant;
                })+
                Self::$rest(value)
            }
        }

        impl $crate::serde::Serialize for $name {
            #[inline]
            fn serialize<S: $crate::serde::Serializer>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant => $crate::serde::Serialize::serialize(&$value, serializer),)+
                    Self::$rest(value) => $crate::serde::Serialize::serialize(value, serializer),
                }
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $name {
            #[inline]
            fn deserialize<D: $crate::serde::Deserializer<'de>>(deserializer: D) -> ::core::result::Result<Self, D::Error> {
                $crate::__read_scalar$(::$any)?::<$scalar, _, _>(deserializer, |value: &Self| ::core::matches!(value, Self::$rest(_)))
            }
        }
    };
}

/// Reads an enum of texts.
#[doc(hidden)]
pub fn read_enum<'de, E, D>(deserializer: D, is_unknown: fn(&E) -> bool) -> Result<E, D::Error>
where
    E: for<'t> From<&'t str>,
    D: Deserializer<'de>,
{
    let value: E = deserializer.deserialize_str(Text(PhantomData))?;
    if is_unknown(&value) {
        notice("one of certain values", "another value");
    }
    Ok(value)
}

#[doc(hidden)]
pub mod read_enum {
    use super::*;

    /// Reads an enum of texts beside which any other is allowed.
    pub fn any<'de, E, D>(deserializer: D, _: fn(&E) -> bool) -> Result<E, D::Error>
    where
        E: for<'t> From<&'t str>,
        D: Deserializer<'de>,
    {
        deserializer.deserialize_str(Text(PhantomData))
    }
}

/// Reads an enum of other values than texts.
#[doc(hidden)]
pub fn read_scalar<'de, S, E, D>(deserializer: D, is_unknown: fn(&E) -> bool) -> Result<E, D::Error>
where
    S: Deserialize<'de>,
    E: From<S>,
    D: Deserializer<'de>,
{
    let value = E::from(S::deserialize(deserializer)?);
    if is_unknown(&value) {
        notice("one of certain values", "another value");
    }
    Ok(value)
}

#[doc(hidden)]
pub mod read_scalar {
    use super::*;

    /// Reads an enum of other values than texts beside which any other is allowed.
    pub fn any<'de, S, E, D>(deserializer: D, _: fn(&E) -> bool) -> Result<E, D::Error>
    where
        S: Deserialize<'de>,
        E: From<S>,
        D: Deserializer<'de>,
    {
        S::deserialize(deserializer).map(E::from)
    }
}

struct Text<E>(PhantomData<E>);

impl<E: for<'t> From<&'t str>> Visitor<'_> for Text<E> {
    type Value = E;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_str<F>(self, text: &str) -> Result<E, F> {
        Ok(E::from(text))
    }
}

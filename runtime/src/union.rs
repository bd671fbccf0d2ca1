//! Unions: which of an enum's types a JSON value is.
//!
//! Takes a value and an enum's variants, gives the variant that the value is: the one whose tag it has, or, where no property
//! tells, the one that decodes and leaves the least of the value unread. serde's own untagged enums take the first that decodes,
//! which for types whose properties may all be left out is the first of all.

use serde::de::{DeserializeOwned, Deserializer, Visitor};
use serde::ser::Error as _;
use serde::{Serialize, Serializer};
use serde_json::Value;
use std::borrow::Cow;

/// Makes an emitted union read and written as JSON. Its last variant, `Unknown(Value)` unless it is given another name, keeps
/// what none of the others can hold.
///
/// ```
/// # use serde::{Deserialize, Serialize};
/// # use sdk_runtime::Value;
/// # #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
/// # pub struct Cat { lives: i64 }
/// # #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
/// # pub struct Dog { tricks: Vec<String> }
/// #[derive(Clone, Debug, PartialEq)]
/// pub enum Pet {
///     Cat(Cat),
///     Dog(Box<Dog>),
///     Unknown(Value),
/// }
/// sdk_runtime::union!(Pet by "kind" { Cat = "cat", Dog = "dog" | "puppy" });
///
/// #[derive(Clone, Debug, PartialEq)]
/// pub enum Owner {
///     Text(String),
///     Cat(Cat),
///     Unknown(Value),
/// }
/// sdk_runtime::union!(Owner { Text, Cat });
/// ```
#[macro_export]
macro_rules! union {
    ($name:ident { $($variant:ident),+ $(,)? } $(else $rest:ident)?) => {
        $crate::union!(@ $name, "", { $($variant = []),+ }, $($rest)?);
    };
    ($name:ident by $tag:literal { $($variant:ident $(= $first:literal $(| $more:literal)*)?),+ $(,)? } $(else $rest:ident)?) => {
        $crate::union!(@ $name, $tag, { $($variant = [$($first $(, $more)*)?]),+ }, $($rest)?);
    };
    (@ $name:ident, $tag:expr, $variants:tt,) => {
        $crate::union!(@ $name, $tag, $variants, Unknown);
    };
    (@ $name:ident, $tag:expr, { $($variant:ident = [$($value:literal),*]),+ }, $rest:ident) => {
        impl $crate::serde::Serialize for $name {
            fn serialize<S: $crate::serde::Serializer>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(value) => $crate::__write_variant(value, $tag, &[$($value),*], serializer),)+
                    Self::$rest(value) => $crate::serde::Serialize::serialize(value, serializer),
                }
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(deserializer: D) -> ::core::result::Result<Self, D::Error> {
                $crate::__read_union(
                    deserializer,
                    $tag,
                    &[$($crate::__Candidate::new(&[$($value),*], |value| $crate::__decode(value).map(Self::$variant), $crate::__fields_of(Self::$variant))),+],
                    Self::$rest,
                )
            }
        }
    };
}

/// A variant of a union, for the choice between them.
#[doc(hidden)]
pub struct Candidate<U> {
    tags: &'static [&'static str],
    decode: fn(&Value) -> Result<U, serde_json::Error>,
    /// The properties that the variant's type knows; `None` when it is no struct, or one that takes any.
    fields: Option<&'static [&'static str]>,
}

impl<U> Candidate<U> {
    #[doc(hidden)]
    pub fn new(
        tags: &'static [&'static str],
        decode: fn(&Value) -> Result<U, serde_json::Error>,
        fields: Option<&'static [&'static str]>,
    ) -> Self {
        Self {
            tags,
            decode,
            fields,
        }
    }

    /// How much of a value the variant would leave unread, by the names of its properties alone.
    fn unread(&self, value: &Value) -> usize {
        match (value, self.fields) {
            (Value::Object(members), Some(fields)) => members
                .keys()
                .filter(|name| !fields.contains(&name.as_str()))
                .count(),
            // What takes any property says the least of what it is.
            (Value::Object(_), None) => usize::MAX,
            _ => 0,
        }
    }
}

#[doc(hidden)]
pub fn decode<T: DeserializeOwned>(value: &Value) -> Result<T, serde_json::Error> {
    T::deserialize(value)
}

/// Reads a union. A value with a known tag is of that variant or an error; one with an unknown tag, and one that no variant
/// can hold, is kept as it is.
#[doc(hidden)]
pub fn read_union<'de, U, D: Deserializer<'de>>(
    deserializer: D,
    tag: &str,
    candidates: &[Candidate<U>],
    rest: fn(Value) -> U,
) -> Result<U, D::Error> {
    let value: Value = serde::Deserialize::deserialize(deserializer)?;
    if let Some(found) = tag_of(&value, tag) {
        let tagged = candidates
            .iter()
            .find(|candidate| candidate.tags.contains(&&*found));
        return match tagged {
            Some(candidate) => (candidate.decode)(&value).map_err(serde::de::Error::custom),
            None => Ok(by_shape(&value, untagged(candidates)).unwrap_or_else(|| rest(value))),
        };
    }
    Ok(by_shape(&value, candidates.iter()).unwrap_or_else(|| rest(value)))
}

/// The tag of a value. OpenAPI writes tags as text alone, and real APIs send numbers, too.
fn tag_of<'v>(value: &'v Value, tag: &str) -> Option<Cow<'v, str>> {
    match value.get(tag)? {
        Value::String(text) => Some(Cow::Borrowed(text)),
        Value::Number(number) => Some(Cow::Owned(number.to_string())),
        _ => None,
    }
}

fn untagged<U>(candidates: &[Candidate<U>]) -> impl Iterator<Item = &Candidate<U>> {
    candidates
        .iter()
        .filter(|candidate| candidate.tags.is_empty())
}

/// The first variant that decodes, those first that leave the least unread.
fn by_shape<'c, U: 'c>(
    value: &Value,
    candidates: impl Iterator<Item = &'c Candidate<U>>,
) -> Option<U> {
    let mut order: Vec<(usize, &Candidate<U>)> = candidates
        .map(|candidate| (candidate.unread(value), candidate))
        .collect();
    order.sort_by_key(|(unread, _)| *unread);
    order
        .into_iter()
        .find_map(|(_, candidate)| (candidate.decode)(value).ok())
}

/// Writes a variant, with the tag that stands for it where the value has none of its own: as a number where the type takes no text.
#[doc(hidden)]
pub fn write_variant<T: Serialize + DeserializeOwned, S: Serializer>(
    value: &T,
    tag: &str,
    tags: &[&str],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let Some(first) = tags.first() else {
        return value.serialize(serializer);
    };
    let mut value = serde_json::to_value(value).map_err(S::Error::custom)?;
    if value.is_object() && value.get(tag).is_none_or(Value::is_null) {
        value[tag] = Value::from(*first);
        if let Ok(number) = first.parse::<i64>()
            && decode::<T>(&value).is_err()
        {
            value[tag] = Value::from(number);
        }
    }
    value.serialize(serializer)
}

/// The properties that a variant's type asks serde for: what its derived `Deserialize` says of itself.
#[doc(hidden)]
pub fn fields_of<T: DeserializeOwned, U>(_: fn(T) -> U) -> Option<&'static [&'static str]> {
    let mut fields = None;
    // The probe answers every question with an error, so there never is a value.
    let _: Result<T, _> = T::deserialize(Probe(&mut fields));
    fields
}

/// A deserializer that learns which properties are asked for, and has none.
struct Probe<'p>(&'p mut Option<&'static [&'static str]>);

impl<'de> Deserializer<'de> for Probe<'_> {
    type Error = serde::de::value::Error;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Self::Error> {
        Err(serde::de::Error::custom("a probe has no value"))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        *self.0 = Some(fields);
        self.deserialize_any(visitor)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

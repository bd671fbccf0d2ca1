//! Unions: which of an enum's types a JSON value is.
//!
//! Takes a value and an enum's variants, gives the variant that the value is: the one whose tag it has, or, where no property
//! tells, the one that decodes and loses the least of the value. serde's own untagged enums take the first that decodes, which
//! for types whose properties may all be left out is the first of all.
//!
//! A value that has a known tag is of that variant or an error, never a lesser one. Where the shape decides, a variant that would
//! lose members is not taken while a better one fails in a scalar alone: then the value is kept whole.

use crate::reading::{Aside, Fault, Lenient, bring_back, count, mark, notice, relay, set_aside};
use serde::de::{DeserializeOwned, Deserializer, Visitor};
use serde::ser::Error as _;
use serde::{Serialize, Serializer};
use serde_json::Value;
use std::borrow::Cow;
use std::cmp::Reverse;

/// Makes an emitted union read and written as JSON. Its last variant, `Unknown(Value)` unless it is given another name, keeps
/// what none of the others can hold. Where a property tells which variant a value is, a variant without a value is for what has
/// another, or none. A variant of numbers is a `number`: whole ones are written without `.0`.
///
/// ```
/// # use sdk_runtime::Value;
/// # #[derive(Clone, Debug, PartialEq)]
/// # pub struct Cat { lives: i64 }
/// # sdk_runtime::record!(Cat { lives: required "lives" });
/// # #[derive(Clone, Debug, PartialEq)]
/// # pub struct Dog { tricks: Vec<String> }
/// # sdk_runtime::record!(Dog { tricks: required "tricks" });
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
///     Age(f64),
///     Cat(Cat),
///     Unknown(Value),
/// }
/// sdk_runtime::union!(Owner { Text, Age: number, Cat });
/// ```
#[macro_export]
macro_rules! union {
    ($name:ident { $($variant:ident $(: $how:ident)?),+ $(,)? } $(else $rest:ident)?) => {
        $crate::union!(@ $name, "", { $($variant $(: $how)? = []),+ }, $($rest)?);
    };
    ($name:ident by $tag:literal { $($variant:ident $(: $how:ident)? $(= $first:literal $(| $more:literal)*)?),+ $(,)? } $(else $rest:ident)?) => {
        $crate::union!(@ $name, $tag, { $($variant $(: $how)? = [$($first $(, $more)*)?]),+ }, $($rest)?);
    };
    (@ $name:ident, $tag:expr, $variants:tt,) => {
        $crate::union!(@ $name, $tag, $variants, Unknown);
    };
    (@ $name:ident, $tag:expr, { $($variant:ident $(: $how:ident)? = [$($value:literal),*]),+ }, $rest:ident) => {
        impl $crate::serde::Serialize for $name {
            fn serialize<S: $crate::serde::Serializer>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(value) => $crate::__write_variant$(::$how)?(value, $tag, &[$($value),*], serializer),)+
                    Self::$rest(value) => $crate::serde::Serialize::serialize(value, serializer),
                }
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(deserializer: D) -> ::core::result::Result<Self, D::Error> {
                $crate::__read_union(
                    deserializer,
                    $tag,
                    &[$($crate::__Candidate::new(&[$($value),*], |value| $crate::__decode(value).map(Self::$variant), $crate::__members_of(Self::$variant))),+],
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
    decode: fn(&Value) -> Result<U, Fault>,
    members: Members,
}

/// The members that a variant's type takes.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub struct Members {
    /// Those that it names.
    known: &'static [&'static str],
    /// Whether it keeps others, too.
    open: bool,
}

impl<U> Candidate<U> {
    #[doc(hidden)]
    pub fn new(
        tags: &'static [&'static str],
        decode: fn(&Value) -> Result<U, Fault>,
        members: Members,
    ) -> Self {
        Self {
            tags,
            decode,
            members,
        }
    }

    /// How well the variant's type fits a value, by the names of the members alone; the least fits best: how many would be lost,
    /// then how few are known.
    fn rank(&self, value: &Value) -> (usize, Reverse<usize>) {
        let Value::Object(members) = value else {
            return (0, Reverse(0));
        };
        let is_known = |name: &&String| self.members.known.contains(&name.as_str());
        let known = members.keys().filter(is_known).count();
        let lost = if self.members.open {
            0
        } else {
            members.len() - known
        };
        (lost, Reverse(known))
    }
}

#[doc(hidden)]
pub fn decode<T: DeserializeOwned>(value: &Value) -> Result<T, Fault> {
    T::deserialize(Lenient::new(value))
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
    let untagged: Vec<&Candidate<U>> = candidates
        .iter()
        .filter(|known| known.tags.is_empty())
        .collect();
    let shaped: Vec<&Candidate<U>> = match tag_of(&value, tag) {
        Some(found) => {
            let tagged = candidates
                .iter()
                .find(|candidate| candidate.tags.contains(&&*found));
            if let Some(candidate) = tagged {
                return (candidate.decode)(&value).map_err(relay);
            }
            untagged
        }
        None if !untagged.is_empty() => untagged,
        // A tag that the type does not have would be invented when the value is written again.
        None => {
            let has_tag = |known: &&Candidate<U>| known.members.known.contains(&tag);
            candidates.iter().filter(has_tag).collect()
        }
    };
    if let Some(found) = by_shape(&value, shaped) {
        return Ok(found);
    }
    notice("one of several types", "something else");
    Ok(rest(value))
}

/// The tag of a value. OpenAPI writes tags as text alone, and real APIs send numbers and booleans, too.
fn tag_of<'v>(value: &'v Value, tag: &str) -> Option<Cow<'v, str>> {
    match value.get(tag)? {
        Value::String(text) => Some(Cow::Borrowed(text)),
        Value::Number(_) | Value::Bool(_) => Some(Cow::Owned(value.get(tag)?.to_string())),
        _ => None,
    }
}

/// The variant whose type fits best among those that decode. Of types that fit equally well, one that takes the value as it is
/// goes before one that has to coerce it.
fn by_shape<U>(value: &Value, mut candidates: Vec<&Candidate<U>>) -> Option<U> {
    candidates.sort_by_key(|candidate| candidate.rank(value));
    let is_scalar = !value.is_object() && !value.is_array();
    for equals in candidates.chunk_by(|left, right| left.rank(value) == right.rank(value)) {
        let mut coerced: Option<(U, Aside)> = None;
        let mut nearly = false;
        for candidate in equals {
            let (before, notes) = (count(), mark());
            let read = (candidate.decode)(value);
            let notes = set_aside(notes);
            match read {
                Ok(found) if count() == before => return Some(found),
                // A text that spells a number is a text.
                Ok(found) if !is_scalar && coerced.is_none() => coerced = Some((found, notes)),
                Ok(_) => {}
                Err(fault) => nearly |= !fault.is_structural() && value.is_object(),
            }
        }
        if let Some((found, notes)) = coerced {
            bring_back(notes);
            return Some(found);
        }
        if nearly {
            return None;
        }
    }
    None
}

/// Writes a variant, with the tag that stands for it where the variant's type has no such member: as a number where the type takes
/// no text.
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
    if members_of_type::<T>().known.contains(&tag) {
        return value.serialize(serializer);
    }
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

#[doc(hidden)]
pub mod write_variant {
    use crate::number::{AsNumber, Exact};
    use serde::{Serialize, Serializer};

    /// Writes a variant of numbers, which has no tag.
    pub fn number<T: Exact, S: Serializer>(
        value: &T,
        _: &str,
        _: &[&str],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        AsNumber(value).serialize(serializer)
    }
}

/// The members that a variant's type takes.
#[doc(hidden)]
pub fn members_of<T: DeserializeOwned, U>(_: fn(T) -> U) -> Members {
    members_of_type::<T>()
}

/// What a type's `Deserialize` asks for says what it takes.
fn members_of_type<T: DeserializeOwned>() -> Members {
    let mut members = Members {
        known: &[],
        open: true,
    };
    // The probe answers every question with an error, so there never is a value.
    let _: Result<T, _> = T::deserialize(Probe(&mut members));
    members
}

/// A deserializer that learns which members are asked for, and has none.
struct Probe<'p>(&'p mut Members);

impl<'de> Deserializer<'de> for Probe<'_> {
    type Error = serde::de::value::Error;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Self::Error> {
        Err(serde::de::Error::custom("a probe has no value"))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        known: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        // A record that keeps other members says so behind its name.
        let open = name.contains("..");
        *self.0 = Members { known, open };
        self.deserialize_any(visitor)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        seq tuple tuple_struct map enum identifier ignored_any
    }
}

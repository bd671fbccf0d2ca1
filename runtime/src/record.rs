//! Objects as JSON: takes the names of a struct's members, gives serde's traits.
//!
//! A derive would do the same in several times the code, which whoever depends on an emitted crate
//! compiles. [`record!`](crate::record) expands to one visitor whose members are local options; the
//! rest are functions here. All are `#[inline]`, so that only who reads or writes a type compiles
//! what reads or writes it.
//!
//! A mark in the macro's call is the last part of a function's path: a member that is `required` is
//! read by `read::required`, any other by `read`.

use std::any::Any;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::Serialize;
use serde::de::{
    Deserialize, DeserializeOwned, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor,
};
use serde::ser::{Error as _, SerializeMap, Serializer};
use serde_json::{Map, Value};

use crate::nullable::Nullable;
use crate::number::Exact;
use crate::reading::{Lenient, NULLABLE, notice_null, relay, when_missing};
use crate::sending::is_sending;
use crate::unknown::UnknownMembers;

/// Makes an emitted struct read and written as a JSON object.
///
/// Each member is named as the struct has it, and then as JSON has it. A member is an `Option` or a
/// [`Nullable`](crate::Nullable), unless it is said to be `required`. Behind its name stands how it
/// is written: `read_only` is not sent, `number` is written without `.0` when it is whole,
/// `read_only_number` is both. A struct may end with what takes all other members: a map or
/// [`UnknownMembers`](crate::UnknownMembers) as `..rest`, a map of numbers as `..rest number`, or a
/// union as `..rest union`.
///
/// ```
/// # use sdk_runtime::{Nullable, UnknownMembers};
/// #[derive(Clone, Debug, Default, PartialEq)]
/// pub struct Device {
///     pub id: String,
///     pub default: Option<bool>,
///     pub user_name: Nullable<String>,
///     pub unknown: UnknownMembers,
/// }
/// sdk_runtime::record!(Device {
///     id: required "id" read_only, default: "default", user_name: "userName", ..unknown
/// });
/// ```
#[macro_export]
macro_rules! record {
    ($name:ident {
        $($field:ident: $($required:ident)? $wire:literal $($how:ident)?),*
        $(,)? $(..$rest:ident $($kind:ident)? $(,)?)?
    }) => {
        impl $crate::serde::Serialize for $name {
            #[inline]
            fn serialize<S: $crate::serde::Serializer>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error> {
                #[allow(unused_mut, reason = "a struct may have no members")]
                let mut members = $crate::__record::Members::new(serializer)?;
                $($crate::__record::write$(::$required)?$(::$how)?(&mut members, $wire, &self.$field)?;)*
                $($crate::__record::write_rest$(::$kind)?(&mut members, &self.$rest)?;)?
                members.end()
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $name {
            #[inline]
            fn deserialize<D: $crate::serde::Deserializer<'de>>(deserializer: D) -> ::core::result::Result<Self, D::Error> {
                #[allow(non_camel_case_types, reason = "these are the names of fields")]
                enum Member { $($field),* }

                fn find(name: &str) -> ::core::option::Option<Member> {
                    match name {
                        $($wire => ::core::option::Option::Some(Member::$field),)*
                        _ => ::core::option::Option::None,
                    }
                }

                struct Reader;

                impl<'de> $crate::serde::de::Visitor<'de> for Reader {
                    type Value = $name;

                    fn expecting(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                        f.write_str("an object")
                    }

                    #[inline]
                    fn visit_map<A: $crate::serde::de::MapAccess<'de>>(self, mut map: A) -> ::core::result::Result<$name, A::Error> {
                        $(
                            let mut $field = None;
                            $crate::__record::keep_in_place(&mut $field);
                        )*
                        let mut keys = $crate::__record::Keys::new(find, ($($crate::__record::kept(::core::stringify!($rest)))?));
                        $(let mut $rest = $crate::__record::rest$(::$kind)?();)?
                        while let Some(member) = keys.next(&mut map)? {
                            match member {
                                $(Some(Member::$field) => $crate::__record::read$(::$required)?(&mut map, &mut $field)?,)*
                                None => $crate::__record::skip(&mut map, &mut keys, ($(&mut $rest)?))?,
                            }
                        }
                        Ok($name {
                            $($field: $crate::__record::finish$(::$required)?($field, $wire)?,)*
                            $($rest: $crate::__record::finish_rest$(::$kind)?($rest)?,)?
                        })
                    }
                }

                deserializer.deserialize_struct(
                    ::core::concat!(::core::stringify!($name) $(, "..", ::core::stringify!($rest))?),
                    &[$($wire),*],
                    Reader,
                )
            }
        }
    };
}

/// The members of an object that is being written.
#[doc(hidden)]
pub struct Members<M>(M);

impl<M: SerializeMap> Members<M> {
    #[inline]
    pub fn new<S>(serializer: S) -> Result<Self, S::Error>
    where
        S: Serializer<SerializeMap = M, Error = M::Error>,
    {
        serializer.serialize_map(None).map(Self)
    }

    #[inline]
    pub fn end(self) -> Result<M::Ok, M::Error> {
        self.0.end()
    }

    #[inline]
    fn put<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), M::Error> {
        self.0.serialize_entry(name, value)
    }
}

/// A member that need not be there.
#[doc(hidden)]
pub trait Optional: Default {
    /// Whether it is not there.
    fn is_absent(&self) -> bool;
    /// Whether it can say null; else null means absent, which its document does not say.
    const NULL: bool;

    /// Keeps a null that came where a member may be anything, which null is as well.
    fn keep_null(&mut self) -> bool {
        false
    }
}

impl<T: 'static> Optional for Option<T> {
    const NULL: bool = false;

    #[inline]
    fn is_absent(&self) -> bool {
        self.is_none()
    }

    fn keep_null(&mut self) -> bool {
        let member: &mut dyn Any = self;
        let Some(anything) = member.downcast_mut::<Option<Value>>() else {
            return false;
        };
        *anything = Some(Value::Null);
        true
    }
}

impl<T> Optional for Nullable<T> {
    const NULL: bool = true;

    #[inline]
    fn is_absent(&self) -> bool {
        Nullable::is_absent(self)
    }
}

/// Makes the functions that write a member, one for each way.
macro_rules! writers {
    ($($name:ident, |$value:ident| $as:expr, $if:expr, $bound:path, $doc:literal;)*) => {
        $(
            #[doc = $doc]
            #[inline]
            pub fn $name<M: SerializeMap, T: Optional + $bound>(
                members: &mut Members<M>,
                name: &'static str,
                $value: &T,
            ) -> Result<(), M::Error> {
                if $value.is_absent() || !$if {
                    return Ok(());
                }
                members.put(name, $as)
            }
        )*

        /// Writes a required member.
        pub mod required {
            use super::*;

            $(
                #[doc = $doc]
                #[inline]
                pub fn $name<M: SerializeMap, T: $bound>(
                    members: &mut Members<M>,
                    name: &'static str,
                    $value: &T,
                ) -> Result<(), M::Error> {
                    if !$if {
                        return Ok(());
                    }
                    members.put(name, $as)
                }
            )*
        }
    };
}

/// Writes an optional member, unless it is absent.
#[doc(hidden)]
#[inline]
pub fn write<M: SerializeMap, T: Optional + Serialize>(
    members: &mut Members<M>,
    name: &'static str,
    value: &T,
) -> Result<(), M::Error> {
    if value.is_absent() {
        return Ok(());
    }
    members.put(name, value)
}

#[doc(hidden)]
pub mod write {
    use super::*;

    /// Writes a required member.
    #[inline]
    pub fn required<M: SerializeMap, T: Serialize>(
        members: &mut Members<M>,
        name: &'static str,
        value: &T,
    ) -> Result<(), M::Error> {
        members.put(name, value)
    }

    writers! {
        number, |value| &crate::number::AsNumber(value), true, Exact,
            "Writes a member that holds numbers.";
        read_only, |value| value, !is_sending(), Serialize,
            "Writes a member that only the server sets, unless it is sent.";
        read_only_number, |value| &crate::number::AsNumber(value), !is_sending(), Exact,
            "Writes a member of numbers that only the server sets, unless it is sent.";
    }
}

/// Keeps a member where it is. The optimiser would rather have all of a record's members in registers,
/// of which there are not enough, and so carry them through each round of the loop that reads them.
#[doc(hidden)]
#[inline(always)]
pub fn keep_in_place<T>(member: &mut Option<T>) {
    std::hint::black_box(member);
}

/// Reads an optional member: one that a lossy reading may leave out.
#[doc(hidden)]
#[inline]
pub fn read<'de, T: Deserialize<'de>, A: MapAccess<'de>>(
    map: &mut A,
    member: &mut Option<T>,
) -> Result<(), A::Error> {
    *member = Some(map.next_value()?);
    Ok(())
}

#[doc(hidden)]
pub mod read {
    use super::*;

    /// Reads a required member.
    #[inline]
    pub fn required<'de, T: Deserialize<'de>, A: MapAccess<'de>>(
        map: &mut A,
        member: &mut Option<T>,
    ) -> Result<(), A::Error> {
        *member = Some(map.next_value_seed(PhantomData)?);
        Ok(())
    }
}

/// An optional member at the end of its object.
#[doc(hidden)]
#[inline]
pub fn finish<T: Optional, E>(read: Option<T>, name: &'static str) -> Result<T, E> {
    match read {
        Some(mut value) => {
            if !T::NULL && value.is_absent() && !value.keep_null() {
                notice_null(name);
            }
            Ok(value)
        }
        None => Ok(T::default()),
    }
}

#[doc(hidden)]
pub mod finish {
    use super::*;

    /// A required member at the end of its object. One that may be null is so when it is missing.
    #[inline]
    pub fn required<'de, T: Deserialize<'de>, E: serde::de::Error>(
        read: Option<T>,
        name: &'static str,
    ) -> Result<T, E> {
        match read {
            Some(value) => Ok(value),
            None => when_missing(name).ok_or_else(|| E::missing_field(name)),
        }
    }
}

/// Finds the members that a struct has among those that come.
#[doc(hidden)]
pub struct Keys<F, U> {
    find: F,
    unknown: U,
}

/// The name of the last member that a struct does not name: kept where something takes such members.
#[doc(hidden)]
pub trait Unknown {
    fn keep(&mut self, name: &str);
}

impl Unknown for () {
    #[inline]
    fn keep(&mut self, _: &str) {}
}

impl Unknown for String {
    #[inline]
    fn keep(&mut self, name: &str) {
        name.clone_into(self);
    }
}

/// Where such a name is kept; the argument is what takes the members.
#[doc(hidden)]
pub fn kept(_: &str) -> String {
    String::new()
}

impl<K, F: Fn(&str) -> Option<K>, U: Unknown> Keys<F, U> {
    #[inline]
    pub fn new(find: F, unknown: U) -> Self {
        Self { find, unknown }
    }

    /// The next member: nothing within something when the struct does not name it.
    #[inline]
    #[allow(
        clippy::type_complexity,
        reason = "the end of the object, and an unknown member"
    )]
    pub fn next<'de, A: MapAccess<'de>>(
        &mut self,
        map: &mut A,
    ) -> Result<Option<Option<K>>, A::Error> {
        map.next_key_seed(self)
    }
}

impl<'de, K, F: Fn(&str) -> Option<K>, U: Unknown> DeserializeSeed<'de> for &mut Keys<F, U> {
    type Value = Option<K>;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<K>, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl<K, F: Fn(&str) -> Option<K>, U: Unknown> Visitor<'_> for &mut Keys<F, U> {
    type Value = Option<K>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a member's name")
    }

    #[inline]
    fn visit_str<E>(self, name: &str) -> Result<Option<K>, E> {
        let member = (self.find)(name);
        if member.is_none() {
            self.unknown.keep(name);
        }
        Ok(member)
    }
}

/// What a member goes to that a struct does not name.
#[doc(hidden)]
pub trait Rest: Default {
    fn take<'de, A: MapAccess<'de>>(&mut self, name: String, map: &mut A) -> Result<(), A::Error>;
    fn write<M: SerializeMap>(&self, members: &mut Members<M>) -> Result<(), M::Error>;
}

impl<T: Serialize + DeserializeOwned> Rest for BTreeMap<String, T> {
    #[inline]
    fn take<'de, A: MapAccess<'de>>(&mut self, name: String, map: &mut A) -> Result<(), A::Error> {
        if let Entry(Some(value)) = map.next_value()? {
            self.insert(name, value);
        }
        Ok(())
    }

    #[inline]
    fn write<M: SerializeMap>(&self, members: &mut Members<M>) -> Result<(), M::Error> {
        let mut entries = self.iter();
        entries.try_for_each(|(name, value)| members.put(name, value))
    }
}

impl Rest for UnknownMembers {
    #[inline]
    fn take<'de, A: MapAccess<'de>>(&mut self, name: String, map: &mut A) -> Result<(), A::Error> {
        self.insert(name, map.next_value::<Value>()?);
        Ok(())
    }

    #[inline]
    fn write<M: SerializeMap>(&self, members: &mut Members<M>) -> Result<(), M::Error> {
        let mut entries = self.iter();
        entries.try_for_each(|(name, value)| members.put(name, value))
    }
}

/// A value of a map, which a lossy reading may leave out.
struct Entry<T>(Option<T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Entry<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for Reader<T> {
            type Value = Entry<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value")
            }

            fn visit_none<E>(self) -> Result<Entry<T>, E> {
                Ok(Entry(None))
            }

            fn visit_newtype_struct<D: Deserializer<'de>>(
                self,
                deserializer: D,
            ) -> Result<Entry<T>, D::Error> {
                T::deserialize(deserializer).map(|value| Entry(Some(value)))
            }
        }

        deserializer.deserialize_newtype_struct(NULLABLE, Reader(PhantomData))
    }
}

/// Begins to collect the members that a struct does not name.
#[doc(hidden)]
#[inline]
pub fn rest<R: Rest>() -> R {
    R::default()
}

#[doc(hidden)]
pub mod rest {
    use super::*;

    /// Begins to collect numbers.
    #[inline]
    pub fn number<R: Rest>() -> R {
        R::default()
    }

    /// Begins to collect the members of a union that stands beside the struct's own.
    #[inline]
    pub fn union() -> Map<String, Value> {
        Map::new()
    }
}

/// Where the value of a member goes that a struct does not name.
#[doc(hidden)]
pub trait Beyond<U> {
    fn take<'de, A: MapAccess<'de>>(self, name: &mut U, map: &mut A) -> Result<(), A::Error>;
}

impl Beyond<()> for () {
    #[inline]
    fn take<'de, A: MapAccess<'de>>(self, (): &mut (), map: &mut A) -> Result<(), A::Error> {
        map.next_value::<IgnoredAny>().map(drop)
    }
}

impl<R: Rest> Beyond<String> for &mut R {
    #[inline]
    fn take<'de, A: MapAccess<'de>>(self, name: &mut String, map: &mut A) -> Result<(), A::Error> {
        Rest::take(self, std::mem::take(name), map)
    }
}

impl Beyond<String> for &mut Map<String, Value> {
    fn take<'de, A: MapAccess<'de>>(self, name: &mut String, map: &mut A) -> Result<(), A::Error> {
        self.insert(std::mem::take(name), map.next_value()?);
        Ok(())
    }
}

/// Reads a member that a struct does not name.
#[doc(hidden)]
#[inline]
pub fn skip<'de, A: MapAccess<'de>, F, U>(
    map: &mut A,
    keys: &mut Keys<F, U>,
    to: impl Beyond<U>,
) -> Result<(), A::Error> {
    to.take(&mut keys.unknown, map)
}

/// The members that a struct does not name, at the end of its object.
#[doc(hidden)]
#[inline]
pub fn finish_rest<R: Rest, E>(rest: R) -> Result<R, E> {
    Ok(rest)
}

#[doc(hidden)]
pub mod finish_rest {
    use super::*;

    /// The numbers among the members that a struct does not name.
    #[inline]
    pub fn number<R: Rest, E>(rest: R) -> Result<R, E> {
        Ok(rest)
    }

    /// The union that stands beside a struct's own members.
    pub fn union<U: DeserializeOwned, E: serde::de::Error>(
        members: Map<String, Value>,
    ) -> Result<U, E> {
        U::deserialize(Lenient::new(&Value::Object(members))).map_err(relay)
    }
}

/// Writes the members that a struct does not name.
#[doc(hidden)]
#[inline]
pub fn write_rest<M: SerializeMap>(
    members: &mut Members<M>,
    rest: &impl Rest,
) -> Result<(), M::Error> {
    rest.write(members)
}

#[doc(hidden)]
pub mod write_rest {
    use super::*;

    /// Writes numbers beside a struct's own members.
    #[inline]
    pub fn number<M: SerializeMap, T: Exact>(
        members: &mut Members<M>,
        rest: &BTreeMap<String, T>,
    ) -> Result<(), M::Error> {
        let mut entries = rest.iter();
        entries.try_for_each(|(name, value)| members.put(name, &crate::number::AsNumber(value)))
    }

    /// Writes the members of a union beside a struct's own.
    pub fn union<M: SerializeMap>(
        members: &mut Members<M>,
        union: &impl Serialize,
    ) -> Result<(), M::Error> {
        let value = serde_json::to_value(union).map_err(M::Error::custom)?;
        let entries = value.as_object().into_iter().flatten();
        entries
            .into_iter()
            .try_for_each(|(name, value)| members.put(name, value))
    }
}

//! Reading a record: takes the members that come, gives each to the struct's own, and says which are missing.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, MapAccess, Visitor};

use super::Optional;
use crate::reading::{notice_null, when_missing};

/// Keeps the members where they are. The optimiser would rather have all of a record's members in registers,
/// of which there are not enough, and so carry them through each round of the loop that reads them.
#[doc(hidden)]
#[inline(always)]
pub fn keep_in_place<T>(members: &mut T) {
    std::hint::black_box(members);
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

/// An optional member at the end of its object; there always is one.
#[doc(hidden)]
#[inline]
pub fn finish<T: Optional>(read: Option<T>, name: &'static str, _: &mut &'static str) -> Option<T> {
    let Some(mut value) = read else {
        return Some(T::default());
    };
    if !T::NULL && value.is_absent() && !value.keep_null() {
        notice_null(name);
    }
    Some(value)
}

#[doc(hidden)]
pub mod finish {
    use super::*;

    /// A required member at the end of its object. One that may be null is so when it is missing; of others the first that is missing
    /// is noted.
    #[inline]
    pub fn required<'de, T: Deserialize<'de>>(
        read: Option<T>,
        name: &'static str,
        missing: &mut &'static str,
    ) -> Option<T> {
        let value = read.or_else(|| when_missing(name));
        if value.is_none() && missing.is_empty() {
            *missing = name;
        }
        value
    }
}

/// Finds the members that a struct has among those that come.
#[doc(hidden)]
pub struct Keys<F, U> {
    find: F,
    pub(super) unknown: U,
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

//! Reading a record: takes the members that come, gives each to the struct's own, and says which are missing.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error as _, MapAccess, Visitor};

use super::beyond::{ReadRest, Unknown};
use super::{Optional, ReadMembers, required};
use crate::reading::{notice_null, when_missing};

/// A member of a struct, to be read.
#[doc(hidden)]
pub trait ReadMember<'de>: Sized {
    /// What the struct holds.
    type Value;

    fn read<A: MapAccess<'de>>(
        value: &mut Option<Self::Value>,
        map: &mut A,
    ) -> Result<(), A::Error>;

    /// The member at the end of its object; nothing where it is missing, and then its name is noted unless another is.
    fn finish(
        value: Option<Self::Value>,
        name: &'static str,
        missing: &mut &'static str,
    ) -> Option<Self>;
}

/// An optional member: one that a lossy reading may leave out, and that there always is in the end.
impl<'de, T: Optional + Deserialize<'de>> ReadMember<'de> for T {
    type Value = T;

    #[inline]
    fn read<A: MapAccess<'de>>(value: &mut Option<T>, map: &mut A) -> Result<(), A::Error> {
        *value = Some(map.next_value()?);
        Ok(())
    }

    #[inline]
    fn finish(value: Option<T>, name: &'static str, _: &mut &'static str) -> Option<T> {
        let Some(mut value) = value else {
            return Some(T::default());
        };
        if !T::NULL && value.is_absent() && !value.keep_null() {
            notice_null(name);
        }
        Some(value)
    }
}

/// A required member. One that may be null is so when it is missing.
impl<'de, T: Deserialize<'de>> ReadMember<'de> for required<T> {
    type Value = T;

    #[inline]
    fn read<A: MapAccess<'de>>(value: &mut Option<T>, map: &mut A) -> Result<(), A::Error> {
        *value = Some(map.next_value_seed(PhantomData)?);
        Ok(())
    }

    #[inline]
    fn finish(
        value: Option<T>,
        name: &'static str,
        missing: &mut &'static str,
    ) -> Option<required<T>> {
        let value = value.or_else(|| when_missing(name));
        if value.is_none() && missing.is_empty() {
            *missing = name;
        }
        value.map(required)
    }
}

/// Reads a struct: its members by their names, then what takes all others, and both made into the struct.
#[doc(hidden)]
#[inline]
pub fn read<'de, D, M, R, T>(
    deserializer: D,
    names: &'static [&'static str],
    make: impl FnOnce(M, R) -> T,
) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    M: ReadMembers<'de>,
    R: ReadRest,
{
    let reader = Reader {
        names,
        make,
        parts: PhantomData,
    };
    deserializer.deserialize_struct(R::KIND, names, reader)
}

struct Reader<M, R, F> {
    names: &'static [&'static str],
    make: F,
    parts: PhantomData<(M, R)>,
}

impl<'de, M, R, T, F> Visitor<'de> for Reader<M, R, F>
where
    M: ReadMembers<'de>,
    R: ReadRest,
    F: FnOnce(M, R) -> T,
{
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    #[inline]
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
        let mut members = M::none_so_far();
        let mut rest = R::none_so_far();
        let mut keys = Keys::<R::Name> {
            names: self.names,
            next: 0,
            unknown: Default::default(),
        };
        while let Some(found) = map.next_key_seed(&mut keys)? {
            match found {
                Some(index) => M::read(&mut members, index, &mut map)?,
                None => R::read(&mut rest, &mut keys.unknown, &mut map)?,
            }
        }
        let mut missing = "";
        match M::finish(members, self.names, &mut missing) {
            Some(members) => Ok((self.make)(members, R::finish(rest)?)),
            None => Err(A::Error::missing_field(missing)),
        }
    }
}

/// Finds the members that a struct has among those that come.
struct Keys<U> {
    names: &'static [&'static str],
    /// Where the next is looked for: most come in the order of their document.
    next: usize,
    unknown: U,
}

impl<U> Keys<U> {
    #[inline]
    fn find(&mut self, name: &str) -> Option<usize> {
        let is_it = |known: &&str| *known == name;
        let (before, after) = self.names.split_at_checked(self.next)?;
        let found = match after.iter().position(is_it) {
            Some(index) => self.next + index,
            None => before.iter().position(is_it)?,
        };
        self.next = found + 1;
        Some(found)
    }
}

/// A member's place among those of the struct, or nothing when the struct does not name it.
impl<'de, U: Unknown> DeserializeSeed<'de> for &mut Keys<U> {
    type Value = Option<usize>;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<usize>, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl<U: Unknown> Visitor<'_> for &mut Keys<U> {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a member's name")
    }

    #[inline]
    fn visit_str<E>(self, name: &str) -> Result<Option<usize>, E> {
        let member = self.find(name);
        if member.is_none() {
            self.unknown.keep(name);
        }
        Ok(member)
    }
}

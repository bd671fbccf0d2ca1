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
    /// What has been read of it so far.
    type SoFar;

    fn none_so_far() -> Self::SoFar;

    /// Reads the member; its name is the one at this index.
    fn read<A: MapAccess<'de>>(
        so_far: &mut Self::SoFar,
        names: &[&'static str],
        index: usize,
        map: &mut A,
    ) -> Result<(), A::Error>;

    /// The member at the end of its object, or its name where it is missing.
    fn finish(so_far: Self::SoFar, name: &'static str) -> Result<Self, &'static str>;
}

/// An optional member: one that a lossy reading may leave out, and that there always is in the end.
impl<'de, T: Optional + Deserialize<'de>> ReadMember<'de> for T {
    type SoFar = T;

    #[inline]
    fn none_so_far() -> T {
        T::default()
    }

    #[inline]
    fn read<A: MapAccess<'de>>(
        so_far: &mut T,
        names: &[&'static str],
        index: usize,
        map: &mut A,
    ) -> Result<(), A::Error> {
        *so_far = map.next_value()?;
        if !T::NULL && so_far.is_absent() && !so_far.keep_null() {
            notice_null(names.get(index).copied().unwrap_or_default());
        }
        Ok(())
    }

    #[cfg_attr(debug_assertions, inline)]
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn finish(so_far: T, _: &'static str) -> Result<T, &'static str> {
        Ok(so_far)
    }
}

/// A required member. One that may be null is so when it is missing.
impl<'de, T: Deserialize<'de>> ReadMember<'de> for required<T> {
    type SoFar = Option<T>;

    #[inline]
    fn none_so_far() -> Option<T> {
        None
    }

    #[inline]
    fn read<A: MapAccess<'de>>(
        so_far: &mut Option<T>,
        _: &[&'static str],
        _: usize,
        map: &mut A,
    ) -> Result<(), A::Error> {
        *so_far = Some(map.next_value_seed(PhantomData)?);
        Ok(())
    }

    #[cfg_attr(debug_assertions, inline)]
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn finish(so_far: Option<T>, name: &'static str) -> Result<Self, &'static str> {
        match so_far {
            Some(value) => Ok(required(value)),
            None => when_missing(name).map(required).ok_or(name),
        }
    }
}

/// Reads a struct: its members by their names, then what takes all others, and both made into the struct.
#[doc(hidden)]
#[inline]
pub fn read<'de, D, M, R, T>(
    deserializer: D,
    names: &'static [&'static str],
    find: impl Fn(&str) -> usize,
    make: impl FnOnce(M, R) -> T,
) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    M: ReadMembers<'de>,
    R: ReadRest,
{
    let reader = Reader {
        names,
        find,
        make,
        parts: PhantomData,
    };
    deserializer.deserialize_struct(R::KIND, names, reader)
}

struct Reader<K, M, R, F> {
    names: &'static [&'static str],
    find: K,
    make: F,
    parts: PhantomData<(M, R)>,
}

impl<'de, K, M, R, T, F> Visitor<'de> for Reader<K, M, R, F>
where
    K: Fn(&str) -> usize,
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
        let mut keys = Keys {
            find: self.find,
            unknown: R::Name::default(),
        };
        while let Some(found) = map.next_key_seed(&mut keys)? {
            match found {
                UNKNOWN => R::read(&mut rest, &mut keys.unknown, &mut map)?,
                index => M::read(&mut members, self.names, index, &mut map)?,
            }
        }
        let members = M::finish(members, self.names).map_err(A::Error::missing_field)?;
        Ok((self.make)(members, R::finish(rest)?))
    }
}

/// Stands for a member that a struct does not name.
const UNKNOWN: usize = usize::MAX;

/// Finds the members that a struct has among those that come.
struct Keys<K, U> {
    find: K,
    unknown: U,
}

/// A member's place among those of the struct, or `UNKNOWN` when the struct does not name it.
impl<'de, K: Fn(&str) -> usize, U: Unknown> DeserializeSeed<'de> for &mut Keys<K, U> {
    type Value = usize;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<usize, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl<K: Fn(&str) -> usize, U: Unknown> Visitor<'_> for &mut Keys<K, U> {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a member's name")
    }

    #[inline]
    fn visit_str<E>(self, name: &str) -> Result<usize, E> {
        let member = (self.find)(name);
        if member == UNKNOWN {
            self.unknown.keep(name);
        }
        Ok(member)
    }
}

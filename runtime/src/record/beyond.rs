//! The members that a struct does not name: kept by a map, by [`UnknownMembers`] or by a union where the struct has one, else skipped.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::Serialize;
use serde::de::{Deserialize, DeserializeOwned, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde::ser::{Error as _, SerializeMap};
use serde_json::{Map, Value};

use super::{Keys, Members};
use crate::number::{AsNumber, Exact};
use crate::reading::{Lenient, NULLABLE, relay};
use crate::unknown::UnknownMembers;

/// What a member goes to that a struct does not name.
#[doc(hidden)]
pub trait Rest: Default {
    fn take<'de, A: MapAccess<'de>>(&mut self, name: String, map: &mut A) -> Result<(), A::Error>;
    fn write<M: SerializeMap>(&self, members: &mut Members<M>);
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
    fn write<M: SerializeMap>(&self, members: &mut Members<M>) {
        for (name, value) in self {
            members.put(name, value);
        }
    }
}

impl Rest for UnknownMembers {
    #[inline]
    fn take<'de, A: MapAccess<'de>>(&mut self, name: String, map: &mut A) -> Result<(), A::Error> {
        self.insert(name, map.next_value::<Value>()?);
        Ok(())
    }

    #[inline]
    fn write<M: SerializeMap>(&self, members: &mut Members<M>) {
        for (name, value) in self.iter() {
            members.put(name, value);
        }
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
    pub fn one_of() -> Map<String, Value> {
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
    pub fn one_of<U: DeserializeOwned, E: serde::de::Error>(
        members: Map<String, Value>,
    ) -> Result<U, E> {
        U::deserialize(Lenient::new(&Value::Object(members))).map_err(relay)
    }
}

/// Writes the members that a struct does not name.
#[doc(hidden)]
#[inline]
pub fn write_rest<M: SerializeMap>(members: &mut Members<M>, rest: &impl Rest) {
    rest.write(members);
}

#[doc(hidden)]
pub mod write_rest {
    use super::*;

    /// Writes numbers beside a struct's own members.
    #[inline]
    pub fn number<M: SerializeMap, T: Exact>(members: &mut Members<M>, rest: &BTreeMap<String, T>) {
        for (name, value) in rest {
            members.put(name, &AsNumber(value));
        }
    }

    /// Writes the members of a union beside a struct's own.
    pub fn one_of<M: SerializeMap>(members: &mut Members<M>, union: &impl Serialize) {
        match serde_json::to_value(union) {
            Ok(value) => {
                for (name, value) in value.as_object().into_iter().flatten() {
                    members.put(name, value);
                }
            }
            Err(failure) => members.fail(M::Error::custom(failure)),
        }
    }
}

//! The members that a struct does not name: kept by a map, by [`UnknownMembers`] or by a union where the struct has one, else skipped.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::Serialize;
use serde::de::{Deserialize, DeserializeOwned, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde::ser::{Error as _, SerializeMap};
use serde_json::{Map, Value};

use super::{Members, number, one_of};
use crate::number::{AsNumber, Exact};
use crate::reading::{Lenient, NULLABLE, relay};
use crate::unknown::UnknownMembers;

/// What the members go to that a struct does not name, to be read.
#[doc(hidden)]
pub trait ReadRest: Sized {
    /// Under which name a struct asks to be read: it tells a union whether the struct takes other members than its own.
    const KIND: &'static str = "record..";
    /// What has been read so far.
    type SoFar;
    /// The name of the last such member.
    type Name: Unknown;

    fn none_so_far() -> Self::SoFar;

    fn read<'de, A: MapAccess<'de>>(
        so_far: &mut Self::SoFar,
        name: &mut Self::Name,
        map: &mut A,
    ) -> Result<(), A::Error>;

    fn finish<E: serde::de::Error>(so_far: Self::SoFar) -> Result<Self, E>;
}

/// What the members are in that a struct does not name, to be written.
#[doc(hidden)]
pub trait WriteRest {
    fn write<M: SerializeMap>(self, members: &mut Members<M>);
}

/// The name of the last member that a struct does not name: kept where something takes such members.
#[doc(hidden)]
pub trait Unknown: Default {
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

/// Such members are skipped.
impl ReadRest for () {
    const KIND: &'static str = "record";
    type SoFar = ();
    type Name = ();

    #[inline]
    fn none_so_far() {}

    #[inline]
    fn read<'de, A: MapAccess<'de>>((): &mut (), (): &mut (), map: &mut A) -> Result<(), A::Error> {
        map.next_value::<IgnoredAny>().map(drop)
    }

    #[inline]
    fn finish<E>((): ()) -> Result<(), E> {
        Ok(())
    }
}

impl<T: DeserializeOwned> ReadRest for BTreeMap<String, T> {
    type SoFar = Self;
    type Name = String;

    #[inline]
    fn none_so_far() -> Self {
        Self::new()
    }

    #[inline]
    fn read<'de, A: MapAccess<'de>>(
        so_far: &mut Self,
        name: &mut String,
        map: &mut A,
    ) -> Result<(), A::Error> {
        if let Entry(Some(value)) = map.next_value()? {
            so_far.insert(std::mem::take(name), value);
        }
        Ok(())
    }

    #[inline]
    fn finish<E>(so_far: Self) -> Result<Self, E> {
        Ok(so_far)
    }
}

impl ReadRest for UnknownMembers {
    type SoFar = Self;
    type Name = String;

    #[inline]
    fn none_so_far() -> Self {
        Self::new()
    }

    #[inline]
    fn read<'de, A: MapAccess<'de>>(
        so_far: &mut Self,
        name: &mut String,
        map: &mut A,
    ) -> Result<(), A::Error> {
        so_far.insert(std::mem::take(name), map.next_value::<Value>()?);
        Ok(())
    }

    #[inline]
    fn finish<E>(so_far: Self) -> Result<Self, E> {
        Ok(so_far)
    }
}

impl<T: DeserializeOwned> ReadRest for number<BTreeMap<String, T>> {
    type SoFar = BTreeMap<String, T>;
    type Name = String;

    #[inline]
    fn none_so_far() -> Self::SoFar {
        Self::SoFar::new()
    }

    #[inline]
    fn read<'de, A: MapAccess<'de>>(
        so_far: &mut Self::SoFar,
        name: &mut String,
        map: &mut A,
    ) -> Result<(), A::Error> {
        <BTreeMap<String, T> as ReadRest>::read(so_far, name, map)
    }

    #[inline]
    fn finish<E>(so_far: Self::SoFar) -> Result<Self, E> {
        Ok(number(so_far))
    }
}

impl<U: DeserializeOwned> ReadRest for one_of<U> {
    type SoFar = Map<String, Value>;
    type Name = String;

    fn none_so_far() -> Self::SoFar {
        Map::new()
    }

    fn read<'de, A: MapAccess<'de>>(
        so_far: &mut Self::SoFar,
        name: &mut String,
        map: &mut A,
    ) -> Result<(), A::Error> {
        so_far.insert(std::mem::take(name), map.next_value()?);
        Ok(())
    }

    fn finish<E: serde::de::Error>(so_far: Self::SoFar) -> Result<Self, E> {
        let union = U::deserialize(Lenient::new(&Value::Object(so_far)));
        union.map(one_of).map_err(relay)
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

impl WriteRest for () {
    #[inline]
    fn write<M: SerializeMap>(self, _: &mut Members<M>) {}
}

impl<T: Serialize> WriteRest for &BTreeMap<String, T> {
    #[inline]
    fn write<M: SerializeMap>(self, members: &mut Members<M>) {
        for (name, value) in self {
            members.put(name, value);
        }
    }
}

impl WriteRest for &UnknownMembers {
    #[inline]
    fn write<M: SerializeMap>(self, members: &mut Members<M>) {
        for (name, value) in self.iter() {
            members.put(name, value);
        }
    }
}

impl<T: Exact> WriteRest for number<&BTreeMap<String, T>> {
    #[inline]
    fn write<M: SerializeMap>(self, members: &mut Members<M>) {
        for (name, value) in self.0 {
            members.put(name, &AsNumber(value));
        }
    }
}

impl<U: Serialize> WriteRest for one_of<&U> {
    fn write<M: SerializeMap>(self, members: &mut Members<M>) {
        match serde_json::to_value(self.0) {
            Ok(value) => {
                for (name, value) in value.as_object().into_iter().flatten() {
                    members.put(name, value);
                }
            }
            Err(failure) => members.fail(M::Error::custom(failure)),
        }
    }
}

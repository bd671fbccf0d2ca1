//! Writing a record: takes a struct's members one by one, gives the members of an object.

use std::any::Any;

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use serde_json::Value;

use super::{WriteMembers, WriteRest, number, read_only, read_only_number, required};
use crate::nullable::Nullable;
use crate::number::{AsNumber, Exact};
use crate::sending::is_sending;

/// The members of an object that is being written, and what went wrong first: it is told at the end.
#[doc(hidden)]
pub struct Members<M: SerializeMap> {
    map: M,
    failure: Option<M::Error>,
}

impl<M: SerializeMap> Members<M> {
    #[inline]
    fn end(self) -> Result<M::Ok, M::Error> {
        match self.failure {
            Some(failure) => Err(failure),
            None => self.map.end(),
        }
    }

    #[inline]
    pub(super) fn put<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) {
        if self.failure.is_none() {
            self.failure = self.map.serialize_entry(name, value).err();
        }
    }

    /// Notes that something could not be written.
    pub(super) fn fail(&mut self, failure: M::Error) {
        self.failure.get_or_insert(failure);
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

/// A member of a struct, to be written.
#[doc(hidden)]
pub trait WriteMember {
    fn write<M: SerializeMap>(self, name: &'static str, members: &mut Members<M>);
}

/// An optional member, which is left out when it is absent.
impl<T: Optional + Serialize> WriteMember for &T {
    #[inline]
    fn write<M: SerializeMap>(self, name: &'static str, members: &mut Members<M>) {
        if !self.is_absent() {
            members.put(name, self);
        }
    }
}

impl<T: Serialize> WriteMember for required<&T> {
    #[inline]
    fn write<M: SerializeMap>(self, name: &'static str, members: &mut Members<M>) {
        members.put(name, self.0);
    }
}

impl<T: Optional + Exact> WriteMember for number<&T> {
    #[inline]
    fn write<M: SerializeMap>(self, name: &'static str, members: &mut Members<M>) {
        if !self.0.is_absent() {
            members.put(name, &AsNumber(self.0));
        }
    }
}

impl<T: Exact> WriteMember for number<required<&T>> {
    #[inline]
    fn write<M: SerializeMap>(self, name: &'static str, members: &mut Members<M>) {
        members.put(name, &AsNumber(self.0.0));
    }
}

impl<W: WriteMember> WriteMember for read_only<W> {
    #[inline]
    fn write<M: SerializeMap>(self, name: &'static str, members: &mut Members<M>) {
        if !is_sending() {
            self.0.write(name, members);
        }
    }
}

impl<T> WriteMember for read_only_number<T>
where
    number<T>: WriteMember,
{
    #[inline]
    fn write<M: SerializeMap>(self, name: &'static str, members: &mut Members<M>) {
        read_only(number(self.0)).write(name, members);
    }
}

/// Writes a struct: its members under their names, then all others.
#[doc(hidden)]
#[inline]
pub fn write<S: Serializer>(
    serializer: S,
    names: &'static [&'static str],
    members: impl WriteMembers,
    rest: impl WriteRest,
) -> Result<S::Ok, S::Error> {
    let map = serializer.serialize_map(None)?;
    let mut object = Members { map, failure: None };
    members.write(names, &mut object);
    rest.write(&mut object);
    object.end()
}

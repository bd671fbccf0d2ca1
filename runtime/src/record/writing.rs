//! Writing a record: takes a struct's members one by one, gives the members of an object.

use std::any::Any;

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use serde_json::Value;

use crate::nullable::Nullable;
use crate::number::Exact;
use crate::sending::is_sending;

/// The members of an object that is being written, and what went wrong first: it is told at the end.
#[doc(hidden)]
pub struct Members<M: SerializeMap> {
    map: M,
    failure: Option<M::Error>,
}

impl<M: SerializeMap> Members<M> {
    #[inline]
    pub fn new<S>(serializer: S) -> Result<Self, S::Error>
    where
        S: Serializer<SerializeMap = M, Error = M::Error>,
    {
        let map = serializer.serialize_map(None)?;
        Ok(Self { map, failure: None })
    }

    #[inline]
    pub fn end(self) -> Result<M::Ok, M::Error> {
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
            ) {
                if !$value.is_absent() && $if {
                    members.put(name, $as);
                }
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
                ) {
                    if $if {
                        members.put(name, $as);
                    }
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
) {
    if !value.is_absent() {
        members.put(name, value);
    }
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
    ) {
        members.put(name, value);
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

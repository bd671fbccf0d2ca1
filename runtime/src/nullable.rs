//! A request field that can be left out, be null, or hold a value, where the server tells the first
//! two apart: in a merge patch (RFC 7396) null removes a member and absence keeps it.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

use serde::de::Visitor;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::Secret;
use crate::reading::NULLABLE;

/// A field that is absent, null or present.
///
/// [`record!`](crate::record) leaves an absent field out; by itself it is written as null, since
/// serde has no way to write nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Nullable<T> {
    /// The member is not there.
    #[default]
    Absent,
    /// The member is `null`.
    Null,
    /// The member has a value.
    Value(T),
}

impl<T> Nullable<T> {
    /// Whether the member is not there at all.
    pub const fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Whether the member is there and `null`.
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The value, if there is one.
    pub const fn as_option(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// The value, if there is one.
    pub fn into_option(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// Whether there is a value.
    pub const fn is_value(&self) -> bool {
        matches!(self, Self::Value(_))
    }

    /// The same, with a reference to the value.
    pub const fn as_ref(&self) -> Nullable<&T> {
        match self {
            Self::Value(value) => Nullable::Value(value),
            Self::Null => Nullable::Null,
            Self::Absent => Nullable::Absent,
        }
    }

    /// The same, with a reference to the value by which it can be changed.
    pub const fn as_mut(&mut self) -> Nullable<&mut T> {
        match self {
            Self::Value(value) => Nullable::Value(value),
            Self::Null => Nullable::Null,
            Self::Absent => Nullable::Absent,
        }
    }

    /// The same with what this makes of the value; null and absence stay what they are.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Nullable<U> {
        match self {
            Self::Value(value) => Nullable::Value(change(value)),
            Self::Null => Nullable::Null,
            Self::Absent => Nullable::Absent,
        }
    }

    /// The value, or this one.
    pub fn unwrap_or(self, other: T) -> T {
        self.into_option().unwrap_or(other)
    }

    /// The value, or what this gives.
    pub fn unwrap_or_else(self, other: impl FnOnce() -> T) -> T {
        self.into_option().unwrap_or_else(other)
    }

    /// The value, or its type's default.
    pub fn unwrap_or_default(self) -> T
    where
        T: Default,
    {
        self.into_option().unwrap_or_default()
    }

    /// The value, or this error.
    ///
    /// # Errors
    /// When there is no value.
    pub fn ok_or<E>(self, error: E) -> Result<T, E> {
        self.into_option().ok_or(error)
    }

    /// Takes it out, so that the member is absent.
    pub const fn take(&mut self) -> Self {
        std::mem::replace(self, Self::Absent)
    }

    /// The value's target, if there is a value: `Option<&str>` of a `Nullable<String>`.
    pub fn as_deref(&self) -> Option<&T::Target>
    where
        T: Deref,
    {
        self.as_option().map(Deref::deref)
    }
}

impl<T> From<T> for Nullable<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

/// `None` is null: whoever passes it speaks about the field, and so does not mean to leave it out.
impl<T> From<Option<T>> for Nullable<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::Value)
    }
}

/// Absence is no value either.
impl<T> From<Nullable<T>> for Option<T> {
    fn from(value: Nullable<T>) -> Self {
        value.into_option()
    }
}

impl<T: Clone> Nullable<&T> {
    /// The same, with a copy of the value.
    pub fn cloned(self) -> Nullable<T> {
        self.map(T::clone)
    }
}

impl From<&str> for Nullable<String> {
    fn from(value: &str) -> Self {
        Self::Value(value.to_owned())
    }
}

impl From<&str> for Nullable<Secret<String>> {
    fn from(value: &str) -> Self {
        Self::Value(value.into())
    }
}

impl From<String> for Nullable<Secret<String>> {
    fn from(value: String) -> Self {
        Self::Value(value.into())
    }
}

impl<T: Serialize> Serialize for Nullable<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.as_option().serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Nullable<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // This says who asks, so that a lossy reading answers with nothing where it left a value out.
        deserializer.deserialize_newtype_struct(NULLABLE, Reader(PhantomData))
    }
}

struct Reader<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Reader<T> {
    type Value = Nullable<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value or null")
    }

    fn visit_none<E>(self) -> Result<Nullable<T>, E> {
        Ok(Nullable::Absent)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Nullable<T>, D::Error> {
        Option::deserialize(deserializer).map(Nullable::from)
    }
}

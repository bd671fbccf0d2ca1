//! Types as they are used: what a property, a parameter or a body holds.

use super::TypeId;

/// A type as it is used.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Type {
    /// A named type.
    Named(TypeId),
    /// Text.
    String,
    /// Bytes, as text in Base64.
    Base64,
    /// Bytes as they are: a part of a form.
    Binary,
    /// A moment: RFC 3339 date and time.
    DateTime,
    /// A day: RFC 3339 full-date.
    Date,
    /// A whole number of 32 bits.
    Int32,
    /// A whole number.
    Int64,
    /// A whole number that is not negative, and may be larger than the largest of the signed ones.
    Uint64,
    /// A number.
    Double,
    /// True or false.
    Boolean,
    /// A list.
    Array(Box<Type>),
    /// A list of a fixed length, each of whose items has a type of its own.
    Tuple(Vec<Type>),
    /// An object whose property names are data.
    Map(Box<Type>),
    /// Null or this; only inside lists and maps, since properties and parameters say so themselves.
    Nullable(Box<Type>),
    /// What must never be printed.
    Secret(Box<Type>),
    /// Any JSON value.
    Any,
}

impl Type {
    /// The type itself, where it must never be printed.
    pub fn revealed(&self) -> &Self {
        match self {
            Self::Secret(inner) => inner.revealed(),
            ty => ty,
        }
    }

    /// The named types at the heart of this one: what lists, maps, tuples and null are of.
    pub fn named(&self) -> Vec<TypeId> {
        let mut named = Vec::new();
        let mut open = vec![self];
        while let Some(ty) = open.pop() {
            match ty {
                Self::Named(id) => named.push(*id),
                Self::Array(inner)
                | Self::Map(inner)
                | Self::Nullable(inner)
                | Self::Secret(inner) => open.push(inner),
                Self::Tuple(items) => open.extend(items.iter().rev()),
                _ => {}
            }
        }
        named
    }

    /// Gives `change` every named type within this one, to put another in its place.
    pub fn rename(&mut self, change: &impl Fn(TypeId) -> TypeId) {
        match self {
            Self::Named(id) => *id = change(*id),
            Self::Array(inner) | Self::Map(inner) | Self::Nullable(inner) | Self::Secret(inner) => {
                inner.rename(change)
            }
            Self::Tuple(items) => items.iter_mut().for_each(|item| item.rename(change)),
            _ => {}
        }
    }
}

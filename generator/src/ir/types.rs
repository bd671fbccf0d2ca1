//! Types: what has a name, what it looks like, who reaches it.

use super::{TagId, WireName};
use crate::pointer::JsonPointer;
use serde_json::Value;
use std::collections::BTreeSet;

/// The place of a type in [`Types`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(usize);

/// The types that have a name, in the order in which they were met.
#[derive(Debug, Default)]
pub struct Types {
    list: Vec<TypeDef>,
}

impl Types {
    /// Adds one.
    pub fn add(&mut self, def: TypeDef) -> TypeId {
        self.list.push(def);
        TypeId(self.list.len() - 1)
    }

    /// The type of this id; `None` only for an id of other [`Types`].
    pub fn get(&self, id: TypeId) -> Option<&TypeDef> {
        self.list.get(id.0)
    }

    /// The same, to change it.
    pub fn get_mut(&mut self, id: TypeId) -> Option<&mut TypeDef> {
        self.list.get_mut(id.0)
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = (TypeId, &TypeDef)> {
        self.list
            .iter()
            .enumerate()
            .map(|(index, def)| (TypeId(index), def))
    }

    /// Whether a value of this type may be `null`, by itself or by the type that it names.
    pub fn is_nullable(&self, ty: &Type) -> bool {
        match ty {
            Type::Named(id) => self.get(*id).is_some_and(|def| def.nullable),
            Type::Nullable(_) => true,
            _ => false,
        }
    }
}

/// A type with a name.
#[derive(Debug)]
pub struct TypeDef {
    /// The words its name is made from: a component's name, or the places that lead to an inline type.
    pub name: String,
    /// Whether it is a component, whose name is the author's, or an inline type, whose name is ours.
    pub component: bool,
    /// What it is.
    pub description: Option<String>,
    /// Whether a value may be `null` wherever the type is used.
    pub nullable: bool,
    /// Whether callers should move away from it.
    pub deprecated: bool,
    /// What it looks like.
    pub shape: Shape,
    /// A value to show.
    pub example: Option<Value>,
    /// Who reaches it.
    pub usage: Usage,
    /// Where it stands.
    pub pointer: JsonPointer,
}

/// Who reaches a type.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// Some operation sends it.
    pub request: bool,
    /// Some operation answers with it.
    pub response: bool,
    /// The tags whose operations reach it.
    pub tags: BTreeSet<TagId>,
}

/// What a named type looks like.
#[derive(Debug)]
pub enum Shape {
    /// An object with known properties.
    Struct(Struct),
    /// One of a set of texts.
    Enum(Vec<WireName>),
    /// Another name for a type.
    Alias(Type),
}

/// An object.
#[derive(Debug)]
pub struct Struct {
    /// Its properties, in the document's order.
    pub fields: Vec<Field>,
    /// The type of properties beyond those, where they are allowed and described.
    pub additional: Option<Type>,
}

/// A property of an object.
#[derive(Debug)]
pub struct Field {
    /// Its name on the wire.
    pub wire: WireName,
    /// Its type, without null.
    pub ty: Type,
    /// Whether it is always there.
    pub required: bool,
    /// Whether it may be `null`.
    pub nullable: bool,
    /// Whether only the server sets it.
    pub read_only: bool,
    /// Whether only the caller sets it.
    pub write_only: bool,
    /// Whether it must never be printed.
    pub secret: bool,
    /// Whether callers should move away from it.
    pub deprecated: bool,
    /// Whether the type holds itself through this field alone, so that it needs an indirection.
    pub boxed: bool,
    /// What it is.
    pub description: Option<String>,
    /// What it is when it is left out.
    pub default: Option<Value>,
    /// A value to show.
    pub example: Option<Value>,
    /// Limits, in words.
    pub constraints: Vec<String>,
}

/// A type as it is used.
#[derive(Clone, Debug, PartialEq)]
pub enum Type {
    /// A named type.
    Named(TypeId),
    /// Text.
    String,
    /// A moment: RFC 3339 date and time.
    DateTime,
    /// A day: RFC 3339 full-date.
    Date,
    /// A whole number of 32 bits.
    Int32,
    /// A whole number.
    Int64,
    /// A number.
    Double,
    /// True or false.
    Boolean,
    /// A list.
    Array(Box<Type>),
    /// An object whose property names are data.
    Map(Box<Type>),
    /// Null or this; only inside lists and maps, since properties and parameters say so themselves.
    Nullable(Box<Type>),
    /// Any JSON value.
    Any,
}

impl Type {
    /// The named type at the heart of this one: what lists, maps and null are of.
    pub fn named(&self) -> Option<TypeId> {
        match self {
            Self::Named(id) => Some(*id),
            Self::Array(inner) | Self::Map(inner) | Self::Nullable(inner) => inner.named(),
            _ => None,
        }
    }
}

impl TypeDef {
    /// The types that this one is made of: those of its properties, in their order, then of what is beyond them.
    pub fn parts(&self) -> Vec<&Type> {
        match &self.shape {
            Shape::Struct(object) => object
                .fields
                .iter()
                .map(|field| &field.ty)
                .chain(&object.additional)
                .collect(),
            Shape::Enum(_) => Vec::new(),
            Shape::Alias(ty) => vec![ty],
        }
    }
}

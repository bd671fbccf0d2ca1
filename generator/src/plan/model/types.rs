//! Types: what has a name, what it looks like, who reaches it.

use super::{ModuleId, TagId, Titled, TypeId, WireName};
use crate::facts::SharedValue;
use crate::plan::names::RustIdent;
use crate::plan::reason::{BoxReason, Origin};
use crate::pointer::JsonPointer;
use serde_json::Value;
use std::collections::BTreeSet;

/// A type with a name.
#[derive(Debug)]
pub struct TypeDef {
    /// The words its name is made from: a component's name, or the places that lead to an inline type.
    pub name: String,
    /// Whether it is a component, whose name is the author's, or an inline type, whose name is ours.
    pub component: bool,
    /// The title that its words begin with, where it is an inline type that has one or stands within one that has.
    pub titled: Option<Titled>,
    /// What it is.
    pub description: Option<String>,
    /// Whether a value may be `null` wherever the type is used.
    pub nullable: bool,
    /// Whether callers should move away from it.
    pub deprecated: bool,
    /// What it looks like.
    pub shape: Shape,
    /// A value to show.
    pub example: Option<SharedValue>,
    /// Who reaches it.
    pub usage: Usage,
    /// Where it stands.
    pub pointer: JsonPointer,
    /// Whether an equal type stands for it everywhere.
    pub joined: bool,
    /// Its name in Rust.
    pub ident: RustIdent,
    /// Its documentation page, without extension.
    pub page: String,
    /// The member that takes what the others do not: unknown enum values, additional properties, a union within an object.
    pub rest: RustIdent,
    /// The file of models that it stands in.
    pub home: ModuleId,
    /// Whether it has `new()`: callers make it, some of it is required, and some is not.
    pub has_constructor: bool,
    /// Where it comes from, and why its type is what it is.
    pub origin: Origin,
}

impl TypeDef {
    /// A type without words, whose shape is not known yet.
    pub fn new(name: String, component: bool, pointer: JsonPointer) -> Self {
        Self {
            name,
            component,
            titled: None,
            description: None,
            nullable: false,
            deprecated: false,
            shape: Shape::Alias(Type::Any),
            example: None,
            usage: Usage::default(),
            origin: Origin::default(),
            pointer,
            joined: false,
            ident: RustIdent::default(),
            page: String::new(),
            rest: RustIdent::default(),
            home: ModuleId::default(),
            has_constructor: false,
        }
    }
}

/// Who reaches a type.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// Some operation sends it.
    pub request: bool,
    /// Some operation answers with it.
    pub response: bool,
    /// Some operation sends it as a merge patch (RFC 7396).
    pub merge_patch: bool,
    /// The tags whose operations reach it.
    pub tags: BTreeSet<TagId>,
}

/// What a named type looks like.
#[derive(Debug, PartialEq)]
pub enum Shape {
    /// An object with known properties.
    Struct(Struct),
    /// One of a set of scalars.
    Enum(Enum),
    /// One of several types.
    Union(Union),
    /// Another name for a type.
    Alias(Type),
}

/// An object.
#[derive(Debug, Default, PartialEq)]
pub struct Struct {
    /// Its properties, in the document's order.
    pub fields: Vec<Field>,
    /// A union whose members' properties stand beside those of the object.
    pub flattened: Option<Flattened>,
    /// The type of properties beyond those, where they are allowed and described.
    pub additional: Option<Type>,
}

/// A union whose properties stand in the object that holds it.
#[derive(Debug, PartialEq)]
pub struct Flattened {
    /// The words its name is made from.
    pub name: String,
    /// The union.
    pub ty: Type,
    /// Why it needs an indirection, where it does.
    pub boxed: Option<BoxReason>,
}

/// A set of scalars; values beyond it are kept as they come.
#[derive(Debug, PartialEq)]
pub struct Enum {
    /// The values, each once.
    pub values: Vec<EnumValue>,
    /// What a value beyond them is read as: text, a number, or any JSON value where the known ones are mixed.
    pub rest: Type,
    /// Whether the document allows any other value beside them, so that there is nothing to tell of one.
    pub allows_others: bool,
}

/// A value of an enum.
#[derive(Clone, Debug, PartialEq)]
pub struct EnumValue {
    /// The value: a text, a number or a boolean.
    pub value: Value,
    /// The words its name is made from.
    pub name: String,
    /// What it means.
    pub description: Option<String>,
    /// Its name in Rust.
    pub ident: RustIdent,
    /// Where it comes from.
    pub origin: Origin,
}

/// One of several types.
#[derive(Debug, Default, PartialEq)]
pub struct Union {
    /// The property that tells which, where there is one.
    pub tag: Option<WireName>,
    /// The types, in the document's order.
    pub variants: Vec<Variant>,
}

/// A type of a union.
#[derive(Debug, PartialEq)]
pub struct Variant {
    /// The words its name is made from.
    pub name: String,
    /// What it is.
    pub ty: Type,
    /// The values of the union's tag that stand for it; the first is the one that is written.
    pub tags: Vec<String>,
    /// Why it needs an indirection, where it does.
    pub boxed: Option<BoxReason>,
    /// What it means.
    pub description: Option<String>,
    /// Its name in Rust.
    pub ident: RustIdent,
    /// Where it comes from, and why its type is what it is.
    pub origin: Origin,
}

/// A property of an object.
#[derive(Clone, Debug, PartialEq)]
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
    /// Why it needs an indirection, where it does.
    pub boxed: Option<BoxReason>,
    /// What it is.
    pub description: Option<String>,
    /// What it is when it is left out.
    pub default: Option<SharedValue>,
    /// A value to show.
    pub example: Option<SharedValue>,
    /// Limits, in words.
    pub constraints: Vec<String>,
    /// Its name in Rust.
    pub ident: RustIdent,
    /// How it may be missing.
    pub presence: Presence,
    /// Where it comes from, and why its type is what it is and may be null.
    pub origin: Origin,
}

/// How a property may be missing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Presence {
    /// It never is.
    #[default]
    Always,
    /// Absent or null, which mean the same here.
    Optional,
    /// Absent and null are different things to say.
    Nullable,
}

/// A type as it is used.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Type {
    /// A named type.
    Named(TypeId),
    /// Text.
    String,
    /// Bytes, as text in Base64.
    Base64,
    /// Bytes, as text in the Base64 of addresses and file names, without padding.
    Base64Url,
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
    /// An operation of a JSON Patch (RFC 6902).
    JsonPatchOperation,
    /// Any JSON value.
    Any,
}

impl Struct {
    /// Whether every property may be left out, so that the object has a default value.
    pub fn has_default(&self) -> bool {
        let may_be_missing = |field: &Field| field.presence != Presence::Always;
        self.flattened.is_none() && self.fields.iter().all(may_be_missing)
    }
}

impl Type {
    /// The type itself, where it must never be printed.
    pub fn revealed(&self) -> &Self {
        match self {
            Self::Secret(inner) => inner.revealed(),
            ty => ty,
        }
    }

    /// The same, where it must never be printed. Null is no secret, so it stays outside.
    #[must_use]
    pub fn hidden(self) -> Self {
        match self {
            Self::Secret(_) => self,
            Self::Nullable(inner) => Self::Nullable(Box::new(inner.hidden())),
            ty => Self::Secret(Box::new(ty)),
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

impl TypeDef {
    /// Whether it keeps the members that its document does not name: it is an object that is read, changed and sent back, and
    /// nothing else takes them.
    pub fn keeps_unknown(&self) -> bool {
        let Shape::Struct(object) = &self.shape else {
            return false;
        };
        let kept = object.additional.is_some() || object.flattened.is_some();
        self.usage.request && self.usage.response && !kept
    }

    /// Whether a property is kept and not sent: only the server sets it, and the object goes both ways.
    pub fn only_receives(&self, field: &Field) -> bool {
        field.read_only && self.usage.request && self.usage.response
    }

    /// The Rust names of its fields, values or variants.
    pub fn member_idents(&self) -> Box<dyn Iterator<Item = &RustIdent> + '_> {
        match &self.shape {
            Shape::Struct(object) => Box::new(object.fields.iter().map(|field| &field.ident)),
            Shape::Enum(of) => Box::new(of.values.iter().map(|value| &value.ident)),
            Shape::Union(union) => Box::new(union.variants.iter().map(|variant| &variant.ident)),
            Shape::Alias(_) => Box::new(std::iter::empty()),
        }
    }

    /// The types that this one is made of: those of its properties or variants, in their order, then of what is beyond them.
    pub fn parts(&self) -> Vec<&Type> {
        match &self.shape {
            Shape::Struct(object) => object
                .fields
                .iter()
                .map(|field| &field.ty)
                .chain(object.flattened.iter().map(|union| &union.ty))
                .chain(&object.additional)
                .collect(),
            Shape::Union(union) => union.variants.iter().map(|variant| &variant.ty).collect(),
            Shape::Enum(_) => Vec::new(),
            Shape::Alias(ty) => vec![ty],
        }
    }

    /// The same, to change them.
    pub fn parts_mut(&mut self) -> Vec<&mut Type> {
        match &mut self.shape {
            Shape::Struct(object) => object
                .fields
                .iter_mut()
                .map(|field| &mut field.ty)
                .chain(object.flattened.iter_mut().map(|union| &mut union.ty))
                .chain(&mut object.additional)
                .collect(),
            Shape::Union(union) => union
                .variants
                .iter_mut()
                .map(|variant| &mut variant.ty)
                .collect(),
            Shape::Enum(_) => Vec::new(),
            Shape::Alias(ty) => vec![ty],
        }
    }
}

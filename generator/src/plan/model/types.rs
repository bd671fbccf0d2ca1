//! Types: what has a name, what it looks like, who reaches it.

use super::{ModuleId, TagId, Type, WireName};
use crate::plan::names::RustIdent;
use crate::plan::reason::{BoxReason, Origin};
use crate::pointer::JsonPointer;
use rayon::prelude::*;
use serde_json::Value;
use std::collections::{BTreeSet, HashMap};
use std::ops::Index;

/// The place of a type in [`Types`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(usize);

/// How many names for one type are followed; while a document is lowered, they may still lead around in a circle.
const MAX_ALIASES: usize = 64;

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

    /// All of them, to change them.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = (TypeId, &mut TypeDef)> {
        self.list
            .iter_mut()
            .enumerate()
            .map(|(index, def)| (TypeId(index), def))
    }

    /// All of them, to change them on all cores.
    pub fn par_iter_mut(&mut self) -> impl ParallelIterator<Item = (TypeId, &mut TypeDef)> {
        self.list
            .par_iter_mut()
            .enumerate()
            .map(|(index, def)| (TypeId(index), def))
    }

    /// Marks types for which another stands everywhere.
    pub fn drop_twins(&mut self, twins: &HashMap<TypeId, TypeId>) {
        for id in twins.keys() {
            if let Some(def) = self.get_mut(*id) {
                def.joined = true;
            }
        }
    }

    /// The type behind names that are only other names for it.
    pub fn through_alias<'t>(&'t self, ty: &'t Type) -> &'t Type {
        let mut ty = ty;
        for _ in 0..MAX_ALIASES {
            match ty {
                Type::Named(id) => match self.get(*id).map(|def| &def.shape) {
                    Some(Shape::Alias(inner)) => ty = inner,
                    _ => return ty,
                },
                _ => return ty,
            }
        }
        ty
    }

    /// The enum that a type is, where it is one.
    pub fn enum_of(&self, ty: &Type) -> Option<&Enum> {
        match self.through_alias(ty.revealed()) {
            Type::Named(id) => match &self.get(*id)?.shape {
                Shape::Enum(of) => Some(of),
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether a value is a text in JSON.
    pub fn is_text(&self, ty: &Type) -> bool {
        match self.through_alias(ty) {
            Type::String | Type::Base64 | Type::Binary | Type::DateTime | Type::Date => true,
            Type::Secret(inner) => self.is_text(inner),
            ty => self.enum_of(ty).is_some_and(|of| of.rest == Type::String),
        }
    }

    /// Whether a value is a number in JSON.
    pub fn is_number(&self, ty: &Type) -> bool {
        match self.through_alias(ty) {
            Type::Int32 | Type::Int64 | Type::Uint64 | Type::Double => true,
            Type::Secret(inner) => self.is_number(inner),
            ty => self.enum_of(ty).is_some_and(|of| of.rest == Type::Int64),
        }
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

impl Index<TypeId> for Types {
    type Output = TypeDef;

    /// The type of an id that these types gave.
    #[allow(
        clippy::indexing_slicing,
        reason = "only `add` makes an id, and no type is ever removed"
    )]
    fn index(&self, id: TypeId) -> &TypeDef {
        &self.list[id.0]
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
    pub default: Option<Value>,
    /// A value to show.
    pub example: Option<Value>,
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

impl TypeDef {
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

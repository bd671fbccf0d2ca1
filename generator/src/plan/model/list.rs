//! The list of the types that have a name, by which all others refer to them.

use super::{Enum, Shape, Struct, Type, TypeDef};
use rayon::prelude::*;
use std::collections::HashMap;

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

    /// The type of an id that these types gave.
    #[allow(
        clippy::indexing_slicing,
        reason = "only `add` makes an id, and no type is ever removed"
    )]
    pub fn of(&self, id: TypeId) -> &TypeDef {
        &self.list[id.0]
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

    /// The object that a type is, where it is one with a name.
    pub fn struct_of(&self, ty: &Type) -> Option<&Struct> {
        match self.through_alias(ty) {
            Type::Named(id) => match &self.get(*id)?.shape {
                Shape::Struct(object) => Some(object),
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether a value is a text in JSON.
    pub fn is_text(&self, ty: &Type) -> bool {
        match self.through_alias(ty) {
            Type::String
            | Type::Base64
            | Type::Base64Url
            | Type::Binary
            | Type::DateTime
            | Type::Date => true,
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

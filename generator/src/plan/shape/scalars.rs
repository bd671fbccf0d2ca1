//! Scalars in unions: takes the variants of a union, joins those that JSON does not distinguish, texts with texts and numbers
//! with numbers.

use super::super::{Planning, reason::Origin};
use super::enums;
use super::schemas::Hint;
use super::unions::kind;
use crate::facts::Schema;
use crate::plan::model::{Enum, Shape, Type, TypeDef, Types, Variant};
use std::collections::HashSet;

/// What is one thing to JSON.
#[derive(Clone, Copy)]
enum Scalar {
    Text,
    Number,
}

impl Scalar {
    fn includes(self, types: &Types, ty: &Type) -> bool {
        match self {
            Self::Text => types.is_text(ty),
            Self::Number => types.is_number(ty),
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Number => "number",
        }
    }

    /// The type that holds what all of these hold.
    fn widest(self, variants: &[&Variant]) -> Type {
        let is_integer =
            |variant: &&Variant| matches!(variant.ty.revealed(), Type::Int32 | Type::Int64);
        let is_secret = |variant: &&Variant| matches!(variant.ty, Type::Secret(_));
        let widest = match self {
            Self::Text => Type::String,
            Self::Number if variants.iter().all(is_integer) => Type::Int64,
            Self::Number => Type::Double,
        };
        match variants.iter().any(is_secret) {
            true => Type::Secret(Box::new(widest)),
            false => widest,
        }
    }
}

impl Planning<'_> {
    /// Joins the scalars among the variants. Gives the whole shape where nothing else is left.
    pub(super) fn join_scalars(
        &mut self,
        variants: &mut Vec<Variant>,
        schema: &Schema,
        hint: &Hint,
    ) -> Option<Shape> {
        [Scalar::Text, Scalar::Number]
            .into_iter()
            .find_map(|scalar| self.join(scalar, variants, schema, hint))
    }

    fn join(
        &mut self,
        scalar: Scalar,
        variants: &mut Vec<Variant>,
        schema: &Schema,
        hint: &Hint,
    ) -> Option<Shape> {
        let joined: Vec<&Variant> = variants
            .iter()
            .filter(|variant| scalar.includes(&self.types, &variant.ty))
            .collect();
        if joined.len() < 2 {
            return None;
        }
        let shape = self.shape_of_all(scalar, &joined)?;
        if joined.len() == variants.len() {
            return Some(shape);
        }
        let joined: Vec<Type> = joined.iter().map(|variant| variant.ty.clone()).collect();
        let ty = match shape {
            Shape::Alias(ty) => ty,
            shape => Type::Named(self.types.add(TypeDef {
                shape,
                origin: Origin::of_schema(schema),
                ..hint.then(scalar.word()).inline_type(schema.pointer.clone())
            })),
        };
        // It stands where the first of them stood.
        let mut is_first = true;
        variants.retain_mut(|variant| {
            if !joined.contains(&variant.ty) {
                return true;
            }
            variant.name = kind(&ty).to_owned();
            variant.ty = ty.clone();
            std::mem::take(&mut is_first)
        });
        None
    }

    /// One shape that holds what all of these hold. Where one of them is any text or number, the values of the others are not all
    /// that the document allows.
    fn shape_of_all(&mut self, scalar: Scalar, variants: &[&Variant]) -> Option<Shape> {
        let enums: Vec<&Type> = variants
            .iter()
            .map(|variant| &variant.ty)
            .filter(|ty| self.types.enum_of(ty).is_some())
            .collect();
        let allows_others = enums.len() < variants.len();
        match enums.as_slice() {
            [] => Some(Shape::Alias(scalar.widest(variants))),
            // Enums are open: whatever else the text may be, the one enum can hold.
            [only] => {
                if allows_others {
                    self.allow_others(only);
                }
                Some(Shape::Alias((*only).clone()))
            }
            _ => {
                let mut seen = HashSet::new();
                let known = enums.iter().filter_map(|ty| self.types.enum_of(ty));
                let values = known
                    .flat_map(|of| &of.values)
                    .filter(|value| seen.insert(value.value.to_string()))
                    .cloned();
                let of = enums::from_values(values.collect())?;
                Some(Shape::Enum(Enum {
                    allows_others,
                    ..of
                }))
            }
        }
    }

    /// Marks the enum that a type is: the document allows other values somewhere, so they are no news.
    fn allow_others(&mut self, ty: &Type) {
        if let Type::Named(id) = self.types.through_alias(ty.revealed()).clone()
            && let Some(def) = self.types.get_mut(id)
            && let Shape::Enum(of) = &mut def.shape
        {
            of.allows_others = true;
        }
    }
}

//! Which fields and variants need an indirection: those that close a circle of types which hold each other in place, and
//! variants that would make every value of their enum large.

use crate::plan::circles::held_parts;
use crate::plan::model::{Shape, Type, TypeDef, TypeId, Types};
use crate::plan::reason::BoxReason;
use std::collections::HashMap;

/// The size in bytes above which a variant is boxed. Enums are as large as their largest variant; clippy's
/// `large_enum_variant` objects to a difference of 200.
const LARGE: usize = 160;

/// Fills in `boxed` of every field, union within an object, and variant.
pub(super) fn arrange(types: &mut Types) {
    for (id, part) in circles(types) {
        if let Some(def) = types.get_mut(id) {
            put_in_box(def, part, BoxReason::Circle);
        }
    }
    for (id, part) in large_variants(types) {
        if let Some(def) = types.get_mut(id) {
            put_in_box(def, part, BoxReason::Large);
        }
    }
}

/// Boxes a part, by its place among [`TypeDef::parts`].
fn put_in_box(def: &mut TypeDef, part: usize, reason: BoxReason) {
    match &mut def.shape {
        Shape::Struct(object) => {
            if let Some(field) = object.fields.get_mut(part) {
                field.boxed = Some(reason);
            } else if part == object.fields.len()
                && let Some(union) = &mut object.flattened
            {
                union.boxed = Some(reason);
            }
        }
        Shape::Union(union) => {
            if let Some(variant) = union.variants.get_mut(part) {
                variant.boxed = Some(reason);
            }
        }
        Shape::Enum(_) | Shape::Alias(_) => {}
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Visit {
    Open,
    Done,
}

/// The parts that close a circle.
///
/// A depth-first walk finds each part that leads back to a type on the walk's own path; without those, what holds what is a
/// graph without circles, so every type has a size.
fn circles(types: &Types) -> Vec<(TypeId, usize)> {
    let mut state: HashMap<TypeId, Visit> = HashMap::new();
    let mut closing = Vec::new();
    for (root, _) in types.iter() {
        if state.contains_key(&root) {
            continue;
        }
        // The walk keeps its own stack: documents decide how deep it goes.
        let mut stack = vec![(root, held_parts(types, root).into_iter())];
        state.insert(root, Visit::Open);
        while let Some((id, parts)) = stack.last_mut() {
            let id = *id;
            let Some((part, target)) = parts.next() else {
                state.insert(id, Visit::Done);
                stack.pop();
                continue;
            };
            match state.get(&target) {
                Some(Visit::Open) => closing.push((id, part)),
                Some(Visit::Done) => {}
                None => {
                    state.insert(target, Visit::Open);
                    stack.push((target, held_parts(types, target).into_iter()));
                }
            }
        }
    }
    closing
}

/// The variants that are much larger than an enum should be.
fn large_variants(types: &Types) -> Vec<(TypeId, usize)> {
    let mut sizes = HashMap::new();
    let mut large = Vec::new();
    for (id, def) in types.iter() {
        let Shape::Union(union) = &def.shape else {
            continue;
        };
        for (part, variant) in union.variants.iter().enumerate() {
            if variant.boxed.is_none() && size(types, &variant.ty, &mut sizes, 0) > LARGE {
                large.push((id, part));
            }
        }
    }
    large
}

/// How deep sizes are added up; what holds more types in place than this is large.
const MAX_DEPTH: usize = 24;

/// About how large a value is, in bytes on a 64-bit machine; rather more than less.
fn size(types: &Types, ty: &Type, known: &mut HashMap<TypeId, usize>, depth: usize) -> usize {
    const POINTER: usize = 8;
    const TEXT: usize = 24;
    match types.through_alias(ty) {
        Type::Boolean => POINTER,
        Type::Int32 | Type::Int64 | Type::Uint64 | Type::Double => 2 * POINTER,
        Type::String | Type::Base64 | Type::Base64Url | Type::DateTime | Type::Date => TEXT,
        Type::Array(_) | Type::Map(_) => TEXT,
        Type::Binary => 4 * TEXT,
        Type::JsonPatchOperation => 5 * TEXT,
        Type::Any => TEXT + POINTER,
        Type::Nullable(inner) => POINTER + size(types, inner, known, depth + 1),
        Type::Secret(inner) => size(types, inner, known, depth + 1),
        Type::Tuple(items) => items
            .iter()
            .map(|item| size(types, item, known, depth + 1))
            .sum(),
        Type::Named(id) => {
            if let Some(size) = known.get(id) {
                return *size;
            }
            if depth > MAX_DEPTH {
                return LARGE + 1;
            }
            let size = types
                .get(*id)
                .map_or(0, |def| size_of(types, def, known, depth));
            known.insert(*id, size);
            size
        }
    }
}

fn size_of(
    types: &Types,
    def: &TypeDef,
    known: &mut HashMap<TypeId, usize>,
    depth: usize,
) -> usize {
    const POINTER: usize = 8;
    let mut of = |ty: &Type, boxed: bool| {
        if boxed {
            POINTER
        } else {
            size(types, ty, known, depth + 1)
        }
    };
    match &def.shape {
        Shape::Struct(object) => {
            let fields: usize = object
                .fields
                .iter()
                .map(|field| {
                    of(&field.ty, field.boxed.is_some()) + usize::from(field.nullable) * POINTER
                })
                .sum();
            let union = object
                .flattened
                .as_ref()
                .map_or(0, |union| of(&union.ty, union.boxed.is_some()));
            fields
                + union
                + if object.additional.is_some() {
                    24
                } else {
                    POINTER
                }
        }
        Shape::Enum(_) => 24,
        Shape::Union(union) => {
            let largest = union
                .variants
                .iter()
                .map(|variant| of(&variant.ty, variant.boxed.is_some()).min(LARGE))
                .max();
            POINTER + largest.unwrap_or_default().max(32)
        }
        Shape::Alias(ty) => of(ty, false),
    }
}

//! Inline types that say the same become one, called after the first.
//!
//! Documents that were made by tools repeat a schema wherever it is used. Components are their author's and stay apart; only
//! types that have no name of their own are joined, and only if nothing in them differs, their words included.

use crate::plan::model::{Field, Operation, Shape, Type, TypeDef, TypeId, Types};
use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

/// Joins equal inline types, in every use that operations and other types make of them.
pub(super) fn join(types: &mut Types, operations: &mut [Operation]) {
    // Types that hold joined types may become equal in their turn.
    loop {
        let twins = find_twins(types);
        if twins.is_empty() {
            return;
        }
        let change = |id: TypeId| twins.get(&id).copied().unwrap_or(id);
        for (_, def) in types.iter_mut() {
            for part in def.parts_mut() {
                part.rename(&change);
            }
        }
        for operation in operations.iter_mut() {
            operation.each_type_mut(&mut |ty: &mut Type| ty.rename(&change));
        }
        types.drop_twins(&twins);
    }
}

/// The types that equal one before them, with that one.
fn find_twins(types: &Types) -> HashMap<TypeId, TypeId> {
    let mut by_hash: HashMap<u64, Vec<TypeId>> = HashMap::new();
    let mut twins = HashMap::new();
    for (id, def) in types
        .iter()
        .filter(|(_, def)| !def.component && !def.joined)
    {
        let first = by_hash.entry(hash(def)).or_default();
        let twin = first
            .iter()
            .find(|other| types.get(**other).is_some_and(|other| equal(other, def)));
        match twin {
            Some(twin) => {
                twins.insert(id, *twin);
            }
            None => first.push(id),
        }
    }
    twins
}

fn equal(one: &TypeDef, other: &TypeDef) -> bool {
    let shapes = match (&one.shape, &other.shape) {
        (Shape::Struct(one), Shape::Struct(other)) => {
            one.additional == other.additional
                && one.flattened == other.flattened
                && one.fields.len() == other.fields.len()
                && one
                    .fields
                    .iter()
                    .zip(&other.fields)
                    .all(|(one, other)| same(one, other))
        }
        (one, other) => one == other,
    };
    shapes
        && one.description == other.description
        && one.nullable == other.nullable
        && one.deprecated == other.deprecated
}

/// Whether two properties are one but for the value that they show.
fn same(one: &Field, other: &Field) -> bool {
    // What differs in most properties that are not the same is asked first, so that few are copied.
    let alike =
        one.wire == other.wire && one.ty == other.ty && one.description == other.description;
    let plain = |field: &Field| Field {
        example: None,
        ..field.clone()
    };
    alike && (one == other || plain(one) == plain(other))
}

/// A hash that equal types share.
fn hash(def: &TypeDef) -> u64 {
    let mut hasher = DefaultHasher::new();
    def.description.hash(&mut hasher);
    match &def.shape {
        Shape::Struct(object) => {
            for field in &object.fields {
                field.wire.hash(&mut hasher);
            }
        }
        Shape::Enum(of) => {
            for value in &of.values {
                value.name.hash(&mut hasher);
            }
        }
        Shape::Union(union) => union.variants.len().hash(&mut hasher),
        Shape::Alias(_) => {}
    }
    hasher.finish()
}

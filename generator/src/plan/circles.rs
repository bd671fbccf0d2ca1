//! Takes the types of the plan, tells which hold which in place, with nothing on the heap in between. Types that hold themselves so
//! would have no size: what is boxed, and the reason that people are told, both follow from here.

use super::model::{Type, TypeId, Types};
use std::collections::{HashMap, VecDeque};

/// The named types that a type holds in place, each with the part that holds it, by its place among
/// [`TypeDef::parts`](super::model::TypeDef::parts).
pub(crate) fn held_parts(types: &Types, id: TypeId) -> Vec<(usize, TypeId)> {
    let Some(def) = types.get(id) else {
        return Vec::new();
    };
    let parts = def.parts().into_iter().enumerate();
    parts
        .flat_map(|(part, ty)| held(types, ty).into_iter().map(move |id| (part, id)))
        .collect()
}

/// The named types that a value of this type holds in place.
pub(crate) fn held(types: &Types, ty: &Type) -> Vec<TypeId> {
    let mut held = Vec::new();
    let mut open = vec![ty];
    while let Some(ty) = open.pop() {
        match types.through_alias(ty) {
            Type::Named(id) => held.push(*id),
            Type::Nullable(inner) | Type::Secret(inner) => open.push(inner),
            Type::Tuple(items) => open.extend(items),
            _ => {}
        }
    }
    held
}

/// The types on the shortest way by which a value of `ty` holds `owner`, from the first to `owner` itself; `None` where it does not.
pub(crate) fn way_back(types: &Types, ty: &Type, owner: TypeId) -> Option<Vec<TypeId>> {
    let mut before: HashMap<TypeId, Option<TypeId>> = HashMap::new();
    let mut open: VecDeque<TypeId> = VecDeque::new();
    for id in held(types, ty) {
        before.insert(id, None);
        open.push_back(id);
    }
    while let Some(id) = open.pop_front() {
        if id == owner {
            let mut way = vec![id];
            let mut at = id;
            while let Some(Some(earlier)) = before.get(&at) {
                way.push(*earlier);
                at = *earlier;
            }
            way.reverse();
            return Some(way);
        }
        for (_, next) in held_parts(types, id) {
            if let std::collections::hash_map::Entry::Vacant(entry) = before.entry(next) {
                entry.insert(Some(id));
                open.push_back(next);
            }
        }
    }
    None
}

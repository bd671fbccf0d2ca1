//! Inline types that say the same become one, called after what the places have in common where they stand.
//!
//! Documents that were made by tools repeat a schema wherever it is used. Components are their author's and stay apart; only
//! types that have no name of their own are joined, and only if nothing in them differs, their words included. Those of several
//! operations stay apart whose places have nothing in common that tells what they are: one of them would be called after another.

use super::common_name::candidates;
use crate::plan::model::{Field, Operation, Shape, Type, TypeDef, TypeId, Types};
use std::collections::hash_map::DefaultHasher;
use std::collections::{HashMap, HashSet};
use std::hash::{Hash, Hasher};

/// Joins equal inline types, in every use that operations and other types make of them.
pub(super) fn join(types: &mut Types, operations: &mut [Operation]) {
    let mut places = Places::of(types);
    // Types that hold joined types may become equal in their turn.
    loop {
        let twins = find_twins(types, &mut places);
        if twins.is_empty() {
            break;
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
    for (id, name) in places.chosen {
        if let Some(def) = types.get_mut(id) {
            def.name = name;
            def.titled = None;
        }
    }
}

/// Where types stand that others have joined, and what they are called for it.
struct Places {
    /// The names of all that are one, by the one that stands for them.
    names: HashMap<TypeId, Vec<String>>,
    /// The name of each, where its places are of several owners.
    chosen: HashMap<TypeId, String>,
    /// The names that are taken, without what a case makes of them.
    taken: HashSet<String>,
}

impl Places {
    fn of(types: &Types) -> Self {
        let defs = types.iter().filter(|(_, def)| !def.joined);
        Self {
            names: HashMap::new(),
            chosen: HashMap::new(),
            taken: defs.map(|(_, def)| letters(&def.name)).collect(),
        }
    }

    /// Whether types may be one: they stand in one owner, or what their places have in common is a name that nobody has.
    fn join(&mut self, types: &Types, first: TypeId, others: &[TypeId]) -> bool {
        let Some(def) = types.get(first) else {
            return false;
        };
        let mut names: Vec<String> = Vec::new();
        for id in [first].iter().chain(others) {
            match (self.names.get(id), types.get(*id)) {
                (Some(known), _) => names.extend(known.iter().cloned()),
                (None, Some(def)) => names.push(def.name.clone()),
                (None, None) => {}
            }
        }
        let owner = |name: &str| name.split(' ').next().map(str::to_owned);
        let is_one = names.iter().all(|name| owner(name) == owner(&def.name));
        // They are called by their title, wherever they stand.
        let is_titled = def.title().is_some();
        if !is_one && !is_titled {
            let ours: Vec<String> = [first]
                .iter()
                .chain(others)
                .filter_map(|id| Some(letters(self.chosen.get(id)?)))
                .collect();
            let places: Vec<&str> = names.iter().map(String::as_str).collect();
            let is_free = |name: &String| {
                let name = letters(name);
                !self.taken.contains(&name) || ours.contains(&name)
            };
            let Some(name) = candidates(def, &places).into_iter().find(is_free) else {
                return false;
            };
            self.taken.insert(letters(&name));
            for id in others {
                self.chosen.remove(id);
            }
            self.chosen.insert(first, name);
        }
        self.names.insert(first, names);
        true
    }
}

/// The letters and digits of a name, in lower case.
fn letters(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// The types that equal one before them and may be one with it, with that one.
fn find_twins(types: &Types, places: &mut Places) -> HashMap<TypeId, TypeId> {
    let mut by_hash: HashMap<u64, Vec<TypeId>> = HashMap::new();
    let mut groups: Vec<(TypeId, Vec<TypeId>)> = Vec::new();
    let mut group_of: HashMap<TypeId, usize> = HashMap::new();
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
                let group = *group_of.entry(*twin).or_insert_with(|| {
                    groups.push((*twin, Vec::new()));
                    groups.len() - 1
                });
                if let Some((_, others)) = groups.get_mut(group) {
                    others.push(id);
                }
            }
            None => first.push(id),
        }
    }
    let mut twins = HashMap::new();
    for (first, others) in groups {
        if places.join(types, first, &others) {
            twins.extend(others.into_iter().map(|other| (other, first)));
        } else {
            join_within_owners(types, first, &others, places, &mut twins);
        }
    }
    twins
}

/// Joins those of equal types that stand in one owner.
fn join_within_owners(
    types: &Types,
    first: TypeId,
    others: &[TypeId],
    places: &mut Places,
    twins: &mut HashMap<TypeId, TypeId>,
) {
    let mut owners: HashMap<&str, (TypeId, Vec<TypeId>)> = HashMap::new();
    let mut order = Vec::new();
    for id in [first].iter().chain(others) {
        let owner = types.get(*id).and_then(|def| def.name.split(' ').next());
        let owner = owner.unwrap_or_default();
        match owners.get_mut(owner) {
            Some((_, others)) => others.push(*id),
            None => {
                owners.insert(owner, (*id, Vec::new()));
                order.push(owner);
            }
        }
    }
    for (first, others) in order.iter().filter_map(|owner| owners.get(owner)) {
        let is_one = places.names.get(first).is_none_or(|names| names.len() == 1);
        if is_one && !others.is_empty() && places.join(types, *first, others) {
            twins.extend(others.iter().map(|other| (*other, *first)));
        }
    }
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
        && one.title() == other.title()
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

/// A hash that equal types share, and hardly any others: whoever shares it is compared.
fn hash(def: &TypeDef) -> u64 {
    let mut hasher = DefaultHasher::new();
    def.description.hash(&mut hasher);
    match &def.shape {
        Shape::Struct(object) => {
            for field in &object.fields {
                (&field.wire, &field.ty).hash(&mut hasher);
            }
        }
        Shape::Enum(of) => {
            for value in &of.values {
                value.name.hash(&mut hasher);
            }
        }
        Shape::Union(union) => {
            for variant in &union.variants {
                (&variant.name, &variant.ty).hash(&mut hasher);
            }
        }
        Shape::Alias(ty) => ty.hash(&mut hasher),
    }
    hasher.finish()
}

//! Which file a type stands in: takes the tags that reach it, gives the file of exactly those tags, or the one that is shared.

use super::super::{Context, SHARED};
use crate::ir::{TagId, TypeDef, TypeId};
use crate::name::TypeNames;
use std::collections::{BTreeSet, HashMap, HashSet};

/// The file that a type stands in. The shared one comes last: it is what the others have in common.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Home {
    /// The file of what exactly these tags reach; it is compiled with any of them.
    Tags(BTreeSet<TagId>),
    /// The file of everything else.
    Shared,
}

/// How many types several tags have in common before these have a file of their own.
const MIN_TYPES: usize = 5;

/// The files of an API's types.
pub(super) struct Homes {
    /// Where each type stands.
    pub(super) by_type: HashMap<TypeId, Home>,
    /// The files in their order, with their modules.
    pub(super) modules: Vec<(Home, String)>,
}

impl Homes {
    /// Finds a file for each of these types.
    pub(super) fn of(context: &Context<'_>, types: &[(TypeId, &TypeDef, &TypeNames)]) -> Self {
        let mut counts: HashMap<&BTreeSet<TagId>, usize> = HashMap::new();
        for (_, def, _) in types {
            *counts.entry(&def.usage.tags).or_default() += 1;
        }
        let mut sets: Vec<(&BTreeSet<TagId>, usize)> = counts.into_iter().collect();
        // The files of single tags have the first right to their names.
        sets.sort_by_key(|(tags, _)| (tags.len() > 1, *tags));
        let mut taken: HashSet<String> = HashSet::from([SHARED.to_owned(), "mod".to_owned()]);
        let mut modules = Vec::new();
        for (tags, count) in sets {
            let own =
                tags.len() == 1 || (count >= MIN_TYPES && tags.len() < context.api.tags.len());
            let module = module(context, tags).filter(|module| own && taken.insert(module.clone()));
            modules.extend(module.map(|module| (Home::Tags(tags.clone()), module)));
        }
        let known: HashSet<&Home> = modules.iter().map(|(home, _)| home).collect();
        let by_type: HashMap<TypeId, Home> = types
            .iter()
            .map(|(id, def, _)| {
                let home = Home::Tags(def.usage.tags.clone());
                (
                    *id,
                    if known.contains(&home) {
                        home
                    } else {
                        Home::Shared
                    },
                )
            })
            .collect();
        if by_type.values().any(|home| *home == Home::Shared) {
            modules.push((Home::Shared, SHARED.to_owned()));
        }
        modules.sort();
        Self { by_type, modules }
    }
}

/// The module of what these tags reach.
fn module(context: &Context<'_>, tags: &BTreeSet<TagId>) -> Option<String> {
    let mut names = tags.iter().filter_map(|tag| context.names.tag(*tag));
    let first = names.next()?;
    let Some(second) = names.next() else {
        return Some(first.module.to_string());
    };
    let others = match names.count() {
        0 => second.module.word().to_owned(),
        more => format!("{}_others", more + 1),
    };
    Some(format!("{}_and_{others}", first.module.word()))
}

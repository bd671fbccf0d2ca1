//! Takes the types with the tags that reach them, puts each into a file of models: that of exactly those tags, where there is one,
//! or the one that is shared.

use super::model::{Api, ModuleId, TagId};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// The file of models that more than one tag reaches.
pub(crate) const SHARED: &str = "shared";

/// How many types several tags have in common before these have a file of their own.
pub(super) const MIN_TYPES: usize = 5;

/// A file of models.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelModule {
    /// Its name, as Rust writes it.
    pub module: String,
    /// The file's name, without extension.
    file: String,
    /// The tags that reach exactly what it holds, with any of which it is compiled; `None` for the shared file.
    pub tags: Option<BTreeSet<TagId>>,
}

impl ModelModule {
    /// A further part of it, which is too long for one file.
    pub(super) fn part(&self, number: usize, taken: &mut HashSet<String>) -> Self {
        let mut suffix = format!("_{number}");
        while !taken.insert(format!("{}{suffix}", self.module)) {
            suffix.push_str("_more");
        }
        Self {
            module: format!("{}{suffix}", self.module),
            file: format!("{}{suffix}", self.file),
            tags: self.tags.clone(),
        }
    }

    /// The file's name, without extension.
    pub fn file(&self) -> &str {
        &self.file
    }
}

/// Finds a file for each type that some operation reaches, and gives the files in their order. The shared one comes last: it is
/// what the others have in common.
pub(super) fn arrange(api: &mut Api) -> Vec<ModelModule> {
    let mut counts: HashMap<&BTreeSet<TagId>, usize> = HashMap::new();
    let reached = || {
        let types = api.types.iter();
        types.filter(|(_, def)| !def.usage.tags.is_empty())
    };
    for (_, def) in reached() {
        *counts.entry(&def.usage.tags).or_default() += 1;
    }
    let mut sets: Vec<(&BTreeSet<TagId>, usize)> = counts.into_iter().collect();
    // The files of single tags have the first right to their names.
    sets.sort_by_key(|(tags, _)| (tags.len() > 1, *tags));
    let mut taken: HashSet<String> = HashSet::from([SHARED.to_owned(), "mod".to_owned()]);
    let mut own: BTreeMap<BTreeSet<TagId>, String> = BTreeMap::new();
    for (tags, count) in sets {
        let deserves = tags.len() == 1 || (count >= MIN_TYPES && tags.len() < api.tags.len());
        let module = module(api, tags).filter(|module| deserves && taken.insert(module.clone()));
        if let Some(module) = module {
            own.insert(tags.clone(), module);
        }
    }
    let shared = reached().any(|(_, def)| !own.contains_key(&def.usage.tags));
    let ids: HashMap<BTreeSet<TagId>, ModuleId> = own
        .keys()
        .enumerate()
        .map(|(index, tags)| (tags.clone(), ModuleId(index)))
        .collect();
    for (_, def) in api.types.iter_mut() {
        let id = ids.get(&def.usage.tags);
        def.home = id.copied().unwrap_or(ModuleId(own.len()));
    }
    let own = own.into_iter().map(|(tags, module)| ModelModule {
        file: match tags.first() {
            Some(tag) if tags.len() == 1 => api[*tag].module.word().to_owned(),
            _ => module.clone(),
        },
        module,
        tags: Some(tags),
    });
    let shared = shared.then(|| ModelModule {
        file: SHARED.to_owned(),
        module: SHARED.to_owned(),
        tags: None,
    });
    own.chain(shared).collect()
}

/// The module of what these tags reach.
fn module(api: &Api, tags: &BTreeSet<TagId>) -> Option<String> {
    let mut tags = tags.iter().map(|tag| &api[*tag].module);
    let first = tags.next()?;
    let Some(second) = tags.next() else {
        return Some(first.to_string());
    };
    let others = match tags.count() {
        0 => second.word().to_owned(),
        more => format!("{}_others", more + 1),
    };
    Some(format!("{}_and_{others}", first.word()))
}

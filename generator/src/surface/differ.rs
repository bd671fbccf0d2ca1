//! Takes what callers of two versions of a crate can name, gives what changes for them.

use super::{Item, Surface};
use crate::compare::ChangeKind;
use serde::Serialize;
use std::collections::BTreeSet;

/// One thing that changes for callers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Whether it is new, gone or different.
    pub kind: ChangeKind,
    /// Its path from the crate on: `api::roles::Roles::list_roles`.
    pub path: String,
    /// What it was; `None` when it is new.
    pub old: Option<String>,
    /// What it is; `None` when it is gone.
    pub new: Option<String>,
    /// Whether a program that compiles with the old version may not compile with the new one.
    pub breaks: bool,
}

/// What changes from one version to the other, in the order of the paths. The parts of what is new or gone as a whole are not told one by
/// one.
pub fn differences(old: &Surface, new: &Surface) -> Vec<Difference> {
    let paths: BTreeSet<&String> = old.items.keys().chain(new.items.keys()).collect();
    let differences = paths.into_iter().filter_map(|path| {
        let (was, is) = (old.items.get(path), new.items.get(path));
        let part_of = was.or(is)?.part_of.as_ref();
        let is_told_above = part_of
            .is_some_and(|whole| old.items.contains_key(whole) != new.items.contains_key(whole));
        if is_told_above && was.is_some() != is.is_some() {
            return None;
        }
        difference(path, was, is)
    });
    differences.collect()
}

fn difference(path: &str, old: Option<&Item>, new: Option<&Item>) -> Option<Difference> {
    let (kind, breaks) = match (old, new) {
        (Some(old), Some(new)) if old.essence == new.essence => return None,
        (Some(_), Some(_)) => (ChangeKind::Changed, true),
        (Some(_), None) => (ChangeKind::Removed, true),
        (None, Some(new)) => (ChangeKind::Added, new.breaks_when_new),
        (None, None) => return None,
    };
    let head = |item: Option<&Item>| item.map(|item| item.head.clone());
    Some(Difference {
        kind,
        path: path.to_owned(),
        old: head(old),
        new: head(new),
        breaks,
    })
}

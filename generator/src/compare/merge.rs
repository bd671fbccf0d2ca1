//! Takes all differences and gives the changes, each told once.
//!
//! What one document says once and the other says in many places (a component that was written out, a parameter of a path that moved to
//! its operations) differs once for each of the places. These are one change, with the operations of all of them.

use super::walk::{Found, Walked};
use super::{Change, ChangeKind, What};
use crate::pointer::JsonPointer;
use indexmap::IndexMap;

/// The changes, in the order in which they were found.
pub(super) fn merge(walked: Walked) -> Vec<Change> {
    let Walked { found, operations } = walked;
    let found = join(found, |one| &one.new_at);
    let found = join(found, |one| &one.old_at);
    found
        .into_iter()
        .map(|one| Change {
            old_pointer: (one.kind != ChangeKind::Added).then_some(one.old_at),
            new_pointer: (one.kind != ChangeKind::Removed).then_some(one.new_at),
            kind: one.kind,
            what: one.what,
            name: one.name,
            operations: one
                .operations
                .iter()
                .filter_map(|number| operations.get(*number).cloned())
                .collect(),
            old: one.old,
            new: one.new,
            sentence: one.sentence,
        })
        .collect()
}

type Sameness = (
    JsonPointer,
    ChangeKind,
    What,
    String,
    Option<String>,
    Option<String>,
);

/// Joins the differences that are the same and stand at the same place, as `place` has it.
fn join(found: Vec<Found>, place: impl Fn(&Found) -> &JsonPointer) -> Vec<Found> {
    let mut joined: IndexMap<Sameness, Found> = IndexMap::new();
    for one in found {
        let key = (
            place(&one).clone(),
            one.kind,
            one.what,
            one.name.clone(),
            one.old.clone(),
            one.new.clone(),
        );
        match joined.get_mut(&key) {
            Some(known) => known.operations.extend(one.operations),
            None => {
                joined.insert(key, one);
            }
        }
    }
    joined.into_values().collect()
}

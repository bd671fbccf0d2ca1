//! Which Cargo features an item of the crate needs.

use super::model::{Api, TagId};
use std::collections::BTreeSet;

/// When an item is compiled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gate {
    /// Always.
    Open,
    /// When any of these features is on.
    AnyOf(Vec<String>),
}

impl Gate {
    /// The gate of what these tags use; open where all of them would be named.
    pub(super) fn of(api: &Api, tags: &BTreeSet<TagId>) -> Self {
        if tags.is_empty() || (tags.len() >= api.tags.len() && tags.len() > 1) {
            return Self::Open;
        }
        Self::AnyOf(tags.iter().map(|tag| api[*tag].feature.clone()).collect())
    }
}

impl super::Plan {
    /// The gate of what these tags use.
    pub fn gate(&self, tags: &BTreeSet<TagId>) -> Gate {
        Gate::of(&self.api, tags)
    }

    /// The gate of what one tag uses.
    pub fn gate_of(&self, tag: TagId) -> Gate {
        self.gate(&BTreeSet::from([tag]))
    }
}

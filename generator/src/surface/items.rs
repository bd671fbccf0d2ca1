//! Collects items by path: what `read` and `macros` find in the files of a crate.

use super::Item;
use std::collections::BTreeMap;

/// The items found so far.
#[derive(Default)]
pub(super) struct Items(BTreeMap<String, Item>);

/// A module, an item or a part of one, by its path from the crate on.
#[derive(Clone, Debug, Default)]
pub(super) struct Path(String);

impl Path {
    /// A thing within this one.
    pub(super) fn child(&self, name: &str) -> Self {
        match self.0.is_empty() {
            true => Self(name.to_owned()),
            false => Self(format!("{}::{name}", self.0)),
        }
    }

    /// What a type can do, such as `Role: Default`.
    pub(super) fn ability(&self, ability: &str) -> Self {
        Self(format!("{}: {ability}", self.0))
    }
}

impl Items {
    /// Adds an item of its own. What is there stays: of two of one path, features decide which there is, and the first is the one of all
    /// features.
    pub(super) fn add(&mut self, path: &Path, head: String) {
        let essence = head.clone();
        self.insert(path, None, head, essence, false);
    }

    /// Adds a part of an item.
    pub(super) fn add_part(&mut self, of: &Path, path: &Path, head: String, breaks_when_new: bool) {
        let essence = head.clone();
        self.insert(path, Some(of), head, essence, breaks_when_new);
    }

    /// Adds a function, of which callers do not depend on all that is shown.
    pub(super) fn add_function(&mut self, of: &Path, path: &Path, head: String, essence: String) {
        self.insert(path, Some(of), head, essence, false);
    }

    fn insert(
        &mut self,
        path: &Path,
        of: Option<&Path>,
        head: String,
        essence: String,
        breaks_when_new: bool,
    ) {
        let item = Item {
            head,
            essence,
            part_of: of.map(|of| of.0.clone()),
            breaks_when_new,
        };
        self.0.entry(path.0.clone()).or_insert(item);
    }

    pub(super) fn into_map(self) -> BTreeMap<String, Item> {
        self.0
    }
}

//! Takes a loaded tree that was edited and gives a tree that holds what the load phase promises, with the places of its nodes.
//!
//! An edit may remove a component that something refers to, or add a reference that is not written as the later phases
//! expect it. So the references of an edited tree are tied once more, as if the tree were a document of one file.

use super::library::Library;
use super::tie;
use crate::diagnostics::Diagnostics;
use crate::pointer::JsonPointer;
use crate::source::{SourceFile, Sources};
use serde_json::Value;
use std::collections::{BTreeSet, HashMap};

/// Ties the references of an edited tree. What was said of the tree before is not said again.
pub fn load_edited(
    tree: Value,
    mut sources: Sources,
    diagnostics: &mut Diagnostics,
) -> (Option<Value>, Sources) {
    let mut library = Library::default();
    let root = library.add_tree(SourceFile::new(String::new(), Vec::new()), tree);
    let mut found = Diagnostics::default();
    let (tree, moved) = tie::tie(library, Some(root), &mut found);
    sources.follow(&moved);
    for mut diagnostic in found.iter().cloned() {
        diagnostic.position = sources.locate(&diagnostic.pointer);
        let is_known = diagnostics
            .iter()
            .any(|known| known.code == diagnostic.code && known.pointer == diagnostic.pointer);
        if !is_known {
            diagnostics.push(diagnostic);
        }
    }
    (tree, sources)
}

/// Elements of arrays that an edit removed: for each array, their indices before the edit.
pub type RemovedElements = HashMap<JsonPointer, BTreeSet<usize>>;

impl Sources {
    /// Lets the places follow elements that have moved up because others before them were removed. `length` gives the number
    /// of elements that an array had before.
    pub fn close_gaps(
        &mut self,
        removed: &RemovedElements,
        length: impl Fn(&JsonPointer) -> usize,
    ) {
        if removed.is_empty() {
            return;
        }
        let mut kept = Vec::new();
        for (array, indices) in removed {
            let first = indices.first().copied().unwrap_or(0);
            for index in (first..length(array)).filter(|index| !indices.contains(index)) {
                let was = array.index(index);
                let origin = self.origin(&was);
                kept.extend(moved(&was, removed).map(|now| (now, origin)));
            }
        }
        let origins = std::mem::take(&mut self.origins);
        self.origins = origins
            .into_iter()
            .filter_map(|(was, origin)| Some((moved(&was, removed)?, origin)))
            .collect();
        self.origins.extend(kept);
    }

    /// Adds what `moved` knows of places in a tree whose own places these are.
    fn follow(&mut self, moved: &Self) {
        let places: Vec<_> = moved
            .origins
            .iter()
            .map(|(now, (_, was))| (now.clone(), self.origin(was)))
            .collect();
        self.origins.extend(places);
    }
}

/// Where a node stands once the elements are removed; `None` when it is one of them, or stands in one.
fn moved(was: &JsonPointer, removed: &RemovedElements) -> Option<JsonPointer> {
    let (mut before, mut now) = (JsonPointer::root(), JsonPointer::root());
    for token in was.tokens() {
        let indices = removed.get(&before);
        match (indices, token.parse::<usize>()) {
            (Some(indices), Ok(index)) if indices.contains(&index) => return None,
            (Some(indices), Ok(index)) => {
                now = now.index(index.saturating_sub(indices.range(..index).count()));
            }
            _ => now = now.child(&token),
        }
        before = before.child(&token);
    }
    Some(now)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_move_up_by_as_many_as_were_removed_before_them() {
        let pointer = |text: &str| JsonPointer::parse(text).unwrap();
        let removed = RemovedElements::from([
            (pointer("/a"), BTreeSet::from([0, 2])),
            (pointer("/a/3/b"), BTreeSet::from([1])),
        ]);
        let now = |text: &str| moved(&pointer(text), &removed).map(|now| now.to_string());
        assert_eq!(now("/a/1/x").as_deref(), Some("#/a/0/x"));
        assert_eq!(now("/a/2/x"), None);
        assert_eq!(now("/a/3/b/2").as_deref(), Some("#/a/1/b/1"));
        assert_eq!(now("/c/3").as_deref(), Some("#/c/3"));
    }
}

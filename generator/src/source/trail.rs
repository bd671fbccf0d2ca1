//! Takes the steps of a walk down a tree and gives the pointer of where it stands.
//!
//! A walk passes far more nodes than it has something to say about, so the way down is kept as links on the
//! stack, and text is made of it only when somebody asks.

use crate::pointer::JsonPointer;

/// One step down a tree.
#[derive(Clone, Copy)]
pub(super) enum Step<'t> {
    /// To the member of an object.
    Key(&'t str),
    /// To the element of an array.
    Index(usize),
}

/// The way from the root of a tree to one of its nodes.
#[derive(Clone, Copy)]
pub(crate) struct Trail<'t> {
    step: Option<(&'t Trail<'t>, Step<'t>)>,
    depth: usize,
}

impl Trail<'_> {
    /// The root itself.
    pub(crate) const ROOT: Self = Self {
        step: None,
        depth: 0,
    };

    /// The number of steps from the root.
    pub(crate) fn depth(&self) -> usize {
        self.depth
    }

    /// Whether the last step was to the member `key`.
    pub(crate) fn ends_with_key(&self, key: &str) -> bool {
        matches!(self.step, Some((_, Step::Key(last))) if last == key)
    }

    /// The last step to the node; the root has none.
    pub(super) fn last(&self) -> Option<Step<'_>> {
        self.step.map(|(_, step)| step)
    }

    /// The pointer of the node.
    pub(crate) fn pointer(&self) -> JsonPointer {
        self.below(&JsonPointer::root())
    }

    /// The pointer of the node when the trail's root stands at `base`.
    pub(crate) fn below(&self, base: &JsonPointer) -> JsonPointer {
        match self.step {
            None => base.clone(),
            Some((above, Step::Key(key))) => above.below(base).child(key),
            Some((above, Step::Index(index))) => above.below(base).index(index),
        }
    }
}

impl<'t> Trail<'t> {
    /// A step down to the member `key`.
    pub(crate) fn key(&'t self, key: &'t str) -> Self {
        Self {
            step: Some((self, Step::Key(key))),
            depth: self.depth.saturating_add(1),
        }
    }

    /// A step down to the element `index`.
    pub(crate) fn index(&'t self, index: usize) -> Self {
        Self {
            step: Some((self, Step::Index(index))),
            depth: self.depth.saturating_add(1),
        }
    }
}

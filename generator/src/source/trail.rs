//! Takes the steps of a walk down a tree and gives the pointer of where it stands.
//!
//! A walk passes far more nodes than it has something to say about, so the way down is kept as links on the
//! stack, and text is made of it only when somebody asks.

use crate::pointer::JsonPointer;

#[derive(Clone, Copy)]
enum Token<'t> {
    Key(&'t str),
    Index(usize),
}

/// The way from the root of a tree to one of its nodes.
#[derive(Clone, Copy)]
pub(crate) struct Trail<'t> {
    step: Option<(&'t Trail<'t>, Token<'t>)>,
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
        matches!(self.step, Some((_, Token::Key(last))) if last == key)
    }

    /// The pointer of the node.
    pub(crate) fn pointer(&self) -> JsonPointer {
        self.below(&JsonPointer::root())
    }

    /// The pointer of the node when the trail's root stands at `base`.
    pub(crate) fn below(&self, base: &JsonPointer) -> JsonPointer {
        match self.step {
            None => base.clone(),
            Some((above, Token::Key(key))) => above.below(base).child(key),
            Some((above, Token::Index(index))) => above.below(base).index(index),
        }
    }
}

impl<'t> Trail<'t> {
    /// A step down to the member `key`.
    pub(crate) fn key(&'t self, key: &'t str) -> Self {
        Self {
            step: Some((self, Token::Key(key))),
            depth: self.depth.saturating_add(1),
        }
    }

    /// A step down to the element `index`.
    pub(crate) fn index(&'t self, index: usize) -> Self {
        Self {
            step: Some((self, Token::Index(index))),
            depth: self.depth.saturating_add(1),
        }
    }
}

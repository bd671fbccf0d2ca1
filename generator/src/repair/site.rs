//! Takes a place of the tree, gives the diagnostics about it. Exists so that a repair need not carry pointers around:
//! a pointer is put together only when there is something to say.

use super::kept::Kept;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::pointer::JsonPointer;
use serde_json::{Map, Value};
use std::collections::{HashMap, HashSet};

/// One step from a node to a node that it holds.
#[derive(Clone, Copy)]
pub(super) enum Token<'t> {
    /// A member's key, unescaped.
    Key(&'t str),
    /// An element's index.
    Index(usize),
}

/// A node by the last step to it; the root is 0.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct StepId(usize);

/// The ways to all the nodes that the walk has met, each step kept once.
#[derive(Default)]
pub(super) struct Steps<'t> {
    /// Where the walk began.
    base: JsonPointer,
    steps: Vec<(StepId, Token<'t>)>,
}

impl<'t> Steps<'t> {
    /// Where the walk began: the whole document, for most walks.
    pub(super) const ROOT: StepId = StepId(0);

    /// The ways from the node at `base`.
    pub(super) fn from(base: JsonPointer) -> Self {
        Self {
            base,
            steps: Vec::new(),
        }
    }

    /// The place one step below `parent`.
    pub(super) fn step(&mut self, parent: StepId, token: Token<'t>) -> StepId {
        self.steps.push((parent, token));
        StepId(self.steps.len())
    }

    fn last(&self, place: StepId) -> Option<(StepId, Token<'t>)> {
        self.steps.get(place.0.checked_sub(1)?).copied()
    }

    fn pointer(&self, place: StepId) -> JsonPointer {
        let mut tokens = Vec::new();
        let mut at = place;
        while let Some((parent, token)) = self.last(at) {
            tokens.push(token);
            at = parent;
        }
        tokens
            .into_iter()
            .rev()
            .fold(self.base.clone(), |pointer, token| match token {
                Token::Key(key) => pointer.child(key),
                Token::Index(index) => pointer.index(index),
            })
    }

    /// The nearest key above an element or at a member: `allOf` for an element of that list.
    fn list_key(&self, place: StepId) -> Option<&'t str> {
        match self.last(place)? {
            (_, Token::Key(key)) => Some(key),
            (parent, Token::Index(_)) => match self.last(parent)? {
                (_, Token::Key(key)) => Some(key),
                _ => None,
            },
        }
    }
}

/// What repairs know of the document as a whole.
#[derive(Default)]
pub(super) struct DocumentState {
    /// Whether it says that it is OpenAPI 3.1 or later, in which much is right that is a fault in 3.0.
    pub(super) is_31: bool,
    /// The shared parameters that are really bodies, as Swagger 2.0 had them, by name.
    pub(super) body_parameters: HashMap<String, Value>,
    /// What has been reported once for the whole document.
    pub(super) told: HashSet<&'static str>,
    /// What has a meaning and cannot stand in the repaired tree.
    pub(super) kept: Kept,
}

/// The node that is being fixed, and the code of the repair at work.
pub(super) struct RepairSite<'a, 't> {
    pub(super) steps: &'a Steps<'t>,
    pub(super) place: StepId,
    pub(super) code: Code,
    pub(super) document: &'a mut DocumentState,
    pub(super) diagnostics: &'a mut Diagnostics,
}

impl RepairSite<'_, '_> {
    /// The node's pointer.
    pub(super) fn pointer(&self) -> JsonPointer {
        self.steps.pointer(self.place)
    }

    /// The key of the list or map member that the node stands in.
    pub(super) fn list_key(&self) -> Option<&str> {
        self.steps.list_key(self.place)
    }

    /// Keeps what the author wrote at `keyword` of the node. What is kept first stays.
    pub(super) fn keep(&mut self, keyword: &str, value: Value) {
        let members = self.document.kept.entry(self.steps.pointer(self.place));
        members.or_default().entry(keyword).or_insert(value);
    }

    /// Takes a member out of the node, and keeps it.
    pub(super) fn take_out(&mut self, node: &mut Map<String, Value>, keyword: &str) {
        if let Some(value) = node.remove(keyword) {
            self.keep(keyword, value);
        }
    }

    /// Puts another value in the place of a member, and keeps what the author wrote.
    pub(super) fn replace(&mut self, node: &mut Map<String, Value>, keyword: &str, value: Value) {
        if let Some(written) = node.insert(keyword.to_owned(), value) {
            self.keep(keyword, written);
        }
    }

    /// Reports a fix that loses nothing.
    pub(super) fn note(&mut self, message: impl Into<String>) {
        let diagnostic = Diagnostic::note(self.code, self.pointer(), message);
        self.diagnostics.push(diagnostic);
    }

    /// Like [`RepairSite::note`], about the member `key` of the node.
    pub(super) fn note_at(&mut self, key: &str, message: impl Into<String>) {
        let diagnostic = Diagnostic::note(self.code, self.pointer().child(key), message);
        self.diagnostics.push(diagnostic);
    }

    /// Reports a fix that guesses or loses something.
    pub(super) fn warn(&mut self, message: impl Into<String>) {
        let diagnostic = Diagnostic::warning(self.code, self.pointer(), message);
        self.diagnostics.push(diagnostic);
    }

    /// Like [`RepairSite::warn`], about the member `key` of the node.
    pub(super) fn warn_at(&mut self, key: &str, message: impl Into<String>) {
        let diagnostic = Diagnostic::warning(self.code, self.pointer().child(key), message);
        self.diagnostics.push(diagnostic);
    }

    /// Reports that a document of version 3.0 uses what only 3.1 has. A 3.1 document is right to use it.
    pub(super) fn note_in_30(&mut self, key: &str, message: &str) {
        if !self.document.is_31 {
            self.note_at(key, message);
        }
    }

    /// Reports something once for the whole document, at the first place that shows it.
    pub(super) fn note_once(&mut self, subject: &'static str, message: impl Into<String>) {
        if self.document.told.insert(subject) {
            self.note(message);
        }
    }
}

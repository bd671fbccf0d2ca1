//! What one reading of one text may use and has found: its limits, its faults, and where its nodes stand.

use super::places::{Places, Recorder};
use super::trail::Trail;
use crate::grammar::{ObjectKind, is_version};
use crate::pointer::JsonPointer;
use serde::de::Error;
use serde_json::Value;
use std::cell::{Cell, RefCell};

/// The size that a node counts for apart from its text, in bytes.
const NODE_SIZE: usize = 32;

/// Why a reading was given up although the text may be well-formed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stop {
    /// More than [`MAX_DEPTH`](super::MAX_DEPTH) levels.
    TooDeep,
    /// The tree outgrew its allowance.
    TooLarge,
}

/// Something that a document should not contain, but that does not end the reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum FaultKind {
    /// A key stands twice in an object; `lossy` when the value that was dropped held a part of the interface.
    DuplicateKey { key: String, lossy: bool },
    /// A path stands twice in `paths` of the root document; what both say is kept.
    DuplicatePath(String),
    /// The text holds more than one YAML document.
    MoreDocuments,
    /// A number that JSON cannot tell: an infinity, not a number, or one beyond the doubles.
    NotFinite,
    /// An escape in a text that is half of a character.
    HalfCharacter,
    /// A YAML tag of the document's own.
    Tag(String),
    /// A YAML merge key with something other than a mapping, or a list of mappings.
    Merge,
}

/// A [`FaultKind`] and where it stands in its file.
#[derive(Clone, Debug)]
pub(crate) struct Fault {
    pub(crate) pointer: JsonPointer,
    pub(crate) kind: FaultKind,
}

/// The language of the text, where the two differ in meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    Json,
    Yaml,
}

/// What one reading of one text may use and has found.
pub(super) struct Reading {
    pub(super) dialect: Dialect,
    /// Whether the text is the root document, in which some scalars are text by definition.
    document: bool,
    allowance: Cell<usize>,
    stop: Cell<Option<Stop>>,
    faults: RefCell<Vec<Fault>>,
    places: RefCell<Recorder>,
}

impl Reading {
    /// A reading whose tree may grow to `allowance` bytes.
    pub(super) fn new(dialect: Dialect, document: bool, allowance: usize) -> Self {
        Self {
            dialect,
            document,
            allowance: Cell::new(allowance),
            stop: Cell::new(None),
            faults: RefCell::default(),
            places: RefCell::default(),
        }
    }

    /// Takes note of the text that is read from now on.
    pub(super) fn begin(&self, text: &str) {
        self.places.replace(Recorder::new(text));
    }

    /// Why the reading was given up, if it was.
    pub(super) fn stop(&self) -> Option<Stop> {
        self.stop.get()
    }

    /// What is left of the allowance, in bytes.
    pub(super) fn left(&self) -> usize {
        self.allowance.get()
    }

    /// Where the nodes of the text stand, given away.
    pub(super) fn take_places(&self) -> Places {
        self.places.take().finish(self.dialect == Dialect::Yaml)
    }

    /// The faults, in the order of the text.
    pub(super) fn into_faults(self) -> Vec<Fault> {
        self.faults.into_inner()
    }

    /// Remembers faults that were found before the reading.
    pub(super) fn add_faults(&self, faults: Vec<Fault>) {
        self.faults.borrow_mut().extend(faults);
    }

    /// Remembers that more documents follow the one that was read.
    pub(super) fn more_documents(&self) {
        self.fault(Trail::ROOT, FaultKind::MoreDocuments);
    }

    /// Whether a member here is a path item: to drop one of two would drop operations.
    pub(super) fn is_paths(&self, trail: Trail<'_>) -> bool {
        self.document && trail.depth() == 1 && trail.ends_with_key("paths")
    }

    /// Takes note of a node that begins, with the byte at which its key stands. Gives its number.
    pub(super) fn open(&self, trail: Trail<'_>, start: Option<u32>) -> usize {
        self.places.borrow_mut().open(trail.last(), start)
    }

    /// Takes note that the node that began last is this slice of the text.
    pub(super) fn is_slice(&self, slice: &str) {
        self.places.borrow_mut().is_slice(slice);
    }

    /// The byte at which a slice of the text starts.
    pub(super) fn offset(&self, slice: &str) -> Option<u32> {
        self.places.borrow().offset(slice)
    }

    /// Takes note that all that is within a node was read.
    pub(super) fn close(&self, number: usize) {
        self.places.borrow_mut().close(number);
    }

    pub(super) fn fault(&self, trail: Trail<'_>, kind: FaultKind) {
        self.faults.borrow_mut().push(Fault {
            pointer: trail.pointer(),
            kind,
        });
    }

    pub(super) fn charge<E: Error>(&self, text: usize) -> Result<(), E> {
        match self
            .allowance
            .get()
            .checked_sub(text.saturating_add(NODE_SIZE))
        {
            Some(left) => {
                self.allowance.set(left);
                Ok(())
            }
            None => Err(self.give_up(Stop::TooLarge)),
        }
    }

    pub(super) fn give_up<E: Error>(&self, stop: Stop) -> E {
        self.stop.set(Some(stop));
        E::custom(match stop {
            Stop::TooDeep => "nested too deeply",
            Stop::TooLarge => "too large",
        })
    }

    /// Whether OpenAPI says that this scalar is text, so that it is read as it is written.
    pub(super) fn is_text(&self, trail: Trail<'_>, key: &str) -> bool {
        let owner = match trail.depth() {
            0 => ObjectKind::Document,
            1 if trail.ends_with_key("info") => ObjectKind::Info,
            _ => return false,
        };
        self.dialect == Dialect::Yaml && self.document && is_version(owner, key)
    }
}

/// The size of a tree as readings count it, in bytes.
pub(crate) fn weigh(node: &Value) -> usize {
    let held: usize = match node {
        Value::String(text) => text.len(),
        Value::Array(elements) => elements.iter().map(weigh).sum(),
        Value::Object(members) => members
            .iter()
            .map(|(key, member)| key.len() + weigh(member))
            .sum(),
        _ => 0,
    };
    held.saturating_add(NODE_SIZE)
}

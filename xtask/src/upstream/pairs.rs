//! Takes the vendor's document and ours, and finds which of our components stands for which of theirs.
//!
//! Names of components never appear on the wire, so ours are our own. What tells that two components mean the same is the
//! place that they are used at: both documents are walked side by side from the same operations.

use super::reference::Component;
use super::tree::{self, Object};
use super::words;
use sdk_generator::grammar::{ObjectKind, Shape};
use serde_json::Value;
use std::collections::{HashMap, HashSet};

/// Which of our components stands for which of theirs.
#[derive(Default)]
pub(super) struct Pairs {
    /// The first of ours that was found in the place of each of theirs.
    ours: HashMap<Component, Component>,
    /// All of ours that were found in the place of something of theirs.
    taken: HashSet<Component>,
}

impl Pairs {
    /// Our component for one of theirs.
    pub(super) fn ours(&self, theirs: &Component) -> Option<&Component> {
        self.ours.get(theirs)
    }

    /// Whether ours stands for something of theirs.
    pub(super) fn is_taken(&self, ours: &Component) -> bool {
        self.taken.contains(ours)
    }

    /// Notes that ours stands for theirs.
    pub(super) fn put(&mut self, theirs: Component, ours: Component) {
        self.taken.insert(ours.clone());
        self.ours.entry(theirs).or_insert(ours);
    }
}

/// Walks both documents.
pub(super) fn find(theirs: &Value, ours: &Value) -> Pairs {
    let mut walk = Walk {
        theirs,
        ours,
        pairs: Pairs::default(),
        seen: HashSet::new(),
    };
    for (path, item) in tree::paths(theirs) {
        for (method, operation) in tree::operations(item) {
            if let Some(other) = tree::find_operation(ours, path, method, operation) {
                walk.members(ObjectKind::Operation, operation, other);
            }
        }
    }
    walk.pairs
}

struct Walk<'a> {
    theirs: &'a Value,
    ours: &'a Value,
    pairs: Pairs,
    /// The pairs of objects that were walked, by their addresses, so that a circle ends.
    seen: HashSet<(usize, usize)>,
}

impl Walk<'_> {
    fn values(&mut self, shape: Shape, key: &str, theirs: &Value, ours: &Value) {
        match (shape, theirs, ours) {
            (Shape::One(kind), Value::Object(theirs), Value::Object(ours)) => {
                self.objects(kind, theirs, ours);
            }
            (Shape::SchemaOrFlag, ..) => {
                self.values(Shape::One(ObjectKind::Schema), key, theirs, ours);
            }
            (Shape::Map(kind) | Shape::ExtensibleMap(kind), Value::Object(theirs), ours) => {
                for (name, value) in theirs {
                    if let Some(other) = ours.get(name) {
                        self.values(Shape::One(kind), "", value, other);
                    }
                }
            }
            (Shape::List(kind), Value::Array(a), Value::Array(b)) => {
                for (theirs, ours) in words::pair_lists(key, (self.theirs, a), (self.ours, b)) {
                    if let Some(ours) = ours {
                        self.values(Shape::One(kind), "", theirs, ours);
                    }
                }
            }
            _ => {}
        }
    }

    fn objects(&mut self, kind: ObjectKind, theirs: &Object, ours: &Object) {
        match (Component::of_object(theirs), Component::of_object(ours)) {
            (Some(a), Some(b)) => {
                if let (Some(theirs), Some(ours)) = (a.find(self.theirs), b.find(self.ours)) {
                    self.pairs.put(a.clone(), b.clone());
                    self.members(kind, theirs, ours);
                }
            }
            (None, Some(b)) => {
                self.pairs.taken.insert(b.clone());
                if let Some(ours) = b.find(self.ours) {
                    self.members(kind, theirs, ours);
                }
            }
            (Some(a), None) => {
                if let Some(theirs) = a.find(self.theirs) {
                    self.members(kind, theirs, ours);
                }
            }
            (None, None) => self.members(kind, theirs, ours),
        }
    }

    fn members(&mut self, kind: ObjectKind, theirs: &Object, ours: &Object) {
        let address = |object: &Object| std::ptr::from_ref(object).addr();
        if !self.seen.insert((address(theirs), address(ours))) {
            return;
        }
        for (key, value) in theirs {
            if let (Some(shape), Some(other)) = (kind.any_shape(key), ours.get(key)) {
                self.values(shape, key, value, other);
            }
        }
    }
}

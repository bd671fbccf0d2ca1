//! Takes two documents, goes through both side by side, and gives what differs.
//!
//! What may be used in many places (operations, schemas, components) is a node: a pair of an old and a new thing that is compared
//! once, however many places lead to it. Cycles of schemas need no care that way, and nothing is as deep as the document is. A node
//! knows who uses it, so that the operations that a change reaches are found from the change upwards.

use super::describe::Describer;
use super::item::{Item, Section};
use super::reach::{self, Reached};
use super::words;
use super::{ChangeKind, Options, What};
use crate::facts::{Operation, PathItem, SchemaId};
use crate::pointer::JsonPointer;
use indexmap::IndexMap;
use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};

/// A difference, before those that are one are joined.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) kind: ChangeKind,
    pub(super) what: What,
    pub(super) name: String,
    /// Its place, or the place where it would be, in the old and in the new document.
    pub(super) old_at: JsonPointer,
    pub(super) new_at: JsonPointer,
    pub(super) old: Option<String>,
    pub(super) new: Option<String>,
    pub(super) sentence: String,
    /// The operations that it reaches, by number.
    pub(super) operations: BTreeSet<usize>,
}

/// All differences, in the order in which they were found, and the names of the operations.
pub(super) struct Walked {
    pub(super) found: Vec<Found>,
    pub(super) operations: Vec<String>,
}

/// Compares two documents.
pub(super) fn walk<'d>(old: &Describer<'d>, new: &Describer<'d>, options: Options) -> Walked {
    let mut walk = Walk {
        old,
        new,
        options,
        nodes: IndexMap::new(),
        queue: VecDeque::new(),
        operations: Vec::new(),
    };
    walk.node(Key::Document, "the document".to_owned(), None);
    walk.run();
    walk.unreferenced();
    walk.run();
    let reaches: Vec<BTreeSet<usize>> = (0..walk.nodes.len())
        .map(|node| walk.operations_above(node))
        .collect();
    let mut found = Vec::new();
    for (node, reached) in walk.nodes.into_values().zip(reaches) {
        found.extend(node.found.into_iter().map(|mut one| {
            one.operations.extend(&reached);
            one
        }));
    }
    Walked {
        found,
        operations: walk.operations,
    }
}

/// What a node is a pair of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Key<'d> {
    Document,
    Operation(&'d JsonPointer, &'d JsonPointer),
    Schema(SchemaId, SchemaId),
    Component(Section, &'d str, &'d str),
}

#[derive(Debug, Default)]
struct Node<'d> {
    /// What it is called in a sentence.
    subject: String,
    /// The nodes that use it.
    users: HashSet<usize>,
    found: Vec<Found>,
    /// The operation that it is.
    operation: Option<OperationPair<'d>>,
}

#[derive(Clone, Copy, Debug)]
struct OperationPair<'d> {
    number: usize,
    old: (&'d PathItem, &'d Operation),
    new: (&'d PathItem, &'d Operation),
}

pub(super) struct Walk<'w, 'd> {
    pub(super) old: &'w Describer<'d>,
    pub(super) new: &'w Describer<'d>,
    pub(super) options: Options,
    nodes: IndexMap<Key<'d>, Node<'d>>,
    queue: VecDeque<usize>,
    operations: Vec<String>,
}

impl<'d> Walk<'_, 'd> {
    /// The number of a node, which is looked at later when it is new.
    fn node(&mut self, key: Key<'d>, subject: String, user: Option<usize>) -> usize {
        let entry = self.nodes.entry(key);
        let index = entry.index();
        if let indexmap::map::Entry::Vacant(entry) = entry {
            entry.insert(Node {
                subject,
                ..Node::default()
            });
            self.queue.push_back(index);
        }
        if let (Some(user), Some((_, node))) = (user, self.nodes.get_index_mut(index)) {
            node.users.insert(user);
        }
        index
    }

    fn run(&mut self) {
        while let Some(node) = self.queue.pop_front() {
            let Some((key, entry)) = self.nodes.get_index(node) else {
                continue;
            };
            let key = *key;
            let items = match (key, entry.operation) {
                (Key::Document, _) => Some((self.old.whole(), self.new.whole())),
                (Key::Operation(..), pair) => pair.map(|pair| {
                    let old = self.old.operation(pair.old.0, pair.old.1);
                    (old, self.new.operation(pair.new.0, pair.new.1))
                }),
                (Key::Schema(old, new), _) => self.schemas(old, new),
                (Key::Component(section, old, new), _) => {
                    let old = self.old.component(section, old);
                    old.zip(self.new.component(section, new))
                }
            };
            if let Some((old, new)) = items {
                let subject = entry.subject.clone();
                self.items(node, &subject, &old, &new);
            }
        }
    }

    fn schemas(&self, old: SchemaId, new: SchemaId) -> Option<(Item<'d>, Item<'d>)> {
        let old = self.old.document.schemas.get(old)?;
        let new = self.new.document.schemas.get(new)?;
        Some((self.old.schema(old), self.new.schema(new)))
    }

    /// The operations that a node is or is used by.
    fn operations_above(&self, node: usize) -> BTreeSet<usize> {
        let mut numbers = BTreeSet::new();
        let is_same = |(_, node): (_, &Node<'_>)| node.found.is_empty();
        if self.nodes.get_index(node).is_none_or(is_same) {
            return numbers;
        }
        let mut seen = HashSet::from([node]);
        let mut waiting = vec![node];
        while let Some((_, node)) = waiting.pop().and_then(|node| self.nodes.get_index(node)) {
            numbers.extend(node.operation.map(|pair| pair.number));
            waiting.extend(node.users.iter().filter(|user| seen.insert(**user)));
        }
        numbers
    }

    pub(super) fn tell(&mut self, node: usize, found: Found) {
        if let Some((_, node)) = self.nodes.get_index_mut(node) {
            node.found.push(found);
        }
    }

    /// The number of a new operation.
    pub(super) fn number(&mut self, name: &str) -> usize {
        self.operations.push(name.to_owned());
        self.operations.len().saturating_sub(1)
    }

    /// Compares an operation of both documents.
    pub(super) fn pair_operations(
        &mut self,
        name: &str,
        old: (&'d PathItem, &'d Operation),
        new: (&'d PathItem, &'d Operation),
    ) {
        let number = self.number(name);
        let key = Key::Operation(&old.1.pointer, &new.1.pointer);
        let node = self.node(key, name.to_owned(), None);
        if let Some((_, node)) = self.nodes.get_index_mut(node) {
            node.operation = Some(OperationPair { number, old, new });
        }
    }

    /// Compares schemas of both documents; `label` and `user` tell where they are used.
    pub(super) fn pair_schemas(
        &mut self,
        old: SchemaId,
        new: SchemaId,
        subject: String,
        user: usize,
    ) {
        let name = |describer: &Describer<'_>, id| {
            let schema = describer.document.schemas.get(id)?;
            Some(format!("schema `{}`", schema.component.as_ref()?))
        };
        let subject = name(self.new, new)
            .or_else(|| name(self.old, old))
            .unwrap_or(subject);
        self.node(Key::Schema(old, new), subject, Some(user));
    }

    /// Compares components of both documents.
    pub(super) fn pair_components(
        &mut self,
        section: Section,
        old: &'d str,
        new: &'d str,
        user: Option<usize>,
    ) {
        let subject = format!("{} `{new}`", section.what());
        self.node(Key::Component(section, old, new), subject, user);
    }

    /// Compares the components that nothing refers to, by name.
    fn unreferenced(&mut self) {
        let (old, new) = (reach::reached(self.old), reach::reached(self.new));
        for section in Section::ALL {
            let (before, after) = (self.old.names(section), self.new.names(section));
            let known: HashSet<&str> = after.iter().copied().collect();
            let is_used =
                |reached: &Reached<'d>, name| reached.components.contains(&(section, name));
            for name in &before {
                let is_in_use = is_used(&old, name);
                if !known.contains(name) {
                    if !is_in_use {
                        self.tell_component(
                            ChangeKind::Removed,
                            section.what(),
                            section.key(),
                            name,
                        );
                    }
                } else if !(is_in_use && is_used(&new, name)) {
                    self.pair_components(section, name, name, None);
                }
            }
            let known: HashSet<&str> = before.into_iter().collect();
            for name in after {
                if !known.contains(name) && !is_used(&new, name) {
                    self.tell_component(ChangeKind::Added, section.what(), section.key(), name);
                }
            }
        }
        self.unreferenced_schemas(&old, &new);
    }

    fn unreferenced_schemas(&mut self, old: &Reached<'d>, new: &Reached<'d>) {
        let before = self.old.own_schemas();
        let after = self.new.own_schemas();
        let print = |describer: &Describer<'d>, id| describer.prints.get(&id).copied();
        let mut renamed: HashMap<Option<u64>, Vec<SchemaId>> = HashMap::new();
        for (name, id) in &after {
            if !before.contains_key(name) && !new.schemas.contains(id) {
                renamed.entry(print(self.new, *id)).or_default().push(*id);
            }
        }
        let mut taken = HashSet::new();
        for (name, id) in &before {
            let is_used = old.schemas.contains(id);
            let partner = match after.get(name) {
                Some(other) => {
                    Some(*other).filter(|other| !(is_used && new.schemas.contains(other)))
                }
                None if is_used => None,
                None => {
                    let same = renamed.get_mut(&print(self.old, *id)).and_then(Vec::pop);
                    if same.is_none() {
                        let what = What::Schema;
                        self.tell_component(ChangeKind::Removed, what, "schemas", name);
                    }
                    taken.extend(same);
                    same
                }
            };
            if let Some(partner) = partner {
                self.node(Key::Schema(*id, partner), format!("schema `{name}`"), None);
            }
        }
        for (name, id) in &after {
            if !before.contains_key(name) && !new.schemas.contains(id) && !taken.contains(id) {
                self.tell_component(ChangeKind::Added, What::Schema, "schemas", name);
            }
        }
    }

    /// Takes down a component that only one document has, and that nothing refers to.
    fn tell_component(&mut self, kind: ChangeKind, what: What, section: &str, name: &str) {
        let at = JsonPointer::from_tokens(["components", section, name]);
        let found = Found {
            kind,
            what,
            name: name.to_owned(),
            old_at: at.clone(),
            new_at: at,
            old: None,
            new: None,
            sentence: words::sentence(
                kind,
                &format!("unreferenced {what} `{name}`"),
                "",
                None,
                None,
            ),
            operations: BTreeSet::new(),
        };
        self.tell(0, found);
    }
}

//! Takes an old and a new thing and gives how they differ: in their keywords, and in the parts that they have.

use super::fingerprint::canonical;
use super::item::{Body, Content, Item, Keyword, Part};
use super::pair::{Pair, pair};
use super::walk::{Found, Walk};
use super::words::{self, short, short_content};
use super::{ChangeKind, What};
use crate::facts::SchemaId;
use crate::pointer::JsonPointer;
use indexmap::IndexMap;
use serde_json::Value;
use std::collections::{BTreeSet, HashSet};

/// The parts of a group, of the old and of the new thing.
type Group<'p, 'd> = (Vec<&'p Part<'d>>, Vec<&'p Part<'d>>);

impl<'d> Walk<'_, 'd> {
    /// Compares a thing, which belongs to a node and is called `subject`.
    pub(super) fn items(&mut self, node: usize, subject: &str, old: &Item<'d>, new: &Item<'d>) {
        self.keywords(node, subject, old, new);
        let mut groups: IndexMap<&str, Group<'_, 'd>> = IndexMap::new();
        for part in &old.parts {
            groups.entry(part.group).or_default().0.push(part);
        }
        for part in &new.parts {
            groups.entry(part.group).or_default().1.push(part);
        }
        for (before, after) in groups.into_values() {
            for pair in pair(&before, &after) {
                match pair {
                    Pair::Both(old, new) => self.parts(node, subject, old, new),
                    Pair::Old(part) => {
                        let elsewhere = place(new.pointer, part);
                        self.alone(ChangeKind::Removed, node, subject, part, elsewhere);
                    }
                    Pair::New(part) => {
                        let elsewhere = place(old.pointer, part);
                        self.alone(ChangeKind::Added, node, subject, part, elsewhere);
                    }
                }
            }
        }
    }

    fn keywords(&mut self, node: usize, subject: &str, old: &Item<'d>, new: &Item<'d>) {
        let texts = self.options.texts;
        let told = |item: &'_ Item<'d>| -> IndexMap<Vec<String>, usize> {
            let all = item.keywords.iter().enumerate();
            all.filter(|(_, keyword)| texts || !keyword.is_text)
                .map(|(index, keyword)| (keyword.keys.clone(), index))
                .collect()
        };
        let (before, mut after) = (told(old), told(new));
        let pointers = (old.pointer, new.pointer);
        for (keys, index) in before {
            let other = after
                .shift_remove(&keys)
                .and_then(|index| new.keywords.get(index));
            let one = old.keywords.get(index);
            self.keyword(node, subject, pointers, one, other);
        }
        for index in after.into_values() {
            self.keyword(node, subject, pointers, None, new.keywords.get(index));
        }
    }

    fn keyword(
        &mut self,
        node: usize,
        subject: &str,
        (old_at, new_at): (&JsonPointer, &JsonPointer),
        old: Option<&Keyword>,
        new: Option<&Keyword>,
    ) {
        let Some(keyword) = old.or(new) else {
            return;
        };
        let name = keyword.name();
        let places = (keyword.below(old_at), keyword.below(new_at));
        let contents = (old.map(|one| &one.content), new.map(|one| &one.content));
        if let Some((old, new)) = sets(&name, contents) {
            for value in missing(old, new) {
                self.element(ChangeKind::Removed, node, subject, &name, &places, value);
            }
            for value in missing(new, old) {
                self.element(ChangeKind::Added, node, subject, &name, &places, value);
            }
            return;
        }
        let kind = match contents {
            (Some(old), Some(new)) if old == new => return,
            (Some(_), Some(_)) => ChangeKind::Changed,
            (Some(_), None) => ChangeKind::Removed,
            (None, _) => ChangeKind::Added,
        };
        let (old, new) = (contents.0.map(short_content), contents.1.map(short_content));
        let thing = format!("`{name}`");
        let sentence = words::sentence(kind, &thing, subject, old.as_deref(), new.as_deref());
        self.tell(
            node,
            Found {
                kind,
                what: What::Keyword,
                name,
                old_at: places.0,
                new_at: places.1,
                old,
                new,
                sentence,
                operations: BTreeSet::new(),
            },
        );
    }

    /// Takes down a value of a set that only one document has.
    fn element(
        &mut self,
        kind: ChangeKind,
        node: usize,
        subject: &str,
        name: &str,
        places: &(JsonPointer, JsonPointer),
        value: &Value,
    ) {
        let text = short(value);
        let is_new = kind == ChangeKind::Added;
        let sentence = words::element(kind, &text, name, subject);
        self.tell(
            node,
            Found {
                kind,
                what: What::Keyword,
                name: name.to_owned(),
                old_at: places.0.clone(),
                new_at: places.1.clone(),
                old: (!is_new).then(|| text.clone()),
                new: is_new.then(|| text.clone()),
                sentence,
                operations: BTreeSet::new(),
            },
        );
    }

    /// Takes down a part that only one document has. `elsewhere` is the place that it would have in the other.
    fn alone(
        &mut self,
        kind: ChangeKind,
        node: usize,
        subject: &str,
        part: &Part<'d>,
        elsewhere: JsonPointer,
    ) {
        let is_new = kind == ChangeKind::Added;
        let here = part.pointer.clone();
        let (old_at, new_at) = if is_new {
            (elsewhere, here)
        } else {
            (here, elsewhere)
        };
        let (old, new) = match &part.summary {
            Some(summary) if is_new => (None, Some(summary.clone())),
            summary => (summary.clone(), None),
        };
        let mut operations = BTreeSet::new();
        let owner = if let Body::Operation(..) = part.body {
            operations.insert(self.number(&part.name));
            ""
        } else {
            subject
        };
        let sentence = words::sentence(kind, &part.label, owner, old.as_deref(), new.as_deref());
        self.tell(
            node,
            Found {
                kind,
                what: part.what,
                name: part.name.clone(),
                old_at,
                new_at,
                old,
                new,
                sentence,
                operations,
            },
        );
    }

    /// Compares parts that belong together.
    fn parts(&mut self, node: usize, subject: &str, old: &Part<'d>, new: &Part<'d>) {
        let below = || format!("{} of {subject}", new.label);
        match (&old.body, &new.body) {
            (Body::Item(one), Body::Item(other)) => self.items(node, &below(), one, other),
            (Body::Operation(path, one), Body::Operation(other_path, other)) => {
                self.pair_operations(&old.name, (path, one), (other_path, other));
            }
            (Body::Schema(one), Body::Schema(other)) => match self.switched(*one, *other) {
                Some((before, after)) => self.replaced(node, subject, old, new, before, after),
                None => self.pair_schemas(*one, *other, below(), node),
            },
            (Body::Component(section, one), Body::Component(_, other)) => {
                self.pair_components(*section, one, other, Some(node));
            }
            (Body::Component(section, one), Body::Item(other)) => {
                if let Some(one) = self.old.component(*section, one) {
                    self.items(node, &below(), &one, other);
                }
            }
            (Body::Item(one), Body::Component(section, other)) => {
                if let Some(other) = self.new.component(*section, other) {
                    self.items(node, &below(), one, &other);
                }
            }
            (Body::Lost(one), Body::Lost(other)) if one == other => {}
            (before, after) => {
                let (before, after) = (told(before), told(after));
                self.replaced(node, subject, old, new, before, after);
            }
        }
    }

    /// The names of two schemas that both documents know by name, when one has taken the place of the other: what changed
    /// is then the reference, and not each thing in which the two differ.
    fn switched(&self, old: SchemaId, new: SchemaId) -> Option<(&'d str, &'d str)> {
        let before = self.old.document.schemas.get(old)?.component.as_deref()?;
        let after = self.new.document.schemas.get(new)?.component.as_deref()?;
        let is_other = before != after
            && self.old.is_shared_name(before)
            && self.new.is_shared_name(after)
            && self.old.prints.get(&old) != self.new.prints.get(&new);
        is_other.then_some((before, after))
    }

    fn replaced(
        &mut self,
        node: usize,
        subject: &str,
        old: &Part<'d>,
        new: &Part<'d>,
        before: &str,
        after: &str,
    ) {
        let kind = ChangeKind::Changed;
        self.tell(
            node,
            Found {
                kind,
                what: new.what,
                name: new.name.clone(),
                old_at: old.pointer.clone(),
                new_at: new.pointer.clone(),
                old: Some(before.to_owned()),
                new: Some(after.to_owned()),
                sentence: words::sentence(kind, &new.label, subject, Some(before), Some(after)),
                operations: BTreeSet::new(),
            },
        );
    }
}

/// The values of two lists of which the order means nothing. A list that is missing is an empty one, but for `enum`, without which
/// any value may stand.
fn sets<'c>(
    name: &str,
    contents: (Option<&'c Content>, Option<&'c Content>),
) -> Option<(&'c [Value], &'c [Value])> {
    match contents {
        (Some(Content::Set(old)), Some(Content::Set(new))) => Some((old, new)),
        (Some(Content::Set(old)), None) if name != "enum" => Some((old, &[])),
        (None, Some(Content::Set(new))) if name != "enum" => Some((&[], new)),
        _ => None,
    }
}

/// The values of one list that the other has not.
fn missing<'c>(values: &'c [Value], other: &[Value]) -> Vec<&'c Value> {
    if values == other {
        return Vec::new();
    }
    let other: HashSet<String> = other.iter().map(canonical).collect();
    values
        .iter()
        .filter(|value| !other.contains(&canonical(value)))
        .collect()
}

/// Where a part would stand in a thing that has none like it.
fn place(thing: &JsonPointer, part: &Part<'_>) -> JsonPointer {
    thing.child(part.group).child(&part.name)
}

/// What stands at a place, in a word.
fn told<'d>(body: &Body<'d>) -> &'d str {
    match body {
        Body::Lost(text) => text,
        Body::Component(_, name) => name,
        Body::Item(_) | Body::Schema(_) | Body::Operation(..) => "something that is there",
    }
}

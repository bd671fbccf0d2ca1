//! Keeps, for each node that a parser reads, the place in the text at which it stands, and finds the place of a pointer.
//!
//! Neither parser tells positions, but both hand out a key or a text that needs no unescaping as a slice of
//! the input, and where a slice lies in its input is known. Keys are what a pointer is made of, so this finds all
//! but elements that are numbers. It is kept while the tree is read, since a second reading takes as long as the first.

use super::trail::Step;
use crate::pointer::JsonPointer;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::OnceLock;

/// What stands for a place that is not known.
const NOWHERE: u32 = u32::MAX;

/// A node of the text. Documents have hundreds of thousands of them, so that a node is small.
#[derive(Debug)]
struct Node {
    /// The hash of its key, or of its index as text.
    name: u32,
    /// The byte at which the node's key, or else its text or first key, starts.
    start: u32,
    /// The number of the first node behind it that is not within it.
    end: u32,
}

/// The places of the nodes of a text, while it is read.
#[derive(Debug, Default)]
pub(super) struct Recorder {
    /// Where the text begins, and how long it is.
    text: (usize, usize),
    /// In the order of the text, what is within a node behind it.
    nodes: Vec<Node>,
}

impl Recorder {
    pub(super) fn new(text: &str) -> Self {
        Self {
            text: (text.as_ptr().addr(), text.len()),
            nodes: Vec::new(),
        }
    }

    /// Takes note of a node that begins, the root when there is no step to it. Gives its number.
    pub(super) fn open(&mut self, step: Option<Step<'_>>, start: Option<u32>) -> usize {
        self.nodes.push(Node {
            name: match step {
                None => 0,
                Some(Step::Key(key)) => name(key),
                Some(Step::Index(index)) => name(&index.to_string()),
            },
            start: start.unwrap_or(NOWHERE),
            end: 0,
        });
        self.nodes.len().saturating_sub(1)
    }

    /// Takes note that the last node is this slice of the text.
    pub(super) fn is_slice(&mut self, slice: &str) {
        let start = self.offset(slice);
        if let Some(node) = self.nodes.last_mut().filter(|node| node.start == NOWHERE) {
            node.start = start.unwrap_or(NOWHERE);
        }
    }

    /// Takes note that all that is within a node was read.
    pub(super) fn close(&mut self, number: usize) {
        let end = u32::try_from(self.nodes.len()).unwrap_or(NOWHERE);
        let first = self.nodes.get(number.saturating_add(1));
        let first = first.map_or(NOWHERE, |first| first.start);
        if let Some(node) = self.nodes.get_mut(number) {
            node.end = end;
            if node.start == NOWHERE {
                node.start = first;
            }
        }
    }

    /// The offset of a slice in the text, with the quote before it, when it is a part of it.
    pub(super) fn offset(&self, slice: &str) -> Option<u32> {
        let (start, length) = self.text;
        let offset = slice.as_ptr().addr().checked_sub(start)?;
        let end = offset.checked_add(slice.len())?;
        u32::try_from(offset).ok().filter(|_| end <= length)
    }

    /// The places. `merge_keys`: whether the members below `<<` belong to the object that holds it, as in YAML.
    pub(super) fn finish(mut self, merge_keys: bool) -> Places {
        self.nodes.shrink_to_fit();
        Places {
            nodes: self.nodes,
            merge_keys,
            members: OnceLock::new(),
        }
    }
}

fn name(key: &str) -> u32 {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    // Two members of one object whose names have the same half of a hash are shown each other's line, and no more.
    hasher.finish() as u32
}

/// The places of the nodes of a text.
#[derive(Debug)]
pub(super) struct Places {
    nodes: Vec<Node>,
    merge_keys: bool,
    /// Each member by the number of what holds it and by its name; made when the first place is looked for.
    members: OnceLock<HashMap<(usize, u32), usize>>,
}

impl Places {
    /// The byte at which the node at `pointer` starts, or the nearest node above it that has one.
    pub(super) fn find(&self, text: &str, pointer: &JsonPointer) -> Option<usize> {
        let members = self.members.get_or_init(|| self.members());
        let mut number = 0;
        let mut start = self.nodes.first()?.start;
        for token in pointer.tokens() {
            let Some(member) = members.get(&(number, name(&token))) else {
                break;
            };
            number = *member;
            let known = self.nodes.get(number).map(|node| node.start);
            start = known.filter(|known| *known != NOWHERE).unwrap_or(start);
        }
        let start = usize::try_from(start).ok().filter(|_| start != NOWHERE)?;
        let is_quote = |before: &usize| matches!(text.as_bytes().get(*before), Some(b'"' | b'\''));
        Some(start.checked_sub(1).filter(is_quote).unwrap_or(start))
    }

    fn members(&self) -> HashMap<(usize, u32), usize> {
        let mut members = HashMap::with_capacity(self.nodes.len());
        for number in 0..self.nodes.len() {
            for (member, node) in self.within(number) {
                // The last of two equal keys is the one that the tree holds.
                members.insert((number, node.name), member);
            }
            for (name, member) in self.merged(number) {
                members.entry((number, name)).or_insert(member);
            }
        }
        members
    }

    /// The members of a node and their numbers.
    fn within(&self, number: usize) -> impl Iterator<Item = (usize, &Node)> {
        let next = |at: usize| self.nodes.get(at).map(|node| (at, node));
        let end = next(number).map_or(0, |(_, node)| node.end as usize);
        let first = next(number.saturating_add(1));
        std::iter::successors(first, move |(_, node)| next(node.end as usize))
            .take_while(move |(member, _)| *member < end)
    }

    /// The members that a merge key brings into a node: those of its mapping, or of each mapping in its list, in order.
    fn merged(&self, number: usize) -> Vec<(u32, usize)> {
        let merge = name("<<");
        let is_merge = |node: &Node| self.merge_keys && node.name == merge;
        let mut merged = Vec::new();
        for (holder, _) in self.within(number).filter(|(_, node)| is_merge(node)) {
            let is_list = self.within(holder).next().map(|(_, node)| node.name) == Some(name("0"));
            let mappings: Vec<usize> = match is_list {
                true => self.within(holder).map(|(mapping, _)| mapping).collect(),
                false => vec![holder],
            };
            for mapping in mappings {
                merged.extend(
                    self.within(mapping)
                        .map(|(member, node)| (node.name, member)),
                );
                merged.extend(self.merged(mapping));
            }
        }
        merged
    }
}

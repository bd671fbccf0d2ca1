//! Groups: takes the paths of a document, tells where an operation belongs that has no tag.
//!
//! Such operations are grouped by the first segment of their paths that tells them apart: neither a parameter, nor a version, nor a
//! word such as `api`, nor what every path of the document starts with. `GET /v1/accounts/{id}` belongs to `accounts`. A group that
//! has the name of a tag is that tag's. Where the groups would be one, or would hold hardly more than an operation each, the
//! operations stay together, in a group that is called after the API.

use super::super::Planning;
use crate::diagnostics::{Code, Diagnostic};
use crate::facts;
use crate::pointer::JsonPointer;
use std::collections::HashSet;

/// The group of operations that have no tag, where the API has no name.
const UNTAGGED: &str = "default";

/// How many operations a group must hold at least, on average.
const MIN_OPERATIONS: usize = 2;

/// How many groups the note names.
const SHOWN: usize = 8;

/// Segments that say nothing of what a path is about.
const PLAIN: [&str; 4] = ["api", "apis", "rest", "services"];

/// Where the operations without a tag belong.
pub(super) struct Groups<'f> {
    title: &'f str,
    /// How many segments every path starts with, of those that may tell paths apart.
    common: usize,
    by_path: bool,
}

impl<'f> Groups<'f> {
    /// Decides how the operations without a tag are grouped, and tells it.
    pub(super) fn find(planning: &mut Planning<'f>) -> Self {
        let facts = planning.facts;
        let title = match facts.info.title.trim() {
            "" => UNTAGGED,
            title => title,
        };
        let mut groups = Self {
            title,
            common: common(facts),
            by_path: true,
        };
        let mut names: Vec<&str> = Vec::new();
        let mut known: HashSet<String> = HashSet::new();
        let mut count = 0;
        for (item, operation) in operations(facts) {
            if operation.tags.is_empty() {
                count += 1;
                let name = groups.of(&item.path);
                if known.insert(name.to_lowercase()) {
                    names.push(name);
                }
            }
        }
        if names.len() < 2 {
            groups.by_path = false;
            return groups;
        }
        groups.by_path = count >= names.len() * MIN_OPERATIONS;
        let message = match groups.by_path {
            true => format!(
                "{count} operations have no tag; they are grouped by the first segment of their paths that tells them apart: {}.",
                list(&names)
            ),
            false => format!(
                "{count} operations have no tag, and {} segments of their paths tell them apart, hardly fewer; they stay together, as `{title}`.",
                names.len()
            ),
        };
        planning.report(
            Diagnostic::note(
                Code::GroupedByPath,
                JsonPointer::root().child("paths"),
                message,
            )
            .help("Give the operations tags to group them as you like."),
        );
        groups
    }

    /// The group of a path.
    pub(super) fn of(&self, path: &'f str) -> &'f str {
        let mut telling = telling(path);
        let last = telling.clone().last();
        match telling.nth(self.common).or(last) {
            Some(segment) if self.by_path => segment,
            _ => self.title,
        }
    }
}

fn operations(
    facts: &facts::Document,
) -> impl Iterator<Item = (&facts::PathItem, &facts::Operation)> {
    let items = facts.paths.iter();
    items.flat_map(|item| {
        item.operations
            .iter()
            .map(move |operation| (item, operation))
    })
}

/// How many telling segments all paths have in common, of those that lead on to others.
fn common(facts: &facts::Document) -> usize {
    let mut paths = operations(facts).map(|(item, _)| item.path.as_str());
    let Some(first) = paths.next() else {
        return 0;
    };
    let first: Vec<&str> = telling(first).collect();
    paths.fold(first.len(), |common, path| {
        let same = first.iter().zip(telling(path));
        let same = same.take_while(|(one, other)| *one == other).count();
        common.min(same)
    })
}

/// The segments of a path that say what it is about.
fn telling(path: &str) -> impl Iterator<Item = &str> + Clone {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    path.split('/').filter(|segment| {
        let is_word = segment.starts_with(char::is_alphabetic) && !segment.contains(['{', '}']);
        is_word && !is_version(segment) && !PLAIN.contains(&segment.to_lowercase().as_str())
    })
}

/// Whether a segment is a version: `v1`, `v2beta1`, `v3.0`.
fn is_version(segment: &str) -> bool {
    let Some(number) = segment.strip_prefix(['v', 'V']) else {
        return false;
    };
    let rest = number.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let stage = rest.trim_end_matches(|c: char| c.is_ascii_digit());
    rest.len() < number.len() && ["", "alpha", "beta", "rc", "p"].contains(&stage)
}

fn list(names: &[&str]) -> String {
    let shown: Vec<String> = names
        .iter()
        .take(SHOWN)
        .map(|name| format!("`{name}`"))
        .collect();
    match names.len().saturating_sub(SHOWN) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

//! Takes the text of a JSONPath (RFC 9535) and gives the nodes that it selects as JSON pointers, or what stands nearest to
//! where it ends.

use crate::closeness::similar;
use crate::pointer::JsonPointer;
use jsonpath_rust::parser::model::{JpQuery, Segment, Selector};
use jsonpath_rust::parser::parse_json_path;
use jsonpath_rust::query::{QueryRef, js_path_process};
use serde_json::Value;
use std::collections::BTreeSet;

/// The longest path that is read, in bytes, and the most `..` in it: each multiplies the nodes that are looked at.
const MAX_LENGTH: usize = 4_000;
const MAX_DESCENDANT_SEGMENTS: usize = 2;

/// How many names a message lists.
const MAX_NAMES: usize = 8;

/// Which nodes an action changes.
#[derive(Debug)]
pub struct Target {
    text: String,
    query: JpQuery,
}

/// One step of the way to a node. The order is that of the document, numbers by their value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    /// To a member of an object.
    Name(String),
    /// To an element of an array.
    Index(usize),
}

/// The way to a node.
pub(super) type Way = Vec<Step>;

impl Target {
    /// Reads a path; the error says what is wrong with it, as a sentence.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        if text.len() > MAX_LENGTH {
            return Err(format!(
                "The target is longer than {MAX_LENGTH} bytes, which no path needs to be."
            ));
        }
        if descendant_segments(text) > MAX_DESCENDANT_SEGMENTS {
            return Err(format!(
                "The target has more than {MAX_DESCENDANT_SEGMENTS} `..`, each of which looks at every node below every node."
            ));
        }
        let query = parse_json_path(text).map_err(|error| {
            // The library shows the place below the text, in several lines.
            let reason = error.to_string();
            let reason = reason
                .lines()
                .last()
                .unwrap_or_default()
                .trim_matches([' ', '=']);
            format!("The target `{text}` is no JSONPath: {reason}.")
        })?;
        Ok(Self {
            text: text.to_owned(),
            query,
        })
    }

    /// The path as it was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The ways to the nodes that it selects, each once, in the order of the document's keys.
    pub(super) fn select(&self, tree: &Value) -> BTreeSet<Way> {
        find(&self.query, tree)
            .iter()
            .filter_map(|node| way(&node.path))
            .collect()
    }

    /// Why it selects nothing: the part of it that still selects something, and what there is instead of the rest.
    pub(super) fn explain_nothing(&self, tree: &Value) -> String {
        let mut query = JpQuery::new(Vec::new());
        let mut nodes = find(&query, tree);
        for segment in &self.query.segments {
            query.segments.push(segment.clone());
            let next = find(&query, tree);
            if next.is_empty() {
                let holders: Vec<&Value> = nodes.iter().map(|node| node.val).collect();
                let place = nodes.first().and_then(|node| way(&node.path));
                let place = match (place, holders.len()) {
                    (Some(place), 1) => format!("`{}`", pointer(&place)),
                    (_, count) => format!("Each of the {count} nodes that its beginning selects"),
                };
                return format!("{place} {}", missing(segment, &holders));
            }
            nodes = next;
        }
        String::new()
    }
}

/// How often `..` stands in a path, outside of quoted names.
fn descendant_segments(text: &str) -> usize {
    let mut quote = None;
    let mut escaped = false;
    let mut last = ' ';
    let mut count = 0_usize;
    for char in text.chars() {
        match quote {
            Some(_) if escaped => escaped = false,
            Some(_) if char == '\\' => escaped = true,
            Some(open) if char == open => quote = None,
            Some(_) => {}
            None if char == '\'' || char == '"' => quote = Some(char),
            None if char == '.' && last == '.' => count = count.saturating_add(1),
            None => {}
        }
        last = char;
    }
    count
}

/// What a query selects. The library fails only where a query gives a value of its own, which no query of a whole path does.
fn find<'t>(query: &JpQuery, tree: &'t Value) -> Vec<QueryRef<'t, Value>> {
    js_path_process(query, tree).unwrap_or_default()
}

/// The steps of a normalized path (RFC 9535, section 2.7).
fn way(path: &str) -> Option<Way> {
    let step = |segment| match segment {
        Segment::Selector(Selector::Name(name)) => Some(Step::Name(name)),
        Segment::Selector(Selector::Index(index)) => usize::try_from(index).ok().map(Step::Index),
        _ => None,
    };
    let query = parse_json_path(path).ok()?;
    query.segments.into_iter().map(step).collect()
}

/// The pointer to the node at the end of a way.
pub(super) fn pointer(way: &[Step]) -> JsonPointer {
    way.iter()
        .fold(JsonPointer::root(), |pointer, step| match step {
            Step::Name(name) => pointer.child(name),
            Step::Index(index) => pointer.index(*index),
        })
}

/// What `holders` lack, so that the segment selects nothing in them.
fn missing(segment: &Segment, holders: &[&Value]) -> String {
    match segment {
        Segment::Selector(Selector::Name(name)) => missing_name(name, keys(holders), "has no"),
        Segment::Descendant(below) => match below.as_ref() {
            Segment::Selector(Selector::Name(name)) => {
                let mut names = BTreeSet::new();
                for holder in holders {
                    collect_keys(holder, &mut names);
                }
                missing_name(name, names, "has nowhere below it a")
            }
            _ => "has nothing below it that fits.".to_owned(),
        },
        Segment::Selector(Selector::Index(index)) => {
            let longest = holders.iter().filter_map(|holder| holder.as_array());
            match longest.map(Vec::len).max() {
                Some(length) => format!("has no element {index}, but {length} elements."),
                None => format!("is no array, so it has no element {index}."),
            }
        }
        Segment::Selector(Selector::Filter(_)) => {
            let count: usize = holders.iter().map(|holder| size(holder)).sum();
            format!("has {count} members or elements, of which none passes the filter.")
        }
        _ => "holds nothing that fits.".to_owned(),
    }
}

fn missing_name(name: &str, names: BTreeSet<&str>, lacks: &str) -> String {
    if let Some(near) = similar(name, names.iter().copied()) {
        return format!("{lacks} `{name}`; the nearest is `{near}`.");
    }
    let count = names.len();
    let listed: Vec<String> = names
        .into_iter()
        .take(MAX_NAMES)
        .map(|name| format!("`{name}`"))
        .collect();
    match count {
        0 => format!("{lacks} `{name}`, for it has no members."),
        _ if count > MAX_NAMES => {
            format!("{lacks} `{name}`, but {} and others.", listed.join(", "))
        }
        _ => format!("{lacks} `{name}`, but {}.", listed.join(", ")),
    }
}

fn keys<'t>(holders: &[&'t Value]) -> BTreeSet<&'t str> {
    holders
        .iter()
        .filter_map(|holder| holder.as_object())
        .flat_map(|object| object.keys().map(String::as_str))
        .collect()
}

/// Gathers the keys of all objects from `node` down. A tree is never deeper than the load phase lets it be.
fn collect_keys<'t>(node: &'t Value, names: &mut BTreeSet<&'t str>) {
    match node {
        Value::Object(members) => {
            for (key, member) in members {
                names.insert(key);
                collect_keys(member, names);
            }
        }
        Value::Array(elements) => elements
            .iter()
            .for_each(|element| collect_keys(element, names)),
        _ => {}
    }
}

fn size(node: &Value) -> usize {
    match node {
        Value::Object(members) => members.len(),
        Value::Array(elements) => elements.len(),
        _ => 0,
    }
}

//! What one type is called that stands in several places: what these places have in common, not after one of them.

use super::model::{Shape, TypeDef};
use serde_json::Value;

/// Words of a place that say nothing of what stands there.
const PLACES: [&str; 6] = [
    "request",
    "response",
    "parameter",
    "item",
    "value",
    "variant",
];

/// Words that say too little to be the name of a type by themselves.
const VAGUE: [&str; 35] = [
    "action",
    "attribute",
    "body",
    "category",
    "code",
    "config",
    "content",
    "data",
    "field",
    "filter",
    "format",
    "id",
    "info",
    "key",
    "kind",
    "level",
    "list",
    "method",
    "mode",
    "name",
    "object",
    "option",
    "order",
    "property",
    "reason",
    "result",
    "role",
    "setting",
    "sort",
    "source",
    "state",
    "status",
    "target",
    "text",
    "type",
];

/// Words of an operation's name that say what it does, or that join others.
const VERBS: [&str; 40] = [
    "get", "list", "create", "update", "delete", "put", "post", "patch", "add", "set", "remove",
    "search", "find", "replace", "send", "fetch", "read", "show", "retrieve", "edit", "new", "all",
    "by", "for", "from", "of", "in", "to", "with", "and", "or", "the", "a", "an", "bulk", "batch",
    "async", "using", "do", "is",
];

/// Whether a name says too little by itself.
pub(super) fn is_vague(name: &str) -> bool {
    match words(name).as_slice() {
        [] => true,
        [only] => is_vague_word(only),
        _ => false,
    }
}

fn is_vague_word(word: &str) -> bool {
    VAGUE.contains(&singular(word))
}

/// The names that a type may have which stands in all of these places, the better ones first; none where they have nothing in common
/// that says what it is.
pub(super) fn candidates(def: &TypeDef, places: &[&str]) -> Vec<String> {
    let places: Vec<Place> = places.iter().map(|place| Place::parse(place)).collect();
    let Some((first, rest)) = places.split_first() else {
        return Vec::new();
    };
    let owner = common(&first.owner, rest.iter().map(|place| &place.owner));
    let within = common_end(&first.within, rest.iter().map(|place| &place.within));
    if within.is_empty() && places.iter().any(|place| !place.within.is_empty()) {
        // They are about one thing, and different parts of it.
        return Vec::new();
    }
    let mut words: Vec<String> = owner.iter().chain(&within).cloned().collect();
    let error = places.iter().all(|place| place.status.is_some());
    if error {
        let same = rest.iter().all(|place| place.status == first.status);
        let phrase = first.status.as_deref().and_then(phrase).filter(|_| same);
        words.extend(phrase.map(str::to_owned));
        words.push("error".to_owned());
    }
    let mut found = Vec::new();
    let is_vague = match words.as_slice() {
        [] => true,
        [only] => is_vague_word(only),
        _ => false,
    };
    if !is_vague {
        found.push(words.join(" "));
        let way = |place: &Place| place.way;
        if let Some(way) = way(first).filter(|_| rest.iter().all(|place| way(place) == way(first)))
        {
            found.push(format!("{} {way}", words.join(" ")));
        }
    }
    if let Some(members) = members(def) {
        let end = match (words.is_empty(), first.way) {
            (true, Some(way)) => way.to_owned(),
            (true, None) => return found,
            (false, _) => words.join(" "),
        };
        found.push(format!("{members} {end}"));
    }
    found
}

/// The names of what a small type is made of: one value, or at most two properties.
fn members(def: &TypeDef) -> Option<String> {
    match &def.shape {
        Shape::Enum(of) => match of.values.as_slice() {
            [only] => match &only.value {
                Value::String(text) => Some(text.clone()).filter(|text| !text.trim().is_empty()),
                _ => None,
            },
            _ => None,
        },
        Shape::Struct(object) => match object.fields.as_slice() {
            [one] => Some(one.wire.as_str().to_owned()),
            [one, other] => Some(format!("{} {}", one.wire, other.wire)),
            _ => None,
        },
        Shape::Union(_) | Shape::Alias(_) => None,
    }
}

/// A place by the words that lead to it.
struct Place {
    /// The words of the operation or the component, without what an operation does.
    owner: Vec<String>,
    /// The status of the answer, where it is an error.
    status: Option<String>,
    /// Whether it is sent or answered, where an operation says so.
    way: Option<&'static str>,
    /// The words from there on, without those that say nothing.
    within: Vec<String>,
}

impl Place {
    fn parse(name: &str) -> Self {
        let mut steps = name.split(' ').filter(|step| !step.is_empty());
        let owner = words(steps.next().unwrap_or_default());
        let mut place = Self {
            owner: owner
                .into_iter()
                .filter(|word| !VERBS.contains(&word.as_str()))
                .collect(),
            status: None,
            way: None,
            within: Vec::new(),
        };
        for step in steps {
            let is_status = step == "default" || step.starts_with(|c: char| c.is_ascii_digit());
            match step {
                "request" => place.way = Some("request"),
                "response" => place.way = Some("response"),
                step if PLACES.contains(&step) => {}
                step if is_status && place.within.is_empty() && place.way.is_none() => {
                    place.status = Some(step.to_owned());
                }
                step => place.within.push(step.to_owned()),
            }
        }
        place
    }
}

/// The words of the first that all others have as well.
fn common<'w>(
    first: &[String],
    others: impl Iterator<Item = &'w Vec<String>> + Clone,
) -> Vec<String> {
    let in_all = |word: &&String| {
        let is_it = |other: &String| singular(other) == singular(word);
        others.clone().all(|words| words.iter().any(is_it))
    };
    let words = first.iter().filter(in_all);
    words
        .map(|word| {
            let same = |other: &&String| singular(other) == singular(word);
            // `book` and `books` have `book` in common.
            let mut spelt = others.clone().filter_map(|words| words.iter().find(same));
            let is_singular = spelt.any(|other| other == singular(word));
            if is_singular {
                singular(word).to_owned()
            } else {
                word.clone()
            }
        })
        .collect()
}

/// The words that all end with.
fn common_end<'w>(
    first: &[String],
    others: impl Iterator<Item = &'w Vec<String>> + Clone,
) -> Vec<String> {
    let is_in_all = |back: &usize| {
        let at = |words: &[String]| words.get(words.len().checked_sub(*back)?).cloned();
        let word = at(first);
        word.is_some() && others.clone().all(|words| at(words) == word)
    };
    let length = (1..=first.len()).take_while(is_in_all).count();
    first.iter().skip(first.len() - length).cloned().collect()
}

fn singular(word: &str) -> &str {
    match word.strip_suffix('s') {
        Some(stem) if stem.len() > 2 && !stem.ends_with('s') && !stem.ends_with("tu") => stem,
        _ => word,
    }
}

/// The words of a name, in lower case: `testMFAConfig` is `test`, `mfa` and `config`.
pub(super) fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut before = ' ';
    let mut letters = name.chars().peekable();
    while let Some(c) = letters.next() {
        let ends_capitals = letters.peek().is_some_and(|next| next.is_lowercase());
        let begins = !before.is_alphanumeric()
            || (c.is_uppercase() && (!before.is_uppercase() || ends_capitals));
        if c.is_alphanumeric() {
            match words.last_mut() {
                Some(word) if !begins => word.extend(c.to_lowercase()),
                _ => words.push(c.to_lowercase().collect()),
            }
        }
        before = c;
    }
    words
}

/// What a status says, in the words of RFC 9110.
fn phrase(status: &str) -> Option<&'static str> {
    Some(match status {
        "400" => "bad request",
        "401" => "unauthorized",
        "403" => "forbidden",
        "404" => "not found",
        "405" => "method not allowed",
        "406" => "not acceptable",
        "409" => "conflict",
        "410" => "gone",
        "412" => "precondition failed",
        "413" => "content too large",
        "415" => "unsupported media type",
        "422" => "unprocessable",
        "429" => "too many requests",
        "500" => "server",
        "501" => "not implemented",
        "502" => "bad gateway",
        "503" => "unavailable",
        "504" => "timeout",
        _ => return None,
    })
}

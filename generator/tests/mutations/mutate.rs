//! Takes a tree and a seed, changes one thing in the tree, and tells what.
//!
//! The same seed makes the same change in the same tree, so a mutation is named by its seed.

use crate::hostile_text;
use crate::places::{self, Place};
use fastrand::Rng;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use sdk_generator::pointer::JsonPointer;
use serde_json::{Map, Value, json};

/// A kind of mutation: changes the tree at a place and tells how, or does nothing where it cannot.
type Mutation = fn(&mut Value, &Place, &mut Rng) -> Option<String>;

const MUTATIONS: [Mutation; 7] = [drop, swap, retype, duplicate, rename, replace_text, refer];

/// How often another place is tried when a mutation can do nothing at one.
const TRIES: usize = 20;

/// Makes the mutation that `seed` stands for, and tells it.
pub(crate) fn mutate(tree: &mut Value, seed: u64) -> String {
    let mut rng = Rng::with_seed(seed);
    let mutation = MUTATIONS[rng.usize(..MUTATIONS.len())];
    for _ in 0..TRIES {
        let Some(place) = places::draw(tree, &mut rng) else {
            break;
        };
        let pointer = places::pointer(tree, &place);
        if let Some(told) = mutation(tree, &place, &mut rng) {
            return format!("`{}`: {told}", pointer.as_str());
        }
    }
    "nothing to do".to_owned()
}

/// The node that holds a place, and the place's position in it.
fn parent<'t>(tree: &'t mut Value, place: &Place) -> Option<(&'t mut Value, usize)> {
    let (position, above) = place.split_last()?;
    Some((places::get_mut(tree, above)?, *position))
}

fn drop(tree: &mut Value, place: &Place, _: &mut Rng) -> Option<String> {
    let (parent, position) = parent(tree, place)?;
    match parent {
        Value::Array(items) => {
            items.remove(position);
        }
        Value::Object(members) => {
            let key = members.keys().nth(position)?.clone();
            members.shift_remove(&key);
        }
        _ => return None,
    }
    Some("dropped".to_owned())
}

/// Two nodes take each other's place; when one is a part of the other, only the part is put in the whole's place or the other way round.
fn swap(tree: &mut Value, place: &Place, rng: &mut Rng) -> Option<String> {
    let other = places::draw(tree, rng)?;
    let pointer = places::pointer(tree, &other);
    let here = places::get(tree, place)?.clone();
    let there = places::get(tree, &other)?.clone();
    *places::get_mut(tree, place)? = there;
    if let Some(node) = places::get_mut(tree, &other) {
        *node = here;
    }
    Some(format!("swapped with `{}`", pointer.as_str()))
}

fn retype(tree: &mut Value, place: &Place, rng: &mut Rng) -> Option<String> {
    let node = places::get_mut(tree, place)?;
    let old = node.take();
    let values = [
        Value::Null,
        json!(true),
        json!(false),
        json!(0),
        json!(-1),
        json!(1.5),
        json!(1e300),
        json!(u64::MAX),
        json!(""),
        json!("text"),
        json!([]),
        json!({}),
        json!([old]),
        json!({"text": old}),
        json!(old.to_string()),
    ];
    *node = values[rng.usize(..values.len())].clone();
    let told = node.to_string();
    Some(format!("became {}", shown(&told)))
}

/// A member once more under a name that differs in what a Rust name forgets, or a list's item once more.
fn duplicate(tree: &mut Value, place: &Place, rng: &mut Rng) -> Option<String> {
    let (parent, position) = parent(tree, place)?;
    match parent {
        Value::Array(items) => {
            let copy = items.get(position)?.clone();
            items.insert(rng.usize(..=items.len()), copy);
            Some("stands twice in its list".to_owned())
        }
        Value::Object(members) => {
            let (key, value) = members.iter().nth(position)?;
            let value = value.clone();
            let name = match rng.u8(0..5) {
                0 => format!("{key}2"),
                1 => format!("{key}-"),
                2 => key.to_uppercase(),
                3 => key.to_lowercase(),
                _ => hostile_text::draw(rng),
            };
            if members.contains_key(&name) {
                return None;
            }
            members.insert(name.clone(), value);
            Some(format!("once more as {}", shown(&name)))
        }
        _ => None,
    }
}

fn rename(tree: &mut Value, place: &Place, rng: &mut Rng) -> Option<String> {
    let (parent, position) = parent(tree, place)?;
    let members = parent.as_object_mut()?;
    let name = hostile_text::draw(rng);
    if members.contains_key(&name) {
        return None;
    }
    // Made anew, so that the member keeps its position: the order of a document is a part of what is tried.
    *members = std::mem::take(members)
        .into_iter()
        .enumerate()
        .map(|(index, (key, value))| (if index == position { name.clone() } else { key }, value))
        .collect::<Map<_, _>>();
    Some(format!("renamed to {}", shown(&name)))
}

fn replace_text(tree: &mut Value, place: &Place, rng: &mut Rng) -> Option<String> {
    let node = places::get_mut(tree, place)?;
    if !node.is_string() {
        return None;
    }
    let text = hostile_text::draw(rng);
    *node = Value::String(text.clone());
    Some(format!("reads {}", shown(&text)))
}

/// A reference to any node, which may well be one around this one.
fn refer(tree: &mut Value, place: &Place, rng: &mut Rng) -> Option<String> {
    if !places::get(tree, place)?.is_object() {
        return None;
    }
    let target = (0..TRIES)
        .filter_map(|_| places::draw(tree, rng))
        .find(|target| places::get(tree, target).is_some_and(Value::is_object))?;
    let reference = reference(&places::pointer(tree, &target));
    *places::get_mut(tree, place)? = json!({"$ref": reference});
    Some(format!("refers to `{reference}`"))
}

/// What the fragment of a URI cannot hold of a pointer (RFC 6901, section 6).
const ENCODED: &AsciiSet = &CONTROLS
    .add(b'%')
    .add(b' ')
    .add(b'#')
    .add(b'{')
    .add(b'}')
    .add(b'"');

fn reference(pointer: &JsonPointer) -> String {
    format!("#{}", utf8_percent_encode(pointer.as_str(), ENCODED))
}

/// A text in one short line.
fn shown(text: &str) -> String {
    let short: String = text.chars().take(60).collect();
    format!(
        "{short:?}{}",
        if short.len() < text.len() { "…" } else { "" }
    )
}

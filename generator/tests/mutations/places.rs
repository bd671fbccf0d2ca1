//! Takes a tree, gives its nodes by number: how many there are, where each stands, and what stands there.
//!
//! A place is the positions of the children that lead to it, since a mutated tree has keys of which none is sure to be the only one
//! that looks like it.

use sdk_generator::pointer::JsonPointer;
use serde_json::Value;

/// The positions of the children that lead from the root to a node.
pub(crate) type Place = Vec<usize>;

/// How many nodes there are, with the root.
pub(crate) fn count(tree: &Value) -> usize {
    1 + children(tree).map(count).sum::<usize>()
}

/// The place of a node that is drawn from all of them but the root.
pub(crate) fn draw(tree: &Value, rng: &mut fastrand::Rng) -> Option<Place> {
    let total = count(tree);
    (total > 1).then(|| nth(tree, rng.usize(1..total)))
}

/// The place of the node of this number, in the order of the document; the root is 0.
fn nth(tree: &Value, mut number: usize) -> Place {
    let mut place = Vec::new();
    let mut node = tree;
    while number > 0 {
        number -= 1;
        for (position, child) in children(node).enumerate() {
            let size = count(child);
            if number < size {
                place.push(position);
                node = child;
                break;
            }
            number -= size;
        }
    }
    place
}

/// The children of a node, in the order of the document.
fn children(node: &Value) -> Box<dyn Iterator<Item = &Value> + '_> {
    match node {
        Value::Array(items) => Box::new(items.iter()),
        Value::Object(members) => Box::new(members.values()),
        _ => Box::new(std::iter::empty()),
    }
}

/// The node at a place; `None` when a mutation has taken it away.
pub(crate) fn get<'t>(tree: &'t Value, place: &[usize]) -> Option<&'t Value> {
    place
        .iter()
        .try_fold(tree, |node, position| children(node).nth(*position))
}

/// The node at a place, to be changed.
pub(crate) fn get_mut<'t>(tree: &'t mut Value, place: &[usize]) -> Option<&'t mut Value> {
    place.iter().try_fold(tree, |node, position| match node {
        Value::Array(items) => items.get_mut(*position),
        Value::Object(members) => members.values_mut().nth(*position),
        _ => None,
    })
}

/// A place as people read it.
pub(crate) fn pointer(tree: &Value, place: &[usize]) -> JsonPointer {
    let mut node = Some(tree);
    place.iter().fold(JsonPointer::root(), |pointer, position| {
        let here = node;
        node = here.and_then(|node| children(node).nth(*position));
        match here {
            Some(Value::Object(members)) => match members.keys().nth(*position) {
                Some(key) => pointer.child(key),
                None => pointer,
            },
            _ => pointer.index(*position),
        }
    })
}

#[test]
fn every_node_has_a_number_of_its_own() {
    let tree = serde_json::json!({"a": [1, {"b": 2}], "c~/": {}});
    let pointers: Vec<String> = (0..count(&tree))
        .map(|number| pointer(&tree, &nth(&tree, number)).as_str().to_owned())
        .collect();
    assert_eq!(pointers, ["", "/a", "/a/0", "/a/1", "/a/1/b", "/c~0~1"]);
}

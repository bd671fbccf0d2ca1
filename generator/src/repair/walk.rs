//! Takes the tree, visits each object that the specification gives a meaning, and runs the repairs of its kind.
//!
//! The walk goes from the top down with a list of nodes still to visit, so a deep document needs no deep stack. It never
//! enters what is the author's own: examples, defaults, enum values, extensions.

use super::site::{DocumentState, RepairSite, StepId, Steps, Token};
use super::{fit, kept, repairs, schema};
use crate::diagnostics::{Code, Diagnostics};
use crate::grammar::{ObjectKind, Shape};
use crate::pointer::JsonPointer;
use serde_json::{Map, Value};

/// A node that is still to be visited.
struct Node<'t> {
    value: &'t mut Value,
    kind: ObjectKind,
    place: StepId,
}

/// What is done to each object.
pub(super) type Visit<'v> =
    dyn FnMut(&mut Map<String, Value>, ObjectKind, &mut RepairSite<'_, '_>) + 'v;

/// Visits every object of the tree; what `visit` makes of an object is what is looked into next.
pub(super) fn walk(
    tree: &mut Value,
    document: &mut DocumentState,
    diagnostics: &mut Diagnostics,
    visit: &mut Visit<'_>,
) {
    walk_from(
        tree,
        (ObjectKind::Document, JsonPointer::root()),
        document,
        diagnostics,
        visit,
    );
}

/// Visits every object of a part of the tree, of which it is told what it is and where it stands.
pub(super) fn walk_from(
    value: &mut Value,
    (kind, pointer): (ObjectKind, JsonPointer),
    document: &mut DocumentState,
    diagnostics: &mut Diagnostics,
    visit: &mut Visit<'_>,
) {
    let mut steps = Steps::from(pointer);
    let mut open = vec![Node {
        value,
        kind,
        place: Steps::ROOT,
    }];
    while let Some(node) = open.pop() {
        let Value::Object(object) = node.value else {
            continue;
        };
        let mut site = RepairSite {
            steps: &steps,
            place: node.place,
            code: Code::NotOpenapiHere,
            document,
            diagnostics,
        };
        visit(object, node.kind, &mut site);
        let is_reference = node.kind.may_refer() && object.contains_key("$ref");
        if !is_reference {
            let first = open.len();
            open_members(object, &node.kind, node.place, &mut steps, &mut open);
            // The last to be added is the next to be visited; documents are read from the top.
            if let Some(added) = open.get_mut(first..) {
                added.reverse();
            }
        }
    }
}

/// Runs the repairs that the object asks for.
pub(super) fn repair_object(
    object: &mut Map<String, Value>,
    kind: ObjectKind,
    site: &mut RepairSite<'_, '_>,
) {
    kept::keep_unparsed(object, kind, site);
    let mut present = present(object, kind);
    if present & schema::keywords::UNPARSED != 0 {
        kept::schema_keywords(object, site);
    }
    for repair in repairs(kind) {
        if repair.when & present == 0 {
            continue;
        }
        site.code = repair.code;
        (repair.fix)(object, site);
        present = self::present(object, kind);
    }
    if present & schema::keywords::MISFIT != 0 {
        fit::fit(object, kind, site);
    }
}

/// What the object has: keywords of a schema, and whether a member has the wrong shape.
fn present(object: &Map<String, Value>, kind: ObjectKind) -> u64 {
    if kind == ObjectKind::Schema {
        return schema::keywords::survey(object);
    }
    let fits = object
        .iter()
        .all(|(key, value)| kind.shape(key).is_none_or(|shape| shape.fits(value)));
    if fits {
        schema::keywords::ALWAYS
    } else {
        schema::keywords::ALWAYS | schema::keywords::MISFIT
    }
}

/// Puts the objects that this one holds on the list.
fn open_members<'t>(
    object: &'t mut Map<String, Value>,
    kind: &ObjectKind,
    place: StepId,
    steps: &mut Steps<'t>,
    open: &mut Vec<Node<'t>>,
) {
    for (key, value) in object {
        let Some(shape) = kind.shape(key) else {
            continue;
        };
        match (shape, value) {
            (Shape::One(kind), value @ Value::Object(_)) => open.push(Node {
                place: steps.step(place, Token::Key(key)),
                value,
                kind,
            }),
            (Shape::SchemaOrFlag, value @ Value::Object(_)) => open.push(Node {
                place: steps.step(place, Token::Key(key)),
                value,
                kind: ObjectKind::Schema,
            }),
            (Shape::List(kind), Value::Array(elements)) => {
                let list = steps.step(place, Token::Key(key));
                for (index, value) in elements.iter_mut().enumerate() {
                    let place = steps.step(list, Token::Index(index));
                    open.push(Node { value, kind, place });
                }
            }
            (shape @ (Shape::Map(kind) | Shape::ExtensibleMap(kind)), Value::Object(members)) => {
                let is_extensible = shape == Shape::ExtensibleMap(kind);
                let map = steps.step(place, Token::Key(key));
                for (key, value) in members {
                    if is_extensible && key.starts_with("x-") {
                        continue;
                    }
                    let place = steps.step(map, Token::Key(key));
                    open.push(Node { value, kind, place });
                }
            }
            _ => {}
        }
    }
}

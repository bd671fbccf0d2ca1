//! Takes a tree and an overlay, and changes the tree as the overlay's actions say, in their order.

use super::select::{Step, Way, pointer};
use super::{Action, Change, Overlay};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::load::{RemovedElements, Sources};
use crate::pointer::JsonPointer;
use serde_json::{Map, Value};
use std::collections::HashMap;

/// The most nodes that one overlay may add; an action with many targets adds its update to each.
const MAX_ADDED_NODES: usize = 4_000_000;

/// Applies an overlay; `false` when an action could not be applied, and the reasons are then among the diagnostics.
///
/// Places that an action added are told as lines of the overlay's file.
pub fn apply(
    overlay: &Overlay,
    tree: &mut Value,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> bool {
    let mut left = MAX_ADDED_NODES;
    let mut is_sound = true;
    for action in &overlay.actions {
        if let Err(fault) = apply_action(overlay, action, tree, sources, &mut left) {
            let mut diagnostic = Diagnostic::error(fault.code, fault.pointer, fault.message);
            diagnostic.help = fault.help;
            diagnostic.position = sources.locate_in(overlay.file, &action.pointer);
            diagnostics.push(diagnostic);
            is_sound = false;
        }
    }
    is_sound
}

/// Why an action could not be applied.
struct Fault {
    code: Code,
    /// The place in the document.
    pointer: JsonPointer,
    message: String,
    help: Option<String>,
}

fn apply_action(
    overlay: &Overlay,
    action: &Action,
    tree: &mut Value,
    sources: &mut Sources,
    left: &mut usize,
) -> Result<(), Fault> {
    let target = action.target.text();
    let selected = action.target.select(tree);
    if selected.is_empty() {
        return Err(Fault {
            code: Code::OverlayTargetMissing,
            pointer: JsonPointer::root(),
            message: format!("The action's target `{target}` selects nothing in the document."),
            help: Some(action.target.explain_nothing(tree)).filter(|help| !help.is_empty()),
        });
    }
    match &action.change {
        Change::Remove => remove(selected.iter().rev(), tree, sources),
        Change::Update(update) => {
            let size = count(update).saturating_mul(selected.len());
            *left = left.checked_sub(size).ok_or_else(|| Fault {
                code: Code::OverlayForm,
                pointer: JsonPointer::root(),
                message: format!(
                    "The overlay would add more than {MAX_ADDED_NODES} nodes to the document."
                ),
                help: None,
            })?;
            let mut merge = Merge {
                overlay,
                sources,
                changes: 0,
            };
            for way in &selected {
                let at = pointer(way);
                if let Some(node) = node_mut(tree, way) {
                    merge.update(node, update, &at, &action.pointer.child("update"))?;
                }
            }
            if merge.changes == 0 {
                return Err(Fault {
                    code: Code::OverlayWithoutEffect,
                    pointer: selected.first().map(|way| pointer(way)).unwrap_or_default(),
                    message: format!(
                        "The action changes nothing: what its target `{target}` selects already has these values."
                    ),
                    help: Some("Delete the action.".to_owned()),
                });
            }
            Ok(())
        }
    }
}

/// How many nodes a value has.
fn count(value: &Value) -> usize {
    let below: usize = match value {
        Value::Object(members) => members.values().map(count).sum(),
        Value::Array(elements) => elements.iter().map(count).sum(),
        _ => 0,
    };
    below.saturating_add(1)
}

fn node_mut<'t>(tree: &'t mut Value, way: &[Step]) -> Option<&'t mut Value> {
    way.iter().try_fold(tree, |node, step| match step {
        Step::Name(name) => node.as_object_mut()?.get_mut(name),
        Step::Index(index) => node.as_array_mut()?.get_mut(*index),
    })
}

/// Removes nodes. They come from the last to the first, so that no removal moves or takes away a node that is still to be removed.
fn remove<'w>(
    selected: impl Iterator<Item = &'w Way>,
    tree: &mut Value,
    sources: &mut Sources,
) -> Result<(), Fault> {
    let mut removed = RemovedElements::new();
    let mut lengths = HashMap::new();
    for way in selected {
        let Some((last, parent)) = way.split_last() else {
            return Err(Fault {
                code: Code::OverlayForm,
                pointer: JsonPointer::root(),
                message: "The action would remove the whole document.".to_owned(),
                help: None,
            });
        };
        match (node_mut(tree, parent), last) {
            (Some(Value::Object(members)), Step::Name(name)) => {
                members.shift_remove(name);
            }
            (Some(Value::Array(elements)), Step::Index(index)) if *index < elements.len() => {
                let array = pointer(parent);
                lengths.entry(array.clone()).or_insert(elements.len());
                elements.remove(*index);
                removed.entry(array).or_default().insert(*index);
            }
            _ => {}
        }
    }
    sources.close_gaps(&removed, |array| lengths.get(array).copied().unwrap_or(0));
    Ok(())
}

/// A merge of an update into the nodes that its action selects.
struct Merge<'m> {
    overlay: &'m Overlay,
    sources: &'m mut Sources,
    /// How many members and elements were added or replaced.
    changes: usize,
}

impl Merge<'_> {
    /// Merges into a node that the target selects. `at` is its place, `from` the update's place in the overlay.
    fn update(
        &mut self,
        node: &mut Value,
        update: &Value,
        at: &JsonPointer,
        from: &JsonPointer,
    ) -> Result<(), Fault> {
        match (node, update) {
            (Value::Object(members), Value::Object(update)) => {
                self.merge(members, update, at, from)
            }
            (Value::Array(elements), entry) => {
                self.append(elements, entry, at, from);
                Ok(())
            }
            (Value::Object(_), _) => Err(unfit(
                at,
                "The target is an object, so the update must be an object, which is merged into it.",
                None,
            )),
            (other, _) => Err(unfit(
                at,
                format!(
                    "The target is {}, and only objects and arrays can be updated.",
                    kind(other)
                ),
                Some("Select the object that holds it, and give it the new value as a member."),
            )),
        }
    }

    fn merge(
        &mut self,
        members: &mut Map<String, Value>,
        update: &Map<String, Value>,
        at: &JsonPointer,
        from: &JsonPointer,
    ) -> Result<(), Fault> {
        for (key, new) in update {
            let (at, from) = (at.child(key), from.child(key));
            match (members.get_mut(key), new) {
                (None, _) => {
                    members.insert(key.clone(), new.clone());
                    self.changed(at, from);
                }
                (Some(Value::Object(members)), Value::Object(new)) => {
                    self.merge(members, new, &at, &from)?;
                }
                (Some(Value::Array(elements)), Value::Array(new)) => {
                    for (index, entry) in new.iter().enumerate() {
                        self.append(elements, entry, &at, &from.index(index));
                    }
                }
                (Some(old), new) if is_container(old) || is_container(new) => {
                    let message = format!(
                        "The update puts {} in the place of {}, with which it cannot be merged.",
                        kind(new),
                        kind(old)
                    );
                    return Err(unfit(
                        &at,
                        message,
                        Some("Remove the old value with an action before."),
                    ));
                }
                (Some(old), new) if old != new => {
                    *old = new.clone();
                    self.changed(at, from);
                }
                (Some(_), _) => {}
            }
        }
        Ok(())
    }

    fn append(
        &mut self,
        elements: &mut Vec<Value>,
        entry: &Value,
        at: &JsonPointer,
        from: &JsonPointer,
    ) {
        let at = at.index(elements.len());
        elements.push(entry.clone());
        self.changed(at, from.clone());
    }

    fn changed(&mut self, at: JsonPointer, from: JsonPointer) {
        self.sources.record(at, self.overlay.file, from);
        self.changes = self.changes.saturating_add(1);
    }
}

fn unfit(at: &JsonPointer, message: impl Into<String>, help: Option<&str>) -> Fault {
    Fault {
        code: Code::OverlayUpdateUnfit,
        pointer: at.clone(),
        message: message.into(),
        help: help.map(str::to_owned),
    }
}

fn is_container(value: &Value) -> bool {
    value.is_object() || value.is_array()
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

//! Takes the path of an overlay and gives the [`Overlay`], or diagnostics that tell what is wrong with the file.

use super::select::Target;
use super::{Action, Change, Overlay};
use crate::closeness::similar;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::load;
use crate::pointer::JsonPointer;
use crate::source::{FileId, Sources};
use serde_json::{Map, Value};
use std::path::Path;

/// The most actions that one overlay may hold. Each walks the document, and nobody writes so many.
const MAX_ACTIONS: usize = 10_000;

/// The members that the specification gives an overlay and an action.
const OVERLAY_MEMBERS: [&str; 4] = ["overlay", "info", "extends", "actions"];
const ACTION_MEMBERS: [&str; 4] = ["target", "description", "update", "remove"];

/// Reads an overlay; `None` when it has a fault, and every fault is then among the diagnostics.
pub fn read(path: &Path, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Option<Overlay> {
    let data = load::read_data(path, sources, diagnostics)?;
    let mut reader = Reader {
        file: data.id,
        sources,
        faults: Vec::new(),
    };
    let actions = reader.overlay(data.tree);
    let faults = reader.faults;
    let is_sound = faults.is_empty();
    diagnostics.extend(faults);
    is_sound.then_some(Overlay {
        file: data.id,
        actions,
    })
}

/// One reading of one overlay.
struct Reader<'s> {
    file: FileId,
    sources: &'s Sources,
    faults: Vec<Diagnostic>,
}

impl Reader<'_> {
    /// Takes down a fault of the file at `at`.
    fn fault(&mut self, at: &JsonPointer, message: impl Into<String>, help: Option<String>) {
        let mut fault = Diagnostic::error(Code::OverlayForm, JsonPointer::root(), message);
        fault.help = help;
        fault.position = self.sources.locate_in(self.file, at);
        self.faults.push(fault);
    }

    fn overlay(&mut self, tree: Value) -> Vec<Action> {
        let root = JsonPointer::root();
        let Value::Object(mut overlay) = tree else {
            self.fault(
                &root,
                "The file is not an object, so it is no OpenAPI Overlay.",
                None,
            );
            return Vec::new();
        };
        self.version(overlay.get("overlay"));
        self.info(overlay.get("info"));
        self.known(&overlay, &OVERLAY_MEMBERS, &root, "An overlay");
        let at = root.child("actions");
        match overlay.remove("actions") {
            Some(Value::Array(actions)) if actions.len() > MAX_ACTIONS => {
                let message = format!(
                    "The overlay has {} actions; at most {MAX_ACTIONS} are read.",
                    actions.len()
                );
                self.fault(&at, message, None);
                Vec::new()
            }
            Some(Value::Array(actions)) if !actions.is_empty() => actions
                .into_iter()
                .enumerate()
                .filter_map(|(index, action)| self.action(action, at.index(index)))
                .collect(),
            _ => {
                self.fault(
                    &root,
                    "The overlay has no actions: `actions` must be a list of at least one.",
                    None,
                );
                Vec::new()
            }
        }
    }

    fn version(&mut self, version: Option<&Value>) {
        let at = JsonPointer::root().child("overlay");
        let text = match version {
            Some(Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
            None => {
                let message = "The file does not say that it is an OpenAPI Overlay.";
                let help = "An overlay begins with `overlay: 1.0.0`.".to_owned();
                self.fault(&JsonPointer::root(), message, Some(help));
                return;
            }
        };
        let is_read = version.is_some_and(Value::is_string) && text.starts_with("1.0.");
        if !is_read {
            let message =
                format!("The overlay is of version `{text}`; overlays of version 1.0 are read.");
            self.fault(&at, message, Some("Write `overlay: 1.0.0`.".to_owned()));
        }
    }

    fn info(&mut self, info: Option<&Value>) {
        for member in ["title", "version"] {
            let is_text = info
                .and_then(|info| info.get(member))
                .is_some_and(Value::is_string);
            if !is_text {
                let message =
                    format!("The overlay's `info` must have a `{member}`, and it must be a text.");
                self.fault(&JsonPointer::root().child("info"), message, None);
            }
        }
    }

    /// Takes down the members that have no meaning: a misspelt `remove` must not pass in silence.
    fn known(&mut self, object: &Map<String, Value>, known: &[&str], at: &JsonPointer, what: &str) {
        for key in object.keys() {
            if known.contains(&key.as_str()) || key.starts_with("x-") {
                continue;
            }
            let help = similar(key, known.iter().copied())
                .map(|name| format!("Did you mean `{name}`?"))
                .or_else(|| Some(format!("Its members are: {}.", known.join(", "))));
            self.fault(&at.child(key), format!("{what} has no `{key}`."), help);
        }
    }

    fn action(&mut self, action: Value, pointer: JsonPointer) -> Option<Action> {
        let Value::Object(mut action) = action else {
            self.fault(&pointer, "The action is not an object.", None);
            return None;
        };
        self.known(&action, &ACTION_MEMBERS, &pointer, "An action");
        let description = self.text(&action, "description", &pointer);
        let reason = self.text(&action, "x-reason", &pointer);
        let target = self.text(&action, "target", &pointer);
        let target = self.target(target, &pointer);
        let remove = match action.get("remove") {
            None => false,
            Some(Value::Bool(remove)) => *remove,
            Some(_) => {
                let message = "The `remove` of the action is neither true nor false.";
                self.fault(&pointer.child("remove"), message, None);
                return None;
            }
        };
        let change = match (remove, action.remove("update")) {
            (true, None) => Change::Remove,
            (false, Some(update)) => Change::Update(update),
            (true, Some(_)) => {
                let message = "The action has both `remove` and `update`, of which only `remove` would count.";
                let help = "Make two actions of it.".to_owned();
                self.fault(&pointer, message, Some(help));
                return None;
            }
            (false, None) => {
                self.fault(
                    &pointer,
                    "The action does nothing: it has neither `update` nor `remove: true`.",
                    None,
                );
                return None;
            }
        };
        Some(Action {
            target: target?,
            pointer,
            change,
            description,
            reason,
        })
    }

    fn target(&mut self, text: Option<String>, action: &JsonPointer) -> Option<Target> {
        let Some(text) = text else {
            self.fault(
                action,
                "The action has no `target`, which tells what it changes.",
                None,
            );
            return None;
        };
        match Target::parse(&text) {
            Ok(target) => Some(target),
            Err(reason) => {
                let help = "A path looks like `$.paths['/pets/{id}'].get['x-old']`, names of more than letters, digits and `_` in brackets (RFC 9535).";
                self.fault(&action.child("target"), reason, Some(help.to_owned()));
                None
            }
        }
    }

    /// The text of a member, when it has one.
    fn text(&mut self, action: &Map<String, Value>, key: &str, at: &JsonPointer) -> Option<String> {
        match action.get(key)? {
            Value::String(text) => Some(text.clone()),
            _ => {
                let message = format!("The `{key}` of the action is not a text.");
                self.fault(&at.child(key), message, None);
                None
            }
        }
    }
}

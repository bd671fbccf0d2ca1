//! Takes the text of a `$ref` and where it stands, and gives the node that it refers to.

use super::identified::Identified;
use super::library::{Library, OpenError};
use super::reference::{self, ReferenceError};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::pointer::JsonPointer;
use crate::source::{FileId, SourceFile};
use serde_json::Value;
use std::collections::HashMap;
use std::rc::Rc;

/// How many references may be followed to find one target.
pub(super) const MAX_HOPS: usize = 16;

/// A node that is referred to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct RefTarget {
    pub(super) file: FileId,
    pub(super) pointer: JsonPointer,
}

/// Why a reference has no target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RefError {
    Url,
    Open(OpenError),
    TargetMissing,
    /// The target is there, and holds nothing.
    Empty,
    ToItself,
}

impl RefError {
    /// The diagnostic for the reference `text` at `at`; `effect` says, as a clause, what happens to the place.
    ///
    /// A reference that leads nowhere affects only its own place. One that asks for something outside the folder is an error,
    /// because what it asks for may well exist, and whoever runs the generator can move it into the folder.
    pub(super) fn diagnostic(self, text: &str, at: JsonPointer, effect: &str) -> Diagnostic {
        let (code, message, help) = match self {
            Self::Url => (
                Code::RefUrl,
                format!(
                    "The reference `{text}` is a URL, and nothing is fetched from a network; {effect}."
                ),
                Some(
                    "Save the target in the document's folder and refer to it by a relative path.",
                ),
            ),
            Self::Open(OpenError::Outside) => (
                Code::RefOutsideFolder,
                format!(
                    "The reference `{text}` names a file outside the document's folder, so it is not opened."
                ),
                Some(
                    "Only files in the folder of the root document, and in folders below it, are read. A document in memory cannot refer to files.",
                ),
            ),
            Self::Open(OpenError::Missing) => (
                Code::RefFileMissing,
                format!("The reference `{text}` names a file that does not exist; {effect}."),
                None,
            ),
            Self::Open(OpenError::Reported) => (
                Code::RefFileUnreadable,
                format!("The reference `{text}` names a file that could not be read; {effect}."),
                Some("Fix the file first; another diagnostic says what is wrong with it."),
            ),
            Self::TargetMissing => (
                Code::RefTargetMissing,
                format!("The reference `{text}` names a place that does not exist; {effect}."),
                None,
            ),
            Self::Empty => (
                Code::RefTargetEmpty,
                format!("The reference `{text}` names a place that is empty; {effect}."),
                None,
            ),
            Self::ToItself => (
                Code::RefToItself,
                format!("The reference `{text}` leads back to itself; {effect}."),
                None,
            ),
        };
        let diagnostic = if self == Self::Open(OpenError::Outside) {
            Diagnostic::error(code, at, message)
        } else {
            Diagnostic::warning(code, at, message)
        };
        match help {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        }
    }
}

/// Looks up references, each distinct one once.
pub(super) struct Resolver {
    pub(super) library: Library,
    resolved: HashMap<(FileId, String), Result<RefTarget, RefError>>,
    /// The schemas of each file that have a name of their own, gathered when one is first asked for.
    identified: HashMap<FileId, Rc<Identified>>,
}

impl Resolver {
    pub(super) fn new(library: Library) -> Self {
        Self {
            library,
            resolved: HashMap::new(),
            identified: HashMap::new(),
        }
    }

    /// Finds what `text` refers to from `file`; `at` tells where it stands, for what is wrong with a file that it opens.
    pub(super) fn resolve(
        &mut self,
        file: FileId,
        text: &str,
        at: impl FnOnce() -> JsonPointer,
        diagnostics: &mut Diagnostics,
    ) -> Result<RefTarget, RefError> {
        let key = (file, text.to_owned());
        if let Some(known) = self.resolved.get(&key) {
            return known.clone();
        }
        let found = self.find(file, text, &at(), diagnostics);
        self.resolved.insert(key, found.clone());
        found
    }

    /// Like [`Self::resolve`], by looking. A pointer may lead through a node that is itself a reference.
    fn find(
        &mut self,
        from: FileId,
        text: &str,
        at: &JsonPointer,
        diagnostics: &mut Diagnostics,
    ) -> Result<RefTarget, RefError> {
        let (mut file, mut tokens) = self.enter(from, text, at, diagnostics)?;
        for _ in 0..MAX_HOPS {
            let open = self
                .library
                .file(file)
                .ok_or(RefError::Open(OpenError::Reported))?;
            let mut node = &open.tree;
            let mut pointer = JsonPointer::root();
            while let Some(next) = tokens.last().and_then(|token| member(node, token)) {
                node = next;
                pointer = pointer.child(&tokens.pop().unwrap_or_default());
            }
            if tokens.is_empty() {
                return Ok(RefTarget { file, pointer });
            }
            let text = node
                .get("$ref")
                .and_then(Value::as_str)
                .ok_or(RefError::TargetMissing)?;
            let (next, first) = self.enter(file, text, at, diagnostics)?;
            file = next;
            tokens.extend(first);
        }
        Err(RefError::ToItself)
    }

    /// Opens the file that `text` names, and gives the tokens of its pointer, the last one first.
    fn enter(
        &mut self,
        from: FileId,
        text: &str,
        at: &JsonPointer,
        diagnostics: &mut Diagnostics,
    ) -> Result<(FileId, Vec<String>), RefError> {
        if let Some(pointer) = self.identified_as(from, text) {
            return Ok((from, reversed(&pointer)));
        }
        let reference = reference::parse(text).map_err(|error| match error {
            ReferenceError::Url => RefError::Url,
            ReferenceError::Fragment => RefError::TargetMissing,
        })?;
        let file = match reference.path.as_str() {
            "" => from,
            path => self
                .library
                .open(from, path, at, diagnostics)
                .map_err(RefError::Open)?,
        };
        if let Some(anchor) = reference.anchor {
            let pointer = self.identified(file).anchors.get(&anchor).cloned();
            return Ok((file, reversed(&pointer.ok_or(RefError::TargetMissing)?)));
        }
        Ok((file, reversed(&reference.pointer)))
    }

    /// The schema of `file` whose `$id` the reference names, and what its fragment points at below that schema.
    fn identified_as(&mut self, file: FileId, text: &str) -> Option<JsonPointer> {
        let (id, fragment) = text.split_once('#').unwrap_or((text, ""));
        if id.is_empty() {
            return None;
        }
        let base = self.identified(file).find(id)?;
        let reference = reference::parse(&format!("#{fragment}")).ok()?;
        match reference.anchor {
            Some(anchor) => self.identified(file).anchors.get(&anchor).cloned(),
            None => Some(
                reference
                    .pointer
                    .tokens()
                    .fold(base, |pointer, token| pointer.child(&token)),
            ),
        }
    }

    fn identified(&mut self, file: FileId) -> Rc<Identified> {
        if let Some(known) = self.identified.get(&file) {
            return Rc::clone(known);
        }
        let text = self.library.sources.file(file).map(SourceFile::text);
        // Few documents have any, and a search of the text is cheaper than a walk of the tree.
        let has_names = text.is_some_and(|text| {
            ["$id", "$anchor", "$dynamicAnchor"]
                .iter()
                .any(|key| text.contains(key))
        });
        let open = self.library.file(file).filter(|_| has_names);
        let found =
            Rc::new(open.map_or_else(Identified::default, |open| Identified::of(&open.tree)));
        self.identified.insert(file, Rc::clone(&found));
        found
    }
}

/// The tokens of a pointer, the last one first.
fn reversed(pointer: &JsonPointer) -> Vec<String> {
    let mut tokens: Vec<String> = pointer.tokens().collect();
    tokens.reverse();
    tokens
}

/// The text of the reference that `node` consists of, when there is nothing beside it.
pub(super) fn lone_reference(node: &Value) -> Option<&str> {
    node.as_object()
        .filter(|members| members.len() == 1)?
        .get("$ref")?
        .as_str()
}

fn member<'v>(node: &'v Value, token: &str) -> Option<&'v Value> {
    match node {
        Value::Array(elements) => elements.get(token.parse::<usize>().ok()?),
        _ => node.get(token),
    }
}

/// The node at `pointer`.
pub(super) fn lookup<'v>(tree: &'v Value, pointer: &JsonPointer) -> Option<&'v Value> {
    tree.pointer(pointer.as_str())
}

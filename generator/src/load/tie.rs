//! Takes the root document and gives one tree, into which everything that it refers to has been copied.
//!
//! The tree is a copy that is made in one walk. A reference to another file becomes a reference into `components`, and its
//! target is put on a list of copies still to make; so each target is copied once, and cycles need no care, since a
//! reference stays a reference. Where the specification has no section for a target (a path item, an operation), the target takes
//! the reference's place.

use super::circle;
use super::context::{Context, Kind, Section};
use super::fault;
use super::library::Library;
use super::names::{self, Names};
use super::reference;
use super::resolve::{RefError, Resolver, Target, lone_reference, lookup};
use super::sources::{FileId, SourceFile, Sources};
use super::trail::Trail;
use super::tree::{MAX_DEPTH, NODE_SIZE};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::pointer::JsonPointer;
use serde_json::{Map, Value};
use std::collections::{HashMap, VecDeque};

/// How deep targets may be replaced in place within one another.
const MAX_INLINE_DEPTH: usize = 16;

/// What a copy in the place of a reference counts for beyond its content, in bytes. It keeps documents that consist of
/// references to references, which multiply, from taking long; nobody has more than a few thousand path items.
const INLINE_SIZE: usize = 16 << 10;

/// Where a copy comes from and goes.
struct Site {
    file: FileId,
    /// The place of the copy in the merged tree.
    merged: JsonPointer,
}

struct Tie<'d> {
    resolver: Resolver,
    diagnostics: &'d mut Diagnostics,
    root: FileId,
    names: Names,
    /// The components that stand for a target from elsewhere.
    components: HashMap<(Section, Target), String>,
    /// The root's own components that are only a reference, and the target whose content they take.
    claims: HashMap<(Section, String), Target>,
    pending: VecDeque<(Section, String, Target)>,
    inlining: Vec<Target>,
    is_too_large: bool,
    /// The number of references that were found to lead nowhere.
    reported: usize,
}

/// Makes one tree of the root document and all that it refers to. Every diagnostic that is pushed has its position.
pub(super) fn tie(
    library: Library,
    root: Option<FileId>,
    diagnostics: &mut Diagnostics,
) -> (Option<Value>, Sources) {
    let Some((root, file)) = root.and_then(|root| Some((root, library.file(root)?))) else {
        return (None, library.sources);
    };
    let mut found = Diagnostics::default();
    let mut tie = Tie {
        resolver: Resolver::new(library),
        diagnostics: &mut found,
        root,
        names: Names::default(),
        components: HashMap::new(),
        claims: HashMap::new(),
        pending: VecDeque::new(),
        inlining: Vec::new(),
        is_too_large: false,
        reported: 0,
    };
    tie.register_components();
    let site = Site {
        file: root,
        merged: JsonPointer::root(),
    };
    let mut tree = tie.copy(&file.tree, Context::Document, Trail::ROOT, &site);
    tie.add_components(&mut tree);
    let untold = tie.reported.saturating_sub(fault::MAX_REFERENCES);
    let sources = tie.resolver.library.sources;
    if untold > 0 {
        found.push(fault::untold_note(untold, JsonPointer::root()));
    }
    circle::report_circles(&tree, &mut found);
    diagnostics.extend(found.iter().cloned().map(|mut diagnostic| {
        if diagnostic.position.is_none() {
            diagnostic.position = sources.locate(&diagnostic.pointer);
        }
        diagnostic
    }));
    (Some(tree), sources)
}

impl Tie<'_> {
    /// Takes the names of the root's components, and lets those that are only a reference name its target.
    fn register_components(&mut self) {
        let document = Target {
            file: self.root,
            pointer: JsonPointer::root(),
        };
        let Some(components) = self.step(&document, "components") else {
            return;
        };
        for section in Section::ALL {
            let Some(place) = self.step(&components, section.key()) else {
                continue;
            };
            let Some(file) = self.resolver.library.file(place.file) else {
                continue;
            };
            let Some(Value::Object(members)) = lookup(&file.tree, &place.pointer) else {
                continue;
            };
            for (name, member) in members {
                self.names.take(section, name);
                let stands_at = Target {
                    file: place.file,
                    pointer: place.pointer.child(name),
                };
                if let Some(text) = lone_reference(member) {
                    self.claim(section, name, place.file, text);
                }
                if place.file != self.root {
                    self.components
                        .entry((section, stands_at))
                        .or_insert_with(|| name.clone());
                }
            }
        }
    }

    /// The member `key` of the node at `target`; when the member is itself a reference, what it refers to.
    fn step(&mut self, target: &Target, key: &str) -> Option<Target> {
        let file = self.resolver.library.file(target.file)?;
        let pointer = target.pointer.child(key);
        let node = lookup(&file.tree, &pointer)?;
        match lone_reference(node) {
            Some(text) => {
                let at = JsonPointer::root().child("components");
                self.resolve(target.file, text, || at).ok()
            }
            None => Some(Target {
                file: target.file,
                pointer,
            }),
        }
    }

    /// Lets the component `name`, which is only the reference `text`, be the name of the target.
    fn claim(&mut self, section: Section, name: &str, file: FileId, text: &str) {
        let Ok(target) = self.resolve(file, text, || section.component(name).child("$ref")) else {
            return;
        };
        let is_own = target.file == self.root && is_component(&target.pointer);
        let key = (section, target);
        if !is_own && !self.components.contains_key(&key) {
            self.claims
                .insert((section, name.to_owned()), key.1.clone());
            self.components.insert(key, name.to_owned());
        }
    }

    /// Copies `node`, tying the references in it.
    fn copy(&mut self, node: &Value, context: Context, trail: Trail<'_>, site: &Site) -> Value {
        match node {
            _ if context == Context::Data => node.clone(),
            Value::Object(members) => {
                if let (true, Some(Value::String(text))) =
                    (context.may_refer(), members.get("$ref"))
                {
                    return self.copy_reference(members, text, context, trail, site);
                }
                Value::Object(self.copy_members(members, context, trail, site))
            }
            Value::Array(elements) => {
                let mut copied = Vec::with_capacity(elements.len());
                for (index, element) in elements.iter().enumerate() {
                    copied.push(self.copy(element, context.element(), trail.index(index), site));
                }
                Value::Array(copied)
            }
            Value::String(text) if context == Context::Mapping && reference::is_reference(text) => {
                match self.resolve(site.file, text, || trail.below(&site.merged)) {
                    Ok(target) => Value::String(self.place(Section::Schemas, target).to_string()),
                    Err(error) => {
                        self.report(error, text, trail.below(&site.merged));
                        node.clone()
                    }
                }
            }
            _ => node.clone(),
        }
    }

    fn copy_members(
        &mut self,
        members: &Map<String, Value>,
        context: Context,
        trail: Trail<'_>,
        site: &Site,
    ) -> Map<String, Value> {
        let mut copied = Map::with_capacity(members.len());
        for (key, member) in members {
            let value = match self.take_claim(context, key) {
                Some((section, target)) => {
                    self.copy_target(target, section.context(), section.component(key))
                }
                None => None,
            };
            let value = value
                .unwrap_or_else(|| self.copy(member, context.member(key), trail.key(key), site));
            copied.insert(key.clone(), value);
        }
        copied
    }

    /// The target whose content the component `key` takes, when this is the section that it is a member of.
    fn take_claim(&mut self, context: Context, key: &str) -> Option<(Section, Target)> {
        let Context::MapOf(Kind::Component(section)) = context else {
            return None;
        };
        let target = self.claims.remove(&(section, key.to_owned()))?;
        Some((section, target))
    }

    /// Copies an object that is a reference, with the members that stand beside it.
    fn copy_reference(
        &mut self,
        members: &Map<String, Value>,
        text: &str,
        context: Context,
        trail: Trail<'_>,
        site: &Site,
    ) -> Value {
        let at = || trail.key("$ref").below(&site.merged);
        let target = match self.resolve(site.file, text, at) {
            Ok(target) => target,
            Err(error) => {
                self.report(error, text, at());
                return Value::Object(members.clone());
            }
        };
        let mut copied = match context.section() {
            Some(section) => {
                let pointer = self.place(section, target).to_string();
                Map::from_iter([("$ref".to_owned(), Value::String(pointer))])
            }
            None => match self.inline(target, text, context, trail.below(&site.merged)) {
                Some(Value::Object(content)) => content,
                Some(other) => return other,
                None => return Value::Object(members.clone()),
            },
        };
        // What stands beside a reference is nearer than what it refers to, as OpenAPI 3.1 says of its summary.
        for (key, member) in members.iter().filter(|(key, _)| *key != "$ref") {
            let value = self.copy(member, context.member(key), trail.key(key), site);
            copied.insert(key.clone(), value);
        }
        Value::Object(copied)
    }

    /// The place in the merged tree of a target that belongs in `section`; it will be copied there if it is not yet.
    fn place(&mut self, section: Section, target: Target) -> JsonPointer {
        if target.file == self.root && is_component(&target.pointer) {
            return target.pointer;
        }
        let key = (section, target);
        if let Some(name) = self.components.get(&key) {
            return section.component(name);
        }
        let file_name = self
            .resolver
            .library
            .sources
            .file(key.1.file)
            .map(SourceFile::name)
            .unwrap_or_default();
        let name = self
            .names
            .take_free(section, names::suggest(file_name, &key.1.pointer));
        let pointer = section.component(&name);
        self.components.insert(key.clone(), name.clone());
        self.pending.push_back((section, name, key.1));
        pointer
    }

    /// Copies a target that takes the place of the reference at `at`.
    fn inline(
        &mut self,
        target: Target,
        text: &str,
        context: Context,
        at: JsonPointer,
    ) -> Option<Value> {
        if self.inlining.contains(&target) {
            self.report(RefError::ToItself, text, at.child("$ref"));
            return None;
        }
        if self.inlining.len() >= MAX_INLINE_DEPTH || at.tokens().count() > MAX_DEPTH {
            self.push(Diagnostic::error(
                Code("nesting-too-deep"),
                at.child("$ref"),
                "The references that are replaced by their targets are nested too deeply.",
            ));
            return None;
        }
        self.resolver.library.charge(INLINE_SIZE);
        self.inlining.push(target.clone());
        let copied = self.copy_target(target, context, at);
        self.inlining.pop();
        copied
    }

    /// Copies a target to `merged`, unless the tree would become too large.
    fn copy_target(
        &mut self,
        target: Target,
        context: Context,
        merged: JsonPointer,
    ) -> Option<Value> {
        let file = self.resolver.library.file(target.file)?;
        let node = lookup(&file.tree, &target.pointer)?;
        if !self.resolver.library.charge(weigh(node)) {
            if !self.is_too_large {
                self.is_too_large = true;
                self.diagnostics.push(Diagnostic::error(
                    Code("document-too-large"),
                    merged,
                    "The document becomes too large when its references are replaced by their targets.",
                ));
            }
            return None;
        }
        self.resolver
            .library
            .sources
            .record(merged.clone(), target.file, target.pointer);
        Some(self.copy(
            node,
            context,
            Trail::ROOT,
            &Site {
                file: target.file,
                merged,
            },
        ))
    }

    /// Copies the targets that were placed, which may place more of them, into the tree's components.
    fn add_components(&mut self, tree: &mut Value) {
        while let Some((section, name, target)) = self.pending.pop_front() {
            let Some(value) = self.copy_target(target, section.context(), section.component(&name))
            else {
                continue;
            };
            let members = object_at(tree, "components")
                .and_then(|components| object_at(components, section.key()));
            // Components of another type than an object are told by the phase that knows the types.
            if let Some(Value::Object(members)) = members {
                members.insert(name, value);
            }
        }
    }

    fn resolve(
        &mut self,
        file: FileId,
        text: &str,
        at: impl FnOnce() -> JsonPointer,
    ) -> Result<Target, RefError> {
        self.resolver.resolve(file, text, at, self.diagnostics)
    }

    fn report(&mut self, error: RefError, text: &str, at: JsonPointer) {
        if let Some(diagnostic) = error.diagnostic(text, at) {
            self.push(diagnostic);
        }
    }

    fn push(&mut self, diagnostic: Diagnostic) {
        if self.reported < fault::MAX_REFERENCES {
            self.diagnostics.push(diagnostic);
        }
        self.reported = self.reported.saturating_add(1);
    }
}

/// Whether a pointer names a whole component of the document that it points into.
fn is_component(pointer: &JsonPointer) -> bool {
    let mut tokens = pointer.tokens();
    tokens.next().as_deref() == Some("components")
        && tokens
            .next()
            .is_some_and(|key| Section::ALL.iter().any(|section| section.key() == key))
        && tokens.next().is_some()
        && tokens.next().is_none()
}

/// The object that is the member `key`, made when there is none; an empty YAML value (null) counts as none.
fn object_at<'v>(node: &'v mut Value, key: &str) -> Option<&'v mut Value> {
    let member = node.as_object_mut()?.entry(key).or_insert(Value::Null);
    if member.is_null() {
        *member = Value::Object(Map::new());
    }
    Some(member)
}

/// The size of a tree as the loader counts it, in bytes.
fn weigh(node: &Value) -> usize {
    let held: usize = match node {
        Value::String(text) => text.len(),
        Value::Array(elements) => elements.iter().map(weigh).sum(),
        Value::Object(members) => members
            .iter()
            .map(|(key, member)| key.len() + weigh(member))
            .sum(),
        _ => 0,
    };
    held.saturating_add(NODE_SIZE)
}

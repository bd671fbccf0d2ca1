//! Takes the targets of references and puts each where it belongs in the merged tree: into a section of `components`, once, or, where the
//! specification has no section for it, in the place of the reference.

use super::examples::is_example_object;
use super::library::OpenError;
use super::names;
use super::place_kind::PlaceKind;
use super::resolve::{MAX_HOPS, RefError, RefTarget, lone_reference, lookup};
use super::tie::{CopySite, Tie};
use crate::diagnostics::{Code, Diagnostic};
use crate::grammar::{ObjectKind, Section};
use crate::pointer::JsonPointer;
use crate::source::{MAX_DEPTH, SourceFile, Trail, weigh};
use serde_json::{Map, Value, json};

/// How deep targets may be replaced in place within one another.
const MAX_INLINE_DEPTH: usize = 16;

/// What a copy in the place of a reference counts for beyond its content, in bytes. It keeps documents that consist of
/// references to references, which multiply, from taking long; nobody has more than a few thousand path items.
const INLINE_SIZE: usize = 16 << 10;

impl Tie<'_> {
    /// Follows references that lead to nothing but another reference, up to the first place that is a component already.
    ///
    /// # Errors
    ///
    /// When there is nothing at the end. A schema is not followed so far: a component that is lost still is a schema, of
    /// which nothing is known, while any other component is left out together with its uses.
    pub(super) fn settle(
        &mut self,
        section: Section,
        target: RefTarget,
    ) -> Result<RefTarget, RefError> {
        let mut component = None;
        let mut current = target;
        for _ in 0..MAX_HOPS {
            if component.is_none() && self.has_component(section, &current) {
                if section == Section::Schemas {
                    return Ok(current);
                }
                component = Some(current.clone());
            }
            let file = self.resolver.library.file(current.file);
            let file = file.ok_or(RefError::Open(OpenError::Reported))?;
            let node = lookup(&file.tree, &current.pointer).ok_or(RefError::TargetMissing)?;
            let next = match section {
                Section::Schemas => lone_reference(node),
                _ => node.get("$ref").and_then(Value::as_str),
            };
            let Some(text) = next else {
                return if node.is_null() {
                    Err(RefError::Empty)
                } else {
                    Ok(component.unwrap_or(current))
                };
            };
            let at = || JsonPointer::root().child("components");
            match self.resolve(current.file, text, at) {
                Ok(next) => current = next,
                Err(_) if section == Section::Schemas => return Ok(current),
                Err(error) => return Err(error),
            }
        }
        Err(RefError::ToItself)
    }

    fn has_component(&self, section: Section, target: &RefTarget) -> bool {
        self.is_own_component(section, target)
            || self.components.contains_key(&(section, target.clone()))
    }

    /// Whether the target is a component of the root document, in the section that is asked for.
    pub(super) fn is_own_component(&self, section: Section, target: &RefTarget) -> bool {
        let mut tokens = target.pointer.tokens();
        target.file == self.root
            && tokens.next().as_deref() == Some("components")
            && tokens.next().as_deref() == Some(section.key())
            && tokens.next().is_some()
            && tokens.next().is_none()
    }

    /// The place in the merged tree of a target that belongs in `section`; it will be copied there if it is not yet.
    pub(super) fn place(&mut self, section: Section, target: RefTarget) -> JsonPointer {
        if self.is_own_component(section, &target) {
            return target.pointer;
        }
        let key = (section, target);
        if let Some(name) = self.components.get(&key) {
            return section.component(name);
        }
        let file = self.resolver.library.sources.file(key.1.file);
        let file_name = file.map(SourceFile::name).unwrap_or_default();
        let name = self
            .names
            .take_free(section, names::suggest(file_name, &key.1.pointer));
        let pointer = section.component(&name);
        self.components.insert(key.clone(), name.clone());
        self.pending.push_back((section, name, key.1));
        pointer
    }

    /// Copies a target that takes the place of the reference at `at`.
    pub(super) fn inline(
        &mut self,
        target: RefTarget,
        text: &str,
        kind: PlaceKind,
        at: JsonPointer,
    ) -> Option<Value> {
        if self.inlining.contains(&target) {
            self.report_lost(RefError::ToItself.diagnostic(text, at.child("$ref"), ""));
            return None;
        }
        if self.inlining.len() >= MAX_INLINE_DEPTH || at.tokens().count() > MAX_DEPTH {
            self.report_lost(Diagnostic::error(
                Code::NestingTooDeep,
                at.child("$ref"),
                "The references that are replaced by their targets are nested too deeply.",
            ));
            return None;
        }
        self.resolver.library.charge(INLINE_SIZE);
        self.inlining.push(target.clone());
        let copied = self.copy_target(target, kind, at);
        self.inlining.pop();
        copied
    }

    /// Copies a target to `merged`, unless the tree would become too large.
    pub(super) fn copy_target(
        &mut self,
        target: RefTarget,
        kind: PlaceKind,
        merged: JsonPointer,
    ) -> Option<Value> {
        let file = self.resolver.library.file(target.file)?;
        let node = lookup(&file.tree, &target.pointer)?;
        let weight = match target.pointer == JsonPointer::root() {
            true => file.weight,
            false => weigh(node),
        };
        if !self.resolver.library.charge(weight) {
            if !self.is_too_large {
                self.is_too_large = true;
                self.diagnostics.push(Diagnostic::error(
                    Code::DocumentTooLarge,
                    merged,
                    "The document becomes too large when its references are replaced by their targets.",
                ));
            }
            return None;
        }
        let sources = &mut self.resolver.library.sources;
        sources.record(merged.clone(), target.file, target.pointer.clone());
        if kind == PlaceKind::Object(ObjectKind::Example) && !is_example_object(node) {
            sources.record(merged.child("value"), target.file, target.pointer);
            return Some(json!({ "value": node }));
        }
        let site = CopySite {
            file: target.file,
            merged,
        };
        self.copy(node, kind, Trail::ROOT, &site)
    }

    /// Copies the targets that were placed, which may place more of them, into the tree's components.
    pub(super) fn add_components(&mut self, tree: &mut Value) {
        while let Some((section, name, target)) = self.pending.pop_front() {
            let Some(value) = self.copy_target(
                target,
                PlaceKind::Object(section.kind()),
                section.component(&name),
            ) else {
                continue;
            };
            let members = object_at(tree, "components")
                .and_then(|components| object_at(components, section.key()));
            // Components of another type than an object are reported by the phase that knows the types.
            if let Some(Value::Object(members)) = members {
                members.insert(name, value);
            }
        }
    }
}

/// The object that is the member `key`, made when there is none; an empty YAML value (null) counts as none.
fn object_at<'v>(node: &'v mut Value, key: &str) -> Option<&'v mut Value> {
    let member = node.as_object_mut()?.entry(key).or_insert(Value::Null);
    if member.is_null() {
        *member = Value::Object(Map::new());
    }
    Some(member)
}

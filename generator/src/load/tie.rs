//! Takes the root document and gives one tree, into which everything that it refers to has been copied.
//!
//! The tree is a copy that is made in one walk. A reference to another file becomes a reference into `components`, and its
//! target is put on a list of copies still to make; so each target is copied once, and cycles need no care, since a
//! reference stays a reference. Where the specification has no section for a target (a path item, an operation), the target takes
//! the reference's place.

use super::circle;
use super::fault;
use super::library::Library;
use super::mappings::BareName;
use super::names::Names;
use super::place_kind::PlaceKind;
use super::resolve::{RefError, RefTarget, Resolver, lone_reference, lookup};
use crate::diagnostics::Diagnostics;
use crate::grammar::{ObjectKind, Section};
use crate::pointer::JsonPointer;
use crate::source::{FileId, Sources, Trail};
use serde_json::{Map, Value, json};
use std::collections::{HashMap, VecDeque};

/// Where a copy comes from and goes.
pub(super) struct CopySite {
    pub(super) file: FileId,
    /// The place of the copy in the merged tree.
    pub(super) merged: JsonPointer,
}

/// The walk and what it knows.
pub(super) struct Tie<'d> {
    pub(super) resolver: Resolver,
    pub(super) diagnostics: &'d mut Diagnostics,
    pub(super) root: FileId,
    pub(super) names: Names,
    /// The components that stand for a target from elsewhere.
    pub(super) components: HashMap<(Section, RefTarget), String>,
    /// The root's own components that are only a reference, and the target whose content they take.
    claims: HashMap<(Section, String), RefTarget>,
    pub(super) pending: VecDeque<(Section, String, RefTarget)>,
    pub(super) inlining: Vec<RefTarget>,
    pub(super) is_too_large: bool,
    /// The number of references that were found to lead nowhere.
    pub(super) reported: usize,
    /// The values of discriminator mappings that are bare names.
    pub(super) bare_names: Vec<BareName>,
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
        bare_names: Vec::new(),
    };
    tie.register_components();
    let site = CopySite {
        file: root,
        merged: JsonPointer::root(),
    };
    let Some(mut tree) = tie.copy(
        &file.tree,
        PlaceKind::Object(ObjectKind::Document),
        Trail::ROOT,
        &site,
    ) else {
        return (None, tie.resolver.library.sources);
    };
    tie.add_components(&mut tree);
    tie.settle_bare_names(&mut tree);
    let hidden = tie.reported.saturating_sub(fault::MAX_REFERENCES);
    let sources = tie.resolver.library.finish();
    drop(file);
    if hidden > 0 {
        found.push(fault::more_note(hidden, JsonPointer::root()));
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
        let document = RefTarget {
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
                let stands_at = RefTarget {
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
    fn step(&mut self, target: &RefTarget, key: &str) -> Option<RefTarget> {
        let file = self.resolver.library.file(target.file)?;
        let pointer = target.pointer.child(key);
        let node = lookup(&file.tree, &pointer)?;
        match lone_reference(node) {
            Some(text) => {
                let at = JsonPointer::root().child("components");
                self.resolve(target.file, text, || at).ok()
            }
            None => Some(RefTarget {
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
        let is_own = self.is_own_component(section, &target);
        let key = (section, target);
        if !is_own && !self.components.contains_key(&key) {
            self.claims
                .insert((section, name.to_owned()), key.1.clone());
            self.components.insert(key, name.to_owned());
        }
    }

    /// Copies `node`, tying the references in it; `None` when it is a reference of which nothing is left.
    ///
    /// `trail` is the way in the merged tree.
    pub(super) fn copy(
        &mut self,
        node: &Value,
        kind: PlaceKind,
        trail: Trail<'_>,
        site: &CopySite,
    ) -> Option<Value> {
        Some(match (kind, node) {
            (PlaceKind::Data, _) => node.clone(),
            (PlaceKind::ExampleValue, _) => self.copy_example(node, trail, site),
            (PlaceKind::Mapping, Value::String(text)) => {
                return self.copy_mapping(text, trail, site);
            }
            (_, Value::Object(members)) => match members.get("$ref") {
                Some(Value::String(text)) if kind.may_refer() => {
                    return self.copy_reference(members, text, kind, trail, site);
                }
                _ => Value::Object(self.copy_members(members, kind, trail, site)),
            },
            (_, Value::Array(elements)) => {
                Value::Array(self.copy_elements(elements, kind, trail, site))
            }
            _ => node.clone(),
        })
    }

    fn copy_elements(
        &mut self,
        elements: &[Value],
        kind: PlaceKind,
        trail: Trail<'_>,
        site: &CopySite,
    ) -> Vec<Value> {
        let mut copied = Vec::with_capacity(elements.len());
        for (was, element) in elements.iter().enumerate() {
            let index = copied.len();
            if index != was {
                let array = trail.below(&site.merged);
                let sources = &mut self.resolver.library.sources;
                sources.record_shift(&array, index, was);
            }
            copied.extend(self.copy(element, kind.element(), trail.index(index), site));
        }
        copied
    }

    fn copy_members(
        &mut self,
        members: &Map<String, Value>,
        kind: PlaceKind,
        trail: Trail<'_>,
        site: &CopySite,
    ) -> Map<String, Value> {
        let mut copied = Map::with_capacity(members.len());
        for (key, member) in members {
            let value = match self.take_claim(kind, key) {
                Some((section, target)) => self.copy_target(
                    target,
                    PlaceKind::Object(section.kind()),
                    section.component(key),
                ),
                None => self.copy(member, kind.member(key), trail.key(key), site),
            };
            if let Some(value) = value {
                copied.insert(key.clone(), value);
            }
        }
        if kind == PlaceKind::Object(ObjectKind::Example) {
            self.embed_external_value(&mut copied, trail, site);
        }
        copied
    }

    /// The target whose content the component `key` takes, when this is the section that it is a member of.
    fn take_claim(&mut self, kind: PlaceKind, key: &str) -> Option<(Section, RefTarget)> {
        let PlaceKind::Section(section) = kind else {
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
        kind: PlaceKind,
        trail: Trail<'_>,
        site: &CopySite,
    ) -> Option<Value> {
        let at = || trail.key("$ref").below(&site.merged);
        let target = self.resolve(site.file, text, at);
        let content = match kind.section() {
            Some(section) => self.refer(section, target, text).map(Some),
            None => target.map(|target| self.inline(target, text, kind, trail.below(&site.merged))),
        };
        let mut copied = match content {
            Ok(Some(Value::Object(content))) => content,
            Ok(None) => Map::new(),
            Ok(Some(Value::Null)) => {
                return self.copy_lost(RefError::Empty, text, members, kind, trail, site);
            }
            // An operation stays, whatever a reference in its place leads to.
            Ok(Some(_)) if kind == PlaceKind::Object(ObjectKind::Operation) => {
                let error = RefError::TargetMissing;
                return self.copy_lost(error, text, members, kind, trail, site);
            }
            Ok(Some(other)) => return Some(other),
            Err(error) => return self.copy_lost(error, text, members, kind, trail, site),
        };
        self.copy_siblings(&mut copied, members, kind, trail, site);
        Some(Value::Object(copied))
    }

    /// A reference to the component that the target is or becomes.
    fn refer(
        &mut self,
        section: Section,
        target: Result<RefTarget, RefError>,
        text: &str,
    ) -> Result<Value, RefError> {
        let target = match target {
            Err(RefError::Open(_)) => self.component_called(section, text).map_or(target, Ok),
            target => target,
        };
        let target = self.settle(section, target?)?;
        Ok(json!({ "$ref": self.place(section, target).to_string() }))
    }

    /// Copies what stands beside a reference over what it refers to: it is meant for this place, as OpenAPI 3.1 says of `summary`.
    pub(super) fn copy_siblings(
        &mut self,
        copied: &mut Map<String, Value>,
        members: &Map<String, Value>,
        kind: PlaceKind,
        trail: Trail<'_>,
        site: &CopySite,
    ) {
        for (key, member) in members.iter().filter(|(key, _)| *key != "$ref") {
            if let Some(value) = self.copy(member, kind.member(key), trail.key(key), site) {
                copied.insert(key.clone(), value);
            }
        }
    }

    pub(super) fn resolve(
        &mut self,
        file: FileId,
        text: &str,
        at: impl FnOnce() -> JsonPointer,
    ) -> Result<RefTarget, RefError> {
        self.resolver.resolve(file, text, at, self.diagnostics)
    }
}

//! `allOf`: what a schema is made of, gathered from itself and from its members, and what becomes of one without properties.

use super::super::Planning;
use super::keywords;
use super::schemas::{Hint, SchemaRef};
use crate::diagnostics::{Code, Diagnostic};
use crate::facts::{AdditionalProperties, Schema, SchemaType, SchemaUse};
use crate::plan::model::Type;
use crate::pointer::JsonPointer;
use indexmap::IndexMap;
use std::collections::HashSet;

/// What a schema is made of.
#[derive(Default)]
pub(super) struct Parts<'f> {
    pub(super) properties: IndexMap<&'f str, Part<'f>>,
    pub(super) required: HashSet<&'f str>,
    pub(super) additional: Option<&'f AdditionalProperties>,
    /// The schemas that are unions, besides or instead of objects.
    pub(super) unions: Vec<SchemaRef<'f>>,
    /// The names in `required`, in the document's order, with the place of the list.
    pub(super) named: Vec<(&'f str, &'f Schema)>,
    /// Properties that a value may have under some condition.
    conditional: Vec<(&'f str, SchemaRef<'f>)>,
    /// Properties that two members of `allOf` describe differently.
    pub(super) conflicts: Vec<(&'f str, &'f JsonPointer)>,
    /// Members of `allOf` that lead nowhere.
    pub(super) dangling: Vec<(&'f str, &'f JsonPointer)>,
}

/// How many schemas may describe one property together.
const MAX_MERGED: usize = 8;
/// How many objects are made of several descriptions; documents that hold themselves in several ways have no end of them.
const MAX_OBJECTS: usize = 2_000;
/// How deep `allOf` is followed to tell whether there are properties.
const MAX_DEPTH: usize = 8;

/// A property.
pub(super) struct Part<'f> {
    pub(super) property: SchemaRef<'f>,
    /// What others say of it, where each describes a part of one object.
    pub(super) beside: Vec<SchemaRef<'f>>,
    /// How many `allOf` stand around it: what is said further out counts more.
    depth: usize,
}

impl<'f> Part<'f> {
    fn new(property: SchemaRef<'f>, depth: usize) -> Self {
        Self {
            property,
            beside: Vec::new(),
            depth,
        }
    }

    /// Takes what another member of `allOf` says of the property; whether there is room for it.
    fn takes(&mut self, property: SchemaRef<'f>) -> bool {
        let has_room = self.beside.len() + 1 < MAX_MERGED;
        if has_room {
            self.beside.push(property);
        }
        has_room
    }
}

impl<'f> Planning<'f> {
    /// The properties of an object by name.
    pub(super) fn properties_of(&self, schema: &'f Schema) -> IndexMap<&'f str, SchemaRef<'f>> {
        let parts = self.gather(schema).properties;
        parts
            .into_iter()
            .map(|(name, part)| (name, part.property))
            .collect()
    }

    /// Gathers what a schema says itself and what the members of its `allOf` say, each of which counts once however often it
    /// is named.
    pub(super) fn gather(&self, schema: &'f Schema) -> Parts<'f> {
        self.gather_all(&[schema])
    }

    /// The same of several schemas, each of which describes a part of one object.
    pub(super) fn gather_all(&self, schemas: &[&'f Schema]) -> Parts<'f> {
        let mut parts = Parts::default();
        let mut seen = HashSet::new();
        let whole = schemas.iter().rev();
        let mut open: Vec<_> = whole
            .map(|schema| (SchemaRef::Inline(schema), *schema, 0))
            .collect();
        while let Some((item, schema, depth)) = open.pop() {
            if !seen.insert(schema.id) {
                continue;
            }
            self.add(&mut parts, schema, depth);
            // The last in is the first out, and properties are to keep the document's order.
            for member in schema.all_of.iter().rev() {
                match self.facts.schemas.of(member) {
                    Some(inner) => open.push((self.look(member), inner, depth + 1)),
                    None => {
                        let reference = member.reference.as_deref().unwrap_or_default();
                        parts.dangling.push((reference, &schema.pointer));
                    }
                }
            }
            let members = self.union_members(schema);
            match members.as_slice() {
                [] => {}
                // A union of one is one more member of `allOf`.
                [only] => open.push((self.look(only.used), only.schema, depth + 1)),
                // A base that lists the types made of it is no union within those types.
                members
                    if members
                        .iter()
                        .any(|member| seen.contains(&member.schema.id)) => {}
                members if self.are_together(schema) => self.add_together(&mut parts, members),
                _ => parts.unions.push(item),
            }
            self.add_conditional(&mut parts, schema);
        }
        for (name, property) in std::mem::take(&mut parts.conditional) {
            let known = parts.properties.entry(name);
            known.or_insert_with(|| Part::new(property, 0));
        }
        parts
    }

    /// Adds the properties of `then` and the like, which are optional, and which count for nothing where the object has them anyway.
    fn add_conditional(&self, parts: &mut Parts<'f>, schema: &'f Schema) {
        let mut open: Vec<&'f SchemaUse> = keywords::conditional(schema).collect();
        let mut seen = HashSet::new();
        let mut next = 0;
        while let Some(used) = open.get(next) {
            next += 1;
            let Some(inner) = self.facts.schemas.of(used) else {
                continue;
            };
            if !seen.insert(inner.id) {
                continue;
            }
            for (name, used) in &inner.properties {
                let property = self.look(used);
                let mut known = parts.conditional.iter();
                match known.find(|(known, _)| known == name) {
                    None => parts.conditional.push((name, property)),
                    Some((_, known)) => {
                        if self.compare(*known, property) == Comparison::Contradiction {
                            parts.conflicts.push((name, known.pointer()));
                        }
                    }
                }
            }
            open.extend(&inner.all_of);
            open.extend(keywords::conditional(inner));
        }
    }

    fn add(&self, parts: &mut Parts<'f>, schema: &'f Schema, depth: usize) {
        parts.required.extend(schema.required_properties());
        let later = schema.later().into_iter();
        let dependent = later.flat_map(|later| later.dependent_required.values().flatten());
        let named = schema.required.iter().chain(dependent);
        parts
            .named
            .extend(named.map(|name| (name.as_str(), schema)));
        if let Some(additional) = &schema.additional_properties {
            parts.additional = Some(additional);
        } else if parts.additional.is_none() {
            parts.additional = keywords::additional(schema);
        }
        for (name, used) in &schema.properties {
            let property = self.look(used);
            let Some(known) = parts.properties.get_mut(name.as_str()) else {
                parts.properties.insert(name, Part::new(property, depth));
                continue;
            };
            match self.compare(known.property, property) {
                Comparison::Same | Comparison::FirstSaysMore => {}
                Comparison::SecondSaysMore => *known = Part::new(property, depth),
                Comparison::Parts if known.takes(property) => {}
                verdict => {
                    if known.depth >= depth {
                        *known = Part::new(property, depth);
                    }
                    if verdict != Comparison::Equal {
                        parts.conflicts.push((name, known.property.pointer()));
                    }
                }
            }
        }
    }

    /// How two descriptions of one property stand to each other.
    fn compare(&self, first: SchemaRef<'f>, second: SchemaRef<'f>) -> Comparison {
        let (Some(one), Some(other)) = (self.behind(first), self.behind(second)) else {
            return Comparison::Equal;
        };
        if self.facts.schemas.say_the_same(one, other) {
            return Comparison::Same;
        }
        let listed = keywords::lists_values;
        let silent = |schema: &Schema| keywords::is_silent(schema) && !listed(schema);
        match (silent(one), silent(other)) {
            (_, true) => return Comparison::FirstSaysMore,
            (true, false) => return Comparison::SecondSaysMore,
            _ => {}
        }
        match (one.ty, other.ty) {
            (Some(SchemaType::Integer), Some(SchemaType::Number)) => Comparison::FirstSaysMore,
            (Some(SchemaType::Number), Some(SchemaType::Integer)) => Comparison::SecondSaysMore,
            (Some(one), Some(other)) if one != other => Comparison::Contradiction,
            _ => match (listed(one), listed(other)) {
                (true, false) => Comparison::FirstSaysMore,
                (false, true) => Comparison::SecondSaysMore,
                (true, true) => Comparison::Equal,
                (false, false) => self.compare_parts(one, other),
            },
        }
    }

    /// How two descriptions stand to each other that both say what is within the values.
    fn compare_parts(&self, one: &'f Schema, other: &'f Schema) -> Comparison {
        match (self.has_properties(one, 0), self.has_properties(other, 0)) {
            (true, true) if self.covers(one, other) => Comparison::FirstSaysMore,
            (true, true) if self.covers(other, one) => Comparison::SecondSaysMore,
            (true, true) if self.merged.len() < MAX_OBJECTS => Comparison::Parts,
            (false, false) => match (&one.items, &other.items) {
                (Some(one), Some(other)) if !self.agree(one, other) => Comparison::Contradiction,
                _ => Comparison::Equal,
            },
            // A map, or what is no object, beside an object with properties.
            _ => Comparison::Contradiction,
        }
    }

    /// Whether a schema, or what it is made of, has properties.
    fn has_properties(&self, schema: &'f Schema, depth: usize) -> bool {
        let mut parts = schema.all_of.iter();
        !schema.properties.is_empty()
            || (depth < MAX_DEPTH
                && parts.any(|part| {
                    let part = self.facts.schemas.of(part);
                    part.is_some_and(|part| self.has_properties(part, depth + 1))
                }))
    }

    /// Whether an object is made of the other, or has all that the other has.
    fn covers(&self, one: &'f Schema, other: &'f Schema) -> bool {
        let mut open: Vec<&'f Schema> = vec![one];
        let mut seen = HashSet::new();
        while let Some(schema) = open.pop() {
            if schema.id == other.id {
                return true;
            }
            if seen.insert(schema.id) {
                let parts = schema.all_of.iter();
                open.extend(parts.filter_map(|part| self.facts.schemas.of(part)));
            }
        }
        other.all_of.is_empty()
            && keywords::members(other).is_empty()
            && other.additional_properties.is_none()
            && other.properties.iter().all(|(name, theirs)| {
                let ours = one.properties.get(name);
                ours.is_some_and(|ours| self.agree(ours, theirs))
            })
    }

    /// Whether two uses are of one type: of one component, or of scalars that are alike.
    fn agree(&self, one: &'f SchemaUse, other: &'f SchemaUse) -> bool {
        self.are_alike(self.look(one), self.look(other))
    }

    /// The same of two schemas where they are used.
    pub(super) fn are_alike(&self, one: SchemaRef<'f>, other: SchemaRef<'f>) -> bool {
        let (Some(one), Some(other)) = (self.behind(one), self.behind(other)) else {
            return false;
        };
        let is_scalar = |schema: &Schema| {
            let ty = schema.ty;
            keywords::is_plain(schema)
                && !keywords::lists_values(schema)
                && !matches!(ty, Some(SchemaType::Object | SchemaType::Array))
        };
        self.facts.schemas.say_the_same(one, other)
            || (is_scalar(one)
                && is_scalar(other)
                && one.ty == other.ty
                && one.format == other.format)
    }

    /// The member of `allOf` that a schema comes down to: the only one, or the only one that says what the values are.
    pub(super) fn only_member(&self, schema: &'f Schema) -> Option<&'f SchemaUse> {
        let adds = matches!(
            keywords::additional(schema),
            Some(AdditionalProperties::Schema(_))
        );
        if adds
            || !keywords::members(schema).is_empty()
            || keywords::conditional(schema).next().is_some()
        {
            return None;
        }
        let says = |member: &&SchemaUse| match self.facts.schemas.of(member) {
            Some(inner) => {
                !keywords::is_silent(inner)
                    || inner.required_properties().next().is_some()
                    || keywords::lists_values(inner)
            }
            None => true,
        };
        let only = match schema.all_of.as_slice() {
            [only] => only,
            members => {
                let mut saying = members.iter().filter(says);
                match (saying.next(), saying.next()) {
                    (Some(only), None) => only,
                    _ => return None,
                }
            }
        };
        (!self.requires_more(schema, only)).then_some(only)
    }

    /// Whether a schema requires properties of an object that the object itself does not require.
    fn requires_more(&self, schema: &'f Schema, object: &'f SchemaUse) -> bool {
        let Some(object) = self.facts.schemas.of(object) else {
            return false;
        };
        let is_object = !object.properties.is_empty() || !object.all_of.is_empty();
        let is_required = |name| object.required_properties().any(|known| known == name);
        let mut required = schema.required_properties();
        is_object && required.any(|name| !is_required(name))
    }

    /// `allOf` without properties: a way to say something more about one schema.
    pub(super) fn plan_all_of(&mut self, schema: &'f Schema, hint: &Hint) -> Type {
        if let Some(member) = self.only_member(schema) {
            return self.plan_type(self.look(member), hint);
        }
        let saying = schema.all_of.iter().find(|member| {
            let inner = self.facts.schemas.of(member);
            inner.is_some_and(|inner| !keywords::is_silent(inner))
        });
        let Some(member) = saying else {
            return Type::Map(Box::new(self.plan_unknown_values(schema)));
        };
        self.report(
            Diagnostic::warning(
                Code::AllOfPlain,
                schema.pointer.child("allOf"),
                "Several members of this `allOf` are no objects; the first of them is used.",
            )
            .help("Say in one schema what the values are."),
        );
        self.plan_type(self.look(member), hint)
    }
}

/// How two descriptions of one property stand to each other.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Comparison {
    /// They are one.
    Same,
    /// The first holds for the second as well.
    FirstSaysMore,
    /// The second holds for the first as well.
    SecondSaysMore,
    /// Neither, though their types agree.
    Equal,
    /// Each describes a part of one object.
    Parts,
    /// Their types differ.
    Contradiction,
}

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
    /// Properties that two members of `allOf` describe differently.
    pub(super) conflicts: Vec<(&'f str, &'f JsonPointer)>,
    /// Members of `allOf` that lead nowhere.
    pub(super) dangling: Vec<(&'f str, &'f JsonPointer)>,
}

/// A property.
pub(super) struct Part<'f> {
    pub(super) property: SchemaRef<'f>,
    /// How many `allOf` stand around it: what is said further out counts more.
    depth: usize,
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
        let mut parts = Parts::default();
        let mut seen = HashSet::new();
        let mut open = vec![(SchemaRef::Inline(schema), schema, 0)];
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
                _ => parts.unions.push(item),
            }
        }
        parts
    }

    fn add(&self, parts: &mut Parts<'f>, schema: &'f Schema, depth: usize) {
        parts.required.extend(schema.required_properties());
        if let Some(additional) = &schema.additional_properties {
            parts.additional = Some(additional);
        }
        for (name, used) in &schema.properties {
            let property = self.look(used);
            let Some(known) = parts.properties.get_mut(name.as_str()) else {
                parts.properties.insert(name, Part { property, depth });
                continue;
            };
            match self.compare(known.property, property) {
                Comparison::Same | Comparison::FirstSaysMore => {}
                Comparison::SecondSaysMore => *known = Part { property, depth },
                verdict => {
                    if known.depth >= depth {
                        *known = Part { property, depth };
                    }
                    if verdict == Comparison::Contradiction {
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
                _ => Comparison::Equal,
            },
        }
    }

    /// The member of `allOf` that a schema comes down to: the only one, or the only one that says what the values are.
    pub(super) fn only_member(&self, schema: &'f Schema) -> Option<&'f SchemaUse> {
        if !keywords::members(schema).is_empty() {
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
        match schema.all_of.as_slice() {
            [only] => Some(only),
            members => {
                let mut saying = members.iter().filter(says);
                match (saying.next(), saying.next()) {
                    (Some(only), None) => Some(only),
                    _ => None,
                }
            }
        }
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
    /// Their types differ.
    Contradiction,
}

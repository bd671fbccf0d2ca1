//! Unions of objects of which a value may be several at once: `anyOf` says so, and an object that allows everything beside one with
//! properties means it, whatever keyword stands there. One object with the properties of all keeps what a choice between them would
//! lose.

use super::super::Planning;
use super::all_of::{Part, Parts};
use super::keywords;
use super::unions::Member;
use crate::facts::{AdditionalProperties, Schema, SchemaId, SchemaType};
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

/// How deep such unions are looked for within each other; documents decide how deep they go.
const MAX_DEPTH: usize = 24;

/// That there may be further properties, of any kind.
static ANYTHING: AdditionalProperties = AdditionalProperties::Flag(true);

/// What is known of unions: which are one object.
#[derive(Debug, Default)]
pub(in crate::plan) struct Together {
    known: RefCell<HashMap<SchemaId, bool>>,
    depth: RefCell<usize>,
}

impl<'f> Planning<'f> {
    /// Whether the members of a schema's `oneOf` or `anyOf` are one object with the properties of all: no property tells them
    /// apart, a value may be several of them, and those that share a property agree about it.
    pub(super) fn are_together(&self, schema: &'f Schema) -> bool {
        if keywords::members(schema).len() < 2 || schema.discriminator.is_some() {
            return false;
        }
        if let Some(known) = self.together.known.borrow().get(&schema.id) {
            return *known;
        }
        if *self.together.depth.borrow() >= MAX_DEPTH {
            return false;
        }
        // A union that is met again within itself is no object.
        self.together.known.borrow_mut().insert(schema.id, false);
        *self.together.depth.borrow_mut() += 1;
        let found = self.find_together(schema);
        *self.together.depth.borrow_mut() -= 1;
        self.together.known.borrow_mut().insert(schema.id, found);
        found
    }

    fn find_together(&self, schema: &'f Schema) -> bool {
        let members = self.union_members(schema);
        let is_any = schema.one_of.is_empty();
        if members.len() < 2
            || !members
                .iter()
                .all(|member| self.is_one_object(member.schema))
            || !(is_any || members.iter().any(|member| is_open(member.schema)))
        {
            return false;
        }
        let gathered: Vec<Parts<'f>> = members
            .iter()
            .map(|member| self.gather(member.schema))
            .collect();
        let is_map = |parts: &Parts<'_>| {
            let additional = parts.additional;
            matches!(additional, Some(AdditionalProperties::Schema(_)))
        };
        let is_whole = |parts: &Parts<'_>| parts.unions.is_empty() && !is_map(parts);
        gathered.iter().all(is_whole)
            && gathered.iter().any(|parts| !parts.properties.is_empty())
            && self.all_agree(&gathered)
            && self.find_tag(schema, &members).is_none()
    }

    /// Whether a schema is an object, and nothing that stands for several types.
    fn is_one_object(&self, schema: &'f Schema) -> bool {
        let may_be = schema.ty.is_none_or(|ty| ty == SchemaType::Object);
        let is_object =
            !schema.properties.is_empty() || !schema.all_of.is_empty() || is_open(schema);
        may_be
            && is_object
            && !keywords::lists_values(schema)
            && keywords::members(schema).is_empty()
            && !self.is_base(schema)
            // What `allOf` comes down to may be no object.
            && (schema.all_of.is_empty() || !self.gather(schema).properties.is_empty())
    }

    /// The member that has the properties of all and requires no more than each of them: the whole union is of its type.
    pub(super) fn whole_member(&self, schema: &'f Schema) -> Option<Member<'f>> {
        let is_alone = schema.properties.is_empty() && schema.all_of.is_empty();
        if !is_alone || !self.are_together(schema) {
            return None;
        }
        let mut all = Parts::default();
        let members = self.union_members(schema);
        self.add_together(&mut all, &members);
        let is_whole = |member: &Member<'f>| {
            let own = self.gather(member.schema);
            own.properties.len() == all.properties.len()
                && own.additional == all.additional
                && own.required.is_subset(&all.required)
        };
        members.into_iter().find(is_whole)
    }

    fn all_agree(&self, gathered: &[Parts<'f>]) -> bool {
        let mut known: HashMap<&str, &Part<'f>> = HashMap::new();
        let parts = gathered.iter().flat_map(|parts| &parts.properties);
        for (name, part) in parts {
            let Some(other) = known.insert(name, part) else {
                continue;
            };
            let is_one = part.beside.is_empty() && other.beside.is_empty();
            if !is_one || !self.are_alike(part.property, other.property) {
                return false;
            }
        }
        true
    }

    /// Adds the properties of all members to those of an object; those that every member requires are required.
    pub(super) fn add_together(&self, parts: &mut Parts<'f>, members: &[Member<'f>]) {
        let mut required: Option<HashSet<&'f str>> = None;
        for member in members {
            let inner = self.gather(member.schema);
            let is_flag = inner.additional == Some(&ANYTHING);
            if is_flag || (inner.properties.is_empty() && inner.additional.is_none()) {
                parts.additional = Some(&ANYTHING);
            }
            required = Some(match required {
                Some(known) => known.intersection(&inner.required).copied().collect(),
                None => inner.required,
            });
            for (name, part) in inner.properties {
                parts.properties.entry(name).or_insert(part);
            }
        }
        parts.required.extend(required.into_iter().flatten());
    }
}

/// Whether a schema allows every object and says nothing of its properties.
fn is_open(schema: &Schema) -> bool {
    schema.ty == Some(SchemaType::Object)
        && schema.properties.is_empty()
        && schema.all_of.is_empty()
        && keywords::members(schema).is_empty()
        && matches!(
            keywords::additional(schema),
            None | Some(AdditionalProperties::Flag(true))
        )
}

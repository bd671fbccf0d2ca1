//! What a field of a filter is compared with: takes the schemas of what an operation answers with, gives the kind of the property
//! that has the field's name.

use super::content::{self, Kind, Way};
use crate::facts::{Document, Operation, Schema, SchemaId, SchemaType, SchemaUse, StatusCode};
use crate::plan::model::FieldKind;
use crate::plan::reason::KindReason;
use std::collections::HashSet;

/// How many schemas that stand in one another are looked through; documents nest without end.
const MAX_DEPTH: usize = 64;

/// What an operation answers with.
pub(super) struct Items<'f> {
    facts: &'f Document,
    answer: Option<&'f Schema>,
}

/// A property that is looked for: where has been looked already, by schema and what is left of the name.
type Looked<'n> = HashSet<(SchemaId, &'n str)>;

impl<'f> Items<'f> {
    /// What the first answer of success in JSON holds.
    pub(super) fn of(facts: &'f Document, operation: &'f Operation) -> Self {
        let is_success = |status: StatusCode| {
            matches!(status, StatusCode::Code(200..=299) | StatusCode::Range(2))
        };
        let answers = operation.responses.by_status.iter();
        let mut schemas = answers
            .filter(|(status, _)| is_success(*status))
            .filter_map(|(_, response)| facts.components.response(response))
            .filter_map(|response| content::choose(facts, &response.content, Way::Received))
            .filter(|(_, _, kind)| *kind == Kind::Json)
            .filter_map(|(_, media, _)| facts.schemas.of(media.schema.as_ref()?));
        Self {
            facts,
            answer: schemas.next(),
        }
    }

    /// The kind of the field of this name, in which dots lead from object to object; a text where nothing is known of it.
    pub(super) fn kind(&self, name: &str) -> (FieldKind, KindReason) {
        let property = self
            .answer
            .and_then(|answer| self.property(answer, name, &mut Looked::new(), 0));
        let known = property.and_then(|property| {
            let schema = self.facts.schemas.of(property)?;
            Some((self.kind_of(schema, 0)?, property))
        });
        match known {
            Some((kind, property)) => (kind, KindReason::Property(property.pointer.clone())),
            None => (FieldKind::Text, KindReason::Unknown),
        }
    }

    fn property<'n>(
        &self,
        schema: &'f Schema,
        name: &'n str,
        looked: &mut Looked<'n>,
        depth: usize,
    ) -> Option<&'f SchemaUse> {
        if depth > MAX_DEPTH || !looked.insert((schema.id, name)) {
            return None;
        }
        if let Some(property) = schema.properties.get(name) {
            return Some(property);
        }
        let within = name.split_once('.').and_then(|(head, rest)| {
            let inner = self.facts.schemas.of(schema.properties.get(head)?)?;
            self.property(inner, rest, looked, depth + 1)
        });
        within.or_else(|| {
            let mut members = members(schema).filter_map(|member| self.facts.schemas.of(member));
            members.find_map(|member| self.property(member, name, looked, depth + 1))
        })
    }

    fn kind_of(&self, schema: &'f Schema, depth: usize) -> Option<FieldKind> {
        if depth > MAX_DEPTH {
            return None;
        }
        match schema.ty {
            Some(SchemaType::String) => Some(match schema.format.as_deref() {
                Some("date-time") => FieldKind::DateTime,
                Some("date") => FieldKind::Date,
                _ => FieldKind::Text,
            }),
            Some(SchemaType::Integer | SchemaType::Number) => Some(FieldKind::Number),
            Some(SchemaType::Boolean) => Some(FieldKind::Flag),
            Some(SchemaType::Object) => None,
            // The first member that is known; it is one chain of schemas, so it needs no memory of where it has been.
            Some(SchemaType::Array) | None => {
                let member = members(schema).find_map(|member| self.facts.schemas.of(member))?;
                self.kind_of(member, depth + 1)
            }
        }
    }
}

/// The schemas that say what values of one are: those of its items, and those that it is put together from.
fn members(schema: &Schema) -> impl Iterator<Item = &SchemaUse> {
    let members = schema.items.iter().chain(&schema.all_of);
    members.chain(&schema.one_of).chain(&schema.any_of)
}

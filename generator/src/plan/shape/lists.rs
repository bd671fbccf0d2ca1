//! Lists, tuples and maps.

use super::super::Planning;
use super::keywords;
use super::schemas::Hint;
use crate::diagnostics::{Code, Diagnostic};
use crate::facts::{AdditionalProperties, Schema, SchemaUse};
use crate::plan::model::Type;

/// The longest list of single items that is a tuple: the standard library knows longer tuples no more.
const MAX_TUPLE: usize = 12;

impl<'f> Planning<'f> {
    pub(super) fn plan_list(&mut self, schema: &'f Schema, hint: &Hint) -> Type {
        let Some(items) = &schema.items else {
            let item = self.untyped(&schema.pointer, "The list does not say what its items are.");
            return Type::Array(Box::new(item));
        };
        match self.tuple_items(schema) {
            Some(members) => {
                let plan = |(index, member)| {
                    let hint = hint.then(&format!("item {}", index + 1));
                    self.plan_type(self.look(member), &hint)
                };
                Type::Tuple(members.iter().enumerate().map(plan).collect())
            }
            None => Type::Array(Box::new(
                self.plan_type(self.look(items), &hint.then("item")),
            )),
        }
    }

    /// The items of a tuple: those of `prefixItems`, unless others may follow.
    fn tuple_items(&self, schema: &'f Schema) -> Option<&'f [SchemaUse]> {
        let later = schema.later()?;
        let items = self.facts.schemas.of(schema.items.as_ref()?)?;
        let members = later.prefix_items.as_slice();
        let is_whole =
            items.any_of.len() == members.len() && later.items_after_prefix != Some(true);
        (is_whole && (1..=MAX_TUPLE).contains(&members.len())).then_some(members)
    }

    pub(super) fn plan_map(&mut self, schema: &'f Schema, hint: &Hint) -> Type {
        let values = match keywords::additional(schema) {
            Some(AdditionalProperties::Schema(values)) => {
                self.plan_type(self.look(values), &hint.then("value"))
            }
            _ => self.plan_unknown_values(schema),
        };
        Type::Map(Box::new(values))
    }

    /// The values of an object of which nothing is known.
    pub(super) fn plan_unknown_values(&mut self, schema: &Schema) -> Type {
        self.report(
            Diagnostic::note(
                Code::Untyped,
                schema.pointer.clone(),
                "The object does not say what its properties are.",
            )
            .help("It is emitted as a map of JSON values."),
        );
        Type::Any
    }
}

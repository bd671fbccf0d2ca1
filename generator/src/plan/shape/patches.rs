//! JSON Patch: takes a schema, tells whether its values are operations of a JSON Patch (RFC 6902, 4). That is a standard, so these are
//! one type of the runtime for every API, with a function for each operation.

use super::super::Planning;
use crate::facts::{Schema, SchemaType};

/// The operations that there are.
const OPERATIONS: [&str; 6] = ["add", "remove", "replace", "move", "copy", "test"];

/// The members that an operation has.
const MEMBERS: [&str; 4] = ["op", "path", "value", "from"];

impl<'f> Planning<'f> {
    /// Whether a schema describes an operation of a JSON Patch: an object of `op`, whose values are among those of the standard,
    /// `path`, and what these need.
    pub(super) fn is_patch_operation(&self, schema: &'f Schema) -> bool {
        let is_object = matches!(schema.ty, Some(SchemaType::Object) | None);
        let is_alone =
            schema.all_of.is_empty() && schema.one_of.is_empty() && schema.any_of.is_empty();
        let has_only = schema
            .properties
            .keys()
            .all(|name| MEMBERS.contains(&name.as_str()));
        if !is_object || !is_alone || !has_only || !schema.properties.contains_key("value") {
            return false;
        }
        let property = |name: &str| {
            let used = schema.properties.get(name)?;
            self.facts.schemas.of(used)
        };
        let is_path = |schema: &Schema| matches!(schema.ty, Some(SchemaType::String));
        property("path").is_some_and(is_path) && property("op").is_some_and(names_operations)
    }
}

fn names_operations(schema: &Schema) -> bool {
    let mut values = schema.enum_values.iter().map(|value| value.as_str());
    !schema.enum_values.is_empty()
        && values.all(|value| value.is_some_and(|value| OPERATIONS.contains(&value)))
}

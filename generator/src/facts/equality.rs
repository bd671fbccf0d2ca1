//! Whether two schemas say the same, wherever they stand.

use super::{AdditionalProperties, Schema, SchemaUse, Schemas};
use indexmap::IndexMap;

impl Schemas {
    /// Whether two schemas say the same: every keyword, and those of the schemas within. Their places and what repairs
    /// changed in them are of no account.
    pub fn say_the_same(&self, one: &Schema, other: &Schema) -> bool {
        one.id == other.id || (same_values(one, other) && self.same_parts(one, other))
    }

    fn same_parts(&self, one: &Schema, other: &Schema) -> bool {
        let lists = [
            (&one.all_of, &other.all_of),
            (&one.one_of, &other.one_of),
            (&one.any_of, &other.any_of),
        ];
        let options = [(&one.items, &other.items), (&one.not, &other.not)];
        lists
            .into_iter()
            .all(|(one, other)| self.same_list(one, other))
            && options
                .into_iter()
                .all(|(one, other)| self.same_option(one.as_ref(), other.as_ref()))
            && self.same_map(&one.properties, &other.properties)
            && self.same_additional(
                one.additional_properties.as_ref(),
                other.additional_properties.as_ref(),
            )
    }

    fn same_use(&self, one: &SchemaUse, other: &SchemaUse) -> bool {
        match (&one.reference, &other.reference) {
            (Some(one), Some(other)) => one == other,
            (None, None) => match (self.of(one), self.of(other)) {
                (Some(one), Some(other)) => self.say_the_same(one, other),
                _ => false,
            },
            _ => false,
        }
    }

    fn same_option(&self, one: Option<&SchemaUse>, other: Option<&SchemaUse>) -> bool {
        match (one, other) {
            (Some(one), Some(other)) => self.same_use(one, other),
            (one, other) => one.is_none() && other.is_none(),
        }
    }

    fn same_list(&self, one: &[SchemaUse], other: &[SchemaUse]) -> bool {
        one.len() == other.len()
            && one
                .iter()
                .zip(other)
                .all(|(one, other)| self.same_use(one, other))
    }

    fn same_map(
        &self,
        one: &IndexMap<String, SchemaUse>,
        other: &IndexMap<String, SchemaUse>,
    ) -> bool {
        one.len() == other.len()
            && one.iter().all(|(name, one)| {
                other
                    .get(name)
                    .is_some_and(|other| self.same_use(one, other))
            })
    }

    fn same_additional(
        &self,
        one: Option<&AdditionalProperties>,
        other: Option<&AdditionalProperties>,
    ) -> bool {
        match (one, other) {
            (
                Some(AdditionalProperties::Schema(one)),
                Some(AdditionalProperties::Schema(other)),
            ) => self.same_use(one, other),
            (one, other) => one == other,
        }
    }
}

/// Whether the keywords that hold no schema are the same.
fn same_values(one: &Schema, other: &Schema) -> bool {
    let docs = |schema: &Schema| {
        let docs = schema.external_docs.as_ref();
        docs.map(|docs| (docs.description.clone(), docs.url.clone()))
    };
    let tag = |schema: &Schema| {
        let tag = schema.discriminator.as_ref();
        tag.map(|tag| (tag.property_name.clone(), tag.mapping.clone()))
    };
    let flags = |schema: &Schema| {
        [
            schema.nullable,
            schema.read_only,
            schema.write_only,
            schema.deprecated,
        ]
    };
    one.ty == other.ty
        && one.format == other.format
        && flags(one) == flags(other)
        && one.title == other.title
        && one.description == other.description
        && one.enum_values == other.enum_values
        && one.default == other.default
        && one.example == other.example
        && one.limits == other.limits
        && one.required_properties().eq(other.required_properties())
        && one.extensions == other.extensions
        && tag(one) == tag(other)
        && docs(one) == docs(other)
}

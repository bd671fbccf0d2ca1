//! Reads schemas into their list. The parser reads a schema as one of several structures, depending on which keywords stand
//! together; here they become one.

use super::scalars::{self, float, number_limits, set_limits};
use super::{Lowering, head};
use crate::facts::{
    AdditionalProperties, Discriminator, Limits, Schema, SchemaId, SchemaType, SchemaUse,
};
use crate::pointer::JsonPointer;
use crate::repair::ENUM_NULL;
use indexmap::IndexMap;
use openapiv3::{AnySchema, ArrayType, ObjectType, ReferenceOr, SchemaData, SchemaKind, Type};
use serde_json::{Map, Value};
use std::sync::Arc;

/// The mark by which the repairs tell items that stand in this order; it is none of the author's extensions.
const PREFIX_MARK: &str = "x-prefix-items";

type Properties = IndexMap<String, ReferenceOr<Box<openapiv3::Schema>>>;

impl Lowering {
    /// Makes room for a schema that is read later.
    pub(super) fn reserve_schema(&mut self) -> SchemaId {
        let id = SchemaId(u32::try_from(self.schemas.list.len()).unwrap_or(u32::MAX));
        self.schemas.list.push(Box::default());
        id
    }

    pub(super) fn lower_component_schemas(
        &mut self,
        schemas: IndexMap<String, ReferenceOr<openapiv3::Schema>>,
    ) -> IndexMap<String, SchemaUse> {
        let base = JsonPointer::from_tokens(["components", "schemas"]);
        let mut lowered = IndexMap::with_capacity(schemas.len());
        // Room for those that are no references has been made in this order.
        let mut ids = (0u32..).map(SchemaId);
        for (name, schema) in schemas {
            let pointer = base.child(&name);
            let used = match schema {
                ReferenceOr::Item(schema) => {
                    let id = ids.next();
                    if let Some(id) = id {
                        self.fill_schema(id, schema, pointer.clone(), Some(name.clone()));
                    }
                    SchemaUse {
                        schema: id,
                        reference: None,
                        pointer,
                    }
                }
                reference => self.lower_schema_use(reference, pointer),
            };
            lowered.insert(name, used);
        }
        lowered
    }

    pub(super) fn lower_schema_use(
        &mut self,
        schema: ReferenceOr<openapiv3::Schema>,
        pointer: JsonPointer,
    ) -> SchemaUse {
        match schema {
            ReferenceOr::Reference { reference } => SchemaUse {
                schema: self.names.schema(&reference),
                reference: Some(reference),
                pointer,
            },
            ReferenceOr::Item(schema) => {
                let id = self.reserve_schema();
                self.fill_schema(id, schema, pointer.clone(), None);
                SchemaUse {
                    schema: Some(id),
                    reference: None,
                    pointer,
                }
            }
        }
    }

    fn fill_schema(
        &mut self,
        id: SchemaId,
        schema: openapiv3::Schema,
        pointer: JsonPointer,
        component: Option<String>,
    ) {
        let mut kept = self.kept.all(&pointer).unwrap_or_default();
        let mut facts = Schema {
            id,
            component,
            pointer,
            ..Schema::default()
        };
        fill_data(&mut facts, schema.schema_data);
        self.fill_kind(&mut facts, schema.schema_kind, &mut kept);
        fill_written(&mut facts, &mut kept);
        if !kept.is_empty() {
            self.fill_later(&mut facts, &mut kept);
        }
        if !kept.is_empty() {
            facts.as_written = Some(Box::new(kept.into_iter().collect()));
        }
        let place = usize::try_from(id.0).ok();
        if let Some(slot) = place.and_then(|place| self.schemas.list.get_mut(place)) {
            **slot = facts;
        }
    }

    fn fill_kind(&mut self, facts: &mut Schema, kind: SchemaKind, kept: &mut Map<String, Value>) {
        match kind {
            SchemaKind::Type(Type::String(string)) => scalars::fill_string(facts, string),
            SchemaKind::Type(Type::Number(number)) => scalars::fill_number(facts, number, kept),
            SchemaKind::Type(Type::Integer(integer)) => scalars::fill_integer(facts, integer, kept),
            SchemaKind::Type(Type::Boolean(boolean)) => {
                facts.ty = Some(SchemaType::Boolean);
                facts.enum_values = scalars::values(boolean.enumeration);
            }
            SchemaKind::Type(Type::Object(object)) => self.fill_object(facts, object),
            SchemaKind::Type(Type::Array(array)) => self.fill_array(facts, array),
            SchemaKind::OneOf { one_of } => {
                facts.one_of = self.lower_members(facts, "oneOf", one_of)
            }
            SchemaKind::AllOf { all_of } => {
                facts.all_of = self.lower_members(facts, "allOf", all_of)
            }
            SchemaKind::AnyOf { any_of } => {
                facts.any_of = self.lower_members(facts, "anyOf", any_of)
            }
            SchemaKind::Not { not } => {
                facts.not = Some(self.lower_schema_use(*not, facts.pointer.child("not")));
            }
            SchemaKind::Any(any) => self.fill_any(facts, any, kept),
        }
    }

    fn fill_object(&mut self, facts: &mut Schema, object: ObjectType) {
        facts.ty = Some(SchemaType::Object);
        facts.properties = self.lower_properties(facts, object.properties);
        facts.required = object.required;
        facts.additional_properties = self.lower_additional(facts, object.additional_properties);
        set_limits(
            facts,
            Limits {
                min_properties: object.min_properties,
                max_properties: object.max_properties,
                ..Limits::default()
            },
        );
    }

    fn fill_array(&mut self, facts: &mut Schema, array: ArrayType) {
        facts.ty = Some(SchemaType::Array);
        facts.items = self.lower_items(facts, array.items);
        set_limits(
            facts,
            Limits {
                min_items: array.min_items,
                max_items: array.max_items,
                unique_items: array.unique_items.then_some(true),
                ..Limits::default()
            },
        );
    }

    fn fill_any(&mut self, facts: &mut Schema, any: AnySchema, kept: &mut Map<String, Value>) {
        facts.ty = any.typ.as_deref().and_then(SchemaType::parse);
        facts.format = any.format;
        facts.enum_values = any.enumeration;
        facts.properties = self.lower_properties(facts, any.properties);
        facts.required = any.required;
        facts.additional_properties = self.lower_additional(facts, any.additional_properties);
        facts.items = self.lower_items(facts, any.items);
        facts.all_of = self.lower_members(facts, "allOf", any.all_of);
        facts.one_of = self.lower_members(facts, "oneOf", any.one_of);
        facts.any_of = self.lower_members(facts, "anyOf", any.any_of);
        facts.not = any
            .not
            .map(|not| self.lower_schema_use(*not, facts.pointer.child("not")));
        let numbers = number_limits(
            (any.minimum.map(float), any.exclusive_minimum),
            (any.maximum.map(float), any.exclusive_maximum),
            kept,
        );
        set_limits(
            facts,
            Limits {
                multiple_of: any.multiple_of.map(float),
                min_length: any.min_length,
                max_length: any.max_length,
                pattern: any.pattern,
                min_items: any.min_items,
                max_items: any.max_items,
                unique_items: any.unique_items,
                min_properties: any.min_properties,
                max_properties: any.max_properties,
                ..numbers
            },
        );
    }

    fn lower_properties(
        &mut self,
        facts: &Schema,
        properties: Properties,
    ) -> IndexMap<String, SchemaUse> {
        let base = facts.pointer.child("properties");
        let properties = properties.into_iter().map(|(name, schema)| {
            let used = self.lower_schema_use(schema.unbox(), base.child(&name));
            (name, used)
        });
        properties.collect()
    }

    fn lower_items(
        &mut self,
        facts: &Schema,
        items: Option<ReferenceOr<Box<openapiv3::Schema>>>,
    ) -> Option<SchemaUse> {
        Some(self.lower_schema_use(items?.unbox(), facts.pointer.child("items")))
    }

    fn lower_additional(
        &mut self,
        facts: &Schema,
        additional: Option<openapiv3::AdditionalProperties>,
    ) -> Option<AdditionalProperties> {
        Some(match additional? {
            openapiv3::AdditionalProperties::Any(flag) => AdditionalProperties::Flag(flag),
            openapiv3::AdditionalProperties::Schema(schema) => {
                let pointer = facts.pointer.child("additionalProperties");
                AdditionalProperties::Schema(self.lower_schema_use(*schema, pointer))
            }
        })
    }

    fn lower_members(
        &mut self,
        facts: &Schema,
        keyword: &str,
        members: Vec<ReferenceOr<openapiv3::Schema>>,
    ) -> Vec<SchemaUse> {
        let base = facts.pointer.child(keyword);
        let members = members.into_iter().enumerate();
        members
            .map(|(index, member)| self.lower_schema_use(member, base.index(index)))
            .collect()
    }
}

fn fill_data(facts: &mut Schema, data: SchemaData) {
    facts.title = data.title;
    facts.description = data.description;
    facts.nullable = data.nullable;
    facts.read_only = data.read_only;
    facts.write_only = data.write_only;
    facts.deprecated = data.deprecated;
    facts.default = data.default.map(Arc::new);
    facts.example = data.example.map(Arc::new);
    facts.extensions = data.extensions;
    facts.extensions.shift_remove(PREFIX_MARK);
    facts.external_docs = head::external_docs(data.external_docs, &facts.pointer).map(Box::new);
    facts.discriminator = data.discriminator.map(|discriminator| {
        Box::new(Discriminator {
            property_name: discriminator.property_name,
            mapping: discriminator.mapping,
            extensions: discriminator.extensions,
            pointer: facts.pointer.child("discriminator"),
        })
    });
}

/// Puts back null among the values of an `enum`, and the names that were taken off the list of required properties.
fn fill_written(facts: &mut Schema, kept: &mut Map<String, Value>) {
    if let Some(place) = kept.remove(ENUM_NULL).and_then(|place| place.as_u64()) {
        let place = usize::try_from(place).unwrap_or(usize::MAX);
        let place = place.min(facts.enum_values.len());
        facts.enum_values.insert(place, Value::Null);
    }
    let written = match kept.get("required") {
        Some(Value::Array(names)) => names.iter().map(|name| name.as_str().map(str::to_owned)),
        _ => return,
    };
    let Some(written) = written.collect::<Option<Vec<String>>>() else {
        return;
    };
    kept.shift_remove("required");
    let unknown = written.iter().filter(|name| !facts.required.contains(name));
    facts.required_unknown = unknown.cloned().collect();
    facts.required = written;
}

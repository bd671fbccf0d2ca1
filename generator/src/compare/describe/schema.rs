//! What a schema says: every keyword, and the schemas within.

use super::head::external_docs;
use super::{Describer, object, values};
use crate::compare::What;
use crate::compare::item::{Body, Item, Part};
use crate::facts::{
    AdditionalProperties, Discriminator, JsonSchemaKeywords, Limits, Number, Schema, SchemaId,
    SchemaUse, Xml,
};
use crate::pointer::JsonPointer;
use serde_json::Value;

/// How many references in a row are followed.
const MAX_STEPS: usize = 16;

impl<'d> Describer<'d> {
    /// What a schema says itself; the schemas within are parts.
    pub(in crate::compare) fn schema(&self, schema: &'d Schema) -> Item<'d> {
        let mut item = Item::new(&schema.pointer);
        item.text("title", schema.title.as_deref());
        item.text("description", schema.description.as_deref());
        item.text("example", schema.example.as_deref().cloned());
        item.text(
            "externalDocs",
            schema.external_docs.as_deref().map(external_docs),
        );
        item.value("type", schema.ty.map(|ty| ty.as_str()));
        item.value("format", schema.format.as_deref());
        item.flag("nullable", schema.nullable);
        item.flag("readOnly", schema.read_only);
        item.flag("writeOnly", schema.write_only);
        item.flag("deprecated", schema.deprecated);
        item.set("enum", schema.enum_values.iter().cloned());
        item.value("default", schema.default.as_deref().cloned());
        item.set("required", values(&schema.required));
        limits(&mut item, schema.limits());
        item.value("xml", schema.xml.as_deref().map(xml));
        item.extensions(&schema.extensions);
        for (name, property) in &schema.properties {
            item.part(
                self.schema_part(What::Property, "properties", name, property)
                    .labelled(format!("property `{name}`")),
            );
        }
        self.rest(
            &mut item,
            "additionalProperties",
            schema.additional_properties.as_ref(),
        );
        for (keyword, one) in [("items", &schema.items), ("not", &schema.not)] {
            self.within(&mut item, keyword, one.as_ref());
        }
        for (keyword, members) in [
            ("allOf", &schema.all_of),
            ("oneOf", &schema.one_of),
            ("anyOf", &schema.any_of),
        ] {
            for member in members {
                item.part(self.member(keyword, member));
            }
        }
        if let Some(discriminator) = &schema.discriminator {
            self.discriminator(&mut item, discriminator);
        }
        if let Some(later) = &schema.later {
            self.later(&mut item, later);
        }
        item
    }

    /// The schema that is meant by one that only puts texts beside another, as keys beside a `$ref` do.
    fn meant(&self, id: SchemaId) -> SchemaId {
        let mut meant = id;
        if self.texts {
            return meant;
        }
        // A chain of references ends, or is a circle that no value is an instance of.
        for _ in 0..MAX_STEPS {
            let schema = self.document.schemas.get(meant);
            let Some(next) = schema.and_then(only_member) else {
                break;
            };
            meant = next;
        }
        meant
    }

    /// A schema where it is used.
    pub(super) fn schema_part(
        &self,
        what: What,
        group: &'static str,
        name: &str,
        used: &'d SchemaUse,
    ) -> Part<'d> {
        let body = match (used.schema, &used.reference) {
            (Some(id), _) => Body::Schema(self.meant(id)),
            (None, text) => Body::Lost(text.as_deref().unwrap_or_default()),
        };
        Part::named(what, group, name, &used.pointer, body).labelled(name.to_owned())
    }

    /// The schema at a keyword, where there is one.
    fn within(&self, item: &mut Item<'d>, keyword: &'static str, used: Option<&'d SchemaUse>) {
        if let Some(used) = used {
            item.part(self.schema_part(What::Schema, keyword, keyword, used));
        }
    }

    /// What is a flag or a schema.
    fn rest(
        &self,
        item: &mut Item<'d>,
        keyword: &'static str,
        rest: Option<&'d AdditionalProperties>,
    ) {
        match rest {
            Some(AdditionalProperties::Flag(flag)) => item.value(keyword, Some(*flag)),
            Some(AdditionalProperties::Schema(used)) => self.within(item, keyword, Some(used)),
            None => {}
        }
    }

    /// A member of a composition. It is paired by the name of its component, then by what it says, then with what is left over,
    /// unless its component is known to both documents and so is simply not a member of the other.
    fn member(&self, keyword: &'static str, used: &'d SchemaUse) -> Part<'d> {
        let meant = used.schema.map(|id| self.meant(id));
        let schema = meant.and_then(|id| self.document.schemas.get(id));
        let component = schema
            .and_then(|schema| schema.component.as_deref())
            .filter(|_| used.reference.is_some() || meant != used.schema);
        let print = meant
            .and_then(|id| self.prints.get(&id))
            .copied()
            .unwrap_or_default();
        let said = format!("says {print:x}");
        let (name, label) = match (component, schema.and_then(|schema| schema.ty)) {
            (Some(name), _) => (name.to_owned(), format!("`{keyword}` member `{name}`")),
            (None, Some(ty)) => (ty.to_string(), format!("`{keyword}` member of type {ty}")),
            (None, None) => (keyword.to_owned(), format!("`{keyword}` member")),
        };
        let first = component.map_or_else(|| said.clone(), |name| format!("is {name}"));
        self.schema_part(What::Member, keyword, &name, used)
            .labelled(label)
            .keyed(vec![first, said])
            .fits_any(!component.is_some_and(|name| self.is_shared_name(name)))
    }

    fn discriminator(&self, item: &mut Item<'d>, discriminator: &'d Discriminator) {
        let property = discriminator.property_name.as_str();
        item.value(["discriminator", "propertyName"], Some(property));
        item.extensions(&discriminator.extensions);
        for (value, text) in &discriminator.mapping {
            let component = text.rsplit('/').next().unwrap_or_default();
            let used = self.document.components.schemas.get(component);
            if let Some(used) = used {
                // A mapping leads to schemas as a reference does, so what they say counts.
                item.part(
                    self.schema_part(What::Schema, "mapping", value, used)
                        .labelled(format!("discriminator's `{value}`")),
                );
            }
            if used.is_none() || self.is_shared_name(component) {
                item.value(
                    ["discriminator", "mapping", value.as_str()],
                    Some(component),
                );
            }
        }
    }

    fn later(&self, item: &mut Item<'d>, later: &'d JsonSchemaKeywords) {
        item.text("$comment", later.comment.as_deref());
        if !later.examples.is_empty() {
            item.text("examples", Some(later.examples.clone()));
        }
        item.value("minContains", later.min_contains);
        item.value("maxContains", later.max_contains);
        item.value("contentEncoding", later.content_encoding.as_deref());
        item.value("contentMediaType", later.content_media_type.as_deref());
        item.value("$dynamicRef", later.dynamic_ref.as_deref());
        item.value("items", later.items_after_prefix);
        for (name, required) in &later.dependent_required {
            item.set(["dependentRequired", name.as_str()], values(required));
        }
        for (keyword, one) in [
            ("propertyNames", &later.property_names),
            ("if", &later.if_schema),
            ("then", &later.then_schema),
            ("else", &later.else_schema),
            ("contains", &later.contains),
            ("contentSchema", &later.content_schema),
        ] {
            self.within(item, keyword, one.as_ref());
        }
        for (keyword, rest) in [
            ("unevaluatedProperties", &later.unevaluated_properties),
            ("unevaluatedItems", &later.unevaluated_items),
        ] {
            self.rest(item, keyword, rest.as_ref());
        }
        for (index, used) in later.prefix_items.iter().enumerate() {
            let name = index.to_string();
            item.part(
                self.schema_part(What::Schema, "prefixItems", &name, used)
                    .labelled(format!("prefix item {index}")),
            );
        }
        for (keyword, map) in [
            ("patternProperties", &later.pattern_properties),
            ("dependentSchemas", &later.dependent_schemas),
        ] {
            for (name, used) in map {
                item.part(
                    self.schema_part(What::Schema, keyword, name, used)
                        .labelled(format!("`{keyword}` for `{name}`")),
                );
            }
        }
    }
}

fn limits(item: &mut Item<'_>, limits: &Limits) {
    item.value("minimum", limits.minimum.map(number));
    item.value("maximum", limits.maximum.map(number));
    item.value("exclusiveMinimum", limits.exclusive_minimum.map(number));
    item.value("exclusiveMaximum", limits.exclusive_maximum.map(number));
    item.value("multipleOf", limits.multiple_of.map(number));
    item.value("minLength", limits.min_length);
    item.value("maxLength", limits.max_length);
    item.value("pattern", limits.pattern.as_deref());
    item.value("minItems", limits.min_items);
    item.value("maxItems", limits.max_items);
    item.flag("uniqueItems", limits.unique_items == Some(true));
    item.value("minProperties", limits.min_properties);
    item.value("maxProperties", limits.max_properties);
}

/// A number, so that 5 and 5.0 are the same.
fn number(number: Number) -> Value {
    match number {
        Number::Integer(number) => number.into(),
        Number::Float(number) => {
            let text = number.to_string();
            text.parse::<i64>()
                .map_or_else(|_| Value::from(number), Value::from)
        }
    }
}

fn xml(xml: &Xml) -> Value {
    object([
        ("name", xml.name.as_deref().map(Value::from)),
        ("namespace", xml.namespace.as_deref().map(Value::from)),
        ("prefix", xml.prefix.as_deref().map(Value::from)),
        ("attribute", xml.attribute.then_some(true.into())),
        ("wrapped", xml.wrapped.then_some(true.into())),
        (
            "extensions",
            (!xml.extensions.is_empty())
                .then(|| Value::Object(xml.extensions.clone().into_iter().collect())),
        ),
    ])
}

/// The one member of a schema that has texts and an `allOf` of one member, and says no more.
fn only_member(schema: &Schema) -> Option<SchemaId> {
    let [
        SchemaUse {
            schema: Some(id), ..
        },
    ] = schema.all_of.as_slice()
    else {
        return None;
    };
    let rest = Schema {
        id: SchemaId::default(),
        title: None,
        description: None,
        example: None,
        external_docs: None,
        component: None,
        as_written: None,
        all_of: Vec::new(),
        pointer: JsonPointer::root(),
        ..schema.clone()
    };
    (rest == Schema::default()).then_some(*id)
}

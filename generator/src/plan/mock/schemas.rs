//! Schemas of a document as JSON Schema 2020-12, which is what validators read: null is a type, and a limit without its value is a
//! keyword of its own.
//!
//! What a value has to keep is there, and what a value is made up from (`format`, one of `examples`, `discriminator`); nothing else is.

use crate::facts::{
    self, AdditionalProperties, Discriminator, JsonSchemaKeywords, Limits, Number, Schema,
    SchemaId, SchemaUse,
};
use crate::plan::shape::examples::has_format;
use indexmap::IndexMap;
use serde_json::{Map, Value, json};

/// How deep schemas that stand in each other go; what is deeper is told as any value.
const MAX_DEPTH: usize = 64;

/// The schemas of a document.
pub(super) struct Schemas<'f> {
    facts: &'f facts::Schemas,
}

impl<'f> Schemas<'f> {
    pub(super) fn new(facts: &'f facts::Schemas) -> Self {
        Self { facts }
    }

    /// The components, by the names under which they are referred to.
    pub(super) fn components(&self) -> impl Iterator<Item = (String, Value)> {
        self.facts.iter().filter_map(|(id, schema)| {
            let name = name_of(id, schema.component.as_deref()?);
            Some((name, self.schema(schema, 0)))
        })
    }

    /// A schema where it is used.
    pub(super) fn of(&self, used: &SchemaUse) -> Value {
        self.used(used, 0)
    }

    fn used(&self, used: &SchemaUse, depth: usize) -> Value {
        let Some((id, schema)) = used.schema.and_then(|id| Some((id, self.facts.get(id)?))) else {
            return Value::Bool(true);
        };
        match &schema.component {
            Some(name) => json!({ "$ref": format!("#/$defs/{}", name_of(id, name)) }),
            None if depth >= MAX_DEPTH => Value::Bool(true),
            None => self.schema(schema, depth + 1),
        }
    }

    fn list(&self, used: &[SchemaUse], depth: usize) -> Value {
        used.iter().map(|used| self.used(used, depth)).collect()
    }

    fn schema(&self, schema: &Schema, depth: usize) -> Value {
        let mut told = Map::new();
        if let Some(ty) = schema.ty {
            told.insert("type".to_owned(), ty.as_str().into());
        }
        if !schema.enum_values.is_empty() {
            told.insert("enum".to_owned(), schema.enum_values.clone().into());
        }
        limits(schema.limits(), &mut told);
        self.object(schema, depth, &mut told);
        self.items(schema, depth, &mut told);
        let composed = [
            ("allOf", &schema.all_of),
            ("oneOf", &schema.one_of),
            ("anyOf", &schema.any_of),
        ];
        for (keyword, members) in composed {
            if !members.is_empty() {
                told.insert(keyword.to_owned(), self.list(members, depth));
            }
        }
        further_members(&mut told);
        if let Some(not) = &schema.not {
            told.insert("not".to_owned(), self.used(not, depth));
        }
        if let Some(discriminator) = &schema.discriminator {
            told.insert(
                "discriminator".to_owned(),
                self.discriminator(discriminator),
            );
        }
        annotations(schema, &mut told);
        match schema.nullable {
            true => nullable(told),
            false => Value::Object(told),
        }
    }

    fn object(&self, schema: &Schema, depth: usize, told: &mut Map<String, Value>) {
        let map = |uses: &IndexMap<String, SchemaUse>| -> Value {
            let members = uses.iter();
            let members = members.map(|(name, used)| (name.clone(), self.used(used, depth)));
            Value::Object(members.collect())
        };
        if !schema.properties.is_empty() {
            told.insert("properties".to_owned(), map(&schema.properties));
        }
        let required: Vec<&str> = schema.required_properties().collect();
        if !required.is_empty() {
            told.insert("required".to_owned(), required.into());
        }
        match &schema.additional_properties {
            Some(AdditionalProperties::Flag(false)) => {
                told.insert("additionalProperties".to_owned(), false.into());
            }
            Some(AdditionalProperties::Schema(used)) => {
                told.insert("additionalProperties".to_owned(), self.used(used, depth));
            }
            Some(AdditionalProperties::Flag(true)) | None => {}
        }
        if let Some(patterns) = schema.later().map(|later| &later.pattern_properties)
            && !patterns.is_empty()
        {
            told.insert("patternProperties".to_owned(), map(patterns));
        }
    }

    fn items(&self, schema: &Schema, depth: usize, told: &mut Map<String, Value>) {
        match schema.later() {
            // `items` is then any of the items, whichever place they have.
            Some(JsonSchemaKeywords {
                prefix_items,
                items_after_prefix,
                ..
            }) if !prefix_items.is_empty() => {
                told.insert("prefixItems".to_owned(), self.list(prefix_items, depth));
                if *items_after_prefix == Some(false) {
                    told.insert("items".to_owned(), false.into());
                }
            }
            _ => {
                if let Some(items) = &schema.items {
                    told.insert("items".to_owned(), self.used(items, depth));
                }
            }
        }
    }

    /// The property that tells the members of a union apart, and which value stands for which component.
    fn discriminator(&self, discriminator: &Discriminator) -> Value {
        let names = discriminator.mapping.iter().map(|(tag, schema)| {
            let name = schema.rsplit('/').next().unwrap_or(schema);
            (tag.clone(), Value::String(name.to_owned()))
        });
        json!({
            "propertyName": discriminator.property_name,
            "mapping": Value::Object(names.collect()),
        })
    }
}

/// The name of a component in a reference. One that a URI fragment cannot hold as it is gets its number for a name.
fn name_of(id: SchemaId, name: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    match name.chars().all(is_plain) {
        true => name.to_owned(),
        false => format!("component.{}", id.0),
    }
}

/// Takes what parts of an `allOf` say of further members for what it says of members that no part names: that is how documents mean it,
/// and how types are made of it.
fn further_members(told: &mut Map<String, Value>) {
    let Some(Value::Array(parts)) = told.get_mut("allOf") else {
        return;
    };
    let parts = parts.iter_mut().filter_map(Value::as_object_mut);
    let further = parts.filter_map(|part| {
        let is_schema = part
            .get("additionalProperties")
            .is_some_and(Value::is_object);
        is_schema.then(|| part.remove("additionalProperties"))?
    });
    // Each is taken off its part; where several parts say something, the first one's stands.
    let further: Vec<Value> = further.collect();
    if let Some(schema) = further.into_iter().next() {
        told.insert("unevaluatedProperties".to_owned(), schema);
    }
}

/// What is no rule for a value.
fn annotations(schema: &Schema, told: &mut Map<String, Value>) {
    // A list of values that do not have it says that the format is none.
    let texts = schema.enum_values.iter().filter_map(Value::as_str);
    let has_it = |format: &&String| texts.clone().all(|text| has_format(format, text));
    if let Some(format) = schema.format.as_ref().filter(has_it) {
        told.insert("format".to_owned(), format.clone().into());
    }
    for (keyword, is_so) in [
        ("readOnly", schema.read_only),
        ("writeOnly", schema.write_only),
    ] {
        if is_so {
            told.insert(keyword.to_owned(), true.into());
        }
    }
    let shown = schema.example.as_ref().or(schema.default.as_ref());
    // What has members has examples of its own.
    if let Some(shown) = shown.filter(|_| schema.properties.is_empty()) {
        told.insert("examples".to_owned(), json!([shown.as_ref()]));
    }
}

/// The same schema, that takes null beside what it took.
fn nullable(mut told: Map<String, Value>) -> Value {
    let is_composed = ["allOf", "oneOf", "anyOf", "not"]
        .iter()
        .any(|keyword| told.contains_key(*keyword));
    if is_composed {
        let flags = ["readOnly", "writeOnly"].map(|flag| (flag, told.remove(flag)));
        let mut outer = Map::new();
        outer.insert("anyOf".to_owned(), json!([told, {"type": "null"}]));
        for (flag, value) in flags {
            outer.extend(value.map(|value| (flag.to_owned(), value)));
        }
        return Value::Object(outer);
    }
    if let Some(Value::Array(values)) = told.get_mut("enum")
        && !values.contains(&Value::Null)
    {
        values.push(Value::Null);
    }
    if let Some(ty) = told.get("type").cloned() {
        told.insert("type".to_owned(), json!([ty, "null"]));
    }
    Value::Object(told)
}

fn limits(limits: &Limits, told: &mut Map<String, Value>) {
    let numbers = [
        ("minimum", limits.minimum),
        ("maximum", limits.maximum),
        ("exclusiveMinimum", limits.exclusive_minimum),
        ("exclusiveMaximum", limits.exclusive_maximum),
        ("multipleOf", limits.multiple_of),
    ];
    for (keyword, number) in numbers {
        let number = number.map(|number| match number {
            Number::Integer(number) => number.into(),
            Number::Float(number) => number.into(),
        });
        told.extend(number.map(|number: Value| (keyword.to_owned(), number)));
    }
    let counts = [
        ("minLength", limits.min_length),
        ("maxLength", limits.max_length),
        ("minItems", limits.min_items),
        ("maxItems", limits.max_items),
        ("minProperties", limits.min_properties),
        ("maxProperties", limits.max_properties),
    ];
    for (keyword, count) in counts {
        told.extend(count.map(|count| (keyword.to_owned(), count.into())));
    }
    if let Some(pattern) = &limits.pattern {
        told.insert("pattern".to_owned(), pattern.clone().into());
    }
    if limits.unique_items == Some(true) {
        told.insert("uniqueItems".to_owned(), true.into());
    }
}

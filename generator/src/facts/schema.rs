//! Schemas: every keyword of OpenAPI 3.0 and of JSON Schema 2020-12 (OpenAPI 3.1), typed.
//!
//! What most schemas do not have stands behind a box, since documents have a hundred thousand schemas.

use super::{AsWritten, Extensions, ExternalDocs, SharedValue};
use crate::pointer::JsonPointer;
use indexmap::IndexMap;
use serde_json::Value;
use std::fmt;

/// The place of a schema in [`Schemas`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SchemaId(pub(crate) u32);

/// Every schema of a document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Schemas {
    #[allow(
        clippy::vec_box,
        reason = "one block of all schemas would stand in memory twice whenever it grows"
    )]
    pub(crate) list: Vec<Box<Schema>>,
}

impl Schemas {
    /// The schema of this id; `None` only for an id of another document.
    pub fn get(&self, id: SchemaId) -> Option<&Schema> {
        self.list.get(usize::try_from(id.0).ok()?).map(Box::as_ref)
    }

    /// The schema that is meant where one is used; `None` when the reference leads nowhere.
    pub fn of(&self, used: &SchemaUse) -> Option<&Schema> {
        self.get(used.schema?)
    }

    /// All of them, each with its id: the components first, in the document's order.
    pub fn iter(&self) -> impl Iterator<Item = (SchemaId, &Schema)> {
        let ids = (0u32..).map(SchemaId);
        ids.zip(self.list.iter().map(Box::as_ref))
    }
}

/// A schema where one is used: it stands there itself, or is a component that is referred to.
#[derive(Clone, Debug, PartialEq)]
pub struct SchemaUse {
    /// The schema itself; `None` when the reference leads nowhere.
    pub schema: Option<SchemaId>,
    /// `$ref`, as it stands in the tree of all files; `None` when the schema stands here.
    pub reference: Option<String>,
    /// Where the use stands: the schema's own place, or the reference's.
    pub pointer: JsonPointer,
}

impl SchemaUse {
    /// The schema, where it stands here and is no reference.
    pub fn inline(&self) -> Option<SchemaId> {
        self.schema.filter(|_| self.reference.is_none())
    }
}

/// The types of OpenAPI 3.0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SchemaType {
    /// `string`.
    String,
    /// `integer`.
    Integer,
    /// `number`.
    Number,
    /// `boolean`.
    Boolean,
    /// `array`.
    Array,
    /// `object`.
    Object,
}

impl SchemaType {
    /// The type of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "string" => Self::String,
            "integer" => Self::Integer,
            "number" => Self::Number,
            "boolean" => Self::Boolean,
            "array" => Self::Array,
            "object" => Self::Object,
            _ => return None,
        })
    }

    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::Array => "array",
            Self::Object => "object",
        }
    }
}

impl fmt::Display for SchemaType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A number in a schema.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number {
    /// A whole number.
    Integer(i64),
    /// Any other.
    Float(f64),
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer(number) => write!(f, "{number}"),
            Self::Float(number) => write!(f, "{number}"),
        }
    }
}

/// The limits that a schema sets on its values.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Limits {
    /// `minimum`, unless it is exclusive.
    pub minimum: Option<Number>,
    /// `maximum`, unless it is exclusive.
    pub maximum: Option<Number>,
    /// The number that values must be above: 3.1's `exclusiveMinimum`, or 3.0's `minimum` with that flag.
    pub exclusive_minimum: Option<Number>,
    /// The number that values must be below: 3.1's `exclusiveMaximum`, or 3.0's `maximum` with that flag.
    pub exclusive_maximum: Option<Number>,
    /// `multipleOf`.
    pub multiple_of: Option<Number>,
    /// `minLength`.
    pub min_length: Option<usize>,
    /// `maxLength`.
    pub max_length: Option<usize>,
    /// `pattern`.
    pub pattern: Option<String>,
    /// `minItems`.
    pub min_items: Option<usize>,
    /// `maxItems`.
    pub max_items: Option<usize>,
    /// `uniqueItems`; `None` when nothing is said.
    pub unique_items: Option<bool>,
    /// `minProperties`.
    pub min_properties: Option<usize>,
    /// `maxProperties`.
    pub max_properties: Option<usize>,
}

/// A schema.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Schema {
    /// Its place in [`Schemas`].
    pub id: SchemaId,
    /// `title`.
    pub title: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// `type`, where it is one; a list of types is read as `any_of`, and kept in [`JsonSchemaKeywords::types`].
    pub ty: Option<SchemaType>,
    /// `format`.
    pub format: Option<String>,
    /// `nullable`, or what says the same in 3.1.
    pub nullable: bool,
    /// `readOnly`.
    pub read_only: bool,
    /// `writeOnly`.
    pub write_only: bool,
    /// `deprecated`.
    pub deprecated: bool,
    /// `enum`, with null where it stands; a `const` is an `enum` of one value.
    pub enum_values: Vec<Value>,
    /// `default`.
    pub default: Option<SharedValue>,
    /// `example`; in 3.1, the first of `examples`.
    pub example: Option<SharedValue>,
    /// Limits on the values.
    pub limits: Option<Box<Limits>>,
    /// `properties`, in the document's order.
    pub properties: IndexMap<String, SchemaUse>,
    /// `required`: the author's list.
    pub required: Vec<String>,
    /// The names in `required` that no property has, where nothing else could have it.
    pub required_unknown: Vec<String>,
    /// `additionalProperties`.
    pub additional_properties: Option<AdditionalProperties>,
    /// `items`. Beside `prefixItems` it is any of the items, whichever place they have.
    pub items: Option<SchemaUse>,
    /// `allOf`.
    pub all_of: Vec<SchemaUse>,
    /// `oneOf`.
    pub one_of: Vec<SchemaUse>,
    /// `anyOf`.
    pub any_of: Vec<SchemaUse>,
    /// `not`.
    pub not: Option<SchemaUse>,
    /// `discriminator`.
    pub discriminator: Option<Box<Discriminator>>,
    /// `xml`.
    pub xml: Option<Box<Xml>>,
    /// `externalDocs`.
    pub external_docs: Option<Box<ExternalDocs>>,
    /// What JSON Schema 2020-12 has and OpenAPI 3.0 has not.
    pub later: Option<Box<JsonSchemaKeywords>>,
    /// What repairs changed or left out, as the author wrote it.
    pub as_written: Option<Box<AsWritten>>,
    /// Its extensions.
    pub extensions: Extensions,
    /// The name of the component that it is, where it is one.
    pub component: Option<String>,
    /// Where it stands.
    pub pointer: JsonPointer,
}

impl Schema {
    /// The limits, all of them absent where there are none.
    pub fn limits(&self) -> &Limits {
        static NONE: Limits = Limits {
            minimum: None,
            maximum: None,
            exclusive_minimum: None,
            exclusive_maximum: None,
            multiple_of: None,
            min_length: None,
            max_length: None,
            pattern: None,
            min_items: None,
            max_items: None,
            unique_items: None,
            min_properties: None,
            max_properties: None,
        };
        self.limits.as_deref().unwrap_or(&NONE)
    }

    /// What the author wrote at `keyword`, where a repair changed it.
    pub fn written(&self, keyword: &str) -> Option<&Value> {
        self.as_written.as_ref()?.get(keyword)
    }

    /// The keywords of 3.1 alone, where there are any.
    pub fn later(&self) -> Option<&JsonSchemaKeywords> {
        self.later.as_deref()
    }

    /// The names in `required` of properties that may be there.
    pub fn required_properties(&self) -> impl Iterator<Item = &str> {
        let names = self.required.iter().map(String::as_str);
        names.filter(|name| !self.required_unknown.iter().any(|unknown| unknown == name))
    }
}

/// `additionalProperties`, and what else is a flag or a schema.
#[derive(Clone, Debug, PartialEq)]
pub enum AdditionalProperties {
    /// Whether there may be any.
    Flag(bool),
    /// What they are.
    Schema(SchemaUse),
}

/// `discriminator`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Discriminator {
    /// `propertyName`.
    pub property_name: String,
    /// `mapping`: values of the property, with the schema that each stands for.
    pub mapping: IndexMap<String, String>,
    /// Its extensions.
    pub extensions: Extensions,
    /// Where it stands.
    pub pointer: JsonPointer,
}

/// `xml`: how a value is written in XML.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Xml {
    /// `name`.
    pub name: Option<String>,
    /// `namespace`.
    pub namespace: Option<String>,
    /// `prefix`.
    pub prefix: Option<String>,
    /// `attribute`.
    pub attribute: bool,
    /// `wrapped`.
    pub wrapped: bool,
    /// Its extensions.
    pub extensions: Extensions,
    /// Where it stands.
    pub pointer: JsonPointer,
}

/// Null as a member of `oneOf` or `anyOf`, by which 3.1 makes a schema nullable.
#[derive(Clone, Debug, PartialEq)]
pub struct NullMember {
    /// `oneOf` or `anyOf`.
    pub keyword: String,
    /// The members that are null, as the author wrote them.
    pub members: Vec<Value>,
    /// What the only other member said and the schema says itself.
    pub overruled: AsWritten,
}

/// What JSON Schema 2020-12 (OpenAPI 3.1) has and OpenAPI 3.0 has not.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct JsonSchemaKeywords {
    /// `type`, where it is a list or null.
    pub types: Vec<String>,
    /// `const`.
    pub const_value: Option<Value>,
    /// `examples`.
    pub examples: Vec<Value>,
    /// The member of a union by which the schema is nullable.
    pub null_member: Option<NullMember>,
    /// `prefixItems`.
    pub prefix_items: Vec<SchemaUse>,
    /// Whether the items after those of `prefixItems` may be anything else: `items` beside it, where that is a flag or missing.
    pub items_after_prefix: Option<bool>,
    /// `patternProperties`, by pattern.
    pub pattern_properties: IndexMap<String, SchemaUse>,
    /// `propertyNames`.
    pub property_names: Option<SchemaUse>,
    /// `if`.
    pub if_schema: Option<SchemaUse>,
    /// `then`.
    pub then_schema: Option<SchemaUse>,
    /// `else`.
    pub else_schema: Option<SchemaUse>,
    /// `dependentRequired`.
    pub dependent_required: IndexMap<String, Vec<String>>,
    /// `dependentSchemas`.
    pub dependent_schemas: IndexMap<String, SchemaUse>,
    /// `contains`.
    pub contains: Option<SchemaUse>,
    /// `minContains`.
    pub min_contains: Option<u64>,
    /// `maxContains`.
    pub max_contains: Option<u64>,
    /// `unevaluatedProperties`.
    pub unevaluated_properties: Option<AdditionalProperties>,
    /// `unevaluatedItems`.
    pub unevaluated_items: Option<AdditionalProperties>,
    /// `contentEncoding`.
    pub content_encoding: Option<String>,
    /// `contentMediaType`.
    pub content_media_type: Option<String>,
    /// `contentSchema`.
    pub content_schema: Option<SchemaUse>,
    /// `$defs` and `definitions`: those that something refers to stand among the components as well.
    pub definitions: IndexMap<String, SchemaUse>,
    /// `$comment`.
    pub comment: Option<String>,
    /// `$schema`.
    pub dialect: Option<String>,
    /// `$id`.
    pub id: Option<String>,
    /// `$anchor`.
    pub anchor: Option<String>,
    /// `$dynamicAnchor`.
    pub dynamic_anchor: Option<String>,
    /// `$dynamicRef`.
    pub dynamic_ref: Option<String>,
}

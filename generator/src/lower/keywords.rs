//! Takes a schema, gives its keywords in one shape.
//!
//! `openapiv3` reads a schema as one of several structures, depending on which keywords stand together. What a schema means
//! follows from its keywords alone, so the rest of this phase looks at them here.

use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, IntegerFormat, NumberFormat, ReferenceOr, Schema, SchemaKind,
    StringFormat, Type, VariantOrUnknownOrEmpty as Format,
};
use serde_json::Value;

/// The properties of an object schema.
pub(super) type Properties = IndexMap<String, ReferenceOr<Box<Schema>>>;

/// The keywords of a schema that say what its values are.
#[derive(Clone, Copy, Default)]
pub(super) struct Keywords<'d> {
    /// `type`.
    pub(super) ty: Option<&'d str>,
    /// `format`; empty when there is none.
    pub(super) format: &'d str,
    /// `properties`.
    pub(super) properties: Option<&'d Properties>,
    /// `required`.
    pub(super) required: &'d [String],
    /// `additionalProperties`.
    pub(super) additional: Option<&'d AdditionalProperties>,
    /// `items`.
    pub(super) items: Option<&'d ReferenceOr<Box<Schema>>>,
    /// `allOf`.
    pub(super) all_of: &'d [ReferenceOr<Schema>],
    /// `oneOf`.
    pub(super) one_of: &'d [ReferenceOr<Schema>],
    /// `anyOf`.
    pub(super) any_of: &'d [ReferenceOr<Schema>],
}

impl<'d> Keywords<'d> {
    /// The keywords of a schema.
    pub(super) fn of(schema: &'d Schema) -> Self {
        let none = Self::default();
        match &schema.schema_kind {
            SchemaKind::Type(ty) => Self::of_type(ty),
            SchemaKind::OneOf { one_of } => Self { one_of, ..none },
            SchemaKind::AllOf { all_of } => Self { all_of, ..none },
            SchemaKind::AnyOf { any_of } => Self { any_of, ..none },
            SchemaKind::Not { .. } => none,
            SchemaKind::Any(any) => Self {
                ty: any.typ.as_deref(),
                format: any.format.as_deref().unwrap_or_default(),
                properties: (!any.properties.is_empty()).then_some(&any.properties),
                required: &any.required,
                additional: any.additional_properties.as_ref(),
                items: any.items.as_ref(),
                all_of: &any.all_of,
                one_of: &any.one_of,
                any_of: &any.any_of,
            },
        }
    }

    fn of_type(ty: &'d Type) -> Self {
        let none = Self::default();
        match ty {
            Type::String(string) => Self {
                ty: Some("string"),
                format: match &string.format {
                    Format::Item(StringFormat::Date) => "date",
                    Format::Item(StringFormat::DateTime) => "date-time",
                    Format::Item(StringFormat::Password) => "password",
                    Format::Item(StringFormat::Byte) => "byte",
                    Format::Item(StringFormat::Binary) => "binary",
                    Format::Unknown(format) => format,
                    Format::Empty => "",
                },
                ..none
            },
            Type::Number(number) => Self {
                ty: Some("number"),
                format: match &number.format {
                    Format::Item(NumberFormat::Float) => "float",
                    Format::Item(NumberFormat::Double) => "double",
                    Format::Unknown(format) => format,
                    Format::Empty => "",
                },
                ..none
            },
            Type::Integer(integer) => Self {
                ty: Some("integer"),
                format: match &integer.format {
                    Format::Item(IntegerFormat::Int32) => "int32",
                    Format::Item(IntegerFormat::Int64) => "int64",
                    Format::Unknown(format) => format,
                    Format::Empty => "",
                },
                ..none
            },
            Type::Boolean(_) => Self {
                ty: Some("boolean"),
                ..none
            },
            Type::Array(array) => Self {
                ty: Some("array"),
                items: array.items.as_ref(),
                ..none
            },
            Type::Object(object) => Self {
                ty: Some("object"),
                properties: (!object.properties.is_empty()).then_some(&object.properties),
                required: &object.required,
                additional: object.additional_properties.as_ref(),
                ..none
            },
        }
    }

    /// The members of `oneOf` or `anyOf`, and which of the two they are of.
    pub(super) fn members(&self) -> (&'d [ReferenceOr<Schema>], &'static str) {
        if self.one_of.is_empty() {
            (self.any_of, "anyOf")
        } else {
            (self.one_of, "oneOf")
        }
    }

    /// Whether no keyword says what the values are, so that the schema at most sets limits for another one beside it.
    pub(super) fn is_silent(&self) -> bool {
        self.ty.is_none_or(|ty| ty == "object")
            && self.properties.is_none()
            && self.additional.is_none()
            && self.items.is_none()
            && self.all_of.is_empty()
            && self.one_of.is_empty()
            && self.any_of.is_empty()
    }
}

/// The values of `enum`, without null.
pub(super) fn values(schema: &Schema) -> Vec<Value> {
    fn known<T: Clone + Into<Value>>(values: &[Option<T>]) -> Vec<Value> {
        values.iter().flatten().cloned().map(Into::into).collect()
    }
    match &schema.schema_kind {
        SchemaKind::Type(Type::String(string)) => known(&string.enumeration),
        SchemaKind::Type(Type::Integer(integer)) => known(&integer.enumeration),
        SchemaKind::Type(Type::Number(number)) => known(&number.enumeration),
        SchemaKind::Type(Type::Boolean(boolean)) => known(&boolean.enumeration),
        SchemaKind::Any(any) => any
            .enumeration
            .iter()
            .filter(|value| !value.is_null())
            .cloned()
            .collect(),
        _ => Vec::new(),
    }
}

/// Whether null is among the values of `enum`.
pub(super) fn has_null_value(schema: &Schema) -> bool {
    match &schema.schema_kind {
        SchemaKind::Type(Type::String(string)) => string.enumeration.contains(&None),
        SchemaKind::Type(Type::Integer(integer)) => integer.enumeration.contains(&None),
        SchemaKind::Type(Type::Number(number)) => number.enumeration.contains(&None),
        SchemaKind::Type(Type::Boolean(boolean)) => boolean.enumeration.contains(&None),
        SchemaKind::Any(any) => any.enumeration.contains(&Value::Null),
        _ => false,
    }
}

/// Whether null is the only value: what a member of a union says to make the others nullable.
pub(super) fn is_null(schema: &Schema) -> bool {
    let keywords = Keywords::of(schema);
    keywords.is_silent()
        && keywords.ty.is_none()
        && values(schema).is_empty()
        && (schema.schema_data.nullable || has_null_value(schema))
}

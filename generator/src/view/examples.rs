//! Values that a type can hold: the document's example where it fits the type, one made up where it does not.
//!
//! Emitted tests send and expect these values, so a value must survive decoding and encoding: no property that the type
//! does not have, no enum value that it does not know.

use super::Context;
use crate::ir::{Field, Shape, Struct, Type};
use serde_json::{Map, Value, json};

/// How deep a made-up value goes; documents nest without end.
const MAX_DEPTH: usize = 6;

impl Context<'_> {
    /// The first of the given values that fits, or one made up.
    pub(super) fn example<'v>(
        &self,
        ty: &Type,
        given: impl IntoIterator<Item = &'v Value>,
    ) -> Value {
        given
            .into_iter()
            .find(|value| self.fits(value, ty, 0))
            .cloned()
            .unwrap_or_else(|| self.make_up(ty, 0))
    }

    /// Whether a value can be decoded as a type and encoded to the same value again.
    fn fits(&self, value: &Value, ty: &Type, depth: usize) -> bool {
        if depth > MAX_DEPTH * 4 {
            return false;
        }
        match ty {
            Type::String | Type::DateTime | Type::Date => value.is_string(),
            Type::Int32 => value
                .as_i64()
                .is_some_and(|number| i32::try_from(number).is_ok()),
            Type::Int64 => value.is_i64(),
            Type::Double => value.is_f64(),
            Type::Boolean => value.is_boolean(),
            Type::Array(inner) => value
                .as_array()
                .is_some_and(|items| items.iter().all(|item| self.fits(item, inner, depth + 1))),
            Type::Map(inner) => value
                .as_object()
                .is_some_and(|map| map.values().all(|item| self.fits(item, inner, depth + 1))),
            Type::Nullable(inner) => value.is_null() || self.fits(value, inner, depth + 1),
            Type::Any => !value.is_null(),
            Type::Named(id) => match self.api.types.get(*id).map(|def| &def.shape) {
                Some(Shape::Enum(values)) => value
                    .as_str()
                    .is_some_and(|text| values.iter().any(|known| known.as_str() == text)),
                Some(Shape::Alias(inner)) => self.fits(value, inner, depth + 1),
                Some(Shape::Struct(object)) => value
                    .as_object()
                    .is_some_and(|members| self.fits_object(members, object, depth)),
                None => false,
            },
        }
    }

    fn fits_object(&self, members: &Map<String, Value>, object: &Struct, depth: usize) -> bool {
        let required = object.fields.iter().filter(|field| field.required);
        required
            .into_iter()
            .all(|field| members.contains_key(field.wire.as_str()))
            && members.iter().all(|(name, value)| {
                match object
                    .fields
                    .iter()
                    .find(|field| field.wire.as_str() == name)
                {
                    Some(field) => {
                        (value.is_null() && field.nullable)
                            || self.fits(value, &field.ty, depth + 1)
                    }
                    None => object
                        .additional
                        .as_ref()
                        .is_some_and(|ty| self.fits(value, ty, depth + 1)),
                }
            })
    }

    fn make_up(&self, ty: &Type, depth: usize) -> Value {
        match ty {
            Type::String => json!("text"),
            Type::DateTime => json!("2024-01-31T12:00:00Z"),
            Type::Date => json!("2024-01-31"),
            Type::Int32 | Type::Int64 => json!(1),
            Type::Double => json!(1.5),
            Type::Boolean => json!(true),
            Type::Array(_) | Type::Map(_) if depth >= MAX_DEPTH => match ty {
                Type::Array(_) => json!([]),
                _ => json!({}),
            },
            Type::Array(inner) => Value::Array(vec![self.make_up(inner, depth + 1)]),
            Type::Map(inner) => json!({ "key": self.make_up(inner, depth + 1) }),
            Type::Nullable(inner) => self.make_up(inner, depth + 1),
            Type::Any => json!("anything"),
            Type::Named(id) => match self.api.types.get(*id) {
                Some(def) => match &def.shape {
                    _ if def
                        .example
                        .as_ref()
                        .is_some_and(|value| self.fits(value, ty, depth)) =>
                    {
                        def.example.clone().unwrap_or_default()
                    }
                    Shape::Enum(values) => json!(values.first().map_or("", |value| value.as_str())),
                    Shape::Alias(inner) => self.make_up(inner, depth + 1),
                    Shape::Struct(object) => self.make_up_object(object, depth),
                },
                None => Value::Null,
            },
        }
    }

    fn make_up_object(&self, object: &Struct, depth: usize) -> Value {
        let wanted = |field: &&Field| field.required || (depth < MAX_DEPTH && !field.boxed);
        let members = object.fields.iter().filter(wanted).map(|field| {
            let given = field.example.iter().chain(&field.default);
            let value = given
                .into_iter()
                .find(|value| self.fits(value, &field.ty, depth + 1))
                .cloned()
                .unwrap_or_else(|| self.make_up(&field.ty, depth + 1));
            (field.wire.as_str().to_owned(), value)
        });
        Value::Object(members.collect())
    }
}

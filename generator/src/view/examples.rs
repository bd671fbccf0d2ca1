//! Values that a type can hold: the document's example where it fits the type, one made up where it does not.
//!
//! Emitted tests send and expect these values, so a value must survive decoding and encoding: no property that the type
//! does not have, no enum value that it does not know.

use super::Context;
use crate::ir::{Field, Shape, Struct, Type, TypeId};
use serde_json::{Map, Value, json};

/// How deep a made-up value goes beyond what is required; documents nest without end.
const MAX_DEPTH: usize = 6;
/// How deep a value goes at all. A type that requires itself has no value; what is made up for it ends here.
const MAX_REQUIRED_DEPTH: usize = 60;
/// How many nodes a made-up value has; types that use wide types at every level have values that fill a disk.
const MAX_NODES: usize = 400;

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
            .unwrap_or_else(|| self.make_up(ty, 0, &mut MAX_NODES.clone()))
    }

    /// Whether a value can be decoded as a type and encoded to the same value again.
    pub(super) fn is_example(&self, value: &Value, ty: &Type) -> bool {
        self.fits(value, ty, 0)
    }

    fn fits(&self, value: &Value, ty: &Type, depth: usize) -> bool {
        if depth > MAX_REQUIRED_DEPTH {
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

    /// Makes a value up; `nodes` is how many more it may have. Where they run out, or the type has no value, null stands.
    fn make_up(&self, ty: &Type, depth: usize, nodes: &mut usize) -> Value {
        if *nodes == 0 || depth > MAX_REQUIRED_DEPTH {
            return Value::Null;
        }
        *nodes -= 1;
        match ty {
            Type::String => json!("text"),
            Type::DateTime => json!("2024-01-31T12:00:00Z"),
            Type::Date => json!("2024-01-31"),
            Type::Int32 | Type::Int64 => json!(1),
            Type::Double => json!(1.5),
            Type::Boolean => json!(true),
            Type::Array(_) if depth >= MAX_DEPTH => json!([]),
            Type::Map(_) if depth >= MAX_DEPTH => json!({}),
            Type::Array(inner) => match self.make_up(inner, depth + 1, nodes) {
                Value::Null => json!([]),
                item => json!([item]),
            },
            Type::Map(inner) => match self.make_up(inner, depth + 1, nodes) {
                Value::Null => json!({}),
                item => json!({ "key": item }),
            },
            Type::Nullable(inner) => self.make_up(inner, depth + 1, nodes),
            Type::Any => json!("anything"),
            Type::Named(id) => self.make_up_named(ty, *id, depth, nodes),
        }
    }

    fn make_up_named(&self, ty: &Type, id: TypeId, depth: usize, nodes: &mut usize) -> Value {
        let Some(def) = self.api.types.get(id) else {
            return Value::Null;
        };
        match (&def.example, &def.shape) {
            (Some(example), _) if self.fits(example, ty, depth) => example.clone(),
            (_, Shape::Enum(values)) => json!(values.first().map_or("", |value| value.as_str())),
            (_, Shape::Alias(inner)) => self.make_up(inner, depth + 1, nodes),
            (_, Shape::Struct(object)) => self.make_up_object(object, depth, nodes),
        }
    }

    fn make_up_object(&self, object: &Struct, depth: usize, nodes: &mut usize) -> Value {
        let mut members = Map::new();
        // What is required comes first, lest what is not uses up the nodes.
        let (required, optional): (Vec<&Field>, Vec<&Field>) =
            object.fields.iter().partition(|field| field.required);
        for field in required {
            let value = self.make_up_field(field, depth, nodes);
            members.insert(field.wire.as_str().to_owned(), value);
        }
        for field in optional
            .iter()
            .filter(|field| depth < MAX_DEPTH && !field.boxed)
        {
            let value = self.make_up_field(field, depth, nodes);
            if self.fits(&value, &field.ty, depth + 1) {
                members.insert(field.wire.as_str().to_owned(), value);
            }
        }
        // Then all of them stand in the order of the document.
        let ordered = object
            .fields
            .iter()
            .filter_map(|field| members.remove_entry(field.wire.as_str()));
        Value::Object(ordered.collect())
    }

    fn make_up_field(&self, field: &Field, depth: usize, nodes: &mut usize) -> Value {
        let mut given = field.example.iter().chain(&field.default);
        given
            .find(|value| self.fits(value, &field.ty, depth + 1))
            .cloned()
            .unwrap_or_else(|| self.make_up(&field.ty, depth + 1, nodes))
    }
}

//! Values that a type can hold: the document's example where it fits the type, one made up where it does not.
//!
//! Emitted tests send and expect these values, so a value must survive decoding and encoding: no property that the type
//! does not have, no enum value that it does not know.

use super::Context;
use crate::ir::{Field, Shape, Struct, Type, TypeId, Union, Variant, WireName};
use serde_json::{Map, Value, json};

/// How deep a made-up value goes beyond what is required; documents nest without end.
const MAX_DEPTH: usize = 6;
/// How deep a value goes at all. A type that requires itself has no value; what is made up for it ends here.
const MAX_REQUIRED_DEPTH: usize = 60;
/// How many nodes a made-up value has; types that use wide types at every level have values that fill a disk.
const MAX_NODES: usize = 400;

/// How many items of a list are shown: two tell as much as twenty.
const MAX_ITEMS: usize = 2;

/// A value with the first items of its lists.
fn shortened(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().take(MAX_ITEMS).map(shortened).collect(),
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| (name.clone(), shortened(value)))
            .collect(),
        plain => plain.clone(),
    }
}

impl Context<'_> {
    /// The first of the given values that fits, or one made up.
    pub(super) fn example<'v>(
        &self,
        ty: &Type,
        given: impl IntoIterator<Item = &'v Value>,
    ) -> Value {
        given
            .into_iter()
            .map(shortened)
            .find(|value| self.fits(value, ty, 0))
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
            Type::String | Type::Base64 | Type::Binary | Type::DateTime | Type::Date => {
                value.is_string()
            }
            Type::Uint64 => value.is_u64(),
            Type::Tuple(items) => value.as_array().is_some_and(|values| {
                values.len() == items.len()
                    && values
                        .iter()
                        .zip(items)
                        .all(|(value, ty)| self.fits(value, ty, depth + 1))
            }),
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
                Some(Shape::Enum(of)) => of.values.iter().any(|known| known.value == *value),
                Some(Shape::Union(union)) => self.variant_of(value, union, depth).is_some(),
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
        let (own, others): (Vec<_>, Vec<_>) = members
            .iter()
            .map(|(name, value)| {
                let field = object
                    .fields
                    .iter()
                    .find(|field| field.wire.as_str() == name);
                (name, field, value)
            })
            .partition(|(_, field, _)| field.is_some());
        let others = match (&object.flattened, &object.additional) {
            (Some(union), _) => {
                let others = others.into_iter().map(|(name, _, value)| (name, value));
                let rest: Map<String, Value> =
                    others.map(|(n, v)| (n.clone(), v.clone())).collect();
                self.fits(&Value::Object(rest), &union.ty, depth + 1)
            }
            (None, Some(ty)) => others
                .iter()
                .all(|(_, _, value)| self.fits(value, ty, depth + 1)),
            (None, None) => others.is_empty(),
        };
        others
            && required
                .into_iter()
                .all(|field| members.contains_key(field.wire.as_str()))
            && own.iter().all(|(_, field, value)| {
                field.is_some_and(|field| {
                    (value.is_null() && field.nullable) || self.fits(value, &field.ty, depth + 1)
                })
            })
    }

    /// The variant that a value is of, and the value as that variant's type holds it.
    pub(super) fn variant_of<'u>(
        &self,
        value: &Value,
        union: &'u Union,
        depth: usize,
    ) -> Option<(usize, &'u Variant, Value)> {
        let tag = union.tag.as_ref().map(WireName::as_str);
        let found = tag.and_then(|tag| value.get(tag)).and_then(Value::as_str);
        union
            .variants
            .iter()
            .enumerate()
            .find_map(|(index, variant)| {
                let tagged = !variant.tags.is_empty();
                if tagged && !variant.tags.iter().any(|tag| Some(tag.as_str()) == found) {
                    return None;
                }
                let mut inner = value.clone();
                if let (true, Some(tag), Value::Object(members)) = (tagged, tag, &mut inner)
                    && !self.has_property(&variant.ty, tag)
                {
                    members.remove(tag);
                }
                self.fits(&inner, &variant.ty, depth + 1)
                    .then_some((index, variant, inner))
            })
    }

    /// Whether a type has a property of its own of this name.
    fn has_property(&self, ty: &Type, name: &str) -> bool {
        match self.through_alias(ty) {
            Type::Named(id) => match self.api.types.get(*id).map(|def| &def.shape) {
                Some(Shape::Struct(object)) => object
                    .fields
                    .iter()
                    .any(|field| field.wire.as_str() == name),
                Some(Shape::Union(_)) => true,
                _ => false,
            },
            Type::Map(_) => true,
            _ => false,
        }
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
            Type::Base64 => json!("dGV4dA=="),
            Type::Binary => json!("text"),
            Type::Tuple(items) => items
                .iter()
                .map(|item| self.make_up(item, depth + 1, nodes))
                .collect(),
            Type::Int32 | Type::Int64 | Type::Uint64 => json!(1),
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
            (_, Shape::Enum(of)) => of
                .values
                .first()
                .map_or(Value::Null, |value| value.value.clone()),
            (_, Shape::Union(union)) => self.make_up_union(union, depth, nodes),
            (_, Shape::Alias(inner)) => self.make_up(inner, depth + 1, nodes),
            (_, Shape::Struct(object)) => self.make_up_object(object, depth, nodes),
        }
    }

    /// The first variant of which a value can be made up.
    fn make_up_union(&self, union: &Union, depth: usize, nodes: &mut usize) -> Value {
        union
            .variants
            .iter()
            .find_map(|variant| {
                let mut value = self.make_up(&variant.ty, depth + 1, nodes);
                if let (Some(tag), Some(name), Value::Object(members)) =
                    (&union.tag, variant.tags.first(), &mut value)
                {
                    members.insert(tag.as_str().to_owned(), json!(name));
                }
                self.variant_of(&value, union, depth).map(|_| value)
            })
            .unwrap_or(Value::Null)
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
        let mut made: Map<String, Value> = ordered.collect();
        if let Some(union) = &object.flattened
            && let Value::Object(beside) = self.make_up(&union.ty, depth + 1, nodes)
        {
            made.extend(beside);
        }
        Value::Object(made)
    }

    fn make_up_field(&self, field: &Field, depth: usize, nodes: &mut usize) -> Value {
        let mut given = field.example.iter().chain(&field.default);
        given
            .find(|value| self.fits(value, &field.ty, depth + 1))
            .cloned()
            .unwrap_or_else(|| self.make_up(&field.ty, depth + 1, nodes))
    }
}

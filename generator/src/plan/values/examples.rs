//! Values that a type can hold: the document's example where it fits the type, one made up where it does not.
//!
//! Emitted tests send and expect these values, so a value must survive decoding and encoding: no property that the type
//! does not have, no enum value that it does not know.

use super::patches::is_patch_operation;
use crate::plan::Plan;
use crate::plan::model::{Field, Shape, Struct, Type, TypeId, Union, Variant, WireName};
use serde_json::{Map, Value, json};
use std::cell::Cell;
use std::sync::Arc;

/// How deep a made-up value goes beyond what is required; documents nest without end.
const MAX_DEPTH: usize = 6;
/// How deep a value goes at all. A type that requires itself has no value; what is made up for it ends here.
const MAX_REQUIRED_DEPTH: usize = 60;
/// How many nodes a made-up value has; types that use wide types at every level have values that fill a disk.
const MAX_NODES: usize = 400;
/// How many variants of unions are tried for one value. Unions of unions which hold each other have more ways through them than
/// anybody can wait for.
const MAX_TRIES: usize = 20_000;

/// Where a walk through a type and its value stands: how deep it is, and how many more variants it may try.
#[derive(Clone, Copy)]
struct Walk<'t> {
    depth: usize,
    tries: &'t Cell<usize>,
}

impl<'t> Walk<'t> {
    fn new(tries: &'t Cell<usize>) -> Self {
        Self { depth: 0, tries }
    }

    fn deeper(self) -> Self {
        Self {
            depth: self.depth + 1,
            ..self
        }
    }

    /// Whether one more variant may be tried; counts it.
    fn try_one(self) -> bool {
        let left = self.tries.get();
        self.tries.set(left.saturating_sub(1));
        left > 0
    }
}

/// How many items of a list are shown: two words tell that there may be more, and one object tells as much as twenty.
fn shown(items: &[Value]) -> usize {
    match items.first() {
        Some(Value::Object(_) | Value::Array(_)) => 1,
        _ => 2,
    }
}

/// A value with the first items of its lists.
fn shortened(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().take(shown(items)).map(shortened).collect(),
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| (name.clone(), shortened(value)))
            .collect(),
        plain => plain.clone(),
    }
}

/// The text of a tag, which the runtime takes from numbers as well.
fn tag_text(tag: &Value) -> Option<String> {
    match tag {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

impl Plan {
    /// The first of the given values that fits, or one made up.
    pub(crate) fn example<'v>(
        &self,
        ty: &Type,
        given: impl IntoIterator<Item = &'v Value>,
    ) -> Value {
        given
            .into_iter()
            .map(shortened)
            .find(|value| self.fits(value, ty, Walk::new(&Cell::new(MAX_TRIES))))
            .unwrap_or_else(|| {
                self.make_up(ty, Walk::new(&Cell::new(MAX_TRIES)), &mut MAX_NODES.clone())
            })
    }

    /// Whether a value can be decoded as a type and encoded to the same value again.
    pub(crate) fn is_example(&self, value: &Value, ty: &Type) -> bool {
        self.fits(value, ty, Walk::new(&Cell::new(MAX_TRIES)))
    }

    fn fits(&self, value: &Value, ty: &Type, walk: Walk<'_>) -> bool {
        if walk.depth > MAX_REQUIRED_DEPTH {
            return false;
        }
        match ty {
            Type::String
            | Type::Base64
            | Type::Base64Url
            | Type::Binary
            | Type::DateTime
            | Type::Date => value.is_string(),
            Type::Uint64 => value.is_u64(),
            Type::Tuple(items) => value.as_array().is_some_and(|values| {
                values.len() == items.len()
                    && values
                        .iter()
                        .zip(items)
                        .all(|(value, ty)| self.fits(value, ty, walk.deeper()))
            }),
            Type::Int32 => value
                .as_i64()
                .is_some_and(|number| i32::try_from(number).is_ok()),
            Type::Int64 => value.is_i64(),
            Type::Double => value.is_f64(),
            Type::Boolean => value.is_boolean(),
            Type::Array(inner) => value.as_array().is_some_and(|items| {
                items
                    .iter()
                    .all(|item| self.fits(item, inner, walk.deeper()))
            }),
            Type::Map(inner) => value.as_object().is_some_and(|map| {
                map.values()
                    .all(|item| self.fits(item, inner, walk.deeper()))
            }),
            Type::Nullable(inner) => value.is_null() || self.fits(value, inner, walk.deeper()),
            Type::Secret(inner) => self.fits(value, inner, walk),
            Type::JsonPatchOperation => is_patch_operation(value),
            Type::Any => !value.is_null(),
            Type::Named(id) => match &self.ty(*id).shape {
                Shape::Enum(of) => of.values.iter().any(|known| known.value == *value),
                Shape::Union(union) => self.variant_of(value, union, walk).is_some(),
                Shape::Alias(inner) => self.fits(value, inner, walk.deeper()),
                Shape::Struct(object) => value
                    .as_object()
                    .is_some_and(|members| self.fits_object(members, object, walk)),
            },
        }
    }

    fn fits_object(&self, members: &Map<String, Value>, object: &Struct, walk: Walk<'_>) -> bool {
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
                self.fits(&Value::Object(rest), &union.ty, walk.deeper())
            }
            (None, Some(ty)) => others
                .iter()
                .all(|(_, _, value)| self.fits(value, ty, walk.deeper())),
            (None, None) => others.is_empty(),
        };
        others
            && required
                .into_iter()
                .all(|field| members.contains_key(field.wire.as_str()))
            && own.iter().all(|(_, field, value)| {
                field.is_some_and(|field| {
                    (value.is_null() && field.nullable)
                        || self.fits(value, &field.ty, walk.deeper())
                })
            })
    }

    /// The variant that a value is of, and the value as that variant's type holds it, for a union that stands `depth` levels deep in
    /// what is shown.
    pub(crate) fn variant_at<'u>(
        &self,
        value: &Value,
        union: &'u Union,
        depth: usize,
    ) -> Option<(&'u Variant, Value)> {
        let tries = Cell::new(MAX_TRIES);
        let walk = Walk {
            depth,
            tries: &tries,
        };
        self.variant_of(value, union, walk)
    }

    fn variant_of<'u>(
        &self,
        value: &Value,
        union: &'u Union,
        walk: Walk<'_>,
    ) -> Option<(&'u Variant, Value)> {
        let tag = union.tag.as_ref().map(WireName::as_str);
        let found = tag.and_then(|tag| value.get(tag)).and_then(tag_text);
        let is_told =
            |variant: &Variant| variant.tags.iter().any(|tag| Some(tag) == found.as_ref());
        // Told which it is, a value is of no other type.
        let is_known = union.variants.iter().any(is_told);
        union.variants.iter().find_map(|variant| {
            if !walk.try_one() {
                return None;
            }
            let tagged = !variant.tags.is_empty();
            if (tagged || is_known) && !is_told(variant) {
                return None;
            }
            let mut inner = value.clone();
            if let (true, Some(tag), Value::Object(members)) = (tagged, tag, &mut inner)
                && !self.has_property(&variant.ty, tag)
            {
                members.remove(tag);
            }
            self.fits(&inner, &variant.ty, walk.deeper())
                .then_some((variant, inner))
        })
    }

    /// Whether a type has a property of its own of this name.
    fn has_property(&self, ty: &Type, name: &str) -> bool {
        match self.through_alias(ty) {
            Type::Named(id) => match &self.ty(*id).shape {
                Shape::Struct(object) => object
                    .fields
                    .iter()
                    .any(|field| field.wire.as_str() == name),
                Shape::Union(_) => true,
                _ => false,
            },
            Type::Map(_) => true,
            _ => false,
        }
    }

    /// Makes a value up; `nodes` is how many more it may have. Where they run out, or the type has no value, null stands.
    fn make_up(&self, ty: &Type, walk: Walk<'_>, nodes: &mut usize) -> Value {
        if *nodes == 0 || walk.depth > MAX_REQUIRED_DEPTH {
            return Value::Null;
        }
        *nodes -= 1;
        match ty {
            Type::String => json!("text"),
            Type::DateTime => json!("2024-01-31T12:00:00Z"),
            Type::Date => json!("2024-01-31"),
            Type::Base64 => json!("dGV4dA=="),
            Type::Base64Url => json!("dGV4dA"),
            Type::Binary => json!("text"),
            Type::Tuple(items) => items
                .iter()
                .map(|item| self.make_up(item, walk.deeper(), nodes))
                .collect(),
            Type::Int32 | Type::Int64 | Type::Uint64 => json!(1),
            Type::Double => json!(1.5),
            Type::Boolean => json!(true),
            Type::Array(_) if walk.depth >= MAX_DEPTH => json!([]),
            Type::Map(_) if walk.depth >= MAX_DEPTH => json!({}),
            Type::Array(inner) => match self.make_up(inner, walk.deeper(), nodes) {
                Value::Null => json!([]),
                item => json!([item]),
            },
            Type::Map(inner) => match self.make_up(inner, walk.deeper(), nodes) {
                Value::Null => json!({}),
                item => json!({ "key": item }),
            },
            Type::Nullable(inner) => self.make_up(inner, walk.deeper(), nodes),
            Type::Secret(inner) => self.make_up(inner, walk.deeper(), nodes),
            Type::JsonPatchOperation => {
                json!({"op": "replace", "path": "/name", "value": "new"})
            }
            Type::Any => json!("anything"),
            Type::Named(id) => self.make_up_named(ty, *id, walk, nodes),
        }
    }

    fn make_up_named(&self, ty: &Type, id: TypeId, walk: Walk<'_>, nodes: &mut usize) -> Value {
        let def = self.ty(id);
        match (def.example.as_deref(), &def.shape) {
            (Some(example), _) if self.fits(example, ty, walk) => example.clone(),
            (_, Shape::Enum(of)) => of
                .values
                .first()
                .map_or(Value::Null, |value| value.value.clone()),
            (_, Shape::Union(union)) => self.make_up_union(union, walk, nodes),
            (_, Shape::Alias(inner)) => self.make_up(inner, walk.deeper(), nodes),
            (_, Shape::Struct(object)) => self.make_up_object(object, walk, nodes),
        }
    }

    /// The first variant of which a value can be made up.
    fn make_up_union(&self, union: &Union, walk: Walk<'_>, nodes: &mut usize) -> Value {
        union
            .variants
            .iter()
            .find_map(|variant| {
                let mut value = self.make_up(&variant.ty, walk.deeper(), nodes);
                if let (Some(tag), Some(name), true) =
                    (&union.tag, variant.tags.first(), value.is_object())
                {
                    // Some tags are numbers.
                    let number = name.parse::<i64>().ok().map(Value::from);
                    let forms = [Some(json!(name)), number];
                    return forms.into_iter().flatten().find_map(|form| {
                        value.as_object_mut()?.insert(tag.as_str().to_owned(), form);
                        self.variant_of(&value, union, walk).map(|_| value.clone())
                    });
                }
                self.variant_of(&value, union, walk).map(|_| value)
            })
            .unwrap_or(Value::Null)
    }

    fn make_up_object(&self, object: &Struct, walk: Walk<'_>, nodes: &mut usize) -> Value {
        let mut members = Map::new();
        // What is required comes first, lest what is not uses up the nodes.
        let (required, optional): (Vec<&Field>, Vec<&Field>) =
            object.fields.iter().partition(|field| field.required);
        for field in required {
            let value = self.make_up_field(field, walk, nodes);
            members.insert(field.wire.as_str().to_owned(), value);
        }
        for field in optional
            .iter()
            .filter(|field| walk.depth < MAX_DEPTH && field.boxed.is_none())
        {
            let value = self.make_up_field(field, walk, nodes);
            if self.fits(&value, &field.ty, walk.deeper()) {
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
            && let Value::Object(beside) = self.make_up(&union.ty, walk.deeper(), nodes)
        {
            made.extend(beside);
        }
        Value::Object(made)
    }

    fn make_up_field(&self, field: &Field, walk: Walk<'_>, nodes: &mut usize) -> Value {
        let given = field.example.iter().chain(&field.default);
        given
            .map(Arc::as_ref)
            .find(|value| self.fits(value, &field.ty, walk.deeper()))
            .cloned()
            .unwrap_or_else(|| self.make_up(&field.ty, walk.deeper(), nodes))
    }
}

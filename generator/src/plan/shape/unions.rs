//! `oneOf` and `anyOf`: which members count, what distinguishes them, and whether they make a union at all.
//!
//! Many unions in real documents only say something about one type: that it may be null, that one of its properties is required,
//! that a text is one of these or any other. Those become that type. What remains is an enum of types, distinguished by the
//! property that `discriminator` names, by a property whose values differ between all members, or by shape.

use super::super::{Planning, text};
use super::schemas::Hint;
use super::tags::Tag;
use super::{enums, keywords};
use crate::facts::{Schema, SchemaUse};
use crate::plan::model::{RustIdent, Shape, Type, Union, Variant, WireName};
use crate::pointer::JsonPointer;
use std::collections::{HashMap, HashSet};

/// A member of a union that says what its values are.
#[derive(Clone, Copy)]
pub(super) struct Member<'f> {
    /// The member as it stands in the document.
    pub(super) used: &'f SchemaUse,
    /// The schema itself, behind the reference.
    pub(super) schema: &'f Schema,
}

impl<'f> Member<'f> {
    /// The component that it refers to, where it does.
    pub(super) fn component(&self) -> Option<&'f String> {
        self.schema.component.as_ref()
    }
}

/// How deep unions written in place within unions are taken as one.
const MAX_NESTED: usize = 8;

impl<'f> Planning<'f> {
    /// The members of a schema's `oneOf` or `anyOf` that are types of their own: not null, and not only limits for what stands beside them.
    pub(super) fn union_members(&self, schema: &'f Schema) -> Vec<Member<'f>> {
        let mut members = Vec::new();
        self.add_members(schema, 0, &mut members);
        members
    }

    fn add_members(&self, schema: &'f Schema, depth: usize, members: &mut Vec<Member<'f>>) {
        let beside = !schema.properties.is_empty();
        for used in keywords::members(schema) {
            let Some(inner) = self.facts.schemas.of(used) else {
                continue;
            };
            let is_inline = used.reference.is_none();
            let limits = keywords::is_silent(inner)
                && !keywords::lists_values(inner)
                && (beside || inner.ty.is_none());
            let is_open = keywords::allows_everything(inner);
            if is_inline && (keywords::is_null(inner) || (limits && !is_open)) {
                continue;
            }
            let nested = is_inline
                && depth < MAX_NESTED
                && inner.properties.is_empty()
                && inner.all_of.is_empty()
                && !keywords::members(inner).is_empty()
                && inner.discriminator.is_none();
            if nested {
                self.add_members(inner, depth + 1, members);
            } else {
                members.push(Member {
                    used,
                    schema: inner,
                });
            }
        }
    }

    /// Plans a union; an alias where it comes down to one type.
    pub(super) fn plan_union(&mut self, schema: &'f Schema, hint: &Hint) -> Shape {
        if let Some(whole) = self.whole_member(schema) {
            return Shape::Alias(self.plan_type(self.look(whole.used), hint));
        }
        let members = self.union_members(schema);
        let tag = self.find_tag(schema, &members);
        let mut variants: Vec<Variant> = Vec::new();
        let mut places: HashMap<Type, usize> = HashMap::new();
        for (index, member) in members.iter().enumerate() {
            let tags = tag
                .as_ref()
                .and_then(|tag| tag.values.get(index).cloned())
                .unwrap_or_default();
            let title = text(member.schema.title.as_ref());
            let own = title.or_else(|| tags.first().cloned());
            let inner = match &own {
                Some(words) => hint.then(words),
                // What is joined with its neighbours stands for the union itself.
                None if members.len() == 1 || enums::plan(member.schema).is_some() => hint.clone(),
                None => hint.then("variant"),
            };
            let used = self.look(member.used);
            let ty = match self.plan_type(used, &inner) {
                Type::Nullable(ty) => *ty,
                ty => ty,
            };
            if *ty.revealed() == Type::Any {
                return Shape::Alias(self.untyped(
                    &member.used.pointer,
                    "A member of the union may be any value.",
                ));
            }
            let component = member.component();
            let name = component.cloned().or(own);
            let name = name.unwrap_or_else(|| kind(&ty).to_owned());
            let next = variants.len();
            let place = *places.entry(ty.clone()).or_insert(next);
            match variants.get_mut(place) {
                Some(known) => known.tags.extend(tags),
                None => variants.push(Variant {
                    name,
                    ty,
                    tags,
                    boxed: None,
                    description: component
                        .is_none()
                        .then(|| text(member.schema.description.as_ref()))
                        .flatten(),
                    ident: RustIdent::default(),
                    origin: used.origin(),
                }),
            }
        }
        if let Some(shape) = self.join_scalars(&mut variants, schema, hint) {
            return shape;
        }
        self.finish(&schema.pointer, tag, variants)
    }

    fn finish(
        &mut self,
        pointer: &JsonPointer,
        tag: Option<Tag>,
        mut variants: Vec<Variant>,
    ) -> Shape {
        if variants.len() == 1 {
            return match variants.pop() {
                Some(only) => Shape::Alias(only.ty),
                None => Shape::Alias(Type::Any),
            };
        }
        if variants.is_empty() {
            // Every member was null, or led nowhere; the reference has been reported then.
            return Shape::Alias(self.untyped(pointer, "No member of the union says what it is."));
        }
        let mut seen = HashSet::new();
        for variant in &mut variants {
            variant.tags.retain(|value| seen.insert(value.clone()));
        }
        let tagged = variants.iter().any(|variant| !variant.tags.is_empty());
        Shape::Union(Union {
            tag: tag.filter(|_| tagged).map(|tag| WireName(tag.property)),
            variants,
        })
    }
}

/// What a type that has no name of its own is called as a variant.
pub(super) fn kind(ty: &Type) -> &'static str {
    match ty {
        Type::String => "text",
        Type::Base64 | Type::Base64Url | Type::Binary => "bytes",
        Type::DateTime => "date time",
        Type::Date => "date",
        Type::Int32 | Type::Int64 | Type::Uint64 => "integer",
        Type::Double => "number",
        Type::Boolean => "boolean",
        Type::Array(_) => "list",
        Type::Tuple(_) => "tuple",
        Type::Map(_) => "map",
        Type::Named(_) => "object",
        Type::Nullable(inner) | Type::Secret(inner) => kind(inner),
        Type::JsonPatchOperation => "operation",
        Type::Any => "value",
    }
}

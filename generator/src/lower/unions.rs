//! `oneOf` and `anyOf`: which members count, what tells them apart, and whether they make a union at all.
//!
//! Many unions in real documents only say something about one type: that it may be null, that one of its properties is required,
//! that a text is one of these or any other. Those become that type. What remains is an enum of types, told apart by the
//! property that `discriminator` names, by a property whose values differ between all members, or by shape.

use super::keywords::{self, Keywords};
use super::schemas::{Hint, SchemaRef};
use super::{Lowering, enums};
use crate::ir::{Shape, Type, Union, Variant, WireName};
use crate::pointer::JsonPointer;
use openapiv3::{ReferenceOr, Schema};
use std::collections::HashSet;

/// A member of a union that says what its values are.
#[derive(Clone)]
pub(super) struct Member<'d> {
    /// The member as it stands in the document.
    pub(super) item: &'d ReferenceOr<Schema>,
    /// The schema itself, behind the reference.
    pub(super) schema: &'d Schema,
    /// The component that it is, where it is one.
    pub(super) component: Option<String>,
    /// Where it stands in the document.
    pub(super) pointer: JsonPointer,
}

impl Member<'_> {
    /// The place of the schema itself.
    pub(super) fn place(&self) -> JsonPointer {
        match &self.component {
            Some(name) => JsonPointer::from_tokens(["components", "schemas", name]),
            None => self.pointer.clone(),
        }
    }
}

/// How a union is told apart: the property, and its values for each member.
struct Tag {
    property: String,
    values: Vec<Vec<String>>,
}

/// How deep unions written in place within unions are taken as one.
const MAX_NESTED: usize = 8;

impl<'d> Lowering<'d> {
    /// The members of a schema's `oneOf` or `anyOf` that are types of their own: not null, and not only limits for what stands beside them.
    pub(super) fn union_members(
        &self,
        schema: &'d Schema,
        pointer: &JsonPointer,
    ) -> Vec<Member<'d>> {
        let mut members = Vec::new();
        self.add_members(schema, pointer, 0, &mut members);
        members
    }

    fn add_members(
        &self,
        schema: &'d Schema,
        pointer: &JsonPointer,
        depth: usize,
        members: &mut Vec<Member<'d>>,
    ) {
        let (items, keyword) = Keywords::of(schema).members();
        let beside = Keywords::of(schema).properties.is_some();
        for (index, item) in items.iter().enumerate() {
            let place = pointer.child(keyword).index(index);
            let (inner, component) = match SchemaRef::from(item) {
                SchemaRef::Inline(inner) => (inner, None),
                SchemaRef::Reference(reference) => match self.find_schema(reference) {
                    Some((name, inner)) => (inner, Some(name)),
                    None => continue,
                },
            };
            let words = Keywords::of(inner);
            let limits = words.is_silent()
                && keywords::values(inner).is_empty()
                && (beside || words.ty.is_none());
            if component.is_none() && (keywords::is_null(inner) || (limits && !is_open(item))) {
                continue;
            }
            let nested = component.is_none()
                && depth < MAX_NESTED
                && words.properties.is_none()
                && words.all_of.is_empty()
                && !words.members().0.is_empty()
                && inner.schema_data.discriminator.is_none();
            if nested {
                self.add_members(inner, &place, depth + 1, members);
            } else {
                members.push(Member {
                    item,
                    schema: inner,
                    component,
                    pointer: place,
                });
            }
        }
    }

    /// Lowers a union; an alias where it comes down to one type.
    pub(super) fn lower_union(
        &mut self,
        schema: &'d Schema,
        pointer: &JsonPointer,
        hint: &Hint,
    ) -> Shape {
        let members = self.union_members(schema, pointer);
        let tag = self.find_tag(schema, &members);
        let mut variants: Vec<Variant> = Vec::new();
        for (index, member) in members.iter().enumerate() {
            let tags = tag
                .as_ref()
                .and_then(|tag| tag.values.get(index).cloned())
                .unwrap_or_default();
            let title = super::text(member.schema.schema_data.title.as_ref());
            let own = title.or_else(|| tags.first().cloned());
            let inner = match &own {
                Some(words) => hint.then(words),
                // What is joined with its neighbours stands for the union itself.
                None if members.len() == 1 || enums::lower(member.schema).is_some() => hint.clone(),
                None => hint.then("variant"),
            };
            let ty = match self.lower_type(member.item, &member.pointer, &inner) {
                Type::Nullable(ty) => *ty,
                ty => ty,
            };
            if ty == Type::Any {
                return Shape::Alias(
                    self.untyped(&member.pointer, "One member of the union allows any value."),
                );
            }
            let name = member.component.clone().or(own);
            let name = name.unwrap_or_else(|| kind(&ty).to_owned());
            match variants.iter_mut().find(|known| known.ty == ty) {
                Some(known) => known.tags.extend(tags),
                None => variants.push(Variant {
                    name,
                    ty,
                    tags,
                    boxed: None,
                    description: member
                        .component
                        .is_none()
                        .then(|| super::text(member.schema.schema_data.description.as_ref()))
                        .flatten(),
                    ident: crate::ir::RustIdent::default(),
                    origin: crate::plan::reason::Origin::at(member.pointer.clone()),
                }),
            }
        }
        if let Some(shape) = self.join_scalars(&mut variants, pointer, hint) {
            return shape;
        }
        self.finish(pointer, tag, variants)
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
            return Shape::Alias(self.untyped(
                pointer,
                "No member of the union says what type its values have.",
            ));
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

    /// The property that tells the members apart: the one that `discriminator` names, or one whose values no two members share.
    fn find_tag(&self, schema: &'d Schema, members: &[Member<'d>]) -> Option<Tag> {
        if members.len() < 2 {
            return None;
        }
        if let Some(discriminator) = &schema.schema_data.discriminator {
            let property = discriminator.property_name.clone();
            let values = members
                .iter()
                .map(|member| {
                    let mapped: Vec<String> = discriminator
                        .mapping
                        .iter()
                        .filter(|(_, target)| {
                            let name = super::component_name(target, "schemas");
                            member.component.is_some()
                                && (name == member.component
                                    || Some(*target) == member.component.as_ref())
                        })
                        .map(|(value, _)| value.clone())
                        .collect();
                    if !mapped.is_empty() {
                        return mapped;
                    }
                    let listed = self.listed_values(member, &property);
                    if !listed.is_empty() {
                        return listed;
                    }
                    // OpenAPI 3.0.3, 4.7.25: without a mapping, the value is the component's name.
                    member.component.iter().cloned().collect()
                })
                .collect();
            return Some(Tag { property, values });
        }
        self.implied_tag(members)
    }

    fn implied_tag(&self, members: &[Member<'d>]) -> Option<Tag> {
        let first = members.first()?;
        let candidates = self.properties_of(first.schema, &first.place());
        candidates.keys().find_map(|property| {
            let values: Vec<Vec<String>> = members
                .iter()
                .map(|member| self.listed_values(member, property))
                .collect();
            let mut seen = HashSet::new();
            let apart = values
                .iter()
                .all(|values| !values.is_empty() && values.iter().all(|value| seen.insert(value)));
            apart.then(|| Tag {
                property: (*property).to_owned(),
                values: values.clone(),
            })
        })
    }

    /// The texts that a member lists as the values of one of its properties.
    fn listed_values(&self, member: &Member<'d>, property: &str) -> Vec<String> {
        let properties = self.properties_of(member.schema, &member.place());
        let Some((schema, _)) = properties.get(property) else {
            return Vec::new();
        };
        let schema = match schema {
            SchemaRef::Inline(schema) => schema,
            SchemaRef::Reference(reference) => match self.find_schema(reference) {
                Some((_, schema)) => schema,
                None => return Vec::new(),
            },
        };
        keywords::values(schema)
            .iter()
            .filter_map(|value| value.as_str().map(str::to_owned))
            .collect()
    }
}

/// Whether a member is the schema that allows everything, which is no limit for what stands beside it.
fn is_open(item: &ReferenceOr<Schema>) -> bool {
    match item {
        ReferenceOr::Reference { .. } => false,
        ReferenceOr::Item(schema) => matches!(
            &schema.schema_kind,
            openapiv3::SchemaKind::Any(any) if *any == openapiv3::AnySchema::default()
        ),
    }
}

/// What a type that has no name of its own is called as a variant.
pub(super) fn kind(ty: &Type) -> &'static str {
    match ty {
        Type::String => "text",
        Type::Base64 | Type::Binary => "bytes",
        Type::DateTime => "date time",
        Type::Date => "date",
        Type::Int32 | Type::Int64 | Type::Uint64 => "integer",
        Type::Double => "number",
        Type::Boolean => "boolean",
        Type::Array(_) => "list",
        Type::Tuple(_) => "tuple",
        Type::Map(_) => "map",
        Type::Named(_) => "object",
        Type::Nullable(inner) => kind(inner),
        Type::Any => "value",
    }
}

//! Objects: their properties, gathered from a schema and from the members of its `allOf`, and the unions that stand among them.

use super::super::Planning;
use super::all_of::Parts;
use super::schemas::{Hint, SchemaRef};
use crate::diagnostics::{Code, Diagnostic};
use crate::facts::{AdditionalProperties, Schema};
use crate::plan::model::{Field, Flattened, Shape, Struct, Type, TypeDef, TypeId, WireName};
use std::collections::HashSet;

impl<'f> Planning<'f> {
    /// Plans an object with known properties, each of whose schemas describes a part of it; `is_base` when types are made of it that may not be known, and what they add is kept.
    pub(super) fn plan_object(
        &mut self,
        schemas: &[&'f Schema],
        hint: &Hint,
        is_base: bool,
    ) -> Shape {
        let mut parts = self.gather_all(schemas);
        self.report_faults(&parts);
        let owner = hint.words.clone();
        let mut fields = Vec::with_capacity(parts.properties.len());
        for (wire, part) in std::mem::take(&mut parts.properties) {
            let required = parts.required.contains(wire);
            let hint = hint.then(wire);
            fields.push(self.plan_field(&owner, wire, &part, required, &hint));
        }
        let mut additional = match parts.additional {
            None if is_base => Some(Type::Any),
            None | Some(AdditionalProperties::Flag(false)) => None,
            Some(AdditionalProperties::Flag(true)) => Some(Type::Any),
            Some(AdditionalProperties::Schema(values)) => {
                Some(self.plan_type(self.look(values), &hint.then("value")))
            }
        };
        let flattened = match parts.unions.as_slice() {
            [] => None,
            [union] => self.plan_flattened(*union, hint),
            [first, ..] => {
                let pointer = self.behind(*first).map(|schema| &schema.pointer);
                additional = Some(self.untyped(
                    pointer.unwrap_or(first.pointer()),
                    "Several unions stand in one object; their properties are kept as they come.",
                ));
                None
            }
        };
        if parts.unions.is_empty() && additional.is_none() {
            self.plan_only_required(&parts, &mut fields);
        }
        if flattened.is_some() {
            // The union keeps what is beyond the properties of its members.
            additional = None;
        }
        Shape::Struct(Struct {
            fields,
            flattened,
            additional,
        })
    }

    /// Adds the properties that `required` names and nothing describes. Documents name some that were never there, so an answer without
    /// them is read.
    fn plan_only_required(&mut self, parts: &Parts<'f>, fields: &mut Vec<Field>) {
        for (name, schema) in &parts.named {
            if fields.iter().any(|field| field.wire.as_str() == *name) {
                continue;
            }
            let pointer = schema.pointer.child("required");
            if !schema
                .required_unknown
                .iter()
                .any(|unknown| unknown == name)
            {
                self.report(Diagnostic::note(
                    Code::Untyped,
                    pointer.clone(),
                    format!("`required` names the property `{name}`, which nothing describes; it is an optional one of any value."),
                ));
            }
            fields.push(Field::undescribed(name, pointer));
        }
    }

    fn plan_flattened(&mut self, union: SchemaRef<'f>, hint: &Hint) -> Option<Flattened> {
        let (name, ty) = match union {
            SchemaRef::Reference(used) => {
                let name = self.facts.schemas.of(used)?.component.clone()?;
                (name, self.plan_type(union, hint))
            }
            SchemaRef::Inline(schema) => (
                "variant".to_owned(),
                self.plan_inline_union(schema, &hint.then("variant")),
            ),
        };
        let ty = match ty {
            Type::Nullable(inner) => *inner,
            ty => ty,
        };
        matches!(ty, Type::Named(_)).then_some(Flattened {
            name,
            ty,
            boxed: None,
        })
    }

    /// Settles what stands both in an object and in the union within it: the union keeps the property that tells its types
    /// apart; other properties are taken by the object, so that the union's types would miss them.
    pub(in crate::plan) fn settle_unions(&mut self) {
        let found: Vec<TypeId> = self
            .types
            .iter()
            .filter(|(_, def)| matches!(&def.shape, Shape::Struct(object) if object.flattened.is_some()))
            .map(|(id, _)| id)
            .collect();
        for id in found {
            let Some(TypeDef {
                shape: Shape::Struct(object),
                pointer,
                ..
            }) = self.types.get(id)
            else {
                continue;
            };
            let (tag, inner) = object
                .flattened
                .as_ref()
                .map(|union| self.inner_properties(&union.ty))
                .unwrap_or_default();
            let both = object
                .fields
                .iter()
                .any(|field| Some(&field.wire) != tag.as_ref() && inner.contains(&field.wire));
            let pointer = pointer.clone();
            let kept = (both || inner.is_empty()).then(|| {
                self.untyped(
                    &pointer,
                    "A union stands beside properties that its own types have as well; what it adds is kept as it comes.",
                )
            });
            if let Some(TypeDef {
                shape: Shape::Struct(object),
                ..
            }) = self.types.get_mut(id)
            {
                match kept {
                    Some(any) => {
                        object.flattened = None;
                        object.additional = Some(any);
                    }
                    None => object
                        .fields
                        .retain(|field| Some(&field.wire) != tag.as_ref()),
                }
            }
        }
    }

    /// The property that tells the types of a union apart, and the properties of those types; none where one is no object.
    fn inner_properties(&self, union: &Type) -> (Option<WireName>, HashSet<WireName>) {
        let shape = |ty: &Type| match self.types.through_alias(ty) {
            Type::Named(id) => self.types.get(*id).map(|def| &def.shape),
            _ => None,
        };
        let Some(Shape::Union(union)) = shape(union) else {
            return (None, HashSet::new());
        };
        let mut names = HashSet::new();
        for variant in &union.variants {
            let Some(Shape::Struct(object)) = shape(&variant.ty) else {
                return (None, HashSet::new());
            };
            names.extend(object.fields.iter().map(|field| field.wire.clone()));
        }
        (union.tag.clone(), names)
    }

    fn report_faults(&mut self, parts: &Parts<'f>) {
        for (reference, place) in &parts.dangling {
            self.report_unresolved(reference, place);
        }
        for (name, place) in &parts.conflicts {
            self.report(
                Diagnostic::warning(
                    Code::AllOfConflict,
                    (*place).clone(),
                    format!("Members of an `allOf` give the property `{name}` different types; the type that stands here is used."),
                )
                .help("Describe the property once, or make the types agree."),
            );
        }
    }

    /// Whether a schema is an object with known properties, by itself or through `allOf`.
    pub(super) fn is_object(&self, schema: &'f Schema) -> bool {
        if schema.properties.is_empty() && self.only_member(schema).is_some() {
            return self.is_bare_member(schema);
        }
        let parts = self.gather(schema);
        if parts.properties.is_empty() || self.whole_member(schema).is_some() {
            return false;
        }
        // A union whose members each have all the properties that stand beside it needs no object around it.
        let members = self.union_members(schema);
        members.len() < 2
            || self.are_together(schema)
            || !members.iter().all(|member| {
                let properties = self.properties_of(member.schema);
                parts
                    .properties
                    .keys()
                    .all(|name| properties.contains_key(name))
            })
    }
}

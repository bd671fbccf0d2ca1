//! Objects: their properties, gathered from a schema and from the members of its `allOf`, and the unions that stand among them.

use super::keywords::Keywords;
use super::schemas::{Hint, SchemaRef};
use super::{Lowering, constraints};
use crate::diagnostics::{Code, Diagnostic};
use crate::ir::{Field, Flattened, Shape, Struct, Type, TypeDef, TypeId, WireName};
use crate::plan::reason::Origin;
use crate::pointer::JsonPointer;
use indexmap::IndexMap;
use openapiv3::{AdditionalProperties, Schema};
use std::collections::HashSet;

/// A property with the place where it stands.
pub(super) type Property<'d> = (SchemaRef<'d>, JsonPointer);

/// What a schema is made of.
#[derive(Default)]
pub(super) struct Parts<'d> {
    properties: IndexMap<&'d str, Part<'d>>,
    required: HashSet<&'d str>,
    additional: Option<(&'d AdditionalProperties, JsonPointer)>,
    /// The schemas that are unions, besides or instead of objects.
    unions: Vec<(SchemaRef<'d>, JsonPointer)>,
    /// Properties that two members of `allOf` describe differently.
    conflicts: Vec<(&'d str, JsonPointer)>,
    /// Members of `allOf` that lead nowhere.
    dangling: Vec<(&'d str, JsonPointer)>,
}

struct Part<'d> {
    property: Property<'d>,
    /// How many `allOf` stand around it: what is said further out counts more.
    depth: usize,
}

impl<'d> Lowering<'d> {
    /// Lowers an object with known properties.
    pub(super) fn lower_object(
        &mut self,
        schema: &'d Schema,
        pointer: &JsonPointer,
        hint: &Hint,
    ) -> Shape {
        let mut parts = self.gather(schema, pointer);
        self.report_faults(&parts);
        let owner = hint.0.clone();
        let mut fields = Vec::with_capacity(parts.properties.len());
        for (wire, part) in std::mem::take(&mut parts.properties) {
            let (property, place) = part.property;
            let required = parts.required.contains(wire);
            fields.push(self.lower_field(
                &owner,
                wire,
                property,
                &place,
                required,
                &hint.then(wire),
            ));
        }
        let mut additional = match parts.additional {
            None | Some((AdditionalProperties::Any(false), _)) => None,
            Some((AdditionalProperties::Any(true), _)) => Some(Type::Any),
            Some((AdditionalProperties::Schema(values), place)) => {
                Some(self.lower_type(&**values, &place, &hint.then("value")))
            }
        };
        let flattened = match parts.unions.as_slice() {
            [] => None,
            [(union, place)] => self.lower_flattened(*union, place, hint),
            [(_, place), ..] => {
                additional = Some(self.untyped(
                    place,
                    "The object has several unions; their properties are kept as JSON values.",
                ));
                None
            }
        };
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

    fn lower_flattened(
        &mut self,
        union: SchemaRef<'d>,
        place: &JsonPointer,
        hint: &Hint,
    ) -> Option<Flattened> {
        let (name, ty) = match union {
            SchemaRef::Reference(reference) => {
                let (name, _) = self.find_schema(reference)?;
                (name, self.lower_type(union, place, hint))
            }
            SchemaRef::Inline(schema) => (
                "variant".to_owned(),
                self.lower_inline_union(schema, place, &hint.then("variant")),
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
    pub(super) fn settle_unions(&mut self) {
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
                    "A union is beside properties that its own types have as well; the properties that it adds are kept as JSON values.",
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

    fn report_faults(&mut self, parts: &Parts<'d>) {
        for (reference, place) in &parts.dangling {
            self.report_unresolved(reference, place);
        }
        for (name, place) in &parts.conflicts {
            self.report(
                Diagnostic::warning(
                    Code::AllOfConflict,
                    place.clone(),
                    format!("Members of an `allOf` give the property `{name}` different types; the type given here is used."),
                )
                .help("Describe the property once, or make the types agree."),
            );
        }
    }

    fn lower_field(
        &mut self,
        owner: &str,
        wire: &str,
        property: SchemaRef<'d>,
        pointer: &JsonPointer,
        required: bool,
        hint: &Hint,
    ) -> Field {
        let ty = self.lower_type(property, pointer, hint);
        let (ty, null) = match ty {
            Type::Nullable(inner) => (*inner, true),
            ty => (ty, false),
        };
        let about = self.inline_schema(property);
        let data = about.map(|schema| &schema.schema_data);
        let password = about.is_some_and(|schema| Keywords::of(schema).format == "password");
        Field {
            wire: WireName(wire.to_owned()),
            required,
            nullable: null,
            read_only: data.is_some_and(|data| data.read_only),
            write_only: data.is_some_and(|data| data.write_only),
            secret: password || self.target.is_secret(owner, wire),
            deprecated: data.is_some_and(|data| data.deprecated),
            boxed: None,
            description: data.and_then(|data| super::text(data.description.as_ref())),
            default: data.and_then(|data| data.default.clone()),
            example: data.and_then(|data| data.example.clone()),
            constraints: about.map(constraints::of).unwrap_or_default(),
            ty,
            ident: crate::ir::RustIdent::default(),
            presence: crate::ir::Presence::default(),
            origin: Origin::at(pointer.clone()),
        }
    }

    /// The properties of an object by name.
    pub(super) fn properties_of(
        &self,
        schema: &'d Schema,
        pointer: &JsonPointer,
    ) -> IndexMap<&'d str, Property<'d>> {
        let parts = self.gather(schema, pointer).properties;
        parts
            .into_iter()
            .map(|(name, part)| (name, part.property))
            .collect()
    }

    /// Gathers what a schema says itself and what the members of its `allOf` say, each of which counts once however often it
    /// is named.
    fn gather(&self, schema: &'d Schema, pointer: &JsonPointer) -> Parts<'d> {
        let mut parts = Parts::default();
        let mut seen = HashSet::new();
        let mut open = vec![(SchemaRef::Inline(schema), schema, pointer.clone(), 0)];
        while let Some((item, schema, pointer, depth)) = open.pop() {
            if !seen.insert(pointer.clone()) {
                continue;
            }
            let keywords = Keywords::of(schema);
            self.add(&mut parts, keywords, &pointer, depth);
            // The last in is the first out, and properties are to keep the document's order.
            let base = pointer.child("allOf");
            for (index, member) in keywords.all_of.iter().enumerate().rev() {
                match SchemaRef::from(member) {
                    SchemaRef::Inline(inner) => {
                        open.push((
                            SchemaRef::Inline(inner),
                            inner,
                            base.index(index),
                            depth + 1,
                        ));
                    }
                    SchemaRef::Reference(reference) => match self.find_schema(reference) {
                        Some((name, inner)) => {
                            let place = JsonPointer::from_tokens(["components", "schemas", &name]);
                            open.push((SchemaRef::Reference(reference), inner, place, depth + 1));
                        }
                        None => parts.dangling.push((reference, pointer.clone())),
                    },
                }
            }
            let members = self.union_members(schema, &pointer);
            match members.as_slice() {
                [] => {}
                // A union of one is one more member of `allOf`.
                [only] => open.push((only.item.into(), only.schema, only.place(), depth + 1)),
                // A base that lists the types made of it is no union within those types.
                members if members.iter().any(|member| seen.contains(&member.place())) => {}
                _ => parts.unions.push((item, pointer)),
            }
        }
        parts
    }

    fn add(
        &self,
        parts: &mut Parts<'d>,
        keywords: Keywords<'d>,
        pointer: &JsonPointer,
        depth: usize,
    ) {
        parts
            .required
            .extend(keywords.required.iter().map(String::as_str));
        if let Some(additional) = keywords.additional {
            parts.additional = Some((additional, pointer.child("additionalProperties")));
        }
        let base = pointer.child("properties");
        for (name, schema) in keywords.properties.into_iter().flatten() {
            let property = (SchemaRef::from(schema), base.child(name));
            let Some(known) = parts.properties.get_mut(name.as_str()) else {
                parts.properties.insert(name, Part { property, depth });
                continue;
            };
            match self.compare(known.property.0, property.0) {
                Comparison::Same | Comparison::FirstSaysMore => {}
                Comparison::SecondSaysMore => *known = Part { property, depth },
                verdict => {
                    if known.depth >= depth {
                        *known = Part { property, depth };
                    }
                    if verdict == Comparison::Contradiction {
                        parts.conflicts.push((name, known.property.1.clone()));
                    }
                }
            }
        }
    }

    /// How two descriptions of one property stand to each other.
    fn compare(&self, first: SchemaRef<'d>, second: SchemaRef<'d>) -> Comparison {
        let (Some(one), Some(other)) = (self.behind(first), self.behind(second)) else {
            return Comparison::Equal;
        };
        if std::ptr::eq(one, other) || one == other {
            return Comparison::Same;
        }
        let listed = |schema| !super::keywords::values(schema).is_empty();
        let (first, second) = (Keywords::of(one), Keywords::of(other));
        let silent = |words: &Keywords<'_>, schema| words.is_silent() && !listed(schema);
        match (silent(&first, one), silent(&second, other)) {
            (_, true) => return Comparison::FirstSaysMore,
            (true, false) => return Comparison::SecondSaysMore,
            _ => {}
        }
        match (first.ty, second.ty) {
            (Some("integer"), Some("number")) => Comparison::FirstSaysMore,
            (Some("number"), Some("integer")) => Comparison::SecondSaysMore,
            (Some(one), Some(other)) if one != other => Comparison::Contradiction,
            _ => match (listed(one), listed(other)) {
                (true, false) => Comparison::FirstSaysMore,
                (false, true) => Comparison::SecondSaysMore,
                _ => Comparison::Equal,
            },
        }
    }

    /// Whether a schema is an object with known properties, by itself or through `allOf`.
    pub(super) fn is_object(&self, schema: &'d Schema, pointer: &JsonPointer) -> bool {
        let keywords = Keywords::of(schema);
        if keywords.properties.is_none() && self.only_member(schema).is_some() {
            return false;
        }
        let parts = self.gather(schema, pointer);
        if parts.properties.is_empty() {
            return false;
        }
        // A union whose members each have all the properties that stand beside it needs no object around it.
        let members = self.union_members(schema, pointer);
        members.len() < 2
            || !members.iter().all(|member| {
                let properties = self.properties_of(member.schema, &member.place());
                parts
                    .properties
                    .keys()
                    .all(|name| properties.contains_key(name))
            })
    }

    /// The member of `allOf` that a schema comes down to: the only one, or the only one that says what the values are.
    pub(super) fn only_member(
        &self,
        schema: &'d Schema,
    ) -> Option<(usize, &'d openapiv3::ReferenceOr<Schema>)> {
        let keywords = Keywords::of(schema);
        if !keywords.members().0.is_empty() {
            return None;
        }
        let says = |member: &&(usize, &'d openapiv3::ReferenceOr<Schema>)| match self
            .behind(SchemaRef::from(member.1))
        {
            Some(inner) => {
                let words = Keywords::of(inner);
                !words.is_silent()
                    || !words.required.is_empty()
                    || !super::keywords::values(inner).is_empty()
            }
            None => true,
        };
        let members: Vec<_> = keywords.all_of.iter().enumerate().collect();
        match members.as_slice() {
            [only] => Some(*only),
            members => {
                let mut saying = members.iter().filter(says);
                match (saying.next(), saying.next()) {
                    (Some(only), None) => Some(*only),
                    _ => None,
                }
            }
        }
    }
}

/// How two descriptions of one property stand to each other.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Comparison {
    /// They are one.
    Same,
    /// The first holds for the second as well.
    FirstSaysMore,
    /// The second holds for the first as well.
    SecondSaysMore,
    /// Neither, though their types agree.
    Equal,
    /// Their types differ.
    Contradiction,
}

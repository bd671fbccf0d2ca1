//! Objects: their properties, gathered from a schema and from the members of its `allOf`.

use super::schemas::{Hint, SchemaRef};
use super::{Lowering, constraints};
use crate::ir::{Field, Shape, Struct, Type, TypeId, WireName};
use crate::pointer::JsonPointer;
use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, ReferenceOr, Schema, SchemaKind, StringFormat, Type as SchemaType,
    VariantOrUnknownOrEmpty,
};
use std::collections::HashSet;

/// An object that has a name, and whose properties are still to be lowered.
pub(super) struct OpenObject<'d> {
    pub(super) id: TypeId,
    pub(super) schema: &'d Schema,
    pub(super) pointer: JsonPointer,
    pub(super) hint: Hint,
}

impl<'d> Lowering<'d> {
    /// Lowers the objects that wait for it, and those that they lead to.
    pub(super) fn lower_open_objects(&mut self) {
        while let Some(open) = self.open_objects.pop_front() {
            let shape = self.lower_object(open.schema, &open.pointer, &open.hint);
            if let Some(def) = self.types.get_mut(open.id) {
                def.shape = shape;
            }
        }
    }

    /// Lowers an object with known properties.
    fn lower_object(&mut self, schema: &'d Schema, pointer: &JsonPointer, hint: &Hint) -> Shape {
        let mut parts = Parts::default();
        self.gather(schema, pointer, &mut parts);
        let owner = hint.0.clone();
        let mut fields = Vec::with_capacity(parts.properties.len());
        for (wire, (property, place)) in std::mem::take(&mut parts.properties) {
            let required = parts.required.contains(&wire);
            fields.push(self.lower_field(
                &owner,
                wire,
                property,
                &place,
                required,
                &hint.then(wire),
            ));
        }
        let additional = match parts.additional {
            None | Some((AdditionalProperties::Any(false), _)) => None,
            Some((AdditionalProperties::Any(true), _)) => Some(Type::Any),
            Some((AdditionalProperties::Schema(values), place)) => {
                Some(self.lower_type(&**values, &place, &hint.then("value")))
            }
        };
        Shape::Struct(Struct { fields, additional })
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
        let password = about.is_some_and(|schema| {
            matches!(&schema.schema_kind, SchemaKind::Type(SchemaType::String(string))
                if string.format == VariantOrUnknownOrEmpty::Item(StringFormat::Password))
        });
        Field {
            wire: WireName(wire.to_owned()),
            required,
            nullable: null,
            read_only: data.is_some_and(|data| data.read_only),
            write_only: data.is_some_and(|data| data.write_only),
            secret: password || self.target.is_secret(owner, wire),
            deprecated: data.is_some_and(|data| data.deprecated),
            boxed: false,
            description: data.and_then(|data| super::text(data.description.as_ref())),
            default: data.and_then(|data| data.default.clone()),
            example: data.and_then(|data| data.example.clone()),
            constraints: about.map(constraints::of).unwrap_or_default(),
            ty,
        }
    }

    /// Gathers the properties of an object from its own schema and from the members of its `allOf`.
    /// Gathers the properties of an object from its own schema and from the members of its `allOf`, each of which counts once
    /// however often it is named.
    fn gather(&mut self, schema: &'d Schema, pointer: &JsonPointer, parts: &mut Parts<'d>) {
        let mut seen = HashSet::new();
        let mut open = vec![(schema, pointer.clone())];
        while let Some((schema, pointer)) = open.pop() {
            if !seen.insert(pointer.clone()) {
                continue;
            }
            let members = parts.add_schema(schema, &pointer);
            let base = pointer.child("allOf");
            // The last in is the first out, and properties are to keep the document's order.
            for (index, member) in members.iter().enumerate().rev() {
                match SchemaRef::from(member) {
                    SchemaRef::Inline(member) => open.push((member, base.index(index))),
                    SchemaRef::Reference(reference) => match self.find_schema(reference) {
                        Some((name, member)) => {
                            let place = JsonPointer::from_tokens(["components", "schemas", &name]);
                            open.push((member, place));
                        }
                        None => self.report_unresolved(reference, &pointer),
                    },
                }
            }
        }
    }
}

/// The properties of an object, gathered from all the schemas that it is made of.
#[derive(Default)]
struct Parts<'d> {
    properties: IndexMap<&'d str, (SchemaRef<'d>, JsonPointer)>,
    required: Vec<&'d str>,
    additional: Option<(&'d AdditionalProperties, JsonPointer)>,
}

impl<'d> Parts<'d> {
    /// Adds what a schema says itself, and gives the members of its `allOf`.
    fn add_schema(
        &mut self,
        schema: &'d Schema,
        pointer: &JsonPointer,
    ) -> &'d [ReferenceOr<Schema>] {
        match &schema.schema_kind {
            SchemaKind::Type(SchemaType::Object(object)) => {
                self.add(
                    &object.properties,
                    &object.required,
                    object.additional_properties.as_ref(),
                    pointer,
                );
                &[]
            }
            SchemaKind::Any(any) => {
                self.add(
                    &any.properties,
                    &any.required,
                    any.additional_properties.as_ref(),
                    pointer,
                );
                &any.all_of
            }
            SchemaKind::AllOf { all_of } => all_of,
            _ => &[],
        }
    }

    fn add(
        &mut self,
        properties: &'d IndexMap<String, ReferenceOr<Box<Schema>>>,
        required: &'d [String],
        additional: Option<&'d AdditionalProperties>,
        pointer: &JsonPointer,
    ) {
        let base = pointer.child("properties");
        for (name, schema) in properties {
            self.properties
                .insert(name, (SchemaRef::from(schema), base.child(name)));
        }
        self.required.extend(required.iter().map(String::as_str));
        if let Some(additional) = additional {
            self.additional = Some((additional, pointer.child("additionalProperties")));
        }
    }
}

/// Whether a schema is an object with known properties, by itself or through `allOf`.
pub(super) fn is_object(schema: &Schema) -> bool {
    match &schema.schema_kind {
        SchemaKind::Type(SchemaType::Object(object)) => !object.properties.is_empty(),
        SchemaKind::Any(any) => !any.properties.is_empty() || has_object(&any.all_of),
        SchemaKind::AllOf { all_of } => has_object(all_of),
        _ => false,
    }
}

/// An `allOf` of several members makes an object; one of a single reference only says more about that reference.
fn has_object(members: &[ReferenceOr<Schema>]) -> bool {
    match members {
        [] | [ReferenceOr::Reference { .. }] => false,
        [ReferenceOr::Item(member)] => is_object(member),
        members => members.iter().any(|member| match member {
            ReferenceOr::Reference { .. } => true,
            ReferenceOr::Item(member) => is_object(member),
        }),
    }
}

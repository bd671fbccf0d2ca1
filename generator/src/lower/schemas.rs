//! Schemas to types. Objects, enums and components get a name; everything else is a type as it is used.

use super::objects::{OpenObject, is_object};
use super::{Lowering, MAX_REF_CHAIN};
use crate::diagnostics::{Code, Diagnostic};
use crate::ir::{self, Shape, Type, TypeDef, WireName};
use crate::pointer::JsonPointer;
use openapiv3::{
    AdditionalProperties, AnySchema, IntegerFormat, ReferenceOr, Schema, SchemaKind, StringFormat,
    Type as SchemaType, VariantOrUnknownOrEmpty,
};

/// A schema where one is used: named by reference, or written in place.
#[derive(Clone, Copy)]
pub(super) enum SchemaRef<'d> {
    Reference(&'d str),
    Inline(&'d Schema),
}

impl<'d> From<&'d ReferenceOr<Schema>> for SchemaRef<'d> {
    fn from(schema: &'d ReferenceOr<Schema>) -> Self {
        match schema {
            ReferenceOr::Reference { reference } => Self::Reference(reference),
            ReferenceOr::Item(schema) => Self::Inline(schema),
        }
    }
}

impl<'d> From<&'d ReferenceOr<Box<Schema>>> for SchemaRef<'d> {
    fn from(schema: &'d ReferenceOr<Box<Schema>>) -> Self {
        match schema {
            ReferenceOr::Reference { reference } => Self::Reference(reference),
            ReferenceOr::Item(schema) => Self::Inline(schema),
        }
    }
}

/// How many lists, maps and unions may stand within each other; more than that is no interface that somebody means.
const MAX_DEPTH: usize = 64;

/// The words from which an inline type is named: the places that lead to it.
#[derive(Clone, Debug)]
pub(super) struct Hint(pub(super) String);

impl Hint {
    pub(super) fn of(name: &str) -> Self {
        Self(name.to_owned())
    }

    pub(super) fn then(&self, name: &str) -> Self {
        Self(format!("{} {name}", self.0))
    }
}

/// What a schema is before it is named.
enum Lowered {
    /// Something that needs a definition.
    Shape(Shape),
    /// Something that can be written where it is used.
    Type(Type),
}

impl<'d> Lowering<'d> {
    /// The schema itself, where it is written in place; a reference says nothing about the place that uses it.
    pub(super) fn inline_schema(&self, schema: impl Into<SchemaRef<'d>>) -> Option<&'d Schema> {
        match schema.into() {
            SchemaRef::Reference(_) => None,
            SchemaRef::Inline(schema) => Some(schema),
        }
    }

    /// Lowers a schema where it is used; [`Type::Nullable`] says that null is one of its values.
    pub(super) fn lower_type(
        &mut self,
        schema: impl Into<SchemaRef<'d>>,
        pointer: &JsonPointer,
        hint: &Hint,
    ) -> Type {
        match schema.into() {
            SchemaRef::Reference(reference) => self.lower_component(reference, pointer),
            SchemaRef::Inline(schema) => {
                let ty = match self.named.get(pointer) {
                    Some(ty) => ty.clone(),
                    None => self.lower_inline(schema, pointer, hint),
                };
                nullable(ty, is_nullable(schema))
            }
        }
    }

    /// Follows a reference to a component, which is lowered once and keeps its author's name.
    fn lower_component(&mut self, reference: &'d str, pointer: &JsonPointer) -> Type {
        let Some((name, schema)) = self.find_schema(reference) else {
            self.report_unresolved(reference, pointer);
            return Type::Any;
        };
        let place = JsonPointer::from_tokens(["components", "schemas", &name]);
        if let Some(ty) = self.named.get(&place) {
            return nullable(ty.clone(), is_nullable(schema));
        }
        if self.open_aliases.contains(&place) {
            self.report(
                Diagnostic::warning(
                    Code("recursive-alias"),
                    place,
                    format!("`{name}` holds itself without an object in between; there it is any JSON value."),
                )
                .help("Give it an object with a property that holds the inner values."),
            );
            return Type::Any;
        }
        let def = TypeDef {
            name: name.clone(),
            component: true,
            description: super::text(schema.schema_data.description.as_ref()),
            nullable: is_nullable(schema),
            deprecated: schema.schema_data.deprecated,
            shape: Shape::Alias(Type::Any),
            example: schema.schema_data.example.clone(),
            usage: ir::Usage::default(),
            pointer: place.clone(),
        };
        let ty = self.define(def, schema, &place, &Hint::of(&name), true);
        nullable(ty, is_nullable(schema))
    }

    /// The schema component behind a reference, through components that are references themselves.
    pub(super) fn find_schema(&self, reference: &str) -> Option<(String, &'d Schema)> {
        let schemas = &self.document.components.as_ref()?.schemas;
        let mut name = super::component_name(reference, "schemas")?;
        for _ in 0..MAX_REF_CHAIN {
            match schemas.get(&name)? {
                ReferenceOr::Item(schema) => return Some((name, schema)),
                ReferenceOr::Reference { reference } => {
                    name = super::component_name(reference, "schemas")?
                }
            }
        }
        None
    }

    fn lower_inline(&mut self, schema: &'d Schema, pointer: &JsonPointer, hint: &Hint) -> Type {
        let def = TypeDef {
            name: hint.0.clone(),
            component: false,
            description: super::text(schema.schema_data.description.as_ref()),
            nullable: false,
            deprecated: schema.schema_data.deprecated,
            shape: Shape::Alias(Type::Any),
            example: schema.schema_data.example.clone(),
            usage: ir::Usage::default(),
            pointer: pointer.clone(),
        };
        self.define(def, schema, pointer, hint, false)
    }

    /// Lowers a schema, and gives it a definition if it needs one (or has the right to one, as components do).
    fn define(
        &mut self,
        def: TypeDef,
        schema: &'d Schema,
        pointer: &JsonPointer,
        hint: &Hint,
        component: bool,
    ) -> Type {
        // An object's name is known before its properties, so that they may refer back to it.
        if is_object(schema) {
            let id = self.types.add(def);
            self.named.insert(pointer.clone(), Type::Named(id));
            self.open_objects.push_back(OpenObject {
                id,
                schema,
                pointer: pointer.clone(),
                hint: hint.clone(),
            });
            return Type::Named(id);
        }
        if self.depth >= MAX_DEPTH {
            return self.untyped(pointer, "Too many lists and maps stand around this schema.");
        }
        self.depth += 1;
        self.open_aliases.insert(pointer.clone());
        let lowered = self.lower_plain(schema, pointer, hint);
        self.open_aliases.remove(pointer);
        self.depth -= 1;
        let ty = match lowered {
            Lowered::Type(ty) if !component || !deserves_alias(&ty) => ty,
            Lowered::Type(ty) => Type::Named(self.types.add(TypeDef {
                shape: Shape::Alias(ty),
                ..def
            })),
            Lowered::Shape(shape) => Type::Named(self.types.add(TypeDef { shape, ..def })),
        };
        if component || matches!(ty, Type::Named(_)) {
            self.named.insert(pointer.clone(), ty.clone());
        }
        ty
    }

    /// Lowers a schema that is no object with known properties.
    fn lower_plain(&mut self, schema: &'d Schema, pointer: &JsonPointer, hint: &Hint) -> Lowered {
        Lowered::Type(match &schema.schema_kind {
            SchemaKind::Type(SchemaType::String(string)) => {
                let values: Vec<WireName> = string
                    .enumeration
                    .iter()
                    .flatten()
                    .map(|value| WireName(value.clone()))
                    .collect();
                if !values.is_empty() {
                    return Lowered::Shape(Shape::Enum(distinct(values)));
                }
                match string.format {
                    VariantOrUnknownOrEmpty::Item(StringFormat::DateTime) => Type::DateTime,
                    VariantOrUnknownOrEmpty::Item(StringFormat::Date) => Type::Date,
                    _ => Type::String,
                }
            }
            SchemaKind::Type(SchemaType::Integer(integer)) => match integer.format {
                VariantOrUnknownOrEmpty::Item(IntegerFormat::Int32) => Type::Int32,
                _ => Type::Int64,
            },
            SchemaKind::Type(SchemaType::Number(_)) => Type::Double,
            SchemaKind::Type(SchemaType::Boolean(_)) => Type::Boolean,
            SchemaKind::Type(SchemaType::Array(array)) => {
                Type::Array(Box::new(match &array.items {
                    Some(items) => {
                        self.lower_type(items, &pointer.child("items"), &hint.then("item"))
                    }
                    None => self.untyped(pointer, "The list does not say what its items are."),
                }))
            }
            SchemaKind::Type(SchemaType::Object(object)) => {
                self.lower_map(object.additional_properties.as_ref(), pointer, hint)
            }
            SchemaKind::OneOf { one_of } => self.lower_union(one_of, &pointer.child("oneOf"), hint),
            SchemaKind::AnyOf { any_of } => self.lower_union(any_of, &pointer.child("anyOf"), hint),
            SchemaKind::AllOf { all_of } => {
                self.lower_single(all_of, &pointer.child("allOf"), hint)
            }
            SchemaKind::Not { .. } => {
                self.untyped(pointer, "`not` alone says nothing that a type could hold.")
            }
            SchemaKind::Any(any) => self.lower_any(any, pointer, hint),
        })
    }

    fn lower_any(&mut self, any: &'d AnySchema, pointer: &JsonPointer, hint: &Hint) -> Type {
        if let Some(items) = &any.items {
            let items = self.lower_type(items, &pointer.child("items"), &hint.then("item"));
            return Type::Array(Box::new(items));
        }
        if !any.all_of.is_empty() {
            return self.lower_single(&any.all_of, &pointer.child("allOf"), hint);
        }
        if !any.one_of.is_empty() {
            return self.lower_union(&any.one_of, &pointer.child("oneOf"), hint);
        }
        if !any.any_of.is_empty() {
            return self.lower_union(&any.any_of, &pointer.child("anyOf"), hint);
        }
        if any.additional_properties.is_some() {
            return self.lower_map(any.additional_properties.as_ref(), pointer, hint);
        }
        self.untyped(pointer, "The schema does not say what type it is.")
    }

    /// A union with one real member is that member; others are not typed yet.
    fn lower_union(
        &mut self,
        members: &'d [ReferenceOr<Schema>],
        pointer: &JsonPointer,
        hint: &Hint,
    ) -> Type {
        match members {
            [member] => self.lower_type(member, &pointer.index(0), hint),
            _ => self.untyped(pointer, "Unions of several types are not typed yet."),
        }
    }

    /// `allOf` without properties: a way to say something more about one schema.
    fn lower_single(
        &mut self,
        members: &'d [ReferenceOr<Schema>],
        pointer: &JsonPointer,
        hint: &Hint,
    ) -> Type {
        match members {
            [] => self.untyped(pointer, "`allOf` is empty."),
            [member, rest @ ..] => {
                if !rest.is_empty() {
                    self.report(Diagnostic::warning(
                        Code("all-of-plain"),
                        pointer.clone(),
                        "Only the first member of this `allOf` is used, since its members are no objects.",
                    ));
                }
                self.lower_type(member, &pointer.index(0), hint)
            }
        }
    }

    fn lower_map(
        &mut self,
        additional: Option<&'d AdditionalProperties>,
        pointer: &JsonPointer,
        hint: &Hint,
    ) -> Type {
        let values = match additional {
            Some(AdditionalProperties::Schema(schema)) => self.lower_type(
                &**schema,
                &pointer.child("additionalProperties"),
                &hint.then("value"),
            ),
            _ => Type::Any,
        };
        Type::Map(Box::new(values))
    }

    fn untyped(&mut self, pointer: &JsonPointer, message: &str) -> Type {
        self.report(
            Diagnostic::warning(Code("untyped"), pointer.clone(), message)
                .help("It is emitted as any JSON value (`serde_json::Value`)."),
        );
        Type::Any
    }
}

/// Whether null is one of the values, said by `nullable` or by an enum with null in it.
fn is_nullable(schema: &Schema) -> bool {
    schema.schema_data.nullable
        || match &schema.schema_kind {
            SchemaKind::Type(SchemaType::String(string)) => string.enumeration.contains(&None),
            _ => false,
        }
}

fn nullable(ty: Type, nullable: bool) -> Type {
    match ty {
        Type::Nullable(_) => ty,
        ty if nullable => Type::Nullable(Box::new(ty)),
        ty => ty,
    }
}

/// Components that are lists or maps keep their names as aliases; another name for `i64` would only hide it.
fn deserves_alias(ty: &Type) -> bool {
    matches!(ty, Type::Array(_) | Type::Map(_))
}

fn distinct(values: Vec<WireName>) -> Vec<WireName> {
    let mut seen = std::collections::HashSet::new();
    values
        .into_iter()
        .filter(|value| seen.insert(value.clone()))
        .collect()
}

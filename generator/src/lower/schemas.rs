//! Schemas to types. Objects, enums and components get a name; everything else is a type as it is used.

use super::aliases::recursive_alias;
use super::keywords::{self, Keywords};
use super::{Lowering, MAX_REF_CHAIN, enums};
use crate::diagnostics::{Code, Diagnostic};
use crate::ir::{Shape, Struct, Type, TypeDef, TypeId, Union};
use crate::pointer::JsonPointer;
use openapiv3::{AdditionalProperties, ReferenceOr, Schema, SchemaKind};

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

/// A schema that has a name, and whose parts are still to be lowered.
pub(super) struct OpenSchema<'d> {
    id: TypeId,
    schema: &'d Schema,
    pointer: JsonPointer,
    hint: Hint,
    /// Whether it is an object; a union otherwise.
    object: bool,
    /// Whether it is a part of a form, where binary text is bytes as they are.
    form: bool,
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
            self.report(recursive_alias(&name, place));
            return Type::Any;
        }
        let def = TypeDef {
            nullable: is_nullable(schema),
            ..definition(name.clone(), true, schema, &place)
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
        let def = definition(hint.0.clone(), false, schema, pointer);
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
        let object = self.is_object(schema, pointer);
        // The name of an object or of a shared union is known before its parts, so that they may refer back to it.
        if object || (component && self.is_union(schema, pointer)) {
            let shape = if object {
                Shape::Struct(Struct::default())
            } else {
                Shape::Union(Union::default())
            };
            let id = self.types.add(TypeDef { shape, ..def });
            self.named.insert(pointer.clone(), Type::Named(id));
            self.open_schemas.push_back(OpenSchema {
                id,
                schema,
                pointer: pointer.clone(),
                hint: hint.clone(),
                object,
                form: self.form,
            });
            return Type::Named(id);
        }
        if self.depth >= MAX_DEPTH {
            return self.untyped(pointer, "The schema is inside too many lists and maps.");
        }
        self.depth += 1;
        self.open_aliases.insert(pointer.clone());
        let shape = self.lower_plain(schema, pointer, hint);
        self.open_aliases.remove(pointer);
        self.depth -= 1;
        let ty = match shape {
            Shape::Alias(ty) if !component || !deserves_alias(&ty) => ty,
            shape => Type::Named(self.types.add(TypeDef { shape, ..def })),
        };
        if component || matches!(ty, Type::Named(_)) {
            self.named.insert(pointer.clone(), ty.clone());
        }
        ty
    }

    /// Lowers the schemas that wait for it, and those that they lead to.
    pub(super) fn lower_open_schemas(&mut self) {
        let form = self.form;
        while let Some(open) = self.open_schemas.pop_front() {
            self.form = open.form;
            let shape = if open.object {
                self.lower_object(open.schema, &open.pointer, &open.hint)
            } else {
                self.lower_union(open.schema, &open.pointer, &open.hint)
            };
            if let Some(def) = self.types.get_mut(open.id) {
                def.shape = shape;
            }
        }
        self.form = form;
    }

    /// Lowers the union that a schema written in place has beside its properties, as a type of its own.
    pub(super) fn lower_inline_union(
        &mut self,
        schema: &'d Schema,
        pointer: &JsonPointer,
        hint: &Hint,
    ) -> Type {
        match self.lower_union(schema, pointer, hint) {
            Shape::Alias(ty) => ty,
            shape => Type::Named(self.types.add(TypeDef {
                shape,
                ..TypeDef::new(hint.0.clone(), false, pointer.clone())
            })),
        }
    }

    fn is_union(&self, schema: &'d Schema, pointer: &JsonPointer) -> bool {
        self.union_members(schema, pointer).len() > 1
    }

    /// Lowers a schema that is no object with known properties.
    fn lower_plain(&mut self, schema: &'d Schema, pointer: &JsonPointer, hint: &Hint) -> Shape {
        if let Some(of) = enums::lower(schema) {
            return Shape::Enum(of);
        }
        let keywords = Keywords::of(schema);
        if !self.union_members(schema, pointer).is_empty() {
            return self.lower_union(schema, pointer, hint);
        }
        if !keywords.all_of.is_empty() {
            return Shape::Alias(self.lower_all_of(schema, pointer, hint));
        }
        Shape::Alias(match (keywords.ty, keywords.format) {
            (Some("string"), "date-time") => Type::DateTime,
            (Some("string"), "date") => Type::Date,
            (Some("string"), "byte" | "base64") => Type::Base64,
            (Some("string"), "binary") if self.form => Type::Binary,
            (Some("string"), _) => Type::String,
            (Some("integer"), "int32") => Type::Int32,
            (Some("integer" | "number"), "uint64") => Type::Uint64,
            (Some("integer"), _) | (Some("number"), "int32" | "int64" | "integer") => Type::Int64,
            (Some("number"), _) => Type::Double,
            (Some("boolean"), _) => Type::Boolean,
            (Some("array"), _) => self.lower_list(keywords, pointer, hint),
            (Some("object"), _) => self.lower_map(keywords.additional, pointer, hint),
            (_, _) if keywords.items.is_some() => self.lower_list(keywords, pointer, hint),
            (_, _) if keywords.additional.is_some() => {
                self.lower_map(keywords.additional, pointer, hint)
            }
            _ => self.lower_untyped(schema, pointer),
        })
    }

    fn lower_untyped(&mut self, schema: &'d Schema, pointer: &JsonPointer) -> Type {
        let mut values = keywords::values(schema).into_iter();
        match values.next() {
            // Values that make no enum of their own still tell their type, where it is one.
            Some(first) if first.is_boolean() && values.all(|value| value.is_boolean()) => {
                Type::Boolean
            }
            Some(first) if first.is_number() && values.all(|value| value.is_number()) => {
                Type::Double
            }
            _ if matches!(schema.schema_kind, SchemaKind::Not { .. }) => self.untyped(
                pointer,
                "The schema only says which values it does not allow.",
            ),
            _ => self.untyped(
                pointer,
                "The schema does not say what type its values have.",
            ),
        }
    }

    fn lower_list(&mut self, keywords: Keywords<'d>, pointer: &JsonPointer, hint: &Hint) -> Type {
        let Some(items) = keywords.items else {
            let item = self.untyped(pointer, "The list does not say what type its items have.");
            return Type::Array(Box::new(item));
        };
        let place = pointer.child("items");
        match self.tuple_items(items) {
            Some(members) => {
                let base = place.child("anyOf");
                let lower = |(index, member)| {
                    let hint = hint.then(&format!("item {}", index + 1));
                    self.lower_type(member, &base.index(index), &hint)
                };
                Type::Tuple(members.iter().enumerate().map(lower).collect())
            }
            None => Type::Array(Box::new(self.lower_type(items, &place, &hint.then("item")))),
        }
    }

    /// The items of a tuple, as the repair phase leaves OpenAPI 3.1's `prefixItems`.
    fn tuple_items(
        &self,
        items: &'d ReferenceOr<Box<Schema>>,
    ) -> Option<&'d [ReferenceOr<Schema>]> {
        let schema = self.inline_schema(items)?;
        let marked = schema.schema_data.extensions.contains_key("x-prefix-items");
        let members = Keywords::of(schema).any_of;
        (marked && (1..=MAX_TUPLE).contains(&members.len())).then_some(members)
    }

    /// `allOf` without properties: a way to say something more about one schema.
    fn lower_all_of(&mut self, schema: &'d Schema, pointer: &JsonPointer, hint: &Hint) -> Type {
        let base = pointer.child("allOf");
        if let Some((index, member)) = self.only_member(schema) {
            return self.lower_type(member, &base.index(index), hint);
        }
        let members = Keywords::of(schema).all_of;
        let saying = members.iter().enumerate().find(|(_, member)| {
            self.behind(SchemaRef::from(*member))
                .is_some_and(|inner| !Keywords::of(inner).is_silent())
        });
        let Some((index, member)) = saying else {
            return self.lower_map(None, pointer, hint);
        };
        self.report(
            Diagnostic::warning(
                Code::AllOfPlain,
                base,
                "Several members of this `allOf` are not objects; the first of them is used.",
            )
            .help("Describe the values in one schema."),
        );
        self.lower_type(member, &pointer.child("allOf").index(index), hint)
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
            _ => {
                self.report(
                    Diagnostic::note(
                        Code::Untyped,
                        pointer.clone(),
                        "The object does not say what its properties are.",
                    )
                    .help("It becomes a map of JSON values."),
                );
                Type::Any
            }
        };
        Type::Map(Box::new(values))
    }

    /// The schema itself, behind a reference.
    pub(super) fn behind(&self, schema: SchemaRef<'d>) -> Option<&'d Schema> {
        match schema {
            SchemaRef::Inline(schema) => Some(schema),
            SchemaRef::Reference(reference) => {
                self.find_schema(reference).map(|(_, schema)| schema)
            }
        }
    }

    /// Reports that a type is not known, and gives the one that holds anything.
    pub(super) fn untyped(&mut self, pointer: &JsonPointer, reason: &str) -> Type {
        self.report(
            Diagnostic::warning(Code::Untyped, pointer.clone(), reason)
                .help("It becomes any JSON value (`serde_json::Value`)."),
        );
        Type::Any
    }
}

/// The definition of a schema, whose shape is not known yet.
fn definition(name: String, component: bool, schema: &Schema, pointer: &JsonPointer) -> TypeDef {
    TypeDef {
        description: super::text(schema.schema_data.description.as_ref()),
        deprecated: schema.schema_data.deprecated,
        example: schema.schema_data.example.clone(),
        ..TypeDef::new(name, component, pointer.clone())
    }
}

/// The longest list of single items that is a tuple: the standard library knows longer tuples no more.
const MAX_TUPLE: usize = 12;

/// Whether null is one of the values, said by `nullable`, by an enum with null in it, or by a member of a union.
pub(super) fn is_nullable(schema: &Schema) -> bool {
    let members = Keywords::of(schema).members().0;
    schema.schema_data.nullable
        || keywords::has_null_value(schema)
        || members.iter().any(|member| {
            matches!(member, ReferenceOr::Item(member) if keywords::is_null(member) || member.schema_data.nullable)
        })
}

fn nullable(ty: Type, nullable: bool) -> Type {
    match ty {
        Type::Nullable(_) | Type::Any => ty,
        ty if nullable => Type::Nullable(Box::new(ty)),
        ty => ty,
    }
}

/// Components that are lists, maps or tuples keep their names as aliases; another name for `i64` would only hide it.
fn deserves_alias(ty: &Type) -> bool {
    matches!(ty, Type::Array(_) | Type::Map(_) | Type::Tuple(_))
}

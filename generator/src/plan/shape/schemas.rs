//! Schemas to types. Objects, enums and components get a name; everything else is a type as it is used.

use super::super::Planning;
use super::super::aliases::recursive_alias;
use super::super::forms::Key;
use super::super::reason::Origin;
use super::examples;
use super::keywords;
use super::open::OpenKind;
use crate::diagnostics::{Code, Diagnostic};
use crate::facts::{Schema, SchemaType, SchemaUse, Schemas};
use crate::plan::model::{Shape, Struct, Titled, Type, TypeDef, Union};
use crate::pointer::JsonPointer;

/// A schema where one is used: named by reference, or written in place.
#[derive(Clone, Copy)]
pub(in crate::plan) enum SchemaRef<'f> {
    Reference(&'f SchemaUse),
    Inline(&'f Schema),
}

impl<'f> SchemaRef<'f> {
    /// Where the use stands.
    pub(in crate::plan) fn pointer(self) -> &'f JsonPointer {
        match self {
            Self::Reference(used) => &used.pointer,
            Self::Inline(schema) => &schema.pointer,
        }
    }

    /// The schema that is meant; `None` where a reference leads nowhere.
    pub(in crate::plan) fn meant(self, schemas: &'f Schemas) -> Option<&'f Schema> {
        match self {
            Self::Reference(used) => schemas.of(used),
            Self::Inline(schema) => Some(schema),
        }
    }

    /// The schema itself, where it is written in place; a reference says nothing about the place that uses it.
    pub(in crate::plan) fn inline(self) -> Option<&'f Schema> {
        match self {
            Self::Reference(_) => None,
            Self::Inline(schema) => Some(schema),
        }
    }

    /// Where a type comes from that is planned from this use.
    pub(in crate::plan) fn origin(self) -> Origin {
        match self {
            Self::Reference(used) => Origin::of_use(used),
            Self::Inline(schema) => Origin::of_schema(schema),
        }
    }
}

/// How many lists, maps and unions may stand within each other; more than that is no interface that somebody means.
const MAX_DEPTH: usize = 64;

/// The words from which an inline type is named: the places that lead to it, from the innermost title on.
#[derive(Clone, Debug)]
pub(in crate::plan) struct Hint {
    pub(in crate::plan) words: String,
    titled: Option<Titled>,
}

impl Hint {
    pub(in crate::plan) fn of(name: &str) -> Self {
        Self {
            words: name.to_owned(),
            titled: None,
        }
    }

    pub(in crate::plan) fn then(&self, name: &str) -> Self {
        let words = format!("{} {name}", self.words);
        let titled = self.titled.as_ref().map(|titled| Titled {
            place: format!("{} {name}", titled.place),
            is_own: false,
            ..titled.clone()
        });
        Self { words, titled }
    }

    /// The same place, called by the title of what stands there.
    pub(super) fn titled(&self, title: &str) -> Self {
        let place = self.titled.as_ref().map(|titled| &titled.place);
        Self {
            words: title.to_owned(),
            titled: Some(Titled {
                title: title.to_owned(),
                place: place.unwrap_or(&self.words).clone(),
                is_own: true,
            }),
        }
    }

    /// An inline type of this name, whose shape is not known yet.
    pub(super) fn inline_type(&self, pointer: JsonPointer) -> TypeDef {
        TypeDef {
            titled: self.titled.clone(),
            ..TypeDef::new(self.words.clone(), false, pointer)
        }
    }
}

impl<'f> Planning<'f> {
    /// A schema where one is used.
    pub(in crate::plan) fn look(&self, used: &'f SchemaUse) -> SchemaRef<'f> {
        let inline = used.inline().and_then(|id| self.facts.schemas.get(id));
        inline.map_or(SchemaRef::Reference(used), SchemaRef::Inline)
    }

    /// The schema itself, behind a reference; `None` when it leads nowhere.
    pub(in crate::plan) fn behind(&self, schema: SchemaRef<'f>) -> Option<&'f Schema> {
        match schema {
            SchemaRef::Inline(schema) => Some(schema),
            SchemaRef::Reference(used) => self.facts.schemas.of(used),
        }
    }

    /// By what the type of a schema is remembered.
    pub(super) fn key(&self, schema: &Schema) -> Key {
        self.forms.key(schema.id, self.form)
    }

    /// Plans a schema where it is used; [`Type::Nullable`] says that null is one of its values.
    pub(in crate::plan) fn plan_type(&mut self, schema: SchemaRef<'f>, hint: &Hint) -> Type {
        match schema {
            SchemaRef::Reference(used) => self.plan_component(used),
            SchemaRef::Inline(schema) => {
                let ty = match self.named.get(&self.key(schema)) {
                    Some(ty) => ty.clone(),
                    None => self.plan_inline(schema, hint),
                };
                nullable(ty, self.is_nullable(schema))
            }
        }
    }

    /// Follows a reference to a component, which is planned once and keeps its author's name. One that is different in a form has
    /// a second type for that.
    pub(super) fn plan_component(&mut self, used: &'f SchemaUse) -> Type {
        let Some(schema) = self.facts.schemas.of(used) else {
            let reference = used.reference.as_deref().unwrap_or_default();
            self.report_unresolved(reference, &used.pointer);
            return Type::Any;
        };
        let key = self.key(schema);
        let is_nullable = self.is_nullable(schema);
        if let Some(ty) = self.named.get(&key) {
            return nullable(ty.clone(), is_nullable);
        }
        let name = schema.component.as_deref().unwrap_or_default();
        if self.open_aliases.contains(&key) {
            self.report(recursive_alias(name, schema.pointer.clone()));
            return Type::Any;
        }
        let hint = if key.is_form_variant() {
            Hint::of(name).then("form")
        } else {
            Hint::of(name)
        };
        let def = TypeDef {
            nullable: is_nullable,
            ..self.definition(&hint, !key.is_form_variant(), schema)
        };
        nullable(self.define(def, schema, &hint, true), is_nullable)
    }

    fn plan_inline(&mut self, schema: &'f Schema, outer: &Hint) -> Type {
        let title = self.titles.of(schema);
        let is_form = self.key(schema).is_form_variant();
        let hint = title.map(|title| match is_form {
            true => outer.titled(title).then("form"),
            false => outer.titled(title),
        });
        let hint = hint.as_ref().unwrap_or(outer);
        let def = self.definition(hint, false, schema);
        self.define(def, schema, hint, false)
    }

    /// Plans a schema, and gives it a definition if it needs one (or has the right to one, as components do).
    fn define(&mut self, def: TypeDef, schema: &'f Schema, hint: &Hint, component: bool) -> Type {
        let key = self.key(schema);
        if self.is_patch_operation(schema) {
            self.named.insert(key, Type::JsonPatchOperation);
            return Type::JsonPatchOperation;
        }
        // The name of an object or of a shared union is known before its parts, so that they may refer back to it.
        if let Some(kind) = self.open_kind(schema, component) {
            let shape = match kind {
                OpenKind::Object | OpenKind::Base | OpenKind::Merged => {
                    Shape::Struct(Struct::default())
                }
                OpenKind::Union | OpenKind::Family => Shape::Union(Union::default()),
            };
            let id = self.types.add(TypeDef { shape, ..def });
            self.named.insert(key, Type::Named(id));
            self.open(id, schema, hint.clone(), kind);
            return Type::Named(id);
        }
        if self.depth >= MAX_DEPTH {
            return self.untyped(
                &schema.pointer,
                "Too many lists and maps stand around the schema.",
            );
        }
        self.depth += 1;
        self.open_aliases.insert(key);
        let shape = self.plan_plain(schema, hint);
        self.open_aliases.remove(&key);
        self.depth -= 1;
        let ty = match shape {
            Shape::Alias(ty) if !component || !deserves_alias(&ty) => ty,
            shape => Type::Named(self.types.add(TypeDef { shape, ..def })),
        };
        let ty = match ty {
            ty if self.is_password(schema) => ty.hidden(),
            ty => ty,
        };
        if component || matches!(ty.revealed(), Type::Named(_)) {
            self.named.insert(key, ty.clone());
        }
        ty
    }

    /// Whether a schema says that its values must not be shown, itself or in a member of `allOf`.
    fn is_password(&self, schema: &'f Schema) -> bool {
        let says = |schema: &Schema| schema.format.as_deref() == Some("password");
        let members = schema.all_of.iter();
        says(schema)
            || members
                .filter_map(|member| self.facts.schemas.of(member))
                .any(says)
    }

    /// Plans the union that a schema written in place has beside its properties, as a type of its own.
    pub(super) fn plan_inline_union(&mut self, schema: &'f Schema, hint: &Hint) -> Type {
        match self.plan_union(schema, hint) {
            Shape::Alias(ty) => ty,
            shape => Type::Named(self.types.add(TypeDef {
                shape,
                origin: Origin::of_schema(schema),
                ..hint.inline_type(schema.pointer.clone())
            })),
        }
    }

    pub(super) fn is_union(&self, schema: &'f Schema) -> bool {
        self.union_members(schema).len() > 1
    }

    /// Plans a schema that is no object with known properties.
    fn plan_plain(&mut self, schema: &'f Schema, hint: &Hint) -> Shape {
        if let Some(of) = super::enums::plan(schema) {
            return Shape::Enum(of);
        }
        if !self.union_members(schema).is_empty() {
            return self.plan_union(schema, hint);
        }
        if !schema.all_of.is_empty() {
            return Shape::Alias(self.plan_all_of(schema, hint));
        }
        let format = schema.format.as_deref().unwrap_or_default();
        Shape::Alias(match (schema.ty, format) {
            (Some(SchemaType::String), format) => self.plan_text(format),
            (Some(SchemaType::Integer), "int32") => Type::Int32,
            (Some(SchemaType::Integer | SchemaType::Number), "uint64") => Type::Uint64,
            (Some(SchemaType::Integer), _)
            | (Some(SchemaType::Number), "int32" | "int64" | "integer") => Type::Int64,
            (Some(SchemaType::Number), _) => Type::Double,
            (Some(SchemaType::Boolean), _) => Type::Boolean,
            (Some(SchemaType::Array), _) => self.plan_list(schema, hint),
            (Some(SchemaType::Object), _) => self.plan_map(schema, hint),
            (None, _) if schema.items.is_some() => self.plan_list(schema, hint),
            (None, _) if keywords::additional(schema).is_some() => self.plan_map(schema, hint),
            (None, _) => self.plan_untyped(schema),
        })
    }

    fn plan_text(&self, format: &str) -> Type {
        match format {
            "date-time" => Type::DateTime,
            "date" => Type::Date,
            "byte" | "base64" => Type::Base64,
            "base64url" => Type::Base64Url,
            "binary" if self.form => Type::Binary,
            _ => Type::String,
        }
    }

    fn plan_untyped(&mut self, schema: &'f Schema) -> Type {
        if self.form && self.forms.is_file(schema) {
            return Type::Binary;
        }
        let mut values = keywords::values(schema);
        match values.next() {
            // Values that make no enum of their own still tell their type, where it is one.
            Some(first) if first.is_boolean() && values.all(|value| value.is_boolean()) => {
                Type::Boolean
            }
            Some(first) if first.is_number() && values.all(|value| value.is_number()) => {
                Type::Double
            }
            _ if keywords::only_excludes(schema) => self.untyped(
                &schema.pointer,
                "The schema only says what its values are not.",
            ),
            _ => self.untyped(&schema.pointer, "The schema does not say what type it is."),
        }
    }

    /// Whether null is one of the values, said by `nullable`, by an enum with null in it, by a member of a union, or by a member of
    /// `allOf` that says nothing else, which speaks of the place and not of what stands beside it.
    pub(in crate::plan) fn is_nullable(&self, schema: &Schema) -> bool {
        let inline = |member: &SchemaUse| self.facts.schemas.get(member.inline()?);
        schema.nullable
            || schema.enum_values.iter().any(serde_json::Value::is_null)
            || keywords::members(schema)
                .iter()
                .filter_map(inline)
                .any(|member| keywords::is_null(member) || member.nullable)
            || schema
                .all_of
                .iter()
                .filter_map(inline)
                .any(|member| member.nullable && keywords::is_silent(member))
    }

    /// Reports that a type is not known, and gives the one that holds anything.
    pub(super) fn untyped(&mut self, pointer: &JsonPointer, reason: &str) -> Type {
        self.report(
            Diagnostic::warning(Code::Untyped, pointer.clone(), reason)
                .help("It is emitted as any JSON value (`serde_json::Value`)."),
        );
        Type::Any
    }
}

impl Planning<'_> {
    /// The definition of a schema, whose shape is not known yet.
    pub(super) fn definition(&self, hint: &Hint, component: bool, schema: &Schema) -> TypeDef {
        TypeDef {
            description: super::super::text(schema.description.as_ref()),
            deprecated: schema.deprecated,
            example: examples::of(&self.facts.schemas, schema),
            origin: Origin::of_schema(schema),
            component,
            ..hint.inline_type(schema.pointer.clone())
        }
    }
}

pub(super) fn nullable(ty: Type, nullable: bool) -> Type {
    match ty {
        ty if matches!(ty.revealed(), Type::Nullable(_) | Type::Any) => ty,
        ty if nullable => Type::Nullable(Box::new(ty)),
        ty => ty,
    }
}

/// Components that are lists, maps or tuples keep their names as aliases; another name for `i64` would only hide it.
fn deserves_alias(ty: &Type) -> bool {
    matches!(ty, Type::Array(_) | Type::Map(_) | Type::Tuple(_))
}

//! Types: what they are made of, where they stand, and why.

use super::Printer;
use crate::plan::model::{Enum, Field, Presence, Shape, Struct, Type, TypeDef, Union};
use crate::plan::reason::{ConstructorReason, PresenceReason};
use crate::plan::rust::rust_type;
use crate::plan::{TypePlace, type_text};
use crate::source::Position;
use serde::Serialize;
use serde_json::Value;

/// A type that the crate has under `models`.
#[derive(Debug, Default, Serialize)]
pub(super) struct TypeJson<'p> {
    name: &'p str,
    component: bool,
    kind: &'static str,
    type_reason: String,
    rust_path: String,
    name_reason: String,
    file: Option<String>,
    file_reason: String,
    sent: bool,
    received: bool,
    nullable: bool,
    deprecated: bool,
    /// Whether it has `new()`, and why or why not; null for what is no struct.
    constructor: Option<ConstructorJson>,
    fields: Vec<FieldJson<'p>>,
    /// The union whose properties stand beside the fields.
    flattened: Option<MemberJson<'p>>,
    /// The type of properties beyond the fields.
    additional: Option<MemberJson<'p>>,
    values: Vec<ValueJson<'p>>,
    variants: Vec<VariantJson<'p>>,
    /// How variants are distinguished: the property that tells, or null where what they look like tells.
    tag: Option<&'p str>,
    /// The variant that takes what the others do not.
    rest: Option<&'p str>,
    /// The type for which this is another name.
    target: Option<String>,
    pointer: &'p str,
    source: Option<Position>,
}

#[derive(Debug, Serialize)]
struct ConstructorJson {
    exists: bool,
    reason: String,
}

/// A property.
#[derive(Debug, Serialize)]
struct FieldJson<'p> {
    wire: &'p str,
    ident: &'p str,
    name_reason: String,
    #[serde(rename = "type")]
    ty: String,
    type_reason: String,
    presence: &'static str,
    reason: String,
    required: bool,
    nullable: bool,
    /// Why it stands behind a `Box`; null where it does not.
    boxed: Option<String>,
    secret: bool,
    read_only: bool,
    write_only: bool,
    deprecated: bool,
    pointer: &'p str,
    source: Option<Position>,
}

/// A field that holds what the others do not.
#[derive(Debug, Serialize)]
struct MemberJson<'p> {
    ident: &'p str,
    #[serde(rename = "type")]
    ty: String,
    boxed: Option<String>,
}

/// A value of an enum.
#[derive(Debug, Serialize)]
struct ValueJson<'p> {
    value: &'p Value,
    ident: &'p str,
    name_reason: String,
    pointer: &'p str,
    source: Option<Position>,
}

/// A variant of a union.
#[derive(Debug, Serialize)]
struct VariantJson<'p> {
    ident: &'p str,
    name_reason: String,
    #[serde(rename = "type")]
    ty: String,
    type_reason: String,
    boxed: Option<String>,
    /// The values of the tag that stand for it.
    tags: &'p [String],
    pointer: &'p str,
    source: Option<Position>,
}

impl<'p> Printer<'p, '_> {
    pub(super) fn ty(&self, def: &'p TypeDef) -> TypeJson<'p> {
        let plain = TypeJson {
            name: &def.name,
            component: def.component,
            type_reason: def.origin.reason.to_string(),
            rust_path: self.plan.type_path(def),
            name_reason: def.ident.reasons().to_string(),
            file: self.plan.home_of(def),
            file_reason: self.plan.home_reason(def).to_string(),
            sent: def.usage.request,
            received: def.usage.response,
            nullable: def.nullable,
            deprecated: def.deprecated,
            constructor: ConstructorReason::of(def).map(|reason| ConstructorJson {
                exists: def.has_constructor,
                reason: reason.to_string(),
            }),
            pointer: def.pointer.as_str(),
            source: self.locate(&def.pointer),
            ..TypeJson::default()
        };
        match &def.shape {
            Shape::Struct(object) => self.object(plain, def, object),
            Shape::Enum(of) => self.enumeration(plain, def, of),
            Shape::Union(union) => self.union(plain, def, union),
            Shape::Alias(ty) => TypeJson {
                kind: "alias",
                target: Some(self.text(ty)),
                ..plain
            },
        }
    }

    fn text(&self, ty: &Type) -> String {
        type_text(self.plan, &rust_type(ty), TypePlace::Models)
    }

    fn object(&self, plain: TypeJson<'p>, def: &'p TypeDef, object: &'p Struct) -> TypeJson<'p> {
        TypeJson {
            kind: "struct",
            fields: object
                .fields
                .iter()
                .map(|field| self.field(def, field))
                .collect(),
            flattened: object.flattened.as_ref().map(|union| MemberJson {
                ident: def.rest.as_str(),
                ty: type_text(self.plan, &union.rust_type(), TypePlace::Models),
                boxed: union.boxed.map(|reason| reason.to_string()),
            }),
            additional: object.additional.as_ref().map(|ty| MemberJson {
                ident: def.rest.as_str(),
                ty: self.text(&Type::Map(Box::new(ty.clone()))),
                boxed: None,
            }),
            ..plain
        }
    }

    fn field(&self, def: &TypeDef, field: &'p Field) -> FieldJson<'p> {
        FieldJson {
            wire: field.wire.as_str(),
            ident: field.ident.as_str(),
            name_reason: field.ident.reasons().to_string(),
            ty: type_text(self.plan, &field.rust_type(), TypePlace::Models),
            type_reason: field.origin.reason.to_string(),
            presence: match field.presence {
                Presence::Always => "always",
                Presence::Optional => "optional",
                Presence::Nullable => "nullable",
            },
            reason: PresenceReason::of(field, &def.usage).to_string(),
            required: field.required,
            nullable: field.nullable,
            boxed: field.boxed.map(|reason| reason.to_string()),
            secret: field.secret,
            read_only: field.read_only,
            write_only: field.write_only,
            deprecated: field.deprecated,
            pointer: field.origin.pointer.as_str(),
            source: self.locate(&field.origin.pointer),
        }
    }

    fn enumeration(&self, plain: TypeJson<'p>, def: &'p TypeDef, of: &'p Enum) -> TypeJson<'p> {
        TypeJson {
            kind: "enum",
            values: of
                .values
                .iter()
                .map(|value| ValueJson {
                    value: &value.value,
                    ident: value.ident.as_str(),
                    name_reason: value.ident.reasons().to_string(),
                    pointer: value.origin.pointer.as_str(),
                    source: self.locate(&value.origin.pointer),
                })
                .collect(),
            rest: Some(def.rest.as_str()),
            ..plain
        }
    }

    fn union(&self, plain: TypeJson<'p>, def: &'p TypeDef, union: &'p Union) -> TypeJson<'p> {
        TypeJson {
            kind: "union",
            variants: union
                .variants
                .iter()
                .map(|variant| VariantJson {
                    ident: variant.ident.as_str(),
                    name_reason: variant.ident.reasons().to_string(),
                    ty: type_text(self.plan, &variant.rust_type(), TypePlace::Models),
                    type_reason: variant.origin.reason.to_string(),
                    boxed: variant.boxed.map(|reason| reason.to_string()),
                    tags: &variant.tags,
                    pointer: variant.origin.pointer.as_str(),
                    source: self.locate(&variant.origin.pointer),
                })
                .collect(),
            tag: union.tag.as_ref().map(|tag| tag.as_str()),
            rest: Some(def.rest.as_str()),
            ..plain
        }
    }
}

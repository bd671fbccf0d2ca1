//! The fields of objects.

use super::super::{Planning, text};
use super::all_of::Part;
use super::constraints;
use super::examples;
use super::schemas::Hint;
use crate::plan::model::{Field, Presence, RustIdent, Type, WireName};
use crate::plan::reason::{Origin, TypeReason, Untyped};
use crate::pointer::JsonPointer;

impl<'f> Planning<'f> {
    pub(super) fn plan_field(
        &mut self,
        owner: &str,
        wire: &str,
        part: &Part<'f>,
        required: bool,
        hint: &Hint,
    ) -> Field {
        let property = part.property;
        let ty = match part.beside.as_slice() {
            [] => self.plan_type(property, hint),
            beside => {
                let parts: Vec<_> = [property].into_iter().chain(beside.to_vec()).collect();
                self.plan_merged(&parts, hint)
            }
        };
        let (ty, nullable) = match ty {
            Type::Nullable(inner) => (*inner, true),
            ty => (ty, false),
        };
        let (ty, hidden) = match ty {
            Type::Secret(inner) => (*inner, true),
            ty => (ty, false),
        };
        let about = property.inline();
        let mut origin = property.origin();
        if let Some(schema) = about.filter(|schema| self.are_together(schema)) {
            origin.reason = TypeReason::together(schema);
        }
        // A component that has a type of its own has its example there.
        let shown = match ty.revealed() {
            Type::Named(_) => about,
            _ => property.meant(&self.facts.schemas),
        };
        Field {
            wire: WireName(wire.to_owned()),
            required,
            nullable,
            read_only: about.is_some_and(|schema| schema.read_only),
            write_only: about.is_some_and(|schema| schema.write_only),
            secret: hidden || self.target.secrets.name(owner, wire),
            deprecated: about.is_some_and(|schema| schema.deprecated),
            boxed: None,
            description: about.and_then(|schema| text(schema.description.as_ref())),
            default: about.and_then(|schema| schema.default.clone()),
            example: shown.and_then(|schema| examples::of(&self.facts.schemas, schema)),
            constraints: about.map(constraints::of).unwrap_or_default(),
            ident: RustIdent::default(),
            presence: Presence::default(),
            origin,
            ty,
        }
    }
}

impl Field {
    /// A property of which nothing is known but its name.
    pub(super) fn undescribed(wire: &str, pointer: JsonPointer) -> Self {
        let reason = TypeReason::Untyped(Untyped::OnlyNamed);
        Self {
            wire: WireName(wire.to_owned()),
            ty: Type::Any,
            required: false,
            nullable: false,
            read_only: false,
            write_only: false,
            secret: false,
            deprecated: false,
            boxed: None,
            description: None,
            default: None,
            example: None,
            constraints: Vec::new(),
            ident: RustIdent::default(),
            presence: Presence::default(),
            origin: Origin::without_schema(pointer, reason),
        }
    }
}

//! The fields of objects.

use super::super::{Planning, text};
use super::constraints;
use super::schemas::{Hint, SchemaRef};
use crate::plan::model::{Field, Presence, RustIdent, Type, WireName};

impl<'f> Planning<'f> {
    pub(super) fn plan_field(
        &mut self,
        owner: &str,
        wire: &str,
        property: SchemaRef<'f>,
        required: bool,
        hint: &Hint,
    ) -> Field {
        let ty = self.plan_type(property, hint);
        let (ty, nullable) = match ty {
            Type::Nullable(inner) => (*inner, true),
            ty => (ty, false),
        };
        let (ty, hidden) = match ty {
            Type::Secret(inner) => (*inner, true),
            ty => (ty, false),
        };
        let about = property.inline();
        Field {
            wire: WireName(wire.to_owned()),
            required,
            nullable,
            read_only: about.is_some_and(|schema| schema.read_only),
            write_only: about.is_some_and(|schema| schema.write_only),
            secret: hidden || self.target.is_secret(owner, wire),
            deprecated: about.is_some_and(|schema| schema.deprecated),
            boxed: None,
            description: about.and_then(|schema| text(schema.description.as_ref())),
            default: about.and_then(|schema| schema.default.clone()),
            example: about.and_then(|schema| schema.example.clone()),
            constraints: about.map(constraints::of).unwrap_or_default(),
            ident: RustIdent::default(),
            presence: Presence::default(),
            origin: property.origin(),
            ty,
        }
    }
}

//! Rust types as text: what a field, an argument or a result is declared as.
//!
//! The text is made of identifiers from the name phase and of names from the runtime and the standard library
//! only, so nothing in it can come from a document.

use super::Context;
use crate::ir::{Encoding, Field, Shape, Type, TypeId};

/// Where a type is written, which decides how models are named.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Site {
    /// Beside the other models: `MfaMethod`.
    Models,
    /// Elsewhere in the crate: `models::MfaMethod`.
    Crate,
}

impl Context<'_> {
    /// The type of a value.
    pub(super) fn rust_type(&self, ty: &Type, site: Site) -> String {
        match ty {
            Type::Named(id) => self.type_path(*id, site),
            Type::String => "String".to_owned(),
            Type::Base64 => runtime_type("Base64", site),
            Type::Binary => runtime_type("FilePart", site),
            Type::DateTime => runtime_type("DateTime", site),
            Type::Date => runtime_type("Date", site),
            Type::Int32 => "i32".to_owned(),
            Type::Int64 => "i64".to_owned(),
            Type::Uint64 => "u64".to_owned(),
            Type::Double => "f64".to_owned(),
            Type::Boolean => "bool".to_owned(),
            Type::Array(inner) => format!("Vec<{}>", self.rust_type(inner, site)),
            Type::Tuple(items) => {
                let items: Vec<String> = items
                    .iter()
                    .map(|item| format!("{},", self.rust_type(item, site)))
                    .collect();
                format!("({})", items.join(" "))
            }
            Type::Map(inner) => {
                let map = if site == Site::Models {
                    "BTreeMap"
                } else {
                    "std::collections::BTreeMap"
                };
                format!("{map}<String, {}>", self.rust_type(inner, site))
            }
            Type::Nullable(inner) => format!("Option<{}>", self.rust_type(inner, site)),
            Type::Any => runtime_type("Value", site),
        }
    }

    fn type_path(&self, id: TypeId, site: Site) -> String {
        let ident = self
            .names
            .ty(id)
            .map_or("Value", |names| names.ident.as_str());
        match site {
            Site::Models => ident.to_owned(),
            Site::Crate => format!("models::{ident}"),
        }
    }

    /// The declared type of a property.
    pub(super) fn field_type(&self, field: &Field, sent: bool) -> String {
        let mut ty = self.rust_type(&field.ty, Site::Models);
        if field.boxed {
            ty = format!("Box<{ty}>");
        }
        if field.secret {
            ty = format!("Secret<{ty}>");
        }
        match presence(field, sent) {
            Presence::Always => ty,
            Presence::Optional => format!("Option<{ty}>"),
            Presence::Nullable => format!("Nullable<{ty}>"),
        }
    }

    /// The type that a method takes a value as.
    pub(super) fn argument_type(&self, ty: &Type) -> String {
        match self.through_alias(ty) {
            Type::String => "&str".to_owned(),
            Type::Array(inner) => format!("&[{}]", self.rust_type(inner, Site::Crate)),
            ty if self.is_by_value(ty) => self.rust_type(ty, Site::Crate),
            ty => format!("&{}", self.rust_type(ty, Site::Crate)),
        }
    }

    /// How a method hands an argument on: everything by reference.
    pub(super) fn argument_reference(&self, ty: &Type, name: &str) -> String {
        if self.is_by_value(self.through_alias(ty)) {
            format!("&{name}")
        } else {
            name.to_owned()
        }
    }

    fn is_by_value(&self, ty: &Type) -> bool {
        match ty {
            Type::Int32 | Type::Int64 | Type::Uint64 | Type::Double | Type::Boolean => true,
            Type::Named(id) => self
                .api
                .types
                .get(*id)
                .is_some_and(|def| matches!(def.shape, Shape::Enum(_))),
            _ => false,
        }
    }

    /// The type behind names that are only other names for it.
    pub(super) fn through_alias<'t>(&'t self, ty: &'t Type) -> &'t Type {
        self.api.types.through_alias(ty)
    }

    /// The type that a body is read as.
    pub(super) fn body_type(&self, encoding: Option<&Encoding>, site: Site) -> String {
        match encoding {
            None => "()".to_owned(),
            Some(Encoding::Json(ty) | Encoding::Form(ty) | Encoding::Multipart(ty)) => {
                self.rust_type(ty, site)
            }
            Some(Encoding::Text) => "String".to_owned(),
            Some(Encoding::Bytes) => "Vec<u8>".to_owned(),
        }
    }
}

fn runtime_type(name: &str, site: Site) -> String {
    match site {
        Site::Models => name.to_owned(),
        Site::Crate => format!("sdk_runtime::{name}"),
    }
}

/// How a property may be missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Presence {
    /// It never is.
    Always,
    /// Absent or null, which mean the same here.
    Optional,
    /// Absent and null are different things to say.
    Nullable,
}

/// How a property may be missing; `sent` when some operation sends the object.
pub(super) fn presence(field: &Field, sent: bool) -> Presence {
    match (field.required, field.nullable) {
        (true, false) => Presence::Always,
        (false, true) if sent => Presence::Nullable,
        _ => Presence::Optional,
    }
}

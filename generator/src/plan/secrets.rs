//! Hides what is secret by its name: takes the types and the settings, and marks the properties whose text is never printed.
//!
//! What the document marks is hidden where types are planned, since a reference carries it along. A name belongs to its property
//! alone, so this is a pass of its own.

use super::model::{Shape, Type, Types};
use crate::target::Target;

/// Marks every property that is text and sounds secret.
pub(super) fn hide(types: &mut Types, target: &Target) {
    let mut hidden = Vec::new();
    for (id, def) in types.iter() {
        if let Shape::Struct(object) = &def.shape {
            let secret = object.fields.iter().enumerate().filter(|(_, field)| {
                target.secrets.sound_like(&def.name, field.wire.as_str())
                    && holds_text(types, &field.ty)
            });
            hidden.extend(secret.map(|(index, _)| (id, index)));
        }
    }
    for (id, index) in hidden {
        if let Some(def) = types.get_mut(id)
            && let Shape::Struct(object) = &mut def.shape
            && let Some(field) = object.fields.get_mut(index)
        {
            field.secret = true;
        }
    }
}

/// Whether a value is text, a list or a map of texts, or may be anything.
fn holds_text(types: &Types, ty: &Type) -> bool {
    let mut ty = ty;
    loop {
        ty = match ty {
            Type::String | Type::Base64 | Type::Base64Url | Type::Any => return true,
            Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => inner,
            Type::Named(id) => match &types.of(*id).shape {
                Shape::Alias(target) => target,
                _ => return false,
            },
            _ => return false,
        }
    }
}

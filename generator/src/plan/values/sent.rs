//! Values as they are sent: takes a value of a type, takes away what only the server sets, as the runtime does.

use crate::plan::Plan;
use crate::plan::model::{Shape, Type};
use serde_json::Value;

/// How deep a value is looked into; examples end before that.
const MAX_DEPTH: usize = 60;

impl Plan {
    /// Takes away the members that are not sent.
    pub(super) fn strip_unsent(&self, value: &mut Value, ty: &Type, depth: usize) {
        if depth > MAX_DEPTH {
            return;
        }
        match (ty, value) {
            (Type::Nullable(inner) | Type::Secret(inner), value) => {
                self.strip_unsent(value, inner, depth + 1)
            }
            (Type::Array(inner), Value::Array(items)) => {
                for item in items {
                    self.strip_unsent(item, inner, depth + 1);
                }
            }
            (Type::Tuple(types), Value::Array(items)) => {
                for (item, ty) in items.iter_mut().zip(types) {
                    self.strip_unsent(item, ty, depth + 1);
                }
            }
            (Type::Map(inner), Value::Object(members)) => {
                for member in members.values_mut() {
                    self.strip_unsent(member, inner, depth + 1);
                }
            }
            (Type::Named(id), value) => {
                let def = self.ty(*id);
                match &def.shape {
                    Shape::Alias(inner) => self.strip_unsent(value, inner, depth + 1),
                    Shape::Union(union) => {
                        if let Some((variant, _)) = self.variant_at(value, union, depth) {
                            self.strip_unsent(value, &variant.ty, depth + 1);
                        }
                    }
                    Shape::Struct(object) => {
                        let Value::Object(members) = value else {
                            return;
                        };
                        for field in &object.fields {
                            if def.only_receives(field) {
                                members.remove(field.wire.as_str());
                            } else if let Some(member) = members.get_mut(field.wire.as_str()) {
                                self.strip_unsent(member, &field.ty, depth + 1);
                            }
                        }
                    }
                    Shape::Enum(_) => {}
                }
            }
            _ => {}
        }
    }
}

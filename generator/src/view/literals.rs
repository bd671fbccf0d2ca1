//! Values as Rust expressions, for the examples in the documentation and the arguments in tests.

use super::Context;
use super::types::{Presence, presence};
use crate::ir::{Field, Shape, Struct, Type, TypeId};
use crate::tokens;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// Names that an expression uses and that must be imported.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Imports {
    /// Whether the module `models` is used: models are named by it, so that no model can hide another name.
    pub(super) models: bool,
    /// Types of the runtime that the crate re-exports.
    pub(super) runtime: BTreeSet<&'static str>,
    /// Whether `BTreeMap` is used.
    pub(super) map: bool,
}

impl Context<'_> {
    /// An argument for a value of a type, as [`Context::argument_type`] declares it.
    pub(super) fn argument(&self, value: &Value, ty: &Type, imports: &mut Imports) -> String {
        match (self.through_alias(ty), value) {
            (Type::String, Value::String(text)) => tokens::string(text),
            (Type::Array(inner), Value::Array(items)) => {
                let items: Vec<String> = items
                    .iter()
                    .map(|item| self.literal(item, inner, imports))
                    .collect();
                format!("&[{}]", items.join(", "))
            }
            (Type::Int32 | Type::Int64 | Type::Uint64 | Type::Double | Type::Boolean, _) => {
                value.to_string()
            }
            (Type::Named(_), _) if self.api.types.enum_of(ty).is_some() => {
                self.literal(value, ty, imports)
            }
            _ => format!("&{}", self.literal(value, ty, imports)),
        }
    }

    /// An expression for a value of a type.
    pub(super) fn literal(&self, value: &Value, ty: &Type, imports: &mut Imports) -> String {
        self.literal_at(value, ty, imports, 0)
    }

    /// The same, `depth` levels deep in the whole: unions of unions that hold each other would have no end otherwise.
    fn literal_at(&self, value: &Value, ty: &Type, imports: &mut Imports, depth: usize) -> String {
        match (ty, value) {
            (Type::String, Value::String(text)) => format!("{}.to_owned()", tokens::string(text)),
            (Type::DateTime | Type::Date | Type::Base64 | Type::Binary, Value::String(text)) => {
                format!("{}.into()", tokens::string(text))
            }
            (Type::Int32 | Type::Int64 | Type::Uint64 | Type::Double | Type::Boolean, _) => {
                value.to_string()
            }
            (Type::Tuple(types), Value::Array(items)) => {
                let items: Vec<String> = items
                    .iter()
                    .zip(types)
                    .map(|(item, ty)| format!("{},", self.literal_at(item, ty, imports, depth + 1)))
                    .collect();
                format!("({})", items.join(" "))
            }
            (Type::Array(inner), Value::Array(items)) => {
                let items: Vec<String> = items
                    .iter()
                    .map(|item| self.literal_at(item, inner, imports, depth + 1))
                    .collect();
                format!("vec![{}]", items.join(", "))
            }
            (Type::Map(inner), Value::Object(members)) => {
                imports.map = true;
                let members: Vec<String> = members
                    .iter()
                    .map(|(name, item)| {
                        format!(
                            "({}.to_owned(), {})",
                            tokens::string(name),
                            self.literal_at(item, inner, imports, depth + 1)
                        )
                    })
                    .collect();
                format!("BTreeMap::from([{}])", members.join(", "))
            }
            (Type::Nullable(_), Value::Null) => "None".to_owned(),
            (Type::Nullable(inner), _) => format!(
                "Some({})",
                self.literal_at(value, inner, imports, depth + 1)
            ),
            (Type::Named(id), _) => self.named_literal(value, *id, imports, depth),
            (Type::Any, Value::String(text)) => format!("{}.into()", tokens::string(text)),
            _ if is_small(value, 0, &mut JSON_MACRO_NODES.clone()) => {
                imports.runtime.insert("json");
                format!("json!({})", json_macro(value))
            }
            // The macro takes a step of the compiler's recursion for every node.
            _ => format!(
                "{}.parse().unwrap_or_default()",
                tokens::string(&value.to_string())
            ),
        }
    }

    fn named_literal(
        &self,
        value: &Value,
        id: TypeId,
        imports: &mut Imports,
        depth: usize,
    ) -> String {
        let (Some(def), Some(names)) = (self.api.types.get(id), self.names.ty(id)) else {
            return "()".to_owned();
        };
        match &def.shape {
            Shape::Alias(inner) => self.literal_at(value, inner, imports, depth + 1),
            Shape::Enum(of) => {
                imports.models = true;
                let known = of.values.iter().position(|known| known.value == *value);
                match known.and_then(|index| names.members.get(index)) {
                    Some(variant) => format!("models::{}::{variant}", names.ident),
                    None => {
                        let other = self.literal_at(value, &of.rest, imports, depth + 1);
                        format!("models::{}::{}({other})", names.ident, names.rest)
                    }
                }
            }
            Shape::Union(union) => {
                imports.models = true;
                let variant =
                    self.variant_at(value, union, depth)
                        .and_then(|(index, found, inner)| {
                            Some((names.members.get(index)?, found, inner))
                        });
                match variant {
                    Some((variant, found, inner)) => {
                        let mut inner = self.literal_at(&inner, &found.ty, imports, depth + 1);
                        if found.boxed {
                            inner = format!("Box::new({inner})");
                        }
                        format!("models::{}::{variant}({inner})", names.ident)
                    }
                    None => {
                        let other = self.literal_at(value, &Type::Any, imports, depth + 1);
                        format!("models::{}::{}({other})", names.ident, names.rest)
                    }
                }
            }
            Shape::Struct(object) => {
                imports.models = true;
                let empty = Map::new();
                self.struct_literal(
                    value.as_object().unwrap_or(&empty),
                    object,
                    id,
                    imports,
                    depth,
                )
            }
        }
    }

    fn struct_literal(
        &self,
        members: &Map<String, Value>,
        object: &Struct,
        id: TypeId,
        imports: &mut Imports,
        depth: usize,
    ) -> String {
        let Some(names) = self.names.ty(id) else {
            return "()".to_owned();
        };
        let sent = self.is_sent(id);
        let constructor = self.constructor(id);
        let mut fields = Vec::new();
        let mut arguments = Vec::new();
        for (field, ident) in object.fields.iter().zip(&names.members) {
            let value = members.get(field.wire.as_str());
            if constructor && presence(field, sent) == Presence::Always {
                arguments.push(self.field_literal(
                    value.unwrap_or(&Value::Null),
                    field,
                    sent,
                    imports,
                    true,
                    depth,
                ));
            } else if let Some(value) = value {
                fields.push(format!(
                    "{ident}: {}",
                    self.field_literal(value, field, sent, imports, false, depth)
                ));
            }
        }
        if let Some(union) = &object.flattened {
            let known = |name: &str| {
                object
                    .fields
                    .iter()
                    .any(|field| field.wire.as_str() == name)
            };
            let rest: Map<String, Value> = members
                .iter()
                .filter(|(name, _)| !known(name))
                .map(|(name, value)| (name.clone(), value.clone()))
                .collect();
            let mut inner = self.literal_at(&Value::Object(rest), &union.ty, imports, depth + 1);
            if constructor {
                arguments.push(inner);
            } else {
                if union.boxed {
                    inner = format!("Box::new({inner})");
                }
                fields.push(format!("{}: {inner}", names.rest));
            }
        }
        let total = object.fields.len()
            + usize::from(object.additional.is_some() || object.flattened.is_some());
        if constructor {
            let call = format!("models::{}::new({})", names.ident, arguments.join(", "));
            if fields.is_empty() {
                return call;
            }
            fields.push(format!("..{call}"));
        } else if fields.len() < total {
            fields.push("..Default::default()".to_owned());
        }
        format!("models::{} {{ {} }}", names.ident, fields.join(", "))
    }

    fn field_literal(
        &self,
        value: &Value,
        field: &Field,
        sent: bool,
        imports: &mut Imports,
        into: bool,
        depth: usize,
    ) -> String {
        let presence = presence(field, sent);
        if value.is_null() && presence != Presence::Always {
            return match presence {
                Presence::Nullable => {
                    imports.runtime.insert("Nullable");
                    "Nullable::Null".to_owned()
                }
                _ => "None".to_owned(),
            };
        }
        if value.is_null() {
            // A type that requires itself has no value to show.
            return "todo!()".to_owned();
        }
        let text = match (self.through_alias(&field.ty), value) {
            (Type::String, Value::String(text)) if !field.boxed => Some(tokens::string(text)),
            _ => None,
        };
        match (presence, text) {
            (Presence::Always, Some(text)) if into => text,
            (Presence::Always, Some(text)) if field.secret => format!("{text}.into()"),
            (Presence::Always, Some(text)) => format!("{text}.to_owned()"),
            (Presence::Nullable, Some(text)) => format!("{text}.into()"),
            (Presence::Optional, Some(text)) => format!("Some({text}.into())"),
            (presence, None) => {
                let mut inner = self.literal_at(value, &field.ty, imports, depth + 1);
                if field.boxed {
                    inner = format!("Box::new({inner})");
                }
                if field.secret {
                    imports.runtime.insert("Secret");
                    inner = format!("Secret::from({inner})");
                }
                match presence {
                    Presence::Always => inner,
                    Presence::Optional => format!("Some({inner})"),
                    Presence::Nullable => {
                        imports.runtime.insert("Nullable");
                        format!("Nullable::Value({inner})")
                    }
                }
            }
        }
    }
}

/// How many nodes of JSON the macro `json!` is given.
const JSON_MACRO_NODES: usize = 40;
/// How deep the JSON is that the macro `json!` is given.
const JSON_MACRO_DEPTH: usize = 8;

fn is_small(value: &Value, depth: usize, nodes: &mut usize) -> bool {
    *nodes = nodes.saturating_sub(1);
    *nodes > 0
        && depth < JSON_MACRO_DEPTH
        && match value {
            Value::Array(items) => items.iter().all(|item| is_small(item, depth + 1, nodes)),
            Value::Object(members) => members
                .values()
                .all(|item| is_small(item, depth + 1, nodes)),
            _ => true,
        }
}

/// JSON as the macro `json!` takes it; JSON's own text has escapes that Rust's strings do not.
fn json_macro(value: &Value) -> String {
    match value {
        Value::String(text) => tokens::string(text),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(json_macro).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(members) => {
            let members: Vec<String> = members
                .iter()
                .map(|(name, item)| format!("{}: {}", tokens::string(name), json_macro(item)))
                .collect();
            format!("{{{}}}", members.join(", "))
        }
        Value::Number(number) => match (number.as_i64(), number.as_u64()) {
            // A plain literal is of 32 bits there.
            (Some(value), _) if i32::try_from(value).is_err() => format!("{value}i64"),
            (None, Some(value)) => format!("{value}u64"),
            _ => number.to_string(),
        },
        plain => plain.to_string(),
    }
}

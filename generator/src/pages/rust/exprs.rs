//! Expressions as text, and the names that they need.

use crate::plan::Plan;
use crate::plan::values::{Base, Expr};
use crate::tokens;
use serde_json::Value;
use std::collections::BTreeSet;

/// Names that expressions use and that must be imported.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::pages) struct Imports {
    /// Whether the module `models` is used: models are named by it, so that no model can hide another name.
    pub(in crate::pages) models: bool,
    /// Whether the module `api` is used, of which filters and sorters are.
    pub(in crate::pages) api: bool,
    /// Types of the runtime that the crate re-exports.
    pub(in crate::pages) runtime: BTreeSet<&'static str>,
    /// Whether `BTreeMap` is used.
    pub(in crate::pages) map: bool,
}

impl Imports {
    /// Adds what an expression needs.
    pub(in crate::pages) fn add(&mut self, expr: &Expr) {
        expr.each(&mut |expr| match expr {
            Expr::Map(_) => self.map = true,
            Expr::Variant(..) | Expr::New(..) | Expr::Struct(..) => self.models = true,
            Expr::Secret(_) => _ = self.runtime.insert("Secret"),
            Expr::Null | Expr::NotNull(_) => _ = self.runtime.insert("Nullable"),
            Expr::Json(_) => _ = self.runtime.insert("json"),
            Expr::Patch(..) => _ = self.runtime.insert("JsonPatchOperation"),
            Expr::BodyOf(..) => _ = self.runtime.insert("Body"),
            _ => {}
        });
    }
}

/// An expression, as it is written where `models` and the rest of its [`Imports`] are imported.
pub(in crate::pages) fn expr_text(plan: &Plan, expr: &Expr) -> String {
    let text = |inner: &Expr| expr_text(plan, inner);
    match expr {
        Expr::Text(value) => tokens::string(value),
        Expr::Owned(value) => format!("{}.to_owned()", tokens::string(value)),
        Expr::Into(value) | Expr::File(value) => format!("{}.into()", tokens::string(value)),
        Expr::Name(name) => (*name).to_owned(),
        Expr::Scalar(value) => value.to_string(),
        Expr::Bytes(value) => format!("b{}.to_vec()", tokens::string(value)),
        Expr::BodyOf(value, media_type) => format!(
            "Body::from({}).with_media_type({})",
            tokens::string(value),
            tokens::string(media_type)
        ),
        Expr::Tuple(items) => {
            let items: Vec<String> = items
                .iter()
                .map(|item| format!("{},", text(item)))
                .collect();
            format!("({})", items.join(" "))
        }
        Expr::Vec(items) => format!("vec![{}]", list(plan, items)),
        Expr::Array(items) => format!("[{}]", list(plan, items)),
        Expr::Map(members) => {
            let members: Vec<String> = members
                .iter()
                .map(|(name, item)| {
                    format!("({}.to_owned(), {})", tokens::string(name), text(item))
                })
                .collect();
            format!("BTreeMap::from([{}])", members.join(", "))
        }
        Expr::Ref(inner) => format!("&{}", text(inner)),
        Expr::None => "None".to_owned(),
        Expr::Some(inner) => format!("Some({})", text(inner)),
        Expr::Boxed(inner) => format!("Box::new({})", text(inner)),
        Expr::Secret(inner) => format!("Secret::from({})", text(inner)),
        Expr::Null => "Nullable::Null".to_owned(),
        Expr::NotNull(inner) => format!("Nullable::Value({})", text(inner)),
        Expr::Variant(id, variant, None) => format!("models::{}::{variant}", plan.ty(*id).ident),
        Expr::Variant(id, variant, Some(inner)) => {
            format!("models::{}::{variant}({})", plan.ty(*id).ident, text(inner))
        }
        Expr::New(id, arguments) => {
            format!(
                "models::{}::new({})",
                plan.ty(*id).ident,
                list(plan, arguments)
            )
        }
        Expr::Struct(id, fields, base) => {
            let ident = &plan.ty(*id).ident;
            let mut parts: Vec<String> = fields
                .iter()
                .map(|(field, value)| format!("{field}: {}", text(value)))
                .collect();
            match base {
                Base::Complete => {}
                Base::Default => parts.push("..Default::default()".to_owned()),
                Base::New(arguments) => {
                    parts.push(format!("..models::{ident}::new({})", list(plan, arguments)));
                }
            }
            format!("models::{ident} {{ {} }}", parts.join(", "))
        }
        Expr::Patch(operation, arguments) => {
            format!("JsonPatchOperation::{operation}({})", list(plan, arguments))
        }
        Expr::Json(value) => format!("json!({})", json_macro(value)),
        Expr::ParsedJson(value) => format!(
            "{}.parse().unwrap_or_default()",
            tokens::string(&value.to_string())
        ),
    }
}

fn list(plan: &Plan, items: &[Expr]) -> String {
    let items: Vec<String> = items.iter().map(|item| expr_text(plan, item)).collect();
    items.join(", ")
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

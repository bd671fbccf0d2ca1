//! Enums and unions: takes the values or the types, gives the variants and what reads and writes them.

use super::super::rust::{TypePlace, macro_call, type_text};
use super::record::holds_numbers;
use super::{ModelView, VariantView};
use crate::plan::Plan;
use crate::plan::model::{Enum, Type, Union};
use crate::plan::rust::rust_type;
use crate::prose::{DocStyle, doc_comment};
use crate::tokens;
use serde_json::Value;

/// Fills in what is special to an enum.
pub(super) fn fill_enum(plan: &Plan, view: &mut ModelView, of: &Enum) {
    view.kind = "enum";
    view.rest_type = type_text(plan, &rust_type(&of.rest), TypePlace::Models);
    let hash = if matches!(of.rest, Type::String | Type::Int64) {
        ", Eq, Hash"
    } else {
        ""
    };
    view.attributes
        .push(format!("#[derive(Clone, Debug, PartialEq{hash})]"));
    view.attributes.push("#[non_exhaustive]".to_owned());
    view.variants = of
        .values
        .iter()
        .map(|value| VariantView {
            docs: doc_comment(
                value.description.as_deref().unwrap_or_default(),
                DocStyle::Outer,
            ),
            ident: value.ident.to_string(),
            ty: String::new(),
        })
        .collect();
    let entries: Vec<String> = of
        .values
        .iter()
        .map(|value| format!("{} = {}", value.ident, scalar(&value.value)))
        .collect();
    let any = if of.allows_others { " or any" } else { "" };
    // Texts have a macro of their own, which gives them more than other values can have.
    let head = match of.rest {
        Type::String => format!("open_enum!({}{any}", view.ident),
        _ => format!("scalar_enum!({}: {}{any}", view.ident, view.rest_type),
    };
    view.call = macro_call(&head, &entries, closing(&view.rest));
}

/// How a call ends: with the name of the variant for the rest, unless it is the usual one.
pub(super) fn closing(rest: &str) -> String {
    match rest {
        "" | "Unknown" => ")".to_owned(),
        rest => format!(" else {rest})"),
    }
}

/// A value as readers see it: text without quotes, anything else as JSON.
pub(in crate::pages) fn value_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// A value as a Rust literal.
fn scalar(value: &Value) -> String {
    match value {
        Value::String(text) => tokens::string(text),
        other => match other.as_i64() {
            // A literal alone is an `i32`.
            Some(number) if i32::try_from(number).is_err() => format!("{number}_i64"),
            _ => other.to_string(),
        },
    }
}

/// Fills in what is special to a union.
pub(super) fn fill_union(plan: &Plan, view: &mut ModelView, union: &Union) {
    view.kind = "union";
    view.rest_type = "Value".to_owned();
    let tag = union
        .tag
        .as_ref()
        .map(|tag| format!(" by {}", tokens::string(tag.as_str())))
        .unwrap_or_default();
    let entries: Vec<String> = union
        .variants
        .iter()
        .map(|variant| {
            let number = holds_numbers(plan, &variant.ty);
            let ident = format!("{}{}", variant.ident, if number { ": number" } else { "" });
            let tags: Vec<String> = variant.tags.iter().map(|tag| tokens::string(tag)).collect();
            match tags.as_slice() {
                [] => ident,
                tags => format!("{ident} = {}", tags.join(" | ")),
            }
        })
        .collect();
    view.call = macro_call(
        &format!("union!({}{tag}", view.ident),
        &entries,
        closing(&view.rest),
    );
    view.attributes
        .push("#[derive(Clone, Debug, PartialEq)]".to_owned());
    view.attributes.push("#[non_exhaustive]".to_owned());
    view.variants = union
        .variants
        .iter()
        .map(|variant| VariantView {
            docs: doc_comment(
                variant.description.as_deref().unwrap_or_default(),
                DocStyle::Outer,
            ),
            ident: variant.ident.to_string(),
            ty: type_text(plan, &variant.rust_type(), TypePlace::Models),
        })
        .collect();
}

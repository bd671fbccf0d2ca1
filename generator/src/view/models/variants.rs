//! Enums and unions: takes the values or the types, gives the variants and what reads and writes them.

use super::super::Context;
use super::super::types::Site;
use super::{ModelView, VariantView};
use crate::ir::{Enum, Type, Union};
use crate::name::TypeNames;
use crate::prose::{DocStyle, doc_comment};
use crate::tokens;
use serde_json::Value;

/// Fills in what is special to an enum.
pub(super) fn fill_enum(context: &Context<'_>, view: &mut ModelView, of: &Enum, names: &TypeNames) {
    view.kind = "enum";
    view.rest_type = context.rust_type(&of.rest, Site::Models);
    // Texts have a macro of their own, which gives them more than other values can have.
    view.scalar = match of.rest {
        Type::String => String::new(),
        _ => view.rest_type.clone(),
    };
    let hash = if matches!(of.rest, Type::String | Type::Int64) {
        ", Eq, Hash"
    } else {
        ""
    };
    view.attributes
        .push(format!("#[derive(Clone, Debug, PartialEq{hash})]"));
    view.attributes.push("#[non_exhaustive]".to_owned());
    view.variants = names
        .members
        .iter()
        .zip(&of.values)
        .map(|(ident, value)| VariantView {
            docs: doc_comment(
                value.description.as_deref().unwrap_or_default(),
                DocStyle::Outer,
            ),
            ident: ident.to_string(),
            ty: String::new(),
            value: scalar(&value.value),
        })
        .collect();
}

/// A value as readers see it: text without quotes, anything else as JSON.
pub(in crate::view) fn value_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// A value as a Rust literal.
fn scalar(value: &Value) -> String {
    match value {
        Value::String(text) => tokens::string(text),
        other => other.to_string(),
    }
}

/// Fills in what is special to a union.
pub(super) fn fill_union(
    context: &Context<'_>,
    view: &mut ModelView,
    union: &Union,
    names: &TypeNames,
) {
    view.kind = "union";
    view.rest_type = "Value".to_owned();
    view.tag = union
        .tag
        .as_ref()
        .map(|tag| tokens::string(tag.as_str()))
        .unwrap_or_default();
    view.attributes
        .push("#[derive(Clone, Debug, PartialEq)]".to_owned());
    view.attributes.push("#[non_exhaustive]".to_owned());
    view.variants = names
        .members
        .iter()
        .zip(&union.variants)
        .map(|(ident, variant)| {
            let ty = context.rust_type(&variant.ty, Site::Models);
            let tags: Vec<String> = variant.tags.iter().map(|tag| tokens::string(tag)).collect();
            VariantView {
                docs: doc_comment(
                    variant.description.as_deref().unwrap_or_default(),
                    DocStyle::Outer,
                ),
                ident: ident.to_string(),
                ty: if variant.boxed {
                    format!("Box<{ty}>")
                } else {
                    ty
                },
                value: tags.join(" | "),
            }
        })
        .collect();
}

//! Enums and unions: takes the values or the types, gives the variants and what reads and writes them.

use super::super::Context;
use super::super::casing::{self, Subject};
use super::super::types::Site;
use super::{ModelView, VariantView};
use crate::ir::{Enum, EnumValue, Type, Union};
use crate::name::{RustIdent, TypeNames};
use crate::prose::{DocStyle, code, doc_comment};
use crate::tokens;
use quote::quote;
use serde_json::Value;

/// Fills in what is special to an enum: serde names texts itself, other values need a macro.
pub(super) fn fill_enum(context: &Context<'_>, view: &mut ModelView, of: &Enum, names: &TypeNames) {
    view.rest_type = context.rust_type(&of.rest, Site::Models);
    if of.rest != Type::String {
        view.kind = "scalars";
        let hash = if of.rest == Type::Int64 {
            ", Eq, Hash"
        } else {
            ""
        };
        view.attributes
            .push(format!("#[derive(Clone, Debug, PartialEq{hash})]"));
        view.attributes.push("#[non_exhaustive]".to_owned());
        let values = names.members.iter().zip(&of.values);
        view.variants = values
            .map(|(ident, value)| VariantView {
                value: scalar(&value.value),
                ..variant(ident, value)
            })
            .collect();
        return;
    }
    view.kind = "enum";
    let wire = |value: &EnumValue| value_text(&value.value);
    let wires: Vec<String> = of.values.iter().map(wire).collect();
    let pairs: Vec<(&str, &str)> = names
        .members
        .iter()
        .zip(&wires)
        .map(|(ident, wire)| (ident.word(), wire.as_str()))
        .collect();
    let rule = casing::choose(Subject::Variants, &pairs);
    view.attributes
        .push("#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]".to_owned());
    view.attributes
        .extend(rule.map(|rule| quote!(#[serde(rename_all = #rule)]).to_string()));
    view.attributes.push("#[non_exhaustive]".to_owned());
    let values = names.members.iter().zip(&of.values).zip(&wires);
    view.variants = values
        .map(|((ident, value), wire)| {
            let plain = casing::apply(Subject::Variants, rule.unwrap_or_default(), ident.word());
            VariantView {
                attribute: if plain == *wire {
                    String::new()
                } else {
                    quote!(#[serde(rename = #wire)]).to_string()
                },
                ..variant(ident, value)
            }
        })
        .collect();
}

fn variant(ident: &RustIdent, value: &EnumValue) -> VariantView {
    let wire = code(&value_text(&value.value));
    let docs = match &value.description {
        Some(about) => format!("{wire}: {about}"),
        None => wire,
    };
    VariantView {
        docs: doc_comment(&docs, DocStyle::Outer),
        attribute: String::new(),
        ident: ident.to_string(),
        ty: String::new(),
        value: String::new(),
    }
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
                attribute: String::new(),
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

//! Structs: takes an object, gives its fields with their attributes and docs, and its constructor.

use super::super::rust::{TypePlace, many_arguments, type_text};
use super::{Argument, Constructor, FieldView, ModelView};
use crate::plan::Plan;
use crate::plan::model::{Field, Presence, Struct, Type, TypeDef};
use crate::plan::rust::{RustType, rust_type};
use crate::prose::{DocStyle, doc_comment};
use quote::quote;

/// Fills in what is special to a struct.
pub(super) fn fill(plan: &Plan, view: &mut ModelView, object: &Struct, def: &TypeDef) {
    let sent = def.usage.request;
    let rule = object.rename_rule();
    view.kind = "struct";
    let default = if object.has_default() {
        "Default, "
    } else {
        ""
    };
    view.attributes.push(format!(
        "#[derive(Clone, Debug, {default}PartialEq, Serialize, Deserialize)]"
    ));
    view.attributes.extend(
        rule.name()
            .map(|rule| quote!(#[serde(rename_all = #rule)]).to_string()),
    );
    for field in &object.fields {
        let rename = rule.wire_name(field.ident.word()) != field.wire.as_str();
        view.fields.push(FieldView {
            docs: doc_comment(&field_docs(field), DocStyle::Outer),
            attribute: field_attribute(field, sent, rename),
            ident: field.ident.to_string(),
            ty: type_text(plan, &field.rust_type(), TypePlace::Models),
        });
    }
    let flattened = |docs: &str, ty: &RustType| FieldView {
        docs: doc_comment(docs, DocStyle::Outer),
        attribute: "#[serde(flatten)]".to_owned(),
        ident: def.rest.to_string(),
        ty: type_text(plan, ty, TypePlace::Models),
    };
    view.fields.extend(object.flattened.as_ref().map(|union| {
        let docs = "The properties of one of several types, beside those above.";
        flattened(docs, &union.rust_type())
    }));
    view.fields.extend(object.additional.as_ref().map(|values| {
        let ty = RustType::Map(Box::new(rust_type(values)));
        flattened("Properties beyond the ones above.", &ty)
    }));
    if def.has_constructor {
        view.constructor = Some(constructor(plan, object, def));
    }
}

fn field_attribute(field: &Field, sent: bool, rename: bool) -> String {
    let mut parts = Vec::new();
    if rename {
        let wire = field.wire.as_str();
        parts.push(quote!(rename = #wire));
    }
    match field.presence {
        Presence::Nullable => {
            parts.push(quote!(default, skip_serializing_if = "Nullable::is_absent"))
        }
        // What only the server sends is read, not written: there an attribute on every field would say nothing.
        Presence::Optional if !field.required && sent => {
            parts.push(quote!(skip_serializing_if = "Option::is_none"))
        }
        _ => {}
    }
    if parts.is_empty() {
        String::new()
    } else {
        quote!(#[serde(#(#parts),*)]).to_string()
    }
}

/// What a property is, and what its type does not tell.
fn field_docs(field: &Field) -> String {
    let docs = field.description.clone().unwrap_or_default();
    let docs = docs.trim();
    let notes = notes(field);
    if notes.is_empty() {
        return docs.to_owned();
    }
    let sentence = crate::prose::to_line(&notes.join("; "));
    let mut chars = sentence.chars();
    let capital: String = chars
        .next()
        .map(|c| c.to_uppercase().to_string())
        .unwrap_or_default();
    let sentence = format!("{capital}{}.", chars.as_str());
    // Behind a sentence it reads as one more; behind anything else it is a paragraph of its own.
    let prose = docs.ends_with(['.', '!', '?']) && !docs.contains('\n');
    match docs {
        "" => sentence,
        docs if prose => format!("{docs} {sentence}"),
        docs => format!("{docs}\n\n{sentence}"),
    }
}

/// Limits and manners of a property, in words.
pub(in crate::pages) fn notes(field: &Field) -> Vec<String> {
    let mut notes = Vec::new();
    notes.extend(field.deprecated.then(|| "deprecated".to_owned()));
    notes.extend(field.read_only.then(|| "read-only".to_owned()));
    notes.extend(field.write_only.then(|| "write-only".to_owned()));
    notes.extend(field.secret.then(|| "never printed".to_owned()));
    notes.extend(
        field
            .default
            .as_deref()
            .filter(|value| !value.is_null())
            .map(|value| format!("default: {value}")),
    );
    notes.extend(field.constraints.iter().cloned());
    notes
}

fn constructor(plan: &Plan, object: &Struct, def: &TypeDef) -> Constructor {
    let mut new = Constructor {
        attribute: "",
        arguments: Vec::new(),
        defaults: Vec::new(),
    };
    for field in &object.fields {
        let ident = field.ident.to_string();
        if field.presence != Presence::Always {
            new.defaults.push(ident);
            continue;
        }
        let ty = type_text(plan, &field.rust_type(), TypePlace::Models);
        let text = *plan.through_alias(&field.ty) == Type::String && field.boxed.is_none();
        new.arguments.push(if text {
            Argument {
                value: format!("{ident}: {ident}.into()"),
                ty: format!("impl Into<{ty}>"),
                ident,
            }
        } else {
            Argument {
                value: ident.clone(),
                ty,
                ident,
            }
        });
    }
    if let Some(union) = &object.flattened {
        let ident = def.rest.to_string();
        new.arguments.push(Argument {
            value: if union.boxed.is_some() {
                format!("{ident}: Box::new({ident})")
            } else {
                ident.clone()
            },
            ty: type_text(plan, &rust_type(&union.ty), TypePlace::Models),
            ident,
        });
    }
    if object.additional.is_some() {
        new.defaults.push(def.rest.to_string());
    }
    new.attribute = many_arguments(new.arguments.len());
    new
}

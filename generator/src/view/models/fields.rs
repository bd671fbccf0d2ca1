//! Structs: takes an object, gives its fields with their attributes and docs, and its constructor.

use super::super::Context;
use super::super::casing;
use super::super::many_arguments;
use super::super::types::{Presence, Site, presence};
use super::{Argument, Constructor, FieldView, ModelView};
use crate::ir::{Field, Struct, Type, TypeId};
use crate::name::TypeNames;
use crate::prose::{DocStyle, doc_comment};
use quote::quote;

/// Fills in what is special to a struct.
pub(super) fn fill(
    context: &Context<'_>,
    view: &mut ModelView,
    object: &Struct,
    id: TypeId,
    names: &TypeNames,
) {
    let sent = context.is_sent(id);
    let pairs: Vec<(&str, &str)> = names
        .members
        .iter()
        .zip(&object.fields)
        .map(|(ident, field)| (ident.word(), field.wire.as_str()))
        .collect();
    let rule = casing::choose(&pairs);
    view.kind = "struct";
    let default = if context.has_default(object, sent) {
        "Default, "
    } else {
        ""
    };
    view.attributes.push(format!(
        "#[derive(Clone, Debug, {default}PartialEq, Serialize, Deserialize)]"
    ));
    view.attributes
        .extend(rule.map(|rule| quote!(#[serde(rename_all = #rule)]).to_string()));
    for (field, ident) in object.fields.iter().zip(&names.members) {
        let plain = casing::apply(rule.unwrap_or_default(), ident.word());
        view.fields.push(FieldView {
            docs: doc_comment(&field_docs(field), DocStyle::Outer),
            attribute: field_attribute(field, sent, plain != field.wire.as_str()),
            ident: ident.to_string(),
            ty: context.field_type(field, sent),
        });
    }
    if let Some(union) = &object.flattened {
        let ty = context.rust_type(&union.ty, Site::Models);
        view.fields.push(FieldView {
            docs: doc_comment(
                "The properties of one of several types, beside those above.",
                DocStyle::Outer,
            ),
            attribute: "#[serde(flatten)]".to_owned(),
            ident: names.rest.to_string(),
            ty: if union.boxed {
                format!("Box<{ty}>")
            } else {
                ty
            },
        });
    }
    if let Some(additional) = &object.additional {
        view.fields.push(FieldView {
            docs: doc_comment("Properties beyond the ones above.", DocStyle::Outer),
            attribute: "#[serde(flatten)]".to_owned(),
            ident: names.rest.to_string(),
            ty: format!(
                "BTreeMap<String, {}>",
                context.rust_type(additional, Site::Models)
            ),
        });
    }
    if context.constructor(id) {
        view.constructor = Some(constructor(context, object, names, sent));
    }
}

fn field_attribute(field: &Field, sent: bool, rename: bool) -> String {
    let mut parts = Vec::new();
    if rename {
        let wire = field.wire.as_str();
        parts.push(quote!(rename = #wire));
    }
    match presence(field, sent) {
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
pub(in crate::view) fn notes(field: &Field) -> Vec<String> {
    let mut notes = Vec::new();
    notes.extend(field.deprecated.then(|| "deprecated".to_owned()));
    notes.extend(field.read_only.then(|| "read-only".to_owned()));
    notes.extend(field.write_only.then(|| "write-only".to_owned()));
    notes.extend(field.secret.then(|| "never printed".to_owned()));
    notes.extend(
        field
            .default
            .as_ref()
            .filter(|value| !value.is_null())
            .map(|value| format!("default: {value}")),
    );
    notes.extend(field.constraints.iter().cloned());
    notes
}

fn constructor(
    context: &Context<'_>,
    object: &Struct,
    names: &TypeNames,
    sent: bool,
) -> Constructor {
    let mut new = Constructor {
        attribute: "",
        arguments: Vec::new(),
        defaults: Vec::new(),
    };
    for (field, ident) in object.fields.iter().zip(&names.members) {
        let ident = ident.to_string();
        if presence(field, sent) != Presence::Always {
            new.defaults.push(ident);
            continue;
        }
        let ty = context.field_type(field, sent);
        let text = *context.through_alias(&field.ty) == Type::String && !field.boxed;
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
        let ty = context.rust_type(&union.ty, Site::Models);
        let ident = names.rest.to_string();
        new.arguments.push(Argument {
            value: if union.boxed {
                format!("{ident}: Box::new({ident})")
            } else {
                ident.clone()
            },
            ty,
            ident,
        });
    }
    if object.additional.is_some() {
        new.defaults.push(names.rest.to_string());
    }
    new.attribute = many_arguments(new.arguments.len());
    new
}

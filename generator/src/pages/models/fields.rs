//! Structs: takes an object, gives its fields with their docs, and its constructor.

use super::super::rust::{TypePlace, many_arguments, type_text};
use super::record::record_call;
use super::{Argument, Constructor, FieldView, ModelView};
use crate::plan::Plan;
use crate::plan::model::{Field, Presence, RustIdent, Struct, Type, TypeDef};
use crate::plan::rust::{RustType, rust_type};
use crate::prose::{DocStyle, doc_comment, opening};

/// Fills in what is special to a struct.
pub(super) fn fill(plan: &Plan, view: &mut ModelView, object: &Struct, def: &TypeDef) {
    view.kind = "struct";
    let default = if object.has_default() {
        "Default, "
    } else {
        ""
    };
    view.attributes
        .push(format!("#[derive(Clone, Debug, {default}PartialEq)]"));
    // A service may answer with more at any time, which breaks nobody who does not make the type.
    if !def.usage.request {
        view.attributes.push("#[non_exhaustive]".to_owned());
    }
    let mut declare = |docs: &str, ident: &RustIdent, ty: &RustType| {
        view.fields.push(FieldView {
            docs: doc_comment(docs, DocStyle::Outer),
            ident: ident.to_string(),
            ty: type_text(plan, ty, TypePlace::Models),
        });
    };
    for field in &object.fields {
        declare(&field_docs(plan, field), &field.ident, &field.rust_type());
    }
    if let Some(union) = &object.flattened {
        let docs = "The properties of one of several types, beside those above.";
        declare(docs, &def.rest, &union.rust_type());
    }
    if let Some(values) = &object.additional {
        let ty = RustType::Map(Box::new(rust_type(values)));
        declare("Properties beyond the ones above.", &def.rest, &ty);
    }
    if def.keeps_unknown() {
        declare("", &def.rest, &RustType::Runtime("UnknownMembers"));
    }
    view.call = record_call(plan, object, def);
    if def.has_constructor {
        view.constructor = Some(constructor(plan, object, def));
    }
}

/// From how many bytes on a text is long: about two lines.
const LONG_DOCS: usize = 180;

/// What a property is, and what its type does not tell.
fn field_docs(plan: &Plan, field: &Field) -> String {
    let docs = field.description.as_deref().unwrap_or_default().trim();
    // A type that was made for the property has the same words, and is one step away.
    let is_long = docs.len() > LONG_DOCS;
    let docs = match is_long && is_told_by_type(plan, &field.ty, docs) {
        true => opening(docs),
        false => docs,
    };
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
    if docs.is_empty() {
        return sentence;
    }
    // Behind prose it reads as one more sentence; behind anything else it is a paragraph of its own.
    let starts = docs.starts_with(|c: char| c.is_alphabetic() || c == '`');
    let is_prose = starts && !docs.contains('\n');
    match docs.chars().next_back() {
        Some('.' | '!' | '?') if is_prose => format!("{docs} {sentence}"),
        Some(last) if is_prose && last.is_alphanumeric() => format!("{docs}. {sentence}"),
        _ => format!("{docs}\n\n{sentence}"),
    }
}

/// Whether the words of a property are those of its type, or of what it is a list or a map of.
fn is_told_by_type(plan: &Plan, ty: &Type, docs: &str) -> bool {
    match ty {
        Type::Named(id) => {
            let told = plan.api.types.of(*id).description.as_deref();
            told.is_some_and(|told| told.trim() == docs)
        }
        Type::Array(item) | Type::Map(item) => is_told_by_type(plan, item, docs),
        _ => false,
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
    if object.additional.is_some() || def.keeps_unknown() {
        new.defaults.push(def.rest.to_string());
    }
    new.attribute = many_arguments(new.arguments.len());
    new
}

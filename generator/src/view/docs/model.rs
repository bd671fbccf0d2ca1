//! The page of a model: its properties, its values, or what it is another name for.

use super::super::types::{Presence, presence};
use super::super::{Context, models};
use super::{FrontMatter, Link, front_matter, linked, type_link};
use crate::ir::{
    Encoding, Enum, Field, Operation, OperationId, Shape, Struct, Type, TypeDef, TypeId, Union,
    Variant,
};
use crate::name::{RustIdent, TypeNames};
use crate::prose::{anchor, code_cell, to_cell, to_page};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Serialize)]
pub(super) struct ModelPage {
    front_matter: Option<FrontMatter>,
    title: String,
    about: String,
    kind: &'static str,
    path: String,
    fields: Vec<FieldRow>,
    values: Vec<ValueRow>,
    /// Whether some value says what it means.
    described: bool,
    /// The property that tells the types of a union apart.
    tag: String,
    target: String,
    open: String,
    used_by: Vec<Link>,
}

#[derive(Serialize)]
struct FieldRow {
    name: String,
    ty: String,
    required: bool,
    about: String,
    notes: String,
}

#[derive(Serialize)]
struct ValueRow {
    name: String,
    value: String,
    about: String,
}

/// The page of a model.
pub(super) fn model_page(
    context: &Context<'_>,
    id: TypeId,
    def: &TypeDef,
    names: &TypeNames,
    used_by: Vec<Link>,
) -> ModelPage {
    let sent = context.is_sent(id);
    let mut page = ModelPage {
        front_matter: front_matter(context, &names.page, names.ident.word(), "models"),
        title: names.ident.word().to_owned(),
        about: to_page(def.description.as_deref().unwrap_or_default()),
        kind: "alias",
        path: format!("{}::models::{}", context.names.library, names.ident),
        fields: Vec::new(),
        values: Vec::new(),
        described: false,
        tag: String::new(),
        target: String::new(),
        open: names.rest.to_string(),
        used_by,
    };
    match &def.shape {
        Shape::Alias(ty) => page.target = type_link(context, ty, ""),
        Shape::Enum(of) => {
            page.kind = "enum";
            page.described = of.values.iter().any(|value| value.description.is_some());
            page.values = value_rows(of, &names.members);
        }
        Shape::Union(union) => {
            page.kind = "union";
            page.tag = union
                .tag
                .as_ref()
                .map(|tag| code_cell(tag.as_str()))
                .unwrap_or_default();
            page.values = variant_rows(context, union, &names.members);
        }
        Shape::Struct(object) => {
            page.kind = "struct";
            page.fields = field_rows(context, object, names, sent);
        }
    }
    page
}

fn value_rows(of: &Enum, members: &[RustIdent]) -> Vec<ValueRow> {
    let rows = of
        .values
        .iter()
        .zip(members)
        .map(|(value, ident)| ValueRow {
            name: code_cell(ident.as_str()),
            value: code_cell(&models::value_text(&value.value)),
            about: to_cell(value.description.as_deref().unwrap_or_default()),
        });
    rows.collect()
}

fn variant_rows(context: &Context<'_>, union: &Union, members: &[RustIdent]) -> Vec<ValueRow> {
    let row = |(variant, ident): (&Variant, &RustIdent)| {
        let tags: Vec<String> = variant.tags.iter().map(|tag| code_cell(tag)).collect();
        ValueRow {
            name: code_cell(ident.as_str()),
            value: type_link(context, &variant.ty, ""),
            about: tags.join(", "),
        }
    };
    union.variants.iter().zip(members).map(row).collect()
}

fn field_rows(
    context: &Context<'_>,
    object: &Struct,
    names: &TypeNames,
    sent: bool,
) -> Vec<FieldRow> {
    let row = |(field, ident): (&Field, &RustIdent)| {
        let mut notes = models::notes(field);
        notes.extend(field.nullable.then(|| "may be null".to_owned()));
        notes.extend(
            (ident.word() != field.wire.as_str()).then(|| format!("sent as {}", field.wire)),
        );
        FieldRow {
            name: code_cell(ident.word()),
            ty: linked(context, &context.field_type(field, sent), &field.ty, ""),
            required: presence(field, sent) == Presence::Always || field.required,
            about: to_cell(field_about(context, field)),
            notes: to_cell(&notes.join("; ")),
        }
    };
    let union = object.flattened.iter().map(|union| FieldRow {
        name: code_cell(names.rest.word()),
        ty: type_link(context, &union.ty, ""),
        required: true,
        about: "The properties of one of several types, beside those above.".to_owned(),
        notes: String::new(),
    });
    let fields = object.fields.iter().zip(&names.members).map(row);
    fields.chain(union).collect()
}

/// What a property is; where it does not say so itself, what its type is.
fn field_about<'a>(context: &Context<'a>, field: &'a Field) -> &'a str {
    let of_type = || match &field.ty {
        Type::Named(id) => context.api.types.get(*id)?.description.as_deref(),
        _ => None,
    };
    field
        .description
        .as_deref()
        .or_else(of_type)
        .unwrap_or_default()
}

/// The operations that name a type themselves, as a parameter, a body or a response, by the type that they name. Asking
/// every operation anew for every type would cost their product.
pub(super) fn users(context: &Context<'_>) -> BTreeMap<TypeId, Vec<Link>> {
    let mut users: BTreeMap<TypeId, Vec<Link>> = BTreeMap::new();
    for (index, operation) in context.api.operations.iter().enumerate() {
        let Some(names) = context.operation_names(OperationId(index)) else {
            continue;
        };
        let Some(tag) = context.names.tag(operation.tag) else {
            continue;
        };
        for id in named_by(operation) {
            users.entry(id).or_default().push(Link {
                label: names.method.word().to_owned(),
                target: format!("../api/{}.md#{}", tag.page, anchor(names.method.word())),
                about: String::new(),
            });
        }
    }
    users
}

/// The types that an operation names itself, each once.
fn named_by(operation: &Operation) -> BTreeSet<TypeId> {
    let answer = operation
        .success()
        .and_then(|response| response.content.as_ref());
    let contents = operation
        .body
        .iter()
        .map(|body| &body.content)
        .chain(answer);
    let json = contents.filter_map(|content| match &content.encoding {
        Encoding::Json(ty) => Some(ty),
        _ => None,
    });
    let parameters = operation.parameters.iter().map(|parameter| &parameter.ty);
    parameters.chain(json).flat_map(Type::named).collect()
}

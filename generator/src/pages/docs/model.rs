//! The page of a model: its properties, its values, or what it is another name for.

use super::super::models;
use super::{FrontMatter, Link, front_matter, linked, rustdoc, type_link};
use crate::plan::Plan;
use crate::plan::model::{
    Encoding, Enum, Field, Operation, Presence, Shape, Struct, Type, TypeDef, TypeId, Union,
};
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
    /// Its page at docs.rs.
    rustdoc: String,
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
pub(super) fn model_page(plan: &Plan, def: &TypeDef, used_by: Vec<Link>) -> ModelPage {
    let mut page = ModelPage {
        front_matter: front_matter(plan, &def.page, def.ident.word(), "models"),
        title: def.ident.word().to_owned(),
        about: to_page(def.description.as_deref().unwrap_or_default()),
        kind: "alias",
        path: format!("{}::models::{}", plan.name.library, def.ident),
        rustdoc: rustdoc(plan, &rustdoc_page(def)),
        fields: Vec::new(),
        values: Vec::new(),
        described: false,
        tag: String::new(),
        target: String::new(),
        open: def.rest.to_string(),
        used_by,
    };
    match &def.shape {
        Shape::Alias(ty) => page.target = type_link(plan, ty, ""),
        Shape::Enum(of) => {
            page.kind = "enum";
            page.described = of.values.iter().any(|value| value.description.is_some());
            page.values = value_rows(of);
        }
        Shape::Union(union) => {
            page.kind = "union";
            page.tag = union
                .tag
                .as_ref()
                .map(|tag| code_cell(tag.as_str()))
                .unwrap_or_default();
            page.values = variant_rows(plan, union);
        }
        Shape::Struct(object) => {
            page.kind = "struct";
            page.fields = field_rows(plan, object, def);
        }
    }
    page
}

/// The file that rustdoc gives a type.
fn rustdoc_page(def: &TypeDef) -> String {
    let kind = match &def.shape {
        Shape::Alias(_) => "type",
        Shape::Enum(_) | Shape::Union(_) => "enum",
        Shape::Struct(_) => "struct",
    };
    format!("models/{kind}.{}.html", def.ident.word())
}

fn value_rows(of: &Enum) -> Vec<ValueRow> {
    let rows = of.values.iter().map(|value| ValueRow {
        name: code_cell(value.ident.as_str()),
        value: code_cell(&models::value_text(&value.value)),
        about: to_cell(value.description.as_deref().unwrap_or_default()),
    });
    rows.collect()
}

fn variant_rows(plan: &Plan, union: &Union) -> Vec<ValueRow> {
    let rows = union.variants.iter().map(|variant| {
        let tags: Vec<String> = variant.tags.iter().map(|tag| code_cell(tag)).collect();
        ValueRow {
            name: code_cell(variant.ident.as_str()),
            value: type_link(plan, &variant.ty, ""),
            about: tags.join(", "),
        }
    });
    rows.collect()
}

fn field_rows(plan: &Plan, object: &Struct, def: &TypeDef) -> Vec<FieldRow> {
    let row = |field: &Field| {
        let word = field.ident.word();
        let mut notes = models::notes(field);
        notes.extend(field.nullable.then(|| "may be null".to_owned()));
        notes.extend((word != field.wire.as_str()).then(|| format!("sent as {}", field.wire)));
        FieldRow {
            name: code_cell(word),
            ty: linked(plan, &field.rust_type(), &field.ty, ""),
            required: field.presence == Presence::Always || field.required,
            about: to_cell(field_about(plan, field)),
            notes: to_cell(&notes.join("; ")),
        }
    };
    let union = object.flattened.iter().map(|union| FieldRow {
        name: code_cell(def.rest.word()),
        ty: type_link(plan, &union.ty, ""),
        required: true,
        about: "The properties of one of several types, beside those above.".to_owned(),
        notes: String::new(),
    });
    object.fields.iter().map(row).chain(union).collect()
}

/// What a property is; where it does not say so itself, what its type is.
fn field_about<'a>(plan: &'a Plan, field: &'a Field) -> &'a str {
    let of_type = || match &field.ty {
        Type::Named(id) => plan.ty(*id).description.as_deref(),
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
pub(super) fn users(plan: &Plan) -> BTreeMap<TypeId, Vec<Link>> {
    let mut users: BTreeMap<TypeId, Vec<Link>> = BTreeMap::new();
    for (_, operation) in plan.operations() {
        let page = &plan.tag(operation.tag).page;
        let word = operation.ident.word();
        for id in named_by(operation) {
            users.entry(id).or_default().push(Link {
                label: word.to_owned(),
                target: format!("../api/{page}.md#{}", anchor(word)),
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

//! `README.md` and `docs/`: an index, a guide, a page for each tag, a page for each model, what is covered, and what makes a book of them.
//!
//! What all pages share is here: front matter, links between pages, the table of methods.

mod book;
mod chosen;
mod coverage;
mod example;
mod guide;
mod model;
mod operation;
mod readme;

pub(super) use example::{Example, Examples};
pub(super) use readme::readme;

use super::rust::{TypePlace, type_text};
use super::words::words;
use super::{Draft, FileKind};
use crate::plan::Plan;
use crate::plan::model::{TagId, Type};
use crate::plan::rust::{RustType, rust_type};
use crate::prose::{anchor, code_cell, to_cell, to_line, to_page};
use crate::target::Publish;
use crate::tokens;
use serde::Serialize;
use std::sync::Arc;

#[derive(Serialize)]
struct FrontMatter {
    id: String,
    label: String,
    sidebar_class_name: String,
    keywords: String,
    slug: String,
    tags: String,
}

#[derive(Serialize)]
struct Index {
    title: String,
    about: String,
    chapters: Vec<guide::Entry>,
    tags: Vec<IndexTag>,
    models: Vec<Link>,
}

#[derive(Serialize)]
struct IndexTag {
    label: String,
    page: String,
    about: String,
    methods: Vec<MethodRow>,
}

#[derive(Serialize)]
struct Link {
    label: String,
    target: String,
    about: String,
}

#[derive(Serialize)]
struct MethodRow {
    name: String,
    anchor: String,
    method: &'static str,
    path: String,
    about: String,
}

/// Every page under `docs/`.
pub(super) fn pages<'c>(plan: &'c Plan, examples: &Arc<Examples>) -> Vec<Draft<'c>> {
    let mut pages = vec![Draft::new(
        "docs/README.md",
        "docs/README.md.jinja",
        FileKind::Markdown,
        || index(plan),
    )];
    pages.push(Draft::new(
        "docs/SUMMARY.md",
        "docs/SUMMARY.md.jinja",
        FileKind::Markdown,
        || book::summary(plan),
    ));
    pages.push(Draft::new(
        "docs/book.toml",
        "docs/book.toml.jinja",
        FileKind::Toml,
        || book::book(plan),
    ));
    pages.push(Draft::new(
        "docs/book.css",
        "docs/book.css.jinja",
        FileKind::Css,
        || (),
    ));
    pages.push(Draft::new(
        "docs/coverage.md",
        "docs/coverage.md.jinja",
        FileKind::Markdown,
        || coverage::coverage(plan),
    ));
    pages.extend(guide::pages(plan));
    for (id, tag) in plan.tags() {
        let path = format!("docs/api/{}.md", tag.page);
        let examples = Arc::clone(examples);
        pages.push(Draft::new(
            path,
            "docs/api/tag.md.jinja",
            FileKind::Markdown,
            move || operation::tag_page(plan, id, tag, &examples),
        ));
    }
    let mut users = model::users(plan);
    for (id, def) in plan.reached_types() {
        let path = format!("docs/models/{}.md", def.page);
        let used_by = users.remove(&id).unwrap_or_default();
        let view = move || model::model_page(plan, def, used_by);
        pages.push(Draft::new(
            path,
            "docs/models/model.md.jinja",
            FileKind::Markdown,
            view,
        ));
    }
    pages
}

fn about(plan: &Plan) -> String {
    let fallback = || format!("A client for {}.", plan.api.title);
    to_page(&plan.api.description.clone().unwrap_or_else(fallback))
}

fn index(plan: &Plan) -> Index {
    Index {
        title: to_line(&plan.api.title),
        about: about(plan),
        chapters: guide::entries(plan),
        tags: plan
            .tags()
            .map(|(id, tag)| IndexTag {
                label: to_line(&tag.name),
                page: format!("api/{}.md", tag.page),
                about: to_page(tag.description.as_deref().unwrap_or_default()),
                methods: method_rows(plan, id),
            })
            .collect(),
        models: plan
            .reached_types()
            .into_iter()
            .map(|(_, def)| Link {
                label: def.ident.word().to_owned(),
                target: format!("models/{}.md", def.page),
                about: to_cell(def.description.as_deref().unwrap_or_default()),
            })
            .collect(),
    }
}

fn method_rows(plan: &Plan, tag: TagId) -> Vec<MethodRow> {
    plan.operations_of(tag)
        .map(|(_, operation)| MethodRow {
            name: operation.ident.word().to_owned(),
            anchor: anchor(operation.ident.word()),
            method: operation.method,
            path: code_cell(&operation.path),
            about: to_cell(&words(operation).0),
        })
        .collect()
}

fn front_matter(plan: &Plan, id: &str, label: &str, folder: &str) -> Option<FrontMatter> {
    let settings = plan.front_matter.as_ref()?;
    let language = &settings.language;
    let mut chars = language.chars();
    let capital: String = chars
        .next()
        .map(|c| c.to_uppercase().to_string())
        .unwrap_or_default()
        + chars.as_str();
    let list = |items: &[&str]| {
        let items: Vec<String> = items.iter().map(|item| tokens::yaml_string(item)).collect();
        format!("[{}]", items.join(", "))
    };
    Some(FrontMatter {
        id: tokens::yaml_string(id),
        label: tokens::yaml_string(label),
        sidebar_class_name: tokens::yaml_string(&settings.sidebar_class_name),
        keywords: list(&[language, &capital, "sdk", label]),
        slug: tokens::yaml_string(&format!("{}/{folder}/{id}", settings.slug)),
        tags: list(&["SDK", "Software Development Kit", label]),
    })
}

/// Where docs.rs has the crate's items; nothing where the crate is not for crates.io.
fn rustdoc(plan: &Plan, item: &str) -> String {
    match plan.package.settings.publish {
        None | Some(Publish::Anywhere(true)) => format!(
            "https://docs.rs/{}/latest/{}/{item}",
            plan.name.package, plan.name.library
        ),
        Some(_) => String::new(),
    }
}

/// A type as readers see it, linked to the page of the model at its heart.
fn type_link(plan: &Plan, ty: &Type, folder: &str) -> String {
    linked(plan, &rust_type(ty), ty, folder)
}

/// What a value is declared as, linked to the page of the model at its heart.
fn linked(plan: &Plan, declared: &RustType, ty: &Type, folder: &str) -> String {
    let text = code_cell(&type_text(plan, declared, TypePlace::Models));
    match ty.named().first() {
        Some(id) => format!("[{text}]({folder}{}.md)", plan.ty(*id).page),
        None if holds_patch(ty) => format!("[{text}]({JSON_PATCH})"),
        None => text,
    }
}

/// Where JSON Patch is described.
const JSON_PATCH: &str = "https://www.rfc-editor.org/rfc/rfc6902#section-4";

/// Whether operations of a JSON Patch are at the heart of a type.
fn holds_patch(ty: &Type) -> bool {
    match ty {
        Type::JsonPatchOperation => true,
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Secret(inner) => {
            holds_patch(inner)
        }
        _ => false,
    }
}

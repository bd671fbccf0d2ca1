//! `README.md` and `docs/`: an index, a page for each tag, a page for each model.
//!
//! What all pages share is here: front matter, links between pages, the table of methods.

mod example;
mod model;
mod operation;

use super::operations::words;
use super::types::Site;
use super::{Context, Draft, Kind};
use crate::ir::{OperationId, TagId, Type};
use crate::prose::{anchor, code_cell, to_cell, to_line, to_page};
use crate::tokens;
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct Readme {
    title: String,
    about: String,
    package: String,
    library: String,
    first: Option<example::Example>,
    features: Vec<String>,
    env: Vec<String>,
    examples: Vec<String>,
    operations: usize,
}

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
pub(super) fn pages<'c>(context: &'c Context<'_>) -> Vec<Draft<'c>> {
    let mut pages = vec![Draft::new(
        "docs/README.md",
        "docs/README.md.jinja",
        Kind::Markdown,
        || index(context),
    )];
    for (id, tag, names) in context.tags() {
        let path = format!("docs/api/{}.md", names.page);
        pages.push(Draft::new(
            path,
            "docs/api/tag.md.jinja",
            Kind::Markdown,
            move || operation::tag_page(context, id, tag, names),
        ));
    }
    let mut users = model::users(context);
    for (id, def, names) in context.reached_types() {
        let path = format!("docs/models/{}.md", names.page);
        let used_by = users.remove(&id).unwrap_or_default();
        let view = move || model::model_page(context, id, def, names, used_by);
        pages.push(Draft::new(
            path,
            "docs/models/model.md.jinja",
            Kind::Markdown,
            view,
        ));
    }
    pages
}

/// The crate's README.
pub(super) fn readme(context: &Context<'_>) -> Readme {
    let first = context
        .api
        .operations
        .iter()
        .enumerate()
        .filter_map(|(index, operation)| {
            Some((
                OperationId(index),
                operation,
                context.operation_names(OperationId(index))?,
            ))
        })
        .min_by_key(|(id, operation, names)| {
            let required = context
                .inputs(operation, names)
                .iter()
                .filter(|input| input.required)
                .count();
            // What only reads, and asks for little, is what a newcomer should copy first.
            (
                operation.method != "GET" || operation.deprecated,
                required,
                *id,
            )
        });
    Readme {
        title: to_line(&context.names.package),
        about: about(context),
        package: context.names.package.clone(),
        library: context.names.library.clone(),
        first: first.map(|(id, operation, _)| example::example(context, id, operation, true)),
        features: context
            .tags()
            .map(|(_, _, names)| names.feature.clone())
            .collect(),
        env: super::client::env_names(context),
        examples: context
            .target
            .examples
            .files
            .iter()
            .filter_map(|file| Some(file.strip_suffix(".rs")?.to_owned()))
            .collect(),
        operations: context.api.operations.len(),
    }
}

fn about(context: &Context<'_>) -> String {
    let fallback = || format!("A client for {}.", context.api.title);
    to_page(&context.api.description.clone().unwrap_or_else(fallback))
}

fn index(context: &Context<'_>) -> Index {
    Index {
        title: to_line(&context.api.title),
        about: about(context),
        tags: context
            .tags()
            .map(|(id, tag, names)| IndexTag {
                label: to_line(&tag.name),
                page: format!("api/{}.md", names.page),
                about: to_page(tag.description.as_deref().unwrap_or_default()),
                methods: method_rows(context, id),
            })
            .collect(),
        models: context
            .reached_types()
            .into_iter()
            .map(|(_, def, names)| Link {
                label: names.ident.word().to_owned(),
                target: format!("models/{}.md", names.page),
                about: to_cell(def.description.as_deref().unwrap_or_default()),
            })
            .collect(),
    }
}

fn method_rows(context: &Context<'_>, tag: TagId) -> Vec<MethodRow> {
    context
        .operations_of(tag)
        .filter_map(|(id, operation)| {
            let names = context.operation_names(id)?;
            Some(MethodRow {
                name: names.method.word().to_owned(),
                anchor: anchor(names.method.word()),
                method: operation.method,
                path: code_cell(&operation.path),
                about: to_cell(&words(operation, &names.method).0),
            })
        })
        .collect()
}

fn front_matter(context: &Context<'_>, id: &str, label: &str, folder: &str) -> Option<FrontMatter> {
    let settings = context.target.docs.front_matter.as_ref()?;
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

/// A type as readers see it, linked to the page of the model at its heart.
fn type_link(context: &Context<'_>, ty: &Type, folder: &str) -> String {
    linked(context, &context.rust_type(ty, Site::Models), ty, folder)
}

/// The text of a type, linked to the page of the model at its heart.
fn linked(context: &Context<'_>, text: &str, ty: &Type, folder: &str) -> String {
    let text = code_cell(text);
    match ty.named().first().and_then(|id| context.names.ty(*id)) {
        Some(names) => format!("[{text}]({folder}{}.md)", names.page),
        None => text,
    }
}

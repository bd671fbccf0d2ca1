//! Takes the plan, gives the pages of the crate: for each file a template and everything that it prints.
//!
//! Pages lay out and put into words what the plan decided; they decide nothing themselves, and nothing of the plan is left out
//! here without a word. Templates repeat and lay out.

mod api;
mod client;
mod docs;
mod errors;
mod filters;
mod headers;
mod jobs;
mod manifest;
mod method;
mod mock;
mod models;
mod paging;
mod rust;
mod scopes;
mod security;
mod tests;
mod words;

use crate::plan::Plan;
use docs::Examples;
use rayon::prelude::*;
use serde::Serialize;
use std::sync::Arc;

/// What a file holds, which decides how it is formatted and checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// Rust source.
    Rust,
    /// Markdown.
    Markdown,
    /// TOML.
    Toml,
    /// CSS.
    Css,
    /// JSON for programs, which has no place for a note.
    Json,
}

/// One file to render.
#[derive(Debug)]
pub struct Page {
    /// Its path in the crate, with `/`.
    pub path: String,
    /// The template that prints it.
    pub template: &'static str,
    /// What it holds.
    pub kind: FileKind,
    /// What the template prints.
    pub view: minijinja::Value,
}

/// A page whose view is yet to be made. The views of a large document take several times the memory of the files that are printed
/// from them, so each is made when its page is printed, and is gone after.
pub struct Draft<'c> {
    path: String,
    template: &'static str,
    kind: FileKind,
    make: Box<dyn FnOnce() -> minijinja::Value + Send + 'c>,
}

impl<'c> Draft<'c> {
    fn new<V: Serialize>(
        path: impl Into<String>,
        template: &'static str,
        kind: FileKind,
        make: impl FnOnce() -> V + Send + 'c,
    ) -> Self {
        Self {
            path: path.into(),
            template,
            kind,
            make: Box::new(move || minijinja::value::Serde(&make()).into()),
        }
    }

    /// Makes the view.
    pub fn into_page(self) -> Page {
        Page {
            path: self.path,
            template: self.template,
            kind: self.kind,
            view: (self.make)(),
        }
    }
}

/// What gives the drafts of one kind of page.
type Kind = for<'c> fn(&'c Plan, &Arc<Examples>) -> Vec<Draft<'c>>;

/// Makes every page of the crate.
pub fn pages(plan: &Plan) -> Vec<Page> {
    let pages = drafts(plan).map(Draft::into_page);
    pages.collect()
}

/// Every page of the crate, its view yet to be made. Pages know nothing of each other, so they are made on all cores; some are a
/// thousand times as long as others, so that they are handed out one by one. Their order is always the same.
pub fn drafts(plan: &Plan) -> impl ParallelIterator<Item = Draft<'_>> {
    let kinds: [Kind; 5] = [
        |plan, _| crate_pages(plan),
        |plan, examples| api::pages(plan, examples),
        |plan, _| models::pages(plan),
        |plan, examples| docs::pages(plan, examples),
        |plan, _| tests::pages(plan),
    ];
    let examples = Arc::new(Examples::of(plan));
    kinds
        .into_par_iter()
        .flat_map(move |pages| pages(plan, &examples).into_par_iter().with_max_len(1))
}

/// The pages of which there is one in every crate.
fn crate_pages(plan: &Plan) -> Vec<Draft<'_>> {
    let mut pages = vec![
        Draft::new("Cargo.toml", "Cargo.toml.jinja", FileKind::Toml, || {
            manifest::manifest(plan)
        }),
        Draft::new("README.md", "README.md.jinja", FileKind::Markdown, || {
            docs::readme(plan)
        }),
        Draft::new("src/lib.rs", "src/lib.rs.jinja", FileKind::Rust, || {
            client::library(plan)
        }),
        Draft::new(
            "src/client.rs",
            "src/client.rs.jinja",
            FileKind::Rust,
            || client::client(plan),
        ),
        Draft::new("src/error.rs", "src/error.rs.jinja", FileKind::Rust, || {
            errors::errors(plan)
        }),
        Draft::new(
            "src/request.rs",
            "src/request.rs.jinja",
            FileKind::Rust,
            || (),
        ),
    ];
    pages.extend(mock::pages(plan));
    if plan.has_scopes() {
        pages.push(Draft::new(
            "src/scopes.rs",
            "src/scopes.rs.jinja",
            FileKind::Rust,
            || scopes::scopes(plan),
        ));
    }
    if !plan.api.header_sets.is_empty() {
        pages.push(Draft::new(
            "src/headers.rs",
            "src/headers.rs.jinja",
            FileKind::Rust,
            || headers::headers(plan),
        ));
    }
    if !plan.api.operator_sets.is_empty() {
        pages.push(Draft::new(
            "src/operators.rs",
            "src/operators.rs.jinja",
            FileKind::Rust,
            || filters::operators(plan),
        ));
    }
    if !plan.jobs.is_empty() {
        pages.push(Draft::new(
            "src/jobs.rs",
            "src/jobs.rs.jinja",
            FileKind::Rust,
            || jobs::kinds(plan),
        ));
    }
    if !plan.paging.is_empty() {
        pages.push(Draft::new(
            "src/paging.rs",
            "src/paging.rs.jinja",
            FileKind::Rust,
            || paging::styles(plan),
        ));
    }
    pages
}

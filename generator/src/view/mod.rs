//! Takes the model and its names, gives the pages of the crate: for each file a template and everything that it prints.
//!
//! Every decision is made here. Templates repeat and lay out; they do not ask what something means.

mod api;
mod casing;
mod client;
mod docs;
mod errors;
mod examples;
mod literals;
mod manifest;
mod models;
mod operations;
mod tests;
mod types;

use crate::ir::{self, Shape, TagId, TypeDef, TypeId};
use crate::name::Names;
use crate::target::Target;
use rayon::prelude::*;
use serde::Serialize;

/// What a file holds, which decides how it is formatted and checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Rust source.
    Rust,
    /// Markdown.
    Markdown,
    /// TOML.
    Toml,
}

/// One file to render.
#[derive(Debug)]
pub struct Page {
    /// Its path in the crate, with `/`.
    pub path: String,
    /// The template that prints it.
    pub template: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// What the template prints.
    pub view: minijinja::Value,
}

/// A page whose view is yet to be made. The views of a large document take several times the memory of the files that are printed
/// from them, so each is made when its page is printed, and is gone after.
pub struct Draft<'c> {
    path: String,
    template: &'static str,
    kind: Kind,
    make: Box<dyn FnOnce() -> minijinja::Value + Send + 'c>,
}

impl<'c> Draft<'c> {
    fn new<V: Serialize>(
        path: impl Into<String>,
        template: &'static str,
        kind: Kind,
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

/// How the emitted crate gets at the runtime.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RuntimeSource {
    /// A copy in the crate's folder `runtime/`.
    Vendored,
    /// A folder, as Cargo.toml names it: relative to the crate, or absolute.
    Path(String),
    /// A published version.
    Version(String),
}

/// What the view needs to know.
pub struct Context<'a> {
    /// The model.
    pub api: &'a ir::Api,
    /// Its names.
    pub names: &'a Names,
    /// The crate's settings.
    pub target: &'a Target,
    /// How the crate gets at the runtime.
    pub runtime: &'a RuntimeSource,
    /// The security scheme that the client signs in with: every operation asks for it.
    scheme: Option<&'a ir::SecurityScheme>,
}

/// Makes every page of the crate.
pub fn pages(context: &Context<'_>) -> Vec<Page> {
    let pages = drafts(context).map(Draft::into_page);
    pages.collect()
}

/// Every page of the crate, its view yet to be made. Pages know nothing of each other, so they are made on all cores; some are a
/// thousand times as long as others, so that they are handed out one by one. Their order is always the same.
pub fn drafts<'c, 'a: 'c>(context: &'c Context<'a>) -> impl ParallelIterator<Item = Draft<'c>> {
    let kinds: [fn(&'c Context<'a>) -> Vec<Draft<'c>>; 5] = [
        |context| crate_pages(context),
        |context| api::pages(context),
        |context| models::pages(context),
        |context| docs::pages(context),
        |context| tests::pages(context),
    ];
    kinds
        .into_par_iter()
        .flat_map(move |pages| pages(context).into_par_iter().with_max_len(1))
}

/// The pages of which there is one in every crate.
fn crate_pages<'c>(context: &'c Context<'_>) -> Vec<Draft<'c>> {
    vec![
        Draft::new("Cargo.toml", "Cargo.toml.jinja", Kind::Toml, || {
            manifest::manifest(context)
        }),
        Draft::new("README.md", "README.md.jinja", Kind::Markdown, || {
            docs::readme(context)
        }),
        Draft::new("src/lib.rs", "src/lib.rs.jinja", Kind::Rust, || {
            client::library(context)
        }),
        Draft::new("src/client.rs", "src/client.rs.jinja", Kind::Rust, || {
            client::client(context)
        }),
        Draft::new("src/error.rs", "src/error.rs.jinja", Kind::Rust, || {
            errors::errors(context)
        }),
    ]
}

/// The file of models that more than one tag reaches.
const SHARED: &str = "shared";

impl<'a> Context<'a> {
    /// What the view needs to know of these.
    pub fn new(
        api: &'a ir::Api,
        names: &'a Names,
        target: &'a Target,
        runtime: &'a RuntimeSource,
    ) -> Self {
        Self {
            api,
            names,
            target,
            runtime,
            scheme: chosen_scheme(api, target),
        }
    }

    /// The tags with their numbers.
    fn tags(&self) -> impl Iterator<Item = (TagId, &'a ir::Tag, &'a crate::name::TagNames)> {
        let names = self.names;
        self.api
            .tags
            .iter()
            .enumerate()
            .filter_map(move |(index, tag)| Some((TagId(index), tag, names.tag(TagId(index))?)))
    }

    /// The operations of a tag.
    fn operations_of(
        &self,
        tag: TagId,
    ) -> impl Iterator<Item = (ir::OperationId, &'a ir::Operation)> {
        self.api
            .operations
            .iter()
            .enumerate()
            .filter(move |(_, operation)| operation.tag == tag)
            .map(|(index, operation)| (ir::OperationId(index), operation))
    }

    /// The named types that some operation reaches, by name.
    fn reached_types(&self) -> Vec<(TypeId, &'a TypeDef, &'a crate::name::TypeNames)> {
        let names = self.names;
        let mut types: Vec<_> = self
            .api
            .types
            .iter()
            .filter(|(_, def)| !def.usage.tags.is_empty())
            .filter_map(|(id, def)| Some((id, def, names.ty(id)?)))
            .collect();
        types.sort_by_key(|(_, _, names)| &names.ident);
        types
    }

    /// Whether some operation sends a type.
    fn is_sent(&self, id: TypeId) -> bool {
        self.api.types.get(id).is_some_and(|def| def.usage.request)
    }

    /// Whether every property of an object may be left out, so that it has a default value.
    fn has_default(&self, object: &ir::Struct, sent: bool) -> bool {
        object.flattened.is_none()
            && object
                .fields
                .iter()
                .all(|field| types::presence(field, sent) != types::Presence::Always)
    }

    /// Whether a type has `new()`: callers make it, some of it is required, and some is not.
    fn constructor(&self, id: TypeId) -> bool {
        let Some(TypeDef {
            shape: Shape::Struct(object),
            usage,
            ..
        }) = self.api.types.get(id)
        else {
            return false;
        };
        let required =
            |field: &ir::Field| types::presence(field, usage.request) == types::Presence::Always;
        usage.request
            && (object.flattened.is_some() || object.fields.iter().any(required))
            && (object.additional.is_some() || !object.fields.iter().all(required))
    }

    /// The security scheme that the client signs in with.
    fn scheme(&self) -> Option<&'a ir::SecurityScheme> {
        self.scheme
    }
}

/// The target's scheme, or the one that the most operations ask for, so that one odd operation does not decide.
pub(crate) fn chosen_scheme<'a>(
    api: &'a ir::Api,
    target: &Target,
) -> Option<&'a ir::SecurityScheme> {
    let schemes = &api.security_schemes;
    match &target.auth.scheme {
        Some(name) => schemes.get(name),
        None => schemes.values().rev().max_by_key(|scheme| {
            let asked = api
                .operations
                .iter()
                .flat_map(|operation| &operation.security);
            asked
                .filter(|requirement| requirement.scheme == scheme.name)
                .count()
        }),
    }
}

/// The attribute of a function that has more arguments than clippy lets pass: all of them are required.
fn many_arguments(count: usize) -> &'static str {
    /// Clippy's `too-many-arguments-threshold`.
    const MAX: usize = 7;
    if count > MAX {
        "#[allow(clippy::too_many_arguments, reason = \"all of them are required\")]"
    } else {
        ""
    }
}

/// Our own words as a doc comment, links and headings included; nothing of a document's may be in them but identifiers.
fn own_docs(text: &str) -> String {
    text.lines()
        .map(|line| format!("/// {line}").trim_end().to_owned())
        .collect::<Vec<_>>()
        .join("\n")
}

/// `#[cfg(feature = "…")]` for any of these tags; empty when none or all of them would be named.
fn cfg(context: &Context<'_>, tags: &std::collections::BTreeSet<TagId>) -> String {
    if tags.len() >= context.api.tags.len() && tags.len() > 1 {
        return String::new();
    }
    let features: Vec<&str> = tags
        .iter()
        .filter_map(|tag| context.names.tag(*tag))
        .map(|names| names.feature.as_str())
        .collect();
    match features.as_slice() {
        [] => String::new(),
        [feature] => quote::quote!(#[cfg(feature = #feature)]).to_string(),
        features => quote::quote!(#[cfg(any(#(feature = #features),*))]).to_string(),
    }
}

//! `src/models/`: structs, enums, unions and aliases, each in the file of the only tag that reaches it, or in the shared one.

mod fields;
mod variants;

pub(super) use fields::notes;
pub(super) use variants::value_text;

use super::types::Site;
use super::{Context, Draft, Kind, SHARED, cfg};
use crate::ir::{Shape, TagId, Type, TypeDef, TypeId};
use crate::name::TypeNames;
use crate::prose::{DocStyle, doc_comment};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Serialize)]
struct ModelsModule {
    files: Vec<FileEntry>,
}

#[derive(Serialize)]
struct FileEntry {
    module: String,
    cfg: String,
}

#[derive(Serialize)]
struct ModelFile {
    docs: String,
    /// `use` lines, without `use`.
    uses: Vec<String>,
    /// Whether features decide which types there are, and so which imports are used.
    gated: bool,
    types: Vec<ModelView>,
}

#[derive(Serialize)]
struct ModelView {
    kind: &'static str,
    docs: String,
    cfg: String,
    attributes: Vec<String>,
    ident: String,
    fields: Vec<FieldView>,
    variants: Vec<VariantView>,
    /// The variant of unknown values, and what it holds.
    rest: String,
    rest_type: String,
    /// The type of an enum's values, where they are no texts.
    scalar: String,
    /// The property that tells the types of a union apart, as a literal.
    tag: String,
    /// What an alias stands for.
    target: String,
    constructor: Option<Constructor>,
}

#[derive(Serialize)]
struct FieldView {
    docs: String,
    attribute: String,
    ident: String,
    ty: String,
}

#[derive(Serialize)]
struct VariantView {
    docs: String,
    ident: String,
    /// What it holds; empty where it stands for one value.
    ty: String,
    /// What the macro that reads and writes it is told: the value, or the tags.
    value: String,
}

#[derive(Serialize)]
struct Constructor {
    arguments: Vec<Argument>,
    defaults: Vec<String>,
}

#[derive(Serialize)]
struct Argument {
    ident: String,
    ty: String,
    value: String,
}

/// One page for each file of models, and the module that holds them.
pub(super) fn pages<'c>(context: &'c Context<'_>) -> Vec<Draft<'c>> {
    let mut homes: BTreeMap<Option<TagId>, Vec<_>> = BTreeMap::new();
    for ty in context.reached_types() {
        homes.entry(context.home(ty.1)).or_default().push(ty);
    }
    // The shared file comes last: it is what the others have in common.
    let shared = homes.remove(&None).map(|types| (None, types));
    let mut pages = Vec::new();
    let mut files = Vec::new();
    for (home, types) in homes.into_iter().chain(shared) {
        let module = home
            .and_then(|tag| context.names.tag(tag))
            .map(|names| names.module.as_str());
        let file = module.map_or(SHARED, |module| module);
        let gate = home
            .map(|tag| cfg(context, &BTreeSet::from([tag])))
            .unwrap_or_default();
        let path = format!("src/models/{}.rs", file.trim_start_matches("r#"));
        pages.push(Draft::new(
            path,
            "src/models/file.rs.jinja",
            Kind::Rust,
            move || model_file(context, home, &types),
        ));
        files.push(FileEntry {
            module: file.to_owned(),
            cfg: gate,
        });
    }
    pages.push(Draft::new(
        "src/models/mod.rs",
        "src/models/mod.rs.jinja",
        Kind::Rust,
        || ModelsModule { files },
    ));
    pages
}

fn model_file(
    context: &Context<'_>,
    home: Option<TagId>,
    types: &[(TypeId, &TypeDef, &TypeNames)],
) -> ModelFile {
    let docs = match home.and_then(|tag| context.api.tags.get(tag.0)) {
        Some(tag) => format!(
            "Types that only the operations of {} use.",
            crate::prose::to_line(&tag.name)
        ),
        None => "Types that operations of more than one group use.".to_owned(),
    };
    let views: Vec<ModelView> = types
        .iter()
        .map(|(id, def, names)| model(context, home, *id, def, names))
        .collect();
    ModelFile {
        docs: doc_comment(&docs, DocStyle::Inner),
        uses: uses(context, home, types, &views),
        gated: views.iter().any(|view| !view.cfg.is_empty()),
        types: views,
    }
}

/// The imports of a file: exactly what its types use.
fn uses(
    context: &Context<'_>,
    home: Option<TagId>,
    types: &[(TypeId, &TypeDef, &TypeNames)],
    views: &[ModelView],
) -> Vec<String> {
    let mut elsewhere = BTreeSet::new();
    for (_, def, _) in types {
        for id in def.parts().into_iter().flat_map(Type::named) {
            if let (Some(def), Some(names)) = (context.api.types.get(id), context.names.ty(id))
                && context.home(def) != home
            {
                elsewhere.insert(names.ident.to_string());
            }
        }
    }
    let mentions = |word: &str| {
        let in_type = |ty: &str| {
            ty.split(|c: char| !c.is_alphanumeric())
                .any(|part| part == word)
        };
        views.iter().any(|view| {
            in_type(&view.target)
                || in_type(&view.rest_type)
                || view.variants.iter().any(|variant| in_type(&variant.ty))
                || view.fields.iter().any(|field| in_type(&field.ty))
                || view
                    .constructor
                    .iter()
                    .flat_map(|new| &new.arguments)
                    .any(|argument| in_type(&argument.ty))
        })
    };
    let mut uses = Vec::new();
    let runtime: Vec<&str> = [
        "Base64", "Date", "DateTime", "FilePart", "Nullable", "Secret", "Value",
    ]
    .into_iter()
    .filter(|word| mentions(word))
    .collect();
    uses.extend(braced("sdk_runtime", &runtime));
    let derives = |view: &ModelView| {
        view.attributes
            .iter()
            .any(|attribute| attribute.contains("Serialize"))
    };
    if views.iter().any(derives) {
        uses.push("serde::{Deserialize, Serialize}".to_owned());
    }
    if mentions("BTreeMap") {
        uses.push("std::collections::BTreeMap".to_owned());
    }
    let elsewhere: Vec<&str> = elsewhere.iter().map(String::as_str).collect();
    uses.extend(braced("super", &elsewhere));
    uses
}

fn braced(path: &str, names: &[&str]) -> Option<String> {
    match names {
        [] => None,
        [name] => Some(format!("{path}::{name}")),
        names => Some(format!("{path}::{{{}}}", names.join(", "))),
    }
}

fn model(
    context: &Context<'_>,
    home: Option<TagId>,
    id: TypeId,
    def: &TypeDef,
    names: &TypeNames,
) -> ModelView {
    let mut view = ModelView {
        kind: "alias",
        docs: doc_comment(&type_docs(def), DocStyle::Outer),
        // The file of a tag is gated as a whole.
        cfg: if home.is_some() {
            String::new()
        } else {
            cfg(context, &def.usage.tags)
        },
        attributes: Vec::new(),
        ident: names.ident.to_string(),
        fields: Vec::new(),
        variants: Vec::new(),
        rest: names.rest.to_string(),
        rest_type: String::new(),
        scalar: String::new(),
        tag: String::new(),
        target: String::new(),
        constructor: None,
    };
    match &def.shape {
        Shape::Alias(ty) => view.target = context.rust_type(ty, Site::Models),
        Shape::Enum(of) => variants::fill_enum(context, &mut view, of, names),
        Shape::Union(union) => variants::fill_union(context, &mut view, union, names),
        Shape::Struct(object) => fields::fill(context, &mut view, object, id, names),
    }
    view
}

/// What a type is, in the document's words; a name says as much as a sentence made from it would.
fn type_docs(def: &TypeDef) -> String {
    let mut docs = def.description.clone().unwrap_or_default();
    if def.deprecated {
        docs.push_str("\n\nDeprecated.");
    }
    docs
}

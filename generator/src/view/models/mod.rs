//! `src/models/`: structs, enums, unions and aliases, each in the file of the tags that reach it, or in the shared one.

mod fields;
mod homes;
mod variants;

pub(super) use fields::notes;
pub(super) use variants::value_text;

use self::homes::{Home, Homes};
use super::types::Site;
use super::{Context, Draft, Kind, cfg};
use crate::ir::{Shape, TagId, Type, TypeDef, TypeId};
use crate::name::TypeNames;
use crate::prose::{DocStyle, doc_comment};
use serde::Serialize;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

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
    /// The call of the macro that reads and writes an enum or a union.
    call: String,
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
}

#[derive(Serialize)]
struct Constructor {
    attribute: &'static str,
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
    let types = context.reached_types();
    let homes = Arc::new(Homes::of(context, &types));
    let mut by_home: HashMap<Home, Vec<_>> = HashMap::new();
    for ty in types {
        if let Some(home) = homes.by_type.get(&ty.0) {
            by_home.entry(home.clone()).or_default().push(ty);
        }
    }
    let mut pages = Vec::new();
    let mut files = Vec::new();
    for (home, module) in &homes.modules {
        let types = by_home.remove(home).unwrap_or_default();
        let path = format!("src/models/{}.rs", module.trim_start_matches("r#"));
        let (homes, own) = (Arc::clone(&homes), home.clone());
        pages.push(Draft::new(
            path,
            "src/models/file.rs.jinja",
            Kind::Rust,
            move || model_file(context, &homes, &own, &types),
        ));
        files.push(FileEntry {
            module: module.clone(),
            cfg: match home {
                Home::Tags(tags) => cfg(context, tags),
                Home::Shared => String::new(),
            },
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
    homes: &Homes,
    home: &Home,
    types: &[(TypeId, &TypeDef, &TypeNames)],
) -> ModelFile {
    let views: Vec<ModelView> = types
        .iter()
        .map(|(id, def, names)| model(context, home, *id, def, names))
        .collect();
    ModelFile {
        docs: doc_comment(&file_docs(context, home), DocStyle::Inner),
        uses: uses(context, homes, home, types, &views),
        gated: views.iter().any(|view| !view.cfg.is_empty()),
        types: views,
    }
}

fn file_docs(context: &Context<'_>, home: &Home) -> String {
    let title = |tag: &TagId| {
        let tag = context.api.tags.get(tag.0);
        tag.map_or_else(String::new, |tag| crate::prose::to_line(&tag.name))
    };
    let tags: Vec<String> = match home {
        Home::Tags(tags) => tags.iter().map(title).collect(),
        Home::Shared => Vec::new(),
    };
    match tags.as_slice() {
        [] => "Types that operations of more than one group use.".to_owned(),
        [tag] => format!("Types that only the operations of {tag} use."),
        [first @ .., last] => format!(
            "Types that the operations of {} and {last} have in common.",
            first.join(", ")
        ),
    }
}

/// The imports of a file: exactly what its types use.
fn uses(
    context: &Context<'_>,
    homes: &Homes,
    home: &Home,
    types: &[(TypeId, &TypeDef, &TypeNames)],
    views: &[ModelView],
) -> Vec<String> {
    let mut elsewhere = BTreeSet::new();
    for (_, def, _) in types {
        for id in def.parts().into_iter().flat_map(Type::named) {
            if let Some(names) = context.names.ty(id)
                && homes.by_type.get(&id) != Some(home)
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
    home: &Home,
    id: TypeId,
    def: &TypeDef,
    names: &TypeNames,
) -> ModelView {
    let mut view = ModelView {
        kind: "alias",
        docs: doc_comment(&type_docs(def), DocStyle::Outer),
        // The file of certain tags is gated as a whole.
        cfg: match home {
            Home::Tags(_) => String::new(),
            Home::Shared => cfg(context, &def.usage.tags),
        },
        attributes: Vec::new(),
        ident: names.ident.to_string(),
        fields: Vec::new(),
        variants: Vec::new(),
        rest: names.rest.to_string(),
        rest_type: String::new(),
        call: String::new(),
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

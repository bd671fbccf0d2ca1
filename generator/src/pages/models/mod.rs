//! `src/models/`: structs, enums, unions and aliases, each in the file that the plan gives it.

mod fields;
mod record;
mod variants;

pub(super) use fields::notes;
pub(super) use variants::value_text;

use super::rust::{TypePlace, cfg, type_text};
use super::{Draft, FileKind};
use crate::plan::model::{ModuleId, Shape, TagId, Type, TypeDef, TypeId};
use crate::plan::rust::{RustType, rust_type};
use crate::plan::{ModelModule, Plan};
use crate::prose::{DocStyle, doc_comment};
use serde::Serialize;
use std::collections::{BTreeSet, HashMap};

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
    /// The call of the macro that reads and writes it.
    call: String,
    /// What an alias stands for.
    target: String,
    constructor: Option<Constructor>,
}

#[derive(Serialize)]
struct FieldView {
    docs: String,
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
pub(super) fn pages(plan: &Plan) -> Vec<Draft<'_>> {
    let mut by_home: HashMap<ModuleId, Vec<(TypeId, &TypeDef)>> = HashMap::new();
    for ty in plan.reached_types() {
        by_home.entry(ty.1.home).or_default().push(ty);
    }
    let mut pages = Vec::new();
    let mut files = Vec::new();
    for (index, module) in plan.modules.iter().enumerate() {
        let types = by_home.remove(&ModuleId(index)).unwrap_or_default();
        pages.push(Draft::new(
            format!("src/models/{}.rs", module.file()),
            "src/models/file.rs.jinja",
            FileKind::Rust,
            move || model_file(plan, module, ModuleId(index), &types),
        ));
        files.push(FileEntry {
            module: module.module.clone(),
            cfg: module
                .tags
                .as_ref()
                .map_or_else(String::new, |tags| cfg(&plan.gate(tags))),
        });
    }
    pages.push(Draft::new(
        "src/models/mod.rs",
        "src/models/mod.rs.jinja",
        FileKind::Rust,
        || ModelsModule { files },
    ));
    pages
}

fn model_file(
    plan: &Plan,
    module: &ModelModule,
    id: ModuleId,
    types: &[(TypeId, &TypeDef)],
) -> ModelFile {
    let views: Vec<ModelView> = types
        .iter()
        .map(|(_, def)| model(plan, module, def))
        .collect();
    ModelFile {
        docs: doc_comment(&file_docs(plan, module), DocStyle::Inner),
        uses: uses(plan, id, types),
        gated: views.iter().any(|view| !view.cfg.is_empty()),
        types: views,
    }
}

fn file_docs(plan: &Plan, module: &ModelModule) -> String {
    let title = |tag: &TagId| crate::prose::to_line(&plan.tag(*tag).name);
    let tags: Vec<String> = module.tags.iter().flatten().map(title).collect();
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
fn uses(plan: &Plan, home: ModuleId, types: &[(TypeId, &TypeDef)]) -> Vec<String> {
    let mut elsewhere: BTreeSet<&str> = BTreeSet::new();
    let mut runtime: BTreeSet<&str> = BTreeSet::new();
    let mut map = false;
    for (_, def) in types {
        for id in def.parts().into_iter().flat_map(Type::named) {
            let part = plan.ty(id);
            if part.home != home {
                elsewhere.insert(part.ident.as_str());
            }
        }
        for ty in declared(def) {
            ty.each(&mut |ty| match ty {
                RustType::Runtime(name) => _ = runtime.insert(name),
                RustType::Secret(_) => _ = runtime.insert("Secret"),
                RustType::Nullable(_) => _ = runtime.insert("Nullable"),
                RustType::Map(_) => map = true,
                _ => {}
            });
        }
    }
    let runtime: Vec<&str> = runtime.into_iter().collect();
    let elsewhere: Vec<&str> = elsewhere.into_iter().collect();
    let mut uses = Vec::new();
    uses.extend(braced("sdk_runtime", &runtime));
    uses.extend(map.then(|| "std::collections::BTreeMap".to_owned()));
    uses.extend(braced("super", &elsewhere));
    uses
}

/// The types that the declaration of a type names.
fn declared(def: &TypeDef) -> Vec<RustType> {
    match &def.shape {
        Shape::Alias(ty) => vec![rust_type(ty)],
        Shape::Enum(of) => vec![rust_type(&of.rest)],
        Shape::Union(union) => {
            let variants = union.variants.iter().map(|variant| variant.rust_type());
            variants.chain([RustType::Runtime("Value")]).collect()
        }
        Shape::Struct(object) => {
            let fields = object.fields.iter().map(|field| field.rust_type());
            let union = object.flattened.iter().map(|union| union.rust_type());
            let additional = object.additional.iter();
            let additional = additional.map(|ty| RustType::Map(Box::new(rust_type(ty))));
            let unknown = RustType::Runtime("UnknownMembers");
            let unknown = def.keeps_unknown().then_some(unknown);
            fields
                .chain(union)
                .chain(additional)
                .chain(unknown)
                .collect()
        }
    }
}

fn braced(path: &str, names: &[&str]) -> Option<String> {
    match names {
        [] => None,
        [name] => Some(format!("{path}::{name}")),
        names => Some(format!("{path}::{{{}}}", names.join(", "))),
    }
}

fn model(plan: &Plan, module: &ModelModule, def: &TypeDef) -> ModelView {
    let mut view = ModelView {
        kind: "alias",
        docs: doc_comment(&type_docs(def), DocStyle::Outer),
        // The file of certain tags is gated as a whole.
        cfg: match module.tags {
            Some(_) => String::new(),
            None => cfg(&plan.gate(&def.usage.tags)),
        },
        attributes: Vec::new(),
        ident: def.ident.to_string(),
        fields: Vec::new(),
        variants: Vec::new(),
        rest: def.rest.to_string(),
        rest_type: String::new(),
        call: String::new(),
        target: String::new(),
        constructor: None,
    };
    match &def.shape {
        Shape::Alias(ty) => view.target = type_text(plan, &rust_type(ty), TypePlace::Models),
        Shape::Enum(of) => variants::fill_enum(plan, &mut view, of),
        Shape::Union(union) => variants::fill_union(plan, &mut view, union),
        Shape::Struct(object) => fields::fill(plan, &mut view, object, def),
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

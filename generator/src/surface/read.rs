//! Takes the files of a crate, gives its items: what is `pub` in `src/`, and the features of `Cargo.toml`.

use super::items::{Items, Path};
use super::text::{bare, text};
use super::{Item, SurfaceError, macros};
use crate::files::FileSet;
use std::collections::{BTreeMap, BTreeSet};
use syn::{
    Attribute, Fields, FnArg, ImplItem, ItemEnum, ItemImpl, ItemStruct, UseTree, Visibility,
};

/// Modules that callers see nothing of, or that follow from the rest.
const LEFT_OUT: [&str; 2] = ["guide", "mock"];

/// The items of a crate.
pub(super) fn read(files: &FileSet) -> Result<BTreeMap<String, Item>, SurfaceError> {
    let mut sources = Vec::new();
    for (path, bytes) in files.iter() {
        let Some(modules) = modules_of(path) else {
            continue;
        };
        let source = syn::parse_file(&String::from_utf8_lossy(bytes));
        let source = source.map_err(|source| SurfaceError {
            path: path.to_owned(),
            source,
        })?;
        sources.push((modules, source));
    }
    let hidden = hidden_modules(&sources);
    let mut items = Items::default();
    for (modules, source) in &sources {
        let module = seen_path(modules, &hidden);
        for item in &source.items {
            add_item(&mut items, &module, item);
        }
    }
    add_features(&mut items, files);
    Ok(items.into_map())
}

/// The modules that lead to a file, from the crate on; none where callers see nothing of it.
fn modules_of(path: &str) -> Option<Vec<&str>> {
    let file = path.strip_prefix("src/")?.strip_suffix(".rs")?;
    let mut modules: Vec<&str> = file.split('/').collect();
    if modules.last() == Some(&"mod") || modules == ["lib"] {
        modules.pop();
    }
    let is_left_out = modules
        .first()
        .is_some_and(|first| LEFT_OUT.contains(first));
    (!is_left_out).then_some(modules)
}

/// The modules that are not public. Emitted modules of this kind are divisions of a file, whose items are public one level above.
fn hidden_modules<'f>(sources: &'f [(Vec<&'f str>, syn::File)]) -> BTreeSet<Vec<String>> {
    let mut hidden = BTreeSet::new();
    for (modules, source) in sources {
        for item in &source.items {
            if let syn::Item::Mod(module) = item
                && !is_public(&module.vis)
            {
                let own = module.ident.to_string();
                let path = modules.iter().map(|name| (*name).to_owned()).chain([own]);
                hidden.insert(path.collect());
            }
        }
    }
    hidden
}

/// The path by which callers know the module of a file.
fn seen_path(modules: &[&str], hidden: &BTreeSet<Vec<String>>) -> Path {
    let mut path = Path::default();
    let mut walked: Vec<String> = Vec::new();
    for module in modules {
        walked.push((*module).to_owned());
        if !hidden.contains(&walked) {
            path = path.child(module);
        }
    }
    path
}

fn add_item(items: &mut Items, module: &Path, item: &syn::Item) {
    match item {
        syn::Item::Struct(of) if is_public(&of.vis) => add_struct(items, module, of),
        syn::Item::Enum(of) if is_public(&of.vis) && !is_fallback(&of.attrs) => {
            add_enum(items, module, of);
        }
        syn::Item::Impl(of) => add_impl(items, module, of),
        syn::Item::Macro(of) => macros::add(items, module, &of.mac),
        syn::Item::Use(of) if is_public(&of.vis) && !is_fallback(&of.attrs) => {
            add_use(items, module, &of.tree);
        }
        syn::Item::Fn(of) if is_public(&of.vis) => {
            let path = module.child(&of.sig.ident.to_string());
            add_function(items, module, &path, &of.sig);
        }
        syn::Item::Const(of) if is_public(&of.vis) => {
            let head = format!("const {}", bare(&of.ty));
            items.add(&module.child(&of.ident.to_string()), head);
        }
        syn::Item::Static(of) if is_public(&of.vis) => {
            let head = format!("static {}", bare(&of.ty));
            items.add(&module.child(&of.ident.to_string()), head);
        }
        syn::Item::Type(of) if is_public(&of.vis) => {
            let parameters = text(&of.generics.params);
            let head = match parameters.is_empty() {
                true => format!("type {}", bare(&of.ty)),
                false => format!("type <{parameters}> {}", bare(&of.ty)),
            };
            items.add(&module.child(&of.ident.to_string()), head);
        }
        _ => {}
    }
}

fn add_struct(items: &mut Items, module: &Path, of: &ItemStruct) {
    let path = module.child(&of.ident.to_string());
    items.add(&path, "struct".to_owned());
    add_derives(items, &path, &of.attrs);
    let Fields::Named(fields) = &of.fields else {
        return;
    };
    // Whoever writes all fields out does not compile when there is one more.
    let is_written_out = !is_open(&of.attrs) && fields.named.iter().all(|f| is_public(&f.vis));
    if is_written_out {
        items.add_part(
            &path,
            &path.ability("struct literal"),
            "possible".to_owned(),
            false,
        );
    }
    for field in fields.named.iter().filter(|field| is_public(&field.vis)) {
        if let Some(name) = &field.ident {
            let ty = bare(&field.ty);
            items.add_part(&path, &path.child(&name.to_string()), ty, is_written_out);
        }
    }
}

fn add_enum(items: &mut Items, module: &Path, of: &ItemEnum) {
    let path = module.child(&of.ident.to_string());
    items.add(&path, "enum".to_owned());
    add_derives(items, &path, &of.attrs);
    let is_matched_whole = !is_open(&of.attrs);
    if is_matched_whole {
        let head = "possible".to_owned();
        items.add_part(
            &path,
            &path.ability("match without a wildcard"),
            head,
            false,
        );
    }
    for variant in &of.variants {
        let types = variant.fields.iter();
        let types: Vec<String> = types.map(|field| bare(&field.ty)).collect();
        let head = match types.is_empty() {
            true => "variant".to_owned(),
            false => format!("variant of {}", types.join(", ")),
        };
        let name = variant.ident.to_string();
        items.add_part(&path, &path.child(&name), head, is_matched_whole);
    }
}

fn add_impl(items: &mut Items, module: &Path, of: &ItemImpl) {
    let ty = bare(&of.self_ty);
    let path = module.child(&ty);
    if let Some((ability, _)) = &of.trait_ {
        let ability = path.ability(&bare(ability));
        items.add_part(&path, &ability, "implemented".to_owned(), false);
        return;
    }
    // What is set of a request belongs to its operation.
    let operation = ty.strip_prefix("Request<");
    let operation = operation.and_then(|rest| rest.strip_suffix('>'));
    let owner = operation.map_or_else(|| path.clone(), |operation| module.child(operation));
    for item in &of.items {
        if let ImplItem::Fn(method) = item
            && is_public(&method.vis)
        {
            let name = method.sig.ident.to_string();
            add_function(items, &owner, &path.child(&name), &method.sig);
        }
    }
}

/// Adds a function, whose callers depend on the types of its parameters and not on their names.
fn add_function(items: &mut Items, of: &Path, path: &Path, signature: &syn::Signature) {
    let types = signature.inputs.iter().map(|input| match input {
        FnArg::Receiver(receiver) => bare(receiver),
        FnArg::Typed(typed) => bare(&typed.ty),
    });
    let types: Vec<String> = types.collect();
    let (generics, output) = (bare(&signature.generics), bare(&signature.output));
    let essence = format!("{generics}({}){output}", types.join(", "));
    items.add_function(of, path, bare(signature), essence);
}

/// What a type can do by its `derive`.
fn add_derives(items: &mut Items, path: &Path, attributes: &[Attribute]) {
    for attribute in attributes {
        if attribute.path().is_ident("derive") {
            // A derive that is no list of paths does not compile.
            let _ = attribute.parse_nested_meta(|derived| {
                let ability = derived.path.segments.last();
                if let Some(ability) = ability {
                    let ability = path.ability(&ability.ident.to_string());
                    items.add_part(path, &ability, "implemented".to_owned(), false);
                }
                Ok(())
            });
        }
    }
}

/// The names that a module passes on; not those of whole modules.
fn add_use(items: &mut Items, module: &Path, tree: &UseTree) {
    match tree {
        UseTree::Path(path) => add_use(items, module, &path.tree),
        UseTree::Group(group) => {
            for tree in &group.items {
                add_use(items, module, tree);
            }
        }
        UseTree::Name(name) => {
            items.add(
                &module.child(&name.ident.to_string()),
                "re-export".to_owned(),
            );
        }
        UseTree::Rename(name) => {
            let head = format!("re-export of {}", name.ident);
            items.add(&module.child(&name.rename.to_string()), head);
        }
        UseTree::Glob(_) => {}
    }
}

/// Whether an item stands in for another when features are off.
fn is_fallback(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg") && text(&attribute.meta).starts_with("cfg(not(")
    })
}

fn is_open(attributes: &[Attribute]) -> bool {
    attributes
        .iter()
        .any(|attribute| attribute.path().is_ident("non_exhaustive"))
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn add_features(items: &mut Items, files: &FileSet) {
    let manifest = files.get("Cargo.toml").unwrap_or_default();
    let manifest: Option<toml::Table> = toml::from_str(&String::from_utf8_lossy(manifest)).ok();
    let features = manifest
        .as_ref()
        .and_then(|manifest| manifest.get("features"));
    for name in features
        .and_then(toml::Value::as_table)
        .into_iter()
        .flatten()
    {
        items.add(
            &Path::default().child(&format!("feature {}", name.0)),
            "feature".to_owned(),
        );
    }
}

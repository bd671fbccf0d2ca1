//! `src/models/`: structs, enums and aliases, each in the file of the only tag that reaches it, or in the shared one.

use super::casing::{self, Subject};
use super::types::{Presence, Site, presence};
use super::{Context, Kind, Page, SHARED, cfg};
use crate::ir::{Field, Shape, Struct, TagId, Type, TypeDef, TypeId, WireName};
use crate::name::TypeNames;
use crate::prose::{DocStyle, doc_comment};
use quote::quote;
use serde::Serialize;
use std::collections::BTreeSet;

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
    /// The variant of unknown values.
    rest: String,
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
    attribute: String,
    ident: String,
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
pub(super) fn pages(context: &Context<'_>) -> Vec<Page> {
    let types = context.reached_types();
    let mut pages = Vec::new();
    let mut files = Vec::new();
    let homes: BTreeSet<Option<TagId>> =
        types.iter().map(|(_, def, _)| context.home(def)).collect();
    // The shared file comes last: it is what the others have in common.
    for home in homes
        .iter()
        .filter(|home| home.is_some())
        .chain(homes.get(&None))
    {
        let module = home
            .and_then(|tag| context.names.tag(tag))
            .map(|names| names.module.as_str());
        let file = module.map_or(SHARED, |module| module);
        let gate = home
            .map(|tag| cfg(context, &BTreeSet::from([tag])))
            .unwrap_or_default();
        let here: Vec<_> = types
            .iter()
            .filter(|(_, def, _)| context.home(def) == *home)
            .collect();
        let view = model_file(context, *home, &here);
        let path = format!("src/models/{}.rs", file.trim_start_matches("r#"));
        pages.push(Page::new(
            path,
            "src/models/file.rs.jinja",
            Kind::Rust,
            &view,
        ));
        files.push(FileEntry {
            module: file.to_owned(),
            cfg: gate,
        });
    }
    pages.push(Page::new(
        "src/models/mod.rs",
        "src/models/mod.rs.jinja",
        Kind::Rust,
        &ModelsModule { files },
    ));
    pages
}

fn model_file(
    context: &Context<'_>,
    home: Option<TagId>,
    types: &[&(TypeId, &TypeDef, &TypeNames)],
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
    types: &[&(TypeId, &TypeDef, &TypeNames)],
    views: &[ModelView],
) -> Vec<String> {
    let mut elsewhere = BTreeSet::new();
    for (_, def, _) in types {
        for id in def.parts().into_iter().filter_map(Type::named) {
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
                || view.fields.iter().any(|field| in_type(&field.ty))
                || view
                    .constructor
                    .iter()
                    .flat_map(|new| &new.arguments)
                    .any(|argument| in_type(&argument.ty))
        })
    };
    let mut uses = Vec::new();
    let runtime: Vec<&str> = ["Date", "DateTime", "Nullable", "Secret", "Value"]
        .into_iter()
        .filter(|word| mentions(word))
        .collect();
    uses.extend(braced("sdk_runtime", &runtime));
    if views.iter().any(|view| view.kind != "alias") {
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
        docs: doc_comment(&type_docs(def, names), DocStyle::Outer),
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
        target: String::new(),
        constructor: None,
    };
    match &def.shape {
        Shape::Alias(ty) => view.target = context.rust_type(ty, Site::Models),
        Shape::Enum(values) => fill_enum(&mut view, values, names),
        Shape::Struct(object) => fill_struct(context, &mut view, object, id, names),
    }
    view
}

fn type_docs(def: &TypeDef, names: &TypeNames) -> String {
    let mut docs = def
        .description
        .clone()
        .unwrap_or_else(|| format!("`{}`.", names.ident.word()));
    if def.deprecated {
        docs.push_str("\n\nDeprecated.");
    }
    docs
}

fn fill_enum(view: &mut ModelView, values: &[WireName], names: &TypeNames) {
    let pairs: Vec<(&str, &str)> = names
        .members
        .iter()
        .zip(values)
        .map(|(ident, wire)| (ident.word(), wire.as_str()))
        .collect();
    let rule = casing::choose(Subject::Variants, &pairs);
    view.kind = "enum";
    view.attributes
        .push("#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]".to_owned());
    view.attributes
        .extend(rule.map(|rule| quote!(#[serde(rename_all = #rule)]).to_string()));
    view.attributes.push("#[non_exhaustive]".to_owned());
    view.variants = names
        .members
        .iter()
        .zip(values)
        .map(|(ident, wire)| {
            let wire = wire.as_str();
            let plain = casing::apply(Subject::Variants, rule.unwrap_or_default(), ident.word());
            VariantView {
                docs: doc_comment(&crate::prose::code(wire), DocStyle::Outer),
                attribute: if plain == wire {
                    String::new()
                } else {
                    quote!(#[serde(rename = #wire)]).to_string()
                },
                ident: ident.to_string(),
            }
        })
        .collect();
}

fn fill_struct(
    context: &Context<'_>,
    view: &mut ModelView,
    object: &Struct,
    id: TypeId,
    names: &TypeNames,
) {
    let sent = context.is_sent(id);
    let pairs: Vec<(&str, &str)> = names
        .members
        .iter()
        .zip(&object.fields)
        .map(|(ident, field)| (ident.word(), field.wire.as_str()))
        .collect();
    let rule = casing::choose(Subject::Fields, &pairs);
    view.kind = "struct";
    let default = if context.has_default(object, sent) {
        "Default, "
    } else {
        ""
    };
    view.attributes.push(format!(
        "#[derive(Clone, Debug, {default}PartialEq, Serialize, Deserialize)]"
    ));
    view.attributes
        .extend(rule.map(|rule| quote!(#[serde(rename_all = #rule)]).to_string()));
    for (field, ident) in object.fields.iter().zip(&names.members) {
        let plain = casing::apply(Subject::Fields, rule.unwrap_or_default(), ident.word());
        view.fields.push(FieldView {
            docs: doc_comment(&field_docs(field), DocStyle::Outer),
            attribute: field_attribute(field, sent, plain != field.wire.as_str()),
            ident: ident.to_string(),
            ty: context.field_type(field, sent),
        });
    }
    if let Some(additional) = &object.additional {
        view.fields.push(FieldView {
            docs: doc_comment("Properties beyond the ones above.", DocStyle::Outer),
            attribute: "#[serde(flatten)]".to_owned(),
            ident: names.rest.to_string(),
            ty: format!(
                "BTreeMap<String, {}>",
                context.rust_type(additional, Site::Models)
            ),
        });
    }
    if context.constructor(id) {
        view.constructor = Some(constructor(context, object, names, sent));
    }
}

fn field_attribute(field: &Field, sent: bool, rename: bool) -> String {
    let mut parts = Vec::new();
    if rename {
        let wire = field.wire.as_str();
        parts.push(quote!(rename = #wire));
    }
    match presence(field, sent) {
        Presence::Nullable => {
            parts.push(quote!(default, skip_serializing_if = "Nullable::is_absent"))
        }
        // What only the server sends is read, not written: there an attribute on every field would say nothing.
        Presence::Optional if !field.required && sent => {
            parts.push(quote!(skip_serializing_if = "Option::is_none"))
        }
        _ => {}
    }
    if parts.is_empty() {
        String::new()
    } else {
        quote!(#[serde(#(#parts),*)]).to_string()
    }
}

/// What a property is, and what its type does not tell.
pub(super) fn field_docs(field: &Field) -> String {
    let mut docs = field.description.clone().unwrap_or_default();
    let notes = notes(field);
    if !notes.is_empty() {
        let sentence = crate::prose::to_line(&notes.join("; "));
        let mut chars = sentence.chars();
        let capital: String = chars
            .next()
            .map(|c| c.to_uppercase().to_string())
            .unwrap_or_default();
        docs.push_str(&format!("\n\n{capital}{}.", chars.as_str()));
    }
    docs.trim().to_owned()
}

/// Limits and manners of a property, in words.
pub(super) fn notes(field: &Field) -> Vec<String> {
    let mut notes = Vec::new();
    notes.extend(field.deprecated.then(|| "deprecated".to_owned()));
    notes.extend(field.read_only.then(|| "read-only".to_owned()));
    notes.extend(field.write_only.then(|| "write-only".to_owned()));
    notes.extend(field.secret.then(|| "never printed".to_owned()));
    notes.extend(
        field
            .default
            .as_ref()
            .filter(|value| !value.is_null())
            .map(|value| format!("default: {value}")),
    );
    notes.extend(field.constraints.iter().cloned());
    notes
}

fn constructor(
    context: &Context<'_>,
    object: &Struct,
    names: &TypeNames,
    sent: bool,
) -> Constructor {
    let mut new = Constructor {
        arguments: Vec::new(),
        defaults: Vec::new(),
    };
    for (field, ident) in object.fields.iter().zip(&names.members) {
        let ident = ident.to_string();
        if presence(field, sent) != Presence::Always {
            new.defaults.push(ident);
            continue;
        }
        let ty = context.field_type(field, sent);
        let text = *context.through_alias(&field.ty) == Type::String && !field.boxed;
        new.arguments.push(if text {
            Argument {
                value: format!("{ident}: {ident}.into()"),
                ty: format!("impl Into<{ty}>"),
                ident,
            }
        } else {
            Argument {
                value: ident.clone(),
                ty,
                ident,
            }
        });
    }
    if object.additional.is_some() {
        new.defaults.push(names.rest.to_string());
    }
    new
}

//! `README.md` and `docs/`: an index, a page for each tag, a page for each model.

use super::literals::Imports;
use super::operations::{Input, words};
use super::types::{Site, presence, Presence};
use super::{Context, Kind, Page, models};
use crate::ir::{self, Content, Encoding, Location, Operation, OperationId, Response, Shape, TagId, Type};
use crate::name::TagNames;
use crate::prose::{anchor, code_cell, to_cell, to_line, to_page};
use crate::tokens;
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct Readme {
    title: String,
    about: String,
    package: String,
    library: String,
    first: Option<Example>,
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

#[derive(Serialize)]
struct TagPage {
    front_matter: Option<FrontMatter>,
    title: String,
    /// The anchor of the title.
    top: String,
    about: String,
    base_url: String,
    methods: Vec<MethodRow>,
    operations: Vec<OperationView>,
}

#[derive(Serialize)]
struct OperationView {
    name: String,
    summary: String,
    description: String,
    deprecated: bool,
    external_docs: String,
    signature: String,
    parameters: Vec<ParameterRow>,
    returns: String,
    responses: Vec<ResponseRow>,
    security: Vec<SecurityRow>,
    content_type: String,
    accept: String,
    example: Example,
}

#[derive(Serialize)]
struct ParameterRow {
    place: &'static str,
    name: String,
    ty: String,
    required: bool,
    about: String,
    notes: String,
}

#[derive(Serialize)]
struct ResponseRow {
    status: String,
    about: String,
    ty: String,
    headers: String,
}

#[derive(Serialize)]
struct SecurityRow {
    scheme: String,
    scopes: String,
}

/// Example code, as Rust source before it is formatted.
#[derive(Serialize)]
pub(super) struct Example {
    source: String,
}

#[derive(Serialize)]
struct ModelPage {
    front_matter: Option<FrontMatter>,
    title: String,
    about: String,
    kind: &'static str,
    path: String,
    fields: Vec<FieldRow>,
    values: Vec<ValueRow>,
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
}

/// Every page under `docs/`.
pub(super) fn pages(context: &Context<'_>) -> Vec<Page> {
    let mut pages = vec![Page::new("docs/README.md", "docs/README.md.jinja", Kind::Markdown, &index(context))];
    for (id, tag, names) in context.tags() {
        let path = format!("docs/api/{}.md", names.page);
        pages.push(Page::new(path, "docs/api/tag.md.jinja", Kind::Markdown, &tag_page(context, id, tag, names)));
    }
    for (id, def, names) in context.reached_types() {
        let path = format!("docs/models/{}.md", names.page);
        let view = model_page(context, id, def, names);
        pages.push(Page::new(path, "docs/models/model.md.jinja", Kind::Markdown, &view));
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
        .filter_map(|(index, operation)| Some((OperationId(index), operation, context.operation_names(OperationId(index))?)))
        .min_by_key(|(id, operation, names)| (context.inputs(operation, names).iter().filter(|input| input.required).count(), *id));
    let env = &context.target.env;
    let env = env.base_url.iter().chain(&env.client_id).chain(&env.client_secret).chain(&env.token);
    Readme {
        title: to_line(&context.names.package),
        about: about(context),
        package: context.names.package.clone(),
        library: context.names.library.clone(),
        first: first.map(|(id, operation, _)| example(context, id, operation, true)),
        features: context.tags().map(|(_, _, names)| names.feature.clone()).collect(),
        env: env.chain(context.target.env.variables.values()).map(|name| crate::prose::code(name)).collect(),
        examples: context.target.examples.files.iter().filter_map(|file| Some(file.strip_suffix(".rs")?.to_owned())).collect(),
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
    let capital: String = chars.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default() + chars.as_str();
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

fn tag_page(context: &Context<'_>, id: TagId, tag: &ir::Tag, names: &TagNames) -> TagPage {
    let server = &context.api.server;
    TagPage {
        front_matter: front_matter(context, &names.page, &names.label, "methods"),
        title: to_line(&tag.name),
        top: anchor(&tag.name),
        about: to_page(tag.description.as_deref().unwrap_or_default()),
        base_url: crate::prose::code(&format!("{}{}", server.origin, server.path)),
        methods: method_rows(context, id),
        operations: context
            .operations_of(id)
            .filter_map(|(id, operation)| operation_view(context, id, operation))
            .collect(),
    }
}

fn operation_view(context: &Context<'_>, id: OperationId, operation: &Operation) -> Option<OperationView> {
    let names = context.operation_names(id)?;
    let inputs = context.inputs(operation, names);
    let (summary, description) = words(operation, &names.method);
    Some(OperationView {
        name: names.method.word().to_owned(),
        summary: to_line(&summary),
        description: to_page(&description.unwrap_or_default()),
        deprecated: operation.deprecated,
        external_docs: http_url(operation.external_docs.as_deref()),
        signature: signature(context, operation, names.method.word(), &inputs),
        parameters: inputs.iter().map(|input| parameter_row(context, input)).collect(),
        returns: match operation.success().and_then(|response| response.content.as_ref()) {
            Some(content) => content_type_link(context, content, "../models/"),
            None => String::new(),
        },
        responses: operation.responses.iter().map(|response| response_row(context, response)).collect(),
        security: operation
            .security
            .iter()
            .map(|requirement| SecurityRow {
                scheme: crate::prose::code(&requirement.scheme),
                scopes: requirement.scopes.iter().map(|scope| crate::prose::code(scope)).collect::<Vec<_>>().join(", "),
            })
            .collect(),
        content_type: media_type(operation.body.as_ref().map(|body| &body.content)),
        accept: media_type(operation.success().and_then(|response| response.content.as_ref())),
        example: example(context, id, operation, false),
    })
}

fn http_url(url: Option<&str>) -> String {
    let plain = |url: &&str| {
        (url.starts_with("https://") || url.starts_with("http://"))
            && url.chars().all(|c| c.is_ascii_graphic() && !matches!(c, '(' | ')' | '<' | '>' | '{' | '}' | '\\' | '`'))
    };
    url.filter(plain).unwrap_or_default().to_owned()
}

fn media_type(content: Option<&Content>) -> String {
    content.map_or_else(|| "Not defined".to_owned(), |content| crate::prose::code(&content.media_type))
}

fn signature(context: &Context<'_>, operation: &Operation, method: &str, inputs: &[Input<'_>]) -> String {
    let required: Vec<&str> = inputs.iter().filter(|input| input.required).map(|input| input.ident).collect();
    let setters: String =
        inputs.iter().filter(|input| !input.required).map(|input| format!(".{}({0})", input.ident)).collect();
    let output = context.output_type(operation, Site::Models);
    crate::prose::code(&format!("{method}({}){setters} -> {output}", required.join(", ")))
}

fn parameter_row(context: &Context<'_>, input: &Input<'_>) -> ParameterRow {
    let (place, mut notes) = match input.parameter {
        Some(parameter) => {
            let mut notes = Vec::new();
            notes.extend(parameter.deprecated.then(|| "deprecated".to_owned()));
            notes.extend(parameter.default.as_ref().map(|value| format!("default: {value}")));
            notes.extend(parameter.constraints.iter().cloned());
            notes.extend((input.ident != parameter.wire.as_str()).then(|| format!("sent as {}", parameter.wire)));
            let place = match parameter.location {
                Location::Path => "Path",
                Location::Query => "Query",
                Location::Header => "Header",
                Location::Cookie => "Cookie",
            };
            (place, notes)
        }
        None => ("Body", Vec::new()),
    };
    if !input.required {
        notes.insert(0, "optional".to_owned());
    }
    ParameterRow {
        place,
        name: code_cell(input.ident.trim_start_matches("r#")),
        ty: match input.ty {
            Some(ty) => type_link(context, ty, "../models/"),
            None => code_cell(&context.input_type(input)),
        },
        required: input.required,
        about: to_cell(input.description.unwrap_or_default()),
        notes: to_cell(&notes.join("; ")),
    }
}

fn response_row(context: &Context<'_>, response: &Response) -> ResponseRow {
    let headers: Vec<String> = response
        .headers
        .iter()
        .map(|header| match &header.description {
            Some(about) => format!("{}: {}", code_cell(&header.name), to_cell(about)),
            None => code_cell(&header.name),
        })
        .collect();
    ResponseRow {
        status: response.status.to_string(),
        about: to_cell(&response.description),
        ty: match &response.content {
            Some(content) => content_type_link(context, content, "../models/"),
            None => "-".to_owned(),
        },
        headers: if headers.is_empty() { "-".to_owned() } else { headers.join("<br>") },
    }
}

fn content_type_link(context: &Context<'_>, content: &Content, folder: &str) -> String {
    match &content.encoding {
        Encoding::Json(ty) => type_link(context, ty, folder),
        other => code_cell(&context.body_type(Some(other), Site::Models)),
    }
}

/// A type as readers see it, linked to the page of the model at its heart.
fn type_link(context: &Context<'_>, ty: &Type, folder: &str) -> String {
    linked(context, &context.rust_type(ty, Site::Models), ty, folder)
}

/// The text of a type, linked to the page of the model at its heart.
fn linked(context: &Context<'_>, text: &str, ty: &Type, folder: &str) -> String {
    fn heart(ty: &Type) -> Option<ir::TypeId> {
        match ty {
            Type::Named(id) => Some(*id),
            Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => heart(inner),
            _ => None,
        }
    }
    let text = code_cell(text);
    match heart(ty).and_then(|id| context.names.ty(id)) {
        Some(names) => format!("[{text}]({folder}{}.md)", names.page),
        None => text,
    }
}

fn example(context: &Context<'_>, id: OperationId, operation: &Operation, main: bool) -> Example {
    let mut imports = Imports::default();
    let Some(names) = context.operation_names(id) else { return Example { source: String::new() } };
    let Some(tag) = context.names.tag(operation.tag) else { return Example { source: String::new() } };
    let inputs = context.inputs(operation, names);
    let mut arguments = Vec::new();
    let mut lets = String::new();
    let mut setters = String::new();
    for input in &inputs {
        if !input.required && (main || input.parameter.is_some_and(|parameter| parameter.deprecated)) {
            continue;
        }
        let argument = context.input_argument(input, &mut imports);
        // A body is easier to read on its own than inside the call.
        let argument = match (input.parameter, argument.strip_prefix('&')) {
            (None, Some(value)) => {
                let value = value.strip_prefix('[').map_or_else(|| value.to_owned(), |items| format!("vec![{items}"));
                lets.push_str(&format!("let body = {value};\n"));
                "&body".to_owned()
            }
            _ => argument,
        };
        if input.required {
            arguments.push(argument);
        } else {
            setters.push_str(&format!(".{}({argument})", input.ident));
        }
    }
    let call = format!("client.{}().{}({}){setters}.await?", tag.module, names.method, arguments.join(", "));
    let result = match context.output_type(operation, Site::Models).as_str() {
        "()" => format!("{call};\n"),
        _ => format!("let result = {call};\nprintln!(\"{{result:#?}}\");\n"),
    };
    let library = &context.names.library;
    let uses = uses(library, &imports);
    let own_errors = context.error_type(operation) != "ErrorBody";
    let error = if own_errors || main { "Box<dyn std::error::Error>".to_owned() } else { format!("{library}::Error") };
    let start = if main {
        format!("#[tokio::main]\nasync fn main() -> Result<(), {error}> {{\nlet client = Client::from_env()?;\n")
    } else {
        format!("async fn example(client: &Client) -> Result<(), {error}> {{\n")
    };
    Example { source: format!("{uses}\n{start}{lets}{result}Ok(())\n}}\n") }
}

/// The imports of an example.
fn uses(library: &str, imports: &Imports) -> String {
    let mut names: Vec<String> = imports.runtime.iter().map(|name| (*name).to_owned()).collect();
    names.push("Client".to_owned());
    names.sort_unstable();
    let models: Vec<&str> = imports.models.iter().map(String::as_str).collect();
    match models.as_slice() {
        [] => {}
        [model] => names.push(format!("models::{model}")),
        models => names.push(format!("models::{{{}}}", models.join(", "))),
    }
    let names = if let [name] = names.as_slice() { name.clone() } else { format!("{{{}}}", names.join(", ")) };
    let map = if imports.map { "use std::collections::BTreeMap;\n" } else { "" };
    format!("use {library}::{names};\n{map}")
}

fn model_page(context: &Context<'_>, id: ir::TypeId, def: &ir::TypeDef, names: &crate::name::TypeNames) -> ModelPage {
    let sent = context.is_sent(id);
    let mut page = ModelPage {
        front_matter: front_matter(context, &names.page, names.ident.word(), "models"),
        title: names.ident.word().to_owned(),
        about: to_page(def.description.as_deref().unwrap_or_default()),
        kind: "alias",
        path: format!("{}::models::{}", context.names.library, names.ident),
        fields: Vec::new(),
        values: Vec::new(),
        target: String::new(),
        open: names.rest.to_string(),
        used_by: used_by(context, id),
    };
    match &def.shape {
        Shape::Alias(ty) => page.target = type_link(context, ty, ""),
        Shape::Enum(values) => {
            page.kind = "enum";
            page.values = values
                .iter()
                .zip(&names.members)
                .map(|(value, ident)| ValueRow { name: code_cell(ident.as_str()), value: code_cell(value.as_str()) })
                .collect();
        }
        Shape::Struct(object) => {
            page.kind = "struct";
            page.fields = object
                .fields
                .iter()
                .zip(&names.members)
                .map(|(field, ident)| {
                    let mut notes = models::notes(field);
                    notes.extend(field.nullable.then(|| "may be null".to_owned()));
                    notes.extend((ident.word() != field.wire.as_str()).then(|| format!("sent as {}", field.wire)));
                    FieldRow {
                        name: code_cell(ident.word()),
                        ty: linked(context, &context.field_type(field, sent), &field.ty, ""),
                        required: presence(field, sent) == Presence::Always || field.required,
                        about: to_cell(field_about(context, field)),
                        notes: to_cell(&notes.join("; ")),
                    }
                })
                .collect();
        }
    }
    page
}

/// What a property is; where it does not say so itself, what its type is.
fn field_about<'a>(context: &Context<'a>, field: &'a ir::Field) -> &'a str {
    let of_type = || match &field.ty {
        Type::Named(id) => context.api.types.get(*id)?.description.as_deref(),
        _ => None,
    };
    field.description.as_deref().or_else(of_type).unwrap_or_default()
}

/// The operations that name a type themselves: as a parameter, a body or a response.
fn used_by(context: &Context<'_>, id: ir::TypeId) -> Vec<Link> {
    fn is(ty: &Type, id: ir::TypeId) -> bool {
        match ty {
            Type::Named(other) => *other == id,
            Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => is(inner, id),
            _ => false,
        }
    }
    let json = |content: &Content| matches!(&content.encoding, Encoding::Json(ty) if is(ty, id));
    let names_it = |operation: &Operation| {
        operation.parameters.iter().any(|parameter| is(&parameter.ty, id))
            || operation.body.iter().any(|body| json(&body.content))
            || operation.success().and_then(|response| response.content.as_ref()).is_some_and(json)
    };
    let operations = context.api.operations.iter().enumerate().filter(|(_, operation)| names_it(operation));
    operations
        .filter_map(|(index, operation)| {
            let names = context.operation_names(OperationId(index))?;
            let tag = context.names.tag(operation.tag)?;
            Some(Link {
                label: names.method.word().to_owned(),
                target: format!("../api/{}.md#{}", tag.page, anchor(names.method.word())),
                about: String::new(),
            })
        })
        .collect()
}

//! `tests/operations/`: every operation against a server that checks what is sent and gives each declared answer.

mod answers;
pub(super) mod expected;

use self::answers::{answer, answer_calls};
use super::errors::variant;
use super::literals::Imports;
use super::types::Site;
use super::{Context, Kind, Page};
use crate::ir::{
    Content, Encoding, Location, Operation, OperationId, Parameter, Response, TagId, Type,
};
use crate::name::TagNames;
use crate::tokens;
use heck::ToShoutySnakeCase;
use indexmap::IndexMap;
use serde::Serialize;
use serde_json::Value;
use std::collections::{BTreeSet, HashMap};

#[derive(Serialize)]
struct Main {
    /// Whether some name is not ASCII.
    other_scripts: bool,
    modules: Vec<Module>,
}

#[derive(Serialize)]
struct Module {
    feature: String,
    module: String,
}

#[derive(Serialize)]
struct TestFile {
    library: String,
    label: String,
    /// Whether a deprecated operation is tested.
    deprecated: bool,
    uses_json: bool,
    uses_models: bool,
    /// Whether arguments are made with `BTreeMap`.
    uses_map: bool,
    /// Names that arguments use and that the crate re-exports.
    runtime: BTreeSet<&'static str>,
    constants: Vec<Constant>,
    tests: Vec<TestView>,
}

#[derive(Serialize)]
struct Constant {
    ident: String,
    value: String,
}

#[derive(Serialize)]
struct TestView {
    ident: String,
    method: &'static str,
    path: String,
    /// JSON that is used here: a name and a literal.
    lets: Vec<Constant>,
    /// The calls that tell the exchange what to expect and what to answer.
    calls: Vec<String>,
    /// The call of the client.
    call: String,
    #[serde(skip)]
    uses_json: bool,
    /// What is to be imported for the arguments of the call and the JSON that is read.
    #[serde(skip)]
    imports: Imports,
}

/// One page for each tag, and the one that holds them together.
pub(super) fn pages(context: &Context<'_>) -> Vec<Page> {
    let modules = context
        .tags()
        .map(|(_, _, names)| Module {
            feature: tokens::string(&names.feature),
            module: names.module.to_string(),
        })
        .collect();
    let mut pages = vec![Page::new(
        "tests/operations/main.rs",
        "tests/operations/main.rs.jinja",
        Kind::Rust,
        &Main {
            other_scripts: context.names.has_other_scripts(),
            modules,
        },
    )];
    for (id, _, names) in context.tags() {
        let path = format!("tests/operations/{}.rs", names.module.word());
        pages.push(Page::new(
            path,
            "tests/operations/tag.rs.jinja",
            Kind::Rust,
            &test_file(context, id, names),
        ));
    }
    pages
}

/// Answers that several exchanges of a file share, by their text.
#[derive(Default)]
struct Constants {
    /// The text, as a literal, with the constant's name.
    shared: IndexMap<String, String>,
}

impl Constants {
    /// Finds the answers that more than one operation of a tag declares.
    fn of(context: &Context<'_>, tag: TagId) -> Self {
        let mut counts: IndexMap<String, (String, usize)> = IndexMap::new();
        for (_, operation) in context.operations_of(tag) {
            for response in &operation.responses {
                let Some(text) = answer(context, response.content.as_ref()) else {
                    continue;
                };
                let name = || constant_name(context, response);
                counts.entry(text).or_insert_with(|| (name(), 0)).1 += 1;
            }
        }
        // `SERVICE` is imported.
        let mut names: HashMap<String, usize> = HashMap::from([("SERVICE".to_owned(), 1)]);
        let mut shared = IndexMap::new();
        for (text, (name, count)) in counts {
            if count > 1 && text.contains('\n') {
                let number = names.entry(name.clone()).or_default();
                *number += 1;
                shared.insert(
                    text,
                    if *number == 1 {
                        name
                    } else {
                        format!("{name}_{number}")
                    },
                );
            }
        }
        Self { shared }
    }
}

/// What an answer that several operations share is called: its status, or its type where it is a success.
fn constant_name(context: &Context<'_>, response: &Response) -> String {
    let encoding = response.content.as_ref().map(|content| &content.encoding);
    if response.status.is_success()
        && let Some(Encoding::Json(ty)) = encoding
    {
        let words: String = context
            .rust_type(ty, Site::Models)
            .chars()
            .filter(|c| c.is_alphanumeric())
            .collect();
        return words.to_shouty_snake_case();
    }
    variant(response.status).to_shouty_snake_case()
}

/// The JSON of one test: shared by name, or declared at its start.
struct Json<'c> {
    constants: &'c Constants,
    lets: Vec<Constant>,
    /// Whether JSON is read into a model.
    read: bool,
    /// Whether a model is named.
    models: bool,
    /// Whether every value is one of its type.
    complete: bool,
}

impl<'c> Json<'c> {
    fn new(constants: &'c Constants) -> Self {
        Self {
            constants,
            lets: Vec::new(),
            read: false,
            models: false,
            complete: true,
        }
    }

    /// The expression for a literal.
    fn text(&mut self, name: &str, literal: String) -> String {
        if let Some(constant) = self.constants.shared.get(&literal) {
            return constant.clone();
        }
        // What fits on a line stands where it is used.
        if !literal.contains('\n') {
            return literal;
        }
        self.lets.push(Constant {
            ident: name.to_owned(),
            value: literal.replace('\n', "\n    "),
        });
        name.to_owned()
    }
}

fn test_file(context: &Context<'_>, tag: TagId, names: &TagNames) -> TestFile {
    let constants = Constants::of(context, tag);
    let tests: Vec<TestView> = context
        .operations_of(tag)
        .filter_map(|(id, operation)| test(context, id, operation, names, &constants))
        .collect();
    TestFile {
        library: context.names.library.clone(),
        label: crate::prose::doc_comment(
            &format!(
                "The operations of {}, over HTTP.",
                context
                    .api
                    .tags
                    .get(tag.0)
                    .map_or_else(String::new, |tag| crate::prose::to_line(&tag.name))
            ),
            crate::prose::DocStyle::Inner,
        ),
        deprecated: context
            .operations_of(tag)
            .any(|(_, operation)| operation.deprecated),
        uses_json: tests.iter().any(|test| test.uses_json),
        uses_models: tests.iter().any(|test| test.imports.models),
        uses_map: tests.iter().any(|test| test.imports.map),
        runtime: tests
            .iter()
            .flat_map(|test| test.imports.runtime.iter().copied())
            .collect(),
        constants: constants
            .shared
            .iter()
            .map(|(value, ident)| Constant {
                ident: ident.clone(),
                value: value.clone(),
            })
            .collect(),
        tests,
    }
}

/// The test of an operation; `None` where a type has no value that could be sent or answered.
fn test(
    context: &Context<'_>,
    id: OperationId,
    operation: &Operation,
    tag: &TagNames,
    constants: &Constants,
) -> Option<TestView> {
    let names = context.operation_names(id)?;
    let mut json = Json::new(constants);
    let mut imports = Imports::default();
    let mut calls = Vec::new();
    let mut arguments = Vec::new();
    let mut setters = String::new();
    let mut sent: Vec<(&Parameter, Value)> = Vec::new();
    for input in &context.inputs(operation, names) {
        let value = context.input_example(input);
        json.complete &= input.ty.is_none_or(|ty| context.is_example(&value, ty));
        let argument = match (input.ty, input.parameter, input.content) {
            (Some(ty), Some(parameter), _) => {
                sent.push((parameter, context.rewritten(&value, ty)));
                context.input_argument(input, &mut imports)
            }
            (ty, _, content) => {
                let text = json.text("body", tokens::json(&value));
                calls.extend(content.map(|content| expect_body(context, content, &value, &text)));
                match ty {
                    // A body is read from its JSON, so that the test proves the wire names as well.
                    Some(ty) => body_argument(context, ty, &value, &text, &mut json),
                    None => context.input_argument(input, &mut imports),
                }
            }
        };
        if input.required {
            arguments.push(argument);
        } else {
            setters.push_str(&format!(".{}({argument})", input.ident));
        }
    }
    let values: Vec<(&Parameter, &Value)> = sent
        .iter()
        .map(|(parameter, value)| (*parameter, value))
        .collect();
    let (path, fixed) = expected::path_and_query(&operation.path, &values);
    let mut expectations: Vec<String> = fixed.iter().map(|pair| pair_call("query", pair)).collect();
    for (parameter, value) in values {
        expectations.extend(expect_parameter(parameter, value));
    }
    calls.splice(0..0, expectations);
    calls.extend(context.security_call(operation).map(|call| match call {
        "anonymous()" => "auth(\"none\")".to_owned(),
        _ => "auth(\"Basic\")".to_owned(),
    }));
    let before = calls.len();
    for response in &operation.responses {
        calls.extend(answer_calls(context, operation, response, &mut json));
    }
    if calls.len() == before {
        // What declares no answer that a server could give is called all the same.
        calls.push("answers(200, \"\")".to_owned());
    }
    let arguments = arguments.join(", ");
    imports.models |= json.models;
    json.complete.then(|| TestView {
        ident: test_name(names.method.as_str()),
        method: operation.method,
        path: tokens::string(&path),
        uses_json: json.read,
        imports,
        lets: json.lets,
        calls,
        call: format!(
            "client.{}().{}({arguments}){setters}.send()",
            tag.module, names.method
        ),
    })
}

/// The name of a test: the method's, unless the file has another thing of that name.
fn test_name(method: &str) -> String {
    match method {
        "json" | "models" => format!("{method}_operation"),
        method => method.to_owned(),
    }
}

/// A call that expects a name with a value.
fn pair_call(method: &str, (name, value): &(String, String)) -> String {
    format!(
        "{method}({}, {})",
        tokens::string(name),
        tokens::string(value)
    )
}

/// What a parameter makes the exchange expect; those of the path stand in the path.
fn expect_parameter(parameter: &Parameter, value: &Value) -> Vec<String> {
    let name = parameter.wire.as_str();
    let pairs = || expected::query_pairs(name, value, parameter.style);
    match parameter.location {
        Location::Path => Vec::new(),
        Location::Query => pairs()
            .iter()
            .map(|pair| pair_call("query", pair))
            .collect(),
        Location::Cookie => pairs()
            .iter()
            .map(|pair| pair_call("cookie", pair))
            .collect(),
        Location::Header => {
            let text = expected::header_text(parameter, value);
            let sent = !text.is_empty() || value.is_string();
            sent.then(|| pair_call("header", &(name.to_owned(), text)))
                .into_iter()
                .collect()
        }
    }
}

/// What a body makes the exchange expect; `text` is the expression for its JSON.
fn expect_body(context: &Context<'_>, content: &Content, value: &Value, text: &str) -> String {
    let media_type = tokens::string(content.sent_media_type());
    let list = |pairs: &[(String, String)]| {
        let pairs: Vec<String> = pairs
            .iter()
            .map(|(name, value)| format!("({}, {})", tokens::string(name), tokens::string(value)))
            .collect();
        pairs.join(", ")
    };
    match &content.encoding {
        Encoding::Json(_) if expected::is_plain_json(content) => format!("body({text})"),
        Encoding::Json(_) => format!("body({text}).header(\"Content-Type\", {media_type})"),
        Encoding::Form(ty) => {
            let value = context.rewritten(value, ty);
            format!("form(&[{}])", list(&expected::form_pairs(content, &value)))
        }
        Encoding::Multipart(ty) => {
            let value = context.rewritten(value, ty);
            format!("parts(&[{}])", list(&expected::parts(&value)))
        }
        Encoding::Text | Encoding::Bytes => format!("body_text({media_type}, \"text\")"),
    }
}

fn body_argument(
    context: &Context<'_>,
    ty: &Type,
    value: &Value,
    text: &str,
    json: &mut Json<'_>,
) -> String {
    let plain = context.through_alias(ty);
    match plain {
        Type::String => return tokens::string(value.as_str().unwrap_or_default()),
        Type::Int32 | Type::Int64 | Type::Uint64 | Type::Double | Type::Boolean => {
            return value.to_string();
        }
        _ => json.read = true,
    }
    match plain {
        Type::Array(inner) => {
            json.models |= !inner.named().is_empty();
            format!(
                "&json::<Vec<{}>>({text})",
                context.rust_type(inner, Site::Crate)
            )
        }
        Type::Named(_) if !context.argument_type(ty).starts_with('&') => format!("json({text})"),
        _ => format!("&json({text})"),
    }
}

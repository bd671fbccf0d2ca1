//! `tests/operations/`: every operation against a server that checks what is sent and gives each declared answer.

mod answers;
mod constants;
pub(super) mod expected;

use self::answers::{answer_calls, plain_refusal};
use self::constants::{Answers, Constants};
use super::literals::Imports;
use super::types::Site;
use super::{Context, Draft, Kind, SHARED};
use crate::ir::{Content, Encoding, Location, Operation, OperationId, Parameter, TagId, Type};
use crate::name::TagNames;
use crate::tokens;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::Arc;

#[derive(Serialize)]
struct Main {
    /// Whether some name is not ASCII.
    other_scripts: bool,
    /// Whether some answers stand beside the files.
    shared: bool,
    modules: Vec<Module>,
}

#[derive(Serialize)]
struct SharedFile {
    constants: Vec<Constant>,
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
    /// The constants of other tags that are used here.
    shared: BTreeSet<String>,
    /// What else of the runtime is named.
    runtime: BTreeSet<&'static str>,
    /// Whether `BTreeMap` is named.
    uses_map: bool,
    constants: Vec<Constant>,
    tests: Vec<TestView>,
}

#[derive(Serialize)]
struct Constant {
    ident: String,
    ty: &'static str,
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
    /// What the arguments name.
    #[serde(skip)]
    shared: BTreeSet<String>,
    #[serde(skip)]
    imports: Imports,
}

/// One page for each tag, and the one that holds them together.
pub(super) fn pages<'c>(context: &'c Context<'_>) -> Vec<Draft<'c>> {
    let modules = context
        .tags()
        .map(|(_, _, names)| Module {
            feature: tokens::string(&names.feature),
            module: names.module.to_string(),
        })
        .collect();
    let answers = Arc::new(Answers::of(context));
    let shared = Arc::new(Constants::of_all(context, &answers));
    let has_shared = !shared.is_empty();
    let mut pages = vec![Draft::new(
        "tests/operations/main.rs",
        "tests/operations/main.rs.jinja",
        Kind::Rust,
        move || Main {
            other_scripts: context.names.has_other_scripts(),
            shared: has_shared,
            modules,
        },
    )];
    if has_shared {
        let shared = Arc::clone(&shared);
        pages.push(Draft::new(
            format!("tests/operations/{SHARED}.rs"),
            "tests/operations/shared.rs.jinja",
            Kind::Rust,
            move || SharedFile {
                constants: declared(&shared, &shared).0,
            },
        ));
    }
    for (id, _, names) in context.tags() {
        let path = format!("tests/operations/{}.rs", names.module.word());
        let (answers, shared) = (Arc::clone(&answers), Arc::clone(&shared));
        pages.push(Draft::new(
            path,
            "tests/operations/tag.rs.jinja",
            Kind::Rust,
            move || test_file(context, id, names, &answers, &shared),
        ));
    }
    pages
}

/// The JSON of one test: shared by name, or declared at its start.
struct Json<'c> {
    constants: &'c Constants,
    shared: &'c Constants,
    /// The constants of other tags that are used.
    used: BTreeSet<String>,
    lets: Vec<Constant>,
    /// Whether JSON is read into a model.
    read: bool,
    /// Whether a model is named.
    models: bool,
    /// Whether every value is one of its type.
    complete: bool,
}

impl<'c> Json<'c> {
    fn new(constants: &'c Constants, shared: &'c Constants) -> Self {
        Self {
            constants,
            shared,
            used: BTreeSet::new(),
            lets: Vec::new(),
            read: false,
            models: false,
            complete: true,
        }
    }

    /// The constant of a list of refusals, if it has one.
    fn list(&mut self, list: &[(u16, String)]) -> Option<String> {
        if let Some(constant) = self.shared.lists.get(list) {
            self.used.insert(constant.clone());
            return Some(constant.clone());
        }
        self.constants.lists.get(list).cloned()
    }

    /// The expression for a literal.
    fn text(&mut self, name: &str, literal: &str) -> String {
        if let Some(constant) = self.shared.names.get(literal) {
            self.used.insert(constant.clone());
            return constant.clone();
        }
        if let Some(constant) = self.constants.names.get(literal) {
            return constant.clone();
        }
        // What fits on a line stands where it is used.
        if !literal.contains('\n') {
            return literal.to_owned();
        }
        self.lets.push(Constant {
            ident: name.to_owned(),
            ty: "&str",
            value: literal.replace('\n', "\n    "),
        });
        name.to_owned()
    }
}

/// The declarations of constants; those of `shared` may be used in lists.
fn declared(constants: &Constants, shared: &Constants) -> (Vec<Constant>, BTreeSet<String>) {
    let mut used = BTreeSet::new();
    let mut element = |(code, literal): &(u16, String)| {
        let own = constants.names.get(literal);
        let other = shared.names.get(literal).filter(|_| own.is_none());
        used.extend(other.cloned());
        format!("({code}, {})", own.or(other).unwrap_or(literal))
    };
    let texts = constants.names.iter().map(|(value, ident)| Constant {
        ident: ident.clone(),
        ty: "&str",
        value: value.clone(),
    });
    let lists = constants.lists.iter().map(|(list, ident)| {
        let elements: Vec<String> = list.iter().map(&mut element).collect();
        Constant {
            ident: ident.clone(),
            ty: "&[(u16, &str)]",
            value: format!("&[{}]", elements.join(", ")),
        }
    });
    (texts.chain(lists).collect(), used)
}

fn test_file(
    context: &Context<'_>,
    tag: TagId,
    names: &TagNames,
    answers: &Answers,
    shared: &Constants,
) -> TestFile {
    let constants = Constants::of_tag(context, tag, answers, shared);
    let tests: Vec<TestView> = context
        .operations_of(tag)
        .filter_map(|(id, operation)| {
            let json = Json::new(&constants, shared);
            test(context, id, operation, names, answers, json)
        })
        .collect();
    let (constants, used) = declared(&constants, shared);
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
        runtime: tests
            .iter()
            .flat_map(|test| test.imports.runtime.iter().copied())
            .collect(),
        uses_map: tests.iter().any(|test| test.imports.map),
        shared: tests
            .iter()
            .flat_map(|test| test.shared.iter().cloned())
            .chain(used)
            .collect(),
        constants,
        tests,
    }
}

/// The test of an operation; `None` where a type has no value that could be sent or answered.
fn test(
    context: &Context<'_>,
    id: OperationId,
    operation: &Operation,
    tag: &TagNames,
    answers: &Answers,
    mut json: Json<'_>,
) -> Option<TestView> {
    let names = context.operation_names(id)?;
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
                let text = json.text("body", &tokens::json(&value));
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
    let list = answers.refusals(id);
    let refusals = json.list(list);
    for response in &operation.responses {
        let answer = answers.get(id, response.status);
        let listed =
            refusals.is_some() && plain_refusal(context, operation, response, answer).is_some();
        if listed {
            json.complete &= answer.is_none_or(|answer| answer.complete);
        } else {
            calls.extend(answer_calls(
                context, operation, response, answer, &mut json,
            ));
        }
    }
    calls.extend(refusals.map(|name| format!("refuses_each({name})")));
    if calls.len() == before {
        // What declares no answer that a server could give is called all the same.
        calls.push("answers(200, \"\")".to_owned());
    }
    imports.models |= json.models;
    let arguments = arguments.join(", ");
    json.complete.then(|| TestView {
        ident: test_name(names.method.as_str()),
        method: operation.method,
        path: tokens::string(&path),
        uses_json: json.read,
        shared: json.used,
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

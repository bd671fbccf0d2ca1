//! `tests/operations/`: every operation against a server that checks what is sent and gives each declared answer.

mod answers;
mod call;
mod constants;

use self::answers::{answer_calls, plain_refusal};
use self::call::Call;
use self::constants::{Answers, Constants};
use super::rust::Imports;
use super::{Draft, FileKind};
use crate::plan::Plan;
use crate::plan::SHARED;
use crate::plan::model::{Credentials, Operation, OperationId, Tag, TagId};
use crate::tokens;
use serde::Serialize;
use std::collections::BTreeSet;
use std::sync::Arc;

#[derive(Serialize)]
struct Main {
    library: String,
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
    /// Whether a security scheme is named.
    uses_schemes: bool,
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
    #[serde(skip)]
    uses_schemes: bool,
    /// What the arguments name.
    #[serde(skip)]
    shared: BTreeSet<String>,
    /// The constants of the file that are named.
    #[serde(skip)]
    own: BTreeSet<String>,
    #[serde(skip)]
    imports: Imports,
}

/// One page for each tag, and the one that holds them together.
pub(super) fn pages(plan: &Plan) -> Vec<Draft<'_>> {
    let modules = plan
        .tags()
        .map(|(_, tag)| Module {
            feature: tokens::string(&tag.feature),
            module: tag.module.to_string(),
        })
        .collect();
    let answers = Arc::new(Answers::of(plan));
    let shared = Arc::new(Constants::of_all(plan, &answers));
    let has_shared = !shared.is_empty();
    let mut pages = vec![Draft::new(
        "tests/operations/main.rs",
        "tests/operations/main.rs.jinja",
        FileKind::Rust,
        move || Main {
            library: plan.name.library.to_string(),
            other_scripts: plan.has_other_scripts(),
            shared: has_shared,
            modules,
        },
    )];
    if has_shared {
        let shared = Arc::clone(&shared);
        pages.push(Draft::new(
            format!("tests/operations/{SHARED}.rs"),
            "tests/operations/shared.rs.jinja",
            FileKind::Rust,
            move || SharedFile {
                constants: declared(&shared, &shared, |_| true).0,
            },
        ));
    }
    for (id, tag) in plan.tags() {
        let path = format!("tests/operations/{}.rs", tag.module.word());
        let (answers, shared) = (Arc::clone(&answers), Arc::clone(&shared));
        pages.push(Draft::new(
            path,
            "tests/operations/tag.rs.jinja",
            FileKind::Rust,
            move || test_file(plan, id, tag, &answers, &shared),
        ));
    }
    pages
}

/// What the JSON of a body is called in a test.
const BODY: &str = "body";
/// The longest literal of a body that is written where it is used.
const LONGEST_BODY: usize = 30;

/// The JSON of one test: shared by name, or declared at its start.
struct Json<'c> {
    constants: &'c Constants,
    shared: &'c Constants,
    /// The constants of other tags that are used.
    used: BTreeSet<String>,
    /// The constants of the file that are used.
    own: BTreeSet<String>,
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
            own: BTreeSet::new(),
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
        let constant = self.constants.lists.get(list).cloned();
        self.own.extend(constant.clone());
        constant
    }

    /// The expression for a literal.
    fn text(&mut self, name: &str, literal: &str) -> String {
        if let Some(constant) = self.shared.names.get(literal) {
            self.used.insert(constant.clone());
            return constant.clone();
        }
        if let Some(constant) = self.constants.names.get(literal) {
            self.own.insert(constant.clone());
            return constant.clone();
        }
        // What is short stands where it is used. A body is used twice: it is expected, and it is sent.
        let longest = if name == BODY {
            LONGEST_BODY
        } else {
            usize::MAX
        };
        if !literal.contains('\n') && literal.len() <= longest {
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

/// The declarations of the constants that are named somewhere, and the names of those of `shared` that their lists use.
fn declared(
    constants: &Constants,
    shared: &Constants,
    is_named: impl Fn(&String) -> bool,
) -> (Vec<Constant>, BTreeSet<String>) {
    let (mut used, mut listed) = (BTreeSet::new(), BTreeSet::new());
    let mut element = |(code, literal): &(u16, String)| {
        let own = constants.names.get(literal);
        let other = shared.names.get(literal).filter(|_| own.is_none());
        used.extend(other.cloned());
        listed.extend(own);
        format!("({code}, {})", own.or(other).unwrap_or(literal))
    };
    let lists = constants.lists.iter().filter(|(_, ident)| is_named(ident));
    let lists: Vec<Constant> = lists
        .map(|(list, ident)| {
            let elements: Vec<String> = list.iter().map(&mut element).collect();
            Constant {
                ident: ident.clone(),
                ty: "&[(u16, &str)]",
                value: format!("&[{}]", elements.join(", ")),
            }
        })
        .collect();
    let texts = constants.names.iter();
    let texts = texts.filter(|(_, ident)| is_named(ident) || listed.contains(ident));
    let texts = texts.map(|(value, ident)| Constant {
        ident: ident.clone(),
        ty: "&str",
        value: value.clone(),
    });
    (texts.chain(lists).collect(), used)
}

fn test_file(plan: &Plan, id: TagId, tag: &Tag, answers: &Answers, shared: &Constants) -> TestFile {
    let constants = Constants::of_tag(plan, id, answers, shared);
    let mut untested: Vec<String> = Vec::new();
    let tests: Vec<TestView> = plan
        .operations_of(id)
        .filter_map(|(id, operation)| {
            let json = Json::new(&constants, shared);
            let test = test(plan, id, operation, answers, json);
            if test.is_none() {
                untested.push(crate::prose::code(operation.ident.word()));
            }
            test
        })
        .collect();
    let named: BTreeSet<&String> = tests.iter().flat_map(|test| &test.own).collect();
    let (constants, used) = declared(&constants, shared, |ident| named.contains(ident));
    TestFile {
        library: plan.name.library.clone(),
        label: crate::prose::doc_comment(&file_docs(tag, &untested), crate::prose::DocStyle::Inner),
        deprecated: plan
            .operations_of(id)
            .any(|(_, operation)| operation.deprecated),
        uses_json: tests.iter().any(|test| test.uses_json),
        uses_models: tests.iter().any(|test| test.imports.models),
        uses_schemes: tests.iter().any(|test| test.uses_schemes),
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

fn file_docs(tag: &Tag, untested: &[String]) -> String {
    let title = crate::prose::to_line(&tag.name);
    let docs = format!("The operations of {title}, over HTTP.");
    match untested {
        [] => docs,
        untested => format!(
            "{docs}\n\nNot tested, since no example of a value that they take or give could be made: {}.",
            untested.join(", ")
        ),
    }
}

/// The test of an operation; `None` where a type has no value that could be sent or answered.
fn test(
    plan: &Plan,
    id: OperationId,
    operation: &Operation,
    answers: &Answers,
    mut json: Json<'_>,
) -> Option<TestView> {
    let tag = plan.tag(operation.tag);
    let mut call = Call::of(plan, operation, &mut json);
    let mut calls = call.expectations;
    calls.extend(answered(plan, id, operation, answers, &mut json));
    call.imports.models |= json.models;
    json.complete.then(|| TestView {
        ident: test_name(operation.ident.as_str()),
        method: operation.method,
        path: tokens::string(&call.path),
        uses_json: json.read,
        uses_schemes: matches!(operation.credentials, Credentials::Schemes(_)),
        shared: json.used,
        own: json.own,
        imports: call.imports,
        lets: json.lets,
        calls,
        call: format!(
            "client.{}().{}({}){}.send()",
            tag.module,
            operation.ident,
            call.arguments.join(", "),
            call.setters
        ),
    })
}

/// The calls that tell the exchange what to answer.
fn answered(
    plan: &Plan,
    id: OperationId,
    operation: &Operation,
    answers: &Answers,
    json: &mut Json<'_>,
) -> Vec<String> {
    let mut calls = Vec::new();
    let refusals = json.list(answers.refusals(id));
    for response in &operation.responses {
        let answer = answers.get(id, response.status);
        let listed =
            refusals.is_some() && plain_refusal(plan, operation, response, answer).is_some();
        if listed {
            json.complete &= answer.is_none_or(|answer| answer.complete);
        } else {
            calls.extend(answer_calls(plan, operation, response, answer, json));
        }
    }
    calls.extend(refusals.map(|name| format!("refuses_each({name})")));
    if calls.is_empty() {
        // What declares no answer that a server could give is called all the same.
        calls.push("answers(200, \"\")".to_owned());
    }
    calls
}

/// The name of a test: the method's, unless the file has another thing of that name.
fn test_name(method: &str) -> String {
    match method {
        "json" | "models" => format!("{method}_operation"),
        method => method.to_owned(),
    }
}

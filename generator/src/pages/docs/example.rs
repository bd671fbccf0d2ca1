//! Example code for an operation: what a reader copies, and what the crate's doctests compile.

use super::super::filters;
use super::super::rust::{Imports, expr_text};
use crate::plan::model::{Operation, OperationId, Outcome, Tag};
use crate::plan::rust::ErrorType;
use crate::plan::values::Expr;
use crate::plan::{Input, Plan};
use crate::pretty::{self, NoRust};
use crate::tokens;
use serde::ser::Error;
use serde::{Serialize, Serializer};
use std::sync::{Arc, OnceLock};

/// Example code. Copies of it share what it looks like once it is laid out.
#[derive(Clone, Serialize)]
pub(in crate::pages) struct Example {
    #[serde(serialize_with = "laid_out")]
    source: Arc<Source>,
}

struct Source {
    /// The program as it was put together.
    text: String,
    /// The same laid out, when it is first handed to a template, which gets no text that is no Rust.
    laid_out: OnceLock<Result<String, NoRust>>,
}

impl Example {
    fn new(text: String) -> Self {
        let laid_out = OnceLock::new();
        Self {
            source: Arc::new(Source { text, laid_out }),
        }
    }
}

fn laid_out<S: Serializer>(source: &Source, serializer: S) -> Result<S::Ok, S::Error> {
    let laid_out = source.laid_out.get_or_init(|| pretty::rust(&source.text));
    match laid_out {
        Ok(text) => serializer.serialize_str(text.trim_end()),
        Err(fault) => Err(S::Error::custom(format!(
            "an example is no Rust source at {fault}"
        ))),
    }
}

/// The examples of the operations, each of which stands on two pages.
pub(in crate::pages) struct Examples(Vec<OnceLock<Example>>);

impl Examples {
    /// Examples that are made when they are asked for.
    pub(in crate::pages) fn of(plan: &Plan) -> Self {
        Self(plan.operations().map(|_| OnceLock::new()).collect())
    }

    /// The example of an operation.
    pub(in crate::pages) fn get(&self, plan: &Plan, id: OperationId) -> Example {
        let make = || example(plan, &plan.api[id], Setting::Page);
        match self.0.get(id.0) {
            Some(known) => known.get_or_init(make).clone(),
            None => make(),
        }
    }
}

/// Where an example stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::pages) enum Setting {
    /// Beside the operation, with every input that a caller may give, in a function that is given a client.
    Page,
    /// In the README, as a whole program, with nothing but what is required.
    Program,
    /// In the README, in a function that is given a client, with nothing but what is required.
    Short,
    /// The same, with the errors of the call told apart.
    Errors,
    /// In a function that is given a client, with nothing but what is required, and with a file of this machine in the body.
    Upload,
}

/// What an example passes, put together input by input.
#[derive(Default)]
struct Passed {
    imports: Imports,
    /// The parameters of the example's own function: values that no expression can make.
    given: Vec<String>,
    lets: String,
    arguments: Vec<String>,
    setters: String,
}

/// An example of an operation.
pub(in crate::pages) fn example(plan: &Plan, operation: &Operation, setting: Setting) -> Example {
    let passed = Passed::of(plan, operation, setting);
    let call = format!("{}.await", passed.call(plan, operation));
    let library = &plan.name.library;
    if setting == Setting::Errors {
        return handled(library, &passed, &call);
    }
    let result = match operation.outcome() {
        Outcome::Nothing => format!("{call}?;\n"),
        _ => format!("let result = {call}?;\nprintln!(\"{{result:#?}}\");\n"),
    };
    let uses = uses(library, &passed.imports);
    let shared = plan.error_type(operation) == ErrorType::Shared;
    let error = match setting {
        Setting::Program => ANY_ERROR.to_owned(),
        _ if shared => format!("{library}::Error"),
        _ => ANY_ERROR.to_owned(),
    };
    let given = passed.parameters();
    let start = match setting {
        Setting::Program => format!(
            "#[tokio::main]\nasync fn main() -> Result<(), {error}> {{\nlet client = Client::from_env()?;\n"
        ),
        _ => format!("async fn example(client: &Client{given}) -> Result<(), {error}> {{\n"),
    };
    let lets = passed.lets;
    Example::new(format!("{uses}\n{start}{lets}{result}Ok(())\n}}\n"))
}

/// The type of any error.
const ANY_ERROR: &str = "Box<dyn std::error::Error>";

/// A call whose errors are told apart.
fn handled(library: &str, passed: &Passed, call: &str) -> Example {
    let uses = uses(library, &passed.imports);
    let (given, lets) = (passed.parameters(), &passed.lets);
    Example::new(format!(
        "{uses}\nasync fn example(client: &Client{given}) {{\n{lets}match {call} {{\n\
         Ok(answer) => println!(\"{{answer:#?}}\"),\n\
         Err(error) if error.is_timeout() => eprintln!(\"no answer in time: {{error}}\"),\n\
         Err(error) if error.is_after_success() => eprintln!(\"done, but not readable: {{error}}\"),\n\
         Err(error) => eprintln!(\"{{:?}}, {{:?}}: {{error}}\", error.status(), error.tracking_id()),\n}}\n}}\n"
    ))
}

/// A program that makes a client in a way of its own: with these names of the crate, imports and items, and these calls of its builder.
pub(super) fn configured(
    plan: &Plan,
    names: &[&str],
    imports: &str,
    items: &str,
    builder: &str,
) -> Example {
    let library = &plan.name.library;
    let mut names: Vec<&str> = names
        .iter()
        .copied()
        .chain(["Client", "ConfigError"])
        .collect();
    names.sort_unstable();
    let names = names.join(", ");
    Example::new(format!(
        "use {library}::{{{names}}};\n{imports}\n{items}\n\
         fn client() -> Result<Client, ConfigError> {{\n{builder}.build()\n}}\n"
    ))
}

/// A program that makes a client.
pub(super) fn program(plan: &Plan, client: &str) -> Example {
    let library = &plan.name.library;
    Example::new(format!(
        "use {library}::{{Client, ConfigError}};\n\
         fn client() -> Result<Client, ConfigError> {{\n{client}\n}}\n"
    ))
}

/// A program that prints the scopes that some operations need; `ids` are literals.
pub(super) fn scopes_program(plan: &Plan, ids: &str) -> Example {
    let library = &plan.name.library;
    Example::new(format!(
        "fn main() -> Result<(), {library}::UnknownOperation> {{\n\
         println!(\"{{:?}}\", {library}::scopes_for(&[{ids}])?);\nOk(())\n}}\n"
    ))
}

/// Whether every required input of an operation has a value that an expression can make.
pub(super) fn is_whole(plan: &Plan, operation: &Operation) -> bool {
    let inputs = operation.inputs();
    let mut required = inputs.iter().filter(|input| input.required);
    required.all(|input| plan.input_expr(input).is_some())
}

/// A call that is more than awaited: what else its example imports and does.
pub(super) struct Use<'a> {
    /// Where the call stands, and with it what it passes.
    pub(super) setting: Setting,
    /// What of the runtime is imported from the crate.
    pub(super) names: &'a [&'static str],
    /// What is imported beside it.
    pub(super) imports: &'a str,
    /// Items before the function.
    pub(super) items: &'a str,
    /// Whether the function is async.
    pub(super) is_async: bool,
    /// Whether the function is given a client.
    pub(super) has_client: bool,
}

impl Use<'_> {
    /// In an async function that is given a client, with nothing but what is required.
    pub(super) const CALL: Self = Self {
        setting: Setting::Short,
        names: &[],
        imports: "",
        items: "",
        is_async: true,
        has_client: true,
    };
}

/// An example of an operation that does with the call what `statements` makes of it.
pub(super) fn used(
    plan: &Plan,
    operation: &Operation,
    wanted: &Use<'_>,
    statements: impl FnOnce(&str) -> String,
) -> Example {
    let mut passed = Passed::of(plan, operation, wanted.setting);
    passed.imports.runtime.extend(wanted.names);
    let statements = statements(&passed.call(plan, operation));
    let (uses, given) = (
        uses(&plan.name.library, &passed.imports),
        passed.parameters(),
    );
    let (imports, items, lets) = (wanted.imports, wanted.items, &passed.lets);
    let start = if wanted.is_async { "async fn" } else { "fn" };
    let client = if wanted.has_client {
        "client: &Client"
    } else {
        ""
    };
    let given = given
        .strip_prefix(if wanted.has_client { "" } else { ", " })
        .unwrap_or(&given);
    Example::new(format!(
        "{uses}{imports}\n{items}\n{start} example({client}{given}) -> Result<(), {ANY_ERROR}> {{\n\
         {lets}{statements}Ok(())\n}}\n"
    ))
}

/// The file that examples send.
const FILE: &str = "upload.dat";

impl Passed {
    /// What a call of an operation passes.
    fn of(plan: &Plan, operation: &Operation, setting: Setting) -> Self {
        let tag = plan.tag(operation.tag);
        let mut passed = Self::default();
        for input in &operation.inputs() {
            let is_shown = match (setting, input.parameter) {
                (Setting::Page, Some(parameter)) => !parameter.deprecated,
                (Setting::Page, None) => true,
                // Without its body a call is mostly not worth showing; parameters that may be left out are for later.
                (_, parameter) => parameter.is_none() && plan.input_expr(input).is_some(),
            };
            if setting == Setting::Upload && input.parameter.is_none() {
                passed.add_file(plan, input);
            } else if input.required || is_shown {
                passed.add(plan, tag, input);
            }
        }
        passed
    }

    /// The call, before it is awaited.
    fn call(&self, plan: &Plan, operation: &Operation) -> String {
        format!(
            "client.{}().{}({}){}",
            plan.tag(operation.tag).module,
            operation.ident,
            self.arguments.join(", "),
            self.setters
        )
    }

    /// A body that is read from a file, or that holds one.
    fn add_file(&mut self, plan: &Plan, input: &Input<'_>) {
        let file = tokens::string(FILE);
        match plan.input_expr(input) {
            Some(Expr::Bytes(_)) => {
                self.imports.runtime.insert("Body");
                self.pass(input, &format!("Body::file({file})?"));
            }
            Some(Expr::BodyOf(_, media_type)) => {
                self.imports.runtime.insert("Body");
                let media_type = tokens::string(media_type);
                self.pass(
                    input,
                    &format!("Body::file({file})?.with_media_type({media_type})"),
                );
            }
            Some(mut expr) => {
                expr.name_file("upload");
                self.imports.add(&expr);
                self.imports.runtime.insert("FilePart");
                self.lets
                    .push_str(&format!("let upload = FilePart::open({file})?;\n"));
                self.pass_body(plan, input, expr);
            }
            None => self.add_given(plan, input),
        }
    }

    fn pass_body(&mut self, plan: &Plan, input: &Input<'_>, expr: Expr) {
        let value = match expr {
            Expr::Ref(value) => *value,
            value => value,
        };
        let value = match value {
            Expr::Array(items) => Expr::Vec(items),
            value => value,
        };
        let value = expr_text(plan, &value);
        self.lets.push_str(&format!("let body = {value};\n"));
        self.pass(input, "&body");
    }

    fn add(&mut self, plan: &Plan, tag: &Tag, input: &Input<'_>) {
        let expression = input.expression();
        if let Some(text) = expression.and_then(|expression| filters::shown(expression, tag)) {
            self.imports.api = true;
            return self.pass(input, &text);
        }
        let Some(expr) = plan.input_expr(input) else {
            return self.add_given(plan, input);
        };
        self.imports.add(&expr);
        match (input.parameter, expr) {
            // A body is easier to read on its own than inside the call.
            (None, expr @ Expr::Ref(_)) => self.pass_body(plan, input, expr),
            (_, expr) => self.pass(input, &expr_text(plan, &expr)),
        }
    }

    /// A value that requires itself cannot be written down, so the example's caller is to bring it.
    fn add_given(&mut self, plan: &Plan, input: &Input<'_>) {
        use super::super::rust::{TypePlace, type_text};
        let ty = type_text(plan, &plan.input_type(input), TypePlace::Crate);
        self.imports.models = true;
        self.given.push(format!("{}: {ty}", input.ident));
        self.pass(input, input.ident);
    }

    /// The parameters of the example's own function, beside the client.
    fn parameters(&self) -> String {
        let given = self.given.iter();
        given.map(|given| format!(", {given}")).collect()
    }

    fn pass(&mut self, input: &Input<'_>, argument: &str) {
        if input.required {
            self.arguments.push(argument.to_owned());
        } else {
            self.setters
                .push_str(&format!(".{}({argument})", input.ident));
        }
    }
}

/// The imports of an example.
fn uses(library: &str, imports: &Imports) -> String {
    let mut names: Vec<String> = imports
        .runtime
        .iter()
        .map(|name| (*name).to_owned())
        .collect();
    names.push("Client".to_owned());
    names.sort_unstable();
    if imports.api {
        names.push("api".to_owned());
    }
    if imports.models {
        names.push("models".to_owned());
    }
    let names = if let [name] = names.as_slice() {
        name.clone()
    } else {
        format!("{{{}}}", names.join(", "))
    };
    let map = if imports.map {
        "use std::collections::BTreeMap;\n"
    } else {
        ""
    };
    format!("use {library}::{names};\n{map}")
}

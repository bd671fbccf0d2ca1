//! Example code for an operation: what a reader copies, and what the crate's doctests compile.

use super::super::Context;
use super::super::literals::Imports;
use super::super::types::Site;
use crate::ir::{Operation, OperationId};
use serde::Serialize;

/// Example code, as Rust source before it is formatted.
#[derive(Serialize)]
pub(in crate::view) struct Example {
    source: String,
}

/// An example of an operation; as a whole program, with nothing but what is required, when `main`.
pub(super) fn example(
    context: &Context<'_>,
    id: OperationId,
    operation: &Operation,
    main: bool,
) -> Example {
    let mut imports = Imports::default();
    let Some(names) = context.operation_names(id) else {
        return Example {
            source: String::new(),
        };
    };
    let Some(tag) = context.names.tag(operation.tag) else {
        return Example {
            source: String::new(),
        };
    };
    let inputs = context.inputs(operation, names);
    let mut arguments = Vec::new();
    let mut lets = String::new();
    let mut setters = String::new();
    for input in &inputs {
        if !input.required
            && (main
                || input
                    .parameter
                    .is_some_and(|parameter| parameter.deprecated))
        {
            continue;
        }
        let argument = context.input_argument(input, &mut imports);
        // A body is easier to read on its own than inside the call.
        let argument = match (input.parameter, argument.strip_prefix('&')) {
            (None, Some(value)) => {
                let value = value
                    .strip_prefix('[')
                    .map_or_else(|| value.to_owned(), |items| format!("vec![{items}"));
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
    let call = format!(
        "client.{}().{}({}){setters}.await?",
        tag.module,
        names.method,
        arguments.join(", ")
    );
    let result = match context.output_type(operation, names, Site::Models).as_str() {
        "()" => format!("{call};\n"),
        _ => format!("let result = {call};\nprintln!(\"{{result:#?}}\");\n"),
    };
    let library = &context.names.library;
    let uses = uses(library, &imports);
    let error = if main || !context.has_shared_errors(operation) {
        "Box<dyn std::error::Error>".to_owned()
    } else {
        format!("{library}::Error")
    };
    let start = if main {
        format!(
            "#[tokio::main]\nasync fn main() -> Result<(), {error}> {{\nlet client = Client::from_env()?;\n"
        )
    } else {
        format!("async fn example(client: &Client) -> Result<(), {error}> {{\n")
    };
    Example {
        source: format!("{uses}\n{start}{lets}{result}Ok(())\n}}\n"),
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

//! Writes the driver's adapters: takes the calls that are made and the plans of the crates, gives Rust that reads the values of a call as
//! the types of its method and calls that.
//!
//! Everything that is written comes from the plan's JSON; the emitted Rust is never looked into.

use super::crates::Crate;
use super::plan::{Body, Operation, Plan};
use super::steps::Adapter;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The source files of the adapters, by name; the place of an adapter in `used` is its number. Each has a file of its own, by which an
/// error of the compiler tells the call that it is about.
pub(super) fn files(crates: &[Crate], used: &[Adapter]) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut modules = String::new();
    let mut arms = String::new();
    for (number, code) in used.iter().enumerate() {
        let Some(krate) = crates.get(code.krate) else {
            continue;
        };
        let Some(operation) = krate.plan.operations.get(code.operation) else {
            continue;
        };
        let lines = call(&krate.plan, operation);
        let module = module_name(number);
        files.insert(
            format!("calls/{module}.rs"),
            file(&krate.plan, operation, &lines),
        );
        let _ = writeln!(modules, "mod {module};");
        let _ = writeln!(arms, "        {number} => Box::pin({module}::call(step)),");
    }
    let root = format!(
        "//! The adapters, one for each operation that is called.\n\n{modules}\nuse crate::Adapter;\nuse crate::step::Step;\n\n\
         /// Makes a call.\npub(crate) fn call(adapter: usize, step: Step) -> Adapter {{\n    match adapter {{\n{arms}        \
         _ => Box::pin(async {{ Err(\"there is no such adapter\".to_owned()) }}),\n    }}\n}}\n"
    );
    files.insert("calls.rs".to_owned(), root);
    files
}

/// The module of an adapter.
pub(super) fn module_name(number: usize) -> String {
    format!("call_{number}")
}

fn file(plan: &Plan, operation: &Operation, lines: &[String]) -> String {
    let library = &plan.package.library;
    let models = match plan.types.is_empty() {
        true => String::new(),
        false => format!("#[allow(unused_imports)]\nuse {library}::models;\n"),
    };
    let mut text = format!(
        "//! {} {}\n\nuse crate::Outcome;\nuse crate::step::Step;\n{models}use {library}::Client;\n\n\
         pub(super) async fn call(step: Step) -> Outcome {{\n    let (client, notes) = step.client(Client::builder)?;\n",
        operation.method, operation.path
    );
    for line in lines {
        let _ = writeln!(text, "    {line}");
    }
    text.push_str("    step.send(request.into_request(), notes).await\n}\n");
    text
}

/// An adapter that calls an operation's method.
fn call(plan: &Plan, operation: &Operation) -> Vec<String> {
    let mut lines = Vec::new();
    let mut given = Vec::new();
    let mut set = Vec::new();
    for (place, argument) in operation.arguments.iter().enumerate() {
        let (name, ty) = (&argument.name, &argument.value_type);
        let variable = format!("value_{place}");
        let value = match is_base64(ty) {
            true => format!("crate::values::from_bytes({variable})"),
            false => variable.clone(),
        };
        let passed = passed(&value, argument.by_reference);
        if argument.required {
            lines.push(format!("let {variable}: {ty} = step.argument({name:?})?;"));
            given.push(passed);
        } else {
            set.push(setter(
                &format!("step.optional::<{ty}>({name:?})?"),
                name,
                &variable,
                &passed,
            ));
        }
    }
    if let Some(body) = &operation.body {
        let (read, files) = read_body(plan, body);
        let passed = passed("body", body.by_reference);
        if body.required {
            let mutable = if files.is_empty() { "" } else { "mut " };
            lines.push(format!("let {mutable}body = step.{read}?;"));
            lines.extend(files);
            given.push(passed);
        } else {
            let files = files.concat();
            let pattern = if files.is_empty() { "body" } else { "mut body" };
            set.push(format!(
                "let request = match step.optional_{read}? {{ Some({pattern}) => {{ {files} request.{}({passed}) }} None => request }};",
                body.name
            ));
        }
    }
    let method = operation
        .call
        .strip_prefix("Client::")
        .unwrap_or(&operation.call);
    lines.push(format!(
        "let request = client.{method}({});",
        given.join(", ")
    ));
    lines.extend(set);
    lines.extend(typed_headers(plan, operation));
    lines
}

/// Tells the call how the headers of the answer are read by their types.
fn typed_headers(plan: &Plan, operation: &Operation) -> Option<String> {
    let headers = operation.answer.headers.as_ref()?;
    let values = headers.fields.iter().map(|field| {
        format!(
            "({:?}, serde_json::to_value(&read.{}).ok()),",
            field.wire, field.ident
        )
    });
    Some(format!(
        "let step = step.with_headers(|headers| {{ let read = {}::{}::from(headers); vec![{}] }});",
        plan.package.library,
        headers.rust_path,
        values.collect::<String>()
    ))
}

fn passed(variable: &str, by_reference: bool) -> String {
    match by_reference {
        true => format!("&{variable}"),
        false => variable.to_owned(),
    }
}

fn setter(read: &str, name: &str, variable: &str, passed: &str) -> String {
    format!(
        "let request = match {read} {{ Some({variable}) => request.{name}({passed}), None => request }};"
    )
}

/// Whether values of a type are Base64, of which a caller has the bytes.
fn is_base64(ty: &str) -> bool {
    let mut ty = ty;
    while let Some(inner) = ["Vec<", "Option<"]
        .iter()
        .find_map(|outer| ty.strip_prefix(outer))
    {
        ty = inner.strip_suffix('>').unwrap_or(inner);
    }
    matches!(ty, "Base64" | "sdk_runtime::Base64")
}

/// How a body is read, and the lines that put files and bytes into it.
fn read_body(plan: &Plan, body: &Body) -> (String, Vec<String>) {
    match body.encoding.as_str() {
        "bytes" => ("bytes()".to_owned(), Vec::new()),
        "text" => ("text()".to_owned(), Vec::new()),
        _ => {
            let fields = plan.of_type(&body.value_type);
            let fields = fields.into_iter().flat_map(|ty| &ty.fields);
            let multipart = body.encoding == "multipart";
            let filled = fields.filter_map(|field| match field.ty.as_str() {
                ty if multipart && ty.contains("FilePart") => Some(format!(
                    "step.put_files({:?}, &mut body.{});",
                    field.wire, field.ident
                )),
                ty if is_base64(ty) => Some(format!(
                    "crate::values::FromBytes::write_again(&mut body.{});",
                    field.ident
                )),
                _ => None,
            });
            let files: Vec<String> = filled.collect();
            (format!("body::<{}>()", body.value_type), files)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn base64_is_found_within_lists_and_options() {
        assert!(is_base64("sdk_runtime::Base64"));
        assert!(is_base64("Option<Vec<Base64>>"));
        assert!(!is_base64("String"));
        assert!(!is_base64("Vec<String>"));
    }

    #[test]
    fn a_call_reads_its_values_as_the_types_of_the_method() {
        let argument = |name: &str, ty: &str, required: bool| {
            json!({
                "name": name, "wire": name, "in": "query", "value_type": ty, "by_reference": ty == "String",
                "style": "form", "explode": true, "required": required,
            })
        };
        let plan: Plan = serde_json::from_value(json!({
            "crate": {"package": "l", "library": "l", "features": []},
            "server": {"origin": "", "path": ""},
            "auth": {"kind": "none", "name": null},
            "operations": [{
                "method": "POST", "path": "/", "call": "Client::pets().add", "security": [],
                "arguments": [argument("r#type", "String", true), argument("at", "i32", false)],
                "body": {
                    "name": "body", "value_type": "models::Pet", "by_reference": true, "required": true,
                    "media_type": "multipart/form-data", "encoding": "multipart", "members": [],
                },
                "answer": {"type": "()", "responses": []},
            }],
            "types": [{
                "rust_path": "models::Pet", "kind": "struct", "target": null, "pointer": "",
                "fields": [{"wire": "photo", "ident": "picture", "type": "FilePart"}],
            }],
        }))
        .expect("a plan");
        let operation = plan.operations.first().expect("an operation");
        assert_eq!(
            call(&plan, operation),
            [
                "let value_0: String = step.argument(\"r#type\")?;",
                "let mut body = step.body::<models::Pet>()?;",
                "step.put_files(\"photo\", &mut body.picture);",
                "let request = client.pets().add(&value_0, &body);",
                "let request = match step.optional::<i32>(\"at\")? { Some(value_1) => request.at(value_1), None => request };",
            ]
        );
    }
}

//! Decisions of the plan, each on the smallest document that asks for it.

mod errors;
mod examples;
mod filters;
mod forms;
mod groups;
mod reasons;
mod secrets;
mod security;
mod sendable;
mod shapes;
mod unions;

use super::planning::plan_api;
use crate::diagnostics::Diagnostics;
use crate::plan::model as ir;
use crate::target::Target;
use crate::{lower, parse, repair};
use serde_json::Value;

/// What is planned for a document, and the codes of what is told of it.
fn planned(tree: Value) -> (ir::Api, Vec<(&'static str, String)>) {
    let mut diagnostics = Diagnostics::default();
    let tree = repair::repair(tree, &mut diagnostics);
    let document = parse::parse(tree, &mut diagnostics).expect("an OpenAPI document");
    let api = plan_api(
        &lower::lower(document),
        &Target::default(),
        &mut diagnostics,
    );
    let told = diagnostics.iter();
    let told = told.map(|one| (one.code.name(), one.pointer.as_str().to_owned()));
    (api, told.collect())
}

/// A type by the words that its name is made from.
fn def<'a>(api: &'a ir::Api, name: &str) -> &'a ir::TypeDef {
    let mut types = api.types.iter().map(|(_, def)| def);
    types
        .find(|def| def.name == name && !def.joined)
        .unwrap_or_else(|| panic!("no type {name}"))
}

/// A field of an object.
fn field<'a>(api: &'a ir::Api, name: &str, wire: &str) -> &'a ir::Field {
    let ir::Shape::Struct(object) = &def(api, name).shape else {
        panic!("{name} is no object");
    };
    let mut fields = object.fields.iter();
    fields
        .find(|field| field.wire.as_str() == wire)
        .unwrap_or_else(|| panic!("{name} has no field {wire}"))
}

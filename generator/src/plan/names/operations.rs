//! Takes tags and operations, names them: modules, features and pages; methods, the types of operations, and arguments.

use super::case::Cases;
use super::filters::name_expressions;
use super::ident::{NameKind, Scope};
use super::reserved::{
    RESERVED_API_TYPES, RESERVED_FEATURES, RESERVED_METHODS, RESERVED_MODULES, RESERVED_SETTERS,
};
use super::spell::spell;
use super::word::Word;
use crate::plan::model::{Location, Operation, Outcome, Tag, TagId};
use crate::plan::reason::NameStep;
use crate::target::Target;
use crate::text::DEVICES;
use std::collections::HashMap;

/// Names every tag.
pub(super) fn name_tags(tags: &mut [Tag], target: &Target, cases: &Cases) {
    let mut modules = Scope::with(&[&RESERVED_MODULES[..], &DEVICES].concat());
    let mut apis = Scope::with(&RESERVED_API_TYPES);
    let mut features = Scope::with(
        &RESERVED_FEATURES
            .map(|feature| feature.replace('-', "_"))
            .each_ref()
            .map(String::as_str),
    );
    for tag in tags {
        let name = match target.names.tags.get(&tag.name) {
            Some(name) => Word::setting(name),
            None => Word::from(&tag.name),
        };
        let word = name
            .clone()
            .change(NameStep::SnakeCase, |name| cases.snake(name))
            .change(NameStep::Letters, ascii);
        tag.module = modules.claim(word, NameKind::Value, "operations");
        tag.feature = features
            .claim(tag.module.word(), NameKind::Value, "operations")
            .word()
            .replace('_', "-");
        tag.api = apis.claim(
            name.change(NameStep::UpperCamelCase, |name| cases.pascal(name)),
            NameKind::Type,
            "Operations",
        );
        tag.page = tag.module.word().replace('_', "-");
        tag.label = tag.name.split_whitespace().collect::<Vec<_>>().join("_");
    }
}

/// Modules and features are ASCII: Rust finds no file for another module, and crates.io takes no other feature.
fn ascii(word: &str) -> String {
    let is_plain = |c: &char| c.is_ascii_alphanumeric() || *c == '_';
    word.chars().filter(is_plain).collect()
}

/// Names every operation and its parameters.
pub(super) fn name_operations(
    operations: &mut [Operation],
    tags: &[Tag],
    target: &Target,
    cases: &Cases,
) {
    let mut methods: HashMap<TagId, Scope> = HashMap::new();
    let mut requests: HashMap<TagId, Scope> = HashMap::new();
    for operation in operations.iter_mut() {
        let wish = match target.names.operations.get(&operation.id) {
            Some(name) => Word::setting(name),
            None => own_name(operation).change(NameStep::SnakeCase, |id| cases.snake(id)),
        };
        let scope = methods
            .entry(operation.tag)
            .or_insert_with(|| Scope::with(&RESERVED_METHODS));
        operation.ident = scope.claim(wish, NameKind::Value, "operation");
        let scope = requests.entry(operation.tag).or_insert_with(|| {
            let mut scope = Scope::with(&RESERVED_API_TYPES);
            let api = tags.get(operation.tag.0).map(|tag| tag.api.word());
            scope.claim(api.unwrap_or_default(), NameKind::Type, "Operations");
            scope
        });
        let wish = cases.pascal(operation.ident.word());
        operation.request = scope.claim(&wish, NameKind::Type, "Operation");
        name_parameters(operation, cases);
    }
    // After all requests, so that none of them is renamed by an answer.
    for operation in operations.iter_mut() {
        if let Outcome::Several(_) = operation.outcome()
            && let Some(scope) = requests.get_mut(&operation.tag)
        {
            let wish = format!("{}Response", operation.request.word());
            operation.response = Some(scope.claim(&wish, NameKind::Type, "Response"));
        }
    }
    for operation in operations {
        if let Some(scope) = requests.get_mut(&operation.tag) {
            name_expressions(operation, scope, cases);
        }
    }
}

/// The operation's own name, or what stands for it where the document gives it none: its method and path.
fn own_name(operation: &Operation) -> Word {
    let word = Word::from(&operation.id);
    let place = format!("{} /", operation.method.to_ascii_lowercase());
    match operation.id.starts_with(&place) {
        true => word.because(NameStep::Place),
        false => word,
    }
}

fn name_parameters(operation: &mut Operation, cases: &Cases) {
    let body = operation.body.as_ref().map(|_| "body");
    let mut scope = Scope::with(body.as_slice());
    for parameter in &mut operation.parameters {
        let mut word = Word::from(parameter.wire.as_str())
            .change(NameStep::Spelled, spell)
            .change(NameStep::SnakeCase, |word| cases.snake(word));
        if !parameter.required && RESERVED_SETTERS.contains(&word.as_str()) {
            word = word.change(NameStep::Reserved, |word| format!("{word}_parameter"));
        }
        // Two parameters may share a name if they go to different places.
        if scope.has(word.as_str()) {
            let place = match parameter.location {
                Location::Path => "path",
                Location::Query => "query",
                Location::Header => "header",
                Location::Cookie => "cookie",
            };
            word = word.change(NameStep::Location, |word| format!("{word}_{place}"));
        }
        parameter.ident = scope.claim(word, NameKind::Value, "parameter");
    }
}

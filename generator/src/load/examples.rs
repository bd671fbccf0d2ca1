//! Takes examples that are kept in files of their own and puts their data into the tree.
//!
//! An example is data, in which `$ref` is a word like any other. Yet authors write `example: {$ref: ./pet.json}` and mean the file's
//! content, keep files of bare data under `examples`, and name files by `externalValue`. Where such a file can be read its data
//! is taken; where it cannot, the text stays as it is.

use super::reference;
use super::resolve::{RefTarget, lone_reference, lookup};
use super::tie::{CopySite, Tie};
use crate::grammar::{ObjectKind, Section};
use crate::source::{Trail, weigh};
use serde_json::{Map, Value};

impl Tie<'_> {
    /// The data that `node`, the value of an example, stands for.
    pub(super) fn copy_example(
        &mut self,
        node: &Value,
        trail: Trail<'_>,
        site: &CopySite,
    ) -> Value {
        lone_reference(node)
            .and_then(|text| self.example_data(text, trail, site))
            .unwrap_or_else(|| node.clone())
    }

    /// Puts the data of the file that `externalValue` names in its place, for as long as it is a file of data beside the document.
    pub(super) fn embed_external_value(
        &mut self,
        example: &mut Map<String, Value>,
        trail: Trail<'_>,
        site: &CopySite,
    ) {
        if example.contains_key("value") {
            return;
        }
        let text = example.get("externalValue").and_then(Value::as_str);
        let Some(text) = text.filter(|text| reference::names_data_file(text)) else {
            return;
        };
        if let Some(value) = self.example_data(text, trail, site) {
            let members = std::mem::take(example);
            example.extend(members.into_iter().map(|(key, member)| {
                if key == "externalValue" {
                    ("value".to_owned(), value.clone())
                } else {
                    (key, member)
                }
            }));
        }
    }

    fn example_data(&mut self, text: &str, trail: Trail<'_>, site: &CopySite) -> Option<Value> {
        let target = self
            .resolve(site.file, text, || trail.below(&site.merged))
            .ok()?;
        let file = self.resolver.library.file(target.file)?;
        let node = lookup(&file.tree, &target.pointer)?;
        let data = if is_named_example(&target) {
            node.get("value").unwrap_or(node)
        } else {
            node
        };
        self.resolver
            .library
            .charge(weigh(data))
            .then(|| data.clone())
    }
}

/// Whether the target is a member of `components.examples`, which holds its data in `value`.
fn is_named_example(target: &RefTarget) -> bool {
    let tokens: Vec<String> = target.pointer.tokens().collect();
    matches!(tokens.as_slice(), [components, section, _] if components == "components" && section == Section::Examples.key())
}

/// Whether a node that stands for an Example Object is one, rather than the bare data.
pub(super) fn is_example_object(node: &Value) -> bool {
    node.as_object().is_some_and(|members| {
        members.contains_key("value")
            || members.contains_key("externalValue")
            || members.contains_key("$ref")
            || members
                .keys()
                .all(|key| ObjectKind::Example.member(key).is_some() || key.starts_with("x-"))
    })
}

//! Takes the values of `discriminator.mapping`, which are references without the word `$ref` or bare names of schemas, and gives
//! pointers to components. A value that names nothing is left out: the schema can still be distinguished by its own name.

use super::reference;
use super::resolve::lookup;
use super::tie::{CopySite, Tie};
use crate::diagnostics::{Code, Diagnostic};
use crate::grammar::Section;
use crate::pointer::JsonPointer;
use crate::source::Trail;
use serde_json::Value;

/// A value that is the bare name of a schema. Whether there is one is known only when all components have their names.
pub(super) struct BareName {
    at: JsonPointer,
    name: String,
}

impl Tie<'_> {
    /// What stands for the mapping value `text`; `None` when it names nothing.
    pub(super) fn copy_mapping(
        &mut self,
        text: &str,
        trail: Trail<'_>,
        site: &CopySite,
    ) -> Option<Value> {
        let at = trail.below(&site.merged);
        if !reference::is_reference(text) {
            self.bare_names.push(BareName {
                at,
                name: text.to_owned(),
            });
            return Some(Value::String(text.to_owned()));
        }
        let target = self
            .resolve(site.file, text, || at.clone())
            .and_then(|target| self.settle(Section::Schemas, target));
        match target {
            Ok(target) => {
                let pointer = self.place(Section::Schemas, target);
                Some(Value::String(pointer.to_string()))
            }
            Err(_) => {
                self.report_lost(dangling(text, at));
                None
            }
        }
    }

    /// Makes pointers of the bare names, and takes out those that no schema has.
    pub(super) fn settle_bare_names(&mut self, tree: &mut Value) {
        for BareName { at, name } in std::mem::take(&mut self.bare_names) {
            let schema = Section::Schemas.component(&name);
            if lookup(tree, &schema).is_some() {
                if let Some(value) = tree.pointer_mut(at.as_str()) {
                    *value = Value::String(schema.to_string());
                }
                continue;
            }
            let mapping = at.parent().and_then(|parent| {
                tree.pointer_mut(parent.as_str())
                    .and_then(Value::as_object_mut)
            });
            if let (Some(mapping), Some(key)) = (mapping, at.last()) {
                mapping.shift_remove(&key);
            }
            self.report_lost(dangling(&name, at));
        }
    }
}

fn dangling(text: &str, at: JsonPointer) -> Diagnostic {
    Diagnostic::warning(
        Code::MappingDangling,
        at,
        format!(
            "The discriminator maps to `{text}`, which is not a schema that can be read; the entry is left out."
        ),
    )
    .help("Use a reference to a schema of the document: `#/components/schemas/<name>`.")
}

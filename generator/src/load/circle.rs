//! Takes the merged tree and gives the components that consist of references to one another, so that there is nothing
//! in the end.

use super::resolve::{RefError, lookup};
use crate::diagnostics::Diagnostics;
use crate::grammar::Section;
use crate::pointer::JsonPointer;
use serde_json::{Map, Value};
use std::collections::HashSet;

/// Reports each such circle once.
pub(super) fn report_circles(tree: &Value, diagnostics: &mut Diagnostics) {
    let mut done = HashSet::new();
    for section in Section::ALL {
        let members = tree
            .get("components")
            .and_then(|components| components.get(section.key()));
        for name in members
            .and_then(Value::as_object)
            .into_iter()
            .flat_map(Map::keys)
        {
            let mut chain = HashSet::new();
            let mut next = Some(section.component(name));
            while let Some(pointer) = next.take_if(|pointer| !done.contains(pointer)) {
                let text = lookup(tree, &pointer)
                    .and_then(|node| node.get("$ref"))
                    .and_then(Value::as_str);
                if chain.contains(&pointer) {
                    let at = pointer.child("$ref");
                    let text = text.unwrap_or_default();
                    diagnostics.push(RefError::ToItself.diagnostic(text, at, ""));
                    break;
                }
                next = text.and_then(|text| JsonPointer::parse(text.strip_prefix('#')?));
                chain.insert(pointer);
            }
            done.extend(chain);
        }
    }
}

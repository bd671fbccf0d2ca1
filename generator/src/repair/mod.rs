//! Takes the loaded tree, gives a tree that the OpenAPI 3.0 parser accepts, with a diagnostic for each mend.
//!
//! Each fault that real documents show has one small function of its own, listed in `REPAIRS`; a repair changes
//! nothing in a document that does not have its fault.

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::pointer::JsonPointer;
use serde_json::Value;

/// A repair: mends its fault wherever the tree shows it.
type Repair = fn(&mut Value, &mut Diagnostics);

/// Every repair, in the order in which they run.
const REPAIRS: &[Repair] = &[missing_response_descriptions];

/// Runs every repair.
pub fn repair(mut tree: Value, diagnostics: &mut Diagnostics) -> Value {
    for repair in REPAIRS {
        repair(&mut tree, diagnostics);
    }
    tree
}

/// Responses without a `description`, which OpenAPI requires and authors forget: they get an empty one.
fn missing_response_descriptions(tree: &mut Value, diagnostics: &mut Diagnostics) {
    let paths = JsonPointer::root().child("paths");
    let Some(items) = tree.get_mut("paths").and_then(Value::as_object_mut) else {
        return;
    };
    for (path, item) in items {
        let Some(item) = item.as_object_mut() else {
            continue;
        };
        for (method, operation) in item {
            let Some(responses) = operation
                .get_mut("responses")
                .and_then(Value::as_object_mut)
            else {
                continue;
            };
            let base = paths.child(path).child(method).child("responses");
            for (status, response) in responses {
                let Some(response) = response.as_object_mut() else {
                    continue;
                };
                if status.starts_with("x-")
                    || response.contains_key("$ref")
                    || response.contains_key("description")
                {
                    continue;
                }
                response.insert("description".to_owned(), Value::String(String::new()));
                diagnostics.push(
                    Diagnostic::note(
                        Code("response-without-description"),
                        base.child(status),
                        format!("The {status} response has no description."),
                    )
                    .help("Say when it is returned."),
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_response_without_description_gets_an_empty_one() {
        let tree = json!({"paths": {"/a": {"get": {"responses": {"200": {}, "404": {"description": "No."}}}}}});
        let mut diagnostics = Diagnostics::default();
        let tree = repair(tree, &mut diagnostics);
        assert_eq!(
            tree["paths"]["/a"]["get"]["responses"]["200"],
            json!({"description": ""})
        );
        assert_eq!(
            tree["paths"]["/a"]["get"]["responses"]["404"],
            json!({"description": "No."})
        );
        let pointers: Vec<_> = diagnostics
            .iter()
            .map(|d| d.pointer.as_str().to_owned())
            .collect();
        assert_eq!(pointers, ["/paths/~1a/get/responses/200"]);
    }
}

//! Hostile text in all places at once, compiled: by rustc, with the emitted tests, and by rustdoc, with warnings denied.

use crate::emitted::EmittedCrate;
use crate::output::assert_without_faults;
use crate::payloads;
use crate::places::{Place, places, substitute};
use serde_json::{Value, json};

/// Places whose text is no free text: OpenAPI says what may stand there, or it refers to something.
fn is_fixed(place: &Place, tree: &Value) -> bool {
    let Place::Value(path) = place else {
        return matches!(place, Place::Key(path, _) if path.last().is_some_and(|last| last == "content"));
    };
    let words: Vec<&str> = path.iter().map(String::as_str).collect();
    match words.as_slice() {
        // In an example these are data; as words of OpenAPI they decide what the document is.
        [
            ..,
            "$ref" | "in" | "type" | "format" | "openapi" | "scheme" | "style",
        ] => !words.contains(&"example"),
        [.., "required", _] => true,
        // What a mapping leads to is a reference as well.
        [.., "mapping", _] => true,
        // A value that does not fit its type is not used, and a name of a path parameter is known to the path.
        [.., "name"] => {
            let parameter = path
                .iter()
                .take(path.len() - 1)
                .try_fold(tree, |value, token| match value {
                    Value::Array(items) => items.get(token.parse::<usize>().ok()?),
                    value => value.get(token),
                });
            parameter.and_then(|parameter| parameter.get("in")) == Some(&json!("path"))
        }
        _ => false,
    }
}

/// The base document with a payload in every free place, in turn from `start`.
fn document(start: usize) -> Value {
    let base: Value = serde_yaml::from_str(include_str!("base.yaml")).expect("YAML");
    // Long texts say nothing more here, and two places of one empty name are one place.
    let payloads: Vec<String> = payloads::all()
        .into_iter()
        .filter(|payload| !payload.trim().is_empty() && payload.len() < 200)
        .collect();
    let mut turns = payloads.iter().cycle().skip(start);
    let mut tree = base.clone();
    // From the end, so that a renamed key does not move the places that come after.
    for place in places(&base).iter().rev() {
        let Some(payload) = turns.next() else { break };
        if is_fixed(place, &base) {
            continue;
        }
        let number = tree.to_string().len();
        let payload = match place {
            Place::Key(path, key) if path.as_slice() == ["paths"] => {
                format!("{key}/{}", payload.replace(['{', '}'], ""))
            }
            // A number keeps names of one object apart.
            Place::Key(..) => format!("{payload}{number}"),
            Place::Value(_) => payload.clone(),
        };
        tree = substitute(&tree, place, &payload);
    }
    tree
}

#[test]
fn hostile_text_everywhere_compiles_without_a_warning() {
    for start in [0, 13] {
        let text = document(start).to_string();
        let outcome = assert_without_faults(&text);
        assert_eq!(outcome.operations, 11);
        let emitted = EmittedCrate::of(&text);
        emitted.cargo(&["test", "--no-run"]);
        emitted.cargo(&["doc", "--no-deps"]);
        emitted.cargo(&["test", "--doc"]);
    }
}

//! Takes a document, gives every place in which its author may write any text, and the document with another text there.
//!
//! Such places are all string values, and the keys that are names: of schemas, properties, paths, media types, headers,
//! scopes and so on. Keys that are OpenAPI's own words are none.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value};

/// A place for text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// The string at this path.
    Value(Vec<String>),
    /// This key of the object at this path.
    Key(Vec<String>, String),
}

impl Place {
    /// The place as a person would name it.
    pub(crate) fn label(&self) -> String {
        match self {
            Self::Value(path) => format!("/{}", path.join("/")),
            Self::Key(path, key) => format!("the key {key} of /{}", path.join("/")),
        }
    }

    /// How many keys lead to the place.
    pub(crate) fn depth(&self) -> usize {
        match self {
            Self::Value(path) => path.len(),
            Self::Key(path, _) => path.len() + 1,
        }
    }

    /// Whether people read the text here, and nothing else does.
    pub(crate) fn is_prose(&self) -> bool {
        let words = ["description", "summary", "title", "termsOfService"];
        matches!(self, Self::Value(path) if path.last().is_some_and(|last| words.contains(&last.as_str())))
    }

    /// Whether OpenAPI says which words may stand here, as the type of something.
    pub(crate) fn is_a_type(&self) -> bool {
        matches!(self, Self::Value(path) if path.last().is_some_and(|last| last == "type"))
    }

    /// Whether the text names a header of an answer.
    pub(crate) fn is_answer_header(&self) -> bool {
        matches!(self, Self::Key(path, _) if path.last().is_some_and(|last| last == "headers"))
    }

    /// Whether the text names a field that is filtered or ordered by.
    pub(crate) fn is_filter_field(&self) -> bool {
        match self {
            Self::Value(path) => path.iter().any(|part| part == "x-sort"),
            Self::Key(path, _) => path.iter().any(|part| part == "x-filter"),
        }
    }

    /// Whether the text is a path template, in which braces and slashes mean something.
    pub(crate) fn is_path_template(&self) -> bool {
        matches!(self, Self::Key(path, _) if *path == ["paths"])
    }
}

/// Every place of a document, in its order.
pub(crate) fn places(document: &Value) -> Vec<Place> {
    let mut found = Vec::new();
    walk(document, &mut Vec::new(), &mut found);
    found
}

fn walk(value: &Value, path: &mut Vec<String>, found: &mut Vec<Place>) {
    match value {
        Value::String(_) => found.push(Place::Value(path.clone())),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                path.push(index.to_string());
                walk(item, path, found);
                path.pop();
            }
        }
        Value::Object(members) => {
            for (key, member) in members {
                if has_free_keys(path) {
                    found.push(Place::Key(path.clone(), key.clone()));
                }
                path.push(key.clone());
                walk(member, path, found);
                path.pop();
            }
        }
        _ => {}
    }
}

/// Whether the keys of the object at `path` are names that the author chose.
fn has_free_keys(path: &[String]) -> bool {
    let words: Vec<&str> = path.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["paths"] | ["components", _] => true,
        // A property may be called like one of OpenAPI's own words.
        [.., "properties", "properties"] => false,
        [.., "content" | "headers" | "variables" | "examples" | "scopes" | "properties" | "mapping"] => true,
        [.., "security", _] | [.., "x-filter", "fields"] => true,
        // Inside a value all keys are data; but a property may be called like one of OpenAPI's words for values.
        words => words.windows(2).any(|pair| matches!(pair, [above, "example" | "default" | "value"] if *above != "properties")),
    }
}

/// The document with another text in one place. What refers to the place by its name follows it.
pub(crate) fn substitute(document: &Value, place: &Place, text: &str) -> Value {
    let mut changed = document.clone();
    match place {
        Place::Value(path) => {
            if let Some(value) = at(&mut changed, path) {
                *value = Value::String(text.to_owned());
            }
        }
        Place::Key(path, key) => {
            if let Some(Value::Object(members)) = at(&mut changed, path) {
                *members = renamed(members, key, text);
            }
            match path
                .iter()
                .map(String::as_str)
                .collect::<Vec<_>>()
                .as_slice()
            {
                ["components", "securitySchemes"] => rename_requirements(&mut changed, key, text),
                ["components", section] => rename_references(&mut changed, section, key, text),
                _ => {}
            }
        }
    }
    changed
}

/// An object in which one key is another, in its old position.
fn renamed(members: &Map<String, Value>, key: &str, text: &str) -> Map<String, Value> {
    let rename = |name: &String| {
        if name == key {
            text.to_owned()
        } else {
            name.clone()
        }
    };
    members
        .iter()
        .map(|(name, value)| (rename(name), value.clone()))
        .collect()
}

fn at<'v>(value: &'v mut Value, path: &[String]) -> Option<&'v mut Value> {
    path.iter().try_fold(value, |value, token| match value {
        Value::Array(items) => items.get_mut(token.parse::<usize>().ok()?),
        Value::Object(members) => members.get_mut(token),
        _ => None,
    })
}

fn rename_requirements(value: &mut Value, key: &str, text: &str) {
    match value {
        Value::Array(items) => items
            .iter_mut()
            .for_each(|item| rename_requirements(item, key, text)),
        Value::Object(members) => {
            if let Some(Value::Array(requirements)) = members.get_mut("security") {
                for requirement in requirements.iter_mut().filter_map(Value::as_object_mut) {
                    *requirement = renamed(requirement, key, text);
                }
            }
            members
                .values_mut()
                .for_each(|member| rename_requirements(member, key, text));
        }
        _ => {}
    }
}

/// Points references to a component at its new name: a JSON pointer (RFC 6901) in a URI fragment.
fn rename_references(value: &mut Value, section: &str, key: &str, text: &str) {
    match value {
        Value::Array(items) => items
            .iter_mut()
            .for_each(|item| rename_references(item, section, key, text)),
        Value::Object(members) => {
            for member in members.values_mut() {
                // In a `$ref`, or in the mapping of a discriminator.
                if let Value::String(reference) = member
                    && *reference == format!("#/components/{section}/{key}")
                {
                    let token = text.replace('~', "~0").replace('/', "~1");
                    *reference = format!(
                        "#/components/{section}/{}",
                        utf8_percent_encode(&token, NON_ALPHANUMERIC)
                    );
                }
            }
            members
                .values_mut()
                .for_each(|member| rename_references(member, section, key, text));
        }
        _ => {}
    }
}

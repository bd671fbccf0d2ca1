//! Takes the targets of references and gives each its name in `components`.
//!
//! A name comes from the root document where it has one for the target, otherwise from the target's own place. It depends
//! on nothing but the documents and the order in which the targets are met.

use crate::grammar::Section;
use crate::pointer::JsonPointer;
use std::collections::{HashMap, HashSet};

/// The names that are taken, by section.
#[derive(Debug, Default)]
pub(super) struct Names {
    taken: HashSet<(Section, String)>,
    /// The number that was last tried for a name, so that many equal names are not counted up from the start each time.
    last: HashMap<(Section, String), usize>,
}

impl Names {
    /// Marks a name as taken.
    pub(super) fn take(&mut self, section: Section, name: &str) {
        self.taken.insert((section, name.to_owned()));
    }

    /// Takes `wanted`, or the first of `wanted2`, `wanted3`, … that is free.
    pub(super) fn take_free(&mut self, section: Section, wanted: String) -> String {
        let key = (section, wanted);
        if self.taken.insert(key.clone()) {
            return key.1;
        }
        let number = self.last.entry(key.clone()).or_insert(1);
        loop {
            *number = number.saturating_add(1);
            let name = format!("{}{number}", key.1);
            if self.taken.insert((section, name.clone())) {
                return name;
            }
        }
    }
}

/// The name that a target suggests: the last token of its pointer, or the stem of its file.
///
/// A token that is a number or a keyword says little, so the tokens before it, up to one that is a name, go first:
/// `/components/schemas/Pet/allOf/0` is `Pet_allOf_0`.
pub(super) fn suggest(file_name: &str, pointer: &JsonPointer) -> String {
    let mut tokens: Vec<String> = pointer.tokens().collect();
    let mut parts = Vec::new();
    while let Some(token) = tokens.pop() {
        let is_name = !is_structural(&token);
        parts.push(token);
        if is_name {
            break;
        }
    }
    if parts.is_empty() {
        let base = file_name.rsplit('/').next().unwrap_or(file_name);
        parts.push(
            base.rsplit_once('.')
                .map_or(base, |(stem, _)| stem)
                .to_owned(),
        );
    }
    parts.reverse();
    let name = clean(&parts.join("_"));
    if name.is_empty() {
        "Unnamed".to_owned()
    } else {
        name
    }
}

/// Whether a token comes from the structure of a document, and is no name that a person gave.
fn is_structural(token: &str) -> bool {
    const KEYWORDS: [&str; 20] = [
        "schema",
        "items",
        "properties",
        "allOf",
        "oneOf",
        "anyOf",
        "not",
        "additionalProperties",
        "content",
        "responses",
        "requestBody",
        "parameters",
        "headers",
        "examples",
        "schemas",
        "get",
        "put",
        "post",
        "delete",
        "patch",
    ];
    token.contains('/') && !token.starts_with('/')
        || token.bytes().all(|byte| byte.is_ascii_digit())
        || KEYWORDS.contains(&token)
}

/// The name in the characters that the specification allows for keys of components, `^[a-zA-Z0-9._-]+$`.
fn clean(name: &str) -> String {
    let allowed = |char: char| char.is_ascii_alphanumeric() || matches!(char, '.' | '_' | '-');
    let replaced: String = name
        .chars()
        .map(|char| if allowed(char) { char } else { '_' })
        .collect();
    replaced.trim_matches('_').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn suggested(file: &str, pointer: &str) -> String {
        suggest(file, &JsonPointer::parse(pointer).expect("a pointer"))
    }

    #[test]
    fn names_come_from_the_pointer_or_else_the_file() {
        assert_eq!(suggested("schemas/Pet.v2.yaml", ""), "Pet.v2");
        assert_eq!(suggested("all.yaml", "/definitions/pet"), "pet");
        assert_eq!(
            suggested("all.yaml", "/components/schemas/Pet/allOf/0"),
            "Pet_allOf_0"
        );
        assert_eq!(
            suggested(
                "a.yaml",
                "/paths/~1pets/get/responses/200/content/application~1json/schema"
            ),
            "pets_get_responses_200_content_application_json_schema"
        );
        assert_eq!(suggested("ü.yaml", ""), "Unnamed");
    }

    #[test]
    fn equal_names_are_numbered() {
        let mut names = Names::default();
        names.take(Section::Schemas, "Pet");
        names.take(Section::Schemas, "Pet2");
        assert_eq!(names.take_free(Section::Schemas, "Pet".into()), "Pet3");
        assert_eq!(names.take_free(Section::Schemas, "Pet".into()), "Pet4");
        assert_eq!(names.take_free(Section::Headers, "Pet".into()), "Pet");
    }
}

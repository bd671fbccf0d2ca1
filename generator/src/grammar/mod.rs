//! OpenAPI's grammar, written once: which keyword stands where, and what kind of value it takes.
//!
//! The specification is a set of objects, each with members of its own. `object` has one table of them ([`ObjectKind::member`]), for
//! OpenAPI 3.0.3 (chapter 4.7) and for what 3.1 has beyond it; `shape` says what a value must be to have the shape that a member wants;
//! `section` knows the sections of `components`, and `schema` which keyword of a schema speaks of values of which type. Nothing here
//! changes a document or judges it: loading asks what stands at a place, repairing asks for the shape.

mod object;
pub mod schema;
mod section;
mod shape;

pub use object::{Member, ObjectKind, Since};
pub use section::Section;
pub use shape::{Shape, has_essential};

use serde_json::Value;

/// Whether the member of a path item is an operation, so that its key is an HTTP method.
pub fn is_method(key: &str) -> bool {
    ObjectKind::PathItem.shape(key) == Some(Shape::One(ObjectKind::Operation))
}

/// How many operations a document has, as it stands.
pub fn count_operations(document: &Value) -> usize {
    let paths = document.get("paths").and_then(Value::as_object);
    let items = paths
        .into_iter()
        .flatten()
        .filter(|(path, _)| !path.starts_with("x-"))
        .filter_map(|(_, item)| item.as_object());
    items
        .flatten()
        .filter(|(key, member)| is_method(key) && member.is_object())
        .count()
}

/// Whether the member `key` of an object is a version: a text that looks like a number. YAML takes `version: 1.10` for one and would
/// forget the zero. `swagger` stands in the place of `openapi` in documents of an older format.
pub fn is_version(owner: ObjectKind, key: &str) -> bool {
    matches!(
        (owner, key),
        (ObjectKind::Document, "openapi" | "swagger") | (ObjectKind::Info, "version")
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn operations_are_counted_in_the_tree() {
        let tree = json!({"paths": {
            "/a": {"get": {}, "post": {}, "parameters": [], "summary": "s", "x-get": {}},
            "/b": {"trace": {}, "put": null, "query": {}},
            "x-c": {"get": {}},
            "/d": 1,
        }});
        assert_eq!(count_operations(&tree), 3);
        assert_eq!(count_operations(&json!({"openapi": "3.0.3"})), 0);
    }

    #[test]
    fn the_eight_methods_of_openapi_are_methods() {
        let methods: Vec<&str> = ObjectKind::PathItem
            .members()
            .iter()
            .map(|member| member.key)
            .filter(|key| is_method(key))
            .collect();
        assert_eq!(
            methods,
            [
                "get", "put", "post", "delete", "options", "head", "patch", "trace"
            ]
        );
        assert!(!is_method("query") && !is_method("GET") && !is_method("servers"));
    }

    #[test]
    fn every_section_is_a_member_of_the_components() {
        for section in Section::ALL {
            let member = ObjectKind::Components.member(section.key());
            let shape = member.map(|member| member.shape);
            assert_eq!(shape, Some(Shape::Map(section.kind())), "{section:?}");
            assert_eq!(Section::of(section.kind()), Some(section));
        }
    }

    #[test]
    fn no_key_stands_twice_in_an_object() {
        for kind in ObjectKind::ALL {
            for member in kind.members() {
                assert_eq!(kind.member(member.key), Some(*member), "{kind:?}");
            }
        }
    }
}

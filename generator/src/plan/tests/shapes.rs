//! What shape a schema has, and what is told of it.

use super::unions::answering;
use super::{def, field, planned};
use crate::plan::model::{Api, Shape, Type};
use serde_json::{Value, json};

fn component(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

fn object(properties: Value) -> Value {
    json!({ "type": "object", "properties": properties })
}

fn text() -> Value {
    json!({ "type": "string" })
}

/// The fields of a type, each with `?` where it may be missing and `0` where it may be null.
fn fields(api: &Api, name: &str) -> Vec<String> {
    let Shape::Struct(object) = &def(api, name).shape else {
        panic!("{:?} is no object", def(api, name).shape);
    };
    let fields = object.fields.iter().map(|field| {
        let optional = if field.required { "" } else { "?" };
        let null = if field.nullable { "0" } else { "" };
        format!("{}{optional}{null}", field.wire)
    });
    fields.collect()
}

#[test]
fn a_text_that_is_one_of_these_or_any_other_is_an_enum_of_the_components_name() {
    let day = json!({ "anyOf": [text(), { "type": "string", "enum": ["Mon", "Tue"] }] });
    let (api, _) = planned(answering("3.0.3", json!({ "S": day })));
    let Shape::Enum(of) = &def(&api, "S").shape else {
        panic!("{:?}", def(&api, "S"));
    };
    assert_eq!((of.values.len(), &of.rest), (2, &Type::String));
    let named = api.types.iter().filter(|(_, def)| !def.joined);
    assert_eq!(named.count(), 1);
}

#[test]
fn a_union_of_one_object_is_that_object() {
    let only = json!({ "oneOf": [object(json!({ "a": text(), "b": component("S") })), { "enum": [null] }, { "nullable": true, "enum": [null] }] });
    let (api, _) = planned(answering("3.0.3", json!({ "S": only })));
    assert_eq!(fields(&api, "S"), ["a?", "b?0"]);
}

#[test]
fn whole_numbers_are_an_enum_whatever_kind_of_number_is_declared() {
    let schemas = json!({ "S": object(json!({ "n": { "type": "number", "enum": [42] }, "m": { "type": "number", "enum": [1.5] } })) });
    let (api, _) = planned(answering("3.0.3", schemas));
    let Shape::Enum(of) = &def(&api, "S n").shape else {
        panic!("{:?}", def(&api, "S n"));
    };
    assert_eq!(of.values[0].value.to_string(), "42");
    assert_eq!(field(&api, "S", "m").ty, Type::Double);
}

#[test]
fn a_member_of_all_of_that_only_allows_null_makes_the_place_nullable() {
    let schemas = json!({
        "S": {
            "type": "object", "required": ["a", "b"],
            "properties": {
                "a": { "allOf": [{ "nullable": true }, component("T")] },
                "b": { "allOf": [object(json!({ "x": text() })), component("T")] },
            },
        },
        "T": object(json!({ "id": text() })),
    });
    let (api, _) = planned(answering("3.0.3", schemas));
    assert_eq!(fields(&api, "S"), ["a0", "b"]);
}

#[test]
fn an_object_that_two_members_of_all_of_describe_has_the_properties_of_both() {
    let schemas = json!({
        "S": { "allOf": [component("A"), component("B")] },
        "A": object(json!({ "p": object(json!({ "one": text(), "both": text() })) })),
        "B": object(json!({ "p": { "allOf": [component("P")] } })),
        "P": object(json!({ "two": text(), "both": text(), "again": component("S") })),
    });
    let (api, told) = planned(answering("3.0.3", schemas));
    assert_eq!(fields(&api, "S p"), ["one?", "both?", "two?", "again?"]);
    assert_eq!(told, []);
}

#[test]
fn an_object_that_has_all_that_the_other_has_is_taken_as_it_is() {
    let schemas = json!({
        "S": { "allOf": [component("A"), object(json!({ "p": component("Q") }))] },
        "A": object(json!({ "p": component("P"), "r": component("R") })),
        "P": object(json!({ "one": text() })),
        "Q": object(json!({ "one": text(), "two": text() })),
        "R": { "allOf": [component("P")], "properties": { "two": text() } },
    });
    let (api, told) = planned(answering("3.0.3", schemas));
    assert_eq!(fields(&api, "Q"), ["one?", "two?"]);
    assert!(api.types.iter().all(|(_, def)| def.name != "S p"));
    assert_eq!(told, []);
}

#[test]
fn lists_of_different_items_in_all_of_are_told() {
    let list = |items: Value| object(json!({ "p": { "type": "array", "items": items } }));
    let schemas = json!({ "S": { "allOf": [list(text()), list(json!({ "type": "integer" }))] } });
    let (_, told) = planned(answering("3.0.3", schemas));
    let place = "/components/schemas/S/allOf/1/properties/p";
    assert_eq!(told, [("all-of-conflict", place.to_owned())]);
}

#[test]
fn a_property_that_only_required_names_is_an_optional_one_of_any_value() {
    let schemas = json!({
        "S": { "type": "object", "required": ["a", "lost"], "properties": { "a": component("T") } },
        "T": { "allOf": [object(json!({ "b": text() })), { "required": ["b", "gone"] }] },
    });
    let (api, told) = planned(answering("3.0.3", schemas));
    assert_eq!(fields(&api, "S"), ["a", "lost?"]);
    assert_eq!(field(&api, "S", "lost").ty, Type::Any);
    assert_eq!(fields(&api, "T"), ["b", "gone?"]);
    let codes: Vec<&str> = told.iter().map(|(code, _)| *code).collect();
    assert_eq!(codes, ["required-unknown", "untyped"]);
}

#[test]
fn an_object_with_items_is_an_object() {
    let schemas = json!({ "S": object(json!({ "o": { "type": "object", "items": text() } })) });
    let (api, _) = planned(answering("3.0.3", schemas));
    assert_eq!(field(&api, "S", "o").ty, Type::Map(Box::new(Type::Any)));
}

#[test]
fn an_example_of_an_object_shows_no_type() {
    let custom = json!({ "nullable": true, "example": { "foo": "bar" } });
    let (api, _) = planned(answering(
        "3.0.3",
        json!({ "S": object(json!({ "custom": custom })) }),
    ));
    assert_eq!(field(&api, "S", "custom").ty, Type::Any);
}

#[test]
fn objects_of_which_a_value_may_be_several_are_one_with_the_properties_of_all() {
    let schemas = json!({
        "S": { "anyOf": [component("A"), component("B")] },
        "A": { "type": "object", "required": ["id", "a"], "properties": { "id": text(), "a": text() } },
        "B": { "allOf": [{ "type": "object", "required": ["id"], "properties": { "id": text(), "b": component("A") } }] },
    });
    let (api, _) = planned(answering("3.0.3", schemas));
    assert_eq!(fields(&api, "S"), ["id", "a?", "b?"]);
    let because = def(&api, "S").origin.reason.to_string();
    assert!(because.contains("several at once"), "{because}");
}

#[test]
fn objects_of_which_one_has_all_that_the_others_have_are_that_one() {
    let schemas = json!({
        "S": object(json!({ "item": { "anyOf": [component("Slim"), component("Full")] } })),
        "Slim": { "type": "object", "required": ["id"], "properties": { "id": text() } },
        "Full": { "allOf": [component("Slim"), object(json!({ "more": text() }))] },
    });
    let (api, _) = planned(answering("3.0.3", schemas));
    let Type::Named(id) = field(&api, "S", "item").ty else {
        panic!("{:?}", field(&api, "S", "item"));
    };
    assert_eq!(api.types.of(id).name, "Full");
}

#[test]
fn an_object_that_allows_everything_beside_one_with_properties_is_one_that_keeps_the_rest() {
    let either = json!({ "oneOf": [{ "type": "object" }, object(json!({ "s": text() }))] });
    let (api, _) = planned(answering(
        "3.0.3",
        json!({ "S": object(json!({ "m": either })) }),
    ));
    assert_eq!(fields(&api, "S m"), ["s?"]);
    let Shape::Struct(object) = &def(&api, "S m").shape else {
        panic!("no object");
    };
    assert_eq!(object.additional, Some(Type::Any));
    let because = field(&api, "S", "m").origin.reason.to_string();
    assert!(because.contains("several at once"), "{because}");
}

#[test]
fn objects_beside_properties_add_theirs() {
    let schemas = json!({ "S": {
        "type": "object", "required": ["own"], "properties": { "own": text() },
        "anyOf": [object(json!({ "a": text() })), object(json!({ "b": text() }))],
    } });
    let (api, _) = planned(answering("3.0.3", schemas));
    assert_eq!(fields(&api, "S"), ["own", "a?", "b?"]);
}

#[test]
fn objects_stay_apart_that_exclude_each_other_or_do_not_agree() {
    let one =
        |kind: &str, of: &str| object(json!({ "kind": { "enum": [kind] }, "a": { "type": of } }));
    for either in [
        json!({ "anyOf": [one("x", "string"), one("y", "string")] }),
        json!({ "anyOf": [object(json!({ "a": text() })), object(json!({ "a": { "type": "integer" } }))] }),
        json!({ "oneOf": [object(json!({ "a": text() })), object(json!({ "b": text() }))] }),
        json!({ "anyOf": [object(json!({ "a": text() })), text()] }),
    ] {
        let (api, _) = planned(answering("3.0.3", json!({ "S": either })));
        assert!(matches!(def(&api, "S").shape, Shape::Union(_)), "{either}");
    }
}

#[test]
fn conditions_and_what_nothing_evaluates_are_properties() {
    let schemas = json!({
        "S": {
            "allOf": [component("A")],
            "if": { "required": ["x"] },
            "then": { "required": ["y"], "properties": { "y": text() } },
            "else": { "properties": { "y": text(), "z": text() } },
            "dependentSchemas": { "z": { "properties": { "w": text() } } },
            "dependentRequired": { "z": ["v"] },
        },
        "A": object(json!({ "x": text(), "map": component("Map") })),
        "Map": { "unevaluatedProperties": { "type": "integer" } },
    });
    let (api, _) = planned(answering("3.1.0", schemas));
    assert_eq!(fields(&api, "S"), ["x?", "map?", "y?", "z?", "w?", "v?"]);
    let Shape::Alias(Type::Map(values)) = &def(&api, "Map").shape else {
        panic!("{:?}", def(&api, "Map"));
    };
    assert_eq!(**values, Type::Int64);
}

/// The names of the inline types of a document with these answers, each by the operation that gives it.
fn names(answers: &[(&str, &str, Value)]) -> Vec<String> {
    let mut tree = answering("3.0.3", json!({}));
    for (operation, status, schema) in answers {
        tree["paths"][format!("/{operation}")]["get"] = json!({
            "operationId": operation,
            "responses": { *status: { "description": "", "content": { "application/json": { "schema": schema } } } },
        });
    }
    let (api, _) = planned(tree);
    let types = api.types.iter().map(|(_, def)| def);
    types
        .filter(|def| !def.joined)
        .map(|def| def.name.clone())
        .collect()
}

#[test]
fn a_type_of_several_operations_is_named_for_what_their_places_have_in_common() {
    let book = || object(json!({ "a": text(), "b": text(), "c": text() }));
    let list = json!({ "type": "array", "items": book() });
    let books = [("listBooks", "200", list), ("getBook", "200", book())];
    assert_eq!(names(&books), ["book"]);
    let wide =
        || object(json!({ "state": { "type": "string", "enum": ["on", "off"] }, "x": book() }));
    let found = names(&[
        ("getPet", "200", wide()),
        (
            "findPet",
            "200",
            json!({ "type": "array", "items": wide() }),
        ),
    ]);
    assert_eq!(found, ["pet", "pet state", "pet x"]);
}

#[test]
fn an_error_of_several_operations_is_named_for_its_status() {
    let error = || object(json!({ "a": text(), "b": text(), "c": text() }));
    let same = [("getX", "404", error()), ("getY", "404", error())];
    assert_eq!(names(&same), ["not found error"]);
    let several = [("getX", "404", error()), ("getY", "400", error())];
    assert_eq!(names(&several), ["error"]);
}

#[test]
fn a_small_type_of_several_operations_is_named_for_its_members() {
    let one = || object(json!({ "file": text() }));
    let found = names(&[("getX", "200", one()), ("getY", "200", one())]);
    assert_eq!(found, ["file response"]);
}

#[test]
fn types_stay_apart_whose_places_have_nothing_in_common() {
    let wide = || object(json!({ "a": text(), "b": text(), "c": text() }));
    let found = names(&[("getX", "200", wide()), ("getY", "200", wide())]);
    assert_eq!(found, ["getX response", "getY response"]);
    let state = json!({ "type": "string", "enum": ["on", "off"] });
    let of = |extra: &str| object(json!({ "state": state, extra: text() }));
    let found = names(&[("getX", "200", of("a")), ("getY", "200", of("b"))]);
    assert!(
        found.contains(&"getX response state".to_owned()),
        "{found:?}"
    );
    assert!(
        found.contains(&"getY response state".to_owned()),
        "{found:?}"
    );
}

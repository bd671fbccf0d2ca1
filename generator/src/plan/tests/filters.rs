//! What fields of filters are compared with, and what is no filter.

use super::planned;
use crate::plan::model::{Api, Combination, Expression, FieldKind, Filter};
use serde_json::{Value, json};

/// A list that is filtered by these fields, of items of this schema.
fn list(fields: &[&str], item: Value, schemas: Value) -> Value {
    let fields: serde_json::Map<String, Value> = fields
        .iter()
        .map(|name| ((*name).to_owned(), json!(["eq"])))
        .collect();
    with_parameter(
        json!({"name": "filters", "in": "query", "schema": {"type": "string"}, "x-filter": {"fields": fields}}),
        json!({"type": "array", "items": item}),
        schemas,
    )
}

fn with_parameter(parameter: Value, answer: Value, schemas: Value) -> Value {
    json!({
        "openapi": "3.0.3",
        "info": {"title": "Pets", "version": "1"},
        "servers": [{"url": "https://pets.example"}],
        "paths": {"/pets": {"get": {
            "operationId": "listPets",
            "parameters": [parameter],
            "responses": {"200": {
                "description": "The pets.",
                "content": {"application/json": {"schema": answer}}
            }}
        }}},
        "components": {"schemas": schemas}
    })
}

fn filter(api: &Api) -> &Filter {
    match &api.operations[0].parameters[0].expression {
        Some(Expression::Filter(filter)) => filter,
        other => panic!("{other:?} is no filter"),
    }
}

fn kinds(document: Value) -> Vec<(String, FieldKind, Option<String>)> {
    let (api, _) = planned(document);
    let fields = filter(&api).fields.iter();
    fields
        .map(|field| {
            let property = field.reason.property();
            let property = property.map(|pointer| pointer.as_str().to_owned());
            (field.wire.as_str().to_owned(), field.kind, property)
        })
        .collect()
}

#[test]
fn kinds_are_those_of_the_items_properties() {
    let names = [
        "name", "size", "weight", "tame", "born", "day", "kind", "nowhere",
    ];
    let pet = json!({"type": "object", "properties": {
        "name": {"type": "string"},
        "size": {"type": "integer"},
        "weight": {"type": "number"},
        "tame": {"type": "boolean"},
        "born": {"type": "string", "format": "date-time"},
        "day": {"type": "string", "format": "date"},
        "kind": {"type": "string", "enum": ["cat", "dog"]}
    }});
    let place = |name: &str| Some(format!("/components/schemas/Pet/properties/{name}"));
    let expected = [
        ("name", FieldKind::Text, place("name")),
        ("size", FieldKind::Number, place("size")),
        ("weight", FieldKind::Number, place("weight")),
        ("tame", FieldKind::Flag, place("tame")),
        ("born", FieldKind::DateTime, place("born")),
        ("day", FieldKind::Date, place("day")),
        ("kind", FieldKind::Text, place("kind")),
        ("nowhere", FieldKind::Text, None),
    ];
    let expected = expected.map(|(name, kind, place)| (name.to_owned(), kind, place));
    let item = json!({"$ref": "#/components/schemas/Pet"});
    assert_eq!(kinds(list(&names, item, json!({"Pet": pet}))), expected);
}

#[test]
fn dots_lead_through_references_lists_and_all_of() {
    let schemas = json!({
        "Pet": {"allOf": [{"$ref": "#/components/schemas/Animal"}, {"type": "object", "properties": {
            "owner": {"allOf": [{"$ref": "#/components/schemas/Owner"}]},
            "visits": {"type": "array", "items": {"type": "object", "properties": {"at": {"type": "string", "format": "date-time"}}}},
            "weights": {"type": "array", "items": {"type": "number"}},
            "flat.name": {"type": "boolean"}
        }}]},
        "Animal": {"type": "object", "properties": {"legs": {"type": "integer"}}},
        "Owner": {"type": "object", "properties": {"age": {"allOf": [{"type": "integer"}]}, "pet": {"$ref": "#/components/schemas/Pet"}}}
    });
    let names = [
        "legs",
        "owner.age",
        "owner.pet.legs",
        "visits.at",
        "weights",
        "flat.name",
        "owner",
        "owner.pet.owner.pet.nothing",
    ];
    let item = json!({"$ref": "#/components/schemas/Pet"});
    let kinds: Vec<FieldKind> = kinds(list(&names, item, schemas))
        .into_iter()
        .map(|(_, kind, _)| kind)
        .collect();
    let expected = [
        FieldKind::Number,
        FieldKind::Number,
        FieldKind::Number,
        FieldKind::DateTime,
        FieldKind::Number,
        FieldKind::Flag,
        FieldKind::Text,
        FieldKind::Text,
    ];
    assert_eq!(kinds, expected);
}

#[test]
fn schemas_that_hold_each_other_have_an_end() {
    let schemas = json!({
        "A": {"anyOf": [{"$ref": "#/components/schemas/B"}, {"$ref": "#/components/schemas/A"}]},
        "B": {"oneOf": [{"$ref": "#/components/schemas/A"}, {"$ref": "#/components/schemas/B"}]}
    });
    let item = json!({"type": "object", "properties": {"a": {"$ref": "#/components/schemas/A"}}});
    for (_, kind, property) in kinds(list(&["a", "a.b", "c"], item, schemas)) {
        assert_eq!((kind, property), (FieldKind::Text, None));
    }
}

#[test]
fn both_words_combine_where_nothing_is_said() {
    let combined = |extension: Value| {
        let parameter = json!({"name": "q", "in": "query", "schema": {"type": "string"}, "x-filter": extension});
        let (api, told) = planned(with_parameter(parameter, json!({}), json!({})));
        assert!(
            told.iter().all(|(code, _)| *code != "filter-malformed"),
            "{told:?}"
        );
        filter(&api).combine.iter().copied().collect::<Vec<_>>()
    };
    let fields = json!({"a": ["eq"]});
    let (and, or) = (Combination::And, Combination::Or);
    assert_eq!(combined(json!({"fields": fields})), [and, or]);
    assert_eq!(combined(json!({"fields": fields, "combine": ["or"]})), [or]);
    assert_eq!(combined(json!({"fields": fields, "combine": []})), []);
}

#[test]
fn what_is_malformed_is_told_and_stays_a_text() {
    let text = json!({"type": "string"});
    let filter =
        |value: Value| json!({"name": "q", "in": "query", "schema": text, "x-filter": value});
    let sort = |value: Value| json!({"name": "q", "in": "query", "schema": text, "x-sort": value});
    let fields = json!({"a": ["eq"]});
    let malformed = [
        (filter(json!("a")), "/x-filter"),
        (filter(json!({})), "/x-filter"),
        (filter(json!({"fields": {}})), "/x-filter/fields"),
        (filter(json!({"fields": {"a": "eq"}})), "/x-filter/fields/a"),
        (filter(json!({"fields": {"a": []}})), "/x-filter/fields/a"),
        (
            filter(json!({"fields": {"a": ["eq", "like"]}})),
            "/x-filter/fields/a/1",
        ),
        (
            filter(json!({"fields": {"a b": ["eq"]}})),
            "/x-filter/fields/a b",
        ),
        (filter(json!({"fields": {"": ["eq"]}})), "/x-filter/fields/"),
        (
            filter(json!({"fields": fields, "combine": ["xor"]})),
            "/x-filter/combine/0",
        ),
        (
            filter(json!({"fields": fields, "other": 1})),
            "/x-filter/other",
        ),
        (sort(json!([])), "/x-sort"),
        (sort(json!({"a": 1})), "/x-sort"),
        (sort(json!(["a", 1])), "/x-sort/1"),
        (sort(json!(["-a"])), "/x-sort/0"),
        (
            json!({"name": "q", "in": "header", "schema": text, "x-sort": ["a"]}),
            "/x-sort",
        ),
        (
            json!({"name": "q", "in": "query", "schema": {"type": "integer"}, "x-filter": {"fields": fields}}),
            "/x-filter",
        ),
        (
            json!({"name": "q", "in": "query", "schema": text, "x-filter": {"fields": fields}, "x-sort": ["a"]}),
            "/x-sort",
        ),
    ];
    for (parameter, place) in malformed {
        let shown = parameter.to_string();
        let (api, told) = planned(with_parameter(parameter, json!({}), json!({})));
        let pointer = format!("/paths/~1pets/get/parameters/0{place}");
        assert!(
            told.contains(&("filter-malformed", pointer)),
            "{shown}: {told:?}"
        );
        assert!(
            api.operations[0].parameters[0].expression.is_none(),
            "{shown}"
        );
    }
}

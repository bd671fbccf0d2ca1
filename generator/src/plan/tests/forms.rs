//! A type is decided for each use, not by which use comes first.

use super::{field, planned};
use crate::plan::model::{Api, Shape, Type};
use serde_json::{Value, json};

fn operation(id: &str, media_type: &str) -> Value {
    json!({
        "operationId": id,
        "requestBody": { "content": { media_type: { "schema": { "$ref": "#/components/schemas/Upload" } } } },
        "responses": { "204": { "description": "" } },
    })
}

const FORM: &str = "multipart/form-data";
const JSON: &str = "application/json";

/// A document whose operations send `Upload` as these media types, in this order.
fn api(media_types: [&str; 2], content: Value) -> Api {
    let [first, second] = media_types;
    planned(json!({
        "openapi": "3.0.3", "info": { "title": "T", "version": "1" },
        "paths": { "/a": { "post": operation("first", first) }, "/b": { "post": operation("second", second) } },
        "components": { "schemas": {
            "Upload": { "type": "object", "properties": { "part": { "$ref": "#/components/schemas/Part" } } },
            "Part": { "type": "object", "properties": { "content": content } },
        } },
    }))
    .0
}

fn names(api: &Api) -> Vec<&str> {
    let mut names: Vec<&str> = api.types.iter().map(|(_, def)| def.name.as_str()).collect();
    names.sort();
    names
}

#[test]
fn binary_text_is_bytes_in_the_form_and_text_elsewhere_in_either_order() {
    let binary = json!({ "type": "string", "format": "binary" });
    for order in [[FORM, JSON], [JSON, FORM]] {
        let api = api(order, binary.clone());
        assert_eq!(
            names(&api),
            ["Part", "Part form", "Upload", "Upload form"],
            "{order:?}"
        );
        assert_eq!(field(&api, "Part", "content").ty, Type::String, "{order:?}");
        assert_eq!(
            field(&api, "Part form", "content").ty,
            Type::Binary,
            "{order:?}"
        );
        for operation in &api.operations {
            let content = &operation.body.as_ref().expect("a body").content;
            let Some(Type::Named(id)) = content.encoding.ty() else {
                panic!("the body has no type of its own");
            };
            let def = api.types.get(*id).expect("a type");
            let is_form = content.media_type == FORM;
            assert_eq!(def.name == "Upload form", is_form, "{order:?}");
            assert!(matches!(def.shape, Shape::Struct(_)));
        }
    }
}

#[test]
fn what_holds_nothing_binary_is_one_type() {
    let api = api([FORM, JSON], json!({ "type": "string" }));
    assert_eq!(names(&api), ["Part", "Upload"]);
}

#[test]
fn what_is_used_in_forms_alone_keeps_its_name() {
    let api = api(
        [FORM, FORM],
        json!({ "type": "string", "format": "binary" }),
    );
    assert_eq!(names(&api), ["Part", "Upload"]);
    assert_eq!(field(&api, "Part", "content").ty, Type::Binary);
}

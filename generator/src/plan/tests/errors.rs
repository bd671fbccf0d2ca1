//! Refusals are read as what their own operation declares, whatever other operations declare for the same status.

use super::planned;
use crate::plan::model::{Encoding, Status, Type};
use serde_json::{Value, json};

/// What a status of the second operation is read as: its body, when the first operation declares `first` and the second `second`.
fn read_as(mut first: Value, mut second: Value, status: Status) -> Option<Encoding> {
    // Without a success, `default` would be one.
    first["204"] = json!({ "description": "" });
    second["204"] = json!({ "description": "" });
    let operation = |id: &str, responses: Value| json!({ "get": { "operationId": id, "responses": responses } });
    let (api, _) = planned(json!({
        "openapi": "3.0.3",
        "info": { "title": "T", "version": "1" },
        "paths": { "/a": operation("a", first), "/b": operation("b", second) },
    }));
    let operation = api.operations.get(1).expect("a second operation");
    api[operation.errors].answers.get(&status).cloned()
}

fn body(ty: &str) -> Value {
    json!({ "description": "", "content": { "application/json": { "schema": { "type": ty } } } })
}

#[test]
fn a_default_answer_is_not_read_as_another_operations_status() {
    let found = read_as(
        json!({ "501": body("integer") }),
        json!({ "default": body("boolean") }),
        Status::Code(501),
    );
    assert_eq!(found, None, "501 of the second is its default");
}

#[test]
fn a_range_is_not_read_as_another_operations_status() {
    let found = read_as(
        json!({ "404": body("integer") }),
        json!({ "4XX": body("boolean") }),
        Status::Code(404),
    );
    assert_eq!(found, None, "404 of the second is in its range");
}

#[test]
fn a_status_that_an_operation_does_not_declare_is_read_as_the_others_read_it() {
    let found = read_as(
        json!({ "404": body("integer"), "500": body("integer") }),
        json!({ "500": body("integer") }),
        Status::Code(404),
    );
    assert_eq!(found, Some(Encoding::Json(Type::Int64)));
}

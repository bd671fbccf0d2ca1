//! Operations of a JSON Patch (RFC 6902): takes a value, tells whether it is one, and gives the call of the runtime that makes it.

use super::literals::Expr;
use serde_json::{Map, Value};

/// Whether a value is an operation that a call of the runtime can make.
pub(super) fn is_patch_operation(value: &Value) -> bool {
    value
        .as_object()
        .is_some_and(|members| call(members).is_some())
}

/// The call that makes an operation; `None` for a value that is none.
pub(super) fn patch_expr(members: &Map<String, Value>) -> Option<Expr> {
    let (function, texts, value) = call(members)?;
    let texts = texts.into_iter().map(|text| Expr::Text(text.to_owned()));
    let value = value.map(|value| match value {
        Value::String(text) => Expr::Text(text.clone()),
        Value::Bool(_) => Expr::Scalar(value.clone()),
        value => Expr::Json(value.clone()),
    });
    Some(Expr::Patch(function, texts.chain(value).collect()))
}

/// The function of the runtime, its texts, and its value.
fn call(members: &Map<String, Value>) -> Option<(&'static str, Vec<&str>, Option<&Value>)> {
    let text = |name: &str| members.get(name).and_then(Value::as_str);
    let path = text("path")?;
    let (function, texts, value) = match text("op")? {
        "add" => ("add", vec![path], members.get("value")),
        "replace" => ("replace", vec![path], members.get("value")),
        "test" => ("test", vec![path], members.get("value")),
        "remove" => ("remove", vec![path], None),
        "move" => ("move_from", vec![text("from")?, path], None),
        "copy" => ("copy_from", vec![text("from")?, path], None),
        _ => return None,
    };
    let needs_value = matches!(function, "add" | "replace" | "test");
    let count = 1 + texts.len() + usize::from(value.is_some());
    (value.is_some() == needs_value && count == members.len()).then_some((function, texts, value))
}

//! Scalars of a type and format, the same ones in every run.

use sdk_generator::facts::SchemaType;
use serde_json::{Value, json};

/// A scalar; by chance where there is one.
pub(crate) fn make(ty: SchemaType, format: &str, chance: Option<&mut fastrand::Rng>) -> Value {
    let values = match (ty, format) {
        (SchemaType::String, "date-time") => vec![
            json!("2024-01-31T12:00:00Z"),
            json!("1999-12-31T23:59:60.123456789+05:30"),
        ],
        (SchemaType::String, "date") => vec![json!("2024-01-31"), json!("0001-02-29")],
        (SchemaType::String, "byte" | "base64") => vec![json!("dGV4dA=="), json!("")],
        (SchemaType::String, "base64url") => vec![json!("dGV4dA"), json!("_-8")],
        (SchemaType::Integer | SchemaType::Number, "uint64") => {
            vec![json!(1), json!(u64::MAX), json!(0)]
        }
        (SchemaType::Integer, "int32") => vec![json!(1), json!(i32::MIN), json!(i32::MAX)],
        (SchemaType::Integer, _) | (SchemaType::Number, "int32" | "int64" | "integer") => {
            vec![json!(1), json!(i64::MIN), json!(i64::MAX), json!(0)]
        }
        (SchemaType::Number, _) => vec![
            json!(1.5),
            json!(3),
            json!(-0.1),
            json!(0.300_000_000_000_000_04),
            json!(1.797_693_134_862_315_7e308),
            json!(5e-324),
            json!(9_007_199_254_740_991_u64),
        ],
        (SchemaType::Boolean, _) => vec![json!(true), json!(false)],
        _ => vec![
            json!("text"),
            json!(""),
            json!("12345"),
            json!("true"),
            json!("null"),
            json!(" \"\\\u{8}\n\u{1f600}\u{e9}\u{202e}"),
        ],
    };
    pick(values, chance)
}

/// A value of which nothing is said.
pub(crate) fn anything(chance: Option<&mut fastrand::Rng>) -> Value {
    let values = vec![
        json!({"a": [1, null, {"b": 2.5}], "c": "d"}),
        json!("text"),
        json!(1),
        json!(1.5),
        json!([]),
        json!(false),
    ];
    pick(values, chance)
}

fn pick(mut values: Vec<Value>, chance: Option<&mut fastrand::Rng>) -> Value {
    let index = chance.map_or(0, |random| random.usize(..values.len()));
    values.swap_remove(index)
}

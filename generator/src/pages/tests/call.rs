//! The call of an operation in its test: takes the operation's inputs, gives the arguments that are passed and what the server
//! must see of them.

use super::super::rust::{Imports, TypePlace, call_chain, expr_text, type_text};
use super::Json;
use crate::plan::model::{Content, Credentials, Encoding, Location, Operation, Parameter, Type};
use crate::plan::rust::rust_type;
use crate::plan::values::{can_stand, example_of_range, wire};
use crate::plan::{Input, Plan};
use crate::tokens;
use serde_json::Value;

/// A call of the client, and what it makes the exchange expect.
pub(super) struct Call {
    /// The path as it is sent.
    pub(super) path: String,
    /// The calls that tell the exchange what to expect.
    pub(super) expectations: Vec<String>,
    pub(super) arguments: Vec<String>,
    /// The calls of setters, one behind the other.
    pub(super) setters: String,
    pub(super) imports: Imports,
}

impl Call {
    pub(super) fn of(plan: &Plan, operation: &Operation, json: &mut Json<'_>) -> Self {
        let mut imports = Imports::default();
        let mut arguments = Vec::new();
        let mut setters = String::new();
        let mut sent: Vec<(&Parameter, Value)> = Vec::new();
        let mut body = None;
        for input in &operation.inputs() {
            let value = plan.input_example(input);
            json.complete &= input.ty.is_none_or(|ty| plan.is_example(&value, ty));
            // A call with what no request can carry fails, as it should.
            json.complete &= input
                .parameter
                .is_none_or(|parameter| can_stand(&value, parameter));
            let argument = match (input.ty, input.parameter, input.content) {
                (Some(ty), Some(parameter), _) => {
                    sent.push((parameter, plan.rewritten(&value, ty)));
                    argument(plan, input, &mut imports, json)
                }
                (ty, _, content) => {
                    let text = json.text(super::BODY, &tokens::json(&value));
                    body = content.map(|content| expect_body(plan, content, &value, &text));
                    match ty {
                        // A body is read from its JSON, so that the test proves the wire names as well.
                        Some(ty) => body_argument(plan, ty, &value, &text, json),
                        None => argument(plan, input, &mut imports, json),
                    }
                }
            };
            if input.required {
                arguments.push(argument);
            } else {
                setters.push_str(&format!(".{}({argument})", input.ident));
            }
        }
        let values: Vec<(&Parameter, &Value)> = sent
            .iter()
            .map(|(parameter, value)| (*parameter, value))
            .collect();
        let (path, fixed) = wire::path_and_query(&operation.path, &values);
        let mut expectations: Vec<String> =
            fixed.iter().map(|pair| pair_call("query", pair)).collect();
        for (parameter, value) in values {
            expectations.extend(expect_parameter(parameter, value));
        }
        expectations.extend(body);
        expectations.extend(match &operation.credentials {
            Credentials::Client => None,
            Credentials::Basic => Some("auth(\"Basic\")".to_owned()),
            Credentials::Anonymous => Some("auth(\"none\")".to_owned()),
            Credentials::Schemes(_) => plan
                .credentials_call(operation)
                .map(|call| call_chain(&[call])),
        });
        Self {
            path,
            expectations,
            arguments,
            setters,
            imports,
        }
    }
}

/// An argument as an expression.
fn argument(plan: &Plan, input: &Input<'_>, imports: &mut Imports, json: &mut Json<'_>) -> String {
    match plan.input_expr(input) {
        Some(expr) => {
            imports.add(&expr);
            expr_text(plan, &expr)
        }
        None => {
            json.complete = false;
            String::new()
        }
    }
}

/// A call that expects a name with a value.
fn pair_call(method: &str, (name, value): &(String, String)) -> String {
    format!(
        "{method}({}, {})",
        tokens::string(name),
        tokens::string(value)
    )
}

/// What a parameter makes the exchange expect; those of the path stand in the path.
fn expect_parameter(parameter: &Parameter, value: &Value) -> Vec<String> {
    let name = parameter.wire.as_str();
    let pairs = || wire::query_pairs(name, value, parameter.style);
    match parameter.location {
        Location::Path => Vec::new(),
        Location::Query => pairs()
            .iter()
            .map(|pair| pair_call("query", pair))
            .collect(),
        // What holds nothing makes no cookie, in whatever style.
        Location::Cookie => pairs()
            .iter()
            .filter(|_| !is_empty(value))
            .map(|pair| pair_call("cookie", pair))
            .collect(),
        Location::Header => {
            let text = wire::header_text(parameter, value);
            let sent = !text.is_empty() || value.is_string();
            sent.then(|| pair_call("header", &(name.to_owned(), text)))
                .into_iter()
                .collect()
        }
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        _ => false,
    }
}

/// What a body makes the exchange expect; `text` is the expression for its JSON.
fn expect_body(plan: &Plan, content: &Content, value: &Value, text: &str) -> String {
    let media_type = tokens::string(content.sent_media_type());
    let list = |pairs: &[(String, String)]| {
        let pairs: Vec<String> = pairs
            .iter()
            .map(|(name, value)| format!("({}, {})", tokens::string(name), tokens::string(value)))
            .collect();
        pairs.join(", ")
    };
    match &content.encoding {
        Encoding::Json(_) if wire::is_plain_json(content) => format!("body({text})"),
        Encoding::Json(_) => format!("body({text}).header(\"Content-Type\", {media_type})"),
        Encoding::Form(ty) => {
            let value = plan.rewritten(value, ty);
            format!("form(&[{}])", list(&wire::form_pairs(content, &value)))
        }
        Encoding::Multipart(ty) => {
            let value = plan.rewritten(value, ty);
            format!("parts(&[{}])", list(&wire::parts(content, &value)))
        }
        Encoding::Text | Encoding::Bytes => {
            let chosen = example_of_range(content).map(tokens::string);
            let media_type = chosen.unwrap_or(media_type);
            format!("body_text({media_type}, \"text\")")
        }
    }
}

fn body_argument(plan: &Plan, ty: &Type, value: &Value, text: &str, json: &mut Json<'_>) -> String {
    let plain = plan.through_alias(ty);
    match plain {
        Type::String => return tokens::string(value.as_str().unwrap_or_default()),
        Type::Int32 | Type::Int64 | Type::Uint64 | Type::Double | Type::Boolean => {
            return value.to_string();
        }
        _ => json.read = true,
    }
    match plain {
        Type::Array(inner) => {
            json.models |= !inner.named().is_empty();
            format!(
                "&json::<Vec<{}>>({text})",
                type_text(plan, &rust_type(inner), TypePlace::Crate)
            )
        }
        Type::Named(_) if plan.is_by_value(plain) => format!("json({text})"),
        _ => format!("&json({text})"),
    }
}

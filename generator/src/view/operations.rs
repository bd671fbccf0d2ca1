//! What the client code, the documentation and the tests all need to know of an operation, decided once.

use super::Context;
use super::literals::Imports;
use super::types::Site;
use crate::ir::{self, Encoding, Location, Operation, OperationId, SecurityKind, Type};
use crate::name::{OperationNames, RustIdent};
use crate::tokens;
use serde_json::Value;

/// A parameter or a body as callers meet it.
pub(super) struct Input<'a> {
    /// Its Rust name.
    pub(super) ident: &'a str,
    /// What it is on the wire; `None` for the body.
    pub(super) parameter: Option<&'a ir::Parameter>,
    /// Its type; `None` for a body that is not JSON.
    pub(super) ty: Option<&'a Type>,
    /// The body's encoding; `None` for a parameter.
    pub(super) content: Option<&'a ir::Content>,
    /// Whether it is an argument or a setter.
    pub(super) required: bool,
    /// What it is for.
    pub(super) description: Option<&'a str>,
}

impl<'a> Context<'a> {
    /// What an operation takes: its parameters, then its body.
    pub(super) fn inputs(
        &self,
        operation: &'a Operation,
        names: &'a OperationNames,
    ) -> Vec<Input<'a>> {
        let parameters =
            operation
                .parameters
                .iter()
                .zip(&names.parameters)
                .map(|(parameter, ident)| Input {
                    ident: ident.as_str(),
                    parameter: Some(parameter),
                    ty: Some(&parameter.ty),
                    content: None,
                    required: parameter.required,
                    description: parameter.description.as_deref(),
                });
        let body = operation.body.iter().map(|body| Input {
            ident: "body",
            parameter: None,
            ty: match &body.content.encoding {
                Encoding::Json(ty) => Some(ty),
                Encoding::Text | Encoding::Bytes => None,
            },
            content: Some(&body.content),
            required: body.required,
            description: body.description.as_deref(),
        });
        parameters.chain(body).collect()
    }

    /// The type that a method takes an input as.
    pub(super) fn input_type(&self, input: &Input<'_>) -> String {
        match (input.ty, input.content.map(|content| &content.encoding)) {
            (Some(ty), _) => self.argument_type(ty),
            (None, Some(Encoding::Text)) => "&str".to_owned(),
            (None, _) => "Vec<u8>".to_owned(),
        }
    }

    /// The call that hands an input to the request, such as `query("allLanguages", &all_languages)`.
    pub(super) fn input_call(&self, input: &Input<'_>) -> String {
        match (input.parameter, input.content) {
            (Some(parameter), _) => {
                let setter = match parameter.location {
                    Location::Path => "path",
                    Location::Query => "query",
                    Location::Header | Location::Cookie => "header",
                };
                let value = self.argument_reference(&parameter.ty, input.ident);
                format!(
                    "{setter}({}, {value})",
                    tokens::string(parameter.wire.as_str())
                )
            }
            (None, Some(content)) => match &content.encoding {
                Encoding::Json(ty) if content.media_type == "application/json" => {
                    format!("json({})", self.argument_reference(ty, input.ident))
                }
                Encoding::Json(ty) => {
                    let value = self.argument_reference(ty, input.ident);
                    format!(
                        "json({value}).header(\"Content-Type\", {})",
                        tokens::string(&content.media_type)
                    )
                }
                Encoding::Text | Encoding::Bytes => {
                    format!(
                        "body({}, {})",
                        tokens::string(&content.media_type),
                        input.ident
                    )
                }
            },
            (None, None) => String::new(),
        }
    }

    /// A value for an input: the document's example, or one made up. For bodies that are not JSON, text.
    pub(super) fn input_example(&self, input: &Input<'_>) -> Value {
        match input.ty {
            Some(ty) => {
                let given = input.parameter.map_or_else(
                    || {
                        input
                            .content
                            .and_then(|content| content.example.as_ref())
                            .into_iter()
                            .collect::<Vec<_>>()
                    },
                    |parameter| parameter.example.iter().chain(&parameter.default).collect(),
                );
                let place = input.parameter.map(|parameter| parameter.location);
                self.example(
                    ty,
                    given.into_iter().filter(|value| can_stand(value, place)),
                )
            }
            None => Value::String("text".to_owned()),
        }
    }

    /// An argument for an input.
    pub(super) fn input_argument(&self, input: &Input<'_>, imports: &mut Imports) -> String {
        let value = self.input_example(input);
        match (input.ty, input.content.map(|content| &content.encoding)) {
            (Some(ty), _) => self.argument(&value, ty, imports),
            (None, Some(Encoding::Text)) => tokens::string("text"),
            (None, _) => "b\"text\".to_vec()".to_owned(),
        }
    }

    /// What the runtime is told of an operation's security; `None` when it is the client's own.
    pub(super) fn security_call(&self, operation: &Operation) -> Option<&'static str> {
        let scheme = self.scheme()?;
        if operation.security.is_empty() {
            return Some("anonymous()");
        }
        let asks = |name: &str| {
            operation
                .security
                .iter()
                .any(|requirement| requirement.scheme == name)
        };
        if asks(&scheme.name) {
            return None;
        }
        let basic = self
            .api
            .security_schemes
            .values()
            .any(|other| other.kind == SecurityKind::Basic && asks(&other.name));
        basic.then_some("basic_auth()")
    }

    /// The call that says how the answer is read, such as `returns_json()`.
    pub(super) fn returns_call(&self, operation: &Operation) -> &'static str {
        match success_encoding(operation) {
            None => "returns_nothing()",
            Some(Encoding::Json(_)) => "returns_json()",
            Some(Encoding::Text) => "returns_text()",
            Some(Encoding::Bytes) => "returns_bytes()",
        }
    }

    /// The type of the answer.
    pub(super) fn output_type(&self, operation: &Operation, site: Site) -> String {
        self.body_type(success_encoding(operation), site)
    }

    /// The type that refusals are read as.
    pub(super) fn error_type(&self, operation: &Operation) -> String {
        if self.has_shared_errors(operation) {
            return "ErrorBody".to_owned();
        }
        // By its module, since an operation may be called so that its request has the same name.
        format!("error::{}", self.names.error_set(operation.errors))
    }

    /// Whether an operation's refusals are those of the shared set.
    pub(super) fn has_shared_errors(&self, operation: &Operation) -> bool {
        self.api
            .error_sets
            .get(operation.errors.0)
            .is_none_or(|set| set.owner.is_none())
    }

    /// The names of an operation, with its number.
    pub(super) fn operation_names(&self, id: OperationId) -> Option<&'a OperationNames> {
        self.names.operation(id)
    }
}

/// Whether a value can be sent where a parameter goes: a path has no empty, `.` or `..` segment, a header only visible ASCII.
fn can_stand(value: &Value, place: Option<Location>) -> bool {
    match (value, place) {
        (Value::String(text), Some(Location::Path)) => !matches!(text.as_str(), "" | "." | ".."),
        (Value::String(text), Some(Location::Header | Location::Cookie)) => is_header_text(text),
        _ => true,
    }
}

/// Whether text can be a header's value as it is (RFC 9110, 5.5).
pub(super) fn is_header_text(text: &str) -> bool {
    text.trim() == text && text.chars().all(|c| c == ' ' || c.is_ascii_graphic())
}

/// Whether text can be a header's name (RFC 9110, 5.6.2).
pub(super) fn is_token(text: &str) -> bool {
    !text.is_empty()
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c))
}

/// How the success answer is read.
pub(super) fn success_encoding(operation: &Operation) -> Option<&Encoding> {
    Some(&operation.success()?.content.as_ref()?.encoding)
}

/// Whether an operation has a request type of its own: it has optional inputs.
pub(super) fn has_setters(inputs: &[Input<'_>]) -> bool {
    inputs.iter().any(|input| !input.required)
}

/// The words of an operation: its summary, then its description, neither twice.
pub(super) fn words(operation: &Operation, method: &RustIdent) -> (String, Option<String>) {
    let summary = operation
        .summary
        .clone()
        .or_else(|| operation.description.clone());
    let summary = summary.unwrap_or_else(|| format!("`{}`", method.word()));
    let description = operation
        .description
        .clone()
        .filter(|description| *description != summary);
    (summary, description)
}

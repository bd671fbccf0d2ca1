//! What the client code, the documentation and the tests all need to know of an operation, decided once.

use super::Context;
use super::literals::Imports;
use super::tests::expected;
use super::types::Site;
use crate::ir::{
    self, Encoding, Location, Operation, OperationId, Outcome, Parameter, ParameterStyle,
    SecurityKind, Shape, StyleKind, Type,
};
use crate::name::{OperationNames, RustIdent};
use crate::tokens;
use serde_json::Value;

/// A parameter or a body as callers meet it.
pub(super) struct Input<'a> {
    /// Its Rust name.
    pub(super) ident: &'a str,
    /// What it is on the wire; `None` for the body.
    pub(super) parameter: Option<&'a ir::Parameter>,
    /// Its type; `None` for a body that is text or bytes.
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
            ty: body.content.encoding.ty(),
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
            (None, _) => "impl Into<sdk_runtime::Body>".to_owned(),
        }
    }

    /// The call that hands an input to the request, such as `query("allLanguages", &all_languages)`.
    pub(super) fn input_call(&self, input: &Input<'_>) -> String {
        match (input.parameter, input.content) {
            (Some(parameter), _) => self.parameter_call(parameter, input.ident),
            (None, Some(content)) => self.body_call(content, input.ident),
            (None, None) => String::new(),
        }
    }

    fn parameter_call(&self, parameter: &Parameter, ident: &str) -> String {
        let setter = match parameter.location {
            Location::Path => "path",
            Location::Query => "query",
            Location::Header => "header",
            Location::Cookie => "cookie",
        };
        let wire = tokens::string(parameter.wire.as_str());
        let value = self.argument_reference(&parameter.ty, ident);
        let joined = ParameterStyle {
            explode: false,
            ..ParameterStyle::new(StyleKind::Form)
        };
        match self.style(parameter) {
            None => format!("{setter}({wire}, {value})"),
            Some(style) if style == joined && parameter.location == Location::Query => {
                format!("query_joined({wire}, {value})")
            }
            Some(style) => format!("{setter}_styled({wire}, {value}, {})", expression(style)),
        }
    }

    /// The style in which a parameter's value is written; `None` where that is what its place implies.
    pub(super) fn style(&self, parameter: &Parameter) -> Option<ParameterStyle> {
        let default = ParameterStyle::of(parameter.location);
        let mut style = parameter.style;
        if !self.is_composite(&parameter.ty) {
            // One value is written the same in all of the others.
            style = match style.kind {
                StyleKind::Json => style,
                StyleKind::Label | StyleKind::Matrix => ParameterStyle::new(style.kind),
                _ => ParameterStyle {
                    allow_reserved: style.allow_reserved,
                    ..default
                },
            };
        }
        (style != default).then_some(style)
    }

    /// Whether values of a type have items or members.
    fn is_composite(&self, ty: &Type) -> bool {
        match self.through_alias(ty) {
            Type::Array(_) | Type::Map(_) | Type::Nullable(_) | Type::Any => true,
            Type::Named(id) => self
                .api
                .types
                .get(*id)
                .is_some_and(|def| !matches!(def.shape, Shape::Enum(_))),
            _ => false,
        }
    }

    fn body_call(&self, content: &ir::Content, ident: &str) -> String {
        let media_type = tokens::string(content.sent_media_type());
        let value = |ty| self.argument_reference(ty, ident);
        match &content.encoding {
            Encoding::Json(ty) if content.sent_media_type() == "application/json" => {
                format!("json({})", value(ty))
            }
            Encoding::Json(ty) => {
                format!("json({}).header(\"Content-Type\", {media_type})", value(ty))
            }
            Encoding::Form(ty) => {
                let members = members(content, |member| member.style.map(expression));
                match members.is_empty() {
                    true => format!("form({})", value(ty)),
                    false => format!("form_styled({}, &[{members}])", value(ty)),
                }
            }
            Encoding::Multipart(ty) => {
                let members = members(content, |member| {
                    member.content_type.as_deref().map(tokens::string)
                });
                match members.is_empty() {
                    true => format!("multipart({})", value(ty)),
                    false => format!("multipart_typed({}, &[{members}])", value(ty)),
                }
            }
            Encoding::Text | Encoding::Bytes => format!("body({media_type}, {ident})"),
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
                let can_stand = |value: &&Value| {
                    input
                        .parameter
                        .is_none_or(|parameter| can_stand(value, parameter))
                };
                self.example(ty, given.into_iter().filter(can_stand))
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

    /// The calls that say how the answer is read, such as `returns_json()`.
    pub(super) fn returns_calls(&self, operation: &Operation) -> Vec<String> {
        let kind = |encoding: &Encoding| match encoding {
            Encoding::Text => "text",
            Encoding::Bytes => "bytes",
            _ => "json",
        };
        let returns = match operation.outcome() {
            Outcome::Nothing => "returns_nothing()".to_owned(),
            Outcome::One(encoding) => format!("returns_{}()", kind(encoding)),
            Outcome::Optional(encoding) => format!("returns_optional_{}()", kind(encoding)),
            Outcome::Several(_) => return vec!["returns_by_status()".to_owned()],
        };
        let accept = accept(operation);
        accept
            .map(|accept| format!("accept({})", tokens::string(&accept)))
            .into_iter()
            .chain([returns])
            .collect()
    }

    /// The type of the answer.
    pub(super) fn output_type(
        &self,
        operation: &Operation,
        names: &OperationNames,
        site: Site,
    ) -> String {
        match operation.outcome() {
            Outcome::Nothing => "()".to_owned(),
            Outcome::One(encoding) => self.body_type(Some(encoding), site),
            Outcome::Optional(encoding) => {
                format!("Option<{}>", self.body_type(Some(encoding), site))
            }
            Outcome::Several(_) => names
                .response
                .as_ref()
                .map_or_else(|| "()".to_owned(), ToString::to_string),
        }
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

/// A style as an expression.
fn expression(style: ParameterStyle) -> String {
    let name = match style.kind {
        StyleKind::Simple => "SIMPLE",
        StyleKind::Label => "LABEL",
        StyleKind::Matrix => "MATRIX",
        StyleKind::Form => "FORM",
        StyleKind::SpaceDelimited => "SPACE_DELIMITED",
        StyleKind::PipeDelimited => "PIPE_DELIMITED",
        StyleKind::DeepObject => "DEEP_OBJECT",
        StyleKind::Json => "JSON",
    };
    let explode = match (style.explode, ParameterStyle::new(style.kind).explode) {
        (true, false) => ".exploded()",
        (false, true) => ".joined()",
        _ => "",
    };
    let reserved = if style.allow_reserved {
        ".allow_reserved()"
    } else {
        ""
    };
    format!("sdk_runtime::Style::{name}{explode}{reserved}")
}

/// The members of a form that are written in a way of their own, as the items of a list.
fn members(content: &ir::Content, way: impl Fn(&ir::MemberEncoding) -> Option<String>) -> String {
    let members = content.members.iter().filter_map(|member| {
        let name = tokens::string(member.wire.as_str());
        Some(format!("({name}, {})", way(member)?))
    });
    members.collect::<Vec<_>>().join(", ")
}

/// What an operation asks for, where it is another thing than the way to read its answers implies: JSON under another
/// name, or one of several media types that it could have.
fn accept(operation: &Operation) -> Option<String> {
    let successes = operation.successes();
    let mut asked: Vec<&str> = Vec::new();
    let mut chosen = false;
    for response in &successes {
        let Some(content) = &response.content else {
            continue;
        };
        let media_type = content.sent_media_type();
        let json = matches!(content.encoding, Encoding::Json(_));
        chosen |= match json {
            true => media_type != "application/json",
            false => !response.others.is_empty(),
        };
        if !content.media_type.contains('*') && !asked.contains(&media_type) {
            asked.push(media_type);
        }
    }
    (chosen && !asked.is_empty()).then(|| asked.join(", "))
}

/// Whether a value can be sent where a parameter goes: a path has no empty, `.` or `..` segment, a header only visible
/// ASCII, and a list that is joined by a character no item that holds it.
fn can_stand(value: &Value, parameter: &Parameter) -> bool {
    match (parameter.location, parameter.style.kind) {
        (Location::Path, _) => {
            let text = expected::path_text(parameter, value);
            !matches!(text.as_str(), "" | "." | "..")
        }
        (Location::Header, _) => is_header_text(&expected::header_text(parameter, value)),
        (_, StyleKind::SpaceDelimited) => expected::has_no_item_with(value, ' '),
        (_, StyleKind::PipeDelimited) => expected::has_no_item_with(value, '|'),
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

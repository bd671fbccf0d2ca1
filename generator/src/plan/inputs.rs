//! What callers give an operation and how the runtime is told: takes an operation, gives its inputs and the calls that its method makes.

use super::Plan;
use super::call::{Argument, Call};
use super::model::{
    Content, Encoding, Expression, Location, MemberEncoding, Operation, Outcome, Parameter,
    ParameterStyle, Shape, StyleKind, Type,
};
use super::rust::RustType;

/// A parameter or a body as callers meet it.
pub struct Input<'a> {
    /// Its Rust name.
    pub ident: &'a str,
    /// The same without `r#`, as people say it.
    pub word: &'a str,
    /// What it is on the wire; `None` for the body.
    pub parameter: Option<&'a Parameter>,
    /// Its type; `None` for a body that is text or bytes.
    pub ty: Option<&'a Type>,
    /// The body's encoding; `None` for a parameter.
    pub content: Option<&'a Content>,
    /// Whether it is an argument or a setter.
    pub required: bool,
    /// What it is for.
    pub description: Option<&'a str>,
}

impl<'a> Input<'a> {
    /// What can be written in it, where that is known of a text.
    pub fn expression(&self) -> Option<&'a Expression> {
        self.parameter?.expression.as_ref()
    }
}

impl Operation {
    /// What the operation takes: its parameters, then its body.
    pub fn inputs(&self) -> Vec<Input<'_>> {
        let parameters = self.parameters.iter().map(|parameter| Input {
            ident: parameter.ident.as_str(),
            word: parameter.ident.word(),
            parameter: Some(parameter),
            ty: Some(&parameter.ty),
            content: None,
            required: parameter.required,
            description: parameter.description.as_deref(),
        });
        let body = self.body.iter().map(|body| Input {
            ident: "body",
            word: "body",
            parameter: None,
            ty: body.content.encoding.ty(),
            content: Some(&body.content),
            required: body.required,
            description: body.description.as_deref(),
        });
        parameters.chain(body).collect()
    }

    /// The calls that say how the answer is read, such as `returns_json()`.
    pub fn returns_calls(&self) -> Vec<Call> {
        let read = |encoding: &Encoding, [json, text, bytes]: [&'static str; 3]| match encoding {
            Encoding::Text => text,
            Encoding::Bytes => bytes,
            _ => json,
        };
        let returns = match self.outcome() {
            Outcome::Nothing => "returns_nothing",
            Outcome::One(encoding) => {
                read(encoding, ["returns_json", "returns_text", "returns_bytes"])
            }
            Outcome::Optional(encoding) => read(
                encoding,
                [
                    "returns_optional_json",
                    "returns_optional_text",
                    "returns_optional_bytes",
                ],
            ),
            Outcome::Several(_) => return vec![Call::new("returns_by_status", [])],
        };
        let accept = self
            .accept()
            .map(|accept| Call::new("accept", [Argument::Text(accept)]));
        accept.into_iter().chain([Call::new(returns, [])]).collect()
    }

    /// What the operation asks for, where it is another thing than the way to read its answers implies: JSON under another
    /// name, or the media types of texts and bytes.
    fn accept(&self) -> Option<String> {
        let mut asked: Vec<&str> = Vec::new();
        let successes = self.successes();
        let contents = successes
            .iter()
            .filter_map(|success| success.content.as_ref());
        for name in contents.flat_map(Content::asked_media_types) {
            if !asked.contains(&name) {
                asked.push(name);
            }
        }
        let implied = ["application/json", "*/*"];
        let is_implied = match asked.as_slice() {
            [] => true,
            [one] => implied.contains(one),
            several => several.contains(&"*/*"),
        };
        (!is_implied).then(|| asked.join(", "))
    }
}

impl Plan {
    /// The type that a method takes an input as.
    pub fn input_type(&self, input: &Input<'_>) -> RustType {
        if let Some(expression) = input.expression() {
            let ident = expression.ident().to_string();
            let ty = RustType::Expression(expression.runtime_type(), ident);
            return RustType::Into(Box::new(ty));
        }
        match (input.ty, input.content.map(|content| &content.encoding)) {
            (Some(ty), _) => self.argument_type(ty),
            (None, Some(Encoding::Text)) => RustType::Ref(Box::new(RustType::Str)),
            (None, _) => RustType::Into(Box::new(RustType::Runtime("Body"))),
        }
    }

    /// The calls that hand an input to the request, such as `query("allLanguages", &all_languages)`.
    pub fn input_calls(&self, input: &Input<'_>) -> Vec<Call> {
        match (input.parameter, input.content) {
            (Some(parameter), _) => vec![self.parameter_call(parameter, input.ident)],
            (None, Some(content)) => self.body_calls(content, input.ident),
            (None, None) => Vec::new(),
        }
    }

    fn parameter_call(&self, parameter: &Parameter, ident: &str) -> Call {
        let (plain, styled) = match parameter.location {
            Location::Path => ("path", "path_styled"),
            Location::Query => ("query", "query_styled"),
            Location::Header => ("header", "header_styled"),
            Location::Cookie => ("cookie", "cookie_styled"),
        };
        let wire = Argument::Text(parameter.wire.as_str().to_owned());
        let value = match parameter.expression {
            Some(_) => Argument::InputText(ident.to_owned()),
            None => self.argument(&parameter.ty, ident),
        };
        let joined = ParameterStyle {
            explode: false,
            ..ParameterStyle::new(StyleKind::Form)
        };
        match self.style(parameter) {
            None => Call::new(plain, [wire, value]),
            Some(style) if style == joined && parameter.location == Location::Query => {
                Call::new("query_joined", [wire, value])
            }
            Some(style) => Call::new(styled, [wire, value, Argument::Style(style)]),
        }
    }

    /// How a method hands an argument on: everything by reference.
    fn argument(&self, ty: &Type, ident: &str) -> Argument {
        match self.is_by_value(self.through_alias(ty)) {
            true => Argument::InputRef(ident.to_owned()),
            false => Argument::Input(ident.to_owned()),
        }
    }

    /// The style in which a parameter's value is written; `None` where that is what its place implies.
    pub fn style(&self, parameter: &Parameter) -> Option<ParameterStyle> {
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
            Type::Array(_)
            | Type::Map(_)
            | Type::Nullable(_)
            | Type::JsonPatchOperation
            | Type::Any => true,
            Type::Named(id) => !matches!(self.ty(*id).shape, Shape::Enum(_)),
            _ => false,
        }
    }

    fn body_calls(&self, content: &Content, ident: &str) -> Vec<Call> {
        let media_type = Argument::Text(content.sent_media_type().to_owned());
        match &content.encoding {
            Encoding::Json(ty) => {
                let mut calls = vec![Call::new("json", [self.argument(ty, ident)])];
                if content.sent_media_type() != "application/json" {
                    let name = Argument::Text("Content-Type".to_owned());
                    calls.push(Call::new("header", [name, media_type]));
                }
                calls
            }
            Encoding::Form(ty) => {
                let members = members(content, |member| member.style.map(Argument::Style));
                let value = self.argument(ty, ident);
                vec![with_members("form", "form_styled", value, members)]
            }
            Encoding::Multipart(ty) => {
                let members = members(content, |member| {
                    member.content_type.clone().map(Argument::Text)
                });
                let value = self.argument(ty, ident);
                vec![with_members("multipart", "multipart_typed", value, members)]
            }
            Encoding::Text | Encoding::Bytes => {
                let value = Argument::Input(ident.to_owned());
                let range = content.sent_range();
                let media_type = range.map_or(media_type, |range| Argument::Text(range.to_owned()));
                vec![Call::new("body", [media_type, value])]
            }
        }
    }
}

fn with_members(
    plain: &'static str,
    with: &'static str,
    value: Argument,
    members: Vec<(String, Argument)>,
) -> Call {
    match members.is_empty() {
        true => Call::new(plain, [value]),
        false => Call::new(with, [value, Argument::Members(members)]),
    }
}

/// The members of a form that are written in a way of their own.
fn members(
    content: &Content,
    way: impl Fn(&MemberEncoding) -> Option<Argument>,
) -> Vec<(String, Argument)> {
    let members = content.members.iter();
    members
        .filter_map(|member| Some((member.wire.as_str().to_owned(), way(member)?)))
        .collect()
}

//! Values to show and to send: the document's examples where they fit, ones made up where they do not, how they look on the
//! wire, and how Rust writes them.

mod examples;
pub(super) mod impossible;
mod literals;
mod patches;
mod sent;
pub(crate) mod wire;

pub use literals::{Base, Expr};

use super::Plan;
use super::inputs::Input;
use super::model::{Content, Encoding, Location, Parameter, Shape, StyleKind, Type};
use serde_json::Value;
use std::sync::Arc;

impl Plan {
    /// A value for an input: the document's example, or one made up. For bodies that are not JSON, text.
    pub fn input_example(&self, input: &Input<'_>) -> Value {
        let Some(ty) = input.ty else {
            return Value::String("text".to_owned());
        };
        let given: Vec<&Value> = match (input.parameter, input.content) {
            (Some(parameter), _) => {
                let given = parameter.example.iter().chain(&parameter.default);
                let given = given.map(Arc::as_ref);
                given.filter(|value| can_stand(value, parameter)).collect()
            }
            (None, Some(content)) => content.example.as_deref().into_iter().collect(),
            (None, None) => Vec::new(),
        };
        let mut value = self.example(ty, given);
        if input.parameter.is_none() {
            self.strip_unsent(&mut value, ty, 0);
        }
        match input.parameter {
            Some(parameter) if !can_stand(&value, parameter) => {
                self.value_that_can_stand(ty, parameter).unwrap_or(value)
            }
            _ => value,
        }
    }

    /// The first value of an enum that can be sent where a parameter goes.
    fn value_that_can_stand(&self, ty: &Type, parameter: &Parameter) -> Option<Value> {
        let Type::Named(id) = self.through_alias(ty) else {
            return None;
        };
        let Shape::Enum(of) = &self.ty(*id).shape else {
            return None;
        };
        let mut values = of.values.iter().map(|known| &known.value);
        values.find(|value| can_stand(value, parameter)).cloned()
    }

    /// An argument for an input; `None` where no expression can make one.
    pub fn input_expr(&self, input: &Input<'_>) -> Option<Expr> {
        let encoding = input.content.map(|content| &content.encoding);
        match (input.ty, encoding) {
            (Some(ty), _) => self.argument_expr(&self.input_example(input), ty),
            (None, Some(Encoding::Text)) => Some(Expr::Text("text".to_owned())),
            (None, _) => Some(match input.content.and_then(example_of_range) {
                Some(media_type) => Expr::BodyOf("text", media_type),
                None => Expr::Bytes("text"),
            }),
        }
    }
}

/// A media type of the range that a body may have, where the range alone would not do.
pub(crate) fn example_of_range(content: &Content) -> Option<&'static str> {
    let range = content.sent_range()?;
    let (kind, _) = range.split_once('/')?;
    Some(match kind.trim() {
        "image" => "image/png",
        "text" => "text/plain",
        "audio" => "audio/mpeg",
        "video" => "video/mp4",
        _ => "application/octet-stream",
    })
}

/// Whether a value can be sent where a parameter goes: a path has no empty, `.` or `..` segment, a header only visible
/// ASCII, and a list that is joined by a character no item that holds it.
pub(crate) fn can_stand(value: &Value, parameter: &Parameter) -> bool {
    match (parameter.location, parameter.style.kind) {
        (Location::Path, _) => {
            let text = wire::path_text(parameter, value);
            !matches!(text.as_str(), "" | "." | "..")
        }
        (Location::Header, _) => is_header_text(&wire::header_text(parameter, value)),
        (_, StyleKind::SpaceDelimited) => wire::has_no_item_with(value, ' '),
        (_, StyleKind::PipeDelimited) => wire::has_no_item_with(value, '|'),
        _ => true,
    }
}

/// Whether text can be a header's value as it is (RFC 9110, 5.5).
pub fn is_header_text(text: &str) -> bool {
    text.trim() == text && text.chars().all(|c| c == ' ' || c.is_ascii_graphic())
}

//! Calls of the runtime as nodes: how a method hands its inputs on, and says how its answer is read.

use super::model::{ParameterStyle, RustIdent};

/// A call of a method of the runtime's request.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// The method.
    pub method: &'static str,
    /// What it is given.
    pub arguments: Vec<Argument>,
}

impl Call {
    /// A call.
    pub fn new(method: &'static str, arguments: impl IntoIterator<Item = Argument>) -> Self {
        Self {
            method,
            arguments: arguments.into_iter().collect(),
        }
    }
}

/// An argument of a call.
#[derive(Clone, Debug, PartialEq)]
pub enum Argument {
    /// A text.
    Text(String),
    /// An argument of the method that makes the call, as it is.
    Input(String),
    /// A reference to such an argument.
    InputRef(String),
    /// The text of a filter or a sorter that such an argument becomes.
    InputText(String),
    /// How a value is written.
    Style(ParameterStyle),
    /// A list of names, each with how its value is written.
    Members(Vec<(String, Argument)>),
    /// Alternatives of security schemes, each scheme by its constant.
    Schemes(Vec<Vec<RustIdent>>),
}

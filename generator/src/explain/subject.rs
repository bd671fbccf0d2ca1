//! What can be explained: every item of the crate that comes from a place of the document, with the names that people call it by.

use super::chain::Item;
use crate::plan::model::{
    EnumValue, Field, Operation, OperationId, Response, Shape, TypeDef, TypeId, Variant,
};
use crate::plan::rust::{body_type, rust_type};
use crate::plan::{Input, Plan, TypePlace, type_text};
use crate::pointer::JsonPointer;

/// An item of the crate that comes from a place of the document.
#[derive(Clone, Copy)]
pub enum Subject<'p> {
    /// The method of an operation.
    Operation(OperationId, &'p Operation),
    /// A parameter of an operation, by its place among them.
    Parameter {
        /// The operation.
        operation: &'p Operation,
        /// The parameter's place.
        index: usize,
    },
    /// What an operation sends.
    Body(&'p Operation),
    /// What an operation answers with.
    Response(&'p Operation, &'p Response),
    /// A model.
    Type(TypeId, &'p TypeDef),
    /// A field of a struct.
    Field {
        /// The struct.
        owner: TypeId,
        /// The same.
        def: &'p TypeDef,
        /// The field.
        field: &'p Field,
    },
    /// A variant of an enum, for a value.
    Value {
        /// The enum.
        def: &'p TypeDef,
        /// The value.
        value: &'p EnumValue,
    },
    /// A variant of a union.
    Variant {
        /// The union.
        owner: TypeId,
        /// The same.
        def: &'p TypeDef,
        /// The variant.
        variant: &'p Variant,
    },
}

/// Everything of a crate that can be explained: operations with their inputs and answers, then types with their members.
pub(super) fn subjects(plan: &Plan) -> Vec<Subject<'_>> {
    let mut subjects = Vec::new();
    for (id, operation) in plan.operations() {
        subjects.push(Subject::Operation(id, operation));
        let parameters = 0..operation.parameters.len();
        subjects.extend(parameters.map(|index| Subject::Parameter { operation, index }));
        subjects.extend(operation.body.is_some().then_some(Subject::Body(operation)));
        let responses = operation.responses.iter();
        subjects.extend(responses.map(|response| Subject::Response(operation, response)));
    }
    for (id, def) in plan.reached_types() {
        subjects.push(Subject::Type(id, def));
        match &def.shape {
            Shape::Struct(object) => {
                subjects.extend(object.fields.iter().map(|field| Subject::Field {
                    owner: id,
                    def,
                    field,
                }));
            }
            Shape::Enum(of) => {
                subjects.extend(of.values.iter().map(|value| Subject::Value { def, value }));
            }
            Shape::Union(union) => {
                subjects.extend(union.variants.iter().map(|variant| Subject::Variant {
                    owner: id,
                    def,
                    variant,
                }));
            }
            Shape::Alias(_) => {}
        }
    }
    subjects
}

impl<'p> Subject<'p> {
    /// The place of the document that it comes from.
    pub fn pointer(&self) -> &'p JsonPointer {
        match *self {
            Self::Operation(_, operation) => &operation.pointer,
            Self::Parameter { operation, index } => operation
                .parameters
                .get(index)
                .map_or(&operation.pointer, |parameter| &parameter.origin.pointer),
            Self::Body(operation) => match &operation.body {
                Some(body) => &body.pointer,
                None => &operation.pointer,
            },
            Self::Response(_, response) => &response.pointer,
            Self::Type(_, def) => &def.pointer,
            Self::Field { field, .. } => &field.origin.pointer,
            Self::Value { def, value } => match value.origin.pointer.parent() {
                Some(_) => &value.origin.pointer,
                None => &def.pointer,
            },
            Self::Variant { variant, .. } => &variant.origin.pointer,
        }
    }

    /// The input of the operation that it stands for, where it stands for one.
    pub(super) fn input(&self) -> Option<Input<'p>> {
        match *self {
            Self::Parameter { operation, index } => operation.inputs().into_iter().nth(index),
            Self::Body(operation) => operation.inputs().pop(),
            _ => None,
        }
    }

    /// The names by which people ask for it; the first is its own path.
    pub(super) fn names(&self, plan: &Plan) -> Vec<String> {
        let of_method = |operation: &Operation, name: &str| {
            vec![
                format!("{}({name})", plan.method_path(operation)),
                format!("{}({name})", operation.id),
            ]
        };
        let of_member = |def: &TypeDef, member: &str| {
            vec![
                format!("{}::{member}", plan.type_path(def)),
                format!("{}::{member}", def.ident),
            ]
        };
        match *self {
            Self::Operation(_, operation) => vec![
                plan.method_path(operation),
                operation.id.clone(),
                plan.method_call(operation),
                format!("{}::{}", plan.tag(operation.tag).api, operation.ident),
                operation.label(),
            ],
            Self::Parameter { operation, index } => match operation.parameters.get(index) {
                Some(parameter) => {
                    let mut names = of_method(operation, parameter.ident.as_str());
                    names.extend(of_method(operation, parameter.wire.as_str()));
                    names
                }
                None => Vec::new(),
            },
            Self::Body(operation) => of_method(operation, "body"),
            Self::Response(operation, response) => {
                of_method(operation, &format!("-> {}", response.status))
            }
            Self::Type(_, def) => {
                vec![plan.type_path(def), def.ident.to_string(), def.name.clone()]
            }
            Self::Field { def, field, .. } => {
                let mut names = of_member(def, field.ident.as_str());
                names.push(format!("{}.{}", def.name, field.wire));
                names
            }
            Self::Value { def, value } => of_member(def, value.ident.as_str()),
            Self::Variant { def, variant, .. } => of_member(def, variant.ident.as_str()),
        }
    }

    /// The item of the crate.
    pub(super) fn item(&self, plan: &Plan) -> Item {
        let kind = match self {
            Self::Operation(..) => "method",
            Self::Parameter { .. } | Self::Body(_) => match self.input() {
                Some(input) if !input.required => "setter",
                _ => "argument",
            },
            Self::Response(..) => "answer",
            Self::Type(_, def) => shape(&def.shape),
            Self::Field { .. } => "field",
            Self::Value { .. } | Self::Variant { .. } => "variant",
        };
        Item {
            kind,
            path: self.names(plan).into_iter().next().unwrap_or_default(),
            declared: self.declared(plan),
            file: match *self {
                Self::Operation(_, operation)
                | Self::Parameter { operation, .. }
                | Self::Body(operation)
                | Self::Response(operation, _) => Some(plan.method_file(operation)),
                Self::Type(_, def)
                | Self::Field { def, .. }
                | Self::Value { def, .. }
                | Self::Variant { def, .. } => plan.home_of(def),
            },
        }
    }

    /// The type that it is declared as, in its file; `None` where it has none.
    fn declared(&self, plan: &Plan) -> Option<String> {
        let ty = match *self {
            Self::Operation(_, operation) => operation.output_type(),
            Self::Parameter { .. } | Self::Body(_) => plan.input_type(&self.input()?),
            Self::Response(_, response) => body_type(&response.content.as_ref()?.encoding),
            Self::Type(_, def) => match &def.shape {
                Shape::Alias(ty) => rust_type(ty),
                _ => return None,
            },
            Self::Field { field, .. } => field.rust_type(),
            Self::Value { .. } => return None,
            Self::Variant { variant, .. } => variant.rust_type(),
        };
        let place = match self {
            Self::Operation(..) | Self::Parameter { .. } | Self::Body(_) | Self::Response(..) => {
                TypePlace::Crate
            }
            _ => TypePlace::Models,
        };
        Some(type_text(plan, &ty, place))
    }
}

/// What a shape is in Rust.
pub(super) fn shape(shape: &Shape) -> &'static str {
    match shape {
        Shape::Struct(_) => "struct",
        Shape::Enum(_) => "enum",
        Shape::Union(_) => "enum of types",
        Shape::Alias(_) => "type alias",
    }
}

//! Rust types as nodes: what a field, an argument or an answer is declared as. Pages print them; nothing asks their text.

use super::Plan;
use super::model::{
    Encoding, ErrorSetId, Field, Flattened, Operation, Outcome, Presence, Shape, Type, TypeId,
    Variant,
};

/// A Rust type.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum RustType {
    /// `()`.
    Unit,
    /// `String`.
    String,
    /// `str`.
    Str,
    /// A plain type of the standard library: `bool`, `i64`, ….
    Primitive(&'static str),
    /// `Vec<u8>`.
    Bytes,
    /// A type of the runtime, such as `DateTime`.
    Runtime(&'static str),
    /// A model.
    Model(TypeId),
    /// A type that stands beside the operation: the enum of its answers.
    Local(String),
    /// `Vec<T>`.
    Vec(Box<RustType>),
    /// `[T]`.
    Slice(Box<RustType>),
    /// `(A, B)`.
    Tuple(Vec<RustType>),
    /// `BTreeMap<String, T>`.
    Map(Box<RustType>),
    /// `Option<T>`.
    Option(Box<RustType>),
    /// `Box<T>`.
    Boxed(Box<RustType>),
    /// The runtime's `Secret<T>`.
    Secret(Box<RustType>),
    /// The runtime's `Nullable<T>`.
    Nullable(Box<RustType>),
    /// `&T`.
    Ref(Box<RustType>),
    /// `impl Into<T>`.
    Into(Box<RustType>),
    /// The runtime's `Filter<F>` or `Sort<S>`, of a type that stands beside the operation.
    Expression(&'static str, String),
}

impl RustType {
    fn boxed_if(self, boxed: bool) -> Self {
        if boxed {
            Self::Boxed(Box::new(self))
        } else {
            self
        }
    }

    fn by_ref(self) -> Self {
        Self::Ref(Box::new(self))
    }

    /// Visits this type and every type within it, from the outside in.
    pub fn each<'t>(&'t self, visit: &mut impl FnMut(&'t Self)) {
        visit(self);
        match self {
            Self::Vec(inner)
            | Self::Slice(inner)
            | Self::Map(inner)
            | Self::Option(inner)
            | Self::Boxed(inner)
            | Self::Secret(inner)
            | Self::Nullable(inner)
            | Self::Ref(inner)
            | Self::Into(inner) => inner.each(visit),
            Self::Tuple(items) => items.iter().for_each(|item| item.each(visit)),
            _ => {}
        }
    }

    /// Whether a model stands somewhere in the type.
    pub fn names_model(&self) -> bool {
        let mut found = false;
        self.each(&mut |ty| found |= matches!(ty, Self::Model(_)));
        found
    }
}

/// The enum that refusals of an operation are read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorType {
    /// The one that operations share.
    Shared,
    /// One of an operation's own.
    Own(ErrorSetId),
}

/// The type of a value.
pub fn rust_type(ty: &Type) -> RustType {
    let boxed = |inner: &Type| Box::new(rust_type(inner));
    match ty {
        Type::Named(id) => RustType::Model(*id),
        Type::String => RustType::String,
        Type::Base64 => RustType::Runtime("Base64"),
        Type::Base64Url => RustType::Runtime("Base64Url"),
        Type::Binary => RustType::Runtime("FilePart"),
        Type::DateTime => RustType::Runtime("DateTime"),
        Type::Date => RustType::Runtime("Date"),
        Type::Int32 => RustType::Primitive("i32"),
        Type::Int64 => RustType::Primitive("i64"),
        Type::Uint64 => RustType::Primitive("u64"),
        Type::Double => RustType::Primitive("f64"),
        Type::Boolean => RustType::Primitive("bool"),
        Type::Array(inner) => RustType::Vec(boxed(inner)),
        Type::Tuple(items) => RustType::Tuple(items.iter().map(rust_type).collect()),
        Type::Map(inner) => RustType::Map(boxed(inner)),
        Type::Nullable(inner) => RustType::Option(boxed(inner)),
        Type::Secret(inner) => RustType::Secret(boxed(inner)),
        Type::JsonPatchOperation => RustType::Runtime("JsonPatchOperation"),
        Type::Any => RustType::Runtime("Value"),
    }
}

/// The type that a header of an answer is read as: text, unless it is one plain value.
fn header_type(ty: &Type) -> RustType {
    match ty {
        Type::DateTime
        | Type::Date
        | Type::Int32
        | Type::Int64
        | Type::Uint64
        | Type::Double
        | Type::Boolean => rust_type(ty),
        _ => RustType::String,
    }
}

/// The type that a body is read as.
pub fn body_type(encoding: &Encoding) -> RustType {
    match encoding {
        Encoding::Json(ty) | Encoding::Form(ty) | Encoding::Multipart(ty) => rust_type(ty),
        Encoding::Text => RustType::String,
        Encoding::Bytes => RustType::Bytes,
    }
}

impl Field {
    /// The declared type of the property.
    pub fn rust_type(&self) -> RustType {
        let mut ty = rust_type(&self.ty).boxed_if(self.boxed.is_some());
        if self.secret {
            ty = RustType::Secret(Box::new(ty));
        }
        match self.presence {
            Presence::Always => ty,
            Presence::Optional => RustType::Option(Box::new(ty)),
            Presence::Nullable => RustType::Nullable(Box::new(ty)),
        }
    }
}

impl Flattened {
    /// The declared type of the field.
    pub fn rust_type(&self) -> RustType {
        rust_type(&self.ty).boxed_if(self.boxed.is_some())
    }
}

impl Variant {
    /// What the variant holds.
    pub fn rust_type(&self) -> RustType {
        rust_type(&self.ty).boxed_if(self.boxed.is_some())
    }
}

impl Operation {
    /// The type of a header of the answers, which is text where they do not agree.
    pub fn header_type(&self, name: &str) -> RustType {
        let mut types = self.headers_of(name).map(|header| header_type(&header.ty));
        let first = types.next().unwrap_or(RustType::String);
        let agreed = types.all(|other| other == first);
        RustType::Option(Box::new(if agreed { first } else { RustType::String }))
    }

    /// The type of the answer.
    pub fn output_type(&self) -> RustType {
        match self.outcome() {
            Outcome::Nothing => RustType::Unit,
            Outcome::One(encoding) => body_type(encoding),
            Outcome::Optional(encoding) => RustType::Option(Box::new(body_type(encoding))),
            Outcome::Several(_) => match &self.response {
                Some(ident) => RustType::Local(ident.to_string()),
                None => RustType::Unit,
            },
        }
    }
}

impl Plan {
    /// The type that a method takes a value as.
    ///
    /// An argument that must never be printed is what it is: callers have it in their hands already.
    pub fn argument_type(&self, ty: &Type) -> RustType {
        match self.through_alias(ty.revealed()).revealed() {
            Type::String => RustType::Str.by_ref(),
            Type::Array(inner) => RustType::Slice(Box::new(rust_type(inner))).by_ref(),
            ty if self.is_by_value(ty) => rust_type(ty),
            ty => rust_type(ty).by_ref(),
        }
    }

    /// Whether a method takes a value of this type itself, not a reference to it.
    pub fn is_by_value(&self, ty: &Type) -> bool {
        match ty.revealed() {
            Type::Int32 | Type::Int64 | Type::Uint64 | Type::Double | Type::Boolean => true,
            Type::Named(id) => matches!(self.ty(*id).shape, Shape::Enum(_)),
            _ => false,
        }
    }

    /// The type that an operation's refusals are read as.
    pub fn error_type(&self, operation: &Operation) -> ErrorType {
        match self.api[operation.errors].owner {
            None => ErrorType::Shared,
            Some(_) => ErrorType::Own(operation.errors),
        }
    }
}

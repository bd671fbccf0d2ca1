//! Why a type is what it is: takes the facts of a schema and the type that was made of it, gives a reason that a person can read.
//!
//! Everything that is planned remembers its [`Origin`]. The reasons are worked out once, when every type is known, by one
//! function for types and one for null, so that none is left out and none is told in two ways.
//!
//! The other decisions of the plan have reasons of their own: `names` for what things are called, `fields` for what properties are
//! declared as, `types` for where types stand, `operations` for what methods take and give, `filters` for what fields are compared with. Where a reason cannot be worked out again
//! from the node, the node holds it.

mod explain;
mod fields;
mod filters;
mod names;
mod operations;
mod types;
mod words;

pub use fields::{BoxReason, PresenceReason, SecretReason};
pub use filters::KindReason;
pub use names::{NameReasons, NameStep};
pub use operations::{AnswerReason, ArgumentReason, CredentialsReason, ErrorReason};
pub use types::{ConstructorReason, HomeReason};

pub(super) use explain::explain;

use crate::facts::{Schema, SchemaId, SchemaType, SchemaUse};
use crate::pointer::JsonPointer;
use std::sync::Arc;

/// Where something that is planned comes from, and why it is what it is. It is no part of what the thing is, so two things are equal
/// whatever their origins.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    /// The place in the document.
    pub pointer: JsonPointer,
    /// The schema that its type was made of, where there is one.
    pub schema: Option<SchemaId>,
    /// Whether the schema is a component that is referred to from this place.
    pub is_reference: bool,
    /// Why its type is what it is.
    pub reason: TypeReason,
    /// Why it may be null, where it may.
    pub null: Option<NullReason>,
}

impl PartialEq for Origin {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Origin {
    /// What is made of a schema that is used.
    pub(super) fn of_use(used: &SchemaUse) -> Self {
        Self {
            pointer: used.pointer.clone(),
            schema: used.schema,
            is_reference: used.reference.is_some(),
            ..Self::default()
        }
    }

    /// What is made of a schema where it stands.
    pub(super) fn of_schema(schema: &Schema) -> Self {
        Self {
            pointer: schema.pointer.clone(),
            schema: Some(schema.id),
            ..Self::default()
        }
    }

    /// What is made of the value at `index` of the schema's `enum`.
    pub(super) fn of_value(schema: &Schema, index: usize) -> Self {
        let is_const = schema
            .later()
            .is_some_and(|later| later.const_value.is_some());
        Self {
            pointer: match is_const {
                true => schema.pointer.child("const"),
                false => schema.pointer.child("enum").index(index),
            },
            schema: Some(schema.id),
            reason: TypeReason::Enum {
                values: schema.enum_values.len(),
            },
            ..Self::default()
        }
    }

    /// What is made of something that has no schema.
    pub(super) fn without_schema(pointer: JsonPointer, reason: TypeReason) -> Self {
        Self {
            pointer,
            reason,
            ..Self::default()
        }
    }

    /// The same, with the place of the thing that holds the schema.
    pub(super) fn at(self, pointer: &JsonPointer) -> Self {
        Self {
            pointer: pointer.clone(),
            ..self
        }
    }
}

/// Why a type is what it is. The same few texts stand in most reasons, so reasons share them.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum TypeReason {
    /// `type` alone.
    TypeKeyword(SchemaType),
    /// `type` with `format`.
    Format {
        /// The type.
        ty: SchemaType,
        /// The format.
        format: Arc<str>,
    },
    /// `$ref`: the type of a component.
    Reference {
        /// The component.
        component: Arc<str>,
    },
    /// `enum` or `const`.
    Enum {
        /// How many values are listed.
        values: usize,
    },
    /// `oneOf` or `anyOf`.
    Union {
        /// `oneOf` or `anyOf`.
        keyword: &'static str,
        /// How the members are distinguished.
        by: Distinction,
    },
    /// `discriminator` on a schema that others are made of.
    Subtypes {
        /// The property that tells which.
        property: Arc<str>,
    },
    /// `allOf`.
    AllOf {
        /// How many members it has.
        members: usize,
    },
    /// `properties`.
    Properties,
    /// An operation of a JSON Patch.
    JsonPatch,
    /// An object whose property names are data.
    Map,
    /// A list.
    List,
    /// A list of a fixed length.
    Tuple,
    /// Any value.
    Untyped(Untyped),
    /// The path names a parameter that is not declared.
    UndeclaredInPath,
    /// It is described by a media type that is not JSON.
    TextOfMediaType,
    /// The body of a media type that is sent and read as it is.
    Body {
        /// The media type.
        media_type: Arc<str>,
    },
    /// Nothing has been asked yet.
    #[default]
    Unknown,
}

impl TypeReason {
    /// Why a union is one object.
    pub(super) fn together(schema: &Schema) -> Self {
        Self::Union {
            keyword: if schema.one_of.is_empty() {
                "anyOf"
            } else {
                "oneOf"
            },
            by: Distinction::Together,
        }
    }
}

/// How the members of a union are distinguished.
#[derive(Clone, Debug, PartialEq)]
pub enum Distinction {
    /// By the values of a property.
    Property(Arc<str>),
    /// By what they look like.
    Shape,
    /// Not at all: they come down to one type.
    OneType,
    /// Not at all: a value may be several at once, and the type has the properties of all.
    Together,
}

/// Why a type is any value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Untyped {
    /// The schema does not say what its values are.
    NothingSaid,
    /// It only says what they are not.
    OnlyExcluded,
    /// Only a list of required properties names it.
    OnlyNamed,
    /// A member of the union may be any value.
    AnyMember,
    /// The schema holds itself with nothing in between that could have a name, or is nested too deeply.
    Nested,
    /// The reference leads nowhere.
    Unresolved,
    /// The media type has no schema.
    NoSchema,
}

/// Why null is one of the values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NullReason {
    /// `nullable: true`.
    Nullable,
    /// Null stands among the values of `enum`.
    EnumValue,
    /// `const: null`.
    Const,
    /// `type` lists null.
    TypeList,
    /// A member of `oneOf` or `anyOf` is null or nullable.
    Member {
        /// `oneOf` or `anyOf`.
        keyword: Arc<str>,
    },
    /// The component that is referred to is nullable itself.
    Component {
        /// The component.
        component: Arc<str>,
        /// Why it is.
        reason: Box<NullReason>,
    },
}

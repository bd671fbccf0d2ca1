//! Why a type is what it is: takes the facts of a schema and the type that was made of it, gives a reason that a person can read.
//!
//! Everything that is planned remembers its [`Origin`]. The reasons are worked out once, when every type is known, by one
//! function for types and one for null, so that none is left out and none is told in two ways.

mod fields;
mod names;
mod operations;
mod types;

pub use fields::{BoxReason, PresenceReason, SecretReason};
pub use names::{NameReasons, NameStep};
pub use operations::{AnswerReason, ArgumentReason, CredentialsReason, ErrorReason};
pub use types::{ConstructorReason, HomeReason};

use crate::facts::{self, Schema, SchemaId, SchemaType, SchemaUse};
use crate::plan::model::{self as ir, Shape, Type};
use crate::pointer::JsonPointer;
use serde_json::Value;
use std::fmt;

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

/// Why a type is what it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum TypeReason {
    /// `type` alone.
    TypeKeyword(SchemaType),
    /// `type` with `format`.
    Format {
        /// The type.
        ty: SchemaType,
        /// The format.
        format: String,
    },
    /// `$ref`: the type of a component.
    Reference {
        /// The component.
        component: String,
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
    /// `allOf`.
    AllOf {
        /// How many members it has.
        members: usize,
    },
    /// `properties`.
    Properties,
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
        media_type: String,
    },
    /// Nothing has been asked yet.
    #[default]
    Unknown,
}

/// How the members of a union are distinguished.
#[derive(Clone, Debug, PartialEq)]
pub enum Distinction {
    /// By the values of a property.
    Property(String),
    /// By what they look like.
    Shape,
    /// Not at all: they come down to one type.
    OneType,
}

/// Why a type is any value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Untyped {
    /// The schema does not say what its values are.
    NothingSaid,
    /// It only says what they are not.
    OnlyExcluded,
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
        keyword: String,
    },
    /// The component that is referred to is nullable itself.
    Component {
        /// The component.
        component: String,
        /// Why it is.
        reason: Box<NullReason>,
    },
}

/// Gives every item of the API the reasons for its type and for null.
pub(super) fn explain(facts: &facts::Document, api: &mut ir::Api) {
    for (_, def) in api.types.iter_mut() {
        explain_def(facts, def);
    }
    for operation in &mut api.operations {
        for parameter in &mut operation.parameters {
            explain_type(facts, &mut parameter.origin, &parameter.ty);
        }
        let body = operation.body.iter_mut().map(|body| &mut body.content);
        for response in &mut operation.responses {
            for header in &mut response.headers {
                explain_type(facts, &mut header.origin, &header.ty);
            }
            if let Some(content) = &mut response.content {
                explain_content(facts, content);
            }
        }
        body.for_each(|content| explain_content(facts, content));
    }
}

fn explain_content(facts: &facts::Document, content: &mut ir::Content) {
    match content.encoding.ty() {
        Some(ty) => explain_type(facts, &mut content.origin, ty),
        None => {
            content.origin.reason = TypeReason::Body {
                media_type: content.media_type.clone(),
            }
        }
    }
}

fn explain_def(facts: &facts::Document, def: &mut ir::TypeDef) {
    let Some(schema) = def.origin.schema.and_then(|id| facts.schemas.get(id)) else {
        return;
    };
    let aliased = match &def.shape {
        Shape::Alias(ty) => Some(ty),
        _ => None,
    };
    def.origin.reason = match &def.shape {
        Shape::Union(union) => TypeReason::Union {
            keyword: union_keyword(schema).unwrap_or("anyOf"),
            by: match &union.tag {
                Some(tag) => Distinction::Property(tag.as_str().to_owned()),
                None => Distinction::Shape,
            },
        },
        _ => reason(facts, schema, aliased),
    };
    def.origin.null = def.nullable.then(|| null(facts, schema)).flatten();
    match &mut def.shape {
        Shape::Struct(object) => {
            for field in &mut object.fields {
                explain_type(facts, &mut field.origin, &field.ty);
                if field.nullable {
                    field.origin.null = null_of(facts, &field.origin);
                }
            }
        }
        Shape::Union(union) => {
            for variant in &mut union.variants {
                explain_type(facts, &mut variant.origin, &variant.ty);
            }
        }
        Shape::Enum(_) | Shape::Alias(_) => {}
    }
}

fn explain_type(facts: &facts::Document, origin: &mut Origin, ty: &Type) {
    if origin.reason != TypeReason::Unknown {
        return;
    }
    let schema = origin.schema.and_then(|id| facts.schemas.get(id));
    origin.reason = match (schema, ty) {
        (None, _) => TypeReason::Untyped(Untyped::Unresolved),
        (Some(schema), Type::Any) => TypeReason::Untyped(untyped(schema)),
        (
            Some(Schema {
                component: Some(component),
                ..
            }),
            _,
        ) if origin.is_reference => TypeReason::Reference {
            component: component.clone(),
        },
        (Some(schema), ty) => reason(facts, schema, Some(ty)),
    };
}

fn union_keyword(schema: &Schema) -> Option<&'static str> {
    match (schema.one_of.is_empty(), schema.any_of.is_empty()) {
        (false, _) => Some("oneOf"),
        (true, false) => Some("anyOf"),
        (true, true) => None,
    }
}

/// Why a schema, where it stands, is of this type; the type is `None` for an object, an enum or a union with a name of its own.
fn reason(facts: &facts::Document, schema: &Schema, ty: Option<&Type>) -> TypeReason {
    let values = schema.enum_values.iter().filter(|value| !value.is_null());
    let values = values.count();
    if values > 0 {
        return TypeReason::Enum { values };
    }
    if let Some(Type::Any) = ty {
        return TypeReason::Untyped(untyped(schema));
    }
    if !schema.properties.is_empty() {
        return TypeReason::Properties;
    }
    if let Some(keyword) = union_keyword(schema) {
        let by = match (ty, &schema.discriminator) {
            (Some(Type::Named(_)) | None, Some(tag)) => {
                Distinction::Property(tag.property_name.clone())
            }
            (Some(Type::Named(_)) | None, None) => Distinction::Shape,
            _ => Distinction::OneType,
        };
        return TypeReason::Union { keyword, by };
    }
    match schema.all_of.as_slice() {
        [] => {}
        // A reference with something beside it comes as an `allOf` of one.
        [only] => {
            let inner = facts
                .schemas
                .of(only)
                .and_then(|inner| inner.component.clone());
            return match inner.filter(|_| only.reference.is_some()) {
                Some(component) => TypeReason::Reference { component },
                None => TypeReason::AllOf { members: 1 },
            };
        }
        members => {
            return TypeReason::AllOf {
                members: members.len(),
            };
        }
    }
    match (ty, schema.ty, &schema.format) {
        (Some(Type::Tuple(_)), _, _) => TypeReason::Tuple,
        (_, Some(SchemaType::Array), _) => TypeReason::List,
        (_, Some(SchemaType::Object), _) => TypeReason::Map,
        (_, Some(ty), Some(format)) => TypeReason::Format {
            ty,
            format: format.clone(),
        },
        (_, Some(ty), None) => TypeReason::TypeKeyword(ty),
        (_, None, _) if schema.items.is_some() => TypeReason::List,
        (_, None, _) if schema.additional_properties.is_some() => TypeReason::Map,
        _ => TypeReason::Untyped(untyped(schema)),
    }
}

fn untyped(schema: &Schema) -> Untyped {
    if union_keyword(schema).is_some() {
        Untyped::AnyMember
    } else if schema.ty.is_some() || !schema.all_of.is_empty() {
        Untyped::Nested
    } else if schema.not.is_some() {
        Untyped::OnlyExcluded
    } else {
        Untyped::NothingSaid
    }
}

/// Why null is one of the values of what comes from `origin`.
fn null_of(facts: &facts::Document, origin: &Origin) -> Option<NullReason> {
    let schema = facts.schemas.get(origin.schema?)?;
    let reason = null(facts, schema)?;
    Some(match &schema.component {
        Some(component) if origin.is_reference => NullReason::Component {
            component: component.clone(),
            reason: Box::new(reason),
        },
        _ => reason,
    })
}

/// Why null is one of the values of a schema; `None` where it is not.
fn null(facts: &facts::Document, schema: &Schema) -> Option<NullReason> {
    let later = schema.later();
    if later.is_some_and(|later| later.types.iter().any(|name| name == "null")) {
        return Some(NullReason::TypeList);
    }
    if let Some(member) = later.and_then(|later| later.null_member.as_ref()) {
        return Some(NullReason::Member {
            keyword: member.keyword.clone(),
        });
    }
    if later.is_some_and(|later| later.const_value == Some(Value::Null)) {
        return Some(NullReason::Const);
    }
    if schema.enum_values.contains(&Value::Null) {
        return Some(NullReason::EnumValue);
    }
    if schema.nullable {
        return Some(NullReason::Nullable);
    }
    let members = match schema.one_of.as_slice() {
        [] => &schema.any_of,
        _ => &schema.one_of,
    };
    let members = members.iter().chain(&schema.all_of);
    let is_nullable = members
        .filter_map(|member| facts.schemas.of(member))
        .any(|member| member.nullable || member.enum_values.contains(&Value::Null));
    is_nullable.then(|| NullReason::Member {
        keyword: union_keyword(schema).unwrap_or("allOf").to_owned(),
    })
}

impl fmt::Display for TypeReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TypeKeyword(ty) => write!(f, "`type: {ty}`"),
            Self::Format { ty, format } => write!(f, "`type: {ty}` with `format: {format}`"),
            Self::Reference { component } => write!(f, "`$ref` to the component `{component}`"),
            Self::Enum { values: 1 } => f.write_str("an `enum` of one value"),
            Self::Enum { values } => write!(f, "an `enum` of {values} values"),
            Self::Union { keyword, by } => match by {
                Distinction::Property(name) => {
                    write!(
                        f,
                        "`{keyword}`, whose members are distinguished by the property `{name}`"
                    )
                }
                Distinction::Shape => {
                    write!(
                        f,
                        "`{keyword}`, whose members are distinguished by what they look like"
                    )
                }
                Distinction::OneType => write!(f, "`{keyword}`, whose members are all of one type"),
            },
            Self::AllOf { members: 1 } => f.write_str("`allOf` of one member"),
            Self::AllOf { members } => write!(f, "`allOf` of {members} members"),
            Self::Properties => f.write_str("an object with `properties`"),
            Self::Map => f.write_str("an object whose property names are data"),
            Self::List => f.write_str("a list of `items`"),
            Self::Tuple => f.write_str("`prefixItems`: a list of a fixed length"),
            Self::Untyped(why) => write!(f, "any value, since {why}"),
            Self::UndeclaredInPath => {
                f.write_str("text, since the path names it and no parameter declares it")
            }
            Self::TextOfMediaType => {
                f.write_str("text, since it is described by a media type that is not JSON")
            }
            Self::Body { media_type } => write!(f, "the media type `{media_type}`"),
            Self::Unknown => f.write_str("no schema"),
        }
    }
}

impl fmt::Display for Untyped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NothingSaid => "the schema does not say what type it is",
            Self::OnlyExcluded => "the schema only says what its values are not",
            Self::AnyMember => "a member of the union may be any value",
            Self::Nested => {
                "the schema holds itself with nothing in between that has a name, or is nested too deeply"
            }
            Self::Unresolved => "the reference leads nowhere",
            Self::NoSchema => "the media type has no schema",
        })
    }
}

impl fmt::Display for NullReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nullable => f.write_str("`nullable: true`"),
            Self::EnumValue => f.write_str("null stands among the values of `enum`"),
            Self::Const => f.write_str("`const: null`"),
            Self::TypeList => f.write_str("`type` lists null"),
            Self::Member { keyword } => write!(f, "a member of `{keyword}` may be null"),
            Self::Component { component, reason } => {
                write!(f, "the component `{component}` may be null: {reason}")
            }
        }
    }
}

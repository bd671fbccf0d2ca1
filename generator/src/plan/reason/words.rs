//! Reasons in words, as they stand in a sentence after "because of" or "since it is".

use super::{Distinction, NullReason, TypeReason, Untyped};
use std::fmt;

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
                Distinction::Together => write!(
                    f,
                    "`{keyword}`, of whose members a value may be several at once, so that it has the properties of all"
                ),
                Distinction::OneType => write!(f, "`{keyword}`, whose members are all of one type"),
            },
            Self::Subtypes { property } => write!(
                f,
                "a `discriminator`: the types that are made of it are distinguished by the property `{property}`"
            ),
            Self::AllOf { members: 1 } => f.write_str("`allOf` of one member"),
            Self::AllOf { members } => write!(f, "`allOf` of {members} members"),
            Self::Properties => f.write_str("an object with `properties`"),
            Self::JsonPatch => {
                f.write_str("an object of the members of a JSON Patch operation (RFC 6902), whose `op` is one of the standard's")
            }
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
            Self::OnlyNamed => "nothing but a list of required properties names it",
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

//! Takes the place of a node and gives what the loader has to do with what stands there, as [`crate::grammar`] tells it.
//!
//! The kind of a place tells three things that the text of a `$ref` does not: whether a member called `$ref` is a reference at all or
//! example data, in which section of `components` its target belongs, and what the nodes within the target are.

use crate::grammar::{ObjectKind, Section, Shape};

/// What stands at a place of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PlaceKind {
    /// An object of the specification.
    Object(ObjectKind),
    /// Info, servers, tags and the like: objects that hold no other kind.
    Plain,
    /// Content of the author's own, in which `$ref` is a word like any other.
    Data,
    /// The data of an example. It is the author's own, but one that is nothing but a reference to a file means that file's content.
    ExampleValue,
    /// `discriminator.mapping`.
    Mappings,
    /// A value of `discriminator.mapping`: a reference without the word `$ref`.
    Mapping,
    /// An object or an array whose values are all of one kind, by keys of the author's own.
    Many(ObjectKind),
    /// Such an object in which keys that start with `x-` are extensions nevertheless.
    ExtensibleMap(ObjectKind),
    /// A section of the components.
    Section(Section),
}

impl PlaceKind {
    /// The section in which a target that is referred to from here belongs; `None` where the specification has no such
    /// section, so that the target takes the place of the reference.
    pub(super) fn section(self) -> Option<Section> {
        match self {
            Self::Object(kind) => Section::of(kind),
            _ => None,
        }
    }

    /// Whether a `$ref` here is a reference. Authors split documents at more places than the specification allows.
    pub(super) fn may_refer(self) -> bool {
        !matches!(
            self,
            Self::Object(ObjectKind::Document) | Self::Data | Self::ExampleValue | Self::Mapping
        )
    }

    /// What the elements of an array here are.
    pub(super) fn element(self) -> Self {
        match self {
            Self::Many(kind) | Self::ExtensibleMap(kind) => Self::Object(kind),
            Self::Section(section) => Self::Object(section.kind()),
            Self::Mappings => Self::Mapping,
            // Some write the responses as a list.
            Self::Object(ObjectKind::Responses) => Self::Object(ObjectKind::Response),
            // `items` was a list of schemas in the drafts before 2020-12.
            Self::Object(ObjectKind::Schema) | Self::Plain => self,
            _ => Self::Data,
        }
    }

    /// What the member `key` here is.
    pub(super) fn member(self, key: &str) -> Self {
        match self {
            Self::Many(kind) => Self::Object(kind),
            Self::Section(section) => Self::Object(section.kind()),
            Self::Mappings => Self::Mapping,
            _ if key.starts_with("x-") => Self::Data,
            Self::ExtensibleMap(kind) => Self::Object(kind),
            Self::Plain => Self::Plain,
            Self::Object(owner) => owner
                .any_shape(key)
                .map_or(Self::Data, |shape| Self::of_member(owner, shape)),
            Self::Data | Self::ExampleValue | Self::Mapping => Self::Data,
        }
    }

    /// What a member of this shape is.
    fn of_member(owner: ObjectKind, shape: Shape) -> Self {
        let (kind, place) = match shape {
            Shape::Example => return Self::ExampleValue,
            Shape::ReferenceMap => return Self::Mappings,
            Shape::Requirements if owner == ObjectKind::Document => return Self::Plain,
            Shape::SchemaOrFlag => (ObjectKind::Schema, Self::Object(ObjectKind::Schema)),
            Shape::One(kind) => (kind, Self::Object(kind)),
            Shape::List(kind) | Shape::Map(kind) => (kind, Self::Many(kind)),
            Shape::ExtensibleMap(kind) => (kind, Self::ExtensibleMap(kind)),
            _ => return Self::Data,
        };
        match kind {
            // The head of a document, and servers, are kept in files of their own, any part of them.
            ObjectKind::Server => Self::Plain,
            ObjectKind::Info | ObjectKind::Tag | ObjectKind::ExternalDocs
                if owner == ObjectKind::Document =>
            {
                Self::Plain
            }
            ObjectKind::ExternalDocs | ObjectKind::Flows => Self::Data,
            _ if owner == ObjectKind::Components => Section::of(kind).map_or(place, Self::Section),
            _ => place,
        }
    }
}

//! The sections of `components`: where the targets of references belong.

use super::{Member, ObjectKind, Shape};
use crate::pointer::JsonPointer;

/// A section of `components`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(
    missing_docs,
    reason = "each is the section of the objects of its name"
)]
pub enum Section {
    Schemas,
    Responses,
    Parameters,
    Examples,
    RequestBodies,
    Headers,
    SecuritySchemes,
    Links,
    Callbacks,
}

impl Section {
    /// Every section.
    pub const ALL: [Self; 9] = [
        Self::Schemas,
        Self::Responses,
        Self::Parameters,
        Self::Examples,
        Self::RequestBodies,
        Self::Headers,
        Self::SecuritySchemes,
        Self::Links,
        Self::Callbacks,
    ];

    /// What the members of the section are.
    pub fn kind(self) -> ObjectKind {
        match self {
            Self::Schemas => ObjectKind::Schema,
            Self::Responses => ObjectKind::Response,
            Self::Parameters => ObjectKind::Parameter,
            Self::Examples => ObjectKind::Example,
            Self::RequestBodies => ObjectKind::RequestBody,
            Self::Headers => ObjectKind::Header,
            Self::SecuritySchemes => ObjectKind::SecurityScheme,
            Self::Links => ObjectKind::Link,
            Self::Callbacks => ObjectKind::Callback,
        }
    }

    /// The section that objects of the kind belong in; `None` where the specification has none for them.
    pub fn of(kind: ObjectKind) -> Option<Self> {
        Self::ALL.into_iter().find(|section| section.kind() == kind)
    }

    /// The name of the member of `components`.
    pub fn key(self) -> &'static str {
        let is_own = |member: &&Member| member.shape == Shape::Map(self.kind());
        let member = ObjectKind::Components.members().iter().find(is_own);
        member.map_or("", |member| member.key)
    }

    /// The pointer of the member `name` of the section.
    pub fn component(self, name: &str) -> JsonPointer {
        JsonPointer::from_tokens(["components", self.key(), name])
    }
}

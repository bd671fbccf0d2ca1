//! Why a property, a variant or a value is declared as it is.

use crate::plan::model::{Field, Presence, TypeDef, Usage};
use crate::target::Target;
use std::fmt;

/// Why a property may be missing in the way it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PresenceReason {
    /// Required, and never null.
    Required,
    /// Required, and may be null.
    RequiredNullable,
    /// Optional, and never null.
    Optional,
    /// Optional, and may be null.
    OptionalNullable,
    /// Optional, and sent in a merge patch, where null says more than the schema does.
    MergePatch,
}

impl PresenceReason {
    /// Why a property may be missing in an object that is used so.
    pub fn of(field: &Field, usage: &Usage) -> Self {
        match (field.required, field.nullable) {
            (true, false) => Self::Required,
            (true, true) => Self::RequiredNullable,
            (false, true) => Self::OptionalNullable,
            (false, false) if usage.merge_patch => Self::MergePatch,
            (false, false) => Self::Optional,
        }
    }

    /// What follows from it.
    pub fn presence(self) -> Presence {
        match self {
            Self::Required => Presence::Always,
            Self::OptionalNullable | Self::MergePatch => Presence::Nullable,
            Self::RequiredNullable | Self::Optional => Presence::Optional,
        }
    }
}

impl fmt::Display for PresenceReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Required => "the property is required and never null",
            Self::RequiredNullable => "the property is required and may be null",
            Self::Optional => "the property is not in `required`",
            Self::OptionalNullable => {
                "the property is optional and nullable, and absent and null are different things"
            }
            Self::MergePatch => {
                "the object is sent as a merge patch, where null deletes a property and absence keeps it"
            }
        })
    }
}

/// Why a value stands behind a `Box`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoxReason {
    /// It closes a circle of types that hold each other, which would have no size.
    Circle,
    /// The variant is much larger than its enum should be.
    Large,
}

impl fmt::Display for BoxReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Circle => {
                "it closes a circle of types that hold each other, which would have no size"
            }
            Self::Large => {
                "the variant is large, and without a box every value of the enum would be as large"
            }
        })
    }
}

/// Why a property is never printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecretReason {
    /// `target.toml` names it.
    Setting,
    /// Its name says so.
    Name,
    /// `format: password`.
    Password,
}

impl SecretReason {
    /// Why a property of a type is never printed; `None` where it is.
    pub fn of(field: &Field, owner: &TypeDef, target: &Target) -> Option<Self> {
        field.secret.then(|| {
            let (schema, property) = (owner.name.as_str(), field.wire.as_str());
            if target.secrets.name(schema, property) {
                Self::Setting
            } else if target.secrets.sound_like(schema, property) {
                Self::Name
            } else {
                Self::Password
            }
        })
    }
}

impl fmt::Display for SecretReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Setting => "target.toml lists it under `secrets`",
            Self::Name => {
                "its name says that it is secret; `visible` under `[secrets]` in target.toml shows it"
            }
            Self::Password => "its `format` is `password`",
        })
    }
}

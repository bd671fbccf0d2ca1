//! Why a property, a variant or a value is declared as it is.

use crate::plan::model::{Field, Presence, TypeDef};
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
    /// Optional, may be null, and some operation sends the object.
    SentNullable,
    /// Optional, may be null, and no operation sends the object.
    ReceivedNullable,
}

impl PresenceReason {
    /// Why a property may be missing; `sent` when some operation sends the object.
    pub fn of(field: &Field, sent: bool) -> Self {
        match (field.required, field.nullable) {
            (true, false) => Self::Required,
            (true, true) => Self::RequiredNullable,
            (false, false) => Self::Optional,
            (false, true) if sent => Self::SentNullable,
            (false, true) => Self::ReceivedNullable,
        }
    }

    /// What follows from it.
    pub fn presence(self) -> Presence {
        match self {
            Self::Required => Presence::Always,
            Self::SentNullable => Presence::Nullable,
            Self::RequiredNullable | Self::Optional | Self::ReceivedNullable => Presence::Optional,
        }
    }
}

impl fmt::Display for PresenceReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Required => "the property is required and never null",
            Self::RequiredNullable => "the property is required and may be null",
            Self::Optional => "the property is not in `required`",
            Self::SentNullable => {
                "the property is optional and nullable and some operation sends the object, so callers can say null or leave it out"
            }
            Self::ReceivedNullable => {
                "the property is optional and nullable, and no operation sends the object, so null and absent mean the same"
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
    /// `format: password`.
    Password,
}

impl SecretReason {
    /// Why a property of a type is never printed; `None` where it is.
    pub fn of(field: &Field, owner: &TypeDef, target: &Target) -> Option<Self> {
        field.secret.then(
            || match target.is_secret(&owner.name, field.wire.as_str()) {
                true => Self::Setting,
                false => Self::Password,
            },
        )
    }
}

impl fmt::Display for SecretReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Setting => "target.toml lists it under `secrets`",
            Self::Password => "its `format` is `password`",
        })
    }
}

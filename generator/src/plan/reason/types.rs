//! Why a type stands in its file, and why it has a constructor.

use crate::plan::Plan;
use crate::plan::homes::MIN_TYPES;
use crate::plan::model::{Presence, Shape, TagId, TypeDef};
use std::collections::BTreeSet;
use std::fmt;

/// Why a type stands in its file of models.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HomeReason {
    /// Operations of one tag reach it.
    OneTag(String),
    /// Operations of exactly these tags reach it and enough other types.
    SameTags(Vec<String>),
    /// Operations of every tag reach it.
    AllTags,
    /// Operations of these tags reach it, and too few other types to have a file of their own.
    FewTypes(Vec<String>),
    /// Operations of these tags reach it, and the name of their file is taken.
    NameTaken(Vec<String>),
    /// No operation reaches it, so it is not emitted.
    Unreached,
}

impl Plan {
    /// The file of models in which a type stands; `None` where it is not emitted.
    pub fn home_of(&self, def: &TypeDef) -> Option<String> {
        if def.joined || def.usage.tags.is_empty() {
            return None;
        }
        let module = self.modules.get(def.home.0)?;
        Some(format!("src/models/{}.rs", module.file()))
    }

    /// Why a type stands in its file.
    pub fn home_reason(&self, def: &TypeDef) -> HomeReason {
        let tags = &def.usage.tags;
        let names = |tags: &BTreeSet<TagId>| -> Vec<String> {
            tags.iter().map(|tag| self.tag(*tag).name.clone()).collect()
        };
        let own = self
            .modules
            .get(def.home.0)
            .is_some_and(|module| module.tags.is_some());
        match (names(tags).as_slice(), own) {
            ([], _) => HomeReason::Unreached,
            ([tag], true) => HomeReason::OneTag(tag.clone()),
            (tags, true) => HomeReason::SameTags(tags.to_vec()),
            (names, false) => {
                let alike = self.api.types.iter();
                let alike = alike.filter(|(_, other)| other.usage.tags == *tags);
                if tags.len() >= self.api.tags.len() && tags.len() > 1 {
                    HomeReason::AllTags
                } else if names.len() > 1 && alike.count() < MIN_TYPES {
                    HomeReason::FewTypes(names.to_vec())
                } else {
                    HomeReason::NameTaken(names.to_vec())
                }
            }
        }
    }
}

impl fmt::Display for HomeReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OneTag(tag) => write!(f, "only operations of `{tag}` reach it"),
            Self::SameTags(tags) => write!(
                f,
                "operations of {} reach it and at least {} other types, and no other operations do",
                list(tags),
                MIN_TYPES - 1
            ),
            Self::AllTags => f.write_str("operations of every tag reach it"),
            Self::FewTypes(tags) => write!(
                f,
                "operations of more than one tag reach it ({}), and too few other types are reached by the same ones for a file of their own",
                list(tags)
            ),
            Self::NameTaken(tags) => write!(
                f,
                "operations of {} reach it, and another file has the name that theirs would have",
                list(tags)
            ),
            Self::Unreached => f.write_str("no operation reaches it"),
        }
    }
}

fn list(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}

/// Why a struct has, or does not have, a constructor `new()`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConstructorReason {
    /// Callers send it, some of it is required, and some is not.
    SomeRequired,
    /// No operation sends it.
    NeverSent,
    /// All of it is required, so that the struct itself says as much.
    AllRequired,
    /// None of it is required, so that it has a default value.
    NoneRequired,
}

impl ConstructorReason {
    /// Why a type has a constructor or not; `None` where it is no struct.
    pub fn of(def: &TypeDef) -> Option<Self> {
        let Shape::Struct(object) = &def.shape else {
            return None;
        };
        let mut fields = object.fields.iter();
        let any =
            object.flattened.is_some() || fields.any(|field| field.presence == Presence::Always);
        Some(match (def.usage.request, def.has_constructor, any) {
            (false, ..) => Self::NeverSent,
            (true, true, _) => Self::SomeRequired,
            (true, false, true) => Self::AllRequired,
            (true, false, false) => Self::NoneRequired,
        })
    }
}

impl fmt::Display for ConstructorReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::SomeRequired => {
                "some operation sends it, some of its properties are required and some are not"
            }
            Self::NeverSent => "no operation sends it",
            Self::AllRequired => {
                "all of its properties are required, so the struct is written whole"
            }
            Self::NoneRequired => "none of its properties is required, so it has a default value",
        })
    }
}

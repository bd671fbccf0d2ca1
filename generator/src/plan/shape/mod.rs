//! Schemas to types.

mod all_of;
mod constraints;
mod enums;
pub(super) mod examples;
mod fields;
mod inheritance;
mod keywords;
mod lists;
mod meanings;
mod objects;
mod open;
mod patches;
mod pattern;
mod scalars;
mod schemas;
mod tags;
mod together;
mod unions;

pub(super) use constraints::of as constraints_of;

pub(super) use inheritance::Families;
pub(super) use keywords::{allows_everything, is_plain};
pub(super) use open::OpenSchema;
pub(super) use schemas::{Hint, SchemaRef};
pub(super) use together::Together;

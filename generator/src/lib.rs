//! Reads OpenAPI documents and emits typed Rust clients with their documentation and tests.
//!
//! Data flows one way; each phase is a module:
//!
//! | phase | takes → gives |
//! |---|---|
//! | [`load`] | path → one tree |
//! | [`repair`] | tree → tree, and diagnostics |
//! | [`parse`] | tree → `openapiv3::OpenAPI` |
//! | [`lower`] | `OpenAPI` → [`facts::Document`]: what the document says, whole |
//! | [`mod@plan`] | facts and settings → [`plan::Plan`]: the crate that will be emitted, decided whole |
//! | [`pages`] | [`plan::Plan`] → one serializable struct for each template |
//! | [`render`] | → text |
//! | [`mod@format`] | text → text; a gate that lets nothing through that does not parse |
//! | [`files`] | path → bytes; written, or compared with what is there |
//! | [`explain`] | a name → the way from a line of the document to the item of that name, with every reason |
//!
//! Only [`load`] and [`files`] touch the disk (and [`target`], [`render`] and [`generate`] where they read what a maintainer
//! wrote). [`pipeline`] runs the phases up to the plan, [`generate::generate`] all of them; [`report`] sums up what came of it.
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::todo,
        clippy::unimplemented,
        clippy::unreachable,
        clippy::indexing_slicing,
        clippy::string_slice
    )
)]

pub mod bundle;
pub mod cli;
mod closeness;
pub mod diagnostics;
mod embedded;
pub mod explain;
pub mod facts;
pub mod files;
pub mod format;
pub mod generate;
pub mod grammar;
pub mod load;
pub mod lower;
pub mod pages;
pub mod parse;
pub mod pipeline;
pub mod plan;
pub mod pointer;
pub mod prose;
pub mod render;
pub mod repair;
pub mod report;
mod runtime;
pub mod source;
pub mod target;
pub mod text;
pub mod tokens;

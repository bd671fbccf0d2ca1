//! Reads OpenAPI documents and emits typed Rust clients with their documentation and tests.
//!
//! Data flows one way; each phase is a module:
//!
//! | phase | takes → gives |
//! |---|---|
//! | [`load`] | path → one tree |
//! | [`overlay`] | tree and overlays → tree |
//! | [`repair`] | tree → tree, and diagnostics |
//! | [`parse`] | tree → `openapiv3::OpenAPI` |
//! | [`lower`] | `OpenAPI` → [`facts::Document`]: what the document says |
//! | [`plan`] | facts → [`ir::Api`]: what will be emitted, and why |
//! | [`name`] | [`ir::Api`] → names |
//! | [`view`] | → one serializable struct for each template |
//! | [`render`] | → text |
//! | [`mod@format`] | text → text; a gate that lets nothing through that does not parse |
//! | [`files`] | path → bytes; written, or compared with what is there |
//!
//! Only [`load`] and [`files`] touch the disk (and [`target`], [`render`] and [`generate`] where they read what a maintainer
//! wrote). [`generate::generate`] runs them all; [`report`] sums up what came of it, [`bundle`] stops after the first phase, and
//! [`mod@compare`] holds the facts of two documents side by side.
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
pub mod compare;
pub mod diagnostics;
mod embedded;
pub mod facts;
pub mod files;
pub mod format;
pub mod generate;
pub mod ir;
pub mod load;
pub mod lower;
pub mod name;
mod nearest;
pub mod overlay;
pub mod parse;
pub mod plan;
pub mod pointer;
pub mod prose;
pub mod render;
pub mod repair;
pub mod report;
mod runtime;
pub mod target;
pub mod tokens;
pub mod view;

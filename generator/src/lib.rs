//! Reads OpenAPI documents and emits typed Rust clients with their documentation and tests.
//!
//! Data flows one way, and the modules are rooms that stand in an order: a room imports only rooms that stand before it in this
//! table. `tests/rooms.rs` reads the table and the `use` lines, and fails when they disagree.
//!
//! | room | takes → gives |
//! |---|---|
//! | [`mod@pointer`] | the address of a node: JSON pointers |
//! | [`text`] | what characters are: those that deceive a reader, those of names in HTTP |
//! | `closeness` | words → how alike they are |
//! | [`grammar`] | which keyword of OpenAPI stands where, and what kind of value it takes |
//! | [`source`] | text → tree, with the place of every node |
//! | [`diagnostics`] | what there is to say about a document, as values and as text |
//! | [`load`] | path → one tree |
//! | [`overlay`] | a tree and corrections → the tree, corrected |
//! | [`repair`] | tree → tree, and diagnostics |
//! | [`parse`] | tree → `openapiv3::OpenAPI` |
//! | [`facts`] | what a document says, whole and typed, with nothing decided |
//! | [`lower`] | `OpenAPI` → [`facts::Document`] |
//! | [`target`] | what a document cannot say about the crate |
//! | [`prose`] | text of a document → text that is harmless where it goes |
//! | [`pretty`] | text of Rust → the same, laid out |
//! | [`tokens`] | values → literals of Rust, JSON, TOML and YAML |
//! | [`compare`] | facts beside facts → what changed |
//! | [`mod@plan`] | facts and settings → [`plan::Plan`]: the crate that will be emitted, decided whole |
//! | [`pipeline`] | the path of a document → its facts, its plan |
//! | [`init`] | a plan that was made without settings → the settings to begin with, and what they leave open |
//! | [`pages`] | [`plan::Plan`] → one serializable struct for each template |
//! | `embedded` | the files that are compiled into the generator |
//! | [`render`] | → text |
//! | [`files`] | path → bytes; written, or compared with what is there |
//! | [`surface`] | the files of a crate → what its callers can name; beside those of another version, what changes for them |
//! | `runtime` | the embedded runtime → files beside the crate |
//! | [`mod@format`] | text → text; a gate that lets nothing through that does not parse |
//! | [`bundle`] | the loaded tree → one file |
//! | [`generate`] | the path of a document → files: the whole pipeline |
//! | [`explain`] | a name → the way from a line of the document to the item of that name, with every reason |
//! | [`advice`] | an error → its text, with what to do about it |
//! | [`report`] | what a run gave → its summary |
//! | [`cli`] | arguments → an exit code |
//!
//! Only [`load`] and [`files`] touch the disk (and [`target`], [`render`] and [`generate`] where they read what a maintainer
//! wrote).
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
        clippy::print_stderr,
        clippy::print_stdout,
        clippy::string_slice
    )
)]

pub mod advice;
pub mod bundle;
pub mod cli;
mod closeness;
pub mod compare;
pub mod diagnostics;
mod embedded;
pub mod explain;
pub mod facts;
pub mod files;
pub mod format;
pub mod generate;
pub mod grammar;
pub mod init;
pub mod load;
pub mod lower;
pub mod overlay;
pub mod pages;
pub mod parse;
pub mod pipeline;
pub mod plan;
pub mod pointer;
pub mod pretty;
pub mod prose;
pub mod render;
pub mod repair;
pub mod report;
mod runtime;
pub mod source;
pub mod surface;
pub mod target;
pub mod text;
pub mod tokens;

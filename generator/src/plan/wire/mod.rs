//! Operations: what goes over the wire, where and how.

pub(super) mod content;
mod groups;
pub(super) mod operations;
pub(super) mod security;
pub(super) mod servers;

mod bodies;
mod expressions;
mod kinds;
mod parameters;
mod paths;
mod sendable;
mod unsigned;

//! Repairs of schemas: what OpenAPI 3.1 (JSON Schema 2020-12) says differently, and the faults that authors make.
//!
//! Each repair takes one schema, without what stands below it, and is run only on schemas that have one of its keywords.

pub(super) mod composition;
pub(super) mod enums;
pub(super) mod infer;
pub(super) mod keywords;
pub(super) mod later;
pub(super) mod limits;
pub(super) mod null;
pub(super) mod objects;
pub(super) mod types;
pub(super) mod values;

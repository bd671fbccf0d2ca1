//! The templates and the runtime crate, as they were when the generator was built.

/// The templates: path below `templates/`, text.
pub(crate) const TEMPLATES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/templates.rs"));

/// The runtime crate: path below `runtime/`, text.
pub(crate) const RUNTIME: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/runtime.rs"));

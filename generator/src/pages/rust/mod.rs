//! Takes the plan's nodes of Rust, gives their text. Identifiers come from the plan and everything of a document's becomes a
//! literal, so that no text of a document can stand here as code.

mod calls;
mod exprs;
mod macros;

pub(super) use calls::{call_chain, calls};
pub(super) use exprs::{Imports, expr_text};
pub(super) use macros::{macro_call, table_call};

use crate::plan::Gate;
pub(super) use crate::plan::{TypePlace, error_text, type_text};

/// The constant that a style of paging or a kind of job becomes, of the name that target.toml gives it.
pub(super) fn constant(name: &str) -> String {
    name.to_uppercase()
}

/// The predicate of a gate: `feature = "…"`, or any of several; none where it is open.
fn predicate(gate: &Gate) -> Option<String> {
    let Gate::AnyOf(features) = gate else {
        return None;
    };
    let quoted = |feature: &String| format!("feature = {}", crate::tokens::string(feature));
    let features: Vec<String> = features.iter().map(quoted).collect();
    Some(match features.as_slice() {
        [feature] => feature.clone(),
        features => format!("any({})", features.join(", ")),
    })
}

/// `#[cfg(…)]` for a gate; empty where it is open.
pub(super) fn cfg(gate: &Gate) -> String {
    predicate(gate).map_or_else(String::new, |predicate| format!("#[cfg({predicate})]"))
}

/// `#[cfg(not(…))]` for a gate; empty where it is open.
pub(super) fn cfg_not(gate: &Gate) -> String {
    predicate(gate).map_or_else(String::new, |predicate| format!("#[cfg(not({predicate}))]"))
}

/// The attribute of a function that has more arguments than clippy lets pass: all of them are required.
pub(super) fn many_arguments(count: usize) -> &'static str {
    /// Clippy's `too-many-arguments-threshold`.
    const MAX: usize = 7;
    if count > MAX {
        "#[allow(clippy::too_many_arguments, reason = \"all of them are required\")]"
    } else {
        ""
    }
}

/// The attribute of a method that a document calls like one that Rust's readers know, where clippy takes it for that one.
pub(super) fn known_name(name: &str, takes_self: bool, arguments: usize) -> &'static str {
    /// The operators of two values, which take the first by value.
    const OPERATORS: [&str; 10] = [
        "add", "bitand", "bitor", "bitxor", "div", "mul", "rem", "shl", "shr", "sub",
    ];
    let is_trait = match (takes_self, arguments) {
        (true, 1) => OPERATORS.contains(&name),
        (false, 0) => name == "clone",
        (false, 1) => name == "cmp",
        _ => false,
    };
    if is_trait {
        "#[allow(clippy::should_implement_trait, reason = \"the API calls it so\")]"
    } else if name == "new" && !takes_self {
        "#[allow(clippy::new_ret_no_self, reason = \"the API calls it so\")]"
    } else {
        ""
    }
}

/// Our own words as a doc comment, links and headings included; nothing of a document's may be in them but identifiers.
pub(super) fn own_docs(text: &str) -> String {
    text.lines()
        .map(|line| format!("/// {line}").trim_end().to_owned())
        .collect::<Vec<_>>()
        .join("\n")
}

//! `src/mock.rs` and what it reads, with the program that serves it: the API as a server.

use super::{Draft, FileKind};
use crate::plan::Plan;
use serde::Serialize;
use serde_json::Value;

/// What the server reads: each entry is JSON on a line of its own, so that a change of one operation is a change of one line.
#[derive(Serialize)]
struct Api {
    schemes: Vec<String>,
    operations: Vec<String>,
    sections: Vec<Section>,
}

#[derive(Serialize)]
struct Section {
    name: &'static str,
    entries: Vec<String>,
}

#[derive(Serialize)]
struct Program {
    library: String,
}

/// The pages of the server.
pub(super) fn pages(plan: &Plan) -> Vec<Draft<'_>> {
    vec![
        Draft::new("src/mock.rs", "src/mock.rs.jinja", FileKind::Rust, || ()),
        Draft::new(
            "src/mock/api.json",
            "src/mock/api.json.jinja",
            FileKind::Json,
            || api(plan),
        ),
        Draft::new(
            "examples/serve.rs",
            "examples/serve.rs.jinja",
            FileKind::Rust,
            || program(plan),
        ),
    ]
}

fn program(plan: &Plan) -> Program {
    Program {
        library: plan.name.library.to_string(),
    }
}

fn api(plan: &Plan) -> Api {
    let operations = plan.operations();
    let sections = plan.mock.sections().map(|(name, items)| Section {
        name,
        entries: items.map(|(name, item)| entry(name, item)).collect(),
    });
    Api {
        schemes: plan
            .described_schemes()
            .map(|(name, scheme)| entry(name, &scheme.to_string()))
            .collect(),
        operations: operations
            .map(|(_, operation)| plan.described(operation))
            .collect(),
        sections: sections.collect(),
    }
}

/// A member of an object.
fn entry(name: &str, value: &str) -> String {
    format!("{}:{value}", Value::from(name))
}

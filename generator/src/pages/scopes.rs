//! `src/scopes.rs`: what each operation asks of a token, as a table, and the function that finds the fewest scopes for some of them.

use super::rust::cfg;
use crate::plan::Plan;
use crate::plan::model::TagId;
use crate::tokens;
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct ScopesFile {
    groups: Vec<GroupView>,
}

#[derive(Serialize)]
struct GroupView {
    cfg: String,
    operations: Vec<OperationView>,
}

#[derive(Serialize)]
struct OperationView {
    /// The operationId, as a literal.
    id: String,
    /// Sets of scopes, as literals.
    sets: Vec<Vec<String>>,
}

/// The table.
pub(super) fn scopes(plan: &Plan) -> ScopesFile {
    ScopesFile {
        groups: plan.tags().map(|(id, _)| group(plan, id)).collect(),
    }
}

fn group(plan: &Plan, tag: TagId) -> GroupView {
    let literals = |set: &Vec<String>| set.iter().map(|scope| tokens::string(scope)).collect();
    let operations = plan.operations_of(tag).map(|(_, operation)| OperationView {
        id: tokens::string(&operation.id),
        sets: operation.access.scopes.iter().map(literals).collect(),
    });
    GroupView {
        cfg: cfg(&plan.gate_of(tag)),
        operations: operations.collect(),
    }
}

//! Operations that give a list in parts: takes the plan, gives those whose parameters say so.

use super::found::MOST;
use crate::plan::Plan;

/// A line for each operation that answers with a list and takes such parameters.
pub(super) fn paged(plan: &Plan) -> Vec<String> {
    let mut lines = Vec::new();
    for operation in &plan.api.operations {
        let steps = plan.list_steps(operation);
        if !steps.is_empty() {
            lines.push(format!("{} ({})", operation.label(), steps.join(", ")));
        }
    }
    let more = lines.len().saturating_sub(MOST);
    lines.truncate(MOST);
    if more > 0 {
        lines.push(format!("and {more} more"));
    }
    lines
}

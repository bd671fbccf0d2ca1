//! Which operations may be called again after a failure: by their methods, or because the target file says so. It gives what an emitted
//! method tells the runtime of that.

use super::call::Call;
use super::model::{Api, Operation};
use crate::target::Retries;

/// Fills in what the target file says.
pub(super) fn decide(api: &mut Api, retries: &Retries) {
    for operation in &mut api.operations {
        operation.is_repeatable = retries.repeatable.contains(&operation.id);
    }
}

impl Operation {
    /// Whether it may be called twice as well as once, by its method (RFC 9110, 9.2.2).
    pub fn is_idempotent(&self) -> bool {
        !matches!(self.method, "POST" | "PATCH")
    }

    /// What the runtime is told of an operation that may be called again though its method does not say so.
    pub fn repeatable_call(&self) -> Option<Call> {
        self.is_repeatable.then(|| Call::new("repeatable", []))
    }
}

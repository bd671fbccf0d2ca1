//! Takes a name and everything that a run knows, gives the way from a line of the document to the Rust item that comes of it: what the
//! document says, each repair, each decision with its reason, and the item.
//!
//! Nothing is decided here. The plan's nodes hold where they come from and why they are what they are; this room finds the node that is
//! meant (`find`), gathers what is known about it (`subject`, `said`, `types`, `operations`) and puts it in order (`chain`).

mod chain;
mod find;
mod operations;
mod said;
mod subject;
mod types;

pub use chain::{Chain, Decision, Item, Place};
pub use find::ExplainError;
pub use subject::Subject;

use crate::diagnostics::Diagnostics;
use crate::plan::Plan;
use crate::source::Sources;
use crate::target::Target;
use serde_json::Value;

/// Everything that a run knows about a document and the crate that is made from it.
#[derive(Clone, Copy)]
pub struct Evidence<'r> {
    /// The document as it was loaded, before anything in it was repaired.
    pub document: &'r Value,
    /// Where each place of it stands.
    pub sources: &'r Sources,
    /// What there is to say about it.
    pub diagnostics: &'r Diagnostics,
    /// The settings.
    pub target: &'r Target,
    /// The crate.
    pub plan: &'r Plan,
}

impl<'r> Evidence<'r> {
    /// Everything of the crate that can be explained.
    pub fn subjects(&self) -> Vec<Subject<'r>> {
        subject::subjects(self.plan)
    }

    /// The explanations of everything that has this name: an operationId, a Rust path, or a JSON pointer.
    ///
    /// # Errors
    ///
    /// When nothing has the name, or nothing is emitted for the place that it names.
    pub fn explain(&self, name: &str) -> Result<Vec<Chain<'r>>, ExplainError> {
        let found = find::find(self, name)?;
        Ok(found
            .into_iter()
            .map(|subject| self.chain(subject))
            .collect())
    }

    /// The explanation of one thing.
    pub fn chain(&self, subject: Subject<'r>) -> Chain<'r> {
        let place = Place::of(self, subject.pointer());
        Chain {
            said: said::said(self, &place),
            repairs: chain::diagnostics_on_the_way(self, &place),
            decisions: match subject {
                Subject::Operation(id, operation) => operations::of_operation(self, id, operation),
                Subject::Parameter { operation, index } => {
                    operations::of_parameter(self, operation, index)
                }
                Subject::Body(operation) => operations::of_body(self, operation),
                Subject::Response(operation, response) => {
                    operations::of_response(self, operation, response)
                }
                Subject::Type(_, def) => types::of_type(self, def),
                Subject::Field { owner, def, field } => types::of_field(self, owner, def, field),
                Subject::Value { def, value } => types::of_value(self, def, value),
                Subject::Variant {
                    owner,
                    def,
                    variant,
                } => types::of_variant(self, owner, def, variant),
            },
            item: subject.item(self.plan),
            place,
        }
    }
}

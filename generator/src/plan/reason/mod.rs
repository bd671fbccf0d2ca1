//! Why the crate is what it is: takes a decision of the plan, gives a sentence that a person can read.
//!
//! Reasons are values. Where a decision cannot be worked out again from the node that holds it, the node holds the reason too; the
//! others are functions of the node. Each is worded here and nowhere else, so that the plan printed as JSON and the explanation of
//! a single item say the same.

mod fields;
mod names;
mod operations;
mod origin;
mod types;

pub use fields::{BoxReason, PresenceReason, SecretReason};
pub use names::{NameReasons, NameStep};
pub use operations::{AnswerReason, ArgumentReason, CredentialsReason, ErrorReason};
pub use origin::Origin;
pub use types::{ConstructorReason, HomeReason};

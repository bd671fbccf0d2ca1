//! A limit on the client's own side, so that a server's limit is kept and not run into. Takes how many
//! requests a server takes in which time, and gives each request its turn.
//!
//! No more than the limit's count reaches the server in *any* window of its length. For that a request
//! takes a slot before it is sent, and the slot is free again one window after its answer began: when
//! between the two the server counted it cannot be known, and from then on it is certain. Token
//! buckets, and the GCRA of the crate `governor`, let a full bucket and what is refilled meanwhile
//! through, up to twice the count in one window; a server that counts by windows refuses the second
//! half. That is why the times of the answers are kept here.

mod limit;
mod limiter;
mod told;

pub use limit::RateLimit;
pub(crate) use limiter::{Limiter, Slot};

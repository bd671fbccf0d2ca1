//! When a call is made again. Takes how an attempt ended and gives how long to wait before the next,
//! or that there is none: [`RetryPolicy`] is what the caller sets, [`Trouble`] what an attempt's end
//! says, [`Budget`] what all clones of a client may spend together.
//!
//! What is repeated, and when:
//!
//! - an answer of 429 says that nothing was done and that the server is alive: it is repeated whatever
//!   the method, as often as the deadline of the call allows;
//! - where no connection came about, or no token, nothing was done either: repeated whatever the method;
//! - a broken or timed-out exchange, 502, 503 and 504 leave open what was done: repeated where a repeat
//!   does no harm, by the method (RFC 9110, section 9.2.2) or by the caller's word.

mod backoff;
mod budget;
mod policy;
mod retries;
mod trouble;

pub(crate) use budget::Budget;
pub use policy::RetryPolicy;
pub(crate) use retries::Retries;
pub(crate) use trouble::{Kind, Trouble, of_status};

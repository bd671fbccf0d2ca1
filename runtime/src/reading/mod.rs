//! From JSON to a type, as far as the JSON allows: takes a body, gives the value and what in it was
//! not as documented.
//!
//! A body is read strictly first, which costs what serde costs. Only when that fails, or when a type
//! noticed something on the way, is the body read a second time, by [`lenient`], which coerces what
//! loses nothing, knows each place, and, when asked to, leaves out what cannot be read.

mod access;
mod deviation;
mod fault;
mod keys;
mod left_out;
mod lenient;
mod notes;

pub use deviation::{Deviation, Reading};
#[doc(hidden)]
pub use fault::Fault;
pub(crate) use fault::relay;
pub(crate) use left_out::{NULLABLE, when_missing};
pub(crate) use lenient::Lenient;
pub(crate) use notes::{Aside, bring_back, count, mark, notice, notice_null, set_aside};

use crate::decode::{is_blank, without_byte_order_mark};
use crate::error::DecodeProblem;
use notes::collect;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// What to do with a part of a body that cannot be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Loss {
    /// The whole reading fails.
    #[default]
    Refuse,
    /// The smallest thing around it that can be missing is left out, and told.
    LeaveOut,
}

/// Reads a whole body as JSON.
pub(crate) fn read_json<T: DeserializeOwned>(
    body: &[u8],
    loss: Loss,
) -> Result<Reading<T>, DecodeProblem> {
    if is_blank(body) {
        return Err(DecodeProblem::new(
            "",
            "the body is empty, JSON was expected",
        ));
    }
    let body = without_byte_order_mark(body);
    let before = count();
    let strict = serde_json::from_slice::<T>(body);
    let noticed = count() != before;
    match strict {
        Ok(value) if noticed => {
            let again = read_again::<T>(body, loss);
            let deviations = again.map(|again| again.deviations).unwrap_or_default();
            Ok(Reading { value, deviations })
        }
        Ok(value) => Ok(Reading::exact(value)),
        Err(error) if error.is_data() => read_again(body, loss),
        Err(error) => Err(DecodeProblem::new("", error.to_string())),
    }
}

fn read_again<T: DeserializeOwned>(body: &[u8], loss: Loss) -> Result<Reading<T>, DecodeProblem> {
    let tree: Value =
        serde_json::from_slice(body).map_err(|error| DecodeProblem::new("", error.to_string()))?;
    collect(loss, || T::deserialize(Lenient::new(&tree)))
        .map_err(|fault| DecodeProblem::new(fault.pointer(), fault.message()))
}

//! Whether what is written goes to a server. serde hands nothing down to the types that it writes, so
//! this stands beside the writing, on its thread: what only the server sets is kept when a value is
//! stored, and left out when it is sent.

use std::cell::Cell;

thread_local! {
    static SENDING: Cell<bool> = const { Cell::new(false) };
}

/// Whether what is being written on this thread is to be sent.
pub(crate) fn is_sending() -> bool {
    SENDING.get()
}

/// Writes what is to be sent.
pub(crate) fn sending<T>(write: impl FnOnce() -> T) -> T {
    let outer = SENDING.replace(true);
    let written = write();
    SENDING.set(outer);
    written
}

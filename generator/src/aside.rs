//! Takes large values that nobody needs any more, gives their memory back while the next phase is at work already.

/// Drops a value on another thread.
pub(crate) fn drop_aside(value: impl Send + 'static) {
    rayon::spawn(move || drop(value));
}

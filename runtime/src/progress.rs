//! How far an upload or a download has come, for a program that draws a bar.

use std::fmt;
use std::sync::Arc;

/// How far an upload or a download has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    bytes: u64,
    total: Option<u64>,
}

impl Progress {
    pub(crate) const fn new(bytes: u64, total: Option<u64>) -> Self {
        Self { bytes, total }
    }

    /// The bytes so far. An upload counts what was handed to the connection, and starts anew when its call is made again, be it with a new token.
    pub const fn bytes(self) -> u64 {
        self.bytes
    }

    /// The bytes in all, where that is known: not of a stream, and not of a download that comes compressed.
    pub const fn total(self) -> Option<u64> {
        self.total
    }
}

/// Who is told of it.
#[derive(Clone)]
pub(crate) struct Watch(Arc<dyn Fn(Progress) + Send + Sync>);

impl Watch {
    pub(crate) fn new(watch: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        Self(Arc::new(watch))
    }

    pub(crate) fn tell(&self, progress: Progress) {
        (self.0)(progress);
    }
}

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Watch")
    }
}

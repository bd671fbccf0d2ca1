//! Until when a call may go on: one time for all its attempts and all its waits.

use std::time::Duration;

use tokio::time::Instant;

/// What stands for a time that the clock cannot count to: thirty years.
const FAR: Duration = Duration::from_secs(30 * 365 * 24 * 60 * 60);

/// The time that lies this far from now.
pub(crate) fn after(time: Duration) -> Instant {
    later(Instant::now(), time)
}

fn later(now: Instant, time: Duration) -> Instant {
    now.checked_add(time).unwrap_or_else(|| now + FAR)
}

/// The end of a call's time.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deadline {
    pub(crate) at: Instant,
    /// How long the call may take as a whole.
    pub(crate) whole: Duration,
    /// Whether that is the call's own `timeout`, in place of the client's `deadline`.
    pub(crate) is_own: bool,
}

impl Deadline {
    /// The deadline of a call that begins now.
    pub(crate) fn new(now: Instant, own: Option<Duration>, clients: Duration) -> Self {
        let whole = own.unwrap_or(clients);
        Self {
            at: later(now, whole),
            whole,
            is_own: own.is_some(),
        }
    }

    /// Whether nothing is left.
    pub(crate) fn is_over(&self) -> bool {
        self.left().is_zero()
    }

    /// What is left.
    pub(crate) fn left(&self) -> Duration {
        self.at.saturating_duration_since(Instant::now())
    }
}

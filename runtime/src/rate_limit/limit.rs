//! A limit of requests: how many in which time.

use std::time::Duration;

/// How many requests a server takes in which time, such as 100 in 10 seconds.
///
/// ```
/// use std::time::Duration;
/// use sdk_runtime::RateLimit;
///
/// const LIMIT: RateLimit = RateLimit::new(100, Duration::from_secs(10));
/// assert_eq!((LIMIT.count(), LIMIT.window()), (100, Duration::from_secs(10)));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimit {
    count: u32,
    window: Duration,
}

impl RateLimit {
    /// This many requests in any window of this length. A count of zero is taken as one, since nothing
    /// could ever be sent.
    pub const fn new(count: u32, window: Duration) -> Self {
        let count = if count == 0 { 1 } else { count };
        Self { count, window }
    }

    /// How many requests.
    pub const fn count(&self) -> u32 {
        self.count
    }

    /// In which time.
    pub const fn window(&self) -> Duration {
        self.window
    }
}

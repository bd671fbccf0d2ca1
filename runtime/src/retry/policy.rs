//! How often and after which waits a call is made again: what a caller sets, for a client or for one
//! call.

use std::time::Duration;

/// How often a call is made again, and after which waits. On unless [`never`](Self::never) is given.
///
/// A call is made again where that does no harm: with a method that is idempotent (RFC 9110, section
/// 9.2.2: GET, HEAD, OPTIONS, TRACE, PUT, DELETE) or where [`Request::repeatable`] says so, after an
/// exchange that broke or timed out and after the statuses 502, 503 and 504; with every method where
/// the request was surely not acted on, because no connection or no token came about, or because the
/// server answered 429. A request whose body is a stream is never made again.
///
/// All waits and attempts together stay within the time that the call has, its own
/// [`timeout`](crate::Request::timeout) or the client's
/// [`deadline`](crate::ClientBuilder::deadline): a wait that would last longer is not begun, and the
/// last failure is given. The same happens when the calls of a client fail so often that its retries
/// would become more than a tenth of them, which would keep a struggling server down.
///
/// ```
/// use std::time::Duration;
/// use sdk_runtime::RetryPolicy;
///
/// let patient = RetryPolicy::default().max_attempts(6).longest_wait(Duration::from_secs(60));
/// let once = RetryPolicy::never();
/// ```
///
/// [`Request::repeatable`]: crate::Request::repeatable
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "a policy does nothing until a client or a request is given it"]
pub struct RetryPolicy {
    pub(super) is_on: bool,
    pub(super) max_attempts: u32,
    pub(super) first_wait: Duration,
    pub(super) longest_wait: Duration,
    pub(super) longest_retry_after: Duration,
}

impl RetryPolicy {
    /// Every call is made once, whatever comes of it, 429 included.
    pub const fn never() -> Self {
        Self {
            is_on: false,
            ..Self::STANDARD
        }
    }

    const STANDARD: Self = Self {
        is_on: true,
        max_attempts: 4,
        first_wait: Duration::from_millis(250),
        longest_wait: Duration::from_secs(20),
        longest_retry_after: Duration::from_secs(60),
    };

    /// How many attempts a call makes at most, the first among them. Four unless set; one and zero
    /// mean the same.
    ///
    /// An answer of 429 is not counted: the server is there, and says how long to wait. Only the time of
    /// the call limits how often that happens.
    pub const fn max_attempts(self, attempts: u32) -> Self {
        Self {
            max_attempts: attempts,
            ..self
        }
    }

    /// Longest wait before the second attempt; each further one may wait twice as long as the one
    /// before. The average wait is half of it, since waits are drawn at random, so that not all callers
    /// come back at once. A quarter of a second unless set.
    pub const fn first_wait(self, time: Duration) -> Self {
        Self {
            first_wait: time,
            ..self
        }
    }

    /// Longest wait that this client chooses itself. Twenty seconds unless set.
    pub const fn longest_wait(self, time: Duration) -> Self {
        Self {
            longest_wait: time,
            ..self
        }
    }

    /// Longest `Retry-After` that is waited for; a server that asks for more ends the call with its
    /// refusal at once. Sixty seconds unless set.
    pub const fn longest_retry_after(self, time: Duration) -> Self {
        Self {
            longest_retry_after: time,
            ..self
        }
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self::STANDARD
    }
}

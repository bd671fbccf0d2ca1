//! How long to wait: takes a policy and what the server asked for, gives a time drawn at random, so
//! that callers who failed together do not come back together.

use std::time::Duration;

use super::RetryPolicy;

/// The wait before the next attempt, of which this many came before.
pub(super) fn wait(policy: &RetryPolicy, asked: Option<Duration>, repeats: u32) -> Duration {
    match asked.filter(|asked| !asked.is_zero()) {
        // Not a moment earlier than asked, and a little later, each at another time.
        Some(asked) => asked.saturating_add(random(policy.first_wait.min(asked / 10))),
        None => {
            let factor = 1_u32.checked_shl(repeats).unwrap_or(u32::MAX);
            random(
                policy
                    .first_wait
                    .saturating_mul(factor)
                    .min(policy.longest_wait),
            )
        }
    }
}

/// A time up to this one, each equally likely ("full jitter").
fn random(longest: Duration) -> Duration {
    let nanoseconds = u64::try_from(longest.as_nanos()).unwrap_or(u64::MAX);
    Duration::from_nanos(fastrand::u64(0..=nanoseconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_the_longest() {
        let (first, longest) = (Duration::from_millis(100), Duration::from_millis(700));
        let policy = RetryPolicy::default()
            .first_wait(first)
            .longest_wait(longest);
        for (repeats, bound) in [(0, 100), (1, 200), (2, 400), (3, 700), (31, 700), (99, 700)] {
            let bound = Duration::from_millis(bound);
            let waits: Vec<_> = (0..2000).map(|_| wait(&policy, None, repeats)).collect();
            let longest = waits.iter().max().copied().unwrap_or_default();
            let shortest = waits.iter().min().copied().unwrap_or_default();
            assert!(longest <= bound && longest > bound / 2, "{longest:?}");
            assert!(shortest < bound / 10, "{shortest:?}");
        }
    }

    #[test]
    fn what_a_server_asks_for_is_waited_for() {
        let policy = RetryPolicy::default();
        let asked = Duration::from_secs(3);
        for _ in 0..1000 {
            let wait = wait(&policy, Some(asked), 7);
            assert!(wait >= asked && wait <= asked + Duration::from_millis(250));
        }
        // A server that asks for nothing would be asked again without a pause.
        assert!(wait(&policy, Some(Duration::ZERO), 0) <= Duration::from_millis(250));
        assert_eq!(
            wait(&policy.first_wait(Duration::MAX), Some(Duration::MAX), 0),
            Duration::MAX
        );
    }
}

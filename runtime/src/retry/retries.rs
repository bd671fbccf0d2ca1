//! The repeats of one call: takes the trouble that each attempt met, gives the wait before the next
//! attempt while the policy, the client's budget and the time of the call allow one.

use std::time::Duration;

use super::trouble::Kind;
use super::{Budget, RetryPolicy, Trouble, backoff};

/// What one call may still do.
pub(crate) struct Retries<'a> {
    policy: RetryPolicy,
    budget: &'a Budget,
    /// Whether a repeat does no harm, whatever the server has done.
    is_repeatable: bool,
    /// Attempts that failed and are counted: not those that were answered with 429.
    failed: u32,
    repeats: u32,
}

impl<'a> Retries<'a> {
    pub(crate) fn new(policy: RetryPolicy, budget: &'a Budget, is_repeatable: bool) -> Self {
        Self {
            policy,
            budget,
            is_repeatable,
            failed: 0,
            repeats: 0,
        }
    }

    /// How long to wait before the next attempt, when there is to be one. `left` is what is left of
    /// the call's time; `can_resend` whether the body can be sent again.
    pub(crate) fn wait(
        &mut self,
        trouble: &Trouble,
        left: Duration,
        can_resend: bool,
    ) -> Option<Duration> {
        let policy = &self.policy;
        let is_too_long = |asked: Duration| asked > policy.longest_retry_after;
        if !policy.is_on || !can_resend || trouble.asked.is_some_and(is_too_long) {
            return None;
        }
        let is_counted = trouble.kind != Kind::Later;
        if is_counted {
            self.failed = self.failed.saturating_add(1);
        }
        let is_harmful = trouble.kind == Kind::Unclear && !self.is_repeatable;
        if is_harmful || is_counted && self.failed >= policy.max_attempts {
            return None;
        }
        let wait = backoff::wait(policy, trouble.asked, self.repeats);
        // Nothing is taken from the budget for a wait that is not begun.
        if wait >= left || is_counted && !self.budget.spend() {
            return None;
        }
        self.repeats = self.repeats.saturating_add(1);
        Some(wait)
    }
}

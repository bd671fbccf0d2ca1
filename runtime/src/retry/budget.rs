//! What all clones of a client may spend on repeats, so that a server that is down gets hardly more
//! requests than calls are made. A limit of attempts alone would multiply the load on it by that
//! limit, just when it can bear least.
//!
//! Each call earns a tenth of a repeat. A new client may make ten repeats before it has earned any;
//! that reserve is a loan, which the first hundred calls pay back by earning nothing. So repeats are
//! never more than a tenth of the calls once there were a hundred, and never more than ten before.

use std::sync::{Mutex, PoisonError};

/// What a repeat costs. Amounts are tenths of a repeat, to count without fractions.
const COST: u32 = 10;

/// What a call earns.
const EARNED: u32 = 1;

/// What a client begins with.
const RESERVE: u32 = 10 * COST;

/// More than this is not saved up: a long quiet time does not justify a storm.
const MOST: u32 = 100 * COST;

/// The repeats that a client may still make.
#[derive(Debug)]
pub(crate) struct Budget {
    account: Mutex<Account>,
}

#[derive(Debug)]
struct Account {
    saved: u32,
    /// What is still to be paid back of the reserve.
    owed: u32,
}

impl Default for Budget {
    fn default() -> Self {
        let account = Account {
            saved: RESERVE,
            owed: RESERVE,
        };
        Self {
            account: Mutex::new(account),
        }
    }
}

impl Budget {
    /// A call is made.
    pub(crate) fn earn(&self) {
        self.with(|account| match account.owed.checked_sub(EARNED) {
            Some(owed) => account.owed = owed,
            None => account.saved = (account.saved + EARNED).min(MOST),
        });
    }

    /// Takes a repeat, or says that there is none left.
    pub(crate) fn spend(&self) -> bool {
        self.with(|account| match account.saved.checked_sub(COST) {
            Some(saved) => {
                account.saved = saved;
                true
            }
            None => false,
        })
    }

    fn with<T>(&self, change: impl FnOnce(&mut Account) -> T) -> T {
        // A panic elsewhere leaves no half-done change here.
        let mut account = self.account.lock().unwrap_or_else(PoisonError::into_inner);
        change(&mut account)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeats_are_ten_and_then_a_tenth_of_the_calls() {
        let budget = Budget::default();
        let mut spent = 0;
        for call in 1..=1000_u32 {
            budget.earn();
            spent += (0..9).filter(|_| budget.spend()).count();
            assert!(spent <= 10.max(call as usize / 10), "{spent} of {call}");
        }
        assert_eq!(spent, 100);
    }

    #[test]
    fn no_more_than_a_hundred_repeats_are_saved_up() {
        let budget = Budget::default();
        (0..100_000).for_each(|_| budget.earn());
        assert_eq!((0..1000).filter(|_| budget.spend()).count(), 100);
    }
}

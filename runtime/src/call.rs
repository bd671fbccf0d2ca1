//! One call: takes a finished request, makes as many attempts as its policy, the client's budget and
//! the call's time allow, and gives how the last one ended. It knows no operation's types, so that it
//! is compiled once.

use std::pin::pin;
use std::time::Duration;

use tokio::time::{Instant, sleep};

use crate::attempt::{Attempt, AttemptOutcome};
use crate::deadline::Deadline;
use crate::error::Failure;
use crate::outgoing::Outgoing;
use crate::retry::{Retries, Trouble};
use crate::send::{Answered, Course, Take, attempt};
use crate::trace::Trace;

/// Makes the attempts of a call.
pub(crate) async fn call(outgoing: &Outgoing, take: Take) -> Result<Box<Answered>, Failure> {
    let inner = outgoing.client();
    inner.budget.earn();
    let policy = outgoing.draft.retries.unwrap_or(inner.retries);
    let mut retries = Retries::new(policy, &inner.budget, outgoing.is_repeatable());
    let mut now = Instant::now();
    let deadline = Deadline::new(now, outgoing.draft.time, inner.limits.call());
    let mut last: Option<Result<Box<Answered>, Failure>> = None;
    let mut number: u32 = 0;
    loop {
        number = number.saturating_add(1);
        let mut course = Course::new(deadline, number, now);
        let trace = Trace::start(outgoing, number);
        let made = {
            // Stays in its place: it is too large to be moved for nothing.
            let attempt = pin!(trace.within(attempt(outgoing, take, &mut course)));
            attempt.await
        };
        let outcome = made.map_err(|failure| outgoing.blamed(failure, &deadline));
        let wait = Trouble::of(&outcome).and_then(|trouble| {
            let can_resend = outgoing.can_be_sent_again();
            retries.wait(&trouble, deadline.left(), can_resend)
        });
        let ended = AttemptOutcome::of(&outcome);
        // The span ends here: the wait for another attempt is no part of this one.
        trace.end(ended, wait);
        if let Some(observer) = &inner.observer {
            observer(&Attempt {
                operation: outgoing.operation(),
                number,
                outcome: ended,
                duration: course.sent_at.map_or(Duration::ZERO, |at| at.elapsed()),
                wait,
            });
        }
        match (wait, outcome, last) {
            (Some(wait), outcome, _) => {
                last = Some(outcome);
                sleep(wait).await;
                now = Instant::now();
            }
            // The rate limit left no room, so that nothing was sent: what failed before says more.
            (None, Err(Failure::RateLimit(_)), Some(failed)) => {
                return counted(failed, outgoing, number - 1);
            }
            (None, outcome, _) => return counted(outcome, outgoing, number),
        }
    }
}

/// An outcome that tells how the call was made, after so many attempts.
fn counted(
    outcome: Result<Box<Answered>, Failure>,
    outgoing: &Outgoing,
    attempts: u32,
) -> Result<Box<Answered>, Failure> {
    let made = outgoing.made(attempts);
    match outcome {
        Ok(mut answered) => {
            answered.received.made = made;
            Ok(answered)
        }
        Err(failure) => Err(failure.of(outgoing.operation(), made)),
    }
}

//! One operation on bad days: takes a call, makes it against the mock of its whole API once for each thing that goes wrong there, and
//! checks that it ends as it should: well, or in the error that says what went wrong.

use std::time::Duration;

use reqwest::Method;

use super::answer::Outcome;
use super::client::{builder_at, built, fetching_at};
use super::exchange::Call;
use super::expected::Expected;
use crate::mock::{Builder, Hostile, Refused};
use crate::retry::RetryPolicy;

/// How long a slow body pauses before each of its pieces.
const PAUSE: Duration = Duration::from_millis(1);

/// Makes the call on a good day, then on each bad one. `succeeds` tells that the operation declares a success.
///
/// # Panics
/// When the mock refuses the request, or a call does not end as it should.
pub(super) async fn play(
    server: fn() -> Builder,
    expected: &Expected,
    succeeds: bool,
    call: &mut Call<'_>,
) {
    // A second attempt, at once.
    let retries = RetryPolicy::default()
        .max_attempts(2)
        .first_wait(Duration::ZERO);
    let days = [None].into_iter().chain(Hostile::ALL.map(Some));
    for hostile in days {
        // Where tokens are fetched, the one that expires is to be replaced.
        let renews = hostile == Some(Hostile::ExpiredToken) && expected.carries_a_fetched_token();
        let mut server = server().slow_pause(PAUSE);
        if !renews {
            server = server.any_token();
        }
        if let Some(hostile) = hostile {
            server = server.hostile(hostile);
        }
        let mock = server.start().await;
        let (service, authorization) = (expected.service, expected.authorization);
        let client = match renews {
            true => fetching_at(service, authorization, &mock.url()),
            false => builder_at(service, authorization, &mock.url()),
        };
        let client = built(client.retries(retries));
        let outcome = call(client).await;
        let refused = mock.refused();
        let mut operations = refused.iter().filter_map(Refused::operation);
        if operations.any(|id| mock.cannot_be_asked(id) || mock.has_twin(id)) {
            return;
        }
        assert!(
            refused.is_empty(),
            "{expected}: the mock refuses it: {refused:?}"
        );
        // Where no success is declared none is given, and where tokens are granted nothing else can go wrong.
        if !succeeds || mock.grants_tokens_at(&expected.path) {
            continue;
        }
        if let Err(wanted) = judge(hostile, renews, &expected.method, &outcome) {
            // It may have been answered as the other operation of its path would be.
            if mock.last_called().is_some_and(|id| mock.has_twin(&id)) {
                return;
            }
            let day = hostile.map_or("a good day".to_owned(), |hostile| format!("{hostile:?}"));
            panic!(
                "{expected} on {day}: the call {}, not {wanted}",
                outcome.text
            );
        }
    }
}

/// Whether a call ended as it should, or what it should have been.
fn judge(
    hostile: Option<Hostile>,
    renews: bool,
    method: &str,
    outcome: &Outcome,
) -> Result<(), &'static str> {
    // Whether the call is made again although the service may have done what it asks for.
    let is_repeated = method
        .parse()
        .is_ok_and(|method: Method| method.is_idempotent());
    let status = outcome.status.map(|status| status.as_u16());
    let (is_right, wanted) = match hostile {
        Some(Hostile::ExpiredToken) if !renews => (
            !outcome.success && status == Some(401),
            "refused with 401, since its token cannot be renewed",
        ),
        // The settings of a target may say that it can be repeated all the same.
        Some(Hostile::Unavailable) if !is_repeated => (
            outcome.success || status == Some(503),
            "well or refused with 503",
        ),
        // Whether what is required may be null is for the document to say.
        Some(Hostile::NullEverywhere) => (
            outcome.success || status.is_some_and(|status| status < 300),
            "well, or a success that cannot be read",
        ),
        // A body that is empty cannot be cut. One that is must not be taken for a refusal.
        Some(Hostile::CutBody) if !is_repeated => (
            outcome.success || status.is_none_or(|status| status < 400),
            "well or broken off",
        ),
        _ => (outcome.success, "well"),
    };
    if is_right { Ok(()) } else { Err(wanted) }
}

//! How calls are made: how many requests the service takes in which time, and which operations may be called again after a failure.
//! It exists because a document says neither in a way that a client could act on.

use super::fault::{Faults, Setting};
use super::known::Known;
use serde::{Deserialize, Serialize};

/// How many requests the service takes in which time; clients keep that unless they are told otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct RateLimit {
    /// How many requests, in any window of this length.
    pub requests: u32,
    /// How long the window is, in seconds.
    pub seconds: u32,
}

/// Which operations may be called again after a failure.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Retries {
    /// Operations of methods that are not idempotent whose repeat does no harm all the same, by operationId: they only read, mostly.
    pub repeatable: Vec<String>,
}

/// Checks both.
pub(super) fn check(
    faults: &mut Faults<'_>,
    limit: Option<RateLimit>,
    retries: &Retries,
    known: &Known<'_>,
) {
    if let Some(limit) = limit {
        for (name, number) in [("requests", limit.requests), ("seconds", limit.seconds)] {
            if number == 0 {
                faults.add(
                    Setting::new(&["rate_limit", name], "0"),
                    "with zero nothing could ever be sent; without a limit, leave `[rate_limit]` out",
                );
            }
        }
    }
    let key = ["retries", "repeatable"];
    faults.expect_once(&key, &retries.repeatable);
    for setting in Setting::items(&key, &retries.repeatable) {
        if !known.operations.contains(&setting.value) {
            faults.expect_known(setting, setting.value, "operation", &known.operations);
        } else if known.idempotent.contains(&setting.value) {
            faults.add(
                setting,
                "the operation is called again anyhow, by its method (RFC 9110, 9.2.2)",
            );
        }
    }
}

//! What an answer tells of the server's own limit: takes its status and headers, gives for how long
//! nothing should be sent.

use std::time::Duration;

use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use crate::error::retry_after;

/// Longest pause that a server is believed to need. A limit by the hour is the longest in use; more is
/// a mistake, which must not silence a client for days.
const LONGEST: Duration = Duration::from_secs(60 * 60);

/// From this on, a number is a time since 1970 and not one to wait.
const NO_WAIT: u64 = 1_000_000_000;

/// Headers that tell how many requests are left, and those that tell in how many seconds there are
/// more again.
const LEFT: [(&str, &str); 2] = [
    ("x-ratelimit-remaining", "x-ratelimit-reset"),
    ("ratelimit-remaining", "ratelimit-reset"),
];

/// For how long this answer asks all requests to wait.
pub(super) fn pause(status: StatusCode, headers: &HeaderMap) -> Option<Duration> {
    let number = |name: &str| -> Option<u64> {
        let text = headers.get(name)?.to_str().ok()?;
        text.trim().parse().ok()
    };
    let used_up = || {
        let mut names = LEFT.iter().filter(|(left, _)| number(left) == Some(0));
        let seconds = names.find_map(|(_, reset)| number(reset))?;
        (seconds < NO_WAIT).then(|| Duration::from_secs(seconds))
    };
    let asked = match status {
        StatusCode::TOO_MANY_REQUESTS => retry_after(headers),
        _ => None,
    };
    let pause = asked.into_iter().chain(used_up()).max()?;
    (!pause.is_zero()).then_some(pause.min(LONGEST))
}

#[cfg(test)]
mod tests {
    use reqwest::header::{HeaderName, HeaderValue};

    use super::*;

    #[test]
    fn a_server_tells_when_it_takes_more() {
        let told = |status: u16, headers: &[(&'static str, &'static str)]| {
            let headers: HeaderMap = headers
                .iter()
                .map(|(name, value)| {
                    let name = HeaderName::from_static(name);
                    (name, HeaderValue::from_static(value))
                })
                .collect();
            let status = StatusCode::from_u16(status).unwrap_or_default();
            pause(status, &headers).map(|pause| pause.as_secs())
        };
        let left = "x-ratelimit-remaining";
        let reset = "x-ratelimit-reset";
        assert_eq!(told(429, &[("retry-after", "7")]), Some(7));
        assert_eq!(told(503, &[("retry-after", "7")]), None);
        assert_eq!(told(429, &[]), None);
        assert_eq!(told(200, &[(left, "0"), (reset, "9")]), Some(9));
        assert_eq!(told(200, &[(left, "1"), (reset, "9")]), None);
        assert_eq!(told(200, &[(left, "0")]), None);
        assert_eq!(told(200, &[(left, "0"), (reset, "0")]), None);
        assert_eq!(told(200, &[(left, "0"), (reset, "86400")]), Some(3600));
        assert_eq!(told(200, &[(left, "0"), (reset, "1795000000")]), None);
        let both = [("retry-after", "2"), (left, "0"), (reset, "9")];
        assert_eq!(told(429, &both), Some(9));
        let draft = [("ratelimit-remaining", "0"), ("ratelimit-reset", "3")];
        assert_eq!(told(200, &draft), Some(3));
    }
}

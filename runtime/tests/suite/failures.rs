//! What a caller asks of an error to decide what to do.

use std::error::Error as _;

use sdk_runtime::testing::Failed;
use sdk_runtime::{Error, NoErrorBody};

type Failure = Error<NoErrorBody>;

/// A question, and its name for the message of a failed test.
type Question = (&'static str, fn(&Failure) -> bool);

const QUESTIONS: [Question; 11] = [
    ("timeout", Error::is_timeout),
    ("connect", Error::is_connect),
    ("auth", Error::is_auth),
    ("forbidden", Error::is_forbidden),
    ("rate_limited", Error::is_rate_limited),
    ("not_found", Error::is_not_found),
    ("conflict", Error::is_conflict),
    ("decode", Error::is_decode),
    ("server_error", Error::is_server_error),
    ("retryable", Error::is_retryable),
    ("after_success", Error::is_after_success),
];

#[test]
fn every_kind_of_failure_is_told_from_the_others() {
    let (get, post) = (Failed::new("GET", "/x"), Failed::new("POST", "/x"));
    let cases: [(Failure, &[&str]); 26] = [
        (get.timed_out(), &["timeout", "retryable"]),
        (post.timed_out(), &["timeout"]),
        (get.unreachable(), &["connect", "retryable"]),
        (post.unreachable(), &["connect", "retryable"]),
        (get.cut_off(), &["retryable"]),
        (post.cut_off(), &[]),
        (get.refused(401, ""), &["auth"]),
        (get.without_credentials(), &["auth"]),
        (get.token_refused(401, "no"), &["auth"]),
        (
            get.token_refused(429, "later"),
            &["auth", "rate_limited", "retryable"],
        ),
        (
            post.token_refused(503, "down"),
            &["auth", "server_error", "retryable"],
        ),
        (get.without_token("no"), &["auth"]),
        (
            get.token_unreachable(true),
            &["timeout", "auth", "retryable"],
        ),
        (
            post.token_unreachable(false),
            &["connect", "auth", "retryable"],
        ),
        (
            post.out_of_turn(),
            &["timeout", "rate_limited", "retryable"],
        ),
        (get.refused(403, ""), &["forbidden"]),
        (get.refused(404, ""), &["not_found"]),
        (get.refused(409, ""), &["conflict"]),
        (post.refused(429, ""), &["rate_limited", "retryable"]),
        (get.refused(500, ""), &["server_error"]),
        (get.refused(503, ""), &["server_error", "retryable"]),
        (post.refused(503, ""), &["server_error"]),
        (
            get.undecodable(200, "{", "", "odd"),
            &["decode", "after_success"],
        ),
        (get.without_body(200), &["decode", "after_success"]),
        (get.too_large(200, 1), &["after_success"]),
        (get.unsendable(None, "odd"), &[]),
    ];
    for (error, expected) in cases {
        let answers = QUESTIONS.iter().filter(|(_, ask)| ask(&error));
        let answers: Vec<&str> = answers.map(|(name, _)| *name).collect();
        assert_eq!(answers, expected, "{error}");
        assert_eq!(error.to_string().lines().count(), 1);
        let nothing_sent =
            matches!(error, Error::Request(_)) || error.to_string().contains(": no credentials");
        assert_eq!(error.attempts(), u32::from(!nothing_sent), "{error}");
        assert!(error.source().is_none(), "made without an exchange");
    }
}

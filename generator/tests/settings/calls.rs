//! `[rate_limit]` and `[retries]`: how calls are made.

use super::{DOCUMENT, check, faults_in};

/// The document with an operation that posts.
fn posting() -> String {
    let post = "    post: {operationId: searchUsers, tags: [Users], responses: {'200': {description: Found.}}}\n";
    let get = "    get:\n      operationId: listUsersBYID\n";
    assert!(DOCUMENT.contains(get));
    DOCUMENT.replace(get, &format!("{post}{get}"))
}

#[test]
fn a_rate_limit_lets_something_through() {
    let problem = "with zero nothing could ever be sent; without a limit, leave `[rate_limit]` out";
    check(
        "[rate_limit]\nrequests = 100\nseconds = 10",
        "[rate_limit]\nrequests = 0\nseconds = 10",
        &format!("line 2: rate_limit.requests = \"0\": {problem}"),
    );
    check(
        "[rate_limit]\nrequests = 1\nseconds = 1",
        "[rate_limit]\nrequests = 1\nseconds = 0",
        &format!("line 3: rate_limit.seconds = \"0\": {problem}"),
    );
}

#[test]
fn what_is_repeatable_is_an_operation_that_would_not_be_repeated() {
    let document = posting();
    let faults = |target: &str| faults_in(&document, target);
    assert_eq!(faults("[retries]\nrepeatable = ['searchUsers']"), [""; 0]);
    assert_eq!(
        faults(
            "[retries]\nrepeatable = [\n  'searchUser',\n  'listUsersBYID',\n  'searchUsers',\n  'searchUsers',\n]"
        ),
        [
            "line 3: retries.repeatable = \"searchUser\": the API has no operation `searchUser`; the nearest is `searchUsers`",
            "line 4: retries.repeatable = \"listUsersBYID\": the operation is called again anyhow, by its method (RFC 9110, 9.2.2)",
            "line 6: retries.repeatable = \"searchUsers\": the list has it already",
        ]
    );
}

//! Jobs that a server goes on with after it answered, waited for over HTTP.

use sdk_runtime::{Error, Job, Method, NoErrorBody, Request, Waiting};
use serde_json::Value;
use std::time::{Duration, Instant};

use crate::server::{Reply, Server, json, with_headers};

const REPORT: Job = Job::new("/id", "/reports/{id}/result", "id").state(
    "/status",
    &["SUCCESS", "WARNING"],
    &["FAILURE"],
);

/// A server on which a report is in these states, one after the other.
async fn server(states: &'static [&'static str]) -> Server {
    Server::start(move |request, count| match request.line() {
        "POST /reports/run" => json(202, r#"{"id": "a b"}"#),
        "GET /reports/a%20b/result" => {
            let state = states.get(count - 1).or(states.last()).expect("a state");
            json(200, &format!(r#"{{"status": "{state}", "rows": {count}}}"#))
        }
        other => panic!("{other}"),
    })
    .await
}

fn wait(server: &Server) -> Waiting<Value, NoErrorBody> {
    let request = server.client().request(Method::POST, "/reports/run");
    let request: Request<Value, NoErrorBody> = request.returns_json();
    request.wait_for(&REPORT).every(Duration::from_millis(2))
}

#[tokio::test]
async fn a_job_is_asked_for_until_it_is_done_and_a_new_state_means_that_it_goes_on() {
    let server = server(&["PENDING", "SOME_NEW_STATE", "WARNING"]).await;
    let result = wait(&server).await.unwrap();
    assert_eq!(result["rows"], 3);
    assert_eq!(server.requests().len(), 4);
}

#[tokio::test]
async fn a_job_that_fails_tells_its_state_and_what_the_server_said() {
    let server = server(&["PENDING", "FAILURE"]).await;
    let error = wait(&server).await.unwrap_err();
    let Error::Job(error) = error else {
        panic!("{error}")
    };
    assert_eq!(error.state(), Some("FAILURE"));
    assert!(error.body().starts_with(b"{\"status\""));
    assert_eq!(
        error.to_string(),
        "GET /reports/{id}/result: the job ended in the state FAILURE"
    );
}

#[tokio::test]
async fn a_job_is_not_waited_for_longer_than_told_and_its_id_is_kept() {
    let server = server(&["PENDING"]).await;
    let waiting = wait(&server).at_most(Duration::from_millis(30));
    let Err(Error::Job(error)) = waiting.await else {
        panic!("it is never done")
    };
    assert_eq!((error.running_id(), error.state()), (Some("a b"), None));
    assert!(
        error.to_string().contains("is still going on after 30ms"),
        "{error}"
    );
}

#[tokio::test]
async fn a_job_whose_state_cannot_be_asked_for_keeps_its_id() {
    let server = Server::start(|request, _| match request.line() {
        "POST /reports/run" => json(202, r#"{"id": "a b"}"#),
        _ => json(500, r#"{"message": "out of order"}"#),
    })
    .await;
    let error = wait(&server).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "GET /reports/{id}/result: the job a b may be still going on; its state cannot be asked for: \
         GET /reports/{id}/result: 500 Internal Server Error: out of order"
    );
    let source = std::error::Error::source(&error).expect("why");
    assert!(source.to_string().contains("500"), "{source}");
    let Error::Job(error) = error else {
        panic!("{error}")
    };
    assert_eq!(error.running_id(), Some("a b"));

    // An answer that does not come is not waited for longer than the job.
    let silent = Server::start(|request, _| match request.line() {
        "POST /reports/run" => json(202, r#"{"id": 7}"#),
        _ => Reply::Silence,
    })
    .await;
    let begun = Instant::now();
    let waiting = wait(&silent).at_most(Duration::from_millis(200));
    let Err(Error::Job(error)) = waiting.await else {
        panic!("it is never done")
    };
    assert!(begun.elapsed() < Duration::from_secs(5));
    assert_eq!(error.running_id(), Some("7"));
    assert!(error.to_string().contains("after 200ms"), "{error}");
}

#[tokio::test]
async fn what_the_path_of_the_start_names_is_named_again() {
    const PUSH: Job = Job::new("/id", "/users/{user}/pushes/{id}", "id").state(
        "/status",
        &["accepted"],
        &["rejected"],
    );
    const CAMPAIGN: Job = Job::by_path("/campaigns/{id}").state("/status", &["ACTIVE"], &[]);
    let server = Server::start(|request, _| match request.line() {
        "POST /users/a%2Fb/pushes" => json(201, r#"{"id": 5}"#),
        "GET /users/a%2Fb/pushes/5" => json(200, r#"{"status": "accepted"}"#),
        "POST /campaigns/c%20d/activate" => with_headers(202, "", ""),
        "GET /campaigns/c%20d" => json(200, r#"{"status": "ACTIVE"}"#),
        other => panic!("{other}"),
    })
    .await;
    let soon = Duration::from_millis(2);
    let request = server
        .client()
        .request(Method::POST, "/users/{user}/pushes");
    let push: Request<Value, NoErrorBody> = request.path("user", "a/b").returns_json();
    let done: Value = push.wait_for(&PUSH).every(soon).await.unwrap();
    assert_eq!(done["status"], "accepted");
    let request = server
        .client()
        .request(Method::POST, "/campaigns/{id}/activate");
    let start: Request<(), NoErrorBody> = request.path("id", "c d").returns_nothing();
    let done: Value = start.wait_for(&CAMPAIGN).every(soon).await.unwrap();
    assert_eq!(done["status"], "ACTIVE");
}

#[tokio::test]
async fn a_start_that_is_refused_or_tells_no_id_is_an_error() {
    let refused = Server::start(|_, _| with_headers(403, "", "")).await;
    let error = wait(&refused).await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(403));
    let silent = Server::always(202, "{}").await;
    let error = wait(&silent).await.unwrap_err();
    assert!(error.to_string().contains("no id at `/id`"), "{error}");
}

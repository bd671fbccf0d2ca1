//! Calls from code that is not async.

use sdk_runtime::{Error, Job, Method, NoErrorBody, Paging, Place, Position, Request, json};
use serde_json::Value;
use std::io::Read as _;
use std::time::Duration;

use crate::server::{Server, json as answer, with_headers};

/// Runs a server on a thread of its own, since the test's thread waits for the calls.
fn with_server(
    script: impl Fn(&crate::server::Recorded, usize) -> crate::server::Reply + Send + Sync + 'static,
    test: impl FnOnce(&Server),
) {
    let runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = { runtime }.worker_threads(1).enable_all().build().unwrap();
    let server = runtime.block_on(Server::start(script));
    test(&server);
}

fn request(server: &Server, path: &'static str) -> Request<Value, NoErrorBody> {
    server.client().request(Method::GET, path).returns_json()
}

#[test]
fn a_call_gives_what_awaiting_it_would() {
    with_server(
        |request, _| match request.target() {
            "/one" => with_headers(200, "x-a: b\r\ncontent-type: application/json\r\n", "1"),
            _ => answer(404, "{}"),
        },
        |server| {
            assert_eq!(request(server, "/one").call().unwrap(), 1);
            let response = request(server, "/one").call_response().unwrap();
            assert_eq!(response.headers()["x-a"], "b");
            let error = request(server, "/none").call().unwrap_err();
            assert!(error.is_not_found(), "{error}");
            let mut body = String::new();
            let stream = request(server, "/one").call_stream().unwrap();
            stream.into_body().read_to_string(&mut body).unwrap();
            assert_eq!(body, "1");
        },
    );
}

#[test]
fn a_list_is_an_iterator_and_a_job_is_waited_for() {
    const CURSOR: Paging = Paging::cursor("cursor", Place::Header("next"));
    const JOB: Job = Job::new("/id", "/jobs/{id}", "id").state("/state", &["DONE"], &[]);
    with_server(
        |request, _| match request.target() {
            "/list" => with_headers(200, "next: 2\r\n", "[1,2]"),
            "/list?cursor=2" => with_headers(200, "", "[3]"),
            "/start" => answer(202, r#"{"id": 7}"#),
            _ => answer(200, r#"{"state": "DONE"}"#),
        },
        |server| {
            fn items(page: Value) -> Vec<Value> {
                page.as_array().cloned().unwrap_or_default()
            }
            let list = || request(server, "/list");
            let all = list().items_by(&CURSOR, None, items, Position::START);
            let all: Vec<Value> = all.blocking().collect::<Result<_, _>>().unwrap();
            assert_eq!(all, [1, 2, 3]);
            let pages = list().pages_by(&CURSOR, None, items, Position::START);
            assert_eq!(
                pages
                    .blocking()
                    .map(|page| page.unwrap().items().len())
                    .collect::<Vec<_>>(),
                [2, 1]
            );
            let waiting = request(server, "/start").wait_for::<Value>(&JOB);
            let done = waiting.every(Duration::from_millis(1)).call().unwrap();
            assert_eq!(done, json!({"state": "DONE"}));
        },
    );
}

#[tokio::test]
async fn a_call_from_async_code_is_refused_and_says_what_to_do() {
    let server = Server::always(200, "1").await;
    let error = request(&server, "/one").call().unwrap_err();
    assert!(matches!(error, Error::Request(_)), "{error}");
    assert!(error.to_string().contains("use `.await` there"), "{error}");
    assert!(server.requests().is_empty());
}

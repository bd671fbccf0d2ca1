//! Repeats are a small part of what a client sends, however much fails.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use sdk_runtime::{Method, Request};

use crate::retries::{closed, quick_client};
use crate::server::{Server, get, json};

#[tokio::test]
async fn a_server_that_is_down_gets_hardly_more_requests_than_calls_are_made() {
    let server = Server::always(503, "").await;
    let client = quick_client(&server.url);
    for calls in 1..=300 {
        let error = get(&client, "/x").await.unwrap_err();
        assert_eq!(error.status().unwrap().as_u16(), 503);
        let repeats = server.requests().len() - calls;
        assert!(repeats <= 10.max(calls / 10), "{repeats} of {calls}");
    }
    let requests = server.requests().len();
    assert!((320..=330).contains(&requests), "{requests}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn all_clones_share_the_budget() {
    let server = Server::always(503, "").await;
    let client = quick_client(&server.url);
    let calls: Vec<_> = (0..300)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { get(&client, "/x").await.unwrap_err().attempts() })
        })
        .collect();
    let mut attempts = 0;
    for call in calls {
        attempts += call.await.unwrap();
    }
    assert_eq!(attempts as usize, server.requests().len());
    assert!(attempts <= 330, "{attempts}");
}

#[tokio::test]
async fn an_outage_is_survived_where_it_is_short_and_not_made_worse_where_it_is_long() {
    let is_down = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&is_down);
    let server = Server::start(move |_, _| match seen.load(Ordering::SeqCst) {
        true => json(504, ""),
        false => json(200, "1"),
    })
    .await;
    let client = quick_client(&server.url);
    let mut failed = 0;
    for call in 0..400 {
        is_down.store((100..300).contains(&call), Ordering::SeqCst);
        failed += usize::from(get(&client, "/x").await.is_err());
    }
    assert_eq!(failed, 200, "what works is given as it comes");
    let requests = server.requests().len();
    assert!(requests > 400 && requests <= 440, "{requests}");
}

#[tokio::test]
async fn too_many_requests_cost_nothing() {
    // Every second request is refused, which is more than any budget would allow.
    let server = Server::start(|_, before| match before % 2 {
        0 => json(429, ""),
        _ => json(200, "1"),
    })
    .await;
    let client = quick_client(&server.url);
    for _ in 0..100 {
        get(&client, "/x").await.unwrap();
    }
    assert_eq!(server.requests().len(), 200);
}

#[tokio::test]
async fn what_is_not_repeated_costs_nothing() {
    let server = Server::start(|request, _| match request.target() {
        "/post" => json(503, ""),
        _ => json(200, "1"),
    })
    .await;
    let client = quick_client(&server.url);
    for _ in 0..50 {
        let request = client.request(Method::POST, "/post");
        let error = request
            .returns_nothing::<Request<(), sdk_runtime::NoErrorBody>>()
            .await;
        assert_eq!(error.unwrap_err().attempts(), 1);
    }
    // The reserve is still there for those that are.
    let url = closed().await;
    let error = get(&quick_client(&url), "/x").await.unwrap_err();
    assert_eq!(error.attempts(), 4);
}

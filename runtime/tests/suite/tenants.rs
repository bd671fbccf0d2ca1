//! Many calls with one token, and several tenants at once.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use sdk_runtime::{Client, ClientBuilder, RateLimit};

use crate::server::{FORM, Server, get, json, late};
use crate::tokens::{API_PATH, TOKEN_PATH};

fn client(url: &str, id: &str) -> Client {
    ClientBuilder::new(&FORM)
        .base_url(url)
        .client_credentials(id, "secret")
        .build()
        .unwrap()
}

/// The token that every request to the API bore.
fn tokens_of(server: &Server) -> BTreeSet<String> {
    let requests = server.requests();
    let calls = requests.iter().filter(|call| call.target() == API_PATH);
    calls
        .map(|call| call.header("authorization").unwrap_or_default().to_owned())
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_calls_at_once_fetch_one_token_for_each_expiry() {
    let granted = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&granted);
    let server = Server::start(move |request, _| match request.target() {
        TOKEN_PATH => {
            let mut granted = log.lock().unwrap();
            granted.push(Instant::now());
            let number = granted.len();
            let token = format!(r#"{{"access_token":"t{number}","expires_in":1}}"#);
            late(20, json(200, &token))
        }
        _ => json(200, "1"),
    })
    .await;
    // So many sockets at a time as any machine allows.
    let limit = RateLimit::new(100, Duration::from_millis(1));
    let builder = ClientBuilder::<Client>::new(&FORM).base_url(&server.url);
    let builder = builder.client_credentials("id", "secret");
    let client = builder.rate_limit(Some(limit)).build().unwrap();
    for _ in 0..3 {
        let calls: Vec<_> = (0..1000)
            .map(|_| {
                let client = client.clone();
                tokio::spawn(async move { get(&client, "/x").await })
            })
            .collect();
        for call in calls {
            call.await.unwrap().unwrap();
        }
        tokio::time::sleep(Duration::from_millis(1100)).await;
    }
    let granted = granted.lock().unwrap();
    assert!(granted.len() >= 3, "the token expires between the waves");
    // A token of one second is replaced in its last tenth, and never before; what the server sees of that moves by as much as a busy
    // machine holds its requests up. A token that was fetched twice would have lived for no time at all.
    for pair in granted.windows(2) {
        let lived = pair[1] - pair[0];
        assert!(lived >= Duration::from_millis(500), "{lived:?}");
    }
    assert_eq!(tokens_of(&server).len(), granted.len());
    assert_eq!(server.count(API_PATH), 3000);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tenants_share_no_token() {
    let tenant = |token: &'static str| {
        Server::start(move |request, _| match request.target() {
            TOKEN_PATH => json(
                200,
                &format!(r#"{{"access_token":"{token}","expires_in":60}}"#),
            ),
            _ => json(200, "1"),
        })
    };
    let servers = [Arc::new(tenant("one").await), Arc::new(tenant("two").await)];
    let clients = [client(&servers[0].url, "a"), client(&servers[1].url, "b")];
    let calls: Vec<_> = (0..200)
        .map(|number| {
            let client = clients[number % 2].clone();
            tokio::spawn(async move { get(&client, "/x").await })
        })
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    for (server, token) in servers.iter().zip(["Bearer one", "Bearer two"]) {
        assert_eq!(tokens_of(server), BTreeSet::from([token.to_owned()]));
        assert_eq!((server.count(TOKEN_PATH), server.count(API_PATH)), (1, 100));
    }

    // Two tenants at one server, and two clients of one tenant.
    let granted = AtomicUsize::new(0);
    let server = Server::start(move |request, _| match request.target() {
        TOKEN_PATH => {
            let number = granted.fetch_add(1, Ordering::SeqCst);
            json(
                200,
                &format!(r#"{{"access_token":"t{number}","expires_in":60}}"#),
            )
        }
        _ => json(200, "1"),
    })
    .await;
    for id in ["a", "b", "a"] {
        get(&client(&server.url, id), "/x").await.unwrap();
    }
    assert_eq!(tokens_of(&server).len(), 3);
}

//! The sockets of a server: takes connections, gives each request to the player.

use std::convert::Infallible;
use std::sync::Arc;

use bytes::Bytes;
use http_body_util::BodyExt as _;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use super::call::{Call, pairs};
use super::player::Player;
use super::reply::{Playing, Reply};

/// Answers connections until it is dropped.
pub(super) async fn listen(listener: TcpListener, player: Arc<Player>) {
    // Ends every connection with itself.
    let mut connections = JoinSet::new();
    loop {
        if let Ok((stream, _)) = listener.accept().await {
            connections.spawn(serve(stream, Arc::clone(&player)));
        }
        while connections.try_join_next().is_some() {}
    }
}

async fn serve(stream: TcpStream, player: Arc<Player>) {
    let service = service_fn(move |request| {
        let player = Arc::clone(&player);
        async move { Ok::<_, Infallible>(answer(request, &player).await) }
    });
    // A caller that goes away is no fault of the server, and a body that is cut off is meant.
    let _ = http1::Builder::new()
        .serve_connection(TokioIo::new(stream), service)
        .await;
}

async fn answer(request: hyper::Request<Incoming>, player: &Player) -> hyper::Response<Playing> {
    let (head, body) = request.into_parts();
    let body = match body.collect().await {
        Ok(body) => body.to_bytes(),
        Err(_) => return Reply::empty(400).into_response(),
    };
    let reply = player.play(call(head, body));
    if !reply.delay.is_zero() {
        tokio::time::sleep(reply.delay).await;
    }
    reply.into_response()
}

fn call(head: hyper::http::request::Parts, body: Bytes) -> Call {
    let raw_query = head.uri.query().unwrap_or_default().to_owned();
    Call {
        method: head.method.as_str().to_owned(),
        path: head.uri.path().to_owned(),
        parameters: Vec::new(),
        query: pairs(&raw_query),
        raw_query,
        headers: head.headers,
        body,
    }
}

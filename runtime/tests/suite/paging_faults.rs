//! What a server can do wrong with a list in pages, and what a caller can: nothing is lost without a word, and nothing loops.

use sdk_runtime::{Client, Error, Method, NoErrorBody, Position, Request, json};
use serde_json::Value;

use crate::paging::{CURSOR, LINK, List, RECORDS, number, numbers, reply, request, rest};
use crate::server::{Server, with_headers};

#[tokio::test]
async fn a_cursor_that_comes_again_is_an_error_and_no_loop() {
    for length in [1, 2, 3, 7] {
        let server = Server::start(move |_, count| {
            reply(
                &format!("after-cursor: c{}\r\n", count % length),
                &json!([count]),
            )
        })
        .await;
        let request = server.client().request(Method::GET, "/list").returns_json();
        let request: Request<Value, NoErrorBody> = request;
        let mut items = request.items_by(&CURSOR, None, numbers, Position::START);
        let error = loop {
            match items.try_next().await {
                Ok(item) => assert!(item.is_some(), "the list must not end without a word"),
                Err(error) => break error,
            }
        };
        let Error::Paging(error) = error else {
            panic!("{error}")
        };
        assert!(error.is_circle(), "{error}");
        assert!(server.requests().len() <= 4 * length + 2, "{length}");
        assert!(items.try_next().await.unwrap().is_none());
    }
}

#[tokio::test]
async fn a_total_that_changes_and_a_page_that_is_too_long_lose_nothing() {
    // The list has three items more when its second page is asked for, and its pages have more than was asked for.
    let server = Server::start(|request, count| {
        let start = number(request, "offset").unwrap_or(0);
        let total = if count == 0 { 4 } else { 7 };
        let items: Vec<u64> = (start..total.min(start + 3)).collect();
        reply(&format!("x-total-count: {total}\r\n"), &json!(items))
    })
    .await;
    let list = List {
        paging: &RECORDS,
        length: 0,
        most: 0,
        ragged: false,
    };
    let all = rest(&server.client(), list, Some(2), Position::START).await;
    assert_eq!(all.unwrap(), [0, 1, 2, 3, 4, 5, 6]);
}

#[tokio::test]
async fn a_total_that_shrinks_ends_the_list() {
    let server = Server::start(|request, count| {
        let start = number(request, "offset").unwrap_or(0);
        let total = if count == 0 { 9 } else { 2 };
        let items: Vec<u64> = (start..total.min(start + 2)).collect();
        reply(&format!("x-total-count: {total}\r\n"), &json!(items))
    })
    .await;
    let list = List {
        paging: &RECORDS,
        length: 0,
        most: 0,
        ragged: false,
    };
    let all = rest(&server.client(), list, Some(2), Position::START).await;
    assert_eq!(all.unwrap(), [0, 1]);
}

#[tokio::test]
async fn an_item_that_cannot_be_read_is_told_and_the_list_goes_on() {
    async fn server() -> Server {
        Server::start(|request, _| match number(request, "offset").unwrap_or(0) {
            0 => reply("x-total-count: 5\r\n", &json!([0, {"not": "a number"}, 2])),
            3 => reply("x-total-count: 5\r\n", &json!([3, 4])),
            other => panic!("asked for the items behind {other}"),
        })
        .await
    }
    fn list(client: &Client) -> Request<Vec<u64>, NoErrorBody> {
        client.request(Method::GET, "/list").returns_json()
    }

    let strict = server().await;
    let mut items = list(&strict.client()).items_by(&RECORDS, None, |page| page, Position::START);
    let error = items.try_next().await.unwrap_err();
    let Error::Decode(error) = error else {
        panic!("{error}")
    };
    assert_eq!(error.pointer(), "/1");
    assert_eq!(items.collect_all(9).await.unwrap(), [0, 2, 3, 4]);

    let lossy = server().await;
    let mut items =
        list(&lossy.client())
            .lossy()
            .items_by(&RECORDS, None, |page| page, Position::START);
    assert_eq!(items.try_next().await.unwrap(), Some(0));
    assert_eq!(items.deviations().len(), 1);
    assert_eq!(items.collect_all(9).await.unwrap(), [2, 3, 4]);
}

#[tokio::test]
async fn a_failed_page_ends_the_stream_and_its_place_can_be_gone_on_from() {
    let server = Server::start(
        |request, count| match number(request, "offset").unwrap_or(0) {
            2 if count < 2 => with_headers(403, "", "{}"),
            start => {
                let items: Vec<u64> = (start..4.min(start + 2)).collect();
                reply("x-total-count: 4\r\n", &json!(items))
            }
        },
    )
    .await;
    let list = List {
        paging: &RECORDS,
        length: 4,
        most: 2,
        ragged: false,
    };
    let client = server.client();
    let first = request(&client, list, Some(2));
    let mut items = first.items_by(&RECORDS, None, numbers, Position::START);
    assert_eq!(items.try_next().await.unwrap(), Some(0));
    assert_eq!(items.try_next().await.unwrap(), Some(1));
    let error = items.try_next().await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(403));
    assert!(items.try_next().await.unwrap().is_none());
    let left = rest(&client, list, Some(2), items.position()).await;
    assert_eq!(left.unwrap(), [2, 3]);
}

#[tokio::test]
async fn a_list_longer_than_wanted_and_a_foreign_place_are_refused() {
    let list = List {
        paging: &RECORDS,
        length: 9,
        most: 4,
        ragged: false,
    };
    let server = list.serve().await;
    let client = server.client();
    let items = request(&client, list, None).items_by(&RECORDS, None, numbers, Position::START);
    let Err(Error::Paging(error)) = items.collect_all(8).await else {
        panic!("nine items are more than eight")
    };
    assert!(error.is_too_many());
    let foreign: Position = serde_json::from_value(json!({"at": {"cursor": "c"}})).unwrap();
    let error = rest(&client, list, None, foreign.clone())
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Paging(_)), "{error}");
    assert_eq!(format!("{foreign:?}"), "Position(cursor …)");
}

#[tokio::test]
async fn a_link_to_another_origin_is_not_followed() {
    let elsewhere = Server::always(200, "[]").await;
    let link = format!("link: <{}/list?p=2>; rel=\"next\"\r\n", elsewhere.url);
    let server = Server::start(move |_, _| reply(&link, &json!([1]))).await;
    let list = List {
        paging: &LINK,
        length: 1,
        most: 1,
        ragged: false,
    };
    let error = rest(&server.client(), list, None, Position::START)
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Request(_)), "{error}");
    assert!(elsewhere.requests().is_empty());
}

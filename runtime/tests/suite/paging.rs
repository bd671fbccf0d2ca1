//! Lists in pages, over HTTP: every item once, in order, whatever the style, the size of the list and the size of the pages, also when
//! gone on from anywhere.

use sdk_runtime::{
    Client, Error, Method, NoErrorBody, Page, Paging, Place, Position, Request, json,
};
use serde_json::Value;
use std::sync::Arc;
use tokio::runtime::Builder;

use crate::server::{Recorded, Reply, Server, with_headers};

pub(crate) type Answer = Result<Vec<u64>, Error<NoErrorBody>>;

pub(crate) const RECORDS: Paging = Paging::offset("offset")
    .limit("limit")
    .total(Place::Header("X-Total-Count"))
    .counts_when("count");
const PLAIN: Paging = Paging::offset("offset").limit("limit");
const NUMBERED: Paging = Paging::page("page", Some(Place::Header("Total-Pages"))).limit("limit");
/// Pages by number, of which the total of the items tells the last.
const COUNTED: Paging = Paging::page("page", None)
    .limit("limit")
    .total(Place::Header("X-Total-Count"));
/// Pages by number, of which the length alone tells the last.
const UNCOUNTED: Paging = Paging::page("page", None).limit("limit");
pub(crate) const CURSOR: Paging = Paging::cursor("cursor", Place::Header("After-Cursor"))
    .limit("limit")
    .first_only(&["limit", "kind"]);
const BODY_CURSOR: Paging =
    Paging::cursor("after", Place::Body("/pagination/after_cursor")).items("/data");
pub(crate) const LINK: Paging = Paging::link(Place::Header("Link"));
const SEARCH: Paging = Paging::search_after("searchAfter", "sort", "id").limit("limit");

/// A list of this many numbers, of which a page has at most this many.
#[derive(Clone, Copy)]
pub(crate) struct List {
    pub(crate) paging: &'static Paging,
    pub(crate) length: u64,
    pub(crate) most: u64,
    /// Whether pages in the middle may be shorter than asked for.
    pub(crate) ragged: bool,
}

/// A parameter of the query.
fn parameter<'r>(request: &'r Recorded, name: &str) -> Option<&'r str> {
    let (_, query) = request.target().split_once('?')?;
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs
        .find(|(known, _)| *known == name)
        .map(|(_, value)| value)
}

pub(crate) fn number(request: &Recorded, name: &str) -> Option<u64> {
    parameter(request, name).map(|text| text.parse().expect("a number"))
}

impl List {
    pub(crate) async fn serve(self) -> Server {
        Server::start(move |request, count| self.answer(request, count)).await
    }

    /// The page that starts behind this many items.
    fn page(self, start: u64, request: &Recorded, count: usize) -> Vec<u64> {
        let asked = number(request, "limit").unwrap_or(self.most).min(self.most);
        let short = match self.ragged && count % 3 == 1 {
            true => (asked / 2).max(1),
            false => asked,
        };
        (start..self.length.min(start.saturating_add(short))).collect()
    }

    fn answer(self, request: &Recorded, count: usize) -> Reply {
        let limit = number(request, "limit").unwrap_or(self.most).min(self.most);
        let paging = self.paging;
        if [NUMBERED, COUNTED, UNCOUNTED].contains(paging) {
            let page = number(request, "page").unwrap_or(1);
            let items = self.page((page - 1) * limit, request, 0);
            let total = match *paging == NUMBERED {
                true => format!("total-pages: {}\r\n", self.length.div_ceil(limit)),
                false => format!("x-total-count: {}\r\n", self.length),
            };
            let total = Some(total).filter(|_| *paging != UNCOUNTED);
            return reply(&total.unwrap_or_default(), &json!(items));
        }
        if *paging == SEARCH {
            let body: Value = serde_json::from_str(&request.body).expect("a body");
            assert_eq!(body["query"], "q", "what the caller asks for stays");
            assert_eq!(body["sort"], json!(["-name", "id"]));
            let after = body["searchAfter"].as_array().map(|values| {
                assert_eq!(values[0], "n", "the value of the caller's own field");
                values[1].as_u64().expect("an id") + 1
            });
            let items = self.page(after.unwrap_or(0), request, count);
            let items: Vec<Value> = items
                .iter()
                .map(|id| json!({"id": id, "name": "n"}))
                .collect();
            return reply("", &json!(items));
        }
        let start = ["offset", "cursor", "after"]
            .iter()
            .find_map(|name| number(request, name));
        let start = start.unwrap_or(0);
        let items = self.page(start, request, count);
        let next = start + items.len() as u64;
        let more = next < self.length;
        if *paging == RECORDS {
            assert_eq!(parameter(request, "count"), Some("true"));
            // What the vendor's own library runs into: the end of a list that fills its last page is asked for.
            assert!(start == 0 || start < self.length, "asked beyond the end");
            return reply(
                &format!("x-total-count: {}\r\n", self.length),
                &json!(items),
            );
        }
        if *paging == CURSOR {
            let first = parameter(request, "cursor").is_none();
            assert_eq!(parameter(request, "kind").is_some(), first);
            assert!(first || parameter(request, "limit").is_none());
            let header = more.then(|| format!("after-cursor: {next}\r\n"));
            return reply(&header.unwrap_or_default(), &json!(items));
        }
        if *paging == BODY_CURSOR {
            let cursor = more.then(|| next.to_string());
            return reply(
                "",
                &json!({"data": items, "pagination": {"after_cursor": cursor}}),
            );
        }
        if *paging == LINK {
            let link = format!(
                "link: </list?offset=0>; rel=first, </list?offset={next}>; rel=\"next\"\r\n"
            );
            return reply(if more { &link } else { "" }, &json!(items));
        }
        reply("", &json!(items))
    }
}

pub(crate) fn reply(headers: &str, body: &Value) -> Reply {
    let headers = format!("content-type: application/json\r\n{headers}");
    with_headers(200, &headers, &body.to_string())
}

pub(crate) fn request(
    client: &Client,
    list: List,
    limit: Option<u64>,
) -> Request<Value, NoErrorBody> {
    let method = match *list.paging == SEARCH {
        true => Method::POST,
        false => Method::GET,
    };
    let mut request = client.request(method, "/list");
    if *list.paging == SEARCH {
        request = request.json(&json!({"query": "q", "sort": ["-name"]}));
    }
    if *list.paging == CURSOR {
        request = request.query("kind", "x");
    }
    request.query("limit", &limit).returns_json()
}

/// The numbers of a page, wherever they are.
pub(crate) fn numbers(page: Value) -> Vec<u64> {
    let items = page.get("data").unwrap_or(&page).as_array().cloned();
    let number = |item: &Value| item.get("id").unwrap_or(item).as_u64();
    items
        .unwrap_or_default()
        .iter()
        .filter_map(number)
        .collect()
}

/// What is left of a list from a place on.
pub(crate) async fn rest(
    client: &Client,
    list: List,
    limit: Option<u64>,
    from: Position,
) -> Answer {
    let request = request(client, list, limit);
    let items = request.items_by(list.paging, Some(5), numbers, from);
    items.collect_all(10_000).await
}

/// Numbers that look random and are the same each time.
fn random(state: &mut u64, below: u64) -> u64 {
    *state = state
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1);
    (*state >> 33) % below
}

#[tokio::test]
async fn every_item_comes_once_and_in_order_also_when_gone_on_from_anywhere() {
    let styles: [&'static Paging; 9] = [
        &RECORDS,
        &PLAIN,
        &NUMBERED,
        &COUNTED,
        &UNCOUNTED,
        &CURSOR,
        &BODY_CURSOR,
        &LINK,
        &SEARCH,
    ];
    let mut state = 7;
    for round in 0..135 {
        let paging = styles[round % styles.len()];
        let limit = (random(&mut state, 3) > 0).then(|| 1 + random(&mut state, 9));
        // Where only the length of a page tells the end, the server keeps to the length that its document tells, 5. Whoever asks for more
        // gets fewer.
        let most = match [PLAIN, UNCOUNTED].contains(paging) {
            true => 5 + random(&mut state, 3),
            false => 1 + random(&mut state, 9),
        };
        let page = limit.unwrap_or(5).min(most);
        let length = match random(&mut state, 3) {
            0 => page * random(&mut state, 4),
            _ => random(&mut state, 30),
        };
        let list = List {
            paging,
            length,
            most,
            // A page that is found by its number is as long as all others.
            ragged: ![PLAIN, NUMBERED, COUNTED, UNCOUNTED].contains(paging),
        };
        let server = list.serve().await;
        let client = server.client();
        let context = format!("{paging:?}, {length} items, {limit:?} a page, at most {most}");

        let whole: Vec<u64> = (0..length).collect();
        let all = rest(&client, list, limit, Position::START).await;
        assert_eq!(all.unwrap(), whole, "{context}");

        let stop = usize::try_from(random(&mut state, length + 1)).unwrap();
        let first = request(&client, list, limit);
        let mut items = first.items_by(paging, Some(5), numbers, Position::START);
        let mut taken = Vec::new();
        while taken.len() < stop {
            taken.push(items.try_next().await.unwrap().expect("an item"));
        }
        let stored = serde_json::to_string(&items.position()).unwrap();
        let position: Position = serde_json::from_str(&stored).unwrap();
        taken.extend(rest(&client, list, limit, position).await.unwrap());
        assert_eq!(taken, whole, "{context}, stopped at {stop}: {stored}");
    }
}

#[tokio::test]
async fn pages_tell_their_headers_the_total_and_the_place_behind_them() {
    let list = List {
        paging: &RECORDS,
        length: 5,
        most: 2,
        ragged: false,
    };
    let server = list.serve().await;
    let request = request(&server.client(), list, None);
    let mut pages = request.pages_by(&RECORDS, Some(2), numbers, Position::START);
    let mut sizes = Vec::new();
    let mut last: Option<Page<u64>> = None;
    while let Some(page) = pages.try_next().await.unwrap() {
        assert_eq!(page.total(), Some(5));
        assert_eq!(page.headers()["x-total-count"], "5");
        sizes.push(page.items().len());
        last = Some(page);
    }
    assert_eq!(sizes, [2, 2, 1]);
    assert!(last.unwrap().next().is_end() && pages.position().is_end());
    assert!(pages.try_next().await.unwrap().is_none());
}

#[test]
fn a_long_list_is_never_in_memory_as_a_whole() {
    // The server has a thread of its own, so that what it remembers is not counted.
    let mut theirs = Builder::new_multi_thread();
    let theirs = theirs.worker_threads(1).enable_all().build().unwrap();
    let body: Arc<str> = json!(vec![7; 250]).to_string().into();
    let server = theirs.block_on(Server::start(move |_, _| {
        with_headers(
            200,
            "content-type: application/json\r\nx-total-count: 250000\r\n",
            &body,
        )
    }));
    let ours = Builder::new_current_thread().enable_all().build().unwrap();
    let most_held = |count: usize| {
        let stream = async {
            let request: Request<Vec<u64>, NoErrorBody> =
                server.client().request(Method::GET, "/list").returns_json();
            let items = |page: Vec<u64>| page;
            let mut stream = request.items_by(&RECORDS, Some(250), items, Position::START);
            for _ in 0..count {
                assert_eq!(stream.try_next().await.unwrap(), Some(7));
            }
            if count == 250_000 {
                assert_eq!(stream.try_next().await.unwrap(), None);
            }
        };
        allocation_counter::measure(|| ours.block_on(stream)).bytes_max
    };
    // What is made once is made here.
    most_held(1_000);
    let (some, all) = (most_held(1_000), most_held(250_000));
    assert!(
        all < some + 4_096,
        "{some} bytes for 4 pages, {all} for 1,000"
    );
}

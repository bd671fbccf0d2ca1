//! Bodies that are not quite as documented: what is read all the same, what is left out where that is asked for, what is told of
//! either, and that what was read is written as it came.

use std::collections::BTreeMap;

use sdk_runtime::{
    Date, DateTime, Deviation, Error, Method, NoErrorBody, Nullable, Reading, Request, Response,
    UnknownMembers, Value, json, open_enum, record, union,
};
use serde_json::{from_value, to_value};

use crate::server::Server;

#[derive(Clone, Debug, PartialEq)]
enum State {
    Active,
    Unknown(String),
}
open_enum!(State { Active = "ACTIVE" });

#[derive(Clone, Debug, Default, PartialEq)]
struct Account {
    id: String,
    age: Option<i32>,
    score: Option<f64>,
    locked: Option<bool>,
    note: Nullable<String>,
    state: Option<State>,
    created: Option<DateTime>,
    born: Option<Date>,
    tags: Option<Vec<String>>,
    limits: Option<BTreeMap<String, i64>>,
    owner: Option<Box<Account>>,
    manager: Option<String>,
}
record!(Account {
    id: required "id", age: "age", score: "score" number, locked: "locked", note: "note", state: "state",
    created: "created", born: "born", tags: "tags", limits: "limits", owner: "owner", manager: required "manager"
});

/// Asks a server that answers with `body` for a list of accounts, lossy or not.
async fn accounts(body: &Value, lossy: bool) -> Result<Response<Vec<Account>>, Error<NoErrorBody>> {
    let text: &'static str = body.to_string().leak();
    let server = Server::always(200, text).await;
    let client = server.client();
    let request: Request<Vec<Account>, NoErrorBody> =
        client.request(Method::GET, "/accounts").returns_json();
    let request = if lossy { request.lossy() } else { request };
    request.send().await
}

fn told(deviations: &[Deviation]) -> Vec<String> {
    deviations.iter().map(Deviation::to_string).collect()
}

#[tokio::test]
async fn what_is_as_documented_is_not_told_of() {
    let account = json!({
        "id": "1", "age": 5, "score": 1.5, "locked": false, "note": null, "state": "ACTIVE",
        "created": "2024-01-02T03:04:05.678+02:00", "born": "2001-02-03", "tags": ["a"],
        "limits": {"a": 1}, "owner": {"id": "2", "manager": null}, "manager": null
    });
    let response = accounts(&json!([account]), false).await.unwrap();
    assert_eq!(told(response.deviations()), [""; 0]);
    assert_eq!(to_value(response.body()).unwrap(), json!([account]));
}

#[tokio::test]
async fn what_loses_nothing_is_read_and_told() {
    let body = json!([{
        "id": 12345, "age": "5", "score": "1.5", "locked": "true", "note": 7, "state": "PAUSED",
        "created": "yesterday", "born": 20010203, "tags": [true], "limits": {"a/b": 3.0},
        "owner": {"id": "2", "age": null, "manager": "m"}
    }]);
    let response = accounts(&body, false).await.unwrap();
    let [account] = response.body().as_slice() else {
        panic!("{:?}", response.body())
    };
    assert_eq!(account.id, "12345");
    assert_eq!(
        (account.age, account.score, account.locked),
        (Some(5), Some(1.5), Some(true))
    );
    assert_eq!(account.note.as_deref(), Some("7"));
    assert_eq!(account.state, Some(State::Unknown("PAUSED".to_owned())));
    assert_eq!(account.created.as_ref().unwrap().as_str(), "yesterday");
    assert_eq!(account.limits.as_ref().unwrap()["a/b"], 3);
    let mut told = told(response.deviations());
    told.sort();
    assert_eq!(
        told,
        [
            "/0/age: an integer was declared, a text came",
            "/0/born: a date was declared, another value came",
            "/0/created: a date and time was declared, another value came",
            "/0/id: a text was declared, an integer came",
            "/0/limits/a~1b: an integer was declared, a number came",
            "/0/locked: a boolean was declared, a text came",
            "/0/manager: a required member was declared, nothing came",
            "/0/note: a text was declared, an integer came",
            "/0/owner/age: an optional member was declared, null came",
            "/0/score: a number was declared, a text came",
            "/0/state: one of certain values was declared, another value came",
            "/0/tags/0: a text was declared, a boolean came",
        ]
    );
    let shown = format!("{:?} {told:?}", response.deviations());
    assert!(
        !shown.contains("12345") && !shown.contains("PAUSED"),
        "{shown}"
    );
}

/// Five accounts, the second without what it needs, the fourth with parts that cannot be read.
fn damaged() -> Value {
    let good = |id: &str| json!({"id": id, "manager": null});
    json!([
        good("1"),
        {"manager": null},
        good("3"),
        {"id": "4", "manager": null, "age": 5_000_000_000_u64, "note": [], "limits": {"a": 1, "b": "x"}, "tags": ["a", {}, "c"],
         "owner": {"id": null, "manager": null}},
        {"id": "5", "manager": {}}
    ])
}

#[tokio::test]
async fn what_cannot_be_read_fails_with_its_place_and_gives_the_rest_when_asked() {
    let error = accounts(&damaged(), false).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "GET /accounts: 200 OK, but its body does not decode: at `/1/id`: a required member is missing"
    );
    let partial = error.partial::<Vec<Account>>().unwrap();
    let whole: Vec<&str> = partial
        .value
        .iter()
        .map(|account| account.id.as_str())
        .collect();
    assert_eq!(whole, ["1", "3", "4"]);
    assert_eq!(partial.deviations.len(), 7);
}

#[tokio::test]
async fn a_lossy_call_leaves_out_the_smallest_thing() {
    let response = accounts(&damaged(), true).await.unwrap();
    assert_eq!(
        to_value(response.body()).unwrap(),
        json!([
            {"id": "1", "manager": null},
            {"id": "3", "manager": null},
            {"id": "4", "manager": null, "limits": {"a": 1}, "tags": ["a", "c"]}
        ])
    );
    let mut told = told(response.deviations());
    told.sort();
    assert_eq!(
        told,
        [
            "/1/id: a required member was declared, nothing came, left out",
            "/3/age: i32 was declared, an integer out of its range came, left out",
            "/3/limits/b: an integer was declared, a text came, left out",
            "/3/note: a text was declared, a list came, left out",
            "/3/owner/id: a text was declared, null came, left out",
            "/3/tags/1: a text was declared, an object came, left out",
            "/4/manager: a text was declared, an object came, left out",
        ]
    );
    assert!(response.deviations().iter().all(Deviation::is_left_out));
}

#[tokio::test]
async fn a_client_can_be_lossy_and_a_body_that_is_nothing_fails_all_the_same() {
    let server = Server::always(200, r#"[{"id":"1","manager":null},7]"#).await;
    let client = server.client().lossy();
    let request: Request<Vec<Account>, NoErrorBody> =
        client.request(Method::GET, "/accounts").returns_json();
    assert_eq!(request.clone().await.unwrap().len(), 1);
    assert!(accounts(&json!({"no": "list"}), true).await.is_err());
    assert!(accounts(&json!("no list"), true).await.is_err());
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Device {
    name: Option<String>,
    factor: f64,
    unknown: UnknownMembers,
}
record!(Device { name: "name" read_only, factor: required "factor" number, ..unknown });

#[test]
fn what_a_record_does_not_know_comes_back() {
    let value = json!({"name": "n", "factor": 3, "added": {"later": [1, null]}});
    let mut device: Device = from_value(value.clone()).unwrap();
    assert_eq!(to_value(&device).unwrap(), value);
    assert_eq!(device.unknown.get("added"), Some(&value["added"]));
    assert!(!format!("{device:?}").contains("later"));
    device.unknown.remove("added");
    assert_eq!(
        to_value(&device).unwrap(),
        json!({"name": "n", "factor": 3})
    );
}

#[derive(Clone, Debug, PartialEq)]
enum Mood {
    Calm,
    Unknown(String),
}
open_enum!(Mood or any { Calm = "calm" });

#[derive(Clone, Debug, Default, PartialEq)]
struct Reported {
    custom: Option<Value>,
    mood: Option<Mood>,
    place: Option<(f64, f64, String)>,
    rates: BTreeMap<String, f64>,
}
record!(Reported { custom: "custom", mood: "mood", place: "place" number, ..rates number });

#[test]
fn what_is_allowed_beside_the_known_comes_back_and_is_not_told_of() {
    for body in [
        json!({"custom": null, "mood": "stormy", "place": [1, 2.5, "harbour"], "eur": 3, "usd": 3.25}),
        json!({"mood": "calm", "custom": {"a": null}}),
        json!({}),
    ] {
        let read = Reading::<Reported>::from_slice(body.to_string().as_bytes()).unwrap();
        assert_eq!(told(&read.deviations), [""; 0]);
        assert_eq!(to_value(&read.value).unwrap(), body);
    }
}

#[test]
fn numbers_are_written_as_they_came() {
    for text in [
        "0.1",
        "3",
        "-7",
        "1e300",
        "0.30000000000000004",
        "123456789.123456",
        "5e-324",
        "-0.0",
    ] {
        let json = format!(r#"{{"factor":{text}}}"#);
        let device: Device = serde_json::from_str(&json).unwrap();
        let written = serde_json::to_string(&device).unwrap();
        let (came, goes): (Value, Value) = (json.parse().unwrap(), written.parse().unwrap());
        assert_eq!(came, goes, "{text}");
    }
}

#[derive(Clone, Debug, PartialEq)]
struct Mail {
    host: String,
    port: Option<i64>,
    secure: Option<bool>,
}
record!(Mail { host: required "host", port: "port", secure: "secure" });

#[derive(Clone, Debug, Default, PartialEq)]
struct Least {
    host: Option<String>,
}
record!(Least { host: "host" });

#[derive(Clone, Debug, PartialEq)]
enum Settings {
    Least(Least),
    Mail(Mail),
    Unknown(Value),
}
union!(Settings { Least, Mail });

#[derive(Clone, Debug, PartialEq)]
enum Open {
    Least(Least),
    Any(BTreeMap<String, Value>),
    Unknown(Value),
}
union!(Open { Least, Any });

#[test]
fn a_variant_that_would_lose_members_is_not_taken_for_a_scalar() {
    // The better variant takes the text for a number, since nothing is lost.
    let mail: Settings = from_value(json!({"host": "h", "port": "25"})).unwrap();
    let Settings::Mail(mail) = mail else {
        panic!("{mail:?}")
    };
    assert_eq!(mail.port, Some(25));
    // What it cannot take is kept whole.
    let odd = json!({"host": "h", "port": "many"});
    let kept: Settings = from_value(odd.clone()).unwrap();
    assert_eq!(kept, Settings::Unknown(odd));
    // A variant that lacks what the value lacks goes on.
    let least: Settings = from_value(json!({"host": "h"})).unwrap();
    assert!(matches!(least, Settings::Least(_)), "{least:?}");
}

#[test]
fn an_open_variant_is_taken_before_one_that_would_lose_members() {
    let open = json!({"host": "h", "more": 1});
    let read: Open = from_value(open.clone()).unwrap();
    assert!(matches!(read, Open::Any(_)), "{read:?}");
    assert_eq!(to_value(&read).unwrap(), open);
    let known: Open = from_value(json!({"host": "h"})).unwrap();
    assert!(matches!(known, Open::Least(_)), "{known:?}");
}

#[derive(Clone, Debug, PartialEq)]
struct Holder {
    settings: Vec<Settings>,
}
record!(Holder { settings: required "settings" });

#[tokio::test]
async fn places_within_unions_are_told() {
    let server = Server::always(
        200,
        r#"{"settings":[{"host":"h"},{"host":"h","secure":"true"}]}"#,
    )
    .await;
    let client = server.client();
    let request: Request<Holder, NoErrorBody> =
        client.request(Method::GET, "/settings").returns_json();
    let response = request.send().await.unwrap();
    assert_eq!(
        told(response.deviations()),
        ["/settings/1/secure: a boolean was declared, a text came"]
    );
}

#[tokio::test]
async fn what_only_the_server_sets_is_kept_and_not_sent() {
    let device: Device = from_value(json!({"name": "n", "factor": 1.5, "added": 1})).unwrap();
    let server = Server::always(204, "").await;
    let client = server.client();
    let request: Request<(), NoErrorBody> = client
        .request(Method::PUT, "/device")
        .json(&device)
        .returns_nothing();
    request.await.unwrap();
    let sent = server.requests().pop().unwrap();
    let sent: Value = serde_json::from_str(&sent.body).unwrap();
    assert_eq!(sent, json!({"factor": 1.5, "added": 1}));
    assert_eq!(to_value(&device).unwrap()["name"], "n");
}

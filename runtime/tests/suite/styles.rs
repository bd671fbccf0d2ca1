//! Parameters in every style of OpenAPI 3.0: the rows of its table of style examples, as they stand
//! on the wire, and what the table leaves open.

use std::collections::BTreeMap;

use sdk_runtime::{
    ApiKeyLocation, Auth, Client, ClientBuilder, Error, Method, NoErrorBody, Request, Service,
    Style, Value,
};
use serde::Serialize;
use serde_json::json;

use crate::server::{BASE, Server, get};

/// The table's object. Its members stand in this order, which no map would keep.
#[derive(Serialize)]
struct Color {
    #[serde(rename = "R")]
    red: u8,
    #[serde(rename = "G")]
    green: u8,
    #[serde(rename = "B")]
    blue: u8,
}

const OBJECT: Color = Color {
    red: 100,
    green: 200,
    blue: 150,
};
const LIST: [&str; 3] = ["blue", "black", "brown"];

/// What stands in the path for a text, a list and an object.
async fn paths(style: Style) -> [String; 3] {
    let server = Server::always(200, "{}").await;
    let client = server.client();
    let start = || client.request(Method::GET, "/{color}");
    for request in [
        start().path_styled("color", "blue", style),
        start().path_styled("color", &LIST, style),
        start().path_styled("color", &OBJECT, style),
    ] {
        request
            .returns_json::<Request<Value, NoErrorBody>>()
            .await
            .unwrap();
    }
    let targets: Vec<String> = server
        .requests()
        .iter()
        .map(|request| request.target()[1..].to_owned())
        .collect();
    targets.try_into().unwrap()
}

/// The query for a text, a list and an object.
async fn queries(style: Style) -> [String; 3] {
    let server = Server::always(200, "{}").await;
    let client = server.client();
    for request in [
        get(&client, "/q").query_styled("color", "blue", style),
        get(&client, "/q").query_styled("color", &LIST, style),
        get(&client, "/q").query_styled("color", &OBJECT, style),
    ] {
        request.await.unwrap();
    }
    let targets: Vec<String> = server
        .requests()
        .iter()
        .map(|request| request.target()["/q?".len()..].to_owned())
        .collect();
    targets.try_into().unwrap()
}

#[tokio::test]
async fn paths_follow_the_table() {
    let cases = [
        (
            Style::SIMPLE,
            ["blue", "blue,black,brown", "R,100,G,200,B,150"],
        ),
        (
            Style::SIMPLE.exploded(),
            ["blue", "blue,black,brown", "R=100,G=200,B=150"],
        ),
        // RFC 6570, 3.2.5, and the table since 3.0.4; the one of 3.0.3 has dots, against the RFC.
        (
            Style::LABEL,
            [".blue", ".blue,black,brown", ".R,100,G,200,B,150"],
        ),
        (
            Style::LABEL.exploded(),
            [".blue", ".blue.black.brown", ".R=100.G=200.B=150"],
        ),
        (
            Style::MATRIX,
            [
                ";color=blue",
                ";color=blue,black,brown",
                ";color=R,100,G,200,B,150",
            ],
        ),
        (
            Style::MATRIX.exploded(),
            [
                ";color=blue",
                ";color=blue;color=black;color=brown",
                ";R=100;G=200;B=150",
            ],
        ),
    ];
    for (style, expected) in cases {
        assert_eq!(paths(style).await, expected, "{style:?}");
    }
}

#[tokio::test]
async fn queries_follow_the_table() {
    let one_each = "color=blue&color=black&color=brown";
    let cases = [
        (Style::FORM, ["color=blue", one_each, "R=100&G=200&B=150"]),
        (
            Style::FORM.joined(),
            [
                "color=blue",
                "color=blue,black,brown",
                "color=R,100,G,200,B,150",
            ],
        ),
        (
            Style::SPACE_DELIMITED,
            [
                "color=blue",
                "color=blue%20black%20brown",
                "color=R%20100%20G%20200%20B%20150",
            ],
        ),
        (
            Style::SPACE_DELIMITED.exploded(),
            ["color=blue", one_each, "R=100&G=200&B=150"],
        ),
        (
            Style::PIPE_DELIMITED,
            [
                "color=blue",
                "color=blue%7Cblack%7Cbrown",
                "color=R%7C100%7CG%7C200%7CB%7C150",
            ],
        ),
        (
            Style::DEEP_OBJECT,
            [
                "color=blue",
                "color%5B0%5D=blue&color%5B1%5D=black&color%5B2%5D=brown",
                "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150",
            ],
        ),
        (
            Style::JSON,
            [
                "color=%22blue%22",
                "color=%5B%22blue%22%2C%22black%22%2C%22brown%22%5D",
                "color=%7B%22R%22%3A100%2C%22G%22%3A200%2C%22B%22%3A150%7D",
            ],
        ),
    ];
    for (style, expected) in cases {
        assert_eq!(queries(style).await, expected, "{style:?}");
    }
}

#[tokio::test]
async fn empty_values_follow_the_table() {
    let server = Server::always(200, "{}").await;
    let client = server.client();
    get(&client, "/q")
        .query("color", "")
        .query_styled("none", &Value::Null, Style::DEEP_OBJECT)
        .query_styled("nothing", &None::<i32>, Style::JSON)
        .query("exploded", &Vec::<i32>::new())
        .query_joined("unset", &None::<Vec<i32>>)
        .query_joined("joined", &Vec::<i32>::new())
        .query_styled("piped", &Vec::<i32>::new(), Style::PIPE_DELIMITED)
        .await
        .unwrap();
    client
        .request(Method::GET, "/a{color}")
        .path_styled("color", "", Style::MATRIX)
        .returns_json::<Request<Value, NoErrorBody>>()
        .await
        .unwrap();
    let targets: Vec<String> = server
        .requests()
        .iter()
        .map(|request| request.target().to_owned())
        .collect();
    assert_eq!(targets, ["/q?color=&joined=&piped=", "/a;color"]);
    let error = client
        .request(Method::GET, "/{color}/x")
        .path_styled("color", ".", Style::LABEL)
        .returns_json::<Request<Value, NoErrorBody>>()
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Request(_)), "{error}");
}

#[tokio::test]
async fn deep_objects_go_to_any_depth() {
    let server = Server::always(200, "{}").await;
    let filter = json!({
        "name": {"eq": "a&b", "in": ["x", "y"]},
        "none": null,
        "list": [{"id": 1}, {"id": 2}],
    });
    get(&server.client(), "/q")
        .query_styled("f", &filter, Style::DEEP_OBJECT)
        .await
        .unwrap();
    let mut pairs: Vec<String> = server.request().target()["/q?".len()..]
        .split('&')
        .map(|pair| pair.replace("%5B", "[").replace("%5D", "]"))
        .collect();
    pairs.sort();
    assert_eq!(
        pairs,
        [
            "f[list][0][id]=1",
            "f[list][1][id]=2",
            "f[name][eq]=a%26b",
            "f[name][in]=x",
            "f[name][in]=y",
        ]
    );
}

#[tokio::test]
async fn what_no_style_can_nest_is_json() {
    let server = Server::always(200, "{}").await;
    get(&server.client(), "/q")
        .query("a", &json!([{"b": "c"}, [1]]))
        .query_joined("d", &json!([[1, 2], 3]))
        .await
        .unwrap();
    assert_eq!(
        server.request().target(),
        "/q?a=%7B%22b%22%3A%22c%22%7D&a=%5B1%5D&d=%5B1%2C2%5D,3"
    );
}

#[tokio::test]
async fn an_item_cannot_hold_what_joins_items() {
    let server = Server::always(200, "{}").await;
    for (style, item) in [
        (Style::SPACE_DELIMITED, "a b"),
        (Style::PIPE_DELIMITED, "a|b"),
    ] {
        let error = get(&server.client(), "/q")
            .query_styled("color", &[item], style)
            .await
            .unwrap_err();
        let Error::Request(problem) = error else {
            panic!("{style:?}: {error:?}")
        };
        assert_eq!(problem.parameter(), Some("color"));
        get(&server.client(), "/q")
            .query_styled("color", item, style)
            .await
            .unwrap();
    }
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn reserved_characters_stay_but_never_break_the_pair() {
    let server = Server::always(200, "{}").await;
    let style = Style::FORM.allow_reserved();
    get(&server.client(), "/q")
        .query_styled("to", "https://a.b/c?d=[e]&f=1+2#g'%41", style)
        .query_styled("list", &["a,b", "c"], style.joined())
        .await
        .unwrap();
    assert_eq!(
        server.request().target(),
        "/q?to=https://a.b/c?d=[e]%26f=1%2B2%23g%27%2541&list=a%2Cb,c"
    );
}

#[tokio::test]
async fn headers_follow_the_table() {
    let server = Server::always(200, "{}").await;
    let object = BTreeMap::from([("a", json!({"b": 1}))]);
    get(&server.client(), "/h")
        .header("X-Plain", &OBJECT)
        .header_styled("X-Exploded", &OBJECT, Style::SIMPLE.exploded())
        .header_styled("X-Json", &object, Style::JSON)
        .await
        .unwrap();
    let request = server.request();
    assert_eq!(request.header("x-plain"), Some("R,100,G,200,B,150"));
    assert_eq!(request.header("x-exploded"), Some("R=100,G=200,B=150"));
    assert_eq!(request.header("x-json"), Some(r#"{"a":{"b":1}}"#));
}

#[tokio::test]
async fn cookies_share_one_header_with_each_other_and_with_the_key() {
    static KEYED: Service = Service {
        auth: Auth::ApiKey {
            location: ApiKeyLocation::Cookie,
            name: "sid",
        },
        ..BASE
    };
    let server = Server::always(200, "{}").await;
    let client: Client = ClientBuilder::new(&KEYED)
        .base_url(&server.url)
        .api_key("k3y")
        .default_header("Cookie", "theme=dark; lang=en")
        .build()
        .unwrap();
    get(&client, "/c")
        .cookie("text", "a b;c")
        .cookie("lang", "de")
        .cookie("none", &None::<i32>)
        .cookie("sid", "not the key")
        .cookie("list", &[1, 2])
        .cookie_styled("joined", &LIST, Style::FORM.joined())
        .cookie("color", &OBJECT)
        .await
        .unwrap();
    assert_eq!(
        server.request().header("cookie"),
        Some(
            "theme=dark; text=a%20b%3Bc; lang=de; list=1; list=2; joined=blue%2Cblack%2Cbrown; \
             R=100; G=200; B=150; sid=k3y"
        )
    );
    let error = get(&client, "/c").cookie("a b", "x").await.unwrap_err();
    assert!(matches!(error, Error::Request(_)), "{error}");
}

#[tokio::test]
async fn templates_may_hold_a_query_and_several_values_in_a_segment() {
    let server = Server::always(200, "{}").await;
    let client = server.client();
    let request: Request<Value, NoErrorBody> = client
        .request(Method::GET, "/{a}-{b}/{a}.json:act?action=y z&id={b}")
        .path("a", "1/2")
        .path("b", "x&y")
        .query("more", &true)
        .returns_json();
    request.await.unwrap();
    assert_eq!(
        server.request().target(),
        "/1%2F2-x%26y/1%2F2.json:act?action=y%20z&id=x%26y&more=true"
    );
}

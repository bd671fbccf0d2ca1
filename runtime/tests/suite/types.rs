//! The types that emitted models are made of.

use sdk_runtime::{
    Client, Date, DateTime, Error, NoErrorBody, Nullable, Response, Secret, Value, open_enum,
    operations,
};
use serde::{Deserialize, Serialize};
use serde_json::{from_str, json, to_string, to_value};

use crate::server::Server;

#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
struct Patch {
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    name: Nullable<String>,
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    key: Nullable<Secret<String>>,
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    size: Nullable<u32>,
}

#[test]
fn absent_null_and_value_survive_a_round_trip() {
    for text in [
        "{}",
        r#"{"name":null}"#,
        r#"{"name":"a","key":"k","size":1}"#,
    ] {
        assert_eq!(to_string(&from_str::<Patch>(text).unwrap()).unwrap(), text);
    }
    assert!(from_str::<Patch>(r#"{"size":"1"}"#).is_err());
}

#[test]
fn nullable_takes_what_callers_have() {
    let patch = Patch {
        name: "a".into(),
        key: "k".into(),
        size: None.into(),
    };
    assert_eq!(
        to_value(&patch).unwrap(),
        json!({"name": "a", "key": "k", "size": null})
    );
    let patch = Patch {
        name: String::from("a").into(),
        key: Secret::from("k").into(),
        size: 3.into(),
    };
    assert_eq!(patch.name.as_deref(), Some("a"));
    assert_eq!(patch.size.as_option(), Some(&3));
    assert_eq!(patch.key.into_option().unwrap().into_inner(), "k");
    let nothing = Patch::default();
    assert!(
        nothing.name.is_absent() && !nothing.name.is_null() && nothing.name.as_deref().is_none()
    );
    assert!(Nullable::<u8>::from(None).is_null());
    assert_eq!(Nullable::from(Some(1)), Nullable::Value(1));
}

#[test]
fn a_secret_shows_itself_on_request_alone() {
    let secret = Secret::from("hunter2");
    assert_eq!(
        format!("{secret:?} {:?}", Nullable::Value(secret.clone())),
        "Secret(…) Value(Secret(…))"
    );
    assert_eq!(secret.expose(), "hunter2");
    assert_eq!(to_value(&secret).unwrap(), json!("hunter2"));
    assert_eq!(from_str::<Secret<String>>("\"hunter2\"").unwrap(), secret);
    let error = from_str::<Secret<u8>>("\"hunter2\"").unwrap_err();
    assert!(!error.to_string().contains("hunter2"), "{error}");
    assert_eq!(Secret::<String>::default(), "".into());
}

#[test]
fn odd_dates_are_kept_as_they_came() {
    for text in [
        "2024-01-02T03:04:05.678Z",
        "2024-01-02T03:04",
        "",
        "6 Months from created date",
    ] {
        let wire = json!(text);
        let date: DateTime = serde_json::from_value(wire.clone()).unwrap();
        assert_eq!((date.as_str(), date.to_string().as_str()), (text, text));
        assert_eq!(to_value(&date).unwrap(), wire);
        assert_eq!(
            serde_json::from_value::<Date>(wire).unwrap(),
            Date::from(text)
        );
    }
    assert_eq!(
        from_str::<DateTime>("1700000000000").unwrap().as_str(),
        "1700000000000"
    );
    assert!(from_str::<DateTime>("null").is_err());
    assert_eq!(from_str::<Option<DateTime>>("null").unwrap(), None);
}

#[test]
fn dates_parse_when_they_are_dates() {
    assert_eq!(
        DateTime::from("1970-01-01T01:00:01+01:00")
            .parse()
            .unwrap()
            .as_second(),
        1
    );
    assert!(DateTime::from("2024-01-02T03:04").parse().is_err());
    assert_eq!(Date::from("2024-02-29").parse().unwrap().day(), 29);
    assert!(Date::from("").parse().is_err());
    let instant = sdk_runtime::jiff::Timestamp::UNIX_EPOCH;
    assert_eq!(DateTime::from(instant).as_str(), "1970-01-01T00:00:00Z");
    assert_eq!(DateTime::from(instant).parse().unwrap(), instant);
    let day = sdk_runtime::jiff::civil::date(2024, 2, 29);
    assert_eq!(Date::from(day), Date::from("2024-02-29"));
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
enum MfaMethod {
    OktaVerify,
    DuoWeb,
    Unknown(String),
}
open_enum!(MfaMethod { OktaVerify = "okta-verify", DuoWeb = "DUO WEB" });

#[test]
fn open_enums_keep_values_that_they_do_not_know() {
    let cases = [
        ("okta-verify", MfaMethod::OktaVerify),
        ("DUO WEB", MfaMethod::DuoWeb),
        (
            "carrier-pigeon",
            MfaMethod::Unknown("carrier-pigeon".to_owned()),
        ),
        ("", MfaMethod::Unknown(String::new())),
        ("Unknown", MfaMethod::Unknown("Unknown".to_owned())),
    ];
    for (text, value) in cases {
        assert_eq!(MfaMethod::from(text), value);
        assert_eq!(MfaMethod::from(text.to_owned()), value);
        assert_eq!(text.parse::<MfaMethod>().unwrap(), value);
        assert_eq!(
            serde_json::from_value::<MfaMethod>(json!(text)).unwrap(),
            value
        );
        assert_eq!(value.to_string(), text);
        assert_eq!(to_value(&value).unwrap(), json!(text));
    }
}

/// A group of operations.
struct Things(Client);

impl Things {
    fn get_thing(&self, method: &MfaMethod) -> Request<GetThing> {
        let request = self.0.get("/mfa/{method}");
        request.path("method", method).returns_json()
    }
}

sdk_runtime::request_type!();
operations!(Things { get_thing => GetThing(Value, NoErrorBody) });

impl Request<GetThing> {
    fn all_languages(self, yes: bool) -> Self {
        Self(self.0.query("allLanguages", &yes))
    }
}

#[tokio::test]
async fn an_emitted_request_can_be_awaited_and_sent() {
    let server = Server::always(200, "1").await;
    let things = Things(server.client());
    let call = things.get_thing(&MfaMethod::DuoWeb).all_languages(true);
    let body: Result<Value, Error<NoErrorBody>> = call.await;
    assert_eq!(body.unwrap(), 1);
    let response: Response<Value> = things.get_thing(&"x".into()).send().await.unwrap();
    assert_eq!(response.status().as_u16(), 200);
    let lines: Vec<_> = server
        .requests()
        .iter()
        .map(|request| request.line().to_owned())
        .collect();
    assert_eq!(
        lines,
        ["GET /mfa/DUO%20WEB?allLanguages=true", "GET /mfa/x"]
    );
}

#[test]
fn a_nullable_has_the_methods_of_an_option() {
    let (absent, null, value) = (
        Nullable::<String>::Absent,
        Nullable::<String>::Null,
        Nullable::<String>::from("v"),
    );
    assert!(value.is_value() && !null.is_value() && !absent.is_value());
    assert_eq!(value.as_ref().map(|text| text.len()), Nullable::Value(1));
    assert_eq!(null.as_ref().map(|text| text.len()), Nullable::Null);
    assert_eq!(absent.as_ref().map(|text| text.len()), Nullable::Absent);
    assert_eq!(value.as_ref().cloned(), value);
    assert_eq!(value.as_deref(), Some("v"));
    assert_eq!(value.clone().unwrap_or("w".to_owned()), "v");
    assert_eq!(null.clone().unwrap_or("w".to_owned()), "w");
    assert_eq!(absent.clone().unwrap_or_else(|| "w".to_owned()), "w");
    assert_eq!(absent.clone().unwrap_or_default(), "");
    assert_eq!(null.ok_or("none"), Err("none"));
    assert_eq!(Option::from(value.clone()), Some("v".to_owned()));
    assert_eq!(Nullable::<i32>::from(None), Nullable::Null);
    let mut taken = value;
    if let Nullable::Value(text) = taken.as_mut() {
        text.push('w');
    }
    assert_eq!(taken.take().into_option().as_deref(), Some("vw"));
    assert!(taken.is_absent());
}

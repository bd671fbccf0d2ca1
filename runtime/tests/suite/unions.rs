//! Unions and enums of other values than texts: which variant a value is, and what is written.

use sdk_runtime::{Base64, Base64Url, Value, json, scalar_enum, union};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{from_value, to_value};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Cat {
    kind: String,
    lives: i64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Dog {
    #[serde(skip_serializing_if = "Option::is_none")]
    friend: Option<Box<Pet>>,
}

#[derive(Clone, Debug, PartialEq)]
enum Pet {
    Cat(Cat),
    Dog(Box<Dog>),
    Unknown(Value),
}
union!(Pet by "kind" { Cat = "cat", Dog = "dog" | "puppy" });

/// Reads a value, checks that it is written as it came, and gives what was read.
fn round_trip<T: DeserializeOwned + Serialize>(value: Value) -> T {
    let read: T = from_value(value.clone()).expect("the value is one of the type");
    assert_eq!(to_value(&read).expect("the value can be written"), value);
    read
}

#[test]
fn a_tag_decides_which_variant_a_value_is() {
    let cat = Cat {
        kind: "cat".to_owned(),
        lives: 9,
    };
    assert_eq!(
        round_trip::<Pet>(json!({"kind": "cat", "lives": 9})),
        Pet::Cat(cat)
    );
    let Pet::Dog(dog) = round_trip(json!({"kind": "dog", "friend": {"kind": "dog"}})) else {
        panic!("no dog");
    };
    assert_eq!(
        dog.friend,
        Some(Box::new(Pet::Dog(Box::new(Dog { friend: None }))))
    );
}

#[test]
fn a_variant_without_the_tag_is_written_with_it() {
    let puppy: Pet = from_value(json!({"kind": "puppy"})).unwrap();
    assert_eq!(puppy, Pet::Dog(Box::new(Dog { friend: None })));
    assert_eq!(to_value(&puppy).unwrap(), json!({"kind": "dog"}));
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Local {
    #[serde(skip_serializing_if = "Option::is_none")]
    method: Option<i64>,
}

#[derive(Clone, Debug, PartialEq)]
enum SignIn {
    Local(Local),
    Dog(Dog),
    Unknown(Value),
}
union!(SignIn by "method" { Local = "1" | "2", Dog = "3" });

#[test]
fn a_tag_may_be_a_number() {
    let second = SignIn::Local(Local { method: Some(2) });
    assert_eq!(round_trip::<SignIn>(json!({"method": 2})), second);
    // A type that has the property says itself what it is: nothing is invented for it.
    let untold = SignIn::Local(Local { method: None });
    assert_eq!(round_trip::<SignIn>(json!({})), untold);
    // A type that does not have the property says nothing against text, which is what OpenAPI means.
    let dog = SignIn::Dog(Dog { friend: None });
    assert_eq!(to_value(&dog).unwrap(), json!({"method": "3"}));
}

#[test]
fn an_unknown_tag_keeps_the_value() {
    let fish = json!({"kind": "fish", "fins": 2});
    assert_eq!(round_trip::<Pet>(fish.clone()), Pet::Unknown(fish));
}

#[test]
fn a_known_tag_on_a_value_that_does_not_fit_is_an_error() {
    let error = from_value::<Pet>(json!({"kind": "cat"})).unwrap_err();
    assert!(error.to_string().contains("lives"), "{error}");
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Person {
    #[serde(skip_serializing_if = "Option::is_none")]
    first_name: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct Company {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    staff: Option<i64>,
}

#[derive(Clone, Debug, PartialEq)]
enum Owner {
    Person(Person),
    Company(Company),
    Text(String),
    Integer(i64),
    List(Vec<Owner>),
    Other(Value),
}
union!(Owner { Person, Company, Text, Integer, List } else Other);

#[test]
fn without_a_tag_the_variant_that_leaves_the_least_unread_is_taken() {
    let person = Person {
        first_name: Some("A".to_owned()),
    };
    assert_eq!(
        round_trip::<Owner>(json!({"firstName": "A"})),
        Owner::Person(person)
    );
    assert!(matches!(
        round_trip(json!({"name": "A", "staff": 1})),
        Owner::Company(_)
    ));
    assert!(matches!(
        from_value(json!({"staff": 1, "more": true})).unwrap(),
        Owner::Company(_)
    ));
}

#[test]
fn what_no_variant_holds_is_kept() {
    assert_eq!(round_trip::<Owner>(json!(1.5)), Owner::Other(json!(1.5)));
    assert_eq!(
        round_trip::<Owner>(json!(["a", 1, [{}], null])),
        Owner::List(vec![
            Owner::Text("a".to_owned()),
            Owner::Integer(1),
            Owner::List(vec![Owner::Person(Person::default())]),
            Owner::Other(Value::Null),
        ])
    );
    assert!(from_value::<Owner>(json!({"staff": "many"})).is_ok());
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Notice {
    id: i64,
    #[serde(flatten)]
    pet: Pet,
}

#[test]
fn a_union_may_stand_among_other_properties() {
    let notice: Notice = round_trip(json!({"id": 1, "kind": "cat", "lives": 7}));
    assert!(matches!(notice.pet, Pet::Cat(_)));
    let notice: Notice = round_trip(json!({"id": 1, "kind": "fish"}));
    assert_eq!(notice.pet, Pet::Unknown(json!({"kind": "fish"})));
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Priority {
    Low,
    High,
    Unknown(i64),
}
scalar_enum!(Priority: i64 { Low = -1, High = 2 });

#[derive(Clone, Debug, PartialEq)]
enum Limit {
    Auto,
    Ten,
    Off,
    Odd(Value),
}
scalar_enum!(Limit: Value { Auto = "auto", Ten = 10, Off = false } else Odd);

#[test]
fn enums_of_other_values_keep_what_they_do_not_know() {
    assert_eq!(round_trip::<Priority>(json!(-1)), Priority::Low);
    assert_eq!(round_trip::<Priority>(json!(7)), Priority::Unknown(7));
    assert_eq!(Priority::from(2), Priority::High);
    assert_eq!(round_trip::<Limit>(json!("auto")), Limit::Auto);
    assert_eq!(round_trip::<Limit>(json!(10)), Limit::Ten);
    assert_eq!(round_trip::<Limit>(json!(false)), Limit::Off);
    assert_eq!(round_trip::<Limit>(json!("10")), Limit::Odd(json!("10")));
}

#[test]
fn bytes_in_base64_keep_the_text_that_came() {
    let bytes: Base64 = round_trip(json!("dGV4dA=="));
    assert_eq!(bytes.to_bytes().unwrap(), b"text");
    assert_eq!(Base64::from("dGV4dA").to_bytes().unwrap(), b"text");
    assert_eq!(Base64::from(b"text".to_vec()), bytes);
    assert!(
        round_trip::<Base64>(json!("no base64!"))
            .to_bytes()
            .is_err()
    );
}

#[test]
fn bytes_in_base64_for_addresses_have_an_alphabet_of_their_own_and_no_padding() {
    let bytes = Base64Url::from(vec![0xfb, 0xff, 0xfe, 0xff]);
    assert_eq!(bytes.as_str(), "-__-_w");
    assert_eq!(bytes.to_bytes().unwrap(), [0xfb, 0xff, 0xfe, 0xff]);
    assert_eq!(Base64Url::from("_w==").to_bytes().unwrap(), [0xff]);
    assert!(Base64Url::from("+w").to_bytes().is_err());
    assert_eq!(format!("{bytes:?}"), "Base64Url(6 characters)");
}

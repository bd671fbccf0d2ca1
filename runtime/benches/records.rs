#![allow(
    missing_docs,
    reason = "a benchmark has no readers of its documentation"
)]
//! What the macro `record!` costs beside serde's derive: lists of records of 5, 15 and 40 members, decoded and encoded by either,
//! and a lossy answer beside a good one. `cargo bench -p sdk-runtime` prints each pair side by side, and then the ratios.

use std::hint::black_box;
use std::time::{Duration, Instant};

use sdk_runtime::{Reading, record};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// Declares the same record twice, read and written by the derive and by the macro.
macro_rules! twice {
    ($derived:ident, $recorded:ident { $($field:ident = $wire:literal: $ty:ty),* $(,)? }) => {
        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        pub struct $derived {
            pub id: String,
            $(#[serde(rename = $wire, skip_serializing_if = "Option::is_none")] pub $field: Option<$ty>,)*
        }

        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct $recorded {
            pub id: String,
            $(pub $field: Option<$ty>,)*
        }
        record!($recorded { id: required "id", $($field: $wire),* });

        impl $recorded {
            /// The members that may be missing, each with its type.
            const MEMBERS: &[(&str, &str)] = &[$(($wire, stringify!($ty))),*];
        }
    };
}

twice!(Derived5, Recorded5 {
    display_name = "displayName": String, age = "age": i64, active = "active": bool, tags = "tags": Vec<String>
});

twice!(Derived15, Recorded15 {
    display_name = "displayName": String, age = "age": i64, active = "active": bool, tags = "tags": Vec<String>,
    created = "created": String, modified = "modified": String, description = "description": String,
    source_id = "sourceId": String, source_name = "sourceName": String, native = "nativeIdentity": String,
    disabled = "disabled": bool, locked = "locked": bool, authoritative = "authoritative": bool, count = "count": i64
});

twice!(Derived40, Recorded40 {
    display_name = "displayName": String, age = "age": i64, active = "active": bool, tags = "tags": Vec<String>,
    created = "created": String, modified = "modified": String, description = "description": String,
    source_id = "sourceId": String, source_name = "sourceName": String, native = "nativeIdentity": String,
    disabled = "disabled": bool, locked = "locked": bool, authoritative = "authoritative": bool, count = "count": i64,
    a01 = "attributeOne": String, a02 = "attributeTwo": i64, a03 = "attributeThree": bool, a04 = "attributeFour": String,
    a05 = "attributeFive": i64, a06 = "attributeSix": bool, a07 = "attributeSeven": String, a08 = "attributeEight": i64,
    a09 = "attributeNine": bool, a10 = "attributeTen": String, a11 = "attributeEleven": i64, a12 = "attributeTwelve": bool,
    a13 = "attributeThirteen": String, a14 = "attributeFourteen": i64, a15 = "attributeFifteen": bool,
    a16 = "attributeSixteen": String, a17 = "attributeSeventeen": i64, a18 = "attributeEighteen": bool,
    a19 = "attributeNineteen": String, a20 = "attributeTwenty": i64, a21 = "lastRefresh": String, a22 = "manager": String,
    a23 = "department": String, a24 = "location": String, a25 = "title": String
});

/// Members as values by their declared kind, in the order of the struct, some of them missing.
fn list(members: &[(&str, &str)]) -> String {
    let item = |index: usize| {
        let mut text = format!(r#"{{"id":"2c9180835d191a86015d28455b4b{index:04}""#);
        for (place, (name, kind)) in members.iter().enumerate() {
            if (index + place).is_multiple_of(5) {
                continue;
            }
            let value = match *kind {
                "i64" => format!("{}", 1000 + index * 7 + place),
                "bool" => format!("{}", index.is_multiple_of(2)),
                "Vec<String>" => r#"["first","second"]"#.to_owned(),
                _ => format!(r#""value {index} of {name}""#),
            };
            text.push_str(&format!(r#","{name}":{value}"#));
        }
        text + "}"
    };
    let items: Vec<String> = (0..250).map(item).collect();
    format!("[{}]", items.join(","))
}

/// The shortest of many times, in turn with the other's: what a machine that does other things leaves undisturbed.
fn paired<A, B>(mut left: impl FnMut() -> A, mut right: impl FnMut() -> B) -> (Duration, Duration) {
    let rounds = if std::env::args().any(|argument| argument == "--test") {
        1
    } else {
        400
    };
    let mut best = (Duration::MAX, Duration::MAX);
    for _ in 0..rounds {
        let start = Instant::now();
        black_box(left());
        best.0 = best.0.min(start.elapsed());
        let start = Instant::now();
        black_box(right());
        best.1 = best.1.min(start.elapsed());
    }
    best
}

fn report(what: &str, (base, ours): (Duration, Duration)) {
    let ratio = ours.as_secs_f64() / base.as_secs_f64();
    println!("{what:<34} {base:>12.2?} {ours:>12.2?}   {ratio:.2}");
}

/// Never a part of its caller, so that either is laid out as it would be in a program.
#[inline(never)]
fn decode<T: DeserializeOwned + Default>(json: &str) -> T {
    serde_json::from_str(json).unwrap_or_default()
}

fn compare<D, R>(members: usize, json: &str)
where
    D: Serialize + DeserializeOwned,
    R: Serialize + DeserializeOwned,
{
    let decode = paired(|| decode::<Vec<D>>(json), || decode::<Vec<R>>(json));
    report(&format!("decode 250 of {members} members"), decode);
    let derived: Vec<D> = serde_json::from_str(json).unwrap_or_default();
    let recorded: Vec<R> = serde_json::from_str(json).unwrap_or_default();
    assert_eq!(
        serde_json::to_string(&derived).ok(),
        serde_json::to_string(&recorded).ok(),
        "both write the same"
    );
    let encode = paired(
        || serde_json::to_vec(&derived).unwrap_or_default(),
        || serde_json::to_vec(&recorded).unwrap_or_default(),
    );
    report(&format!("encode 250 of {members} members"), encode);
}

/// A list of which every record is damaged, read with what is damaged left out, beside the same list whole.
fn lossy() {
    let good = list(Recorded15::MEMBERS);
    let bad = good.replace(r#""active":true"#, r#""active":[]"#);
    let bad = bad.replace(r#""active":false"#, r#""active":[]"#);
    let times = paired(
        || Reading::<Vec<Recorded15>>::from_slice(good.as_bytes()).map(|reading| reading.value),
        || Reading::<Vec<Recorded15>>::lossy_from_slice(bad.as_bytes()),
    );
    report("lossy beside good, 250 of 15", times);
}

fn main() {
    println!(
        "{:<34} {:>12} {:>12}   ratio",
        "", "derive/good", "record/lossy"
    );
    compare::<Derived5, Recorded5>(5, &list(Recorded5::MEMBERS));
    compare::<Derived15, Recorded15>(15, &list(Recorded15::MEMBERS));
    compare::<Derived40, Recorded40>(40, &list(Recorded40::MEMBERS));
    lossy();
}

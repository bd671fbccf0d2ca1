//! What the mock of a whole API says of bodies whose parts have formats, or are sent in parts.

use crate::mock_pets::{builder, raw};

/// Sends a body to a mock; gives the status of its answer, and the faults that it found.
async fn sent(media_type: &str, target: &str, body: &str) -> (u16, Vec<String>) {
    let mock = builder().start().await;
    let headers = [("content-type", media_type)];
    let (status, _) = raw(&mock, "POST", target, &headers, body).await;
    let refused = mock.refused();
    let faults = refused.iter().flat_map(|refused| refused.faults().to_vec());
    (status, faults.collect())
}

#[tokio::test]
async fn dates_and_uuids_of_requests_are_held_to_their_formats() {
    let taken = [
        r#"{"at": "2026-03-01T08:30:00.5+02:00", "vet": "2c918083-5d19-1a86-015d-28455b4a2329"}"#,
        r#"{"vet": "2c9180835d191a86015d28455b4a2329"}"#,
        r#"{"vet": null}"#,
    ];
    for body in taken {
        let (status, faults) = sent("application/json", "/visits?until=2026-03-01", body).await;
        assert_eq!((status, faults), (200, Vec::new()), "{body}");
    }
    let refused = [
        ("/visits", r#"{"at": "2026-03-01"}"#, "body: /at: "),
        ("/visits", r#"{"vet": "2c91"}"#, "body: /vet: "),
        ("/visits?until=soon", "{}", "query parameter `until`: "),
    ];
    for (target, body, place) in refused {
        let (status, faults) = sent("application/json", target, body).await;
        assert_eq!(
            (status, faults.len()),
            (400, 1),
            "{target} {body}: {faults:?}"
        );
        assert!(faults[0].starts_with(place), "{faults:?}");
        assert!(!faults[0].contains("2c91"), "a value is told: {faults:?}");
    }
}

#[tokio::test]
async fn numbers_of_requests_are_held_to_their_ranges() {
    let cases = [
        ("minutes", "-2147483648", "2147483647", 200),
        ("minutes", "-2147483649", "2147483648", 400),
        ("stamp", "-9223372036854775808", "9223372036854775807", 200),
        ("stamp", "-9223372036854775809", "9223372036854775808", 400),
        ("stamp", "-1e30", "1e30", 400),
    ];
    for (name, least, most, expected) in cases {
        for number in [least, most] {
            let body = format!(r#"{{"{name}": {number}}}"#);
            let (status, faults) = sent("application/json", "/visits", &body).await;
            assert_eq!(status, expected, "{body}: {faults:?}");
            assert_eq!(faults.len(), usize::from(expected == 400), "{faults:?}");
        }
    }
}

/// A multipart body of these parts.
fn parts(parts: &[(&str, &str)]) -> String {
    let parts = parts.iter().map(|(name, content)| {
        format!("--edge\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{content}\r\n")
    });
    parts.chain(["--edge--\r\n".to_owned()]).collect()
}

#[tokio::test]
async fn parts_of_multipart_bodies_are_held_to_the_schema() {
    let media_type = "multipart/form-data; boundary=edge";
    let whole = parts(&[
        ("chart", "\u{0}\u{1}"),
        ("weight", "4"),
        ("marks", "dog"),
        ("marks", "cat"),
        ("owner", r#"{"name": "Ada"}"#),
    ]);
    assert_eq!(sent(media_type, "/visits", &whole).await, (200, Vec::new()));
    let list = "--edge\r\ncontent-disposition: form-data; name=\"marks\"\r\ncontent-type: application/json\r\n\r\n[\"dog\", \"cat\"]\r\n";
    let listed = format!("{list}{}", parts(&[("chart", "")]));
    assert_eq!(
        sent(media_type, "/visits", &listed).await,
        (200, Vec::new())
    );
    // No reader of headers takes the name, which is nothing that the schema forbids.
    let control = ("\u{1}\u{7f}\u{e9}", "");
    let named = parts(&[("chart", ""), control]);
    assert_eq!(sent(media_type, "/visits", &named).await, (200, Vec::new()));
    let cases = [
        (
            parts(&[("weight", "4")]),
            "body: \"chart\" is a required property",
        ),
        (
            parts(&[control, ("weight", "4")]),
            "body: \"chart\" is a required property",
        ),
        (
            parts(&[("chart", ""), ("weight", "none")]),
            "body: /weight: value is not of type \"integer\"",
        ),
        (
            parts(&[("chart", ""), ("marks", "dog"), ("marks", "cow")]),
            "body: /marks/1: value is not one of \"dog\" or \"cat\"",
        ),
        (
            parts(&[("chart", ""), ("owner", "{}")]),
            "body: /owner: \"name\" is a required property",
        ),
    ];
    for (body, fault) in cases {
        let told = sent(media_type, "/visits", &body).await;
        assert_eq!(told, (400, vec![fault.to_owned()]), "{body}");
    }
    let (status, faults) = sent(media_type, "/visits", "--edge\r\nno part").await;
    assert_eq!(status, 400);
    assert!(
        faults[0].starts_with("body: it is no multipart body: "),
        "{faults:?}"
    );
    let (status, faults) = sent("multipart/form-data", "/visits", &whole).await;
    let fault = "body: the header `Content-Type` names no boundary of its parts";
    assert_eq!((status, faults), (400, vec![fault.to_owned()]));
}

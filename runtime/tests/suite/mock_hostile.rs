//! A hostile mock: each thing that goes wrong, as a client meets it.

use std::time::{Duration, Instant};

use sdk_runtime::mock::Hostile;
use sdk_runtime::{NoErrorBody, Paging, Position, Request, Value, json};

use crate::mock_pets::pets::{GetPet, ListPets};
use crate::mock_pets::{builder, client, raw};

#[tokio::test]
async fn every_other_call_is_refused() {
    let mock = builder().hostile(Hostile::TooManyRequests).start().await;
    let pets = client(&mock);
    for seconds in [0, 1] {
        let refused = pets.list_pets().await.unwrap_err();
        assert_eq!(
            refused.to_string(),
            "GET /pets: 429 Too Many Requests: slow down"
        );
        assert_eq!(refused.retry_after(), Some(Duration::from_secs(seconds)));
        pets.list_pets().await.unwrap();
    }
    mock.hostile(Hostile::Unavailable);
    let refused = pets.list_pets().await.unwrap_err();
    assert_eq!(refused.status().map(|status| status.as_u16()), Some(503));
    pets.list_pets().await.unwrap();
    mock.peaceful();
    pets.list_pets().await.unwrap();
}

#[tokio::test]
async fn bodies_are_cut_off_and_slow() {
    let mock = builder().start().await;
    let pets = client(&mock);
    mock.on::<ListPets>().hostile(Hostile::CutBody);
    assert!(pets.list_pets().await.is_err());
    pets.list_pets().await.unwrap();
    pets.get_pet("1").await.unwrap();
    mock.on::<GetPet>().hostile(Hostile::SlowBody);
    let start = Instant::now();
    pets.get_pet("1").await.unwrap();
    assert!(start.elapsed() > Duration::from_millis(200));
    let hasty = pets
        .get_pet("1")
        .timeout(Duration::from_millis(50))
        .await
        .unwrap_err();
    assert!(hasty.is_timeout(), "{hasty}");
}

#[tokio::test]
async fn a_token_that_ends_midway_is_fetched_again() {
    let mock = builder().start().await;
    let pets = client(&mock);
    pets.list_pets().await.unwrap();
    mock.hostile(Hostile::ExpiredToken);
    pets.get_pet("1").await.unwrap();
    pets.list_pets().await.unwrap();
    assert_eq!(mock.tokens_granted(), 2);
    // A token that a caller brings cannot be fetched again.
    mock.hostile(Hostile::ExpiredToken);
    assert_eq!(raw(&mock, "GET", "/pets/1", &[], "").await.0, 401);
    assert_eq!(raw(&mock, "GET", "/pets/1", &[], "").await.0, 200);
}

#[tokio::test]
async fn a_last_page_is_full() {
    let mock = builder().hostile(Hostile::FullLastPage).start().await;
    let pets = client(&mock);
    let page = |offset: &'static str| pets.list_pets().query("limit", "3").query("offset", offset);
    assert_eq!(page("0").await.unwrap().len(), 3);
    assert!(page("3").await.unwrap().is_empty());
    // Whoever follows the pages asks once more, and comes to the end.
    const UNCOUNTED: Paging = Paging::offset("offset").limit("limit");
    let request: Request<Vec<Value>, NoErrorBody> = pets.0.get("/pets").returns_json();
    let items = request.items_by(&UNCOUNTED, Some(3), |page| page, Position::START);
    assert_eq!(items.collect_all(9).await.unwrap().len(), 3);
    assert_eq!(mock.calls::<ListPets>().len(), 4);
}

#[tokio::test]
async fn values_are_changed_by_what_their_schema_says() {
    let mock = builder().start().await;
    let pets = client(&mock);
    let whole = json!({"id": 1, "name": "text", "kind": "dog", "age": 1, "friends": []});
    assert_eq!(pets.get_pet("1").await.unwrap(), whole);
    let cases = [
        (
            Hostile::UnknownEnumValue,
            "kind",
            json!("value-of-a-later-version"),
        ),
        (Hostile::TextForNumbers, "id", json!("1")),
        (Hostile::TextForNumbers, "age", json!("1")),
        (Hostile::NullOptionals, "age", json!(null)),
        (Hostile::NullOptionals, "friends", json!(null)),
        (Hostile::NullOptionals, "id", json!(1)),
        (Hostile::NullEverywhere, "id", json!(null)),
    ];
    for (hostile, member, value) in cases {
        mock.hostile(hostile);
        assert_eq!(
            pets.get_pet("1").await.unwrap()[member],
            value,
            "{hostile:?}"
        );
    }
    mock.hostile(Hostile::TextForNumbers);
    assert_eq!(pets.list_pets().await.unwrap()[0]["id"], "7");
    assert_eq!(pets.best_pet().await.unwrap()["lives"], "1");
    assert_eq!(Hostile::ALL.len(), 10);
}

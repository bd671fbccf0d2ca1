//! A stateful mock: what is created is listed, read, replaced, patched and deleted.

use sdk_runtime::json;

use crate::mock_pets::{builder, client, raw};

#[tokio::test]
async fn an_item_is_created_listed_read_replaced_patched_and_deleted() {
    let mock = builder().stateful().start().await;
    let pets = client(&mock);
    assert!(pets.list_pets().await.unwrap().is_empty());
    let rex = pets
        .create_pet(&json!({"name": "Rex", "secret": "s", "age": 3}))
        .send()
        .await
        .unwrap();
    assert_eq!(rex.status().as_u16(), 201);
    // What only callers set is kept, and not told.
    let told = json!({"id": 1, "name": "Rex", "age": 3});
    assert_eq!(rex.body(), &told);
    assert_eq!(pets.get_pet("1").await.unwrap(), told);
    pets.create_pet(&json!({"name": "Tom", "kind": "cat"}))
        .await
        .unwrap();

    let all = pets.list_pets().send().await.unwrap();
    let names: Vec<_> = all.body().iter().map(|pet| pet["name"].clone()).collect();
    assert_eq!(names, ["Rex", "Tom"]);
    assert_eq!(all.headers()["x-total-count"], "2");
    let page = pets
        .list_pets()
        .query("limit", "1")
        .query("offset", "1")
        .send()
        .await
        .unwrap();
    assert_eq!(
        page.body(),
        &[json!({"id": 2, "name": "Tom", "kind": "cat"})]
    );
    assert_eq!(page.headers()["x-total-count"], "2");
    assert!(
        pets.list_pets()
            .query("offset", "2")
            .await
            .unwrap()
            .is_empty()
    );

    // A request cannot change an id, and what it leaves out is gone.
    let replaced = pets
        .replace_pet(1, &json!({"id": 9, "name": "Max"}))
        .await
        .unwrap();
    assert_eq!(replaced, json!({"id": 1, "name": "Max"}));
    let merge = [("content-type", "application/merge-patch+json")];
    let body = r#"{"age":4,"kind":"dog"}"#;
    assert_eq!(raw(&mock, "PATCH", "/pets/1", &merge, body).await.0, 200);
    let patch = [("content-type", "application/json-patch+json")];
    let body = r#"[{"op":"remove","path":"/kind"},{"op":"replace","path":"/name","value":"Ben"}]"#;
    assert_eq!(raw(&mock, "PATCH", "/pets/1", &patch, body).await.0, 200);
    assert_eq!(
        pets.get_pet("1").await.unwrap(),
        json!({"id": 1, "name": "Ben", "age": 4})
    );
    let body = r#"[{"op":"remove","path":"/nothing"}]"#;
    let (status, text) = raw(&mock, "PATCH", "/pets/1", &patch, body).await;
    assert_eq!(status, 400);
    assert!(text.contains("does not apply"), "{text}");

    pets.delete_pet(1).await.unwrap();
    let gone = pets.get_pet("1").await.unwrap_err();
    assert_eq!(gone.to_string(), "GET /pets/{id}: 404 Not Found: slow down");
    assert!(pets.delete_pet(1).await.is_err());
    assert_eq!(pets.list_pets().await.unwrap().len(), 1);
    // What is no item of a collection answers as its example says.
    assert_eq!(pets.best_pet().await.unwrap()["kind"], "cat");
    assert_eq!(mock.refused().len(), 0);
}

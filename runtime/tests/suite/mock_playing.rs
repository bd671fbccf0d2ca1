//! The mock of a whole API: what it answers, what a test says of it, and what it refuses.

use std::time::Duration;

use sdk_runtime::json;
use sdk_runtime::mock::Answer;

use crate::mock_pets::pets::{DeletePet, GetPet, ListPets};
use crate::mock_pets::{builder, client, raw};

#[tokio::test]
async fn operations_answer_with_examples_that_keep_their_schemas() {
    let mock = builder().start().await;
    let pets = client(&mock);
    let listed = pets.list_pets().send().await.unwrap();
    assert_eq!(
        listed.body(),
        &[json!({"id": 7, "name": "Rex", "kind": "dog"})]
    );
    assert_eq!(listed.headers()["x-total-count"], "1");
    // The document's example has no id, which its schema requires.
    let pet = pets.get_pet("1").await.unwrap();
    assert_eq!(
        pet,
        json!({"id": 1, "name": "text", "kind": "dog", "age": 1, "friends": []})
    );
    // `/pets/best` is not the pet of that id, and the member of a union tells which it is.
    let best = pets.best_pet().await.unwrap();
    assert_eq!(best, json!({"kind": "cat", "lives": 1, "code": "AAA-1"}));
    pets.delete_pet(1).await.unwrap();
    assert_eq!(mock.calls::<DeletePet>().len(), 1);
    let (status, photo) = raw(&mock, "GET", "/photo", &[], "").await;
    assert_eq!((status, photo.as_str()), (200, "text"));
    assert_eq!(mock.refused().len(), 0);
}

#[tokio::test]
async fn operations_of_equal_paths_are_told_apart_by_their_parameters() {
    let mock = builder().start().await;
    // An object without properties still has as many members as it must.
    let by_number = raw(&mock, "GET", "/owners/7", &[], "").await;
    assert_eq!(
        by_number,
        (200, r#"{"key":"text","key1":"text"}"#.to_owned())
    );
    let by_name = raw(&mock, "GET", "/owners/ada", &[], "").await;
    assert_eq!(by_name, (200, r#"{"name":"text"}"#.to_owned()));
    // Where none takes it, what is wrong for the first is told.
    let (status, told) = raw(&mock, "GET", "/owners/a", &[], "").await;
    assert_eq!(status, 400);
    assert!(told.contains("path parameter `number`"), "{told}");
}

#[tokio::test]
async fn what_a_test_says_stands_before_the_examples() {
    let mock = builder().start().await;
    let pets = client(&mock);
    mock.on::<GetPet>().returns(json!({"id": 2, "name": "Tom"}));
    assert_eq!(pets.get_pet("2").await.unwrap()["name"], "Tom");
    mock.on::<GetPet>().refuses(403);
    let refused = pets.get_pet("2").await.unwrap_err();
    assert_eq!(
        refused.to_string(),
        "GET /pets/{id}: 403 Forbidden: not yours"
    );
    mock.on::<GetPet>().forget();
    assert_eq!(pets.get_pet("2").await.unwrap()["name"], "text");

    let both = [json!({"id": 1, "name": "a"}), json!({"id": 2, "name": "b"})];
    mock.on::<ListPets>().returns(&both);
    assert_eq!(pets.list_pets().await.unwrap(), both);
    mock.on::<ListPets>().returns_sequence([
        Answer::from(503),
        Answer::empty(503).header("Retry-After", "2"),
        Answer::json(200, &both),
    ]);
    let first = pets.list_pets().await.unwrap_err();
    assert_eq!(first.status().map(|status| status.as_u16()), Some(503));
    let second = pets.list_pets().await.unwrap_err();
    assert_eq!(second.retry_after(), Some(Duration::from_secs(2)));
    for _ in 0..2 {
        assert_eq!(pets.list_pets().await.unwrap(), both);
    }
}

#[tokio::test]
async fn calls_are_told_without_credentials() {
    let mock = builder().start().await;
    let pets = client(&mock);
    let request = pets
        .get_pet("5")
        .query("token", "secret-query")
        .header("x-own", "secret-own");
    request.await.unwrap();
    let calls = mock.calls::<GetPet>();
    assert_eq!(calls.len(), 1);
    let call = &calls[0];
    assert_eq!((call.method(), call.path()), ("GET", "/pets/5"));
    assert_eq!(call.path_parameter("id").as_deref(), Some("5"));
    assert_eq!(call.query("token"), ["secret-query"]);
    assert_eq!(call.header("authorization"), Some("Bearer mock-token-1"));
    let shown = format!("{call:?} {mock:?} {:?}", mock.refused());
    assert!(
        !shown.contains("secret") && !shown.contains("mock-token"),
        "{shown}"
    );
    assert_eq!(mock.tokens_granted(), 1);
}

#[tokio::test]
async fn what_the_document_does_not_allow_is_refused_and_says_where() {
    let mock = builder().start().await;
    let cases = [
        (
            "GET",
            "/nowhere",
            "",
            "path: the document has no operation of this path",
        ),
        (
            "PATCH",
            "/pets",
            "",
            "method: the document has GET, POST of this path",
        ),
        (
            "GET",
            "/pets/x",
            "",
            "path parameter `id`: value is not of type \"integer\"",
        ),
        (
            "GET",
            "/pets?limit=51",
            "",
            "query parameter `limit`: value is greater than the maximum of 50",
        ),
        (
            "GET",
            "/pets?kind=dog&kind=cow",
            "",
            "query parameter `kind`: /1: value is not one of \"dog\" or \"cat\"",
        ),
        (
            "GET",
            "/pets?ids=1,two",
            "",
            "query parameter `ids`: /1: value is not of type \"integer\"",
        ),
        (
            "GET",
            "/pets?where[age]=old",
            "",
            "query parameter `where`: /age: value is not of type \"integer\"",
        ),
        ("POST", "/pets", "", "body: it is missing"),
        (
            "POST",
            "/pets",
            "{",
            "body: it is no JSON at line 1, column 1",
        ),
        (
            "POST",
            "/pets",
            "{\"name\":\"\"}",
            "body: /name: value is shorter than 1 character",
        ),
        (
            "POST",
            "/pets",
            "{\"kind\":\"dog\"}",
            "body: \"name\" is a required property",
        ),
        ("DELETE", "/pets/1", "{}", "body: the operation takes none"),
    ];
    for (method, target, body, fault) in cases {
        let json = [("content-type", "application/json")];
        let (status, text) = raw(&mock, method, target, &json, body).await;
        let refused = mock.refused();
        let last = refused.last().map(|refused| refused.faults().to_vec());
        assert_eq!(last.unwrap_or_default(), [fault], "{method} {target}");
        let expected = match fault.split(':').next() {
            Some("path") if !fault.contains('`') => 404,
            Some("method") => 405,
            _ => 400,
        };
        assert_eq!(status, expected, "{method} {target}: {fault}");
        assert!(text.contains("does not allow"), "{text}");
    }
    assert_eq!(mock.refused().len(), cases.len());
    assert_eq!(mock.refused()[2].operation(), Some("getPet"));
    let plain = [("content-type", "text/plain")];
    raw(&mock, "POST", "/pets", &plain, "x").await;
    let wrong = "POST /pets: body: it is of the media type text/plain, and the operation takes application/json";
    assert_eq!(mock.refused().last().unwrap().to_string(), wrong);
}

#[tokio::test]
async fn what_the_document_allows_is_taken() {
    let mock = builder().start().await;
    let targets = [
        "/pets?limit=0&offset=3",
        "/pets?kind=dog&kind=cat",
        "/pets?ids=1,2,3",
        "/pets?ids=1%2C2",
        "/pets?where%5Bage%5D=3",
        "/pets?other=1",
    ];
    for target in targets {
        let (status, text) = raw(&mock, "GET", target, &[("x-trace", "abcd")], "").await;
        assert_eq!(status, 200, "{target}: {text}");
    }
    // What only the server sets is not wanted of a caller.
    let json = [("content-type", "application/json; charset=utf-8")];
    assert_eq!(
        raw(
            &mock,
            "POST",
            "/pets",
            &json,
            r#"{"name":"Tom","age":null}"#
        )
        .await
        .0,
        201
    );
    let form = [("content-type", "application/x-www-form-urlencoded")];
    assert_eq!(
        raw(&mock, "POST", "/ratings", &form, "stars=5&tags=a&tags=b")
            .await
            .0,
        204
    );
    assert_eq!(
        raw(&mock, "POST", "/ratings", &form, "stars=6").await.0,
        400
    );
    // A mock server that reads OpenAPI gives the answer of a status that it is asked for.
    let (status, text) = raw(&mock, "GET", "/pets", &[("prefer", "code=429")], "").await;
    assert_eq!((status, text.as_str()), (429, r#"{"message":"slow down"}"#));
}

#[tokio::test]
async fn nobody_comes_in_without_the_credentials_that_are_asked_for() {
    let mock = builder().start().await;
    let (status, text) = raw(&mock, "GET", "/pets/1", &[("authorization", "")], "").await;
    assert_eq!(status, 401);
    assert!(
        text.contains("`Authorization: Bearer …` is missing (scheme `token`)"),
        "{text}"
    );
    let unknown = [("authorization", "Bearer stolen-token")];
    let (status, text) = raw(&mock, "GET", "/pets/1", &unknown, "").await;
    assert_eq!(status, 401);
    assert!(
        text.contains("was not granted here") && !text.contains("stolen"),
        "{text}"
    );
    let key = [("authorization", ""), ("x-key", "k")];
    assert_eq!(raw(&mock, "GET", "/pets", &key, "").await.0, 200);
    assert_eq!(
        raw(&mock, "GET", "/pets/best", &[("authorization", "")], "")
            .await
            .0,
        200
    );
    assert_eq!(mock.refused().len(), 2);
    assert_eq!(mock.refused()[0].status(), 401);
}

#[tokio::test]
async fn tokens_are_counted_and_expire() {
    let mock = builder()
        .token_lifetime(Duration::from_millis(1))
        .start()
        .await;
    let ask = [
        ("content-type", "application/x-www-form-urlencoded"),
        ("authorization", ""),
    ];
    let (status, _) = raw(
        &mock,
        "POST",
        "/oauth/token",
        &ask,
        "grant_type=client_credentials",
    )
    .await;
    assert_eq!(status, 401);
    let body = "grant_type=client_credentials&client_id=a&client_secret=b";
    let (status, text) = raw(&mock, "POST", "/oauth/token", &ask, body).await;
    assert_eq!(status, 200);
    assert!(
        text.contains("mock-token-1") && text.contains(r#""expires_in":0"#),
        "{text}"
    );
    tokio::time::sleep(Duration::from_millis(5)).await;
    let expired = [("authorization", "Bearer mock-token-1")];
    assert_eq!(raw(&mock, "GET", "/pets/1", &expired, "").await.0, 401);
    let any = builder().any_token().start().await;
    assert_eq!(raw(&any, "GET", "/pets/1", &expired, "").await.0, 200);
}

#[tokio::test]
async fn a_server_keeps_its_own_description() {
    assert_eq!(builder().faults().await, [""; 0]);
}

#[tokio::test]
async fn an_example_is_one_page() {
    let mock = builder().start().await;
    let pets = client(&mock);
    assert_eq!(pets.list_pets().query("limit", "1").await.unwrap().len(), 1);
    let beyond = pets.list_pets().query("limit", "1").query("offset", "1");
    assert!(beyond.await.unwrap().is_empty());
}

#[tokio::test]
async fn a_job_is_done_when_its_state_is_asked_for_a_second_time() {
    let mock = builder().start().await;
    for state in ["PENDING", "DONE", "DONE"] {
        let (status, body) = raw(&mock, "GET", "/scans/1", &[], "").await;
        assert_eq!(status, 200);
        assert_eq!(body, format!(r#"{{"status":"{state}"}}"#));
    }
}

//! Operations without a tag belong to the first segment of their paths that tells them apart.

use super::planned;
use serde_json::{Map, Value, json};

/// The groups of the operations of these paths, each with a tag or without.
fn groups(paths: &[(&str, Option<&str>)]) -> (Vec<String>, Vec<String>) {
    let item = |tag: &Option<&str>| {
        let tags: Vec<&str> = tag.iter().copied().collect();
        json!({"get": {"tags": tags, "responses": {"204": {"description": "It."}}}})
    };
    let items: Map<String, Value> = paths
        .iter()
        .map(|(path, tag)| ((*path).to_owned(), item(tag)))
        .collect();
    let (api, told) = planned(json!({
        "openapi": "3.0.3", "info": {"title": "Shop", "version": "1"},
        "servers": [{"url": "https://a.example"}], "paths": items,
    }));
    let tag = |operation: &crate::plan::model::Operation| api[operation.tag].name.clone();
    let told = told.into_iter().map(|(code, _)| code.to_owned());
    let told = told.filter(|code| code == "grouped-by-path");
    (api.operations.iter().map(tag).collect(), told.collect())
}

#[test]
fn the_first_segment_that_tells_paths_apart_is_the_group() {
    let (names, told) = groups(&[
        ("/shop/api/v1/orders", None),
        ("/shop/api/v1/orders/items", None),
        ("/shop/api/v2/{shop}/pets", None),
        ("/shop/api/v2/{shop}/pets/food", None),
    ]);
    assert_eq!(names, ["orders", "orders", "pets", "pets"]);
    assert_eq!(told, ["grouped-by-path"]);
}

#[test]
fn a_group_with_the_name_of_a_tag_is_the_tag() {
    let (names, _) = groups(&[
        ("/orders", Some("Orders")),
        ("/orders/items", None),
        ("/orders/all", None),
        ("/pets", None),
        ("/pets/food", None),
    ]);
    assert_eq!(names, ["Orders", "Orders", "Orders", "pets", "pets"]);
}

#[test]
fn what_makes_no_groups_stays_together() {
    let (names, told) = groups(&[
        ("/orders", None),
        ("/orders/{id}", None),
        ("/{id}", Some("A")),
    ]);
    assert_eq!(
        (names, told.len()),
        (["Shop", "Shop", "A"].map(str::to_owned).to_vec(), 0)
    );
    let (names, told) = groups(&[("/orders", None), ("/pets", None), ("/", None)]);
    assert_eq!(
        (names, told.len()),
        (["Shop"; 3].map(str::to_owned).to_vec(), 1)
    );
}

//! One text: what YAML and JSON mean, what is odd in them, and where their nodes stand.

use crate::support::{load, load_text, load_yaml, write};
use sdk_generator::diagnostics::{Diagnostics, Severity};
use serde_json::json;

#[test]
fn yaml_and_json_give_the_same_tree() {
    let yaml = load_yaml(
        "openapi: 3.0.3\npaths:\n  /a:\n    get:\n      responses:\n        200: {description: ok}\n",
    );
    let json = r#"{"openapi": "3.0.3", "paths": {"/a": {"get": {"responses": {"200": {"description": "ok"}}}}}}"#;
    yaml.assert_clean();
    assert_eq!(yaml.tree, load_text("root.json", json).tree);
    assert_eq!(yaml.tree, load_text("root.yaml", json).tree);
}

#[test]
fn the_order_of_members_is_kept() {
    let outcome = load_yaml("z: 1\na: 2\nm: 3\n");
    let keys: Vec<_> = outcome
        .at("")
        .as_object()
        .expect("an object")
        .keys()
        .collect();
    assert_eq!(keys, ["z", "a", "m"]);
}

#[test]
fn keys_are_read_as_they_are_written() {
    let outcome =
        load_yaml("x-keys: {200: a, 4XX: b, yes: c, null: d, 1.10: e, 0x1F: f, 'q': g}\n");
    let keys: Vec<_> = outcome
        .at("/x-keys")
        .as_object()
        .expect("an object")
        .keys()
        .collect();
    assert_eq!(keys, ["200", "4XX", "yes", "null", "1.10", "0x1F", "q"]);
    outcome.assert_clean();
}

#[test]
fn versions_are_text() {
    let outcome = load_yaml("openapi: 3.0\ninfo: {version: 1.10}\nx-n: {version: 1.5}\n");
    assert_eq!(outcome.at("/openapi"), "3.0");
    assert_eq!(outcome.at("/info/version"), "1.10");
    assert_eq!(outcome.at("/x-n/version"), 1.5);
}

#[test]
fn byte_order_marks_may_stand_twice() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = "\u{feff}\u{feff}{\"openapi\": \"3.0.3\", \"info\": {\"title\": \"T\"}}";
    for name in ["root.yaml", "root.json"] {
        write(folder.path(), name, text.as_bytes());
        let outcome = load(&folder.path().join(name));
        assert_eq!(outcome.at("/info/title"), "T", "{name}");
        outcome.assert_clean();
    }
}

#[test]
fn a_byte_order_mark_and_carriage_returns_do_no_harm() {
    let folder = tempfile::tempdir().expect("a folder");
    write(
        folder.path(),
        "root.yaml",
        "\u{feff}openapi: 3.0.3\r\ninfo:\r\n  title: ü\r\n".as_bytes(),
    );
    write(
        folder.path(),
        "root.json",
        "\u{feff}{\r\n  \"openapi\": \"3.0.3\"\r\n}".as_bytes(),
    );
    let yaml = load(&folder.path().join("root.yaml"));
    assert_eq!(yaml.at("/info/title"), "ü");
    assert_eq!(yaml.place_of("/info/title"), "root.yaml:3:3");
    let json = load(&folder.path().join("root.json"));
    assert_eq!(json.place_of("/openapi"), "root.json:2:3");
    yaml.assert_clean();
    json.assert_clean();
    let sources = yaml.sources.expect("sources");
    let file = sources.files().next().expect("a file");
    assert!(
        file.bytes().starts_with(b"\xef\xbb\xbfopenapi"),
        "the bytes are those of the disk"
    );
}

#[test]
fn text_that_is_not_utf_8_is_told_with_its_line() {
    let folder = tempfile::tempdir().expect("a folder");
    write(
        folder.path(),
        "root.yaml",
        b"openapi: 3.0.3\ninfo: caf\xe9\n",
    );
    let outcome = load(&folder.path().join("root.yaml"));
    assert_eq!(outcome.tree, None);
    assert_eq!(
        outcome.only_place(),
        ("not-utf-8", "root.yaml:2:10".to_owned())
    );
}

#[test]
fn syntax_errors_have_their_place() {
    let yaml = load_yaml("openapi: 3.0.3\ninfo: [1, 2\npaths: {}\n");
    assert_eq!(yaml.tree, None);
    assert_eq!(
        yaml.only_place(),
        ("yaml-syntax", "root.yaml:3:6".to_owned())
    );
    let message = &yaml.only().message;
    assert!(
        !message.contains("line 3"),
        "the place stands beside the message, not in it: {message}"
    );

    let json = load_text("root.json", "{\n  \"ü\": 1,\n  \"a\": tru\n}");
    assert_eq!(
        json.only_place(),
        ("json-syntax", "root.json:3:11".to_owned())
    );
    let cut = load_text("root.json", "{\"a\": [1, 2");
    assert_eq!(
        cut.only_place(),
        ("json-syntax", "root.json:1:11".to_owned())
    );
    let trailing = load_text("root.json", "{}\n{}");
    assert_eq!(
        trailing.only_place(),
        ("json-syntax", "root.json:2:1".to_owned())
    );
}

#[test]
fn a_document_that_is_no_object_is_refused() {
    for text in ["", "# nothing\n", "- a\n", "just text", "~"] {
        let outcome = load_yaml(text);
        assert_eq!(outcome.tree, None, "{text:?}");
        assert_eq!(outcome.diagnostics.iter().count(), 1, "{text:?}");
    }
    assert_eq!(
        load_text("root.json", "[]").codes(),
        ["document-not-an-object"]
    );
}

#[test]
fn of_several_documents_in_one_file_the_first_is_read() {
    let outcome = load_yaml("a: 1\n---\nb: 2\n");
    assert_eq!(outcome.codes(), ["yaml-many-documents"]);
    assert_eq!(*outcome.at(""), json!({"a": 1}));
    assert_eq!(outcome.place_of("/a"), "root.yaml:1:1");
    for text in ["---\na: 1\n...\n", "a: 1\n---\n", "%YAML 1.2\n---\na: 1\n"] {
        let outcome = load_yaml(text);
        outcome.assert_clean();
        assert_eq!(*outcome.at(""), json!({"a": 1}), "{text:?}");
    }
}

#[test]
fn a_text_is_read_as_what_it_is_whatever_it_is_called() {
    let yaml = load_text("root.json", "openapi: 3.0.3\n# a comment\n");
    yaml.assert_clean();
    assert_eq!(yaml.at("/openapi"), "3.0.3");
    assert_eq!(yaml.place_of("/openapi"), "root.json:1:1");
    let tabs = load_text("root.yaml", "{\n\t\"a\": {\n\t\t\"b\": 1\n\t}\n}\n");
    tabs.assert_clean();
    assert_eq!(tabs.place_of("/a/b"), "root.yaml:3:3");
    let flow = load_text("root.yaml", "{a: 1, b: [x, 'y']}\n");
    flow.assert_clean();
    assert_eq!(*flow.at(""), json!({"a": 1, "b": ["x", "y"]}));
}

#[test]
fn utf_16_is_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = "\u{feff}openapi: 3.0.3\ninfo: {title: \u{1f600}ü}\n";
    let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for bytes in [little, big] {
        write(folder.path(), "root.yaml", &bytes);
        let outcome = load(&folder.path().join("root.yaml"));
        outcome.assert_clean();
        assert_eq!(outcome.at("/info/title"), "\u{1f600}ü");
        assert_eq!(outcome.place_of("/info"), "root.yaml:2:1");
        let sources = outcome.sources.expect("sources");
        assert_eq!(sources.files().next().expect("a file").bytes(), bytes);
    }
    write(folder.path(), "root.yaml", b"\xff\xfea\0:\0 \0\x00\xd8");
    assert_eq!(
        load(&folder.path().join("root.yaml")).codes(),
        ["not-utf-8"]
    );
}

#[test]
fn odd_scalars_and_keys_are_read() {
    let outcome = load_yaml(
        "x-a: {=: '=', enum: [=, !!str 1, !!int '2', !!float 3]}\nx-b: {true: 1, 2020-01-01: 2, ~: 3, 1.0: 4}\n",
    );
    outcome.assert_clean();
    assert_eq!(
        *outcome.at("/x-a"),
        json!({"=": "=", "enum": ["=", "1", 2, 3.0]})
    );
    assert_eq!(
        *outcome.at("/x-b"),
        json!({"true": 1, "2020-01-01": 2, "~": 3, "1.0": 4})
    );
}

#[test]
fn keys_that_stand_twice_are_told() {
    for (name, text) in [
        ("root.yaml", "a: 1\nb:\n  c: 1\n  c: 2\n"),
        (
            "root.json",
            "{\"a\": 1,\n\"b\":\n  {\n  \"c\": 1, \"c\": 2}}",
        ),
    ] {
        let outcome = load_text(name, text);
        assert_eq!(outcome.at("/b/c"), 2);
        assert_eq!(outcome.only().severity, Severity::Warning);
        assert_eq!(outcome.only().pointer.as_str(), "/b/c");
        let column = if name == "root.yaml" { 3 } else { 11 };
        assert_eq!(
            outcome.only_place(),
            ("duplicate-key", format!("{name}:4:{column}"))
        );
    }
}

#[test]
fn a_path_that_stands_twice_keeps_the_operations_of_both() {
    let outcome =
        load_yaml("paths:\n  /a: {get: {x: 1}, put: {x: 1}}\n  /a: {post: {}, put: {x: 2}}\n");
    assert_eq!(outcome.only().severity, Severity::Warning);
    assert_eq!(
        outcome.only_place(),
        ("duplicate-path", "root.yaml:3:3".to_owned())
    );
    assert_eq!(
        *outcome.at("/paths/~1a"),
        json!({"get": {"x": 1}, "put": {"x": 2}, "post": {}})
    );
    let same = load_yaml("paths:\n  /a: {get: {}}\n  /a: {get: {}}\n");
    assert_eq!(same.codes(), ["duplicate-key"]);
    let lossy = load_yaml("x-a: {b: {c: 1}, b: {d: 1}}\n");
    assert_eq!(lossy.only().severity, Severity::Warning);
    assert_eq!(*lossy.at("/x-a/b"), json!({"d": 1}));
}

#[test]
fn anchors_aliases_and_merge_keys_work() {
    let outcome = load_yaml(
        "x-base: &base {type: object, title: base, nullable: true}\nx-more: &more {title: more, description: d}\n\
         x-one:\n  title: own\n  <<: *base\n  nullable: false\nx-two:\n  <<: [*base, *more]\nx-plain: *more\n",
    );
    outcome.assert_clean();
    assert_eq!(
        *outcome.at("/x-one"),
        json!({"title": "own", "type": "object", "nullable": false})
    );
    assert_eq!(
        *outcome.at("/x-two"),
        json!({"type": "object", "title": "base", "nullable": true, "description": "d"})
    );
    assert_eq!(
        *outcome.at("/x-plain"),
        json!({"title": "more", "description": "d"})
    );
    assert_eq!(outcome.place_of("/x-one/title"), "root.yaml:4:3");
    assert_eq!(outcome.place_of("/x-two/title"), "root.yaml:1:30");
    assert_eq!(outcome.place_of("/x-two/description"), "root.yaml:2:29");
}

#[test]
fn a_merge_key_is_a_plain_key_in_json() {
    let outcome = load_text("root.json", r#"{"x-a": {"<<": {"b": 1}}}"#);
    outcome.assert_clean();
    assert_eq!(*outcome.at("/x-a"), json!({"<<": {"b": 1}}));
    assert_eq!(
        load_yaml("x-a: {<<: 1}\n").only_place(),
        ("yaml-merge", "root.yaml:1:7".to_owned())
    );
}

#[test]
fn tags_and_numbers_that_json_lacks_are_told() {
    let outcome = load_yaml("x-a: !Thing {b: !Other 1}\nx-c: !!str 12\n");
    assert_eq!(*outcome.at("/x-a"), json!({"b": 1}));
    assert_eq!(outcome.at("/x-c"), "12");
    assert_eq!(outcome.codes(), ["yaml-tag", "yaml-tag"]);
    let numbers = load_yaml("x-n:\n  - .nan\n  - -.inf\n  - 1\n");
    assert_eq!(*numbers.at("/x-n"), json!([null, null, 1]));
    assert_eq!(numbers.codes(), ["number-not-finite", "number-not-finite"]);
    assert!(
        numbers
            .diagnostics
            .iter()
            .all(|said| said.severity == Severity::Warning)
    );
}

#[test]
fn what_json_cannot_hold_costs_its_own_place() {
    let text = r#"{"x-a": [1e400, "\ud83d!"], "x-\udc00": 1}"#;
    for name in ["root.json", "root.yaml"] {
        let outcome = load_text(name, text);
        assert_eq!(*outcome.at("/x-a"), json!([null, "\u{fffd}!"]));
        assert_eq!(*outcome.at("/x-\u{fffd}"), 1);
        assert_eq!(
            outcome.codes(),
            ["number-not-finite", "half-character", "half-character"]
        );
    }
    let broken = load_text("root.json", r#"{"x-a": 1e400, "x-b" 1}"#);
    assert_eq!(broken.codes(), ["json-syntax"]);
}

#[test]
fn brackets_in_text_nest_nothing() {
    let many = "[".repeat(3_000);
    let outcome = load_yaml(&format!("x-a: \"{many}\"\nx-b: |\n  {many}\n"));
    outcome.assert_clean();
    assert_eq!(*outcome.at("/x-a"), many.as_str());
}

#[test]
fn big_integers_are_kept_as_well_as_json_can() {
    let outcome =
        load_yaml("x-n: [18446744073709551615, -9223372036854775808, 18446744073709551616]\n");
    assert_eq!(
        *outcome.at("/x-n"),
        json!([u64::MAX, i64::MIN, 18_446_744_073_709_551_616_f64])
    );
    outcome.assert_clean();
}

#[test]
fn keys_that_are_not_text_are_refused() {
    let outcome = load_yaml("a: 1\n? [b, c]\n: 2\n");
    assert_eq!(outcome.tree, None);
    assert_eq!(
        outcome.only_place(),
        ("yaml-syntax", "root.yaml:2:3".to_owned())
    );
}

#[test]
fn nodes_are_located_by_key_in_characters() {
    let text = "openapi: 3.0.3\npaths:\n  /ä: {get: {tags: [one, \"two\", 3]}}\n  '/b':\n    \"x\\u0041\": {y: 1}\n";
    let outcome = load_yaml(text);
    assert_eq!(outcome.place_of("/paths"), "root.yaml:2:1");
    assert_eq!(outcome.place_of("/paths/~1ä/get"), "root.yaml:3:8");
    assert_eq!(outcome.place_of("/paths/~1ä/get/tags/1"), "root.yaml:3:26");
    assert_eq!(
        outcome.place_of("/paths/~1ä/get/tags/2"),
        "root.yaml:3:14",
        "a number has its list's place"
    );
    assert_eq!(
        outcome.place_of("/paths/~1ä/nothing/here"),
        "root.yaml:3:3",
        "the nearest node above"
    );
    assert_eq!(outcome.place_of("/paths/~1b"), "root.yaml:4:3");
    assert_eq!(outcome.place_of("/paths/~1b/xA/y"), "root.yaml:5:17");
    assert_eq!(outcome.place_of(""), "root.yaml:1:1");

    let json = load_text(
        "root.json",
        "{\n  \"a\": [\n    {\"b\": 1},\n    {\"c\": {\"d\\n\": {\"e\": 2}}}\n  ]\n}\n",
    );
    assert_eq!(json.place_of("/a"), "root.json:2:3");
    assert_eq!(json.place_of("/a/1"), "root.json:4:6");
    assert_eq!(json.place_of("/a/1/c/d\n/e"), "root.json:4:20");
    assert_eq!(json.place_of("/zzz"), "root.json:2:3");
}

#[test]
fn a_file_that_is_not_there_is_a_diagnostic() {
    let folder = tempfile::tempdir().expect("a folder");
    assert_eq!(
        load(&folder.path().join("root.yaml")).codes(),
        ["file-unreadable"]
    );
    assert_eq!(load(folder.path()).codes(), ["file-unreadable"]);
    let mut diagnostics = Diagnostics::default();
    assert!(sdk_generator::load::load(&folder.path().join("none"), &mut diagnostics).is_none());
    assert!(diagnostics.has_errors());
}

//! Documents that were made to hurt end in a diagnostic, soon and in bounded memory.

use crate::support::{load, load_files, load_text, load_yaml, soon, write};

const DEEP: usize = 10_000;

#[test]
fn deep_nesting_is_refused_in_every_form() {
    // The text grows with the square of the depth here, by its indentation.
    let block: String = (0..DEEP / 4)
        .map(|depth| format!("{}a:\n", " ".repeat(depth)))
        .collect();
    let flow = format!("a: {}{}", "[".repeat(DEEP), "]".repeat(DEEP));
    let flow_lines = format!("a:\n{}{}", " [\n".repeat(DEEP / 2), " ]\n".repeat(DEEP / 2));
    let flow_map = format!("a: {}1{}", "{a: ".repeat(DEEP), "}".repeat(DEEP));
    let list = "- ".repeat(DEEP) + "a";
    let json = format!("{}1{}", "{\"a\":".repeat(DEEP), "}".repeat(DEEP));
    let json_list = format!("{{\"a\":{}", "[".repeat(1_000_000));
    for (name, text) in [
        ("root.yaml", &block),
        ("root.yaml", &flow),
        ("root.yaml", &flow_lines),
        ("root.yaml", &flow_map),
        ("root.yaml", &list),
        ("root.yaml", &json),
        ("root.json", &json),
        ("root.json", &json_list),
    ] {
        let outcome = soon(|| load_text(name, text));
        assert_eq!(outcome.tree, None);
        assert_eq!(outcome.codes(), ["nesting-too-deep"], "{}", &text[..20]);
    }
}

#[test]
fn nesting_that_people_write_is_read() {
    let depth = 100;
    let text = format!("a: {}1{}", "[".repeat(depth), "]".repeat(depth));
    load_yaml(&text).assert_clean();
    load_text(
        "root.json",
        &format!("{{\"a\":{}1{}}}", "[".repeat(depth), "]".repeat(depth)),
    )
    .assert_clean();
}

#[test]
fn oddities_without_number_are_counted() {
    let outcome = soon(|| load_yaml(&"k: 1\n".repeat(20_000)));
    assert_eq!(outcome.codes().len(), 101);
    assert_eq!(outcome.codes().last(), Some(&"more-of-the-same"));
    let refs: String = (0..5_000)
        .map(|index| format!("    S{index}: {{$ref: '#/gone{index}'}}\n"))
        .collect();
    let outcome = soon(|| load_yaml(&format!("components:\n  schemas:\n{refs}")));
    assert_eq!(outcome.codes().len(), 1_001);
    assert!(
        outcome
            .diagnostics
            .iter()
            .all(|diagnostic| diagnostic.position.is_some())
    );
}

#[test]
fn an_alias_within_its_own_anchor_is_refused() {
    assert_eq!(
        soon(|| load_yaml("a: &a [*a]\n")).codes(),
        ["nesting-too-deep"]
    );
    assert_eq!(
        soon(|| load_yaml("a: &a {b: *a, c: *a}\n")).codes(),
        ["nesting-too-deep"]
    );
}

#[test]
fn alias_bombs_are_refused() {
    let mut laughs = "x0: &x0 [ha, ha, ha, ha, ha, ha, ha, ha, ha, ha]\n".to_owned();
    for level in 1..12 {
        let aliases = vec![format!("*x{}", level - 1); 10].join(", ");
        laughs += &format!("x{level}: &x{level} [{aliases}]\n");
    }
    // One large node, repeated: few aliases, and yet a product of two large numbers.
    let wide = format!(
        "a: &a [{}]\nb: [{}]\n",
        "a,".repeat(10_000),
        "*a,".repeat(10_000)
    );
    // The same with one long text, which counts as a single node.
    let long = format!(
        "a: &a {}\nb: [{}]\n",
        "a".repeat(50_000),
        "*a,".repeat(20_000)
    );
    // And by way of merge keys.
    let members: String = (0..1_000).map(|key| format!("k{key}: 1, ")).collect();
    let merges = format!("a: &a {{{members}}}\nb: [{}]\n", "{<<: *a},".repeat(5_000));
    for text in [laughs, wide, long, merges] {
        let outcome = soon(|| load_yaml(&text));
        assert_eq!(outcome.tree, None);
        assert_eq!(outcome.codes(), ["yaml-alias-bomb"]);
    }
}

#[test]
fn an_alias_that_is_used_often_is_no_bomb() {
    let uses: String = (0..2_000)
        .map(|index| format!("  k{index}: *base\n"))
        .collect();
    let outcome = soon(|| {
        load_yaml(&format!(
            "x-base: &base {{type: string, maxLength: 10}}\nx-uses:\n{uses}"
        ))
    });
    outcome.assert_clean();
    assert_eq!(outcome.at("/x-uses/k1999/maxLength"), 10);
}

#[test]
fn what_is_replaced_in_place_cannot_multiply() {
    let mut files = vec![(
        "root.yaml".to_owned(),
        "paths: {/a: {$ref: p0.yaml}}\n".to_owned(),
    )];
    for level in 0..12 {
        let hooks: String = (0..40)
            .map(|hook| format!("    u{hook}: {{$ref: p{}.yaml}}\n", level + 1))
            .collect();
        files.push((
            format!("p{level}.yaml"),
            format!("get:\n  callbacks:\n   c:\n{hooks}"),
        ));
    }
    files.push(("p12.yaml".to_owned(), "get: {}\n".to_owned()));
    let files: Vec<_> = files
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    let outcome = soon(|| load_files(&files));
    assert_eq!(outcome.codes(), ["document-too-large"]);
}

#[test]
fn a_long_chain_of_files_ends() {
    let mut files = vec![(
        "root.yaml".to_owned(),
        "paths: {/a: {$ref: p0.yaml}}\n".to_owned(),
    )];
    for level in 0..200 {
        files.push((
            format!("p{level}.yaml"),
            format!("$ref: p{}.yaml\n", level + 1),
        ));
    }
    let files: Vec<_> = files
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    let outcome = soon(|| load_files(&files));
    assert_eq!(outcome.codes(), ["nesting-too-deep"]);
}

#[test]
fn schemas_in_a_long_chain_of_files_are_all_read() {
    let mut files = vec![(
        "root.yaml".to_owned(),
        "components: {schemas: {A: {items: {$ref: s0.yaml}}}}\n".to_owned(),
    )];
    for level in 0..500 {
        files.push((
            format!("s{level}.yaml"),
            format!("items: {{$ref: s{}.yaml}}\n", level + 1),
        ));
    }
    files.push(("s500.yaml".to_owned(), "type: string\n".to_owned()));
    let files: Vec<_> = files
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    let outcome = soon(|| load_files(&files));
    outcome.assert_clean();
    assert_eq!(outcome.at("/components/schemas/s500/type"), "string");
}

#[test]
fn a_file_beyond_the_limit_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    write(
        folder.path(),
        "root.yaml",
        b"components: {schemas: {A: {items: {$ref: big.yaml}}}}\n",
    );
    let big = std::fs::File::create(folder.path().join("big.yaml")).expect("a file");
    big.set_len(u64::try_from(sdk_generator::load::MAX_FILE_BYTES).expect("a size") + 1)
        .expect("a sparse file");
    let outcome = soon(|| load(&folder.path().join("root.yaml")));
    assert_eq!(
        outcome.codes(),
        ["document-too-large", "ref-file-unreadable"]
    );
}

#[test]
fn many_references_take_time_in_proportion() {
    let schemas: String = (0..5_000)
        .map(|index| {
            format!(
                "    S{index}: {{properties: {{a: {{$ref: '#/components/schemas/S{}'}}}}}}\n",
                index / 2
            )
        })
        .collect();
    soon(|| load_yaml(&format!("components:\n  schemas:\n{schemas}"))).assert_clean();
    let many: String = (0..2_000)
        .map(|index| format!("  /p{index}: {{$ref: p.yaml}}\n"))
        .collect();
    let outcome = soon(|| {
        load_files(&[
            ("root.yaml", &format!("paths:\n{many}")),
            ("p.yaml", "get: {}\n"),
        ])
    });
    outcome.assert_clean();
}

#[test]
fn scraps_of_documents_never_panic() {
    let whole = "openapi: 3.0.3\npaths:\n  /a: &a\n    get: {x: !t [1, 'b', \"c\\u00e9\", *a]}\n    $ref: '#/paths/~1a'\n  <<: *a\n";
    for end in (0..whole.len()).filter(|&end| whole.is_char_boundary(end)) {
        let scrap = &whole[..end];
        for name in ["root.yaml", "root.json"] {
            let outcome = load_text(name, scrap);
            assert!(
                outcome.tree.is_some() || outcome.diagnostics.has_errors(),
                "{scrap:?}"
            );
        }
    }
    for odd in [
        "components: ~\n",
        "components: []\n",
        "components: {schemas: 1}\n",
        "paths: {/a: {$ref: 1}}\n",
        "paths: {/a: {$ref: ''}}\n",
        "components: {schemas: {A: {$ref: '#/'}}}\n",
        "components: {$ref: '#/components'}\n",
        "$ref: '#'\n",
    ] {
        let _ = soon(|| load_yaml(odd));
    }
}

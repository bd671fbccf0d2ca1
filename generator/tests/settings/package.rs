//! The settings of a manifest that a crate needs to be published: its licence, its people and its addresses.

use super::{DOCUMENT, check, faults_in};

#[test]
fn the_licence_is_an_spdx_expression_or_a_file() {
    let expression = "this is no SPDX expression, such as `MIT OR Apache-2.0`";
    check(
        "[package]\nlicense = '(MIT OR Apache-2.0) AND BSD-3-Clause'",
        "[package]\nlicense = 'MIT or proprietary'",
        &format!(
            "line 2: package.license = \"MIT or proprietary\": {expression}: unknown term; for other terms say `license_file`"
        ),
    );
    check(
        "[package]\nlicense_file = 'TERMS.txt'",
        "[package]\nlicense_file = 'TERMS.md'",
        "line 2: package.license_file = \"TERMS.md\": there is no such file beside the target file",
    );
    for file in [
        "../TERMS.txt",
        "readme.md",
        ".sdk-generator",
        "con.txt",
        "src",
        "",
        "a.",
    ] {
        let faults = faults_in(DOCUMENT, &format!("[package]\nlicense_file = '{file}'"));
        assert!(
            faults[0].contains("this is the name of a file beside the target file"),
            "{faults:?}"
        );
    }
}

#[test]
fn what_else_the_manifest_says_is_what_cargo_takes() {
    check(
        "[package]\nauthors = ['Ann <ann@example.com>']",
        "[package]\nauthors = [' ']",
        "line 2: package.authors = \" \": an author is a name, and perhaps an address in `<…>`",
    );
    for key in ["repository", "homepage", "documentation"] {
        check(
            &format!("[package]\n{key} = 'https://example.com/a?b#c'"),
            &format!("[package]\n{key} = 'example.com'"),
            &format!(
                "line 2: package.{key} = \"example.com\": this is no address that begins with `https://` or `http://`"
            ),
        );
    }
    check(
        "[package]\npublish = false",
        "[package]\npublish = ['our own']",
        "line 2: package.publish = \"our own\": a registry's name is ASCII letters, digits, `-` and `_`, as `.cargo/config.toml` has it",
    );
    check(
        "[package]\npublish = ['ours']",
        "[package]\npublish = ['ours', 'ours']",
        "line 2: package.publish = \"ours\": the list has it already",
    );
}

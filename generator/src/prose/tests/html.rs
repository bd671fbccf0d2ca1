//! HTML is read as what it is, and stays text where it is nothing that says how text is meant.

use super::super::{to_cell, to_page, to_rustdoc};

fn check(cases: &[(&str, &str)]) {
    for (html, markdown) in cases {
        assert_eq!(to_page(html), *markdown, "{html}");
    }
}

#[test]
fn paragraphs_and_breaks() {
    check(&[
        (
            "<p>One &amp; two.</p>\n<p>Three<br>four.</p>",
            "One & two.\n\nThree\\\nfour.",
        ),
        ("<p>One.\n\n<p>Two.", "One.\n\nTwo."),
        ("One.<br><br/>Two.<br>", "One.\n\nTwo."),
        ("One.<br>\nTwo.", "One.\\\nTwo."),
        ("One<p>two</p>three", "One\n\ntwo\n\nthree"),
        (
            "<div>*a* <span class=\"x\">b</span>&nbsp;&lt;c&gt;</div>",
            "\\*a\\* b\u{a0}\\<c>",
        ),
        ("a<!-- b -->c", "ac"),
        ("<h3>Head <b>line</b></h3>Text", "**Head line**\n\nText"),
        ("a<hr>b", "a\n\n___\n\nb"),
    ]);
}

#[test]
fn words_within_a_line() {
    check(&[
        (
            "A <b>bold</b>, <i>slanted</i>, <s>old</s> word",
            "A **bold**, *slanted*, ~~old~~ word",
        ),
        (
            "<p>Call <code>a &lt;b&gt; c</code> <code></code></p>",
            "Call `a <b> c`",
        ),
        (
            "<p>See <a href=\"https://a.example/?b=c&amp;d\" target=_blank>the <b>page</b></a>.</p>",
            "See [the **page**](https://a.example/?b=c&d).",
        ),
        ("a <a href='javascript:alert(1)'>b</a> <a>c</a>", "a b c"),
        ("x <img src=y alt='a picture' onerror=z> y", "x a picture y"),
        ("**a<p>b** c", "**a b** c"),
    ]);
}

#[test]
fn lists_quotes_and_code() {
    check(&[
        (
            "<p>Either:</p><ul>\n<li>one</li>\n<li><p>two</p></li><li>three<ol><li>x<li>y</ol></ul>after",
            "Either:\n\n- one\n- two\n- three\n  1. x\n  2. y\n\nafter",
        ),
        ("Either:<ul><li>one</li></ul> or", "Either:\n\n- one\n\nor"),
        ("<li>one</li><li>two</li>", "• one\n\n• two"),
        ("- a <ul><li>b</li></ul>\n- c", "- a\n  - b\n- c"),
        ("<blockquote>a<p>b</blockquote>", "> a\n>\n> b"),
        (
            "<pre><code>fn main() {\n    ```\n}\n</code></pre>",
            "````text\nfn main() {\n    ```\n}\n````",
        ),
    ]);
}

#[test]
fn tables() {
    check(&[(
        "<table><thead><tr><th>Code</th><th>Means</th></tr></thead>\n<tbody><tr><td>1</td><td>a | <b>b</b><br>c</td></tr><tr><td>2</table>d",
        "| Code | Means |\n| --- | --- |\n| 1 | a \\| **b** c |\n| 2 |\n\nd",
    )]);
}

#[test]
fn what_is_no_such_element_stays_text() {
    check(&[
        ("GET /users/<id>/<b>", "GET /users/\\<id>/\\<b>"),
        (
            "<p><script>alert(1)</script></p>",
            "\\<script>alert(1)\\</script>",
        ),
        ("`<p>` and <p-x>", "`<p>` and \\<p-x>"),
    ]);
}

#[test]
fn every_surface_reads_it() {
    let html = "<p>One <b>two</b></p><ul><li>three</li><li>four</li></ul>";
    assert_eq!(to_rustdoc(html), "One **two**\n\n- three\n- four");
    assert_eq!(to_cell(html), "One **two** • three • four");
}

#[test]
fn open_and_odd_elements_take_linear_time() {
    for part in [
        "<b>",
        "</b>",
        "<ul>",
        "<ul><li>",
        "<table><tr><td>",
        "<a \"",
        "<!--",
        "<p>",
        "&x",
        "<pre>",
        "<b><p>",
    ] {
        for text in [part.repeat(20_000), format!("<p>{}", part.repeat(20_000))] {
            let start = std::time::Instant::now();
            let (page, cell) = (to_page(&text), to_cell(&text));
            assert!(
                start.elapsed().as_secs() < 20,
                "{part} {} {}",
                page.len(),
                cell.len()
            );
        }
    }
}

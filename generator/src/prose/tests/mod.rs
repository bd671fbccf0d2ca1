//! Every sample goes through every function, and what comes out is read by the parsers that will read it:
//! pulldown-cmark for the pages, `syn` and rustdoc itself for the comments.

mod generated;
mod html;
mod rust;
mod samples;

use pulldown_cmark::{Event, Parser, Tag};

use super::verify::{Breach, find_breach};
use super::*;
use samples::{HOSTILE, ORDINARY};

/// The text a reader sees, words alone: what must survive whatever happens to the markup.
fn words(markdown: &str) -> String {
    let mut words = String::new();
    for event in Parser::new_ext(markdown, OPTIONS) {
        match event {
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                words.extend(text.chars().filter(|ch| ch.is_alphanumeric()));
            }
            _ => {}
        }
    }
    words
}

#[test]
fn hostile_text_becomes_inert_on_both_surfaces() {
    for sample in HOSTILE.iter().chain(ORDINARY) {
        for surface in [Surface::Rustdoc, Surface::Page] {
            let text = render(sample, surface);
            assert_eq!(
                find_breach(&text, surface),
                None,
                "{surface:?}\n{sample:?}\n{text}"
            );
            assert!(text.lines().all(|line| line.trim_end() == line), "{text:?}");
        }
    }
}

#[test]
fn composing_needs_no_fallback() {
    for sample in HOSTILE.iter().chain(ORDINARY) {
        for surface in [Surface::Rustdoc, Surface::Page] {
            let text = compose(&clean::clean(sample), surface);
            assert_eq!(
                find_breach(&text, surface),
                None,
                "{surface:?}\n{sample:?}\n{text}"
            );
        }
        let cell = cell::compose(&clean::clean(sample));
        assert_eq!(
            find_breach(&cell, Surface::Page),
            None,
            "{sample:?}\n{cell}"
        );
    }
}

#[test]
fn the_fallback_is_inert_too() {
    for sample in HOSTILE.iter().chain(ORDINARY) {
        let text = escape::escape_all(sample);
        for surface in [Surface::Rustdoc, Surface::Page] {
            assert_eq!(find_breach(&text, surface), None, "{sample:?}\n{text}");
        }
    }
}

#[test]
fn a_second_pass_changes_nothing() {
    for sample in HOSTILE.iter().chain(ORDINARY) {
        let once = to_rustdoc(sample);
        assert_eq!(to_rustdoc(&once), once, "{sample:?}");
        let once = to_page(sample);
        assert_eq!(to_page(&once), once, "{sample:?}");
    }
}

#[test]
fn ordinary_text_stays_as_it_was_written() {
    for sample in ORDINARY {
        assert_eq!(to_rustdoc(sample), *sample);
        assert_eq!(to_page(sample), *sample);
    }
}

#[test]
fn words_survive() {
    for sample in ORDINARY.iter().filter(|sample| !sample.contains("[x]")) {
        assert_eq!(words(&to_cell(sample)), words(sample), "{sample:?}");
    }
    let sample = "A <b>bold</b> [word](../x) and ![image](y)\n\n# Head\n\n    code\n\n[def]: http://x\n\nlast [def] word";
    assert_eq!(
        words(&to_rustdoc(sample)),
        "AboldwordandimageHeadcodelastdefword"
    );
    assert_eq!(words(&to_page(sample)), words(&to_rustdoc(sample)));
    assert_eq!(words(&to_cell(sample)), words(&to_rustdoc(sample)));
}

#[test]
fn each_construct_comes_out_as_expected() {
    let cases = [
        ("```rust\nlet a = 1;\n```", "```text\nlet a = 1;\n```"),
        ("para\n\n    code", "para\n\n```text\ncode\n```"),
        (
            "- a\n  ```\n  b\n  ```\n- c",
            "- a\n  ```text\n  b\n  ```\n- c",
        ),
        ("````\n```\n````", "````text\n```\n````"),
        ("# Head *x*\ntext", "**Head x**\n\ntext"),
        ("a <b> c", "a \\<b> c"),
        ("[x](./y.md)", "x"),
        ("[x][r]\n\n[r]: https://a.example", "[x](https://a.example)"),
        ("![alt](https://a.example/x.png)", "alt"),
        ("[Client] only", "\\[Client\\] only"),
        ("at https://a.example/x.", "at <https://a.example/x>."),
        ("at https://{t}.example/x", "at `https://{t}.example/x`"),
        ("a[^1]\n\n[^1]: note", "a\\[^1\\]\n\n\\[^1\\]:\n\nnote"),
        ("one  \ntwo", "one\\\ntwo"),
        ("> a\nb", "> a\n> b"),
        ("| a |\n|---|\n| <x> |", "| a |\n| --- |\n| \\<x> |"),
        ("- [x] <b>", "- [x] \\<b>"),
        ("2. a<\n3. b", "2. a\\<\n3. b"),
        ("a\n***\nb", "a\n\n___\n\nb"),
    ];
    for (markdown, expected) in cases {
        assert_eq!(to_rustdoc(markdown), expected, "{markdown:?}");
    }
    let pages = [
        ("use {x} or `{y}`", "use \\{x\\} or `{y}`"),
        ("import x\nexport y", "&#105;mport x\n&#101;xport y"),
        (
            "<https://a.example>",
            "[https://a.example](https://a.example)",
        ),
        (
            "at https://a.example/x.",
            "at [https://a.example/x](https://a.example/x).",
        ),
        (
            "https://a.example<b>",
            "[https://a.example](https://a.example)\\<b>",
        ),
        (
            "a :x[b](https://a.example)<b>",
            "a \\:x[b](https://a.example)\\<b>",
        ),
        ("a\n    # b", "a\n\\# b"),
        (
            "www.a.example<b> ftp://x<b>",
            "www\\.a.example\\<b> ftp\\://x\\<b>",
        ),
        (":::tip\nx", "\\::\\:tip\nx"),
    ];
    for (markdown, expected) in pages {
        assert_eq!(to_page(markdown), expected, "{markdown:?}");
    }
}

#[test]
fn long_paragraphs_are_wrapped_and_mean_the_same() {
    let sentence = "The quick - brown fox has 1. two `inline code spans that stay whole` and [a link](https://a.example/x) ";
    let text = sentence.repeat(5);
    let wrapped = to_rustdoc(&text);
    assert!(wrapped.lines().count() > 4, "{wrapped}");
    assert!(
        wrapped.lines().all(|line| line.chars().count() <= 96 + 40),
        "{wrapped}"
    );
    assert_eq!(
        wrapped.split_whitespace().collect::<Vec<_>>(),
        text.split_whitespace().collect::<Vec<_>>()
    );
    let blocks = Parser::new_ext(&wrapped, OPTIONS)
        .filter(|event| matches!(event, Event::Start(Tag::Paragraph)));
    assert_eq!(blocks.count(), 1);
    assert!(
        !wrapped
            .lines()
            .any(|line| line.starts_with("- ") || line.starts_with("1. ")),
        "{wrapped}"
    );
    assert_eq!(to_page(&text).lines().count(), 1);
}

#[test]
fn a_cell_is_one_cell() {
    for sample in HOSTILE.iter().chain(ORDINARY) {
        for cell in [to_cell(sample), to_line(sample), code_cell(sample)] {
            let table = format!("| h | i |\n|---|---|\n| {cell} | last |\n");
            let mut shape = String::new();
            for event in Parser::new_ext(&table, OPTIONS) {
                match event {
                    Event::Start(Tag::TableRow) => shape.push('r'),
                    Event::Start(Tag::TableCell) => shape.push('c'),
                    Event::Start(Tag::Table(_)) => shape.push('t'),
                    Event::Html(_) | Event::InlineHtml(_) => shape.push('!'),
                    _ => {}
                }
            }
            assert_eq!(shape, "tccrcc", "{sample:?}\n{table}");
            assert!(table.ends_with("| last |\n"));
            assert!(words(&table).ends_with("last"), "{table}");
        }
    }
}

#[test]
fn a_cell_reads_well() {
    assert_eq!(
        to_cell("One.\n\nTwo\nlines | pipe."),
        "One. Two lines \\| pipe."
    );
    assert_eq!(to_cell("Any of:\n\n- `a|b`\n- c"), "Any of: • `a\\|b` • c");
    assert_eq!(to_cell("1. x\n2. y"), "(1) x (2) y");
    assert_eq!(to_cell("Use:\n```\na\n  b\n```\nthen"), "Use: `a b` then");
}

#[test]
fn a_line_reads_as_its_text() {
    for sample in HOSTILE.iter().chain(ORDINARY) {
        let line = to_line(sample);
        assert!(!line.contains('\n'));
        for page in [line.clone(), format!("## {line}"), format!("Shows: {line}")] {
            let mut shown = String::new();
            for event in Parser::new_ext(&page, OPTIONS) {
                match event {
                    Event::Text(text) => shown.push_str(&text),
                    Event::Start(Tag::Paragraph | Tag::Heading { .. }) | Event::End(_) => {}
                    other => panic!("{other:?} in {page:?}"),
                }
            }
            let expected = clean::fold(sample);
            assert_eq!(
                shown.strip_prefix("Shows:").unwrap_or(&shown).trim(),
                expected.trim(),
                "{page:?}"
            );
        }
    }
    assert_eq!(to_line("List  the\nroles"), "List the roles");
}

#[test]
fn code_shows_exactly_its_text() {
    for sample in HOSTILE.iter().chain(ORDINARY) {
        let span = code(sample);
        let events: Vec<Event<'_>> = Parser::new_ext(&span, OPTIONS).collect();
        let expected = clean::clean(sample).replace('\n', " ");
        match &events[..] {
            [_, Event::Code(shown), _] if expected.trim_matches(' ').is_empty() => {
                assert_eq!(&**shown, " ")
            }
            [_, Event::Code(shown), _] => assert_eq!(&**shown, expected),
            other => panic!("{other:?} from {span:?}"),
        }
    }
    assert_eq!(code("a"), "`a`");
    assert_eq!(code("a`b"), "``a`b``");
    assert_eq!(code_cell("a|b"), "`a\\|b`");
}

#[test]
fn anchors_are_those_of_the_rendered_heading() {
    assert_eq!(anchor("List MFA config (v3)"), "list-mfa-config-v3");
    assert_eq!(anchor("get_role & more"), "get_role--more");
    assert_eq!(anchor("`Größe`"), "größe");
    assert_eq!(anchor("\"><script>"), "script");
}

#[test]
fn the_gate_finds_each_breach() {
    let cases = [
        ("\u{202e}", Breach::Character),
        ("[x]: http://y", Breach::Definition),
        ("[^x]\n\n[^x]: y", Breach::Definition),
        ("```\n```", Breach::Code),
        ("    x", Breach::Code),
        ("<b>", Breach::Html),
        ("a <b>", Breach::Html),
        ("# x", Breach::Heading),
        ("[x](y)", Breach::Link("y".to_owned())),
        ("![x](https://y)", Breach::Link("https://y".to_owned())),
    ];
    for (markdown, breach) in cases {
        assert_eq!(
            find_breach(markdown, Surface::Page),
            Some(breach),
            "{markdown:?}"
        );
    }
    assert!(matches!(
        find_breach("a { b", Surface::Page),
        Some(Breach::Unescaped(_))
    ));
    assert!(matches!(
        find_breach("a \\\\[b", Surface::Rustdoc),
        Some(Breach::Unescaped(_))
    ));
    assert_eq!(find_breach("import x", Surface::Page), Some(Breach::Module));
    for url in ["http://a.example", "a HTTPS://b.example"] {
        assert!(matches!(
            find_breach(url, Surface::Rustdoc),
            Some(Breach::Url(_))
        ));
    }
    for url in ["http://a.example\\<b>", "Www.a.example", "ftp://x"] {
        assert!(matches!(
            find_breach(url, Surface::Page),
            Some(Breach::Url(_))
        ));
    }
}

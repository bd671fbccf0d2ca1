//! Every sample goes through every function, and what comes out is read by the parsers that will read it:
//! pulldown-cmark for the pages, `syn` and rustdoc itself for the comments.

mod rust;
mod samples;

use std::time::{Duration, Instant};

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
            assert_eq!(find_breach(&text, surface), None, "{surface:?}\n{sample:?}\n{text}");
            assert!(text.lines().all(|line| line.trim_end() == line), "{text:?}");
        }
    }
}

#[test]
fn composing_needs_no_fallback() {
    for sample in HOSTILE.iter().chain(ORDINARY) {
        for surface in [Surface::Rustdoc, Surface::Page] {
            let text = compose(&clean::clean(sample), surface);
            assert_eq!(find_breach(&text, surface), None, "{surface:?}\n{sample:?}\n{text}");
        }
        let cell = cell::compose(&clean::clean(sample));
        assert_eq!(find_breach(&cell, Surface::Page), None, "{sample:?}\n{cell}");
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
    assert_eq!(words(&to_rustdoc(sample)), "AbboldbwordandimageHeadcodelastdefword");
    assert_eq!(words(&to_page(sample)), words(&to_rustdoc(sample)));
    assert_eq!(words(&to_cell(sample)), words(&to_rustdoc(sample)));
}

#[test]
fn each_construct_comes_out_as_expected() {
    let cases = [
        ("```rust\nlet a = 1;\n```", "```text\nlet a = 1;\n```"),
        ("para\n\n    code", "para\n\n```text\ncode\n```"),
        ("- a\n  ```\n  b\n  ```\n- c", "- a\n  ```text\n  b\n  ```\n- c"),
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
        ("<https://a.example>", "[https://a.example](https://a.example)"),
        ("at https://a.example/x.", "at [https://a.example/x](https://a.example/x)."),
        ("https://a.example<b>", "[https://a.example](https://a.example)\\<b>"),
        ("www.a.example<b> ftp://x<b>", "www\\.a.example\\<b> ftp\\://x\\<b>"),
        (":::tip\nx", "\\:::tip\nx"),
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
    assert!(wrapped.lines().all(|line| line.chars().count() <= 96 + 40), "{wrapped}");
    assert_eq!(wrapped.split_whitespace().collect::<Vec<_>>(), text.split_whitespace().collect::<Vec<_>>());
    let blocks = Parser::new_ext(&wrapped, OPTIONS).filter(|event| matches!(event, Event::Start(Tag::Paragraph)));
    assert_eq!(blocks.count(), 1);
    assert!(!wrapped.lines().any(|line| line.starts_with("- ") || line.starts_with("1. ")), "{wrapped}");
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
    assert_eq!(to_cell("One.\n\nTwo\nlines | pipe."), "One. Two lines \\| pipe.");
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
            assert_eq!(shown.strip_prefix("Shows:").unwrap_or(&shown).trim(), expected.trim(), "{page:?}");
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
            [_, Event::Code(shown), _] if expected.trim_matches(' ').is_empty() => assert_eq!(&**shown, " "),
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
        assert_eq!(find_breach(markdown, Surface::Page), Some(breach), "{markdown:?}");
    }
    assert!(matches!(find_breach("a { b", Surface::Page), Some(Breach::Unescaped(_))));
    assert!(matches!(find_breach("a \\\\[b", Surface::Rustdoc), Some(Breach::Unescaped(_))));
    assert_eq!(find_breach("import x", Surface::Page), Some(Breach::Module));
    for url in ["http://a.example", "a HTTPS://b.example"] {
        assert!(matches!(find_breach(url, Surface::Rustdoc), Some(Breach::Url(_))));
    }
    for url in ["http://a.example\\<b>", "Www.a.example", "ftp://x"] {
        assert!(matches!(find_breach(url, Surface::Page), Some(Breach::Url(_))));
    }
}

/// Pieces of markdown that mean something at some place.
const PIECES: &[&str] = &[
    "a", "word ", " ", "  ", "    ", "\n", "\n\n", "\n    ", "\n  ", "\n> ", "\n- ", "\n* ", "\n1. ", "\n10) ", "- ", "> ",
    "*", "**", "_", "__", "~~", "~", "`", "``", "```", "\n```\n", "\n~~~ rust\n", "[", "]", "(", ")", "](", "][", "]: ", "[^a]",
    "[x]", "[ ] ", "![", "!", "<", ">", "</b>", "<b>", "<!--", "-->", "<?", "<pre>", "\n<div>\n", "{", "}", "|", "\n|-|\n", "-|-",
    "\n| a | b |\n|---|---|\n", "\\", "\\|", "&", "&lt;", "&#x7c;", ";", "#", "\n# ", "\n===\n", "\n---\n", "\n-\n", "=", ":",
    "http://a.example", "https://", "www.a", "ftp://x", "javascript:x", "mailto:a@b.c", "../x", "import x", "\nexport ", "\n:::", "\u{200b}", "\u{202e}",
    "\u{a0}", "\r", "\t", "\u{2028}", "é", "\"", "'", "1", ".", "/", "\n[x]: http://y\n", "\n[^a]: ", "\u{0}", "$", "@", "+", "%",
];

/// Documents put together by chance, the same ones every time (a linear congruential generator).
fn chances(count: usize) -> impl Iterator<Item = String> {
    let mut state = 1_u64;
    let mut next = move |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    (0..count).map(move |_| {
        let length = 2 + next(24);
        (0..length).map(|_| PIECES[next(PIECES.len())]).collect()
    })
}

#[test]
fn text_put_together_by_chance_becomes_inert() {
    let mut fallbacks = Vec::new();
    let count = 4000;
    for sample in chances(count) {
        for surface in [Surface::Rustdoc, Surface::Page] {
            let composed = compose(&clean::clean(&sample), surface);
            if let Some(breach) = find_breach(&composed, surface) {
                fallbacks.push((breach, sample.clone(), composed));
            }
            assert_eq!(find_breach(&render(&sample, surface), surface), None, "{sample:?}");
        }
        let cell = to_cell(&sample);
        assert!(cell::is_one_cell(&cell), "{sample:?} {cell:?}");
        assert_eq!(find_breach(&cell, Surface::Page), None, "{sample:?}");
    }
    // The gate is there for what composing gets wrong, which must stay rare.
    assert!(fallbacks.len() * 1000 <= count, "{} {:#?}", fallbacks.len(), &fallbacks[..fallbacks.len().min(12)]);
}

/// Patterns that make markdown parsers slow, or deep, at about `size` bytes each.
fn nests(size: usize) -> Vec<String> {
    let units = [
        "> ", ">", "- ", "* ", "1. ", "[", "]", "![", "[a](", "[](", "[a](<", "`", "*", "_", "**a ", "*a _b ", "~", "~~a ",
        "<", "<a", "<!--", "<![CDATA[", "<?", "</", "&", "&#", "\\", "|", "|\n", "a|b\n-|-\n", "[^a]", "[^a]: b\n", "{", "!",
        "http://", "http://a)", "<http://a>", "#", "# a\n", "\n", " ", "\t", "- a\n", "> a\n", "```\n", "    a\n\n", "a  \n",
        "<b>\n", "[a]: b\n", "[a](http://b) ", "a ", "ab", "*a* ", "- > ", "\r", "é", "=\n", "a\n=\n", "<a@b.c>", "$", "://",
    ];
    let fill = |unit: &str| unit.repeat(size / unit.len());
    let mut nests: Vec<String> = units.iter().map(|unit| fill(unit)).collect();
    let root = size.isqrt();
    nests.push((1..root).map(|length| "`".repeat(length) + " ").collect());
    nests.push((0..root).map(|depth| " ".repeat(2 * depth) + "- a\n").collect());
    nests.push((0..99).map(|depth| " ".repeat(2 * depth) + "- a\n").collect::<String>() + &fill("\n"));
    nests.push("> ".repeat(60) + &fill("a\n"));
    nests.push("- ".repeat(60) + &fill("\n"));
    nests.push(format!("> {}a\n\n{}", "- ".repeat(50), fill("b\n\n")));
    nests.push(format!("|{}\n|{}\n{}", "a|".repeat(size / 50), "-|".repeat(size / 50), "a\n".repeat(size / 5)));
    nests.push(format!("[a]: http://{}\n\n{}", "x".repeat(size / 4), "[a] ".repeat(size / 8)));
    nests.push("[".repeat(size / 2) + &"]".repeat(size / 2));
    nests.push("*".repeat(size / 2) + "a" + &"*".repeat(size / 2));
    nests
}

/// Runs `transform` and fails when it takes longer than a linear one could, even unoptimised on a busy machine.
fn time(transform: fn(&str) -> String, nest: &str, bound: Duration) {
    let begun = Instant::now();
    let text = transform(nest);
    let taken = begun.elapsed();
    let start: String = nest.chars().take(12).collect();
    assert!(taken < bound, "{start:?} took {taken:?}");
    assert!(text.len() <= 64 * nest.len(), "{start:?} grew to {}", text.len());
}

#[test]
fn nesting_costs_no_more_than_its_length() {
    for nest in nests(1 << 16) {
        for transform in [to_rustdoc, to_page, to_cell, to_line, code, code_cell, anchor] {
            time(transform, &nest, Duration::from_secs(4));
        }
    }
}

#[test]
fn a_megabyte_of_hostile_text_takes_seconds() {
    for unit in ["> ", "- ", "[", "[a](", "`", "*a ", "<", "- a\n", "a|b\n-|-\n"] {
        time(to_rustdoc, &unit.repeat((1 << 20) / unit.len()), Duration::from_secs(30));
    }
}

//! Documents that no person wrote: put together by chance, or one construct repeated until it hurts.

use std::time::{Duration, Instant};

use super::super::verify::find_breach;
use super::super::*;

/// Pieces of markdown that mean something at some place.
const PIECES: &[&str] = &[
    "a",
    "word ",
    " ",
    "  ",
    "    ",
    "\n",
    "\n\n",
    "\n    ",
    "\n  ",
    "\n> ",
    "\n- ",
    "\n* ",
    "\n1. ",
    "\n10) ",
    "- ",
    "> ",
    "*",
    "**",
    "_",
    "__",
    "~~",
    "~",
    "`",
    "``",
    "```",
    "\n```\n",
    "\n~~~ rust\n",
    "[",
    "]",
    "(",
    ")",
    "](",
    "][",
    "]: ",
    "[^a]",
    "[x]",
    "[ ] ",
    "![",
    "!",
    "<",
    ">",
    "</b>",
    "<b>",
    "<!--",
    "-->",
    "<?",
    "<pre>",
    "\n<div>\n",
    "{",
    "}",
    "|",
    "\n|-|\n",
    "-|-",
    "\n| a | b |\n|---|---|\n",
    "\\",
    "\\|",
    "&",
    "&lt;",
    "&#x7c;",
    ";",
    "#",
    "\n# ",
    "\n===\n",
    "\n---\n",
    "\n-\n",
    "=",
    ":",
    "http://a.example",
    "https://",
    "www.a",
    "ftp://x",
    "javascript:x",
    "mailto:a@b.c",
    "../x",
    "import x",
    "\nexport ",
    "\n:::",
    "\u{200b}",
    "\u{202e}",
    "\u{a0}",
    "\r",
    "\t",
    "\u{2028}",
    "é",
    "\"",
    "'",
    "1",
    ".",
    "/",
    "\n[x]: http://y\n",
    "\n[^a]: ",
    "\u{0}",
    "$",
    "@",
    "+",
    "%",
];

/// Pieces of sentences, of which some become markup in the wrong company.
const QUIET: &[&str] = &[
    "a",
    "word",
    "Id",
    "import",
    "www",
    "Http",
    "2.5",
    "7",
    " ",
    " ",
    " ",
    " ",
    ".",
    ". ",
    ",",
    ", ",
    ";",
    ":",
    ": ",
    "_",
    "-",
    " - ",
    "/",
    "(",
    ")",
    "'",
    "\"",
    "?",
    "a sentence of some length, by which a line grows long",
];

/// Documents put together by chance, the same ones every time.
pub(super) fn chances(count: usize) -> impl Iterator<Item = String> {
    chances_of(PIECES, count)
}

/// Texts put together of these pieces by a linear congruential generator.
fn chances_of(pieces: &[&str], count: usize) -> impl Iterator<Item = String> {
    let mut state = 1_u64;
    let mut next = move |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    (0..count).map(move |_| {
        let length = 2 + next(24);
        (0..length).map(|_| pieces[next(pieces.len())]).collect()
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
            assert_eq!(
                find_breach(&render(&sample, surface), surface),
                None,
                "{sample:?}"
            );
        }
        let cell = to_cell(&sample);
        assert!(cell::is_one_cell(&cell), "{sample:?} {cell:?}");
        assert_eq!(find_breach(&cell, Surface::Page), None, "{sample:?}");
    }
    // The gate is there for what composing gets wrong, which must stay rare.
    assert!(
        fallbacks.len() * 1000 <= count,
        "{} {:#?}",
        fallbacks.len(),
        &fallbacks[..fallbacks.len().min(12)]
    );
}

#[test]
fn plain_lines_are_what_the_parser_would_make_of_them() {
    let count = 20_000;
    let plain: Vec<String> = chances_of(QUIET, count)
        .filter(|text| plain::is_plain(text))
        .collect();
    assert!(plain.len() > 500, "only {} are plain", plain.len());
    for text in plain {
        for surface in [Surface::Rustdoc, Surface::Page] {
            assert_eq!(render(&text, surface), parsed(&text, surface));
        }
        assert_eq!(to_cell(&text), parsed_cell(&text));
    }
}

/// Patterns that make markdown parsers slow, or deep, at about `size` bytes each.
pub(super) fn nests(size: usize) -> Vec<String> {
    let units = [
        "> ",
        ">",
        "- ",
        "* ",
        "1. ",
        "[",
        "]",
        "![",
        "[a](",
        "[](",
        "[a](<",
        "`",
        "*",
        "_",
        "**a ",
        "*a _b ",
        "~",
        "~~a ",
        "<",
        "<a",
        "<!--",
        "<![CDATA[",
        "<?",
        "</",
        "&",
        "&#",
        "\\",
        "|",
        "|\n",
        "a|b\n-|-\n",
        "[^a]",
        "[^a]: b\n",
        "{",
        "!",
        "http://",
        "http://a)",
        "<http://a>",
        "#",
        "# a\n",
        "\n",
        " ",
        "\t",
        "- a\n",
        "> a\n",
        "```\n",
        "    a\n\n",
        "a  \n",
        "<b>\n",
        "[a]: b\n",
        "[a](http://b) ",
        "a ",
        "ab",
        "*a* ",
        "- > ",
        "\r",
        "é",
        "=\n",
        "a\n=\n",
        "<a@b.c>",
        "$",
        "://",
    ];
    let fill = |unit: &str| unit.repeat(size / unit.len());
    let mut nests: Vec<String> = units.iter().map(|unit| fill(unit)).collect();
    let root = size.isqrt();
    nests.push((1..root).map(|length| "`".repeat(length) + " ").collect());
    nests.push(
        (0..root)
            .map(|depth| " ".repeat(2 * depth) + "- a\n")
            .collect(),
    );
    nests.push(
        (0..99)
            .map(|depth| " ".repeat(2 * depth) + "- a\n")
            .collect::<String>()
            + &fill("\n"),
    );
    nests.push("> ".repeat(60) + &fill("a\n"));
    nests.push("- ".repeat(60) + &fill("\n"));
    nests.push(format!("> {}a\n\n{}", "- ".repeat(50), fill("b\n\n")));
    nests.push(format!(
        "|{}\n|{}\n{}",
        "a|".repeat(size / 50),
        "-|".repeat(size / 50),
        "a\n".repeat(size / 5)
    ));
    nests.push(format!(
        "[a]: http://{}\n\n{}",
        "x".repeat(size / 4),
        "[a] ".repeat(size / 8)
    ));
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
    assert!(
        text.len() <= 64 * nest.len(),
        "{start:?} grew to {}",
        text.len()
    );
}

#[test]
fn nesting_costs_no_more_than_its_length() {
    for nest in nests(1 << 15) {
        for transform in [
            to_rustdoc, to_page, to_cell, to_line, code, code_cell, anchor,
        ] {
            time(transform, &nest, Duration::from_secs(4));
        }
    }
}

#[test]
fn a_megabyte_of_hostile_text_takes_seconds() {
    for unit in [
        "> ",
        "- ",
        "[",
        "[a](",
        "`",
        "*a ",
        "<",
        "- a\n",
        "a|b\n-|-\n",
    ] {
        time(
            to_rustdoc,
            &unit.repeat((1 << 20) / unit.len()),
            Duration::from_secs(30),
        );
    }
}

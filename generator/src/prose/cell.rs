//! One line: takes a description, gives it as the content of a table cell.
//!
//! A cell holds inline content only. Blocks follow one another with a space between, list items get a visible
//! bullet or number, and code blocks become code spans.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::clean::fold;
use super::inline::{Inline, Layout};
use super::{OPTIONS, Surface, html};

/// The clean text `source` as inline markdown without a line break.
pub(super) fn compose(source: &str) -> String {
    let mut inline = Inline::new(Surface::Page, Layout::Cell);
    let mut code: Option<String> = None;
    let mut numbers: Vec<Option<u64>> = Vec::new();
    let parsed: Vec<html::Spanned<'_>> = Parser::new_ext(source, OPTIONS)
        .into_offset_iter()
        .collect();
    for (event, range) in html::read(&parsed, source.len()).unwrap_or(parsed) {
        match &event {
            Event::Text(text) if code.is_some() => code = code.map(|code| code + text),
            Event::Start(Tag::CodeBlock(_)) => code = Some(String::new()),
            Event::End(TagEnd::CodeBlock) => {
                inline.text(" ");
                match fold(&code.take().unwrap_or_default()) {
                    code if code.is_empty() => {}
                    code => inline.code(&code),
                }
            }
            Event::Start(Tag::List(number)) => numbers.push(*number),
            Event::End(TagEnd::List(_)) => {
                numbers.pop();
            }
            Event::Start(Tag::Item) => match numbers.last_mut() {
                Some(Some(number)) => {
                    inline.text(&format!(" ({number}) "));
                    *number = number.saturating_add(1);
                }
                _ => inline.text(" • "),
            },
            Event::Start(Tag::FootnoteDefinition(label)) => inline.text(&format!(" [^{label}]: ")),
            Event::End(TagEnd::TableCell) => inline.text(", "),
            Event::Start(
                Tag::Paragraph
                | Tag::Heading { .. }
                | Tag::BlockQuote(_)
                | Tag::HtmlBlock
                | Tag::TableRow,
            )
            | Event::Rule => inline.text(" "),
            _ => inline.event(&event, source, &range),
        }
    }
    inline.finish().0
}

/// Whether `cell` stays one cell of one row.
pub(super) fn is_one_cell(cell: &str) -> bool {
    let mut is_escaped = false;
    cell.chars().all(|ch| {
        let breaks_row = ch == '\n' || (ch == '|' && !is_escaped);
        is_escaped = ch == '\\' && !is_escaped;
        !breaks_row
    }) && !is_escaped
}

//! The gate: takes markdown that is about to leave, tells whether it keeps the promises of this module.
//!
//! The result is parsed again, the way rustdoc will parse it, and judged by what it came to mean. A mistake in the
//! composing modules, or a construct nobody thought of, ends in plain text instead of in a doctest or a tag.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Parser, Tag};

use super::escape::reads_as_module_syntax;
use super::verbatim::is_first_on_line;
use super::{OPTIONS, Surface, clean, code, link};

/// What a text must not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Breach {
    /// A character that `clean` takes out.
    Character,
    /// A link reference definition or a footnote, which reach beyond the description.
    Definition,
    /// A code block that rustdoc might run, or an indented one, which MDX does not know.
    Code,
    /// HTML that is passed on.
    Html,
    /// A heading, which would become part of the page's outline.
    Heading,
    /// A link or an image that leads where none may lead.
    Link(String),
    /// A character that means something here or to another reader and has no backslash before it.
    Unescaped(String),
    /// Text that MDX takes for an ECMAScript module statement.
    Module,
    /// A bare web address: a lint of rustdoc's (`bare_urls`), and a link to GFM that may swallow an escape.
    Url(String),
}

/// The first breach in `markdown`, if there is one.
pub(super) fn find_breach(markdown: &str, surface: Surface) -> Option<Breach> {
    if clean::clean(markdown) != markdown {
        return Some(Breach::Character);
    }
    let parser = Parser::new_ext(markdown, OPTIONS);
    if parser.reference_definitions().iter().next().is_some() {
        return Some(Breach::Definition);
    }
    let mut is_code = false;
    let mut links = 0_usize;
    parser.into_offset_iter().find_map(|(event, range)| {
        match &event {
            Event::Start(Tag::CodeBlock(_)) => is_code = true,
            Event::Start(Tag::Link { .. }) => links += 1,
            Event::End(pulldown_cmark::TagEnd::CodeBlock) => is_code = false,
            Event::End(pulldown_cmark::TagEnd::Link) => links = links.saturating_sub(1),
            Event::Text(text) if !is_code => {
                let has_url = match surface {
                    Surface::Rustdoc => link::has_url(text),
                    // A colon that is escaped starts a text of its own in the parser's eyes.
                    Surface::Page if text.starts_with(':') && is_escaped(markdown, range.start) => {
                        link::has_literal(text.get(1..).unwrap_or(text))
                    }
                    Surface::Page => link::has_literal(text),
                };
                let url = (has_url && links == 0).then(|| Breach::Url(text.to_string()));
                return url.or_else(|| text_breach(&range, markdown, surface));
            }
            _ => {}
        }
        event_breach(&event, surface)
    })
}

fn event_breach(event: &Event<'_>, surface: Surface) -> Option<Breach> {
    match event {
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) if **info == *code::INFO => None,
        Event::Start(Tag::CodeBlock(_)) => Some(Breach::Code),
        Event::Html(_) | Event::InlineHtml(_) | Event::Start(Tag::HtmlBlock) => Some(Breach::Html),
        Event::Start(Tag::Heading { .. }) => Some(Breach::Heading),
        Event::FootnoteReference(_) | Event::Start(Tag::FootnoteDefinition(_)) => {
            Some(Breach::Definition)
        }
        Event::Start(Tag::Image { dest_url, .. }) => Some(Breach::Link(dest_url.to_string())),
        Event::Start(Tag::Link {
            link_type,
            dest_url,
            ..
        }) => {
            let is_form_kept = match link_type {
                LinkType::Inline => true,
                LinkType::Autolink => surface == Surface::Rustdoc,
                _ => false,
            };
            (!is_form_kept || !link::is_allowed(dest_url))
                .then(|| Breach::Link(dest_url.to_string()))
        }
        _ => None,
    }
}

/// Judges the text that stands in `range` of `markdown`.
fn text_breach(range: &Range<usize>, markdown: &str, surface: Surface) -> Option<Breach> {
    let written = markdown.get(range.clone())?;
    let is_page = surface == Surface::Page;
    if is_page && reads_as_module_syntax(written) && is_first_on_line(markdown, range.start) {
        return Some(Breach::Module);
    }
    let mut marks =
        written.match_indices(|ch| "[]<`".contains(ch) || (is_page && "{}".contains(ch)));
    let unescaped = marks.find(|(at, _)| !is_escaped(markdown, range.start + at));
    unescaped.map(|_| Breach::Unescaped(written.to_owned()))
}

/// Whether a backslash that is not itself escaped stands before `at`.
fn is_escaped(markdown: &str, at: usize) -> bool {
    let before = markdown.as_bytes().get(..at).unwrap_or_default();
    before
        .iter()
        .rev()
        .take_while(|byte| **byte == b'\\')
        .count()
        % 2
        == 1
}

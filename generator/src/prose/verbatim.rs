//! The author's own bytes: takes a block as it was written, tells whether it may stay that way.
//!
//! Most descriptions are plain paragraphs and lists. Those are kept byte for byte, so that the source of a doc
//! comment looks as it was written; a block is composed anew as soon as it holds anything that needs a decision.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::blocks::MAX_DEPTH;
use super::escape::reads_as_module_syntax;
use super::{Surface, link};
use crate::text::is_hidden;

/// Whether the block that these events of `source` make up is ordinary on this surface.
pub(super) fn is_ordinary(
    events: &[(Event<'_>, Range<usize>)],
    source: &str,
    surface: Surface,
) -> bool {
    let Some((first, range)) = events.first() else {
        return false;
    };
    let is_kept = match first {
        Event::Start(Tag::Paragraph) => true,
        // An item's further lines may stand at another indent than its first, which clippy has lints about.
        Event::Start(Tag::List(_)) if surface == Surface::Rustdoc && has_breaks(events) => false,
        Event::Start(Tag::List(_) | Tag::Table(_)) => starts_line(source, range.start),
        _ => false,
    };
    let mut depth = 0_usize;
    is_kept
        && events.iter().all(|(event, range)| {
            match event {
                Event::Start(Tag::List(_)) => depth += 1,
                Event::End(TagEnd::List(_)) => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth <= MAX_DEPTH / 2 && is_ordinary_event(event, range, source, surface)
        })
}

fn has_breaks(events: &[(Event<'_>, Range<usize>)]) -> bool {
    let mut events = events.iter();
    events.any(|(event, _)| matches!(event, Event::SoftBreak | Event::HardBreak))
}

/// Whether `at` is the first byte of a line.
pub(super) fn starts_line(source: &str, at: usize) -> bool {
    source
        .get(..at)
        .is_some_and(|before| before.is_empty() || before.ends_with('\n'))
}

/// Whether only spaces stand between the start of a line and `at`.
pub(super) fn is_first_on_line(source: &str, at: usize) -> bool {
    // Nothing but a short indent is looked for, so that a long line is not searched for every word of it.
    let is_space = |byte: &&u8| **byte == b' ';
    let before = source.as_bytes().get(..at).unwrap_or_default();
    let spaces = before.iter().rev().take(64).take_while(is_space).count();
    starts_line(source, at - spaces)
}

fn is_ordinary_event(
    event: &Event<'_>,
    range: &Range<usize>,
    source: &str,
    surface: Surface,
) -> bool {
    let Some(written) = source.get(range.clone()) else {
        return false;
    };
    match event {
        Event::Text(text) => is_ordinary_text(
            text,
            written,
            is_first_on_line(source, range.start),
            surface,
        ),
        Event::Code(_) => !written.contains('\n'),
        Event::Start(Tag::Link {
            link_type,
            dest_url,
            title,
            ..
        }) => {
            let is_kept = match link_type {
                LinkType::Inline => !written.contains(['\n', '<', '\\', '&']),
                LinkType::Autolink => surface == Surface::Rustdoc,
                _ => false,
            };
            is_kept
                && title.is_empty()
                && link::is_allowed(dest_url)
                && link::encode_for_inline(dest_url) == **dest_url
        }
        Event::Start(
            Tag::Paragraph
            | Tag::List(_)
            | Tag::Item
            | Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Table(_)
            | Tag::TableHead
            | Tag::TableRow
            | Tag::TableCell,
        ) => true,
        Event::HardBreak => written.starts_with('\\'),
        Event::TaskListMarker(_) => {
            let task = source
                .get(range.end..)
                .unwrap_or_default()
                .trim_start_matches(' ');
            !task.is_empty() && !task.starts_with('\n')
        }
        Event::End(_) | Event::SoftBreak => true,
        _ => false,
    }
}

/// Whether text that reads as it is `written` needs no escape and holds no web address.
fn is_ordinary_text(text: &str, written: &str, is_first: bool, surface: Surface) -> bool {
    let is_page = surface == Surface::Page;
    text == written
        && !text.contains(['[', ']', '<', '`'])
        && !text.contains(is_hidden)
        && !(is_page && (text.contains(['{', '}']) || link::has_literal(text)))
        && !(is_first && (could_start_block(text) || (is_page && reads_as_module_syntax(text))))
        && !link::has_url(text)
}

/// Whether a line that starts with `text` would be a block of its own if it were indented less. Readers differ in
/// that: MDX knows no indented code, and therefore no indent that is too deep for a heading.
fn could_start_block(text: &str) -> bool {
    let unnumbered = text.trim_start_matches(|ch: char| ch.is_ascii_digit());
    let is_number = unnumbered.len() < text.len();
    if is_number {
        unnumbered.starts_with(['.', ')'])
    } else {
        text.starts_with(|ch| "#>-+*=|:~_".contains(ch))
    }
}

/// The offsets within a paragraph, which starts at `start`, of the spaces between its words.
pub(super) fn breaks(
    events: &[(Event<'_>, Range<usize>)],
    source: &str,
    start: usize,
) -> Vec<usize> {
    let mut breaks = Vec::new();
    let mut links = 0_usize;
    for (event, range) in events {
        match event {
            Event::Start(Tag::Link { .. }) => links += 1,
            Event::End(TagEnd::Link) => links = links.saturating_sub(1),
            Event::Text(_) if links == 0 => {
                let written = source.get(range.clone()).unwrap_or_default();
                let spaces = written.match_indices(' ');
                breaks.extend(spaces.filter_map(|(at, _)| (range.start + at).checked_sub(start)));
            }
            _ => {}
        }
    }
    breaks
}

//! What stands within a line: takes text, code, emphasis and links, gives their events, with what they need around them.

use super::super::tokens::Element;
use super::super::{HtmlTag, Piece};
use super::Builder;
use pulldown_cmark::{CodeBlockKind, Event, LinkType, Tag, TagEnd};
use std::ops::Range;

impl<'s> Builder<'_, 's> {
    pub(super) fn start_span(&mut self, element: Element, tag: &HtmlTag<'s>) {
        let start = match element {
            Element::Strong => Tag::Strong,
            Element::Emphasis => Tag::Emphasis,
            Element::Strikethrough => Tag::Strikethrough,
            Element::Link => Tag::Link {
                link_type: LinkType::Inline,
                dest_url: tag.value.clone().into(),
                title: "".into(),
                id: "".into(),
            },
            _ => return,
        };
        self.inline(Event::Start(start), self.nowhere.clone());
        self.spans += 1;
    }

    pub(super) fn end_span(&mut self, element: Element) {
        let end = match element {
            Element::Strong => TagEnd::Strong,
            Element::Emphasis => TagEnd::Emphasis,
            Element::Strikethrough => TagEnd::Strikethrough,
            Element::Link => TagEnd::Link,
            _ => return,
        };
        self.spans = self.spans.saturating_sub(1);
        self.push(Event::End(end));
    }

    pub(super) fn preformatted(&mut self, at: usize, end: usize) {
        let text = self.content(at, end);
        let text = text.trim_matches('\n');
        if text.trim().is_empty() {
            return;
        }
        if self.is_in_line() {
            let code = folded(text).trim().to_owned();
            return self.inline(Event::Code(code.into()), self.nowhere.clone());
        }
        self.begin_block();
        self.push(Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(
            "".into(),
        ))));
        self.push(Event::Text(format!("{text}\n").into()));
        self.push(Event::End(TagEnd::CodeBlock));
    }

    /// The text between two pieces.
    pub(super) fn content(&self, at: usize, end: usize) -> String {
        let pieces = self.pieces.get(at + 1..end).unwrap_or_default();
        let mut text = String::new();
        for piece in pieces {
            match piece {
                Piece::Text(part) => text.push_str(part),
                Piece::Tag(tag) if tag.element.is_none() => text.push_str(&tag.written),
                Piece::Tag(tag) if tag.element == Some(Element::Break) => text.push('\n'),
                Piece::Tag(_) => {}
                Piece::Event((event, _)) => match event {
                    Event::Text(part) | Event::Code(part) => text.push_str(part),
                    Event::SoftBreak | Event::HardBreak => text.push('\n'),
                    _ => {}
                },
            }
        }
        text
    }

    pub(super) fn line_break(&mut self) {
        let starts =
            !self.in_paragraph && !self.containers.last().is_some_and(|last| last.has_text);
        if self.is_in_line() {
            self.space();
        } else if self.has_break {
            self.split();
        } else if !starts {
            self.has_break = true;
        }
    }

    pub(super) fn written(&mut self, tag: &HtmlTag<'s>) {
        let text = tag.written.to_string();
        self.inline(Event::Text(text.into()), self.nowhere.clone());
    }

    pub(super) fn space(&mut self) {
        self.text(" ");
    }

    pub(super) fn text(&mut self, text: &str) {
        let stands_in_text = self.is_in_line()
            || self.in_paragraph
            || self
                .containers
                .last()
                .is_some_and(|last| last.has_text && !last.is_split);
        let text = match stands_in_text && !self.has_break {
            true => text,
            false => text.trim_start(),
        };
        if !text.is_empty() {
            self.inline(Event::Text(text.to_owned().into()), self.nowhere.clone());
        }
    }

    /// Adds what stands within a line.
    pub(super) fn inline(&mut self, event: Event<'s>, range: Range<usize>) {
        if self.lines == 0 && !self.in_paragraph {
            self.begin_text();
        }
        if std::mem::take(&mut self.has_break) {
            self.push(Event::HardBreak);
        }
        self.out.push((event, range));
    }
}

/// Text with every run of whitespace as one space, as HTML is shown.
pub(super) fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        let is_space = matches!(c, ' ' | '\n' | '\r' | '\t');
        if !is_space {
            folded.push(c);
        } else if !folded.ends_with(' ') {
            folded.push(' ');
        }
    }
    folded
}

//! Inline content: takes the events of a paragraph, heading or cell, gives markdown that is safe to print.
//!
//! Nothing is copied: every character that comes out was either written here or went through an escape. Text of
//! neighbouring events is gathered before it is escaped, so that what is harmless in pieces (an `!` before a link
//! that stays, a scheme before a link that goes) is seen whole.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::escape::{Place, escape};
use super::link::{self, Stretch};
use super::{Surface, code};
use crate::text::is_hidden;

/// Emphasis nested deeper than this is dropped, for the sake of readers that recurse.
const MAX_OPEN: usize = 8;

/// What the inline content is part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// Lines stay lines.
    Paragraph,
    /// One line of bold text: emphasis inside it is dropped.
    Heading,
    /// One line, in which pipes are escaped.
    Cell,
}

/// A span that has started and not ended.
enum Open {
    /// Emphasis, by its delimiter.
    Marker(&'static str),
    /// A link that stays.
    Link(String),
    /// A URL between angle brackets; its text is replaced by the URL.
    Autolink(String),
    /// A link, an image or emphasis of which only the content stays.
    Dropped,
}

struct Span {
    open: Open,
    /// Length of the output before and after the opening delimiter was written.
    before: usize,
    content: usize,
    line_start: bool,
}

/// Writes inline events as markdown.
pub(super) struct Inline {
    surface: Surface,
    layout: Layout,
    out: String,
    /// Byte offsets in `out` of spaces at which a line may be broken.
    breaks: Vec<usize>,
    /// Text that has been read and not yet escaped.
    pending: String,
    line_start: bool,
    spans: Vec<Span>,
    links: usize,
}

impl Inline {
    pub(super) fn new(surface: Surface, layout: Layout) -> Self {
        Self {
            surface,
            layout,
            out: String::new(),
            breaks: Vec::new(),
            pending: String::new(),
            line_start: layout != Layout::Heading,
            spans: Vec::new(),
            links: 0,
        }
    }

    /// The markdown, and the offsets of the spaces at which a line may be broken.
    pub(super) fn finish(mut self) -> (String, Vec<usize>) {
        self.flush();
        let length = self.out.trim_end().len();
        self.out.truncate(length);
        // A checkbox without a task is none.
        let text = match self.out.as_str() {
            "[ ]" => "\\[ \\]".to_owned(),
            "[x]" => "\\[x\\]".to_owned(),
            _ => self.out,
        };
        (text, self.breaks)
    }

    /// Adds plain text.
    pub(super) fn text(&mut self, text: &str) {
        let visible = text
            .chars()
            .filter(|ch| matches!(ch, '\n' | '\t') || !is_hidden(*ch));
        self.pending
            .extend(visible.map(|ch| if ch.is_control() { ' ' } else { ch }));
    }

    /// Adds code.
    pub(super) fn code(&mut self, text: &str) {
        self.flush();
        let text = text.replace('\n', " ");
        self.mark(&code::span(&text, self.layout == Layout::Cell));
    }

    /// Adds one event; `source` is the document's text and `range` where in it the event comes from. Events that
    /// are not inline content are ignored.
    pub(super) fn event(&mut self, event: &Event<'_>, source: &str, range: &Range<usize>) {
        match event {
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.text(text),
            Event::InlineMath(text) | Event::DisplayMath(text) | Event::Code(text) => {
                self.code(text)
            }
            Event::FootnoteReference(label) => self.text(&format!("[^{label}]")),
            Event::TaskListMarker(done) => self.task(*done),
            Event::SoftBreak => self.line_break(""),
            Event::HardBreak => self.line_break("\\"),
            Event::Start(tag) => self.start(tag, source, range),
            Event::End(
                TagEnd::Emphasis
                | TagEnd::Strong
                | TagEnd::Strikethrough
                | TagEnd::Link
                | TagEnd::Image,
            ) => {
                self.end();
            }
            Event::End(_) | Event::Rule => {}
        }
    }

    /// Writes the checkbox of a task; where there is no list, it is text.
    fn task(&mut self, done: bool) {
        let marker = if done { "[x] " } else { "[ ] " };
        if self.layout == Layout::Paragraph && self.out.is_empty() && self.pending.is_empty() {
            self.out.push_str(marker);
        } else {
            self.text(marker);
        }
    }

    /// Ends a line with `mark`, or writes a space where all is one line.
    pub(super) fn line_break(&mut self, mark: &str) {
        if self.layout != Layout::Paragraph {
            self.pending.push(' ');
            return;
        }
        self.flush();
        if !self.line_start {
            let length = self.out.trim_end().len();
            self.out.truncate(length);
            self.out.push_str(mark);
            self.out.push('\n');
            self.line_start = true;
        }
    }

    fn start(&mut self, tag: &Tag<'_>, source: &str, range: &Range<usize>) {
        let open = match tag {
            Tag::Emphasis => self.marker(source, range, "*", "_"),
            Tag::Strong => self.marker(source, range, "**", "__"),
            Tag::Strikethrough => self.marker(source, range, "~~", "~~"),
            Tag::Image { .. } => Open::Dropped,
            Tag::Link {
                link_type,
                dest_url,
                ..
            } => self.link(*link_type, dest_url),
            _ => return,
        };
        if !matches!(open, Open::Dropped) {
            self.flush();
        }
        let (before, line_start) = (self.out.len(), self.line_start);
        match &open {
            Open::Marker(delimiter) => self.mark(delimiter),
            Open::Link(_) => self.mark("["),
            Open::Autolink(_) | Open::Dropped => {}
        }
        self.links += usize::from(matches!(open, Open::Link(_) | Open::Autolink(_)));
        self.spans.push(Span {
            open,
            before,
            content: self.out.len(),
            line_start,
        });
    }

    /// The delimiter that the author chose, or nothing where emphasis cannot nest.
    fn marker(
        &self,
        source: &str,
        range: &Range<usize>,
        star: &'static str,
        line: &'static str,
    ) -> Open {
        if self.layout == Layout::Heading || self.spans.len() >= MAX_OPEN {
            return Open::Dropped;
        }
        let is_line = source
            .get(range.clone())
            .is_some_and(|text| text.starts_with('_'));
        Open::Marker(if is_line { line } else { star })
    }

    fn link(&self, kind: LinkType, destination: &str) -> Open {
        let destination = match kind {
            LinkType::Email => format!("mailto:{destination}"),
            _ => destination.to_owned(),
        };
        if self.links > 0 || !link::is_allowed(&destination) {
            Open::Dropped
        } else if kind == LinkType::Autolink {
            Open::Autolink(destination)
        } else {
            Open::Link(destination)
        }
    }

    fn end(&mut self) {
        if self
            .spans
            .last()
            .is_some_and(|span| !matches!(span.open, Open::Dropped))
        {
            self.flush();
        }
        let Some(Span {
            open,
            before,
            content,
            line_start,
        }) = self.spans.pop()
        else {
            return;
        };
        let is_empty = self.out.len() == content;
        match open {
            Open::Dropped => {}
            Open::Marker(_) if is_empty => self.rewind(before, line_start),
            Open::Marker(delimiter) => self.mark(delimiter),
            Open::Autolink(url) => {
                self.links -= 1;
                self.rewind(before, line_start);
                self.url(&url);
            }
            Open::Link(url) => {
                self.links -= 1;
                if is_empty {
                    self.label(&url);
                }
                self.mark(&format!("]({})", link::encode_for_inline(&url)));
            }
        }
    }

    /// Takes back what was written after `length`.
    fn rewind(&mut self, length: usize, line_start: bool) {
        self.out.truncate(length);
        while self.breaks.pop_if(|at| *at >= length).is_some() {}
        self.line_start = line_start;
    }

    /// Writes markup.
    fn mark(&mut self, markup: &str) {
        self.out.push_str(markup);
        self.line_start = false;
    }

    /// Writes a web address as a link, or as code where it is a template such as `https://{tenant}.example`.
    fn url(&mut self, url: &str) {
        if url.contains(['{', '}']) {
            self.mark(&code::span(url, self.layout == Layout::Cell));
        } else if self.surface == Surface::Rustdoc {
            self.mark(&format!("<{}>", link::encode(url)));
        } else {
            // MDX takes `<` for a tag, so that a page spells its links out.
            self.mark("[");
            self.label(url);
            self.mark(&format!("]({})", link::encode_for_inline(url)));
        }
    }

    /// Writes text inside the brackets of a link; an address is left as it is, for it is a link already.
    fn label(&mut self, text: &str) {
        if link::is_quiet(text) {
            self.mark(text);
        } else {
            self.escaped(text);
        }
    }

    /// Writes the text that has been gathered.
    fn flush(&mut self) {
        let pending = std::mem::take(&mut self.pending);
        let text = match self.layout {
            Layout::Paragraph => pending,
            Layout::Heading | Layout::Cell => self.folded(&pending),
        };
        let text = if self.line_start {
            text.trim_start()
        } else {
            text.as_str()
        };
        if self.links > 0 {
            self.label(text);
            return;
        }
        for stretch in link::stretches(text) {
            match stretch {
                Stretch::Url(url) => self.url(url),
                Stretch::Words(words) => {
                    let from = self.out.len();
                    self.escaped(words);
                    let written = self.out.get(from..).unwrap_or_default();
                    self.breaks
                        .extend(written.match_indices(' ').map(|(at, _)| from + at));
                }
            }
        }
    }

    /// `text` with runs of whitespace as one space, and none at the start where one has been written.
    fn folded(&self, text: &str) -> String {
        let mut folded = String::with_capacity(text.len());
        let mut after_space = self.out.is_empty() || self.out.ends_with(' ');
        for ch in text.chars() {
            let is_space = ch.is_whitespace();
            if !(is_space && after_space) {
                folded.push(if is_space { ' ' } else { ch });
            }
            after_space = is_space;
        }
        folded
    }

    /// Writes text, escaped.
    fn escaped(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        let cell = self.layout == Layout::Cell;
        let page = self.surface == Surface::Page;
        escape(
            text,
            Place {
                line_start: self.line_start,
                cell,
                page,
            },
            &mut self.out,
        );
        self.line_start = false;
    }
}

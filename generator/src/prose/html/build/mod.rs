//! Events: takes the parts of a description and what its tags are, gives the events that a reader of markdown would have met had the
//! author written markdown. Every start has its end, whatever the author left open.

mod inline;

use super::tokens::Element;
use super::{HtmlTag, Piece, Role, Spanned, table};
use inline::folded;
use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};
use std::ops::Range;

/// Something that holds blocks and is open.
struct Container {
    kind: Kind,
    /// Whether text stands in it, without a paragraph around it.
    has_text: bool,
    /// Whether its next text is a paragraph of its own.
    is_split: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Markdown(TagEnd),
    List(TagEnd),
    Item,
    Quote,
}

pub(super) struct Builder<'p, 's> {
    pieces: &'p [Piece<'s>],
    roles: &'p [Role],
    /// Where events come from that no markdown stands for.
    nowhere: Range<usize>,
    out: Vec<Spanned<'s>>,
    containers: Vec<Container>,
    in_paragraph: bool,
    /// A line break that has been read, and is written when more text follows.
    has_break: bool,
    /// How many elements are open that stand within a line.
    spans: usize,
    /// How many headings and cells are open, of markdown and of HTML.
    lines: usize,
    /// How many of them are of HTML: blocks of markdown within are no blocks.
    html_lines: usize,
}

pub(super) fn build<'s>(pieces: &[Piece<'s>], roles: &[Role], end: usize) -> Vec<Spanned<'s>> {
    let mut builder = Builder {
        pieces,
        roles,
        nowhere: end..end,
        out: Vec::new(),
        containers: Vec::new(),
        in_paragraph: false,
        has_break: false,
        spans: 0,
        lines: 0,
        html_lines: 0,
    };
    builder.run(0..pieces.len());
    builder.end_paragraph();
    while builder.close_last() {}
    builder.out
}

impl<'p, 's> Builder<'p, 's> {
    fn run(&mut self, range: Range<usize>) {
        let mut at = range.start;
        while at < range.end {
            at = self.piece(at).max(at + 1);
        }
    }

    /// Adds one piece, with all that it holds where it is read whole; gives the next.
    fn piece(&mut self, at: usize) -> usize {
        let pieces = self.pieces;
        match (pieces.get(at), self.roles.get(at)) {
            (Some(Piece::Event((event, range))), _) => self.event(event, range),
            (Some(Piece::Text(text)), _) => self.text(&folded(text)),
            (Some(Piece::Tag(tag)), Some(role)) => return self.tag(tag, *role, at),
            _ => {}
        }
        at + 1
    }

    fn event(&mut self, event: &Event<'s>, range: &Range<usize>) {
        match event {
            Event::Start(Tag::Paragraph) if self.html_lines == 0 => {
                self.begin_block();
                self.push(Event::Start(Tag::Paragraph));
                self.in_paragraph = true;
            }
            Event::End(TagEnd::Paragraph) if self.html_lines == 0 => self.end_paragraph(),
            Event::Start(tag) if is_block(tag.to_end()) => self.start_block(tag, range),
            Event::End(tag) if is_block(*tag) => self.end_block(*tag),
            Event::Rule if self.is_in_line() => self.inline(Event::Text(" ".into()), range.clone()),
            Event::Rule => {
                self.begin_block();
                self.push(Event::Rule);
            }
            Event::SoftBreak if self.has_break => {}
            event => {
                match event {
                    Event::Start(_) => self.spans += 1,
                    Event::End(_) => self.spans = self.spans.saturating_sub(1),
                    _ => {}
                }
                self.inline(event.clone(), range.clone());
            }
        }
    }

    fn start_block(&mut self, tag: &Tag<'s>, range: &Range<usize>) {
        if self.html_lines > 0 {
            return self.space();
        }
        let is_line = matches!(tag, Tag::Heading { .. } | Tag::TableCell);
        self.lines += usize::from(is_line);
        // The parts of a table and the items of a list stand in nothing but these.
        let is_part = matches!(
            tag,
            Tag::Item | Tag::TableHead | Tag::TableRow | Tag::TableCell
        );
        if is_part {
            self.end_paragraph();
        } else {
            self.begin_block();
        }
        self.open(Kind::Markdown(tag.to_end()));
        self.out.push((Event::Start(tag.clone()), range.clone()));
    }

    fn end_block(&mut self, tag: TagEnd) {
        if self.html_lines > 0 {
            return self.space();
        }
        self.end_paragraph();
        let is_line = matches!(tag, TagEnd::Heading(_) | TagEnd::TableCell);
        self.lines -= usize::from(is_line && self.lines > 0);
        self.close(|kind| kind == Kind::Markdown(tag));
    }

    fn tag(&mut self, tag: &'p HtmlTag<'s>, role: Role, at: usize) -> usize {
        let Some(element) = tag.element else {
            self.written(tag);
            return at + 1;
        };
        match (role, element) {
            (Role::Nothing, _) => {}
            (Role::Text, _) => self.written(tag),
            (_, Element::Break) => self.line_break(),
            (_, Element::Image) => self.text(&tag.value),
            (Role::Start(end), Element::Code) => {
                let code = folded(&self.content(at, end)).trim().to_owned();
                if !code.is_empty() {
                    self.inline(Event::Code(code.into()), self.nowhere.clone());
                }
                return end + 1;
            }
            (Role::Start(end), Element::Preformatted) => {
                self.preformatted(at, end);
                return end + 1;
            }
            (Role::Start(_), element) if element.is_inline() => self.start_span(element, tag),
            (_, element) if element.is_inline() => self.end_span(element),
            (_, Element::Item) if self.is_in_line() && !tag.is_end => self.text(" • "),
            _ if self.is_in_line() => self.space(),
            (Role::Start(end), Element::Heading) => {
                self.heading(at, end);
                return end + 1;
            }
            (Role::Start(end), Element::Table) => return table::add(self, at, end),
            (_, Element::Item) => self.item(tag.is_end),
            (_, Element::Rule) => {
                self.begin_block();
                self.push(Event::Rule);
            }
            (Role::Start(_), element) => self.start_container(element),
            (Role::End(_), element) => self.end_container(element),
            (Role::Alone, _) => self.split(),
        }
        at + 1
    }

    fn start_container(&mut self, element: Element) {
        let number = (element == Element::Numbered).then_some(1);
        match element {
            Element::List | Element::Numbered => {
                self.begin_block();
                self.open(Kind::List(TagEnd::List(number.is_some())));
                self.push(Event::Start(Tag::List(number)));
            }
            Element::Quote => {
                self.begin_block();
                self.open(Kind::Quote);
                self.push(Event::Start(Tag::BlockQuote(None)));
            }
            _ => self.split(),
        }
    }

    fn end_container(&mut self, element: Element) {
        match element {
            Element::List | Element::Numbered => {
                let list = TagEnd::List(element == Element::Numbered);
                self.close(|kind| kind == Kind::List(list));
            }
            Element::Quote => self.close(|kind| kind == Kind::Quote),
            _ => self.split(),
        }
    }

    fn heading(&mut self, at: usize, end: usize) {
        self.begin_block();
        self.push(Event::Start(Tag::Heading {
            level: HeadingLevel::H2,
            id: None,
            classes: Vec::new(),
            attrs: Vec::new(),
        }));
        self.line(at + 1..end);
        self.push(Event::End(TagEnd::Heading(HeadingLevel::H2)));
    }

    /// Adds pieces of which none is a block.
    pub(super) fn line(&mut self, range: Range<usize>) {
        self.lines += 1;
        self.html_lines += 1;
        self.run(range);
        self.has_break = false;
        self.lines -= 1;
        self.html_lines -= 1;
    }

    fn item(&mut self, is_end: bool) {
        if self.is_last(|kind| kind == Kind::Item) {
            self.end_paragraph();
            self.close_last();
        } else if is_end {
            return self.split();
        }
        if is_end {
            return;
        }
        if self.is_last(|kind| matches!(kind, Kind::List(_))) {
            self.end_paragraph();
            self.open_item();
        } else {
            self.split();
            self.text("• ");
        }
    }

    fn open_item(&mut self) {
        self.open(Kind::Item);
        self.push(Event::Start(Tag::Item));
    }

    /// Ends a paragraph, and says that what follows is another.
    pub(super) fn split(&mut self) {
        if self.is_in_line() {
            return self.space();
        }
        self.end_paragraph();
        if let Some(last) = self.containers.last_mut() {
            last.is_split = last.has_text;
        }
    }

    /// Opens what text needs around it here.
    fn begin_text(&mut self) {
        if self.is_last(|kind| matches!(kind, Kind::List(_))) {
            self.open_item();
        }
        let needs_paragraph = match self.containers.last_mut() {
            Some(last) if last.holds_bare_text() => {
                last.has_text = true;
                std::mem::take(&mut last.is_split)
            }
            _ => true,
        };
        if needs_paragraph {
            self.push(Event::Start(Tag::Paragraph));
            self.in_paragraph = true;
        }
    }

    /// Ends a paragraph, and opens what a block needs around it here.
    pub(super) fn begin_block(&mut self) {
        self.end_paragraph();
        if self.is_last(|kind| matches!(kind, Kind::List(_))) {
            self.open_item();
        }
        if let Some(last) = self.containers.last_mut() {
            last.is_split = false;
        }
    }

    fn end_paragraph(&mut self) {
        self.has_break = false;
        if std::mem::take(&mut self.in_paragraph) {
            self.push(Event::End(TagEnd::Paragraph));
        }
    }

    fn open(&mut self, kind: Kind) {
        self.containers.push(Container {
            kind,
            has_text: false,
            is_split: false,
        });
    }

    /// Closes the innermost container of a kind, and all within it.
    fn close(&mut self, is_kind: impl Fn(Kind) -> bool) {
        self.end_paragraph();
        while let Some(last) = self.containers.last() {
            let is_last = is_kind(last.kind);
            self.close_last();
            if is_last {
                return;
            }
        }
    }

    fn close_last(&mut self) -> bool {
        let Some(last) = self.containers.pop() else {
            return false;
        };
        self.push(Event::End(match last.kind {
            Kind::Markdown(tag) | Kind::List(tag) => tag,
            Kind::Item => TagEnd::Item,
            Kind::Quote => TagEnd::BlockQuote(None),
        }));
        true
    }

    fn is_last(&self, is_kind: impl Fn(Kind) -> bool) -> bool {
        self.containers
            .last()
            .is_some_and(|last| is_kind(last.kind))
    }

    /// Whether nothing that is read next can be a block.
    fn is_in_line(&self) -> bool {
        self.lines > 0 || self.spans > 0
    }

    pub(super) fn push(&mut self, event: Event<'s>) {
        self.out.push((event, self.nowhere.clone()));
    }

    pub(super) fn parts(&self) -> (&'p [Piece<'s>], &'p [Role]) {
        (self.pieces, self.roles)
    }

    pub(super) fn run_pieces(&mut self, pieces: &[usize]) {
        for at in pieces {
            self.piece(*at);
        }
    }
}

impl Container {
    /// Whether text may stand in it without a paragraph.
    fn holds_bare_text(&self) -> bool {
        matches!(
            self.kind,
            Kind::Item | Kind::Markdown(TagEnd::Item | TagEnd::CodeBlock)
        )
    }
}

fn is_block(tag: TagEnd) -> bool {
    use TagEnd::{Emphasis, Image, Link, Strikethrough, Strong};
    !matches!(tag, Emphasis | Strong | Strikethrough | Link | Image)
}

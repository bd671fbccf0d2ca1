//! Blocks: takes the events of a document, gives markdown whose blocks are paragraphs, lists, quotes, tables, rules
//! and fenced blocks of plain text.
//!
//! Each container gathers the markdown of what it holds and is indented into its parent when it ends. Nesting is
//! bounded, so that this costs a bounded number of copies and so that readers which recurse are safe.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::inline::{Inline, Layout};
use super::table::Table;
use super::wrap::wrap;
use super::{Surface, code};

/// Lists and quotes nested deeper than this are flattened into the container that holds them.
pub(super) const MAX_DEPTH: usize = 16;

/// CommonMark reads at most nine digits as the number of a list item.
const MAX_NUMBER: u64 = 999_999_999;

/// What a finished block is, as far as its neighbours care.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Block {
    /// A paragraph.
    Paragraph,
    /// The text of an item of a tight list, which stands in no paragraph.
    ItemText,
    /// Code, which needs no blank line before it.
    Code,
    /// A list.
    List,
    /// Anything else.
    Other,
}

enum Container {
    Root,
    Quote,
    Footnote(String),
    /// `number` is that of the next item, `None` in a bullet list. A list is loose when an empty line stands
    /// anywhere between its blocks.
    List {
        number: Option<u64>,
        is_loose: bool,
        items: Vec<String>,
    },
    Item {
        marker: String,
    },
}

struct Frame {
    container: Container,
    body: String,
    last: Option<Block>,
}

/// Composes blocks from events.
pub(super) struct Blocks<'s> {
    surface: Surface,
    source: &'s str,
    frames: Vec<Frame>,
    /// Containers that are open and were not given a frame because they are nested too deeply.
    flattened: usize,
    inline: Option<Inline>,
    table: Option<Table>,
    code: Option<String>,
}

impl<'s> Blocks<'s> {
    pub(super) fn new(surface: Surface, source: &'s str) -> Self {
        let frames = vec![Frame {
            container: Container::Root,
            body: String::new(),
            last: None,
        }];
        Self {
            surface,
            source,
            frames,
            flattened: 0,
            inline: None,
            table: None,
            code: None,
        }
    }

    /// The markdown of everything that was added.
    pub(super) fn finish(mut self) -> String {
        self.end_text(Block::Paragraph);
        self.frames
            .pop()
            .map(|frame| frame.body)
            .unwrap_or_default()
    }

    /// Adds a finished block to the innermost container.
    pub(super) fn block(&mut self, text: &str, block: Block) {
        let Some(frame) = self.frames.last_mut().filter(|_| !text.is_empty()) else {
            return;
        };
        let is_first = frame.body.is_empty();
        let is_tight = frame.last == Some(Block::ItemText)
            && match block {
                Block::Code => true,
                Block::List => interrupts_paragraph(text),
                _ => false,
            };
        if !is_first {
            frame.body.push_str(if is_tight { "\n" } else { "\n\n" });
        }
        frame.body.push_str(text);
        frame.last = Some(block);
        if !is_first && !is_tight {
            self.loosen();
        }
    }

    /// Adds one event.
    pub(super) fn event(&mut self, event: &Event<'_>, range: &Range<usize>) {
        match event {
            Event::Start(tag) if is_block(tag) => {
                self.end_text(Block::ItemText);
                self.start(tag, range);
            }
            Event::End(tag) if is_block_end(*tag) => self.end(*tag),
            // Underscores, because a rule of hyphens could underline a heading and one of asterisks be a bullet.
            Event::Rule => {
                self.end_text(Block::ItemText);
                self.block("___", Block::Other);
            }
            Event::Text(text) if self.code.is_some() => {
                if let Some(code) = &mut self.code {
                    code.push_str(text);
                }
            }
            Event::Html(html) => self.html(html),
            _ => {
                let (surface, source) = (self.surface, self.source);
                let inline = self
                    .inline
                    .get_or_insert_with(|| Inline::new(surface, Layout::Paragraph));
                inline.event(event, source, range);
            }
        }
    }

    /// Adds a line of an HTML block as text.
    fn html(&mut self, html: &str) {
        let surface = self.surface;
        let inline = self
            .inline
            .get_or_insert_with(|| Inline::new(surface, Layout::Paragraph));
        for line in html.lines() {
            inline.text(line);
            inline.line_break("");
        }
    }

    /// Ends the running text, if any, as a block of this kind.
    fn end_text(&mut self, block: Block) {
        let Some(inline) = self.inline.take() else {
            return;
        };
        let (text, breaks) = inline.finish();
        if self.surface == Surface::Rustdoc && block == Block::Paragraph && self.frames.len() == 1 {
            self.block(&wrap(&text, &breaks), block);
        } else {
            self.block(&text, block);
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        let surface = self.surface;
        match tag {
            Tag::Paragraph => self.loosen(),
            Tag::Heading { .. } => self.inline = Some(Inline::new(surface, Layout::Heading)),
            Tag::CodeBlock(_) => self.code = Some(String::new()),
            Tag::BlockQuote(_) => self.open(Container::Quote),
            Tag::FootnoteDefinition(label) => self.open(Container::Footnote(label.to_string())),
            Tag::List(number) => self.open(Container::List {
                number: *number,
                is_loose: false,
                items: Vec::new(),
            }),
            Tag::Item => {
                let marker = self.marker(range);
                self.open(Container::Item { marker });
            }
            Tag::Table(alignments) => {
                self.table = Some(Table::new(alignments.clone()));
            }
            Tag::TableCell => self.inline = Some(Inline::new(surface, Layout::Cell)),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => {
                let text = self
                    .inline
                    .take()
                    .map(|inline| inline.finish().0)
                    .unwrap_or_default();
                if !text.trim().is_empty() {
                    self.block(&format!("**{}**", text.trim()), Block::Paragraph);
                }
            }
            TagEnd::CodeBlock => {
                let content = self.code.take().unwrap_or_default();
                self.block(&code::fence(&content), Block::Code);
            }
            TagEnd::TableCell => {
                let cell = self
                    .inline
                    .take()
                    .map(|inline| inline.finish().0)
                    .unwrap_or_default();
                if let Some(table) = &mut self.table {
                    table.push(&cell);
                }
            }
            TagEnd::TableHead | TagEnd::TableRow => {
                if let Some(table) = &mut self.table {
                    table.end_row(tag == TagEnd::TableHead);
                }
            }
            TagEnd::Table => {
                if let Some(table) = self.table.take() {
                    self.block(&table.finish(), Block::Other);
                }
            }
            TagEnd::BlockQuote(_) | TagEnd::FootnoteDefinition | TagEnd::List(_) | TagEnd::Item => {
                self.end_text(Block::ItemText);
                self.close();
            }
            _ => self.end_text(Block::Paragraph),
        }
    }

    fn open(&mut self, container: Container) {
        // A list and its items go together, so that an item always finds its list.
        let is_item = matches!(container, Container::Item { .. });
        if self.flattened > 0 || (self.frames.len() > MAX_DEPTH && !is_item) {
            self.flattened += 1;
        } else {
            self.frames.push(Frame {
                container,
                body: String::new(),
                last: None,
            });
        }
    }

    fn close(&mut self) {
        if self.flattened > 0 {
            self.flattened -= 1;
            return;
        }
        let Some(Frame {
            container,
            body,
            last: _,
        }) = self.frames.pop()
        else {
            return;
        };
        match container {
            Container::Root => {}
            Container::Quote => self.block(&indent(&body, "> ", "> "), Block::Other),
            Container::List {
                items, is_loose, ..
            } => {
                self.block(
                    &items.join(if is_loose { "\n\n" } else { "\n" }),
                    Block::List,
                );
            }
            Container::Footnote(label) => {
                let mut name = Inline::new(self.surface, Layout::Paragraph);
                name.text(&format!("[^{label}]:"));
                self.block(&name.finish().0, Block::Paragraph);
                self.block(&body, Block::Other);
            }
            Container::Item { marker } => {
                let room = " ".repeat(marker.len() + 1);
                let item = indent(&body, &format!("{marker} "), &room);
                if let Some(Container::List { items, .. }) =
                    self.frames.last_mut().map(|frame| &mut frame.container)
                {
                    items.push(item);
                }
            }
        }
    }

    /// Makes the innermost list loose, when nothing but its item stands between.
    fn loosen(&mut self) {
        for frame in self.frames.iter_mut().rev().take(2) {
            match &mut frame.container {
                Container::List { is_loose, .. } => *is_loose = true,
                Container::Item { .. } => continue,
                _ => {}
            }
            return;
        }
    }

    /// The marker of the item that starts in `range`: the author's bullet, or the next number.
    fn marker(&mut self, range: &Range<usize>) -> String {
        let written = self.source.get(range.start..).unwrap_or_default();
        let mark = written
            .trim_start()
            .trim_start_matches(|ch: char| ch.is_ascii_digit())
            .chars()
            .next();
        match self.frames.last_mut().map(|frame| &mut frame.container) {
            Some(Container::List {
                number: Some(number),
                ..
            }) => {
                let marker = format!("{number}{}", if mark == Some(')') { ')' } else { '.' });
                *number = MAX_NUMBER.min(*number + 1);
                marker
            }
            _ => mark
                .filter(|mark| "*+".contains(*mark))
                .unwrap_or('-')
                .to_string(),
        }
    }
}

/// Whether a list may follow text without a blank line: it starts with a bullet or 1, and its first item is not
/// empty (a lone hyphen would underline the text as a heading).
fn interrupts_paragraph(list: &str) -> bool {
    let (marker, item) = list
        .lines()
        .next()
        .and_then(|line| line.split_once(' '))
        .unwrap_or_default();
    !item.is_empty() && matches!(marker, "-" | "*" | "+" | "1." | "1)")
}

/// `text` with `first` before its first line and `rest` before the others, and no space at the end of a line.
fn indent(text: &str, first: &str, rest: &str) -> String {
    let mut indented = String::with_capacity(text.len() + first.len());
    let mut lines = text.lines();
    indented.push_str(format!("{first}{}", lines.next().unwrap_or_default()).trim_end());
    for line in lines {
        indented.push('\n');
        indented.push_str(format!("{rest}{line}").trim_end());
    }
    indented
}

fn is_block(tag: &Tag<'_>) -> bool {
    is_block_end(tag.to_end())
}

fn is_block_end(tag: TagEnd) -> bool {
    use TagEnd::{Emphasis, Image, Link, Strikethrough, Strong};
    !matches!(tag, Emphasis | Strong | Strikethrough | Link | Image)
}

//! HTML: takes the events of a description's markdown, gives them with every element that says how text is meant read as that:
//! `<p>`, `<b>`, `<a href>`, `<ul>`, `<code>`, `<pre>`, `<table>` and their like.
//!
//! Many documents are written for a page of their maker's and hold HTML. An element is turned into events, never into markdown, so
//! that what stands in it goes through the same escapes and the same gate as any other text. What is no such element (`<script>`,
//! the `<id>` of a path, a `<b>` that nobody closes) stays the text that it was.

mod build;
mod pairs;
mod table;
mod tokens;

use pulldown_cmark::{Event, Tag, TagEnd};
use std::ops::Range;
use tokens::Element;

/// An event, and where in the source it comes from.
pub(super) type Spanned<'s> = (Event<'s>, Range<usize>);

/// A part of a description: an event of its markdown, or what stands in its HTML.
#[derive(Clone, Debug)]
enum Piece<'s> {
    /// An event that is no HTML.
    Event(Spanned<'s>),
    /// Text within HTML, its entities read.
    Text(String),
    /// A tag.
    Tag(HtmlTag<'s>),
}

/// A tag of HTML.
#[derive(Clone, Debug)]
struct HtmlTag<'s> {
    /// The element, where it says how text is meant.
    element: Option<Element>,
    is_end: bool,
    /// Where a link leads, or what stands for an image.
    value: String,
    /// The tag as it is written.
    written: std::borrow::Cow<'s, str>,
}

/// What a tag turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// The text that is written.
    Text,
    /// Nothing that is shown.
    Nothing,
    /// Something that stands by itself: the start of a block, a line break, an image.
    Alone,
    /// The start of an element that ends at this piece.
    Start(usize),
    /// The end of an element that starts at this piece.
    End(usize),
}

/// The events with HTML read; `None` where there is none to read.
pub(super) fn read<'s>(events: &[Spanned<'s>], end: usize) -> Option<Vec<Spanned<'s>>> {
    let html = |(event, _): &Spanned<'s>| match event {
        Event::Html(html) | Event::InlineHtml(html) => Some(html.clone()),
        _ => None,
    };
    let mut html = events.iter().filter_map(html).peekable();
    html.peek()?;
    let has_comment = html.any(|html| html.contains("<!--"));
    let pieces = pieces(events);
    let roles = pairs::roles(&pieces);
    if !has_comment && roles.iter().all(|role| *role == Role::Text) {
        return None;
    }
    Some(build::build(&pieces, &roles, end))
}

/// The parts of a description, in its order.
fn pieces<'s>(events: &[Spanned<'s>]) -> Vec<Piece<'s>> {
    let mut pieces = Vec::new();
    // The lines of a block of HTML are one text: a tag may go over several.
    let mut block: Option<String> = None;
    for (event, range) in events {
        match event {
            Event::Start(Tag::HtmlBlock) => block = Some(String::new()),
            Event::Html(html) => match &mut block {
                Some(block) => block.push_str(html),
                None => tokens::read(html.clone().into_string(), &mut pieces),
            },
            Event::End(TagEnd::HtmlBlock) => {
                tokens::read(block.take().unwrap_or_default(), &mut pieces);
            }
            Event::InlineHtml(html) => tokens::read_one(html.to_string(), &mut pieces),
            event => pieces.push(Piece::Event((event.clone(), range.clone()))),
        }
    }
    pieces
}

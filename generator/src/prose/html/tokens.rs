//! Tokens of HTML: takes text, gives its tags and what stands between them. Comments are left out, as browsers do.

use super::{HtmlTag, Piece};
use pulldown_cmark::{Event, Parser};
use std::borrow::Cow;

/// An element that says how text is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Element {
    Strong,
    Emphasis,
    Strikethrough,
    Code,
    Link,
    /// Text with a look of its own that markdown has no word for; by the place of its name, so that two are told apart.
    Inline(usize),
    /// A block of text; likewise.
    Block(usize),
    Heading,
    List,
    Numbered,
    Item,
    Quote,
    Preformatted,
    Table,
    Row,
    Cell,
    HeadCell,
    Break,
    Rule,
    Image,
}

/// Elements of text that markdown has no word for.
const INLINE: [&str; 14] = [
    "span", "font", "u", "small", "big", "sub", "sup", "mark", "ins", "abbr", "label", "center",
    "q", "nobr",
];

/// Elements that only set text apart.
const BLOCKS: [&str; 18] = [
    "p",
    "div",
    "section",
    "article",
    "header",
    "footer",
    "main",
    "details",
    "summary",
    "figure",
    "figcaption",
    "caption",
    "thead",
    "tbody",
    "tfoot",
    "dl",
    "dt",
    "dd",
];

impl Element {
    fn of(name: &str) -> Option<Self> {
        let place = |names: &[&str]| names.iter().position(|known| *known == name);
        Some(match name {
            "b" | "strong" => Self::Strong,
            "i" | "em" | "cite" | "dfn" | "var" => Self::Emphasis,
            "s" | "del" | "strike" => Self::Strikethrough,
            "code" | "tt" | "kbd" | "samp" => Self::Code,
            "a" => Self::Link,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Self::Heading,
            "ul" => Self::List,
            "ol" => Self::Numbered,
            "li" => Self::Item,
            "blockquote" => Self::Quote,
            "pre" => Self::Preformatted,
            "table" => Self::Table,
            "tr" => Self::Row,
            "td" => Self::Cell,
            "th" => Self::HeadCell,
            "br" => Self::Break,
            "hr" => Self::Rule,
            "img" => Self::Image,
            _ => match (place(&INLINE), place(&BLOCKS)) {
                (Some(place), _) => Self::Inline(place),
                (None, Some(place)) => Self::Block(place),
                (None, None) => return None,
            },
        })
    }

    /// Whether it stands within a line of text and ends where its author says.
    pub(super) fn is_inline(self) -> bool {
        matches!(
            self,
            Self::Strong
                | Self::Emphasis
                | Self::Strikethrough
                | Self::Code
                | Self::Link
                | Self::Inline(_)
        )
    }

    /// Whether it has no content.
    pub(super) fn is_void(self) -> bool {
        matches!(self, Self::Break | Self::Rule | Self::Image)
    }
}

/// Adds what stands in text that is HTML.
pub(super) fn read(html: String, pieces: &mut Vec<Piece<'_>>) {
    let mut rest = html.as_str();
    let mut text = String::new();
    while let Some(at) = rest.find('<') {
        let (before, from) = rest.split_at(at);
        text.push_str(before);
        let Some(length) = length(from) else {
            text.push('<');
            rest = from.get(1..).unwrap_or_default();
            continue;
        };
        let (written, after) = from.split_at(length);
        rest = after;
        if written.starts_with("<!--") {
            continue;
        }
        push_text(&mut text, pieces);
        pieces.push(Piece::Tag(tag(written.to_owned())));
    }
    text.push_str(rest);
    push_text(&mut text, pieces);
}

/// Adds one tag, or nothing for a comment.
pub(super) fn read_one(html: String, pieces: &mut Vec<Piece<'_>>) {
    if !html.starts_with("<!--") {
        pieces.push(Piece::Tag(tag(html)));
    }
}

fn push_text(text: &mut String, pieces: &mut Vec<Piece<'_>>) {
    if !text.is_empty() {
        pieces.push(Piece::Text(decoded(text)));
        text.clear();
    }
}

/// How long the tag or comment is that a text starts with; `None` where it starts with none.
fn length(text: &str) -> Option<usize> {
    if text.starts_with("<!--") {
        return Some(text.find("-->").map_or(text.len(), |at| at + 3));
    }
    let name = text.get(1..)?;
    if !name
        .trim_start_matches('/')
        .starts_with(|c: char| c.is_ascii_alphabetic())
    {
        return None;
    }
    let mut quote: Option<char> = None;
    for (at, c) in text.char_indices().take(MAX_TAG) {
        match (quote, c) {
            (None, '>') => return Some(at + 1),
            (None, '<') if at > 0 => return None,
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
    }
    None
}

/// The longest tag that is read, so that a text of nothing but `<a "` is not read to its end for each of them.
const MAX_TAG: usize = 4_000;

fn tag<'s>(written: String) -> HtmlTag<'s> {
    let inner = written.trim_start_matches('<').trim_end_matches('>');
    let is_end = inner.starts_with('/');
    let inner = inner.trim_matches('/');
    let name: String = inner
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect();
    let rest = inner.get(name.len()..).unwrap_or_default();
    let is_whole = rest.is_empty() || rest.starts_with(|c: char| c.is_whitespace() || c == '/');
    let element = Element::of(&name.to_ascii_lowercase()).filter(|_| is_whole);
    let value = match element {
        Some(Element::Link) => attribute(rest, "href"),
        Some(Element::Image) => attribute(rest, "alt"),
        _ => None,
    };
    HtmlTag {
        element,
        is_end,
        value: value.map(|value| decoded(value.trim())).unwrap_or_default(),
        written: Cow::Owned(written),
    }
}

/// The value of an attribute.
fn attribute<'t>(attributes: &'t str, wanted: &str) -> Option<&'t str> {
    let mut rest = attributes;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        let end = rest
            .find(|c: char| c.is_whitespace() || c == '=')
            .unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        let Some(value) = after.trim_start().strip_prefix('=') else {
            if name.is_empty() {
                return None;
            }
            rest = after;
            continue;
        };
        let value = value.trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (value, after) = match quote {
            Some(quote) => {
                let inner = value.get(1..).unwrap_or_default();
                inner.split_once(quote).unwrap_or((inner, ""))
            }
            None => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
        };
        if name.eq_ignore_ascii_case(wanted) {
            return Some(value);
        }
        rest = after;
    }
}

/// The longest name of an entity, with its signs.
const MAX_ENTITY: usize = 34;

/// Text with its entities read. The names are the parser's, which knows all of them.
fn decoded(text: &str) -> String {
    let mut read = String::with_capacity(text.len());
    let mut parts = text.split('&');
    read.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let end = part.bytes().take(MAX_ENTITY).position(|byte| byte == b';');
        let is_name = |name: &str| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '#');
        let entity = end
            .and_then(|end| part.split_at_checked(end + 1))
            .filter(|(name, _)| is_name(name.trim_end_matches(';')))
            .and_then(|(name, rest)| Some((character(&format!("&{name}"))?, rest)));
        match entity {
            Some((character, rest)) => {
                read.push_str(&character);
                read.push_str(rest);
            }
            None => {
                read.push('&');
                read.push_str(part);
            }
        }
    }
    read
}

/// What an entity stands for.
fn character(entity: &str) -> Option<String> {
    // A letter before it, so that it is text whatever it stands for.
    let source = format!("a{entity}");
    let mut text = String::new();
    for event in Parser::new(&source) {
        if let Event::Text(part) = event {
            text.push_str(&part);
        }
    }
    text.strip_prefix('a')
        .filter(|text| *text != entity)
        .map(str::to_owned)
}

//! Links: takes destinations and text from a document, tells which may be followed, and finds URLs in plain text.
//!
//! A link may lead to the web or to a mailbox. Any other destination is dropped: `javascript:` and `data:` run
//! code, relative paths point into our own pages, and a bare word is an item's path to rustdoc.

use super::escape::{opens_after_colon, starts_entity};

/// The schemes that a link may have, in lower case.
const SCHEMES: [&str; 3] = ["http://", "https://", "mailto:"];

/// The part of `destination` after an allowed scheme; `None` when it has no such scheme or nothing follows.
fn after_scheme(destination: &str) -> Option<&str> {
    SCHEMES.iter().find_map(|scheme| {
        let (start, rest) = destination.split_at_checked(scheme.len())?;
        (start.eq_ignore_ascii_case(scheme) && !rest.is_empty()).then_some(rest)
    })
}

/// Whether a link to `destination` may stand.
pub(super) fn is_allowed(destination: &str) -> bool {
    after_scheme(destination).is_some()
}

/// `destination` with every character that markdown, a table or MDX could take for its own percent-encoded
/// (RFC 3986 section 2.1), fit for `<…>`.
pub(super) fn encode(destination: &str) -> String {
    let mut encoded = String::with_capacity(destination.len());
    for ch in destination.chars() {
        if ch.is_ascii_alphanumeric() || "-._~:/?#@!$&'()*+,;=%".contains(ch) {
            encoded.push(ch);
        } else {
            let mut buffer = [0; 4];
            for byte in ch.encode_utf8(&mut buffer).bytes() {
                encoded.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    encoded
}

/// `destination` as it stands in the parentheses of an inline link, where character references are read.
pub(super) fn encode_for_inline(destination: &str) -> String {
    let encoded = encode(destination);
    let mut out = String::with_capacity(encoded.len());
    let mut chars = encoded.chars();
    while let Some(ch) = chars.next() {
        match ch {
            '(' => out.push_str("%28"),
            ')' => out.push_str("%29"),
            '&' if starts_entity(chars.as_str()) => out.push_str("&amp;"),
            _ => out.push(ch),
        }
    }
    out
}

/// A stretch of plain text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stretch<'t> {
    /// Text without a web address.
    Words(&'t str),
    /// A web address that the author did not mark as a link.
    Url(&'t str),
}

/// Whether `text` holds a web address.
pub(super) fn has_url(text: &str) -> bool {
    stretches(text)
        .iter()
        .any(|stretch| matches!(stretch, Stretch::Url(_)))
}

/// Whether `text` is a web address in which nothing could be taken for markup.
pub(super) fn is_quiet(text: &str) -> bool {
    let is_quiet = |ch: char| ch.is_ascii_alphanumeric() || "-./:?=%#+,@".contains(ch);
    text.split_once("://").is_some_and(|(scheme, rest)| {
        ["http", "https"].contains(&scheme)
            && rest.chars().all(is_quiet)
            && !rest.split(':').skip(1).any(opens_after_colon)
    })
}

/// Whether `text` holds something that GFM makes a link of, although nothing marks it as one, or that a portal
/// takes for a directive.
pub(super) fn has_literal(text: &str) -> bool {
    let is_www = |at: usize| {
        text.get(at..at + 4)
            .is_some_and(|start| start.eq_ignore_ascii_case("www."))
    };
    let is_colon = |at: usize| text.get(at + 1..).is_some_and(opens_after_colon);
    text.match_indices(':').any(|(at, _)| is_colon(at))
        || text.match_indices(['w', 'W']).any(|(at, _)| is_www(at))
}

/// `text` cut into words and web addresses; the pieces in order make up `text`.
pub(super) fn stretches(text: &str) -> Vec<Stretch<'_>> {
    let mut found = Vec::new();
    let mut words_from = 0;
    let mut search_from = 0;
    while let Some(at) = text.get(search_from..).and_then(|rest| rest.find("://")) {
        let colon = search_from + at;
        search_from = colon + 3;
        let Some(start) = scheme_start(text, words_from, colon) else {
            continue;
        };
        let Some(rest) = text.get(search_from..) else {
            break;
        };
        let length = url_length(rest);
        if length == 0 {
            continue;
        }
        search_from += length;
        if let Some(words) = text
            .get(words_from..start)
            .filter(|words| !words.is_empty())
        {
            found.push(Stretch::Words(words));
        }
        if let Some(url) = text.get(start..search_from) {
            found.push(Stretch::Url(url));
        }
        words_from = search_from;
    }
    if let Some(words) = text.get(words_from..).filter(|words| !words.is_empty()) {
        found.push(Stretch::Words(words));
    }
    found
}

/// Where `http` or `https` starts, given that its `://` stands at `colon` and that it may not reach before `from`.
fn scheme_start(text: &str, from: usize, colon: usize) -> Option<usize> {
    ["https", "http"].iter().find_map(|scheme| {
        let start = colon
            .checked_sub(scheme.len())
            .filter(|start| *start >= from)?;
        text.get(start..colon)?
            .eq_ignore_ascii_case(scheme)
            .then_some(start)
    })
}

/// How many bytes at the start of `rest` belong to the address that it continues. Punctuation that ends a
/// sentence does not, nor does a bracket that has no partner in the address.
fn url_length(rest: &str) -> usize {
    let ends = |ch: char| !ch.is_ascii_graphic() || "<>[]\"`|\\^".contains(ch);
    let mut url = rest.split(ends).next().unwrap_or_default();
    let unopened = |open: char, close: char| {
        let count = |wanted: char| url.chars().filter(|ch| *ch == wanted).count();
        count(close).saturating_sub(count(open))
    };
    let mut round = unopened('(', ')');
    let mut curly = unopened('{', '}');
    while let Some(last) = url.chars().next_back() {
        let spare = match last {
            ')' => &mut round,
            '}' => &mut curly,
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' | '~' | '(' | '{' => {
                url = url.strip_suffix(last).unwrap_or_default();
                continue;
            }
            _ => break,
        };
        if *spare == 0 {
            break;
        }
        *spare -= 1;
        url = url.strip_suffix(last).unwrap_or_default();
    }
    url.len()
}

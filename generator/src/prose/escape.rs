//! Escaping: takes plain text, gives markdown that reads as that text in CommonMark, GFM, rustdoc and MDX.
//!
//! Two strengths. [`escape`] adds a backslash only where the text would otherwise mean something, because people
//! read the source of doc comments; [`escape_all`] adds one before every ASCII punctuation character, needs no
//! knowledge of markdown at all, and is what the rest falls back on.

use super::clean::clean;

/// Where a piece of text comes to stand.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// Nothing stands before it on its line, so it could start a block.
    pub(super) line_start: bool,
    /// It is inside a table cell, where `|` ends the cell.
    pub(super) cell: bool,
    /// It is on a page. MDX takes `{` for an expression and `import` and `export` at a line's start for code; GFM
    /// makes links of addresses.
    pub(super) page: bool,
}

/// Appends `text`, which holds no line break, so that it reads as itself at `place`.
pub(super) fn escape(text: &str, place: Place, out: &mut String) {
    let mut rest = text;
    if place.line_start {
        rest = escape_line_start(rest, place, out);
    }
    // The neighbour of the first and of the last character is markup or unknown unless the text starts a line.
    let mut before = if out.is_empty() || place.line_start {
        Some(' ')
    } else {
        None
    };
    if rest.len() != text.len() {
        before = out.chars().next_back();
    }
    let mut chars = rest.chars();
    while let Some(ch) = chars.next() {
        let after = chars.clone().next();
        let needs_escape = match ch {
            '`' | '[' | ']' | '<' => true,
            '{' | '}' => place.page,
            '|' => place.cell,
            '\\' => place.cell || after.is_none_or(|after| after.is_ascii_punctuation()),
            '*' | '~' => !(is_space(before) && is_space(after)),
            '_' => !(is_space(before) && is_space(after) || is_word(before) && is_word(after)),
            '!' => after.is_none_or(|after| after == '['),
            '&' => starts_entity(chars.as_str()),
            // GFM links bare addresses without looking at backslashes, so that one would swallow the backslash of
            // the `<` behind it and set the tag free.
            ':' => place.page && opens_after_colon(chars.as_str()),
            '.' => place.page && ends_in_www(out),
            _ => false,
        };
        if needs_escape {
            out.push('\\');
        }
        out.push(ch);
        before = Some(ch);
    }
}

/// Whether a colon before `rest` makes an address of what stands before it, or a directive of what follows
/// (`:name[label]`, which MDX portals read).
pub(super) fn opens_after_colon(rest: &str) -> bool {
    rest.starts_with("//") || rest.starts_with(char::is_alphabetic)
}

fn ends_in_www(out: &str) -> bool {
    out.len()
        .checked_sub(3)
        .and_then(|at| out.get(at..))
        .is_some_and(|end| end.eq_ignore_ascii_case("www"))
}

fn is_space(ch: Option<char>) -> bool {
    ch == Some(' ')
}

fn is_word(ch: Option<char>) -> bool {
    ch.is_some_and(char::is_alphanumeric)
}

/// Whether `&` followed by `rest` would be read as a character reference. The longest name HTML knows has 31
/// characters, so that looking a little further than that decides it.
pub(super) fn starts_entity(rest: &str) -> bool {
    let name = |ch: &char| ch.is_ascii_alphanumeric() || *ch == '#';
    let length = rest.chars().take(40).take_while(name).count();
    length > 0 && rest.chars().nth(length) == Some(';')
}

/// Writes what must be escaped because it would start a block at a line's start; gives back what is left of `text`.
fn escape_line_start<'t>(text: &'t str, place: Place, out: &mut String) -> &'t str {
    if place.page && reads_as_module_syntax(text) {
        // A letter has no backslash escape; its character reference reads as the letter and starts no statement.
        let mut chars = text.chars();
        out.push_str(if chars.next() == Some('i') {
            "&#105;"
        } else {
            "&#101;"
        });
        return chars.as_str();
    }
    let unnumbered = text.trim_start_matches(|ch: char| ch.is_ascii_digit());
    let digits = text.len() - unnumbered.len();
    let mut chars = unnumbered.chars();
    let (first, second) = (chars.next(), chars.clone().next());
    let ends_marker = second.is_none_or(|second| second == ' ');
    let starts_block = match first {
        Some('.' | ')') => (1..=9).contains(&digits) && ends_marker,
        _ if digits > 0 => false,
        Some('#' | '>' | '=' | '|' | ':') => true,
        Some('+') => ends_marker || second == Some('+'),
        Some('-') => ends_marker || matches!(second, Some('-' | '|' | ':')),
        // A lone asterisk between spaces is let through elsewhere, but here it would be a bullet.
        Some('*') => true,
        _ => false,
    };
    match first {
        Some(first) if starts_block => {
            out.extend(text.chars().take(digits));
            out.push('\\');
            out.push(first);
            chars.as_str()
        }
        _ => text,
    }
}

/// Whether a line starting with `text` is taken for an ECMAScript module statement by MDX.
pub(super) fn reads_as_module_syntax(text: &str) -> bool {
    let word = text
        .strip_prefix("import")
        .or_else(|| text.strip_prefix("export"));
    word.is_some_and(|rest| !rest.starts_with(|ch: char| ch.is_alphanumeric()))
}

/// Any text as paragraphs in which every ASCII punctuation character is escaped, whatever it would have meant.
pub(super) fn escape_all(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let mut blank_before = true;
    for line in clean(text).lines() {
        let line = line.trim();
        if line.is_empty() {
            blank_before = true;
            continue;
        }
        if !out.is_empty() {
            out.push_str(if blank_before { "\n\n" } else { "\n" });
        }
        blank_before = false;
        let mut rest = line;
        if reads_as_module_syntax(line) {
            let place = Place {
                line_start: true,
                cell: false,
                page: true,
            };
            rest = escape_line_start(line, place, &mut out);
        }
        for ch in rest.chars() {
            if ch.is_ascii_punctuation() {
                out.push('\\');
            }
            out.push(ch);
        }
    }
    out
}

//! Characters: takes any text, gives text without those that hide, reorder or break.
//!
//! A description may hold characters that no reader sees and that change what a reader thinks he sees:
//! bidirectional controls (rustc refuses them in comments, lint `text_direction_codepoint_in_comment`),
//! zero-width characters, tags, control characters. It may also end its lines in ways that markdown, Rust and
//! terminals take differently. Everything else in `prose` works on text that has been through here, so that it
//! meets one line break, `\n`, and no tab.

use std::borrow::Cow;

/// Columns from one tab stop to the next, as CommonMark counts them.
const TAB_STOP: usize = 4;

/// Whether `ch` is a control, or takes no room of its own and so hides or reorders what stands around it.
///
/// The list is Unicode's `Default_Ignorable_Code_Point` and the bidirectional controls, less the variation
/// selectors, which emoji need and which hide nothing.
pub(crate) fn is_hidden(ch: char) -> bool {
    if ch.is_ascii() {
        return ch.is_ascii_control();
    }
    ch.is_control()
        || matches!(ch,
            '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
            | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}'
            | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Whether `ch` ends a line by Unicode's line breaking rules (UAX #14, classes BK, CR, LF and NL).
fn ends_line(ch: char) -> bool {
    matches!(
        ch,
        '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// `text` with every line break as `\n`, tabs as spaces, and no hidden character.
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    // In visible ASCII there is nothing to clean.
    if text.bytes().all(|byte| matches!(byte, b'\n' | b' '..=b'~')) {
        return Cow::Borrowed(text);
    }
    let mut cleaned = String::with_capacity(text.len());
    let mut column = 0;
    let mut chars = text.chars().peekable();
    while let Some(ch) = chars.next() {
        if ch == '\r' && chars.peek() == Some(&'\n') {
            continue;
        }
        if ends_line(ch) {
            end_line(&mut cleaned);
            cleaned.push('\n');
            column = 0;
        } else if ch == '\t' {
            let width = TAB_STOP - column % TAB_STOP;
            cleaned.extend(std::iter::repeat_n(' ', width));
            column += width;
        } else if !is_hidden(ch) {
            cleaned.push(ch);
            column += 1;
        }
    }
    end_line(&mut cleaned);
    Cow::Owned(cleaned)
}

/// Drops the whitespace at the end of the last line of `cleaned` when there is more to it than the spaces that
/// CommonMark knows as a hard line break: markdown takes the rest for text, and Rust does not show it.
fn end_line(cleaned: &mut String) {
    let length = cleaned.trim_end_matches(is_space).len();
    if !cleaned.get(length..).is_none_or(|spaces| spaces.is_ascii()) {
        cleaned.truncate(length);
    }
}

/// Whether `ch` is whitespace within a line.
fn is_space(ch: char) -> bool {
    ch != '\n' && ch.is_whitespace()
}

/// `text` on one line: every run of whitespace is one space, none stands at the ends, no hidden character is left.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in clean(text).split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    folded
}

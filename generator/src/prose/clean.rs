//! Characters: takes any text, gives text without those that hide, reorder or break.
//!
//! A description may hold characters that no reader sees and that change what a reader thinks he sees:
//! bidirectional controls (rustc refuses them in comments, lint `text_direction_codepoint_in_comment`),
//! zero-width characters, tags, control characters. It may also end its lines in ways that markdown, Rust and
//! terminals take differently. Everything else in `prose` works on text that has been through here, so that it
//! meets one line break, `\n`, and no tab.

use crate::text::{ends_line, is_hidden};
use std::borrow::Cow;

/// Columns from one tab stop to the next, as CommonMark counts them.
const TAB_STOP: usize = 4;

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

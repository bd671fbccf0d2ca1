//! Wrapping: takes a paragraph of markdown, gives it with its long lines broken.
//!
//! rustfmt does not wrap doc comments, and vendors write a paragraph as one line. A line is broken only at spaces
//! of plain text that the caller names, and only where the word that follows starts no block.

/// Columns of doc comment text, so that a line with its `/// ` keeps to the customary 100.
const WIDTH: usize = 96;

/// `text` with each line longer than [`WIDTH`] broken where possible; `breaks` are the byte offsets, in ascending
/// order, of the spaces that may become line breaks.
pub(super) fn wrap(text: &str, breaks: &[usize]) -> String {
    let mut wrapped = String::with_capacity(text.len());
    for (at, ch) in choose(text, breaks).into_iter().zip(text.chars()) {
        wrapped.push(if at { '\n' } else { ch });
    }
    wrapped
}

/// For each character of `text`, whether it is to become a line break.
fn choose(text: &str, breaks: &[usize]) -> Vec<bool> {
    let mut chosen = vec![false; text.chars().count()];
    let mut breaks = breaks.iter().copied().peekable();
    let mut line_start = 0;
    let mut candidate: Option<usize> = None;
    let mut before = ' ';
    for (index, (offset, ch)) in text.char_indices().enumerate() {
        while breaks.next_if(|at| *at < offset).is_some() {}
        if ch == '\n' {
            line_start = index + 1;
            candidate = None;
        } else if index - line_start >= WIDTH
            && let Some(at) = candidate.take()
        {
            if let Some(is_break) = chosen.get_mut(at) {
                *is_break = true;
            }
            line_start = at + 1;
        }
        let is_break = breaks.peek() == Some(&offset) && ch == ' ';
        // Two spaces or a backslash before a line break would make it a hard one.
        if is_break
            && before != ' '
            && before != '\\'
            && text.get(offset + 1..).is_some_and(may_start_line)
        {
            candidate = Some(index);
        }
        before = ch;
    }
    chosen
}

/// Whether a line may start with `rest` without starting a block.
fn may_start_line(rest: &str) -> bool {
    let word = rest.trim_start_matches(|ch: char| ch.is_ascii_digit());
    let is_number = word.len() < rest.len();
    match word.chars().next() {
        None => false,
        Some(ch) if is_number => !matches!(ch, '.' | ')'),
        Some(ch) => ch.is_alphabetic() || matches!(ch, '(' | '"'),
    }
}

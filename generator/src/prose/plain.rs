//! Sentences with nothing in them: takes clean text, tells whether every reader takes it for the words that it is.
//!
//! Most descriptions of properties are such a line. They need no parser, and what the other modules would make of one is the
//! line itself, which the tests compare.

use super::escape::reads_as_module_syntax;

/// Whether `text` is one line of words in which no character means anything to markdown, GFM, rustdoc or MDX.
pub(super) fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    let neighbours = bytes.windows(2).all(|pair| match pair {
        [b' ', b' '] => false,
        [b':', after] => *after == b' ',
        // Within a word an underscore is a letter; elsewhere it emphasizes.
        [b'_', other] | [other, b'_'] => other.is_ascii_alphanumeric(),
        _ => true,
    });
    let is_quiet = |byte: &u8| byte.is_ascii_alphanumeric() || b" .,;:_-/()'\"?".contains(byte);
    bytes.first().is_some_and(u8::is_ascii_alphabetic)
        && !matches!(bytes.last(), Some(b' ' | b'_'))
        && bytes.iter().all(is_quiet)
        && neighbours
        && !reads_as_module_syntax(text)
        && !bytes
            .windows(3)
            .any(|word| word.eq_ignore_ascii_case(b"www"))
}

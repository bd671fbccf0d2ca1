//! What characters are: those that deceive a reader, in the one table that everything that prints, drops or escapes them reads, and
//! those of names in HTTP. And names that no file can have.

use std::ops::RangeInclusive;

/// The characters beyond ASCII that take no room of their own, and so hide or reorder what stands around them.
///
/// These are Unicode's `Default_Ignorable_Code_Point`, the controls of bidirectional text (UAX #9) and the separators of lines and
/// paragraphs, less the variation selectors of emoji, which hide nothing. Control characters are not listed, since
/// `char::is_control` knows them.
const HIDDEN: [RangeInclusive<char>; 16] = [
    // Soft hyphen, and the joiner of graphemes.
    '\u{AD}'..='\u{AD}',
    '\u{34F}'..='\u{34F}',
    // Arabic letter mark, which turns the direction of text.
    '\u{61C}'..='\u{61C}',
    // Fillers and vowels of no width.
    '\u{115F}'..='\u{1160}',
    '\u{17B4}'..='\u{17B5}',
    '\u{180B}'..='\u{180F}',
    // Spaces of no width, joiners, and marks of direction.
    '\u{200B}'..='\u{200F}',
    // Separators of lines and paragraphs; embeddings and overrides of direction.
    '\u{2028}'..='\u{202E}',
    // Invisible operators; isolates of direction.
    '\u{2060}'..='\u{206F}',
    '\u{3164}'..='\u{3164}',
    // Byte order mark.
    '\u{FEFF}'..='\u{FEFF}',
    '\u{FFA0}'..='\u{FFA0}',
    // Annotations between lines.
    '\u{FFF0}'..='\u{FFFB}',
    // Shorthand and musical format controls.
    '\u{1BCA0}'..='\u{1BCA3}',
    '\u{1D173}'..='\u{1D17A}',
    // Tags, which spell a hidden text.
    '\u{E0000}'..='\u{E0FFF}',
];

/// Names that Windows keeps for devices, in any case and whatever their extension.
pub(crate) const DEVICES: [&str; 24] = [
    "con", "prn", "aux", "nul", "com0", "com1", "com2", "com3", "com4", "com5", "com6", "com7",
    "com8", "com9", "lpt0", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// Whether Windows takes a file's name, with or without an extension, for a device's.
pub(crate) fn is_device(file: &str) -> bool {
    let stem = file.split('.').next().unwrap_or_default();
    DEVICES
        .iter()
        .any(|device| stem.eq_ignore_ascii_case(device))
}

/// Whether `ch` is a control, or takes no room of its own and so hides or reorders what stands around it.
pub fn is_hidden(ch: char) -> bool {
    if ch.is_ascii() {
        return ch.is_ascii_control();
    }
    ch.is_control() || HIDDEN.iter().any(|range| range.contains(&ch))
}

/// Whether `ch` ends a line by Unicode's line breaking rules (UAX #14, classes BK, CR, LF and NL).
pub(crate) fn ends_line(ch: char) -> bool {
    matches!(
        ch,
        '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// Whether text is a token of HTTP (RFC 9110, 5.6.2): a name that a header, a cookie or a part of a media type may have.
pub(crate) fn is_token(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_hide_or_reorder_are_hidden() {
        // The marks, embeddings, overrides and isolates of UAX #9, and the best known characters of no width.
        let direction = ['\u{61C}', '\u{200E}', '\u{200F}']
            .into_iter()
            .chain('\u{202A}'..='\u{202E}')
            .chain('\u{2066}'..='\u{2069}');
        let no_width = [
            '\u{200B}', '\u{200C}', '\u{200D}', '\u{2060}', '\u{FEFF}', '\u{AD}',
        ];
        for ch in direction.chain(no_width) {
            assert!(is_hidden(ch), "{ch:?}");
        }
        for ch in [
            '\0',
            '\n',
            '\u{1b}',
            '\u{7f}',
            '\u{85}',
            '\u{9b}',
            '\u{2028}',
            '\u{e0041}',
        ] {
            assert!(is_hidden(ch), "{ch:?}");
        }
    }

    #[test]
    fn characters_that_are_seen_are_not() {
        for ch in [
            ' ', 'a', 'ü', '\u{a0}', '\u{301}', '\u{fe0f}', '名', '😀', '\u{fffd}',
        ] {
            assert!(!is_hidden(ch), "{ch:?}");
        }
    }

    #[test]
    fn the_table_is_in_order_so_that_nothing_stands_in_it_twice() {
        for pair in HIDDEN.windows(2) {
            assert!(pair[0].end() < pair[1].start(), "{pair:?}");
        }
    }
}

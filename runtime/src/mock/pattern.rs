//! Patterns to texts: takes a regular expression, gives a short text that keeps it.

use regex_syntax::hir::{Class, Hir, HirKind};

/// The longest text that is made.
const MAX_LENGTH: usize = 1_000;

/// A text of a pattern in which each repetition that has no end is this much longer than it has to be; `None` for a pattern that is
/// none, or that looks around itself.
pub(super) fn text_of(pattern: &str, longer: usize) -> Option<String> {
    let hir = regex_syntax::parse(pattern).ok()?;
    let mut text = String::new();
    write(&hir, longer, &mut text).then_some(text)
}

/// Writes a text; gives whether there is one.
fn write(hir: &Hir, longer: usize, text: &mut String) -> bool {
    if text.len() > MAX_LENGTH {
        return false;
    }
    match hir.kind() {
        // Anchors and borders of words: whether the text keeps them is seen when it is made.
        HirKind::Empty | HirKind::Look(_) => true,
        HirKind::Literal(literal) => match str::from_utf8(&literal.0) {
            Ok(literal) => {
                text.push_str(literal);
                true
            }
            Err(_) => false,
        },
        HirKind::Class(class) => match letter(class) {
            Some(letter) => {
                text.push(letter);
                true
            }
            None => false,
        },
        HirKind::Repetition(repetition) => {
            let least = usize::try_from(repetition.min).unwrap_or(usize::MAX);
            let most = repetition.max.and_then(|most| usize::try_from(most).ok());
            let count = least.saturating_add(longer).min(most.unwrap_or(usize::MAX));
            for _ in 0..count {
                let before = text.len();
                if !write(&repetition.sub, longer, text) {
                    return false;
                }
                // Nothing stays nothing, however often it is repeated.
                if text.len() == before {
                    break;
                }
            }
            true
        }
        HirKind::Capture(capture) => write(&capture.sub, longer, text),
        HirKind::Concat(parts) => parts.iter().all(|part| write(part, longer, text)),
        HirKind::Alternation(choices) => choices
            .first()
            .is_none_or(|choice| write(choice, longer, text)),
    }
}

/// A letter of a class: a plain one where there is one.
fn letter(class: &Class) -> Option<char> {
    let Class::Unicode(class) = class else {
        return None;
    };
    let has = |wanted: &char| {
        let mut ranges = class.iter();
        ranges.any(|range| (range.start()..=range.end()).contains(wanted))
    };
    let plain = ['a', 'A', '1', '0', '-'];
    plain
        .into_iter()
        .find(has)
        .or_else(|| class.iter().next().map(|range| range.start()))
}

#[cfg(test)]
mod tests {
    use super::text_of;

    #[test]
    fn a_pattern_gives_a_text_that_keeps_it() {
        assert_eq!(text_of("^[a-z]{2}$", 0).as_deref(), Some("aa"));
        assert_eq!(text_of("^(GET|PUT)-[0-9]+$", 0).as_deref(), Some("GET-1"));
        assert_eq!(text_of("^[0-9a-f]*$", 3).as_deref(), Some("aaa"));
        assert_eq!(text_of(r"^\d{3}(-\d+)?$", 1).as_deref(), Some("111-11"));
        assert_eq!(text_of("(a?){4000000000}b", 0).as_deref(), Some("b"));
        assert_eq!(text_of("^a{100000}$", 0), None);
        assert_eq!(text_of("(?=a)b", 0), None);
        assert_eq!(text_of("[", 0), None);
    }
}

//! Patterns: takes a regular expression, gives a short text that has it, for an example.
//!
//! The runtime's mock makes such texts as well, for values that nobody has planned; neither crate needs the other for it.

use regex_syntax::hir::{Class, Hir, HirKind};

/// The longest text that is made, in bytes.
const MAX_BYTES: usize = 400;

/// By how much repetitions are made longer than they have to be, for a text of the least length.
const LONGER: std::ops::Range<usize> = 0..64;

/// A text that has a pattern.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) text: String,
    /// Whether it is the whole of what has the pattern; more may stand behind it where the pattern does not look for the end.
    pub(super) is_whole: bool,
}

/// Texts of a pattern, the shortest first; none for what is no pattern, or looks around itself.
pub(super) fn texts_of(pattern: &str) -> impl Iterator<Item = Found> + use<> {
    let parsed = regex_syntax::parse(pattern).ok();
    let text = |parsed: &Hir, longer| {
        let mut text = String::new();
        append(&mut text, parsed, longer)?;
        let is_whole = !parsed.properties().look_set_suffix().is_empty();
        Some(Found { text, is_whole })
    };
    LONGER.map_while(move |longer| text(parsed.as_ref()?, longer))
}

fn append(text: &mut String, part: &Hir, longer: usize) -> Option<()> {
    match part.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => text.push_str(str::from_utf8(&literal.0).ok()?),
        HirKind::Class(class) => text.push(letter_of(class)?),
        HirKind::Capture(capture) => append(text, &capture.sub, longer)?,
        HirKind::Concat(parts) => parts
            .iter()
            .try_for_each(|part| append(text, part, longer))?,
        HirKind::Alternation(choices) => append(text, choices.first()?, longer)?,
        HirKind::Repetition(repeated) => {
            let least = usize::try_from(repeated.min).ok()?;
            let most = repeated.max.map_or(usize::MAX, |most| most as usize);
            for _ in 0..least.saturating_add(longer).min(most) {
                let before = text.len();
                append(text, &repeated.sub, longer)?;
                // Nothing stays nothing, however often a hostile pattern has it repeated.
                if text.len() == before {
                    break;
                }
            }
        }
    }
    (text.len() <= MAX_BYTES).then_some(())
}

/// A letter that a reader knows, where the class has one.
fn letter_of(class: &Class) -> Option<char> {
    let Class::Unicode(class) = class else {
        return None;
    };
    let has = |letter: &char| {
        class
            .iter()
            .any(|range| (range.start()..=range.end()).contains(letter))
    };
    let known = ['a', 'A', '1', '0', '-'];
    known
        .into_iter()
        .find(has)
        .or_else(|| Some(class.iter().next()?.start()))
}

#[cfg(test)]
mod tests {
    use super::texts_of;

    fn texts(pattern: &str) -> Vec<String> {
        texts_of(pattern).take(2).map(|found| found.text).collect()
    }

    #[test]
    fn a_text_has_its_pattern() {
        assert_eq!(texts("^v[0-9]+(-beta)?$"), ["v1", "v11-beta"]);
        assert_eq!(texts("^[a-f0-9]{8}$"), ["aaaaaaaa", "aaaaaaaa"]);
        assert_eq!(texts("^(on|off)$"), ["on", "on"]);
        assert_eq!(texts("^[a-z]*$"), ["", "a"]);
        let is_whole = |pattern| texts_of(pattern).next().map(|found| found.is_whole);
        assert_eq!(is_whole("^a$"), Some(true));
        assert_eq!(is_whole("^a"), Some(false));
    }

    #[test]
    fn what_has_no_text_gives_none() {
        assert_eq!(texts("(a?){4000000000}b"), ["b"]);
        for pattern in ["(?!a)b", "[", "^x{100000}$", r"[^\s\S]"] {
            assert_eq!(texts_of(pattern).next(), None, "{pattern}");
        }
    }
}

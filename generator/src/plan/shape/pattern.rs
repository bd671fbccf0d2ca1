//! Patterns: takes a regular expression, gives a short text that has it, for an example.
//!
//! The runtime's mock makes such texts as well, for values that nobody has planned; neither crate needs the other for it.

use regex_syntax::hir::{Class, Hir, HirKind};

/// The longest text that is made, in bytes.
const MAX_BYTES: usize = 400;

/// A text of a pattern in which each repetition without an end is this much longer than it has to be; `None` for what is no pattern, or
/// looks around itself.
pub(super) fn text_of(pattern: &str, longer: usize) -> Option<String> {
    let parsed = regex_syntax::parse(pattern).ok()?;
    let mut text = String::new();
    append(&mut text, &parsed, longer)?;
    Some(text)
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
                append(text, &repeated.sub, longer)?;
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
    use super::text_of;

    #[test]
    fn a_text_has_its_pattern() {
        assert_eq!(text_of("^v[0-9]+(-beta)?$", 0).as_deref(), Some("v1"));
        assert_eq!(text_of("^[a-f0-9]{8}$", 0).as_deref(), Some("aaaaaaaa"));
        assert_eq!(text_of("^(on|off)$", 1).as_deref(), Some("on"));
        assert_eq!(text_of("^[a-z]*$", 5).as_deref(), Some("aaaaa"));
    }

    #[test]
    fn what_has_no_text_gives_none() {
        for pattern in ["(?!a)b", "[", "^x{100000}$", r"[^\s\S]"] {
            assert_eq!(text_of(pattern, 0), None, "{pattern}");
        }
    }
}

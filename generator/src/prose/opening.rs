//! Takes Markdown, gives how it begins: for a place from which the whole is one step away.

/// Words that end with a full stop and no sentence.
const ABBREVIATIONS: [&str; 4] = ["No", "approx", "cf", "vs"];

/// The first sentence of a text, or its first paragraph where no end of a sentence is sure; all of it where it begins with something
/// else than prose, or with nothing but the announcement of what follows.
pub fn opening(text: &str) -> &str {
    let paragraph = text.split("\n\n").next().unwrap_or(text);
    if !paragraph.starts_with(|c: char| c.is_alphabetic()) {
        return text;
    }
    let announces = paragraph.ends_with(':');
    let ends = paragraph.match_indices(". ").map(|(end, _)| end);
    ends.filter_map(|end| paragraph.split_at_checked(end + 1))
        .find(|(sentence, rest)| ends_here(sentence, rest))
        .map_or(if announces { text } else { paragraph }, |(sentence, _)| {
            sentence
        })
}

/// How long a text may be to stand whole before something else, in bytes.
const PREFACE: usize = 2_000;

/// What of a long text stands before something else: its first paragraphs of prose, without the headings above them; all of it where it
/// is short. `None` where it has no such paragraph.
pub fn preface(text: &str) -> Option<&str> {
    let text = text.trim();
    if text.len() <= PREFACE {
        return Some(text);
    }
    let is_prose = |paragraph: &str| paragraph.starts_with(|c: char| c.is_alphabetic() || c == '[');
    let is_short = |end: &usize| *end <= PREFACE;
    let start = paragraphs(text)
        .find(|(_, paragraph)| !paragraph.starts_with('#'))?
        .0;
    let rest = text.get(start..)?;
    let prose = paragraphs(rest).take_while(|(_, paragraph)| is_prose(paragraph));
    let ends: Vec<usize> = prose
        .map(|(start, paragraph)| start + paragraph.len())
        .collect();
    // A paragraph that ends so announces what would be left out.
    let is_whole = |end: &usize| rest.get(..*end).is_some_and(|part| !part.ends_with(':'));
    let mut short = ends.iter().copied().filter(is_short).rev();
    match short.find(is_whole) {
        Some(end) => rest.get(..end),
        None => rest
            .get(..*ends.first()?)
            .map(opening)
            .filter(|first| first.len() <= PREFACE),
    }
}

/// The paragraphs of a text, each with its place.
fn paragraphs(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut place = 0;
    text.split("\n\n").map(move |paragraph| {
        let start = place;
        place += paragraph.len() + 2;
        (start, paragraph)
    })
}

/// Whether a sentence ends between these two: what follows begins like a sentence, and what ends is neither an abbreviation nor within
/// brackets, code or emphasis.
fn ends_here(sentence: &str, rest: &str) -> bool {
    let last = sentence
        .trim_end_matches('.')
        .split_whitespace()
        .next_back();
    let is_word = last.is_some_and(|word| {
        word.chars().count() > 1 && !word.contains('.') && !ABBREVIATIONS.contains(&word)
    });
    let count = |mark: char| sentence.chars().filter(|c| *c == mark).count();
    let is_closed = count('(') == count(')') && count('[') == count(']');
    let is_even = ['`', '*', '_', '"']
        .iter()
        .all(|mark| count(*mark).is_multiple_of(2));
    is_word && is_closed && is_even && rest.trim_start().starts_with(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::{PREFACE, opening, preface};

    #[test]
    fn a_long_text_has_its_first_prose_before_something_else() {
        let long = "word ".repeat(PREFACE / 4);
        let of = |text: String| preface(&text).map(str::to_owned);
        assert_eq!(preface("# Short\n\n- whole"), Some("# Short\n\n- whole"));
        assert_eq!(
            of(format!("# API\n\nFirst.\n\nSecond.\n\n## More\n\n{long}")),
            Some("First.\n\nSecond.".to_owned())
        );
        assert_eq!(of(format!("First.\n\n{long}")), Some("First.".to_owned()));
        assert_eq!(
            of(format!("First.\n\nThese:\n\n- {long}")),
            Some("First.".to_owned())
        );
        assert_eq!(
            of(format!("One sentence. {long}")),
            None,
            "nothing ends within the limit"
        );
        assert_eq!(
            of(format!("One sentence. Another {long}")),
            Some("One sentence.".to_owned())
        );
        assert_eq!(of(format!("# API\n\n```\n{long}\n```")), None);
    }

    #[test]
    fn a_text_begins_with_its_first_sentence_or_paragraph() {
        let cases = [
            (
                "Who approves it. Values are:\n\n- `OWNER`",
                "Who approves it.",
            ),
            ("Who approves it\n\nMore of it.", "Who approves it"),
            ("One line. and more", "One line. and more"),
            ("Words, e.g. Some. More words.", "Words, e.g. Some."),
            (
                "See (this. That) first. Then go.",
                "See (this. That) first.",
            ),
            ("Call `a. B` first. Then go.", "Call `a. B` first."),
            ("One of these:\n\n- a\n- b", "One of these:\n\n- a\n- b"),
            ("- a\n- b\n\nText. More.", "- a\n- b\n\nText. More."),
            ("", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(opening(text), expected);
        }
    }
}

//! What numbers mean: takes the values of an enum and its description, gives the words that the description has for each, as in
//! "0 = new, 1 = approved" or a list of "- 0: Password". A caller reads these; the numbers alone say nothing.

use std::collections::{HashMap, HashSet};

/// The longest words from which a name is made; what is longer explains, and names nothing.
const MAX_WORDS: usize = 40;

/// A number that a description gives words for.
struct Entry {
    value: i64,
    /// The byte at which it starts, and the one at which its words do.
    start: usize,
    words: usize,
}

/// The words of these values; nothing unless most of them have words, each its own.
pub(super) fn find(description: &str, values: &[i64]) -> HashMap<i64, String> {
    let known: HashSet<i64> = values.iter().copied().collect();
    let entries = entries(description, &known);
    let mut found: HashMap<i64, String> = HashMap::new();
    let mut taken = HashSet::new();
    for (index, entry) in entries.iter().enumerate() {
        let end = entries
            .get(index + 1)
            .map_or(description.len(), |next| next.start);
        let words = words(description.get(entry.words..end).unwrap_or_default());
        if words.is_empty() || words.len() > MAX_WORDS || found.contains_key(&entry.value) {
            continue;
        }
        if !taken.insert(words.to_lowercase()) {
            return HashMap::new();
        }
        found.insert(entry.value, words.to_owned());
    }
    let is_list = found.len() == known.len() || (found.len() >= 2 && found.len() * 2 > known.len());
    if is_list { found } else { HashMap::new() }
}

/// The places at which a description says `number = words`.
fn entries(description: &str, known: &HashSet<i64>) -> Vec<Entry> {
    let bytes = description.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut entries = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !digit(at) {
            at += 1;
            continue;
        }
        let end = (at..bytes.len())
            .find(|end| !digit(*end))
            .unwrap_or(bytes.len());
        let is_negative = at > 0
            && bytes.get(at - 1) == Some(&b'-')
            && (at == 1
                || bytes
                    .get(at - 2)
                    .is_some_and(|before| !before.is_ascii_alphanumeric()));
        let start = at - usize::from(is_negative);
        let before = description
            .get(..start)
            .and_then(|text| text.chars().next_back());
        let stands_alone =
            before.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '.' | '_' | '/'));
        let value = description
            .get(start..end)
            .and_then(|text| text.parse().ok());
        if let (true, Some(value), Some(words)) =
            (stands_alone, value, words_after(description, end))
            && known.contains(&value)
        {
            entries.push(Entry {
                value,
                start,
                words,
            });
        }
        at = end;
    }
    entries
}

/// Where the words start that a sign after a number leads to.
fn words_after(description: &str, end: usize) -> Option<usize> {
    let rest = description.get(end..)?;
    let close = rest.trim_start_matches(['`', '\'', '"', '*', ')']);
    let sign = close.trim_start_matches(' ');
    let is_apart = sign.len() < close.len();
    let words = ["=>", "->", "==", "=", ":", "\u{2013}", "\u{2014}"]
        .iter()
        .find_map(|mark| sign.strip_prefix(mark))
        // A hyphen right behind a number makes a range of it.
        .or_else(|| sign.strip_prefix('-').filter(|_| is_apart))?;
    let words = words.trim_start_matches([' ', '`', '\'', '"', '*']);
    let starts = words.starts_with(char::is_alphabetic);
    starts.then(|| description.len() - words.len())
}

/// The words at the start of a text, up to what ends them.
fn words(text: &str) -> &str {
    let ends = |c: char| {
        matches!(
            c,
            '\n' | ',' | ';' | '.' | '|' | '(' | ')' | '<' | ':' | '"' | '`' | '*'
        )
    };
    let words = text.split(ends).next().unwrap_or_default();
    let words = words.trim_end_matches([' ', '-', '\'']);
    let words = ["and", "or"]
        .iter()
        .find_map(|word| words.strip_suffix(word)?.strip_suffix(' '))
        .unwrap_or(words);
    words.trim_end()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(description: &str, values: &[i64]) -> Vec<(i64, String)> {
        let mut found: Vec<_> = find(description, values).into_iter().collect();
        found.sort();
        found
    }

    fn pairs(expected: &[(i64, &str)]) -> Vec<(i64, String)> {
        let pairs = expected
            .iter()
            .map(|(value, words)| (*value, (*words).to_owned()));
        pairs.collect()
    }

    #[test]
    fn words_stand_behind_numbers_in_many_ways() {
        let all = pairs(&[(0, "new"), (1, "in review"), (2, "None / PKCE")]);
        for text in [
            "0 = new, 1 = in review, 2 = None / PKCE",
            "An id:\n  - 0: new\n  - 1: in review\n  - 2: None / PKCE\n",
            "- 0 : new - 1 : in review - 2 : None / PKCE",
            "`0` - new (default); `1` - in review; `2` - None / PKCE.",
            "0=new<br>1=in review<br/>2=None / PKCE",
            "(0 - new, 1 - in review and 2 => None / PKCE)",
        ] {
            assert_eq!(found(text, &[0, 1, 2]), all, "{text}");
        }
        assert_eq!(
            found("-1 = none, 1: some", &[-1, 1]),
            pairs(&[(-1, "none"), (1, "some")])
        );
        assert_eq!(found("1 = on", &[1]), pairs(&[(1, "on")]));
    }

    #[test]
    fn numbers_in_prose_mean_nothing() {
        for text in [
            "From 1 to 2.",
            "Between 1-2 seconds: fast.",
            "1 = same, 2 = same",
            "version 1.2: old, rest",
            "1 = one alone has words",
            "",
        ] {
            assert_eq!(found(text, &[1, 2, 3]), [], "{text}");
        }
    }
}

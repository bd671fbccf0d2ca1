//! Words of texts and names, as they are compared.

/// Words that add nothing to a name.
const SMALL: [&str; 11] = [
    "the", "a", "an", "of", "for", "this", "that", "id", "to", "its", "in",
];

/// The words of a text or a name that say something: in lower case, and in the singular.
pub(super) fn telling(text: &str) -> Vec<String> {
    let words = split(text).into_iter();
    let words = words.map(|word| singular(&word).to_owned());
    words
        .filter(|word| !SMALL.contains(&word.as_str()))
        .collect()
}

/// The words of a text or a name in lower case: `roleIds` is `role` and `ids`.
pub(super) fn split(text: &str) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    let at = |index: usize| letters.get(index).copied().unwrap_or(' ');
    let mut words: Vec<String> = Vec::new();
    let mut before = ' ';
    for (index, c) in letters.iter().copied().enumerate() {
        if c.is_alphanumeric() {
            let next = at(index + 1);
            // `IDs` is one word.
            let is_plural = next == 's' && !at(index + 2).is_alphanumeric();
            let ends_capitals = before.is_uppercase() && next.is_lowercase() && !is_plural;
            let begins = !before.is_alphanumeric()
                || (c.is_uppercase() && (before.is_lowercase() || ends_capitals));
            match words.last_mut() {
                Some(word) if !begins => word.extend(c.to_lowercase()),
                _ => words.push(c.to_lowercase().collect()),
            }
        }
        before = c;
    }
    words
}

fn singular(word: &str) -> &str {
    match word.strip_suffix('s') {
        Some(stem) if stem.len() > 1 && !stem.ends_with(['s', 'u', 'i']) => stem,
        _ => word,
    }
}

#[cfg(test)]
mod tests {
    use super::telling;

    #[test]
    fn names_and_texts_have_the_same_words() {
        assert_eq!(telling("roleIds"), telling("The IDs of the role."));
        assert_eq!(telling("MFAMethod"), ["mfa", "method"]);
        assert_eq!(telling("Status"), ["status"]);
    }
}

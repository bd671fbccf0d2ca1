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
    let mut words: Vec<String> = Vec::new();
    let mut before = ' ';
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        if c.is_alphanumeric() {
            let ends_capitals = letters.peek().is_some_and(|next| next.is_lowercase());
            let begins = !before.is_alphanumeric()
                || (c.is_uppercase()
                    && (before.is_lowercase() || (before.is_uppercase() && ends_capitals)));
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
        Some(stem) if stem.len() > 1 && !stem.ends_with('s') => stem,
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

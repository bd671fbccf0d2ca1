//! serde's `rename_all`: which rule saves the most `rename` attributes.
//!
//! The rules are serde's own (`serde_derive/src/internals/case.rs` describes them); they must agree with it to the
//! letter, which the emitted round-trip tests prove.

/// The rules that documents use, by the names that serde gives them.
const RULES: [&str; 8] = [
    "camelCase",
    "snake_case",
    "kebab-case",
    "SCREAMING_SNAKE_CASE",
    "SCREAMING-KEBAB-CASE",
    "PascalCase",
    "lowercase",
    "UPPERCASE",
];

/// What the words are that a rule is applied to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    /// Fields, in snake case.
    Fields,
    /// Enum variants, in camel case with a capital.
    Variants,
}

/// Chooses a rule for pairs of (Rust word, wire name); `None` when no rule saves two attributes or more.
pub(super) fn choose(subject: Subject, pairs: &[(&str, &str)]) -> Option<&'static str> {
    let saved = |rule: &str| {
        pairs
            .iter()
            .filter(|(word, wire)| apply(subject, rule, word) == *wire)
            .count()
    };
    let without = pairs.iter().filter(|(word, wire)| word == wire).count();
    let best = RULES.into_iter().max_by_key(|rule| {
        // Of rules that are as good, the first in the list.
        (
            saved(rule),
            std::cmp::Reverse(RULES.iter().position(|other| other == rule)),
        )
    })?;
    (saved(best) >= without + 2 || (saved(best) == pairs.len() && without < saved(best)))
        .then_some(best)
}

/// What serde makes of a word under a rule; without a rule, the word.
pub(super) fn apply(subject: Subject, rule: &str, word: &str) -> String {
    match subject {
        Subject::Fields => apply_to_field(rule, word),
        Subject::Variants => apply_to_variant(rule, word),
    }
}

fn apply_to_field(rule: &str, word: &str) -> String {
    match rule {
        "camelCase" => lower_first(&pascal(word)),
        "PascalCase" => pascal(word),
        "kebab-case" => word.replace('_', "-"),
        "SCREAMING_SNAKE_CASE" | "UPPERCASE" => word.to_ascii_uppercase(),
        "SCREAMING-KEBAB-CASE" => word.to_ascii_uppercase().replace('_', "-"),
        _ => word.to_owned(),
    }
}

fn apply_to_variant(rule: &str, word: &str) -> String {
    match rule {
        "camelCase" => lower_first(word),
        "snake_case" => snake(word),
        "kebab-case" => snake(word).replace('_', "-"),
        "SCREAMING_SNAKE_CASE" => snake(word).to_ascii_uppercase(),
        "SCREAMING-KEBAB-CASE" => snake(word).to_ascii_uppercase().replace('_', "-"),
        "lowercase" => word.to_ascii_lowercase(),
        "UPPERCASE" => word.to_ascii_uppercase(),
        _ => word.to_owned(),
    }
}

fn pascal(word: &str) -> String {
    let mut capital = true;
    let mut pascal = String::with_capacity(word.len());
    for c in word.chars() {
        if c == '_' {
            capital = true;
        } else if capital {
            pascal.push(c.to_ascii_uppercase());
            capital = false;
        } else {
            pascal.push(c);
        }
    }
    pascal
}

fn snake(word: &str) -> String {
    let mut snake = String::with_capacity(word.len() + 4);
    for (index, c) in word.char_indices() {
        if index > 0 && c.is_uppercase() {
            snake.push('_');
        }
        snake.push(c.to_ascii_lowercase());
    }
    snake
}

fn lower_first(word: &str) -> String {
    let mut chars = word.chars();
    match chars.next() {
        Some(first) => first.to_ascii_lowercase().to_string() + chars.as_str(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rule_that_fits_is_chosen() {
        assert_eq!(
            choose(
                Subject::Fields,
                &[("mfa_method", "mfaMethod"), ("host", "host")]
            ),
            Some("camelCase")
        );
        assert_eq!(
            choose(Subject::Fields, &[("user_id", "user_id"), ("id", "id")]),
            None
        );
        assert_eq!(
            choose(
                Subject::Variants,
                &[("OktaVerify", "okta-verify"), ("DuoWeb", "duo-web")]
            ),
            Some("kebab-case")
        );
        assert_eq!(
            choose(
                Subject::Variants,
                &[("Default", "DEFAULT"), ("Request", "REQUEST")]
            ),
            Some("SCREAMING_SNAKE_CASE")
        );
        assert_eq!(
            choose(
                Subject::Fields,
                &[("a_b", "aB"), ("c", "c"), ("d_e", "D-E"), ("f", "f")]
            ),
            None
        );
    }
}
